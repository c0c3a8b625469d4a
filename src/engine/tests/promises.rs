//! Bots that hold a message and give its answer with the next one, as those on platforms that wait five seconds do.

use std::cell::RefCell;
use std::collections::HashMap;

use super::*;

const PLACEHOLDER: &str = "【正在思考'我的订单到哪了'中，已思考0s，回复任意文字尝试获取回复】";

/// What a bot keeps for each customer: the turn whose answer is ready.
#[derive(Default)]
struct Kept(RefCell<HashMap<u64, u16>>);

impl Kept {
    /// The answer that is ready, whatever is said; else a promise. An answer names its turn.
    fn reply(&self, message: &Outgoing) -> (Duration, Vec<String>) {
        let mut kept = self.0.borrow_mut();
        let text = match kept.remove(&message.id.customer) {
            Some(turn) => format!("满{turn}00元减50元,48小时内发货。"),
            None => {
                kept.insert(message.id.customer, message.id.turn);
                PLACEHOLDER.to_owned()
            }
        };
        (Duration::from_millis(100), vec![text])
    }
}

fn single(seed: u64) -> Scenario {
    let mut scenario = scenario(seed);
    scenario.personas[0].typing.burst = vec![1.0];
    scenario.personas[0].patience.max_nudges = 0;
    scenario.personas[0].patience.leave_after =
        crate::scenario::Spread::lognormal(crate::scenario::Span::seconds(60.0), 0.0);
    scenario
}

#[test]
fn a_customer_does_as_the_bot_asks_and_the_answer_is_their_turns() {
    let kept = Kept::default();
    let events = play(&single(3), (0, 1), None, move |message: &Outgoing| kept.reply(message));
    let turns = turns(&events);
    assert!(turns.len() > 30);
    for turn in turns {
        let kinds: Vec<MessageKind> = turn.messages.iter().map(|message| message.kind).collect();
        assert_eq!(kinds, [MessageKind::Utterance, MessageKind::Prompted], "{turn:?}");
        assert_eq!(turn.replies.len(), 2, "{turn:?}");
        assert!(
            turn.replies[1].text.contains(&format!("满{}00元", turn.number)),
            "{turn:?}"
        );
        assert!(matches!(turn.outcome, Outcome::Answered | Outcome::Late), "{turn:?}");
    }
    assert!(!events.iter().any(|event| matches!(event, Event::Unsolicited { .. })));
}

#[test]
fn a_bot_that_only_promises_is_asked_five_times_a_turn_and_answers_nothing() {
    let events = play(&single(4), (0, 1), None, |_: &Outgoing| {
        (Duration::from_millis(100), vec![PLACEHOLDER.to_owned()])
    });
    let turns = turns(&events);
    assert!(!turns.is_empty());
    for turn in turns {
        assert_eq!(turn.outcome, Outcome::PlaceholderOnly, "{turn:?}");
        assert!((2..=6).contains(&turn.messages.len()), "{turn:?}");
    }
}

#[test]
fn an_answer_promised_to_an_earlier_turn_is_not_the_next_ones() {
    // The first fragment of a burst is answered at once, the second one is promised an answer, which comes with the next turn.
    let mut scenario = single(5);
    scenario.personas[0].typing.burst = vec![0.0, 1.0];
    let owed = RefCell::new(HashMap::<u64, u16>::new());
    let events = play(&scenario, (0, 1), None, move |message: &Outgoing| {
        let mut owed = owed.borrow_mut();
        let text = match (message.id.turn, message.id.fragment) {
            (1, 1) => "满300元减50元".to_owned(),
            (1, _) => {
                owed.insert(message.id.customer, 1);
                PLACEHOLDER.to_owned()
            }
            _ => match owed.remove(&message.id.customer) {
                Some(_) => "这是第一问的答复:满300元减50元,可以叠加。".to_owned(),
                None => "48小时内发货,全场包邮。".to_owned(),
            },
        };
        (Duration::from_millis(20), vec![text])
    });
    let turns = turns(&events);
    let second: Vec<_> = turns.iter().filter(|turn| turn.number == 2).collect();
    assert!(second.len() > 5);
    for turn in second {
        assert!(
            !turn.replies.iter().any(|reply| reply.text.contains("第一问")),
            "{turn:?}"
        );
    }
    let credited = |turn: &&&Turn| turn.number == 1 && turn.replies.iter().any(|reply| reply.text.contains("第一问"));
    let unsolicited = events.iter().filter(|event| matches!(event, Event::Unsolicited { .. }));
    assert!(turns.iter().filter(credited).count() + unsolicited.count() > 5);
}
