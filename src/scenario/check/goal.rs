//! Goals: an agenda that can be gone through, with facts that the knowledge has.

use super::knowledge::{columns_in, known_facts};
use super::{not_empty, pattern};
use crate::conversation::Slot;
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::suggest::{did_you_mean, listed};
use crate::scenario::{Ask, Branch, Condition, FactRef, Goal, Knowledge, Say, Step, Then};

/// The most turns of a conversation.
const MOST_TURNS: u16 = 1_000;

/// Checks a goal against the knowledge in use. `names_knowledge` tells a scenario that names none from one whose
/// knowledge was not found (which is told elsewhere).
pub(super) fn check(
    goal: &Goal,
    at: &Spot,
    knowledge: Option<&Knowledge>,
    names_knowledge: bool,
    findings: &mut Findings,
) {
    let facts = Facts {
        knowledge,
        names_knowledge,
    };
    let agenda = at.key("agenda");
    not_empty(goal.agenda.len(), &agenda, "step", findings);
    for (place, step) in goal.agenda.iter().enumerate() {
        let at = agenda.item(place);
        match step {
            Step::Ask(question) => ask(question, &at.key("ask"), &facts, findings),
            Step::Say(texts) => say(texts, &at.key("say"), &facts, findings),
            Step::Call if goal.agenda.len() > 1 || !goal.branches.is_empty() => {
                findings.add(
                    &at,
                    "expected `call` alone, without other steps and branches: a customer calls once",
                );
            }
            Step::Call => {}
        }
    }
    for (place, one) in goal.branches.iter().enumerate() {
        branch(one, &at.key("branches").item(place), &facts, findings);
    }
    if !(1..=MOST_TURNS).contains(&goal.max_turns) {
        let message = format!("expected 1 to {MOST_TURNS} turns, found `{}`", goal.max_turns);
        findings.add(&at.key("max_turns"), message);
    }
}

fn ask(ask: &Ask, at: &Spot, facts: &Facts<'_>, findings: &mut Findings) {
    say(&ask.say, &at.key("say"), facts, findings);
    if let Some(topic) = &ask.about {
        facts.topic(topic, &at.key("about"), findings);
    }
    for (place, reference) in ask.expects.iter().enumerate() {
        facts.fact(reference, &at.key("expects").item(place), findings);
    }
}

fn say(say: &Say, at: &Spot, facts: &Facts<'_>, findings: &mut Findings) {
    let templates = [
        ("zh", &say.zh),
        ("en", &say.en),
        ("any", &say.any),
        ("verbatim", &say.verbatim),
    ];
    let is_silent = templates.iter().all(|(_, texts)| texts.is_empty()) && say.from.is_none() && say.column.is_none();
    if is_silent && say.media.is_none() {
        findings.add(
            at,
            "expected texts under `zh`, `en` or `any`, `from` a file, or `media`, found none",
        );
    }
    if !say.verbatim.is_empty() && templates[..3].iter().any(|(_, texts)| !texts.is_empty()) {
        findings.add(
            &at.key("verbatim"),
            "expected either templates or `verbatim` texts, found both",
        );
    }
    for (key, texts) in templates {
        for (place, text) in texts.iter().enumerate() {
            if text.trim().is_empty() {
                findings.add(&at.key(key).item(place), "expected a text, found nothing");
            }
            if let Some(knowledge) = facts.knowledge.filter(|_| key != "verbatim") {
                columns_in(text, knowledge, &at.key(key).item(place), findings);
            }
        }
    }
}

fn branch(branch: &Branch, at: &Spot, facts: &Facts<'_>, findings: &mut Findings) {
    let when = at.key("when");
    match &branch.when {
        Condition::AsksFor(slot) => {
            super::exists(
                slot,
                "thing to ask for",
                Slot::ALL.into_iter().map(Slot::word),
                &when.key("asks_for"),
                findings,
            );
        }
        Condition::Says(text) => pattern(text, &when.key("says"), findings),
        Condition::States(reference) => facts.fact(reference, &when.key("states"), findings),
        Condition::Fallback | Condition::Handoff => {}
    }
    if let Some(texts) = &branch.say {
        say(texts, &at.key("say"), facts, findings);
        if texts.media.is_some() && matches!(branch.then, Then::Done | Then::Leave) {
            let message = "expected a last word of words alone, which nobody answers, found one with `media`";
            findings.add_key(&at.key("say").key("media"), message);
        }
    }
    if branch.max == 0 {
        findings.add(&at.key("max"), "expected at least 1, found `0`");
    }
}

/// What the goals of a scenario may refer to.
struct Facts<'a> {
    knowledge: Option<&'a Knowledge>,
    names_knowledge: bool,
}

impl Facts<'_> {
    fn topic(&self, topic: &str, at: &Spot, findings: &mut Findings) {
        match self.knowledge {
            Some(knowledge) => {
                let known = knowledge.topics.keys().chain(knowledge.records.keys());
                super::exists(topic, "topic", known.map(String::as_str), at, findings);
            }
            None => self.missing(topic, at, findings),
        }
    }

    fn fact(&self, reference: &FactRef, at: &Spot, findings: &mut Findings) {
        let FactRef::Fact { topic, .. } = reference else {
            return;
        };
        let Some(knowledge) = self.knowledge else {
            return self.missing(&reference.to_string(), at, findings);
        };
        if knowledge.fact(reference).is_some() || knowledge.column(reference).is_some() {
            return;
        }
        let all = known_facts(knowledge);
        let here: Vec<&str> = all
            .iter()
            .map(String::as_str)
            .filter(|fact| fact.split('.').next() == Some(topic))
            .collect();
        let known = if here.is_empty() {
            all.iter().map(String::as_str).collect()
        } else {
            here
        };
        let text = reference.to_string();
        let message = format!(
            "no fact is called `{text}`; there are {}",
            listed(known.iter().copied())
        );
        findings
            .add(at, message)
            .maybe_hint(did_you_mean(&text, all.iter().map(String::as_str)));
    }

    fn missing(&self, what: &str, at: &Spot, findings: &mut Findings) {
        if !self.names_knowledge {
            let message = format!("expected a scenario with `knowledge` to look up `{what}`, found none");
            findings
                .add(at, message)
                .hint("name it in the scenario: `knowledge: NAME`");
        }
    }
}
