//! What a language model said of a run's answers, in words that every format shows. Names and reasons are hostile text.

use crate::conversation::Language;
use crate::verdict::Interval;
use crate::verdict::judged::{CriterionResult, GateResult, Judged, Standing};

use super::layout::{Column, GREEN, Layout, RED, YELLOW};
use super::terminal::Style;
use super::words::{Term, Words, fill, recorded};
use super::{clean, format};

/// What a judge said, as text; cleaned, not yet escaped for any format.
pub(super) struct Section {
    pub(super) about: String,
    /// Why judging ended early.
    pub(super) stopped: Option<String>,
    /// One row per criterion.
    pub(super) table: Vec<Column>,
    /// What a reader must know before believing a share.
    pub(super) cautions: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) gates: Vec<GateRow>,
}

/// What became of a gate.
pub(super) struct GateRow {
    pub(super) verdict: Term,
    /// The gate as it was written, and why.
    pub(super) because: String,
}

impl Section {
    pub(super) fn of(judged: &Judged, words: &Words) -> Section {
        let stopped = judged.stopped.as_ref();
        Section {
            about: about(judged, words),
            stopped: stopped.map(|reason| fill(words.judge_stopped, &[("reason", &recorded(reason, words))])),
            table: table(judged, words),
            cautions: cautions(judged, words),
            notes: notes(judged, words),
            gates: judged.gates.iter().map(|gate| GateRow::of(gate, words)).collect(),
        }
    }

    /// The table's headers, then its rows.
    pub(super) fn rows(&self) -> (Vec<&str>, Vec<Vec<&str>>) {
        let headers = self.table.iter().map(|column| column.header.as_str()).collect();
        let criteria = self.table.first().map_or(0, |column| column.cells.len());
        let row = |place: usize| self.table.iter().map(|column| column.cells[place].as_str()).collect();
        (headers, (0..criteria).map(row).collect())
    }
}

impl GateRow {
    fn of(gate: &GateResult, words: &Words) -> GateRow {
        GateRow {
            verdict: words.threshold_term(gate.verdict),
            because: format!(
                "{}{}{}",
                clean::line(&gate.that),
                words.colon,
                clean::line(&gate.reason)
            ),
        }
    }
}

/// The page of a judge, for the terminal.
pub fn judged(judged: &Judged, language: Language, style: Style) -> String {
    let words = Words::of(language);
    let mut page = Layout::new(style);
    show(&mut page, judged, words);
    page.finish()
}

/// What a judge said, where a terminal's page is.
pub(super) fn show(page: &mut Layout, judged: &Judged, words: &Words) {
    let section = Section::of(judged, words);
    page.bold(words.judge_title);
    page.text(&section.about, "");
    if let Some(stopped) = &section.stopped {
        page.warning(stopped);
    }
    page.gap();
    page.table(section.table);
    page.gap();
    section.cautions.iter().for_each(|caution| page.warning(caution));
    section.notes.iter().for_each(|note| page.text(note, ""));
    if !section.gates.is_empty() {
        page.gap();
        page.bold(words.judge_gates);
    }
    for gate in &section.gates {
        let colour = match gate.verdict.key {
            "held" => GREEN,
            "broken" => RED,
            _ => YELLOW,
        };
        page.verdict(gate.verdict.name, &gate.because, colour, "");
    }
}

fn about(judged: &Judged, words: &Words) -> String {
    let sample = &judged.sample;
    let model = judged.model.reported.first().unwrap_or(&judged.model.asked);
    let counted = fill(
        words.judge_about,
        &[
            ("model", &clean::short(model, 60, "…")),
            ("judged", &format::count(sample.judged)),
            ("chosen", &format::count(sample.chosen)),
            ("rubric", &clean::short(&judged.rubric.name, 40, "…")),
            ("prompt", &clean::short(&judged.rubric.prompt_hash, 10, "")),
            ("unreadable", &format::count(sample.unreadable)),
            ("failed", &format::count(sample.failed)),
            ("not_asked", &format::count(sample.not_asked)),
        ],
    );
    let population = match judged.population.is_whole_run {
        true => words.judge_population_run,
        false => words.judge_population_kept,
    };
    let answers = format::count(judged.population.answers.round() as u64);
    format!("{counted} {}", fill(population, &[("answers", &answers)]))
}

fn table(judged: &Judged, words: &Words) -> Vec<Column> {
    let column = |header: &str, weight, cell: &dyn Fn(&CriterionResult) -> String| Column {
        header: header.to_owned(),
        weight,
        cells: judged.criteria.values().map(cell).collect(),
    };
    let none = || words.judge_none.to_owned();
    let shown = |interval: Option<Interval>| interval.map_or_else(none, |interval| with_interval(&interval));
    let rate = |interval: Option<Interval>| interval.and_then(|one| format::percent(one.rate)).unwrap_or_else(none);
    vec![
        Column {
            header: words.judge_criterion.to_owned(),
            weight: 9,
            cells: judged.criteria.keys().map(|name| clean::line(name)).collect(),
        },
        column(words.judge_share, 8, &|result| shown(result.share)),
        column(words.judge_corrected, 7, &|result| shown(result.corrected)),
        column(words.judge_unknown, 3, &|result| format::count(result.unknown)),
        column(words.judge_kappa, 6, &|result| {
            let agreement = result.calibration.and_then(|calibration| calibration.agreement);
            agreement.map_or_else(none, |agreement| {
                format!(
                    "{} ({} – {})",
                    two(agreement.kappa),
                    two(agreement.low),
                    two(agreement.high)
                )
            })
        }),
        column(words.judge_sensitivity, 5, &|result| {
            rate(result.calibration.and_then(|calibration| calibration.sensitivity))
        }),
        column(words.judge_specificity, 4, &|result| {
            rate(result.calibration.and_then(|calibration| calibration.specificity))
        }),
    ]
}

/// Two digits, and no sign before nothing.
fn two(value: f64) -> String {
    format!("{value:.2}").replace("-0.00", "0.00")
}

fn with_interval(interval: &Interval) -> String {
    let percent = |rate| format::percent(rate).unwrap_or_default();
    format!(
        "{} ({} – {})",
        percent(interval.rate),
        percent(interval.low),
        percent(interval.high)
    )
}

/// What a reader must know before believing a share.
fn cautions(judged: &Judged, words: &Words) -> Vec<String> {
    let mut cautions = Vec::new();
    let standing = |result: &CriterionResult| result.calibration.map_or(Standing::NotCalibrated, |one| one.standing);
    if judged
        .criteria
        .values()
        .any(|result| standing(result) == Standing::NotCalibrated)
    {
        cautions.push(words.judge_not_calibrated.to_owned());
    }
    for (name, result) in &judged.criteria {
        let phrase = match standing(result) {
            Standing::Doubtful => words.judge_doubtful,
            Standing::Unfit => words.judge_unfit,
            Standing::MayGate | Standing::NotCalibrated => continue,
        };
        let kappa = result.calibration.and_then(|calibration| calibration.agreement);
        let kappa = kappa.map_or_else(String::new, |agreement| format!("{:.2}", agreement.kappa));
        cautions.push(fill(phrase, &[("criterion", &clean::line(name)), ("kappa", &kappa)]));
    }
    if judged.sample.uncovered > 0.0 {
        let count = format::count(judged.sample.uncovered.round() as u64);
        cautions.push(fill(words.judge_uncovered, &[("count", &count)]));
    }
    if judged.model.reported.len() > 1 {
        let models = clean::short(&judged.model.reported.join(words.list_separator), 200, "…");
        cautions.push(fill(words.judge_models, &[("models", &models)]));
    }
    if !judged.model.left_out.is_empty() {
        let what = clean::line(&judged.model.left_out.join(words.list_separator));
        cautions.push(fill(words.judge_left_out, &[("what", &what)]));
    }
    cautions
}

fn notes(judged: &Judged, words: &Words) -> Vec<String> {
    let mut notes = Vec::new();
    let wrong: u64 = judged.criteria.values().map(|result| result.quote_not_found).sum();
    if wrong > 0 {
        notes.push(fill(words.judge_wrong_quotes, &[("count", &format::count(wrong))]));
    }
    if let Some(anchors) = judged.anchors.filter(|anchors| anchors.compared > 0) {
        let share = format::percent(anchors.same as f64 / anchors.compared as f64).unwrap_or_default();
        let (compared, same) = (format::count(anchors.compared), format::count(anchors.same));
        notes.push(fill(
            words.judge_anchors,
            &[("compared", &compared), ("same", &same), ("share", &share)],
        ));
    }
    notes.push(fill(
        words.judge_spent,
        &[
            ("input", &format::count(judged.spent.input_tokens)),
            ("output", &format::count(judged.spent.output_tokens)),
            (
                "guess",
                if judged.spent.is_estimated {
                    words.judge_guess
                } else {
                    ""
                },
            ),
            ("money", &format!("{:.4}", judged.spent.money)),
        ],
    ));
    notes
}
