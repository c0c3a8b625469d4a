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

/// True where an amount is said of a bill that the next one is the size of: 20 yuan `from a total of` 200 yuan. `is_spent` where what
/// stands beside the next one says so.
pub(super) fn is_of_a_bill(between: &str, is_spent: bool) -> bool {
    is_from(between) || is_spent && OF_A_BILL.is_match(between)
}

/// What an amount is by what stands before it and after; `leads` where another amount follows on what stands after.
pub(super) fn part(before: &str, after: &str, leads: bool) -> Option<Part> {
    let (before, after) = (before.trim_end(), after.trim_start());
    // 300 yuan is cut by 50, 300 yuan less 50, at 300 yuan it cuts 50: the other one is taken off.
    let leads_on = || leads && (LESS.is_match(after) || CUT_NEXT.is_match(after));
    let is_off = OFF_AFTER
        .find(after)
        .is_some_and(|found| !after[found.end()..].starts_with(" by"));
    if is_off && !leads_on() || is_from_the_bill(after) || OFF_BEFORE.is_match(before) && !COSTS.is_match(after) {
        return Some(Part::Off);
    }
    let gives = || leads && GIVES.is_match(after) && STANDS_ALONE.is_match(before);
    let is_lessened = || leads && LESS.is_match(after);
    if SPEND_BEFORE.is_match(before)
        || SPEND_AFTER.is_match(after)
        || FROM_OFF.is_match(before)
        || is_lessened()
        || gives()
    {
        return Some(Part::Spend);
    }
    // `spend 300 yuan, get 50`
    let ends = !after.starts_with(|c: char| c.is_alphanumeric());
    (ends && GETS.is_match(before)).then_some(Part::Off)
}

/// 300 `less` 50, 300 `minus` 50: nothing else between the two.
static LESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:(?:is|means|gets you|becomes) )?(?:less|minus)\s*$"));

/// 300, `it cuts` 50; 300 `we discount` 50: the verb of the next amount.
static CUT_NEXT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:,? ?(?:and|then) )*(?:it|we|they|i|you|he|she|that|this) (?:then |also |will |can )*(?:discount|cut|refund|rebate)s?(?: you| them)?\s*$",
    )
});

/// Less 50 yuan of a fee, which a refund is less.
static COSTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:an? |the |as (?:an? )?|for (?:the )?)?(?:[a-z]+ )?(?:fees?|charges?|commission|tax|postage|shipping)\b",
    )
});

/// 50 yuan from your bill; not 50 yuan from the bill of 300 yuan, which anything may be.
fn is_from_the_bill(after: &str) -> bool {
    FROM_THE_BILL
        .find(after)
        .is_some_and(|found| !after[found.end()..].starts_with(" of"))
}

static FROM_THE_BILL: LazyLock<Regex> = LazyLock::new(|| {
    let whose = "the|your|their|its|our|that|what";
    pattern(&format!(
        r"^from (?:{whose}) (?:[a-z]+ ){{0,2}}?(?:bills?|totals?|subtotals?|price|checks?|sum|you (?:owe|pay))\b"
    ))
});

/// 50 yuan off, 50 yuan is deducted, a 50 yuan discount.
static OFF_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    let done = "(?:off|deducted|taken off|taken away|knocked off|shaved off|cut|subtracted|reduced|removed|saved|discounted|returned|refunded|back)";
    let away = r"away\s*(?:$|[,.;:!)]|(?:and|at|for|on|over|from (?:the|your|a))\b)";
    let goes = "(?:comes?|goes|drops?|falls?|will come|come straight) (?:straight )?off";
    let verb = "(?:(?:is|are|be|will be|would be|gets?|can be|being) (?:then |automatically |instantly )?)?";
    pattern(&format!(
        r"^(?:-\s?)?(?:bucks )?(?:{goes}|{verb}{done}|less|lower|cheaper|in (?:savings|discounts?)|(?:[a-z]+ )?(?:{CUTS})s?)\b|^{away}"
    ))
});

/// Save 50, drop 50, a discount of 50, the price is reduced by 50.
static OFF_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let whom = "(?: you| yourself| them| us| another| an extra| over| more than| at least)*";
    let verbs = "sav(?:es?|ed|ing)|deduct(?:s|ed|ing)?|subtract(?:s|ed|ing)?|shav(?:es?|ing)|trim|reduc(?:es?|ing)|discount|minus|less|cheaper(?: by)?|(?:we|they|it|i|will|can|then|also) (?:drop|refund|rebate)s?|chop(?:s|ping)?|slash(?:es|ing)?|waiv(?:es?|ing)|lop(?:s|ping)?";
    let off = "(?:knock(?:s|ed|ing)?|strik(?:es?|ing)|chop(?:s|ped|ping)?|lop(?:s|ped|ping)?|slash(?:es|ed|ing)?|strip(?:s|ped|ping)?|tak(?:es?|en|ing)|gets?|getting|shav(?:es?|ing)|cut(?:s|ting)?) off|(?:tak|shav|slic)(?:es?|en|ed|ing) away";
    pattern(&format!(
        r"\b(?:(?:{verbs}){whom}|and of|{off}|(?:{CUTS})s?(?: of| is| are| will be| amounts to| =)?:?|(?:reduc(?:es?|ed|ing)|lower(?:s|ed|ing)?|cuts?|cutting|drops?|falls?|discounted|down)(?: [a-z]+){{0,4}} by|by)$"
    ))
});

/// Spend 300, buy together for 300, orders over 300, a minimum of 300, when the bill comes to 300, for every 300.
static SPEND_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let together = "together|jointly|at once|as (?:an?|one) [a-z]+|in (?:an?|one) [a-z]+|with [a-z]+";
    let paid = format!("(?:buy|shop|order|book|purchas|pay|eat|dine)(?:e?s|ing|e)?(?: (?:{together}))? for");
    let verbs = r"spend(?:s|ing)?|consum(?:es?|ing)|purchas(?:es?|ing)|shop(?:s|ping)?|needs?|order(?:s|ing)?|(?:kicks? in|starts?|begins?|applies) (?:at|from|above)|spent|buy(?:s|ing)?|hit(?:s|ting)?|reach(?:es|ed|ing)?|total(?:s|l?ing)?|pass(?:es)?|tops?|cross(?:es)?|clears?|gets? to|makes? it to|(?:rack|ring|run)s? up|goes? (?:over|past|above)|(?:(?:^|[,;:.!])\s*|\b(?:or|and|then|you|to|can|party|group|table) )(?:go|climb|move|step|stretch)(?: on| all the way)?(?: up)? to|(?:that|which) (?:comes?|adds? up|amounts?|is|are) (?:to|over|above)?|worth";
    let nouns = format!(r"(?:{BILLS})(?: [a-z]+){{0,2}} (?:of|from|at|starting (?:at|from))");
    let heads = r"(?:^|[\n:;,.*|-]\s*)(?:(?:and|or|but) )?(?:from|at|for)";
    let raised = format!(
        r"(?:get|push|bump|rais|build|run|grow|lift|mak)(?:e?s|t?ing|e)? (?:(?:the|your|a|an|that|this|its?|whole|group|party|joint) )*(?:it|amount|sum|{BILLS}) (?:up )?(?:to|past|over|above|beyond)"
    );
    let condition = r"(?:if|when|whenever|once|where|as soon as)\b[^.;!?]*\b(?:is|are|it's|that's|(?:comes?|adds? up|amounts?|gets|is up) to)";
    pattern(&format!(
        r"(?:\b|^|\s)(?:{BEYOND}|{verbs}|{paid}|{nouns}|{raised}|{condition}|every|each|per)$|{heads}$"
    ))
});

/// 300 yuan or more, 300 yuan minimum spend, 300 yuan worth.
static SPEND_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?:\+|(?:(?:is|means) )?minus\s*$|(?:plus|or (?:more|above|over|higher|up|greater|beyond)|and (?:above|over|up|upwards|more|higher|beyond)|upwards?|up|onwards?|min(?:imum)?|worth|spent|at least|tier|level|bracket|threshold|mark|of (?:purchases|orders?|spending|goods|shopping)|in (?:total|purchases|orders|spending)|(?:{BILLS}))\b)"
    ))
});

/// `300 gives you` 50 off: the verb of the next amount, done by an amount on which nothing but itself is spent.
static GIVES: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "gives?|gets?|saves?|takes?|earns?|brings?|knocks?|cuts?|wins?";
    let whom = "you|us|them|it|everyone|everybody|(?:your|the|an?) (?:group|party|table|team)";
    pattern(&format!(
        r"^(?:(?:will|would|can|already) )?(?:{verbs})(?: (?:{whom}))?(?: an?)?\s*$"
    ))
});

/// Nothing says what thing the amount is the price of.
static STANDS_ALONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\n:;,.!?*|(-])(?:\s*(?:and|or|but|while|so|then))*$|\b(?:and|or|but|while)$"));

/// What follows the amount before, which is taken off: 50 off 300, 50 yuan discount for 300, 50 is knocked off at 300.
static FROM_OFF: LazyLock<Regex> = LazyLock::new(|| {
    let with = "(?:at|from|for|on|with)";
    let goes = "(?:is|are|comes?|goes|gets?|will be)";
    pattern(&format!(
        r"^\s*(?:off|(?:{goes} )?(?:[a-z]+ )?(?:off|back|less|cheaper|deducted|subtracted|{CUTS}) {with})(?: an?| any)?$"
    ))
});

static GETS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:gets?|earns?|gives?|wins?|enjoys?|receives?)(?: you| them| us)?$"));

static OF_A_BILL: LazyLock<Regex> = LazyLock::new(|| {
    let with = "(?:from|off|on|at|for|with|over|above|past)";
    pattern(&format!(r"^\s*{with}\b"))
});

static FROM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:off |lower |less |cheaper |smaller )?(?:on|with|at|from|for|after|over)(?: an?| any| every| each)?\s*$",
    )
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a fixed pattern")
}
