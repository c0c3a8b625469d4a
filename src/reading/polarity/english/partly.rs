//! English: what holds of some, or of all that is listed.

use std::sync::LazyLock;

use regex::Regex;

use super::super::Mention;
use super::{ARTICLE, DENIED_BEFORE, denies, pattern, without_harmless, words};

/// Not every hotel has a gym, `but ours does`: only what follows speaks of this one.
pub(super) fn of_this_one(mention: &Mention) -> Option<Option<bool>> {
    static NOT_ALL: LazyLock<Regex> = LazyLock::new(|| {
        words(
            "not (?:every|all|each|many)|(?:some|most|many|other|few)(?: of)?(?: our| the)? (?:[a-z]+ )?(?:hotels|places|branches|stores|shops|locations|properties|houses|sites|rooms)",
        )
    });
    static THIS_ONE: LazyLock<Regex> = LazyLock::new(|| words("ours|this|we|here|the one|it"));
    let is_one = NOT_ALL.is_match(mention.before);
    let comment = || {
        let (comment, _) = mention.comment();
        let said = without_harmless(comment);
        let denies = !(DENIED_BEFORE.find_iter(&said).count()).is_multiple_of(2);
        THIS_ONE.is_match(comment).then_some(!denies)
    };
    is_one.then(comment)
}

/// We have no sports facilities, `including a gym`.
pub(super) fn listed_in(mention: &Mention) -> bool {
    static INCLUDING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^\s*(?:including|such as|like|not even|be it|whether)\b(?: (?:a|an|the|any|our))?\s*$")
    });
    static INCLUDED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^ (?:included|or anything)\b"));
    let is_one =
        INCLUDING.is_match(mention.before) || ARTICLE.is_match(mention.before) && INCLUDED.is_match(mention.after);
    is_one && denies(&without_harmless(mention.previous))
}
