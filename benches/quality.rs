//! Scoring: what reading, judging and adding up one turn costs.

#![expect(clippy::unwrap_used, reason = "a bench may panic")]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::json;
use throng::conversation::{Labels, Outcome, Reply, ReplyKind, Slice, Slots, Turn};
use throng::quality::{Memory, Scorer, Tally};
use throng::reading::Reader;
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

fn scenario() -> Arc<Scenario> {
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
        knowledge: serde_json::from_value(knowledge).unwrap(),
        thresholds: Vec::new(),
        baseline: 0,
        drain: Duration::ZERO,
        clock: "2026-11-10T23:50:00+08:00[Asia/Shanghai]".parse().unwrap(),
        scale: 1.0,
        overrides: Vec::new(),
    })
}

fn turn(text: &str) -> Turn {
    Turn {
        customer: 7,
        number: 1,
        labels: Labels::default(),
        step: 0,
        given: Slots::default(),
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
        open_conversations: 1,
    }
}

fn score(criterion: &mut Criterion) {
    let scorer = Scorer::new(scenario()).unwrap();
    let mut group = criterion.benchmark_group("score");
    for (name, text) in ANSWERS {
        let turn = turn(text);
        group.bench_function(*name, |bencher| {
            bencher.iter(|| scorer.score(black_box(&turn), &mut Memory::default()))
        });
    }
    group.finish();
}

fn kind(criterion: &mut Criterion) {
    let reader = Reader::new(&scenario()).unwrap();
    let mut group = criterion.benchmark_group("kind");
    for (name, text) in ANSWERS.iter().copied().chain([("holding", "亲,请稍等,正在为您查询~")]) {
        group.bench_function(name, |bencher| bencher.iter(|| reader.kind(black_box(text), 0)));
    }
    group.finish();
}

fn record(criterion: &mut Criterion) {
    let scorer = Scorer::new(scenario()).unwrap();
    let turn = turn(ANSWERS[0].1);
    let score = scorer.score(&turn, &mut Memory::default());
    let mut tally = Tally::comparing(&[Slice::ALL; 16], &scenario());
    criterion.bench_function("record a score in 16 slices and beside calm", |bencher| {
        bencher.iter(|| tally.record(black_box(&turn), Some(&score)));
    });
}

criterion_group!(benches, score, kind, record);
criterion_main!(benches);
