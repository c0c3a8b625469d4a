//! What a short reply does as a whole. The words of the lexicon or its manner: either is believed.

pub(super) mod grams;

use std::ops::Range;
use std::sync::LazyLock;

use super::weights::Weights;
use grams::Grams;

/// Stands in a text for what it is about.
const SUBJECT: char = '\u{fffc}';

/// What a reply may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::reading) enum Act {
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
    /// of a thousand of its other sentences at most some ten are taken (docs/QUALITY.md).
    fn least(self) -> f64 {
        match self {
            Act::FallsBack => -0.15,
            Act::HandsOver => -0.1,
            // Asked only of an answer to a picture, voice message or video.
            Act::RefusesMedia => -0.35,
            Act::AsksOrderNumber => -0.4,
            // Asked only where something else speaks for a stance.
            Act::TakesAStance => -0.7,
        }
    }

    /// Up to where a text is taken not to do it, whatever words it has. Low enough that of a set's sentences that do it hardly one is left out.
    fn most_against(self) -> f64 {
        match self {
            Act::FallsBack => -0.8,
            // Answers may do them too, in a few words of theirs, and their words are seldom mistaken.
            Act::HandsOver | Act::RefusesMedia | Act::AsksOrderNumber | Act::TakesAStance => f64::NEG_INFINITY,
        }
    }
}

/// From where on a text may do an act. What was learnt from does one; who may do one may do another with it, which only words tell then.
const MAY: f64 = -0.5;

/// From where on a text is taken to say yes or no though nothing else speaks for it. Where it names its subject, what says so is mostly
/// understood, and what is not understood mostly leaves it open (docs/QUALITY.md).
fn least_alone(is_named: bool) -> f64 {
    if is_named { 0.0 } else { -0.3 }
}

/// How many acts there are.
pub(super) const ACTS: usize = ALL.len();

pub(super) const ALL: [Act; 5] = [
    Act::FallsBack,
    Act::HandsOver,
    Act::AsksOrderNumber,
    Act::RefusesMedia,
    Act::TakesAStance,
];

static WEIGHTS: LazyLock<Weights<ACTS>> = LazyLock::new(|| Weights::read(include_bytes!("acts.bin").as_slice()));

/// What the manner of a text says of each act: that it does it, that it does not, or neither.
#[derive(Debug, Clone)]
pub(in crate::reading) struct Done([Option<bool>; ACTS]);

impl Done {
    /// What a normalised text does; nothing is known of a long one, for it says more than one thing.
    pub(in crate::reading) fn by(text: &str) -> Done {
        Grams::of(text).map_or(Done([None; ACTS]), |grams| grams.done(&WEIGHTS))
    }

    /// Whether it does it, where its manner tells.
    pub(in crate::reading) fn does(&self, act: Act) -> Option<bool> {
        self.0[act as usize]
    }

    /// True when it has the manner of who does it.
    pub(in crate::reading) fn has(&self, act: Act) -> bool {
        self.does(act) == Some(true)
    }
}

/// True when a normalised text may well say whether what these places name is so, to who asked just that. Who leaves it open (`about parking,
/// which day are you coming?`) has a manner too. The subject's own words tell nothing: it may be any.
pub(in crate::reading) fn may_take_a_stance(text: &str, subject: &[Range<usize>]) -> bool {
    Grams::of(&masked(text, subject)).is_none_or(|grams| grams.done(&WEIGHTS).has(Act::TakesAStance))
}

/// True when a normalised text says to who asked whether what these places name is so that it is, or that it is not, whether or not its words
/// are understood: by its manner alone. Long ones say more than one thing and are not looked at.
pub(in crate::reading) fn takes_a_stance(text: &str, subject: &[Range<usize>]) -> bool {
    let masked = masked(text, subject);
    Grams::of(&masked).is_some_and(|grams| grams.take_a_stance_alone(&masked, &WEIGHTS))
}

/// The text with [`SUBJECT`] in these places, which are in its order.
pub(super) fn masked(text: &str, subject: &[Range<usize>]) -> String {
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
    /// What weights make of the text.
    pub(super) fn done(&self, weights: &Weights<ACTS>) -> Done {
        let scores = weights.scores(self.keys());
        let may_do_another = |act: Act| {
            let mut others = ALL[..Act::TakesAStance as usize].iter().filter(|other| **other != act);
            others.any(|other| scores[*other as usize] > MAY)
        };
        Done(ALL.map(|act| match scores[act as usize] {
            score if score > act.least() => Some(true),
            score if score < act.most_against() && !may_do_another(act) => Some(false),
            _ => None,
        }))
    }

    /// The same of a stance that nothing else speaks for, in this text.
    pub(super) fn take_a_stance_alone(&self, masked: &str, weights: &Weights<ACTS>) -> bool {
        weights.scores(self.keys())[Act::TakesAStance as usize] > least_alone(masked.contains(SUBJECT))
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
