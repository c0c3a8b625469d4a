//! A scenario and a played run, made by hand, for the tests of this module.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;

use super::{Measured, Provenance, RunFacts, Slices, Stop};
use crate::conversation::{Ending, Event, Given, Labels, NotSent, Outcome, Turn};
use crate::metrics::Metrics;
use crate::quality::{Finding, Served, Tally, TurnScore};
use crate::scenario::{
    Bound, Channel, Connection, Deadline, Form, Knowledge, Metric, Mix, Op, Phase, RateMetric, Scenario, Span, Stat,
    Threshold,
};

/// Phases of a minute each, two channels (10 s and 10 s of grace), one persona, one goal.
pub(super) fn scenario(phases: &[&str], thresholds: Vec<Threshold>) -> Scenario {
    let holds: Vec<_> = phases
        .iter()
        .map(|name| json!({"hold": {"name": name, "for": "1m", "rate": "10/s"}}))
        .collect();
    let file = json!({
        "scenario": "test", "channels": [], "customers": [], "traffic": {"phases": holds},
    });
    let persona = json!({"persona": "hunter", "language": "zh"});
    let goal = json!({"goal": "coupon", "agenda": []});
    let mix = |channel| Mix {
        persona: 0,
        goal: 0,
        channel,
        share: 0.5,
    };
    Scenario {
        file: serde_json::from_value(file).unwrap(),
        channels: vec![channel("web"), channel("wechat")],
        personas: vec![serde_json::from_value(persona).unwrap()],
        goals: vec![serde_json::from_value(goal).unwrap()],
        mix: vec![mix(0), mix(1)],
        knowledge: serde_json::from_value::<Knowledge>(json!({"knowledge": "none", "topics": {}})).unwrap(),
        phase_shares: Vec::new(),
        switches: Vec::new(),
        thresholds,
        baseline: 0,
        drain: Duration::from_secs(20),
        clock: jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC),
        scale: 1.0,
        overrides: Vec::new(),
    }
}

fn channel(name: &str) -> Channel {
    let profile = json!({
        "profile": "plain", "proven": "sketch", "target": "a URL",
        "send": {"method": "POST", "url": "{{ target }}"},
        "reply": {"response": {"format": "text"}},
    });
    Channel {
        name: name.to_owned(),
        profile: serde_json::from_value(profile).unwrap(),
        share: 0.5,
        target: "demo".to_owned(),
        deadline: Deadline {
            reply: Span::seconds(10.0),
            grace: Span::seconds(10.0),
        },
        settings: indexmap::IndexMap::new(),
        connection: Connection::Pooled,
        form: Form::default(),
        source_addresses: Vec::new(),
        platform_faults: indexmap::IndexMap::new(),
    }
}

pub(super) fn with_warm_up(mut scenario: Scenario, phase: usize) -> Scenario {
    if let Phase::Hold(hold) = &mut scenario.file.traffic.phases[phase] {
        hold.warm_up = true;
    }
    scenario
}

/// A threshold on the whole run.
pub(super) fn threshold(metric: Metric, stat: Stat, op: Op, bound: f64) -> Threshold {
    Threshold {
        text: format!("{metric:?}: {stat:?} {op:?} {bound}"),
        metric,
        slice: crate::conversation::Slice::ALL,
        stat,
        op,
        bound: Bound::Value(bound),
        abort_after: None,
    }
}

/// `missed: rate < 1%`.
pub(super) fn missed_in(phase: Option<u16>) -> Threshold {
    let mut threshold = threshold(Metric::Rate(RateMetric::Missed), Stat::Rate, Op::Less, 0.01);
    threshold.slice.phase = phase;
    threshold
}

/// A run that is played turn by turn.
pub(super) struct Played {
    pub(super) scenario: Scenario,
    slices: Slices,
    pub(super) metrics: Metrics,
    tally: Tally,
    pub(super) planned: u64,
}

impl Played {
    pub(super) fn new(scenario: Scenario) -> Played {
        let slices = Slices::of(&scenario);
        Played {
            metrics: slices.metrics(),
            tally: slices.comparing_tally(&scenario),
            planned: 0,
            scenario,
            slices,
        }
    }

    pub(super) fn measured(&self) -> Measured<'_> {
        Measured {
            scenario: &self.scenario,
            slices: &self.slices,
            metrics: &self.metrics,
            tally: &self.tally,
        }
    }

    fn labels(&self, phase: u16, channel: u16) -> Labels {
        self.scenario.labels(phase, &self.scenario.mix[usize::from(channel)])
    }

    /// `count` conversations of one turn each, sent on time.
    pub(super) fn turns(&mut self, count: u64, phase: u16, outcome: Outcome, reply_ms: u64) -> &mut Played {
        self.turns_on(0, count, phase, outcome, reply_ms)
    }

    pub(super) fn turns_on(
        &mut self,
        channel: u16,
        count: u64,
        phase: u16,
        outcome: Outcome,
        reply_ms: u64,
    ) -> &mut Played {
        let served = if outcome == Outcome::Answered {
            Served::Yes
        } else {
            Served::No
        };
        let is_answered = matches!(outcome, Outcome::Answered | Outcome::Late);
        let turn = turn(self.labels(phase, channel), outcome, is_answered.then_some(reply_ms));
        for _ in 0..count {
            self.play(&turn, 0, Some(&score(served, is_answered)));
        }
        self
    }

    /// So many turns with this outcome, evenly over the minute of the phase.
    pub(super) fn spread_over(&mut self, phase: u16, channel: u16, outcome: Outcome, count: u64) {
        let is_answered = outcome == Outcome::Answered;
        let served = if is_answered { Served::Yes } else { Served::No };
        let mut turn = turn(self.labels(phase, channel), outcome, is_answered.then_some(100));
        for number in 0..count {
            turn.due_at = Duration::from_millis(60_000 * u64::from(phase) + 60_000 * number / count);
            self.play(&turn, 0, Some(&score(served, is_answered)));
        }
    }

    /// Answered turns with this score; none: scoring fell behind.
    pub(super) fn scored(&mut self, count: u64, score: Option<&TurnScore>) -> &mut Played {
        let turn = turn(self.labels(0, 0), Outcome::Answered, Some(100));
        (0..count).for_each(|_| self.play(&turn, 0, score));
        self
    }

    /// Answered turns that were sent this much too late.
    pub(super) fn lagging(&mut self, count: u64, lag_ms: u64) -> &mut Played {
        let turn = turn(self.labels(0, 0), Outcome::Answered, Some(1_000));
        (0..count).for_each(|_| self.play(&turn, lag_ms, Some(&score(Served::Yes, true))));
        self
    }

    pub(super) fn not_sent(&mut self, count: u64, reason: NotSent) -> &mut Played {
        let labels = self.labels(0, 0);
        for _ in 0..count {
            self.metrics.record(&Event::NotSent { labels, reason });
        }
        self.planned += count;
        self
    }

    fn play(&mut self, turn: &Turn, lag_ms: u64, score: Option<&TurnScore>) {
        let (labels, at) = (turn.labels, turn.due_at);
        let sent_at = at + Duration::from_millis(lag_ms);
        self.planned += 1;
        for event in [
            Event::Started {
                customer: 0,
                labels,
                at,
            },
            Event::TurnSent {
                labels,
                due_at: at,
                sent_at,
            },
            Event::TurnClosed(Box::new(turn.clone())),
            Event::Ended {
                customer: 0,
                labels,
                ending: Ending::GoalMet,
                started_at: at,
                at: sent_at,
                turns: 1,
            },
        ] {
            self.metrics.record(&event);
        }
        self.tally.record(turn, score);
    }
}

/// What is known of a played run beside what was counted.
pub(super) fn facts(played: &Played, stopped: Option<Stop>) -> RunFacts {
    RunFacts {
        started_at: "2026-11-10T15:50:00Z".parse().unwrap(),
        duration: Duration::from_micros(640_200_000),
        stopped,
        planned: Some(played.planned),
        cpu: Some(Duration::from_millis(1_500)),
        peak_rss_bytes: None,
        peak_open_conversations: 3,
        hindered_messages: [0; 4],
        scoring_overflow: 0,
        archive_overflow: 0,
        warnings: vec!["the clock jumped".to_owned()],
        tasks: BTreeMap::new(),
        played_by: None,
        wire: Default::default(),
        provenance: Provenance {
            throng: "0.1.0".to_owned(),
            scenario_hash: String::new(),
            profile_hashes: BTreeMap::new(),
            target_host: "demo".to_owned(),
            overrides: Vec::new(),
            machine: String::new(),
        },
    }
}

/// A score in which all checks say the same: pass, or nothing.
pub(super) fn score(served: Served, is_scored: bool) -> TurnScore {
    let finding = if is_scored { Finding::Pass } else { Finding::Unscored };
    TurnScore {
        findings: std::array::from_fn(|_| finding.clone()),
        served,
        quality: is_scored.then_some(1.0),
        cross_talk: 0,
        claims: Vec::new(),
        fates: Vec::new(),
        wanted: None,
        understood: None,
    }
}

fn turn(labels: Labels, outcome: Outcome, reply_ms: Option<u64>) -> Turn {
    let due_at = Duration::from_secs(60 * u64::from(labels.phase) + 5);
    let answered_at = reply_ms.map(|reply| due_at + Duration::from_millis(reply));
    Turn {
        customer: 0,
        number: 1,
        labels,
        step: 0,
        given: Given::default(),
        messages: Vec::new(),
        replies: Vec::new(),
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
        open_conversations: 1,
    }
}
