//! Messages that wait for their answers, and what a bot may call them.

use tokio::sync::mpsc;
use tokio::time::Instant;

use super::talk::Heard;
use crate::conversation::MessageId;

/// A message that waits for its answer.
pub(super) struct Waiting {
    pub(super) id: MessageId,
    pub(super) said_at: Instant,
    pub(super) hears: mpsc::Sender<Heard>,
}

impl Waiting {
    /// True when a bot that calls a message so means this one.
    pub(super) fn is_named(&self, name: &str) -> bool {
        match name.parse::<u64>() {
            Ok(number) => number == self.id.number() || number == u64::from(self.id.place()),
            Err(_) => name == self.id.to_string(),
        }
    }
}

/// Turn and fragment of the message that a bot calls so, whoever wrote it: on this socket there is only one customer.
pub(super) fn place(name: Option<&str>) -> Option<(u16, u16)> {
    let name = name?;
    match name.parse::<u64>() {
        Ok(number) => MessageId::from_place(u32::try_from(number & 0x3_ffff).ok()?),
        Err(_) => {
            let mut parts = name.rsplit('-');
            let fragment = parts.next()?.parse().ok()?;
            Some((parts.next()?.parse().ok()?, fragment))
        }
    }
}
