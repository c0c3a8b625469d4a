use std::sync::Arc;

use super::super::tests::{THANKS, ZH, answered, finding, reply};
use super::super::{Finding, Memory, Scorer};
use super::*;
use crate::reading::shop::scenario;
use crate::scenario::Shows;

/// What the check says of these replies on a channel of this form.
fn judged(form: Form, replies: &[(&str, ReplyKind)]) -> (Turn, Finding) {
    let mut shop = (*scenario()).clone();
    shop.channels[0].form = form;
    let mut turn = answered(THANKS, ZH, "");
    turn.replies = replies.iter().map(|(text, kind)| reply(text, *kind)).collect();
    let score = Scorer::new(Arc::new(shop))
        .unwrap()
        .score(&turn, &mut Memory::default());
    let found = finding(&score, "form").clone();
    (turn, found)
}

fn answer(form: Form, text: &str) -> Finding {
    judged(form, &[(text, ReplyKind::Substantive)]).1
}

#[test]
fn nothing_is_judged_where_nothing_is_said_of_the_channel() {
    let long = "**好**".repeat(1_000);
    assert_eq!(answer(Form::default(), &long), Finding::Unscored);
}

#[test]
fn a_reply_may_be_as_long_as_the_channel_takes() {
    let characters = Form {
        characters: Some(10),
        ..Form::default()
    };
    let bytes = Form {
        bytes: Some(10),
        ..Form::default()
    };
    assert_eq!(answer(characters, "一二三四五六七八九十"), Finding::Pass);
    assert_eq!(answer(bytes, "一二三."), Finding::Pass);
    for (form, text, words, beyond) in [
        (
            characters,
            "一二三四五六七八九十多了",
            "12 characters; the channel takes 10",
            "多了",
        ),
        (bytes, "一二三四", "12 bytes; the channel takes 10", "四"),
    ] {
        let (turn, found) = judged(form, &[("好", ReplyKind::Substantive), (text, ReplyKind::Substantive)]);
        let Finding::Fail(evidence) = found else {
            panic!("{text}: {found:?}");
        };
        assert_eq!(evidence.words.en, words);
        assert_eq!(evidence.quote.unwrap().of(&turn), Some(beyond));
    }
}

#[test]
fn no_more_replies_may_come_than_the_channel_lets_through() {
    let form = Form {
        messages: Some(2),
        ..Form::default()
    };
    let (answer, held, broken) = (
        ("好的", ReplyKind::Substantive),
        ("请稍等", ReplyKind::Holding),
        ("您", ReplyKind::Truncated),
    );
    assert_eq!(judged(form, &[held, answer, broken]).1, Finding::Pass);
    let Finding::Fail(evidence) = judged(form, &[held, answer, ("再见", ReplyKind::Substantive)]).1 else {
        panic!("three replies pass");
    };
    assert_eq!(
        evidence.words.en,
        "3 replies to 1 message; the channel lets 2 through for each"
    );
}

#[test]
fn markup_must_be_what_the_channel_shows() {
    let on = |shows| Form {
        shows: Some(shows),
        ..Form::default()
    };
    let (turn, found) = judged(on(Shows::Plain), &[("好的,**已发货**", ReplyKind::Substantive)]);
    let Finding::Fail(evidence) = found else {
        panic!("asterisks pass");
    };
    assert_eq!(
        evidence.words.en,
        "the customer sees bold text in Markdown as it is written"
    );
    assert_eq!(evidence.quote.unwrap().of(&turn), Some("**已发货**"));
    assert_eq!(answer(on(Shows::Markdown), "好的,**已发货**"), Finding::Pass);
    assert_eq!(
        answer(on(Shows::Links), "<a href=\"https://shop.example\">订单</a>"),
        Finding::Pass
    );
}

#[test]
fn without_an_answer_there_is_no_form() {
    let form = Form {
        characters: Some(1),
        ..Form::default()
    };
    assert_eq!(judged(form, &[("请稍等", ReplyKind::Holding)]).1, Finding::Unscored);
}
