//! Scenarios for the tests of this module, put together without files.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Arrival, Cast, Heard, Move};
use crate::scenario::{Goal, Knowledge, Mix, Persona, Scenario, ScenarioFile};

/// A scenario of these phases and nobody in particular.
pub(super) fn traffic(arrivals: &str, phases: &Value) -> Scenario {
    scenario(&json!({"traffic": {"arrivals": arrivals, "phases": phases}}))
}

/// A scenario with these keys (`traffic`, `pace`, `seed`, `personas`, `goals`, `knowledge`); all personas and goals meet
/// in equal shares.
pub(super) fn scenario(parts: &Value) -> Scenario {
    let part = |name: &str, default: Value| parts.get(name).cloned().unwrap_or(default);
    let file: ScenarioFile = serde_json::from_value(json!({
        "scenario": "test",
        "seed": part("seed", json!(1)),
        "channels": [],
        "customers": [],
        "traffic": part("traffic", json!({"phases": []})),
        "pace": part("pace", json!(1.0)),
    }))
    .unwrap();
    let personas: Vec<Persona> = serde_json::from_value(part("personas", json!([persona_zh()]))).unwrap();
    let goals: Vec<Goal> = serde_json::from_value(part("goals", json!([coupon()]))).unwrap();
    let knowledge: Knowledge =
        serde_json::from_value(part("knowledge", json!({"knowledge": "none", "topics": {}}))).unwrap();
    let pairs = (0..personas.len()).flat_map(|persona| (0..goals.len()).map(move |goal| (persona, goal)));
    let share = 1.0 / (personas.len() * goals.len()) as f64;
    let mix = pairs
        .map(|(persona, goal)| Mix {
            persona: u16::try_from(persona).unwrap(),
            goal: u16::try_from(goal).unwrap(),
            channel: 0,
            share,
        })
        .collect();
    Scenario {
        file,
        channels: Vec::new(),
        personas,
        goals,
        mix,
        knowledge,
        phase_shares: Vec::new(),
        switches: Vec::new(),
        thresholds: Vec::new(),
        baseline: 0,
        drain: Duration::from_secs(60),
        clock: jiff::Zoned::new(jiff::Timestamp::UNIX_EPOCH, jiff::tz::TimeZone::UTC),
        scale: 1.0,
        overrides: Vec::new(),
    }
}

pub(super) fn cast(parts: &Value) -> Cast {
    Cast::new(Arc::new(scenario(parts))).unwrap()
}

/// Customer `number`, of the first kind in the mix, who arrives at the run's start.
pub(super) fn arrival(number: u64) -> Arrival {
    Arrival {
        customer: number,
        due_at: Duration::ZERO,
        mix: 0,
        phase: 0,
    }
}

/// A patient customer whose times do not vary: waits 100 s, nudges at 40 s and 80 s, thinks 10 s.
pub(super) fn persona_zh() -> Value {
    json!({
        "persona": "steady", "language": "zh",
        "typing": {"chars_per_s": 5.0, "burst": [1.0], "gap": {"median": "4s"}, "typos": 0.0},
        "reads_chars_per_s": 10.0,
        "think": {"median": "10s"},
        "patience": {
            "nudge_after": {"median": "40s"}, "max_nudges": 2, "leave_after": {"median": "100s"},
            "leaves_silently": 0.0, "max_repeats": 2
        },
        "words": {"nudges": ["在吗"], "farewells": ["算了"], "again": ["再问一次 "]}
    })
}

/// Two questions, of which the second concerns the order.
pub(super) fn coupon() -> Value {
    json!({
        "goal": "coupon",
        "agenda": [
            {"ask": {"say": {"zh": ["满减怎么算"], "en": ["how do coupons work?"]}}},
            {"ask": {"say": {"zh": ["什么时候发货"], "en": ["when will it ship?"]}, "concerns_order": true}}
        ]
    })
}

/// The texts of a move that says something.
pub(super) fn texts(step: &Move) -> Vec<&str> {
    match step {
        Move::Say { messages, .. } => messages.iter().map(|message| message.text.as_str()).collect(),
        other => panic!("expected words, found {other:?}"),
    }
}

/// What customer 0 of the cast says and does when the bot answers with these texts, one after the other, each 1 s after
/// the last message of the turn.
pub(super) fn replay(cast: &Cast, answers: &[&str]) -> Vec<Move> {
    let mut customer = cast.customer(&arrival(0));
    let mut moves = vec![customer.next(cast, Heard::Arrived, Duration::ZERO)];
    for answer in answers {
        let Some(Move::Say { messages, .. }) = moves.last() else {
            break;
        };
        let last = messages.last().unwrap().due_at;
        customer.next(cast, Heard::Time, last);
        moves.push(customer.next(cast, Heard::Answer(answer), last + Duration::from_secs(1)));
    }
    moves
}
