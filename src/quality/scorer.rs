//! Scores turns: makes the case, hears every check, draws the conclusion.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::BitOr;
use std::sync::{Arc, Mutex, PoisonError};

use super::answer::{Answer, RecentAnswers};
use super::check::{Asked, CHECKS, Case, Opinion, UnknownStep};
use super::claim::{ClaimState, FactFate, Fate};
use super::disclosure::{Disclosure, RecentReplies};
use super::fact_sheet::FactSheets;
use super::forbidden::Bans;
use super::intents::Intents;
use super::memory::Impression;
use super::relevance::Alarms;
use super::{Finding, Memory, Served, TurnScore};
use super::{audit, cross_talk, intent, personal_data, required_facts};
use crate::conversation::{MessageKind, Outcome, RunKey, Turn};
use crate::reading::{Exemplars, PatternError, Plea, Reader, normalise};
use crate::scenario::{Goal, Mood, Scenario, Step};

/// Scores turns.
pub struct Scorer {
    pub(super) scenario: Arc<Scenario>,
    pub(super) key: RunKey,
    pub(super) bans: Bans,
    pub(super) sheets: FactSheets,
    pub(super) reader: Reader,
    pub(super) intents: Intents,
    pub(super) exemplars: Exemplars,
    pub(super) alarms: Alarms,
    /// Contact data that the shop tells anybody.
    pub(super) public_keys: HashSet<String>,
    /// Locked while a turn is scored: one thread scores, so that nobody waits.
    recent: Mutex<Heard>,
}

/// What was made of what bots said last.
#[derive(Default)]
struct Heard {
    answers: RecentAnswers,
    replies: RecentReplies,
}

impl Scorer {
    /// A scorer for this scenario.
    ///
    /// # Errors
    /// When a pattern of the scenario is no regular expression.
    pub fn new(scenario: Arc<Scenario>) -> Result<Scorer, PatternError> {
        let (intents, key) = (Intents::of(&scenario), scenario.run_key());
        Ok(Scorer {
            exemplars: intents.exemplars(&scenario),
            intents,
            alarms: Alarms::new(&scenario.knowledge),
            key,
            public_keys: personal_data::public_keys(&scenario.knowledge, key),
            bans: Bans::new(&scenario.knowledge.forbidden)?,
            sheets: FactSheets::new(&scenario.knowledge),
            reader: Reader::new(&scenario)?,
            recent: Mutex::default(),
            scenario,
        })
    }

    /// The score of a closed turn of the conversation that `memory` remembers; from here on it remembers this turn too. The turns of a
    /// conversation come in the order in which they closed.
    pub fn score(&self, turn: &Turn, memory: &mut Memory) -> TurnScore {
        memory.hear(turn, self.key);
        // A check that panicked over another answer left nothing half done here.
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let Heard { answers, replies } = &mut *recent;
        let mut case = self.case(turn, memory);
        case.disclosures = Disclosure::of_each(&turn.replies, self.key, replies);
        case.answer = Answer::read(turn, &self.reader, answers);
        case.claims = audit::claims(&case);
        // Where nothing is said there is nothing to judge: that somebody picked up in time is all that was wanted.
        let is_call = case.goal.is_some_and(Goal::is_call);
        let opinions = CHECKS.map(|check| match is_call {
            true => Opinion::DoesNotApply,
            false => (check.judge)(&case),
        });
        let served = served(turn.outcome, &opinions);
        let score = TurnScore {
            served,
            quality: quality(turn.outcome, &opinions),
            fates: fates(&case, &opinions),
            findings: opinions.map(Finding::from),
            cross_talk: cross_talk::replies_about_others(&case),
            wanted: intent::wanted_by(&case),
            understood: intent::understood(&case),
            claims: std::mem::take(&mut case.claims),
        };
        let impression = Impression::of(&case);
        memory.note(&impression);
        score
    }

    /// A case in which nothing that the bot said was read yet.
    fn case<'a>(&'a self, turn: &'a Turn, memory: &'a Memory) -> Case<'a> {
        let goal = self.scenario.goals.get(usize::from(turn.labels.goal));
        let persona = self.scenario.personas.get(usize::from(turn.labels.persona));
        let plea = plea_of(turn);
        let came_for_one = goal.is_some_and(|goal| goal.accepts_handoff);
        Case {
            scorer: self,
            turn,
            memory,
            goal,
            answer: None,
            disclosures: Vec::new(),
            step: self.asked(goal, turn.step),
            language: persona.map(|persona| persona.language),
            claims: Vec::new(),
            mood: persona.map_or(Mood::Calm, |persona| persona.mood),
            plea,
            needs_person: goal.is_some_and(|goal| self.scenario.knowledge.wants_person(goal, turn.step)),
            accepts_handoff: came_for_one || plea.for_a_person || memory.asked_for_person,
            stated: OnceCell::new(),
            understood: OnceCell::new(),
        }
    }

    fn asked<'a>(&'a self, goal: Option<&'a Goal>, step: u16) -> Result<Option<Asked<'a>>, UnknownStep> {
        let step = goal
            .and_then(|goal| goal.agenda.get(usize::from(step)))
            .ok_or(UnknownStep)?;
        Ok(match step {
            Step::Say(_) | Step::Call => None,
            Step::Ask(ask) => Some(Asked {
                ask,
                sheet: ask.about.as_ref().and_then(|name| self.sheets.get(name)),
            }),
        })
    }
}

/// What the customer says in this turn beside the question.
fn plea_of(turn: &Turn) -> Plea {
    let said = turn
        .messages
        .iter()
        .filter(|message| message.kind == MessageKind::Utterance);
    let pleas = said.map(|message| Plea::of(&normalise(&message.text)));
    pleas.fold(Plea::default(), Plea::bitor)
}

/// One fate for each fact that was asked for, where that could be judged, and for each fact that the answer makes a claim
/// about.
fn fates(case: &Case, opinions: &[Opinion]) -> Vec<FactFate> {
    let required = CHECKS
        .iter()
        .zip(opinions)
        .find(|(check, _)| check.name == required_facts::CHECK.name)
        .map(|(_, opinion)| opinion);
    let mut fates: Vec<FactFate> = Vec::new();
    let mut note = |fact: Cow<str>, fate: Fate| match fates.iter_mut().find(|known| known.fact == fact) {
        Some(known) => known.fate = known.fate.max(fate),
        None => fates.push(FactFate {
            fact: fact.into_owned(),
            fate,
        }),
    };
    if matches!(required, Some(Opinion::Pass | Opinion::Fail(_))) {
        for (fact, is_stated) in required_facts::stated(case) {
            let fate = match is_stated {
                Some(true) => Fate::Stated,
                Some(false) => Fate::Missing,
                None => continue,
            };
            note(fact.name().into(), fate);
        }
    }
    for claim in &case.claims {
        let fate = match claim.state {
            ClaimState::Supported => Fate::Stated,
            ClaimState::Contradicted => Fate::Contradicted,
            ClaimState::Stale { changed_at, ago } => Fate::Stale { changed_at, ago },
            ClaimState::Unsupported | ClaimState::Forbidden => continue,
        };
        if let Some(fact) = &claim.fact {
            note(fact.into(), fate);
        }
    }
    fates
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
