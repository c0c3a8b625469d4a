//! A small beauty shop for tests.

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::scenario::{Channel, Connection, Deadline, Form, Mix, Scenario};

/// A scenario with two channels (the second adds holding replies), a Chinese and an English persona, and the goals
/// `coupon` (0), `delivery` (1), `presale` (2), `person` (3: accepts a handoff) and `thanks` (4: nothing asked).
pub(crate) fn scenario() -> Arc<Scenario> {
    let knowledge = serde_json::from_value(knowledge()).unwrap();
    let channel = |name: &str, holding: &str| Channel {
        name: name.to_owned(),
        profile: serde_json::from_value(profile(holding)).unwrap(),
        share: 0.5,
        target: "demo".to_owned(),
        deadline: Deadline::default(),
        settings: IndexMap::new(),
        connection: Connection::default(),
        form: Form::default(),
        source_addresses: Vec::new(),
        platform_faults: indexmap::IndexMap::new(),
    };
    let persona =
        |name: &str, language: &str| serde_json::from_value(json!({"persona": name, "language": language})).unwrap();
    Arc::new(Scenario {
        file: serde_json::from_value(file()).unwrap(),
        channels: vec![
            channel("douyin", "小铃铛正在.*赶来"),
            channel("web", "our elves are on it"),
        ],
        personas: vec![persona("bargain-hunter", "zh"), persona("tourist", "en")],
        goals: serde_json::from_value(goals()).unwrap(),
        mix: vec![Mix {
            persona: 0,
            goal: 0,
            channel: 0,
            share: 1.0,
        }],
        knowledge,
        phase_shares: Vec::new(),
        switches: Vec::new(),
        thresholds: Vec::new(),
        baseline: 0,
        drain: std::time::Duration::from_secs(60),
        clock: "2026-11-10T23:50:00+08:00[Asia/Shanghai]".parse().unwrap(),
        scale: 1.0,
        overrides: Vec::new(),
    })
}

fn file() -> Value {
    json!({
        "scenario": "shop", "channels": [], "customers": [],
        "traffic": {"phases": [{"quiet": {"name": "calm", "for": "10s"}}]},
        "holding": {"zh": ["小助手去翻小本本"], "en": []},
        "fallbacks": {"zh": ["小助手懵了"], "en": ["my crystal ball is foggy"]}
    })
}

fn profile(holding: &str) -> Value {
    json!({
        "profile": "test", "proven": "sketch", "target": "a URL",
        "send": {"method": "POST", "url": "{{ target }}"},
        "reply": {"response": {"format": "json", "text": "$.text"}},
        "holding": {"zh": [holding], "en": []}
    })
}

fn goals() -> Value {
    let say = json!({"any": ["?"]});
    let ask = |about: &str, expects: &[&str], concerns_order: bool| json!({"ask": {"about": about, "say": say, "expects": expects, "concerns_order": concerns_order}});
    json!([
        {"goal": "coupon", "agenda": [ask("coupon", &["coupon.threshold", "coupon.amount"], false)]},
        {"goal": "delivery", "agenda": [ask("delivery", &["delivery.within", "order_number"], true)]},
        {"goal": "presale", "agenda": [ask("presale", &["presale.balance_date"], false)]},
        {"goal": "person", "accepts_handoff": true, "agenda": [ask("coupon", &["coupon.amount"], false)]},
        {"goal": "thanks", "agenda": [{"say": say}]}
    ])
}

fn knowledge() -> Value {
    let subject = |zh: &[&str], en: &[&str]| json!({"zh": zh, "en": en});
    let topic = |facts: Value| json!({"keywords": {}, "answers": {}, "facts": facts});
    json!({
        "knowledge": "shop",
        "shop": {"zh": "花漾美妆", "en": "Bloom Beauty"},
        "topics": {
            "coupon": topic(json!({
                "threshold": {"money": 300, "subject": subject(&["满"], &["over", "spend"])},
                "amount": {"money": 50, "subject": subject(&["减"], &["off"])}
            })),
            "delivery": topic(json!({
                "within": {"duration": "48h", "subject": subject(&["发货", "发出"], &["ship", "ships"])},
                "carrier": {"text": {"zh": ["顺丰"], "en": ["SF Express"]}}
            })),
            "presale": topic(json!({
                "deposit": {"money": 30, "subject": subject(&["定金"], &["deposit"])},
                "balance_date": {"date": "2026-11-11", "subject": subject(&["尾款"], &["balance"])}
            })),
            "gift": topic(json!({"threshold": {"money": 199, "subject": subject(&["满", "赠"], &["gift"])}})),
            "member": topic(json!({"discount": {"percent": 95, "subject": subject(&["会员"], &["member", "members"])}}))
        },
        "forbidden": [
            {"name": "absolute-promise", "patterns": {"zh": ["保证", "100%有效"], "en": ["guarantee"]}},
            {"name": "off-platform", "patterns": {"zh": ["加.{0,4}微信"], "en": ["add .{0,10}wechat"]}}
        ]
    })
}
