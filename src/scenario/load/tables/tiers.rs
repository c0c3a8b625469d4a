//! The steps of a discount in a cell: `200-20|500-60`.

use super::csv::Cell;
use super::facts::{ALTERNATIVE, entry, map};
use crate::scenario::load::node::{Content, Node};

/// What stands between what is spent and what is taken off.
const OFF: char = '-';
/// What to write instead of a cell that holds no steps.
pub(super) const FORM: &str =
    "write what is spent, `-` and what is then taken off, in yuan, with `|` between the steps: `200-20|500-60`";

/// `[{spend: 200, off: 20}, ...]`. What the amounts must be to each other is told by whoever checks facts.
///
/// # Errors
/// What was expected and what was found, for a step of another form.
pub(super) fn steps(cell: &Cell) -> Result<Node, String> {
    let steps: Result<Vec<Node>, String> = cell
        .text
        .split(ALTERNATIVE)
        .map(|step| one(step.trim(), cell))
        .collect();
    Ok(Node {
        place: cell.place.clone(),
        content: Content::List(steps?),
    })
}

fn one(step: &str, cell: &Cell) -> Result<Node, String> {
    let wrong = || format!("expected steps such as `200-20|500-60`, found `{step}`");
    let (spend, off) = step.split_once(OFF).ok_or_else(wrong)?;
    let amount = |text: &str| {
        let text = text.trim();
        let is_plain = text.starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok_and(f64::is_finite);
        is_plain.then(|| {
            let text = text.to_owned();
            Cell {
                text,
                place: cell.place.clone(),
            }
            .into_plain()
        })
    };
    let (spend, off) = amount(spend).zip(amount(off)).ok_or_else(wrong)?;
    Ok(map(
        vec![entry("spend", spend, &cell.place), entry("off", off, &cell.place)],
        &cell.place,
    ))
}
