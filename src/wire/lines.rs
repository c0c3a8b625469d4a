//! Lines out of bytes that come in any pieces: ended by LF, CR LF or CR, bounded.

use super::framing::TooLong;

/// Splits bytes into lines. A character split between two reads is whole again, since lines are bytes.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// The line that has begun.
    begun: Vec<u8>,
    /// The last byte was a CR, so an LF now belongs to it.
    after_cr: bool,
}

impl Lines {
    /// Takes in `bytes` and hands every line that they complete, without its end, to `line`.
    pub(super) fn push(
        &mut self,
        mut bytes: &[u8],
        mut line: impl FnMut(&[u8]) -> Result<(), TooLong>,
    ) -> Result<(), TooLong> {
        if std::mem::take(&mut self.after_cr) {
            match bytes.split_first() {
                Some((b'\n', rest)) => bytes = rest,
                Some(_) => {}
                None => self.after_cr = true,
            }
        }
        while let Some(end) = first_end(bytes) {
            self.check(end)?;
            if self.begun.is_empty() {
                line(&bytes[..end])?;
            } else {
                self.begun.extend_from_slice(&bytes[..end]);
                line(&self.begun)?;
                self.begun.clear();
            }
            let is_cr = bytes[end] == b'\r';
            bytes = &bytes[end + 1..];
            if is_cr {
                match bytes.first() {
                    Some(b'\n') => bytes = &bytes[1..],
                    Some(_) => {}
                    None => self.after_cr = true,
                }
            }
        }
        self.check(bytes.len())?;
        self.begun.extend_from_slice(bytes);
        Ok(())
    }

    /// The last line when the bytes end without a line's end.
    pub(super) fn finish(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.begun)
    }

    fn check(&self, more: usize) -> Result<(), TooLong> {
        match self.begun.len() + more > super::LONGEST_EVENT {
            true => Err(TooLong),
            false => Ok(()),
        }
    }
}

/// Where the first LF or CR is. Eight bytes at a time: every byte of every stream passes here.
fn first_end(bytes: &[u8]) -> Option<usize> {
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let (words, rest) = bytes.as_chunks::<8>();
    let passed = words.iter().take_while(|word| !has_end(**word)).count();
    let (from, to_search) = match words.get(passed) {
        Some(word) => (passed * 8, word.as_slice()),
        None => (words.len() * 8, rest),
    };
    to_search.iter().position(is_end).map(|place| from + place)
}

/// True when one of the bytes is a LF or CR: a byte equals another where their difference is 0, and only there does
/// subtracting 1 from it borrow into its highest bit while that was not set (Warren, Hacker's Delight, section 6-1).
fn has_end(word: [u8; 8]) -> bool {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS != 0;
    let word = u64::from_ne_bytes(word);
    has_zero(word ^ u64::from_ne_bytes([b'\n'; 8])) || has_zero(word ^ u64::from_ne_bytes([b'\r'; 8]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::first_end;

    proptest! {
        #[test]
        fn the_first_end_is_found_wherever_it_stands(
            bytes in prop::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), 0u8..=255, 0u8..=255, Just(0x8a), Just(0x0b)], 0..40),
        ) {
            let expected = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            prop_assert_eq!(first_end(&bytes), expected);
        }
    }
}
