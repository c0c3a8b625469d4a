//! International numbers of bank accounts, told by their check digits.

use std::sync::LazyLock;

use regex::Regex;

use super::{PersonalKind, Spans};

/// A country, two check digits, and up to 30 letters and digits, in groups of four or in one piece (ISO 13616).
static IBAN: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?-u:\b)[A-Z]{2}[0-9]{2}(?:[A-Z0-9]{11,30}|(?:[ -][A-Z0-9]{4}){2,7}(?:[ -][A-Z0-9]{1,3})?)(?-u:\b)";
    Regex::new(pattern).expect("a valid pattern")
});

/// The shortest there is: of Norway. Unit: capital letters and digits.
const SHORTEST: usize = 15;

pub(super) fn ibans(text: &str, spans: &mut Spans) {
    let letters_of_one = text
        .bytes()
        .filter(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if letters_of_one.count() < SHORTEST {
        return;
    }
    for found in IBAN.find_iter(text).filter(|found| is_iban(found.as_str())) {
        spans.take(found.range(), PersonalKind::Account);
    }
}

/// With its first four characters moved to the end and letters read as 10 to 35, the number leaves 1 when divided by 97 (ISO 7064, MOD 97-10).
fn is_iban(written: &str) -> bool {
    let characters: Vec<char> = written.chars().filter(char::is_ascii_alphanumeric).collect();
    if !(SHORTEST..=34).contains(&characters.len()) {
        return false;
    }
    let moved = characters[4..].iter().chain(&characters[..4]);
    let rest = moved
        .filter_map(|character| character.to_digit(36))
        .fold(0, |rest, value| {
            let places = if value < 10 { 10 } else { 100 };
            (rest * places + value) % 97
        });
    rest == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digits_tell() {
        // The examples of the IBAN registry.
        for iban in [
            "GB29 NWBK 6016 1331 9268 19",
            "DE89370400440532013000",
            "FR14 2004 1010 0505 0001 3M02 606",
            "NO9386011117947",
        ] {
            assert!(is_iban(iban), "{iban}");
        }
        for other in ["GB29 NWBK 6016 1331 9268 18", "DE88370400440532013000", "AB12"] {
            assert!(!is_iban(other), "{other}");
        }
    }
}
