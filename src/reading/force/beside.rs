//! Prices that are told beside the one that is paid: what a thing cost before the sale, what it costs elsewhere, what ten of it cost.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::reading::values::{Force, Stated, Value};

/// What is looked at on either side of a value. Unit: bytes.
const NEAR: usize = 60;

/// Names of prices that are not paid.
const NAMES: &str = "原价|原售价|划线价|吊牌价|市场价|门市价|日常价|零售价|指导价|旧价|老价格|平时价|(?:original|list|regular|usual|normal|retail|full|old|previous) price|rrp|msrp";

static NAME: LazyLock<Regex> = LazyLock::new(|| fixed(NAMES));

/// A name of such a price, or that it was paid, right before the value.
static CALLED: LazyLock<Regex> = LazyLock::new(|| {
    let told = "是|为|要|卖|价|在|:|每.|一.|of|is|was|at|priced|the|a|,";
    fixed(&format!(
        r"(?:{NAMES}|originally|normally|usually|regularly|instead of|reduced from|marked down from|down from)(?:\s|{told})*[¥￥$]?\s*$"
    ))
});

/// That it was paid once, which says the same only where the value goes on to what is paid now.
static WAS: LazyLock<Regex> = LazyLock::new(|| {
    fixed(
        r"(?:原来|原本|原先|之前|以前|平时|平常|\b(?:was|were|used to (?:be|cost)|cost))(?:\s|是|要|卖|都|得|每.|一.|就)*[¥￥$]?\s*$",
    )
});
static NOW: LazyLock<Regex> = LazyLock::new(|| {
    fixed(
        r"^[^。!?;]{0,24}?(?:现|今[天日]|双|大促|活动|到手|券后|降到|降至|直降|只要|只需|仅|\bnow\b|\btoday\b|\bdown to\b)",
    )
});

fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}

/// True for a word that names a price that is not paid.
pub(in crate::reading) fn names_former(word: &str) -> bool {
    NAME.is_match(word)
}

/// Of several: 880元十罐, `880 yuan for ten tins`.
static OF_SEVERAL: LazyLock<Regex> = LazyLock::new(|| {
    let counted = "[个件瓶罐盒包袋支条双套斤箱份只片张次杯听桶]";
    let several = format!(r"[ /买]*(?:[2-9][0-9]*|1[0-9]+|[两二三四五六七八九十百]+) ?{counted}");
    let few = "[2-9]|1[0-9]+|two|three|four|five|six|seven|eight|nine|ten|twelve|a (?:dozen|pack|box|case|set)";
    fixed(&format!(r"^(?:{several}| (?:for|buys) (?:{few})\b)"))
});

/// Of one of them: 一罐88元, `88 yuan each`.
static BEFORE_ONE: LazyLock<Regex> = LazyLock::new(|| {
    fixed(r"(?:[一每单]\p{Han}|\b(?:each|one)(?: [a-z]+)?)(?:是|才|只要|合|约|就| is|[: ])*[¥￥$]?\s*$")
});
static BEHIND_ONE: LazyLock<Regex> = LazyLock::new(|| fixed(r"^(?:/|[ ]?[一每单]\p{Han}| (?:each|apiece|per|a)\b)"));

/// Marks the amounts of money that are told beside the one that is paid.
pub(super) fn mark(text: &str, found: &mut [Stated]) {
    let is_price = |stated: &Stated| matches!(stated.value, Value::Money(_)) && stated.force == Force::Plain;
    let prices: Vec<usize> = (0..found.len()).filter(|place| is_price(&found[*place])).collect();
    if prices.len() < 2 {
        return;
    }
    let those = |are: fn(&str, &str) -> bool| -> Vec<usize> {
        let span = |place: usize| &found[place].span;
        let those = prices.iter().copied();
        those
            .filter(|place| are(before(text, span(*place)), behind(text, span(*place))))
            .collect()
    };
    let (former, of_one, of_several) = (those(is_former), those(is_of_one), those(is_of_several));
    // A lone price is what is paid, whatever it is called.
    if former.len() < prices.len() {
        former.iter().for_each(|place| found[*place].force = Force::Former);
    }
    if !of_one.is_empty() {
        // Both are in the order of the text.
        let of_several = of_several.iter().filter(|place| of_one.binary_search(place).is_err());
        of_several.for_each(|place| found[*place].force = Force::Loose);
    }
}

fn before<'a>(text: &'a str, span: &Range<usize>) -> &'a str {
    &text[text.ceil_char_boundary(span.start.saturating_sub(NEAR))..span.start]
}

fn behind<'a>(text: &'a str, span: &Range<usize>) -> &'a str {
    &text[span.end..text.floor_char_boundary(text.len().min(span.end + NEAR))]
}

fn is_former(before: &str, behind: &str) -> bool {
    CALLED.is_match(before) || WAS.is_match(before) && NOW.is_match(behind)
}

fn is_of_one(before: &str, behind: &str) -> bool {
    BEFORE_ONE.is_match(before) || BEHIND_ONE.is_match(behind)
}

fn is_of_several(_: &str, behind: &str) -> bool {
    OF_SEVERAL.is_match(behind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;
    use crate::reading::values::values_in;

    /// The forces of the amounts of money in a text.
    fn forces(text: &str) -> Vec<Force> {
        let found = values_in(&normalise(text)).stated;
        let prices = found.iter().filter(|stated| matches!(stated.value, Value::Money(_)));
        prices.map(|stated| stated.force).collect()
    }

    #[test]
    fn what_was_paid_once_is_told_from_what_is_paid() {
        use Force::{Former, Plain};
        for text in [
            "乌龙茶原价98元，现价88元",
            "乌龙茶原价98元，双十一88元",
            "原价是¥98，今天到手88元",
            "平时98元，双十一只要88元",
            "Our oolong was 98 yuan, now only 88 yuan a tin.",
            "Originally priced at 98 yuan, it's 88 yuan during the sale.",
            "The regular price is 98 yuan but you pay 88 yuan.",
        ] {
            assert_eq!(forces(text), [Former, Plain], "{text}");
        }
        for text in ["您付88元，原价98元", "You pay 88 yuan instead of 98 yuan."] {
            assert_eq!(forces(text), [Plain, Former], "{text}");
        }
    }

    #[test]
    fn a_lone_price_and_what_else_was_paid_are_told_as_they_are() {
        for text in [
            "原价98元",
            "The original price is 98 yuan.",
            "定金是50元，尾款100元",
            "The deposit was 50 yuan and the balance is 100 yuan.",
            "您之前付了50元定金，还要付100元",
        ] {
            assert!(
                forces(text).iter().all(|force| *force == Force::Plain),
                "{text}: {:?}",
                forces(text)
            );
        }
    }

    #[test]
    fn what_several_cost_is_no_price_of_one() {
        use Force::{Loose, Plain};
        for (text, expected) in [
            ("乌龙茶880元十罐，一罐88元", [Loose, Plain]),
            ("十块一个，二十五块三个", [Plain, Loose]),
            ("It is 880 yuan for ten tins, 88 yuan each.", [Loose, Plain]),
            ("尾款99元3件，定金50元", [Plain, Plain]),
            ("336 yuan for 2 nights, breakfast 30 yuan", [Plain, Plain]),
        ] {
            assert_eq!(forces(text), expected, "{text}");
        }
    }
}
