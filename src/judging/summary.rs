//! From what was heard to judge.json. Pure.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::bench::{Bench, Heard};
use super::population::Reach;
use super::{Settings, named};
use crate::archive::{KeptAnswer, KeptAnswers};
use crate::quality::judge::{Chosen, Doubt, Gates, Prompt, Ruling, SamplePlan, Stratum};
use crate::scenario::Judgement;
use crate::verdict::judged::{
    Anchors, Calibration, CriterionResult, Judged, JudgedPopulation, JudgedSample, JudgedSpending, JudgedTurn, Matrix,
    ModelUsed, RubricUsed, Weighed, weighted_share,
};
use crate::verdict::{Interval, Run};

/// What `judge.json` says it is.
const SCHEMA: &str = "throng.judge/1";

/// All that was heard, and what it was heard about.
pub(super) struct Hearing<'a> {
    pub(super) run: &'a Run,
    pub(super) kept: &'a KeptAnswers,
    pub(super) reach: Reach,
    pub(super) plan: SamplePlan,
    pub(super) chosen: &'a Chosen,
    /// In the order of the chosen.
    pub(super) heard: &'a [Heard],
    /// In the order of the labelled replies.
    pub(super) labelled: &'a [Heard],
    pub(super) anchors: Option<Anchors>,
}

/// An answer with its rulings and what it stands for.
struct Case<'a> {
    answer: &'a KeptAnswer,
    rulings: &'a [Ruling],
    weight: f64,
}

pub(super) fn summary(settings: &Settings, bench: &Bench<'_>, hearing: &Hearing<'_>) -> Judged {
    let cases = hearing.cases();
    let criteria: IndexMap<String, CriterionResult> = settings
        .rubric
        .criteria
        .iter()
        .enumerate()
        .map(|(place, criterion)| {
            let calibration = calibration(settings, hearing.labelled, place);
            (criterion.name.clone(), result(&cases, hearing, place, calibration))
        })
        .collect();
    let gates = settings.gates.iter().filter_map(|gate| {
        let result = criteria.get(&gate.criterion)?;
        Some(gate.judge(result.calibration.as_ref(), result.corrected))
    });
    Judged {
        schema: SCHEMA.to_owned(),
        run: named(hearing.run),
        judged_at: jiff::Timestamp::now().to_string(),
        stopped: bench.ended(),
        model: model(bench),
        rubric: RubricUsed {
            name: settings.rubric.rubric.clone(),
            prompt_hash: Prompt::hash(&settings.rubric),
        },
        population: hearing.population(),
        sample: hearing.sample(),
        spent: spent(bench),
        gates: gates.collect(),
        criteria,
        anchors: hearing.anchors,
        turns: cases.iter().map(turn).collect(),
    }
}

impl<'a> Hearing<'a> {
    /// The answers with rulings. Each stands for its part of the stratum, as far as that was judged, times what its
    /// conversation stands for.
    fn cases(&self) -> Vec<Case<'a>> {
        let judged = self.judged_by_stratum();
        let chosen = self.chosen.places.iter().zip(self.heard);
        let case = |(place, heard): (&usize, &'a Heard)| {
            let answer = &self.kept.answers[*place];
            let size = self.chosen.sizes.get(&answer.stratum).copied().unwrap_or(0);
            let of = judged.get(&answer.stratum).copied().unwrap_or(1);
            Some(Case {
                answer,
                rulings: heard.rulings()?,
                weight: size as f64 / of as f64 * self.reach.weight(answer.kept_as_failed),
            })
        };
        chosen.filter_map(case).collect()
    }

    fn judged_by_stratum(&self) -> BTreeMap<&'a Stratum, u64> {
        let mut judged = BTreeMap::new();
        for (place, heard) in self.chosen.places.iter().zip(self.heard) {
            if heard.rulings().is_some() {
                *judged.entry(&self.kept.answers[*place].stratum).or_insert(0) += 1;
            }
        }
        judged
    }

    /// How many answers of the population those that fit are.
    fn answers(&self, fits: impl Fn(&KeptAnswer) -> bool) -> f64 {
        let fitting = self.kept.answers.iter().filter(|answer| fits(answer));
        fitting.map(|answer| self.reach.weight(answer.kept_as_failed)).sum()
    }

    fn population(&self) -> JudgedPopulation {
        JudgedPopulation {
            is_whole_run: self.reach.is_whole_run,
            because: self.reach.because.clone(),
            answers: self.answers(|_| true),
            kept: self.kept.answers.len() as u64,
            without_answer: self.kept.without_answer,
        }
    }

    fn sample(&self) -> JudgedSample {
        let count = |is_it: fn(&Heard) -> bool| self.heard.iter().filter(|heard| is_it(heard)).count() as u64;
        let judged = self.judged_by_stratum();
        JudgedSample {
            seed: self.plan.seed,
            per_stratum: self.plan.per_stratum as u64,
            most_failures: self.plan.most_failures as u64,
            strata: self.chosen.sizes.len() as u64,
            chosen: self.chosen.places.len() as u64,
            judged: count(|heard| matches!(heard, Heard::Ruled { .. })),
            unreadable: count(|heard| *heard == Heard::Unreadable),
            failed: count(|heard| *heard == Heard::Failed),
            not_asked: count(|heard| *heard == Heard::NotAsked),
            uncovered: self.answers(|answer| !judged.contains_key(&answer.stratum)),
            from_cache: count(|heard| matches!(heard, Heard::Ruled { was_known: true, .. })),
        }
    }
}

fn result(
    cases: &[Case<'_>],
    hearing: &Hearing<'_>,
    place: usize,
    calibration: Option<Calibration>,
) -> CriterionResult {
    let count =
        |is_it: &dyn Fn(&Ruling) -> bool| cases.iter().filter(|case| is_it(&case.rulings[place])).count() as u64;
    let all = share(cases, place, |_| true);
    let by = |name: fn(&Stratum) -> &str, names: &mut dyn Iterator<Item = &String>| {
        names
            .map(|one| {
                (
                    one.clone(),
                    share(cases, place, |stratum| name(stratum) == one).map(|(share, _)| share),
                )
            })
            .collect::<IndexMap<_, _>>()
    };
    let counted = |name: &&String| !hearing.run.warm_up.contains(*name);
    CriterionResult {
        pass: count(&|ruling| ruling.verdict == Judgement::Pass),
        fail: count(&|ruling| ruling.verdict == Judgement::Fail),
        unknown: count(&|ruling| ruling.verdict == Judgement::Unknown),
        quote_not_found: count(&|ruling| ruling.doubt == Some(Doubt::QuoteNotFound)),
        share: all.map(|(share, _)| share),
        corrected: all.and_then(|(share, effective)| calibration.as_ref()?.corrected(share.rate, effective)),
        by_phase: by(
            |stratum| &stratum.phase,
            &mut hearing.run.by_phase.keys().filter(counted),
        ),
        by_channel: by(|stratum| &stratum.channel, &mut hearing.run.by_channel.keys()),
        calibration,
    }
}

fn share(cases: &[Case<'_>], place: usize, fits: impl Fn(&Stratum) -> bool) -> Option<(Interval, f64)> {
    let decided = cases.iter().filter(|case| fits(&case.answer.stratum));
    let weighed: Vec<Weighed> = decided
        .filter(|case| case.rulings[place].verdict != Judgement::Unknown)
        .map(|case| Weighed {
            customer: case.answer.customer,
            weight: case.weight,
            passed: case.rulings[place].verdict == Judgement::Pass,
        })
        .collect();
    weighted_share(&weighed)
}

/// Labels beside verdicts; none without a labelled set.
fn calibration(settings: &Settings, heard: &[Heard], place: usize) -> Option<Calibration> {
    if settings.labelled.is_empty() {
        return None;
    }
    let name = &settings.rubric.criteria[place].name;
    let mut matrix = Matrix::default();
    for (reply, heard) in settings.labelled.iter().zip(heard) {
        let label = reply.labels.iter().find(|(criterion, _)| criterion == name);
        if let (Some((_, label)), Some(rulings)) = (label, heard.rulings()) {
            let verdict = match rulings[place].verdict {
                Judgement::Pass => Some(true),
                Judgement::Fail => Some(false),
                Judgement::Unknown => None,
            };
            matrix.add(*label == Judgement::Pass, verdict);
        }
    }
    Some(Calibration::of(matrix))
}

fn model(bench: &Bench<'_>) -> ModelUsed {
    let client = bench.client();
    ModelUsed {
        endpoint: client.endpoint(),
        asked: client.model().to_owned(),
        reported: bench.models(),
        temperature: 0.0,
        seed: bench.model_seed(),
        left_out: client.left_out().into_iter().map(str::to_owned).collect(),
    }
}

fn spent(bench: &Bench<'_>) -> JudgedSpending {
    let budget = bench.client().budget();
    let (usage, money) = budget.spent();
    let limits = budget.limits();
    JudgedSpending {
        input_tokens: usage.input,
        output_tokens: usage.output,
        is_estimated: usage.is_estimated,
        money,
        most_tokens: limits.tokens,
        most_money: limits.money,
    }
}

fn turn(case: &Case<'_>) -> JudgedTurn {
    let stratum = &case.answer.stratum;
    JudgedTurn {
        customer: case.answer.customer,
        turn: case.answer.turn,
        phase: stratum.phase.clone(),
        channel: stratum.channel.clone(),
        goal: stratum.goal.clone(),
        gates: match stratum.gates {
            Gates::Failed => "failed",
            Gates::Passed => "passed",
            Gates::Unscored => "unscored",
        }
        .to_owned(),
        weight: case.weight,
        rulings: case.rulings.to_vec(),
    }
}
