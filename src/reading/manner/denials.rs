//! Whether a claim is only denied, warned of or laid at others' doors, told by what stands around it.

use std::ops::Range;
use std::sync::LazyLock;

use super::surroundings::Surroundings;
use super::weights::Weights;

/// From where on a claim is taken to be denied. High enough that of the promises of an author that nothing was learnt of few are taken
/// (docs/QUALITY.md).
const LEAST: f64 = 0.3;

static WEIGHTS: LazyLock<Weights<1>> = LazyLock::new(|| Weights::read(include_bytes!("denials.bin").as_slice()));

/// True when the claim at a place of a normalised text is no claim of who says it.
pub(in crate::reading) fn is_denied(text: &str, claim: &Range<usize>) -> bool {
    Surroundings::of(text, claim).is_denied_by(&WEIGHTS)
}

impl Surroundings {
    pub(super) fn is_denied_by(&self, weights: &Weights<1>) -> bool {
        weights.scores(self.keys()) > [LEAST]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    #[test]
    fn denials_are_known_in_words_that_no_table_has() {
        for (said, is_expected) in [
            ("跟您讲实话，「最低价」我可真不好意思往外说", true),
            ("群里喊「转账」的那位不在我们这儿上班，您留个心眼", true),
            ("Sadly the days of the 「lowest price」 badge are behind us.", true),
            ("Whoever asked you to 「pay in cash」 does not work here.", true),
            ("早餐没有，房型也不能挑，但「最低价」您放心", false),
            ("别的不敢说，「最低价」就在我们家", false),
            ("We don't do refunds, though the 「lowest price」 is ours.", false),
            ("「WhatsApp」 me tonight and it will be sorted.", false),
        ] {
            let claim = said.split(['「', '」']).nth(1).map(normalise).unwrap();
            let text = normalise(&said.replace(['「', '」'], ""));
            let start = text.find(&claim).unwrap();
            assert_eq!(is_denied(&text, &(start..start + claim.len())), is_expected, "{said}");
        }
    }

    #[test]
    fn a_claim_may_be_all_of_a_text_or_none_of_it() {
        for text in ["", "wechat", "微信"] {
            assert!(!is_denied(text, &(0..text.len())), "{text}");
        }
    }
}
