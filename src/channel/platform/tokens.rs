//! Access tokens: given out, accepted, expired.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// Tokens that are accepted at once; a bot that asks for more loses its oldest.
const MOST: usize = 64;

/// The tokens that were given out, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    given: VecDeque<(String, Instant)>,
    count: u64,
}

impl Tokens {
    /// A new token, which nobody had before. `mark` says what it is for, and names the run.
    pub(super) fn give(&mut self, mark: impl std::fmt::Display, now: Instant) -> String {
        self.count += 1;
        let token = format!("throng-{mark}-{}", self.count);
        if self.given.len() == MOST {
            self.given.pop_front();
        }
        self.given.push_back((token.clone(), now));
        token
    }

    /// True for a token that was given out no longer than `lasts` ago.
    pub(super) fn accepts(&self, token: &str, lasts: Option<Duration>, now: Instant) -> bool {
        let is_fresh = |given: Instant| lasts.is_none_or(|lasts| now.saturating_duration_since(given) <= lasts);
        self.given
            .iter()
            .any(|(known, given)| known == token && is_fresh(*given))
    }

    /// The same, and from here on it is accepted no more.
    pub(super) fn take(&mut self, token: &str, lasts: Option<Duration>, now: Instant) -> bool {
        let is_accepted = self.accepts(token, lasts, now);
        self.given.retain(|(known, _)| known != token);
        is_accepted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_accepted_until_it_expires_and_its_number_is_bounded() {
        let (mut tokens, start) = (Tokens::default(), Instant::now());
        let lasts = Some(Duration::from_secs(10));
        let first = tokens.give("1", start);
        assert!(tokens.accepts(&first, lasts, start + Duration::from_secs(10)));
        assert!(!tokens.accepts(&first, lasts, start + Duration::from_secs(11)));
        assert!(tokens.accepts(&first, None, start + Duration::from_secs(11)));
        assert!(!tokens.accepts("", None, start) && !tokens.accepts("throng", None, start));
        for _ in 0..MOST {
            assert_ne!(tokens.give("1", start), first);
        }
        assert!(!tokens.accepts(&first, None, start), "the oldest is gone");
        let ticket = tokens.give("1", start);
        assert!(
            tokens.take(&ticket, lasts, start) && !tokens.take(&ticket, lasts, start),
            "once"
        );
    }
}
