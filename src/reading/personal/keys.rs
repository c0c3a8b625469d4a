//! How two writings of the same piece of personal data are known for the same.

use std::sync::LazyLock;

use regex::Regex;

use super::plain::Plain;
use super::{PersonalDatum, PersonalKind, personal_data, places};
use crate::conversation::RunKey;

/// Digits at the end of two phone numbers that make them the same, with or without the codes before.
const SAME_DIGITS: usize = 8;

impl PersonalDatum {
    /// Equal for two writings of the same datum: a phone with and without its country's code, an address with and without its city.
    pub fn key(&self, text: &str) -> String {
        let written = Plain::of(&text[self.span.clone()]).text().to_lowercase();
        match self.kind {
            PersonalKind::Mobile | PersonalKind::Phone => {
                let digits: Vec<char> = written.chars().filter(char::is_ascii_digit).collect();
                digits[digits.len().saturating_sub(SAME_DIGITS)..].iter().collect()
            }
            PersonalKind::Card | PersonalKind::Account | PersonalKind::Identity => {
                written.chars().filter(char::is_ascii_alphanumeric).collect()
            }
            PersonalKind::Email => places::mailbox(&written),
            PersonalKind::Address => house(&written).unwrap_or(written),
        }
    }
}

/// A street's last characters and the house number behind them.
static CHINESE_HOUSE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\p{Han}(?:道|街|同|路|巷|弄|村|区|园|苑|厦|场)[ ,]?[a-z]?[0-9]{1,5}"));

/// A house number and the first word of its street.
static ENGLISH_HOUSE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)[0-9]{1,5}[a-z]? [a-z0-9]+"));

/// The part of an address that tells it from others.
fn house(address: &str) -> Option<String> {
    let found = CHINESE_HOUSE.find(address).or_else(|| ENGLISH_HOUSE.find(address))?;
    Some(bare(found.as_str()))
}

/// The keys of all personal data in what somebody wrote of themselves: also of a street and house number without a town.
pub fn personal_keys(text: &str, key: RunKey) -> Vec<String> {
    let data = personal_data(text, key);
    let mut keys: Vec<String> = data.iter().map(|datum| datum.key(text)).collect();
    if !text.is_ascii() {
        keys.extend(CHINESE_HOUSE.find_iter(text).map(|found| bare(found.as_str())));
    }
    keys
}

fn bare(written: &str) -> String {
    let letters = written.chars().filter(|character| character.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(&format!("(?i){pattern}")).expect("a valid pattern")
}
