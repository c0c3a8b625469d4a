//! Polled replies and openings: requests that can be sent, waits that end.

use super::numbers;
use super::profile::{request, response};
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{Opening, Poll};

pub(super) fn check(poll: &Poll, at: &Spot, findings: &mut Findings) {
    super::not_empty(poll.every.len(), &at.key("every"), "wait", findings);
    for (place, wait) in poll.every.iter().enumerate() {
        numbers::span(*wait, &at.key("every").item(place), findings);
    }
    let most = f64::from(poll.most);
    numbers::within(most, 1.0, f64::from(Poll::MOST), &at.key("most"), findings);
    request(&poll.ask, &at.key("ask"), findings);
    if let Some(fetch) = &poll.fetch {
        request(fetch, &at.key("fetch"), findings);
    }
    response(&poll.read, &at.key("read"), findings);
    if !poll.only.is_empty() && poll.read.each.is_none() {
        findings.add_key(
            &at.key("only"),
            "expected `read.each` beside it, which selects what is compared, found none",
        );
    }
}

pub(super) fn opening(opening: &Opening, at: &Spot, findings: &mut Findings) {
    request(&opening.request, &at.key("request"), findings);
}
