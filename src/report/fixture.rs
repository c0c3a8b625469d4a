//! Finished runs to test and look at: a Singles' Day that breaks, a hostile one, empty and odd ones.

mod against;
mod claims;
mod conversations;
mod intents;
mod judge;
mod shop;

use crate::scenario::Workload;
use crate::verdict::{
    Block, Evidence, GeneratorNumbers, Interval, LagNumbers, NotSentNumbers, Provenance, Run, ThresholdResult,
    ThresholdVerdict, Verdict,
};

/// A Singles' Day on three channels that breaks at midnight.
pub(super) fn singles_day() -> (Run, Evidence) {
    let (mut run, mut evidence) = shop::day(&["douyin", "wechat", "web"], shop::PHASES, 1.0);
    run.verdict = Verdict::Broken;
    run.thresholds = singles_day_thresholds(&run);
    evidence.worst = conversations::worst();
    evidence.audit = Some(claims::audit());
    let coupon: &[(&str, u64)] = &[("coupon", 1_850), ("gift", 120), ("delivery", 30)];
    intents::write(&mut run, &[("delivery", 1_200, &[]), ("coupon", 2_400, coupon)]);
    run.facts.changes = vec![claims::change("coupon.amount")];
    run.facts.always_wrong = vec!["gift.name".to_owned()];
    (run, evidence)
}

/// The same day, of whose answers a language model was asked.
pub(super) fn judged() -> (Run, Evidence) {
    let (run, mut evidence) = singles_day();
    evidence.judged = Some(judge::judged());
    (run, evidence)
}

/// The same traffic on a bot with enough capacity.
pub(super) fn singles_day_prepared() -> (Run, Evidence) {
    let (mut run, evidence) = shop::day(&["douyin", "wechat", "web"], shop::PHASES, 6.0);
    run.scenario = "singles-day-prepared".to_owned();
    run.verdict = Verdict::Held;
    run.thresholds = vec![threshold(
        "served: rate >= 90%",
        ThresholdVerdict::Held,
        Some(0.968),
        Some(0.965),
        Some(0.971),
    )];
    (run, evidence)
}

/// Every name and text that others wrote is an attack.
pub(super) fn hostile() -> (Run, Evidence) {
    let (mut run, mut evidence) = shop::day(
        &[HOSTILE, "客服|`渠道`", "x".repeat(10_000).as_str()],
        shop::PHASES,
        1.0,
    );
    run.scenario = HOSTILE.to_owned();
    run.verdict = Verdict::Broken;
    run.stopped = Some(HOSTILE.to_owned());
    run.generator.warnings = vec![HOSTILE.to_owned()];
    run.provenance.overrides = vec![HOSTILE.to_owned()];
    run.provenance.target_host = HOSTILE.to_owned();
    run.thresholds = vec![threshold(HOSTILE, ThresholdVerdict::Broken, Some(1.0), None, None)];
    run.thresholds[0].reason = HOSTILE.to_owned();
    rename(&mut run, &mut evidence, "midnight", HOSTILE);
    if let Some(checks) = run.by_channel.get(HOSTILE).map(|block| block.quality.checks.clone()) {
        run.totals
            .quality
            .checks
            .extend(checks.into_values().map(|counts| (HOSTILE.to_owned(), counts)));
    }
    run.by_persona = [(HOSTILE.to_owned(), run.totals.clone())].into_iter().collect();
    intents::write(&mut run, &[(HOSTILE, 9, &[(HOSTILE, 8), ("<b>\u{1b}", 1)])]);
    evidence.worst = vec![conversations::hostile(HOSTILE)];
    evidence.audit = Some(claims::hostile(HOSTILE));
    evidence.judged = Some(judge::hostile(HOSTILE));
    run.facts.always_wrong = vec![HOSTILE.to_owned(); 9];
    run.facts.changes = vec![claims::change(HOSTILE)];
    (run, evidence)
}

/// What a hostile name or text looks like.
pub(super) const HOSTILE: &str = "<script>alert(1)</script>\u{1b}[31m\u{202e}]]>\"'&amp;|`*_[x](http://evil.example)\n# 你好👩\u{200d}💻{{ 7 * 7 }}{asked}";

/// A run in which nothing happened.
pub(super) fn nothing() -> (Run, Evidence) {
    let run = empty_run();
    (run, Evidence::default())
}

/// Questions, and never an answer.
pub(super) fn only_unanswered() -> (Run, Evidence) {
    shop::day(&["web"], &[("calm", 20, 12.0, 12.0)], 0.0)
}

/// Many channels and phases.
pub(super) fn crowded() -> (Run, Evidence) {
    let channels: Vec<String> = (0..50).map(|number| format!("channel-{number:02}-渠道")).collect();
    let names: Vec<String> = (0..200).map(|number| format!("phase-{number:03}")).collect();
    let phases: Vec<(&str, u32, f64, f64)> = names
        .iter()
        .enumerate()
        .map(|(place, name)| (name.as_str(), 4, 60.0, 60.0 + (place % 17) as f64 * 12.0))
        .collect();
    let channels: Vec<&str> = channels.iter().map(String::as_str).collect();
    shop::day(&channels, &phases, 1.0)
}

/// A run of no turns, with every key that there is.
pub(super) fn empty_run() -> Run {
    Run {
        schema: "throng.run/1".to_owned(),
        scenario: "singles-day".to_owned(),
        seed: 20_261_111,
        started_at: "2026-11-10T23:50:00+08:00".to_owned(),
        duration_s: 0.0,
        pace: 1.0,
        scale: 1.0,
        workload: Workload::Open,
        population: None,
        provenance: Provenance {
            throng: "0.1.0+9f7c7dc".to_owned(),
            scenario_hash: "5ba93c9db0cff93f52b521d7420e43f6eda2784f".to_owned(),
            profile_hashes: [("web".to_owned(), "da39a3ee5e6b4b0d3255bfef95601890afd80709".to_owned())].into(),
            target_host: "demo".to_owned(),
            overrides: Vec::new(),
            machine: "2 cores, 8 GB, Linux 6.1".to_owned(),
        },
        verdict: Verdict::NoData,
        stopped: None,
        thresholds: Vec::new(),
        generator: generator(0),
        totals: Block::default(),
        warm_up: Vec::new(),
        by_phase: Default::default(),
        by_channel: Default::default(),
        by_persona: Default::default(),
        by_goal: Default::default(),
        by_intent: Default::default(),
        by_language: Default::default(),
        tasks: Vec::new(),
        baseline: None,
        facts: Default::default(),
        against_calm: Default::default(),
        played_by: None,
        failures: Default::default(),
        platforms: std::collections::BTreeMap::new(),
        intercepted: None,
        sockets: std::collections::BTreeMap::new(),
        hang_ups: std::collections::BTreeMap::new(),
        channel_spread_ms: None,
    }
}

fn generator(conversations: u64) -> GeneratorNumbers {
    GeneratorNumbers {
        planned: conversations,
        started: conversations,
        not_sent: NotSentNumbers {
            total: 0,
            reasons: ["stopped", "too_late", "no_resources"]
                .map(|reason| (reason.to_owned(), 0))
                .into(),
        },
        schedule_lag_ms: LagNumbers {
            p50: Some(0.12),
            p99: Some(1.4),
            max: Some(8.9),
        },
        cpu_s: Some(21.4),
        peak_rss_bytes: Some(61_000_000),
        peak_open_conversations: 1_204,
        ..GeneratorNumbers::default()
    }
}

fn singles_day_thresholds(run: &Run) -> Vec<ThresholdResult> {
    let midnight = &run.by_phase["midnight"];
    let served = midnight.served.expect("midnight has traffic");
    let missed = run.totals.missed.expect("the run has traffic");
    vec![
        threshold(
            "served{phase=midnight}: rate >= 95%",
            ThresholdVerdict::Broken,
            Some(served.rate),
            Some(served.low),
            Some(served.high),
        ),
        threshold(
            "reply_time{phase=midnight}: p95 < 3s",
            ThresholdVerdict::Broken,
            None,
            Some(9.4),
            None,
        ),
        threshold(
            "missed: rate < 1%",
            ThresholdVerdict::Broken,
            Some(missed.rate),
            Some(missed.low),
            Some(missed.high),
        ),
        threshold(
            "quality{phase=calm}: mean >= 0.9",
            ThresholdVerdict::Unsure,
            Some(0.91),
            Some(0.88),
            Some(0.94),
        ),
        threshold(
            "cross_talk: count == 0",
            ThresholdVerdict::Held,
            Some(0.0),
            Some(0.0),
            Some(0.0),
        ),
        threshold(
            "quality.language{channel=web}: rate < 2%",
            ThresholdVerdict::NoData,
            None,
            None,
            None,
        ),
    ]
}

/// A judged threshold.
pub(super) fn threshold(
    that: &str,
    verdict: ThresholdVerdict,
    observed: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
) -> ThresholdResult {
    let reason = match verdict {
        ThresholdVerdict::Held => "the whole interval holds",
        ThresholdVerdict::Broken => "the whole interval is on the wrong side",
        ThresholdVerdict::Unsure => "the interval holds the bound",
        ThresholdVerdict::NoData => "only 41 % of the answered turns could be scored, 80 % are needed",
        ThresholdVerdict::NotJudged => "the generator was saturated",
    };
    ThresholdResult {
        that: that.to_owned(),
        observed,
        low,
        high,
        samples: if verdict == ThresholdVerdict::NoData { 0 } else { 4_012 },
        verdict,
        reason: reason.to_owned(),
    }
}

/// Gives a phase another name, everywhere.
fn rename(run: &mut Run, evidence: &mut Evidence, old: &str, new: &str) {
    run.by_phase = std::mem::take(&mut run.by_phase)
        .into_iter()
        .map(|(name, block)| (if name == old { new.to_owned() } else { name }, block))
        .collect();
    run.against_calm = std::mem::take(&mut run.against_calm)
        .into_iter()
        .map(|(name, against)| (if name == old { new.to_owned() } else { name }, against))
        .collect();
    for (name, _, _) in evidence.phases.iter_mut().filter(|(name, _, _)| name == old) {
        *name = new.to_owned();
    }
}

/// Every run there is here.
pub(super) fn all() -> Vec<(Run, Evidence)> {
    let without_evidence = (singles_day().0, Evidence::default());
    vec![
        singles_day(),
        judged(),
        singles_day_prepared(),
        hostile(),
        nothing(),
        only_unanswered(),
        crowded(),
        not_finite(),
        without_evidence,
    ]
}

/// Numbers that no run should hold, and must not break a report.
pub(super) fn not_finite() -> (Run, Evidence) {
    let (mut run, mut evidence) = singles_day();
    let nonsense = Interval {
        rate: f64::NAN,
        low: f64::NEG_INFINITY,
        high: f64::INFINITY,
    };
    for block in run
        .by_phase
        .values_mut()
        .chain(run.by_channel.values_mut())
        .chain([&mut run.totals])
    {
        (block.served, block.missed, block.dropped) = (Some(nonsense), Some(nonsense), Some(nonsense));
        block.reply_time_ms.p50 = Some(f64::NAN);
        block.reply_time_ms.p95 = Some(f64::INFINITY);
        block.quality.mean = Some(f64::NAN);
    }
    for second in &mut evidence.seconds {
        second.reply_p50_ms = Some(f64::NAN);
        second.reply_p95_ms = Some(-1.0);
        second.served = second.sent + 5;
    }
    (run.duration_s, run.pace, run.channel_spread_ms) = (f64::NAN, f64::NAN, Some(f64::INFINITY));
    evidence.phases.push(("odd".to_owned(), f64::NAN, f64::INFINITY));
    evidence.channels[0].1 = f64::NAN;
    (run, evidence)
}
