//! Days that are named without their date, and their Chinese names: 明天, 周五, 下周三, 周末, 月底.

use jiff::civil::{Date, Weekday};

use super::numbers::{Found, Token};
use super::words::starts_with_digit;
use super::{midnight, units};

/// A day that the day on which it is said makes a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedDay {
    /// Counted from today: 1 is tomorrow.
    Counted(i8),
    /// 周五: the next one, today included.
    Coming(Weekday),
    /// 下周三: of the week so many weeks after this one. Weeks begin on Monday.
    OfWeek(i8, Weekday),
    /// `next Friday`: to some the coming one, to others the one after.
    Next(Weekday),
    /// `last Saturday`: one of the seven days before today.
    Last(Weekday),
    /// 下周末: Saturday or Sunday of the week so many weeks after this one.
    Weekend(i8),
    /// 月底: from the 25th to the last day of this month.
    MonthEnd,
    /// 12号: the next day of a month that has this number.
    OfMonth(i8),
    /// 12号24点: the day after the next one of a month that has this number.
    AfterOfMonth(i8),
}

impl NamedDay {
    /// Whether it may be this date when it is said on `today`.
    pub fn may_be(self, date: Date, today: Date) -> bool {
        let ahead = days_between(today, date);
        let monday = i32::from(today.weekday().to_monday_zero_offset());
        let week = (ahead + monday).div_euclid(7);
        match self {
            NamedDay::Counted(days) => ahead == i32::from(days),
            NamedDay::Coming(weekday) => date.weekday() == weekday && (0..7).contains(&ahead),
            NamedDay::OfWeek(weeks, weekday) => date.weekday() == weekday && week == i32::from(weeks),
            NamedDay::Next(weekday) => date.weekday() == weekday && (1..=14).contains(&ahead),
            NamedDay::Last(weekday) => date.weekday() == weekday && (-7..0).contains(&ahead),
            NamedDay::Weekend(weeks) => {
                matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && week == i32::from(weeks)
            }
            NamedDay::MonthEnd => (date.year(), date.month()) == (today.year(), today.month()) && date.day() >= 25,
            NamedDay::OfMonth(day) => {
                let is_earlier = |days: i32| {
                    let other = today.checked_add(jiff::Span::new().days(days));
                    other.is_ok_and(|other| other.day() == day)
                };
                date.day() == day && (0..31).contains(&ahead) && !(0..ahead).any(is_earlier)
            }
            NamedDay::AfterOfMonth(day) => date
                .yesterday()
                .is_ok_and(|before| NamedDay::OfMonth(day).may_be(before, today)),
        }
    }

    /// The day after it, where it is a single one.
    pub(super) fn next(self) -> Option<NamedDay> {
        match self {
            NamedDay::Counted(days) => Some(NamedDay::Counted(days + 1)),
            NamedDay::OfMonth(day) => Some(NamedDay::AfterOfMonth(day)),
            _ => None,
        }
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// Days counted from today, and what may not follow: 后天猫 is no day.
const COUNTED: &[(&str, i8, &str)] = &[
    ("大后天", 3, ""),
    ("大前天", -3, ""),
    ("今天", 0, "猫"),
    ("今日", 0, "头"),
    ("今早", 0, ""),
    ("今晚", 0, ""),
    ("明天", 1, "猫"),
    ("明日", 1, ""),
    ("明早", 1, ""),
    ("明晚", 1, ""),
    ("后天", 2, "猫性气然数"),
    ("昨天", -1, ""),
    ("昨日", -1, ""),
    ("昨晚", -1, ""),
    ("前天", -2, ""),
];

/// What places a week: 下周三 is in the next one.
const WEEKS: &[(&str, i8)] = &[
    ("下下个", 2),
    ("上上个", -2),
    ("下下", 2),
    ("上上", -2),
    ("下个", 1),
    ("上个", -1),
    ("这个", 0),
    ("下", 1),
    ("上", -1),
    ("这", 0),
    ("本", 0),
];

/// A day that starts here with this character, in Chinese.
pub(super) fn chinese_at(text: &str, at: usize, first: char) -> Option<Found> {
    let rest = &text[at..];
    match first {
        '今' | '明' | '后' | '昨' | '前' | '大' => counted(text, at),
        '周' | '星' | '礼' => {
            let (end, day) = week_word(rest)?;
            // 一周五天, 每周五: a number before it counts weeks, and every one of them is no day.
            let before = &text[..at];
            let before = before.strip_suffix('个').unwrap_or(before);
            let is_counted = before
                .ends_with(|c: char| c.is_ascii_digit() || super::numerals::is_numeral(c) || matches!(c, '每' | '逢'));
            if is_counted {
                return Some((None, at + end));
            }
            Some(weekday(text, at, end, None, day))
        }
        '下' | '上' | '这' | '本' => {
            let (prefix, weeks) = WEEKS.iter().find(|(prefix, _)| rest.starts_with(prefix))?;
            let (end, day) = week_word(&rest[prefix.len()..])?;
            Some(weekday(text, at, prefix.len() + end, Some(*weeks), day))
        }
        '月' => month_end(text, at),
        _ => None,
    }
}

fn counted(text: &str, at: usize) -> Option<Found> {
    let rest = &text[at..];
    let (word, days, longer) = COUNTED.iter().find(|(word, ..)| rest.starts_with(word))?;
    let end = at + word.len();
    if text[end..].starts_with(|c| longer.contains(c)) {
        return Some((None, end));
    }
    // Tonight may be meant up to the morning.
    let is_loose = word.ends_with('晚');
    Some((Some(Token::Named(NamedDay::Counted(*days), is_loose, at..end)), end))
}

/// The day of a week, or its end; none for a name such as 周六福.
type WeekDay = Option<Weekday>;

/// The length of 周五, 星期五, 礼拜五 or 周末 at the start of a text, and which it is (none for the weekend).
fn week_word(text: &str) -> Option<(usize, WeekDay)> {
    let word = ["周", "星期", "礼拜"].iter().find(|word| text.starts_with(**word))?;
    let day = text[word.len()..].chars().next()?;
    let weekday = match day {
        '一' => Some(Weekday::Monday),
        '二' => Some(Weekday::Tuesday),
        '三' => Some(Weekday::Wednesday),
        '四' => Some(Weekday::Thursday),
        '五' => Some(Weekday::Friday),
        '六' => Some(Weekday::Saturday),
        '日' | '天' => Some(Weekday::Sunday),
        '末' => None,
        _ => return None,
    };
    let end = word.len() + day.len_utf8();
    let is_name = text[end..].starts_with(['福', '围', '刊', '期', '岁']);
    (!is_name).then_some((end, weekday))
}

/// 周五 as a value, unless it begins or ends a span of opening days (周一至周五) or names opening hours (周一 17:00-21:30).
fn weekday(text: &str, at: usize, length: usize, weeks: Option<i8>, day: WeekDay) -> Found {
    let end = at + length;
    let rest = &text[end..];
    let span_mark = ["至", "到", "-", "~", "–", "—"];
    let tail = span_mark.iter().find_map(|mark| rest.trim_start().strip_prefix(mark));
    if let Some((length, _)) = tail.map(str::trim_start).and_then(week_word) {
        let start = tail.map_or("", str::trim_start);
        return (None, text.len() - start.len() + length);
    }
    let is_opening_time = rest.trim_start().get(..5).is_some_and(|clock| {
        starts_with_digit(clock) && clock.contains(':') && super::figures::is_clock_span(rest.trim_start())
    });
    if is_opening_time {
        return (None, end);
    }
    let named = match (day, weeks) {
        (Some(day), Some(weeks)) => NamedDay::OfWeek(weeks, day),
        (Some(day), None) => NamedDay::Coming(day),
        (None, weeks) => NamedDay::Weekend(weeks.unwrap_or(0)),
    };
    (Some(Token::Named(named, weeks.is_none(), at..end)), end)
}

/// 月底, 月末; not 月底薪.
fn month_end(text: &str, at: usize) -> Option<Found> {
    let (before, rest) = (&text[..at], &text[at..]);
    let word = ["月底", "月末"].iter().find(|word| rest.starts_with(**word))?;
    let end = at + word.len();
    let is_other = before
        .ends_with(|c: char| c.is_ascii_digit() || super::numerals::is_numeral(c) || "每上下个".contains(c))
        && !before.ends_with("这个");
    if is_other || rest[word.len()..].starts_with(['薪', '线']) {
        return Some((None, end));
    }
    Some((Some(Token::Named(NamedDay::MonthEnd, true, at..end)), end))
}

/// 12号发货, 3日前: the day of a month, told from house and line numbers by what follows. The length of its mark. After a
/// month it is no day at all: 2月30日.
pub(super) fn of_month(value: f64, before: &str, after: &str) -> Option<(NamedDay, usize)> {
    const FOLLOWS: &[&str] = &[
        "的零点",
        "的0点",
        "的24点",
        "夜里",
        "半夜",
        "深夜",
        "午夜",
        "发货",
        "发出",
        "前",
        "之前",
        "以前",
        "早上",
        "上午",
        "中午",
        "下午",
        "晚",
        "凌晨",
        "开始",
        "截止",
        "结束",
        "到货",
        "送达",
        "付尾款",
        "当天",
    ];
    let mark = ["号", "日"].into_iter().find(|mark| after.starts_with(mark))?;
    let rest = &after[mark.len()..];
    let is_day = value.fract() == 0.0 && (1.0..=31.0).contains(&value);
    (is_day
        && !before.ends_with('月')
        && units::suffix(after).is_none()
        && (FOLLOWS.iter().any(|word| rest.starts_with(word)) || midnight::hour(rest.trim_start()).is_some()))
    .then_some((NamedDay::OfMonth(value as i8), mark.len()))
}
