//! How prices are said in English.

use super::super::words::starts_with_word;
use super::{Place, strip_word, without_links};

/// What is paid for one by one: 70 a head, 199 per night, 84 for an adult.
#[rustfmt::skip]
const MEASURES: &[&str] = &[
    "person", "capita", "people", "head", "adult", "child", "children", "kid", "senior", "student", "guest", "diner", "visitor",
    "traveller", "traveler", "pax", "passenger", "entry", "entrance", "admission", "ticket", "night", "nite",
    "evening", "day", "room", "stay", "unit", "piece", "pop", "item", "pc", "hour", "hr", "car", "vehicle", "table",
    "seat", "plate", "meal", "dinner", "lunch", "breakfast", "portion", "cover", "set", "bottle", "cup", "glass",
    "pair", "week", "month", "ride", "trip", "way", "bed", "double", "twin", "single", "suite", "couple", "group",
    "two", "one", "head count", "customer",
];
const ONE_BY_ONE: &[&str] = &["a", "an", "per", "each", "every"];
#[rustfmt::skip]
const KINDS: &[&str] = &[
    "single", "standard", "normal", "adult", "full", "regular", "basic", "double", "twin", "day", "whole",
    "full-price", "entry",
];

/// What makes a number a bound on how many: `limit 20 per person`.
#[rustfmt::skip]
const BOUNDS: &[&str] = &[
    "limit", "limited to", "limit of", "max", "maximum", "maximum of", "up to", "capacity",
];

/// Verbs of paying and asking, and whole phrases that lead up to an amount.
#[rustfmt::skip]
const PAYING: &[&str] = &[
    "pay", "pays", "paying", "paid", "cost", "costs", "costing", "charge", "charges", "charging", "charged", "spend",
    "spends", "spending", "budget", "ask", "asks", "asking", "go for", "goes for", "going for", "sell for",
    "sells for", "sell at", "sold at", "sold for", "priced at", "price at", "set at", "stands at", "stand at",
    "come to", "comes to", "works out at", "works out to", "work out at", "run you", "runs you", "set you back",
    "quoted at", "quote", "quoted", "listed at", "start at", "starts at", "start from", "starts from",
    "starting from", "starting at", "begin at", "begins at", "part with", "shell out", "fork out", "hand over",
    "looking at", "averages", "average", "consume", "consumes", "want", "wants", "have it for", "get it for",
    "yours for", "do it for", "available for", "available at", "available from",
];

/// Nouns of what something costs: they need no verb before the number.
#[rustfmt::skip]
const PRICES: &[&str] = &[
    "price", "prices", "fee", "fees", "fare", "fares", "cost", "costs", "rate", "rates", "tariff", "per person",
    "per head", "per night", "per adult", "per guest", "per pax", "per room", "per ticket", "per diner", "per capita",
    "a night", "a head", "a person", "admission fee", "charge", "spend",
];

#[rustfmt::skip]
const ROOMS: &[&str] = &[
    "rooms", "doubles", "twins", "singles", "double", "twin", "suite", "suites", "beds",
];

/// No clock shows more.
const HOURS: f64 = 25.0;

/// Things that are sold: a verb or mark leads from them to the number.
#[rustfmt::skip]
const SOLD: &[&str] = &[
    "ticket", "tickets", "tix", "admission", "entry", "entrance", "rooms", "doubles", "double", "twin", "twins",
    "single", "singles", "suite", "bill", "total", "dinner", "lunch", "meal", "meals", "adult", "adults", "child",
    "children", "kids", "students", "seniors", "average", "night", "stay", "each", "person", "head", "everyone",
    "pass",
];

/// What may stand between a price and its number.
#[rustfmt::skip]
const LINKS: &[&str] = &[
    ":", "|", "=", "→", "is", "are", "was", "be", "'s", "'re", "’s", "about", "around", "roughly", "approximately",
    "approx", "approx.", "circa", "only", "just", "currently", "now", "at", "from", "of", "to", "you", "will",
    "would", "'ll", "'d", "usually", "normally", "typically", "mostly", "some", "something like", "somewhere around",
    "as little as", "a flat", "flat", "no more than", "less than", "under", "today", "tonight", "still", "(yuan)",
    "(rmb)", "(cny)", "me", "us", "it", "in total", "say", "between", "nearly", "almost", "an average of", "-",
];

/// What may stand right before the number, behind a verb.
#[rustfmt::skip]
const NEAR_LINKS: &[&str] = &[
    "about", "around", "roughly", "approximately", "only", "just", "you", "me", "us", "some", "currently", "a flat",
    "as little as", "nearly", "usually", "normally", "typically", "mostly", "still", "now", "today", "adults",
    "guests", "visitors",
];

/// What leads from a thing that is sold to its number. Not `at` and `from`: entry at 10 is a time of day.
const STRONG_LINKS: &[&str] = &[":", "|", "=", "is", "are", "'s", "’s", "be", "was", "'re", "→", "-"];

/// All that a clause says beside its number.
#[rustfmt::skip]
pub(super) const ALONE_LINKS: &[&str] = &[
    "it's", "it’s", "it is", "that's", "that’s", "that is", "that'll be", "that’ll be", "that will be",
    "that would be", "that'd be", "it'll be", "it’ll be", "it will be", "it would be", "just", "only", "about",
    "around", "roughly", "approximately", "approx", "approx.", "say", "something like", "somewhere around",
    "currently", "now", "still", "usually", "typically", "yes", "sure", "well", "ok", "okay", "then", "so",
];

/// What may follow on a price, where a clause does not end.
#[rustfmt::skip]
const CLOSES: &[&str] = &[
    "a", "an", "per", "each", "every", "for", "to", "at", "on", "in", "with", "without", "plus", "including", "incl",
    "inclusive", "and", "or", "but", "if", "when", "all", "now", "today", "tonight", "online", "before", "after",
    "by", "through", "via", "upfront", "here", "there", "my", "sir", "madam", "dear", "during", "this", "that",
    "which", "it", "you", "we", "they", "so", "as", "because", "since", "breakfast", "tax", "taxes", "everything",
    "no", "not", "whatever", "regardless", "only", "net", "flat", "total", "max", "tops", "straight", "more", "gets",
    "covers", "buys", "does", "is",
];

#[rustfmt::skip]
const LIMITS: &[&str] = &[
    " or so", "-ish", " ish", " total", " in total", " all in", " all-in", " flat", " only", " max", " tops", " net",
    " please", " thanks", " now", " today", " tonight",
];

/// True when a text begins with what is paid for one by one, and the number before it bounds nothing.
pub(super) fn is_rated(before: &str, after: &str) -> bool {
    begins_with_rate(after) && !BOUNDS.iter().any(|bound| strip_word(before, bound).is_some())
}

fn begins_with_rate(after: &str) -> bool {
    let after = without_limits(after);
    if after.trim_start().is_empty() || !after.starts_with([' ', '/', 'p', '-']) {
        return false;
    }
    let after = after.trim_start();
    if [
        "each",
        "apiece",
        "pp",
        "pax",
        "p.p",
        "p/p",
        "to get in",
        "to enter",
        "to go in",
    ]
    .iter()
    .any(|word| starts_with_word(after, word))
    {
        return true;
    }
    if let Some(rest) = after.strip_prefix('/').or_else(|| after.strip_prefix("-per-")) {
        return begins_with_measure(rest.trim_start());
    }
    if let Some(rest) = strip_first(after, "for") {
        let one = ["a", "an", "one", "each", "every", "the", "any", "all"];
        let rest = one.iter().find_map(|word| strip_first(rest, word)).unwrap_or(rest);
        let of_kind = KINDS.iter().find_map(|kind| strip_first(rest, kind));
        return begins_with_measure(rest) || of_kind.is_some_and(begins_with_measure);
    }
    let rest = ONE_BY_ONE.iter().find_map(|one| strip_first(after, one));
    let rest = rest.or_else(|| strip_first(after, "one").filter(|rest| !rest.is_empty()));
    rest.is_some_and(begins_with_measure)
}

fn begins_with_measure(text: &str) -> bool {
    MEASURES.iter().any(|measure| {
        let rest = text.strip_prefix(measure);
        rest.is_some_and(|rest| {
            !rest
                .strip_prefix('s')
                .unwrap_or(rest)
                .starts_with(|c: char| c.is_ascii_alphanumeric())
        })
    })
}

/// A text without the word that begins it and the blank behind.
fn strip_first<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    starts_with_word(text, word).then(|| text[word.len()..].trim_start())
}

/// True when a clause ends here, or goes on with what may follow on a price.
pub(super) fn closes(after: &str) -> bool {
    let rest = without_limits(after);
    let next = rest.trim_start();
    let ends =
        next.is_empty() || !next.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '/' | '-' | '\''));
    ends || rest.starts_with(' ') && CLOSES.iter().any(|word| starts_with_word(next, word)) || begins_with_rate(rest)
}

/// True when what stands before a number says that it is a price.
pub(super) fn is_priced(place: &Place) -> bool {
    let near = without_links(place.before, NEAR_LINKS);
    let rest = without_links(near, LINKS);
    // Behind `at` and `from` a number that a clock shows is a time of day.
    let least = match ends_in(near, &["at", "from"]) {
        true => HOURS,
        false => super::ALONE.start,
    };
    let is_sold =
        ends_in(near, STRONG_LINKS) && ends_in(rest, SOLD) || ends_in(near, &["from", "at"]) && ends_in(rest, ROOMS);
    ends_in(rest, PRICES) || place.value >= least && (is_sold || ends_in(near, PAYING) || ends_in(rest, PAYING))
}

fn ends_in(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| strip_word(text, word).is_some())
}

/// A text without `or so` and its like, which limit the number before them.
pub(super) fn without_limits(after: &str) -> &str {
    LIMITS
        .iter()
        .find_map(|limit| after.strip_prefix(limit))
        .unwrap_or(after)
}
