//! Several runs of one scenario, one after the other, each with the next seed.

use std::path::PathBuf;

use super::{Finished, Options, RehearsalError, Snapshot, Stops, rehearse};
use crate::archive::RepeatFolder;
use crate::report;
use crate::scenario::Scenario;
use crate::verdict::{self, Repeat};

/// What is to be held how often.
#[derive(Debug, Clone, Copy)]
pub struct Repetition<'a> {
    /// The scenario; its seed is that of the first run, and each that follows has one more.
    pub scenario: &'a Scenario,
    /// How many runs.
    pub times: u32,
}

/// What happens while the runs are held.
#[derive(Debug)]
pub enum Repeating<'a> {
    /// A run is about to begin.
    Begins {
        /// From 1.
        number: u32,
        /// Where all its chance comes from.
        seed: u64,
    },
    /// A second of it is over.
    Second(&'a Snapshot),
    /// It is over.
    Ended {
        /// From 1.
        number: u32,
        /// What it gave.
        finished: &'a Finished,
    },
}

/// Runs that were held.
#[derive(Debug)]
pub struct Repeated {
    /// What they say together.
    pub repeat: Repeat,
    /// Where they are.
    pub folder: PathBuf,
    /// Why a run after the first could not be held, and none after it was.
    pub failure: Option<RehearsalError>,
}

/// Holds the runs in `DIR/1`, `DIR/2`, ... and writes what they say together, where `DIR` is [`Options::out`]. A target
/// `demo` is a fresh bot for each. When the user stops the present run, none follows.
///
/// # Errors
/// When the first run could not be held, or what was measured could not be written.
pub fn repeat(
    repetition: Repetition<'_>,
    options: &Options,
    stops: &Stops,
    watch: &mut dyn FnMut(Repeating<'_>),
) -> Result<Repeated, RehearsalError> {
    let Repetition { scenario, times } = repetition;
    let folder = RepeatFolder::create(
        options.out.as_deref(),
        &format!("{}-repeat", scenario.file.scenario),
        &jiff::Zoned::now(),
    )?;
    let mut runs = Vec::new();
    let mut failure = None;
    for number in 1..=times {
        if stops.gently.is_cancelled() || stops.now.is_cancelled() {
            break;
        }
        let mut scenario = scenario.clone();
        scenario.file.seed = scenario.file.seed.wrapping_add(u64::from(number - 1));
        watch(Repeating::Begins {
            number,
            seed: scenario.file.seed,
        });
        let options = Options {
            out: Some(folder.of_run(number)),
            ..options.clone()
        };
        match rehearse(scenario, &options, stops, &mut |snapshot| {
            watch(Repeating::Second(snapshot))
        }) {
            Ok(finished) => {
                watch(Repeating::Ended {
                    number,
                    finished: &finished,
                });
                runs.push(finished.run);
            }
            Err(error) if runs.is_empty() => {
                folder.discard();
                return Err(error);
            }
            Err(RehearsalError::Interrupted) => break,
            Err(error) => {
                failure = Some(error);
                break;
            }
        }
    }
    if runs.is_empty() {
        folder.discard();
        return Err(RehearsalError::Interrupted);
    }
    let stopped = (runs.len() < times as usize).then(|| stopped(runs.len(), failure.as_ref()));
    let repeat = verdict::repeat(scenario, times, &runs, stopped);
    folder.write_repeat(&repeat)?;
    folder.write_summary(&report::repeat_markdown(&repeat, options.language))?;
    Ok(Repeated {
        repeat,
        folder: folder.path().to_owned(),
        failure,
    })
}

/// Why there are no more runs than these.
fn stopped(held: usize, failure: Option<&RehearsalError>) -> String {
    match failure {
        None => "interrupted by the user".to_owned(),
        Some(error) => format!("run {} could not be held: {error}", held + 1),
    }
}
