//! What a single number means by what stands around it: 50元, ¥50, 百分之五, 八折, 48小时, 满300减50.

use std::ops::Range;

use super::numbers::{Number, Spelling};
use super::numerals::{han_number, is_numeral};
use super::prices::is_emphasis;
use super::units::{self, Kind, Unit};
use super::values::{Amount, Stated, Value};
use super::words::starts_with_word;
use super::{dates, days, words};

/// What a number means by the unit after it or the currency before it.
pub(super) fn quantity(text: &str, number: &Number) -> Option<Stated> {
    let (before, after) = (&text[..number.span.start], &text[number.span.end..]);
    let is_gap = |c: char| c.is_whitespace() || is_emphasis(c); // **70**元
    let (before, gap) = (
        before.trim_end_matches(is_gap),
        after.len() - after.trim_start_matches(is_gap).len(),
    );
    if let Some((kind, length)) = units::prefix(before)
        && !is_of_the_number_before(&before[..before.len() - length], number, after)
    {
        let span = before.len() - length..number.span.end;
        return (kind == Kind::Money).then(|| Stated::plain(Value::Money(Amount::exactly(number.value)), span));
    }
    for (words, factor) in [("百分之", 1.0), ("百分", 1.0), ("千分之", 0.1)] {
        if let Some(rest) = before.strip_suffix(words) {
            return Some(percent(text, number.value * factor, rest.len()..number.span.end));
        }
    }
    if let Some(stated) = half_price(number, after) {
        return Some(stated);
    }
    let (value, gap) = counted_in(number.value, after, gap);
    let Some(unit) = units::suffix(&after[gap..]).or_else(|| units::half_month(&after[..gap], &after[gap..])) else {
        let (day, length) = days::of_month(number.value, before, after)
            .or_else(|| dates::of_month_in_english(number.value, before, after))?;
        let span = number.span.start..number.span.end + length;
        return Some(Stated::loose(Value::Day(day), span));
    };
    let span = number.span.start..number.span.end + gap + unit.length;
    match unit.kind {
        Kind::Money => money(text, number, unit, span),
        Kind::Foreign => None,
        Kind::Percent => Some(percent(text, value * unit.factor, span)),
        Kind::Tenths => discount(number, span),
        Kind::Duration => duration(text, number, value * unit.factor, unit, span),
    }
}

/// True where the currency between two numbers is the first one's and the second counts what that buys: 199 RMB一晚, `199 rmb 2 nights`;
/// not: room 302 RMB 199. `before` is what stands before the currency, `after` what follows the second number.
fn is_of_the_number_before(before: &str, number: &Number, after: &str) -> bool {
    const BOUGHT: &[&str] = &[
        "晚", "夜", "间", "桌", "房", "碗", "杯", "串", "场", "趟", "night", "person", "people", "guest", "adult",
        "child", "kid", "ticket", "piece", "room", "head",
    ];
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || is_emphasis(c));
    let (after, is_word) = (after.trim_start(), number.spelling != Spelling::Digits);
    let counts = is_counted(after) || BOUGHT.iter().any(|thing| after.starts_with(thing));
    before.ends_with(|c: char| c.is_ascii_digit() || is_numeral(c)) && (counts || is_word && number.value < 10.0)
}

/// The value with what stands between it and its unit, and the length of that: 两个半(小时), two more (weeks), 200+ (yuan).
fn counted_in(value: f64, after: &str, gap: usize) -> (f64, usize) {
    if after.starts_with("个半") {
        return (value + 0.5, "个半".len());
    }
    let filler = [" more ", " full ", " whole ", " chinese ", "+ ", "+"]
        .iter()
        .find(|word| after.starts_with(**word));
    (value, filler.map_or(gap, |word| word.len()))
}

/// 半价, half price, half off.
fn half_price(number: &Number, after: &str) -> Option<Stated> {
    if number.value != 0.5 {
        return None;
    }
    let half = Amount::exactly(50.0);
    let meant = [
        ("价", Value::Percent(half)),
        ("-price", Value::Percent(half)),
        (" price", Value::Percent(half)),
        (" off", Value::PercentOff(half)),
    ];
    let (word, value) = meant.into_iter().find(|(word, _)| after.starts_with(word))?;
    Some(Stated::plain(value, number.span.start..number.span.end + word.len()))
}

/// 50元, 3块5, 9块9, 3元5角.
fn money(text: &str, number: &Number, unit: Unit, mut span: Range<usize>) -> Option<Stated> {
    let after = &text[span.end..];
    let is_piece = text[..span.end].ends_with('块') && number.spelling == Spelling::Han && number.value < 10.0;
    let is_foreign = ["港币", "美金", "日币"].iter().any(|name| after.starts_with(name));
    if is_foreign || is_name(text, number, &span) {
        return None;
    }
    if text[..span.end].ends_with('块') && number.value < 10.0 && text[..span.start].ends_with(['买', '送', '赠']) {
        return None; // 买3块送1块: pieces
    }
    let goes_on = after.starts_with(|c: char| !c.is_alphanumeric() || c.is_ascii_digit() || is_numeral(c));
    if is_piece && !(after.is_empty() || goes_on || after.starts_with("钱") || after.starts_with("包邮")) {
        return None; // 三块香皂: pieces
    }
    let mut value = number.value * unit.factor;
    if unit.factor == 1.0 {
        let (tenth, length) = tenth_after(after, number);
        value += tenth;
        span.end += length;
    }
    Some(Stated::plain(Value::Money(Amount::exactly(value)), span))
}

/// 大三元, 糖三角, 八角: names and things, unless a word of trade stands before.
fn is_name(text: &str, number: &Number, span: &Range<usize>) -> bool {
    let word = &text[span.clone()];
    let before = text[..span.start].chars().next_back();
    ["三元", "三角", "八角"].contains(&word)
        && number.spelling == Spelling::Han
        && before.is_some_and(|c| c.is_alphanumeric() && !"满减价省抵返仅只才要付退补元块惠收差".contains(c))
}

/// The 9 of 9块9 and its length in bytes: a digit, alone or before 毛 or 角.
fn tenth_after(after: &str, number: &Number) -> (f64, usize) {
    let Some(first) = after.chars().next() else {
        return (0.0, 0);
    };
    let (written, rest) = after.split_at(first.len_utf8());
    let is_han = number.spelling == Spelling::Han;
    let digit = if is_han {
        han_number(written)
    } else {
        first.to_digit(10).map(f64::from)
    };
    let Some(digit) = digit.filter(|digit| (1.0..10.0).contains(digit)) else {
        return (0.0, 0);
    };
    match rest.chars().next() {
        Some(mark @ ('毛' | '角')) => (digit / 10.0, first.len_utf8() + mark.len_utf8()),
        Some('.') | Some('0'..='9') => (0.0, 0),
        // 十块一斤, 10元3支: what follows is counted; of Chinese digits only 三块五 alone is certain.
        _ if units::suffix(rest).is_some() || is_counted(rest) => (0.0, 0),
        Some(next) if is_han && next.is_alphanumeric() && !rest.starts_with("包邮") => (0.0, 0),
        _ => (digit / 10.0, first.len_utf8()),
    }
}

fn percent(text: &str, value: f64, span: Range<usize>) -> Stated {
    let (before, after) = (text[..span.start].trim_end(), text[span.end..].trim_start());
    let before = before.trim_end_matches('了');
    let is_off = ["off", "discount", "的优惠", "优惠", "cheaper", "less"]
        .iter()
        .any(|word| after.starts_with(word))
        || [
            "减",
            "优惠",
            "便宜",
            "省",
            "降",
            "降价",
            "save",
            "save up to",
            "discount of",
        ]
        .iter()
        .any(|word| before.ends_with(word));
    let amount = Amount::exactly(value);
    let value = if is_off {
        Value::PercentOff(amount)
    } else {
        Value::Percent(amount)
    };
    Stated::plain(value, span)
}

/// 8折 and 八折 are 80, 9.5折, 95折 and 九五折 are 95 of the price.
fn discount(number: &Number, span: Range<usize>) -> Option<Stated> {
    let is_discount = (0.1..100.0).contains(&number.value);
    is_discount.then(|| Stated::plain(Value::Percent(Amount::exactly(tenths(number.value))), span))
}

pub(super) fn tenths(value: f64) -> f64 {
    if value <= 10.0 { value * 10.0 } else { value }
}

fn duration(text: &str, number: &Number, seconds: f64, unit: Unit, mut span: Range<usize>) -> Option<Stated> {
    let word = &text[number.span.end..span.end];
    if word == "年" && number.value >= 1_000.0 {
        return None; // 2026年: a year, not a span
    }
    let is_kind = is_kind_of_thing(text, number, &span);
    if is_kind || is_round_the_clock(text, number, unit, &span) || is_some_day(text, number, unit, &span) {
        return None;
    }
    let mut amount = Amount::exactly(seconds);
    if number.spelling == Spelling::HanDigits {
        // 三五天: three to five days
        let (tens, ones) = ((number.value / 10.0).floor(), number.value % 10.0);
        if number.value >= 100.0 || tens >= ones {
            return None;
        }
        amount = Amount {
            low: tens * unit.factor,
            high: ones * unit.factor,
        };
    }
    if let Some(length) = half_after(&text[span.end..], unit.factor).filter(|_| number.value >= 1.0) {
        amount = Amount::exactly(seconds + unit.factor / 2.0);
        span.end += length;
    }
    Some(Stated::plain(Value::Duration(amount), span))
}

/// The length of a half that follows a unit: 两天半, an hour and a half.
fn half_after(after: &str, unit: f64) -> Option<usize> {
    if let Some(rest) = after.strip_prefix('半') {
        return (unit >= 86_400.0 && !rest.starts_with(['价', '个'])).then_some('半'.len_utf8());
    }
    starts_with_word(after, " and a half").then_some(" and a half".len())
}

/// 24小时客服, `24-hour hotline`: open day and night, no length of time.
fn is_round_the_clock(text: &str, number: &Number, unit: Unit, span: &Range<usize>) -> bool {
    const FOLLOWS: &[&str] = &[
        "客服",
        "在线",
        "热水",
        "营业",
        "服务",
        "前台",
        "人工",
        "开放",
        "热线",
        "接待",
        "守候",
        "不打烊",
        "供",
        "都在",
        "hotline",
        "support",
        "service",
        "customer",
        "live",
        "front",
        "chat",
    ];
    let after = text[span.end..].trim_start();
    number.value == 24.0 && unit.factor == 3_600.0 && FOLLOWS.iter().any(|word| after.starts_with(word))
}

/// A day ticket, a week pass: a kind of thing, no length of time.
fn is_kind_of_thing(text: &str, number: &Number, span: &Range<usize>) -> bool {
    const THINGS: [&str; 8] = [
        " ticket", " pass", " trip", " tour", " card", " bag", " rate", " return",
    ];
    let is_article = number.spelling == Spelling::English && number.value == 1.0;
    is_article && THINGS.iter().any(|thing| text[span.end..].starts_with(thing))
}

/// "one day" without a word that makes it a promise: some day.
fn is_some_day(text: &str, number: &Number, unit: Unit, span: &Range<usize>) -> bool {
    let is_one = number.spelling == Spelling::English && number.value == 1.0 && unit.factor == 86_400.0;
    is_one
        && text[number.span.clone()] == *"one"
        && text[span.clone()].ends_with(" day")
        && !words::counts(&text[..span.start])
}

/// Words of trade after which a number without a unit is an amount of money.
const MONEY_BEFORE: &[&str] = &[
    "满", "减", "返", "省", "抵", "直降", "优惠", "到手", "价", "价格", "价钱", "实付", "定金", "订金", "尾款", "仅需",
    "消费", "低至", "spend", "save",
];

/// Words after which a number is an amount only if nothing follows on it: 一共一百五.
const MONEY_BEFORE_THE_END: &[&str] = &[
    "共", "合计", "只要", "只需", "才", "卖", "付", "退", "补", "押金", "门票", "运费", "邮费", "预算",
];

/// What counts pieces, people or years: a number before one of these is no amount of money.
const COUNTERS: &str = "件个盒瓶支片单次人名位款张份套包分点级号楼层岁倍种条家克斤毫升位期成多来余几折天日小月年周秒%";

/// True when the text after a number counts something. 包 counts bags, 包邮 is free shipping.
pub(super) fn is_counted(after: &str) -> bool {
    after.starts_with(|c| COUNTERS.contains(c)) && !after.starts_with("包邮")
}

/// 满200减20、300减50: the second step goes without its 满; so do 两百减二十 and 买200省20.
fn is_threshold(number: &Number, before: &str, after: &str) -> bool {
    let after = after.strip_prefix(['立', '直']).unwrap_or(after);
    let taken = after.strip_prefix('减').or_else(|| {
        let saves = before.ends_with('买').then(|| after.strip_prefix('省'));
        saves.flatten()
    });
    taken.is_some_and(|rest| match number.spelling {
        Spelling::Digits => rest.starts_with(|c: char| c.is_ascii_digit()),
        Spelling::Han => number.value >= 100.0 && rest.starts_with(is_numeral),
        _ => false,
    })
}

/// The bare amounts of 满300减50, 满300-50 and `50 off`.
pub(super) fn bare_money(text: &str, numbers: &[Number], at: usize) -> Option<Stated> {
    let number = &numbers[at];
    let (before, after) = (&text[..number.span.start], text[number.span.end..].trim_start());
    let before = before.trim_end_matches([' ', ':', '了', '在', '是', '为', '约']);
    let before = before.strip_suffix("最好").unwrap_or(before);
    let is_word = number.spelling == Spelling::Han && number.value < 10.0; // 减一点, 省一半
    let is_foreign = units::prefix(before.trim_end()).is_some();
    if is_foreign
        || is_counted(after)
        || is_word
        || number.spelling == Spelling::English
        || units::suffix(after).is_some()
    {
        return None;
    }
    let stands_off = after
        .strip_prefix("off")
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    let follows_word =
        MONEY_BEFORE.iter().any(|word| before.ends_with(word)) && !(before.ends_with('满') && number.value < 10.0);
    let ends = !after.starts_with(char::is_alphanumeric);
    let follows_word = follows_word || ends && MONEY_BEFORE_THE_END.iter().any(|word| before.ends_with(word));
    let is_threshold = is_threshold(number, before, after);
    let follows_threshold = at > 0
        && before
            .strip_suffix('-')
            .is_some_and(|rest| rest.len() == numbers[at - 1].span.end)
        && number.value < numbers[at - 1].value
        && text[..numbers[at - 1].span.start].ends_with('满');
    let is_money = stands_off || follows_word || is_threshold || follows_threshold;
    is_money.then(|| Stated::plain(Value::Money(Amount::exactly(number.value)), number.span.clone()))
}
