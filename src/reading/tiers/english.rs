//! English: verbs and nouns of spending and saving, and the prepositions that they take.

use std::sync::LazyLock;

use regex::Regex;

use super::Part;

/// What somebody pays in all.
const BILLS: &str = "orders?|checks?|groups?|purchases?|bookings?|reservations?|bills?|totals?|subtotals?|spends?|spending|baskets?|carts?|tabs?|invoices?|transactions?|one|ones|those|minimum|anything|everything";

/// Of an amount and all beyond it.
const BEYOND: &str = r"over|above|exceed(?:s|ed|ing)?|more than|at least|(?:no|not) less than|beyond|past|upwards of|starting (?:at|from)|(?:a )?min(?:imum|\.)?(?: of| spend| order| purchase)?:?|(?:a|the) total of|full|between|threshold (?:is|of)|≥|>=?";

/// What is taken off, as a noun.
const CUTS: &str = "discount|markdown|price drop|refund|reduction|rebate|deduction|savings?|cashback|price cut|cut";

/// True where what follows on an amount that is taken off leads to what is spent: save 20 yuan `on` 200 yuan.
pub(super) fn is_from(between: &str) -> bool {
    FROM.is_match(between)
}

pub(super) fn part(before: &str, after: &str) -> Option<Part> {
    let (before, after) = (before.trim_end(), after.trim_start());
    // 300 yuan is cut by 50: the other one is taken off.
    let is_off = OFF_AFTER
        .find(after)
        .is_some_and(|found| !after[found.end()..].starts_with(" by"));
    if is_off || OFF_BEFORE.is_match(before) {
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
    let done = "(?:off|deducted|taken off|taken away|knocked off|shaved off|cut|subtracted|reduced|removed|saved|discounted|returned|refunded|back)";
    let goes = "(?:comes?|goes|drops?|falls?|will come|come straight) (?:straight )?off";
    let verb = "(?:(?:is|are|be|will be|would be|gets?|can be|being) (?:then |automatically |instantly )?)?";
    pattern(&format!(
        r"^(?:-\s?)?(?:bucks )?(?:{goes}|{verb}{done}|less|lower|cheaper|in (?:savings|discounts?)|(?:[a-z]+ )?(?:{CUTS})s?)\b"
    ))
});

/// Save 50, a discount of 50, the price is reduced by 50.
static OFF_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let whom = "(?: you| yourself| them| us| another| an extra| over| more than| at least)*";
    let verbs = "sav(?:es?|ed|ing)|deduct(?:s|ed|ing)?|subtract(?:s|ed|ing)?|shav(?:es?|ing)|trim|reduc(?:es?|ing)|discount|minus|less|cheaper(?: by)?";
    let off = "(?:knock(?:s|ed|ing)?|tak(?:es?|en|ing)|gets?|getting|shav(?:es?|ing)|cut(?:s|ting)?) off";
    pattern(&format!(
        r"\b(?:(?:{verbs}){whom}|and of|{off}|(?:{CUTS})s?(?: of| is| are| will be| amounts to| =)?:?|(?:reduc(?:es?|ed|ing)|lower(?:s|ed|ing)?|cuts?|cutting|drops?|falls?|discounted|down)(?: [a-z]+){{0,4}} by|by)$"
    ))
});

/// Spend 300, orders over 300, a minimum of 300, when the bill comes to 300, for every 300.
static SPEND_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = r"spend(?:s|ing)?|consum(?:es?|ing)|purchas(?:es?|ing)|shop(?:s|ping)?|needs?|order(?:s|ing)?|(?:buy|shop|order|book|purchas|pay|eat|dine)(?:e?s|ing|e)? for|(?:kicks? in|starts?|begins?|applies) (?:at|from|above)|spent|buy(?:s|ing)?|hit(?:s|ting)?|reach(?:es|ed|ing)?|total(?:s|l?ing)?|pass(?:es)?|tops?|cross(?:es)?|clears?|gets? to|makes? it to|(?:rack|ring|run)s? up|goes? (?:over|past|above)|(?:that|which) (?:comes?|adds? up|amounts?|is|are) (?:to|over|above)?|worth";
    let nouns = format!(r"(?:{BILLS})(?: [a-z]+){{0,2}} (?:of|from|at|starting (?:at|from))");
    let heads = r"(?:^|[\n:;,.*|-]\s*)(?:and )?(?:from|at|for)";
    let condition =
        r"(?:if|when|whenever|once|where|as soon as)\b[^.;!?]*\b(?:is|are|(?:comes?|adds? up|amounts?|gets|is up) to)";
    pattern(&format!(
        r"(?:\b|^|\s)(?:{BEYOND}|{verbs}|{nouns}|{condition}|every|each|per)$|{heads}$"
    ))
});

/// 300 yuan or more, 300 yuan minimum spend, 300 yuan worth.
static SPEND_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?:\+|minus\s*$|(?:plus|or (?:more|above|over|higher|up|greater|beyond)|and (?:above|over|up|upwards|more|higher|beyond)|upwards?|up|onwards?|min(?:imum)?|worth|spent|at least|tier|level|bracket|threshold|mark|of (?:purchases|orders?|spending|goods|shopping)|in (?:total|purchases|orders|spending)|(?:{BILLS}))\b)"
    ))
});

/// What follows the amount before, which is taken off: 50 off 300, 50 yuan discount for 300.
static FROM_OFF: LazyLock<Regex> = LazyLock::new(|| {
    let with = "(?:at|from|for|on|with)";
    pattern(&format!(
        r"^\s*(?:off|(?:off|back|less|cheaper|{CUTS}) {with})(?: an?| any)?$"
    ))
});

static GETS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:gets?|earns?|gives?|wins?|enjoys?|receives?)(?: you| them| us)?$"));

static FROM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:off |lower |less |cheaper |smaller )?(?:on|with|at|from|for|after|over)(?: an?| any| every| each)?\s*$",
    )
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a fixed pattern")
}
