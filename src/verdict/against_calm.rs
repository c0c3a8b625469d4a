//! What got worse when the peak came: each phase beside the calm one, like with like, as `run.json` writes it.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::quality::{Difference, Incomparable, Paired};
use crate::scenario::{Metric, Scenario};

use super::figure::{LEAST_SCORED, Measured, is_cut_off};

/// A phase beside the calm one: turns of the same goal, persona, channel and position in the conversation, weighted as
/// they come in this phase.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct AgainstCalm {
    /// The phase's turns but those cut short.
    pub turns: u64,
    /// Share of them whose like the calm phase has too; below 0.8 nothing is compared.
    pub coverage: Option<f64>,
    /// Why `served` is not compared; `null` when it is.
    pub not_comparable: Option<NotComparable>,
    /// Share of turns that served.
    pub served: Option<Change>,
    /// Mean quality of the answers.
    pub quality: Option<Change>,
    /// Share of scored answers that failed each check; every check is present.
    pub checks: BTreeMap<String, Option<Change>>,
    /// By channel; every channel is present.
    pub by_channel: IndexMap<String, ChannelAgainstCalm>,
    /// What the change of `served` is made of, most lost first; with the sign turned the shares add up to it.
    pub lost: Vec<LostTurns>,
}

/// A phase beside the calm one, on one channel.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ChannelAgainstCalm {
    /// The phase's turns on it but those cut short.
    pub turns: u64,
    /// Share of them whose like the calm phase has too.
    pub coverage: Option<f64>,
    /// Share of turns that served.
    pub served: Option<Change>,
    /// Mean quality of the answers.
    pub quality: Option<Change>,
}

/// A figure in a phase and when calm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// In the phase, of its comparable turns.
    pub phase: f64,
    /// When calm, with the phase's mix of turns.
    pub calm: f64,
    /// The phase's minus the calm one's.
    pub change: f64,
    /// Lower end of the change's 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The phase's turns that it rests on.
    pub turns: u64,
}

impl Change {
    /// True when the whole interval lies below zero.
    pub fn is_fall(&self) -> bool {
        self.high < 0.0
    }

    /// True when the whole interval lies above zero.
    pub fn is_rise(&self) -> bool {
        self.low > 0.0
    }
}

/// Turns lost to one cause on one channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LostTurns {
    /// Why they did not serve: an outcome, a check, or `unscored`.
    pub cause: String,
    /// The channel.
    pub channel: String,
    /// Of the phase's comparable turns: the cause's share there minus its share when calm. Below zero, fewer were lost.
    pub share: f64,
}

/// Why a phase is not compared with the calm one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotComparable {
    /// Fewer than 20 turns in one of the two, or all of them at once.
    TooFewTurns,
    /// Less than 80 % of the phase's turns have their like in the calm phase.
    TooLittleAlike,
    /// More than 0.5 % of the turns of one of the two were cut short.
    CutShort,
    /// The scenario has too many kinds of turns to keep them apart.
    TooManyKinds,
}

/// Every phase but warm-up and the calm one, beside the calm one; none when there is no other.
pub(super) fn against_calm(measured: &Measured<'_>) -> IndexMap<String, AgainstCalm> {
    let scenario = measured.scenario;
    let names = scenario.phase_names().into_iter().enumerate();
    let phases = names.filter_map(|(place, name)| Some((u16::try_from(place).ok()?, name)));
    phases
        .filter(|(place, _)| *place != scenario.baseline && !scenario.is_warm_up(*place))
        .map(|(place, name)| (name, phase(measured, place)))
        .collect()
}

fn phase(measured: &Measured<'_>, place: u16) -> AgainstCalm {
    let scenario = measured.scenario;
    let channels = u16::try_from(scenario.channels.len()).unwrap_or(u16::MAX);
    let Some((paired, by_channel)) = measured.tally.beside_calm(place, channels) else {
        let nothing: AgainstCalm = AgainstCalm {
            turns: measured.tally.slice(measured.slices.phases[usize::from(place)]).turns,
            not_comparable: Some(NotComparable::TooManyKinds),
            checks: Metric::CHECKS.iter().map(|name| ((*name).to_owned(), None)).collect(),
            ..AgainstCalm::default()
        };
        return nothing;
    };
    let both = [place, scenario.baseline].map(|phase| measured.slices.phases[usize::from(phase)]);
    let has_rates = !both.iter().any(|place| is_cut_off(measured.metrics, *place));
    let has_quality = !both.iter().any(|place| is_hardly_scored(measured, *place));
    let checks = Metric::CHECKS.iter().zip(paired.checks);
    let channel = |(channel, paired): (&crate::scenario::Channel, Paired)| {
        let numbers = ChannelAgainstCalm {
            turns: paired.turns,
            coverage: coverage(&paired),
            served: change(paired.served).filter(|_| has_rates),
            quality: change(paired.quality).filter(|_| has_quality),
        };
        (channel.name.clone(), numbers)
    };
    AgainstCalm {
        turns: paired.turns,
        coverage: coverage(&paired),
        not_comparable: match paired.served {
            _ if !has_rates => Some(NotComparable::CutShort),
            Ok(_) => None,
            Err(Incomparable::TooFewTurns) => Some(NotComparable::TooFewTurns),
            Err(Incomparable::TooLittleAlike) => Some(NotComparable::TooLittleAlike),
        },
        served: change(paired.served).filter(|_| has_rates),
        quality: change(paired.quality).filter(|_| has_quality),
        checks: checks
            .map(|(name, found)| ((*name).to_owned(), change(found)))
            .collect(),
        lost: if has_rates { lost(scenario, &paired) } else { Vec::new() },
        by_channel: scenario.channels.iter().zip(by_channel).map(channel).collect(),
    }
}

fn coverage(paired: &Paired) -> Option<f64> {
    (paired.turns > 0).then(|| paired.comparable as f64 / paired.turns as f64)
}

/// So few answers of this slice have a score that those which have one would flatter or blame.
fn is_hardly_scored(measured: &Measured<'_>, place: usize) -> bool {
    let tally = measured.tally.slice(place);
    (tally.scored as f64) < LEAST_SCORED * tally.answered as f64
}

fn change(difference: Result<Difference, Incomparable>) -> Option<Change> {
    difference.ok().map(|found| Change {
        phase: found.phase,
        calm: found.calm,
        change: found.change,
        low: found.low,
        high: found.high,
        turns: found.turns,
    })
}

fn lost(scenario: &Scenario, paired: &Paired) -> Vec<LostTurns> {
    let mut lost: Vec<LostTurns> = paired
        .lost
        .iter()
        .filter_map(|lost| {
            Some(LostTurns {
                cause: lost.cause.word().to_owned(),
                channel: scenario.channels.get(usize::from(lost.channel))?.name.clone(),
                share: lost.share,
            })
        })
        .collect();
    lost.sort_by(|one, other| other.share.total_cmp(&one.share));
    lost
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Played, scenario, with_warm_up};
    use super::*;
    use crate::conversation::Outcome;

    /// 300 turns a phase and channel, of which so many were refused.
    fn played(refused: [[u64; 2]; 2]) -> Played {
        let mut played = Played::new(scenario(&["calm", "peak"], Vec::new()));
        for (phase, channels) in (0u16..).zip(refused) {
            for (channel, refused) in (0u16..).zip(channels) {
                played.spread_over(phase, channel, Outcome::Refused, refused);
                played.spread_over(phase, channel, Outcome::Answered, 300 - refused);
            }
        }
        played
    }

    #[test]
    fn the_peak_is_told_beside_the_calm_phase_with_what_was_lost_where() {
        let compared = against_calm(&played([[30, 30], [30, 150]]).measured());
        assert_eq!(compared.keys().collect::<Vec<_>>(), ["peak"]);
        let peak = &compared["peak"];
        let served = peak.served.unwrap();
        assert_eq!((peak.turns, peak.coverage, peak.not_comparable), (600, Some(1.0), None));
        assert!((served.change + 0.2).abs() < 1e-9 && served.is_fall(), "{served:?}");
        assert_eq!(
            (peak.lost[0].cause.as_str(), peak.lost[0].channel.as_str()),
            ("refused", "wechat")
        );
        assert!((peak.lost.iter().map(|lost| lost.share).sum::<f64>() + served.change).abs() < 1e-9);
        assert!(!peak.by_channel["web"].served.unwrap().is_fall());
        assert_eq!(peak.checks.len(), Metric::CHECKS.len());
    }

    #[test]
    fn no_difference_gives_an_interval_that_holds_none() {
        let served = against_calm(&played([[30, 30], [30, 30]]).measured())["peak"]
            .served
            .unwrap();
        assert!(served.low < 0.0 && 0.0 < served.high, "{served:?}");
    }

    #[test]
    fn what_was_cut_short_is_not_compared() {
        let mut played = played([[30, 30], [30, 30]]);
        played.spread_over(1, 0, Outcome::CutShort, 30);
        let peak = &against_calm(&played.measured())["peak"];
        assert_eq!(
            (peak.served, peak.not_comparable),
            (None, Some(NotComparable::CutShort))
        );
        assert!(peak.lost.is_empty());
    }

    #[test]
    fn a_single_phase_beside_a_warm_up_is_compared_with_nothing() {
        let played = Played::new(with_warm_up(scenario(&["warm", "peak"], Vec::new()), 0));
        let mut scenario = played.scenario.clone();
        scenario.baseline = 1;
        assert!(against_calm(&Played::new(scenario).measured()).is_empty());
    }
}
