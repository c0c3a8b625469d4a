//! What a text is about, by the texts that are known: the nearest of the classes' centroids.
//!
//! A text is a vector of words (Latin letters), of pairs of neighbouring words and of pairs of neighbouring Chinese
//! characters, each weighed by how rare it is (tf-idf: `ln(1 + N / (1 + n))` for a feature in n of N texts; Salton and Buckley
//! 1988), of length 1. A centroid is the mean of its texts' vectors, of length 1 again; likeness is the cosine (Rocchio
//! classification, Manning et al., Introduction to Information Retrieval, 2008, chapter 14). Digits and marks tell nothing.

use super::hashed::Hashed;
use super::normalise::normalise;
use crate::conversation::scramble;

/// What is looked at of a text, in characters: what it is about shows at its beginning.
const LOOKED_AT: usize = 200;

/// Below this likeness a text is about nothing that is known.
const LEAST_LIKENESS: f32 = 0.12;

/// So many times more alike than the next class makes a clear case.
const LEAD: f32 = 1.5;

/// Texts whose class is known, weighed and added up. Built once; its size grows with the texts it was made of.
#[derive(Debug, Clone)]
pub struct Exemplars {
    features: Hashed<Feature>,
    /// Of a feature that no text holds.
    weight_of_unknown: f32,
    /// The class of each centroid.
    classes: Vec<u16>,
}

#[derive(Debug, Clone)]
struct Feature {
    /// How rare it is.
    weight: f32,
    /// The centroids that hold it, and how much of it.
    centroids: Vec<(u16, f32)>,
}

/// The class that is nearest to a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// The class.
    pub class: u16,
    /// Its cosine with the text, 0 to 1.
    pub likeness: f32,
    /// That of the next class.
    pub next: f32,
}

impl Nearest {
    /// True when the text is surely about this class: alike enough, and much more so than to any other.
    pub fn is_clear(&self) -> bool {
        self.likeness >= LEAST_LIKENESS && self.likeness >= LEAD * self.next
    }
}

impl Exemplars {
    /// Each group of texts becomes a centroid of its class; a class may have several (one for each language).
    pub fn new<T: AsRef<str>>(groups: &[(u16, Vec<T>)]) -> Exemplars {
        let texts_of = |(_, texts): &(u16, Vec<T>)| texts.iter().map(|text| features(text.as_ref())).collect();
        let vectors: Vec<Vec<Vec<u64>>> = groups.iter().map(texts_of).collect();
        let mut counts: Hashed<u32> = Hashed::default();
        for feature in vectors.iter().flatten().flatten() {
            *counts.entry(*feature).or_default() += 1;
        }
        let texts = vectors.iter().flatten().count() as f32;
        let weight = |count: u32| (1.0 + texts / (1.0 + count as f32)).ln();
        let weighed = counts.iter().map(|(feature, count)| {
            let weight = weight(*count);
            let centroids = Vec::new();
            (*feature, Feature { weight, centroids })
        });
        let mut exemplars = Exemplars {
            features: weighed.collect(),
            weight_of_unknown: weight(0),
            classes: groups.iter().map(|(class, _)| *class).collect(),
        };
        for (centroid, texts) in (0..).zip(&vectors) {
            exemplars.add(centroid, texts);
        }
        exemplars
    }

    fn add(&mut self, centroid: u16, texts: &[Vec<u64>]) {
        let mut sum: Hashed<f32> = Hashed::default();
        for text in texts {
            let length = self.length(text);
            for feature in text {
                *sum.entry(*feature).or_default() += self.features[feature].weight / length;
            }
        }
        // In one order, so that the same texts give the same sums to the last bit.
        let mut parts: Vec<(u64, f32)> = sum.into_iter().collect();
        parts.sort_unstable_by_key(|(feature, _)| *feature);
        let length = parts.iter().map(|(_, part)| part * part).sum::<f32>().sqrt();
        for (feature, part) in parts {
            if let Some(known) = self.features.get_mut(&feature) {
                known.centroids.push((centroid, part / length));
            }
        }
    }

    fn length(&self, text: &[u64]) -> f32 {
        let weight = |feature| {
            self.features
                .get(feature)
                .map_or(self.weight_of_unknown, |known| known.weight)
        };
        let squares: f32 = text.iter().map(|feature| weight(feature).powi(2)).sum();
        squares.sqrt()
    }

    /// The class that is nearest to a text; absent when the text shares nothing with any.
    pub fn nearest(&self, text: &str) -> Option<Nearest> {
        self.nearest_of(&normalise(text))
    }

    /// The same for a text that is normalised already.
    pub fn nearest_of(&self, normalised: &str) -> Option<Nearest> {
        let text = features(normalised);
        let length = self.length(&text);
        let mut cosines = vec![0.0_f32; self.classes.len()];
        for known in text.iter().filter_map(|feature| self.features.get(feature)) {
            for (centroid, part) in &known.centroids {
                cosines[usize::from(*centroid)] += known.weight / length * part;
            }
        }
        let mut nearest: Option<Nearest> = None;
        for (class, cosine) in self.classes.iter().zip(cosines) {
            nearest = closer(nearest, *class, cosine);
        }
        nearest
    }
}

/// The nearest so far, after one more centroid.
fn closer(nearest: Option<Nearest>, class: u16, likeness: f32) -> Option<Nearest> {
    match nearest {
        _ if likeness <= 0.0 => nearest,
        None => Some(Nearest {
            class,
            likeness,
            next: 0.0,
        }),
        Some(old) if old.class == class => Some(Nearest {
            likeness: old.likeness.max(likeness),
            ..old
        }),
        Some(old) if likeness > old.likeness => Some(Nearest {
            class,
            likeness,
            next: old.likeness,
        }),
        Some(old) => Some(Nearest {
            next: old.next.max(likeness),
            ..old
        }),
    }
}

/// The features of a normalised text, each once, sorted.
fn features(text: &str) -> Vec<u64> {
    let mut found = Vec::with_capacity(64);
    let (mut word, mut before) = (0_u64, 0_u64);
    let mut last_han = None;
    for character in text.chars().take(LOOKED_AT).chain([' ']) {
        if character.is_ascii_alphabetic() || character == '\'' {
            word = scramble(word ^ u64::from(u32::from(character)));
            last_han = None;
            continue;
        }
        if word != 0 {
            found.push(word);
            if before != 0 {
                found.push(scramble(before ^ word.rotate_left(1)));
            }
            (before, word) = (word, 0);
        }
        if !character.is_alphabetic() {
            last_han = None;
            continue;
        }
        if let Some(last) = last_han {
            found.push(scramble(
                u64::from(u32::from(last)) << 32 | u64::from(u32::from(character)),
            ));
        }
        last_han = Some(character);
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop() -> Exemplars {
        Exemplars::new(&[
            (0, vec!["优惠券怎么用", "满减多少", "满300减50"]),
            (
                0,
                vec!["how does the coupon work", "spend 300 yuan and get 50 yuan off"],
            ),
            (1, vec!["什么时候发货", "快递是哪家", "48小时内发货,由顺丰配送"]),
            (
                1,
                vec!["when will my order ship", "it ships within 48 hours with SF Express"],
            ),
        ])
    }

    #[test]
    fn a_text_is_about_what_texts_like_it_are_about() {
        for (text, class) in [
            ("优惠券能用吗", 0),
            ("您的订单48小时内发货", 1),
            ("use the coupon at checkout", 0),
            ("your order will ship today", 1),
        ] {
            let nearest = shop().nearest(text).unwrap();
            assert!(nearest.class == class && nearest.is_clear(), "{text}: {nearest:?}");
        }
    }

    #[test]
    fn what_shares_nothing_is_about_nothing() {
        for text in ["", "今天天气真好", "1234567890", "bonjour"] {
            assert_eq!(shop().nearest(text), None, "{text}");
        }
        let neither = shop().nearest("优惠券怎么用,什么时候发货").unwrap();
        assert!(!neither.is_clear(), "{neither:?}");
    }

    #[test]
    fn a_class_does_not_compete_with_itself() {
        let twice = Exemplars::new(&[(3, vec!["满减多少"]), (3, vec!["满减怎么算"])]);
        let nearest = twice.nearest("满减").unwrap();
        assert_eq!((nearest.class, nearest.next), (3, 0.0));
        assert_eq!(Exemplars::new::<&str>(&[]).nearest("满减"), None);
    }

    #[test]
    fn only_the_beginning_of_a_text_counts() {
        let long = format!("{}什么时候发货", "满减".repeat(200));
        assert_eq!(shop().nearest(&long).map(|nearest| nearest.class), Some(0));
    }
}
