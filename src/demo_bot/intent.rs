//! What the bot tells that it took its customer to want, where the protocol has a place for it.

use crate::scenario::{Fault, OUT_OF_SCOPE};

use super::answer::Phrasebook;
use super::chance::{Chance, Purpose};
use super::memory::Meaning;

impl Phrasebook {
    /// The label of what the message asks for: its topic, or that it is nothing of the shop's. None for what asks for nothing.
    pub(super) fn intent(&self, meaning: &Meaning) -> Option<String> {
        match meaning {
            Meaning::Unknown => Some(OUT_OF_SCOPE.to_owned()),
            _ => self.topic_name(meaning).map(str::to_owned),
        }
    }

    /// Another label than that.
    pub(super) fn other_intent(&self, meaning: &Meaning, chance: Chance) -> Option<String> {
        let right = self.intent(meaning)?;
        let topics = (0..self.topic_count()).filter_map(|place| self.named_topic(place));
        let labels = topics.map(|(name, _)| name).chain([OUT_OF_SCOPE]);
        let others: Vec<&str> = labels.filter(|label| *label != right).collect();
        chance.pick(Purpose::Intent, &others).map(|label| (*label).to_owned())
    }
}

/// True for faults beside which the bot tells its intent: those that leave it to the customer's matter. Who answers something else, or
/// says that they did not understand, tells none.
pub(super) fn comes_with(fault: Fault) -> bool {
    !matches!(
        fault,
        Fault::Fallback | Fault::Placeholder | Fault::Stale | Fault::OffTopic
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::demo_bot::tests::knowledge;

    #[test]
    fn a_question_has_its_topic_and_what_is_not_understood_is_out_of_scope() {
        let book = Phrasebook::new(&knowledge());
        for (meaning, intent) in [
            (Meaning::Question(1), Some("coupon")),
            (Meaning::NeedsOrderNumber(0), Some("delivery")),
            (Meaning::Unknown, Some("out_of_scope")),
            (Meaning::Courtesy, None),
            (Meaning::WantsPerson, None),
        ] {
            assert_eq!(book.intent(&meaning).as_deref(), intent, "{meaning:?}");
        }
    }

    #[test]
    fn another_intent_is_any_but_the_right_one() {
        let book = Phrasebook::new(&knowledge());
        let told = |meaning: &Meaning| -> BTreeSet<String> {
            let one = |message| book.other_intent(meaning, Chance::new(1, message));
            (0..100).filter_map(one).collect()
        };
        let labels = |labels: &[&str]| labels.iter().map(|label| (*label).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(
            told(&Meaning::Question(1)),
            labels(&["carrier", "delivery", "out_of_scope"])
        );
        assert_eq!(told(&Meaning::Unknown), labels(&["carrier", "coupon", "delivery"]));
        assert_eq!(told(&Meaning::Hello), labels(&[]));
    }
}
