//! What the data of a run says, before any words: the findings that head every report.
//!
//! Each is absent when the data does not carry it; none is guessed.

mod breaking;

pub(super) use breaking::{Break, breaking_point};

use crate::conversation::Outcome;
use crate::verdict::{Block, CheckCounts, Evidence, Interval, Run, Turns};

/// The findings of a run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Findings<'run> {
    /// What became of all questions.
    pub(super) fates: Fates,
    /// What most of the missed questions have in common.
    pub(super) loss: Option<Loss<'run>>,
    /// The phase that served least, beside the calm one.
    pub(super) served: Option<Beside<'run>>,
    /// The phase with the lowest quality, beside the calm one.
    pub(super) quality: Option<Beside<'run>>,
    /// When the service broke.
    pub(super) broke: Option<Break<'run>>,
    /// The channel that missed most.
    pub(super) worst_channel: Option<WorstChannel<'run>>,
    /// The check that failed most often, with its counts.
    pub(super) failing_check: Option<(&'run str, CheckCounts)>,
}

/// What became of a number of questions: four parts that add up to all but those cut short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Fates {
    /// Answered by the deadline, every hard gate passed.
    pub(super) served: u64,
    /// Answered by the deadline, a hard gate failed or could not be scored.
    pub(super) wrong: u64,
    /// Answered after the deadline.
    pub(super) late: u64,
    /// Not answered.
    pub(super) dropped: u64,
}

impl Fates {
    /// The fates of a block's turns.
    pub(super) fn of(block: &Block) -> Fates {
        let turns = &block.turns;
        let rate = block.served.map(|served| served.rate).filter(|rate| rate.is_finite());
        let served = rate.map_or(turns.answered, |rate| {
            ((rate * counted(turns) as f64).round() as u64).min(turns.answered)
        });
        Fates {
            served,
            wrong: turns.answered - served,
            late: turns.late,
            dropped: dropped(turns),
        }
    }

    /// All of them: the denominator of every rate.
    pub(super) fn all(self) -> u64 {
        self.served + self.wrong + self.late + self.dropped
    }

    /// No answer in time.
    pub(super) fn missed(self) -> u64 {
        self.late + self.dropped
    }
}

/// The outcome, on one channel where there are several, that most missed questions had.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Loss<'run> {
    pub(super) outcome: Outcome,
    /// Absent in a run over one channel.
    pub(super) channel: Option<&'run str>,
    pub(super) count: u64,
    /// Of all missed questions.
    pub(super) share: f64,
}

/// A figure of one phase beside that of the calm phase.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Beside<'run> {
    pub(super) phase: &'run str,
    pub(super) value: f64,
    pub(super) calm_phase: &'run str,
    pub(super) calm: f64,
    /// Phase minus calm, with its 95 % interval.
    pub(super) difference: Interval,
}

impl Beside<'_> {
    /// True when the whole interval of the difference lies below zero.
    pub(super) fn is_worse(&self) -> bool {
        self.difference.high < 0.0
    }
}

/// The channel with the largest share missed, where it is told apart from the one with the smallest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WorstChannel<'run> {
    pub(super) name: &'run str,
    pub(super) missed: f64,
    pub(super) best: &'run str,
    pub(super) best_missed: f64,
}

/// Looks for all of them.
pub(super) fn find<'run>(run: &'run Run, evidence: &'run Evidence) -> Findings<'run> {
    let quality = |block: &Block| {
        let quality = &block.quality;
        interval(quality.mean?, quality.low?, quality.high?)
    };
    Findings {
        fates: Fates::of(&run.totals),
        loss: loss(run),
        served: lowest_beside_calm(run, |block| block.served),
        quality: lowest_beside_calm(run, quality),
        broke: breaking_point(run, evidence),
        worst_channel: worst_channel(run),
        failing_check: failing_check(&run.totals),
    }
}

/// Turns in the denominator of every rate.
pub(super) fn counted(turns: &Turns) -> u64 {
    turns.sent.saturating_sub(turns.cut_short)
}

/// Turns without any answer.
pub(super) fn dropped(turns: &Turns) -> u64 {
    Outcome::ALL
        .iter()
        .filter(|outcome| outcome.is_dropped())
        .map(|outcome| turns_with(turns, *outcome))
        .sum()
}

/// Turns with an outcome.
pub(super) fn turns_with(turns: &Turns, outcome: Outcome) -> u64 {
    match outcome {
        Outcome::Answered => turns.answered,
        Outcome::Late => turns.late,
        Outcome::Truncated => turns.truncated,
        Outcome::BotError => turns.bot_error,
        Outcome::Refused => turns.refused,
        Outcome::HttpError => turns.http_error,
        Outcome::ConnectionLost => turns.connection_lost,
        Outcome::PlaceholderOnly => turns.placeholder_only,
        Outcome::Empty => turns.empty,
        Outcome::Silent => turns.silent,
        Outcome::CutShort => turns.cut_short,
    }
}

/// The calm phase and its numbers, when it had traffic.
pub(super) fn calm_phase(run: &Run) -> Option<(&str, &Block)> {
    let (name, block) = run.by_phase.get_key_value(run.baseline.as_ref()?)?;
    Some((name, block))
}

fn loss(run: &Run) -> Option<Loss<'_>> {
    let missed = Fates::of(&run.totals).missed();
    let mut largest: Option<Loss<'_>> = None;
    for (channel, block) in &run.by_channel {
        for outcome in Outcome::ALL.iter().copied().filter(|outcome| outcome.is_missed()) {
            let count = turns_with(&block.turns, outcome);
            if count > largest.as_ref().map_or(0, |known| known.count) {
                largest = Some(Loss {
                    outcome,
                    channel: (run.by_channel.len() > 1).then_some(channel),
                    count,
                    share: count as f64 / missed.max(count) as f64,
                });
            }
        }
    }
    largest
}

/// The phase, other than the calm one, in which `figure` is lowest, beside the calm one. One that is provably worse comes
/// before one with so little data that it may only look worse.
fn lowest_beside_calm(run: &Run, figure: impl Fn(&Block) -> Option<Interval>) -> Option<Beside<'_>> {
    let (calm_phase, calm_block) = calm_phase(run)?;
    let calm = figure(calm_block)?;
    let others = run
        .by_phase
        .iter()
        .filter(|(name, _)| name.as_str() != calm_phase && !run.warm_up.contains(name));
    let beside = others.filter_map(|(phase, block)| {
        let value = figure(block)?;
        Some(Beside {
            phase,
            value: value.rate,
            calm_phase,
            calm: calm.rate,
            difference: difference(value, calm)?,
        })
    });
    beside.min_by(|one, other| {
        let proof = other.is_worse().cmp(&one.is_worse());
        proof.then(one.value.total_cmp(&other.value))
    })
}

/// One minus the other with a 95 % interval from both intervals (Newcombe 1998, method 10; Zou and Donner 2008 for
/// figures other than shares).
fn difference(one: Interval, other: Interval) -> Option<Interval> {
    let rate = one.rate - other.rate;
    let below = (one.rate - one.low).hypot(other.high - other.rate);
    let above = (one.high - one.rate).hypot(other.rate - other.low);
    interval(rate, rate - below, rate + above)
}

fn interval(rate: f64, low: f64, high: f64) -> Option<Interval> {
    [rate, low, high]
        .iter()
        .all(|value| value.is_finite())
        .then_some(Interval { rate, low, high })
}

fn worst_channel(run: &Run) -> Option<WorstChannel<'_>> {
    let missed = || {
        run.by_channel
            .iter()
            .filter_map(|(name, block)| Some((name, block.missed?)))
    };
    let (name, worst) = missed().max_by(|(_, one), (_, other)| one.rate.total_cmp(&other.rate))?;
    let (best, least) = missed().min_by(|(_, one), (_, other)| one.rate.total_cmp(&other.rate))?;
    (worst.low > least.high).then_some(WorstChannel {
        name,
        missed: worst.rate,
        best,
        best_missed: least.rate,
    })
}

fn failing_check(totals: &Block) -> Option<(&str, CheckCounts)> {
    let checks = totals.quality.checks.iter().filter(|(_, counts)| counts.fail > 0);
    let (name, counts) = checks.max_by_key(|(_, counts)| counts.fail)?;
    Some((name, *counts))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    #[test]
    fn the_fates_add_up_to_what_was_sent_and_not_cut_short() {
        let (run, evidence) = fixture::singles_day();
        let found = find(&run, &evidence);
        assert_eq!(found.fates.all(), counted(&run.totals.turns));
        assert_eq!(found.fates.missed(), run.totals.turns.late + dropped(&run.totals.turns));
    }

    #[test]
    fn the_peak_is_found_beside_the_calm_phase() {
        let (run, evidence) = fixture::singles_day();
        let beside = find(&run, &evidence).served.expect("the fixture has a calm phase");
        assert_eq!((beside.phase, beside.calm_phase), ("midnight", "calm"));
        assert!(beside.is_worse() && beside.difference.low < beside.difference.rate);
    }

    #[test]
    fn a_phase_that_is_provably_worse_comes_before_a_thin_one_that_only_looks_worse() {
        let (mut run, evidence) = fixture::singles_day();
        let set = |run: &mut Run, phase: &str, rate: f64, half: f64| {
            let (low, high) = (rate - half, rate + half);
            run.by_phase.get_mut(phase).expect("in the fixture").served = Some(Interval { rate, low, high });
        };
        run.by_phase.values_mut().for_each(|block| block.served = None);
        set(&mut run, "calm", 0.99, 0.01);
        set(&mut run, "midnight", 0.8, 0.05);
        set(&mut run, "after", 0.7, 0.4);
        let beside = find(&run, &evidence).served.expect("three phases have data");
        assert_eq!((beside.phase, beside.is_worse()), ("midnight", true));
    }

    #[test]
    fn the_largest_loss_names_its_channel_only_among_several() {
        let (mut run, evidence) = fixture::singles_day();
        assert_eq!(
            find(&run, &evidence).loss.map(|loss| loss.channel),
            Some(Some("wechat"))
        );
        run.by_channel.retain(|name, _| name == "wechat");
        assert_eq!(find(&run, &evidence).loss.map(|loss| loss.channel), Some(None));
    }

    #[test]
    fn a_difference_is_as_wide_as_both_intervals_make_it() {
        let at = |rate: f64, half: f64| Interval {
            rate,
            low: rate - half,
            high: rate + half,
        };
        let found = difference(at(0.6, 0.03), at(0.9, 0.04)).expect("finite");
        assert!((found.rate + 0.3).abs() < 1e-9 && (found.high + 0.25).abs() < 1e-9 && (found.low + 0.35).abs() < 1e-9);
        assert_eq!(difference(at(f64::NAN, 0.1), at(0.9, 0.1)), None);
    }

    #[test]
    fn a_run_without_data_has_no_findings() {
        let (run, evidence) = fixture::nothing();
        let found = find(&run, &evidence);
        assert_eq!(
            (found.loss, found.served, found.quality, found.broke),
            (None, None, None, None)
        );
        assert_eq!(
            (found.worst_channel, found.failing_check, found.fates.all()),
            (None, None, 0)
        );
    }
}
