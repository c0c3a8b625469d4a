//! A generator that has more to do than it can, and runs that end before their customers do.

use std::cell::RefCell;
use std::collections::HashSet;

use super::*;
use crate::simulation::Arrival;

/// So many customers at the very same moment.
const AT_ONCE: u64 = 1_000;

/// What was told and what the channel got, in the order in which it happened.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Started(u64),
    Taken(u64),
    TurnSent,
}

fn all_at_once() -> Vec<Step> {
    let mut scenario = scenario(8);
    for persona in &mut scenario.personas {
        persona.typing.burst = vec![1.0];
    }
    let steps = Rc::new(RefCell::new(Vec::new()));
    let arrivals = (0..AT_ONCE).map(|customer| Arrival {
        customer,
        due_at: Duration::ZERO,
        mix: 0,
        phase: 0,
    });
    paused().block_on(async {
        let taken = Rc::clone(&steps);
        let lines = vec![Rc::new(Line::in_memory(move |message: &Outgoing| {
            taken.borrow_mut().push(Step::Taken(message.id.customer));
            quick(message)
        }))];
        let cast = Cast::new(Arc::new(scenario)).unwrap();
        let settings = Settings {
            timer: Timer::Tokio,
            max_turns: Some(1),
        };
        let mut keep = |event: Event| match event {
            Event::Started { customer, .. } => steps.borrow_mut().push(Step::Started(customer)),
            Event::TurnSent { .. } => steps.borrow_mut().push(Step::TurnSent),
            _ => {}
        };
        let (clock, control) = (Clock::starting_at(Instant::now()), Control::with_turn_budget(None));
        run(&cast, &lines, arrivals, clock, &control, settings, &mut keep)
            .await
            .unwrap();
    });
    Rc::into_inner(steps).unwrap().into_inner()
}

#[test]
fn many_that_are_due_at_once_do_not_keep_those_before_them_from_being_sent() {
    let steps = all_at_once();
    let first_taken = steps.iter().position(|step| matches!(step, Step::Taken(_))).unwrap();
    let last_started = steps
        .iter()
        .position(|step| *step == Step::Started(AT_ONCE - 1))
        .unwrap();
    assert!(
        first_taken * 4 < last_started,
        "the first message left after {first_taken} steps, the last customer came after {last_started}"
    );
}

#[test]
fn a_turn_counts_as_sent_only_once_the_channel_has_it() {
    let (mut taken, mut sent) = (0, 0);
    for step in all_at_once() {
        taken += u64::from(matches!(step, Step::Taken(_)));
        sent += u64::from(step == Step::TurnSent);
        assert!(sent <= taken, "{sent} turns told as sent, {taken} messages taken");
    }
    assert_eq!((taken, sent), (AT_ONCE, AT_ONCE));
}

#[test]
fn every_message_of_a_turn_that_nobody_listens_to_any_longer_was_still_delivered() {
    let mut scenario = scenario(9);
    for persona in &mut scenario.personas {
        persona.patience.leave_after.median = crate::scenario::Span::seconds(600.0);
    }
    let events = play(&scenario, (0, 1), None, mute);
    assert_balanced(&events, arrivals(&scenario).count());
    for turn in turns(&events) {
        assert!(turn.messages.iter().all(|message| message.deliveries == 1), "{turn:?}");
    }
}

#[test]
fn a_stop_withdraws_what_is_not_begun_and_could_not_get_its_outcome() {
    let mut scenario = scenario(10);
    scenario.drain = Duration::from_secs(7); // deadline and grace
    let stop = Duration::from_millis(3_000);
    let events = play(&scenario, (0, 1), Some(stop), quick);
    assert_balanced(&events, arrivals(&scenario).count());
    let thinking: HashSet<u64> = events
        .iter()
        .filter_map(|event| match event {
            Event::Ended {
                customer,
                ending: Ending::CutShort,
                ..
            } => Some(*customer),
            _ => None,
        })
        .collect();
    assert!(
        thinking.len() > 3,
        "customers were thinking when the stop came: {thinking:?}"
    );
    for turn in turns(&events) {
        assert!(turn.messages[0].sent_at <= stop, "begun after the stop: {turn:?}");
    }
}

#[test]
fn a_last_minute_answer_to_one_of_a_burst_is_heard_though_the_others_were_never_answered() {
    let mut scenario = scenario(11);
    for persona in &mut scenario.personas {
        persona.patience.leave_after.median = crate::scenario::Span::seconds(600.0);
    }
    let events = play(&scenario, (0, 1), None, |message: &Outgoing| {
        let listened = message.give_up_at.saturating_duration_since(Instant::now());
        match message.id.fragment {
            1 => (listened - Duration::from_millis(100), quick(message).1),
            _ => mute(message),
        }
    });
    assert!(turns(&events).iter().any(|turn| turn.messages.len() > 1));
    for event in &events {
        if let Event::Ended { ending, .. } = event {
            assert_eq!(*ending, Ending::GoalMet, "{event:?}");
        }
    }
}

#[test]
fn a_bot_that_answers_without_end_is_read_for_a_while() {
    let scenario = scenario(12);
    let events = play(&scenario, (0, 1), None, |message: &Outgoing| {
        let texts = (0..2_000).map(|place| format!("{}{place}", quick(message).1[0]));
        (Duration::from_millis(200), texts.collect())
    });
    let most = turns(&events).iter().map(|turn| turn.replies.len()).max().unwrap();
    assert_eq!(most, crate::engine::turn::MOST_REPLIES);
    assert_balanced(&events, arrivals(&scenario).count());
}
