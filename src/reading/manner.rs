//! What a text does as a whole, told by weights that were learnt from sentences.
//!
//! The [`lexicon`](super::lexicon) knows what it has words for, wherever it stands; there are always more ways to say that one will not
//! help. A linear classifier over runs of neighbouring words or characters knows the manner of those replies (a support vector machine:
//! Cortes and Vapnik 1995):
//!
//! ```text
//!  text --tokens--> runs --weights--> a sum, enough?     acts: what a short reply does
//!                                                       leaning: whether it says yes or no
//!                                                       ends: whether it breaks off
//!                                                       denials: whether a claim in it is one
//!                                                       owners: whether what it tells is somebody's own
//! ```
//!
//! Weights are files beside the code, learnt by `UPDATE_MANNER=1 cargo test --lib manner`. What was learnt from stands in `manner/learning`:
//! replies of all fields in our own words, the tables of the lexicon, and the spent sets of `tests/seeded`.

pub(super) mod acts;
pub(super) mod denials;
pub(super) mod ends;
pub(super) mod leaning;
#[cfg(test)]
mod learning;
pub(super) mod owners;
mod surroundings;
mod tokens;
mod weights;
