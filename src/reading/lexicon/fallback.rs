//! Replies that say that the bot did not understand or cannot help.

use std::sync::LazyLock;

use regex::Regex;

use super::{any_of, before_in_clause};

const PATTERNS: &[&str] = &[
    r"(?:没有?|未能?|没能|不太?|不大|无法|不能|不是很|还没|听不|看不)(?:太|很|完全|正确|准确)?(?:听|看|读|弄|搞)?(?:懂|明白|理解|识别)",
    r"(?:没有?|未能?)(?:太|很)?(?:听|看)?(?:清楚|清)(?:您|你)",
    r"不(?:太|是很|大)?清楚(?:您|你)(?:的意思|的问题|说的|问的|想)",
    r"(?:换|用)(?:个|一个|一种|种|其他|别的)?(?:其他|别的)?(?:说法|方式|问法|表达)(?:再)?(?:试|问|说|描述|提问)?",
    r"(?:暂时|目前|暂|还|现在)?(?:无法|不能|没法|没办法)(?:为|给|帮)?(?:您|你)?(?:正确)?(?:回答|解答|答复|提供(?:帮助|答案)|帮(?:到|助)(?:您|你)|处理(?:您|你)的(?:问题|请求|消息))",
    r"(?:这个|该|您的|此)?问题(?:我)?(?:还|暂时)?(?:不会|答不(?:上来|了|出)|回答不了|不在我的)",
    r"(?:超出|超过|不在)(?:了)?(?:我|小助手|机器人|本店)的?(?:能力|知识|服务|业务|理解|回答)?范围",
    r"我(?:还|正)(?:在)?(?:不断)?(?:学习|努力学习|成长)(?:中)?",
    r"(?:没有?|未能?|暂未)(?:能)?(?:找|查询|检索|搜索|匹配)到(?:与)?(?:您|你)?(?:问题)?(?:的)?(?:相关|合适|匹配|对应)的?(?:答案|内容|信息|结果|资料|问题)",
    r"我(?:还|暂时|目前)*(?:不会|没学会|不懂得?)(?:怎么|如何)?(?:回答|解答|答)(?:这|此|该|那|您|你)",
    r"暂(?:时)?(?:没有|无)(?:相关|对应|合适)的?(?:信息|答案|内容|资料|回答)",
    r"(?:系统|网络|服务|服务器)(?:目前|当前|有点|暂时|现在)?(?:繁忙|异常|出错|故障|开小差|超时|不可用)",
    r"(?:请|麻烦)?(?:您|你)?(?:稍后|稍候|过会儿?|待会儿?|晚点)(?:再试|重试|再来|再问)",
    r"开(?:了个?)?小差",
    r"(?:did not|didn't|do not|don't|could not|couldn't|cannot|can't|not able to|unable to|having trouble|not) (?:quite |really |fully |sure i |entirely |seem to |able to )*(?:understand(?:ing)?|catch(?:ing)?|follow(?:ing)?|get|got|make sense of|recogni[sz]e) (?:that|you|your|what|this|the question|it)\b",
    r"\bi(?: do not|'m not| don't|'m unable to| am unable to| did not| didn't| am not)(?: sure i| quite| able to)* understand\b",
    r"not sure (?:what you mean|how to (?:help|answer)|i can help)",
    r"(?:could|can|would|please) (?:you )?(?:please )?(?:try (?:to )?)?(?:rephras(?:e|ing)|reword|put (?:it|that) (?:differently|another way)|say (?:it|that) (?:differently|again|another way))",
    r"try (?:rephrasing|rewording|asking (?:it |that |me )*(?:in )?(?:a )?(?:different|another))",
    r"\bi(?: am|'m)? (?:sorry,? )?(?:but )?(?:i )?(?:can't|cannot|can not|not able to|unable to|couldn't) (?:help|assist)(?: you)?(?: with| at|$|[.!,])",
    r"\bi (?:can't|cannot|am unable to|couldn't) (?:answer|provide (?:an answer|that information))",
    r"i(?:'m| am) (?:unable|not able) to (?:answer|help|assist)",
    r"(?:beyond|outside|out of) (?:of )?(?:my|our) (?:scope|knowledge|abilit(?:y|ies)|capabilit(?:y|ies)|expertise)",
    r"\b(?:that|this|it)(?: one| question)?(?:'s| is) (?:a bit |a little |quite )?beyond me\b",
    r"(?:i don't|i do not|we don't) have (?:an answer|the answer|that information|(?:any |enough )?information (?:on|about|for) (?:that|this))",
    r"(?:couldn't|could not|didn't|did not|(?:n't|not|un)[ -]?able to) find (?:any |an |anything )?(?:answer|results?|matching|relevant|information)",
    r"(?:something|that) went wrong|an? (?:internal |unexpected )?error (?:occurred|has occurred)|(?:please )?try again (?:later|in a)",
    r"(?:service|system) is (?:currently |temporarily )?(?:unavailable|busy|overloaded)",
];

/// What makes the words speak of the customer or of a case that may come: 如果您不明白, `if you don't understand`.
const CONDITIONS: &[&str] = &[
    r"(?:如果|如|若|假如|要是|万一|倘若|对于?|有什么|有任何|有哪里|哪里|哪些|什么)[^,。!?;]{0,6}$",
    r"(?:您|你)(?:还|有|对|可能|要是|是否|也许)*$",
    r"\b(?:if|when|in case|should|whether|anything|where) (?:you|anything|something|the|there)?[^,.!?;]{0,24}$",
    r"\byou(?: still| may| might| do)*\s*$",
];

/// The same, behind the words: 不懂的地方随时问我.
const OFFERS: &[&str] = &[r"^(?:的(?:地方|问题|可以|话)|之处|随时)"];

/// True when a normalised text is the reply of a bot that did not understand or cannot help.
pub(crate) fn is_fallback(text: &str) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| any_of(PATTERNS));
    static CONDITION: LazyLock<Regex> = LazyLock::new(|| any_of(CONDITIONS));
    static OFFER: LazyLock<Regex> = LazyLock::new(|| any_of(OFFERS));
    WORDS.find_iter(text).any(|found| {
        !OFFER.is_match(&text[found.end()..]) && !CONDITION.is_match(before_in_clause(text, &found.range()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    #[test]
    fn a_bot_that_does_not_understand_is_known() {
        for text in [
            "抱歉,我没听懂您的意思",
            "不好意思,没太明白,您可以换个说法吗?",
            "亲,小助手还没理解您的问题呢",
            "很抱歉,这个问题我还不会",
            "暂时无法回答您的问题",
            "抱歉,该问题超出了我的服务范围",
            "小美还在学习中,我还在学习,换个问法试试",
            "没有找到相关的答案",
            "您说的我听不懂",
            "无法识别您的问题,请重新输入",
            "系统繁忙,请稍后再试",
            "网络开小差了,请稍后重试",
            "不太清楚您的意思",
            "未能理解您的问题",
            "抱歉,目前无法为您解答",
            "暂无相关信息",
            "抱歉,我沒聽懂",
            "我好像没弄懂您的意思",
            "我还不会回答这类问题",
            "Sorry, I didn't understand that.",
            "I'm sorry, I didn't quite get that. Could you rephrase?",
            "I don't understand your question",
            "I'm not sure I understand.",
            "Sorry, I can't help with that.",
            "I am unable to answer this question.",
            "That's beyond my knowledge.",
            "Please try rephrasing your question.",
            "I don't have information about that.",
            "I couldn't find any results.",
            "Something went wrong, please try again later.",
            "The service is temporarily unavailable.",
            "Could you please rephrase that?",
            "I'm not able to help with this request",
            "That one is beyond me. Try asking it another way?",
            "I was not able to find anything matching your question.",
            "I am unable to find any information.",
        ] {
            assert!(is_fallback(&normalise(text)), "{text}");
        }
    }

    #[test]
    fn an_answer_is_no_fallback_even_when_it_refuses() {
        for text in [
            "满300元减50元",
            "抱歉,已拆封的商品无法退货",
            "暂时无法发货,预计48小时内恢复",
            "如果您不太明白使用方法,可以看详情页",
            "有什么不明白的可以随时问我",
            "您有哪里不清楚都可以问我",
            "不懂的地方随时问我哦",
            "优惠不能叠加使用",
            "这款不能用于敏感肌",
            "抱歉,目前没有现货",
            "您可以换个颜色",
            "不理想可以7天无理由退货",
            "支付方式可以换成支付宝",
            "Unfortunately we cannot refund opened items.",
            "If you don't understand the instructions, see the leaflet.",
            "We can't ship to this address.",
            "Delivery is beyond measure quick, and our courier was not able to find your house.",
            "Sorry, this item is out of stock.",
            "You can return it within 7 days if you are not sure about the colour.",
            "The coupon cannot be combined with others.",
            "We could not deliver your parcel because nobody was at home.",
            "",
        ] {
            assert!(!is_fallback(&normalise(text)), "{text}");
        }
    }
}
