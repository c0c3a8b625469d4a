//! What a threshold compares with: a time, a share, a number, or the same figure in another phase.

use super::{Names, Part, Wrong, counts};
use crate::conversation::Slice;
use crate::scenario::{Bound, Metric, Span, Stat};

/// The bound that `part` says, in the unit of the metric and stat.
pub(super) fn read(
    metric: Metric,
    stat: Stat,
    slice: Slice,
    part: Part<'_>,
    names: &Names<'_>,
) -> Result<Bound, Wrong> {
    if let Some((factor, phase)) = relative(part) {
        return times(factor, phase, slice, names);
    }
    let value = match (metric, stat) {
        (Metric::Time(_), _) => time(part)?,
        (_, Stat::Count) => count(part)?,
        _ => share(part)?,
    };
    Ok(Bound::Value(value))
}

/// `2x calm`: the factor and the phase's name.
fn relative(part: Part<'_>) -> Option<(Part<'_>, Part<'_>)> {
    let digits = part
        .text
        .find(|character: char| !(character.is_ascii_digit() || character == '.'))?;
    let rest = part.text[digits..].strip_prefix(['x', '×'])?;
    rest.starts_with(char::is_whitespace).then(|| {
        (
            part.cut(0, digits),
            part.cut(part.text.len() - rest.len(), part.text.len()).trim(),
        )
    })
}

fn times(factor: Part<'_>, phase: Part<'_>, slice: Slice, names: &Names<'_>) -> Result<Bound, Wrong> {
    let number: Option<f64> = factor.text.parse().ok();
    let Some(number) = number.filter(|number| *number > 0.0 && number.is_finite()) else {
        return Err(factor.wrong(format!("expected a factor above 0, found `{}`", factor.text)));
    };
    let place = names
        .phases
        .iter()
        .position(|name| *name == phase.text)
        .ok_or_else(|| phase.unknown(&names.phases))?;
    counts(phase, place, names)?;
    let place = u16::try_from(place).unwrap_or(u16::MAX);
    if slice.phase == Some(place) {
        return Err(phase.wrong(format!(
            "expected another phase than the one that is judged, found `{}`",
            phase.text
        )));
    }
    Ok(Bound::Times {
        factor: number,
        phase: place,
    })
}

fn time(part: Part<'_>) -> Result<f64, Wrong> {
    let is_bare = part.text.parse::<f64>().is_ok();
    let hint = is_bare.then(|| format!("did you mean `{0}s` or `{0}ms`?", part.text));
    let span: Result<Span, String> = part.text.parse();
    span.map(|span| span.get().as_secs_f64()).map_err(|message| Wrong {
        hint,
        ..part.wrong(message)
    })
}

fn count(part: Part<'_>) -> Result<f64, Wrong> {
    let number: Option<u32> = part.text.parse().ok();
    number
        .map(f64::from)
        .ok_or_else(|| part.wrong(format!("expected a whole number, found `{}`", part.text)))
}

fn share(part: Part<'_>) -> Result<f64, Wrong> {
    let (number, hundred) = match part.text.strip_suffix('%') {
        Some(percent) => (percent.trim_end(), 100.0),
        None => (part.text, 1.0),
    };
    let is_plain = number
        .chars()
        .all(|character| character.is_ascii_digit() || character == '.');
    let value: Option<f64> = number.parse().ok().filter(|_| is_plain);
    if let Some(value) = value.filter(|value| (0.0..=hundred).contains(value)) {
        return Ok(value / hundred);
    }
    let hint = value
        .filter(|value| hundred == 1.0 && *value <= 100.0)
        .map(|value| format!("did you mean `{value}%`?"));
    let message = format!("expected a share such as `95%` or `0.95`, found `{}`", part.text);
    Err(Wrong {
        hint,
        ..part.wrong(message)
    })
}
