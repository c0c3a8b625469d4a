//! A text that is read once: normalised, its values found.

use std::cell::OnceCell;
use std::ops::Range;

use jiff::civil::Date;

use super::manner::acts::{Act, Done};
use super::normalise::{normalise, places};
use super::subjects::Subject;
use super::tiers::{StatedTier, tiers_asked_for, tiers_in};
use super::values::{Force, Stated, Value, Values, values_in};
use crate::conversation::Language;
use crate::scenario::{FactValue, Tier};

/// What is read of a text, in bytes: more than any customer reads, and little enough that a bot gone wild cannot stop us.
const LONGEST: usize = 32_768;

/// A text with all that its checks look at more than once.
#[derive(Debug, Clone)]
pub struct Passage {
    text: String,
    /// Looked for when somebody asks first: what only buys time, or is read by a customer, is mostly never asked.
    values: OnceCell<Values>,
    tiers: OnceCell<Vec<StatedTier>>,
    done: OnceCell<Done>,
    /// Where each byte stood in what this was made from, once somebody asked; nothing when that is not known byte by byte.
    places: OnceCell<Option<Vec<usize>>>,
    today: Date,
}

impl Passage {
    /// Reads a text that was written on the day `today`; what lies beyond its first 32 KiB is not read.
    pub fn new(text: &str, today: Date) -> Passage {
        let text = normalise(&text[..text.floor_char_boundary(LONGEST)]);
        Passage {
            text,
            values: OnceCell::new(),
            tiers: OnceCell::new(),
            done: OnceCell::new(),
            places: OnceCell::new(),
            today,
        }
    }

    /// True when it was read as written on this day.
    pub(super) fn is_of(&self, day: Date) -> bool {
        self.today == day
    }

    /// The normalised text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it does this, where its manner tells.
    pub(super) fn does_by_manner(&self, act: Act) -> Option<bool> {
        self.done.get_or_init(|| Done::by(&self.text)).does(act)
    }

    /// Where a place of the normalised text stands in the text that this was made from.
    ///
    /// In texts of unusual characters it is found by normalising beginnings of them.
    pub fn as_written(&self, written: &str, normalised: &Range<usize>) -> Range<usize> {
        let places = self
            .places
            .get_or_init(|| places(written).filter(|places| places.len() == self.text.len() + 1));
        if let Some(places) = places {
            let end = places[normalised.end.saturating_sub(1)];
            let end = written[end..].chars().next().map_or(end, |last| end + last.len_utf8());
            return places[normalised.start]..if normalised.is_empty() {
                places[normalised.start]
            } else {
                end
            };
        }
        let boundaries: Vec<usize> = written
            .char_indices()
            .map(|(at, _)| at)
            .chain([written.len()])
            .collect();
        let length = |end: &usize| normalise(&written[..*end]).len();
        let start = boundaries
            .partition_point(|end| length(end) <= normalised.start)
            .saturating_sub(1);
        let end = boundaries.partition_point(|end| length(end) < normalised.end);
        let place = |index: usize| boundaries.get(index).copied().unwrap_or(written.len());
        place(start)..place(end.max(start))
    }

    /// Its values, in its order.
    pub fn values(&self) -> &[Stated] {
        &self.read().stated
    }

    /// Its numbers that nothing gives a type (`tonight it's down to 199`), as amounts of money: what they are where a price was asked for,
    /// and only there.
    pub fn bare_amounts(&self) -> &[Stated] {
        &self.read().bare
    }

    fn read(&self) -> &Values {
        self.values.get_or_init(|| values_in(&self.text))
    }

    /// The steps of a discount that it states, in its order. What is denied, asked or only a limit states none.
    pub fn tiers(&self) -> &[StatedTier] {
        self.tiers.get_or_init(|| tiers_in(&self.text, self.values()))
    }

    /// The same of an answer to who asks for the steps: also those that only their likeness shows, or what is `right`.
    pub fn tiers_to_who_asks(&self, right: &[Tier]) -> Vec<StatedTier> {
        tiers_asked_for(&self.text, self.values(), right)
    }

    /// Whether what is stated there agrees with a fact's value: `None` when it is of another type or could be meant
    /// either way.
    ///
    /// A range agrees with its upper end ("within 24 to 48 hours" is a promise of 48) and contradicts only what lies outside.
    pub fn agrees(&self, stated: &Stated, fact: &FactValue) -> Option<bool> {
        let agrees = agreement(&stated.value, fact, self.today)?;
        match stated.force {
            Force::Denied => None,
            Force::Loose if !agrees => None,
            Force::Plain | Force::Loose | Force::Former => Some(agrees),
        }
    }

    /// True when the text states this value, as a whole and not as a part of another; names in the customer's language
    /// or in any other.
    pub fn states(&self, value: &FactValue, language: Language) -> bool {
        match value {
            FactValue::Identifier(code) => self.holds(code),
            FactValue::Text(wordings) => {
                let others = Language::ALL.into_iter().filter(|other| *other != language);
                let mut all = std::iter::once(language)
                    .chain(others)
                    .flat_map(|one| wordings.get(one));
                all.any(|wording| self.holds(wording))
            }
            FactValue::Tiers(steps) => steps.iter().all(|step| self.tiers().iter().any(|one| one.is(step))),
            FactValue::Holds { holds, subject } => {
                let subject = Subject::new(subject.zh.iter().chain(&subject.en));
                self.stances(&subject).iter().any(|stance| stance.holds == *holds)
            }
            typed => {
                let mut stated = self.values().iter().chain(self.bare_amounts());
                stated.any(|stated| self.agrees(stated, typed) == Some(true))
            }
        }
    }

    /// True when these words stand in the text; Latin words and codes only as whole ones.
    pub fn holds(&self, words: &str) -> bool {
        find_words(&self.text, &normalise(words)).next().is_some()
    }
}

/// Where these normalised words stand in a normalised text, as [`whole_words`].
pub(super) fn find_words<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let found = (!words.is_empty())
        .then(|| text.match_indices(words))
        .into_iter()
        .flatten();
    found.filter_map(move |(start, _)| whole_words(text, words, start))
}

/// Words that stand at this place in a normalised text, if they are whole there: where they begin or end in a Latin letter or digit, no
/// other may follow on, but for the s of a plural (rooms, rates), which then belongs to them.
pub(super) fn whole_words(text: &str, words: &str, start: usize) -> Option<Range<usize>> {
    let bounded = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let end = start + words.len();
    if bounded(words.chars().next()) && bounded(text[..start].chars().next_back()) {
        return None;
    }
    let closes = bounded(words.chars().next_back());
    let ends = |end: usize| !(closes && bounded(text[end..].chars().next()));
    let is_noun = words.ends_with(|c: char| c.is_ascii_lowercase() && c != 's');
    match ends(end) {
        true => Some(start..end),
        false => (is_noun && text[end..].starts_with('s') && ends(end + 1)).then_some(start..end + 1),
    }
}

/// Agreement of one value with a fact; `None` for another type or between the ends of a range.
fn agreement(value: &Value, fact: &FactValue, today: Date) -> Option<bool> {
    let near = |one: f64, other: f64| (one - other).abs() < 0.005;
    let within = |amount: &super::values::Amount, wanted: f64| {
        if near(amount.high, wanted) {
            return Some(true);
        }
        (wanted < amount.low || wanted > amount.high).then_some(false)
    };
    match (value, fact) {
        (Value::Money(amount), FactValue::Money(wanted)) | (Value::Percent(amount), FactValue::Percent(wanted)) => {
            within(amount, *wanted)
        }
        (Value::PercentOff(amount), FactValue::Percent(wanted)) => {
            // What is off, or what is left to pay.
            match (within(amount, *wanted), within(amount, 100.0 - wanted)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            }
        }
        (Value::Duration(amount), FactValue::Duration(wanted)) => within(amount, wanted.as_secs_f64()),
        (Value::Date { year, month, day }, FactValue::Date(wanted)) => {
            let same_year = year.is_none_or(|year| year == wanted.year());
            Some(same_year && (*month, *day) == (wanted.month(), wanted.day()))
        }
        (Value::Day(day), FactValue::Date(wanted)) => Some(day.may_be(*wanted, today)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_range_of_percents_off_contradicts_only_what_lies_outside() {
        let passage = Passage::new("20-30% off today", date(2025, 11, 11));
        let stated = &passage.values()[0];
        for (wanted, expected) in [
            (30.0, Some(true)),
            (70.0, Some(true)),
            (25.0, None),
            (75.0, None),
            (10.0, Some(false)),
            (50.0, Some(false)),
        ] {
            let agrees = passage.agrees(stated, &FactValue::Percent(wanted));
            assert_eq!(agrees, expected, "{wanted}");
        }
    }
}
