//! How the bot writes a fact: as the knowledge shows it, else plainly; and how it writes a numeric fact wrong.

use jiff::ToSpan;

use crate::conversation::Language;
use crate::scenario::{FactValue, Tier, TrueValue, amount_text, count_and_unit, date_text};

/// Wrong dates are off by this much.
const DAYS_OFF: i32 = 5;

/// The fact as the bot writes it in `language`.
pub(super) fn right(fact: &TrueValue, language: Language) -> String {
    match shown(fact, language) {
        Some(shown) => shown.to_owned(),
        None => fact.value.written(language),
    }
}

/// The fact with another value, far from the right one, written like the right one; none for names and codes.
///
/// When the knowledge shows the fact in words that hold its number, only the number is replaced.
pub(super) fn wrong(fact: &TrueValue, language: Language) -> Option<String> {
    let (number, wrong_number, unit) = match &fact.value {
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
        FactValue::Tiers(steps) => {
            return Some(FactValue::Tiers(steps.iter().map(wrong_step).collect()).written(language));
        }
        FactValue::Holds { holds, subject } => {
            let (holds, subject) = (!holds, subject.clone());
            return Some(FactValue::Holds { holds, subject }.written(language));
        }
        FactValue::Identifier(_) | FactValue::Text(_) => return None,
    };
    let in_shown = shown(fact, language).and_then(|shown| replace_number(shown, &number, &wrong_number));
    Some(in_shown.unwrap_or_else(|| format!("{wrong_number}{unit}")))
}

/// True when [`wrong`] can tell the fact wrong.
pub(super) fn can_be_wrong(fact: &TrueValue) -> bool {
    !matches!(fact.value, FactValue::Identifier(_) | FactValue::Text(_))
}

fn shown(fact: &TrueValue, language: Language) -> Option<&str> {
    let shown = fact.shown.as_ref()?.get(language);
    (!shown.is_empty()).then_some(shown)
}

/// A step of a discount that takes off another amount, below what is spent.
fn wrong_step(step: &Tier) -> Tier {
    let far = far_from(step.off);
    let off = if far < step.spend { far } else { step.off / 2.0 };
    Tier { off, ..*step }
}

/// Half as much again, whole if the value was whole; 10 instead of 0.
fn far_from(value: f64) -> f64 {
    match value {
        0.0 => 10.0,
        _ if value.fract() == 0.0 => (value * 1.5).ceil(),
        _ => value * 1.5,
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
    use std::time::Duration;

    use crate::scenario::PerLanguage;

    fn plain(value: FactValue) -> TrueValue {
        TrueValue { value, shown: None }
    }

    fn money(amount: f64) -> TrueValue {
        plain(FactValue::Money(amount))
    }

    fn duration(hours: f64) -> TrueValue {
        plain(FactValue::Duration(Duration::from_secs_f64(hours * 3_600.0)))
    }

    fn percent(percent: f64) -> TrueValue {
        plain(FactValue::Percent(percent))
    }

    fn day() -> TrueValue {
        plain(FactValue::Date(date(2026, 11, 11)))
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
        let tier = |spend, off| Tier { spend, off };
        let steps = plain(FactValue::Tiers(vec![tier(200.0, 20.0), tier(60.0, 50.0)]));
        assert_eq!(right(&steps, Language::Zh), "满200元减20元,满60元减50元");
        assert_eq!(
            wrong(&steps, Language::Zh).as_deref(),
            Some("满200元减30元,满60元减25元")
        );
        assert_eq!(
            right(&steps, Language::En),
            "20 yuan off orders over 200 yuan, 50 yuan off orders over 60 yuan"
        );
        let holds = plain(FactValue::Holds {
            holds: true,
            subject: PerLanguage {
                zh: vec!["7天无理由".to_owned()],
                en: vec!["free returns".to_owned()],
            },
        });
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
        let shown = |fact: TrueValue, zh: &str| TrueValue {
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
        let identifier = plain(FactValue::Identifier("SF-EXPRESS".to_owned()));
        assert_eq!(right(&identifier, Language::En), "SF-EXPRESS");
        assert!(wrong(&identifier, Language::En).is_none() && !can_be_wrong(&identifier));
    }
}
