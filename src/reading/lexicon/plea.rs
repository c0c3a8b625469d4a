//! What a customer's message says beside its question: that they want a person, that they are upset or have lost something.

use std::iter;
use std::ops::{BitOr, Range};
use std::sync::LazyLock;

use regex::Regex;

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

/// What a customer says who is upset or has lost something. To ask when something comes, even impatiently, is neither.
const TROUBLE: &[&str] = &[
    // Upset.
    "投诉|气死|气人|太慢|生气|差评|骗子|骗人|坑人|坑爹|垃圾|无语|离谱|什么态度|忍无可忍|忍不了|受不了|受够|太差|差劲|失望|急死|烦死|过分|恶心|火大|糟糕|不像话|没人管|乱七八糟|12315|消协",
    r"等了(?:我)?(?:半天|好久|这么久|很久|那么久|好几天)|!{2,}",
    r"\b(?:unacceptable|ridiculous|outrageous|terrible|horrible|awful|worst|furious|angry|fed up|disgust\w*|complain\w*|scam|rip-?off|disappoint\w*|useless|pathetic|frustrat\w*|annoy\w*|livid|fuming|upset|appalling|shocking|a joke)\b",
    r"\b(?:so|too|way too) slow\b|\bwaste of (?:time|money)\b|\bstill waiting\b|\bhow much longer\b",
    // Loss.
    "(?:破|坏|碎|漏|裂|丢|洒|弄丢)了|(?:发|寄)错|(?:少|漏)(?:发|寄)|破损|损坏|漏液|丢件|没收到",
    r"\b(?:damaged|broken|smashed|cracked|leaking|leaked)\b|\bwrong (?:item|product|order|parcel|one)\b|\bnever arrived\b",
    r"\b(?:is|got|been|was) lost\b|\blost (?:my|the) (?:parcel|package|order)\b|\b(?:not|never|didn't|haven't|did not|have not) (?:yet )?(?:received?|get|got)\b(?: it| my| the)",
];

/// What a customer's message says beside its question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Plea {
    /// It asks for a person.
    pub for_a_person: bool,
    /// It shows that the customer is upset or has lost something.
    pub of_trouble: bool,
}

/// What asks for a person, and behind it what tells of trouble.
pub(super) static WORDS: LazyLock<Patterns> = LazyLock::new(|| {
    let all: Vec<&str> = iter::chain(ASKING, TROUBLE).copied().collect();
    Patterns::new(&all)
});

impl Plea {
    /// That of a normalised message.
    pub fn of(text: &str) -> Plea {
        let mut plea = Plea::default();
        for (place, found) in WORDS.find_iter(text) {
            match place < ASKING.len() {
                true => plea.for_a_person |= is_meant(text, &found),
                false => plea.of_trouble = true,
            }
        }
        plea
    }
}

impl BitOr for Plea {
    type Output = Plea;

    fn bitor(self, other: Plea) -> Plea {
        Plea {
            for_a_person: self.for_a_person | other.for_a_person,
            of_trouble: self.of_trouble | other.of_trouble,
        }
    }
}

/// False where words that ask for a person deny it, or speak of another matter.
fn is_meant(text: &str, found: &Range<usize>) -> bool {
    static NOT: LazyLock<Regex> = LazyLock::new(|| any_of(NO_WISH));
    let after = &text[found.end..];
    !ANOTHER_MATTER.iter().any(|word| after.starts_with(word)) && !NOT.is_match(before_in_clause(text, found))
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
            assert!(Plea::of(&normalise(text)).for_a_person, "{text}");
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
            assert!(!Plea::of(&normalise(text)).for_a_person, "{text}");
        }
    }

    #[test]
    fn trouble_is_told_from_mere_impatience() {
        for text in [
            "我要投诉你们",
            "气死我了",
            "太慢了吧",
            "到底发不发！！！",
            "收到的瓶子碎了",
            "东西发错了",
            "This is unacceptable",
            "still waiting for an answer",
            "the bottle arrived broken",
            "I never got my parcel",
        ] {
            assert!(Plea::of(&normalise(text)).of_trouble, "{text}");
        }
        for text in [
            "怎么还不发货",
            "什么时候发货",
            "满减怎么算",
            "用了一次过敏，还能退货不",
            "why hasn't my order shipped",
            "wrong shade, can I return this",
            "is there a free gift?",
        ] {
            assert!(!Plea::of(&normalise(text)).of_trouble, "{text}");
        }
    }
}
