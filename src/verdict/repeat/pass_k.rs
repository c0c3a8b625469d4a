//! pass^k: how likely it is that k customers with the same wish are all served well.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// pass^k for every k from 1 to the number of runs that it rests on.
///
/// A *task* is a goal, brought by one persona to one channel; a *trial* is a whole conversation of the task, of whichever
/// run, and it passes when it succeeded ([`TaskNumbers::succeeded`](crate::verdict::TaskNumbers::succeeded)).
/// With n trials of a task of which c passed, C(c, k) / C(n, k) is the probability that k of them, drawn at random without
/// putting back, all passed: an unbiased estimate of p^k. pass^k is its mean over the tasks, each counting the same
/// (Yao et al. 2024, *τ-bench*, arXiv:2406.12045; `metrics/agent_metrics.py` of tau2-bench). There a run is one trial of a task; here
/// it holds many at once, and it is the load that makes them differ.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PassK {
    /// Tasks with at least as many conversations as there are runs: the same for every k, so that the figures compare.
    pub tasks: u64,
    /// Tasks with fewer, which say too little and are in none of the figures.
    pub tasks_left_out: u64,
    /// By k, from 1; empty without tasks.
    pub of: Vec<PassRate>,
}

/// pass^k for one k.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PassRate {
    /// How many customers with the same wish.
    pub k: u32,
    /// 0 to 1; conversations of which it could not be told count as failed.
    pub rate: f64,
    /// The same with those counted as succeeded.
    pub at_most: f64,
}

/// The trials of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Trials {
    /// n.
    pub(super) conversations: u64,
    /// c.
    pub(super) succeeded: u64,
    /// More that may have succeeded.
    pub(super) unknown: u64,
}

impl PassK {
    /// Of these tasks, for k from 1 to `most`.
    pub(super) fn of<T>(tasks: &BTreeMap<T, Trials>, most: u32) -> PassK {
        let told: Vec<&Trials> = tasks
            .values()
            .filter(|trials| trials.conversations >= u64::from(most.max(1)))
            .collect();
        let mean = |all_pass: &dyn Fn(&Trials) -> f64| {
            told.iter().map(|trials| all_pass(trials)).sum::<f64>() / told.len() as f64
        };
        let rate = |k: u32| PassRate {
            k,
            rate: mean(&|trials| all_pass(trials.succeeded, trials.conversations, k)),
            at_most: mean(&|trials| all_pass(trials.succeeded + trials.unknown, trials.conversations, k)),
        };
        PassK {
            tasks: told.len() as u64,
            tasks_left_out: (tasks.len() - told.len()) as u64,
            of: match told.is_empty() {
                true => Vec::new(),
                false => (1..=most).map(rate).collect(),
            },
        }
    }
}

/// C(passed, k) / C(trials, k): the probability that `k` of `trials`, of which `passed` passed, all passed. A product of
/// k fractions, since the binomial coefficients themselves outgrow every number. 0 < k <= trials, passed <= trials.
fn all_pass(passed: u64, trials: u64, k: u32) -> f64 {
    (0..u64::from(k))
        .map(|drawn| passed.saturating_sub(drawn) as f64 / (trials - drawn) as f64)
        .product()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trials(conversations: u64, succeeded: u64, unknown: u64) -> Trials {
        Trials {
            conversations,
            succeeded,
            unknown,
        }
    }

    fn rates(tasks: &[Trials], most: u32) -> (Vec<f64>, Vec<f64>) {
        let tasks: BTreeMap<usize, Trials> = tasks.iter().copied().enumerate().collect();
        let found = PassK::of(&tasks, most);
        assert!(found.of.iter().map(|rate| rate.k).eq(1..=most));
        (
            found.of.iter().map(|rate| rate.rate).collect(),
            found.of.iter().map(|rate| rate.at_most).collect(),
        )
    }

    fn close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
        }
    }

    #[test]
    fn one_task_by_hand() {
        // Of 4 conversations 3 passed: 3/4, then C(3,2)/C(4,2) = 3/6, C(3,3)/C(4,3) = 1/4, and never all four.
        close(&rates(&[trials(4, 3, 0)], 4).0, &[0.75, 0.5, 0.25, 0.0]);
    }

    #[test]
    fn tasks_count_the_same_however_many_conversations_they_have() {
        // 9/10 and 1/2: the means; C(9,2)/C(10,2) = 36/45 = 0.8 and C(1,2)/C(2,2) = 0.
        close(&rates(&[trials(10, 9, 0), trials(2, 1, 0)], 2).0, &[0.7, 0.4]);
    }

    #[test]
    fn what_could_not_be_told_makes_it_a_range() {
        let (least, most) = rates(&[trials(4, 2, 1)], 2);
        close(&least, &[0.5, 1.0 / 6.0]);
        close(&most, &[0.75, 0.5]);
    }

    #[test]
    fn a_task_with_fewer_conversations_than_runs_is_left_out_for_every_k() {
        let tasks = BTreeMap::from([("rare", trials(2, 0, 0)), ("common", trials(3, 3, 0))]);
        let found = PassK::of(&tasks, 3);
        assert_eq!((found.tasks, found.tasks_left_out), (1, 1));
        assert!(found.of.iter().all(|rate| rate.rate == 1.0), "{found:?}");
        let none = PassK::of(&BTreeMap::from([("rare", trials(2, 2, 0))]), 3);
        assert_eq!((none.tasks, none.tasks_left_out, none.of.len()), (0, 1, 0));
        assert_eq!(PassK::of(&BTreeMap::from([("none", trials(0, 0, 0))]), 0).tasks, 0);
    }

    #[test]
    fn it_is_the_share_of_all_choices_that_passed_whole() {
        for conversations in 1..=9_u32 {
            for succeeded in 0..=conversations {
                for k in 1..=conversations {
                    // The first `succeeded` passed; every choice of k of them is a set of bits.
                    let choices = (0..1_u32 << conversations).filter(|choice| choice.count_ones() == k);
                    let (all, passed) = choices.fold((0_u32, 0_u32), |(all, passed), choice| {
                        (all + 1, passed + u32::from(choice >> succeeded == 0))
                    });
                    let found = all_pass(u64::from(succeeded), u64::from(conversations), k);
                    let expected = f64::from(passed) / f64::from(all);
                    assert!((found - expected).abs() < 1e-12, "{succeeded} of {conversations}, {k}");
                }
            }
        }
    }

    #[test]
    fn millions_of_conversations_do_not_overflow() {
        let (found, _) = rates(&[trials(1 << 40, 1 << 39, 0)], 20);
        close(&[found[19]], &[0.5_f64.powi(20)]);
        assert_eq!(all_pass(u64::MAX, u64::MAX, 20), 1.0);
    }
}
