//! Which of some patterns a text may match, told by their cues in one pass over it.
//!
//! The build script makes those of throng's own patterns beforehand, so this file leans on nothing else of the crate.

use std::collections::BTreeMap;

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};

/// The cues of up to 128 patterns, told apart by their places.
pub(crate) struct Index {
    /// Of each cue the place in `sets` of the patterns that have it. Absent where no pattern has cues.
    cues: Option<DoubleArrayAhoCorasick<u32>>,
    sets: Vec<Places>,
    /// The patterns without cues.
    always: Places,
}

/// Places of patterns, as a set of bits.
pub(crate) type Places = u128;

impl Index {
    /// How many patterns one tells apart.
    pub(crate) const MOST: usize = Places::BITS as usize;

    /// That of patterns with these cues, in their order; no cues where none are to be told, so that any text may match.
    pub(crate) fn new(of_each: &[Option<Vec<String>>]) -> Index {
        let (mut by_cue, mut always) = (BTreeMap::<&str, Places>::new(), 0);
        for (place, cues) in of_each.iter().enumerate() {
            match cues {
                Some(cues) => cues
                    .iter()
                    .for_each(|cue| *by_cue.entry(cue).or_default() |= 1 << place),
                None => always |= 1 << place,
            }
        }
        let mut sets: Vec<Places> = by_cue.values().copied().collect();
        sets.sort_unstable();
        sets.dedup();
        let of_cue = by_cue.iter().map(|(cue, patterns)| {
            let set = sets.partition_point(|set| set < patterns);
            (cue, u32::try_from(set).expect("cues are few"))
        });
        // Some of a lexicon's many cues may begin almost anywhere: to look for such places first would be in vain.
        let builder = DoubleArrayAhoCorasickBuilder::new().use_prefilter(false);
        let build = || {
            builder
                .build_with_values(of_cue)
                .expect("no cue is empty, each there once")
        };
        let cues = (!by_cue.is_empty()).then(build);
        Index { cues, sets, always }
    }

    /// The patterns that may match.
    pub(crate) fn may_match(&self, text: &str) -> Places {
        let found = self.cues.iter().flat_map(|cues| cues.find_overlapping_iter(text));
        found.fold(self.always, |patterns, cue| patterns | self.sets[cue.value() as usize])
    }

    /// One that was made before, of what [`Index::to_bytes`] gave.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Option<Index> {
        let (always, bytes) = places(bytes)?;
        let (count, mut bytes) = bytes.split_first_chunk()?;
        let mut sets = Vec::new();
        for _ in 0..u32::from_le_bytes(*count) {
            let (set, rest) = places(bytes)?;
            sets.push(set);
            bytes = rest;
        }
        let read = || Some(DoubleArrayAhoCorasick::deserialize(bytes).ok()?.0);
        let cues = if bytes.is_empty() { None } else { Some(read()?) };
        Some(Index { cues, sets, always })
    }

    /// It as bytes, the same on every machine.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let count = u32::try_from(self.sets.len()).expect("cues are few").to_le_bytes();
        let sets = self.sets.iter().flat_map(|set| set.to_le_bytes());
        let cues = self.cues.iter().flat_map(DoubleArrayAhoCorasick::serialize);
        let always = self.always.to_le_bytes().into_iter();
        always.chain(count).chain(sets).chain(cues).collect()
    }
}

fn places(bytes: &[u8]) -> Option<(Places, &[u8])> {
    let (first, rest) = bytes.split_first_chunk()?;
    Some((Places::from_le_bytes(*first), rest))
}
