//! Of which answers a judged share can speak: of the whole run, or of the kept conversations only. Pure.

use crate::archive::KeptAnswers;
use crate::verdict::Run;

/// How many conversations of the run a kept one stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reach {
    /// True when what follows holds for all conversations of the run.
    pub(super) is_whole_run: bool,
    /// Why, in one sentence.
    pub(super) because: String,
    failed: f64,
    other: f64,
}

impl Reach {
    /// What a run's kept conversations stand for. Failed ones are kept first to last until there is no more room, which is
    /// no sample; so the run can be spoken of only when all of them are there and nothing was lost.
    pub(super) fn of(run: &Run, kept: &KeptAnswers) -> Reach {
        let ended: u64 = run
            .by_phase
            .values()
            .map(|block| {
                let all = &block.conversations;
                all.goal_met
                    + all.gave_up
                    + all.handed_off
                    + all.max_turns
                    + all.r#loop
                    + all.bot_failed
                    + all.cut_short
            })
            .sum();
        let only_kept = |why: &str| Reach {
            is_whole_run: false,
            because: format!("the shares speak of the kept conversations only, since {why}"),
            failed: 1.0,
            other: 1.0,
        };
        let others = ended.saturating_sub(kept.failed);
        if kept.transcripts != "sample" {
            return only_kept("`transcripts` kept no sample of those that did not fail");
        }
        if kept.failed >= kept.most_failed && ended > kept.failed + kept.others {
            return only_kept("more conversations failed than were kept");
        }
        if run.generator.archive_overflow > 0 || kept.others != others.min(kept.most_others) {
            return only_kept("some conversations could not be kept");
        }
        Reach {
            is_whole_run: true,
            because: match others == kept.others {
                true => "every conversation of the run was kept".to_owned(),
                false => format!(
                    "every conversation that failed was kept, and a random sample of {} of the {others} others",
                    kept.others
                ),
            },
            failed: 1.0,
            other: if kept.others == 0 {
                1.0
            } else {
                others as f64 / kept.others as f64
            },
        }
    }

    /// How many conversations one stands for.
    pub(super) fn weight(&self, kept_as_failed: bool) -> f64 {
        if kept_as_failed { self.failed } else { self.other }
    }
}
