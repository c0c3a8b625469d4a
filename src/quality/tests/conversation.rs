//! The checks that look at a conversation, by tables: what was said before, what the bot says now, and what the check makes of it.

use std::sync::{Arc, LazyLock};

use super::{answered, finding, mark, reply};
use crate::conversation::{Given, Language, Mention, Message, MessageId, MessageKind, Outcome, Slot, Turn};
use crate::quality::{Finding, Memory, Scorer, TurnScore};
use crate::reading::Reader;
use crate::scenario::{LoadOptions, Scenario, load};

/// The shipped shop.
pub(super) static SHOP: LazyLock<Arc<Scenario>> =
    LazyLock::new(|| Arc::new(load("singles-day", &LoadOptions::default()).unwrap()));
pub(super) static SCORER: LazyLock<Scorer> = LazyLock::new(|| Scorer::new(SHOP.clone()).unwrap());

/// A conversation about one of the shop's goals, scored turn by turn.
pub(super) struct Talk {
    memory: Memory,
    goal: u16,
    persona: u16,
    turns: u16,
    given: Given,
}

impl Talk {
    pub(super) fn about(goal: &str, language: Language) -> Talk {
        let place = |at: Option<usize>| u16::try_from(at.unwrap()).unwrap();
        Talk {
            memory: Memory::default(),
            goal: place(SHOP.goals.iter().position(|one| one.goal == goal)),
            persona: place(SHOP.personas.iter().position(|one| one.language == language)),
            turns: 0,
            given: Given::default(),
        }
    }

    /// The next turn, not yet scored. What is said may hold `OWN`, the customer's order number.
    pub(super) fn turn(&mut self, step: u16, said: &str, replies: &[&str]) -> Turn {
        self.turns += 1;
        let key = SHOP.run_key();
        let own = key.order_number(7);
        if said.contains("OWN") {
            let (turn, channel) = (self.turns, 0);
            self.given.add(Slot::OrderNumber, Mention { turn, channel });
        }
        let mut turn = answered(self.goal, self.persona, "");
        (turn.number, turn.step) = (self.turns, step);
        turn.given = self.given;
        turn.messages = vec![message(&said.replace("OWN", &own), MessageKind::Utterance)];
        let reader = Reader::new(&SHOP).unwrap();
        let said = replies.iter().map(|text| text.replace("OWN", &own));
        turn.replies = said.map(|text| reply(&text, reader.kind(&text, 0))).collect();
        if turn.answer_text().is_empty() {
            turn.outcome = Outcome::PlaceholderOnly;
        }
        turn
    }

    pub(super) fn score(&mut self, turn: &Turn) -> TurnScore {
        SCORER.score(turn, &mut self.memory)
    }

    pub(super) fn hear(&mut self, step: u16, said: &str, replies: &[&str]) -> TurnScore {
        let turn = self.turn(step, said, replies);
        self.score(&turn)
    }
}

pub(in crate::quality) fn message(text: &str, kind: MessageKind) -> Message {
    Message {
        id: MessageId {
            run: SHOP.run_key(),
            customer: 7,
            turn: 1,
            fragment: 1,
        },
        kind,
        text: text.to_owned(),
        media: None,
        due_at: std::time::Duration::ZERO,
        sent_at: std::time::Duration::ZERO,
        deliveries: 1,
    }
}

pub(super) fn words<'a>(score: &'a TurnScore, check: &str) -> &'a str {
    match finding(score, check) {
        Finding::Fail(evidence) => &evidence.words.en,
        Finding::Pass | Finding::Unscored => "",
    }
}

/// A table's line: what went before (step, what was said, the bot's reply), then the turn that is judged, and the mark.
pub(super) type Line<'a> = (&'a [(u16, &'a str, &'a str)], (u16, &'a str, &'a str), char);

pub(super) fn judge(check: &str, goal: &str, language: Language, lines: &[Line]) {
    for (before, (step, said, heard), expected) in lines {
        let mut talk = Talk::about(goal, language);
        for (step, said, heard) in *before {
            talk.hear(*step, said, &[heard]);
        }
        let score = talk.hear(*step, said, &[heard]);
        assert_eq!(mark(finding(&score, check)), *expected, "{said} / {heard}: {score:?}");
    }
}

#[test]
fn what_was_told_is_not_asked_for_again() {
    judge(
        "repeated_question",
        "chase-delivery",
        Language::Zh,
        &[
            (&[], (0, "什么时候发货", "请提供一下您的订单号"), '+'),
            (&[], (0, "什么时候发货", "请提供一下您的手机号"), '+'),
            (&[], (0, "什么时候发货 订单号OWN", "请提供一下您的订单号"), '-'),
            (
                &[(0, "什么时候发货 订单号OWN", "48小时内发货")],
                (1, "发什么快递", "您的订单号是多少呢?"),
                '-',
            ),
            (
                &[(0, "什么时候发货 订单号OWN", "48小时内发货")],
                (1, "发什么快递", "请留下您的手机号"),
                '+',
            ),
            (&[], (0, "什么时候发货 订单号OWN", "订单OWN会在48小时内发货"), '.'),
            (
                &[(0, "发货 OWN", "请提供订单号")],
                (0, "刚才发过了,OWN", "请提供订单号"),
                '-',
            ),
        ],
    );
    judge(
        "repeated_question",
        "chase-delivery",
        Language::En,
        &[
            (
                &[],
                (0, "when will it ship?", "Could you share your order number?"),
                '+',
            ),
            (
                &[(0, "when will it ship? OWN", "Within 48 hours.")],
                (1, "which courier?", "What is your order number?"),
                '-',
            ),
        ],
    );
    let mut talk = Talk::about("chase-delivery", Language::Zh);
    let score = talk.hear(0, "发货 OWN", &["好的～请提供一下您的订单号"]);
    assert_eq!(
        words(&score, "repeated_question"),
        "asked for order_number, which the customer has given"
    );
}

#[test]
fn what_was_told_on_another_channel_is_not_asked_for_again_and_the_evidence_says_where() {
    let mut talk = Talk::about("chase-delivery", Language::Zh);
    let mut before = talk.turn(0, "什么时候发货 OWN", &["请稍等"]);
    let mut here = talk.turn(0, "刚才在别的渠道问过了，什么时候发货", &["请提供一下您的订单号"]);
    let elsewhere = &SHOP.channels[usize::from(before.labels.channel)].name;
    here.labels.channel = before.labels.channel + 1;
    let expected = format!("asked for order_number, which the customer has given on {elsewhere} (turn 1)");
    // The turn on the other channel may close later, since an answer to it is still listened for.
    for closes_before in [false, true] {
        let mut talk = Talk::about("chase-delivery", Language::Zh);
        if closes_before {
            before.outcome = Outcome::PlaceholderOnly;
            talk.score(&before);
        }
        assert_eq!(words(&talk.score(&here), "repeated_question"), expected);
    }
    let mut unknown = talk.turn(1, "发什么快递", &["您的订单号是多少呢?"]);
    unknown.given = Given::default();
    assert_eq!(mark(finding(&talk.score(&unknown), "repeated_question")), '+');
}

#[test]
fn a_bot_that_asked_while_the_customer_still_wrote_could_not_know() {
    let mut talk = Talk::about("chase-delivery", Language::Zh);
    let mut turn = talk.turn(0, "什么时候发货 OWN", &["请提供一下您的订单号"]);
    turn.replies[0].complete_at = std::time::Duration::from_millis(500);
    assert_eq!(mark(finding(&talk.score(&turn), "repeated_question")), '+');
}

#[test]
fn the_same_is_not_said_twice_nor_to_another_question() {
    let both = "满300减50,会员95折";
    judge(
        "duplicate",
        "check-coupon",
        Language::Zh,
        &[
            (&[], (0, "满减怎么算", "满300减50"), '+'),
            (&[(0, "满减怎么算", "满300减50")], (1, "会员打几折", "会员95折"), '+'),
            (&[(0, "满减怎么算", "满300减50")], (1, "会员打几折", "满300减50。"), '-'),
            (&[(0, "满减怎么算", both)], (1, "会员打几折", both), '+'),
            (
                &[(0, "满减怎么算", "满300减50")],
                (0, "再问一遍，满减怎么算", "满300减50"),
                '+',
            ),
            (
                &[(0, "满减怎么算", "抱歉,没太明白您的意思")],
                (1, "会员打几折", "抱歉,没太明白您的意思"),
                '.',
            ),
        ],
    );
    let mut talk = Talk::about("check-coupon", Language::En);
    let score = talk.hear(
        0,
        "the coupon?",
        &["Over 300 yuan, 50 yuan off.", "over 300 yuan 50 yuan off"],
    );
    assert_eq!(words(&score, "duplicate"), "the same reply twice in one turn");
    let Finding::Fail(evidence) = finding(&score, "duplicate") else {
        panic!("{score:?}");
    };
    assert_eq!(evidence.quote.as_ref().map(|quote| quote.reply), Some(1));
}

#[test]
fn each_message_of_a_burst_may_get_its_own_answer() {
    let mut talk = Talk::about("chase-delivery", Language::Zh);
    let mut turn = talk.turn(0, "还没发货吗", &["不客气", "不客气"]);
    turn.messages.push(message("尽快啊", MessageKind::Utterance));
    assert_eq!(mark(finding(&talk.score(&turn), "duplicate")), '+');
    // The bot asked on reading the first message; the number came with the second, and then it knew.
    let mut turn = talk.turn(0, "还没发货吗 OWN", &["请提供一下您的订单号", "订单OWN已发出"]);
    turn.messages.push(message("急用", MessageKind::Utterance));
    assert_eq!(mark(finding(&talk.score(&turn), "repeated_question")), '+');
    let turn = talk.turn(0, "在吗", &["订单OWN已发出", "请提供一下您的订单号"]);
    assert_eq!(mark(finding(&talk.score(&turn), "repeated_question")), '-');
}

#[test]
fn the_same_fallback_is_told_as_such() {
    let mut talk = Talk::about("check-coupon", Language::Zh);
    talk.hear(0, "满减怎么算", &["抱歉,没太明白您的意思"]);
    let score = talk.hear(0, "我是问满减", &["抱歉,没太明白您的意思"]);
    assert_eq!(words(&score, "fallback"), "2 times the same: 抱歉,没太明白您的意思");
}

#[test]
fn an_answer_to_an_earlier_question_is_stale() {
    let first = (0, "满减怎么算", "抱歉,没太明白您的意思");
    judge(
        "stale",
        "check-coupon",
        Language::Zh,
        &[
            (&[], (0, "满减怎么算", "满300减50"), '.'),
            (&[first], (1, "会员打几折", "会员95折"), '+'),
            (&[first], (1, "会员打几折", "满300减50"), '-'),
            (&[first], (1, "会员打几折", "会员9折"), '+'),
            (&[first], (1, "会员打几折", "满300减50,会员95折"), '+'),
            (&[first], (1, "会员打几折", "满300送小样"), '+'),
        ],
    );
    judge(
        "stale",
        "chase-delivery",
        Language::En,
        &[
            (&[], (1, "which courier?", "Your order ships within 48 hours."), '-'),
            (&[], (1, "which courier?", "With SF Express."), '+'),
            (&[], (2, "thanks", "You are welcome."), '.'),
        ],
    );
}
