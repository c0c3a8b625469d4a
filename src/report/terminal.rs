//! The summary in a terminal: the customers first, the verdict last.

use super::against::{self, Row};
use super::layout::{self, Column, Layout};
use super::parts::{self, Part};
use super::sentences::{self, Story};
use super::threshold::ThresholdRow;
use super::words::{Words, fill};
use super::{clean, format, judged};
use crate::conversation::Language;
use crate::verdict::{Evidence, Run, Verdict};

/// How a terminal shows text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Colours and typographic signs; without, what we add ourselves is plain ASCII (names and Chinese stay as they are).
    pub colour: bool,
    /// Columns; at least 40 are used.
    pub width: u16,
}

/// So many phases or channels are listed; of more, those that served least.
const ROWS: usize = 12;

/// The summary of a run, ready to print. The first line counts the customers' questions, the last lines are the verdict.
pub fn terminal(run: &Run, evidence: &Evidence, language: Language, style: Style) -> String {
    let words = Words::of(language);
    let story = sentences::tell(run, evidence, language);
    let mut page = Layout::new(style);
    opening(&mut page, &story);
    tables(&mut page, run, words);
    beside_calm(&mut page, run, words);
    if let Some(judged) = &evidence.judged {
        page.gap();
        judged::show(&mut page, judged, words);
    }
    generator(&mut page, run, words);
    thresholds(&mut page, run, words);
    closing(&mut page, run, &story, words);
    page.finish()
}

fn opening(page: &mut Layout, story: &Story) {
    page.bold(&story.headline);
    page.text(&story.rest, "");
    for caution in &story.cautions {
        page.warning(caution);
    }
    let findings = story.findings();
    if !findings.is_empty() {
        page.gap();
    }
    for finding in findings {
        page.text(finding, "· ");
    }
}

fn tables(page: &mut Layout, run: &Run, words: &Words) {
    let phases = parts::phases(run, words);
    let shown = parts::least_served(&run.by_phase, run.baseline.as_deref(), ROWS);
    let mut rows: Vec<Part> = shown.iter().filter_map(|place| phases.get(*place).cloned()).collect();
    if rows.len() > 1 {
        rows.push(parts::total(run, words));
    }
    table(page, words.phase, &rows, phases.len() - shown.len(), words);
    let channels = parts::groups(&run.by_channel, words);
    let shown = parts::least_served(&run.by_channel, None, ROWS);
    let rows: Vec<Part> = shown.iter().filter_map(|place| channels.get(*place).cloned()).collect();
    table(page, words.channel, &rows, channels.len() - shown.len(), words);
}

fn table(page: &mut Layout, what: &str, rows: &[Part], left_out: usize, words: &Words) {
    if rows.is_empty() {
        return;
    }
    let column = |header: &str, weight, cell: fn(&Part) -> &str| Column {
        header: header.to_owned(),
        weight,
        cells: rows.iter().map(|row| cell(row).to_owned()).collect(),
    };
    page.gap();
    page.table(vec![
        column(what, 9, |row| &row.name),
        column(words.questions, 4, |row| &row.questions),
        column(words.served, 8, |row| &row.served),
        column(words.missed, 7, |row| &row.missed),
        column(words.dropped, 2, |row| &row.dropped),
        column(words.reply_p50, 3, |row| &row.reply_p50),
        column(words.reply_p95, 6, |row| &row.reply_p95),
        column(words.quality, 5, |row| &row.quality),
    ]);
    if left_out > 0 {
        page.dim(&fill(words.more_rows, &[("count", &format::count(left_out as u64))]));
    }
}

/// The phase that lost most, beside the calm one; the page has the others.
fn beside_calm(page: &mut Layout, run: &Run, words: &Words) {
    let Some(section) = against::sections(run, words)
        .into_iter()
        .find(|section| !section.rows.is_empty())
    else {
        return;
    };
    let left_out = section.rows.len().saturating_sub(ROWS);
    let rows = &section.rows[..section.rows.len() - left_out];
    let column = |header: &str, weight, cell: fn(&Row) -> &str| Column {
        header: header.to_owned(),
        weight,
        cells: rows.iter().map(|row| cell(row).to_owned()).collect(),
    };
    page.gap();
    page.bold(&section.title);
    page.table(vec![
        column(words.figure, 9, |row| &row.what),
        column(&section.calm, 6, |row| &row.calm),
        column(&section.phase, 7, |row| &row.phase),
        column(words.change, 8, |row| &row.change),
        column(words.interval, 5, |row| &row.interval),
    ]);
    if left_out > 0 {
        page.dim(&fill(words.more_rows, &[("count", &format::count(left_out as u64))]));
    }
    for note in &section.notes {
        page.text(note, "");
    }
    page.dim(words.like_note);
}

fn generator(page: &mut Layout, run: &Run, words: &Words) {
    let numbers = &run.generator;
    let lag = numbers.schedule_lag_ms.p99.and_then(format::duration);
    page.gap();
    let line = match run.population {
        Some(_) => words.generator_line_closed,
        None => words.generator_line,
    };
    page.text(
        &fill(
            line,
            &[
                ("planned", &format::count(numbers.planned)),
                ("population", &format::count(run.population.unwrap_or(0))),
                ("open", &format::count(numbers.peak_open_conversations)),
                ("started", &format::count(numbers.started)),
                ("not_sent", &format::count(numbers.not_sent.total)),
                ("lag", lag.as_deref().unwrap_or(words.lag_never)),
            ],
        ),
        "",
    );
    for (reason, count) in numbers.not_sent.reasons.iter().filter(|(_, count)| **count > 0) {
        let reason = clean::short(&Words::name_of(&words.not_sent, reason), 60, "…");
        page.warning(&fill(
            words.not_started_because,
            &[("reason", &reason), ("count", &format::count(*count))],
        ));
    }
}

fn thresholds(page: &mut Layout, run: &Run, words: &Words) {
    if run.thresholds.is_empty() {
        return;
    }
    page.gap();
    page.bold(words.thresholds);
    let rows: Vec<ThresholdRow> = run
        .thresholds
        .iter()
        .map(|result| ThresholdRow::of(result, words))
        .collect();
    let that_width = rows.iter().map(|row| layout::columns(&row.that)).max().unwrap_or(0);
    for row in &rows {
        page.threshold(row, that_width);
    }
}

fn closing(page: &mut Layout, run: &Run, story: &Story, words: &Words) {
    page.gap();
    let tone = match run.verdict {
        Verdict::Held => layout::GREEN,
        Verdict::Broken => layout::RED,
        _ => layout::YELLOW,
    };
    page.verdict(
        &format!("{}{}{}", words.verdict, words.colon, story.verdict),
        &story.because,
        tone,
        words.sentence_end,
    );
    page.text(story.advice, "→ ");
}

#[cfg(test)]
mod tests;
