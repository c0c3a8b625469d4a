//! English: what holds only sometimes, or for some.

use std::sync::LazyLock;

use regex::Regex;

use super::super::Mention;
use super::words;

/// `only if`, `unless`, `whether`; what a customer may wish (if you like) limits nothing.
pub(super) fn is_conditional(mention: &Mention) -> bool {
    static LIMIT: LazyLock<Regex> = LazyLock::new(|| {
        words(
            "if|unless|whether|only for|only when|only on|as long as|provided that|depends|depending|other than|other [a-z]+ than",
        )
    });
    static GUESTS: LazyLock<Regex> =
        LazyLock::new(|| words("only for (?:(?:hotel|our|in-house|registered|staying) )?guests"));
    let limits = |text: &str| LIMIT.is_match(&GUESTS.replace(text, "")) && !WISH.is_match(text);
    limits(mention.before) || limits(mention.after) || limits(mention.previous)
}

/// What a customer may wish.
pub(super) static WISH: LazyLock<Regex> = LazyLock::new(|| {
    words(
        "if you(?:'d| would)?(?: like| want| need| wish| prefer| ask| request| change your mind| are not (?:happy|satisfied)|'re not (?:happy|satisfied)|(?:'re| are)? (?:stay|staying|a guest|our guest|lodging|checked in)(?: here| with us)?)|if (?:they|guests|anyone|somebody|someone)(?:'d| would)? (?:asks?|requests?|likes?|wants?|needs?|wish(?:es)?|prefers?)",
    )
});
