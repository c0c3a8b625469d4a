//! The ways to say things, compiled once; and the names that `fake` makes up.
//!
//! Templates are Jinja over the customer's own facts and rows ([`Speaker`]); rows of a CSV file are said as they are.

mod blanks;
mod way;

use std::sync::Arc;

use fake::Fake;
use fake::faker::address::raw::{BuildingNumber, CityName, StreetName};
use fake::faker::name::raw::{FirstName, LastName};
use fake::locales::{EN, ZH_CN};
use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior};

use self::blanks::Blanks;
use self::way::{Line, Way};
use super::CastError;
use super::person::Person;
use super::seed::Draws;
use super::speaker::Speaker;
use crate::conversation::{Language, MediaKind};
use crate::scenario::{CUSTOMER_FACTS, Goal, PerLanguage, Say, Scenario, Step, Truths};

/// The ways to say one thing in each language, and what is sent along.
struct Lines {
    of: PerLanguage<Vec<Way>>,
    media: Option<MediaKind>,
}

struct GoalLines {
    steps: Vec<Lines>,
    branches: Vec<Lines>,
}

/// Whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// An agenda step's.
    Step(u16),
    /// A branch's.
    Branch(usize),
}

/// Something that a customer is going to say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Text {
    /// The words.
    pub(super) words: String,
    /// True when they may be neither split nor misspelt.
    pub(super) verbatim: bool,
    /// What is sent along.
    pub(super) media: Option<MediaKind>,
    /// That they ask for a person, or that they do not, where it is known without reading them.
    pub(super) asks_for_person: Option<bool>,
}

/// All wordings of a scenario's goals.
pub(super) struct Wordings {
    environment: Environment<'static>,
    truths: Arc<Truths>,
    goals: Vec<GoalLines>,
}

/// A template has this many steps to spend; thousands of times what a sentence needs.
const FUEL: u64 = 50_000;

impl Wordings {
    /// Compiles all wordings and renders each once, so that what cannot be said is found before the run.
    ///
    /// # Errors
    /// [`CastError::Wording`] for what is no template over the customer's facts, [`CastError::Speechless`] for a goal
    /// that lacks words in the language of a persona who has it.
    pub(super) fn new(scenario: &Scenario, truths: Arc<Truths>) -> Result<Wordings, CastError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        let mut wordings = Wordings {
            environment,
            truths,
            goals: Vec::new(),
        };
        for goal in &scenario.goals {
            let lines = wordings.compile_goal(goal)?;
            wordings.goals.push(lines);
        }
        for mix in &scenario.mix {
            let language = scenario.personas[usize::from(mix.persona)].language;
            wordings.require(&scenario.goals[usize::from(mix.goal)], mix.goal, language)?;
        }
        Ok(wordings)
    }

    fn compile_goal(&mut self, goal: &Goal) -> Result<GoalLines, CastError> {
        let steps = goal.agenda.iter().map(Step::words);
        let silent = Say::default();
        let branches = goal
            .branches
            .iter()
            .map(|branch| branch.say.as_ref().unwrap_or(&silent));
        Ok(GoalLines {
            steps: steps.map(|say| self.compile(say)).collect::<Result<_, _>>()?,
            branches: branches.map(|say| self.compile(say)).collect::<Result<_, _>>()?,
        })
    }

    fn compile(&mut self, say: &Say) -> Result<Lines, CastError> {
        let mut of = |language: Language| -> Result<Vec<Way>, CastError> {
            let templates = say.templates(language).iter().map(|text| self.line(text, language));
            let mut lines = templates.collect::<Result<Vec<Line>, CastError>>()?;
            lines.extend(say.verbatim.iter().cloned().map(Line::Verbatim));
            if say.is_wordless() {
                lines.push(Line::Plain(String::new()));
            }
            Ok(lines.into_iter().map(Way::of).collect())
        };
        Ok(Lines {
            of: PerLanguage {
                zh: of(Language::Zh)?,
                en: of(Language::En)?,
            },
            media: say.media,
        })
    }

    fn line(&mut self, text: &str, language: Language) -> Result<Line, CastError> {
        if !text.trim().is_empty() && !["{{", "{%", "{#"].iter().any(|mark| text.contains(mark)) {
            return Ok(Line::Plain(text.to_owned()));
        }
        let added = self.environment.add_template_owned(text.to_owned(), text.to_owned());
        let tried = added
            .map_err(|error| why(&error))
            .and_then(|()| self.rehearse(text, language));
        match tried {
            Ok(rendered) => Ok(match Blanks::of(text) {
                Some(blanks) if self.filled(&blanks, &sample(language)) == Some(rendered) => {
                    Line::Blanks(blanks, text.to_owned())
                }
                _ => Line::Template(text.to_owned()),
            }),
            Err(reason) => Err(CastError::Wording {
                text: text.to_owned(),
                reason,
            }),
        }
    }

    /// What a template says of a sample person.
    fn rehearse(&self, name: &str, language: Language) -> Result<String, String> {
        let template = self.environment.get_template(name).map_err(|error| why(&error))?;
        let is_known = |name: &str| {
            let is_global = || self.environment.globals().any(|(global, _)| global == name);
            CUSTOMER_FACTS.contains(&name) || self.truths.rows(name) > 0 || is_global()
        };
        let unknown = template
            .undeclared_variables(false)
            .into_iter()
            .find(|name| !is_known(name));
        if let Some(unknown) = unknown {
            let known: Vec<&str> = CUSTOMER_FACTS.into_iter().chain(self.truths.records()).collect();
            return Err(format!("unknown name `{unknown}`; it may use {}", known.join(", ")));
        }
        let rendered = template.render(self.seen_by(sample(language)));
        let rendered = rendered.map_err(|error| why(&error))?;
        if rendered.trim().is_empty() {
            return Err("it says nothing".to_owned());
        }
        Ok(rendered)
    }

    fn filled(&self, blanks: &Blanks, person: &Person) -> Option<String> {
        blanks.filled(person, &self.truths)
    }

    fn seen_by(&self, person: Person) -> Value {
        Value::from_object(Speaker {
            person,
            truths: Arc::clone(&self.truths),
        })
    }

    fn require(&self, goal: &Goal, place: u16, language: Language) -> Result<(), CastError> {
        let lines = &self.goals[usize::from(place)];
        let silent_step = lines.steps.is_empty() || lines.steps.iter().any(|lines| lines.of.get(language).is_empty());
        let mut branches = goal.branches.iter().zip(&lines.branches);
        let silent_branch = branches.any(|(branch, lines)| branch.say.is_some() && lines.of.get(language).is_empty());
        if silent_step || silent_branch {
            return Err(CastError::Speechless {
                goal: goal.goal.clone(),
                language,
            });
        }
        Ok(())
    }

    fn lines(&self, goal: u16, source: Source) -> Option<&Lines> {
        let goal = &self.goals[usize::from(goal)];
        match source {
            Source::Step(step) => goal.steps.get(usize::from(step)),
            Source::Branch(branch) => goal.branches.get(branch),
        }
    }

    /// How many ways there are to say this.
    pub(super) fn variants(&self, goal: u16, source: Source, language: Language) -> usize {
        self.lines(goal, source).map_or(0, |lines| lines.of.get(language).len())
    }

    /// What is sent along with this.
    pub(super) fn media(&self, goal: u16, source: Source) -> Option<MediaKind> {
        self.lines(goal, source)?.media
    }

    /// What this person says; absent when there is no such variant.
    pub(super) fn say(&self, goal: u16, source: Source, variant: usize, person: &Person) -> Option<Text> {
        let lines = self.lines(goal, source)?;
        let way = lines.of.get(person.language).get(variant)?;
        let (words, verbatim) = match &way.line {
            Line::Plain(words) => (words.clone(), false),
            Line::Verbatim(words) => (words.clone(), true),
            // These were said once for a sample person; should it fail for another, the text is said as it stands.
            Line::Blanks(blanks, text) => (self.filled(blanks, person).unwrap_or_else(|| text.clone()), false),
            Line::Template(text) => {
                let template = self.environment.get_template(text);
                let rendered = template.and_then(|template| template.render(self.seen_by(*person)));
                (rendered.unwrap_or_else(|_| text.clone()), false)
            }
        };
        Some(Text {
            words,
            verbatim,
            media: lines.media,
            asks_for_person: way.asks_for_person(),
        })
    }
}

/// Nobody in particular, for trying wordings out.
fn sample(language: Language) -> Person {
    Person {
        seed: 0,
        number: 0,
        language,
    }
}

/// The error without the template's name, which is its text.
fn why(error: &minijinja::Error) -> String {
    let kind = error.kind().to_string();
    error
        .detail()
        .map_or(kind.clone(), |detail| format!("{kind}: {detail}"))
}

/// A family and given name.
pub(super) fn full_name(language: Language, draws: &mut Draws) -> String {
    // As `Name` puts them together, without its template.
    let (first, last): (&str, &str) = match language {
        Language::Zh => (
            FirstName(ZH_CN).fake_with_rng(draws),
            LastName(ZH_CN).fake_with_rng(draws),
        ),
        Language::En => (FirstName(EN).fake_with_rng(draws), LastName(EN).fake_with_rng(draws)),
    };
    match language {
        Language::Zh => [last, first].concat(),
        Language::En => [first, " ", last].concat(),
    }
}

/// A made-up English city.
pub(super) fn english_city(draws: &mut Draws) -> String {
    CityName(EN).fake_with_rng(draws)
}

/// A made-up English house and street.
pub(super) fn english_address(draws: &mut Draws) -> String {
    let number: String = BuildingNumber(EN).fake_with_rng(draws);
    let street: String = StreetName(EN).fake_with_rng(draws);
    format!("{number} {street}")
}

#[cfg(test)]
mod tests;
