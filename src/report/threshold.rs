//! A judged threshold as text: its figures in the unit of what it judges.

use serde::Serialize;

use super::parts::none;
use super::words::Words;
use super::{clean, format};
use crate::verdict::{ThresholdResult, ThresholdVerdict};

/// What the figures of a threshold are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Seconds.
    Time,
    /// 0 to 1, shown in percent.
    Share,
    /// 0 to 1, shown as it is.
    Score,
    /// A plain number.
    Count,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct ThresholdRow {
    /// As written, cleaned; not yet escaped for any format.
    pub(super) that: String,
    pub(super) observed: String,
    pub(super) interval: String,
    pub(super) samples: String,
    /// `held`, `broken` ...
    pub(super) key: &'static str,
    /// The verdict in words.
    pub(super) verdict: &'static str,
    /// A sign that reads without colour.
    pub(super) mark: &'static str,
    /// Why; empty where it would only repeat the figures.
    pub(super) reason: String,
}

impl ThresholdRow {
    /// The row of a result.
    pub(super) fn of(result: &ThresholdResult, words: &Words) -> ThresholdRow {
        let unit = unit_of(&result.that);
        let term = words.threshold_term(result.verdict);
        ThresholdRow {
            that: clean::line(&result.that),
            observed: observed(result, unit, words),
            interval: interval(result, unit, words),
            samples: format::count(result.samples),
            key: term.key,
            verdict: term.name,
            mark: mark(result.verdict),
            reason: reason(result, term.meaning),
        }
    }
}

/// What the row does not say: what a relative bound (`2x calm`) came to or what was missing, in the words of the one who judged, and
/// else why it is open.
fn reason(result: &ThresholdResult, meaning: &str) -> String {
    let is_factor = |word: &str| {
        word.strip_suffix('x')
            .is_some_and(|factor| factor.parse::<f64>().is_ok())
    };
    let recorded = clean::short(&result.reason, 300, "…");
    match result.verdict {
        _ if result.that.split_whitespace().any(is_factor) => recorded,
        ThresholdVerdict::Held | ThresholdVerdict::Broken => String::new(),
        ThresholdVerdict::NoData => recorded,
        ThresholdVerdict::Unsure | ThresholdVerdict::NotJudged => meaning.to_owned(),
    }
}

fn mark(verdict: ThresholdVerdict) -> &'static str {
    match verdict {
        ThresholdVerdict::Held => "✓",
        ThresholdVerdict::Broken => "✗",
        ThresholdVerdict::Unsure => "?",
        ThresholdVerdict::NoData | ThresholdVerdict::NotJudged => "–",
    }
}

fn observed(result: &ThresholdResult, unit: Unit, words: &Words) -> String {
    match result.observed.and_then(|value| in_unit(value, unit)) {
        Some(value) => value,
        None if unit == Unit::Time && result.samples > 0 => words.never.to_owned(),
        None => none(),
    }
}

/// `low – high`; counts have none, a percentile may have no upper end.
fn interval(result: &ThresholdResult, unit: Unit, words: &Words) -> String {
    let Some(low) = result
        .low
        .and_then(|low| in_unit(low, unit))
        .filter(|_| unit != Unit::Count)
    else {
        return none();
    };
    let high = result
        .high
        .and_then(|high| in_unit(high, unit))
        .unwrap_or_else(|| match unit {
            Unit::Time => words.never.to_owned(),
            _ => none(),
        });
    format!("{low} – {high}")
}

fn in_unit(value: f64, unit: Unit) -> Option<String> {
    match unit {
        Unit::Time => format::duration(value * 1000.0),
        Unit::Share => format::percent(value),
        Unit::Score => format::score(value),
        Unit::Count => value.is_finite().then(|| format::count(value.max(0.0).round() as u64)),
    }
}

/// Reads the unit off `metric{...}: stat op value`.
fn unit_of(that: &str) -> Unit {
    let metric = that.split(['{', ':']).next().unwrap_or_default().trim();
    let after_keys = that.split_once('}').map_or(that, |(_, rest)| rest);
    let stat = after_keys
        .split_once(':')
        .map_or("", |(_, rest)| rest)
        .split_whitespace()
        .next()
        .unwrap_or_default();
    match (metric, stat) {
        (_, "count") => Unit::Count,
        (_, "rate") => Unit::Share,
        ("quality", _) => Unit::Score,
        _ => Unit::Time,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Language;

    fn result(that: &str, observed: Option<f64>, low: Option<f64>, high: Option<f64>) -> ThresholdResult {
        ThresholdResult {
            that: that.to_owned(),
            observed,
            low,
            high,
            samples: 10,
            verdict: ThresholdVerdict::Broken,
            reason: String::new(),
        }
    }

    #[test]
    fn figures_take_the_unit_of_what_is_judged() {
        for (that, value, text) in [
            ("served{phase=midnight}: rate >= 95%", 0.621, "62.1%"),
            ("reply_time{phase=a:b}: p95 < 3s", 8.42, "8.42 s"),
            ("quality: mean >= 0.85", 0.81, "0.81"),
            ("cross_talk: count == 0", 3.0, "3"),
            ("quality.required_facts: rate < 5%", 0.04, "4.0%"),
            ("silent: count < 5", 1200.0, "1,200"),
        ] {
            let row = ThresholdRow::of(&result(that, Some(value), None, None), Words::of(Language::En));
            assert_eq!(row.observed, text, "{that}");
        }
    }

    #[test]
    fn a_reason_is_told_only_where_it_says_more_than_the_figures() {
        let told = |that: &str, verdict: ThresholdVerdict| {
            let mut result = result(that, Some(0.5), None, None);
            (result.verdict, result.reason) = (verdict, "because".to_owned());
            ThresholdRow::of(&result, Words::of(Language::Zh)).reason
        };
        assert_eq!(told("served: rate >= 90%", ThresholdVerdict::Broken), "");
        assert_eq!(told("served{phase=2x}: rate >= 90%", ThresholdVerdict::Held), "");
        let open = told("served: rate >= 90%", ThresholdVerdict::Unsure);
        assert_eq!(open, "界限落在置信区间之内。");
        assert_eq!(told("reply_time: p95 < 2x calm", ThresholdVerdict::Broken), "because");
    }

    #[test]
    fn a_percentile_among_the_unanswered_is_never() {
        let words = Words::of(Language::En);
        let open = ThresholdRow::of(&result("reply_time: p95 < 3s", Some(9.0), Some(7.0), None), words);
        assert_eq!(open.interval, "7 s – never");
        let never = ThresholdRow::of(&result("reply_time: p95 < 3s", None, None, None), words);
        assert_eq!((never.observed.as_str(), never.interval.as_str()), ("never", "–"));
    }
}
