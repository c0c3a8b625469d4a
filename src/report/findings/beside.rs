//! The phase that stands out beside the calm one, and what most of its change is made of.

use crate::verdict::{AgainstCalm, Change, NotComparable, Run};

/// A figure of one phase beside that of the calm phase.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Beside<'run> {
    pub(in crate::report) phase: &'run str,
    pub(in crate::report) calm_phase: &'run str,
    pub(in crate::report) change: Change,
}

/// What most turns were lost to.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct MainCause<'run> {
    /// An outcome, a check or `unscored`.
    pub(in crate::report) cause: &'run str,
    /// Where most of it happened, and more than anything else anywhere; absent in a run over one channel.
    pub(in crate::report) channel: Option<&'run str>,
    /// Of the change of what was served; above 1 where something else got better.
    pub(in crate::report) part: f64,
}

/// A cause belongs to a channel that has this part of it.
const MOSTLY: f64 = 2.0 / 3.0;

/// The phase that lost most: the depth of its fall times its turns, so that a moment's dip does not hide the hour's. Without one that
/// provably fell, the one that rose furthest; else the lowest.
pub(in crate::report) fn standing_out<'run>(
    run: &'run Run,
    figure: impl Fn(&AgainstCalm) -> Option<Change>,
) -> Option<Beside<'run>> {
    let calm_phase = run.baseline.as_deref()?;
    let compared = || {
        run.against_calm.iter().filter_map(|(phase, against)| {
            let change = figure(against).filter(is_finite)?;
            Some(Beside {
                phase,
                calm_phase,
                change,
            })
        })
    };
    let by_change = |one: &Beside<'_>, other: &Beside<'_>| one.change.change.total_cmp(&other.change.change);
    let lost = |beside: &Beside<'_>| -beside.change.change * beside.change.turns as f64;
    let falls = compared().filter(|beside| beside.change.is_fall());
    let fell = falls.max_by(|one, other| lost(one).total_cmp(&lost(other)));
    let rose = || compared().filter(|beside| beside.change.is_rise()).max_by(by_change);
    fell.or_else(rose).or_else(|| compared().min_by(by_change))
}

/// The cause of which a phase lost most turns beside calm; absent where none was lost.
pub(in crate::report) fn main_cause<'run>(run: &'run Run, phase: &str) -> Option<MainCause<'run>> {
    let against = run.against_calm.get(phase)?;
    let fall = -against.served?.change;
    let mut causes: Vec<(&str, f64)> = Vec::new();
    for lost in &against.lost {
        match causes.iter_mut().find(|(cause, _)| *cause == lost.cause) {
            Some((_, share)) => *share += lost.share,
            None => causes.push((&lost.cause, lost.share)),
        }
    }
    let (cause, share) = causes
        .into_iter()
        .filter(|(_, share)| *share > 0.0)
        .max_by(|one, other| one.1.total_cmp(&other.1))?;
    let most = against
        .lost
        .iter()
        .max_by(|one, other| one.share.total_cmp(&other.share))?;
    let is_there = run.by_channel.len() > 1 && most.cause == cause && most.share >= MOSTLY * share;
    let on_channel = is_there.then_some(most.channel.as_str());
    let counted = if is_there { most.share } else { share };
    (fall > 0.0).then_some(MainCause {
        cause,
        channel: on_channel,
        part: counted / fall,
    })
}

/// The first phase that is not compared with the calm one, and why.
pub(in crate::report) fn not_compared(run: &Run) -> Option<(&str, NotComparable)> {
    let reasons = run.against_calm.iter();
    reasons
        .filter_map(|(phase, against)| Some((phase.as_str(), against.not_comparable?)))
        .next()
}

/// A damaged file must not make a finding.
fn is_finite(change: &Change) -> bool {
    [change.phase, change.calm, change.change, change.low, change.high]
        .iter()
        .all(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture;
    use super::*;
    use crate::verdict::LostTurns;

    /// A run with these changes of the served share, each with its reach.
    fn run(changes: &[(&str, f64, f64)]) -> Run {
        let mut run = fixture::singles_day().0;
        run.against_calm.clear();
        for (name, change, reach) in changes {
            let change = Change {
                phase: 0.9 + change,
                calm: 0.9,
                change: *change,
                low: change - reach,
                high: change + reach,
                turns: 100,
            };
            let against = AgainstCalm {
                served: Some(change),
                ..AgainstCalm::default()
            };
            run.against_calm.insert((*name).to_owned(), against);
        }
        run
    }

    #[test]
    fn a_phase_that_provably_fell_stands_out_before_one_that_may_only_look_worse() {
        let named = |changes: &[(&str, f64, f64)]| {
            let run = run(changes);
            standing_out(&run, |against| against.served).map(|beside| beside.phase.to_owned())
        };
        for (changes, name) in [
            (
                &[("thin", -0.3, 0.4), ("peak", -0.1, 0.05), ("after", -0.05, 0.01)][..],
                Some("peak"),
            ),
            (&[("same", -0.01, 0.02), ("better", 0.1, 0.02)], Some("better")),
            (&[("up", 0.01, 0.02), ("down", -0.01, 0.02)], Some("down")),
            (&[("odd", f64::NAN, 0.1)], None),
        ] {
            assert_eq!(named(changes).as_deref(), name, "{changes:?}");
        }
    }

    #[test]
    fn the_main_cause_is_named_with_its_channel_only_where_most_of_it_happened() {
        let lost = |cause: &str, channel: &str, share| LostTurns {
            cause: cause.to_owned(),
            channel: channel.to_owned(),
            share,
        };
        let mut run = run(&[("peak", -0.2, 0.01)]);
        let mut told = |lost: Vec<LostTurns>| {
            run.against_calm["peak"].lost = lost;
            let found = main_cause(&run, "peak");
            found.map(|found| {
                (
                    found.cause.to_owned(),
                    found.channel.map(str::to_owned),
                    (found.part * 100.0).round(),
                )
            })
        };
        let one = vec![
            lost("fallback", "wechat", 0.15),
            lost("fallback", "web", 0.01),
            lost("late", "web", 0.04),
        ];
        assert_eq!(
            told(one),
            Some(("fallback".to_owned(), Some("wechat".to_owned()), 75.0))
        );
        let spread = vec![
            lost("late", "web", 0.05),
            lost("fallback", "web", 0.06),
            lost("late", "wechat", 0.05),
            lost("late", "douyin", 0.04),
        ];
        assert_eq!(told(spread), Some(("late".to_owned(), None, 70.0)));
        let rival = vec![
            lost("refused", "wechat", 0.09),
            lost("late", "web", 0.07),
            lost("late", "wechat", 0.03),
        ];
        assert_eq!(told(rival), Some(("late".to_owned(), None, 50.0)));
        assert_eq!(told(vec![lost("late", "web", -0.1)]), None);
    }
}
