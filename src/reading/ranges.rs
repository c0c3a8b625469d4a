//! Ranges of quantities: 3-5天, 24至48小时, `between 3 and 5 days`.

use super::numbers::Number;
use super::quantities::{quantity, tenths};
use super::values::{Amount, Force, Stated, Value};

/// 3-5天, 24至48小时, 3 to 5 days: the first number takes its unit from the second.
pub(super) fn range(text: &str, numbers: &[Number]) -> Option<(Stated, usize)> {
    let [first, second, ..] = numbers else {
        return None;
    };
    let between = text.get(first.span.end..second.span.start)?;
    let is_between = between.trim() == "and" && text[..first.span.start].trim_end().ends_with("between");
    if first.value >= second.value || !(is_range_mark(between) || is_between) {
        return None;
    }
    let low = quantity(text, first);
    let high = quantity(text, second).or_else(|| {
        let Value::Money(_) = low.as_ref()?.value else {
            return None;
        };
        Some(Stated::plain(
            Value::Money(Amount::exactly(second.value)),
            second.span.clone(),
        ))
    })?;
    let per_one = match high.value {
        Value::Money(amount) | Value::Duration(amount) | Value::PercentOff(amount) => amount.high / second.value,
        Value::Percent(amount) if text[second.span.end..].trim_start().starts_with('折') => {
            tenths(first.value) / first.value * (amount.high / tenths(second.value))
        }
        Value::Percent(amount) => amount.high / second.value,
        _ => return None,
    };
    let low_end = first.value * per_one;
    let span = low.map_or(first.span.start, |low| low.span.start)..high.span.end;
    Some((Stated::plain(with_low(high.value, low_end), span), 2))
}

fn is_range_mark(between: &str) -> bool {
    matches!(between.trim(), "-" | "~" | "–" | "—" | "--" | "至" | "到" | "to" | "～")
}

fn with_low(value: Value, low: f64) -> Value {
    let lowered = |amount: Amount| Amount { low, ..amount };
    match value {
        Value::Money(amount) => Value::Money(lowered(amount)),
        Value::Percent(amount) => Value::Percent(lowered(amount)),
        Value::PercentOff(amount) => Value::PercentOff(lowered(amount)),
        Value::Duration(amount) => Value::Duration(lowered(amount)),
        other => other,
    }
}

/// Joins neighbours that a range mark connects: 3天-5天, 24小时到48小时. The ends of a span of days stay apart and are
/// loose, since a day between them contradicts neither.
pub(super) fn join_ranges(text: &str, found: Vec<Stated>) -> Vec<Stated> {
    let mut joined: Vec<Stated> = Vec::with_capacity(found.len());
    for mut next in found {
        let Some(last) = joined.last_mut() else {
            joined.push(next);
            continue;
        };
        let between = text.get(last.span.end..next.span.start);
        if !between.is_some_and(is_range_mark) {
            joined.push(next);
            continue;
        }
        if let Some(value) = spanning(last.value, next.value) {
            last.value = value;
            last.span.end = next.span.end;
            continue;
        }
        if matches!((last.value, next.value), (Value::Date { .. }, Value::Date { .. })) {
            last.force = Force::Loose;
            next.force = Force::Loose;
        }
        joined.push(next);
    }
    joined
}

fn spanning(first: Value, second: Value) -> Option<Value> {
    let (low, high) = match (first, second) {
        (Value::Money(low), Value::Money(high))
        | (Value::Percent(low), Value::Percent(high))
        | (Value::Duration(low), Value::Duration(high)) => (low, high),
        _ => return None,
    };
    (low.high < high.low).then(|| with_low(second, low.low))
}
