//! Who may call: what a caller must show, and what becomes of tokens.

use tokio::time::Instant;

use super::refusals::Refused;
use super::{Office, lock};
use crate::channel::platform::tokens::Standing;
use crate::scenario::RouteKind;
use crate::wire::Shown;

impl Office {
    /// Lets a caller of a route in who shows what they must.
    pub(super) fn authorise(&self, kind: RouteKind, shown: &Shown<'_>, at: Instant) -> Result<(), Refused> {
        let is_right = match (&shown.wanted, &self.sockets) {
            (Some(wanted), _) => *wanted == shown.given,
            (None, Some(sockets)) if kind == RouteKind::Socket => {
                let lasts = sockets.rules.ticket_lasts.map(|span| span.get());
                lock(&sockets.tickets).take(&shown.given, lasts, at)
            }
            (None, _) => match lock(&self.tokens).standing(&shown.given, self.rules.token_lasts, at) {
                Standing::Accepted => true,
                Standing::Expired => {
                    let error = shown.expired.unwrap_or(shown.error);
                    return Err(Refused::Expired(error.to_owned()));
                }
                Standing::Unknown => false,
            },
        };
        match is_right {
            true => Ok(()),
            false => Err(Refused::with(shown.error)),
        }
    }

    /// A fault that says that the token has expired also ends it: only a new one helps then, as on the platform.
    pub(super) fn end_token(&self, shown: &Shown<'_>, fault: &str) {
        if shown.wanted.is_none() && shown.expired == Some(fault) {
            lock(&self.tokens).end(&shown.given);
        }
    }
}
