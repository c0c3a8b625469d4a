//! Chinese: what holds of some, of all but one, or of all that is listed.

use std::sync::LazyLock;

use regex::Regex;

use super::runs::runs;
use super::{Mention, Saying};

/// True for what is said of other houses: 不是每家都有健身房.
pub(super) fn is_of_some(mention: &Mention) -> bool {
    NOT_ALL.is_match(mention.before)
}

/// 不是每家都有: says nothing of this one.
static NOT_ALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:不是|并非|并不是|不见得|未必|不一定|哪能)(?:每|所有|全部|任何|家家|个个|各)|只有[^,。]{0,8}(?:酒店|店|宾馆|品牌)|(?:有的|有些|某些|一些|多数|大多数|少数)(?:酒店|店|门店|分店|宾馆|房型|店铺)").expect("a fixed pattern")
});

/// 不是每家都有健身房,这家就没有: what the next clause says of this one.
pub(super) fn of_this_one(mention: &Mention) -> Option<Saying> {
    let (comment, start) = mention.comment();
    let comment = comment.trim_start_matches(['但', '而', '不', '过']);
    let word = super::super::brief::answer(comment).map(|(holds, _)| holds);
    let run = || {
        runs(comment)
            .iter()
            .find(|run| run.has_predicate)
            .map(|run| run.denials.is_multiple_of(2))
    };
    let after = mention.after.len() + mention.mark.map_or(0, char::len_utf8) + start + comment.len();
    word.or_else(run).map(|holds| Saying {
        holds,
        before: 0,
        after: after.min(mention.after.len() + mention.mark.map_or(0, char::len_utf8) + mention.next.len()),
    })
}

/// 未设健身场所,包括健身房: what is denied of all is denied of what they include.
pub(super) fn listed_in(mention: &Mention) -> Option<Saying> {
    static INCLUDES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:其中)?(?:也|就)?(?:包括|包含|含|比如|例如|诸如|像|如|尤其是?|特别是)(?:了)?[^不没无未]{0,8}$")
            .expect("a fixed pattern")
    });
    let is_one = INCLUDES.is_match(mention.before.trim()) && runs(mention.after).is_empty();
    let runs = runs(mention.previous);
    let denials: usize = runs.iter().map(|run| run.denials).sum();
    (is_one && !denials.is_multiple_of(2)).then_some(Saying {
        holds: false,
        before: mention.before.len(),
        after: 0,
    })
}

/// 除了健身房,其他都有; 除了健身房还有泳池 adds to what is there.
pub(super) fn left_out(mention: &Mention) -> Option<Saying> {
    static OTHERS: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("其他|其它|其余|别的|什么|样样|全都|都").expect("a fixed pattern"));
    let is_but = ["除", "除了", "除开", "除去", "唯独缺", "就差", "只差", "独缺"]
        .iter()
        .any(|word| mention.before.trim_end().ends_with(word));
    let rest = [mention.after, mention.comment().0].concat();
    let is_all = OTHERS.is_match(&rest) || OTHERS.is_match(mention.previous);
    let denials: usize = runs(&rest).iter().map(|run| run.denials).sum();
    (is_but && is_all && denials == 0 && !rest.contains('还')).then_some(Saying {
        holds: false,
        before: mention.before.len(),
        after: mention.after.len(),
    })
}
