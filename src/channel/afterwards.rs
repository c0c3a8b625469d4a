//! What a bot says once its platform has hung up. Nobody sees it, though the bot believes that it answered.
//!
//! The platform closes its side of the connection, as it does in earnest, and throng goes on to read the other side until nobody
//! listens to the turn any more. A bot whose server drops a handler when its client leaves says nothing more.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use http::Response;
use hyper::body::Incoming;
use tokio::time::{Instant, timeout_at};

use super::body::{Body, Patience};
use super::hang_up::HangUp;
use super::read_clock::ReadClock;
use super::response;
use crate::scenario::{Profile, ReplyRule, RouteKind};
use crate::wire::{Extractor, ReplyPlan};

/// So many connections of a channel are listened to at once after the platform has hung up, on each of its lines; each takes a
/// descriptor.
const MOST: usize = 1_024;

/// What became of deliveries with a platform that hangs up; shared by a channel's lines.
#[derive(Debug, Default)]
pub struct HangUpCounts {
    messages: AtomicU64,
    answered: AtomicU64,
    hung_up: AtomicU64,
    answered_after: AtomicU64,
    unheard: AtomicU64,
}

/// The same at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HangUpTally {
    /// Messages that were delivered.
    pub messages: u64,
    /// Deliveries that were answered in time, by a reply.
    pub answered: u64,
    /// Deliveries on which the platform hung up before anything of an answer came.
    pub hung_up: u64,
    /// Of these, those to which the bot replied all the same.
    pub answered_after: u64,
    /// Of these, those that were not listened to: too many were at once.
    pub unheard: u64,
}

fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl HangUpCounts {
    /// What was counted so far.
    pub fn tally(&self) -> HangUpTally {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        HangUpTally {
            messages: read(&self.messages),
            answered: read(&self.answered),
            hung_up: read(&self.hung_up),
            answered_after: read(&self.answered_after),
            unheard: read(&self.unheard),
        }
    }
}

impl HangUpTally {
    /// What was counted since `before`.
    pub fn since(self, before: HangUpTally) -> HangUpTally {
        HangUpTally {
            messages: self.messages - before.messages,
            answered: self.answered - before.answered,
            hung_up: self.hung_up - before.hung_up,
            answered_after: self.answered_after - before.answered_after,
            unheard: self.unheard - before.unheard,
        }
    }
}

/// Whoever listens on, for one line of a channel.
pub(super) struct Afterwards {
    counts: Arc<HangUpCounts>,
    open: Arc<AtomicUsize>,
}

/// A response that has not begun.
pub(super) type Answering<T> = Pin<Box<dyn Future<Output = Result<Response<Incoming>, T>> + Send>>;

/// The connection on which it would come.
pub(super) struct Ours {
    pub(super) hang_up: HangUp,
    pub(super) read_clock: ReadClock,
}

impl Afterwards {
    /// Where replies come in responses, and nowhere else, for which the platform waits only so long.
    pub(super) fn of(profile: &Profile, counts: &Arc<HangUpCounts>) -> Option<Afterwards> {
        let routes = profile.serve.iter().flat_map(|serve| serve.routes.values());
        let may_call = routes.into_iter().any(|route| route.is == RouteKind::Reply);
        let waits = profile.limits.acknowledge.is_some() && matches!(profile.reply, ReplyRule::Response(_));
        (waits && !may_call).then(|| Afterwards {
            counts: Arc::clone(counts),
            open: Arc::default(),
        })
    }

    /// A message was delivered, once or more often, and answered at the end or not.
    pub(super) fn delivered(&self, is_answered: bool) {
        count(&self.counts.messages);
        if is_answered {
            count(&self.counts.answered);
        }
    }

    /// The platform hangs up. Listens on, as a task of its own, until `give_up_at`.
    pub(super) fn hang_up<T: Send + 'static>(
        &self,
        answering: Answering<T>,
        ours: Ours,
        reply: &ReplyPlan,
        give_up_at: Instant,
    ) {
        count(&self.counts.hung_up);
        let ReplyPlan::Response(extractor) = reply else { return };
        if self.open.fetch_add(1, Ordering::Relaxed) >= MOST {
            self.open.fetch_sub(1, Ordering::Relaxed);
            return count(&self.counts.unheard);
        }
        ours.hang_up.now();
        let (counts, open, extractor) = (Arc::clone(&self.counts), Arc::clone(&self.open), Arc::clone(extractor));
        tokio::spawn(async move {
            let replied = replied(answering, ours.read_clock, &extractor, give_up_at);
            if timeout_at(give_up_at, replied).await.unwrap_or_default() {
                count(&counts.answered_after);
            }
            open.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

/// True for a response that holds a reply.
async fn replied<T>(
    answering: Answering<T>,
    read_clock: ReadClock,
    extractor: &Extractor,
    give_up_at: Instant,
) -> bool {
    let Ok(answer) = answering.await else { return false };
    let (head, incoming) = answer.into_parts();
    if !head.status.is_success() {
        return false;
    }
    let mut body = Body::new(incoming, read_clock, Patience::until(give_up_at));
    let Ok(bytes) = response::whole(&mut body).await else {
        return false;
    };
    let extracted = extractor.read(&bytes, response::content_type(&head.headers));
    extracted.is_ok_and(|extracted| !extracted.replies.is_empty())
}
