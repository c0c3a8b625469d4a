//! What only one customer is: a name, an address, a phone, an order.

use super::chinese;
use super::seed::{Draws, Purpose, draws};
use super::wording::{english_address, english_city, full_name};
use crate::conversation::{Language, ORDER_DIGITS, RunKey};

/// A customer's own facts. Nothing is stored: each fact is drawn anew from the seed whenever it is asked for, and is the
/// same every time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) seed: u64,
    pub(super) number: u64,
    pub(super) language: Language,
}

impl Person {
    /// The fact of this name, one of [`CUSTOMER_FACTS`](crate::scenario::CUSTOMER_FACTS).
    pub(super) fn fact(&self, name: &str) -> Option<String> {
        Some(match name {
            "order_number" => self.order_number(),
            "name" => self.name(),
            "city" => self.city(),
            "address" => self.address(),
            "phone" => self.phone(),
            "email" => self.email(),
            "amount" => self.amount(),
            _ => return None,
        })
    }

    /// The order number that only this customer has.
    pub(super) fn order_number(&self) -> String {
        RunKey::of_seed(self.seed).order_number(self.number)
    }

    /// True when their order number stands in these words.
    pub(super) fn is_named_in(&self, words: &str) -> bool {
        // Most words hold hardly a digit, and a number to compare with costs more than to see that.
        let digits = words.bytes().filter(u8::is_ascii_digit).count();
        digits >= ORDER_DIGITS && words.contains(&self.order_number())
    }

    pub(super) fn name(&self) -> String {
        full_name(self.language, &mut self.draws(1))
    }

    pub(super) fn city(&self) -> String {
        match self.language {
            Language::Zh => chinese::home(&mut self.draws(2)).city.to_owned(),
            Language::En => english_city(&mut self.draws(2)),
        }
    }

    pub(super) fn address(&self) -> String {
        let mut draws = self.draws(2);
        match self.language {
            Language::Zh => {
                let home = chinese::home(&mut draws);
                chinese::address(home, &mut draws)
            }
            Language::En => {
                let city = english_city(&mut draws);
                format!("{}, {city}", english_address(&mut draws))
            }
        }
    }

    /// For English customers of the range that no one is given (555-0100 to 555-0199).
    pub(super) fn phone(&self) -> String {
        let mut draws = self.draws(3);
        match self.language {
            Language::Zh => chinese::mobile(&mut draws),
            Language::En => format!("{}-555-01{:02}", 201 + draws.below(700), draws.below(100)),
        }
    }

    fn email(&self) -> String {
        let mut draws = self.draws(4);
        match self.language {
            Language::Zh => chinese::email(&mut draws),
            Language::En => {
                let name = self
                    .name()
                    .to_lowercase()
                    .replace(|letter: char| !letter.is_ascii_alphabetic(), ".");
                format!("{name}{}@example.com", draws.below(100))
            }
        }
    }

    /// What the order came to, in yuan: `128.50`.
    fn amount(&self) -> String {
        let cents = 3_900 + 10 * self.draws(5).below(9_600);
        format!("{}.{:02}", cents / 100, cents % 100)
    }

    /// A stream per fact: adding a fact changes no other.
    fn draws(&self, fact: u16) -> Draws {
        draws(self.seed, self.number, fact, Purpose::Person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::CUSTOMER_FACTS;

    fn person(number: u64, language: Language) -> Person {
        Person {
            seed: 5,
            number,
            language,
        }
    }

    #[test]
    fn facts_stay_the_same_and_fit_together() {
        for number in 0..200 {
            for language in Language::ALL {
                let person = person(number, language);
                for fact in CUSTOMER_FACTS {
                    let text = person.fact(fact).unwrap();
                    assert!(!text.is_empty() && text == person.fact(fact).unwrap(), "{fact}: {text}");
                }
                assert!(person.address().contains(&person.city()));
            }
        }
        assert_eq!(person(1, Language::Zh).fact("shoe_size"), None);
    }

    #[test]
    fn names_are_in_the_customers_language() {
        let han = |text: &str| text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        for number in 0..200 {
            assert!(han(&person(number, Language::Zh).name()));
            let english = person(number, Language::En).name();
            assert!(english.is_ascii() && english.contains(' '), "{english}");
        }
    }

    #[test]
    fn english_phones_and_mail_are_valid_and_reach_no_one() {
        let phone = regex::Regex::new(r"^\d{3}-555-01\d\d$").unwrap();
        let mail = regex::Regex::new(r"^[a-z]+(\.[a-z]+)+\d{1,2}@example\.com$").unwrap();
        for number in 0..500 {
            let person = person(number, Language::En);
            assert!(phone.is_match(&person.phone()));
            assert!(mail.is_match(&person.email()), "{}", person.email());
        }
    }

    #[test]
    fn amounts_are_between_39_and_999_yuan() {
        for number in 0..500 {
            let amount: f64 = person(number, Language::Zh).amount().parse().unwrap();
            assert!((39.0..1_000.0).contains(&amount));
        }
    }
}
