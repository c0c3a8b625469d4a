//! What asking may cost: reserved before each attempt, settled after it, so that it can never be passed.

use std::sync::Mutex;

use super::{Question, Usage};

/// What may be spent. Absent: as much as it takes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits {
    /// Tokens, in and out.
    pub tokens: Option<u64>,
    /// In the currency of the price.
    pub money: Option<f64>,
}

/// What a million tokens cost.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Price {
    /// A million tokens of the prompt.
    pub input_per_million: f64,
    /// A million tokens of the answer.
    pub output_per_million: f64,
}

impl Price {
    /// What this much costs.
    pub fn of(&self, input: u64, output: u64) -> f64 {
        (input as f64 * self.input_per_million + output as f64 * self.output_per_million) / 1e6
    }
}

/// Asking would cost more than is left.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("the budget of {limit} is spent: {left} left, and the next question may take {needed}")]
pub struct Spent {
    /// What may be spent, with its unit.
    pub limit: String,
    /// What is left of it.
    pub left: String,
    /// What a question may take at most.
    pub needed: String,
}

/// What may be spent and what was.
#[derive(Debug)]
pub struct Budget {
    limits: Limits,
    price: Price,
    books: Mutex<Books>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Books {
    spent: Usage,
    /// Tokens of questions on their way, at the most that they may take.
    reserved_input: u64,
    reserved_output: u64,
}

/// Tokens set aside for one attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reservation {
    input: u64,
    output: u64,
}

/// A reservation that stands until it is settled. Of an attempt that nobody waits for any more nobody knows what it took: it counts with
/// the most that it may have taken.
#[derive(Debug)]
pub(super) struct Held<'a> {
    budget: &'a Budget,
    reservation: Reservation,
    used: Option<Usage>,
}

impl Held<'_> {
    /// Ends it with what was really used; nothing for an attempt that took nothing.
    pub(super) fn settle(mut self, used: Option<Usage>) {
        self.used = used;
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut books = self.budget.books();
        books.reserved_input -= self.reservation.input;
        books.reserved_output -= self.reservation.output;
        if let Some(used) = self.used {
            books.spent.add(used);
        }
    }
}

/// What a message takes beside its text, in any chat template known.
const TOKENS_PER_MESSAGE: u64 = 16;
const TOKENS_PER_QUESTION: u64 = 32;

impl Reservation {
    /// The most that a question may take. A token stands for at least one byte, so its bytes bound the tokens of a prompt
    /// from above, whatever the tokenizer (a third to a quarter of that is usual).
    pub(super) fn for_question(question: &Question) -> Reservation {
        let messages = question.messages.iter();
        let prompt: u64 = messages
            .map(|message| message.text.len() as u64 + TOKENS_PER_MESSAGE)
            .sum();
        Reservation {
            input: prompt + TOKENS_PER_QUESTION,
            output: u64::from(question.most_tokens),
        }
    }

    /// All of it, as if it had been used: for attempts of which nobody knows what they took.
    pub(super) fn as_used(self) -> Usage {
        Usage {
            input: self.input,
            output: self.output,
            is_estimated: true,
        }
    }
}

impl Budget {
    /// A budget of which nothing is spent.
    pub fn new(limits: Limits, price: Price) -> Budget {
        Budget {
            limits,
            price,
            books: Mutex::default(),
        }
    }

    /// What may be spent.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// What was spent so far, and what it cost.
    pub fn spent(&self) -> (Usage, f64) {
        let spent = self.books().spent;
        (spent, self.price.of(spent.input, spent.output))
    }

    /// Sets aside what an attempt may take.
    pub(super) fn reserve(&self, wanted: Reservation) -> Result<Held<'_>, Spent> {
        let mut books = self.books();
        let input = books.spent.input + books.reserved_input;
        let output = books.spent.output + books.reserved_output;
        if let Some(limit) = self.limits.tokens {
            let (left, needed) = (limit.saturating_sub(input + output), wanted.input + wanted.output);
            if needed > left {
                return Err(Spent {
                    limit: format!("{limit} tokens"),
                    left: left.to_string(),
                    needed: needed.to_string(),
                });
            }
        }
        if let Some(limit) = self.limits.money {
            let after = self.price.of(input + wanted.input, output + wanted.output);
            if after > limit {
                return Err(Spent {
                    limit: format!("{limit} (money)"),
                    left: format!("{:.6}", (limit - self.price.of(input, output)).max(0.0)),
                    needed: format!("{:.6}", self.price.of(wanted.input, wanted.output)),
                });
            }
        }
        books.reserved_input += wanted.input;
        books.reserved_output += wanted.output;
        Ok(Held {
            budget: self,
            reservation: wanted,
            used: Some(wanted.as_used()),
        })
    }

    /// Additions cannot fail halfway, so what a panicking thread left is whole.
    fn books(&self) -> std::sync::MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THOUSAND: Reservation = Reservation {
        input: 600,
        output: 400,
    };

    fn used(input: u64, output: u64) -> Option<Usage> {
        Some(Usage {
            input,
            output,
            is_estimated: false,
        })
    }

    #[test]
    fn what_is_on_its_way_counts_as_spent_until_it_is_settled() {
        let limits = Limits {
            tokens: Some(2_500),
            money: None,
        };
        let budget = Budget::new(limits, Price::default());
        let [first, second] = [(); 2].map(|()| budget.reserve(THOUSAND).unwrap());
        assert_eq!(
            budget.reserve(THOUSAND).unwrap_err().to_string(),
            "the budget of 2500 tokens is spent: 500 left, and the next question may take 1000"
        );
        first.settle(used(300, 100));
        let third = budget.reserve(THOUSAND).unwrap();
        second.settle(None);
        let (spent, _) = budget.spent();
        assert_eq!((spent.input, spent.output, spent.is_estimated), (300, 100, false));
        drop(third);
        let (spent, cost) = budget.spent();
        assert_eq!((spent.input, spent.output, spent.is_estimated), (900, 500, true));
        assert_eq!(cost, 0.0);
        budget.reserve(THOUSAND).unwrap();
    }

    #[test]
    fn money_is_counted_by_the_price_of_each_kind_of_token() {
        let limits = Limits {
            tokens: None,
            money: Some(0.01),
        };
        let price = Price {
            input_per_million: 5.0,
            output_per_million: 10.0,
        };
        let budget = Budget::new(limits, price);
        let held = budget.reserve(THOUSAND).unwrap();
        assert!(budget.reserve(THOUSAND).is_err(), "0.007 is set aside of 0.01");
        held.settle(used(600, 0));
        assert_eq!(budget.spent().1, 0.003);
        budget.reserve(THOUSAND).unwrap();
    }

    #[test]
    fn without_a_limit_anything_goes() {
        let budget = Budget::new(Limits::default(), Price::default());
        let held: Result<Vec<_>, _> = (0..1_000).map(|_| budget.reserve(THOUSAND)).collect();
        assert_eq!(held.map(|held| held.len()), Ok(1_000));
    }
}
