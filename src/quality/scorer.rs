//! Scores turns: makes the case, hears every check, draws the conclusion.

use std::collections::HashMap;
use std::sync::Arc;

use super::answer::Answer;
use super::check::{Asked, CHECKS, Case, Opinion, UnknownStep};
use super::cross_talk;
use super::forbidden::Bans;
use super::{Finding, Memory, Served, TurnScore};
use crate::conversation::{Outcome, RunKey, Turn};
use crate::reading::{PatternError, Reader, Subject};
use crate::scenario::{FactValue, Goal, Knowledge, Scenario, Step};

/// Scores turns.
pub struct Scorer {
    pub(super) scenario: Arc<Scenario>,
    pub(super) key: RunKey,
    pub(super) bans: Bans,
    /// By topic.
    pub(super) rubrics: HashMap<String, Rubric>,
    reader: Reader,
}

/// The facts of a topic whose values can be audited: those with a type and with words for their subject.
pub(super) struct Rubric {
    pub(super) facts: Vec<Audited>,
    /// In the order of `facts`.
    pub(super) subjects: Vec<Subject>,
}

/// A fact that answers are held against.
pub(super) struct Audited {
    /// `TOPIC.FACT`.
    pub(super) name: String,
    pub(super) value: FactValue,
}

impl Scorer {
    /// A scorer for this scenario.
    ///
    /// # Errors
    /// When a pattern of the scenario is no regular expression.
    pub fn new(scenario: Arc<Scenario>) -> Result<Scorer, PatternError> {
        Ok(Scorer {
            key: scenario.run_key(),
            bans: Bans::new(&scenario.knowledge.forbidden)?,
            rubrics: rubrics(&scenario.knowledge),
            reader: Reader::new(&scenario)?,
            scenario,
        })
    }

    /// The score of a closed turn of the conversation that `memory` remembers; from here on it remembers this turn too. The turns of a
    /// conversation come in the order in which they closed.
    pub fn score(&self, turn: &Turn, memory: &mut Memory) -> TurnScore {
        let case = self.case(turn);
        let opinions = CHECKS.map(|check| (check.judge)(&case));
        let served = served(turn.outcome, &opinions);
        let score = TurnScore {
            served,
            quality: quality(turn.outcome, &opinions),
            findings: opinions.map(Finding::from),
            cross_talk: cross_talk::replies_about_others(&case),
        };
        memory.note(&score);
        score
    }

    fn case<'a>(&'a self, turn: &'a Turn) -> Case<'a> {
        let goal = self.scenario.goals.get(usize::from(turn.labels.goal));
        let persona = self.scenario.personas.get(usize::from(turn.labels.persona));
        Case {
            scorer: self,
            turn,
            answer: Answer::read(turn, &self.reader),
            step: self.asked(goal, turn.step),
            language: persona.map(|persona| persona.language),
            accepts_handoff: goal.is_some_and(|goal| goal.accepts_handoff),
        }
    }

    fn asked<'a>(&'a self, goal: Option<&'a Goal>, step: u16) -> Result<Option<Asked<'a>>, UnknownStep> {
        let step = goal
            .and_then(|goal| goal.agenda.get(usize::from(step)))
            .ok_or(UnknownStep)?;
        Ok(match step {
            Step::Say(_) => None,
            Step::Ask(ask) => Some(Asked {
                ask,
                rubric: ask.about.as_ref().and_then(|topic| self.rubrics.get(topic)),
            }),
        })
    }
}

fn rubrics(knowledge: &Knowledge) -> HashMap<String, Rubric> {
    let rubric = |(name, topic): (&String, &crate::scenario::Topic)| {
        let mut rubric = Rubric {
            facts: Vec::new(),
            subjects: Vec::new(),
        };
        for (fact_name, fact) in &topic.facts {
            let typed = fact
                .value()
                .filter(|value| !matches!(value, FactValue::Identifier(_) | FactValue::Text(_)));
            let words = fact.subject.zh.iter().chain(&fact.subject.en);
            if let Some(value) = typed.filter(|_| words.clone().next().is_some()) {
                rubric.subjects.push(Subject::new(words));
                rubric.facts.push(Audited {
                    name: format!("{name}.{fact_name}"),
                    value,
                });
            }
        }
        (name.clone(), rubric)
    };
    knowledge.topics.iter().map(rubric).collect()
}

impl From<Opinion> for Finding {
    fn from(opinion: Opinion) -> Finding {
        match opinion {
            Opinion::Pass => Finding::Pass,
            Opinion::Fail(evidence) => Finding::Fail(evidence),
            Opinion::DoesNotApply | Opinion::CannotTell => Finding::Unscored,
        }
    }
}

fn served(outcome: Outcome, opinions: &[Opinion]) -> Served {
    let mut gates = CHECKS.iter().zip(opinions).filter(|(check, _)| check.is_gate);
    if outcome != Outcome::Answered || gates.clone().any(|(_, opinion)| matches!(opinion, Opinion::Fail(_))) {
        return Served::No;
    }
    if gates.any(|(_, opinion)| *opinion == Opinion::CannotTell) {
        return Served::Unknown;
    }
    Served::Yes
}

/// 0 when a hard gate failed; else the mean of the scored soft checks; else 1 when a hard gate was scored; otherwise
/// nothing could be scored. Only an answer has a quality.
fn quality(outcome: Outcome, opinions: &[Opinion]) -> Option<f64> {
    if !matches!(outcome, Outcome::Answered | Outcome::Late) {
        return None;
    }
    let scored = |is_gate: bool| {
        let of_kind = CHECKS
            .iter()
            .zip(opinions)
            .filter(move |(check, _)| check.is_gate == is_gate);
        of_kind.filter_map(|(_, opinion)| match opinion {
            Opinion::Pass => Some(1.0),
            Opinion::Fail(_) => Some(0.0),
            Opinion::DoesNotApply | Opinion::CannotTell => None,
        })
    };
    if scored(true).any(|score: f64| score == 0.0) {
        return Some(0.0);
    }
    let (sum, count) = scored(false).fold((0.0, 0.0), |(sum, count), score| (sum + score, count + 1.0));
    if count > 0.0 {
        return Some(sum / count);
    }
    scored(true).next()
}
