//! Finds what a message is about, by the keywords of the knowledge.

use crate::conversation::Language;
use crate::scenario::{Knowledge, PerLanguage};

use super::things::Nearness;

/// The keywords of each topic, in the order of the knowledge.
#[derive(Debug)]
pub(super) struct Keywords(Vec<PerLanguage<Vec<String>>>);

impl Keywords {
    /// Those of `knowledge`.
    pub(super) fn of(knowledge: &Knowledge) -> Keywords {
        Keywords(knowledge.topics.values().map(|topic| topic.keywords.clone()).collect())
    }

    /// True when there is no topic at all.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The topic (by its place) of which `text`, in lower case, holds the most keyword characters, so that many and long
    /// matches count; the earlier of equals. The nearest topics come first, and keywords of `language`; others only when
    /// there are none of these.
    pub(super) fn topic_of(
        &self,
        text: &str,
        language: Language,
        nearness: impl Fn(usize) -> Nearness,
    ) -> Option<usize> {
        let others = Language::ALL.into_iter().filter(|other| *other != language);
        let languages: Vec<Language> = std::iter::once(language).chain(others).collect();
        let mut tries = Nearness::ALL
            .into_iter()
            .flat_map(|near| languages.iter().map(move |language| (near, *language)));
        tries.find_map(|(near, language)| self.best(text, language, |topic| nearness(topic) == near))
    }

    fn best(&self, text: &str, language: Language, counts: impl Fn(usize) -> bool) -> Option<usize> {
        let matched = |keywords: &PerLanguage<Vec<String>>| -> usize {
            let hits = keywords
                .get(language)
                .iter()
                .filter(|keyword| text.contains(keyword.as_str()));
            hits.map(|keyword| keyword.chars().count()).sum()
        };
        let scored = self
            .0
            .iter()
            .map(matched)
            .enumerate()
            .filter(|(topic, score)| *score > 0 && counts(*topic));
        let best = scored.reduce(|best, other| if other.1 > best.1 { other } else { best })?;
        Some(best.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_topic_with_the_most_matched_characters_wins() {
        let words = |zh: &[&str], en: &[&str]| PerLanguage {
            zh: zh.iter().map(ToString::to_string).collect(),
            en: en.iter().map(ToString::to_string).collect(),
        };
        let keywords = Keywords(vec![
            words(&["快递", "物流"], &["parcel", "delivery"]),
            words(&["优惠券", "券"], &["coupon"]),
            words(&["退货", "退"], &["return"]),
        ]);
        for (text, language, topic) in [
            ("我的快递呢", Language::Zh, Some(0)),
            ("用了优惠券的快递", Language::Zh, Some(1)),
            ("退货要寄快递吗", Language::Zh, Some(2)),
            ("COUPON怎么用", Language::Zh, Some(1)),
            ("Has my Parcel left?", Language::En, Some(0)),
            ("parcel coupon", Language::En, Some(0)),
            ("你们卖火箭吗", Language::Zh, None),
            ("", Language::Zh, None),
        ] {
            let found = keywords.topic_of(&text.to_lowercase(), language, |_| Nearness::Apart);
            assert_eq!(found, topic, "{text}");
        }
    }
}
