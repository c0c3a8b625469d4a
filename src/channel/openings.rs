//! Opens each conversation once, before its first message, where a profile wants that.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;
use tokio::sync::OnceCell;

use super::delivery::{Delivered, Ear};
use super::post::Post;
use super::{Ended, Outgoing};
use crate::wire::{OpeningPlan, Scope};

type Captured = IndexMap<String, Value>;

/// What the openings of the conversations brought, by customer. The messages of a burst wait for the one that opens.
#[derive(Default)]
pub(super) struct Openings(RefCell<HashMap<u64, Rc<OnceCell<Captured>>>>);

impl Openings {
    /// What the opening of this message's conversation captured. The next message tries again after one that failed.
    pub(super) async fn opened(
        &self,
        plan: &OpeningPlan,
        post: &Post,
        message: &Outgoing,
        scope: impl FnOnce() -> Result<Scope, Ended>,
        ear: &mut Ear<'_>,
    ) -> Result<Captured, Ended> {
        let opening = Rc::clone(self.0.borrow_mut().entry(message.id.customer).or_default());
        let captured = opening.get_or_try_init(async || {
            let mut scope = scope()?;
            let fetched = post.fetch(plan.render(&mut scope), message, ear).await;
            let fetched = fetched.map_err(|Delivered { ended, .. }| ended)?;
            let read = plan.read.read(&fetched.body, &fetched.content_type);
            let read = read.map_err(|error| Ended::HttpError(error.to_string()))?;
            match read.error {
                Some(words) => Err(Ended::BotError(words)),
                None => Ok(read.captured.into_iter().collect()),
            }
        });
        captured.await.cloned()
    }

    /// The customer has left.
    pub(super) fn forget(&self, customer: u64) {
        self.0.borrow_mut().remove(&customer);
    }
}
