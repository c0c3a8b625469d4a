//! What the data of a run says, before any words: the findings that head every report.
//!
//! Each is absent when the data does not carry it; none is guessed.

mod beside;
mod breaking;
mod unserved;

pub(super) use beside::{Beside, MainCause};
pub(super) use breaking::{Break, breaking_point};
pub(super) use unserved::{Extent, Unserved};

use crate::conversation::Outcome;
use crate::verdict::{Block, CheckCounts, Evidence, NotComparable, Run, Turns};

/// The findings of a run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Findings<'run> {
    /// What became of all questions.
    pub(super) fates: Fates,
    /// What most of the missed questions have in common.
    pub(super) loss: Option<Loss<'run>>,
    /// That hardly anybody was served, peak or not.
    pub(super) unserved: Option<Unserved<'run>>,
    /// The phase whose served share stands out beside the calm one; absent where that served hardly anybody.
    pub(super) served: Option<Beside<'run>>,
    /// What it lost most turns to.
    pub(super) cause: Option<MainCause<'run>>,
    /// The phase whose quality stands out beside the calm one.
    pub(super) quality: Option<Beside<'run>>,
    /// A phase that is not compared, and why.
    pub(super) not_compared: Option<(&'run str, NotComparable)>,
    /// When the service broke.
    pub(super) broke: Option<Break<'run>>,
    /// The channel that missed most.
    pub(super) worst_channel: Option<WorstChannel<'run>>,
    /// The check that failed most often, with its counts.
    pub(super) failing_check: Option<(&'run str, CheckCounts)>,
}

impl<'run> Findings<'run> {
    /// The main cause, where the phase that stands out provably fell.
    pub(super) fn fall_cause(&self) -> Option<&MainCause<'run>> {
        let fell = self.served.as_ref()?.change.is_fall();
        self.cause.as_ref().filter(|_| fell)
    }
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
    /// Of the count, those that were answered late, but for a message that failed first.
    pub(super) after_failure: u64,
}

impl Loss<'_> {
    /// True where the bot was late mostly since it had failed before.
    pub(super) fn is_of_failures(&self) -> bool {
        self.after_failure * 2 > self.count
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
    let unserved = unserved::unserved(run);
    let served = beside::standing_out(run, |against| against.served).filter(|_| unserved.is_none());
    Findings {
        fates: Fates::of(&run.totals),
        loss: loss(run),
        cause: served.as_ref().and_then(|served| beside::main_cause(run, served.phase)),
        served,
        unserved,
        quality: beside::standing_out(run, |against| against.quality),
        not_compared: beside::not_compared(run),
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
                    after_failure: match outcome {
                        Outcome::Late => block.late_after_failure,
                        _ => 0,
                    },
                });
            }
        }
    }
    largest
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
        assert!(beside.change.is_fall());
        let cause = find(&run, &evidence).cause.expect("midnight lost turns");
        assert!(cause.part > 0.0 && cause.part < 1.0, "{cause:?}");
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
