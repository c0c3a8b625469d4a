//! A phase beside the calm one, like with like.
//!
//! Direct standardisation: in each stratum s that both phases have, the phase's n_s turns with mean p_s stand beside the
//! calm mean c_s; the difference is the mean of p_s - c_s weighted by n_s, so that a peak which brings other customers is
//! not mistaken for a bot that got worse. Over the blocks b of the phase and k of the calm one
//!
//! ```text
//!  difference = sum_b sum_s (x_sb - n_sb c_s) / sum_b sum_s n_sb
//!  the calm means' part, to first order: sum_k sum_s n_s / calm n_s (x_sk - n_sk c_s) / N, over sum_k sum_s n_sk
//! ```
//!
//! How far either ratio may be off by chance, [`chance`](super::chance) says; at least as far as a share of as many
//! independent turns (Wilson), since blocks that are all alike would make it certain, and never beyond 0 and 1. The two are
//! joined as those of independent shares are (Newcombe 1998, method 10; for any two means, Zou and Donner 2008).

use super::super::cause::Cause;
use super::super::check::CHECK_COUNT;
use super::blocks::wilson;
use super::chance::Ratio;
use super::strata::{Cell, FIRST_CHECK, QUALITY, SERVED, Strata, Stratum};

/// Of the intervals.
const CONFIDENCE: f64 = 0.95;
/// Fewer turns than this in either phase, and there is no figure.
const LEAST_TURNS: f64 = 20.0;
/// Nor with fewer blocks of time (of the same size) that tell as much.
const LEAST_BLOCKS: f64 = 3.0;
/// With less of the phase's turns in strata that the calm phase has too, there is no figure.
const LEAST_COVERAGE: f64 = 0.8;

/// A phase beside the calm one.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// Turns of the phase, but for those cut short.
    pub turns: u64,
    /// Those of a goal, persona, channel and position that the calm phase has too.
    pub comparable: u64,
    /// Share of turns that served.
    pub served: Result<Difference, Incomparable>,
    /// Mean quality.
    pub quality: Result<Difference, Incomparable>,
    /// Share of scored answers that failed each check.
    pub checks: [Result<Difference, Incomparable>; CHECK_COUNT],
    /// What the change of the served share is made of; empty where that is not compared.
    pub lost: Vec<Lost>,
}

/// A figure of a phase beside the same figure of the calm phase, as it would be with the phase's mix of turns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The phase's.
    pub phase: f64,
    /// The calm phase's.
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

/// Why two phases cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Incomparable {
    /// Fewer than 20 in one of the two, or all of them at once.
    TooFewTurns,
    /// Less than 80 % of the phase's turns have their like in the calm phase.
    TooLittleAlike,
}

/// Turns lost (or, below zero, won) to one cause on one channel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lost {
    /// Why they did not serve.
    pub cause: Cause,
    /// Place of the channel.
    pub channel: u16,
    /// Of the phase's comparable turns: the cause's share there minus its share when calm. All of them add up to the
    /// change of the served share with its sign turned.
    pub share: f64,
}

type Pair<'a> = (Stratum, &'a Cell, Option<&'a Cell>);

/// Compares one phase with the calm one.
pub(super) struct Pairing<'a> {
    pairs: Vec<Pair<'a>>,
}

impl<'a> Pairing<'a> {
    pub(super) fn of(strata: &'a Strata, phase: u16) -> Pairing<'a> {
        Pairing {
            pairs: strata.beside_calm(phase),
        }
    }

    /// On all channels, or on one.
    pub(super) fn on(&self, channel: Option<u16>) -> Paired {
        let chosen = |pair: &&Pair<'a>| channel.is_none_or(|channel| pair.0.channel == channel);
        let pairs: Vec<Pair<'a>> = self.pairs.iter().filter(chosen).copied().collect();
        let served = Standardised::of(&pairs, SERVED);
        let unknown = served.unknown(&pairs);
        let served_difference = served.difference().map(|difference| Difference {
            // What could not be told may have served or not, in both phases.
            low: (difference.low - unknown.1).max(-1.0),
            high: (difference.high + unknown.0).min(1.0),
            ..difference
        });
        Paired {
            turns: served.all as u64,
            comparable: served.turns as u64,
            lost: if served_difference.is_ok() {
                served.lost(&pairs)
            } else {
                Vec::new()
            },
            served: served_difference,
            quality: Standardised::of(&pairs, QUALITY).difference(),
            checks: std::array::from_fn(|check| Standardised::of(&pairs, FIRST_CHECK + check).difference()),
        }
    }
}

/// A measure's sums over the strata that both phases have.
struct Standardised {
    measure: usize,
    /// Turns of the phase in all strata.
    all: f64,
    /// Turns of the phase in shared strata, and what they add up to.
    turns: f64,
    total: f64,
    /// What so many turns would add up to if each stratum were as in the calm phase.
    calm_total: f64,
    calm_turns: f64,
    /// Sum of the squared weights over the calm turns: 1 / as many turns as would tell as much.
    calm_thinness: f64,
    /// By block of the phase: what its turns add up to beyond what is calm, and how many they are.
    above_calm: Ratio,
    /// By block of the calm phase: how far it pulls the calm mean, and how many turns it has.
    calm_error: Ratio,
}

impl Standardised {
    fn of(pairs: &[Pair<'_>], measure: usize) -> Standardised {
        let blocks = |count: Option<usize>| Ratio {
            blocks: vec![(0.0, 0.0); count.unwrap_or(0)],
        };
        let mut sums = Standardised {
            measure,
            all: 0.0,
            turns: 0.0,
            total: 0.0,
            calm_total: 0.0,
            calm_turns: 0.0,
            calm_thinness: 0.0,
            above_calm: blocks(pairs.first().map(|(_, cell, _)| cell.blocks.len())),
            calm_error: blocks(pairs.iter().find_map(|(.., calm)| Some((*calm)?.blocks.len()))),
        };
        for (_, cell, calm) in pairs {
            sums.all += cell.sum(measure).count as f64;
            if let Some(calm) = calm {
                sums.add(cell, calm);
            }
        }
        // The pull is of sums; of means it is so much per turn of the phase, and the ratio divides by the calm turns.
        let scale = sums.calm_turns / sums.turns;
        sums.calm_error.blocks.iter_mut().for_each(|(above, _)| *above *= scale);
        sums
    }

    fn add(&mut self, cell: &Cell, calm: &Cell) {
        let (of_phase, of_calm) = (cell.sum(self.measure), calm.sum(self.measure));
        if of_phase.count == 0 || of_calm.count == 0 {
            return;
        }
        let (turns, calm_turns, calm_mean) = (of_phase.count as f64, of_calm.count as f64, of_calm.mean());
        self.turns += turns;
        self.total += of_phase.total();
        self.calm_total += turns * calm_mean;
        self.calm_turns += calm_turns;
        self.calm_thinness += turns * turns / calm_turns;
        let beyond = |ratio: &mut Ratio, cell: &Cell, weight: f64| {
            for (sums, block) in ratio.blocks.iter_mut().zip(&cell.blocks) {
                let sum = block[self.measure];
                sums.0 += weight * (sum.total() - sum.count as f64 * calm_mean);
                sums.1 += sum.count as f64;
            }
        };
        beyond(&mut self.above_calm, cell, 1.0);
        beyond(&mut self.calm_error, calm, turns / calm_turns);
    }

    fn difference(&self) -> Result<Difference, Incomparable> {
        if self.all < LEAST_TURNS {
            return Err(Incomparable::TooFewTurns);
        }
        if self.turns < LEAST_COVERAGE * self.all {
            return Err(Incomparable::TooLittleAlike);
        }
        let blocks = [&self.above_calm, &self.calm_error].map(Ratio::effective_blocks);
        if self.turns.min(self.calm_turns) < LEAST_TURNS || blocks[0].min(blocks[1]) < LEAST_BLOCKS {
            return Err(Incomparable::TooFewTurns);
        }
        let (phase, calm) = (self.total / self.turns, self.calm_total / self.turns);
        let (low, high) = ends(phase, &self.above_calm, self.turns);
        let (calm_low, calm_high) = ends(calm, &self.calm_error, self.turns * self.turns / self.calm_thinness);
        let change = phase - calm;
        Ok(Difference {
            phase,
            calm,
            change,
            low: change - (phase - low).hypot(calm_high - calm),
            high: change + (high - phase).hypot(calm - calm_low),
            turns: self.turns as u64,
        })
    }

    /// The shares of turns of which it could not be told whether they served: of the phase, and of the calm one.
    fn unknown(&self, pairs: &[Pair<'_>]) -> (f64, f64) {
        let place = Cause::Unscored.place();
        let mut shares = (0.0, 0.0);
        for (turns, calm_turns, cell, calm) in shared(pairs) {
            shares.0 += cell.causes[place] as f64 / self.turns;
            shares.1 += turns * (calm.causes[place] as f64 / calm_turns) / self.turns;
        }
        shares
    }

    /// The change by cause and channel, in the order of channels and causes; without those that never happened.
    fn lost(&self, pairs: &[Pair<'_>]) -> Vec<Lost> {
        let mut channels: Vec<u16> = pairs.iter().map(|(stratum, ..)| stratum.channel).collect();
        channels.dedup();
        let mut lost = Vec::new();
        for channel in channels {
            let here: Vec<Pair<'_>> = pairs.iter().filter(|pair| pair.0.channel == channel).copied().collect();
            for cause in Cause::all() {
                let place = cause.place();
                let mut share = 0.0;
                let mut happened = false;
                for (turns, calm_turns, cell, calm) in shared(&here) {
                    let (count, calm_count) = (cell.causes[place], calm.causes[place]);
                    happened |= count + calm_count > 0;
                    share += (count as f64 - turns * calm_count as f64 / calm_turns) / self.turns;
                }
                if happened {
                    lost.push(Lost { cause, channel, share });
                }
            }
        }
        lost
    }
}

/// Lower and upper end of a mean between 0 and 1 that may be off by as much as this ratio, and rests on so many turns.
fn ends(mean: f64, error: &Ratio, turns: f64) -> (f64, f64) {
    let tail = f64::midpoint(1.0, CONFIDENCE);
    let reach = error.reach(tail);
    let (low, high) = wilson(mean, turns, tail);
    ((mean - reach).min(low).max(0.0), (mean + reach).max(high).min(1.0))
}

/// Turns of phase and calm phase with their cells, for the strata that both have.
fn shared<'a>(pairs: &[Pair<'a>]) -> impl Iterator<Item = (f64, f64, &'a Cell, &'a Cell)> {
    pairs.iter().filter_map(|(_, cell, calm)| {
        let calm = (*calm)?;
        let turns = |cell: &Cell| cell.sum(SERVED).count as f64;
        Some((turns(cell), turns(calm), *cell, calm))
    })
}

#[cfg(test)]
mod tests;
