//! Prices, lengths of time and phone numbers in a whole public set of conversations between people, against what the
//! people who made the set marked in each message.
//!
//! The set is not part of the project: `THRONG_CROSSWOZ=test.json cargo test --test readings_of_crosswoz -- --ignored --nocapture`,
//! where `test.json` is the unzipped `data/crosswoz/test.json.zip` of thu-coai/CrossWOZ (Apache-2.0).

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use serde_json::Value as Json;
use throng::reading::{Passage, Value};

/// What is marked in a message or read of it, in whole cents, seconds, or as written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    Money(i64, i64),
    Duration(i64, i64),
    Phone(String),
}

#[derive(Default)]
struct Count {
    messages: usize,
    marked: usize,
    missed: Vec<String>,
    read: usize,
    unmarked: Vec<String>,
}

/// What the annotators wrote: `100-150元`, `12小时 - 3天`, `010-67055518 13716225663`.
fn all_marked(slot: &str, written: &str) -> Vec<Said> {
    if slot == "电话" {
        let groups = written.split(|c: char| !c.is_ascii_digit() && c != '-');
        let phones = groups.filter(|group| group.len() >= 7);
        return phones.map(|phone| Said::Phone(phone.to_owned())).collect();
    }
    marked(slot, written).into_iter().collect()
}

fn marked(slot: &str, written: &str) -> Option<Said> {
    let ends = |unit: fn(&str) -> Option<i64>| {
        let parts: Vec<&str> = written.split('-').map(str::trim).collect();
        let high = unit(parts.last()?)?;
        let low = unit(parts.first()?).unwrap_or(high);
        Some((low, high))
    };
    match slot {
        "价格" | "人均消费" | "门票" => {
            let digits: String = written.split('元').next()?.to_owned();
            let numbers: Option<Vec<i64>> = digits.split('-').map(|part| part.trim().parse::<i64>().ok()).collect();
            let numbers = numbers.filter(|numbers| written.contains('元') && numbers.len() <= 2)?;
            Some(Said::Money(numbers.first()? * 100, numbers.last()? * 100))
        }
        "游玩时间" => ends(seconds).map(|(low, high)| Said::Duration(low, high)),
        _ => None,
    }
}

fn seconds(written: &str) -> Option<i64> {
    let units = [("小时", 3_600.0), ("天", 86_400.0), ("分钟", 60.0)];
    let (number, unit) = units
        .iter()
        .find_map(|(name, unit)| Some((written.strip_suffix(name)?, unit)))?;
    Some((number.parse::<f64>().ok()? * unit).round() as i64)
}

fn read(text: &str) -> Vec<Said> {
    let passage = Passage::new(text, jiff::civil::date(2026, 11, 10));
    let whole = |value: f64, unit: f64| (value * unit).round() as i64;
    let said = passage.values().iter().filter_map(|stated| match stated.value {
        Value::Money(amount) => Some(Said::Money(whole(amount.low, 100.0), whole(amount.high, 100.0))),
        Value::Duration(amount) => Some(Said::Duration(whole(amount.low, 1.0), whole(amount.high, 1.0))),
        Value::Identifier => {
            let written = &passage.text()[stated.span.clone()];
            let is_phone = written.len() >= 7 && written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            is_phone.then(|| Said::Phone(written.to_owned()))
        }
        _ => None,
    });
    said.collect()
}

fn count(set: &Json) -> Count {
    let mut count = Count::default();
    let conversations = set.as_object().unwrap().values();
    for message in conversations.flat_map(|one| one["messages"].as_array().unwrap()) {
        let text = message["content"].as_str().unwrap();
        let acts = message["dialog_act"].as_array().unwrap();
        let wanted: Vec<Said> = acts
            .iter()
            .flat_map(|act| all_marked(act[2].as_str().unwrap_or(""), act[3].as_str().unwrap_or("")))
            .collect();
        let found = read(text);
        count.messages += 1;
        count.marked += wanted.len();
        count.read += found.len();
        count.missed.extend(
            wanted
                .iter()
                .filter(|one| !found.contains(one))
                .map(|one| format!("{one:?}: {text}")),
        );
        count.unmarked.extend(
            found
                .iter()
                .filter(|one| !wanted.contains(one))
                .map(|one| format!("{one:?}: {text}")),
        );
    }
    count
}

#[test]
#[ignore = "needs the data set; the head of this file says where it comes from"]
fn what_people_marked_is_read_and_little_else() {
    let path = std::env::var("THRONG_CROSSWOZ").unwrap();
    let set: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let count = count(&set);
    println!(
        "messages {}, marked {}, missed {}, read {}, not marked {}",
        count.messages,
        count.marked,
        count.missed.len(),
        count.read,
        count.unmarked.len()
    );
    println!(
        "\nmissed\n{}\n\nnot marked\n{}",
        count.missed.join("\n"),
        count.unmarked.join("\n")
    );
    assert!(count.marked > 1_000, "only {} values are marked", count.marked);
    assert!(count.missed.len() * 50 <= count.marked, "more than 2 % are missed");
}
