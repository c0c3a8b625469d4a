//! Whose a piece of personal data is, by the words around it; and how two writings of it are known for the same.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::plain::Plain;
use super::{PersonalDatum, PersonalKind, names, personal_data, places};
use crate::conversation::RunKey;

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

/// The longest piece of a sentence that is looked at before a datum. Unit: bytes.
const NEAR: usize = 120;

/// Digits at the end of two phone numbers that make them the same, with or without the codes before.
const SAME_DIGITS: usize = 8;

/// What stands before the data of a person: a recipient, a buyer, an account.
static OF_A_PERSON: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"收[货件]|寄[到往至给]|送[到往至]|派[送往]|签收|预留|买家|顾客|先生|女士|小姐|账户|绑定|注册|本人|他的|她的|收件人|入住人|预订人|订房人|联系人|持卡人|机主|户主|家住|住在|住址|是[您你]吗|[您你]的(?:手机|电话|号码|联系|地址|邮箱)
        |recipient|consignee|addressee|customer|buyer|purchaser|payer|\bguest\b|tenant|subscriber|(?:card|account|policy)[\ -]?holder|next\ of\ kin
        |(?:HANDED|(?:will|to|shall|can|could|would)\ (?:be\ )?HAND|(?:'ll|is|was|were|are|been|being|gets?|got|has|have)\ HANDED)\b[^.!?;]{0,48}\b(?:to|at|for|address)\b
        |(?:billing|shipping|delivery|home|postal|mailing|residential)\ address|in\ the\ name\ of|under\ the\ name
        |your\ (?:phone|mobile|cell|number|address|e-?mail|home)|on\ file|(?:is|was)\ (?:this|that)\ you|(?:reach|call|contact|phone|text|e-?mail|find|visit|ring|write\ to)\ (?:him|her)\b
        |(?:lives?|living|resid(?:es|ing|ent)|stay(?:s|ing))\ (?:at|in)|(?:booked|paid|ordered|placed|signed|rented|bought|reserved)\ (?:for\ )?by|checked\ in|registered|belong(?:s|ing)?\ to|(?:his|her)\ ",
    )
});

/// What stands before the data of a shop or of those that work for it.
static OF_A_SHOP: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"退[货换回]|寄回|门店|专柜|仓库|公司|总部|店铺|本店|我们|商家|客服|热线|售后|官方|配送员|快递员|骑手|投诉
        |located|return|\bback\ to\b|warehouse|store|office|headquarters|hotline|helpline|(?:customer|guest|client|patient|passenger)\ (?:services?|support|care|relations|desk|help)|(?:call|reach|contact|visit|find|e-?mail|write\ to)\ us
        |\bour\b|\bcouriers?\b|driver",
    )
});

/// What stands before the number of an order or a parcel.
static OF_AN_ORDER: LazyLock<Regex> = LazyLock::new(|| {
    any_case(
        r"(?: (?:订单|运单|包裹|快递|物流|流水|批次|单|编)(?:号码?)?[是为::\ ]*
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

/// Verbs by which something is moved to somebody (Levin, English Verb Classes and Alternations, 1993, section 11.1), told as done or to be done:
/// in the imperative they send the customer somewhere, which is to the shop.
const HAND: &str = "(?:air-?mail|convey|courier|deliver|despatch|dispatch|express|forward|hand|mail|pass|post|send|ship|transfer|bring|drop)";
const HANDED: &str = "(?:air-?mail(?:ed|ing)|convey(?:ed|ing)|courier(?:ed|ing)|deliver(?:ed|ing|y)|despatch(?:ed|ing)|dispatch(?:ed|ing)|express(?:ed|ing)|forward(?:ed|ing)|hand(?:ed|ing)|mail(?:ed|ing)|pass(?:ed|ing)|post(?:ed|ing)|sent|sending|ship(?:ped|ping|s)|transferr(?:ed|ing)|brought|bringing|dropp(?:ed|ing)|went\\ out|goes\\ out|going\\ out)";

fn any_case(pattern: &str) -> Regex {
    let pattern = pattern
        .replace("HANDED", HANDED)
        .replace("HAND", HAND)
        .replace(r"\b", r"(?-u:\b)");
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
        let before = sentence_before(text, self.span.start);
        let is_number = !matches!(self.kind, PersonalKind::Email | PersonalKind::Address);
        if is_number && OF_AN_ORDER.is_match(before) || self.is_office(text) {
            return Owner::Shop;
        }
        match self.kind {
            PersonalKind::Identity | PersonalKind::Card => Owner::Person,
            PersonalKind::Mobile | PersonalKind::Email | PersonalKind::Account if OF_A_SHOP.is_match(before) => {
                Owner::Unclear
            }
            PersonalKind::Mobile | PersonalKind::Email | PersonalKind::Account => Owner::Person,
            PersonalKind::Phone | PersonalKind::Address if OF_A_SHOP.is_match(before) => Owner::Shop,
            PersonalKind::Phone | PersonalKind::Address
                if OF_A_PERSON.is_match(before) || names::stand_beside(text, &self.span) =>
            {
                Owner::Person
            }
            PersonalKind::Phone | PersonalKind::Address => Owner::Unclear,
        }
    }

    fn is_office(&self, text: &str) -> bool {
        self.kind == PersonalKind::Email && OF_AN_OFFICE.is_match(&text[self.span.clone()])
    }

    /// Equal for two writings of the same datum: a phone with and without its country's code, an address with and without its city.
    pub fn key(&self, text: &str) -> String {
        let written = Plain::of(&text[self.span.clone()]).text().to_lowercase();
        match self.kind {
            PersonalKind::Mobile | PersonalKind::Phone => {
                let digits: Vec<char> = written.chars().filter(char::is_ascii_digit).collect();
                digits[digits.len().saturating_sub(SAME_DIGITS)..].iter().collect()
            }
            PersonalKind::Card | PersonalKind::Account | PersonalKind::Identity => {
                written.chars().filter(char::is_ascii_alphanumeric).collect()
            }
            PersonalKind::Email => places::mailbox(&written),
            PersonalKind::Address => house(&written).unwrap_or(written),
        }
    }
}

/// A street's last characters and the house number behind them.
static CHINESE_HOUSE: LazyLock<Regex> =
    LazyLock::new(|| any_case(r"\p{Han}(?:道|街|同|路|巷|弄|村|区|园|苑|厦|场)[\ ,]?[a-z]?[0-9]{1,5}"));

/// A house number and the first word of its street.
static ENGLISH_HOUSE: LazyLock<Regex> = LazyLock::new(|| any_case(r"\b[0-9]{1,5}[a-z]?[\ ][a-z0-9]+"));

/// The part of an address that tells it from others.
fn house(address: &str) -> Option<String> {
    let found = CHINESE_HOUSE.find(address).or_else(|| ENGLISH_HOUSE.find(address))?;
    Some(bare(found.as_str()))
}

/// The keys of all personal data in what somebody wrote of themselves: also of a street and house number without a town.
pub fn personal_keys(text: &str, key: RunKey) -> Vec<String> {
    let data = personal_data(text, key);
    let houses = CHINESE_HOUSE.find_iter(text).map(|found| bare(found.as_str()));
    data.iter().map(|datum| datum.key(text)).chain(houses).collect()
}

fn bare(written: &str) -> String {
    let letters = written.chars().filter(|character| character.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// What stands before a place in its sentence, at most [`NEAR`] bytes of it.
fn sentence_before(text: &str, at: usize) -> &str {
    let before = &text[text.ceil_char_boundary(at.saturating_sub(NEAR))..at];
    // A question says of whom the next sentence speaks: "Is this you? ..."
    let ends = before.rfind(['。', '！', '!', '\n', ';', '；']);
    let stop = before.rfind(". ");
    let start = ends.max(stop).map_or(0, |end| before.ceil_char_boundary(end + 1));
    &before[start..]
}
