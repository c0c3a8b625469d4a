//! Access tokens: given out, accepted, expired, and told from those that nobody gave out.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// Tokens that are accepted at once; a bot that asks for more loses its oldest.
const MOST: usize = 64;

/// The tokens that were given out, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    given: VecDeque<(String, Instant)>,
    /// What all of them begin with, and how many there were: by that those are known which are accepted no more.
    beginning: String,
    count: u64,
}

/// What a token is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It was given out, and is accepted.
    Accepted,
    /// It was given out, and is accepted no more.
    Expired,
    /// It was never given out.
    Unknown,
}

impl Tokens {
    /// A new token, which nobody had before. `mark` says what it is for, and names the run.
    pub(super) fn give(&mut self, mark: impl std::fmt::Display, now: Instant) -> String {
        self.count += 1;
        self.beginning = format!("throng-{mark}-");
        let token = format!("{}{}", self.beginning, self.count);
        if self.given.len() == MOST {
            self.given.pop_front();
        }
        self.given.push_back((token.clone(), now));
        token
    }

    /// What a token is worth that is accepted for so long.
    pub(super) fn standing(&self, token: &str, lasts: Option<Duration>, now: Instant) -> Standing {
        let is_fresh = |given: Instant| lasts.is_none_or(|lasts| now.saturating_duration_since(given) <= lasts);
        let mut given = self.given.iter();
        if given.any(|(known, given)| known == token && is_fresh(*given)) {
            return Standing::Accepted;
        }
        let number = token.strip_prefix(self.beginning.as_str()).filter(|_| self.count > 0);
        let number = number.and_then(|number| number.parse().ok());
        match number.is_some_and(|number: u64| (1..=self.count).contains(&number)) {
            true => Standing::Expired,
            false => Standing::Unknown,
        }
    }

    /// From here on the token is accepted no more.
    pub(super) fn end(&mut self, token: &str) {
        self.given.retain(|(known, _)| known != token);
    }

    /// True for a token that is accepted, for this once.
    pub(super) fn take(&mut self, token: &str, lasts: Option<Duration>, now: Instant) -> bool {
        let is_accepted = self.standing(token, lasts, now) == Standing::Accepted;
        self.end(token);
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
        let standing = |tokens: &Tokens, token: &str, lasts, after| {
            tokens.standing(token, lasts, start + Duration::from_secs(after))
        };
        assert_eq!(standing(&tokens, &first, lasts, 10), Standing::Accepted);
        assert_eq!(standing(&tokens, &first, lasts, 11), Standing::Expired);
        assert_eq!(standing(&tokens, &first, None, 11), Standing::Accepted);
        for _ in 0..MOST {
            assert_ne!(tokens.give("1", start), first);
        }
        assert_eq!(
            standing(&tokens, &first, None, 0),
            Standing::Expired,
            "the oldest is gone"
        );
        let ticket = tokens.give("1", start);
        assert!(
            tokens.take(&ticket, lasts, start) && !tokens.take(&ticket, lasts, start),
            "once"
        );
    }

    #[test]
    fn what_was_never_given_out_is_told_from_what_has_expired() {
        let (mut tokens, start) = (Tokens::default(), Instant::now());
        assert_eq!(tokens.standing("", None, start), Standing::Unknown);
        assert_eq!(tokens.standing("1", None, start), Standing::Unknown);
        let token = tokens.give("token-4711", start);
        tokens.end(&token);
        assert_eq!(tokens.standing(&token, None, start), Standing::Expired);
        for other in [
            "",
            "throng",
            "throng-token-4711-0",
            "throng-token-4711-2",
            "throng-token-4712-1",
            "live-token",
        ] {
            assert_eq!(tokens.standing(other, None, start), Standing::Unknown, "{other}");
        }
    }
}
