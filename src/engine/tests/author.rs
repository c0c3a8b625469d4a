//! Customers whose words somebody else finds, in paused time.

use super::*;
use crate::engine::Unwritten;
use crate::engine::author::Author;
use crate::scenario::PlayedBy;

fn played(seed: u64, share: f64) -> Scenario {
    let mut scenario = scenario(seed);
    let played: PlayedBy = serde_json::from_value(serde_json::json!({
        "endpoint": "http://127.0.0.1:1/v1", "model": "none", "share": share,
    }))
    .unwrap();
    scenario.file.played_by = Some(played);
    scenario
}

/// Plays the scenario against `quick`, with an author who finds these words for each question after this time.
fn play_with(
    scenario: &Scenario,
    takes: Duration,
    write: fn(u64) -> Result<&'static str, Unwritten>,
) -> (Vec<Event>, Control) {
    let mut control = Control::with_turn_budget(None);
    let (author, mut desk) = Author::with_desk(0.0);
    control.author = Some(author);
    let events = paused().block_on(async {
        tokio::task::spawn_local(async move {
            let mut asked = 0;
            while let Some(commission) = desk.recv().await {
                let words = write(asked).map(str::to_owned);
                asked += 1;
                tokio::task::spawn_local(async move {
                    tokio::time::sleep(takes).await;
                    commission.written.send(words).unwrap_or_default();
                });
            }
        });
        let cast = Cast::new(Arc::new(scenario.clone())).unwrap();
        let lines = vec![Rc::new(Line::in_memory(quick))];
        let mut events = Vec::new();
        let settings = Settings {
            timer: Timer::Tokio,
            max_turns: None,
        };
        let clock = Clock::starting_at(Instant::now());
        let mut keep = |event| events.push(event);
        run(&cast, &lines, arrivals(scenario), clock, &control, settings, &mut keep)
            .await
            .unwrap();
        events
    });
    (events, control)
}

#[test]
fn what_the_author_writes_is_said_and_its_time_is_nobodys_reply_time() {
    let scenario = played(11, 1.0);
    let takes = Duration::from_secs(6);
    let (events, control) = play_with(&scenario, takes, |asked| match asked % 3 {
        2 => Ok(r#"{"end": "got_it"}"#),
        _ => Ok(r#"{"wish": 2, "say": "那个啥 运费到底谁出"}"#),
    });
    assert_balanced(&events, arrivals(&scenario).count());
    let all = turns(&events);
    let later: Vec<_> = all.iter().filter(|turn| turn.number > 1).collect();
    assert!(later.len() > 10);
    for turn in &later {
        let said: String = turn.messages.iter().map(|message| message.text.as_str()).collect();
        // Messages may be split and misspelt as anybody's.
        assert!(said.contains("运费") || said.contains("啥"), "{said}");
        assert_eq!(turn.step, 1);
        let before = all
            .iter()
            .find(|earlier| earlier.customer == turn.customer && earlier.number + 1 == turn.number)
            .unwrap();
        assert!(
            turn.messages[0].due_at >= before.answered_at.unwrap() + takes,
            "{turn:?}"
        );
    }
    for turn in &all {
        assert!(turn.reply_time().unwrap() <= Duration::from_millis(210), "{turn:?}");
        assert!(turn.schedule_lag().unwrap() < Duration::from_millis(5), "{turn:?}");
    }
    let numbers = control.author.unwrap().numbers();
    assert_eq!(numbers.asked, all.len() as u64);
    assert_eq!(numbers.written, numbers.asked);
}

#[test]
fn without_words_customers_say_their_own_and_it_is_counted() {
    let scenario = played(12, 1.0);
    let (events, control) = play_with(&scenario, Duration::ZERO, |asked| match asked % 2 {
        0 => Err(Unwritten::Refused),
        _ => Ok("As an AI I cannot"),
    });
    let own = play(&scenario, (0, 1), None, quick);
    assert_eq!(
        said(&events),
        said(&own),
        "the same words at the same times as without a model"
    );
    let numbers = control.author.unwrap().numbers();
    assert_eq!((numbers.asked, numbers.written), (turns(&events).len() as u64, 0));
    assert_eq!(numbers.unwritten.iter().sum::<u64>(), numbers.asked);
    assert!(numbers.unwritten[Unwritten::Malformed as usize] > 5);
}

#[test]
fn only_a_share_of_the_customers_is_played() {
    let scenario = played(13, 0.4);
    let (events, control) = play_with(&scenario, Duration::from_secs(1), |_| Ok(r#"{"end": "give_up"}"#));
    let planned = arrivals(&scenario).count();
    let gave_up = events.iter().filter(|event| {
        matches!(
            event,
            Event::Ended {
                ending: Ending::BotFailed,
                ..
            }
        )
    });
    let played = gave_up.count();
    assert!(played > 0 && played < planned, "{played} of {planned}");
    assert_eq!(control.author.unwrap().numbers().asked, played as u64);
}

#[test]
fn an_author_who_never_answers_cannot_hold_the_run() {
    let scenario = played(14, 1.0);
    let (events, control) = play_with(&scenario, Duration::from_secs(100_000), |_| Ok("{}"));
    assert_balanced(&events, arrivals(&scenario).count());
    let cut = events.iter().filter(|event| {
        matches!(
            event,
            Event::Ended {
                ending: Ending::CutShort,
                ..
            }
        )
    });
    assert_eq!(cut.count() as u64, control.author.unwrap().numbers().asked);
    assert!(turns(&events).iter().all(|turn| turn.outcome == Outcome::Answered));
}
