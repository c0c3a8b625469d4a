//! How long customers wait, and what they need time for.

use super::*;

#[test]
fn a_customer_without_an_answer_nudges_and_then_leaves() {
    let cast = plain();
    let mut customer = cast.customer(&arrival(0));
    let nudge = |at| Move::Say {
        messages: vec![Utterance {
            text: "在吗".to_owned(),
            media: None,
            due_at: seconds(at),
        }],
        kind: MessageKind::Nudge,
        step: 0,
    };
    assert_eq!(texts(&customer.next(&cast, Heard::Arrived, seconds(5))), ["满减怎么算"]);
    for (heard, at, wanted) in [
        (Heard::Time, 5, Move::WaitUntil(seconds(45))),
        (Heard::Time, 30, Move::WaitUntil(seconds(45))),
        (Heard::Time, 45, nudge(45)),
        (Heard::Time, 45, Move::WaitUntil(seconds(85))),
        (Heard::Holding, 60, Move::WaitUntil(seconds(100))),
        (Heard::Holding, 70, Move::WaitUntil(seconds(100))),
        (Heard::Time, 100, nudge(100)),
        (Heard::Time, 100, Move::WaitUntil(seconds(105))),
    ] {
        assert_eq!(customer.next(&cast, heard, seconds(at)), wanted, "{heard:?} at {at}");
    }
    let left = Move::Leave {
        ending: Ending::GaveUp,
        farewell: Some("算了".to_owned()),
    };
    assert_eq!(customer.next(&cast, Heard::Time, seconds(105)), left);
    let gone = Move::Leave {
        ending: Ending::GaveUp,
        farewell: None,
    };
    assert_eq!(customer.next(&cast, Heard::Answer("来了"), seconds(106)), gone);
}

#[test]
fn an_answer_after_patience_ran_out_finds_the_customer_gone() {
    let cast = plain();
    let mut customer = cast.customer(&arrival(0));
    customer.next(&cast, Heard::Arrived, seconds(0));
    leaves(
        Some(&customer.next(&cast, Heard::Answer("来了"), seconds(100))),
        Ending::GaveUp,
    );
}

#[test]
fn as_many_leave_without_a_word_as_the_persona_says() {
    let patience = json!({"patience": {"leaves_silently": 0.7, "leave_after": {"median": "1s"}}});
    let cast = cast_with(&patience, &json!({}));
    let silent = (0..2_000).filter(|number| {
        let mut customer = cast.customer(&arrival(*number));
        customer.next(&cast, Heard::Arrived, seconds(0));
        customer.next(&cast, Heard::Time, seconds(1))
            == Move::Leave {
                ending: Ending::GaveUp,
                farewell: None,
            }
    });
    assert!((1_320..1_480).contains(&silent.count()));
}

#[test]
fn what_comes_before_a_turn_is_sent_is_not_its_answer() {
    let cast = plain();
    let mut customer = cast.customer(&arrival(0));
    customer.next(&cast, Heard::Arrived, seconds(0));
    let second = customer.next(&cast, Heard::Answer("满300减50"), seconds(1));
    assert_eq!(texts(&second), ["什么时候发货"]);
    assert!(matches!(
        customer.next(&cast, Heard::Answer("还有别的吗"), seconds(2)),
        Move::WaitUntil(_)
    ));
}

#[test]
fn pace_divides_what_customers_do_and_not_how_long_they_wait() {
    let due = |pace: f64| {
        let cast = cast(&json!({"pace": pace}));
        let mut customer = cast.customer(&arrival(0));
        customer.next(&cast, Heard::Arrived, seconds(0));
        let Move::Say { messages, .. } = customer.next(&cast, Heard::Answer("满300减50"), seconds(1)) else {
            panic!()
        };
        let due_at = messages[0].due_at;
        let Move::WaitUntil(until) = customer.next(&cast, Heard::Time, due_at) else {
            panic!()
        };
        ((due_at - seconds(1)).as_secs_f64(), (until - due_at).as_secs_f64())
    };
    assert_eq!(due(1.0), (11.9, 40.0));
    assert_eq!(due(10.0), (1.19, 40.0));
}

#[test]
fn a_very_long_answer_is_skimmed() {
    let cast = plain();
    let moves = replay(&cast, &["字".repeat(1_000_000).as_str()]);
    let Move::Say { messages, .. } = &moves[1] else {
        panic!()
    };
    assert!(messages[0].due_at < seconds(80));
}
