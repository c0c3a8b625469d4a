//! How the bot writes a fact: as the knowledge shows it, else plainly; and how it writes a numeric fact wrong.

use std::time::Duration;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::conversation::Language;
use crate::scenario::{Fact, FactValue, PerLanguage, Tier};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Wrong dates are off by this much.
const DAYS_OFF: i32 = 5;

/// The fact as the bot writes it in `language`.
pub(super) fn right(fact: &Fact, language: Language) -> String {
    match shown(fact, language) {
        Some(shown) => shown.to_owned(),
        None => fact.value().map(|value| plain(&value, language)).unwrap_or_default(),
    }
}

/// The fact with another value, far from the right one, written like the right one; none for names and codes.
///
/// When the knowledge shows the fact in words that hold its number, only the number is replaced.
pub(super) fn wrong(fact: &Fact, language: Language) -> Option<String> {
    let value = fact.value()?;
    let (number, wrong_number, unit) = match &value {
        FactValue::Money(amount) => (amount_text(*amount), amount_text(far_from(*amount)), String::new()),
        FactValue::Percent(percent) => {
            let far = far_from(*percent);
            // A share above 100 % would be absurd rather than wrong.
            let far = if far > 100.0 && *percent <= 100.0 {
                percent / 2.0
            } else {
                far
            };
            (amount_text(*percent), amount_text(far), "%".to_owned())
        }
        FactValue::Duration(duration) => {
            let (count, unit) = count_and_unit(*duration, language);
            (amount_text(count), amount_text(far_from(count).ceil()), unit.to_owned())
        }
        FactValue::Date(date) => {
            let other = date.checked_add(DAYS_OFF.days()).ok()?;
            (date_text(*date, language), date_text(other, language), String::new())
        }
        FactValue::Tiers(steps) => return Some(steps_text(steps, language, wrong_step)),
        FactValue::Holds { holds, subject } => return Some(holds_text(!holds, subject, language)),
        FactValue::Identifier(_) | FactValue::Text(_) => return None,
    };
    let in_shown = shown(fact, language).and_then(|shown| replace_number(shown, &number, &wrong_number));
    Some(in_shown.unwrap_or_else(|| format!("{wrong_number}{unit}")))
}

/// True when [`wrong`] can tell the fact wrong.
pub(super) fn can_be_wrong(fact: &Fact) -> bool {
    !matches!(fact.value(), None | Some(FactValue::Identifier(_) | FactValue::Text(_)))
}

fn shown(fact: &Fact, language: Language) -> Option<&str> {
    let shown = fact.shown.as_ref()?.get(language);
    (!shown.is_empty()).then_some(shown)
}

fn plain(value: &FactValue, language: Language) -> String {
    match value {
        FactValue::Money(amount) => amount_text(*amount),
        FactValue::Percent(percent) => format!("{}%", amount_text(*percent)),
        FactValue::Duration(duration) => {
            let (count, unit) = count_and_unit(*duration, language);
            format!("{}{unit}", amount_text(count))
        }
        FactValue::Date(date) => date_text(*date, language),
        FactValue::Identifier(identifier) => identifier.clone(),
        FactValue::Text(wordings) => wordings.get(language).first().cloned().unwrap_or_default(),
        FactValue::Tiers(steps) => steps_text(steps, language, |step| step.off),
        FactValue::Holds { holds, subject } => holds_text(*holds, subject, language),
    }
}

/// Every step of a discount, what it takes off as `told` makes it.
fn steps_text(steps: &[Tier], language: Language, told: impl Fn(&Tier) -> f64) -> String {
    let one = |step: &Tier| {
        let (spend, off) = (amount_text(step.spend), amount_text(told(step)));
        match language {
            Language::Zh => format!("满{spend}元减{off}元"),
            Language::En => format!("{off} yuan off orders over {spend} yuan"),
        }
    };
    let all: Vec<String> = steps.iter().map(one).collect();
    match language {
        Language::Zh => all.join(","),
        Language::En => all.join(", "),
    }
}

/// What a step takes off, told wrong: another amount, below what is spent.
fn wrong_step(step: &Tier) -> f64 {
    let far = far_from(step.off);
    if far < step.spend { far } else { step.off / 2.0 }
}

/// A plain sentence with the first word of the subject, in the other language where this one has none.
fn holds_text(holds: bool, subject: &PerLanguage<Vec<String>>, language: Language) -> String {
    let words = Some(subject.get(language)).filter(|words| !words.is_empty());
    let words = words.unwrap_or(if language == Language::Zh {
        &subject.en
    } else {
        &subject.zh
    });
    let word = words.first().map(String::as_str).unwrap_or_default();
    match (language, holds) {
        (Language::Zh, true) => format!("支持{word}"),
        (Language::Zh, false) => format!("不支持{word}"),
        (Language::En, true) => format!("we do offer {word}"),
        (Language::En, false) => format!("we do not offer {word}"),
    }
}

/// `amount` with at most two decimals, without needless zeros.
fn amount_text(amount: f64) -> String {
    let text = format!("{amount:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Half as much again, whole if the value was whole; 10 instead of 0.
fn far_from(value: f64) -> f64 {
    match value {
        0.0 => 10.0,
        _ if value.fract() == 0.0 => (value * 1.5).ceil(),
        _ => value * 1.5,
    }
}

/// Whole days from three days on, else whole hours, else minutes or seconds: `48小时`, `7 days`.
fn count_and_unit(duration: Duration, language: Language) -> (f64, &'static str) {
    let seconds = duration.as_secs_f64();
    let (size, zh, one, many) = match seconds {
        _ if seconds >= 259_200.0 && seconds % 86_400.0 == 0.0 => (86_400.0, "天", " day", " days"),
        _ if seconds >= 3_600.0 && seconds % 3_600.0 == 0.0 => (3_600.0, "小时", " hour", " hours"),
        _ if seconds >= 60.0 && seconds % 60.0 == 0.0 => (60.0, "分钟", " minute", " minutes"),
        _ => (1.0, "秒", " second", " seconds"),
    };
    let count = seconds / size;
    match language {
        Language::Zh => (count, zh),
        Language::En => (count, if count == 1.0 { one } else { many }),
    }
}

fn date_text(date: Date, language: Language) -> String {
    match language {
        Language::Zh => format!("{}月{}日", date.month(), date.day()),
        Language::En => {
            let month = usize::try_from(date.month() - 1)
                .ok()
                .and_then(|month| MONTHS.get(month));
            format!("{} {}", month.unwrap_or(&""), date.day())
        }
    }
}

/// `text` with its last `number` replaced, if it stands there by itself, not within a longer number. The last, since a
/// condition comes before what it grants (满300减50).
fn replace_number(text: &str, number: &str, other: &str) -> Option<String> {
    let is_part = |character: char| character.is_ascii_digit() || character == '.';
    let (at, _) = text.rmatch_indices(number).find(|(at, _)| {
        !text[..*at].ends_with(is_part)
            && !text[at + number.len()..].starts_with(|character: char| character.is_ascii_digit())
    })?;
    Some(format!("{}{other}{}", &text[..at], &text[at + number.len()..]))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::scenario::{PerLanguage, Span};

    fn money(amount: f64) -> Fact {
        Fact {
            money: Some(amount),
            ..Fact::default()
        }
    }

    fn duration(hours: f64) -> Fact {
        Fact {
            duration: Some(Span::seconds(hours * 3_600.0)),
            ..Fact::default()
        }
    }

    fn percent(percent: f64) -> Fact {
        Fact {
            percent: Some(percent),
            ..Fact::default()
        }
    }

    fn day() -> Fact {
        Fact {
            date: Some(date(2026, 11, 11)),
            ..Fact::default()
        }
    }

    #[test]
    fn facts_are_written_plainly_and_wrong_ones_alike() {
        for (fact, zh, wrong_zh, en, wrong_en) in [
            (money(50.0), "50", "75", "50", "75"),
            (money(49.9), "49.9", "74.85", "49.9", "74.85"),
            (money(0.0), "0", "10", "0", "10"),
            (money(1.0), "1", "2", "1", "2"),
            (percent(95.0), "95%", "47.5%", "95%", "47.5%"),
            (percent(5.0), "5%", "8%", "5%", "8%"),
            (duration(48.0), "48小时", "72小时", "48 hours", "72 hours"),
            (duration(168.0), "7天", "11天", "7 days", "11 days"),
            (duration(0.5), "30分钟", "45分钟", "30 minutes", "45 minutes"),
            (day(), "11月11日", "11月16日", "November 11", "November 16"),
        ] {
            assert_eq!(right(&fact, Language::Zh), zh);
            assert_eq!(wrong(&fact, Language::Zh).as_deref(), Some(wrong_zh));
            assert_eq!(right(&fact, Language::En), en);
            assert_eq!(wrong(&fact, Language::En).as_deref(), Some(wrong_en));
        }
    }

    #[test]
    fn steps_and_what_holds_are_told_right_and_wrong() {
        let steps = Fact {
            tiers: Some(vec![
                Tier {
                    spend: 200.0,
                    off: 20.0,
                },
                Tier { spend: 60.0, off: 50.0 },
            ]),
            ..Fact::default()
        };
        assert_eq!(right(&steps, Language::Zh), "满200元减20元,满60元减50元");
        assert_eq!(
            wrong(&steps, Language::Zh).as_deref(),
            Some("满200元减30元,满60元减25元")
        );
        assert_eq!(
            right(&steps, Language::En),
            "20 yuan off orders over 200 yuan, 50 yuan off orders over 60 yuan"
        );
        let holds = Fact {
            holds: Some(true),
            subject: PerLanguage {
                zh: vec!["7天无理由".to_owned()],
                en: vec!["free returns".to_owned()],
            },
            ..Fact::default()
        };
        assert_eq!(right(&holds, Language::Zh), "支持7天无理由");
        assert_eq!(wrong(&holds, Language::Zh).as_deref(), Some("不支持7天无理由"));
        assert_eq!(right(&holds, Language::En), "we do offer free returns");
        assert_eq!(
            wrong(&holds, Language::En).as_deref(),
            Some("we do not offer free returns")
        );
    }

    #[test]
    fn a_shown_fact_keeps_its_words_and_gets_another_number() {
        let shown = |fact: Fact, zh: &str| Fact {
            shown: Some(PerLanguage {
                zh: zh.to_owned(),
                en: String::new(),
            }),
            ..fact
        };
        for (fact, wrong_text) in [
            (shown(money(50.0), "满50减50元"), "满50减75元"),
            (shown(money(50.0), "满150减50元"), "满150减75元"),
            (shown(percent(80.0), "八折"), "40%"),
            (shown(duration(48.0), "48小时内"), "72小时内"),
            (shown(day(), "11月11日零点"), "11月16日零点"),
        ] {
            assert_eq!(wrong(&fact, Language::Zh).as_deref(), Some(wrong_text));
            assert_ne!(right(&fact, Language::Zh), wrong_text);
            assert!(!right(&fact, Language::En).is_empty(), "an empty text is not shown");
        }
    }

    #[test]
    fn facts_without_a_number_are_never_told_wrong() {
        let identifier = Fact {
            identifier: Some("SF-EXPRESS".to_owned()),
            ..Fact::default()
        };
        assert_eq!(right(&identifier, Language::En), "SF-EXPRESS");
        assert!(wrong(&identifier, Language::En).is_none() && !can_be_wrong(&identifier));
        assert_eq!(right(&Fact::default(), Language::Zh), "");
        assert!(wrong(&Fact::default(), Language::Zh).is_none() && !can_be_wrong(&Fact::default()));
    }
}
