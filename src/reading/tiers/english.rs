//! English: verbs and nouns of spending and saving, and the prepositions that they take.

use std::sync::LazyLock;

use regex::Regex;

use super::Part;

/// What somebody pays in all.
const BILLS: &str = "orders?|checks?|groups?|purchases?|bookings?|reservations?|bills?|totals?|subtotals?|spends?|spending|baskets?|carts?|tabs?|invoices?|transactions?|one|ones|those|minimum|anything|everything|meals?|trays?|plates?|trolleys?|tables?|receipts?";

/// Of an amount and all beyond it.
const BEYOND: &str = r"over|above|exceed(?:s|ed|ing)?|more than|at least|(?:no|not) less than|beyond|past|upwards of|starting (?:at|from)|(?:a )?min(?:imum|\.)?(?: of| spend| order| purchase)?:?|(?:a|the) total of|full|between|threshold(?: is| of|:)?|≥|>=?";

/// What is taken off, as a noun.
const CUTS: &str =
    "discount|concession|markdown|price drop|refund|reduction|rebate|deduction|savings?|cashback|price cut|cut";

/// What is done to an amount that is taken off.
const DONE: &str = "off|deducted|taken off|taken away|knocked off|shaved off|cut|subtracted|reduced|removed|saved|discounted|returned|refunded|back|waived|forgiven|struck off|wiped off|let off|given back|handed back";

/// What leads to it.
const GETS_DONE: &str = "(?:is|are|be|(?:will|shall|would|can|to) be|gets?|being) (?:then |automatically |instantly )?";

/// What may stand between a verb and an amount: save `you a full` 80 yuan.
const WHOM: &str = "(?: you| yourself| them| us| another| an extra| over| more than| at least| an? (?:full|whole|cool|nice|neat|tidy|further)| (?:about|the))*";

/// What a customer does to a bill that grows.
const RAISES: &str = "get|push|bump|rais|build|run|grow|lift|mak|fill|load|stack|pile|pil|pad|work|round|top|stretch";

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

/// 300 `less` 50, 300 `minus` 50, 300 `rebate` 50: nothing else between the two.
static LESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:,\s*)?(?:(?:is|means|gets?|gets you|becomes) )?(?:less|minus|rebate|deduct|subtract|discount)\s*$")
});

/// 300, `it cuts` 50; 300 `we discount` 50: the verb of the next amount.
static CUT_NEXT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:,? ?(?:and|then) )*(?:it|we|they|i|you|he|she|that|this) (?:then |also |will |can )*(?:discount|cut|refund|rebate|minus|deduct|subtract|drop|waive|forgive)s?(?: you| them)?\s*$",
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
    let away = r"away\s*(?:$|[,.;:!)]|(?:and|at|for|on|over|from (?:the|your|a))\b)";
    let goes = "(?:comes?|goes|drops?|falls?|will come|come straight) (?:straight )?off";
    // 80 yuan is less; not 80 yuan is less than 500 yuan.
    let fewer =
        r"(?:is|are|will be) (?:less|cheaper|lower|lighter)\s*(?:$|[,.;:!)]|(?:on|for|at|from|with|when|if|once)\b)";
    pattern(&format!(
        r"^(?:-\s?)?(?:bucks )?(?:{goes}|(?:{GETS_DONE})?(?:{DONE})|less|lower|cheaper|lighter|in (?:savings|discounts?)|(?:[a-z]+ )?(?:{CUTS})s?)\b|^{away}|^{fewer}"
    ))
});

/// Save 50, drop 50, a discount of 50, the price is reduced by 50.
static OFF_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let bids = r"(?:^\s*|[,;:.!]\s*)(?:(?:and|then|you|you'll|we|we'll|i|i'll) )*(?:drop|lose|shed|pocket|skip|forget|forgive|strike|scrap|dock|clip)(?: about)?";
    let lets = "let(?:s|ting)?(?: [a-z]+){1,3} off";
    let verbs = "sav(?:es?|ed|ing)|deduct(?:s|ed|ing)?|subtract(?:s|ed|ing)?|shav(?:es?|ing)|trim|reduc(?:es?|ing)|discount|minus|less|cheaper(?: by)?|(?:we|they|it|i|will|can|then|also) (?:drop|refund|rebate)s?|chop(?:s|ping)?|slash(?:es|ing)?|waiv(?:es?|ing)|spar(?:es?|ing)|lop(?:s|ping)?";
    let off = "(?:knock(?:s|ed|ing)?|strik(?:es?|ing)|chop(?:s|ped|ping)?|lop(?:s|ped|ping)?|slash(?:es|ed|ing)?|strip(?:s|ped|ping)?|tak(?:es?|en|ing)|gets?|getting|shav(?:es?|ing)|cut(?:s|ting)?) off|(?:tak|shav|slic)(?:es?|en|ed|ing) away";
    pattern(&format!(
        r"{bids}$|\b(?:(?:{verbs}){WHOM}|and of|{off}|{lets}|(?:{CUTS})s?(?: of| is| are| will be| amounts to| =)?:?|(?:reduc(?:es?|ed|ing)|lower(?:s|ed|ing)?|cuts?|cutting|drops?|falls?|discounted|down)(?: [a-z]+){{0,4}} by|by)$"
    ))
});

/// Spend 300, buy together for 300, orders over 300, a minimum of 300, when the bill comes to 300, for every 300.
static SPEND_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let together = "together|jointly|at once|as (?:an?|one) [a-z]+|in (?:an?|one) [a-z]+|with [a-z]+";
    let paid = format!("(?:buy|shop|order|book|purchas|pay|eat|dine)(?:e?s|ing|e)?(?: (?:{together}))? for");
    let until = "(?:buy|spend|order|pay|eat|shop|consum|purchas)(?:e?s|ing|e)? (?:(?:up|right|all the way) )?(?:until|till?|up to)";
    let verbs = r"spend(?:s|ing)?|consum(?:es?|ing)|purchas(?:es?|ing)|shop(?:s|ping)?|needs?|order(?:s|ing)?|(?:kicks? in|starts?|begins?|applies) (?:at|from|above)|spent|buy(?:s|ing)?|hit(?:s|ting)?|reach(?:es|ed|ing)?|total(?:s|l?ing)?|(?:pass|cross|surpass|clear|touch)(?:e?s|ing|ed)?|(?:break|beat)(?:s|ing)?|tops?|topping|gett?(?:s|ing)? to|makes? it to|(?:rack|ring|run|clock|notch|chalk|tot)(?:t?ed|s|t?ing)? up|(?:lay|laid|fork(?:ed)?|shell(?:ed)?|splash(?:ed)?) out|(?:have|has|'ve) paid|goes? (?:over|past|above)|(?:(?:^|[,;:.!])\s*|\b(?:or|and|then|you|to|can|party|group|table) )(?:go|climb|move|step|stretch)(?: on| all the way)?(?: up)? to|(?:that|which) (?:comes?|adds? up|amounts?|is|are) (?:to|over|above)?|worth";
    let nouns = format!(r"(?:{BILLS})(?: [a-z]+){{0,2}} (?:of|from|at|starting (?:at|from))");
    let heads = r"(?:^|[\n:;,.*|-]\s*)(?:(?:and|or|but) )?(?:from|at|for|until|till)";
    let raised = format!(
        r"(?:{RAISES})(?:e?s|[tp]?ing|e)? (?:(?:the|your|a|an|that|this|its?|whole|group|party|joint) )*(?:it|amount|sum|{BILLS}) (?:up )?(?:to|past|over|above|beyond)"
    );
    let condition = r"(?:if|when|whenever|once|where|as soon as)\b[^.;!?]*\b(?:is|are|it's|that's|(?:comes?|adds? up|amounts?|gets|is up) to)";
    pattern(&format!(
        r"(?:\b|^|\s)(?:{BEYOND}|{verbs}|{paid}|{nouns}|{raised}|{until}|{condition}|every|each|per)$|{heads}$"
    ))
});

/// What an amount that is spent does for who spends it.
const GIVING: &str = "gives?|gets?|saves?|takes?|earns?|brings?|knocks?|cuts?|wins?|means?|drops?|shaves?|trims?|sheds?|loses?|unlocks?|triggers?|scores?|nets?|spares?";

/// 300 yuan or more, 300 yuan minimum spend, 300 yuan worth, 300 on the tab means.
static SPEND_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?:\+|(?:(?:is|means) )?minus\s*$|(?:plus|or (?:more|above|over|higher|up|greater|beyond)|and (?:above|over|up|upwards|more|higher|beyond)|upwards?|up|onwards?|min(?:imum)?|worth|spent|at least|tier|level|bracket|threshold|mark|of (?:purchases|orders?|spending|goods|shopping)|in (?:total|purchases|orders|spending)|(?:{BILLS}))\b|(?:on|in|at) (?:the|your|one) (?:{BILLS}|till|meter|slip)(?:\s*[,:;=]| (?:{GIVING}|is|and|you)\b))"
    ))
});

/// `300 gives you` 50 off: the verb of the next amount, done by an amount on which nothing but itself is spent.
static GIVES: LazyLock<Regex> = LazyLock::new(|| {
    let whom = "you|us|them|it|everyone|everybody|(?:your|the|an?) (?:group|party|table|team)";
    pattern(&format!(
        r"^(?:(?:will|would|can|already) )?(?:{GIVING})(?: off)?(?: (?:{whom}))?(?: an?(?: full| whole| cool| nice)?)?\s*$"
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
        r"^\s*(?:bucks )?(?:off|(?:{goes} )?(?:[a-z]+ )?(?:off|back|less|cheaper|deducted|subtracted|{CUTS}) {with})(?: an?| any)?$"
    ))
});

static GETS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:gets?|earns?|gives?|wins?|enjoys?|receives?)(?: you| them| us)?$"));

static OF_A_BILL: LazyLock<Regex> = LazyLock::new(|| {
    let with = "(?:from|off|on|at|for|with|over|above|past)";
    pattern(&format!(r"^\s*(?:{with}|when|whenever|once|if|where|as soon as)\b"))
});

static FROM: LazyLock<Regex> = LazyLock::new(|| {
    let made = "(?:made|given|granted|allowed|applied|offered|due)";
    pattern(&format!(
        r"^\s*(?:off |lower |less |cheaper |smaller |(?:{GETS_DONE})(?:{made}|{DONE}) |{made} )?(?:on|with|at|from|for|after|over|upon)(?: an?| any| every| each)?\s*$"
    ))
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a fixed pattern")
}
