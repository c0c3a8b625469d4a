//! The amounts of a text that a step of a discount may hold.

use std::ops::Range;

use crate::reading::numbers::{Number, Spelling, Token, tokens};
use crate::reading::quantities::is_counted;
use crate::reading::units;
use crate::reading::values::{Amount, Force, Stated, Value};

/// An amount of yuan; of a range its lower end, from which on a step applies.
pub(super) struct Amounted {
    pub(super) yuan: f64,
    pub(super) span: Range<usize>,
    pub(super) is_firm: bool,
    /// Without a currency: an amount only by what stands beside it.
    pub(super) is_bare: bool,
}

/// The amounts of a text that a step may hold, with and without a currency.
pub(super) fn amounts(text: &str, values: &[Stated]) -> Vec<Amounted> {
    let mut amounts: Vec<Amounted> = values.iter().filter_map(stated).collect();
    let is_free = |span: &Range<usize>| {
        let following = values.partition_point(|one| one.span.start < span.end);
        values[..following].last().is_none_or(|one| span.start >= one.span.end)
    };
    let bare = tokens(text).into_iter().filter_map(|token| match token {
        Token::Number(number) if is_free(&number.span) => bare(text, &number),
        _ => None,
    });
    amounts.extend(bare);
    amounts.sort_by_key(|amount| amount.span.start);
    amounts
}

/// The amount that a value is, if it is one and not denied.
pub(super) fn stated(stated: &Stated) -> Option<Amounted> {
    match stated.value {
        Value::Money(Amount { low, .. }) if stated.force != Force::Denied => Some(Amounted {
            yuan: low,
            span: stated.span.clone(),
            is_firm: stated.force == Force::Plain,
            is_bare: false,
        }),
        _ => None,
    }
}

/// A number that may be an amount, since it counts nothing.
fn bare(text: &str, number: &Number) -> Option<Amounted> {
    let (before, after) = (
        text[..number.span.start].trim_end(),
        text[number.span.end..].trim_start(),
    );
    let is_spelt = match number.spelling {
        Spelling::Digits => true,
        Spelling::Han | Spelling::English => number.value >= 10.0,
        Spelling::HanDigits => false,
    };
    let counts = is_counted(after) && !after.starts_with('档') || units::suffix(after).is_some();
    let is_mark = is_list_mark(text, number);
    let is_amount = is_spelt && !counts && !is_mark && units::prefix(before).is_none();
    is_amount.then(|| Amounted {
        yuan: number.value,
        span: number.span.clone(),
        is_firm: true,
        is_bare: true,
    })
}

/// The highest number that marks an entry of a list.
const LAST_MARK: f64 = 20.0;

/// True for the number of an entry that its words follow on without a mark, as ① does: ①满200元减20元.
fn is_list_mark(text: &str, number: &Number) -> bool {
    let (before, after) = (text[..number.span.start].trim_end(), &text[number.span.end..]);
    let begins = before.is_empty()
        || before.ends_with(['\n', ';', ',', '。', '.', ':', '!', '、'])
        || before.len() < number.span.start;
    let leads = after
        .trim_start()
        .starts_with(|c| "满消买购订达超团凡每花总累充拼下凑当如若第单".contains(c));
    number.value <= LAST_MARK && number.value.fract() == 0.0 && begins && leads
}
