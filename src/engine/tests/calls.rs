//! Bots that acknowledge and reply by calls.

use tokio::task::spawn_local;
use tokio::time::sleep;

use super::*;
use crate::channel::{Called, Listener};

/// Plays everybody against a bot that makes these calls for a message: after so long, for this message, with this text.
fn play_by_calls(
    scenario: &Scenario,
    calls: impl Fn(&Outgoing) -> Vec<(Duration, Option<(u16, u16)>, String)> + 'static,
) -> Vec<Event> {
    let call = move |message: &Outgoing, listener: Listener| {
        for (after, answers, text) in calls(message) {
            let listener = Arc::clone(&listener);
            spawn_local(async move {
                sleep(after).await;
                let _has_left = !listener(Called::without_network(answers, text));
            });
        }
    };
    play_line(scenario, Line::in_memory_by_calls(call))
}

fn play_line(scenario: &Scenario, line: Line) -> Vec<Event> {
    paused().block_on(async {
        let cast = Cast::new(Arc::new(scenario.clone())).unwrap();
        let mut events = Vec::new();
        let settings = Settings {
            timer: Timer::Tokio,
            max_turns: None,
        };
        let (clock, control) = (Clock::starting_at(Instant::now()), Control::with_turn_budget(None));
        let arriving = arrivals(scenario);
        let mut keep = |event: Event| events.push(event);
        run(&cast, &[Rc::new(line)], arriving, clock, &control, settings, &mut keep)
            .await
            .unwrap();
        assert_eq!(control.open_conversations(), 0);
        events
    })
}

fn unsolicited(events: &[Event]) -> usize {
    events
        .iter()
        .filter(|event| matches!(event, Event::Unsolicited { .. }))
        .count()
}

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn whole(message: &Outgoing) -> Option<(u16, u16)> {
    Some((message.id.turn, message.id.fragment))
}

const ANSWER: &str = "满299元减50元，今天发货。";

#[test]
fn a_turn_is_answered_by_a_call_after_its_acknowledgement() {
    for names_the_message in [true, false] {
        let events = play_by_calls(&scenario(3), move |message| {
            let answers = whole(message).filter(|_| names_the_message);
            vec![(ms(700), answers, ANSWER.to_owned())]
        });
        let turns = turns(&events);
        assert!(turns.len() > 30);
        for turn in turns {
            assert_eq!(turn.outcome, Outcome::Answered, "{turn:?}");
            let last = turn.messages.last().unwrap().sent_at;
            assert!(turn.first_event_at.unwrap() <= last && turn.answered_at.unwrap() >= turn.sent_at.unwrap());
        }
    }
}

#[test]
fn replies_within_the_settle_time_join_the_turn_and_later_ones_are_unsolicited() {
    let parts = |settled: u64| {
        let mut scenario = scenario(4);
        scenario.personas[0].typing.burst = vec![1.0];
        play_by_calls(&scenario, move |message| {
            let call = |after, part| (ms(after), whole(message), format!("{part} {ANSWER}"));
            vec![call(500, 1), call(500 + settled, 2)]
        })
    };
    let joined = parts(250);
    assert!(turns(&joined).iter().all(|turn| turn.replies.len() == 2));
    assert_eq!(unsolicited(&joined), 0);
    let late = parts(350);
    assert!(
        turns(&late)
            .iter()
            .all(|turn| turn.replies.len() == 1 && turn.outcome == Outcome::Answered)
    );
    // Those whose conversation was over by then are in the platform's own count.
    assert!(unsolicited(&late) > 0);
}

#[test]
fn a_bot_that_only_acknowledges_leaves_its_turns_empty_and_one_that_stalls_gives_placeholders() {
    let acknowledged = play_by_calls(&scenario(5), |_| Vec::new());
    assert!(turns(&acknowledged).iter().all(|turn| turn.outcome == Outcome::Empty));
    let stalling = play_by_calls(&scenario(5), |message| {
        vec![(ms(100), whole(message), "亲，请稍等，正在为您查询".to_owned())]
    });
    assert!(
        turns(&stalling)
            .iter()
            .all(|turn| turn.outcome == Outcome::PlaceholderOnly)
    );
}

#[test]
fn an_answer_after_the_deadline_is_late_also_when_the_customer_has_left() {
    let events = play_by_calls(&scenario(6), |message| {
        vec![(ms(5_500), whole(message), ANSWER.to_owned())]
    });
    let turns = turns(&events);
    assert!(turns.iter().any(|turn| turn.outcome == Outcome::Late), "{turns:?}");
    assert!(turns.iter().all(|turn| turn.outcome != Outcome::Empty));
}

#[test]
fn without_a_messages_id_a_late_answer_goes_to_the_turn_that_waited_longest() {
    // One call for the whole of a conversation: it answers the first turn, whatever was asked since.
    let events = play_by_calls(&scenario(7), |message| match (message.id.turn, message.id.fragment) {
        (1, 1) => vec![(ms(1_500), None, ANSWER.to_owned())],
        _ => Vec::new(),
    });
    for turn in turns(&events) {
        match turn.number {
            1 => assert_eq!(turn.outcome, Outcome::Answered, "{turn:?}"),
            _ => assert_eq!(turn.outcome, Outcome::Empty, "{turn:?}"),
        }
    }
    assert_eq!(unsolicited(&events), 0);
}
