//! What `throng try` found, as a table: goals by checks.

use super::layout::{self, Column, Layout};
use super::words::Words;
use super::{Style, clean};
use crate::conversation::Language;
use crate::scenario::Metric;
use crate::verdict::{Trial, TrialVerdict, TriedConversation};

/// The table of a trial and its verdict, ready to print.
pub fn trial_terminal(trial: &Trial, language: Language, style: Style) -> String {
    let words = Words::of(language);
    let mut page = Layout::new(style);
    if !trial.conversations.is_empty() {
        page.table(columns(trial, words));
        page.gap();
    }
    let (term, tone) = match trial.verdict {
        TrialVerdict::Passed => (words.trial_passed, layout::GREEN),
        TrialVerdict::Failed => (words.trial_failed, layout::RED),
        TrialVerdict::Doubtful => (words.trial_doubtful, layout::YELLOW),
        TrialVerdict::Interrupted => (words.trial_interrupted, layout::YELLOW),
    };
    page.verdict(words.verdict, term, tone, words.sentence_end);
    page.finish()
}

fn columns(trial: &Trial, words: &Words) -> Vec<Column> {
    let column = |header: &str, cell: &dyn Fn(&TriedConversation) -> String| Column {
        header: header.to_owned(),
        // None is left out: what does not fit is wider than the terminal.
        weight: u8::MAX,
        cells: trial.conversations.iter().map(cell).collect(),
    };
    let mut columns = vec![
        column(words.goal, &|tried| clean::short(&tried.goal, 40, "…")),
        column(words.language, &|tried| tried.language.code().to_owned()),
        column(words.served, &|tried| {
            let served = tried.turns.iter().filter(|turn| turn.served == Some(true));
            format!("{}/{}", served.count(), tried.turns.len())
        }),
    ];
    for check in Metric::CHECKS {
        let name = Words::name_of(&words.checks, check);
        columns.push(column(&name, &|tried| passed(tried, check)));
    }
    columns.push(column(words.ending, &|tried| match tried.ending {
        Some(ending) => Words::name_of(&words.endings, ending.word()),
        None => super::parts::none(),
    }));
    columns
}

/// `2/3`: passed, of the turns in which the check could tell.
fn passed(tried: &TriedConversation, check: &str) -> String {
    let told = || tried.turns.iter().filter_map(|turn| turn.checks.get(check));
    match told().count() {
        0 => super::parts::none(),
        all => format!("{}/{all}", told().filter(|found| found.passed).count()),
    }
}
