//! What `throng try` found: single conversations, turn by turn, each check with its evidence. Pure.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::conversation::{Ending, Language, Outcome, Turn};
use crate::quality::{Finding, Served, TurnScore};
use crate::scenario::{Metric, PerLanguage, Scenario};

/// Every goal once: the JSON of `throng try --json`. Every key present; no data is `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Trial {
    /// `throng.try/1`.
    pub schema: String,
    /// The scenario's name.
    pub scenario: String,
    /// Where all chance came from.
    pub seed: u64,
    /// What the conversations say as a whole.
    pub verdict: TrialVerdict,
    /// In the order in which they were held.
    pub conversations: Vec<TriedConversation>,
}

/// What the conversations say as a whole: the first that applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TrialVerdict {
    /// The user stopped it before the last one.
    Interrupted,
    /// A turn served nobody: a hard gate failed, or no answer came in time.
    Failed,
    /// A soft check failed, a turn could not be told, or a customer left without what they came for.
    Doubtful,
    /// All that applies passed.
    Passed,
}

/// One conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TriedConversation {
    /// What the customer wanted.
    pub goal: String,
    /// Who they were.
    pub persona: String,
    /// The language they wrote.
    pub language: Language,
    /// Where they wrote.
    pub channel: String,
    /// Why it ended; `null`: it did not.
    pub ending: Option<Ending>,
    /// Its turns.
    pub turns: Vec<TriedTurn>,
}

/// One turn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TriedTurn {
    /// From 1.
    pub number: u16,
    /// What the customer wrote, message by message.
    pub messages: Vec<String>,
    /// What the bot sent, reply by reply.
    pub replies: Vec<String>,
    /// How it turned out.
    pub outcome: Outcome,
    /// Due to answered; `null`: never.
    pub reply_time_ms: Option<f64>,
    /// What went wrong on the wire.
    pub trouble: Option<String>,
    /// Whether it served the customer; `null`: it could not be told.
    pub served: Option<bool>,
    /// By check; those that do not apply or could not tell are left out.
    pub checks: IndexMap<String, TriedCheck>,
}

/// What one check said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TriedCheck {
    /// Whether it held.
    pub passed: bool,
    /// The words that show the failure, in each language.
    pub evidence: Option<PerLanguage<String>>,
}

/// The JSON Schema of [`Trial`], as it is written: every key is required.
pub fn trial_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    settings.into_generator().into_root_schema_for::<Trial>().to_value()
}

impl Trial {
    /// A trial of this scenario, without a conversation yet.
    pub fn of(scenario: &Scenario) -> Trial {
        Trial {
            schema: "throng.try/1".to_owned(),
            scenario: scenario.file.scenario.clone(),
            seed: scenario.file.seed,
            verdict: TrialVerdict::Interrupted,
            conversations: Vec::new(),
        }
    }

    /// A conversation begins.
    pub fn begin(&mut self, conversation: TriedConversation) {
        self.conversations.push(conversation);
    }

    /// A turn of the last conversation is closed.
    pub fn add(&mut self, turn: &Turn, score: &TurnScore) {
        if let Some(conversation) = self.conversations.last_mut() {
            conversation.turns.push(TriedTurn::of(turn, score));
        }
    }

    /// The last conversation is over.
    pub fn end(&mut self, ending: Ending) {
        if let Some(conversation) = self.conversations.last_mut() {
            conversation.ending = Some(ending);
        }
    }

    /// Judges the conversations, of which this many were to be held.
    pub fn judge(&mut self, planned: usize) {
        let turns = || self.conversations.iter().flat_map(|conversation| &conversation.turns);
        let cut_short = |conversation: &TriedConversation| {
            matches!(conversation.ending, None | Some(Ending::CutShort))
                || conversation.turns.iter().any(|turn| turn.outcome == Outcome::CutShort)
        };
        let passed_all = |turn: &TriedTurn| turn.served == Some(true) && turn.checks.values().all(|check| check.passed);
        self.verdict = if self.conversations.len() < planned || self.conversations.iter().any(cut_short) {
            TrialVerdict::Interrupted
        } else if turns().any(|turn| turn.served == Some(false)) {
            TrialVerdict::Failed
        } else if turns().all(passed_all) && self.conversations.iter().all(TriedConversation::left_well) {
            TrialVerdict::Passed
        } else {
            TrialVerdict::Doubtful
        };
    }
}

impl TriedConversation {
    /// True when the customer got what they came for, or a person to ask.
    pub fn left_well(&self) -> bool {
        matches!(self.ending, Some(Ending::GoalMet | Ending::HandedOff))
    }
}

impl TriedTurn {
    fn of(turn: &Turn, score: &TurnScore) -> TriedTurn {
        let checks = Metric::CHECKS
            .iter()
            .zip(&score.findings)
            .filter_map(|(check, finding)| {
                let (passed, evidence) = match finding {
                    Finding::Pass => (true, None),
                    Finding::Fail(evidence) => (false, Some(evidence.words.clone())),
                    Finding::Unscored => return None,
                };
                Some(((*check).to_owned(), TriedCheck { passed, evidence }))
            });
        TriedTurn {
            number: turn.number,
            messages: turn.messages.iter().map(|message| message.text.clone()).collect(),
            replies: turn.replies.iter().map(|reply| reply.text.clone()).collect(),
            outcome: turn.outcome,
            reply_time_ms: turn.reply_time().map(|time| time.as_secs_f64() * 1_000.0),
            trouble: turn.trouble.clone(),
            served: match score.served {
                Served::Yes => Some(true),
                Served::No => Some(false),
                Served::Unknown => None,
            },
            checks: checks.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(served: Option<bool>, checks: &[(&str, bool)]) -> TriedTurn {
        let check = |(name, passed): &(&str, bool)| {
            let found = TriedCheck {
                passed: *passed,
                evidence: None,
            };
            ((*name).to_owned(), found)
        };
        TriedTurn {
            number: 1,
            messages: vec!["在吗".to_owned()],
            replies: vec!["在的".to_owned()],
            outcome: Outcome::Answered,
            reply_time_ms: Some(120.0),
            trouble: None,
            served,
            checks: checks.iter().map(check).collect(),
        }
    }

    fn trial(turns: Vec<TriedTurn>, ending: Option<Ending>) -> Trial {
        let mut trial = Trial::of(&crate::verdict::testing::scenario(&["calm"], Vec::new()));
        trial.begin(TriedConversation {
            goal: "coupon".to_owned(),
            persona: "hunter".to_owned(),
            language: Language::Zh,
            channel: "web".to_owned(),
            ending,
            turns,
        });
        trial
    }

    #[test]
    fn the_verdict_is_the_first_that_applies() {
        use TrialVerdict::{Doubtful, Failed, Interrupted, Passed};
        let good = || turn(Some(true), &[("required_facts", true), ("language", true)]);
        let cut = TriedTurn {
            outcome: Outcome::CutShort,
            ..turn(Some(false), &[])
        };
        for (turns, ending, planned, verdict) in [
            (vec![good(), good()], Some(Ending::GoalMet), 1, Passed),
            (vec![good()], Some(Ending::HandedOff), 1, Passed),
            (vec![good()], Some(Ending::GaveUp), 1, Doubtful),
            (vec![good(), turn(None, &[])], Some(Ending::GoalMet), 1, Doubtful),
            (
                vec![turn(Some(true), &[("language", false)])],
                Some(Ending::GoalMet),
                1,
                Doubtful,
            ),
            (
                vec![good(), turn(Some(false), &[("contradicted", false)])],
                Some(Ending::GoalMet),
                1,
                Failed,
            ),
            (vec![good()], Some(Ending::GoalMet), 2, Interrupted),
            (vec![turn(Some(false), &[])], Some(Ending::CutShort), 1, Interrupted),
            (vec![cut], Some(Ending::GaveUp), 1, Interrupted),
            (vec![], None, 1, Interrupted),
        ] {
            let mut trial = trial(turns, ending);
            trial.judge(planned);
            assert_eq!(trial.verdict, verdict, "{trial:?}");
        }
    }

    #[test]
    fn it_follows_its_published_schema() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas/try.schema.json");
        let current = format!("{:#}\n", trial_schema());
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::write(&path, &current).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(published == current, "run `make schemas` and commit docs/schemas");
        let trial = trial(vec![turn(None, &[("fallback", true)])], None);
        let json = serde_json::to_value(trial).unwrap();
        assert!(jsonschema::validator_for(&trial_schema()).unwrap().is_valid(&json));
    }
}
