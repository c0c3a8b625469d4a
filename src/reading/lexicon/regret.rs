//! Words of regret and understanding, and what makes a customer need them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{any_of, denied_before};

const REGRET: &[&str] = &[
    "抱歉|对不起|不好意思|歉意|道歉|见谅|谅解|体谅|包涵|久等",
    r"(?:理解|明白|体会)(?:到)?(?:您|你)的?(?:心情|感受|着急|焦急|急切|难处|担心|担忧|不满|委屈)",
    r"(?:很|非常|特别|十分|完全|能|可以)(?:能)?理解(?:您|你)?",
    r"(?:别|不要|不用|莫)着急|辛苦(?:您|你)|(?:给|为|让)(?:您|你)(?:添|带来|造成|受累|失望|担心)",
    r"(?:感谢|谢谢)(?:您|你)?的?(?:耐心|理解|等待|等候)",
    r"\bsorry\b|\bapolog(?:y|ies|ise|ize)|\bregret\b|\bpardon\b|\binconvenience\b",
    r"\b(?:understand|see|know|hear|imagine) (?:how|why|your (?:frustration|concern|worry|worries|disappointment|impatience))\b",
    r"\bthank(?:s| you)(?: so much| very much)? for (?:your patience|waiting|bearing|holding)\b|\bappreciate your patience\b",
    r"\bthat (?:must|does) (?:be|have been|sound)\b|\b(?:so |very )?frustrating\b",
];

const TROUBLE: &[&str] = &[
    // Upset.
    "投诉|气死|气人|太慢|生气|差评|骗子|骗人|坑人|坑爹|垃圾|无语|离谱|什么态度|忍无可忍|受不了|太差|失望|急死|烦死|12315|消协",
    r"等了(?:我)?(?:半天|好久|这么久|很久|那么久|好几天)|!{2,}",
    r"\b(?:unacceptable|ridiculous|outrageous|terrible|horrible|awful|worst|furious|angry|fed up|disgust\w*|complain\w*|scam|rip-?off|disappoint\w*|useless|pathetic|frustrat\w*|annoy\w*)\b",
    r"\b(?:so|too|way too) slow\b|\bwaste of (?:time|money)\b|\bstill waiting\b|\bhow much longer\b",
    // Loss.
    "(?:破|坏|碎|漏|裂|丢|洒|弄丢)了|(?:发|寄)错|(?:少|漏)(?:发|寄)|破损|损坏|漏液|丢件|没收到",
    r"\b(?:damaged|broken|smashed|cracked|leaking|leaked)\b|\bwrong (?:item|product|order|parcel|one)\b|\bnever arrived\b",
    r"\b(?:is|got|been|was) lost\b|\blost (?:my|the) (?:parcel|package|order)\b|\b(?:not|never|didn't|haven't|did not|have not) (?:yet )?(?:received?|get|got)\b(?: it| my| the)",
];

/// Where a bot's normalised text first says that it is sorry or that it understands.
pub fn regret_at(text: &str) -> Option<Range<usize>> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| any_of(REGRET));
    let mut found = WORDS.find_iter(text).map(|found| found.range());
    found.find(|range| !denied_before(text, range))
}

/// True when a customer's normalised message shows that they are upset or have lost something. To ask when something
/// comes, even impatiently, is neither.
pub fn tells_of_trouble(text: &str) -> bool {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| any_of(TROUBLE));
    WORDS.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    #[test]
    fn regret_and_understanding_are_known() {
        for text in [
            "非常抱歉,让您久等了",
            "亲,不好意思哦",
            "理解您的心情,马上处理",
            "非常理解您,这边马上催",
            "給您帶來不便,敬請諒解",
            "感谢您的耐心等待",
            "Sorry for the wait!",
            "We apologise for the delay.",
            "I understand how upsetting that is.",
            "Thank you for your patience.",
        ] {
            assert!(regret_at(&normalise(text)).is_some(), "{text}");
        }
        for text in [
            "满300减50",
            "还没理解您的问题",
            "无法理解您",
            "请放心",
            "Your order ships today.",
            "I do not understand the question.",
        ] {
            assert!(regret_at(&normalise(text)).is_none(), "{text}");
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
            assert!(tells_of_trouble(&normalise(text)), "{text}");
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
            assert!(!tells_of_trouble(&normalise(text)), "{text}");
        }
    }
}
