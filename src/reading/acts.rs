//! What a short reply does as a whole, told by weights that were learnt from sentences.
//!
//! The [`lexicon`](super::lexicon) knows what it has words for, wherever it stands; there are always more ways to say that one will not
//! help. A linear classifier over runs of neighbouring words or characters knows the manner of those replies (a support vector machine:
//! Cortes and Vapnik 1995). Either of both is believed:
//!
//! ```text
//!  reply --grams--> the sum of their weights, by act --> enough?
//!                   `acts/weights.bin`, learnt by `UPDATE_ACTS=1 cargo test --lib acts`
//! ```
//!
//! What was learnt from stands in `acts/learning`: replies of all fields in our own words, the tables of the lexicon, and the spent sets of
//! `tests/seeded`.

mod grams;
#[cfg(test)]
mod learning;

use std::ops::Range;
use std::sync::LazyLock;

use super::hashed::Hashed;
use grams::{BIAS, Grams, SUBJECT};

/// What a reply may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Act {
    /// It did not understand, or cannot help.
    FallsBack,
    /// It hands over to a person.
    HandsOver,
    /// It asks for the order number.
    AsksOrderNumber,
    /// It cannot deal with a picture, voice message or video.
    RefusesMedia,
    /// It says whether what it is asked about is so.
    TakesAStance,
}

impl Act {
    /// From where on a text is taken to do it. Low enough that a set of `tests/seeded` is known by what the others taught, high enough that
    /// of a thousand of its other sentences at most some four are taken (docs/QUALITY.md).
    fn least(self) -> f64 {
        match self {
            Act::FallsBack => 0.0,
            Act::HandsOver | Act::AsksOrderNumber | Act::RefusesMedia => -0.1,
            // Asked only where something else speaks for a stance.
            Act::TakesAStance => -0.7,
        }
    }
}

/// How many acts there are.
const ACTS: usize = ALL.len();

const ALL: [Act; 5] = [
    Act::FallsBack,
    Act::HandsOver,
    Act::AsksOrderNumber,
    Act::RefusesMedia,
    Act::TakesAStance,
];

/// Hundredths, one of each act, in the order of [`Act`].
type Weights = [i8; ACTS];

/// `weights.bin` holds a key (u32, little-endian) and its weights after each other, by rising key.
const RECORD: usize = size_of::<u32>() + ACTS;

static WEIGHTS: LazyLock<Hashed<Weights>> = LazyLock::new(|| {
    let (records, _) = include_bytes!("acts/weights.bin").as_chunks::<RECORD>();
    records.iter().map(read).collect()
});

fn read(record: &[u8; RECORD]) -> (u64, Weights) {
    let [a, b, c, d, weights @ ..] = *record;
    (
        u64::from(u32::from_le_bytes([a, b, c, d])),
        weights.map(u8::cast_signed),
    )
}

/// All that a text surely does.
#[derive(Debug, Clone)]
pub(super) struct Done([bool; ACTS]);

impl Done {
    /// What a normalised text does; nothing of a long one, for it says more than one thing.
    pub(super) fn by(text: &str) -> Done {
        Grams::of(text).map_or(Done([false; ACTS]), |grams| grams.done(&WEIGHTS))
    }

    pub(super) fn has(&self, act: Act) -> bool {
        self.0[act as usize]
    }
}

/// True when a normalised text may well say whether what these places name is so, to who asked just that. Who leaves it open (`about parking,
/// which day are you coming?`) has a manner too. The subject's own words tell nothing: it may be any.
pub(super) fn may_take_a_stance(text: &str, subject: &[Range<usize>]) -> bool {
    Grams::of(&masked(text, subject)).is_none_or(|grams| grams.done(&WEIGHTS).has(Act::TakesAStance))
}

/// The text with [`SUBJECT`] in these places, which are in its order.
fn masked(text: &str, subject: &[Range<usize>]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut end = 0;
    for place in subject {
        masked.push_str(&text[end..place.start]);
        masked.push(SUBJECT);
        end = place.end;
    }
    masked.push_str(&text[end..]);
    masked
}

impl Grams {
    /// `w·x + b` of the gram counts `x`, of length about 1, is enough: what was learnt from lies at 1 and beyond where it does the act, else
    /// at -1.
    fn done(&self, weights: &Hashed<Weights>) -> Done {
        let of = |key: &u32| weights.get(&u64::from(*key)).copied().unwrap_or_default();
        let mut sums = [0i32; ACTS];
        for weights in self.keys().iter().map(of) {
            sums.iter_mut()
                .zip(weights)
                .for_each(|(sum, weight)| *sum += i32::from(weight));
        }
        let bias = of(&BIAS);
        Done(ALL.map(|act| {
            let place = act as usize;
            let score = (f64::from(sums[place]) * self.share() + f64::from(bias[place])) / 100.0;
            score > act.least()
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    #[test]
    fn acts_are_known_in_words_that_no_table_has() {
        use Act::{AsksOrderNumber, FallsBack, HandsOver, RefusesMedia};
        for (text, act) in [
            ("实在惭愧，这一题我真的答不出来呀", FallsBack),
            ("Oh dear, that one is beyond what I know.", FallsBack),
            ("别急，这就帮您喊我们客服小哥来对接", HandsOver),
            ("Hold tight, one of our people is picking this up.", HandsOver),
            ("要查的话先把那串预订编号贴给我吧", AsksOrderNumber),
            ("Mind telling me which booking number you have?", AsksOrderNumber),
            ("哎呀图片我打不开，能不能打字说", RefusesMedia),
            ("Pictures do not open for me, could you put it in words?", RefusesMedia),
        ] {
            assert!(Done::by(&normalise(text)).has(act), "{text}");
        }
    }

    #[test]
    fn answers_do_none_of_it() {
        for text in [
            "",
            "满300减50",
            "您好，7天内可以退货，运费由我们承担。",
            "您的订单6123400000001712345已经发货，预计明天送达。",
            "退款会在3到5个工作日内退回您的账户。",
            "You can return it within 7 days.",
            "Your order ships tomorrow, and delivery takes two days.",
            "The nightly rate is 199 yuan, breakfast included.",
            &"这家酒店一晚199元，含早餐。".repeat(40),
        ] {
            for act in [Act::FallsBack, Act::HandsOver, Act::AsksOrderNumber, Act::RefusesMedia] {
                assert!(!Done::by(&normalise(text)).has(act), "{act:?}: {text}");
            }
        }
    }
}
