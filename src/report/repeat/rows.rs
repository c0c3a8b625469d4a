//! The tables of several runs, as text.

use super::super::parts::none;
use super::super::words::{Words, fill};
use super::super::{clean, format};
use crate::verdict::{Headline, PassK, PassRate, Repeat, RepeatedRun, RepeatedTask, Spread};

/// So many tasks are named, those that succeeded least.
const TASKS: usize = 5;
/// pass^k is shown for these k, and for the largest.
const SHOWN: [u32; 5] = [1, 2, 3, 5, 10];

/// A table; every row has as many cells as there are headers.
pub(super) struct Table {
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// A line per run, and below them the lowest, the median and the highest.
pub(super) fn runs(repeat: &Repeat, words: &Words) -> Table {
    let headers = [
        words.run,
        words.seed,
        words.verdict,
        words.served,
        words.missed,
        words.dropped,
        words.reply_p50,
        words.reply_p95,
        words.quality,
        words.questions,
    ];
    let mut rows: Vec<Vec<String>> = repeat.runs.iter().map(|run| of_run(run, words)).collect();
    for (name, figure) in [
        (
            words.lowest,
            (|spread: &Spread| spread.min) as fn(&Spread) -> Option<f64>,
        ),
        (words.median, |spread| spread.median),
        (words.highest, |spread| spread.max),
    ] {
        let mut row = vec![name.to_owned(), String::new(), String::new()];
        row.extend(of_spreads(&repeat.figures, figure, words));
        row.push(String::new());
        rows.push(row);
    }
    Table {
        headers: headers.map(str::to_owned).to_vec(),
        rows,
    }
}

fn of_run(run: &RepeatedRun, words: &Words) -> Vec<String> {
    let figures = &run.figures;
    // A run with turns has a reply time; where a percentile of it is missing, it lies among the unanswered.
    let is_never = |time: Option<f64>| time.is_none() && figures.served.is_some();
    let time = |time: Option<f64>| time_text(time, is_never(time), words);
    vec![
        run.number.to_string(),
        run.seed.to_string(),
        words.verdict_term(run.verdict).name.to_owned(),
        percent(figures.served),
        percent(figures.missed),
        percent(figures.dropped),
        time(figures.reply_p50_ms),
        time(figures.reply_p95_ms),
        figures.quality.and_then(format::score).unwrap_or_else(none),
        format::count(run.turns),
    ]
}

fn of_spreads(figures: &Headline<Spread>, figure: fn(&Spread) -> Option<f64>, words: &Words) -> Vec<String> {
    let time = |spread: &Spread| time_text(figure(spread), spread.never > 0, words);
    vec![
        percent(figure(&figures.served)),
        percent(figure(&figures.missed)),
        percent(figure(&figures.dropped)),
        time(&figures.reply_p50_ms),
        time(&figures.reply_p95_ms),
        figure(&figures.quality).and_then(format::score).unwrap_or_else(none),
    ]
}

fn percent(share: Option<f64>) -> String {
    share.and_then(format::percent).unwrap_or_else(none)
}

fn time_text(milliseconds: Option<f64>, is_never: bool, words: &Words) -> String {
    match milliseconds.and_then(format::duration) {
        Some(duration) => duration,
        None if is_never => words.never.to_owned(),
        None => none(),
    }
}

/// A line per phase with conversations, and one for all. A phase in which no task has enough of them has dashes: it counts for all.
pub(super) fn pass_k(repeat: &Repeat, words: &Words) -> Table {
    let largest = repeat.pass_k.of.last().map_or(0, |rate| rate.k);
    let is_shown = |rate: &&PassRate| SHOWN.contains(&rate.k) || rate.k == largest;
    let shown: Vec<u32> = repeat.pass_k.of.iter().filter(is_shown).map(|rate| rate.k).collect();
    let row = |name: &str, pass_k: &PassK| {
        let of = |k: &u32| pass_k.of.iter().find(|rate| rate.k == *k);
        let cells = shown.iter().map(|k| of(k).map_or_else(none, range));
        std::iter::once(clean::short(name, 60, "…")).chain(cells).collect()
    };
    let phases = repeat
        .pass_k_by_phase
        .iter()
        .filter(|(_, pass_k)| !pass_k.of.is_empty() || pass_k.tasks_left_out > 0);
    let mut rows: Vec<Vec<String>> = phases.map(|(name, pass_k)| row(name, pass_k)).collect();
    if !shown.is_empty() {
        rows.push(row(words.all_phases, &repeat.pass_k));
    }
    let headers = shown.iter().map(|k| format!("pass^{k}"));
    Table {
        headers: std::iter::once(words.phase.to_owned()).chain(headers).collect(),
        rows,
    }
}

/// A rate, and how high it may be where conversations could not be told.
fn range(rate: &PassRate) -> String {
    let (low, high) = (percent(Some(rate.rate)), percent(Some(rate.at_most)));
    match low == high {
        true => low,
        false => format!("{low} – {high}"),
    }
}

/// The tasks that succeeded least, worst first; none that always did.
pub(super) fn weakest(repeat: &Repeat, words: &Words) -> Vec<String> {
    let share = |task: &RepeatedTask| task.succeeded as f64 / task.conversations as f64;
    let mut failed: Vec<&RepeatedTask> = repeat
        .tasks
        .iter()
        .filter(|task| task.conversations > 0 && task.succeeded < task.conversations)
        .collect();
    failed.sort_by(|one, other| share(one).total_cmp(&share(other)));
    let name = |name: &str| clean::short(name, 40, "…");
    let line = |task: &&RepeatedTask| {
        fill(
            words.task_line,
            &[
                ("goal", &name(&task.goal)),
                ("persona", &name(&task.persona)),
                ("channel", &name(&task.channel)),
                ("succeeded", &format::count(task.succeeded)),
                ("conversations", &format::count(task.conversations)),
                ("share", &percent(Some(share(task)))),
            ],
        )
    };
    failed.iter().take(TASKS).map(line).collect()
}
