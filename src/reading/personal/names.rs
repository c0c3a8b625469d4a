//! A person's English name beside a datum: `Mary Smith (415-555-2671)`, `12 Oak Lane is where Mr. Smith lives`.
//!
//! A name is a title or one of the most frequent given names, and a surname: whatever else is written with capitals is as likely a
//! restaurant's. Given names: United States Census Bureau, Frequently Occurring First Names and Surnames from the 1990 Census, the first
//! 200 of each sex (public domain), without those that are ordinary words, places or shops.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

const GIVEN: &str = include_str!("given_names.txt");

const TITLES: &str = r"(?:Mr|Mrs|Ms|Miss|Mx|Madam|Sir)\.?";

/// Bytes that are looked at on either side: a name and the few words between.
const NEAR: usize = 80;

/// What may stand between a name and the datum behind it.
const BEFORE_DATUM: &str = r"(?:['’]s)?[\s,:;|()\[\]/—–-]*(?:(?i:at|of|on|is|was|can|will|goes|go|arrives?|come|whose|who|your|invoice|parcel|package|order|bill|gift|refund|sent|delivered|shipped|here|info|be|reached|under|by|from|with|in|as|to|and|the|a|an|this|that|it|we|i|you|us|have|has|had|noted|see|saved|stored|gave|left|shows?|listed|found|registered|booked|paid|used|uses|his|her|their|new|current|right|number|no\.|tel|telephone|phone|mobile|cell|e-?mail|mail|address|home|lives|living|resides|residing|contact|details|card|id)[\s.:,|()-]+){0,6}$";

/// How somebody is reached who was named before: `Mary Smith had the same question; reach them at`.
const REACHED: &str = r"(?-u:\b)[^.!?\n]{0,60}(?i:(?-u:\b)(?:reach|call|contact|phone|text|message|ring|e-?mail|write to|ask|try) (?:them|him|her)(?-u:\b))[\s,:]*(?:(?i:at|on|via|under|by|number|phone|mobile)[\s:]*){0,2}$";

/// What may stand between a datum and the name behind it.
const AFTER_DATUM: &str = r"^[\s,:;()\[\]/—–-]*(?:(?i:is|for|of|belongs to|belonging to|under|registered to|and|attn|attention|c/o|where|that|that's|it's|this|still|the|right|correct|current|best|number|address|phone|home|recipient|guest|customer|name|holder|payee|owner|contact)[\s.:]+){0,6}";

/// How far before this part of a text a person's name begins, if one stands right before it. Unit: bytes.
pub(super) fn end_before(text: &str, span: &Range<usize>) -> Option<usize> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("{}{BEFORE_DATUM}", name())));
    let before = &text[text.ceil_char_boundary(span.start.saturating_sub(NEAR))..span.start];
    BEFORE.find(before).map(|found| before.len() - found.start())
}

/// True when a person's name stands right before or right behind this part of a text.
pub(super) fn stand_beside(text: &str, span: &Range<usize>) -> bool {
    static AFTER: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("{AFTER_DATUM}{}", name())));
    static SPOKEN_OF: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("{}{REACHED}", name())));
    let start = text.ceil_char_boundary(span.start.saturating_sub(NEAR));
    let end = text.floor_char_boundary(span.end.saturating_add(NEAR));
    let before = &text[start..span.start];
    end_before(text, span).is_some() || SPOKEN_OF.is_match(before) || AFTER.is_match(&text[span.end..end])
}

fn name() -> String {
    let given = GIVEN.split_whitespace().collect::<Vec<_>>().join("|");
    let surname = r"(?:(?:Mc|Mac|O'|De|Van )?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)";
    format!(r"(?-u:\b)(?:{TITLES}\s+(?:[A-Z][a-z]*\.?\s+)?|(?:{given})\s+(?:[A-Z]\.?\s+)?){surname}")
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_title_or_given_name() {
        for (text, datum, expected) in [
            ("Mary Smith, 12 Oak Lane", "12 Oak Lane", true),
            ("That is Mr. Lindqvist's number: 415-555-2671", "415-555-2671", true),
            ("James T. Kirk lives at 12 Oak Lane", "12 Oak Lane", true),
            ("12 Oak Lane (Ms Okonkwo)", "12 Oak Lane", true),
            ("415-555-2671 belongs to Anna Mc", "415-555-2671", true),
            (
                "Mary Smith asked the same; reach her at 415-555-2671",
                "415-555-2671",
                true,
            ),
            (
                "Carlos Vega has it too, just call him: 415-555-2671",
                "415-555-2671",
                true,
            ),
            ("Mary Smith likes it. Reach them at 415-555-2671", "415-555-2671", false),
            ("Nothing Hill Cafe, 12 Oak Lane", "12 Oak Lane", false),
            ("Olive Garden at 12 Oak Lane", "12 Oak Lane", false),
            ("Joe's Pizza, 12 Oak Lane", "12 Oak Lane", false),
            ("Ruth Chris Steak House, 12 Oak Lane", "12 Oak Lane", false),
            ("Mary Smith likes it, so go to 12 Oak Lane", "12 Oak Lane", false),
            ("12 Oak Lane", "12 Oak Lane", false),
        ] {
            let at = text.find(datum).unwrap();
            assert_eq!(stand_beside(text, &(at..at + datum.len())), expected, "{text}");
        }
    }
}
