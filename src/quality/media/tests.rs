use super::super::tests::{COUPON, EN, THANKS, ZH, answered, finding, key, reply};
use super::super::{Finding, Memory, Scorer, Served, TurnScore};
use super::*;
use crate::conversation::{MediaKind, MessageId, Outcome, ReplyKind, Turn};
use crate::reading::shop::scenario;

/// A turn of one message, and the bot's answer.
fn turn((goal, persona): (u16, u16), (text, media): (&str, Option<MediaKind>), said: &str) -> Turn {
    let mut turn = answered(goal, persona, said);
    turn.messages.push(Message {
        id: MessageId {
            run: key(),
            customer: 7,
            turn: 1,
            fragment: 1,
        },
        kind: MessageKind::Utterance,
        text: text.to_owned(),
        media,
        due_at: turn.due_at,
        sent_at: turn.due_at,
        deliveries: 1,
    });
    turn
}

fn score(turn: &Turn) -> TurnScore {
    Scorer::new(scenario()).unwrap().score(turn, &mut Memory::default())
}

fn mark(turn: &Turn) -> char {
    match finding(&score(turn), "media") {
        Finding::Pass => '+',
        Finding::Fail(_) => '-',
        Finding::Unscored => '.',
    }
}

const PICTURE: Option<MediaKind> = Some(MediaKind::Image);

#[test]
fn an_answer_deals_with_what_was_sent_or_does_not() {
    for (sent, said, expected) in [
        (("", PICTURE), "抱歉,暂不支持图片。", '-'),
        (("瓶子碎了", PICTURE), "请用文字描述您的问题。", '-'),
        (("", PICTURE), "照片收到了,我们会补发。", '+'),
        (("", PICTURE), "请提供一下照片。", '-'),
        (("", PICTURE), "照片不太清楚,请重新拍一张。", '+'),
        (("", PICTURE), "您好,请问有什么可以帮您?", '-'),
        (("这个怎么退", PICTURE), "您好,请问有什么可以帮您?", '.'),
        (("", PICTURE), "抱歉,没听懂您的意思", '-'),
        (("", PICTURE), "我们会尽快处理。", '.'),
        (("瓶子碎了", None), "抱歉,暂不支持图片。", '.'),
    ] {
        assert_eq!(mark(&turn((THANKS, ZH), sent, said)), expected, "{sent:?} {said}");
    }
    for (sent, said, expected) in [
        (
            ("", Some(MediaKind::Voice)),
            "Sorry, I can't listen to voice messages.",
            '-',
        ),
        (
            ("it broke", Some(MediaKind::Video)),
            "Thank you for the video, a new one is on its way.",
            '+',
        ),
        (("it broke", PICTURE), "A new one is on its way.", '.'),
    ] {
        assert_eq!(mark(&turn((THANKS, EN), sent, said)), expected, "{sent:?} {said}");
    }
}

#[test]
fn an_answer_that_states_what_was_asked_deals_with_the_picture_too() {
    let sent = ("这个能用券吗", PICTURE);
    assert_eq!(mark(&turn((COUPON, ZH), sent, "满300元减50元")), '+');
    assert_eq!(mark(&turn((COUPON, ZH), sent, "满300元减50元,不过图片我看不到")), '-');
}

#[test]
fn the_refusal_is_quoted() {
    let turn = turn((THANKS, ZH), ("", PICTURE), "亲,我看不到图片,再见");
    let score = score(&turn);
    let Finding::Fail(evidence) = finding(&score, "media") else {
        panic!("{score:?}")
    };
    assert_eq!(
        evidence.quote.as_ref().and_then(|quote| quote.of(&turn)),
        Some("看不到图片")
    );
}

#[test]
fn what_a_picture_of_the_bot_says_cannot_be_told() {
    let mut turn = turn((COUPON, ZH), ("怎么用券", None), "");
    turn.replies = vec![reply("[image]", ReplyKind::Media)];
    assert_eq!(turn.outcome, Outcome::Answered);
    assert_eq!(score(&turn).served, Served::Unknown);
    turn.replies.push(reply("见图", ReplyKind::Substantive));
    assert_eq!(
        score(&turn).served,
        Served::Unknown,
        "what the words lack may stand in the picture"
    );
    turn.replies.push(reply("满300元减50元", ReplyKind::Substantive));
    assert_eq!(score(&turn).served, Served::Yes);
}
