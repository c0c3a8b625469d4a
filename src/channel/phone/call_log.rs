//! What becomes of calls, out of SIPp's log of the messages on the wire (`-trace_msg`).
//!
//! ```text
//! ----------------------------------------------- 2026-11-21 11:59:54.240074
//! UDP message sent (461 bytes):
//!
//! INVITE sip:service@127.0.0.1:5071 SIP/2.0
//! ...
//! ----------------------------------------------- 2026-11-21 11:59:54.240375
//! UDP message received [256] bytes :
//!
//! SIP/2.0 486 Busy Here
//! ```
//!
//! What the other side sent stands in it as it came, so lengths are counted, lines are bounded, and nothing is believed but what
//! stands in a message's own first line and in its `Call-ID` and `CSeq`.

use std::io::{self, BufRead, Read};

/// The longest line, and the longest message, that is kept.
const LONGEST_LINE: u64 = 4 << 10;
const LONGEST_MESSAGE: u64 = 64 << 10;

/// What a log tells of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// The INVITE left.
    Invited,
    /// The other side works on it.
    Trying,
    /// It rings there.
    Ringing,
    /// Somebody picked up.
    PickedUp,
    /// Turned away, with this status and its words.
    TurnedAway(u16, String),
    /// The caller let it ring long enough.
    GaveUp,
    /// A call that was picked up has ended.
    Over,
}

impl Heard {
    /// How far the call is. What is no further, such as an INVITE or an answer that is sent again, is no news.
    pub(super) fn progress(&self) -> u8 {
        match self {
            Heard::Invited => 1,
            Heard::Trying => 2,
            Heard::Ringing => 3,
            Heard::PickedUp | Heard::TurnedAway(..) | Heard::GaveUp => 4,
            Heard::Over => 5,
        }
    }
}

/// What stands in the log.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Something about the call with this id.
    Of(String, Heard),
    /// What SIPp says of itself.
    Words(String),
    /// Anything else.
    Other,
}

/// The next entry; nothing at the log's end.
///
/// # Errors
/// When the log cannot be read.
pub(super) fn next(log: &mut impl BufRead) -> io::Result<Option<Entry>> {
    let Some(line) = line(log)? else { return Ok(None) };
    let Some((is_sent, length)) = head(&line) else {
        return Ok(Some(complaint(&line).map_or(Entry::Other, Entry::Words)));
    };
    // An empty line stands before the message.
    self::line(log)?;
    let mut bytes = Vec::new();
    log.take(length).read_to_end(&mut bytes)?;
    let message = String::from_utf8_lossy(&bytes);
    Ok(Some(told_by(&message, is_sent).unwrap_or(Entry::Other)))
}

/// The next line, cut where it is too long.
fn line(log: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    log.take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
    Ok((!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).trim().to_owned()))
}

/// Whether the message that follows was sent, and how long it is: `UDP message sent (461 bytes):`,
/// `TCP message received [256] bytes :`.
fn head(line: &str) -> Option<(bool, u64)> {
    let (transport, rest) = line.split_once(" message ")?;
    let (is_sent, rest) = match rest.strip_prefix("sent ") {
        Some(rest) => (true, rest),
        None => (false, rest.strip_prefix("received ")?),
    };
    let digits = rest.trim_start_matches(['(', '[']).split([']', ' ']).next()?;
    let length = digits.parse().ok().filter(|length| *length <= LONGEST_MESSAGE)?;
    matches!(transport, "UDP" | "TCP").then_some((is_sent, length))
}

/// The words in `2026-11-11\t12:00:00.000000\t1794369600.000000: words`.
fn complaint(line: &str) -> Option<String> {
    let (_, rest) = line.split_once('\t')?;
    let (_, rest) = rest.split_once('\t')?;
    let (stamp, words) = rest.split_once(": ")?;
    let is_stamp = stamp
        .chars()
        .all(|character| character.is_ascii_digit() || character == '.');
    is_stamp.then(|| words.to_owned())
}

/// What a message on the wire tells of its call.
fn told_by(message: &str, is_sent: bool) -> Option<Entry> {
    let mut lines = message.lines();
    let first = lines.next()?;
    let headers = lines.take_while(|line| !line.is_empty());
    let header = |names: [&str; 2]| {
        let mut fields = headers.clone().filter_map(|line| line.split_once(':'));
        let field = fields.find(|(name, _)| names.iter().any(|known| name.trim().eq_ignore_ascii_case(known)));
        field.map(|(_, value)| value.trim())
    };
    let call = header(["Call-ID", "i"])?;
    let heard = match is_sent {
        true if first.starts_with("INVITE ") => Heard::Invited,
        true if first.starts_with("CANCEL ") => Heard::GaveUp,
        false if first.starts_with("BYE ") => Heard::Over,
        false => {
            let (status, words) = status(first)?;
            let method = header(["CSeq", "CSeq"])?.split_whitespace().nth(1)?;
            answered(method, status, words)?
        }
        true => return None,
    };
    Some(Entry::Of(call.to_owned(), heard))
}

fn answered(method: &str, status: u16, words: &str) -> Option<Heard> {
    match (method, status) {
        ("INVITE", 180..=183) => Some(Heard::Ringing),
        ("INVITE", 100..200) => Some(Heard::Trying),
        ("INVITE", 200..300) => Some(Heard::PickedUp),
        ("INVITE", 300..700) => Some(Heard::TurnedAway(status, words.to_owned())),
        ("BYE", 200..700) => Some(Heard::Over),
        _ => None,
    }
}

/// The status and the words of `SIP/2.0 486 Busy Here`.
fn status(line: &str) -> Option<(u16, &str)> {
    let line = line.strip_prefix("SIP/2.0 ")?;
    let (status, words) = line.split_once(' ').unwrap_or((line, ""));
    Some((status.trim().parse().ok()?, words.trim()))
}

#[cfg(test)]
mod tests;
