//! What a text says: typed values, holding replies, fallbacks, handoffs, asked slots, personal data. Pure; knows no
//! time and no network.
//!
//! Every judgement about words has its one home here, for the customer who reacts to a reply and for the checks that
//! score it. It never guesses: what it cannot tell, it does not say.
//!
//! ```text
//!  text --normalise--> one spelling --numbers, units, days--> values --claims--> value + subject
//!                          |
//!                       lexicon: holding, fallback, handoff, asked slots
//!                       manner: the same of short replies, yes or no, broken ends and denials, by what was learnt
//! ```

mod claims;
mod classes;
mod clauses;
mod cues;
mod dates;
mod days;
mod ending;
mod english;
mod english_days;
mod exemplars;
mod figures;
mod fingerprint;
mod force;
mod hashed;
mod language;
mod lexicon;
mod manner;
mod markup;
mod midnight;
mod normalise;
mod numbers;
mod numerals;
mod passage;
mod patterns;
mod personal;
mod polarity;
mod prices;
mod quantities;
mod ranges;
mod recent;
mod references;
mod run_together;
mod squeezed;
mod subjects;
mod tiers;
mod units;
mod values;
mod words;

#[cfg(test)]
pub(crate) mod shop;
#[cfg(test)]
mod tests;

use std::sync::Mutex;
use std::time::Duration;

use jiff::civil::Date;

use crate::conversation::{Language, ReplyKind, Slot};
use crate::scenario::{FactValue, PerLanguage, Scenario};

pub use claims::Claim;
pub use clauses::sentence;
pub use days::NamedDay;
pub use ending::{Break, breaks_off};
pub use exemplars::{Exemplars, Nearest};
pub use fingerprint::fingerprint;
pub use language::language;
pub use lexicon::{
    Plea, asks_for_media_at, asks_what_is_wanted_at, is_disclaimed, regret_at, speaks_of_media,
    tells_how_to_reach_a_person,
};
pub use markup::{Markup, seen_as_written};
pub use normalise::normalise;
pub use passage::Passage;
pub use patterns::Patterns;
pub use personal::{Owner, PersonalDatum, PersonalKind, personal_data, personal_keys};
pub use polarity::{Stance, asks_plainly};
pub use recent::Recent;
pub use references::References;
pub use run_together::RunTogether;
pub use squeezed::Squeezed;
pub use subjects::{Subject, Subjects};
pub use tiers::StatedTier;
pub use values::{Amount, Force, Stated, Value};

use lexicon::{Phrases, kind_of, prompts};

/// Reads replies, with the lexicons that throng has and those that a scenario and its profiles add. Compiled once.
pub struct Reader {
    /// The shop's time when the run starts.
    clock: jiff::Zoned,
    /// Holding replies that the scenario adds.
    holding: Phrases,
    /// Those that each channel's profile adds; by the channel's place.
    of_profiles: Vec<Phrases>,
    fallbacks: Phrases,
    recent: Mutex<Recent<Known>>,
}

/// What is known of a text once it was read.
struct Known {
    reading: Reading,
    /// Whether it only holds, to those whom a handoff does not help, by the place of the channel; once somebody asked.
    kinds: Vec<(u16, ReplyKind)>,
}

/// What a reply does, apart from the values that it states.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// It says that it did not understand or cannot help.
    pub fallback: bool,
    /// It hands over to a person.
    pub handoff: bool,
    /// What it asks the customer for.
    pub asks_for: Vec<Slot>,
}

/// A pattern of a scenario or profile that is no regular expression; the loader finds these first.
#[derive(Debug, thiserror::Error)]
#[error("`{pattern}` is not a regular expression")]
pub struct PatternError {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    #[source]
    pub source: regex::Error,
}

impl Reader {
    /// A reader for this scenario.
    ///
    /// # Errors
    /// [`PatternError`] when a pattern of the scenario or of a profile is no regular expression.
    pub fn new(scenario: &Scenario) -> Result<Reader, PatternError> {
        let shop = &scenario.knowledge.shop;
        let names: Vec<&str> = [&shop.zh, &shop.en].into_iter().map(String::as_str).collect();
        let of_profiles = scenario
            .channels
            .iter()
            .map(|channel| Phrases::new(both(&channel.profile.holding), &[]))
            .collect::<Result<_, _>>()?;
        Ok(Reader {
            clock: scenario.clock.clone(),
            holding: Phrases::new(both(&scenario.file.holding), &names)?,
            of_profiles,
            fallbacks: Phrases::new(both(&scenario.file.fallbacks), &[])?,
            recent: Mutex::default(),
        })
    }

    /// Whether a complete reply on the channel with this place is an answer or only buys time.
    pub fn kind(&self, text: &str, channel: u16) -> ReplyKind {
        self.kind_for(text, channel, false)
    }

    /// The same for a customer whose goal accepts a handoff, or not: to one who does, a transfer notice is an answer.
    pub fn kind_for(&self, text: &str, channel: u16, accepts_handoff: bool) -> ReplyKind {
        self.known(text, |known| {
            // Who is asked for something has an answer to give, though the words before it buy time.
            let asks = known.reading.asks_for.contains(&Slot::OrderNumber);
            if known.reading.fallback || asks || accepts_handoff && known.reading.handoff {
                return ReplyKind::Substantive;
            }
            let asked_before = known.kinds.iter().find(|(known, _)| *known == channel);
            if let Some((_, kind)) = asked_before {
                return *kind;
            }
            let of_profile = self.of_profiles.get(usize::from(channel));
            let phrases = std::iter::once(&self.holding).chain(of_profile);
            let kind = kind_of(&self.passage(text, Duration::ZERO), phrases);
            known.kinds.push((channel, kind));
            kind
        })
    }

    /// True for a holding reply that promises its answer for the customer's next message, whatever it says.
    pub fn prompts(&self, text: &str) -> bool {
        prompts(&self.passage(text, Duration::ZERO))
    }

    /// What a reply does.
    pub fn read(&self, text: &str) -> Reading {
        self.known(text, |known| known.reading.clone())
    }

    /// Asks for what is known of a text, which a customer who hears it has read to know that it is an answer.
    fn known<T>(&self, text: &str, ask: impl FnOnce(&mut Known) -> T) -> T {
        let read = || Known {
            reading: self.read_passage(&self.passage(text, Duration::ZERO)),
            kinds: Vec::new(),
        };
        match self.recent.try_lock() {
            Ok(mut recent) => ask(recent.of(text, read)),
            // Another shard is at it: nobody waits.
            Err(_) => ask(&mut read()),
        }
    }

    /// True when the text states this value: typed, normalised, with boundaries; never as a substring of another value.
    /// "Tomorrow" counts from the day on which the run starts.
    pub fn states(&self, text: &str, value: &FactValue, language: Language) -> bool {
        self.passage(text, Duration::ZERO).states(value, language)
    }

    /// The text, read once for several questions; `said_at` counts from the run's start.
    pub fn passage(&self, text: &str, said_at: Duration) -> Passage {
        Passage::new(text, self.today(said_at))
    }

    /// True for a passage that was read as of the day on which this moment of the run is.
    pub fn is_day_of(&self, passage: &Passage, said_at: Duration) -> bool {
        passage.is_of(self.today(said_at))
    }

    /// What a reply does that was read before.
    pub fn read_passage(&self, passage: &Passage) -> Reading {
        Reading {
            fallback: self.is_fallback(passage),
            handoff: passage.is_handoff(),
            asks_for: passage.asked_slots(),
        }
    }

    fn is_fallback(&self, passage: &Passage) -> bool {
        passage.is_fallback() || self.fallbacks.match_in(passage.text())
    }

    fn today(&self, after: Duration) -> Date {
        self.clock
            .checked_add(after)
            .map_or(self.clock.date(), |then| then.date())
    }
}

fn both(texts: &PerLanguage<Vec<String>>) -> impl Iterator<Item = &String> {
    texts.zh.iter().chain(&texts.en)
}
