//! What `throng try` found, as a table: goals by checks.

use super::layout::{self, Column, Layout};
use super::words::{Words, fill};
use super::{Style, clean};
use crate::conversation::Language;
use crate::scenario::Metric;
use crate::verdict::{Trial, TrialVerdict, TriedCheck, TriedConversation};

/// The table of a trial and its verdict, ready to print.
pub fn trial_terminal(trial: &Trial, language: Language, style: Style) -> String {
    let words = Words::of(language);
    let mut page = Layout::new(style);
    if !trial.conversations.is_empty() {
        let left_out = page.table(columns(trial, words));
        note_left_out(&mut page, left_out, trial, words);
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
    let column = |header: &str, weight, cell: &dyn Fn(&TriedConversation) -> String| Column {
        header: header.to_owned(),
        weight,
        cells: trial.conversations.iter().map(cell).collect(),
    };
    let mut columns = vec![
        column(words.goal, 9, &|tried| clean::short(&tried.goal, 40, "…")),
        column(words.language, 8, &|tried| tried.language.code().to_owned()),
        column(words.served, 9, &|tried| {
            let served = tried.turns.iter().filter(|turn| turn.served == Some(true));
            format!("{}/{}", served.count(), tried.turns.len())
        }),
    ];
    for check in Metric::CHECKS {
        let name = Words::name_of(&words.checks, check);
        columns.push(column(&name, weight(trial, check), &|tried| passed(tried, check)));
    }
    columns.push(column(words.ending, 3, &|tried| match tried.ending {
        Some(ending) => Words::name_of(&words.endings, ending.word()),
        None => super::parts::none(),
    }));
    columns
}

/// Checks that failed somewhere are left out last, those that applied nowhere first.
fn weight(trial: &Trial, check: &str) -> u8 {
    match (has_failed(trial, check), found(trial, check).next()) {
        (true, _) => 7,
        (false, Some(_)) => 2,
        (false, None) => 1,
    }
}

fn has_failed(trial: &Trial, check: &str) -> bool {
    found(trial, check).any(|found| !found.passed)
}

fn found<'a>(trial: &'a Trial, check: &'a str) -> impl Iterator<Item = &'a TriedCheck> {
    let turns = trial.conversations.iter().flat_map(|tried| &tried.turns);
    turns.filter_map(move |turn| turn.checks.get(check))
}

/// Says which columns are missing, of checks or of the endings; those in which something failed, apart.
fn note_left_out(page: &mut Layout, left_out: Vec<String>, trial: &Trial, words: &Words) {
    let (failed, rest): (Vec<String>, Vec<String>) = left_out.into_iter().rev().partition(|header| {
        let check = words.checks.iter().find(|check| check.name == header);
        match check {
            Some(check) => has_failed(trial, check.key),
            None => !trial.conversations.iter().all(TriedConversation::left_well),
        }
    });
    for (phrase, columns) in [(words.trial_left_out_failed, failed), (words.trial_left_out, rest)] {
        if !columns.is_empty() {
            page.text(&fill(phrase, &[("columns", &columns.join(words.list_separator))]), "");
        }
    }
}

/// `2/3`: passed, of the turns in which the check could tell.
fn passed(tried: &TriedConversation, check: &str) -> String {
    let told = || tried.turns.iter().filter_map(|turn| turn.checks.get(check));
    match told().count() {
        0 => super::parts::none(),
        all => format!("{}/{all}", told().filter(|found| found.passed).count()),
    }
}

#[cfg(test)]
mod tests;
