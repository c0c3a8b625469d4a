//! Chinese: 满, 超过 and their like before what is spent, 以上 behind it; 减, 返, 省 before what is taken off.

use std::sync::LazyLock;

use regex::Regex;

use super::Part;

pub(super) fn part(before: &str, after: &str) -> Option<Part> {
    let (before, after) = (before.trim_end(), after.trim_start());
    if OFF_BEFORE.is_match(before) {
        return Some(Part::Off);
    }
    if SPEND_BEFORE.is_match(before) || SPEND_AFTER.is_match(after) {
        return Some(Part::Spend);
    }
    OFF_AFTER.is_match(after).then_some(Part::Off)
}

/// True for what follows on an amount that is a condition of what was said before it: 立减20元(满200元可用).
pub(super) fn is_a_condition(after: &str) -> bool {
    CONDITION.is_match(after)
}

/// 满300, 超过300元, 单笔消费300元; not 人均消费.
static SPEND_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:满|达到?|超过?|高于|大于|不少于|不低于|至少|凑够|凑满|凑到|花够|买|购|花费?|(?:^|[^均])消费)[ 了足够额约]*$",
    )
});

/// 300减50, 300元以上, 300起减.
static SPEND_AFTER: LazyLock<Regex> = LazyLock::new(|| pattern("^(?:元|块钱?)?(?:及?以上|起[减返]|(?:立|直)?减$)"));

/// 减50, 立省50, 返现50, and the 50 of 满300-50.
static OFF_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:减免?|返现?|优惠|省下?|抵扣?|便宜|扣|少[付收花]|让利)[ 您你了掉约大概]*$|^\s*-$"));

/// 50元优惠; not 50元优惠券, which is a thing.
static OFF_AFTER: LazyLock<Regex> = LazyLock::new(|| pattern("^的?(?:优惠|折扣|减免)(?:[^券]|$)"));

static CONDITION: LazyLock<Regex> =
    LazyLock::new(|| pattern("^(?:及?以上)?(?:的?订单)?(?:即?可|就[能可]|使用|起?用|门槛|时|才|适用)"));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}
