//! What a reply asks the customer for.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::clauses::clause;
use super::{any_of, before_in_clause};
use crate::conversation::Slot;

/// The names of each slot, in Chinese and in English.
const NAMES: &[(Slot, &str, &str)] = &[
    (
        Slot::OrderNumber,
        "(?:订单(?:号码|编号|号|尾号)|单号)",
        r"(?:order|purchase) ?(?:numbers?|no\b\.?|ids?\b|#|reference)",
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

const ASKING_VERB: &str = "(?:提供|发|告知|告诉|输入|回复|报|说|留|填写|给|发送|核对|补充)";
const BETWEEN: &str = "(?:一下|下|我们|我|给|过来|您的|你的|您|你|的|这边|客服|小二|下单|购买时?|需要查询|要查询|相关|具体|完整|正确|订单或|或者?|和|以及|及|、|手机号码?|姓名|订单编?号)*";

struct Asking {
    slot: Slot,
    asks: Regex,
}

static ASKING: LazyLock<Vec<Asking>> = LazyLock::new(|| {
    let asking = |(slot, zh, en): &(Slot, &str, &str)| {
        let mut patterns = vec![
            format!("{ASKING_VERB}{BETWEEN}{zh}"),
            format!("{zh}(?:是|为)?(?:多少|什么|几号|哪个|呢)"),
            format!(
                "{zh}(?:和[^,。!?;]{{1,8}})?(?:方便|麻烦|能|可以|请|也|都)*(?:您|你)?(?:提供|发|告知|报|说)(?:一下|下|给我|给我们|我|过来|来|给客服)"
            ),
            format!("(?:把|将)(?:您|你)?的?{zh}"),
            format!("(?:^|[^不无])需要(?:用到|有|知道)?(?:您|你)?的?{zh}"),
            format!(
                r"\b(?:provide|share|send|give|tell|enter|confirm|type in|supply|let (?:me|us) (?:know|have)|(?:reply|respond|message me|message us) with)(?: me| us)?(?: with)?(?: your| the| an| a| both)*(?: [a-z]+){{0,2}} {en}"
            ),
            format!(
                r"\b(?:may|can|could|might) (?:i|we) (?:please )?(?:have|get|know|see)(?: your| the)*(?: [a-z]+)?? {en}"
            ),
            format!(r"\bwhat(?:'s| is| was)(?: your| the)*(?: [a-z]+)?? {en}"),
            format!(
                r"\b(?:i|we)(?:'ll|'d| will| would| just| only)* need(?: to (?:know|have))?(?: your| the)*(?: [a-z]+)?? {en}"
            ),
            format!(r"\b(?:your) {en},? please"),
        ];
        if *slot == Slot::OrderNumber {
            patterns.push("(?:哪个|哪一个|哪笔|哪一笔|哪张)(?:的)?订单|哪一?单(?:呢|的|需要)".to_owned());
            patterns.push(r"\bwhich order\b".to_owned());
        }
        if *slot == Slot::Name {
            patterns.push("(?:怎么|如何)称呼(?:您|你)?|贵姓".to_owned());
        }
        let patterns: Vec<&str> = patterns.iter().map(String::as_str).collect();
        Asking {
            slot: *slot,
            asks: any_of(&patterns),
        }
    };
    NAMES.iter().map(asking).collect()
});

/// What makes it no question to the customer: 请勿提供, `we will send your order number`.
static NOT_ASKED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"(?:请勿|勿|不要|不用|无需|无须|不需要|别|不会|不必|不能|已经?|我们会|客服会|系统会|会)[^,。!?;]{0,8}$",
        r"(?:(?:don't|do not|never|not|no) (?:need to |have to |ever )?|\b(?:we|i)(?:'ll| will| have|'ve| can| did)?(?: also| then| just)? ?)$",
    ])
});

/// What a normalised text asks for, in the order of [`Slot`]. A clause that already holds a number of eight digits or
/// more asks for none.
pub(crate) fn asked_slots(text: &str) -> Vec<Slot> {
    let asked = ASKING.iter().filter(|asking| asking.place_in(text).is_some());
    asked.map(|asking| asking.slot).collect()
}

/// Where a normalised text asks for this slot first.
pub fn asked_at(text: &str, slot: Slot) -> Option<Range<usize>> {
    ASKING.iter().find(|asking| asking.slot == slot)?.place_in(text)
}

impl Asking {
    fn place_in(&self, text: &str) -> Option<Range<usize>> {
        let mut places = self.asks.find_iter(text).map(|found| found.range());
        places.find(|range| {
            let has_number = self.slot != Slot::Name && holds_long_number(&text[clause(text, range)]);
            let is_need = text[range.clone()].contains(" need");
            !has_number && (is_need || !NOT_ASKED.is_match(before_in_clause(text, range)))
        })
    }
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
            ("Please confirm your shipping address", vec![Address]),
            ("May I have your phone number?", vec![Phone]),
        ] {
            assert_eq!(asked_slots(&normalise(text)), slots, "{text}");
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
            assert_eq!(asked_slots(&normalise(text)), [], "{text}");
        }
    }
}
