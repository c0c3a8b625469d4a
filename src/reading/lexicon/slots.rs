//! What a reply asks the customer for.

mod untold;
mod ways;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::clauses::clause;
use super::super::patterns::Patterns;
use super::{any_of, before_in_clause};
use crate::conversation::Slot;

/// The names of each slot, in Chinese and in English.
const NAMES: &[(Slot, &str, &str)] = &[
    (
        Slot::OrderNumber,
        "(?:(?:订单|预订|预定|预约|订房|订票)的?(?:号码|编号|编码|号|尾号| ?id)|(?:预订|预定|预约)?单号|确认[号码]|订单那(?:串|个)(?:数字|号))",
        r"(?:(?:order|purchase|booking|reservation|confirmation) ?(?:numbers?|no\b\.?|ids?\b|#|reference|ref\b|code|num\b|nr\b)|(?:number|reference) (?:of|for|on) (?:your|the) (?:order|purchase|booking|reservation)|number of (?:order|booking|reservation)\b)",
    ),
    (
        Slot::Phone,
        "(?:手机号码?|电话号码?|联系电话|联系方式|手机尾号|电话)",
        "(?:phone|mobile|contact|telephone|cell)(?: phone)? ?(?:number|no\\b)",
    ),
    (
        Slot::Address,
        "(?:收货地址|详细地址|地址)",
        "(?:shipping |delivery |home |postal |full )?address",
    ),
    (
        Slot::Name,
        "(?:姓名|名字|收件人|收货人)",
        "(?:full |first |last |your )name",
    ),
];

/// The ways to ask for every slot: one pass over a text tells which may be meant.
pub(super) struct Asking {
    /// Of each pattern, what it asks for.
    slots: Vec<Slot>,
    pub(super) patterns: Patterns,
}

pub(super) static ASKING: LazyLock<Asking> = LazyLock::new(|| {
    let class = |slot: Slot, language: &str| format!("{slot:?} {language}");
    let names = NAMES
        .iter()
        .flat_map(|(slot, zh, en)| [(class(*slot, "zh"), *zh), (class(*slot, "en"), *en)]);
    let classes = ways::CLASSES
        .iter()
        .map(|(name, pattern)| ((*name).to_owned(), *pattern));
    let asking = |(slot, ..): &(Slot, &str, &str)| {
        let mut patterns = ways::asked_in_chinese(&format!("<{}>", class(*slot, "zh")));
        patterns.extend(ways::asked_in_english(&format!("<{}>", class(*slot, "en"))));
        if *slot == Slot::OrderNumber {
            patterns.push("(?:哪个|哪一个|哪笔|哪一笔|哪张)(?:的)?(?:订单|预订|预定)|哪一?单(?:呢|的|需要|,|。|\\?|$)|选择[^,。!?;]{0,6}订单".to_owned());
            patterns.push(r"\bwhich (?:of your )?(?:orders?|bookings?|reservations?)\b".to_owned());
            // To find your booking I need its number.
            patterns.push(r"\byour (?:order|purchase|booking|reservation),? (?:i|we)(?:'ll|'d| will| would)? need (?:its|the) (?:number|reference|id|code)\b".to_owned());
            // To continue, I'll need the following:\n- Your order number.
            patterns.push(format!(
                r"\b(?:[a-z']+ )?(?:enter|provide|need|send|share|give|tell|type|following|details|required|missing|lacking)\b[^.!?\n]{{0,24}}:\s*(?:[-*•·]|[0-9][.)])?\s*(?:your |the )?<{}>",
                class(*slot, "en")
            ));
            // We have many orders, which one is yours?
            patterns.push(r"\b(?:orders?|bookings?|reservations?)\b[^.!?]{0,40}\b(?:which|what)(?: number| one| order| code)?(?:'s| is| was) yours\b".to_owned());
            // Your booking: what number was it given? 您的这笔订单，编号麻烦给一下。
            patterns.push(r"\b(?:order|purchase|booking|reservation)\b[^!?]{0,24}\b(?:what|which) (?:number|reference|id|code) (?:is|was|were|has|did|does|had)(?: (?:it|that|they|you|we|the|your|been))*(?: (?:given|assigned|issued|sent|get|receive|on|under|for|have|carry|show))".to_owned());
            patterns.push("(?:订单|预订|预定)[呢呀啊哦]?[,](?:编号|号码|号|尾号)[^,。!?;]{0,6}(?:给|发|报|说|提供|告诉|多少|是什么)".to_owned());
            // There's a number in the e-mail from us, what does it say? 短信里有一串数字，发过来我瞧瞧。
            patterns.push(r"\b(?:number|code|reference|digits)\b[^!?]{0,24}\b(?:in|on|at|from|within)\b[^!?]{0,40}\b(?:e-?mail|text(?: message)?|message|sms|letter|receipt|voucher|confirmation)\b[^?!]{0,24}[,.;:-] ?(?:and |so |then |please |now |could you |can you |would you |just |kindly )*(?:what(?:'s| does| is| was) (?:it|that)|(?:read|send|tell|give|type|paste|copy|share|drop|pop|quote|post)(?: (?:me|us) (?:it|that|what)| (?:it|that)(?: (?:out|over|back|down|to|for))* (?:me|us|here)))\b".to_owned());
            patterns.push("(?:短信|邮件|邮箱|信息|微信|确认[信函单])[里中上内]?面?[^,。!?;验]{0,6}(?:[那这一][串个组排行]|[串组排])(?:数字|号码|编号|编码|号)[^。!?验]{0,12}(?:发|报|念|告诉|贴|给|抄|拍|写|输)(?:一?下|过来|给我|我|来|出来|上来|到这)".to_owned());
            // What is the code we gave you when you booked? Read me out the reference.
            patterns.push(r"\b(?:what|which)(?:'s| is| was)? (?:the |that )?(?:number|code|reference)(?: that| which| did)? (?:we|you|they|our [a-z]+)(?:'ve| have| had| were| was| did)?(?: [a-z]+)? (?:gave|given|sent|send|got|get|received|receive|mailed|e-?mailed|texted|issued|assigned)\b".to_owned());
            patterns.push(r"\b(?:read|give|tell|send|type|quote|spell|pass|text|show)(?: (?:to|me|us|out|over|off|back|in))+ (?:the|your|that) (?:(?:little|long|short) )?(?:reference|locator|pnr)\b".to_owned());
            // What number does your order have?
            patterns.push(r"\b(?:what|which) (?:number|reference|id|code) (?:does|did|do|has|is|was|came|belongs)(?: [a-z]+){1,4} (?:order|purchase|booking|reservation|confirmation)\b".to_owned());
        }
        if *slot == Slot::Name {
            patterns.push("(?:怎么|如何)称呼(?:您|你)?|贵姓".to_owned());
        }
        let slot = *slot;
        patterns.into_iter().map(move |pattern| (slot, pattern))
    };
    let (slots, patterns): (Vec<Slot>, Vec<String>) = NAMES.iter().flat_map(asking).unzip();
    Asking {
        slots,
        patterns: Patterns::with_classes(classes.chain(names).collect(), &patterns),
    }
});

/// What makes it no question to the customer: 请勿提供, `we will send your order number`.
static NOT_ASKED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"(?:请勿|勿|不要|不用|无需|无须|不需要|别|不会|不必|不能|已经?|我们会|客服会|系统会|会|不|谢谢您?|感谢您?|多谢您?|需要我)[^,。!?;]{0,8}$",
        r"(?:到店|入住时|现场|取票时?|取货时?|检票)[^,。!?;]{0,8}$",
        r"\b(?:thanks?|thank you)(?: (?:so much|a lot|very much))? for $",
        r"(?:(?:don't|do not|never|not|no) (?:need to |have to |ever )?|\b(?:no|any) (?:[a-z]+ )?)$",
    ])
});

/// What a phone is good for, right behind its name.
static SERVICE: LazyLock<Regex> =
    LazyLock::new(|| any_of(&["^(?:叫醒|叫早|唤醒|预[约订定]|订|咨询|服务|提醒|客服|沟通|通知|回访|会议)"]));

/// What is sent to the customer: 24小时内发确认号给您.
static TO_YOU: LazyLock<Regex> = LazyLock::new(|| any_of(&["^给?(?:您|你)(?:[,。!;~哦的呢]|$)"]));

/// What the bot does itself: `we will send your order number`.
static DOES_ITSELF: LazyLock<Regex> =
    LazyLock::new(|| any_of(&[r"\b(?:we|i)(?:'ll| will| have|'ve| can| did)?(?: also| then| just)? ?$"]));

/// What words of a normalised text ask for. A clause that already holds a number of eight digits or more asks for none.
pub(super) fn in_words(text: &str) -> Vec<Slot> {
    let asked: Vec<Slot> = ASKING.places_in(text).map(|(slot, _)| slot).collect();
    let is_asked = |slot: &Slot| asked.contains(slot) || *slot == Slot::OrderNumber && untold::asked(text).is_some();
    NAMES.iter().map(|(slot, ..)| *slot).filter(is_asked).collect()
}

/// Where words of a normalised text ask for this slot first.
pub(super) fn first_in_words(text: &str, slot: Slot) -> Option<Range<usize>> {
    let places = ASKING.places_in(text).filter(|(asked, _)| *asked == slot);
    let first = |(_, range): &(Slot, Range<usize>)| (range.start, std::cmp::Reverse(range.end));
    let untold = || untold::asked(text).filter(|_| slot == Slot::OrderNumber);
    places.min_by_key(first).map(|(_, range)| range).or_else(untold)
}

impl Asking {
    fn places_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Slot, Range<usize>)> + 'a {
        let found = self.patterns.find_iter(text);
        let meant = found.map(|(place, range)| (self.slots[place], range));
        meant.filter(move |(slot, range)| is_asked(text, *slot, range))
    }
}

fn is_asked(text: &str, slot: Slot, range: &Range<usize>) -> bool {
    // Some patterns look at the mark before them, which ends another clause.
    let mark = text[range.clone()].chars().next().filter(|c| !c.is_alphanumeric());
    let range = &(range.start + mark.map_or(0, char::len_utf8)..range.end);
    // 电话叫醒 and 电话预约 are services.
    let is_service = slot == Slot::Phone && SERVICE.is_match(&text[range.end..]);
    let is_sent = TO_YOU.is_match(&text[range.end..]);
    let has_number = is_service || slot != Slot::Name && holds_long_number(&text[clause(text, range)]);
    // What the bot needs, lacks or wishes is asked for, though it stands behind "we".
    let is_need = [
        " need", " require", " missing", " have to", " must", " like ", " ask", " with ",
    ]
    .iter()
    .any(|need| text[range.clone()].contains(need));
    let before = before_in_clause(text, range);
    !has_number && !is_sent && !NOT_ASKED.is_match(before) && (is_need || !DOES_ITSELF.is_match(before))
}

fn holds_long_number(clause: &str) -> bool {
    clause.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() >= 8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    #[test]
    fn what_is_asked_for_is_known() {
        use Slot::{Address, Name, OrderNumber, Phone};
        for (text, slots) in [
            ("请提供一下您的订单号", vec![OrderNumber]),
            ("麻烦发一下订单编号哦", vec![OrderNumber]),
            ("亲,方便把订单号发我吗?", vec![OrderNumber]),
            ("您的订单号是多少呢?", vec![OrderNumber]),
            ("订单号麻烦您提供一下", vec![OrderNumber]),
            ("请问是哪个订单呢", vec![OrderNumber]),
            ("请告知订单号,我帮您查", vec![OrderNumber]),
            ("一般48小时内发货,如需查询物流请提供订单号", vec![OrderNumber]),
            ("請提供您的訂單號", vec![OrderNumber]),
            ("请提供订单号和手机号", vec![OrderNumber, Phone]),
            ("请留下您的手机号", vec![Phone]),
            ("请提供收货地址", vec![Address]),
            ("查询需要订单号,请您发一下", vec![OrderNumber]),
            ("请问怎么称呼您", vec![Name]),
            ("Could you share your order number?", vec![OrderNumber]),
            ("May I have your order number, please?", vec![OrderNumber]),
            ("What is your order number?", vec![OrderNumber]),
            ("Please provide me with your order ID", vec![OrderNumber]),
            ("I'll need your order number to check that.", vec![OrderNumber]),
            ("Please reply with your order number.", vec![OrderNumber]),
            ("Which order is it about?", vec![OrderNumber]),
            ("What number does your booking have?", vec![OrderNumber]),
            (
                "To continue, I'll need the following:\n- Your order number",
                vec![OrderNumber],
            ),
            ("What is the number on your order?", vec![OrderNumber]),
            ("请提供您的预约单号", vec![OrderNumber]),
            ("是我们不对,需要您的订单号才能查询", vec![OrderNumber]),
            ("Please confirm your shipping address", vec![Address]),
            ("May I have your phone number?", vec![Phone]),
            ("Jot down your booking number for us.", vec![OrderNumber]),
            ("Write your order number down here, will you", vec![OrderNumber]),
            ("Note your order ID below and I will look.", vec![OrderNumber]),
            (
                "There is a code at the bottom of our text message, what does it say?",
                vec![OrderNumber],
            ),
            (
                "You will see a number in the letter we posted; read it out to me.",
                vec![OrderNumber],
            ),
            ("If you'd spell out to me the reference, I can look.", vec![OrderNumber]),
            ("Which number did we send you when you paid?", vec![OrderNumber]),
            ("What is the code you got from us?", vec![OrderNumber]),
            (
                "Your order number is in our mail, kindly copy the same here.",
                vec![OrderNumber],
            ),
            ("我处须依据订单编号方能核实", vec![OrderNumber]),
            ("按流程需按照预订号方可查询", vec![OrderNumber]),
            ("下单时邮件里有那串编号,念给我听听", vec![OrderNumber]),
            ("确认短信上有一排数字,你抄过来给我", vec![OrderNumber]),
        ] {
            assert_eq!(in_words(&normalise(text)), slots, "{text}");
        }
    }

    #[test]
    fn naming_a_slot_is_not_asking_for_it() {
        for text in [
            "您的订单号是6123400000001712345,已发货",
            "订单6123400000001712345预计48小时内发货",
            "您可以在订单详情查看单号",
            "请勿向任何人提供手机号",
            "不用提供订单号",
            "这两款您更喜欢哪个呢?",
            "发货后会短信告知您单号",
            "请核对订单号6123400000001712345是否正确",
            "地址可以在下单后修改",
            "满300减50",
            "Your order number is 6123400000001712345.",
            "We will send your order number by e-mail.",
            "You don't need to provide your order number.",
            "酒店已接单,24小时内发确认号给您。",
            "Never share your phone number with strangers.",
            "Your order ships within 48 hours.",
            "Jot down your order number for check-in.",
            "The wifi code is in the text message we sent, read it before you come.",
            "There is a number in the letter if you need a taxi.",
            "短信里有一串验证码数字,别发给任何人",
            "凭预订编号方可入住",
            "",
        ] {
            assert_eq!(in_words(&normalise(text)), [], "{text}");
        }
    }
}
