//! A number of the order that is named without being told, beside a question, a request, a need or an invitation to find and send it.
//!
//! ```text
//!  您订房的[单号]还记得吗? 麻烦发一下        a question
//!  the front desk needs your [reservation number] a need
//!  短信里有个[订单号], 发我看看              named, and what follows asks for it
//! ```
//!
//! What the bot gives, has or thanks for is not asked for: 订单号会发给您, `thank you for your order number`.

mod chinese;
mod english;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::super::clauses::clause;
use super::super::super::language::is_han;
use super::super::any_of;
use super::holds_long_number;

/// What the number belongs to.
const OF_CHINESE: &str = "订单|预订|预定|预约|订房|订票|订座|订购|入住|交易|下单|购买|行程|凭证|确认";
const OF_ENGLISH: &str =
    "order|purchase|booking|reservation|confirmation|transaction|itinerary|reference|receipt|voucher";

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
                true => chinese::is_asked(text, name),
                false => english::is_asked(text, name),
            }
    })
}

/// A bot that repeats itself without end must not make it endless.
const MENTIONS: usize = 8;

/// The value follows: 订单号:DX20418.
static TOLD: LazyLock<Regex> = LazyLock::new(|| any_of(&[r"^\s*(?:是|为|:|is|：)?\s*[a-z]{0,4}-?[0-9]{4}"]));
