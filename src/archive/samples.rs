//! Values that the tests of this module are made of.

use std::time::Duration;

use serde_json::json;

use super::open::{Conversation, ScoredTurn};
use super::{EndedConversation, Names, Settings};
use crate::conversation::{
    Ending, Given, Labels, Message, MessageId, MessageKind, Outcome, Reply, ReplyKind, RunKey, Turn,
};
use crate::quality::{Evidence, Finding, Served, TurnScore};
use crate::scenario::{Channel, Connection, Form, PerLanguage, Scenario, ScenarioFile, Transcripts, Workload};
use crate::verdict::{Block, GeneratorNumbers, Provenance, Run, Second, Verdict};

/// A scenario with a warm-up and a spike, one channel, one persona, one goal.
pub(super) fn scenario() -> Scenario {
    let file: ScenarioFile = from_json(json!({
        "scenario": "small", "seed": 7, "transcripts": "failures",
        "channels": [{"web": {"profile": "echo", "share": 1.0}}],
        "customers": [],
        "traffic": {"phases": [
            {"hold": {"name": "early", "for": "10s", "rate": "1/s", "warm_up": true}},
            {"spike": {"name": "midnight", "for": "1m", "peak": "5/s"}},
        ]},
    }));
    let profile = from_json(json!({
        "profile": "echo", "proven": "sketch", "target": "a URL",
        "send": {"method": "POST", "url": "{{ target }}"},
        "reply": {"response": {"format": "json", "text": "$.text"}},
    }));
    let channel = Channel {
        name: "web".to_owned(),
        profile,
        share: 1.0,
        target: "demo".to_owned(),
        deadline: file.deadline,
        settings: [].into(),
        connection: Connection::Pooled,
        form: Form::default(),
        source_addresses: Vec::new(),
        platform_faults: indexmap::IndexMap::new(),
    };
    Scenario {
        file,
        channels: vec![channel],
        personas: vec![from_json(json!({"persona": "anxious-parent", "language": "zh"}))],
        goals: vec![from_json(json!({"goal": "chase-delivery", "agenda": []}))],
        mix: Vec::new(),
        knowledge: from_json(json!({"knowledge": "shop", "topics": {}})),
        phase_shares: Vec::new(),
        switches: Vec::new(),
        thresholds: Vec::new(),
        baseline: 0,
        drain: Duration::ZERO,
        clock: "2026-11-10T23:50+08:00[Asia/Shanghai]".parse().unwrap(),
        scale: 1.0,
        overrides: vec!["seed=7".to_owned()],
    }
}

fn from_json<T: serde::de::DeserializeOwned>(value: serde_json::Value) -> T {
    serde_json::from_value(value).unwrap()
}

pub(super) fn key() -> RunKey {
    RunKey::of_seed(7)
}

pub(super) fn settings() -> Settings {
    Settings {
        scenario: "singles-day".to_owned(),
        names: Names::sample(),
        seed: 7,
        key: key(),
        transcripts: Transcripts::Sample,
        keep_failed: 10_000,
        keep_others: 10_000,
        expected: None,
        held: 256 << 20,
        kept: 1 << 30,
        queue: 64 << 20,
    }
}

/// A turn due at `number` times ten seconds, in calm; with a reply after two seconds when it was answered.
pub(super) fn turn(customer: u64, number: u16, outcome: Outcome) -> Turn {
    let due_at = Duration::from_secs(u64::from(number) * 10);
    let answered_at = (outcome == Outcome::Answered).then(|| due_at + Duration::from_secs(2));
    let message = Message {
        id: MessageId {
            run: key(),
            customer,
            turn: number,
            fragment: 1,
        },
        kind: MessageKind::Utterance,
        text: format!("我的订单{}呢?我的电话13800138000", key().order_number(customer)),
        media: None,
        due_at,
        sent_at: due_at,
        deliveries: 1,
    };
    let reply = |at| Reply {
        text: "亲,明天发货".to_owned(),
        kind: ReplyKind::Substantive,
        first_text_at: at,
        complete_at: at,
    };
    Turn {
        customer,
        number,
        labels: Labels::default(),
        step: 0,
        given: Given::default(),
        messages: vec![message],
        replies: answered_at.map(reply).into_iter().collect(),
        due_at,
        sent_at: Some(due_at),
        first_event_at: answered_at,
        first_text_at: answered_at,
        answered_at,
        polls: 0,
        chunk_gaps: Vec::new(),
        outcome,
        duplicates: 0,
        intent: None,
        trouble: None,
        failure: None,
        open_conversations: 3,
    }
}

pub(super) fn score(served: Served) -> TurnScore {
    let mut score = TurnScore {
        findings: std::array::from_fn(|place| match place {
            0..5 => Finding::Pass,
            _ => Finding::Unscored,
        }),
        served,
        quality: Some(0.5),
        cross_talk: 0,
        wanted: None,
        understood: None,
        claims: Vec::new(),
        fates: Vec::new(),
    };
    if served == Served::No {
        let words = PerLanguage {
            zh: "满300减50, 不是满300减80, 问13800138000".to_owned(),
            en: "50 off over 300, not 80 off over 300, ask 13800138000".to_owned(),
        };
        score.findings[1] = Finding::Fail(Box::new(Evidence { words, quote: None }));
    }
    score
}

pub(super) fn ended(customer: u64, ending: Ending, turns: u16) -> EndedConversation {
    EndedConversation {
        customer,
        labels: Labels::default(),
        ending,
        started_at: Duration::from_secs(9),
        at: Duration::from_secs(40),
        turns,
    }
}

pub(super) fn conversation(customer: u64, ending: Ending, turns: Vec<ScoredTurn>) -> Conversation {
    Conversation {
        ended: ended(customer, ending, u16::try_from(turns.len()).unwrap()),
        turns,
    }
}

pub(super) fn second(second: u32, channel: u16, sent: u64) -> Second {
    Second {
        second,
        channel,
        sent,
        answered: sent,
        reply_p50_ms: Some(120.5),
        ..Second::default()
    }
}

pub(super) fn run() -> Run {
    Run {
        tasks: Vec::new(),
        schema: "throng.run/1".to_owned(),
        scenario: "singles-day".to_owned(),
        seed: 7,
        started_at: "2026-11-10T15:50:00Z".to_owned(),
        duration_s: 120.5,
        pace: 1.0,
        scale: 1.0,
        workload: Workload::Open,
        population: None,
        provenance: Provenance {
            throng: "0.1.0".to_owned(),
            scenario_hash: "da39a3ee".to_owned(),
            profile_hashes: [("web".to_owned(), "a9993e36".to_owned())].into(),
            target_host: "demo".to_owned(),
            overrides: Vec::new(),
            machine: "2 cores".to_owned(),
        },
        verdict: Verdict::Held,
        stopped: None,
        thresholds: Vec::new(),
        generator: GeneratorNumbers::default(),
        totals: Block::default(),
        against_calm: [].into(),
        warm_up: Vec::new(),
        by_phase: [
            ("midnight".to_owned(), Block::default()),
            ("calm".to_owned(), Block::default()),
        ]
        .into(),
        by_channel: [].into(),
        by_persona: [].into(),
        by_goal: [].into(),
        by_intent: Default::default(),
        by_language: [].into(),
        baseline: Some("calm".to_owned()),
        facts: Default::default(),
        played_by: None,
        failures: Default::default(),
        platforms: std::collections::BTreeMap::new(),
        intercepted: None,
        sockets: std::collections::BTreeMap::new(),
        hang_ups: std::collections::BTreeMap::new(),
        channel_spread_ms: None,
    }
}
