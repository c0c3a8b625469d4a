use super::super::normalise;
use super::super::values::{Amount, Force, Value, values_in};

/// The amounts of money of a text: `70`, `80..100`, several divided by a blank.
fn amounts(text: &str) -> String {
    let stated = values_in(&normalise(text)).stated;
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
fn a_number_that_nothing_gives_a_type_may_be_the_price_that_was_asked_for() {
    for (text, expected) in [
        ("这间199，含早", "199"),
        ("打完折199", "199"),
        ("会员价的话降到199了", "199"),
        ("凭身份证70就行", "70"),
        ("含税70（现场付）", "70"),
        ("tonight it's down to 199", "199"),
        ("70 gets you in", "70"),
        ("Best I can do is 199.", "199"),
        ("You can have it at 199, tax included", "199"),
        ("reckon on 84", "84"),
        ("199拿走", "199"),
        ("84管够", "84"),
        ("84吃饱", "84"),
        ("这房199", "199"),
        ("您住302房间", ""),
        ("房间302，欢迎", ""),
        ("建于1998", ""),
        ("第12，谢谢", ""),
        ("营业到22", ""),
        ("不是70，放心", ""),
        ("Room 302, welcome", ""),
        ("open from 10", ""),
        ("It has 120 rooms", ""),
        ("rated 46", ""),
        ("$70, cash", ""),
        ("80%", ""),
        ("13800138000", ""),
    ] {
        let bare = values_in(&normalise(text)).bare;
        let amounts: Vec<String> = bare
            .iter()
            .filter(|stated| stated.force == Force::Plain)
            .filter_map(|stated| match stated.value {
                Value::Money(amount) => Some(amount.low.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(amounts.join(" "), expected, "{text}");
    }
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
