//! Numbers that are written in words: 三百五十, 一百五, 两万, forty-eight.

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

/// The English number with which `text` begins and its length in bytes: `seven`, `forty-eight`, `three hundred`.
pub(super) fn english_number(text: &str) -> Option<(f64, usize)> {
    let (first, mut end) = english_word(text)?;
    let mut value = f64::from(first);
    if first >= 20 {
        let joint = text[end..].strip_prefix(['-', ' ']);
        if let Some((unit @ 1..=9, length)) = joint.and_then(english_word) {
            value += f64::from(unit);
            end += 1 + length;
        }
    }
    for (word, factor) in [(" hundred", 100.0), (" thousand", 1_000.0)] {
        if text[end..].starts_with(word) {
            value *= factor;
            end += word.len();
        }
    }
    let at_end = !text[end..].starts_with(|next: char| next.is_ascii_alphanumeric());
    at_end.then_some((value, end))
}

fn english_word(text: &str) -> Option<(u32, usize)> {
    let end = text.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(text.len());
    let word = &text[..end];
    let found = ENGLISH.iter().find(|(name, _)| *name == word)?;
    Some((found.1, end))
}

const ENGLISH: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

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

    #[test]
    fn english_numbers_have_their_value_and_length() {
        for (text, found) in [
            ("seven days", Some((7.0, 5))),
            ("forty-eight hours", Some((48.0, 11))),
            ("twenty four", Some((24.0, 11))),
            ("three hundred yuan", Some((300.0, 13))),
            ("thirty", Some((30.0, 6))),
            ("someone", None),
            ("tent", None),
            ("often", None),
        ] {
            assert_eq!(english_number(text), found, "{text}");
        }
    }
}
