//! Whose a piece of personal data is, by the words around it.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::{PersonalDatum, PersonalKind};
use crate::reading::manner::owners::{Told, is_somebodys};

/// Whose a piece of personal data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A person's.
    Person,
    /// The shop's: to be told to anybody.
    Shop,
    /// Could be either's.
    Unclear,
}

/// The longest piece of a text that is looked at before a number. Unit: bytes.
const NEAR: usize = 120;

/// What sends somebody back to the shop: whoever is named beside it, the place is the shop's.
static BACK: LazyLock<Regex> = LazyLock::new(|| any_case(r"退[货换回]|寄回|return|\bback\ to\b"));

/// What stands before the data of a shop or of those that work for it.
static OF_A_SHOP: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"门店|专柜|仓库|公司|总部|店铺|本店|我们(?:的|店|家|公司|这|在|位于|总部|酒店|餐厅|商场|仓|门|电话|地址)|商家|店家|前台|总台|客服|热线|售后|官方|配送员|快递员|骑手|投诉(?:电话|热线|邮箱|渠道|请)
        |(?:联系|致电|打给|问|咨询|拨打)(?:一下|到)?(?:酒店|餐厅|餐馆|饭店|民宿|景区|景点|店里|老板)|(?:酒店|餐厅|餐馆|饭店|民宿|景区|景点|店里|老板)的?(?:联系)?(?:电话|手机|号码|方式)
        |the\ (?:hotel|restaurant|museum|park|reception|front\ desk|property|venue|(?:box|ticket)\ office|attraction|merchant|seller|shop|landlord)(?:\ (?:on|directly|by\ phone)\b|'s\ )
        |located|warehouse|store|office|headquarters|hotline|helpline|(?:customer|guest|client|patient|passenger|visitor)\ (?:services?|support|care|relations|desk|help|cent(?:er|re))|(?:call|reach|contact|visit|find|e-?mail|write\ to)\ us
        |\bour\b|\bcouriers?\b|driver",
    )
});

/// What stands before the number of an order that is one of a thing of somebody's: the card on this order.
static OF_A_THING: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"\b(?:card|phone|mobile|cell|telephone|contact|number|account|passport|id)\ (?:(?:used|given|kept|saved|held|left)\ )?(?:on|for|behind|with|of|in|under)\ (?:this|that|the|your|his|her|their|my)\ (?:[a-z]+\ )?(?:order|parcel|shipment|invoice)\ ?(?::|is\b)\ ?$",
    )
});

/// What stands before the number of an order or a parcel.
static OF_AN_ORDER: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"(?: (?:订单|运单|包裹|快递|物流|流水|批次|单|(?:^|[^证份卡])编)(?:号码?)?[是为::\ ]*
            | (?:order|tracking|waybill|parcel|shipment|invoice|reference|ref)(?:\ (?:number|no\.?|id|code))?[:\#\ ]*(?:is\ )?
          )$",
    )
});

/// Mailboxes of an office, not of a person.
static OF_AN_OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"^(?:service|services|support|help|helpdesk|care|customer[._-]?(?:service|care|support)|contact|info|kefu|cs|shop|store|sales|orders?|returns?|
            hello|team|no-?reply|feedback|privacy|marketing|press)@",
    )
});

fn any_case(pattern: &str) -> Regex {
    let pattern = pattern.replace(r"\b", r"(?-u:\b)");
    let build = RegexBuilder::new(&pattern)
        .case_insensitive(true)
        .ignore_whitespace(true)
        .build();
    build.expect("a valid pattern")
}

impl PersonalDatum {
    /// Whose it is, as the words around it in `text` say.
    ///
    /// A Chinese mobile, card or identity number and a mailbox with a person's name are a person's unless the words say otherwise;
    /// other phones and postal addresses, which shops have as well, only where the words say so.
    pub fn owner(&self, text: &str) -> Owner {
        if self.is_number() && self.is_an_orders(text) || self.is_office(text) {
            return Owner::Shop;
        }
        let is_a_shops = || is_a_shops(sentence_before(text, self.span.start));
        match self.kind {
            PersonalKind::Identity | PersonalKind::Card => Owner::Person,
            _ if is_somebodys(text, &self.span, self.told()) => Owner::Person,
            PersonalKind::Mobile | PersonalKind::Email | PersonalKind::Account if is_a_shops() => Owner::Unclear,
            PersonalKind::Mobile | PersonalKind::Email | PersonalKind::Account => Owner::Person,
            PersonalKind::Phone | PersonalKind::Address if is_a_shops() => Owner::Shop,
            PersonalKind::Phone | PersonalKind::Address => Owner::Unclear,
        }
    }

    fn told(&self) -> Told {
        match self.kind {
            PersonalKind::Address => Told::Address,
            _ => Told::Phone,
        }
    }

    fn is_number(&self) -> bool {
        !matches!(self.kind, PersonalKind::Email | PersonalKind::Address)
    }

    fn is_an_orders(&self, text: &str) -> bool {
        let start = text.ceil_char_boundary(self.span.start.saturating_sub(NEAR));
        let before = &text[start..self.span.start];
        OF_AN_ORDER.is_match(before) && !OF_A_THING.is_match(before)
    }

    fn is_office(&self, text: &str) -> bool {
        self.kind == PersonalKind::Email && OF_AN_OFFICE.is_match(&text[self.span.clone()])
    }
}

/// True when the words before a datum name the shop or those that work for it.
fn is_a_shops(before: &str) -> bool {
    BACK.is_match(before) || OF_A_SHOP.is_match(before)
}

/// What stands before a place in its sentence, at most [`NEAR`] bytes of it.
fn sentence_before(text: &str, at: usize) -> &str {
    let before = &text[text.ceil_char_boundary(at.saturating_sub(NEAR))..at];
    let start = before.rfind(['。', '！', '!', '\n']).max(before.rfind(". "));
    start.map_or(before, |end| &before[before.ceil_char_boundary(end + 1)..])
}

#[cfg(test)]
mod tests {
    use super::super::personal_data;
    use super::*;
    use crate::conversation::RunKey;

    #[test]
    fn whose_a_datum_is_is_known_by_the_sentence() {
        let table = include_str!("told.txt").lines().filter(|line| !line.starts_with('#'));
        let is_told = |text: &str| {
            let data = personal_data(text, RunKey::of_seed(1));
            data.iter().any(|datum| datum.owner(text) == Owner::Person)
        };
        let wrong: Vec<&str> = table
            .filter(|line| is_told(&line[2..]) != line.starts_with('+'))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
