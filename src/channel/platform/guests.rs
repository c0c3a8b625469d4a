//! The customers whose conversations are open, and who listens for them.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

use crate::wire::Said;

/// A reply that came by a call.
#[derive(Debug)]
pub struct Called {
    /// Turn and fragment of the message that it answers, if the call says so.
    pub answers: Option<(u16, u16)>,
    /// What the customer sees.
    pub said: Said,
    /// When the call was read.
    pub at: Instant,
    /// Room for replies under way, given back when this is dropped.
    pub(super) _room: Option<OwnedSemaphorePermit>,
}

impl Called {
    /// A reply that came on a customer's socket at this moment.
    pub(in crate::channel) fn on_a_socket(answers: Option<(u16, u16)>, said: Said, at: Instant) -> Called {
        Called {
            answers,
            said,
            at,
            _room: None,
        }
    }

    /// A reply that no platform has read, for lines without a network.
    pub fn without_network(answers: Option<(u16, u16)>, text: impl Into<String>) -> Called {
        Called {
            answers,
            said: Said::words(text),
            at: Instant::now(),
            _room: None,
        }
    }
}

/// Takes a reply; false when nobody is there any more.
pub type Listener = Arc<dyn Fn(Called) -> bool + Send + Sync>;

/// The customers whose conversations are open: a small record each.
#[derive(Default)]
pub(super) struct Guests(Mutex<HashMap<u64, Guest>>);

struct Guest {
    listener: Listener,
    wrote_at: Instant,
    replies_since: u32,
    calls: u64,
}

/// What a customer may still be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowance {
    pub(super) replies: u32,
    pub(super) within: Duration,
}

/// What becomes of a reply.
pub(super) enum Admitted {
    /// The customer is not there.
    Nobody,
    /// The quota is spent.
    TooMany,
    /// The error that chance wants.
    Faulty(String),
    Listening(Listener),
}

impl Guests {
    /// The customer wrote a message, and `listener` takes what comes for them.
    pub(super) fn attend(&self, customer: u64, listener: impl Fn(Called) -> bool + Send + Sync + 'static) {
        let mut guests = self.lock();
        let guest = guests.entry(customer).or_insert_with(|| Guest {
            listener: Arc::new(listener),
            wrote_at: Instant::now(),
            replies_since: 0,
            calls: 0,
        });
        guest.wrote_at = Instant::now();
        guest.replies_since = 0;
    }

    /// The customer's conversation is over.
    pub(super) fn leave(&self, customer: u64) {
        self.lock().remove(&customer);
    }

    /// Whether a reply to this customer gets through; `fault` says so by the how manieth call for them this is.
    pub(super) fn admit(
        &self,
        customer: u64,
        allowance: Option<Allowance>,
        fault: impl FnOnce(u64) -> Option<String>,
    ) -> Admitted {
        let mut guests = self.lock();
        let Some(guest) = guests.get_mut(&customer) else {
            return Admitted::Nobody;
        };
        guest.calls += 1;
        if let Some(fault) = fault(guest.calls) {
            return Admitted::Faulty(fault);
        }
        let is_beyond = allowance.is_some_and(|allowance| {
            guest.replies_since >= allowance.replies || guest.wrote_at.elapsed() > allowance.within
        });
        if is_beyond {
            return Admitted::TooMany;
        }
        guest.replies_since += 1;
        Admitted::Listening(Arc::clone(&guest.listener))
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Guest>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Guests {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} guests", self.lock().len())
    }
}
