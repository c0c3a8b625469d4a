//! What the bot called, in numbers.

use std::collections::BTreeMap;

/// Calls to unknown routes that are remembered as examples.
const EXAMPLES: usize = 5;
/// An example is cut after so many characters.
const LONGEST_EXAMPLE: usize = 100;

/// What the bot called, in numbers, the first contact included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlatformCounts {
    /// All calls.
    pub calls: u64,
    /// Replies that were handed to their customers.
    pub replies: u64,
    /// Replies to customers who had left for good.
    pub to_nobody: u64,
    /// Calls that bring replies but had neither text nor anything else to show.
    pub without_text: u64,
    /// How often what customers sent beside words was fetched.
    pub fetched: u64,
    /// Pictures, voice messages and videos that were uploaded.
    pub uploads: u64,
    /// Tokens that were given out.
    pub tokens: u64,
    /// Calls that asked for messages.
    pub asked: u64,
    /// What became of the sockets of a bot that dials in; nothing of others.
    pub sockets: Option<SocketCounts>,
    /// Calls and frames that were refused for what the bot did, by the error they were answered; those that showed a token which
    /// had expired as [`EXPIRED_TOKEN`](PlatformCounts::EXPIRED_TOKEN), whatever they were answered.
    pub refused: BTreeMap<String, u64>,
    /// Calls that were refused because the scenario wanted it, by the error.
    pub faults: BTreeMap<String, u64>,
    /// Some of the calls that no route takes, such as `POST /send`; cut and printable.
    pub unknown_routes: Vec<String>,
}

/// The sockets of a bot that dials in, and what became of the messages on them, in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SocketCounts {
    /// Sockets that the bot opened.
    pub opened: u64,
    /// Sockets that ended before the platform wanted it: closed by the bot, broken, still, or spoilt by a frame without end.
    pub lost: u64,
    /// Deliveries that the bot acknowledged.
    pub acknowledged: u64,
    /// Deliveries that it did not acknowledge in time.
    pub unacknowledged: u64,
    /// Deliveries that found no open socket.
    pub without_socket: u64,
    /// Deliveries whose socket closed before they were acknowledged.
    pub cut_off: u64,
}

impl SocketCounts {
    fn since(self, before: SocketCounts) -> SocketCounts {
        SocketCounts {
            opened: self.opened.saturating_sub(before.opened),
            lost: self.lost.saturating_sub(before.lost),
            acknowledged: self.acknowledged.saturating_sub(before.acknowledged),
            unacknowledged: self.unacknowledged.saturating_sub(before.unacknowledged),
            without_socket: self.without_socket.saturating_sub(before.without_socket),
            cut_off: self.cut_off.saturating_sub(before.cut_off),
        }
    }
}

impl PlatformCounts {
    /// What calls with an expired token are counted as.
    pub const EXPIRED_TOKEN: &str = "expired_token";

    /// Takes out the counts of before, which were another's.
    #[must_use]
    pub fn since(&self, before: &PlatformCounts) -> PlatformCounts {
        PlatformCounts {
            calls: self.calls.saturating_sub(before.calls),
            replies: self.replies.saturating_sub(before.replies),
            to_nobody: self.to_nobody.saturating_sub(before.to_nobody),
            without_text: self.without_text.saturating_sub(before.without_text),
            fetched: self.fetched.saturating_sub(before.fetched),
            uploads: self.uploads.saturating_sub(before.uploads),
            tokens: self.tokens.saturating_sub(before.tokens),
            asked: self.asked.saturating_sub(before.asked),
            sockets: self.sockets.map(|now| now.since(before.sockets.unwrap_or_default())),
            refused: those_since(&self.refused, &before.refused),
            faults: those_since(&self.faults, &before.faults),
            unknown_routes: self.unknown_routes.clone(),
        }
    }

    pub(super) fn refuse(&mut self, error: &str) {
        *self.refused.entry(error.to_owned()).or_default() += 1;
    }

    pub(super) fn fail(&mut self, error: &str) {
        *self.faults.entry(error.to_owned()).or_default() += 1;
    }

    /// Remembers a call that no route takes.
    pub(super) fn unknown_route(&mut self, call: &str) {
        let printable = call.chars().take(LONGEST_EXAMPLE);
        let example: String = printable.map(|one| if one.is_control() { ' ' } else { one }).collect();
        if self.unknown_routes.len() < EXAMPLES && !self.unknown_routes.contains(&example) {
            self.unknown_routes.push(example);
        }
    }
}

fn those_since(now: &BTreeMap<String, u64>, before: &BTreeMap<String, u64>) -> BTreeMap<String, u64> {
    let since = now.iter().map(|(name, count)| {
        let earlier = before.get(name).copied().unwrap_or_default();
        (name.clone(), count.saturating_sub(earlier))
    });
    since.filter(|(_, count)| *count > 0).collect()
}
