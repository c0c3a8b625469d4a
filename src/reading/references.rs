//! How much a text is like the best of several references: chrF, over letters.
//!
//! Popovic, chrF: character n-gram F-score for automatic MT evaluation, 2015. Precision and recall are means over the orders that both
//! texts are long enough for: `F = (1 + beta^2) P R / (beta^2 P + R)`; n = 1 to 6 and beta 2 in English, n = 1 to 2 and beta 1 in
//! Chinese. Measured between independent right replies of people it is 0.28 to 0.30, so that a high value is no aim.

use super::hashed::Hashed;
use crate::conversation::{Language, scramble};

/// What is looked at of a text, in letters.
const LOOKED_AT: usize = 160;

/// The longest n-grams of any language.
const MOST_ORDERS: usize = 6;

/// Texts that others are held against. Built once.
#[derive(Debug, Clone)]
pub struct References {
    orders: usize,
    beta: f64,
    /// By n-gram: its place in `counts`.
    grams: Hashed<u32>,
    /// Of each n-gram: its order, and in which references it stands how often.
    counts: Vec<(usize, Vec<(u16, u16)>)>,
    /// Letters of each reference.
    lengths: Vec<usize>,
}

impl References {
    /// References in this language, normalised.
    pub fn new<T: AsRef<str>>(language: Language, texts: &[T]) -> References {
        let (orders, beta) = match language {
            Language::Zh => (2, 1.0),
            Language::En => (MOST_ORDERS, 2.0),
        };
        let mut references = References {
            orders,
            beta,
            grams: Hashed::default(),
            counts: Vec::new(),
            lengths: Vec::new(),
        };
        for (place, text) in (0..).zip(texts) {
            references.add(place, &letters(text.as_ref()));
        }
        references
    }

    fn add(&mut self, reference: u16, letters: &[char]) {
        self.lengths.push(letters.len());
        for order in 1..=self.orders {
            for gram in letters.windows(order) {
                let next = self.counts.len() as u32;
                let place = *self.grams.entry(hash(gram)).or_insert(next);
                if place == next {
                    self.counts.push((order, Vec::new()));
                }
                match self.counts[place as usize].1.last_mut() {
                    Some((last, count)) if *last == reference => *count += 1,
                    _ => self.counts[place as usize].1.push((reference, 1)),
                }
            }
        }
    }

    /// chrF of a normalised text against the reference that it is most like, 0 to 1; 0 without references.
    pub fn likeness(&self, text: &str) -> f64 {
        let letters = letters(text);
        let mut seen = vec![0_u16; self.counts.len()];
        for order in 1..=self.orders {
            for gram in letters.windows(order) {
                if let Some(place) = self.grams.get(&hash(gram)) {
                    seen[*place as usize] += 1;
                }
            }
        }
        let mut shared = vec![[0_u32; MOST_ORDERS]; self.lengths.len()];
        for (times, (order, counts)) in seen.iter().zip(&self.counts).filter(|(times, _)| **times > 0) {
            for (reference, count) in counts {
                shared[usize::from(*reference)][order - 1] += u32::from(*times.min(count));
            }
        }
        let scores = shared.iter().zip(&self.lengths);
        let scores = scores.map(|(shared, length)| self.score(shared, *length, letters.len()));
        scores.fold(0.0, f64::max)
    }

    fn score(&self, shared: &[u32; MOST_ORDERS], reference: usize, text: usize) -> f64 {
        let orders = self.orders.min(reference).min(text);
        let mean = |length: usize| {
            let share = |order: usize| f64::from(shared[order - 1]) / (length + 1 - order) as f64;
            (1..=orders).map(share).sum::<f64>() / orders as f64
        };
        if orders == 0 {
            return 0.0;
        }
        let (precision, recall) = (mean(text), mean(reference));
        let squared = self.beta * self.beta;
        match squared * precision + recall {
            0.0 => 0.0,
            below => (1.0 + squared) * precision * recall / below,
        }
    }
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphabetic()).take(LOOKED_AT).collect()
}

fn hash(gram: &[char]) -> u64 {
    gram.iter().fold(gram.len() as u64, |hash, letter| {
        scramble(hash ^ u64::from(u32::from(*letter)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chrf(language: Language, reference: &str, text: &str) -> f64 {
        References::new(language, &[reference]).likeness(text)
    }

    #[test]
    fn the_formula_is_that_of_the_paper() {
        // Letters: 满减 against 满送: of order 1, one of two is shared; of order 2, none. P = R = 1/4.
        assert!((chrf(Language::Zh, "满减", "满送") - 0.25).abs() < 1e-12);
        // 满 against 满减, only order 1 exists in both: P = 1, R = 1/2, F1 = 2/3.
        assert!((chrf(Language::Zh, "满减", "满") - 2.0 / 3.0).abs() < 1e-12);
        // ab against abab, orders 1 and 2: P = 1, R = (2/4 + 1/3) / 2; beta 2.
        let recall = (0.5 + 1.0 / 3.0) / 2.0;
        let expected = 5.0 * recall / (4.0 + recall);
        assert!((chrf(Language::En, "abab", "ab") - expected).abs() < 1e-12);
        assert!((chrf(Language::En, "it ships today", "it ships today!") - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_best_of_several_references_counts() {
        let both = References::new(Language::Zh, &["满减优惠券", "会员折扣"]);
        assert!((both.likeness("会员折扣") - 1.0).abs() < 1e-12);
        assert_eq!(both.likeness("123"), 0.0);
        assert_eq!(both.likeness("发货"), 0.0);
        assert_eq!(References::new::<&str>(Language::En, &[]).likeness("hello"), 0.0);
    }
}
