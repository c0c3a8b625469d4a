//! What a number counts: the units that may follow it.

/// What a unit makes of its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Yuan.
    Money,
    /// Another currency: no value that a fact could have.
    Foreign,
    /// Percent.
    Percent,
    /// 折: tenths of the price.
    Tenths,
    /// Seconds.
    Duration,
}

/// A unit as it stands after a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    pub(super) kind: Kind,
    /// What one of it is worth in yuan, percent or seconds.
    pub(super) factor: f64,
    /// Its length in the text, in bytes.
    pub(super) length: usize,
}

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;

/// Longest first where one is the beginning of another. A month counts as 30 days, a year as 365, a working day as a
/// day: facts know no other lengths of time.
const UNITS: &[(&str, Kind, f64)] = &[
    ("元", Kind::Money, 1.0),
    ("圆", Kind::Money, 1.0),
    ("块", Kind::Money, 1.0),
    ("人民币", Kind::Money, 1.0),
    ("角", Kind::Money, 0.1),
    ("毛", Kind::Money, 0.1),
    ("分钱", Kind::Money, 0.01),
    ("rmb", Kind::Money, 1.0),
    ("cny", Kind::Money, 1.0),
    ("yuan", Kind::Money, 1.0),
    ("renminbi", Kind::Money, 1.0),
    ("yuans", Kind::Money, 1.0),
    ("rmbs", Kind::Money, 1.0),
    ("kuai", Kind::Money, 1.0),
    ("r", Kind::Money, 1.0),
    ("¥", Kind::Money, 1.0),
    ("大洋", Kind::Money, 1.0),
    ("美元", Kind::Foreign, 1.0),
    ("美金", Kind::Foreign, 1.0),
    ("欧元", Kind::Foreign, 1.0),
    ("港币", Kind::Foreign, 1.0),
    ("港元", Kind::Foreign, 1.0),
    ("日元", Kind::Foreign, 1.0),
    ("韩元", Kind::Foreign, 1.0),
    ("英镑", Kind::Foreign, 1.0),
    ("usd", Kind::Foreign, 1.0),
    ("dollars", Kind::Foreign, 1.0),
    ("dollar", Kind::Foreign, 1.0),
    ("euros", Kind::Foreign, 1.0),
    ("euro", Kind::Foreign, 1.0),
    ("eur", Kind::Foreign, 1.0),
    ("hkd", Kind::Foreign, 1.0),
    ("€", Kind::Foreign, 1.0),
    ("%", Kind::Percent, 1.0),
    ("percent", Kind::Percent, 1.0),
    ("per cent", Kind::Percent, 1.0),
    ("pct", Kind::Percent, 1.0),
    ("成", Kind::Percent, 10.0),
    ("折", Kind::Tenths, 1.0),
    ("秒钟", Kind::Duration, 1.0),
    ("秒", Kind::Duration, 1.0),
    ("分钟", Kind::Duration, MINUTE),
    ("刻钟", Kind::Duration, 15.0 * MINUTE),
    ("个小时", Kind::Duration, HOUR),
    ("小时", Kind::Duration, HOUR),
    ("个钟头", Kind::Duration, HOUR),
    ("钟头", Kind::Duration, HOUR),
    ("个工作日", Kind::Duration, DAY),
    ("工作日", Kind::Duration, DAY),
    ("个自然日", Kind::Duration, DAY),
    ("自然日", Kind::Duration, DAY),
    ("天", Kind::Duration, DAY),
    ("日", Kind::Duration, DAY),
    ("个星期", Kind::Duration, 7.0 * DAY),
    ("星期", Kind::Duration, 7.0 * DAY),
    ("个礼拜", Kind::Duration, 7.0 * DAY),
    ("礼拜", Kind::Duration, 7.0 * DAY),
    ("周", Kind::Duration, 7.0 * DAY),
    ("个月", Kind::Duration, 30.0 * DAY),
    ("年", Kind::Duration, 365.0 * DAY),
    ("seconds", Kind::Duration, 1.0),
    ("second", Kind::Duration, 1.0),
    ("secs", Kind::Duration, 1.0),
    ("sec", Kind::Duration, 1.0),
    ("s", Kind::Duration, 1.0),
    ("minutes", Kind::Duration, MINUTE),
    ("minute", Kind::Duration, MINUTE),
    ("mins", Kind::Duration, MINUTE),
    ("min", Kind::Duration, MINUTE),
    ("hours", Kind::Duration, HOUR),
    ("hour", Kind::Duration, HOUR),
    ("hrs", Kind::Duration, HOUR),
    ("hr", Kind::Duration, HOUR),
    ("h", Kind::Duration, HOUR),
    ("business days", Kind::Duration, DAY),
    ("business day", Kind::Duration, DAY),
    ("working days", Kind::Duration, DAY),
    ("working day", Kind::Duration, DAY),
    ("calendar days", Kind::Duration, DAY),
    ("calendar day", Kind::Duration, DAY),
    ("days", Kind::Duration, DAY),
    ("day", Kind::Duration, DAY),
    ("weeks", Kind::Duration, 7.0 * DAY),
    ("week", Kind::Duration, 7.0 * DAY),
    ("fortnights", Kind::Duration, 14.0 * DAY),
    ("fortnight", Kind::Duration, 14.0 * DAY),
    ("months", Kind::Duration, 30.0 * DAY),
    ("month", Kind::Duration, 30.0 * DAY),
    ("years", Kind::Duration, 365.0 * DAY),
    ("year", Kind::Duration, 365.0 * DAY),
];

/// Words that a unit is only the beginning of: 三折叠, 5毛巾, 3周年, 10秒杀, 1元旦.
const LONGER_WORDS: &[(&str, &str)] = &[
    ("折", "叠伞页痕"),
    ("毛", "巾孔绒衣刷笔"),
    ("角", "色落度质星形地"),
    ("成", "人功分都为本员品熟"),
    ("周", "年岁边"),
    ("秒", "杀"),
    ("元", "旦素宝件论桥里"),
    ("年", "龄级货代纪"),
    ("日", "用常霜元"),
    ("天", "猫然"),
];

/// Names of hotel chains that begin like a length of time.
const NAMES: &[&str] = &["天连锁", "天优品", "天酒店"];

/// Letters right after digits that measure a thing: 500ml, 256gb, 65w, 4k, 5g, 3d, 10x.
const MEASURES: &[&str] = &[
    "ml", "l", "kg", "g", "mg", "km", "m", "cm", "mm", "gb", "tb", "mb", "kb", "w", "kw", "wh", "mah", "v", "hz",
    "khz", "mhz", "ghz", "p", "fps", "oz", "lb", "lbs", "ft", "in", "inch", "x", "d",
];

/// What makes 7日 a length of time and not a day of the month.
const AFTER_A_SPAN_OF_DAYS: &[&str] = &["内", "之内", "以内", "无理由", "后", "有效", "价保", "保价"];

/// The unit with which the text after a number begins.
pub(super) fn suffix(after: &str) -> Option<Unit> {
    let first = after.chars().next()?;
    if first == '天' && NAMES.iter().any(|name| after.starts_with(name)) {
        return None;
    }
    if is_short_day(after) {
        let (kind, factor) = (Kind::Duration, DAY);
        return Some(Unit {
            kind,
            factor,
            length: 1,
        });
    }
    let hyphen = usize::from(first == '-' && after[1..].starts_with(|c: char| c.is_ascii_lowercase()));
    let text = &after[hyphen..];
    // Most characters begin no unit: a look at the first byte tells.
    let first = *text.as_bytes().first()?;
    if first.is_ascii() && !first.is_ascii_lowercase() && first != b'%' {
        return None;
    }
    let mut begins_alike = UNITS
        .iter()
        .filter(|(name, ..)| name.as_bytes().first() == Some(&first));
    begins_alike.find_map(|(name, kind, factor)| {
        let rest = text.strip_prefix(name)?;
        let unit = Unit {
            kind: *kind,
            factor: *factor,
            length: hyphen + name.len(),
        };
        stands_alone(name, rest).then_some(unit)
    })
}

fn stands_alone(name: &str, rest: &str) -> bool {
    if name.ends_with(|c: char| c.is_ascii_lowercase()) {
        return !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && !rest.trim_start().starts_with("old");
    }
    if name == "日" {
        return AFTER_A_SPAN_OF_DAYS.iter().any(|after| rest.starts_with(after));
    }
    if name == "¥" {
        return !rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    }
    let is_longer = |(unit, next): &(&str, &str)| *unit == name && rest.starts_with(|c| next.contains(c));
    !LONGER_WORDS.iter().any(is_longer)
}

/// True for letters that may be written right after the digits: `48h`, `50rmb`, `11th`.
pub(super) fn is_attached(letters: &str) -> bool {
    matches!(letters, "st" | "nd" | "rd" | "th" | "ish" | "pp" | "pax")
        || UNITS.iter().any(|(name, _, _)| *name == letters)
}

/// True for the letters of a measure that stand right after digits; no more letters or digits may follow on.
pub(super) fn is_measure(letters: &str, after: &str) -> bool {
    MEASURES.contains(&letters)
        && !after.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && !is_day_mark(letters, after)
}

/// 3d内, 7d后: days. 3d打印 is none.
pub(super) fn is_short_day(after: &str) -> bool {
    after.strip_prefix('d').is_some_and(|rest| is_day_mark("d", rest))
}

fn is_day_mark(letters: &str, after: &str) -> bool {
    letters == "d" && after.starts_with(['内', '后', '之'])
}

/// The 月 of 一个半月, where `before` is what stands between it and its number.
pub(super) fn half_month(before: &str, after: &str) -> Option<Unit> {
    let is_month = before == "个半" && after.starts_with('月');
    is_month.then_some(Unit {
        kind: Kind::Duration,
        factor: 30.0 * DAY,
        length: '月'.len_utf8(),
    })
}

/// True for letters that name a currency and may be written right before the digits: `rmb50`.
pub(super) fn is_currency(letters: &str) -> bool {
    prefix(letters).is_some()
}

/// The currency with which the text before a number ends, and its length in bytes.
pub(super) fn prefix(before: &str) -> Option<(Kind, usize)> {
    PREFIXES
        .iter()
        .find(|(name, _)| before.ends_with(name))
        .map(|(name, kind)| (*kind, name.len()))
}

const PREFIXES: &[(&str, Kind)] = &[
    ("¥", Kind::Money),
    ("rmb", Kind::Money),
    ("cny", Kind::Money),
    ("人民币", Kind::Money),
    ("$", Kind::Foreign),
    ("€", Kind::Foreign),
    ("£", Kind::Foreign),
    ("₩", Kind::Foreign),
    ("usd", Kind::Foreign),
    ("eur", Kind::Foreign),
    ("hkd", Kind::Foreign),
    ("美元", Kind::Foreign),
    ("港币", Kind::Foreign),
    ("日元", Kind::Foreign),
    ("欧元", Kind::Foreign),
];
