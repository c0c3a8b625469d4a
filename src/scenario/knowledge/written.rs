//! How a value is plainly written in each language.

use std::time::Duration;

use jiff::civil::Date;

use super::{FactValue, Tier};
use crate::conversation::Language;
use crate::scenario::PerLanguage;

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

impl FactValue {
    /// The value as a shop writes it: `50`, `95%`, `48小时`, `November 11`; of texts the first wording.
    pub fn written(&self, language: Language) -> String {
        match self {
            FactValue::Money(amount) => amount_text(*amount),
            FactValue::Percent(percent) => format!("{}%", amount_text(*percent)),
            FactValue::Duration(duration) => {
                let (count, unit) = count_and_unit(*duration, language);
                format!("{}{unit}", amount_text(count))
            }
            FactValue::Date(date) => date_text(*date, language),
            FactValue::Identifier(identifier) => identifier.clone(),
            FactValue::Text(wordings) => wordings.get(language).first().cloned().unwrap_or_default(),
            FactValue::Tiers(steps) => tiers_text(steps, language),
            FactValue::Holds { holds, subject } => holds_text(*holds, subject, language),
        }
    }
}

/// Every step of a discount.
fn tiers_text(steps: &[Tier], language: Language) -> String {
    let one = |step: &Tier| {
        let (spend, off) = (amount_text(step.spend), amount_text(step.off));
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
pub fn amount_text(amount: f64) -> String {
    let text = format!("{amount:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Whole days from three days on, else whole hours, else minutes or seconds: `48小时`, `7 days`.
pub fn count_and_unit(duration: Duration, language: Language) -> (f64, &'static str) {
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

/// A day without its year: `11月11日`, `November 11`.
pub fn date_text(date: Date, language: Language) -> String {
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
