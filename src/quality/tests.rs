//! The checks by tables: a question, what the bot said, and what each check makes of it.

pub(super) mod conversation;
mod handoff;
mod stances;
mod tone;
mod understanding;

use std::time::Duration;

use super::*;
use crate::conversation::{Given, Labels, Message, MessageId, MessageKind, Outcome, Reply, ReplyKind, RunKey, Turn};
use crate::reading::shop::scenario;

pub(super) const COUPON: u16 = 0;
const DELIVERY: u16 = 1;
const PRESALE: u16 = 2;
const PERSON: u16 = 3;
pub(super) const THANKS: u16 = 4;

pub(super) const ZH: u16 = 0;
pub(super) const EN: u16 = 1;

pub(super) fn key() -> RunKey {
    scenario().run_key()
}

pub(super) fn reply(text: &str, kind: ReplyKind) -> Reply {
    Reply {
        text: text.to_owned(),
        kind,
        first_text_at: Duration::from_secs(2),
        complete_at: Duration::from_secs(2),
    }
}

/// A turn of customer 7, answered in time with this text.
pub(super) fn answered(goal: u16, persona: u16, text: &str) -> Turn {
    Turn {
        customer: 7,
        number: 1,
        labels: Labels {
            goal,
            persona,
            language: persona,
            ..Labels::default()
        },
        step: 0,
        given: Given::default(),
        messages: Vec::new(),
        replies: vec![reply(text, ReplyKind::Substantive)],
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

pub(super) fn score(turn: &Turn) -> TurnScore {
    Scorer::new(scenario()).unwrap().score(turn, &mut Memory::default())
}

/// The checks that look at one answer, for [`marks`] and [`evidence`].
const OF_ONE_ANSWER: [&str; 6] = [
    "required_facts",
    "contradicted",
    "forbidden",
    "cross_talk",
    "language",
    "fallback",
];

pub(super) fn finding<'a>(score: &'a TurnScore, check: &str) -> &'a Finding {
    let place = checks().iter().position(|one| one.name == check).unwrap();
    &score.findings[place]
}

fn mark(finding: &Finding) -> char {
    match finding {
        Finding::Pass => '+',
        Finding::Fail(_) => '-',
        Finding::Unscored => '.',
    }
}

/// `+` pass, `-` fail, `.` unscored, in the order of [`OF_ONE_ANSWER`].
fn marks(score: &TurnScore) -> String {
    OF_ONE_ANSWER.map(|check| mark(finding(score, check))).iter().collect()
}

fn evidence(score: &TurnScore) -> Vec<&str> {
    let mut failures = Vec::new();
    for check in OF_ONE_ANSWER {
        if let Finding::Fail(evidence) = finding(score, check) {
            failures.push(evidence.words.en.as_str());
        }
    }
    failures
}

#[test]
fn answers_are_judged_by_every_check() {
    let own = key().order_number(7);
    let other = key().order_number(8);
    let order = |text: &str| text.replace("OWN", &own).replace("OTHER", &other);
    // facts, contradicted, forbidden, cross-talk, language, fallback
    for (goal, persona, text, expected) in [
        (COUPON, ZH, "亲,满300元减50元哦", "++++++"),
        (COUPON, ZH, "满三百减五十", "++++++"),
        (COUPON, EN, "Spend over 300 yuan and get 50 yuan off.", "++++++"),
        (COUPON, ZH, "Spend over 300 yuan and get 50 yuan off.", "++++-+"),
        (COUPON, ZH, "满300元减60元", "--++++"),
        (COUPON, ZH, "满50元减300元", "+-++++"),
        (COUPON, ZH, "满300元减50元,不是减60元", "++++++"),
        (COUPON, ZH, "满300元减50元,最高减150元", "++++++"),
        (COUPON, ZH, "满300减50,另外满199送赠品", "++++++"),
        (COUPON, ZH, "还差20元,满300元可减50元", "++++++"),
        (COUPON, ZH, "您说的是满300减60吗?满300减50哦", "++++++"),
        (DELIVERY, ZH, "订单OWN会在48小时内发货,发货后3天左右送达", "++++++"),
        (
            DELIVERY,
            EN,
            "Order OWN ships within 48 hours and arrives 3 days after it ships.",
            "++++++",
        ),
        (PRESALE, ZH, "今晚零点付尾款,也就是11月11日", "++++++"),
        (COUPON, ZH, "有优惠券可以领取", "-.++++"),
        (COUPON, ZH, "抱歉,没听懂您的意思", "-.+++-"),
        (COUPON, ZH, "保证最低价,满300减50", "++-+++"),
        (COUPON, ZH, "不能保证最低价,满300减50", "++++++"),
        (COUPON, ZH, "请勿添加微信,满300减50", "++++++"),
        (COUPON, ZH, "加我微信领券,满300减50", "++-+++"),
        (COUPON, EN, "Guaranteed cheapest: over 300 yuan, 50 yuan off.", "++-+++"),
        (
            COUPON,
            EN,
            "We cannot guarantee stock. Over 300 yuan you get 50 yuan off.",
            "++++++",
        ),
        (COUPON, ZH, "300/50", "-.++.+"),
        (COUPON, ZH, "满300减50,订单OTHER已发货", "+++-++"),
        (DELIVERY, ZH, "订单OWN会在48小时内发货", "++++++"),
        (DELIVERY, ZH, "订单OWN会在两天内发货", "++++++"),
        (DELIVERY, ZH, "订单OWN会在72小时内发货", "--++++"),
        (DELIVERY, ZH, "48小时内发货", "-+++++"),
        (DELIVERY, ZH, "订单OTHER会在48小时内发货", "-++-++"),
        (DELIVERY, ZH, "请提供一下您的订单号", "..++++"),
        (DELIVERY, ZH, "一般48小时内发货,请提供订单号我帮您查", ".+++++"),
        (COUPON, ZH, "请提供一下您的订单号", "-.++++"),
        (PRESALE, ZH, "定金30元,尾款11月11日支付", "++++++"),
        (PRESALE, ZH, "定金30元抵60元,明天付尾款", "++++++"),
        (PRESALE, ZH, "尾款11月12日支付", "--++++"),
        (PRESALE, ZH, "尾款后天支付", "--++++"),
        (PRESALE, EN, "The balance is due on November 11.", "++++++"),
        (PERSON, ZH, "正在为您转接人工客服", "..++++"),
        (PERSON, ZH, "人工客服不在", "-.++++"),
        (THANKS, ZH, "不客气,祝您购物愉快", "..++++"),
        (THANKS, ZH, "👌", "..++.+"),
    ] {
        let text = order(text);
        let score = score(&answered(goal, persona, &text));
        assert_eq!(marks(&score), expected, "{text}: {:?}", evidence(&score));
    }
}

#[test]
fn failures_show_the_words_that_failed() {
    let other = key().order_number(8);
    for (goal, text, expected) in [
        (
            COUPON,
            "满300减60".to_owned(),
            vec!["not stated: coupon.amount", "coupon.amount: said 60, true 50"],
        ),
        (
            DELIVERY,
            format!("订单{other}会在3天内发货"),
            vec![
                "not stated: delivery.within, order_number",
                "delivery.within: said 3天, true 2d",
                "order number of customer 8",
            ],
        ),
        (
            PRESALE,
            "尾款11月12日支付,保证有货".to_owned(),
            vec![
                "not stated: presale.balance_date",
                "presale.balance_date: said 11月12日, true 2026-11-11",
                "absolute-promise: 保证",
            ],
        ),
        (
            THANKS,
            "You are very welcome".to_owned(),
            vec!["answer in en, customer writes zh"],
        ),
    ] {
        assert_eq!(evidence(&score(&answered(goal, ZH, &text))), expected, "{text}");
    }
}

#[test]
fn who_just_gave_the_number_need_not_be_asked_for_it() {
    let mut turn = answered(DELIVERY, ZH, "请提供一下您的订单号");
    assert_eq!(score(&turn).served, Served::Yes);
    turn.messages.push(Message {
        id: MessageId {
            run: key(),
            customer: 7,
            turn: 1,
            fragment: 1,
        },
        kind: MessageKind::Utterance,
        text: format!("订单号{}", key().order_number(7)),
        media: None,
        due_at: Duration::ZERO,
        sent_at: Duration::ZERO,
        deliveries: 1,
    });
    assert_eq!(score(&turn).served, Served::No);
    assert_eq!(marks(&score(&turn)), "-.++++");
}

#[test]
fn served_and_quality_follow_from_outcome_and_findings() {
    let good = "满300元减50元";
    for (outcome, text, served, quality) in [
        (Outcome::Answered, good, Served::Yes, Some(1.0)),
        (
            Outcome::Answered,
            "Over 300 yuan you get 50 yuan off.",
            Served::Yes,
            Some(5.0 / 6.0),
        ),
        (Outcome::Answered, "满300元减60元", Served::No, Some(0.0)),
        (Outcome::Answered, "没听懂您的意思", Served::No, Some(0.0)),
        (Outcome::Late, good, Served::No, Some(1.0)),
        (Outcome::Late, "满300元减60元", Served::No, Some(0.0)),
        (Outcome::CutShort, good, Served::No, None),
        (Outcome::Silent, "", Served::No, None),
        (Outcome::HttpError, "", Served::No, None),
    ] {
        let mut turn = answered(COUPON, ZH, text);
        turn.outcome = outcome;
        turn.replies.retain(|reply| !reply.text.is_empty());
        let score = score(&turn);
        assert_eq!((score.served, score.quality), (served, quality), "{outcome:?} {text}");
    }
}

#[test]
fn without_an_answer_nothing_is_scored_but_cross_talk() {
    let mut turn = answered(COUPON, ZH, "");
    turn.outcome = Outcome::PlaceholderOnly;
    turn.replies = vec![
        reply("请稍等", ReplyKind::Holding),
        reply(&format!("正在查询{}", key().order_number(9)), ReplyKind::Holding),
        reply(&format!("订单{}", key().order_number(9)), ReplyKind::Truncated),
    ];
    let score = score(&turn);
    assert_eq!(marks(&score), "...-..");
    assert_eq!((score.served, score.quality, score.cross_talk), (Served::No, None, 2));
}

#[test]
fn a_turn_that_fits_no_step_leaves_open_whether_it_served() {
    let mut turn = answered(COUPON, ZH, "满300元减50元");
    turn.step = 9;
    let score = score(&turn);
    assert_eq!(marks(&score), "..++++");
    assert_eq!(score.served, Served::Unknown);
}

#[test]
fn a_bad_pattern_is_named() {
    let mut scenario = (*scenario()).clone();
    scenario.knowledge.forbidden[0].patterns.zh.push("[".to_owned());
    let error = Scorer::new(std::sync::Arc::new(scenario)).err().unwrap();
    assert_eq!(error.to_string(), "`[` is not a regular expression");
}

#[test]
fn a_failure_quotes_the_bots_own_words() {
    let mut turn = answered(COUPON, ZH, "");
    turn.replies = vec![
        reply("请稍等", ReplyKind::Holding),
        reply("亲～", ReplyKind::Substantive),
        reply("满３００元，减６０元哦", ReplyKind::Substantive),
    ];
    let score = score(&turn);
    let Finding::Fail(evidence) = &score.findings[1] else {
        panic!("{score:?}");
    };
    let quote = evidence.quote.as_ref().unwrap();
    assert_eq!((quote.reply, quote.of(&turn)), (2, Some("６０元")));
}
