//! A fact that is a mere yes or no: told, told the other way round, left open, or told in words that are not understood.

use std::sync::Arc;

use serde_json::json;

use super::{ZH, answered, finding, mark, scenario};
use crate::quality::{Memory, Scorer, Served};

/// The shop with two more goals, of which this is the first: whether what was opened can be sent back (yes), alone and beside how long that takes.
fn scorer() -> (Scorer, u16) {
    let mut scenario = (*scenario()).clone();
    let topic = json!({"keywords": {}, "answers": {}, "facts": {
        "opened": {"holds": true, "subject": {"zh": ["拆封退货"], "en": ["returns of opened items"]}},
        "within": {"duration": "7d", "subject": {"zh": ["退货期"], "en": ["return period"]}}
    }});
    let topics = &mut scenario.knowledge.topics;
    topics.insert("returns".to_owned(), serde_json::from_value(topic).unwrap());
    let goal = |expects: &[&str]| {
        json!({"goal": "send-back", "agenda": [{"ask": {
            "about": "returns", "say": {"any": ["?"]}, "expects": expects}}]})
    };
    let first = u16::try_from(scenario.goals.len()).unwrap();
    for expects in [&["returns.opened"][..], &["returns.opened", "returns.within"]] {
        scenario.goals.push(serde_json::from_value(goal(expects)).unwrap());
    }
    (Scorer::new(Arc::new(scenario)).unwrap(), first)
}

#[test]
fn a_yes_or_no_that_is_not_understood_leaves_open_whether_it_was_told() {
    let (scorer, alone) = scorer();
    let both = alone + 1;
    for (goal, text, expected, served) in [
        (alone, "支持拆封退货的", '+', Served::Yes),
        (alone, "不支持拆封退货", '-', Served::No),
        // What is not understood is told by its manner, where that leaves no doubt.
        (alone, "盒子打开看过也照样给您办", '+', Served::Yes),
        (alone, "盒子一打开我们就没法收了", '-', Served::No),
        (alone, "膜撕了另算", '.', Served::Unknown),
        (alone, "详情请看页面说明。", '-', Served::No),
        // What is surely missing is missing, whatever the rest may say.
        (both, "膜撕了另算", '-', Served::No),
    ] {
        let score = scorer.score(&answered(goal, ZH, text), &mut Memory::default());
        assert_eq!(
            (mark(finding(&score, "required_facts")), score.served),
            (expected, served),
            "{text}"
        );
    }
}
