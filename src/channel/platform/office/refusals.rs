//! What the platform does not take, and what it says then.

use super::{Office, lock};
use crate::channel::platform::PlatformCounts;
use crate::wire::{Answered, RenderError, Scope};

/// Parts of a path from this length on, in characters, are shown by their beginning.
const LONG_ENOUGH_FOR_A_SECRET: usize = 24;

/// Why a call is not taken, with the name of the error that it is answered.
pub(super) enum Refused {
    /// For what the bot did.
    With(String),
    /// It showed a token that was given out and is accepted no more.
    Expired(String),
    /// The scenario wants it.
    Wanted(String),
}

impl Refused {
    pub(super) fn with(error: &str) -> Refused {
        Refused::With(error.to_owned())
    }

    fn error(&self) -> &str {
        match self {
            Refused::With(error) | Refused::Expired(error) | Refused::Wanted(error) => error,
        }
    }
}

impl From<RenderError> for Refused {
    /// A template that needs what the call does not have.
    fn from(_: RenderError) -> Refused {
        Refused::with("unreadable")
    }
}

impl Office {
    /// What the platform says when it does not take a call.
    pub(super) fn refuse(&self, refused: &Refused, scope: &Scope) -> Answered {
        self.count_refused(refused);
        let name = refused.error();
        let own = self.plan.error(name, scope).and_then(Result::ok);
        own.unwrap_or_else(|| Answered {
            status: match name {
                "unknown_route" | "unknown_customer" | "unknown_media" => 404,
                "too_large" | "upload_too_large" => 413,
                "not_a_socket" => 426,
                "too_many_sockets" => 429,
                _ => 400,
            },
            content_type: "text/plain; charset=utf-8",
            body: name.as_bytes().to_vec(),
        })
    }

    /// Counts it under what it is for.
    pub(super) fn count_refused(&self, refused: &Refused) {
        let mut counts = lock(&self.counts);
        match refused {
            Refused::With(error) => counts.refuse(error),
            Refused::Expired(_) => counts.refuse(PlatformCounts::EXPIRED_TOKEN),
            Refused::Wanted(error) => counts.fail(error),
        }
    }

    /// A path without its secrets: neither those of the channel, nor what looks like one, since a bot may come with its live token.
    pub(super) fn fit_to_show(&self, path: &str) -> String {
        let path = self.secrets.words(&path.replace("%3A", ":").replace("%3a", ":"));
        let segments = path.split('/').map(|segment| match segment.chars().count() {
            0..LONG_ENOUGH_FOR_A_SECRET => segment.to_owned(),
            _ => segment.chars().take(3).chain("***".chars()).collect(),
        });
        segments.collect::<Vec<String>>().join("/")
    }
}
