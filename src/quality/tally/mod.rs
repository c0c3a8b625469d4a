//! Adds up scores by slice.

mod blocks;
mod chance;
mod facts;
mod marks;
mod paired;
mod strata;
#[cfg(test)]
pub(super) mod testing;

pub use facts::{ClaimCounts, FactCounts, FactTally, StaleCounts};
pub use paired::{Difference, Incomparable, Lost, Paired};

use std::collections::BTreeMap;

use super::check::CHECK_COUNT;
use super::{Confusion, Served, TurnScore};
use crate::conversation::{ByNumber, Labels, Outcome, Slice, Turn};
use crate::scenario::Scenario;
use blocks::{Blocks, Sum};
use marks::Marks;
use paired::Pairing;
use strata::Strata;

/// The sums of one slice.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SliceTally {
    /// Turns in the denominator of served: all but cut short.
    pub turns: u64,
    /// Answered turns (in time or late).
    pub answered: u64,
    /// Turns that served.
    pub served: u64,
    /// Turns for which it could not be told.
    pub served_unknown: u64,
    /// Turns with a quality.
    pub scored: u64,
    /// Per check: pass, fail, unscored; of all turns but cut short.
    pub checks: [[u64; 3]; CHECK_COUNT],
    /// Answered turns by their hard gates: none failed and one passed, one failed, none could tell.
    pub gates: [u64; 3],
    /// Scores of the soft checks of answered turns, each the mean of those that could be scored.
    soft: Sum,
    /// Replies with another customer's order number; those of turns that were cut short too.
    pub cross_talk: u64,
    /// What customers wanted and what the bot took them to want; of all turns but cut short.
    pub confusion: Confusion,
}

/// Turns that served, of those due in one second on one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServedSecond {
    /// Seconds since the run's start, rounded down.
    pub second: u32,
    /// Place of the channel.
    pub channel: u16,
    /// How many served.
    pub served: u64,
}

/// Adds up scores by slice. Bounded: its size grows with the scenario, not with the run, as long as its seconds are
/// taken ([`Tally::take_seconds`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    slices: Vec<Slice>,
    sums: Vec<SliceTally>,
    qualities: Vec<Blocks>,
    seconds: BTreeMap<(u32, u16), u64>,
    facts: FactTally,
    /// By what customers wanted, warm-up left out; as many as the scenario has intents.
    by_intent: BTreeMap<u16, (SliceTally, Blocks)>,
    /// What phases are compared by; absent when they are not.
    strata: Option<Strata>,
    /// The slices that hold turns with these labels; a scenario has few different labels.
    places: Places,
}

/// A memory that says nothing about the sums: tallies that remember different labels are alike.
#[derive(Debug, Clone, Default)]
struct Places(ByNumber<Labels, Vec<usize>>);

impl PartialEq for Places {
    fn eq(&self, _: &Places) -> bool {
        true
    }
}

impl Tally {
    /// A tally of these slices.
    pub fn new(slices: &[Slice]) -> Tally {
        Tally {
            slices: slices.to_vec(),
            sums: vec![SliceTally::default(); slices.len()],
            qualities: vec![Blocks::default(); slices.len()],
            seconds: BTreeMap::new(),
            facts: FactTally::default(),
            by_intent: BTreeMap::new(),
            strata: None,
            places: Places::default(),
        }
    }

    /// A tally that compares the phases of this scenario with its calm one besides.
    pub fn comparing(slices: &[Slice], scenario: &Scenario) -> Tally {
        Tally {
            strata: Strata::of(scenario),
            ..Tally::new(slices)
        }
    }

    /// Adds a turn; without a score (the queue overflowed) it counts as unscored.
    pub fn record(&mut self, turn: &Turn, score: Option<&TurnScore>) {
        let second = second_of(turn);
        let is_cut_short = turn.outcome == Outcome::CutShort;
        let served = Served::of(turn, score);
        let marks = Marks::of(turn, score, served);
        let slices = &self.slices;
        let places = self.places.0.entry(turn.labels).or_insert_with(|| {
            let holding = slices.iter().enumerate().filter(|(_, slice)| slice.holds(&turn.labels));
            holding.map(|(place, _)| place).collect()
        });
        for place in places {
            let sums = &mut self.sums[*place];
            sums.cross_talk += score.map_or(0, |score| u64::from(score.cross_talk));
            if is_cut_short {
                continue;
            }
            sums.add(&marks);
            if let Some(quality) = score.and_then(|score| score.quality) {
                self.qualities[*place].add(second, quality);
            }
        }
        if let Some(score) = score.filter(|_| !is_cut_short) {
            self.facts.record(turn, score);
            self.add_to_intent(turn, score, &marks);
        }
        if served == Served::Yes && !is_cut_short {
            *self.seconds.entry((second, turn.labels.channel)).or_default() += 1;
        }
        if let Some(strata) = self.strata.as_mut().filter(|_| !is_cut_short) {
            strata.add(turn, score, served);
        }
    }

    fn add_to_intent(&mut self, turn: &Turn, score: &TurnScore, marks: &Marks) {
        let Some(wanted) = score.wanted.filter(|_| !turn.labels.warm_up) else {
            return;
        };
        let (sums, quality) = self.by_intent.entry(wanted).or_default();
        sums.add(marks);
        if let Some(scored) = score.quality {
            quality.add(second_of(turn), scored);
        }
    }

    /// Adds another tally of the same slices.
    pub fn merge(&mut self, other: &Tally) {
        debug_assert_eq!(self.slices, other.slices, "tallies of different slices cannot be added");
        for (sums, others) in self.sums.iter_mut().zip(&other.sums) {
            sums.merge(others);
        }
        for (quality, others) in self.qualities.iter_mut().zip(&other.qualities) {
            quality.merge(others);
        }
        self.facts.merge(&other.facts);
        for (intent, (others, qualities)) in &other.by_intent {
            let (sums, quality) = self.by_intent.entry(*intent).or_default();
            sums.merge(others);
            quality.merge(qualities);
        }
        for (key, count) in &other.seconds {
            *self.seconds.entry(*key).or_default() += count;
        }
        if let (Some(strata), Some(others)) = (&mut self.strata, &other.strata) {
            strata.merge(others);
        }
    }

    /// What became of each fact, in the whole run.
    pub fn facts(&self) -> &FactTally {
        &self.facts
    }

    /// By what customers wanted (places in [`Intents`](super::Intents)): the sums, and the mean quality with its interval.
    pub fn by_intent(&self, confidence: f64) -> impl Iterator<Item = (u16, &SliceTally, Option<(f64, f64, f64)>)> {
        let intents = self.by_intent.iter();
        intents.map(move |(intent, (sums, quality))| (*intent, sums, quality.mean_with_interval(confidence)))
    }

    /// The sums of the slice with this place in the list given to [`Tally::new`].
    pub fn slice(&self, place: usize) -> &SliceTally {
        &self.sums[place]
    }

    /// Mean quality with its interval at this confidence (0.95 for 95 %), from time blocks; absent when nothing was
    /// scored.
    pub fn quality(&self, place: usize, confidence: f64) -> Option<(f64, f64, f64)> {
        self.qualities[place].mean_with_interval(confidence)
    }

    /// Of this slice: turns that served, turns for which it could not be told, and all turns but cut short.
    pub fn served(&self, place: usize) -> (u64, u64, u64) {
        let sums = &self.sums[place];
        (sums.served, sums.served_unknown, sums.turns)
    }

    /// A phase beside the calm one, over all channels and then channel by channel (by their places, as many as given);
    /// absent when phases are not compared.
    pub fn beside_calm(&self, phase: u16, channels: u16) -> Option<(Paired, Vec<Paired>)> {
        let pairing = Pairing::of(self.strata.as_ref()?, phase);
        let by_channel = (0..channels).map(|channel| pairing.on(Some(channel)));
        Some((pairing.on(None), by_channel.collect()))
    }

    /// The turns that served and were due before this second, by second and channel; they are forgotten here. A turn
    /// that closes later brings its second up again: the caller adds it.
    pub fn take_seconds(&mut self, before: u32) -> Vec<ServedSecond> {
        let later = self.seconds.split_off(&(before, 0));
        let taken = std::mem::replace(&mut self.seconds, later);
        let second = |((second, channel), served)| ServedSecond {
            second,
            channel,
            served,
        };
        taken.into_iter().map(second).collect()
    }
}

impl SliceTally {
    /// Mean of the soft checks' scores, 0 to 1; absent when none could be scored.
    pub fn soft(&self) -> Option<f64> {
        (self.soft.count > 0).then(|| self.soft.mean())
    }

    fn add(&mut self, turn: &Marks) {
        self.turns += 1;
        self.answered += u64::from(turn.is_answered);
        self.served += u64::from(turn.served == Served::Yes);
        self.served_unknown += u64::from(turn.served == Served::Unknown);
        self.scored += u64::from(turn.is_scored);
        if let Some(understood) = turn.understood {
            self.confusion.add(understood);
        }
        for (counts, column) in self.checks.iter_mut().zip(turn.checks) {
            counts[usize::from(column)] += 1;
        }
        if let Some(gates) = turn.gates {
            self.gates[usize::from(gates)] += 1;
        }
        if let Some(soft) = turn.soft {
            self.soft.add(soft);
        }
    }

    fn merge(&mut self, other: &SliceTally) {
        self.turns += other.turns;
        self.answered += other.answered;
        self.served += other.served;
        self.served_unknown += other.served_unknown;
        self.scored += other.scored;
        self.cross_talk += other.cross_talk;
        self.soft.add(other.soft);
        for (count, others) in self.gates.iter_mut().zip(&other.gates) {
            *count += others;
        }
        self.confusion.merge(&other.confusion);
        for (counts, others) in self.checks.iter_mut().flatten().zip(other.checks.iter().flatten()) {
            *counts += others;
        }
    }
}

/// The second of the run in which it was due, rounded down.
fn second_of(turn: &Turn) -> u32 {
    u32::try_from(turn.due_at.as_secs()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
