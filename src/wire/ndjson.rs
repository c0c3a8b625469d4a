//! One JSON text a line.

use std::borrow::Cow;

use super::framing::{Frame, TooLong, text};
use super::lines::Lines;

/// Reads lines; blank ones are keep-alives.
#[derive(Debug, Default)]
pub(super) struct Ndjson(Lines);

impl Ndjson {
    pub(super) fn push(&mut self, bytes: &[u8], told: &mut impl FnMut(Frame<'_>)) -> Result<(), TooLong> {
        self.0.push(bytes, |line| {
            tell(line, told);
            Ok(())
        })
    }

    pub(super) fn finish(&mut self, told: &mut impl FnMut(Frame<'_>)) -> Result<(), TooLong> {
        tell(&self.0.finish(), told);
        Ok(())
    }
}

fn tell(line: &[u8], told: &mut impl FnMut(Frame<'_>)) {
    if !line.trim_ascii().is_empty() {
        told(Frame {
            name: Cow::Borrowed(""),
            data: text(line),
        });
    }
}
