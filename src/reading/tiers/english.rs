//! English: verbs and nouns of spending and saving, and the prepositions that they take.

use std::sync::LazyLock;

use regex::Regex;

use super::Part;

/// What somebody pays in all.
const BILLS: &str = "orders?|purchases?|bookings?|reservations?|bills?|totals?|subtotals?|spends?|spending|baskets?|carts?|tabs?|invoices?|transactions?|one|ones|those|minimum|anything|everything";

/// Of an amount and all beyond it.
const BEYOND: &str = r"over|above|exceed(?:s|ed|ing)?|more than|at least|(?:no|not) less than|beyond|past|upwards of|(?:a )?min(?:imum|\.)?(?: of)?|(?:a|the) total of";

/// What is taken off, as a noun.
const CUTS: &str = "discount|reduction|rebate|deduction|savings?|cashback|price cut|cut";

pub(super) fn part(before: &str, after: &str) -> Option<Part> {
    let (before, after) = (before.trim_end(), after.trim_start());
    if OFF_AFTER.is_match(after) || OFF_BEFORE.is_match(before) {
        return Some(Part::Off);
    }
    if SPEND_BEFORE.is_match(before) || SPEND_AFTER.is_match(after) || FROM_OFF.is_match(before) {
        return Some(Part::Spend);
    }
    // `spend 300 yuan, get 50`
    let ends = !after.starts_with(|c: char| c.is_alphanumeric());
    (ends && GETS.is_match(before)).then_some(Part::Off)
}

/// 50 yuan off, 50 yuan is deducted, a 50 yuan discount.
static OFF_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    let done = "(?:off|deducted|taken off|knocked off|subtracted|saved|discounted|back)";
    let goes = "(?:comes?|goes|drops?|falls?|will come) off";
    let verb = "(?:(?:is|are|be|will be|would be|gets?|can be) (?:then )?)?";
    pattern(&format!(
        r"^(?:-\s?)?(?:{goes}|{verb}{done}|less|cheaper|(?:[a-z]+ )?(?:{CUTS}))\b"
    ))
});

/// Save 50, a discount of 50, the price is reduced by 50.
static OFF_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let whom = "(?: you| yourself| them| us| another| an extra| over| more than| at least)*";
    let verbs = "sav(?:es?|ed|ing)|deduct(?:s|ed|ing)?|subtract(?:s|ed|ing)?|minus|less";
    let off = "(?:knock(?:s|ed|ing)?|tak(?:es?|en|ing)|gets?|getting) off";
    pattern(&format!(
        r"\b(?:(?:{verbs}){whom}|{off}|(?:{CUTS})s? of|(?:reduc(?:es?|ed|ing)|lower(?:s|ed|ing)?|cuts?|cutting|drops?|falls?|discounted|down)(?: [a-z]+){{0,4}} by|by)$"
    ))
});

/// Spend 300, orders over 300, a minimum of 300, when the bill comes to 300, for every 300.
static SPEND_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = r"spend(?:s|ing)?|spent|buy(?:s|ing)?|hit(?:s|ting)?|reach(?:es|ed|ing)?|total(?:s|l?ing)?|pass(?:es)?|tops|cross(?:es)?|worth";
    let nouns = format!(r"(?:{BILLS})(?: [a-z]+){{0,2}} (?:of|from|at|starting (?:at|from))");
    let condition =
        r"(?:if|when|whenever|once|where|as soon as)\b[^.;!?]*\b(?:is|are|(?:comes?|adds? up|amounts?|gets|is up) to)";
    pattern(&format!(r"\b(?:{BEYOND}|{verbs}|{nouns}|{condition}|every|each|per)$"))
});

/// 300 yuan or more, 300 yuan minimum spend, 300 yuan worth.
static SPEND_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?:\+|(?:plus|or (?:more|above|over|higher)|and (?:above|over|up|more)|upwards|min(?:imum)?|worth|spent|at least|(?:{BILLS}))\b)"
    ))
});

/// What follows the amount before, which is taken off: 50 off 300, 50 yuan discount for 300.
static FROM_OFF: LazyLock<Regex> = LazyLock::new(|| {
    let with = "(?:at|from|for|on|with)";
    pattern(&format!(
        r"^\s*(?:off|(?:off|back|less|cheaper|{CUTS}) {with})(?: an?| any)?$"
    ))
});

static GETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bgets?(?: you| them)?$"));

fn pattern(pattern: &str) -> Regex {
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a fixed pattern")
}
