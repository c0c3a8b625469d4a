//! English: denials are counted over the clause; something has to affirm what is not denied.

use std::sync::LazyLock;

use regex::Regex;

use super::{Mention, Saying};

/// Affirms.
const PREDICATES: &str = r"there(?:'s| is| are)|(?:support|offer|accept|provide|allow|include|cover|permit)(?:s|ed|d)?|do|does|can|may|available|possible|eligible|entitled|have|has|yes|sure|get|gets|comes?|free to|able to";

/// Denies what follows.
const DENIALS_BEFORE: &str =
    r"not|never|no longer|no|cannot|unable to|neither|none|nor|without|lacks?|lacking|excludes?|excluding|[a-z]+n't";

/// Denies what comes before.
const DENIALS_AFTER: &str =
    r"not|no longer|never|cannot|unavailable|unsupported|impossible|excluded|suspended|discontinued|[a-z]+n't";

/// Words that hold a denial and deny nothing.
const HARMLESS: &str = r"not only|no problem|no worries|don't worry|do not worry|don't need|do not need|don't have to|no need|not just|not to mention|without delay|no extra|at no (?:[a-z]+ )?(?:cost|charge|fee|expense)|no (?:cost|charge|fee)s?";

/// The farthest that a denial after the subject may be, in words: its own verb's.
const WORDS_AFTER: usize = 8;

pub(super) fn saying(mention: &Mention) -> Option<Saying> {
    if is_conditional(mention) {
        return None;
    }
    let before = without_harmless(mention.before);
    let after = without_harmless(&first_words(mention.after));
    let denials = DENIED_BEFORE.find_iter(&before).count() + DENIED_AFTER.find_iter(&after).count();
    let affirms = AFFIRMED.is_match(&before) || AFFIRMED.is_match(&after) || follows_who(&before);
    if denials == 0 && !affirms {
        return None;
    }
    Some(Saying {
        holds: denials.is_multiple_of(2),
        before: mention.before.trim_start().len(),
        after: first_words(mention.after).trim_end().len().min(mention.after.len()),
    })
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

fn first_words(text: &str) -> String {
    let end = text
        .match_indices(' ')
        .nth(WORDS_AFTER)
        .map_or(text.len(), |(at, _)| at);
    text[..end].to_owned()
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
