//! The sentences that are learnt from.

use std::collections::BTreeSet;

use jiff::civil::date;
use serde_json::Value;

use super::super::acts::grams::Grams;
use super::super::acts::{ACTS, Act, masked};
use crate::reading::language::is_han;
use crate::reading::{Passage, Subject, normalise};

/// A text of which it is known what it does.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    /// Normalised.
    pub(super) text: String,
    pub(super) language: &'static str,
    /// Whose it is; a table has no name.
    pub(super) set: &'static str,
    /// Of each act whether it does it, where that is known.
    does: [Option<bool>; ACTS],
    /// What it says to who asked whether something is so, where it says so or that it is not.
    pub(super) holds: Option<bool>,
}

impl Sample {
    pub(super) fn does(&self, act: Act) -> Option<bool> {
        self.does[act as usize]
    }

    pub(super) fn grams(&self) -> Grams {
        Grams::of(&self.text).expect("samples are short and say something")
    }

    /// Nothing of a text that is too long to be looked at.
    fn of(text: &str, set: &'static str, does: [Option<bool>; ACTS]) -> Option<Sample> {
        let text = normalise(text);
        Grams::of(&text)?;
        let language = language(&text);
        Some(Sample {
            text,
            language,
            set,
            does,
            holds: None,
        })
    }

    fn saying(self, holds: Option<bool>) -> Sample {
        Sample { holds, ..self }
    }
}

/// Sentences with what they do (+) and such that only look like it (-).
const TABLES: [(Act, &str); 4] = [
    (Act::FallsBack, include_str!("../../lexicon/said/fallback.txt")),
    (Act::HandsOver, include_str!("../../lexicon/said/handoff.txt")),
    (
        Act::AsksOrderNumber,
        include_str!("../../lexicon/said/order_number.txt"),
    ),
    (Act::RefusesMedia, include_str!("../../lexicon/said/media_refused.txt")),
];

/// Replies of all fields by an author: a list of each act, and one of replies that do none of them, many of which look like it.
type Field = (&'static str, [(Option<Act>, &'static str); 5]);

macro_rules! field {
    ($name:literal) => {
        (
            $name,
            [
                (Some(Act::FallsBack), include_str!(concat!($name, "/fallback.txt"))),
                (Some(Act::HandsOver), include_str!(concat!($name, "/handoff.txt"))),
                (
                    Some(Act::AsksOrderNumber),
                    include_str!(concat!($name, "/order_number.txt")),
                ),
                (
                    Some(Act::RefusesMedia),
                    include_str!(concat!($name, "/media_refused.txt")),
                ),
                (None, include_str!(concat!($name, "/ordinary.txt"))),
            ],
        )
    };
}

/// All fields of service, from shops to hospitals: a crowd, people, machines and more.
const FIELDS: [Field; 9] = [
    field!("crowd"),
    field!("people"),
    field!("machines"),
    field!("assistants"),
    field!("hosts"),
    field!("clerks"),
    field!("abroad"),
    field!("shopfolk"),
    field!("talkers"),
];

/// Whole replies that end with a word after which a sentence mostly goes on.
const WHOLE: &str = include_str!("whole.txt");

/// What sentences say of a subject: word, subject, sentence.
const STANCES: &str = include_str!("stances.tsv");
/// The same where the subject is mostly not named: by another word, a part of it, or what is done (`you'd have the whole fare back`).
const IMPLIED: &str = include_str!("implied.tsv");
/// The same by one more author, of banks, clinics, schools and offices as much as of shops.
const UNNAMED: &str = include_str!("unnamed.tsv");
/// The same by yet another, in everyday words.
const EVERYDAY: &str = include_str!("everyday.tsv");
/// The same among other columns.
const READINGS: &str = include_str!("../../../../tests/readings/polarity.tsv");

macro_rules! desk {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../../tests/seeded/", $name, "_desk.yaml")),
            include_str!(concat!("../../../../tests/seeded/", $name, "_terms.yaml")),
        )
    };
}

/// The visitors' desks of `tests/seeded`; of those only the spent ones. A set that is yet to be counted must not be learnt.
const DESKS: [(&str, &str, &str); 32] = [
    desk!("fresh"),
    desk!("later"),
    desk!("fifth"),
    desk!("sixth"),
    desk!("seventh"),
    desk!("eighth"),
    desk!("ninth"),
    desk!("tenth"),
    desk!("eleventh"),
    desk!("twelfth"),
    desk!("thirteenth"),
    desk!("fourteenth"),
    desk!("fifteenth"),
    desk!("sixteenth"),
    desk!("seventeenth"),
    desk!("eighteenth"),
    desk!("nineteenth"),
    desk!("twentieth"),
    desk!("twentyfirst"),
    desk!("twentysecond"),
    desk!("twentythird"),
    desk!("twentyfourth"),
    desk!("twentyfifth"),
    desk!("twentysixth"),
    desk!("twentyseventh"),
    desk!("twentyeighth"),
    desk!("twentyninth"),
    desk!("thirtieth"),
    desk!("thirtyfirst"),
    desk!("thirtysecond"),
    desk!("thirtythird"),
    desk!("thirtyfourth"),
];

/// Subjects of the terms with their words, and whether they are there.
const TERMS: [(&str, [&str; 3], bool); 2] = [
    ("gym", ["健身房", "gym", "fitness room"], false),
    ("wake_up", ["叫醒服务", "wake-up call", "wake-up calls"], true),
];

/// What stands in the place of each slot.
const SLOTS: [(&str, [&str; 2]); 9] = [
    ("{{ price }}", ["199", "199"]),
    ("{{ time }}", ["3小时", "3 hours"]),
    ("{{ within }}", ["48小时", "48 hours"]),
    ("{{ order_number }}", ["6123400000001712345", "6123400000001712345"]),
    ("{{ name }}", ["王芳", "mary smith"]),
    ("{{ phone }}", ["13800138000", "13800138000"]),
    ("{{ id_number }}", ["11010119900307001x", "11010119900307001x"]),
    ("{{ bank_card }}", ["6222020200112233445", "6222020200112233445"]),
    ("{{ address }}", ["北京市朝阳区建国路8号", "12 high street"]),
];
const MEDIA: [[&str; 3]; 2] = [["图片", "语音", "视频"], ["picture", "voice message", "video"]];
pub(super) const LANGUAGES: [&str; 2] = ["zh", "en"];

/// Everything that is learnt from.
pub(super) fn all() -> Vec<Sample> {
    let tables = TABLES.iter().flat_map(|(act, table)| of_table(*act, table));
    let shop = of_desk("", include_str!("../../../../knowledge/beauty-shop.yaml"));
    let readings = READINGS.lines().skip(1).filter_map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let (word, subject) = columns[3].split_once(' ')?;
        of_stance("", [word, subject, columns[4]])
    });
    tables.chain(readings).chain(shop).chain(of_sets()).collect()
}

/// The names of the sets that these are of.
pub(super) fn sets(samples: &[Sample]) -> BTreeSet<&'static str> {
    samples.iter().map(|sample| sample.set).collect()
}

/// The sentences of the sets alone.
pub(super) fn of_sets() -> Vec<Sample> {
    let desks = DESKS
        .iter()
        .flat_map(|(set, desk, terms)| [of_desk(set, desk), of_terms(set, terms)])
        .flatten();
    let fields = FIELDS
        .iter()
        .flat_map(|(set, lists)| lists.iter().flat_map(|(act, list)| of_list(set, *act, list)));
    let about = [
        ("stances", STANCES),
        ("implied", IMPLIED),
        ("unnamed", UNNAMED),
        ("everyday", EVERYDAY),
    ];
    let about = about
        .into_iter()
        .flat_map(|(set, table)| stances(table).filter_map(move |columns| of_stance(set, columns)));
    let whole = WHOLE.lines().filter_map(|text| Sample::of(text, "whole", [None; ACTS]));
    desks.chain(fields).chain(about).chain(whole).collect()
}

/// Word, subject and reply; of those where the subject is mostly named, and where it mostly is not.
pub(super) fn named_and_implied() -> [Vec<[&'static str; 3]>; 2] {
    [&[STANCES][..], &[IMPLIED, UNNAMED, EVERYDAY]]
        .map(|tables| tables.iter().flat_map(|table| stances(table)).collect())
}

fn stances(table: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    let columns = |line: &'static str| line.split('\t').collect::<Vec<_>>().try_into().ok();
    table.lines().filter_map(columns)
}

pub(super) fn language(text: &str) -> &'static str {
    LANGUAGES[usize::from(!text.contains(is_han))]
}

fn of_list(set: &'static str, act: Option<Act>, list: &'static str) -> impl Iterator<Item = Sample> {
    let does = act.map_or(NEITHER, doing);
    list.lines().filter_map(move |text| Sample::of(text, set, does))
}

fn of_table(act: Act, table: &str) -> impl Iterator<Item = Sample> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(move |line| {
        let (mark, text) = line.split_at_checked(2)?;
        let mut does = [None; ACTS];
        does[act as usize] = Some(mark == "+ ");
        Sample::of(text, "", does)
    })
}

/// None of the first four; whether it takes a stance is not known.
const NEITHER: [Option<bool>; ACTS] = [Some(false), Some(false), Some(false), Some(false), None];

/// The same of a text of which that is known.
const fn stance(is_taken: bool) -> [Option<bool>; ACTS] {
    [Some(false), Some(false), Some(false), Some(false), Some(is_taken)]
}

/// One of the first four alone.
fn doing(act: Act) -> [Option<bool>; ACTS] {
    let mut does = stance(false);
    does[act as usize] = Some(true);
    if act == Act::RefusesMedia {
        // Who cannot see a picture cannot help either.
        does[Act::FallsBack as usize] = None;
    }
    does
}

fn of_stance(set: &'static str, [word, subject, text]: [&str; 3]) -> Option<Sample> {
    // What says nothing of a subject may do anything else.
    let open = [None, None, None, None, Some(false)];
    let holds = match word {
        "yes" | "holds" => Some(true),
        "no" | "denies" => Some(false),
        _ => None,
    };
    let does = holds.map_or(open, |_| stance(true));
    Sample::of(&about(text, &[subject]), set, does).map(|sample| sample.saying(holds))
}

/// The text without the words of its subject.
fn about(text: &str, subject: &[&str]) -> String {
    let words: Vec<String> = subject.iter().map(|word| (*word).to_owned()).collect();
    let subject = Subject::new(&words);
    let passage = Passage::new(text, date(2025, 11, 11));
    masked(passage.text(), &passage.mentions_to_who_asks(&subject))
}

fn of_terms(set: &'static str, text: &str) -> Vec<Sample> {
    let terms: Value = serde_saphyr::from_str(text).unwrap();
    let mut samples = Vec::new();
    for (topic, words, is_there) in TERMS {
        for (list, holds) in [("answers", is_there), ("wrong_answers", !is_there)] {
            let said = |text: &str| about(text, &words);
            let mut of_list = Vec::new();
            add(&mut of_list, set, &terms["topics"][topic][list], stance(true), said);
            samples.extend(of_list.into_iter().map(|sample| sample.saying(Some(holds))));
        }
    }
    samples
}

/// What the bots of the desks say of one of their lists, each with its set.
pub(super) fn said_by_bots(list: &str) -> Vec<(&'static str, String)> {
    let of_desk = |(set, desk, _): &(&'static str, &str, &str)| {
        let desk: Value = serde_saphyr::from_str(desk).unwrap();
        let lists = LANGUAGES.map(|language| desk["bot"][list][language].clone());
        let texts = lists.iter().filter_map(Value::as_array).flatten();
        let texts = texts.map(|text| (*set, text.as_str().unwrap().to_owned()));
        texts.collect::<Vec<_>>()
    };
    DESKS.iter().flat_map(of_desk).collect()
}

/// What the desks answer, in each language.
pub(super) fn answers() -> [Vec<String>; 2] {
    let desks: Vec<Value> = DESKS.map(|(_, desk, _)| serde_saphyr::from_str(desk).unwrap()).into();
    let topics: Vec<&Value> = desks
        .iter()
        .filter_map(|desk| desk["topics"].as_object())
        .flat_map(|topics| topics.values())
        .collect();
    [0, 1].map(|place| {
        let of_language = topics.iter().map(|topic| &topic["answers"][LANGUAGES[place]]);
        let texts = of_language
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(Value::as_str);
        texts.map(|text| filled(text, place)).collect()
    })
}

fn of_desk(set: &'static str, text: &str) -> Vec<Sample> {
    let desk: Value = serde_saphyr::from_str(text).unwrap();
    let mut samples = Vec::new();
    for (texts, does) in lists(&desk) {
        add(&mut samples, set, texts, does, str::to_owned);
    }
    samples
}

/// What the desks say to whoever is upset: a word of regret, and then any of it.
pub(super) fn behind_regrets() -> Vec<Sample> {
    let mut samples = Vec::new();
    for (set, desk, _) in DESKS {
        let desk: Value = serde_saphyr::from_str(desk).unwrap();
        for (texts, does) in lists(&desk) {
            add(
                &mut samples,
                set,
                &behind(&desk["bot"]["regrets"], texts),
                does,
                str::to_owned,
            );
        }
    }
    samples
}

/// The lists of a desk, and what their texts do.
fn lists(desk: &Value) -> Vec<(&Value, [Option<bool>; ACTS])> {
    let topics = desk["topics"].as_object().into_iter().flatten();
    let answers = topics.map(|(_, topic)| (&topic["answers"], NEITHER));
    let said = desk["bot"].as_object().into_iter().flatten().map(|(list, texts)| {
        let act = match list.as_str() {
            "fallbacks" => Some(Act::FallsBack),
            "handoffs" => Some(Act::HandsOver),
            "ask_order_number" => Some(Act::AsksOrderNumber),
            "media_refusals" => Some(Act::RefusesMedia),
            _ => None,
        };
        (texts, act.map_or(stance(false), doing))
    });
    answers.chain(said).collect()
}

/// The texts of a list, each behind one of another list.
fn behind(openings: &Value, texts: &Value) -> Value {
    let of_language = |language: &str| {
        let openings = openings[language].as_array().into_iter().flatten().cycle();
        let texts = texts[language].as_array().into_iter().flatten();
        let both = openings.zip(texts).map(|(opening, text)| {
            let between = if language == "en" { " " } else { "" };
            Value::from([opening.as_str().unwrap(), between, text.as_str().unwrap()].concat())
        });
        both.collect::<Vec<_>>()
    };
    LANGUAGES
        .iter()
        .map(|language| (*language, of_language(language)))
        .collect()
}

/// A wording of this language with something in its slots.
fn filled(wording: &str, place: usize) -> String {
    let fill = |text: String, (slot, values): &(&str, [&str; 2])| text.replace(slot, values[place]);
    SLOTS.iter().fold(wording.to_owned(), fill)
}

/// Adds the texts of a list in both languages.
fn add(
    samples: &mut Vec<Sample>,
    set: &'static str,
    texts: &Value,
    does: [Option<bool>; ACTS],
    said: impl Fn(&str) -> String,
) {
    for (place, language) in LANGUAGES.into_iter().enumerate() {
        for (number, text) in texts[language].as_array().into_iter().flatten().enumerate() {
            let filled = filled(text.as_str().unwrap(), place);
            let media = &MEDIA[place];
            let filled = filled.replace("{{ media }}", media[number % media.len()]);
            samples.extend(Sample::of(&said(&filled), set, does));
        }
    }
}
