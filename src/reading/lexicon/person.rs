//! Customers who ask for a person, and bots that say how one is reached.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::clauses::{clause, is_question};
use super::super::patterns::Patterns;
use super::{any_of, before_in_clause};

/// What a customer says who wants a person.
const ASKING: &[&str] = &[
    r"(?:转|接|找|要|换|叫|想|联系|呼叫|呼|来)(?:接|个|一个|一位|位|名|下|一下|到|给|我|你们|你们的|的)*(?:人工|真人|活人)",
    r"^\s*人工(?:客服|服务|坐席)?(?:在吗|在不在|呢|吧)?[^\p{L}]*$",
    r"人工(?:客服|服务|坐席)(?:在吗|在不在|在哪|呢|怎么(?:转|找|联系|接))",
    r"(?:和|跟|与)(?:一个)?(?:真人|活人|人工)(?:客服)?(?:聊|说|谈|沟通|讲|对话)",
    r"(?:别|不要|不想)(?:再)?(?:让|用|跟|和|给我)?(?:你们的?|这个)?机器人",
    r"(?:叫|让|找)(?:你们?的?)?(?:老板|主管|经理|领导)(?:来|出来|跟|和|接)",
    r"\b(?:speak|talk|chat|connect|transfer|put|get|give|switch|pass|escalate)(?: (?:me|us|this|it))?(?: (?:to|with|through|over|on|please|now))*(?: (?:a|an|the|your|some|any|another|one of your))*(?: (?:real|live|actual|human|customer|service|support|care))* (?:human|person|agent|representative|rep|operator|supervisor|manager)s?\b",
    r"\b(?:real|live|actual) (?:person|human|agent|representative|operator)s?\b|\bhuman (?:agent|being|representative|support|operator)s?\b",
    r"\b(?:want|need|like|have) (?:a|an) (?:real |live |human )?(?:human|person|agent|representative|operator)\b",
    r"^\W*(?:human|agent|representative|operator)(?:,? (?:please|now))?\W*$",
];

/// Right before such words: no wish for a person.
const NO_WISH: &[&str] = &[
    r"(?:不要|不用|别|无需|不需要|不想|没必要|不必|是不是|不是|是)(?:再|给我|帮我|你|我)*$",
    r"\b(?:don't|do not|never|not|no need to|without)(?: (?:want|need|have|wish))?(?: to)?\s*$",
    r"\b(?:are you|is this|is it|am i (?:talking|speaking|chatting) (?:to|with))(?: (?:a|an|the))?\s*$",
];

/// Right after them: another matter (人工智能, 人工费).
const ANOTHER_MATTER: &[&str] = &["智能", "费", "成本", "压", "草", "皮", "合成", "湖"];

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

/// True when a customer's normalised message asks for a person.
pub fn asks_for_person(text: &str) -> bool {
    static WORDS: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(ASKING));
    static NOT: LazyLock<Regex> = LazyLock::new(|| any_of(NO_WISH));
    WORDS.find_iter(text).any(|(_, found)| {
        let after = &text[found.end..];
        !ANOTHER_MATTER.iter().any(|word| after.starts_with(word)) && !NOT.is_match(before_in_clause(text, &found))
    })
}

/// True when a bot's normalised text says when or how a person is reached.
pub fn tells_how_to_reach_a_person(text: &str) -> bool {
    static WORDS: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(WAY));
    static COMES: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(WAIT));
    static HERE: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(MAKE_DO));
    // Are you asking about our opening hours?
    let is_told = |found: &Range<usize>| !is_question(text, &clause(text, found));
    WORDS.is_match(text) || COMES.first(text, is_told).is_some() && !HERE.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    #[test]
    fn who_asks_for_a_person_is_understood() {
        for text in [
            "转人工",
            "我要转人工!!",
            "麻烦给我转接人工客服",
            "人工",
            "人工客服在吗",
            "能不能找个真人",
            "我要人工服务",
            "轉人工",
            "我想跟真人聊",
            "别让机器人回我了",
            "叫你们主管来",
            "怎么联系人工客服",
            "Can I talk to a human?",
            "I want to speak to a real person",
            "agent please",
            "Transfer me to an agent",
            "let me speak with your manager",
            "I need a human",
            "put me through to a representative, please",
            "get me a live agent NOW",
        ] {
            assert!(asks_for_person(&normalise(text)), "{text}");
        }
    }

    #[test]
    fn who_only_speaks_of_one_does_not_ask() {
        for text in [
            "不要转人工",
            "别给我转人工",
            "你是人工还是机器人",
            "你是真人吗",
            "人工智能是什么",
            "要人工费吗",
            "手工皂是人工做的吗",
            "满减怎么算",
            "客服在吗",
            "Are you a real person?",
            "am I talking to a human",
            "Don't transfer me to an agent",
            "how does the coupon work?",
            "I'm a member, anything extra?",
            "is the cleaning agent safe",
            "",
        ] {
            assert!(!asks_for_person(&normalise(text)), "{text}");
        }
    }

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
