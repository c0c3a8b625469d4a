//! Replies that hand the customer over to a person.

use std::sync::LazyLock;

use regex::Regex;

use super::super::clauses::{clause, is_question};
use super::{any_of, before_in_clause};

pub(super) const PATTERNS: &[&str] = &[
    r"(?:转接|转交|转给|转到|转至|转|接入|连接|呼叫|联系|安排)(?:给|到|至|了|一位|一名|相关|专业|我们的?|的)*(?:人工|专员|专属客服|专业客服|高级客服|坐席|主管|售后(?:客服|专员|同事)|售前客服|客服(?:专员|人员|同事)|真人)(?:客服|专员|服务|坐席|人员|同事|团队)*",
    r"人工(?:客服|坐席|服务)?(?:马上|稍后|随后|即将|将|会|很快|正在|已|已经)+(?:就)?(?:会)?(?:为|给|与|和|跟|来)?(?:您|你)?(?:接入|服务|联系|接待|回复|处理|对接|接手|解答)",
    r"(?:已|已经)(?:为|帮|给)?(?:您|你)?(?:提交|创建|登记|生成|建立)(?:了)?(?:一个|一张|售后|服务)*工单",
    r"(?:transfer(?:ring|red)?|connect(?:ing|ed)?|hand(?:ing|ed)?|put(?:ting)?|forward(?:ing|ed)?|escalat(?:e|ing|ed)|pass(?:ing|ed)?)(?: you| this| it| your [a-z]+| the [a-z]+)+(?: over| through| on| along)? (?:to|with) (?:a |an |our |the |one of |my |your |another )*(?:human|live|real|person|agent|representative|specialist|colleague|supervisor|manager|advisor|expert|team|support|customer|senior|dedicated)",
    r"(?:a|an|our|one of our) (?:human |live |customer |service |support |care |senior )*(?:agent|representative|specialist|colleague|advisor)s? (?:will|is going to|is about to)(?: shortly| soon)? (?:be with|join|assist|help|contact|take over|get back)",
    r"(?:created|opened|raised|submitted|logged) (?:a|your) (?:support |service )?ticket",
];

/// What makes it an offer, a condition or a refusal.
const NOT_NOW: &[&str] = &[
    r"(?:如需|如果|如|若|需要|要不要|是否|要|想|回复|输入|发送|点击|可以|可|能|请问|无法|不能|不支持|暂不|没有|不会|未|别|建议(?:您|你)?|(?:您|你)(?:也)?(?:可以|可))[^,。!?;]{0,12}$",
    r"\b(?:if|would|want|like me|like us|can|could|can't|cannot|unable|not|may|should|type|reply|say|enter|press|n't|never|before|to be)\b[^.!?;]{0,24}$",
];

/// True when a normalised text hands the customer over to a person, now and not only if asked.
pub(crate) fn is_handoff(text: &str) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| any_of(PATTERNS));
    static LATER: LazyLock<Regex> = LazyLock::new(|| any_of(NOT_NOW));
    WORDS.find_iter(text).any(|found| {
        let range = found.range();
        !LATER.is_match(before_in_clause(text, &range)) && !is_question(text, &clause(text, &range))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    #[test]
    fn a_handover_to_a_person_is_known() {
        for text in [
            "正在为您转接人工客服,请稍候",
            "好的,马上给您转人工",
            "已为您转接专员处理",
            "这就帮您安排专属客服",
            "人工客服稍后会为您服务",
            "您的问题需要人工处理,正在为您接入人工坐席",
            "已为您创建工单,会有同事联系您",
            "正在為您轉接人工客服",
            "I'm transferring you to a human agent.",
            "Let me connect you with one of our specialists.",
            "A customer service representative will be with you shortly.",
            "I have created a support ticket for you.",
            "Connecting you to an agent now",
            "I'll hand you over to a colleague.",
        ] {
            assert!(is_handoff(&normalise(text)), "{text}");
        }
    }

    #[test]
    fn an_offer_a_condition_or_a_refusal_is_no_handover() {
        for text in [
            "需要为您转人工吗?",
            "如需帮助可回复转人工",
            "回复\"转人工\"即可联系客服",
            "抱歉,暂不支持转人工",
            "目前无法转接人工客服",
            "您可以联系人工客服",
            "满300减50,人工客服时间9:00-21:00",
            "转账后48小时到账",
            "手工皂采用人工压制",
            "Would you like me to transfer you to an agent?",
            "If you want, I can connect you with a specialist.",
            "I cannot transfer you to a human agent right now.",
            "You can talk to our team at the store.",
            "We hand your parcel over to the courier.",
            "",
        ] {
            assert!(!is_handoff(&normalise(text)), "{text}");
        }
    }
}
