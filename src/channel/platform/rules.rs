//! What a platform allows, and where a scenario wants it to fail.

use std::time::Duration;

use indexmap::IndexMap;

use super::guests::Allowance;
use crate::conversation::scramble;
use crate::scenario::{Channel, Serve};

/// What the platform allows, and where it fails.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) token_lasts: Option<Duration>,
    pub(super) allowance: Option<Allowance>,
    pub(super) over_quota: String,
    faults: IndexMap<String, f64>,
    seed: u64,
}

impl Rules {
    pub(super) fn of(channel: &Channel, serve: &Serve, seed: u64) -> Rules {
        let quota = serve.quota.as_ref();
        Rules {
            token_lasts: serve.token_lasts.map(|span| span.get()),
            allowance: quota.map(|quota| Allowance {
                replies: quota.replies,
                within: quota.within.get(),
            }),
            over_quota: quota.map(|quota| quota.error.clone()).unwrap_or_default(),
            faults: channel.platform_faults.clone(),
            seed,
        }
    }

    /// The error that chance wants for the `nth` reply to a customer; the same in a rerun.
    pub(super) fn fault(&self, customer: u64, nth: u64) -> Option<String> {
        let drawn = scramble(self.seed ^ scramble(customer ^ scramble(nth)));
        let mut share = (drawn >> 11) as f64 / (1_u64 << 53) as f64;
        for (name, chance) in &self.faults {
            if share < *chance {
                return Some(name.clone());
            }
            share -= chance;
        }
        None
    }
}
