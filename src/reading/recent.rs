//! What was made of the texts that were read last: a bot that repeats itself word for word is read once.
//!
//! ```text
//!  text --known to the young or the old--> what was made of it
//!    |                                      ^
//!    `--------------- make it --------------'     when the young are many, they become the old, and those are forgotten
//! ```

use std::collections::hash_map::Entry;

use super::hashed::Hashed;
use crate::conversation::scramble_text;

/// How much text is remembered in a generation, of which there are two: some 130 answers of shops. More would be out of the processor's
/// caches before it is asked for, where a bot never says the same twice. Unit: bytes.
const MOST: usize = 16 << 10;

/// What an entry takes beside its text, as far as this bound is concerned: many short texts are not to be without bound either.
const ENTRY: usize = 64;

/// What was made of the texts that were read last. What is made of a text must depend on nothing but the text.
#[derive(Debug)]
pub struct Recent<T> {
    young: Hashed<Known<T>>,
    old: Hashed<Known<T>>,
    /// What the young ones take.
    bytes: usize,
}

/// By its text's hash; another text with the same hash takes its place.
#[derive(Debug)]
struct Known<T> {
    text: String,
    made: T,
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Recent {
            young: Hashed::default(),
            old: Hashed::default(),
            bytes: 0,
        }
    }
}

impl<T> Recent<T> {
    /// What was made of this text, or is made of it now.
    pub fn of(&mut self, text: &str, make: impl FnOnce() -> T) -> &mut T {
        let key = scramble_text(text);
        if self.young.get(&key).is_none_or(|known| known.text != text) {
            self.make_room(text.len() + ENTRY);
        }
        let old = &mut self.old;
        let learn = || {
            let known = old.remove(&key).filter(|known| known.text == text);
            known.unwrap_or_else(|| Known {
                text: text.to_owned(),
                made: make(),
            })
        };
        let known = match self.young.entry(key) {
            Entry::Vacant(place) => place.insert(learn()),
            Entry::Occupied(mut place) => {
                if place.get().text != text {
                    place.insert(learn());
                }
                place.into_mut()
            }
        };
        &mut known.made
    }

    fn make_room(&mut self, bytes: usize) {
        if self.bytes + bytes > MOST {
            std::mem::swap(&mut self.old, &mut self.young);
            // The table is kept: a bot that never says the same twice fills it again.
            self.young.clear();
            self.bytes = 0;
        }
        self.bytes += bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_comes_again_is_read_once() {
        let mut recent = Recent::default();
        let mut reads = 0;
        for text in ["a", "b", "a", "a", "b", "c"] {
            let length = recent.of(text, || {
                reads += 1;
                text.len()
            });
            assert_eq!(*length, 1);
        }
        assert_eq!(reads, 3);
    }

    #[test]
    fn what_is_asked_for_again_and_again_stays_and_the_rest_is_bounded() {
        let mut recent = Recent::default();
        let mut reads = 0;
        for number in 0..10_000 {
            recent.of(&format!("{number:>100}"), || 0);
            recent.of("asked again and again", || {
                reads += 1;
                0
            });
            let of_100 = MOST / (100 + ENTRY) + 1;
            assert!(recent.young.len() <= of_100 && recent.old.len() <= of_100);
        }
        assert_eq!(reads, 1);
        for _ in 0..3 {
            recent.of(&"long".repeat(MOST), || 0);
            assert!(recent.young.len() + recent.old.len() <= 1_000);
        }
    }
}
