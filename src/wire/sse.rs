//! Server-sent events as they come in practice (WHATWG HTML, section 9.2.6).
//!
//! Taken as they are: any line end, `data:` with or without the space, comments, a byte order mark. Beyond the standard:
//! an event that has a name and no data is told too (some bots end with a bare `event: done`), and so is one that the
//! end of the bytes leaves open; its reader decides whether it is whole.

use super::framing::{Frame, TooLong, text};
use super::lines::Lines;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads server-sent events.
#[derive(Debug, Default)]
pub(super) struct Sse {
    lines: Lines,
    event: Event,
}

/// The event that has begun.
#[derive(Debug, Default)]
struct Event {
    name: Vec<u8>,
    /// Each line of data with a LF behind it.
    data: Vec<u8>,
    has_started: bool,
}

impl Sse {
    pub(super) fn push(&mut self, bytes: &[u8], told: &mut impl FnMut(Frame<'_>)) -> Result<(), TooLong> {
        let Sse { lines, event } = self;
        lines.push(bytes, |line| event.take_line(line, told))
    }

    pub(super) fn finish(&mut self, told: &mut impl FnMut(Frame<'_>)) -> Result<(), TooLong> {
        let last = self.lines.finish();
        self.event.take_line(&last, told)?;
        self.event.tell(told);
        Ok(())
    }
}

impl Event {
    fn take_line(&mut self, mut line: &[u8], told: &mut impl FnMut(Frame<'_>)) -> Result<(), TooLong> {
        if !std::mem::replace(&mut self.has_started, true) {
            line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
        }
        if line.is_empty() {
            self.tell(told);
            return Ok(());
        }
        let (field, value) = match line.iter().position(|byte| *byte == b':') {
            Some(colon) => (&line[..colon], &line[colon + 1..]),
            None => (line, &b""[..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"event" => self.name = value.to_vec(),
            b"data" if self.data.len() + value.len() >= super::LONGEST_EVENT => return Err(TooLong),
            b"data" => {
                self.data.extend_from_slice(value);
                self.data.push(b'\n');
            }
            // Comments have an empty field name; `id`, `retry` and unknown fields say nothing about the reply.
            _ => {}
        }
        Ok(())
    }

    fn tell(&mut self, told: &mut impl FnMut(Frame<'_>)) {
        let data = self.data.strip_suffix(b"\n").unwrap_or(&self.data);
        if !self.name.is_empty() || !self.data.is_empty() {
            told(Frame {
                name: text(&self.name),
                data: text(data),
            });
        }
        self.name.clear();
        self.data.clear();
    }
}
