//! Tables whose keys are hashes already: hashing them again would be most of what a look-up costs.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table by scrambled hashes. Nothing may depend on its order.
pub(super) type Hashed<V> = HashMap<u64, V, BuildHasherDefault<AsItIs>>;

/// Takes a `u64` as its own hash.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}
