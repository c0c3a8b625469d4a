//! English: denials are counted over the clause; something has to affirm what is not denied.

use std::sync::LazyLock;

use regex::Regex;

use super::{Mention, Saying};

/// Affirms, wherever it stands in the clause.
const PREDICATES: &str = r"there(?:'s| is| are)|(?:support|offer|accept|provid|allow|includ|cover|permit|featur|boast)(?:e?s|ed|d|ing|e)?|do|does|can|may|available|possible|eligible|entitled|have|has|got|yes|sure|certainly|of course|no (?:problem|trouble)|get|gets|comes?|free to|welcome to|able to|equipped with";

/// Affirms what is its object: you will find the gym, just dial 0 to book a wake-up call.
const VERBS: &str = r"(?:find|use|enjoy|choose|arrange|giv|run|operat|receiv|mak)(?:e?s|ing|e)?|(?:to|can|could|just|please|and) (?:order|book|request|pick|take|visit|try)|ask(?: [a-z]+){0,2} for";

/// What is said of the subject itself: a gym that is open is there.
const STATES: &str = r"(?:is|are|was|were|stays?|remains?|(?:will|can|could|may) (?:always )?be)";

/// States from which nothing follows.
const OPEN_STATES: &str = r"up to|subject to|under|on hold|pending|planned|being|another|something|what|un(?:clear|known|certain|decided)|an? (?:question|matter|different)|the (?:question|same)";

/// Denies what follows.
const DENIALS_BEFORE: &str = r"not|never|no longer|no|cannot|unable to|neither|none|nor|without|lacks?|lacking|excludes?|excluding|[a-z]+n't|stop(?:s|ped)|ceased?|cancell?ed|discontinued|removed|scrapped|closed(?: down)?|shut(?: down)?|(?:ran|run|are|is) out of";

/// Denies what comes before.
const DENIALS_AFTER: &str = r"not|no longer|never|cannot|unavailable|unsupported|impossible|excluded|suspended|discontinued|stopped|ceased|cancell?ed|removed|scrapped|closed|shut|out of (?:order|service|use|stock)|under (?:renovation|repair|construction|maintenance)|[a-z]+n't";

/// Words that hold a denial and deny nothing; shut in the night, it is there by day.
const HARMLESS: &str = r"not only|no problem|no trouble|no worries|don't worry|do not worry|don't need|do not need|don't have to|no need|not just|not to mention|without delay|no extra|at no (?:[a-z]+ )?(?:cost|charge|fee|expense)|no (?:cost|charge|fee)s?|(?:closed|shut) (?:on|from|between|at|after|before|during|until)|find out";

/// The farthest that a denial after the subject may be, in words: its own verb's.
const WORDS_AFTER: usize = 8;

pub(super) fn saying(mention: &Mention) -> Option<Saying> {
    if is_conditional(mention) {
        return None;
    }
    let before = without_harmless(mention.before);
    let reach = first_words(mention.after);
    // What follows on an `and` speaks of something new, unless nothing was said before it.
    let first = reach.split(" and ").next().unwrap_or_default();
    let holds = holds(mention.before, &before, first).or_else(|| holds(mention.before, &before, reach))?;
    Some(Saying {
        holds,
        before: mention.before.trim_start().len(),
        after: reach.trim_end().len().min(mention.after.len()),
    })
}

/// What is said before the subject, as written and without harmless words, and after it.
fn holds(written: &str, before: &str, after_as_written: &str) -> Option<bool> {
    let after = without_harmless(after_as_written);
    let denials = DENIED_BEFORE.find_iter(before).count() + DENIED_AFTER.find_iter(&after).count();
    let affirms = || {
        AFFIRMED.is_match(written)
            || AFFIRMED.is_match(after_as_written)
            || follows_who(before)
            || is_object(before)
            || is_in_a_state(after_as_written)
    };
    (denials > 0 || affirms()).then(|| denials.is_multiple_of(2))
}

/// True where the verb before takes the subject for its object, with no preposition that makes it a mere topic.
fn is_object(before: &str) -> bool {
    static OBJECT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"(?-u:\b)(?:{VERBS})((?: [a-z']+){{0,4}})\s*$")).expect("a fixed pattern")
    });
    let is_preposition = |word: &str| matches!(word, "about" | "of" | "on" | "for" | "regarding" | "before" | "after");
    let found = OBJECT.captures(before.trim_end()).map(|found| found.get(1));
    found.is_some_and(|words| !words.is_some_and(|words| words.as_str().split(' ').any(is_preposition)))
}

fn is_in_a_state(after: &str) -> bool {
    static STATE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!(r"^ {STATES}(?-u:\b)")).expect("a fixed pattern"));
    static OPEN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!(r"^ {STATES} (?:{OPEN_STATES})(?-u:\b)")).expect("a fixed pattern"));
    STATE.is_match(after) && !OPEN.is_match(after)
}

static DENIED_BEFORE: LazyLock<Regex> = LazyLock::new(|| words(DENIALS_BEFORE));
static DENIED_AFTER: LazyLock<Regex> = LazyLock::new(|| words(DENIALS_AFTER));
static AFFIRMED: LazyLock<Regex> = LazyLock::new(|| words(PREDICATES));

fn words(pattern: &str) -> Regex {
    Regex::new(&format!(r"(?-u:\b)(?:{pattern})(?-u:\b)")).expect("a fixed pattern")
}

/// The same text with what looks like a denial taken out.
fn without_harmless(text: &str) -> String {
    static FOUND: LazyLock<Regex> = LazyLock::new(|| words(HARMLESS));
    FOUND.replace_all(text, " ").into_owned()
}

fn first_words(text: &str) -> &str {
    let end = text
        .match_indices(' ')
        .nth(WORDS_AFTER)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// `we ship abroad`: the subject is itself what is done.
fn follows_who(before: &str) -> bool {
    let before = before.trim_end();
    [
        "we", "you", "they", "it", "which", "also", "happily", "gladly", "is", "are",
    ]
    .iter()
    .any(|who| {
        before
            .strip_suffix(who)
            .is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

/// `only if`, `unless`, `whether`; what a customer may wish (if you like) limits nothing.
fn is_conditional(mention: &Mention) -> bool {
    static LIMIT: LazyLock<Regex> = LazyLock::new(|| {
        words(
            "if|unless|whether|only for|only when|only on|as long as|provided that|depends|depending|other than|other [a-z]+ than",
        )
    });
    static WISH: LazyLock<Regex> = LazyLock::new(|| {
        words(
            "if you(?:'d| would)?(?: like| want| need| wish| prefer| change your mind| are not (?:happy|satisfied)|'re not (?:happy|satisfied))",
        )
    });
    let limits = |text: &str| LIMIT.is_match(text) && !WISH.is_match(text);
    limits(mention.before) || limits(mention.after) || limits(mention.previous)
}
