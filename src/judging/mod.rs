//! Judges a sample of a finished run's answers with a language model: after the load, never during it.
//!
//! ```text
//!  run directory --kept answers--> sample --+                            +--> judge-answers.jsonl (as they come)
//!  labelled replies ------------------------+--> bench --asks--> model --+
//!                                                                        +--> summary --> judge.json
//! ```
//!
//! The run's own files are only read. What was answered once is never asked again, and when the budget or the patience of
//! the user ends, what was judged until then is summed up.

mod bench;
mod error;
mod labelled;
mod memory;
mod population;
mod summary;

use std::path::PathBuf;

use tokio_util::sync::CancellationToken;

use crate::archive::{self, KeptAnswers};
use crate::conversation::scramble;
use crate::model::Client;
use crate::quality::judge::{Candidate, Exhibit, SamplePlan, choose};
use crate::scenario::Rubric;
use crate::verdict::Run;
use crate::verdict::judged::{Anchors, Gate, Judged};
use bench::{Bench, Heard};
use population::Reach;

pub use bench::Progress;
pub use error::JudgingError;
pub use labelled::{LabelledReply, labelled};

/// So many labelled replies are judged a second time at the end.
const ANCHORS: usize = 8;

/// What is judged, by whom, and how much of it.
#[derive(Debug)]
pub struct Settings {
    /// The run directory.
    pub folder: PathBuf,
    /// Where judge.json and the answers go.
    pub out: PathBuf,
    /// What is asked.
    pub rubric: Rubric,
    /// Replies that people judged; empty: the judge is not calibrated.
    pub labelled: Vec<LabelledReply>,
    /// Of each stratum.
    pub per_stratum: usize,
    /// Up to about so many answers that failed a hard gate.
    pub most_failures: usize,
    /// Where all chance comes from; absent: the run's seed.
    pub seed: Option<u64>,
    /// What the shares must keep.
    pub gates: Vec<Gate>,
    /// Questions on their way at once.
    pub concurrency: usize,
}

/// What ends judging early.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    /// Nothing more is asked; what is on its way is waited for.
    pub gently: CancellationToken,
    /// Nothing is waited for.
    pub now: CancellationToken,
}

/// Judges, and writes judge.json.
///
/// # Errors
/// When there is nothing to judge, nothing can be written, a gate names no criterion, or the model cannot be asked at all.
pub async fn judge(
    settings: &Settings,
    client: &Client,
    stop: &Stop,
    tell: &dyn Fn(Progress),
) -> Result<Judged, JudgingError> {
    known_gates(settings)?;
    let run = archive::read_run(&settings.folder)?;
    let kept = archive::kept_answers(&settings.folder)?;
    if kept.answers.is_empty() {
        return Err(nothing(settings, &kept));
    }
    let seed = settings.seed.unwrap_or(run.seed);
    let plan = SamplePlan {
        per_stratum: settings.per_stratum,
        most_failures: settings.most_failures,
        seed,
    };
    let chosen = choose(&candidates(&kept), plan);
    let bench = Bench::new(settings, client, seed, stop, tell)?;
    let labelled: Vec<Exhibit> = settings.labelled.iter().map(|reply| reply.exhibit.clone()).collect();
    let shown = chosen
        .places
        .iter()
        .map(|place| exhibit(&kept, *place))
        .collect::<Vec<_>>();
    bench.expect(labelled.len() + shown.len());
    let labelled_heard = bench.hear(&labelled).await;
    let heard = bench.hear(&shown).await;
    let anchors = anchors(&bench, settings, &labelled_heard, seed).await;
    if let Some(error) = bench.refused_everything() {
        return Err(error.into());
    }
    let hearing = summary::Hearing {
        run: &run,
        kept: &kept,
        reach: Reach::of(&run, &kept),
        plan,
        chosen: &chosen,
        heard: &heard,
        labelled: &labelled_heard,
        anchors,
    };
    let judged = summary::summary(settings, &bench, &hearing);
    archive::write_judged(&settings.out, &judged)?;
    Ok(judged)
}

fn known_gates(settings: &Settings) -> Result<(), JudgingError> {
    for gate in &settings.gates {
        let mut names = settings.rubric.criteria.iter().map(|criterion| criterion.name.as_str());
        if !names.clone().any(|name| name == gate.criterion) {
            return Err(JudgingError::UnknownCriterion {
                that: gate.that.clone(),
                criterion: gate.criterion.clone(),
                known: names.by_ref().collect::<Vec<_>>().join(", "),
            });
        }
    }
    Ok(())
}

fn nothing(settings: &Settings, kept: &KeptAnswers) -> JudgingError {
    JudgingError::NothingToJudge {
        folder: settings.folder.clone(),
        reason: match kept.failed + kept.others {
            0 => format!("no conversation was kept (`transcripts: {}`)", kept.transcripts),
            conversations => format!("none of its {conversations} kept conversations holds an answer with text"),
        },
    }
}

fn candidates(kept: &KeptAnswers) -> Vec<Candidate> {
    let candidate = |answer: &archive::KeptAnswer| Candidate {
        customer: answer.customer,
        turn: answer.turn,
        stratum: answer.stratum.clone(),
    };
    kept.answers.iter().map(candidate).collect()
}

fn exhibit(kept: &KeptAnswers, place: usize) -> Exhibit {
    let answer = &kept.answers[place];
    Exhibit {
        language: answer.language,
        question: answer.question.clone(),
        reply: answer.reply.clone(),
    }
}

/// Asks about a few labelled replies once more, past the memory, and compares.
async fn anchors(bench: &Bench<'_>, settings: &Settings, heard: &[Heard], seed: u64) -> Option<Anchors> {
    if settings.labelled.is_empty() {
        return None;
    }
    let mut places: Vec<usize> = (0..heard.len())
        .filter(|place| heard[*place].rulings().is_some())
        .collect();
    places.sort_by_key(|place| scramble(seed ^ scramble(*place as u64)));
    let mut anchors = Anchors { compared: 0, same: 0 };
    for place in places.into_iter().take(ANCHORS) {
        let again = bench.hear_again(&settings.labelled[place].exhibit).await;
        let pairs = heard[place]
            .rulings()
            .into_iter()
            .flatten()
            .zip(again.rulings().into_iter().flatten());
        for (before, now) in pairs {
            anchors.compared += 1;
            anchors.same += u64::from(before.verdict == now.verdict);
        }
    }
    Some(anchors)
}

/// What the run is, as judge.json names it.
fn named(run: &Run) -> crate::verdict::judged::JudgedRun {
    crate::verdict::judged::JudgedRun {
        scenario: run.scenario.clone(),
        seed: run.seed,
        started_at: run.started_at.clone(),
    }
}
