//! Whether who asked if something is so was told that it is or that it is not, by the manner of the answer as a whole.

use std::ops::Range;
use std::sync::LazyLock;

use super::acts::grams::Grams;
use super::acts::masked;
use super::weights::Weights;

/// Above and below these an answer is taken for a yes or a no that no word of it says. Far enough out that few answers of an author that
/// nothing was learnt of are taken for their opposite (docs/QUALITY.md). Who says no says more of other things, and so less surely.
const SURELY_YES: f64 = 0.7;
const SURELY_NO: f64 = -0.5;
/// Beyond these what the words of an answer seem to say is doubted.
const DOUBTS_YES: f64 = -0.3;
const DOUBTS_NO: f64 = 0.45;

static WEIGHTS: LazyLock<Weights<1>> = LazyLock::new(|| Weights::read(include_bytes!("leaning.bin").as_slice()));

/// To which side an answer leans: above 0 to a yes. Answers that were learnt from are at 1 and -1, and beyond.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::reading) struct Leaning(f64);

impl Leaning {
    /// That of a normalised text in which the subject stands in these places. The subject's own words tell nothing: it may be any. Long texts
    /// say more than one thing and lean nowhere.
    pub(in crate::reading) fn of(text: &str, subject: &[Range<usize>]) -> Leaning {
        Grams::of(&masked(text, subject)).map_or(Leaning(0.0), |grams| Leaning::by(&grams, &WEIGHTS))
    }

    pub(super) fn by(grams: &Grams, weights: &Weights<1>) -> Leaning {
        let [sum] = weights.scores(grams.keys());
        Leaning(sum)
    }

    /// What it says, where that is beyond doubt.
    pub(in crate::reading) fn surely(self) -> Option<bool> {
        match self.0 {
            leaning if leaning > SURELY_YES => Some(true),
            leaning if leaning < SURELY_NO => Some(false),
            _ => None,
        }
    }

    /// True when it may well say the opposite.
    pub(in crate::reading) fn speaks_against(self, holds: bool) -> bool {
        if holds { self.0 < DOUBTS_YES } else { self.0 > DOUBTS_NO }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    #[test]
    fn answers_lean_to_what_they_say_in_whatever_words() {
        for (text, holds) in [
            ("您放心睡，我们值班的小伙子到点一定把您喊起来", true),
            ("设备都撤走了，这层现在是会议室", false),
            ("Just leave the time with us and your phone will ring.", true),
            ("They took the machines out years ago, I'm afraid.", false),
        ] {
            let leaning = Leaning::of(&normalise(text), &[]);
            assert!(leaning.speaks_against(!holds), "{text}: {leaning:?}");
            assert!(!leaning.speaks_against(holds), "{text}: {leaning:?}");
        }
        assert_eq!(Leaning::of(&"有".repeat(200), &[]).surely(), None);
        assert_eq!(Leaning::of("", &[]), Leaning(0.0));
    }
}
