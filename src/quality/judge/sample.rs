//! Which answers are judged: a stratified, seeded sample.

use std::collections::BTreeMap;

use crate::conversation::scramble;

/// What the deterministic hard gates say of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gates {
    /// One failed.
    Failed,
    /// At least one was scored, and none failed.
    Passed,
    /// None could be scored.
    Unscored,
}

/// Turns that are drawn from together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stratum {
    /// Phase in which the turn was due.
    pub phase: String,
    /// Its channel.
    pub channel: String,
    /// Its customer's goal.
    pub goal: String,
    /// What the hard gates say.
    pub gates: Gates,
}

/// A turn that may be judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The customer's number.
    pub customer: u64,
    /// The turn's number.
    pub turn: u16,
    /// What it is drawn from.
    pub stratum: Stratum,
}

/// How many are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SamplePlan {
    /// Of each stratum.
    pub per_stratum: usize,
    /// Turns that failed a hard gate: all of them up to about so many; of more, each of their strata gives its part.
    pub most_failures: usize,
    /// Where the draw comes from.
    pub seed: u64,
}

/// Which candidates are judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// Places of candidates, in the order in which they are asked about: one of each stratum, then a second of each, and so
    /// on, so that a judge who must stop early has seen something of all.
    pub places: Vec<usize>,
    /// How many candidates each stratum has.
    pub sizes: BTreeMap<Stratum, u64>,
}

/// Chooses. Pure: the same candidates, plan and seed give the same choice, in whatever order the candidates come.
pub fn choose(candidates: &[Candidate], plan: SamplePlan) -> Chosen {
    let mut strata: BTreeMap<&Stratum, Vec<usize>> = BTreeMap::new();
    for (place, candidate) in candidates.iter().enumerate() {
        strata.entry(&candidate.stratum).or_default().push(place);
    }
    let failures: usize = strata
        .iter()
        .filter(|(stratum, _)| stratum.gates == Gates::Failed)
        .map(|(_, places)| places.len())
        .sum();
    let mut ordered: Vec<(usize, &Stratum, usize)> = Vec::new();
    for (stratum, places) in &mut strata {
        places.sort_by_key(|place| rank(&candidates[*place], plan.seed));
        let wanted = wanted(stratum, places.len(), failures, plan);
        let drawn = places.iter().take(wanted).enumerate();
        ordered.extend(drawn.map(|(round, place)| (round, *stratum, *place)));
    }
    ordered.sort_by_key(|(round, stratum, _)| (*round, *stratum));
    Chosen {
        places: ordered.into_iter().map(|(_, _, place)| place).collect(),
        sizes: strata
            .into_iter()
            .map(|(stratum, places)| (stratum.clone(), places.len() as u64))
            .collect(),
    }
}

fn wanted(stratum: &Stratum, size: usize, failures: usize, plan: SamplePlan) -> usize {
    let part = match stratum.gates {
        Gates::Failed if failures <= plan.most_failures => size,
        Gates::Failed => size * plan.most_failures / failures,
        Gates::Passed | Gates::Unscored => 0,
    };
    part.max(plan.per_stratum).min(size)
}

/// A candidate's place in the draw, and what breaks a tie.
fn rank(candidate: &Candidate, seed: u64) -> (u64, u64, u16) {
    let turn = scramble(candidate.customer) ^ u64::from(candidate.turn);
    (scramble(seed ^ scramble(turn)), candidate.customer, candidate.turn)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Customers 0..count of this phase and outcome.
    fn some(count: u64, phase: &str, gates: Gates) -> Vec<Candidate> {
        let candidate = |customer| Candidate {
            customer,
            turn: 1,
            stratum: Stratum {
                phase: phase.to_owned(),
                channel: "web".to_owned(),
                goal: "ask".to_owned(),
                gates,
            },
        };
        (0..count).map(candidate).collect()
    }

    fn shop(failed: u64) -> Vec<Candidate> {
        [
            some(1_000, "calm", Gates::Passed),
            some(2, "midnight", Gates::Passed),
            some(failed, "calm", Gates::Failed),
            some(3 * failed, "midnight", Gates::Failed),
        ]
        .concat()
    }

    const PLAN: SamplePlan = SamplePlan {
        per_stratum: 5,
        most_failures: 40,
        seed: 7,
    };

    #[test]
    fn all_hard_failures_and_some_of_every_stratum_are_judged() {
        let candidates = shop(10);
        let chosen = choose(&candidates, PLAN);
        let count = |phase: &str, gates| {
            let is_it = |place: &&usize| {
                let stratum = &candidates[**place].stratum;
                stratum.phase == phase && stratum.gates == gates
            };
            chosen.places.iter().filter(is_it).count()
        };
        assert_eq!(
            (count("calm", Gates::Failed), count("midnight", Gates::Failed)),
            (10, 30)
        );
        assert_eq!((count("calm", Gates::Passed), count("midnight", Gates::Passed)), (5, 2));
        assert_eq!(chosen.sizes.values().sum::<u64>(), 1_042);
        let first: Vec<&Stratum> = chosen.places[..4]
            .iter()
            .map(|place| &candidates[*place].stratum)
            .collect();
        assert_eq!(
            first,
            chosen.sizes.keys().collect::<Vec<_>>(),
            "the first round sees every stratum"
        );
    }

    #[test]
    fn too_many_failures_are_drawn_in_proportion() {
        let candidates = shop(100);
        let chosen = choose(&candidates, PLAN);
        assert_eq!(chosen.places.len(), 10 + 30 + 5 + 2);
    }

    #[test]
    fn the_draw_depends_on_the_seed_and_not_on_the_order() {
        let candidates = shop(10);
        let mut turned = candidates.clone();
        turned.reverse();
        let names = |candidates: &[Candidate], seed| {
            let chosen = choose(candidates, SamplePlan { seed, ..PLAN });
            let places = chosen.places.iter();
            places
                .map(|place| (candidates[*place].stratum.clone(), candidates[*place].customer))
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&candidates, 7), names(&turned, 7));
        assert_ne!(names(&candidates, 7), names(&candidates, 8));
    }

    #[test]
    fn each_turn_of_a_stratum_is_drawn_equally_often() {
        let candidates = some(20, "calm", Gates::Passed);
        let mut drawn = [0u32; 20];
        for seed in 0..2_000 {
            for place in choose(&candidates, SamplePlan { seed, ..PLAN }).places {
                drawn[place] += 1;
            }
        }
        // 500 expected of each, standard deviation 19.
        assert!(drawn.iter().all(|count| (420..580).contains(count)), "{drawn:?}");
    }
}
