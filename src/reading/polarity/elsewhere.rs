//! What others have: 附近有一家健身房, `the gym next door`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::clause;

/// True for a mention of what others have: 附近有健身房, `there is a gym next door`.
pub(super) fn is_elsewhere(text: &str, subject: &Range<usize>) -> bool {
    static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"附近|隔壁|对面|周边|旁边|街上|商场|别家|其他|另外|外面|公园|步行|走路|出门|合作|推荐|折扣|优惠券|楼下有家|nearby|near by|close by|next door|around the corner|(?:across|down) the (?:street|road)|away\b|in the area|in town|\bpublic\b|\banother\b|\bother\b|elsewhere|partner|neighbo|\bdiscounts?\b|\brecommend";
        Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a fixed pattern")
    });
    ELSEWHERE.is_match(&text[clause(text, subject)])
}

/// True for one that others have: 两公里内有一家健身房, `there's a gym 500 m down the road`.
pub(super) fn is_one_of_others(text: &str, subject: &Range<usize>) -> bool {
    static FAR: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"附近|隔壁|周边|周围|公里|[0-9百]米|nearby|close by|next door|(?:down|across) the (?:road|street)|[0-9]\s?(?:m|metres|meters|km|miles?|blocks?|minutes?|min)\b";
        Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a fixed pattern")
    });
    static ONE: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"^[^不没无酒我本]*有[一家个几所间]*\S{0,2}$|(?:^|\s)(?:there's|there is|you(?:'ll| will| can)? find) (?:an?|another|one)(?: [a-z0-9-]+){0,2}\s?$";
        Regex::new(pattern).expect("a fixed pattern")
    });
    static NEAREST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:(?:nearest|closest|another|public)|最近的(?:一[家个])?|离(?:我们|酒店|这里|这)最近的)\s*$")
            .expect("a fixed pattern")
    });
    static AWAY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^ (?:(?:just )?(?:down|across|up|over) the (?:road|street)|next door|nearby|close by|around the corner|in (?:the )?(?:area|neighbou?rhood|town)|outside|elsewhere)(?-u:\b)").expect("a fixed pattern")
    });
    let clause = clause(text, subject);
    let (before, after) = (&text[clause.start..subject.start], &text[subject.end..clause.end]);
    ONE.is_match(before) && FAR.is_match(&text[clause]) || NEAREST.is_match(before) || AWAY.is_match(after)
}
