//! A map that forgets: it holds at least the entries used last and never grows beyond its bound.

use std::collections::HashMap;
use std::hash::Hash;

/// A map of at most `bound` entries. Entries not used while half as many others were are forgotten.
///
/// Two generations: when the young one is full it becomes the old one, and what was in the old one is gone; whatever is
/// used moves to the young one. That is constant time and needs no list of uses.
#[derive(Debug)]
pub(super) struct Recent<K, V> {
    half: usize,
    young: HashMap<K, V>,
    old: HashMap<K, V>,
}

impl<K: Hash + Eq + Copy, V: Default> Recent<K, V> {
    /// An empty map of at most `bound` entries; at least 2.
    pub(super) fn new(bound: usize) -> Recent<K, V> {
        Recent {
            half: (bound / 2).max(1),
            young: HashMap::new(),
            old: HashMap::new(),
        }
    }

    /// The entry of `key`, a new one if there is none.
    pub(super) fn entry(&mut self, key: K) -> &mut V {
        if !self.young.contains_key(&key) {
            let value = self.old.remove(&key).unwrap_or_default();
            if self.young.len() >= self.half {
                self.old = std::mem::take(&mut self.young);
            }
            self.young.insert(key, value);
        }
        self.young.entry(key).or_default()
    }

    /// The entry of `key`, if it is known. Does not count as a use.
    pub(super) fn get_mut(&mut self, key: K) -> Option<&mut V> {
        self.young.get_mut(&key).or_else(|| self.old.get_mut(&key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_keeps_what_is_used_and_forgets_the_oldest() {
        let mut recent = Recent::<u32, u32>::new(10);
        *recent.entry(1) = 100;
        for key in 2..1_000 {
            *recent.entry(key) = key;
            assert_eq!(*recent.entry(1), 100, "used again after {key}");
            assert!(recent.young.len() + recent.old.len() <= 10);
        }
        assert!(recent.get_mut(2).is_none());
        assert_eq!(recent.get_mut(999), Some(&mut 999));
    }
}
