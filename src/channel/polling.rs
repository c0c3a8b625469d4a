//! Asks for a reply until it is there.

use indexmap::IndexMap;
use serde_json::Value;
use tokio::time::{Instant, sleep_until};

use super::delivery::{Ear, Fetched};
use super::post::Post;
use super::response::tell;
use super::{Ended, Finish, Outgoing, Signal, now_ms};
use crate::wire::{BrokenBody, Plan, PollPlan, Scope};

/// One message that was accepted, and what is known of its reply.
pub(super) struct Polling<'a> {
    post: &'a Post,
    plan: &'a PollPlan,
    message: &'a Outgoing,
    /// What was captured so far, here and before.
    captured: IndexMap<String, Value>,
    /// How often it was asked.
    asked: u16,
}

/// What one time of asking came to.
enum News {
    /// Nothing yet.
    None,
    /// Replies, and there may be more.
    Some,
    /// No more can come.
    Over(Ended),
}

impl<'a> Polling<'a> {
    pub(super) fn of(
        post: &'a Post,
        plan: &'a PollPlan,
        message: &'a Outgoing,
        captured: IndexMap<String, Value>,
    ) -> Polling<'a> {
        Polling {
            post,
            plan,
            message,
            captured,
            asked: 0,
        }
    }

    /// Sends the message and, once it is accepted, asks for its reply.
    pub(super) async fn exchange(mut self, plan: &Plan, scope: &mut Scope, ear: &mut Ear<'_>) -> Finish {
        ear.keep();
        let sent = self.post.deliver(plan, self.message, scope, ear).await;
        self.captured.extend(ear.kept());
        let ended = match sent.ended {
            Ended::Empty => self.ask_on(scope, ear).await,
            other => other,
        };
        Finish {
            ended,
            polls: self.asked,
            ..sent
        }
    }

    /// Asks until the reply is there, asking fails, or nobody listens any more. A time of asking that fails for a reason that
    /// the profile's `retry` names is one that brought nothing.
    async fn ask_on(&mut self, scope: &mut Scope, ear: &mut Ear<'_>) -> Ended {
        let mut was_told = false;
        loop {
            let next_at = Instant::now() + self.plan.wait_after(self.asked);
            if self.asked >= self.plan.most || next_at >= self.message.give_up_at {
                return if was_told { Ended::Complete } else { Ended::Silent };
            }
            sleep_until(next_at).await;
            self.asked += 1;
            match self.ask(scope, ear).await {
                News::None if was_told => return Ended::Complete,
                News::None => {}
                News::Some => was_told = true,
                News::Over(Ended::Silent) if was_told => return Ended::Complete,
                News::Over(ended) => return ended,
            }
        }
    }

    async fn ask(&mut self, scope: &mut Scope, ear: &mut Ear<'_>) -> News {
        scope.set_now(now_ms());
        scope.set_captured(&self.captured);
        let asked = self.post.fetch(self.plan.ask(scope), self.message, ear).await;
        let fetched = match asked {
            Ok(fetched) => fetched,
            Err(delivered) if self.post.tries_again(&delivered) => return News::None,
            Err(delivered) => return News::Over(delivered.ended),
        };
        match self.is_there(&fetched, ear) {
            Ok(true) => self.take(fetched, scope, ear).await,
            Ok(false) => News::None,
            Err(ended) => News::Over(ended),
        }
    }

    /// True when the reply is there, or replies are told as they come.
    fn is_there(&mut self, fetched: &Fetched, ear: &mut Ear<'_>) -> Result<bool, Ended> {
        let status = self.plan.status(&fetched.body, &fetched.content_type).map_err(broken)?;
        for (name, value) in status.captured {
            self.captured.insert(name.clone(), value.clone());
            ear.hear(Signal::Captured { name, value });
        }
        match status.error {
            Some(words) => Err(Ended::BotError(words)),
            None => Ok(status.is_done || !self.plan.waits_for_done()),
        }
    }

    /// Tells the replies, which are in what was fetched unless the profile has a further request for them.
    async fn take(&mut self, fetched: Fetched, scope: &mut Scope, ear: &mut Ear<'_>) -> News {
        scope.set_captured(&self.captured);
        let fetched = match self.plan.fetch(scope).transpose() {
            None => fetched,
            Some(rendered) => match self.post.fetch(rendered, self.message, ear).await {
                Ok(fetched) => fetched,
                Err(delivered) => return News::Over(delivered.ended),
            },
        };
        let read = match self.plan.replies(scope, &fetched.body, &fetched.content_type) {
            Ok(read) => read,
            Err(error) => return News::Over(broken(error)),
        };
        self.captured.extend(read.captured.iter().cloned());
        match tell(read, fetched.at, ear) {
            Ended::Empty if !self.plan.waits_for_done() => News::None,
            Ended::Complete if !self.plan.waits_for_done() => News::Some,
            ended => News::Over(ended),
        }
    }
}

fn broken(error: BrokenBody) -> Ended {
    Ended::HttpError(error.to_string())
}
