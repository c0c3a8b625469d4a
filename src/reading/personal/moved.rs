//! A place that something was moved to for somebody: 外套我们寄[地址]给何志强了, `her scarf was dropped off at [address]`.
//!
//! Whom it was for may be named before the place or behind it. What the customer is asked to send goes to the shop instead.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::owner::any_case;
use super::{chinese_names, names};

/// Verbs by which something is moved to somebody (Levin, English Verb Classes and Alternations, 1993, section 11.1), told as done or to be done:
/// in the imperative they send the customer somewhere, which is to the shop.
pub(super) const HAND: &str = "(?:air-?mail|convey|courier|deliver|despatch|dispatch|express|forward|hand|mail|pass|post|send|ship|transfer|bring|drop)";
pub(super) const HANDED: &str = "(?:air-?mail(?:ed|ing)|convey(?:ed|ing)|courier(?:ed|ing)|deliver(?:ed|ing|y)|despatch(?:ed|ing)|dispatch(?:ed|ing)|express(?:ed|ing)|forward(?:ed|ing)|hand(?:ed|ing)|mail(?:ed|ing)|pass(?:ed|ing)|post(?:ed|ing)|sent|sending|ship(?:ped|ping|s)|transferr(?:ed|ing)|brought|bringing|dropp(?:ed|ing)|went\\ out|goes\\ out|going\\ out)";

/// What stands before a place that something was moved to: a person's, unless the shop is named as well.
static MOVED_TO: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"寄[到往至给]|送[到往至]|派[送往]
        |(?:HANDED|(?:will|to|shall|can|could|would)\ (?:be\ )?HAND|(?:'ll|is|was|were|are|been|being|gets?|got|has|have)\ HANDED)\b[^.!?;]{0,48}\b(?:to|at|for|address)\b",
    )
});

/// The same right before the place: 寄, 送还给何志强了，地址, `returned her scarf to`.
static TOLD: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"(?:寄|送|捎|带|拿|还|邮|快递|派|运|退|转交|发)(?:[回还去到往至给了过出在的他她家，,、:：\s]|NAME|地址|住址|先生|女士|小姐|是)*$
        |\b(?:HANDED|return(?:ed|ing)|took|taken|taking|gave|given|carried|rushed)\b(?P<way>[^.!?;]{0,72}\b(?:to|at|for|address|round)\b[^.!?;]{0,48})$",
    )
});

/// Who is asked to send: the customer, and so to the shop.
static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"请|麻烦|劳驾|自行|需要|退[货换]|[您你](?:可以?|需要?|要|自己|先|再|直接|得|把|寄|送|退|带|拿)
        |\b(?:please|kindly|your?|returns|must|should)\b|\b(?:to|can|may)\ be\ (?:HANDED|returned)",
    )
});

/// Whose the thing is that was moved, where nobody is named.
static THEIRS: LazyLock<Regex> = LazyLock::new(|| any_case(r"\b(?:his|her|their|him|them)\b"));

/// Places of a shop, to which things come back.
static TO_THE_SHOP: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"\b(?:our|us|warehouse|depot|office|shop|store|branch|hotel|headquarters|desk|counter|reception|factory)\b",
    )
});

/// True when the words before a place say that something was moved there, whoever it was for.
pub(super) fn is_told(before: &str) -> bool {
    MOVED_TO.is_match(before)
}

/// True when something was moved to this place for somebody who is named; the shop that moved it may be named too.
pub(super) fn for_somebody(text: &str, span: &Range<usize>, before: &str, behind: &str) -> bool {
    let Some(told) = TOLD.captures(before).filter(|_| !ASKED.is_match(before)) else {
        return false;
    };
    match told.name("way").map(|way| way.as_str()) {
        Some(way) => {
            let is_somebodys = || THEIRS.is_match(way) || names::stand_beside(text, span);
            !TO_THE_SHOP.is_match(way) && is_somebodys()
        }
        None => chinese_names::last_in(before).is_some() || chinese_names::follows(behind),
    }
}
