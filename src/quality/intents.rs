//! What customers can want of a bot, and how often it took one want for another.

use std::collections::BTreeMap;

use crate::conversation::Language;
use crate::reading::Exemplars;
use crate::scenario::{Ask, OUT_OF_SCOPE, Scenario, Step};

/// A bot's label that the scenario knows nothing of.
const OTHER: &str = "other";

/// What customers can want: the topics of the knowledge, then the intents that goals name beside them, `out_of_scope` and `other`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intents(Vec<String>);

impl Intents {
    /// Those of a scenario.
    pub fn of(scenario: &Scenario) -> Intents {
        let mut names: Vec<String> = scenario.knowledge.topics.keys().cloned().collect();
        let named = asks(scenario).filter_map(|ask| ask.intent.clone());
        for name in named.chain([OUT_OF_SCOPE.to_owned(), OTHER.to_owned()]) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Intents(names)
    }

    /// Their names, by place.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The place of `out_of_scope`.
    pub fn out_of_scope(&self) -> u16 {
        self.place(OUT_OF_SCOPE).unwrap_or(u16::MAX)
    }

    /// The place of this label, or of `other`.
    pub(super) fn place_or_other(&self, label: &str) -> u16 {
        self.place(label).or_else(|| self.place(OTHER)).unwrap_or(u16::MAX)
    }

    /// The place of this label.
    pub(super) fn place(&self, label: &str) -> Option<u16> {
        let place = self.0.iter().position(|name| name == label)?;
        u16::try_from(place).ok()
    }

    /// The scenario's own wordings of each topic: how it is asked about, its keywords and its answers; one centroid for each
    /// topic and language.
    pub(super) fn exemplars(&self, scenario: &Scenario) -> Exemplars {
        let groups = scenario.knowledge.topics.iter().flat_map(|(name, topic)| {
            let class = self.place(name);
            Language::ALL.into_iter().filter_map(move |language| {
                let mut texts: Vec<String> = Vec::new();
                let about = asks(scenario).filter(|ask| ask.about.as_ref() == Some(name));
                let said = about.flat_map(|ask| ask.say.templates(language));
                texts.extend(said.map(|text| bare(text)));
                texts.extend(topic.answers.get(language).iter().map(|text| bare(text)));
                texts.extend(topic.keywords.get(language).iter().cloned());
                Some((class?, texts))
            })
        });
        let groups: Vec<(u16, Vec<String>)> = groups.filter(|(_, texts)| !texts.is_empty()).collect();
        Exemplars::new(&groups)
    }
}

fn asks(scenario: &Scenario) -> impl Iterator<Item = &Ask> {
    let steps = scenario.goals.iter().flat_map(|goal| &goal.agenda);
    steps.filter_map(|step| match step {
        Step::Ask(ask) => Some(ask),
        Step::Say(_) | Step::Call => None,
    })
}

/// A template without what is filled in.
pub(super) fn bare(template: &str) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        text.push_str(before);
        text.push(' ');
        rest = after.split_once("}}").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text
}

/// What a customer wanted, and what the bot took them to want; places in [`Intents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Understood {
    /// What the customer wanted.
    pub wanted: u16,
    /// What the bot took them to want.
    pub found: u16,
}

/// How often what customers wanted was taken for what. Bounded: it grows with the scenario's intents, not with the run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Confusion(BTreeMap<Understood, u64>);

impl Confusion {
    /// Counts one turn.
    pub fn add(&mut self, understood: Understood) {
        *self.0.entry(understood).or_default() += 1;
    }

    /// Adds another.
    pub fn merge(&mut self, other: &Confusion) {
        for (understood, count) in &other.0 {
            *self.0.entry(*understood).or_default() += count;
        }
    }

    /// Every pair that came up, and how often.
    pub fn pairs(&self) -> impl Iterator<Item = (Understood, u64)> + '_ {
        self.0.iter().map(|(understood, count)| (*understood, *count))
    }

    /// Turns counted.
    pub fn turns(&self) -> u64 {
        self.0.values().sum()
    }

    /// The mean, over all intents that customers had, of the harmonic mean of precision and recall: `F1 = 2 r / (wanted + found)`, 0 to 1.
    /// Absent without turns.
    pub fn macro_f1(&self) -> Option<f64> {
        let mut wanted: BTreeMap<u16, u64> = BTreeMap::new();
        let mut found: BTreeMap<u16, u64> = BTreeMap::new();
        for (understood, count) in &self.0 {
            *wanted.entry(understood.wanted).or_default() += count;
            *found.entry(understood.found).or_default() += count;
        }
        let f1 = |(intent, wanted): (&u16, &u64)| {
            let all = wanted + found.get(intent).copied().unwrap_or(0);
            2.0 * self.right(*intent) as f64 / all as f64
        };
        let sum: f64 = wanted.iter().map(f1).sum();
        (!wanted.is_empty()).then(|| sum / wanted.len() as f64)
    }

    /// Of the turns that wanted this, the share that was taken for it; absent when none wanted it.
    pub fn recall(&self, intent: u16) -> Option<f64> {
        let wanted = self.pairs().filter(|(understood, _)| understood.wanted == intent);
        let wanted: u64 = wanted.map(|(_, count)| count).sum();
        (wanted > 0).then(|| self.right(intent) as f64 / wanted as f64)
    }

    fn right(&self, intent: u16) -> u64 {
        let right = Understood {
            wanted: intent,
            found: intent,
        };
        self.0.get(&right).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn confusion(pairs: &[(u16, u16, u64)]) -> Confusion {
        let mut confusion = Confusion::default();
        for (wanted, found, count) in pairs {
            for _ in 0..*count {
                confusion.add(Understood {
                    wanted: *wanted,
                    found: *found,
                });
            }
        }
        confusion
    }

    #[test]
    fn macro_f1_is_the_mean_over_what_was_wanted() {
        // Intent 0: 8 right of 10 wanted and 8 found, F1 16/18; intent 1: 5 right of 5 wanted and 7 found, F1 10/12.
        let some = confusion(&[(0, 0, 8), (0, 1, 2), (1, 1, 5)]);
        let expected = (16.0 / 18.0 + 10.0 / 12.0) / 2.0;
        assert!((some.macro_f1().unwrap() - expected).abs() < 1e-12);
        assert_eq!((some.turns(), some.recall(0), some.recall(9)), (15, Some(0.8), None));
        assert_eq!(Confusion::default().macro_f1(), None);
        assert_eq!(confusion(&[(0, 3, 4)]).macro_f1(), Some(0.0));
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let mut one = confusion(&[(0, 0, 3)]);
        one.merge(&confusion(&[(0, 0, 1), (2, 0, 1)]));
        assert_eq!(one, confusion(&[(0, 0, 4), (2, 0, 1)]));
    }

    #[test]
    fn templates_lose_what_is_filled_in() {
        assert_eq!(bare("满{{ threshold }}元减{{ amount }}元"), "满 元减 元");
        assert_eq!(bare("plain"), "plain");
        assert_eq!(bare("broken {{ x"), "broken  ");
    }
}
