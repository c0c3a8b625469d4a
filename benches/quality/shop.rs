//! The shop whose answers are scored, and what it is answered with.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use throng::conversation::{Given, Labels, Outcome, Reply, ReplyKind, Turn};
use throng::scenario::Scenario;

const ANSWERS: &[(&str, &str)] = &[
    ("zh", "亲,双11优惠券满300元减50元,下单时会自动抵扣哦~"),
    (
        "en",
        "Our Singles' Day coupon takes 50 yuan off orders over 300 yuan. You can claim it on the shop's home page.",
    ),
    ("fallback", "抱歉亲,没太明白您的意思,可以换个说法吗?"),
    (
        "long",
        "亲爱的顾客您好,本店双11活动如下:全场满300元减50元,会员可享95折;付款后48小时内由顺丰速运发货,签收后7天无理由退货,运费由我们承担;\
         预售商品定金30元,尾款11月11日零点支付;实付满399元送迷你口红一支,数量有限送完为止;下单后15天价保,降价退差价。祝您购物愉快!",
    ),
];

/// As long as a chat shows in one piece. Unit: characters.
const CHANNELS_LIMIT: usize = 2_000;

/// The answers, by name; the last is as long as channels let a text be.
pub(crate) fn answers() -> Vec<(&'static str, String)> {
    let named = ANSWERS.iter().map(|(name, text)| (*name, (*text).to_owned()));
    let each = || {
        ANSWERS
            .iter()
            .filter(|(name, _)| *name != "fallback")
            .map(|(_, text)| *text)
    };
    let limit = each().cycle().take(60).collect::<Vec<_>>().join("\n");
    let limit = limit.chars().take(CHANNELS_LIMIT).collect();
    named.chain([("limit", limit)]).collect()
}

pub(crate) fn scenario() -> Arc<Scenario> {
    let money = |amount: f64, zh: &str, en: &str| json!({"money": amount, "subject": {"zh": [zh], "en": [en]}});
    let file = json!({
        "scenario": "bench", "channels": [], "customers": [],
        "traffic": {"phases": [{"quiet": {"name": "calm", "for": "10s"}}, {"quiet": {"name": "peak", "for": "10s"}}]}
    });
    let knowledge = json!({
        "knowledge": "shop",
        "shop": {"zh": "花漾美妆", "en": "Bloom Beauty"},
        "topics": {"coupon": {
            "keywords": {}, "answers": {},
            "facts": {"threshold": money(300.0, "满", "over"), "amount": money(50.0, "减", "off")}
        }},
        "forbidden": [
            {"name": "absolute", "patterns": {"zh": ["保证(?:有效|您)", "全网最低|史上最低"], "en": ["guarantee[sd]? (?:that|you)"]}},
            {"name": "off-platform", "patterns": {"zh": ["加(?:我|客服)?(?:微信|vx)"], "en": ["add (?:me|us) on wechat"]}}
        ]
    });
    let goals = json!([{"goal": "coupon", "agenda": [{"ask": {
        "about": "coupon", "say": {"any": ["?"]}, "expects": ["coupon.threshold", "coupon.amount"]
    }}]}]);
    Arc::new(Scenario {
        file: serde_json::from_value(file).unwrap(),
        channels: Vec::new(),
        personas: serde_json::from_value(json!([{"persona": "bargain-hunter", "language": "zh"}])).unwrap(),
        goals: serde_json::from_value(goals).unwrap(),
        mix: Vec::new(),
        phase_shares: Vec::new(),
        switches: Vec::new(),
        knowledge: serde_json::from_value(knowledge).unwrap(),
        thresholds: Vec::new(),
        baseline: 0,
        drain: Duration::ZERO,
        clock: "2026-11-10T23:50:00+08:00[Asia/Shanghai]".parse().unwrap(),
        scale: 1.0,
        overrides: Vec::new(),
    })
}

pub(crate) fn turn(text: &str) -> Turn {
    Turn {
        customer: 7,
        number: 1,
        labels: Labels::default(),
        step: 0,
        given: Given::default(),
        messages: Vec::new(),
        replies: vec![Reply {
            text: text.to_owned(),
            kind: ReplyKind::Substantive,
            first_text_at: Duration::from_secs(2),
            complete_at: Duration::from_secs(2),
        }],
        due_at: Duration::from_secs(1),
        sent_at: Some(Duration::from_secs(1)),
        first_event_at: None,
        first_text_at: None,
        answered_at: Some(Duration::from_secs(2)),
        polls: 0,
        chunk_gaps: Vec::new(),
        outcome: Outcome::Answered,
        duplicates: 0,
        intent: None,
        trouble: None,
        failure: None,
        open_conversations: 1,
    }
}
