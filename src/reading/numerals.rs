//! Numbers that are written in Chinese: 三百五十, 一百五, 两万, 八点五, 半.

use super::numbers::{Found, Spelling, number, run};
use super::units;

/// Characters that a Chinese numeral is made of.
pub(super) fn is_numeral(character: char) -> bool {
    digit(character).is_some() || place(character).is_some() || matches!(character, '廿' | '卅')
}

fn digit(character: char) -> Option<u32> {
    Some(match character {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '俩' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// The factor of a place word.
pub(super) fn place(character: char) -> Option<f64> {
    Some(match character {
        '十' | '拾' => 1e1,
        '百' | '佰' => 1e2,
        '千' | '仟' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => return None,
    })
}

/// Two or more Chinese digits in a row and no place word (九五, 二〇二六): the digits as written. Up to four.
pub(super) fn han_digits(run: &str) -> Option<f64> {
    let digits: Option<Vec<u32>> = run.chars().map(digit).collect();
    let digits = digits.filter(|digits| (2..=4).contains(&digits.len()))?;
    Some(digits.iter().fold(0.0, |value, digit| value * 10.0 + f64::from(*digit)))
}

/// The value of a Chinese numeral: 十五, 三百零五, 两万五 = 25,000, 一百五 = 150.
///
/// Absent for words that only look like one (万一, 千万, 百): a place word needs a digit before it, 十 apart.
pub(super) fn han_number(run: &str) -> Option<f64> {
    let (mut total, mut section, mut last_place) = (0.0, 0.0, 1.0);
    let mut pending: Option<u32> = None;
    let mut after_zero = false;
    for character in run.chars() {
        if let Some(value) = digit(character) {
            if pending.is_some() {
                return None;
            }
            after_zero |= value == 0;
            pending = (value != 0 || run.chars().count() == 1).then_some(value);
        } else if let Some(factor) = place(character) {
            if factor < 1e4 {
                let count = pending.take().or((factor == 10.0).then_some(1))?;
                section += f64::from(count) * factor;
            } else {
                section += f64::from(pending.take().unwrap_or(0));
                if total + section == 0.0 {
                    return None;
                }
                // 一亿零三百万: the 万 counts what follows the 亿; in 一万亿 the 亿 counts all.
                total = if total >= factor {
                    total + section * factor
                } else {
                    (total + section) * factor
                };
                section = 0.0;
            }
            (last_place, after_zero) = (factor, false);
        } else {
            section += if character == '廿' { 20.0 } else { 30.0 };
            last_place = 10.0;
        }
    }
    // A last digit without a place word counts in the next lower place: 三千二 is 3,200, 三千零二 is 3,002.
    let factor = if last_place >= 100.0 && !after_zero {
        last_place / 10.0
    } else {
        1.0
    };
    Some(total + section + f64::from(pending.unwrap_or(0)) * factor)
}

/// What begins with a numeral but counts nothing.
const IDIOMS: &[&str] = &[
    "十天半个月",
    "一年四季",
    "一年到头",
    "三天两头",
    "一天到晚",
    "一五一十",
    "一时半会",
    "一朝一夕",
    "一日三餐",
    "千载难逢",
    "四周还有",
    "四周有",
    "四周的",
    "四周都",
    "四周围",
];

/// 半天, 半小时, 半个月, 半价; not 一半, 大半天.
pub(super) fn half_at(text: &str, at: usize) -> Found {
    let end = at + '半'.len_utf8();
    let is_part = text[..at].ends_with(|c: char| "一大老小多上下前后夜个天年时月多".contains(c));
    // 找了半天, 等了这么半天: a long while
    let is_while = text[..at].ends_with(['了', '么', '好']) && text[end..].starts_with('天');
    if is_while || is_part && !text[end..].starts_with('价') {
        return (None, end);
    }
    number(0.5, at..end, Spelling::Han)
}

pub(super) fn han_at(text: &str, at: usize) -> Found {
    if let Some(idiom) = IDIOMS.iter().find(|idiom| text[at..].starts_with(**idiom)) {
        return (None, at + idiom.len());
    }
    let length = run(&text[at..], is_numeral);
    let (before, written) = (&text[..at], &text[at..at + length]);
    let end = at + length;
    // 第三天, 周一; 同一天, 有一天, 统一, 唯一, 最后一天
    let is_ordinal = before.ends_with(['第', '周']) || before.ends_with("星期") || before.ends_with("礼拜");
    let is_word = written == "一"
        && (before.ends_with(|c: char| "同另有某哪每那这统唯之专单其任".contains(c)) || before.ends_with("最后"));
    // 这两天, 过两天, 几十元, 数十元
    let is_vague =
        written == "两" && before.ends_with(['这', '那', '前', '近', '过', '头']) || before.ends_with(['几', '数']);
    if is_ordinal || is_word || is_vague {
        return (None, end);
    }
    if let Some(value) = han_digits(written) {
        return number(value, at..end, Spelling::HanDigits);
    }
    match han_number(written) {
        Some(whole) => match decimals(text, at, end) {
            Some((part, end)) => number(whole + part, at..end, Spelling::Han),
            None => number(whole, at..end, Spelling::Han),
        },
        None if written == "百" && (before.ends_with("百分之") || before.ends_with("百分")) => {
            number(100.0, at..end, Spelling::Han)
        }
        // 百分之五: the run before 分之 is no number, the one after it is.
        None => (None, end),
    }
}

/// The 点五 of 八点五折 and 百分之零点五, and where it ends. Before anything but a unit it is a time of day: 八点五十.
fn decimals(text: &str, start: usize, end: usize) -> Option<(f64, usize)> {
    let rest = text[end..].strip_prefix('点')?;
    let length = run(rest, |c| digit(c).is_some());
    let after = &rest[length..];
    let is_measured = units::suffix(after).is_some() || text[..start].ends_with("分之");
    if length == 0 || !is_measured || after.starts_with(|c| place(c).is_some_and(|factor| factor < 1e4)) {
        return None;
    }
    let digits = rest[..length].chars().filter_map(digit).map(f64::from);
    let (part, _) = digits.fold((0.0, 0.1), |(part, worth), digit| (part + digit * worth, worth / 10.0));
    Some((part, end + '点'.len_utf8() + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_have_their_value() {
        for (run, value) in [
            ("一", 1.0),
            ("两", 2.0),
            ("零", 0.0),
            ("十", 10.0),
            ("十五", 15.0),
            ("二十", 20.0),
            ("四十八", 48.0),
            ("廿五", 25.0),
            ("一百", 100.0),
            ("一百五", 150.0),
            ("一百零五", 105.0),
            ("一百五十", 150.0),
            ("一百一十五", 115.0),
            ("三百", 300.0),
            ("三千二", 3_200.0),
            ("三千零二", 3_002.0),
            ("两千三百四十五", 2_345.0),
            ("一万", 10_000.0),
            ("两万五", 25_000.0),
            ("十万", 100_000.0),
            ("一百二十万", 1_200_000.0),
            ("一亿零三百万", 103_000_000.0),
            ("一万亿", 1e12),
            ("叁佰伍拾", 350.0),
        ] {
            assert_eq!(han_number(run), Some(value), "{run}");
        }
    }

    #[test]
    fn what_only_looks_like_a_numeral_has_none() {
        for run in ["万一", "千万", "百", "百万", "千", "亿", "三五十"] {
            assert_eq!(han_number(run), None, "{run}");
        }
        assert_eq!(han_digits("九五"), Some(95.0));
        assert_eq!(han_digits("二〇二六"), Some(2_026.0));
        assert_eq!(han_digits("五"), None);
        assert_eq!(han_digits("十五"), None);
    }
}
