//! The numbers of the page as tables of text.

use indexmap::IndexMap;
use serde::Serialize;

use super::super::parts::{self, Part};
use super::super::words::Words;
use super::super::{against, clean, findings, format, sentences};
use super::intents;
use crate::conversation::{Ending, Outcome};
use crate::verdict::{Block, CheckCounts, Conversations, Run, TimeNumbers};

/// A table; the first cell of a row names it.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    caption: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(caption: &str, headers: &[&str], rows: Vec<Vec<String>>) -> Table {
        Table {
            caption: caption.to_owned(),
            headers: headers.iter().map(|header| (*header).to_owned()).collect(),
            rows,
        }
    }
}

/// A name and what there is to say of it.
type Fact = (String, String);

/// All of them, by their place on the page.
#[derive(Serialize)]
pub(super) struct Tables {
    ledger: Vec<Table>,
    endings: Vec<Table>,
    checks: Option<Table>,
    times: Table,
    times_notes: Vec<&'static str>,
    groups: Vec<Table>,
    other: Vec<Fact>,
    generator: Vec<Fact>,
    warnings: Vec<String>,
    provenance: Vec<Fact>,
}

/// Makes them.
pub(super) fn tables(run: &Run, words: &Words) -> Tables {
    let marked = |(name, block): (&String, &Block)| (parts::phase_name(run, name, words), block.clone());
    let phases: IndexMap<String, Block> = run.by_phase.iter().map(marked).collect();
    let both = |table: fn(&str, &IndexMap<String, Block>, &Block, &Words) -> Table| {
        let by = [(words.phase, &phases), (words.channel, &run.by_channel)];
        by.into_iter()
            .filter(|(_, blocks)| !blocks.is_empty())
            .map(|(what, blocks)| table(what, blocks, &run.totals, words))
            .collect()
    };
    let groups = [
        (words.persona, &run.by_persona),
        (words.goal, &run.by_goal),
        (words.language, &run.by_language),
    ];
    Tables {
        ledger: both(ledger),
        endings: both(endings),
        checks: checks(&run.totals, words),
        times: times(&run.totals, words),
        times_notes: vec![words.times_note, words.mean_note],
        groups: groups
            .into_iter()
            .filter(|(_, blocks)| !blocks.is_empty())
            .map(|(what, blocks)| parts_table("", what, parts::groups(blocks, words), words))
            .chain(intents::table(run, words))
            .collect(),
        other: other(&run.totals, words)
            .into_iter()
            .chain(hang_ups(run, words))
            .collect(),
        generator: generator(run, words),
        warnings: run
            .generator
            .warnings
            .iter()
            .map(|warning| clean::short(warning, 300, "…"))
            .collect(),
        provenance: provenance(run, words),
    }
}

/// Rows of parts as a table.
pub(super) fn parts_table(caption: &str, what: &str, rows: Vec<Part>, words: &Words) -> Table {
    let headers = [
        what,
        words.questions,
        words.served,
        words.missed,
        words.dropped,
        words.reply_p50,
        words.reply_p95,
        words.quality,
    ];
    let cells = |row: Part| {
        vec![
            row.name,
            row.questions,
            row.served,
            row.missed,
            row.dropped,
            row.reply_p50,
            row.reply_p95,
            row.quality,
        ]
    };
    Table::new(caption, &headers, rows.into_iter().map(cells).collect())
}

/// A phase beside the calm one.
#[derive(Debug, Serialize)]
pub(super) struct Against {
    title: String,
    notes: Vec<String>,
    figures: Option<Table>,
    lost: Option<Table>,
}

/// So many phases are shown; of more, those that lost most.
const PHASES: usize = 12;

/// The phases that are compared with the calm one, those that lost most first.
pub(super) fn against(run: &Run, words: &Words) -> Vec<Against> {
    let sections = against::sections(run, words).into_iter().take(PHASES);
    let shown = |section: against::Section| {
        let headers = section.headers(words);
        let rows: Vec<Vec<String>> = section
            .rows
            .iter()
            .cloned()
            .map(|row| vec![row.what, row.calm, row.phase, row.change, row.interval])
            .collect();
        let lost: Vec<Vec<String>> = section.lost.iter().cloned().map(Vec::from).collect();
        let causes = [words.lost_to, words.channel, words.points_lost];
        Against {
            figures: (!rows.is_empty()).then(|| Table::new("", &headers, rows)),
            lost: (!lost.is_empty()).then(|| Table::new("", &causes, lost)),
            title: section.title.clone(),
            notes: section.notes.clone(),
        }
    };
    sections.map(shown).collect()
}

/// Outcomes, one a column; those that nowhere happened are left out, so that the rest can be read.
fn ledger(what: &str, blocks: &IndexMap<String, Block>, totals: &Block, words: &Words) -> Table {
    let happened = |outcome: &Outcome| {
        let count = |block: &Block| findings::turns_with(&block.turns, *outcome);
        *outcome == Outcome::Answered || count(totals) > 0 || blocks.values().any(|block| count(block) > 0)
    };
    let outcomes: Vec<Outcome> = Outcome::ALL.iter().copied().filter(happened).collect();
    let names = outcomes.iter().map(|outcome| words.outcome(*outcome).name);
    let row = |name: &str, block: &Block| {
        let counts = outcomes
            .iter()
            .map(|outcome| format::count(findings::turns_with(&block.turns, *outcome)));
        [clean::short(name, 60, "…"), format::count(block.turns.sent)]
            .into_iter()
            .chain(counts)
            .collect()
    };
    let mut rows: Vec<Vec<String>> = blocks.iter().map(|(name, block)| row(name, block)).collect();
    rows.push(row(words.all_phases, totals));
    Table::new(
        "",
        &[what, words.sent].into_iter().chain(names).collect::<Vec<_>>(),
        rows,
    )
}

/// Endings, one a column, as the outcomes above.
fn endings(what: &str, blocks: &IndexMap<String, Block>, totals: &Block, words: &Words) -> Table {
    let happened = |ending: &Ending| {
        let count = |block: &Block| ended(&block.conversations, *ending);
        *ending == Ending::GoalMet || count(totals) > 0 || blocks.values().any(|block| count(block) > 0)
    };
    let happened: Vec<Ending> = Ending::ALL.iter().copied().filter(happened).collect();
    let names = happened.iter().map(|ending| words.endings[ending.index()].name);
    let row = |name: &str, block: &Block| {
        let counts = happened
            .iter()
            .map(|ending| format::count(ended(&block.conversations, *ending)));
        [clean::short(name, 60, "…"), format::count(block.conversations.started)]
            .into_iter()
            .chain(counts)
            .collect()
    };
    let mut rows: Vec<Vec<String>> = blocks.iter().map(|(name, block)| row(name, block)).collect();
    rows.push(row(words.all_phases, totals));
    Table::new(
        "",
        &[what, words.started].into_iter().chain(names).collect::<Vec<_>>(),
        rows,
    )
}

fn ended(conversations: &Conversations, ending: Ending) -> u64 {
    match ending {
        Ending::GoalMet => conversations.goal_met,
        Ending::GaveUp => conversations.gave_up,
        Ending::HandedOff => conversations.handed_off,
        Ending::MaxTurns => conversations.max_turns,
        Ending::Loop => conversations.r#loop,
        Ending::BotFailed => conversations.bot_failed,
        Ending::CutShort => conversations.cut_short,
    }
}

fn checks(totals: &Block, words: &Words) -> Option<Table> {
    let row = |name: String, counts: &CheckCounts| {
        let share = counts.fail as f64 / (counts.pass + counts.fail) as f64;
        vec![
            name,
            format::count(counts.pass),
            format::count(counts.fail),
            format::percent(share).unwrap_or_else(parts::none),
            format::count(counts.unscored),
        ]
    };
    let checks = totals.quality.checks.iter().map(|(name, counts)| {
        let name = clean::short(&Words::name_of(&words.checks, name), 60, "…");
        row(name, counts)
    });
    let gates = &totals.quality.hard_gates;
    let gates = (*gates != CheckCounts::default()).then(|| row(words.hard_gates.to_owned(), gates));
    let rows: Vec<Vec<String>> = checks.chain(gates).collect();
    let headers = [words.check, words.pass, words.fail, "%", words.unscored];
    (!rows.is_empty()).then(|| Table::new("", &headers, rows))
}

fn times(totals: &Block, words: &Words) -> Table {
    let row = |name: &str, numbers: &TimeNumbers| {
        let stats = [
            numbers.p50,
            numbers.p90,
            numbers.p95,
            numbers.p99,
            numbers.p999,
            numbers.max,
        ];
        let stats = stats.map(|value| parts::time(value, numbers, words));
        let mean = numbers.mean.and_then(format::duration).unwrap_or_else(parts::none);
        let head = [
            name.to_owned(),
            format::count(numbers.count),
            format::count(numbers.censored),
            mean,
        ];
        head.into_iter().chain(stats).collect()
    };
    let headers = [
        words.time_of,
        words.count,
        words.unanswered,
        words.mean,
        words.p50,
        words.p90,
        words.p95,
        words.p99,
        words.p999,
        words.max,
    ];
    let rows = vec![
        row(words.reply_time, &totals.reply_time_ms),
        row(words.wire_time, &totals.wire_time_ms),
        row(words.first_text_time, &totals.first_text_ms),
        row(words.chunk_gap, &totals.chunk_gap_ms),
    ];
    Table::new("", &headers, rows)
}

/// So many ways from channel to channel are listed.
const MOST_WAYS: usize = 20;

fn other(totals: &Block, words: &Words) -> Vec<Fact> {
    let count = |label: &str, number: u64| (label.to_owned(), format::count(number));
    let deliveries = totals
        .deliveries_per_message
        .and_then(format::score)
        .unwrap_or_else(parts::none);
    let mut facts = vec![
        count(words.cross_talk_count, totals.cross_talk),
        count(words.duplicates, totals.duplicates),
        count(words.unsolicited, totals.unsolicited),
        (words.deliveries.to_owned(), deliveries),
    ];
    let switches: u64 = totals.switches.iter().map(|switch| switch.count).sum();
    if switches > 0 {
        facts.push(count(words.switches, switches));
        let ways = totals.switches.iter().take(MOST_WAYS);
        facts.extend(ways.map(|switch| (format!("– {}", sentences::way(switch)), format::count(switch.count))));
    }
    facts.extend((totals.polls > 0).then(|| count(words.polls, totals.polls)));
    let soft = totals.quality.soft.and_then(format::score);
    facts.extend(soft.map(|soft| (words.soft_checks.to_owned(), soft)));
    facts.extend(totals.tokens.map(|tokens| count(words.tokens, tokens)));
    facts
}

/// What became of the deliveries of platforms that hang up.
fn hang_ups(run: &Run, words: &Words) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (channel, numbers) in &run.hang_ups {
        let of_channel = |label: &str| format!("{} · {label}", clean::short(channel, 60, "…"));
        let answers = numbers.answers_per_message.and_then(format::score);
        facts.push((of_channel(words.hung_up), format::count(numbers.hung_up)));
        facts.push((of_channel(words.answered_after), format::count(numbers.answered_after)));
        facts.push((
            of_channel(words.answers_per_message),
            answers.unwrap_or_else(parts::none),
        ));
    }
    facts
}

fn generator(run: &Run, words: &Words) -> Vec<Fact> {
    let numbers = &run.generator;
    let fact = |label: &str, value: String| (label.to_owned(), value);
    let time = |milliseconds: Option<f64>| milliseconds.and_then(format::duration).unwrap_or_else(parts::none);
    let lag = &numbers.schedule_lag_ms;
    let lags = [(words.p50, lag.p50), (words.p99, lag.p99), (words.max, lag.max)];
    let lags: Vec<String> = lags.map(|(name, value)| format!("{name} {}", time(value))).into();
    let mut facts = vec![
        match run.population {
            Some(population) => fact(words.population, format::count(population)),
            None => fact(words.planned, format::count(numbers.planned)),
        },
        fact(words.started, format::count(numbers.started)),
        fact(words.not_started, format::count(numbers.not_sent.total)),
    ];
    for (reason, count) in numbers.not_sent.reasons.iter().filter(|(_, count)| **count > 0) {
        let reason = clean::short(&Words::name_of(&words.not_sent, reason), 60, "…");
        facts.push((format!("– {reason}"), format::count(*count)));
    }
    facts.extend([
        fact(words.lag, lags.join(" · ")),
        fact(words.open_at_peak, format::count(numbers.peak_open_conversations)),
        fact(words.cpu, time(numbers.cpu_s.map(|seconds| seconds * 1000.0))),
        fact(
            words.memory,
            numbers.peak_rss_bytes.map_or_else(parts::none, format::bytes),
        ),
        fact(words.scoring_overflow, format::count(numbers.scoring_overflow)),
        fact(words.archive_overflow, format::count(numbers.archive_overflow)),
    ]);
    facts
}

fn provenance(run: &Run, words: &Words) -> Vec<Fact> {
    let source = &run.provenance;
    let short = |text: &str| clean::short(text, 200, "…");
    let fact = |label: &str, value: String| (label.to_owned(), value);
    let list = |items: Vec<String>| {
        if items.is_empty() {
            words.none.to_owned()
        } else {
            items.join(words.list_separator)
        }
    };
    let hashes = source
        .profile_hashes
        .iter()
        .take(50)
        .map(|(name, hash)| short(&format!("{name} {hash}")))
        .collect();
    vec![
        fact(words.version, short(&source.throng)),
        fact(words.target, short(&source.target_host)),
        fact(words.seed, run.seed.to_string()),
        fact(words.pace, format::factor(run.pace)),
        fact(words.scale, format::factor(run.scale)),
        fact(
            words.baseline,
            run.baseline.as_deref().map_or_else(|| words.none.to_owned(), short),
        ),
        fact(
            words.overrides,
            list(source.overrides.iter().take(50).map(|one| short(one)).collect()),
        ),
        fact(words.scenario_hash, short(&source.scenario_hash)),
        fact(words.profile_hashes, list(hashes)),
        fact(words.machine, short(&source.machine)),
    ]
}
