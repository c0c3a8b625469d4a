//! What tells two texts from each other without holding them.

use std::fmt::Write;

use sha1::{Digest, Sha1};

/// The SHA-1 of some bytes, in hexadecimal. Tells versions apart; it is no protection against forgery.
pub fn fingerprint(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(40);
    for byte in Sha1::digest(bytes) {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
    }
    hex
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_sha1_of_fips_180() {
        assert_eq!(fingerprint(b"abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    }
}
