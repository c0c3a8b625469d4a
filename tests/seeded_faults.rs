//! Each check against the built-in bot's seeded faults: what it finds of them, and what it blames on right answers.
//!
//! The bot says its right and wrong answers in words that no check was made for (`tests/seeded`), under load, over two
//! protocols. `cargo test --test seeded_faults -- --nocapture` prints the table.

#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

#[path = "seeded/count.rs"]
mod count;
mod support;
#[path = "seeded/words.rs"]
mod words;

use std::sync::{Mutex, MutexGuard, PoisonError};

use count::{Cell, Counts, Key, Told};
use support::{Desk, Program};
use throng::scenario::Fault;
use words::{Split, Words};

/// The checks with the faults that each must find.
const CHECKS: [(&str, &[Fault]); 17] = [
    ("required_facts", &[Fault::MissingFact]),
    ("contradicted", &[Fault::WrongValue]),
    ("forbidden", &[Fault::Forbidden]),
    ("cross_talk", &[Fault::CrossTalk]),
    ("personal_data", &[Fault::PersonalData]),
    ("language", &[Fault::WrongLanguage]),
    ("fallback", &[Fault::Fallback]),
    ("relevance", &[Fault::OffTopic]),
    ("repeated_question", &[Fault::RepeatedQuestion]),
    ("handoff", &[Fault::PrematureHandoff, Fault::MissedHandoff]),
    ("tone", &[Fault::Cold]),
    ("duplicate", &[Fault::Duplicate]),
    ("stale", &[Fault::Stale]),
    ("cut_off", &[Fault::CutOff]),
    ("form", &[Fault::BadForm]),
    ("media", &[Fault::MediaIgnored]),
    ("intent", &[Fault::WrongIntent]),
];
/// What holds, told as what does not and the other way round; and steps of a discount, told with another amount.
const POLARITY: [(&str, &[Fault]); 2] = [
    ("required_facts", &[Fault::WrongPolarity]),
    ("contradicted", &[Fault::WrongPolarity]),
];
const STEPS: [(&str, &[Fault]); 2] = [
    ("required_facts", &[Fault::WrongValue]),
    ("contradicted", &[Fault::WrongValue]),
];
/// How they speak with the bot, and where.
const PROTOCOLS: [(&str, &str); 2] = [("generic-json", "/chat"), ("openai-chat-stream", "/v1")];
/// Of the faults that concern a check, at least so many are found.
const RECALL: f64 = 0.98;
/// Of the turns without a fault, at most so many are blamed.
const FALSE_ALARMS: f64 = 0.005;
/// Fewer prove nothing, and are what a machine leaves that is too busy to answer in time: then the same is played again.
const ENOUGH_FAULTS: u64 = 25;
const ENOUGH_CLEAN: u64 = 500;
const MOST_PLAYS: usize = 5;

/// The two ways in which a check can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Misses,
    Alarms,
}

const SIDES: [Side; 2] = [Side::Misses, Side::Alarms];
/// One side of a cell of another voice's words: voice, check, language.
type Open = (&'static str, &'static str, &'static str, Side);
/// Where a check missed its bounds on a voice's words when they were counted once; docs/QUALITY.md says by how much. All else is held.
/// Whoever mends one takes it off.
const OPEN_AT_DESK: &[Open] = &[
    ("tenth", "handoff", "zh", Side::Misses),
    ("nineteenth", "forbidden", "en", Side::Misses),
    ("twentieth", "contradicted", "zh", Side::Misses),
    ("twentieth", "language", "zh", Side::Misses),
    ("twentieth", "media", "zh", Side::Alarms),
    ("twentyfirst", "language", "zh", Side::Misses),
    ("twentyfirst", "handoff", "zh", Side::Misses),
    ("tenth", "cut_off", "en", Side::Alarms),
    ("twentythird", "handoff", "en", Side::Misses),
    ("twentythird", "handoff", "zh", Side::Misses),
    ("twentythird", "cut_off", "zh", Side::Misses),
    ("twentyfourth", "required_facts", "zh", Side::Alarms),
    ("twentyfourth", "fallback", "zh", Side::Alarms),
    ("twentyfifth", "forbidden", "zh", Side::Misses),
    ("twentyfifth", "relevance", "zh", Side::Misses),
    ("twentysixth", "handoff", "zh", Side::Misses),
    ("twentyeighth", "cut_off", "zh", Side::Misses),
    ("twentyninth", "language", "zh", Side::Misses),
    ("twentyninth", "tone", "en", Side::Misses),
    ("twentyninth", "media", "zh", Side::Alarms),
    ("thirtieth", "required_facts", "en", Side::Alarms),
    ("thirtieth", "relevance", "en", Side::Alarms),
    ("thirtieth", "repeated_question", "en", Side::Misses),
    ("thirtieth", "tone", "en", Side::Alarms),
    ("thirtieth", "tone", "zh", Side::Alarms),
    ("thirtieth", "cut_off", "en", Side::Alarms),
    ("thirtythird", "handoff", "en", Side::Misses),
    ("thirtythird", "tone", "en", Side::Alarms),
    ("thirtythird", "form", "en", Side::Alarms),
    ("thirtyfourth", "required_facts", "zh", Side::Alarms),
];
/// The same of the terms.
const OPEN_AMONG_TERMS: &[Open] = &[
    ("twentyfirst", "contradicted", "zh", Side::Misses),
    ("twentysecond", "required_facts", "en", Side::Misses),
    ("twentysecond", "contradicted", "en", Side::Misses),
    ("twentysixth", "required_facts", "en", Side::Alarms),
    ("twentysixth", "contradicted", "en", Side::Alarms),
    ("twentyeighth", "required_facts", "en", Side::Alarms),
];

/// A run of the real binary and what came of it.
struct Run {
    split: Split,
    told: Told,
    desk: Desk,
}

fn rehearse((customers, words): (&str, &Words), (profile, path): (&str, &str), split: Split) -> Run {
    let desk = Desk::with(&customers.replace("generic-json", profile));
    std::fs::write(desk.folder.path().join("desk.yaml"), words.of(split)).unwrap();
    let bot = Program::bot(&desk.scenario(), &[]);
    let rehearsed = desk.rehearse(&["--target", &format!("{}{path}", bot.url)]);
    assert_eq!(rehearsed.count("/totals/turns/cut_short"), 0, "{rehearsed:?}");
    let told = Told::by(&serde_json::from_value(bot.truth()).unwrap());
    Run { split, told, desk }
}

/// Runs these wordings over each protocol, the splits side by side, and counts what becomes of them.
fn count(splits: &[Split], customers: &'static str, words: &Words, counts: &mut [Counts]) {
    for protocol in PROTOCOLS {
        let start = |&split: &Split| {
            let words = words.clone();
            std::thread::spawn(move || rehearse((customers, &words), protocol, split))
        };
        let running: Vec<_> = splits.iter().map(start).collect();
        for run in running {
            let run = run.join().unwrap();
            let archive = run.desk.out().join("run.sqlite");
            counts
                .iter_mut()
                .for_each(|counts| counts.add(run.split, &run.told, &archive));
        }
    }
}

/// The same as often as it takes until each cell has enough, within [`MOST_PLAYS`].
fn count_enough(splits: &[Split], customers: &'static str, words: &Words, counts: &mut [Counts]) {
    for _ in 0..MOST_PLAYS {
        count(splits, customers, words, counts);
        let mut cells = counts.iter().flat_map(Counts::cells);
        if cells.all(|(_, cell)| cell.faults >= ENOUGH_FAULTS && cell.clean >= ENOUGH_CLEAN) {
            return;
        }
    }
}

/// What is wrong with this side of a cell, if anything.
fn trouble(cell: &Cell, side: Side) -> Option<&'static str> {
    match side {
        Side::Misses if cell.faults < ENOUGH_FAULTS => Some("too few faults to prove anything"),
        Side::Alarms if cell.clean < ENOUGH_CLEAN => Some("too few right answers to prove anything"),
        Side::Misses => (cell.recall() < RECALL).then_some("misses too many"),
        Side::Alarms => (cell.alarm_rate() > FALSE_ALARMS).then_some("blames too many"),
    }
}

/// The sides of all cells that are open, or those that are held.
fn sides<'a>(counts: &'a Counts, open: &'a [Open], are_open: bool) -> impl Iterator<Item = (&'a Key, &'a Cell, Side)> {
    let is_open = move |key: &Key, side| open.contains(&(key.split.name(), key.check, key.language.as_str(), side));
    let all = counts
        .cells()
        .flat_map(|(key, cell)| SIDES.map(|side| (key, cell, side)));
    all.filter(move |(key, _, side)| is_open(key, *side) == are_open)
}

fn print(counts: &Counts, open: &[Open]) {
    println!("{}", Cell::HEAD);
    for (key, cell) in counts.cells() {
        println!("{}", cell.line(key));
    }
    for (key, cell, side) in sides(counts, open, true) {
        let state = trouble(cell, side).unwrap_or("within its bounds today: it need not be open");
        println!("open: {key}, {side:?}: {state}");
    }
    for example in counts.examples() {
        println!("{example}");
    }
}

/// Every side of a cell that is not open is within its bounds.
fn hold(counts: &Counts, open: &[Open]) {
    let troubles: Vec<String> = sides(counts, open, false)
        .filter_map(|(key, cell, side)| Some(format!("{key}: {}", trouble(cell, side)?)))
        .collect();
    assert!(troubles.is_empty(), "{troubles:#?}");
}

/// Two loads at once make a bot without optimisation late.
fn turn() -> Option<MutexGuard<'static, ()>> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let is_optimised = std::env::var_os("THRONG_BINARY").is_some();
    (!is_optimised).then(|| ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Counts what seeded faults at the desk of each table find, and holds the cells to their bounds.
fn find_at_desk(splits: &[Split]) {
    let _turn = turn();
    let mut counts = [Counts::new(&CHECKS)];
    count_enough(
        splits,
        include_str!("seeded/customers.yaml"),
        &words::desk(),
        &mut counts,
    );
    settle(&counts, OPEN_AT_DESK);
}

fn find_among_terms(splits: &[Split]) {
    let _turn = turn();
    let mut counts = [Counts::new(&POLARITY), Counts::new(&STEPS)];
    count_enough(splits, include_str!("seeded/guests.yaml"), &words::terms(), &mut counts);
    settle(&counts, OPEN_AMONG_TERMS);
}

fn settle(counts: &[Counts], open: &[Open]) {
    counts.iter().for_each(|counts| print(counts, open));
    counts.iter().for_each(|counts| hold(counts, open));
}

#[test]
fn checks_find_seeded_faults_and_blame_no_right_answer() {
    find_at_desk(&Split::HALVES);
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_another_voice_and_of_a_crowd() {
    find_at_desk(&["fresh", "later"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_ordinary_services() {
    find_at_desk(&["fifth", "sixth"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_language_models() {
    find_at_desk(&["seventh"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_flagship_stores_and_front_desks() {
    find_at_desk(&["eighth", "ninth"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_a_booking_app_and_of_guest_houses() {
    find_at_desk(&["tenth", "eleventh"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_a_resort_and_of_small_hosts() {
    find_at_desk(&["twelfth", "thirteenth"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found() {
    find_among_terms(&Split::HALVES);
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_another_voice_and_of_a_crowd() {
    find_among_terms(&["fresh", "later"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_ordinary_services() {
    find_among_terms(&["fifth", "sixth"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_language_models() {
    find_among_terms(&["seventh"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_flagship_stores_and_front_desks() {
    find_among_terms(&["eighth", "ninth"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_a_booking_app_and_of_guest_houses() {
    find_among_terms(&["tenth", "eleventh"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_a_resort_and_of_small_hosts() {
    find_among_terms(&["twelfth", "thirteenth"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_family_inns_and_of_travel_assistants() {
    find_at_desk(&["fourteenth", "fifteenth"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_family_inns_and_of_travel_assistants() {
    find_among_terms(&["fourteenth", "fifteenth"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_city_hotels_and_of_a_tourist_region() {
    find_at_desk(&["sixteenth", "seventeenth"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_city_hotels_and_of_a_tourist_region() {
    find_among_terms(&["sixteenth", "seventeenth"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_official_accounts_and_of_a_travel_agency() {
    find_at_desk(&["eighteenth", "nineteenth"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_official_accounts_and_of_a_travel_agency() {
    find_among_terms(&["eighteenth", "nineteenth"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_a_leisure_group_and_of_a_service_centre() {
    find_at_desk(&["twentieth", "twentyfirst"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_a_leisure_group_and_of_a_service_centre() {
    find_among_terms(&["twentieth", "twentyfirst"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_a_city_break_company_and_of_hosts_of_many_countries() {
    find_at_desk(&["twentysecond", "twentythird"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_a_city_break_company_and_of_hosts_of_many_countries()
{
    find_among_terms(&["twentysecond", "twentythird"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_a_travel_club_and_of_a_budget_marketplace() {
    find_at_desk(&["twentyfourth", "twentyfifth"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_a_travel_club_and_of_a_budget_marketplace() {
    find_among_terms(&["twentyfourth", "twentyfifth"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_a_resort_and_of_a_bus_operator() {
    find_at_desk(&["twentysixth", "twentyseventh"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_a_resort_and_of_a_bus_operator() {
    find_among_terms(&["twentysixth", "twentyseventh"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_guest_houses_of_a_call_centre_and_of_city_hotels() {
    find_at_desk(&["twentyeighth", "twentyninth", "thirtieth"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_guest_houses_of_a_call_centre_and_of_city_hotels() {
    find_among_terms(&["twentyeighth", "twentyninth", "thirtieth"].map(Split::voice));
}

#[test]
fn checks_find_seeded_faults_in_the_words_of_seaside_hotels_a_travel_app_grand_hotels_and_live_streams() {
    find_at_desk(&["thirtyfirst", "thirtysecond", "thirtythird", "thirtyfourth"].map(Split::voice));
}

#[test]
fn seeded_wrong_polarity_and_wrong_steps_are_found_in_the_words_of_seaside_hotels_a_travel_app_grand_hotels_and_live_streams()
 {
    find_among_terms(&["thirtyfirst", "thirtysecond", "thirtythird", "thirtyfourth"].map(Split::voice));
}
