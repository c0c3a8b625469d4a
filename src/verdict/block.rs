//! The numbers of one slice, as `run.json` writes them.

use std::collections::BTreeMap;
use std::time::Duration;

use indexmap::IndexMap;

use crate::conversation::{Ending, Outcome};
use crate::metrics::{Latency, Ledger, Proportion, Time};
use crate::quality::{Confusion, Intents, SliceTally};
use crate::scenario::{Metric, Stat};

use super::figure::{Figure, Measured, is_cut_off, proportion_figure, served_figure};
use super::{
    Block, CheckCounts, Conversations, IntentBlock, IntentNumbers, Interval, LagNumbers, QualityNumbers, SwitchNumbers,
    TimeNumbers, Turns,
};

/// Of the intervals that reports show. Thresholds are judged at their own.
pub(super) const SHOWN_CONFIDENCE: f64 = 0.95;

/// The numbers of the slice with this place.
pub(super) fn block(measured: &Measured<'_>, names: &Intents, place: usize) -> Block {
    let (metrics, tally) = (measured.metrics, measured.tally.slice(place));
    let ledger = metrics.ledger(place);
    let time = |time| time_numbers(metrics.latency(place, time));
    // Where too many turns were cut short, those left would flatter or blame: no rates.
    let has_rates = !is_cut_off(metrics, place);
    let rate = |proportion: Proportion| interval(proportion_figure(proportion, Stat::Rate, SHOWN_CONFIDENCE));
    Block {
        conversations: conversations(ledger),
        turns: turns(ledger),
        late_after_failure: ledger.late_after_failure,
        served: interval(served_figure(tally, Stat::Rate, SHOWN_CONFIDENCE)).filter(|_| has_rates),
        dropped: rate(ledger.dropped()).filter(|_| has_rates),
        missed: rate(ledger.missed()).filter(|_| has_rates),
        reply_time_ms: time(Time::Reply),
        wire_time_ms: time(Time::Wire),
        first_text_ms: time(Time::FirstText),
        chunk_gap_ms: time(Time::ChunkGap),
        quality: quality(tally, measured.tally.quality(place, SHOWN_CONFIDENCE), names),
        cross_talk: tally.cross_talk,
        duplicates: ledger.duplicates,
        unsolicited: ledger.unsolicited,
        switches: switches(measured, ledger),
        deliveries_per_message: (ledger.messages > 0).then(|| ledger.deliveries as f64 / ledger.messages as f64),
        polls: ledger.polls,
        tokens: None,
    }
}

/// How those fared who wanted the same, by name.
pub(super) fn by_intent(measured: &Measured<'_>, names: &Intents) -> IndexMap<String, IntentBlock> {
    let intents = measured.tally.by_intent(SHOWN_CONFIDENCE);
    let blocks = intents.filter_map(|(intent, tally, mean)| {
        let block = IntentBlock {
            turns: tally.turns,
            served: interval(served_figure(tally, Stat::Rate, SHOWN_CONFIDENCE)),
            quality: quality(tally, mean, names),
        };
        Some((names.names().get(usize::from(intent))?.clone(), block))
    });
    blocks.collect()
}

/// The schedule lag of the slice with this place.
pub(super) fn lag_numbers(measured: &Measured<'_>, place: usize) -> LagNumbers {
    let lag = measured.metrics.latency(place, Time::ScheduleLag);
    LagNumbers {
        p50: lag.quantile(0.5).map(milliseconds),
        p99: lag.quantile(0.99).map(milliseconds),
        max: lag.max().map(milliseconds),
    }
}

fn interval(figure: Option<Figure>) -> Option<Interval> {
    figure.map(|figure| Interval {
        rate: figure.observed,
        low: figure.low,
        high: figure.high,
    })
}

fn conversations(ledger: &Ledger) -> Conversations {
    Conversations {
        started: ledger.started,
        goal_met: ledger.ending(Ending::GoalMet),
        gave_up: ledger.ending(Ending::GaveUp),
        handed_off: ledger.ending(Ending::HandedOff),
        max_turns: ledger.ending(Ending::MaxTurns),
        r#loop: ledger.ending(Ending::Loop),
        bot_failed: ledger.ending(Ending::BotFailed),
        cut_short: ledger.ending(Ending::CutShort),
    }
}

fn switches(measured: &Measured<'_>, ledger: &Ledger) -> Vec<SwitchNumbers> {
    let name = |place: u16| {
        let channel = measured.scenario.channels.get(usize::from(place));
        channel.map(|channel| channel.name.clone()).unwrap_or_default()
    };
    let switches = ledger.switches.iter();
    switches
        .map(|(&(from, to), &count)| SwitchNumbers {
            from: name(from),
            to: name(to),
            count,
        })
        .collect()
}

fn turns(ledger: &Ledger) -> Turns {
    Turns {
        sent: ledger.sent,
        answered: ledger.outcome(Outcome::Answered),
        late: ledger.outcome(Outcome::Late),
        truncated: ledger.outcome(Outcome::Truncated),
        bot_error: ledger.outcome(Outcome::BotError),
        refused: ledger.outcome(Outcome::Refused),
        http_error: ledger.outcome(Outcome::HttpError),
        connection_lost: ledger.outcome(Outcome::ConnectionLost),
        placeholder_only: ledger.outcome(Outcome::PlaceholderOnly),
        empty: ledger.outcome(Outcome::Empty),
        silent: ledger.outcome(Outcome::Silent),
        cut_short: ledger.outcome(Outcome::CutShort),
    }
}

fn time_numbers(latency: &Latency) -> TimeNumbers {
    let quantile = |quantile| latency.quantile(quantile).map(milliseconds);
    TimeNumbers {
        count: latency.count(),
        censored: latency.unanswered(),
        mean: latency.mean().map(milliseconds),
        p50: quantile(0.5),
        p90: quantile(0.9),
        p95: quantile(0.95),
        p99: quantile(0.99),
        p999: quantile(0.999),
        max: latency.max().map(milliseconds),
    }
}

fn quality(tally: &SliceTally, mean: Option<(f64, f64, f64)>, names: &Intents) -> QualityNumbers {
    let checks = Metric::CHECKS
        .iter()
        .zip(tally.checks)
        .map(|(name, [pass, fail, unscored])| {
            let counts = CheckCounts { pass, fail, unscored };
            ((*name).to_owned(), counts)
        });
    QualityNumbers {
        mean: mean.map(|(mean, _, _)| mean),
        low: mean.map(|(_, low, _)| low),
        high: mean.map(|(_, _, high)| high),
        scored: tally.scored,
        unscored: tally.answered.saturating_sub(tally.scored),
        hard_gates: {
            let [pass, fail, unscored] = tally.gates;
            CheckCounts { pass, fail, unscored }
        },
        soft: tally.soft(),
        checks: checks.collect::<BTreeMap<_, _>>(),
        intents: intents(&tally.confusion, names),
    }
}

fn intents(confusion: &Confusion, names: &Intents) -> IntentNumbers {
    let name = |place: u16| names.names().get(usize::from(place)).cloned().unwrap_or_default();
    let mut pairs: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for (understood, count) in confusion.pairs() {
        let found = pairs.entry(name(understood.wanted)).or_default();
        found.insert(name(understood.found), count);
    }
    IntentNumbers {
        turns: confusion.turns(),
        macro_f1: confusion.macro_f1(),
        out_of_scope_recall: confusion.recall(names.out_of_scope()),
        confusion: pairs,
    }
}

/// To the microsecond, which is what is measured.
pub(super) fn milliseconds(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::Understood;
    use crate::verdict::testing::scenario;

    #[test]
    fn intents_stand_by_their_names() {
        let names = Intents::of(&scenario(&["calm"], Vec::new()));
        let (outside, other) = (names.out_of_scope(), names.out_of_scope() + 1);
        let mut confusion = Confusion::default();
        for found in [outside, other] {
            let wanted = outside;
            confusion.add(Understood { wanted, found });
        }
        let numbers = intents(&confusion, &names);
        assert_eq!((numbers.turns, numbers.out_of_scope_recall), (2, Some(0.5)));
        assert_eq!(numbers.confusion["out_of_scope"]["out_of_scope"], 1);
        assert_eq!(numbers.confusion["out_of_scope"]["other"], 1);
    }
}
