//! A number of the order that is named without being told, beside a question, a request, a need or an invitation to find and send it.
//!
//! ```text
//!  您订房的[单号]还记得吗? 麻烦发一下        a question
//!  the front desk needs your [reservation number] a need
//!  短信里有个[订单号], 发我看看              named, and what follows asks for it
//! ```
//!
//! What the bot gives, has or thanks for is not asked for: 订单号会发给您, `thank you for your order number`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::super::clauses::{clause, sentence};
use super::super::any_of;
use super::holds_long_number;

/// What the number belongs to.
const OF_CHINESE: &str = "订单|预订|预定|预约|订房|订票|订座|订购|入住|交易|下单|购买|行程|凭证|确认";
const OF_ENGLISH: &str =
    "order|purchase|booking|reservation|confirmation|transaction|itinerary|reference|receipt|voucher";

/// So many clauses behind one that only names the number may ask for it.
const CLAUSES_AFTER: usize = 2;

/// How far behind an English name the request for it may begin, in bytes.
const AFTER: usize = 120;

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        &format!(
            "(?:{OF_CHINESE})(?:单|确认|参考)?的?(?:号码|编号|编码|流水号|参考号|识别号|单号|号|尾号|码| ?id)|(?:{OF_CHINESE})[^,。!?;]{{0,4}}的(?:号码|编号|编码|流水号)|单号|流水号"
        ),
        &format!(
            r"\b(?:{OF_ENGLISH})(?:'s)?(?: confirmation| reference| id| tracking)? ?(?:numbers?|no\b\.?|ids?\b|#|reference|ref\b|codes?\b|num\b|nr\b|locator)|\b(?:number|reference|code)(?: shown| printed| given)? (?:of|for|on|from|in) (?:your|the|this|that) (?:{OF_ENGLISH})|\brecord locator|\bpnr\b"
        ),
    ])
});

/// The first place where the number is asked for.
pub(super) fn asked(text: &str) -> Option<Range<usize>> {
    let mut named = NAMED.find_iter(text).take(MENTIONS).map(|found| found.range());
    named.find(|name| {
        let clause = &text[clause(text, name)];
        let is_told = holds_long_number(clause) || TOLD.is_match(&text[name.end..]);
        let is_chinese = !text[name.clone()].is_ascii() || clause.chars().any(is_han);
        !is_told
            && match is_chinese {
                true => in_chinese(text, name),
                false => in_english(text, name),
            }
    })
}

/// A bot that repeats itself without end must not make it endless.
const MENTIONS: usize = 8;

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The value follows: 订单号:DX20418.
static TOLD: LazyLock<Regex> = LazyLock::new(|| any_of(&[r"^\s*(?:是|为|:|is|：)?\s*[a-z]{0,4}-?[0-9]{4}"]));

fn in_chinese(text: &str, name: &Range<usize>) -> bool {
    let own = clause(text, name);
    let (whole, before, after) = (
        &text[own.clone()],
        &text[own.start..name.start],
        &text[name.end..own.end],
    );
    if DENIED.is_match(before) {
        return false;
    }
    let asks = || text[own.end..].starts_with('?') || whole.trim_end().ends_with(['吗', '么', '呢']);
    let is_requested = || ASKED_BEFORE.is_match(before) || ASKED_AFTER.is_match(after);
    let is_needed = || NEEDED.is_match(before) || NEEDED_AFTER.is_match(after);
    let is_given = || GIVEN.is_match(before) || GIVEN_AFTER.is_match(after);
    let is_asked_here = || asks() || !is_given() && (is_requested() || is_needed());
    !BOT_GIVES.is_match(whole) && is_asked_here()
        || is_asked_next(text, own.end, whole)
        || is_listed(text, own.start, before)
}

/// 单号还记得吗? 麻烦发一下; 短信里有订单号,发我看看.
fn is_asked_next(text: &str, end: usize, whole: &str) -> bool {
    let mut rest = &text[end..];
    for _ in 0..CLAUSES_AFTER {
        let next = rest.trim_start_matches([',', ';', '!', '?', '。', '、', '.', ' ', '\n', '~']);
        let length = next.find([',', ';', '!', '?', '。', '\n', '.']).unwrap_or(next.len());
        let (said, mark) = (&next[..length], next[length..].chars().next());
        if NOT_GIVEN.is_match(said) {
            return false;
        }
        let is_question = mark == Some('?') && HAS.is_match(said);
        let is_short = whole.chars().count() <= 8 && (said.starts_with("谢") || said.starts_with('请') && length <= 12);
        if SENT.is_match(said) || is_question || is_short {
            return true;
        }
        rest = &next[length..];
    }
    false
}

/// 请提供以下信息: 1. 订单号; 麻烦提供一下信息,比如订单号.
fn is_listed(text: &str, start: usize, before: &str) -> bool {
    let above = text[..start].trim_end_matches([',', ';', '!', '。', '、', '.', ' ', '\n', '-', '*', '•']);
    let first = above.rfind([',', ';', '!', '?', '。', '\n']).map_or(0, |at| at);
    HEAD.is_match(before) && LIST.is_match(&above[first..])
}

/// What one does who tells a number.
const GIVE: &str =
    "发|给|报|说|告诉|告知|提供|提交|贴|粘|复制|念|回复|输|传|填|出示|附|留|补|写|甩|丢|抄|备注|上报|交|拍|截|转|示";

/// What is asked of somebody.
const ASK: &str = "请|麻烦|烦|劳|辛苦|方便|能|可否|可以|拜托|帮忙|先|只要|只需|还需|需要|您|你|亲|把|将|直接|要是|如果";

/// Shows that it is given to the bot.
const HERE: &str = "送?(?:一?下|一?声|过来|出来|上来|我|给|到|来|上|客服|这边|看看?|呗|吧|哦|哈|即可|就|$)";

static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "(?:不用|不需要?|无需|无须|不必|勿|别|不要|没必要|不会|不能|保管|保存|保留|收好|记住|记好|牢记|谢谢|感谢|多谢|已收到|已经收到|收到了|收到您|看到了|查到|已有|有了|凭|核对过)[^,。!?;]{0,10}$",
        "到店|入住时|现场|取票|取货|核销|检票|柜台",
    ])
});

/// The number comes from the bot or its shop, or only is somewhere.
static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "(?:我们|系统|酒店|商家|平台|短信|邮件|会|将会|已经?|自动|生成|产生|确认后|成功后|支付后)[^,。!?;请您你烦需要]{0,6}$",
    ])
});
static GIVEN_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "^[^,。!?;]{0,4}(?:不用|不需要|无需|不必|不要|别|会|将|已|没有?问题|没错|收到|有问题|可以(?:在|看|查)|在|是(?:用来|系统))",
    ])
});

/// What the bot does with it itself.
static BOT_GIVES: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        &format!("(?:给|为|向|替|帮)(?:您|你)[^,。!?;]{{0,4}}(?:{GIVE}|查|找|看|生成)"),
        "(?:发|寄|推送|发送|通知|告诉|告知|展示|显示|短信)(?:给|到|至|在|于)(?:您|你|手机|邮箱|短信|页面|详情|订单)",
        &format!(
            "我们?(?:可以|会|将|再|来|去|先)*(?:把|将)?[^,。!?;请您你]{{0,8}}(?:{GIVE})(?:送|一下)?(?:给)?(?:您|你)"
        ),
        &format!("(?:会|将会|自动|随后|稍后)[^,。!?;请您你]{{0,8}}(?:{GIVE}|推送|通知|显示|更新|生成)"),
        "^(?:谢谢|感谢|多谢)|(?:^|已|已经)收到(?:了|您|你)|(?:您|你)[^,。!?;]{0,4}会(?:收到|看到)",
    ])
});

static ASKED_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        &format!("(?:{ASK})[^,。!?;]{{0,12}}(?:{GIVE})[^,。!?;]{{0,12}}$"),
        &format!("^\\W*(?:那|就|好的?)?(?:{GIVE})(?:一下|下|我|个|给我|上|出)*[^,。!?;]{{0,6}}$"),
        &format!("(?:请|麻烦|烦请|劳烦)[^,。!?;]{{0,12}}{HERE}(?:您|你)?的?$"),
        "(?:您|你|请|麻烦)[^,。!?;]{0,4}(?:找|翻)(?:一?下|找)[^,。!?;]{0,6}$",
    ])
});
static ASKED_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        &format!("^[^,。!?;会]{{0,10}}?(?:{GIVE})(?:{HERE})"),
        &format!("^[^,。!?;会]{{0,10}}?(?:{ASK})[^,。!?;会]{{0,6}}(?:{GIVE})"),
    ])
});

/// 前台需要您的预订号, 想先要一下订单号; not 不需要.
static NEEDED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "(?:^|[^不无没])(?:需要?|须|得有|得要|还?差|还?缺|要|想(?:跟|和|向|请|问|知道))(?:先|一下|下|您|你|的|用到?|有|提供|知道|拿到?|核对|核实|根据|通过|凭|看一?下|对一?下|跟|和|向|确认|了解|个|到|这边|这位|客人|顾客|那笔|一个|相关|完整|有效|正确|预订时?|下单时?|那个|这个|两样|信息|:|是|以下)*$",
    ])
});
static NEEDED_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&["^(?:是|为)?(?:必需|必须|必要|必填|不可少|少不了|还?缺|还?差|需要您|要您|得有|给到)[^,。!?;]{0,8}$"])
});

/// The next clause asks that it be sent.
static SENT: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[&format!(
        "^(?:那|就|然后|再|之后|找到后?|查到后?|看到后?|有的话|方便的话|如果有的?话?|您|你|亲|请|并|麻烦(?:您|你)?|烦请|劳烦|辛苦(?:您|你)?|劳驾|可以|能|方便|直接|帮忙|把它|将其|把这个|整段|完整|也|先|后)*(?:{GIVE})(?:{HERE})"
    )])
});

/// The next clause gives or denies something of its own.
static NOT_GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&["不用|不需要|无需|不必|(?:发|告诉|告知|通知|推送)(?:送)?(?:给|到|至)?(?:您|你)|我们?(?:会|将)"])
});

/// 您有吗?
static HAS: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&["^[^,。!?;]{0,8}(?:有|记得|知道|方便|能|可以|还在|是多少|是什么|找得到|看得?到|手边|发|给|说|提供)"])
});

static HEAD: LazyLock<Regex> =
    LazyLock::new(|| any_of(&[r"^(?:比如|例如|如|包括|像|就是|即|[0-9]+|[①-⑨]|您的|你的|[\s.:)\-*•、(])*$"]));
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[&format!(
        "(?:{ASK}|需)[^,。!?;]{{0,10}}(?:{GIVE}|核对|确认)[^,。!?;]{{0,12}}$|(?:需要|还差|还缺|只差|就差|想要|要的是)[^,。!?;]{{0,12}}$"
    )])
});

fn in_english(text: &str, name: &Range<usize>) -> bool {
    let own = sentence(text, name);
    let start = own.start + text[own.clone()].find(|c: char| c.is_alphanumeric()).unwrap_or(0);
    let (before, after) = (&text[start.min(name.start)..name.start], &text[name.end..own.end]);
    let whole = &text[start.min(name.start)..own.end];
    if OFFERS.is_match(whole) || HAS_IT.is_match(before) {
        return false;
    }
    let is_question = text[own.end..].starts_with('?') && !ELSE.is_match(after);
    if is_question || TAG.is_match(&text[name.end..]) {
        return true;
    }
    let is_given = || REQUESTED.is_match(before) && !KEPT.is_match(after);
    let is_needed = || NEED.is_match(before) && !NO_NEED.is_match(before);
    let is_missed = || NEED_AFTER.is_match(after) && !NO_NEED_AFTER.is_match(after);
    is_given() || is_needed() || is_missed() || is_wanted_next(&text[name.end..])
}

/// You can find the order number in your e-mail. Could you send it to me?
fn is_wanted_next(rest: &str) -> bool {
    let rest = &rest[..rest.ceil_char_boundary(AFTER.min(rest.len()))];
    SEND_IT
        .find_iter(rest)
        .any(|found| !BOT_SENDS.is_match(&rest[..found.start()]))
}

/// What one does who tells a number.
const GIVE_ENGLISH: &str = "provide|share|send|give|tell|enter|type|supply|drop|paste|pop|copy|leave|forward|pass|post|quote|state|text|submit|specify|read|offer|furnish|hand|mention|upload|cite|disclose|relay|dictate|write|attach|include|advise|indicate|fill in|key in|put in|confirm|verify|reply|respond|message|let (?:me|us) (?:know|have|see)|remind (?:me|us)|show (?:me|us)|get back|come back";

/// What the bot would do, and asks leave for.
static OFFERS: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:me|us) to (?:re)?(?:send|text|e-?mail|look|find|give|check)\b|\b(?:shall|can|may|could|should|do) (?:i|we) (?:just )?(?:re)?(?:send|text|e-?mail|forward|give you|tell you|help|remind you)\b|\bdid you (?:receive|get)\b|\bhelp you with\b",
    ])
});

/// What it gives, has or thanks for, and what the customer gets and keeps.
static HAS_IT: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:thanks?|thank you|received|got|noted|appreciate you|found|checked)\b[^.!?;]{0,32}$",
        r"\b(?:we|i)(?:'ll| will| have|'ve| can| already| also| just| then| now| do)* (?:re)?(?:sent|send|see|got|have|e-?mail(?:ed)?|text(?:ed)?|put|print(?:ed)?|forward(?:ed)?|give|issue|generate|found|use)\b[^.!?;]{0,24}$",
        r"\byou(?:'ll| will| may| should| then| also)* (?:receive|get|be given|be sent)\b[^.!?;]{0,32}$",
        r"\b(?:keep|save|remember|bring|note down|print) (?:[a-z]+ ){0,3}$",
        r"\b(?:no|not (?:a|an|the|any|your)|(?:never|don't|do not) (?:share|send|give|post|tell|need|have to)) (?:[a-z]+ ){0,4}$",
    ])
});

static ELSE: LazyLock<Regex> = LazyLock::new(|| any_of(&[r"\banything\b|\belse\b|\bhelp you\b|\bother\b"]));

/// And your order number is ...?
static TAG: LazyLock<Regex> =
    LazyLock::new(|| any_of(&[r"^[ ,]*(?:(?:is|was|would be|again|please|pls)[ ,]*)*[\s.…:_-]*\?"]));

static REQUESTED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        &format!(
            r"\b(?:please|pls|plz|kindly|could you|can you|would you|will you|mind|just|simply|if you|once you|when you|after you|as soon as you|need to|have to|so kind|want you to|ask you to|like you to|need you to|you (?:can|could|may)|possible to|able to|let's|be sure to|make sure to|remember to|and|then)(?: [a-z']+,?){{0,5}}? (?:{GIVE_ENGLISH})\b[^.!?;]{{0,40}}$"
        ),
        &format!(r"(?:^|[,:;-] ?)(?:so |and |then |first |now |ok |okay |sure )*(?:{GIVE_ENGLISH})\b[^.!?;]{{0,32}}$"),
        r"\b(?:trouble|bother) you for\b[^.!?;]{0,24}$",
    ])
});

/// Where it is to be shown some day.
static KEPT: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^[^.!?;]{0,16}\b(?:at check-?in|on arrival|when you arrive|at the (?:desk|counter|entrance|gate|door)|at reception|safe|handy until)\b",
    ])
});

static NEED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:needs?|needed|requires?|required|requiring|wants?|lacks?|lacking|missing|look(?:ing)? for|wait(?:ing|s)? for|ask(?:s|ing)? (?:you )?for|request(?:s|ing)?|must (?:have|know|see)|have to (?:have|know|see)|i'd (?:like|love)|we'd (?:like|love)|would (?:like|love)|grateful for|thankful for|start(?:s|ing)? with|begin(?:s|ning)? with|depends on|if (?:i|we) (?:had|have|knew|know|could have|may have)|to (?:have|know|get|see|obtain|receive)|(?:i|we) (?:still )?(?:don't|do not|can't|cannot) (?:yet )?(?:have|see|know)|(?:thing|following|detail|item|piece of information)s?:?)\b[^.!?;,]{0,24}$",
        r"\b(?:needs?|requires?|following|thing)\b[^.!?;]{0,20}: ?(?:[a-z]+ ){0,4}$",
        r"\b(?:i'm|i am|we're|we are) (?:just |only |still )?after (?:[a-z]+ ){0,3}$",
    ])
});
static NO_NEED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:(?:do|does|did|will|would|is)(?:n't| not)|won't|no|never|without|no longer) (?:[a-z]+ ){0,2}(?:needs?|needed|requires?|required|wants?|missing|to)\b",
        r"\byou(?:'ll| will| may| might| only| just| don't| also)* (?:need|want|require|have)\b[^.!?;]{0,12}$",
    ])
});

static NEED_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^[^.!?;,]{0,24}\b(?:(?:is|'s|are|will be|would be|might be|be|was) (?:[a-z]+ ){0,3}(?:needed|required|necessary|missing|helpful|useful|great|handy|appreciated|perfect|all|essential|ideal|lovely|enough|what (?:i|we))\b|(?:would|will|might|could) (?:[a-z]+ )?(?:help|do)\b|(?:please|pls|plz)\b)",
    ])
});
static NO_NEED_AFTER: LazyLock<Regex> =
    LazyLock::new(|| any_of(&[r"^[^.!?;,]{0,32}(?:\bnot\b|n't\b|\bno longer\b|\bnever\b|\byou need\b)"]));

/// And send it to me; can you paste it here?
static SEND_IT: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        &format!(
            r"\b(?:{GIVE_ENGLISH})(?: (?:me|us|over|here|back|along|across|with|to))* (?:it|that|this|one|them|the (?:number|code|reference)|its number)\b"
        ),
        &format!(r"\b(?:{GIVE_ENGLISH}) (?:me|us)\b"),
        r"\bwhat (?:is|does|was) (?:it|that)\b|\b(?:can|could|do) you (?:see|find|spot|have|know|remember|recall) it\b",
    ])
});
static BOT_SENDS: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:i|we|they|it|system|hotel|team|agent|staff)(?:'ll|'d| will| would| have|'ve| can| could| may| just| also| then| gladly| now)*\s*$",
        r"\b(?:don't|do not|never|not|no need to|won't)(?: [a-z]+){0,2}\s*$",
    ])
});
