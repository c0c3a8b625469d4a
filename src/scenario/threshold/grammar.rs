//! Reads thresholds: `metric[{key=value,...}]: stat op value`.

mod bound;

use std::ops::Range;

use super::{CountMetric, Metric, Op, RateMetric, Stat, Threshold, TimeMetric};
use crate::conversation::{Ending, Outcome, Slice};
use crate::scenario::suggest::{did_you_mean, listed};

/// What a scenario's thresholds may name, in the order of their places.
pub(in crate::scenario) struct Names<'a> {
    pub(in crate::scenario) phases: Vec<&'a str>,
    /// Whether the phase with this place is a warm-up.
    pub(in crate::scenario) warm_ups: Vec<bool>,
    pub(in crate::scenario) channels: Vec<&'a str>,
    pub(in crate::scenario) personas: Vec<&'a str>,
    pub(in crate::scenario) goals: Vec<&'a str>,
}

/// What is wrong with a threshold, and where in its text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::scenario) struct Wrong {
    pub(in crate::scenario) bytes: Range<usize>,
    pub(in crate::scenario) message: String,
    pub(in crate::scenario) hint: Option<String>,
}

const SHAPE: &str = "`metric: stat op value`, such as `missed: rate < 1%`";
const KEYS: [&str; 4] = ["phase", "channel", "persona", "goal"];
const TIMES: [(&str, TimeMetric); 5] = [
    ("reply_time", TimeMetric::ReplyTime),
    ("wire_time", TimeMetric::WireTime),
    ("first_text_time", TimeMetric::FirstTextTime),
    ("chunk_gap", TimeMetric::ChunkGap),
    ("schedule_lag", TimeMetric::ScheduleLag),
];
const COUNTS: [(&str, CountMetric); 3] = [
    ("cross_talk", CountMetric::CrossTalk),
    ("duplicates", CountMetric::Duplicates),
    ("unsolicited", CountMetric::Unsolicited),
];
const STATS: [(&str, Stat); 9] = [
    ("mean", Stat::Mean),
    ("p50", Stat::Quantile(0.5)),
    ("p90", Stat::Quantile(0.9)),
    ("p95", Stat::Quantile(0.95)),
    ("p99", Stat::Quantile(0.99)),
    ("p999", Stat::Quantile(0.999)),
    ("max", Stat::Max),
    ("rate", Stat::Rate),
    ("count", Stat::Count),
];
/// Longer operators before those that they start with.
const OPS: [(&str, Op); 5] = [
    ("<=", Op::AtMost),
    (">=", Op::AtLeast),
    ("==", Op::Equal),
    ("<", Op::Less),
    (">", Op::More),
];

/// The threshold that `text` says; never an aborting one.
pub(in crate::scenario) fn parse(text: &str, names: &Names<'_>) -> Result<Threshold, Wrong> {
    let whole = Part { text, start: 0 };
    let Some((left, right)) = whole.split(':') else {
        return Err(whole.trim().wrong(format!("expected {SHAPE}, found {}", whole.found())));
    };
    let (metric_part, slice_part) = left
        .split('{')
        .map_or((left, None), |(metric, slice)| (metric, Some(slice)));
    let metric_part = metric_part.trim();
    let metric = metric(metric_part)?;
    let slice = slice_part.map_or(Ok(Slice::ALL), |part| slice(part, names))?;
    let (stat_part, op_part, op, value_part) = condition(right)?;
    let stat = stat(metric, metric_part.text, stat_part)?;
    if value_part.text.is_empty() {
        return Err(op_part.wrong(format!("expected a value after `{}`, found nothing", op_part.text)));
    }
    let bound = bound::read(metric, stat, slice, value_part, names)?;
    Ok(Threshold {
        text: text.trim().to_owned(),
        metric,
        slice,
        stat,
        op,
        bound,
        abort_after: None,
    })
}

/// A part of the text, which knows where it starts.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    start: usize,
}

impl<'a> Part<'a> {
    fn split(self, at: char) -> Option<(Part<'a>, Part<'a>)> {
        let place = self.text.find(at)?;
        Some((self.cut(0, place), self.cut(place + at.len_utf8(), self.text.len())))
    }

    fn cut(self, from: usize, to: usize) -> Part<'a> {
        Part {
            text: &self.text[from..to],
            start: self.start + from,
        }
    }

    fn trim(self) -> Part<'a> {
        let from = self.text.len() - self.text.trim_start().len();
        self.cut(from, from + self.text.trim().len())
    }

    fn wrong(self, message: impl Into<String>) -> Wrong {
        Wrong {
            bytes: self.start..self.start + self.text.len(),
            message: message.into(),
            hint: None,
        }
    }

    fn found(self) -> String {
        match self.text.trim() {
            "" => "nothing".to_owned(),
            text => format!("`{text}`"),
        }
    }

    /// Wrong because it is none of the known words.
    fn unknown(self, known: &[&str]) -> Wrong {
        let message = format!(
            "expected one of {}, found {}",
            listed(known.iter().copied()),
            self.found()
        );
        Wrong {
            hint: did_you_mean(self.text, known.iter().copied()),
            ..self.wrong(message)
        }
    }
}

fn of_word<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

fn metric(part: Part<'_>) -> Result<Metric, Wrong> {
    let word = part.text;
    let rate = |rate| Some(Metric::Rate(rate));
    let check = || {
        word.strip_prefix("quality.")
            .and_then(|name| Metric::CHECKS.iter().position(|check| *check == name))
    };
    let metric = match word {
        "served" => rate(RateMetric::Served),
        "missed" => rate(RateMetric::Missed),
        "dropped" => rate(RateMetric::Dropped),
        "quality" => Some(Metric::Quality),
        _ => None,
    };
    metric
        .or_else(|| of_word(&TIMES, word).map(Metric::Time))
        .or_else(|| of_word(&COUNTS, word).map(Metric::Count))
        .or_else(|| Outcome::named(word).and_then(|outcome| rate(RateMetric::Outcome(outcome))))
        .or_else(|| Ending::named(word).and_then(|ending| rate(RateMetric::Ending(ending))))
        .or_else(|| check().and_then(|place| rate(RateMetric::Check(place))))
        .ok_or_else(|| unknown_metric(part))
}

/// The list of metrics is long: show the checks only when one was meant.
fn unknown_metric(part: Part<'_>) -> Wrong {
    let checks: Vec<String> = Metric::CHECKS.iter().map(|check| format!("quality.{check}")).collect();
    let checks = checks.iter().map(String::as_str);
    let mut words: Vec<&str> = TIMES.iter().map(|(word, _)| *word).collect();
    words.extend(["served", "missed", "dropped", "quality"]);
    words.extend(COUNTS.iter().map(|(word, _)| *word));
    let outcomes = Outcome::ALL.iter().map(|outcome| outcome.word());
    let endings = Ending::ALL.iter().map(|ending| ending.word());
    if part.text.starts_with("quality.") {
        return part.unknown(&checks.collect::<Vec<_>>());
    }
    let message = format!(
        "expected a metric ({}, an outcome, an ending or `quality.<check>`), found {}",
        listed(words.iter().copied()),
        part.found()
    );
    let all = words.iter().copied().chain(checks).chain(outcomes).chain(endings);
    Wrong {
        hint: did_you_mean(part.text, all),
        ..part.wrong(message)
    }
}

fn slice(part: Part<'_>, names: &Names<'_>) -> Result<Slice, Wrong> {
    let Some((inside, after)) = part.split('}') else {
        return Err(part.trim().wrong("expected `}` after the keys, found none"));
    };
    if !after.text.trim().is_empty() {
        return Err(after
            .trim()
            .wrong(format!("expected `:` after `}}`, found `{}`", after.text.trim())));
    }
    let mut slice = Slice::ALL;
    let mut rest = inside;
    loop {
        let (pair, next) = rest.split(',').map_or((rest, None), |(pair, next)| (pair, Some(next)));
        add_key(&mut slice, pair, names)?;
        match next {
            Some(next) => rest = next,
            None => return Ok(slice),
        }
    }
}

fn add_key(slice: &mut Slice, pair: Part<'_>, names: &Names<'_>) -> Result<(), Wrong> {
    let Some((key, value)) = pair.split('=') else {
        return Err(pair
            .trim()
            .wrong(format!("expected `key=value`, found {}", pair.found())));
    };
    let (key, value) = (key.trim(), value.trim());
    let (known, place) = match key.text {
        "phase" => (&names.phases, &mut slice.phase),
        "channel" => (&names.channels, &mut slice.channel),
        "persona" => (&names.personas, &mut slice.persona),
        "goal" => (&names.goals, &mut slice.goal),
        _ => return Err(key.unknown(&KEYS)),
    };
    if place.is_some() {
        return Err(key.wrong(format!("expected each key once, found `{}` again", key.text)));
    }
    let found = known
        .iter()
        .position(|name| *name == value.text)
        .ok_or_else(|| value.unknown(known))?;
    if key.text == "phase" {
        counts(value, found, names)?;
    }
    *place = u16::try_from(found).ok();
    Ok(())
}

/// A phase that is a warm-up is in no figure.
fn counts(part: Part<'_>, phase: usize, names: &Names<'_>) -> Result<(), Wrong> {
    match names.warm_ups.get(phase) {
        Some(true) => Err(part.wrong(format!(
            "expected a phase that counts, found `{}`, which is a warm-up",
            part.text
        ))),
        _ => Ok(()),
    }
}

/// Stat, operator (as written and as meant) and value.
fn condition(part: Part<'_>) -> Result<(Part<'_>, Part<'_>, Op, Part<'_>), Wrong> {
    let is_op = |character: char| matches!(character, '<' | '>' | '=' | '!' | '≤' | '≥' | '~');
    let Some(start) = part.text.find(is_op) else {
        let message = format!("expected `stat op value`, such as `rate < 1%`, found {}", part.found());
        return Err(part.trim().wrong(message));
    };
    let length = part.text[start..]
        .find(|character| !is_op(character))
        .unwrap_or(part.text.len() - start);
    let written = part.cut(start, start + length);
    let known = OPS.map(|(word, _)| word);
    let op = of_word(&OPS, written.text).ok_or_else(|| {
        let meant = match written.text {
            "=" | "===" => Some("=="),
            "≤" | "=<" => Some("<="),
            "≥" | "=>" => Some(">="),
            _ => None,
        };
        Wrong {
            hint: meant.map(|meant| format!("did you mean `{meant}`?")),
            ..written.unknown(&known)
        }
    })?;
    Ok((
        part.cut(0, start).trim(),
        written,
        op,
        part.cut(start + length, part.text.len()).trim(),
    ))
}

fn stat(metric: Metric, metric_word: &str, part: Part<'_>) -> Result<Stat, Wrong> {
    let fits = |stat: Stat| match metric {
        Metric::Time(_) => matches!(stat, Stat::Mean | Stat::Quantile(_) | Stat::Max),
        Metric::Rate(_) => matches!(stat, Stat::Rate | Stat::Count),
        Metric::Quality => stat == Stat::Mean,
        Metric::Count(_) => stat == Stat::Count,
    };
    if let Some(stat) = of_word(&STATS, part.text).filter(|stat| fits(*stat)) {
        return Ok(stat);
    }
    let allowed: Vec<&str> = STATS
        .iter()
        .filter(|(_, stat)| fits(*stat))
        .map(|(word, _)| *word)
        .collect();
    let at = if part.text.is_empty() {
        Part {
            text: "",
            start: part.start,
        }
    } else {
        part
    };
    let mut wrong = at.unknown(&allowed);
    if !part.text.is_empty() {
        let allowed = listed(allowed.iter().copied());
        wrong.message = format!("`{metric_word}` has no `{}`: expected one of {allowed}", part.text);
    }
    Err(wrong)
}

#[cfg(test)]
mod tests;
