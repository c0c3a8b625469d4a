//! Whether a phone number or an address is somebody's own or a shop's, told by what stands around it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::surroundings::Surroundings;
use super::weights::Weights;
use crate::reading::normalise;

/// From where on it is taken for somebody's. High enough that of what authors that nothing was learnt of told of shops little is taken
/// (docs/QUALITY.md).
const LEAST: f64 = -0.1;

/// So much of a text is looked at on each side. Unit: bytes.
const NEARBY: usize = 480;

/// Words that stand for what is told and before a name; nobody writes them.
const PHONE: &str = " p'p ";
const ADDRESS: &str = " a'a ";
const NAMED: &str = " n'n $0";

static WEIGHTS: LazyLock<Weights<1>> = LazyLock::new(|| Weights::read(include_bytes!("owners.bin").as_slice()));

/// What is told of somebody or of a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::reading) enum Told {
    /// How they are reached.
    Phone,
    /// Where they are.
    Address,
}

/// True when what is told at a place of a text, as it was written, is somebody's own.
pub(in crate::reading) fn is_somebodys(text: &str, place: &Range<usize>, told: Told) -> bool {
    surroundings(text, place, told).are_somebodys_by(&WEIGHTS)
}

impl Surroundings {
    pub(super) fn are_somebodys_by(&self, weights: &Weights<1>) -> bool {
        weights.scores(self.keys()) > [LEAST]
    }
}

/// What stands around such a place.
pub(super) fn surroundings(text: &str, place: &Range<usize>, told: Told) -> Surroundings {
    let start = text.ceil_char_boundary(place.start.saturating_sub(NEARBY));
    let end = text.floor_char_boundary(text.len().min(place.end.saturating_add(NEARBY)));
    let [before, behind] = [&text[start..place.start], &text[place.end..end]].map(with_names_marked);
    let word = match told {
        Told::Phone => PHONE,
        Told::Address => ADDRESS,
    };
    let around = [before.as_str(), word, &behind].concat();
    Surroundings::of(&around, &(before.len()..before.len() + word.len()))
}

/// Normalised, with a word before each two that are written like a person's names: once all is in small letters no name is told from a word.
fn with_names_marked(text: &str) -> String {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"(?-u:\b)[A-Z][a-z]+\.? (?:[A-Z]\. )?(?:O'|Mc)?[A-Z][a-z]+(?-u:\b)";
        Regex::new(pattern).expect("a valid pattern")
    });
    normalise(&NAMES.replace_all(text, NAMED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_are_known_in_words_that_no_table_has() {
        for (text, told, is_expected) in [
            (
                "雨伞是三楼陆阿婆捡的，她家「苏州市姑苏区平江路66号」，敲门就行",
                Told::Address,
                true,
            ),
            ("上回订这间的是韩先生，打他「0571-87654321」问问", Told::Phone, true),
            (
                "The cyclist you clipped is Rosa Keane, home at 「9 Elm Road, Bath」.",
                Told::Address,
                true,
            ),
            (
                "咱们诊所就在「苏州市姑苏区平江路66号」一楼，挂号从八点开始",
                Told::Address,
                false,
            ),
            ("订位请打「0571-87654321」，节假日要提前三天", Told::Phone, false),
            (
                "Drop the skates off at the rink, 「9 Elm Road, Bath」, before five.",
                Told::Address,
                false,
            ),
        ] {
            let [before, datum, behind] = <[&str; 3]>::try_from(text.split(['「', '」']).collect::<Vec<_>>()).unwrap();
            let text = [before, datum, behind].concat();
            let place = before.len()..before.len() + datum.len();
            assert_eq!(is_somebodys(&text, &place, told), is_expected, "{text}");
        }
    }

    #[test]
    fn no_more_is_looked_at_however_long_the_text_is() {
        let keys = |count: usize| {
            let (before, datum, behind) = ("Mary Smith ".repeat(count), "010-62345678", " Mary Smith".repeat(count));
            let text = [before.as_str(), datum, &behind].concat();
            let place = before.len()..before.len() + datum.len();
            surroundings(&text, &place, Told::Phone).keys().to_vec()
        };
        assert_eq!(keys(1_100), keys(11_000));
    }
}
