//! Which fault a message meets.

use crate::scenario::{Fault, FaultRates};

/// The fault of a message that drew `share` (0 to 1), where each rate is a chance. Faults exclude each other: the
/// chances are laid end to end, and what they leave over is no fault.
pub(super) fn by_chance(rates: &FaultRates, share: f64) -> Option<Fault> {
    at(rates, share)
}

/// The fault of a message that drew `share` (0 to 1), where each rate is a weight. None if all weigh nothing.
pub(super) fn by_weight(rates: &FaultRates, share: f64) -> Option<Fault> {
    let total: f64 = rates.0.values().copied().filter(|weight| *weight > 0.0).sum();
    at(rates, share * total)
}

fn at(rates: &FaultRates, point: f64) -> Option<Fault> {
    let mut passed = 0.0;
    rates
        .0
        .iter()
        .filter(|(_, rate)| **rate > 0.0)
        .find(|(_, rate)| {
            passed += **rate;
            point < passed
        })
        .map(|(fault, _)| *fault)
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;

    fn rates(rates: &[(Fault, f64)]) -> FaultRates {
        FaultRates(rates.iter().copied().collect::<IndexMap<_, _>>())
    }

    #[test]
    fn chances_leave_room_for_no_fault() {
        let rates = rates(&[(Fault::Slow, 0.2), (Fault::Empty, 0.0), (Fault::Silent, 0.1)]);
        for (share, fault) in [
            (0.0, Some(Fault::Slow)),
            (0.19, Some(Fault::Slow)),
            (0.2, Some(Fault::Silent)),
            (0.29, Some(Fault::Silent)),
            (0.31, None),
            (0.99, None),
        ] {
            assert_eq!(by_chance(&rates, share), fault, "{share}");
        }
    }

    #[test]
    fn weights_leave_none() {
        let rates = rates(&[(Fault::Refused, 3.0), (Fault::Fallback, 1.0), (Fault::Slow, f64::NAN)]);
        for (share, fault) in [
            (0.0, Fault::Refused),
            (0.74, Fault::Refused),
            (0.76, Fault::Fallback),
            (0.999, Fault::Fallback),
        ] {
            assert_eq!(by_weight(&rates, share), Some(fault), "{share}");
        }
        assert_eq!(by_weight(&FaultRates::default(), 0.5), None);
    }
}
