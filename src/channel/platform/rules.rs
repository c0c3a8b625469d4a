//! What a platform allows, and where a scenario wants it to fail.

use std::time::Duration;

use indexmap::IndexMap;

use super::guests::Allowance;
use crate::conversation::scramble;
use crate::scenario::{Channel, PlatformFault, Serve};

/// What the platform allows, and where it fails.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) token_lasts: Option<Duration>,
    pub(super) allowance: Option<Allowance>,
    pub(super) over_quota: String,
    /// Of replies: errors with their chances.
    faults: Vec<(String, f64)>,
    /// The same by route, of all that is called there.
    route_faults: IndexMap<String, Vec<(String, f64)>>,
    seed: u64,
}

impl Rules {
    pub(super) fn of(channel: &Channel, serve: &Serve, seed: u64) -> Rules {
        let quota = serve.quota.as_ref();
        let (mut faults, mut route_faults) = (Vec::new(), IndexMap::<String, Vec<(String, f64)>>::new());
        for (name, chance) in &channel.platform_faults {
            match PlatformFault::named(name, serve) {
                PlatformFault::OfReplies(error) => faults.push((error.to_owned(), *chance)),
                PlatformFault::OfRoute(route, error) => {
                    let of_route = route_faults.entry(route.to_owned()).or_default();
                    of_route.push((error.to_owned(), *chance));
                }
            }
        }
        Rules {
            token_lasts: serve.token_lasts.map(|span| span.get()),
            allowance: quota.map(|quota| Allowance {
                replies: quota.replies,
                within: quota.within.get(),
            }),
            over_quota: quota.map(|quota| quota.error.clone()).unwrap_or_default(),
            faults,
            route_faults,
            seed,
        }
    }

    /// The error that chance wants for the `nth` reply to a customer; the same in a rerun.
    pub(super) fn fault(&self, customer: u64, nth: u64) -> Option<String> {
        drawn(&self.faults, self.seed ^ scramble(customer ^ scramble(nth)))
    }

    /// The error that chance wants for a call of a route, by the how manieth call of all this is.
    pub(super) fn route_fault(&self, route: &str, nth: u64) -> Option<String> {
        let (place, _, faults) = self.route_faults.get_full(route)?;
        drawn(faults, self.seed ^ scramble(nth ^ scramble(place as u64 + 1)))
    }
}

/// One of the errors by its chance, or none.
fn drawn(faults: &[(String, f64)], seed: u64) -> Option<String> {
    let mut share = (scramble(seed) >> 11) as f64 / (1_u64 << 53) as f64;
    for (name, chance) in faults {
        if share < *chance {
            return Some(name.clone());
        }
        share -= chance;
    }
    None
}
