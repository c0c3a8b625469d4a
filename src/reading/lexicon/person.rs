//! Bots that say how a person is reached.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::clauses::{clause, is_question};
use super::super::patterns::Patterns;

/// What a bot says that tells how a person is reached.
const WAY: &[&str] = &[
    r"(?:回复|输入|发送|点击|点|拨打|按|说|致电)[^,。!?;]{0,10}(?:人工|客服|热线|电话|400)",
    r"(?:热线|电话)[^,。!?;0-9]{0,6}[0-9]",
    r"(?:可以|可|请)(?:您|你)?(?:直接)?(?:联系|拨打|点击)[^,。!?;]{0,10}(?:人工|客服)",
    r#"\b(?:type|reply|say|press|click|tap|enter)(?: with| on)?\s*["'“]?(?:agent|human|representative|operator|[0-9]\b)"#,
    r"\b(?:call|phone|ring|dial|e-?mail|contact|reach)(?: (?:us|them|our [a-z]+(?: [a-z]+)?|a person))? (?:at|on|under|by|from|between)\b",
    r"\bget back to you\b|\byou can (?:reach|talk to|speak to|chat with)\b",
];

/// What tells when one is reached or that one comes, unless the bot would have the customer make do with it.
const WAIT: &[&str] = &[
    r"(?:人工|客服)(?:客服|坐席|服务)?的?(?:在线|工作|服务|上班|营业)?时间",
    r"人工(?:客服|坐席|服务)?[^。!?;]{0,10}(?:[0-9]{1,2}(?::[0-9]{2}|点)|工作日|明天|明早)",
    r"\b(?:agents?|representatives?|team|humans?|specialists?|staff|colleagues?|someone)(?: (?:is|are|will be))? (?:available|back|online|here|free)\b",
    r"\b(?:opening|working|business|office|support|service) hours\b",
    r"人工(?:客服|坐席|服务)?[^。!?;]{0,10}(?:稍后|尽快|上线|排队)",
    r"(?:排队|前面)[^,。!?;]{0,12}(?:位|人|分钟)",
    r"\b(?:in|of) the queue\b",
];

/// What a bot says that wants to be asked itself.
const MAKE_DO: &[&str] = &[
    r"(?:您|你)?(?:不妨)?先(?:跟我|和我|简单)?(?:说|讲|描述|告诉|问)|(?:跟|和|对|向)我(?:说|讲|聊|提|咨询)|[由先]我|问我|告诉我|自助|自己|留言|智能|助手|机器人|我(?:来|帮|先|就)?(?:也|都|同样|一样|先)?(?:可以|能|会|给您|帮您|为您)|直接(?:说|问|描述)|(?:不|没|未)(?:在线|上线|在岗)|(?:忙|满)",
    r"\b(?:ask|tell|try|use|trust) me\b|\bi(?:'m| am)? (?:can|able to|happy to|know)\b|\blet me (?:help|try|handle|sort)\b|\binstead\b|\b(?:until then|meanwhile|meantime|for now|in between|before that)\b|\bwhat (?:is|was|can|seems|do|would)\b|\b(?:meanwhile|first),? (?:tell|describe)\b",
];

pub(super) static WORDS: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(WAY));
pub(super) static COMES: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(WAIT));
pub(super) static HERE: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(MAKE_DO));

/// True when a bot's normalised text says when or how a person is reached.
pub fn tells_how_to_reach_a_person(text: &str) -> bool {
    // Are you asking about our opening hours?
    let is_told = |found: &Range<usize>| !is_question(text, &clause(text, found));
    WORDS.is_match(text) || COMES.first(text, is_told).is_some() && !HERE.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    #[test]
    fn when_and_how_a_person_is_reached_is_known() {
        for text in [
            "人工客服时间9:00-21:00",
            "人工客服明天9点上班",
            "如需帮助可回复转人工",
            "请拨打客服热线400-123-4567",
            "您可以联系人工客服",
            "当前排队人数较多,前面还有5位",
            "Our agents are available from 9 to 5.",
            "Type 'agent' to be connected.",
            "You can call us at 400-123-4567.",
            "Support hours are 9 to 21.",
        ] {
            assert!(tells_how_to_reach_a_person(&normalise(text)), "{text}");
        }
        for text in [
            "满300减50",
            "人工客服不在",
            "人工排队的人很多，您跟我说就行",
            "人工暂时没上线，我能帮您",
            "There is a long line in the queue, so ask me instead.",
            "请问有什么可以帮您",
            "I am a bot.",
            "Your order ships within 48 hours.",
        ] {
            assert!(!tells_how_to_reach_a_person(&normalise(text)), "{text}");
        }
    }
}
