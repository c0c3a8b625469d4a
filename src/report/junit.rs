//! The thresholds as test cases for a CI server: one case per threshold.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::threshold::ThresholdRow;
use super::words::{Words, fill};
use super::{ReportError, clean, headline, sentences};
use crate::conversation::Language;
use crate::verdict::{Run, ThresholdResult, ThresholdVerdict, Verdict};

/// `junit.xml`: a suite named like the scenario, a case per threshold.
///
/// Broken is a failure. Unsure and without data are failures too, unless the run as a whole held (its `when_unsure` lets them
/// pass): then they are skipped. What was not judged is skipped.
///
/// # Errors
/// When the XML cannot be written.
pub fn junit(run: &Run, language: Language) -> Result<Vec<u8>, ReportError> {
    let words = Words::of(language);
    let mut suite = TestSuite::new(clean::short(&run.scenario, 200, "…"));
    suite.set_time(Duration::try_from_secs_f64(run.duration_s).unwrap_or_default());
    suite.set_system_out(said(run, language));
    for result in &run.thresholds {
        suite.add_test_case(case(result, run, words));
    }
    let mut report = Report::new("throng");
    report.add_test_suite(suite);
    let mut bytes = Vec::new();
    report.serialize(&mut bytes)?;
    Ok(bytes)
}

/// The first line of every report, and the facts that were wrong before the peak came.
fn said(run: &Run, language: Language) -> String {
    let headline = headline(run, language);
    match sentences::always_wrong(run, Words::of(language)) {
        Some(always_wrong) => format!("{headline}\n{always_wrong}"),
        None => headline,
    }
}

fn case(result: &ThresholdResult, run: &Run, words: &Words) -> TestCase {
    let row = ThresholdRow::of(result, words);
    let mut status = status(result.verdict, run.verdict);
    if result.verdict != ThresholdVerdict::Held {
        let interval = if row.interval.contains(' ') {
            fill(words.case_interval, &[("interval", &row.interval)])
        } else {
            String::new()
        };
        status.set_type(row.key);
        status.set_message(fill(
            words.case_message,
            &[
                ("observed", &row.observed),
                ("interval", &interval),
                ("samples", &row.samples),
                ("reason", &why(result, words)),
            ],
        ));
    }
    let mut case = TestCase::new(clean::short(&row.that, 300, "…"), status);
    case.set_classname(clean::short(&run.scenario, 200, "…"));
    case
}

/// Why, as it was recorded (in English); in Chinese what the verdict means, where the figures say the rest.
fn why(result: &ThresholdResult, words: &Words) -> String {
    match (words.language_code, result.verdict) {
        ("zh", ThresholdVerdict::Broken | ThresholdVerdict::Unsure | ThresholdVerdict::NotJudged) => words
            .threshold_term(result.verdict)
            .meaning
            .trim_end_matches('。')
            .to_owned(),
        _ => clean::short(&result.reason, 300, "…"),
    }
}

fn status(threshold: ThresholdVerdict, run: Verdict) -> TestCaseStatus {
    match threshold {
        ThresholdVerdict::Held => TestCaseStatus::success(),
        ThresholdVerdict::Unsure | ThresholdVerdict::NoData if run == Verdict::Held => TestCaseStatus::skipped(),
        ThresholdVerdict::NotJudged => TestCaseStatus::skipped(),
        ThresholdVerdict::Broken | ThresholdVerdict::Unsure | ThresholdVerdict::NoData => {
            TestCaseStatus::non_success(NonSuccessKind::Failure)
        }
    }
}

#[cfg(test)]
mod tests;
