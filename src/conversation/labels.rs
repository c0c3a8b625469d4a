//! What a turn or conversation is counted under.

/// The low-cardinality properties of a turn: places in the scenario's lists, never names.
///
/// A turn belongs to the phase in which it was due, a conversation to that of its arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Labels {
    /// Place in the scenario's phases.
    pub phase: u16,
    /// Place in the scenario's channels.
    pub channel: u16,
    /// Place in the scenario's personas.
    pub persona: u16,
    /// Place in the scenario's goals.
    pub goal: u16,
    /// Place in [`Language::ALL`](super::Language::ALL).
    pub language: u16,
    /// True in a phase that stays out of totals and thresholds. It goes with `phase`: take both from
    /// `Scenario::labels`, never change one alone.
    pub warm_up: bool,
}

/// A question about a part of the run: all labels that agree with every key that is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Slice {
    /// Only this phase.
    pub phase: Option<u16>,
    /// Only this channel.
    pub channel: Option<u16>,
    /// Only this persona.
    pub persona: Option<u16>,
    /// Only this goal.
    pub goal: Option<u16>,
    /// Only this language.
    pub language: Option<u16>,
    /// Leaves out what belongs to a warm-up phase.
    pub skips_warm_up: bool,
}

impl Slice {
    /// The whole run, warm-up included.
    pub const ALL: Slice = Slice {
        phase: None,
        channel: None,
        persona: None,
        goal: None,
        language: None,
        skips_warm_up: false,
    };

    /// True when `labels` lie within this slice.
    pub fn holds(&self, labels: &Labels) -> bool {
        let agrees = |wanted: Option<u16>, found: u16| wanted.is_none_or(|wanted| wanted == found);
        !(self.skips_warm_up && labels.warm_up)
            && agrees(self.phase, labels.phase)
            && agrees(self.channel, labels.channel)
            && agrees(self.persona, labels.persona)
            && agrees(self.goal, labels.goal)
            && agrees(self.language, labels.language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_holds_what_agrees_with_every_key_that_is_set() {
        let labels = Labels {
            phase: 2,
            channel: 1,
            ..Labels::default()
        };
        assert!(Slice::ALL.holds(&labels));
        assert!(
            Slice {
                phase: Some(2),
                channel: Some(1),
                ..Slice::ALL
            }
            .holds(&labels)
        );
        assert!(
            !Slice {
                phase: Some(2),
                channel: Some(0),
                ..Slice::ALL
            }
            .holds(&labels)
        );
    }

    #[test]
    fn a_slice_that_skips_warm_up_leaves_out_what_belongs_to_it() {
        let totals = Slice {
            skips_warm_up: true,
            ..Slice::ALL
        };
        for warm_up in [false, true] {
            let labels = Labels {
                warm_up,
                ..Labels::default()
            };
            assert!(Slice::ALL.holds(&labels));
            assert_eq!(totals.holds(&labels), !warm_up);
        }
    }
}
