//! Chinese: what holds of some, of all but one, or of all that is listed.

use std::sync::LazyLock;

use regex::Regex;

use super::runs::runs;
use super::{Mention, Saying};

/// True for what is said of other houses: 不是每家都有健身房.
pub(super) fn is_of_some(mention: &Mention) -> bool {
    static ELSEWHERE_ONLY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:服务|设施)?(?:仅|只有|只在|只|仅在)(?:我们)?(?:旗舰店|总店|主楼|其他|其它|别的)")
            .expect("a fixed pattern")
    });
    NOT_ALL.is_match(mention.before) || ELSEWHERE_ONLY.is_match(mention.after)
}

/// 健身房得上县城去找: who must go elsewhere for it finds none here.
pub(super) static AWAY: LazyLock<Regex> = LazyLock::new(|| {
    let away = "县城|县里|城里|市里|市区|镇上|镇里|街上|外面|外头|别处|别家|别的酒店|其他酒店|隔壁(?:的)?(?:商场|酒店|小区|大厦)|对面(?:的)?(?:商场|酒店|小区|大厦)|(?:附近|旁边)的?(?:商场|酒店|小区)?";
    Regex::new(&format!(
        "^(?:服务|设施)?(?:的话)?(?:[您你])?(?:就|还|都|恐怕|可能)*(?:只能|只好|必须|得|要|需要?)(?:您|你)?(?:自己)?(?:走)?(?:上|去|到|往|进)(?:{away})"
    ))
    .expect("a fixed pattern")
});

/// 不是每家都有: says nothing of this one.
static NOT_ALL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:不是|并非|并不是|不见得|未必|不一定|哪能)(?:每|所有|全部|任何|家家|个个|各)|只有[^,。]{0,8}(?:酒店|店|宾馆|品牌)|(?:旗舰店|总店|分店|别的?家|(?:别的|其他|其它|兄弟|姐妹)(?:酒店|店|分店|门店))[^,没不]{0,4}(?:有|才|提供|带)|(?:有的|有些|某些|一些|多数|大多数|少数)(?:酒店|店|门店|分店|宾馆|房型|店铺)").expect("a fixed pattern")
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
    static BUT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:除了?|除开|除去|唯独缺|唯独少|独缺|(?:就|只|单|唯独)[差缺少])(?:了|一)?[个间家]?\\s*$")
            .expect("a fixed pattern")
    });
    static ADDS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:之外|以外|外)?[,\\s]*(?:我们|酒店|这里)?(?:还|也)(?:有|提供|配|设|能|可)")
            .expect("a fixed pattern")
    });
    static ALONE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("(?:只有|唯独|唯有|偏偏|单单)\\s*$").expect("a fixed pattern"));
    let says = |holds: bool| Saying {
        holds,
        before: mention.before.len(),
        after: mention.after.len(),
    };
    let rest = [mention.after, mention.mark.map_or("", |_| ","), mention.comment().0].concat();
    if ALONE.is_match(mention.before)
        && mention
            .after
            .trim_start_matches(['是', '服', '务'])
            .starts_with(['没', '不'])
    {
        return Some(says(false));
    }
    if !BUT.is_match(mention.before) {
        return None;
    }
    let denials: usize = runs(&rest).iter().map(|run| run.denials).sum();
    if denials > 0 {
        return None;
    }
    let is_all = OTHERS.is_match(&rest) || OTHERS.is_match(mention.previous);
    match ADDS.is_match(&rest) {
        true => Some(says(true)),
        false => (is_all && !rest.contains('还')).then(|| says(false)),
    }
}

/// 没有查到该酒店有健身房, 目前查不到健身房: whoever looks and does not find it says that it is not there.
pub(super) fn is_not_found(mention: &Mention) -> bool {
    static SEARCHED: LazyLock<Regex> = LazyLock::new(|| {
        let verbs = "(?:查|找|看|见|搜|检索|发现|显示|列出|标注|标明|注明|提到|提及|写)";
        Regex::new(&format!(
            "(?:(?:没有?|未能?|并未|无法)(?:在[^,]{{1,8}})?{verbs}|{verbs}[询索找]?不[到见出]).{{0,14}}$"
        ))
        .expect("a fixed pattern")
    });
    SEARCHED.is_match(mention.before)
        && !runs(mention.after).iter().any(|run| run.has_predicate)
        && !mention.before.contains("没有没有")
}

/// 如果您需要健身房,可能要换一家,这家没有; 如需叫醒服务,请提前告知: what follows on a wish speaks of what is wished for.
pub(super) fn wished_for(mention: &Mention) -> Option<Saying> {
    static WISH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^[^,]{0,4}(?:如果?|若|要是|假如|倘若|想要?|需要|有)(?:您|你|客人|有)?(?:是|真的|确实)?[^,不没有无]{0,6}(?:需要?|想要?|要|用|使用|想用|需要用|看重|在意)[^,不没无]{0,5}$")
            .expect("a fixed pattern")
    });
    if mention.mark != Some(',') || !WISH.is_match(mention.before) || !runs(mention.after).is_empty() {
        return None;
    }
    let (holds, length) = super::super::unnamed::answer(mention.next)?;
    Some(Saying {
        holds,
        before: mention.before.len(),
        after: (mention.after.len() + 1 + length).min(mention.after.len() + 1 + mention.next.len()),
    })
}
