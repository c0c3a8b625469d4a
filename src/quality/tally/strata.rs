//! Turns of one kind in each phase, block of time by block of time: what a fair comparison of two phases rests on.
//!
//! A stratum is a goal, a persona, a channel and a position in the conversation. Whole numbers only, so that the parts of
//! a run merge to the same sums in any order. Blocks, positions and so the memory are fixed by the plan
//! ([`Strata::of`]), however long the run: at most [`MOST_CELLS`] cells.

use std::time::Duration;

use super::super::cause::Cause;
use super::super::check::CHECK_COUNT;
use super::super::{Finding, Served, TurnScore};
use super::blocks::Sum;
use crate::conversation::{ByNumber, Labels, Turn};
use crate::scenario::Scenario;

/// What is compared: the served share, the quality, and each check's failures.
pub(super) const SERVED: usize = 0;
pub(super) const QUALITY: usize = 1;
pub(super) const FIRST_CHECK: usize = 2;
pub(super) const MEASURES: usize = FIRST_CHECK + CHECK_COUNT;

/// Cells (stratum x phase x block) that a plan may have; a cell takes 16 bytes per measure.
const MOST_CELLS: usize = 1 << 16;
/// Blocks of time in a phase: at most, and at least.
const BLOCKS: (usize, usize) = (24, 8);
/// A block is at least this long, unless that leaves a phase fewer than four.
const SHORTEST_BLOCK_S: f64 = 1.0;
const LEAST_BLOCKS: usize = 4;
/// Positions in a conversation that are told apart; what comes later shares the last one.
const POSITIONS: u16 = 8;

/// Turns that can be compared with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Stratum {
    pub(super) channel: u16,
    pub(super) goal: u16,
    pub(super) persona: u16,
    position: u16,
}

/// The blocks of time of a phase.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Clock {
    start: Duration,
    blocks: usize,
    blocks_per_s: f64,
    is_warm_up: bool,
}

impl Clock {
    /// What is due after the phase (the last one's drain) is in its last block.
    fn block(&self, due_at: Duration) -> usize {
        let within = due_at.saturating_sub(self.start).as_secs_f64();
        ((within * self.blocks_per_s) as usize).min(self.blocks - 1)
    }
}

/// Turns of one stratum in one phase.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// By block, then by measure.
    pub(super) blocks: Vec<[Sum; MEASURES]>,
    /// Turns that did not serve, by the place of their cause.
    pub(super) causes: [u64; Cause::COUNT],
}

impl Cell {
    fn new(blocks: usize) -> Cell {
        Cell {
            blocks: vec![[Sum::default(); MEASURES]; blocks],
            causes: [0; Cause::COUNT],
        }
    }

    /// A measure over all blocks.
    pub(super) fn sum(&self, measure: usize) -> Sum {
        let mut all = Sum::default();
        self.blocks.iter().for_each(|block| all.add(block[measure]));
        all
    }

    fn merge(&mut self, other: &Cell) {
        for (sum, others) in self.blocks.iter_mut().flatten().zip(other.blocks.iter().flatten()) {
            sum.add(*others);
        }
        for (count, others) in self.causes.iter_mut().zip(&other.causes) {
            *count += others;
        }
    }
}

/// Sums by stratum, phase and block of time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Strata {
    pub(super) baseline: u16,
    clocks: Vec<Clock>,
    positions: u16,
    cells: ByNumber<(u16, Stratum), Cell>,
}

impl Strata {
    /// Empty sums for a run of this scenario; absent when nothing is to be compared, or when it has so many kinds of
    /// turns that they would take more than [`MOST_CELLS`].
    pub(super) fn of(scenario: &Scenario) -> Option<Strata> {
        let phases = &scenario.file.traffic.phases;
        let compared = phases.iter().filter(|phase| !phase.is_warm_up()).count();
        if compared < 2 {
            return None;
        }
        let (positions, most_blocks) = affordable(scenario.mix.len() * compared)?;
        let places = (0..phases.len()).filter_map(|place| u16::try_from(place).ok());
        let clocks = places.zip(phases).map(|(place, phase)| {
            let seconds = phase.length().as_secs_f64();
            let blocks = ((seconds / SHORTEST_BLOCK_S) as usize).clamp(LEAST_BLOCKS, most_blocks);
            Clock {
                start: scenario.phase_start(place),
                blocks,
                blocks_per_s: blocks as f64 / seconds.max(1e-3),
                is_warm_up: phase.is_warm_up(),
            }
        });
        Some(Strata {
            baseline: scenario.baseline,
            clocks: clocks.collect(),
            positions,
            cells: ByNumber::default(),
        })
    }

    /// Adds a turn that was not cut short.
    pub(super) fn add(&mut self, turn: &Turn, score: Option<&TurnScore>, served: Served) {
        let labels = &turn.labels;
        let clock = self.clocks.get(usize::from(labels.phase));
        let Some(clock) = clock.filter(|clock| !clock.is_warm_up) else {
            return;
        };
        let key = (labels.phase, self.stratum(labels, turn.number));
        let cell = self.cells.entry(key).or_insert_with(|| Cell::new(clock.blocks));
        if let Some(cause) = Cause::of(turn, score) {
            cell.causes[cause.place()] += 1;
        }
        let block = &mut cell.blocks[clock.block(turn.due_at)];
        block[SERVED].add(Sum::of(f64::from(served == Served::Yes)));
        let Some(score) = score else {
            return;
        };
        if let Some(quality) = score.quality {
            block[QUALITY].add(Sum::of(quality));
        }
        for (sum, finding) in block[FIRST_CHECK..].iter_mut().zip(&score.findings) {
            match finding {
                Finding::Pass => sum.add(Sum::of(0.0)),
                Finding::Fail(_) => sum.add(Sum::of(1.0)),
                Finding::Unscored => {}
            }
        }
    }

    fn stratum(&self, labels: &Labels, position: u16) -> Stratum {
        Stratum {
            channel: labels.channel,
            goal: labels.goal,
            persona: labels.persona,
            position: position.min(self.positions),
        }
    }

    pub(super) fn merge(&mut self, other: &Strata) {
        debug_assert_eq!(self.clocks, other.clocks, "strata of different plans cannot be added");
        for (key, cell) in &other.cells {
            self.cells
                .entry(*key)
                .or_insert_with(|| Cell::new(cell.blocks.len()))
                .merge(cell);
        }
    }

    /// The strata of a phase in a fixed order, each beside the baseline's, where that has it.
    pub(super) fn beside_calm(&self, phase: u16) -> Vec<(Stratum, &Cell, Option<&Cell>)> {
        let of_phase = self.cells.iter().filter(|((place, _), _)| *place == phase);
        let mut pairs: Vec<_> = of_phase
            .map(|((_, stratum), cell)| (*stratum, cell, self.cells.get(&(self.baseline, *stratum))))
            .collect();
        pairs.sort_unstable_by_key(|(stratum, ..)| *stratum);
        pairs
    }
}

/// Positions and blocks a phase for which so many kinds of turns (mix x phases) stay within bounds: as many positions as
/// leave the fewest blocks, then as many blocks as there is room for.
fn affordable(kinds: usize) -> Option<(u16, usize)> {
    let room = MOST_CELLS / kinds.max(1);
    let positions = usize::from(POSITIONS).min(room / BLOCKS.1);
    let blocks = (room / positions.max(1)).min(BLOCKS.0);
    (positions > 0).then(|| (u16::try_from(positions).unwrap_or(POSITIONS), blocks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_plan_takes_is_bounded_before_the_run() {
        assert_eq!(affordable(40), Some((8, 24)));
        for kinds in [1, 40, 500, 2_000, 8_000] {
            let (positions, blocks) = affordable(kinds).unwrap();
            assert!(kinds * usize::from(positions) * blocks <= MOST_CELLS);
            assert!(blocks >= BLOCKS.1, "{kinds}");
        }
        assert_eq!(affordable(10_000), None);
    }

    #[test]
    fn a_turn_after_its_phase_is_in_the_last_block() {
        let clock = Clock {
            start: Duration::from_secs(60),
            blocks: 4,
            blocks_per_s: 0.4,
            is_warm_up: false,
        };
        for (second, block) in [(0, 0), (60, 0), (62, 0), (63, 1), (69, 3), (500, 3)] {
            assert_eq!(clock.block(Duration::from_secs(second)), block);
        }
    }
}
