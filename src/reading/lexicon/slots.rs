//! What a reply asks the customer for.

mod untold;

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
        r"(?:(?:order|purchase|booking|reservation|confirmation) ?(?:numbers?|no\b\.?|ids?\b|#|reference|ref\b|code|num\b|nr\b)|(?:number|reference) (?:of|for|on) (?:your|the) (?:order|purchase|booking|reservation))",
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

/// To hand something over in words, and what may stand before it.
const CLASSES: &[(&str, &str)] = &[
    (
        "给",
        "(?:来个|来一个|提供|发|告知|告诉|输入|回复|报|说|留|填写|填|给|发送|核对|补充|出示|贴|粘贴|复制|念|输|选择|甩|备注|传|上报|核实)",
    ),
    (
        "您的",
        "(?:一下|下|出|上|我们|我|给|过来|您的|你的|您|你|的|这边|客服|小二|下单|购买时?|需要查询|要查询|相关|具体|完整|正确|酒店|机票|门票|本次|该笔?|这笔|那笔|当前|有效|对应|订单或|预订|预定|订单|订房|或者?|和|以及|及|、|手机号码?|姓名|订单编?号|先|个)*",
    ),
    (
        "give",
        "(?:provide|input|share|send|give|tell|enter|confirm|type|supply|drop|paste|pop|copy|leave|ping|punch|put|forward|hit me with|pass on|post|quote|state|text|submit|specify|read|remind me of|key in|advise|fill in|look up|message|let (?:me|us) (?:know|have)|(?:reply|respond|message me|message us) with|please (?:include|attach|add|copy|leave|write|put))",
    ),
    (
        "giving",
        "(?:giving|sharing|providing|sending|telling|entering|typing|stating|quoting|confirming|letting|dropping|popping|pasting|passing|reading)",
    ),
];

/// The ways to ask for what has a name of this class in Chinese.
fn asked_in_chinese(zh: &str) -> Vec<String> {
    vec![
        format!("<给><您的>{zh}"),
        format!(
            "{zh}(?:是|为|有)*(?:多少|什么|几号|几|哪个|呢|吗|记得吗|有没有|在手边吗)*(?:\\?|多少|什么|几|哪个|呢)"
        ),
        format!("(?:记得|知道|有|带着)(?:您|你)?的?{zh}[^,。!?;]{{0,4}}(?:吗|\\?)"),
        format!(
            "{zh}(?:和[^,。!?;]{{1,8}})?(?:方便|麻烦|能|可以|请|也|都|先|给)*(?:您|你)?(?:先)?<给>(?:一下|下|给我|给我们|我|我们|过来|来|给客服|看看|吧|吗|呗|哈|哦)"
        ),
        format!("(?:把|将)(?:您|你)?的?[^,。!?;]{{0,3}}{zh}"),
        format!(
            "(?:^|[^不无])(?:需要?|得|须|还?差|还?缺|要|想)(?:用到|用|有|知道|先知道|先|核对|了解|麻烦)*(?:您|你)?的?{zh}"
        ),
        format!(
            "(?:凭|没有?|无){zh}[^,。!?;]{{0,6}}(?:查不|没法|没办法|没有办法|无法|不能|才能|帮不|不好查|不行|不方便)"
        ),
        format!("(?:还没|没有?|尚未|未)(?:告诉|给|提供|发|收到|看到|发送)(?:我|过)?(?:您|你)?的?{zh}"),
        format!("(?:您|你)<给>{zh}"),
        format!(
            "(?:能不能|能否|可不可以|可否|得|要)(?:先|麻烦|请)?(?:您|你)?(?:<给>|看|核对|核实)<您的>{zh}(?:[^在上里中]|$)"
        ),
        format!("{zh}(?:来|整|甩|丢|补)(?:一?个|一下|下)"),
    ]
}

/// The same in English.
fn asked_in_english(en: &str) -> Vec<String> {
    let words = |most: u8| format!("(?: [a-z]+){{0,{most}}}?");
    vec![
        format!(
            r"\b<give>(?: me| us| over| in| out| here| across)*(?: with)?(?: your| the| an| a| both)*{} {en}",
            words(3)
        ),
        format!(r"\b<giving>(?: me| us)?{} {en}", words(3)),
        format!(
            r"\b(?:may|can|could|might|shall) (?:i|we)(?: please| just| quickly| kindly| maybe){{0,2}} (?:have|get|know|see|ask|take|trouble|bother|request|check|look|grab|borrow|snag|collect|obtain|confirm|verify|note|jot|hear|pull|beg){} {en}",
            words(4)
        ),
        format!(
            r"\b(?:what|which)(?:'s| is| was| would)?(?: be)?(?: your| the)*{} {en}",
            words(1)
        ),
        format!(
            r"\b(?:i|we)(?:'ll|'d|'m| am| will| would| just| only| still| do| first)* (?:need|require|want|like|ask for|missing|lack|have to (?:know|ask|see|have)|must (?:know|have|see)|be needing)(?: to (?:know|have|see))?{} {en}",
            words(3)
        ),
        format!(
            r"\b(?:i|we) (?:don't|do not|haven't got|have no|haven't|can't see|cannot see)(?: have| got| see| find)?{} {en}",
            words(2)
        ),
        format!(
            r"\b(?:do you (?:happen to )?(?:have|know|remember|recall)|have you got|got){} {en}[^.!?;]{{0,16}}\?",
            words(2)
        ),
        format!(r"\bwithout(?: your| the| an| a)?{} {en}", words(1)),
        format!(
            r"\bwith(?: your| the| an){} {en},? (?:i|we) (?:can|could)|\b(?:can|could)[^.!?;]{{0,24}} (?:with|by|under|from)(?: your| the| an) {en}",
            words(1)
        ),
        format!(
            r"\b(?:once|as soon as|if|when) (?:i|we)(?: have| know| get| got| receive| see)+{} {en}",
            words(2)
        ),
        format!(
            r"{en}(?: is|'s| are| would be| was)(?: still| also)? (?:needed|required|necessary|missing|helpful)|{en} (?:would|will|might) help"
        ),
        format!(
            r"\b(?:all|what) (?:i|we) need{} is{} {en}|\b(?:missing|needed|required|left)(?: [a-z]+){{0,2}} is{} {en}",
            words(2),
            words(2),
            words(2)
        ),
        format!(
            r"(?:^|[.!,;:] ?)(?:and |so |then |your |the |ok |okay |how about |what about )*{en}(?: please| first|, please|,? pls)?\s*\?|\b{en},? (?:please|pls|if you (?:don't mind|can|could|would|have it))|(?:^|[.!,;:] ?)(?:the |your )?{en} first\b"
        ),
        format!(
            r"(?:^|[.!,;:] ?)(?:just |only |still |i |we )*(?:need|needing|require|missing|looking for)(?: your| the| an| a) {en}"
        ),
    ]
}

/// The ways to ask for every slot: one pass over a text tells which may be meant.
struct Asking {
    /// Of each pattern, what it asks for.
    slots: Vec<Slot>,
    patterns: Patterns,
}

static ASKING: LazyLock<Asking> = LazyLock::new(|| {
    let class = |slot: Slot, language: &str| format!("{slot:?} {language}");
    let names = NAMES
        .iter()
        .flat_map(|(slot, zh, en)| [(class(*slot, "zh"), *zh), (class(*slot, "en"), *en)]);
    let classes = CLASSES.iter().map(|(name, pattern)| ((*name).to_owned(), *pattern));
    let asking = |(slot, ..): &(Slot, &str, &str)| {
        let mut patterns = asked_in_chinese(&format!("<{}>", class(*slot, "zh")));
        patterns.extend(asked_in_english(&format!("<{}>", class(*slot, "en"))));
        if *slot == Slot::OrderNumber {
            patterns.push("(?:哪个|哪一个|哪笔|哪一笔|哪张)(?:的)?(?:订单|预订|预定)|哪一?单(?:呢|的|需要|,|。|\\?|$)|选择[^,。!?;]{0,6}订单".to_owned());
            patterns.push(r"\bwhich (?:of your )?(?:orders?|bookings?|reservations?)\b".to_owned());
            // To find your booking I need its number.
            patterns.push(r"\byour (?:order|purchase|booking|reservation),? (?:i|we)(?:'ll|'d| will| would)? need (?:its|the) (?:number|reference|id|code)\b".to_owned());
            // We have many orders, which one is yours?
            patterns.push(r"\b(?:orders?|bookings?|reservations?)\b[^.!?]{0,40}\b(?:which|what)(?: number| one| order| code)?(?:'s| is| was) yours\b".to_owned());
            // Your booking: what number was it given? 您的这笔订单，编号麻烦给一下。
            patterns.push(r"\b(?:order|purchase|booking|reservation)\b[^!?]{0,24}\b(?:what|which) (?:number|reference|id|code) (?:is|was|were|has|did|does|had)(?: (?:it|that|they|you|we|the|your|been))*(?: (?:given|assigned|issued|sent|get|receive|on|under|for|have|carry|show))".to_owned());
            patterns.push("(?:订单|预订|预定)[呢呀啊哦]?[,](?:编号|号码|号|尾号)[^,。!?;]{0,6}(?:给|发|报|说|提供|告诉|多少|是什么)".to_owned());
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
        patterns: Patterns::with_classes(&classes.chain(names).collect(), &patterns),
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
    let has_number = is_service || slot != Slot::Name && holds_long_number(&text[clause(text, range)]);
    // What the bot needs, lacks or wishes is asked for, though it stands behind "we".
    let is_need = [
        " need", " require", " missing", " have to", " must", " like ", " ask", " with ",
    ]
    .iter()
    .any(|need| text[range.clone()].contains(need));
    let before = before_in_clause(text, range);
    !has_number && !NOT_ASKED.is_match(before) && (is_need || !DOES_ITSELF.is_match(before))
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
            ("What is the number on your order?", vec![OrderNumber]),
            ("请提供您的预约单号", vec![OrderNumber]),
            ("是我们不对,需要您的订单号才能查询", vec![OrderNumber]),
            ("Please confirm your shipping address", vec![Address]),
            ("May I have your phone number?", vec![Phone]),
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
            "Never share your phone number with strangers.",
            "Your order ships within 48 hours.",
            "",
        ] {
            assert_eq!(in_words(&normalise(text)), [], "{text}");
        }
    }
}
