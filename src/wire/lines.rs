//! Lines out of bytes that come in any pieces: ended by LF, CR LF or CR, bounded.

use memchr::memchr2;

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
        while let Some(end) = memchr2(b'\n', b'\r', bytes) {
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
