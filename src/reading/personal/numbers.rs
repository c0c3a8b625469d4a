//! Numbers that name a person: mobile and fixed phones, bank cards, Chinese identity numbers. Told from other numbers by
//! length, grouping, prefix and check digit, never by length alone.

use std::ops::Range;

use super::{PersonalKind, Spans};
use crate::conversation::RunKey;

const ORDER_DIGITS: usize = 19;

/// The longest of the numbers looked for: a card's 19 digits.
const MOST_DIGITS: usize = 19;

/// The shortest: a social security number's 9.
const FEWEST_DIGITS: usize = 9;

/// The runs of digits with blanks and hyphens between them that may hold a number looked for, in a text with so many digits.
pub(super) fn runs(text: &str, digits: usize) -> Vec<Range<usize>> {
    if digits < FEWEST_DIGITS {
        return Vec::new();
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    let next = move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
        let length = bytes[start..]
            .iter()
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b' ' | b'-'))
            .count();
        at = start + length;
        let end = start + bytes[start..at].iter().rposition(u8::is_ascii_digit)? + 1;
        Some(start..end)
    };
    let has_enough = |run: &Range<usize>| {
        let digits = bytes[run.clone()].iter().filter(|byte| byte.is_ascii_digit());
        digits.count() >= FEWEST_DIGITS
    };
    std::iter::from_fn(next).filter(has_enough).collect()
}

/// Protects the order numbers of the run, separators or not.
pub(super) fn own_orders(key: RunKey, text: &str, runs: &[Range<usize>], spans: &mut Spans) {
    for run in runs {
        let (digits, places): (String, Vec<usize>) = text[run.clone()]
            .char_indices()
            .filter(|(_, character)| character.is_ascii_digit())
            .map(|(at, digit)| (digit, run.start + at))
            .unzip();
        let mut start = 0;
        while start + ORDER_DIGITS <= digits.len() {
            let end = start + ORDER_DIGITS;
            match key.owner_of(&digits[start..end]) {
                Some(_) => {
                    spans.protect(places[start]..places[end - 1] + 1);
                    start = end;
                }
                None => start += 1,
            }
        }
    }
}

/// Finds phones, cards and identity numbers.
pub(super) fn personal(text: &str, runs: &[Range<usize>], spans: &mut Spans) {
    for run in runs {
        let groups = groups(&text[run.clone()], run.start);
        let mut first = 0;
        while first < groups.len() {
            first = match longest(text, &groups, first) {
                Some((span, kind, next)) => {
                    spans.take(span, kind);
                    next
                }
                None => first + 1,
            };
        }
    }
}

/// The places of the groups of digits in a run that starts at `offset`.
fn groups(run: &str, offset: usize) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, _) in run.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        let at = offset + at;
        match groups.last_mut() {
            Some(group) if group.end == at => group.end += 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

/// The longest number that starts with the group `first`: its place, its kind, and the group after it.
fn longest(text: &str, groups: &[Range<usize>], first: usize) -> Option<(Range<usize>, PersonalKind, usize)> {
    let start = groups[first].start;
    if is_decimal_part(&text[..start]) {
        return None;
    }
    let separator = text[groups[first].end..].chars().next();
    let mut digits = String::new();
    let mut found = None;
    for last in first..groups.len() {
        let joined = last == first || text.get(groups[last - 1].end..groups[last].start) == separator_text(separator);
        digits.push_str(&text[groups[last].clone()]);
        if !joined || digits.len() > MOST_DIGITS {
            break;
        }
        let lengths: Vec<usize> = groups[first..=last].iter().map(Range::len).collect();
        let candidate = Candidate {
            digits: &digits,
            lengths: &lengths,
            before: &text[..start],
            after: &text[groups[last].end..],
        };
        if let Some((kind, before, after)) = candidate.kind() {
            found = Some((start - before..groups[last].end + after, kind, last + 1));
        }
    }
    found
}

fn separator_text(separator: Option<char>) -> Option<&'static str> {
    match separator {
        Some(' ') => Some(" "),
        Some('-') => Some("-"),
        _ => None,
    }
}

/// True for what stands behind `3.`: the digits of a fraction are no phone.
fn is_decimal_part(before: &str) -> bool {
    let whole = before.strip_suffix('.');
    whole.is_some_and(|whole| whole.ends_with(|last: char| last.is_ascii_digit()))
}

/// Digits that may be a number that names a person.
struct Candidate<'a> {
    digits: &'a str,
    lengths: &'a [usize],
    before: &'a str,
    after: &'a str,
}

impl Candidate<'_> {
    /// What it is, and how many characters before and after the digits belong to the number.
    fn kind(&self) -> Option<(PersonalKind, usize, usize)> {
        if self.is_mobile("") {
            return Some((PersonalKind::Mobile, 0, 0));
        }
        if self.is_fixed_line() || self.is_north_american() {
            return Some((PersonalKind::Phone, 0, 0));
        }
        if self.is_mobile("86") || self.is_mobile("0086") {
            return Some((PersonalKind::Mobile, usize::from(self.before.ends_with('+')), 0));
        }
        if self.before.ends_with(|last: char| last.is_ascii_alphanumeric()) {
            return None;
        }
        if self.is_social_security() {
            return Some((PersonalKind::Identity, 0, 0));
        }
        if self.is_identity() {
            return Some((PersonalKind::Identity, 0, 18 - self.digits.len()));
        }
        let stands_alone = !self.after.starts_with(|next: char| next.is_ascii_alphanumeric());
        (stands_alone && self.is_card()).then_some((PersonalKind::Card, 0, 0))
    }

    /// A Chinese mobile number, 11 digits from 13 to 19, behind this prefix.
    fn is_mobile(&self, prefix: &str) -> bool {
        let Some(digits) = self.digits.strip_prefix(prefix) else {
            return false;
        };
        let is_mobile = digits.len() == 11 && digits.starts_with('1') && digits.as_bytes()[1] >= b'3';
        let lengths = self.lengths_behind(prefix.len());
        is_mobile && matches!(lengths[..], [11] | [3, 4, 4] | [3, 8] | [7, 4] | [4, 3, 4])
    }

    /// The lengths of the groups without the first digits of the first group.
    fn lengths_behind(&self, digits: usize) -> Vec<usize> {
        let (first, rest) = self.lengths.split_first().unwrap_or((&0, &[]));
        let first = first.saturating_sub(digits);
        std::iter::once(first)
            .filter(|first| *first > 0)
            .chain(rest.iter().copied())
            .collect()
    }

    /// A Chinese fixed line: area code (010, 02x, 03xx to 09xx), then seven or eight digits.
    fn is_fixed_line(&self) -> bool {
        let area = match self.digits.as_bytes() {
            [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
            [b'0', b'3'..=b'9', ..] => 4,
            _ => return false,
        };
        matches!(self.lengths, [first, 7 | 8] if *first == area)
    }

    /// 415-555-2671; not the hotlines, whose area codes are 400 in China and 800 and its kin elsewhere.
    fn is_north_american(&self) -> bool {
        let is_service = ["400", "800", "833", "844", "855", "866", "877", "888"]
            .iter()
            .any(|code| self.digits.starts_with(code));
        let [area, _, _, exchange, ..] = self.digits.as_bytes() else {
            return false;
        };
        self.lengths == [3, 3, 4] && *area >= b'2' && *exchange >= b'2' && !is_service
    }

    /// A Chinese identity number: region, date of birth, serial, check character (GB 11643).
    fn is_identity(&self) -> bool {
        let grouped = matches!(self.lengths, [17 | 18] | [6, 8, 3 | 4] | [6, 4, 4, 3 | 4]);
        let mut after = self.after.chars();
        let check = match self.digits.len() {
            17 => after.next(),
            18 => self.digits.chars().next_back(),
            _ => None,
        };
        let stands_alone = !after.next().is_some_and(|next| next.is_ascii_alphanumeric());
        grouped && stands_alone && check.is_some_and(|check| is_identity(self.digits, check))
    }

    /// An American social security number: area, group and serial number, 3, 2 and 4 digits, none of them all zeros; areas 666 and from 900
    /// are never given out (Social Security Administration, randomization of 2011).
    fn is_social_security(&self) -> bool {
        let stands_alone = !self.after.starts_with(|next: char| next.is_ascii_alphanumeric());
        let [area, group, serial] = [0..3, 3..5, 5..9].map(|part| self.digits.get(part).unwrap_or_default());
        let is_given_out = !matches!(area, "000" | "666") && area < "900" && group != "00" && serial != "0000";
        self.lengths == [3, 2, 4] && stands_alone && is_given_out
    }

    /// A bank card: 13 to 19 digits with the check digit of ISO/IEC 7812. Numbers that begin like a year or a time stamp
    /// are none; no issuer has those.
    fn is_card(&self) -> bool {
        let issuer = matches!(self.digits.as_bytes(), [b'3'..=b'9', ..] | [b'2', b'2'..=b'7', ..]);
        let grouped = match self.lengths {
            [_] | [4, 6, 4 | 5] | [6, 10..=13] => true,
            [rest @ .., last] => rest.iter().all(|length| *length == 4) && *last <= 4,
            [] => false,
        };
        (13..=19).contains(&self.digits.len()) && issuer && grouped && passes_luhn(self.digits)
    }
}

/// Region, date and check character of GB 11643-1999 (ISO 7064, MOD 11-2) for the first 17 of `digits`.
fn is_identity(digits: &str, check: char) -> bool {
    const REGIONS: [&str; 35] = [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
        "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
    ];
    let month_and_day = (&digits[10..12], &digits[12..14]);
    let is_date = matches!(&digits[6..8], "18" | "19" | "20")
        && ("01"..="12").contains(&month_and_day.0)
        && ("01"..="31").contains(&month_and_day.1);
    if !REGIONS.contains(&&digits[..2]) || !is_date {
        return false;
    }
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let expected = b"10X98765432"[(sum % 11) as usize];
    check.to_ascii_uppercase() == char::from(expected)
}

/// The check digit of ISO/IEC 7812-1.
fn passes_luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, factor)| {
            let product = u32::from(digit - b'0') * factor;
            product / 10 + product % 10
        })
        .sum();
    sum.is_multiple_of(10)
}
