//! Values that several numbers make up: ranges (3-5天, 24至48小时, `between 3 and 5 days`) and sums (3小时20分钟).

use super::days::NamedDay;
use super::numbers::Number;
use super::prices::price;
use super::quantities::{bare_money, quantity, tenths};
use super::values::{Amount, Force, Stated, Value};

/// 3-5天, 24至48小时, 3 to 5 days: the first number takes its unit from the second.
pub(super) fn range(text: &str, numbers: &[Number], at: usize) -> Option<(Stated, usize)> {
    let [first, second, ..] = &numbers[at..] else {
        return None;
    };
    let between = text.get(first.span.end..second.span.start)?;
    let is_between = between.trim() == "and" && text[..first.span.start].trim_end().ends_with("between");
    let is_either = second.value == first.value + 1.0 && matches!(between.trim(), "or" | "或" | "、");
    if first.value >= second.value || !(is_range_mark(between) || is_between || is_either) {
        return None;
    }
    let low = quantity(text, first)
        .or_else(|| bare_money(text, numbers, at))
        .or_else(|| price(text, first));
    let high = quantity(text, second).or_else(|| price(text, second)).or_else(|| {
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
    // The dash of a list's next entry joins nothing.
    !between.contains('\n') && matches!(between.trim(), "-" | "~" | "–" | "—" | "--" | "至" | "到" | "to" | "～")
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

/// Joins neighbours: ranges (3天-5天, 24小时到48小时), sums (3小时20分钟), and a date with its weekday. The ends of a span of
/// days stay apart and are loose, since a day between them contradicts neither.
pub(super) fn join(text: &str, found: Vec<Stated>) -> Vec<Stated> {
    let mut joined: Vec<Stated> = Vec::with_capacity(found.len());
    for mut next in found {
        let Some(last) = joined.last_mut() else {
            joined.push(next);
            continue;
        };
        let Some(between) = text.get(last.span.end..next.span.start) else {
            joined.push(next);
            continue;
        };
        let is_between = between.trim() == "and" && text[..last.span.start].trim_end().ends_with("between");
        let value = if is_between || is_range_mark(between) {
            spanning(last.value, next.value)
        } else {
            sum(last.value, next.value, between).or_else(|| dated(last.value, next.value, between))
        };
        if let Some(value) = value {
            last.force = if matches!(value, Value::Date { .. }) {
                Force::Plain
            } else {
                last.force
            };
            last.value = value;
            last.span.end = next.span.end;
            continue;
        }
        if is_range_mark(between) && matches!((last.value, next.value), (Value::Date { .. }, Value::Date { .. })) {
            last.force = Force::Loose;
            next.force = Force::Loose;
        }
        joined.push(next);
    }
    joined
}

/// 3小时20分钟, 1天12小时, `2 hours and 30 minutes`: what is less than one of the larger unit.
fn sum(first: Value, second: Value, between: &str) -> Option<Value> {
    let (Value::Duration(large), Value::Duration(small)) = (first, second) else {
        return None;
    };
    let units = [86_400.0, 3_600.0, 60.0];
    let unit = units.iter().find(|unit| large.low % **unit == 0.0)?;
    let adds = matches!(between.trim(), "" | "零" | "又" | "and") && small.high < *unit;
    (adds && large.low == large.high && small.low == small.high)
        .then(|| Value::Duration(Amount::exactly(large.low + small.low)))
}

/// 11月13日(周五), `Friday, November 13`: one day.
fn dated(first: Value, second: Value, between: &str) -> Option<Value> {
    let weekday = |value: Value| matches!(value, Value::Day(NamedDay::Coming(_)));
    let is_joined = matches!(between.trim(), "" | "(" | ",");
    match (first, second) {
        (Value::Date { .. }, other) if is_joined && weekday(other) => Some(first),
        (other, Value::Date { .. }) if is_joined && weekday(other) => Some(second),
        _ => None,
    }
}

fn spanning(first: Value, second: Value) -> Option<Value> {
    let (low, high) = match (first, second) {
        (Value::Money(low), Value::Money(high))
        | (Value::Percent(low), Value::Percent(high) | Value::PercentOff(high))
        | (Value::Duration(low), Value::Duration(high)) => (low, high),
        _ => return None,
    };
    (low.high < high.low).then(|| with_low(second, low.low))
}
