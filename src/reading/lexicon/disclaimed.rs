//! What is said only to be denied or warned of: 不能保证最低价, 我们不加微信, `you don't have to pay in cash`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{any_of, before_in_clause, denied_before};
use crate::reading::clauses::clause;

/// True when a claim is denied or warned of in its clause, before it or behind. Between a denial and the claim stands nothing but verbs of
/// promising, asking, using and reaching somebody, and whom they concern: 不满意可以加微信 denies nothing.
pub fn is_disclaimed(text: &str, found: &Range<usize>) -> bool {
    if denied_before(text, found) {
        return true;
    }
    let before = before_in_clause(text, found);
    let after = &text[found.end..clause(text, found).end];
    (BEFORE.is_match(before) && !NOT_ONLY.is_match(before)) || BEHIND.is_match(after)
}

static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let chinese = "能|会|可以?|敢|得|要|需要?|必|用|应该?|曾|是|再|去|来|以任何|任何|随意|轻易|私下|主动|擅自|直接|通过|使用|保证|承诺|担保|确保|提供|给|说|称|宣传|支持|接受|要求|引导|让|请|索要|索取|收|加|添加|联系|回复|走|做|卖|买|标|存在|有|谈|您|你|客人|顾客|宾客|用户|陌生人?|个人|他人|别人|员工|人员|客服|导游|司机|店长|的|为|到|向|往|在|全网|全城|全年|所谓|什么|一定|绝对|永远|价格|都|也";
    let english = "to|be|ever|can|could|will|would|may|guarantee[sd]?|promis(?:e|es|ed|ing)|claim(?:s|ed|ing)?|say|offers?|offering|have|has|use[sd]?|using|accepts?|accepting|take[sn]?|asks?|asking|asked|contact(?:s|ing)?|adds?|adding|send(?:s|ing)?|pay(?:s|ing)?|reply|answer|communicate|chat|reach|write|message|deal|guests?|customers?|clients?|you|us|me|them|him|her|anyone|anybody|strangers?|staff|guides?|drivers?|money|payments?|orders?|bookings?|via|on|through|over|in|by|with|for|from|at|it|is|it's|this|that|a|an|the|any|our|your|always|need|want|allowed|required|supposed|obliged|able|support|provide|do|doing|make|making|give|know|think|we|they|transfers?|business|private|personal|outside|or";
    any_of(&[
        &format!(r"(?:不|没|无法|无需|无须|未|别|勿|莫|难以|谨防|警惕|谢绝|拒绝|禁止|避免|杜绝)(?:{chinese})*\s*$"),
        &format!(
            r"\b(?:not|never|cannot|no|without|nobody|no one|neither|nor|[a-z]+n't|unable|refuse|beware of|avoid|(?:warn|caution|advise) against)(?: (?:{english}))*\s*$"
        ),
    ])
});

static NOT_ONLY: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"不(?:但|仅|只|仅仅|光)是?",
        r"\bnot only\b",
        r"\bno (?:fee|charge|tax|cost|need|doubt|problem|matter)\b",
    ])
});

static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "^(?:号|群|联系|沟通|转账|支付|付款|交易|收款|的?方式|等|渠道|这种|之类)*(?:我们|酒店|本店|平台|一律|都|均|是|也|暂时?|目前)*(?:不|无法|没有|未|禁止)(?:予|被|敢|会|能)?(?:支持|接受|提供|使用|保证|承诺|存在|允许|可用|可靠|安全)",
        r"^(?: [a-z]+){0,2}? (?:(?:is|are|was|can|could|will)(?:n't| not)|cannot)(?: be)?(?: [a-z]+)? (?:guaranteed|promised|accepted|supported|possible|allowed|available|something|used|offered|permitted)\b",
    ])
});

#[cfg(test)]
mod tests {
    use super::super::tests::hold;
    use super::*;

    #[test]
    fn what_is_denied_or_warned_of_is_no_claim() {
        let claim = Regex::new("最低价|微信|转账|guarantee|lowest price|wechat|whatsapp|pay .{0,20}cash").unwrap();
        let is_disclaimed = |text: &str| claim.find_iter(text).all(|found| is_disclaimed(text, &found.range()));
        hold(
            "\
+ 我们不能保证最低价
+ 无法给您保证最低价
+ 不承诺是最低价
+ 我们不敢说是最低价
+ 我们不加微信的
+ 不支持微信联系
+ 请勿添加陌生人微信
+ 我们不会让您转账
+ 不会要求您转账
+ 无需转账
+ 微信转账一律不接受
+ We can't guarantee the lowest price
+ I can't promise it's the lowest price
+ We never contact guests on WhatsApp
+ We don't use WeChat
+ Please don't send money through WeChat
+ You don't have to pay in cash
+ We won't ask you to pay in cash
+ Nobody can guarantee that
+ The lowest price is not guaranteed
- 不满意可以加微信
- 不但保证最低价
- 不信您加我微信
- 不用排队微信就行
- 价格不高而且是最低价
- 不贵就是最低价
- Don't hesitate to contact us on WeChat
- No fee if you pay in cash
- Not only is it the lowest price
- You won't find a better offer than the lowest price
- No doubt it is the lowest price
- There is no fee when you pay in cash",
            is_disclaimed,
        );
    }
}
