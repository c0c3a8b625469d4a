//! The bot as its clients see it: over real sockets, by a client that knows no more HTTP than the tests need.

mod changes;
mod client;
mod faults;
mod load;
mod protocols;
mod robust;
mod sockets;
mod told_truth;
mod updates;

use serde_json::json;

use super::message::{Id, Inbound};
use super::protocol::Protocol;
use crate::scenario::{BotSettings, Fault, FaultRates, Knowledge, Span, Spread};

/// Order numbers have 19 digits.
pub(super) const ORDER: u64 = 4_821_300_000_001_712_345;
/// Somebody else's.
pub(super) const OTHER_ORDER: u64 = 4_821_300_000_009_954_321;

/// A shop with three topics: one needs the order number, one has numbers, one has none.
pub(super) fn knowledge() -> Knowledge {
    serde_json::from_value(json!({
        "knowledge": "test-shop",
        "shop": {"zh": "花店", "en": "Flower Shop"},
        "topics": {
            "delivery": {
                "keywords": {"zh": ["快递", "物流"], "en": ["parcel", "delivery"]},
                "facts": {"ship_within": {"duration": "48h"}},
                "answers": {
                    "zh": ["订单{{ order_number }}会在{{ ship_within }}内发出。"],
                    "en": ["Order {{ order_number }} leaves within {{ ship_within }}."],
                },
                "needs_order_number": true,
            },
            "coupon": {
                "keywords": {"zh": ["优惠券", "满减"], "en": ["coupon"]},
                "facts": {
                    "threshold": {"money": 300},
                    "amount": {"money": 50, "shown": {"zh": "减50元", "en": "50 yuan off"}},
                },
                "answers": {
                    "zh": ["{{ shop }}满{{ threshold }}元{{ amount }}。"],
                    "en": ["{{ amount }} at {{ threshold }} yuan."],
                },
            },
            "carrier": {
                "keywords": {"zh": ["哪家公司"], "en": ["carrier"]},
                "facts": {"carrier": {"identifier": "SF-EXPRESS"}},
                "answers": {"zh": ["我们用{{ carrier }}。"], "en": ["We ship with {{ carrier }}."]},
            },
        },
    }))
    .unwrap()
}

/// A bot that answers at once.
pub(super) fn swift() -> BotSettings {
    BotSettings {
        service_time: Spread::lognormal(Span::seconds(0.0), 0.0),
        chunk_gap: Span::seconds(0.0),
        ..BotSettings::default()
    }
}

/// A bot that answers at once and always has this fault.
pub(super) fn always(fault: Fault) -> BotSettings {
    BotSettings {
        faults: FaultRates([(fault, 1.0)].into_iter().collect()),
        ..swift()
    }
}

/// A message of `customer` with the place `turn-fragment` in the run.
pub(super) fn message(customer: u64, place: &str, text: &str) -> Inbound {
    Inbound {
        id: Some(Id::from_text(&format!("48213-{customer}-{place}"))),
        customer: Some(format!("throng-48213-{customer}")),
        text: text.to_owned(),
        media: None,
        protocol: Protocol::Generic,
    }
}
