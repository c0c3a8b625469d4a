use super::super::normalise;
use super::super::values::{Amount, Value, values_in};

/// The amounts of money of a text: `70`, `80..100`, several divided by a blank.
fn amounts(text: &str) -> String {
    let stated = values_in(&normalise(text));
    let shown = stated.iter().filter_map(|stated| match stated.value {
        Value::Money(Amount { low, high }) if low == high => Some(low.to_string()),
        Value::Money(Amount { low, high }) => Some(format!("{low}..{high}")),
        _ => None,
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// Holds a table of sentences against what is read of each: before the bar the amounts, behind it the sentence.
fn hold(table: &str) {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let wrong: Vec<String> = lines
        .filter_map(|line| {
            let (expected, text) = line.split_once('|').unwrap();
            let found = amounts(&text.replace("\\n", "\n"));
            (found != expected.trim()).then(|| format!("{line}    read {found}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn prices_without_a_currency_are_known_by_their_build() {
    hold(include_str!("said.txt"));
}

#[test]
fn a_price_far_from_its_words_is_none_and_the_work_is_bounded() {
    for piece in [
        "12 ",
        "12,",
        "12哈",
        "一位",
        "70一",
        "是",
        "每人70",
        "it is 12 ",
        "约约约70",
        "**70** ",
        "80-",
    ] {
        let text = piece.repeat(32_000 / piece.len());
        values_in(&normalise(&text));
    }
    assert_eq!(amounts(&format!("门票{}70", "现在".repeat(30))), "");
}
