//! From a weighted sample to the share of a population.

use std::collections::BTreeMap;

use super::super::Interval;
use crate::metrics::wilson;

/// One judged answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighed {
    /// Whose conversation it belongs to: answers of one conversation are not independent.
    pub customer: u64,
    /// How many answers of the population it stands for (Horvitz and Thompson 1952: one over its chance to be drawn).
    pub weight: f64,
    /// Whether it passed.
    pub passed: bool,
}

/// The share of the population that passes, with a 95 % interval, and how many independent answers that is worth; none
/// without answers.
///
/// The share is the ratio of two Horvitz-Thompson totals (Hájek). Its variance is that of the linearised ratio, summed by
/// conversation as if these were drawn with replacement: a little too wide, since strata and the finite population would
/// narrow it. The interval is Wilson's at the effective sample size p (1 - p) / variance (Korn and Graubard 1998), or
/// Kish's where all pass or all fail; never more than were judged.
pub fn weighted_share(answers: &[Weighed]) -> Option<(Interval, f64)> {
    let total: f64 = answers.iter().map(|one| one.weight).sum();
    if answers.is_empty() || total <= 0.0 {
        return None;
    }
    let passed: f64 = answers.iter().filter(|one| one.passed).map(|one| one.weight).sum();
    let share = (passed / total).clamp(0.0, 1.0);
    let effective = effective_size(answers, share, total).clamp(1.0, answers.len() as f64);
    let estimate = wilson(share, effective, super::super::block::SHOWN_CONFIDENCE);
    let interval = Interval {
        rate: share,
        low: if share == 0.0 { 0.0 } else { estimate.low },
        high: if share == 1.0 { 1.0 } else { estimate.high },
    };
    Some((interval, effective))
}

fn effective_size(answers: &[Weighed], share: f64, total: f64) -> f64 {
    let mut by_customer: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
    for one in answers {
        let (residual, weight) = by_customer.entry(one.customer).or_default();
        *residual += one.weight * (f64::from(u8::from(one.passed)) - share) / total;
        *weight += one.weight;
    }
    let clusters = by_customer.len() as f64;
    let squares: f64 = by_customer.values().map(|(residual, _)| residual * residual).sum();
    let variance = squares * clusters / (clusters - 1.0).max(1.0);
    if share > 0.0 && share < 1.0 && variance > 0.0 {
        return share * (1.0 - share) / variance;
    }
    let weights: f64 = by_customer.values().map(|(_, weight)| weight * weight).sum();
    total * total / weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::scramble;

    fn weighed(customer: u64, weight: f64, passed: bool) -> Weighed {
        Weighed {
            customer,
            weight,
            passed,
        }
    }

    #[test]
    fn with_equal_weights_it_is_the_plain_share_with_wilsons_interval() {
        let answers: Vec<Weighed> = (0..100).map(|customer| weighed(customer, 3.0, customer < 30)).collect();
        let (share, effective) = weighted_share(&answers).unwrap();
        assert!((share.rate - 0.3).abs() < 1e-12);
        assert!((effective - 99.0).abs() < 1e-6, "{effective}");
        let plain = wilson(0.3, 99.0, 0.95);
        assert!((share.low - plain.low).abs() < 1e-9 && (share.high - plain.high).abs() < 1e-9);
    }

    #[test]
    fn an_answer_counts_for_all_that_it_stands_for_and_a_conversation_only_once() {
        let answers = [weighed(1, 90.0, true), weighed(2, 10.0, false)];
        let (share, effective) = weighted_share(&answers).unwrap();
        assert!((share.rate - 0.9).abs() < 1e-12 && effective <= 2.0);
        let twins: Vec<Weighed> = (0..40).map(|one| weighed(one / 2, 1.0, one < 20)).collect();
        let (_, effective) = weighted_share(&twins).unwrap();
        assert!((effective - 19.0).abs() < 1e-6, "{effective}");
        let (all, effective) = weighted_share(&twins[..20]).unwrap();
        assert_eq!((all.rate, all.high, effective), (1.0, 1.0, 10.0));
        assert!(all.low < 0.8);
        assert_eq!(weighted_share(&[]), None);
    }

    /// Draws from strata of known shares: the truth must lie in the interval about as often as promised.
    #[test]
    fn the_interval_of_a_stratified_sample_covers_the_truth() {
        let strata = [(900u64, 0.95), (80, 0.5), (20, 0.1)];
        let truth = (900.0 * 0.95 + 80.0 * 0.5 + 20.0 * 0.1) / 1_000.0;
        let drawn_of_each = 40u64;
        let covered = (0..1_000u64)
            .filter(|round| {
                let mut answers = Vec::new();
                for (place, (size, share)) in strata.iter().enumerate() {
                    for one in 0..drawn_of_each {
                        let customer = one + 1_000 * place as u64;
                        let chance = scramble(round * 7_919 + customer) as f64 / u64::MAX as f64;
                        answers.push(weighed(customer, *size as f64 / drawn_of_each as f64, chance < *share));
                    }
                }
                let (share, _) = weighted_share(&answers).unwrap();
                (share.low..=share.high).contains(&truth)
            })
            .count();
        assert!((925..=1_000).contains(&covered), "{covered} of 1000");
    }
}
