//! Holds one cell: a bot of its own as a child process, a rehearsal, and the bot's truth.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::demo_bot::{self, Truth};
use crate::rehearsal::{self, Options, RehearsalError, Stops};
use crate::scenario::{self, LoadOptions, Scenario, Span};
use crate::verdict::Run;

use super::cell::Cell;
use super::error::SelfTestError;
use super::freeze;
use super::judge::{Held, judge};
use super::machine;
use super::matrix::{CellFault, CellPlan, word};

/// What every cell starts from.
const SCENARIO: &str = include_str!("scenario.yaml");
/// Without faults, answers are far from the deadline.
const CALM: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(5));
/// Among faults, each outcome lies at least half a second from every deadline, and silence does not take long.
const FAULTY: (Duration, Duration) = (Duration::from_millis(1_100), Duration::from_millis(2_200));
/// How much later a slow answer comes: between deadline and grace.
const SLOW_BY: Duration = Duration::from_millis(2_200);
/// The deadline tells turns that a freeze delayed by more than the limit from all others.
const FROZEN: (Duration, Duration) = (freeze::LIMIT, Duration::from_secs(5));

/// A cell that was held, with all that was said of it.
#[derive(Debug)]
pub struct Witnessed {
    /// What was to be done.
    pub plan: CellPlan,
    /// What throng says.
    pub run: Run,
    /// What the bot says.
    pub truth: Truth,
    /// Processor time of throng, seconds.
    pub cpu_s: Option<f64>,
    /// Processor time of the bot, seconds.
    pub bot_cpu_s: Option<f64>,
}

impl Witnessed {
    /// Compares what both say.
    pub fn judge(&self) -> Cell {
        judge(&Held {
            plan: &self.plan,
            run: &self.run,
            truth: &self.truth,
            deadline: deadline(self.plan.fault),
            cpu_s: self.cpu_s,
            bot_cpu_s: self.bot_cpu_s,
        })
    }
}

/// Holds a cell with `executable` as the built-in bot, with its files in `folder/NAME`.
///
/// # Errors
/// When it could not be held. That throng's figures are wrong is a result.
pub fn hold(plan: &CellPlan, executable: &Path, folder: &Path, stops: &Stops) -> Result<Witnessed, SelfTestError> {
    let name = name(plan);
    let scenario_file = folder.join(format!("{name}.yaml"));
    fs::create_dir_all(folder).map_err(|source| SelfTestError::Write {
        path: folder.to_owned(),
        source,
    })?;
    write(&scenario_file, SCENARIO)?;
    let for_bot = load(plan, &name, &scenario_file, None)?;
    // The bot reads the scenario as it was resolved, so that it and the customers know the same.
    write(&scenario_file, &scenario::to_yaml(&for_bot))?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(SelfTestError::Runtime)?;
    let bot = runtime.block_on(demo_bot::start(executable, &scenario_file, None))?;
    let path = for_bot
        .channels
        .iter()
        .find_map(|channel| channel.profile.built_in_bot.as_ref()?.path());
    let scenario = load(
        plan,
        &name,
        &scenario_file,
        Some(format!("{}{}", bot.url, path.unwrap_or_default())),
    )?;
    let options = Options {
        out: Some(folder.join(&name)),
        ..Options::default()
    };
    let bot_cpu_s = || bot.process_id().and_then(machine::main_thread_cpu_s);
    let bot_before = bot_cpu_s();
    let finished = rehearsal::rehearse(scenario, &options, stops, &mut |_| {});
    let run = finished.map(|finished| finished.run).map_err(|source| match source {
        RehearsalError::Interrupted => SelfTestError::Interrupted,
        source => SelfTestError::Rehearsal {
            cell: name,
            source: Box::new(source),
        },
    })?;
    let bot_after = bot_cpu_s();
    let truth = runtime.block_on(bot.truth())?;
    runtime.block_on(bot.stop())?;
    let used = |before: Option<f64>, after: Option<f64>| Some((after? - before?).max(0.0));
    Ok(Witnessed {
        plan: *plan,
        cpu_s: run.generator.cpu_s,
        bot_cpu_s: used(bot_before, bot_after),
        run,
        truth,
    })
}

/// `generic-json-200-none`.
fn name(plan: &CellPlan) -> String {
    let open = match plan.open {
        0 => String::new(),
        open => format!("-{open}-open"),
    };
    let climb = if plan.is_climb { "-climb" } else { "" };
    format!(
        "{}-{}{open}-{}{climb}",
        plan.protocol,
        plan.rate_per_s,
        plan.fault.word()
    )
}

fn write(path: &Path, text: &str) -> Result<(), SelfTestError> {
    fs::write(path, text).map_err(|source| SelfTestError::Write {
        path: path.to_owned(),
        source,
    })
}

fn load(plan: &CellPlan, name: &str, file: &Path, target: Option<String>) -> Result<Scenario, SelfTestError> {
    let options = LoadOptions {
        sets: changes(plan),
        target,
        ..LoadOptions::default()
    };
    scenario::load(&file.to_string_lossy(), &options).map_err(|source| SelfTestError::Scenario {
        cell: name.to_owned(),
        source,
    })
}

/// Reply deadline and grace of a cell.
fn deadline(fault: CellFault) -> (Duration, Duration) {
    match fault {
        CellFault::None => CALM,
        CellFault::Only(_) | CellFault::Mixed => FAULTY,
        CellFault::Freeze => FROZEN,
    }
}

/// What makes the cell's scenario of the one that all share, as `--set` would.
fn changes(plan: &CellPlan) -> Vec<String> {
    let span = Span::from;
    let (reply, grace) = deadline(plan.fault);
    let mut changes = vec![
        format!("channels.web.profile={}", plan.protocol),
        format!("traffic.phases.steady.for={}", span(plan.traffic)),
        format!("traffic.phases.steady.rate={}/s", plan.rate_per_s),
        format!("deadline={{reply: {}, grace: {}}}", span(reply), span(grace)),
        format!("bot.slow_by={}", span(SLOW_BY)),
    ];
    for (fault, chance) in plan.fault.chances() {
        changes.push(format!("bot.faults.{}={chance}", word(fault)));
    }
    if plan.fault == CellFault::Freeze {
        let (at, length) = (span(freeze::begins_at(plan.traffic)), span(freeze::LENGTH));
        changes.push(format!("bot.freezes=[{{at: {at}, for: {length}}}]"));
        changes.push("bot.service_time={median: 1ms, sigma: 0}".to_owned());
        changes.push("bot.chunk_gap=0ms".to_owned());
    }
    if plan.open > 0 {
        changes.push("customers.0.goal=twice".to_owned());
        changes.push(format!(
            "define.personas.patient.think={{median: {}, sigma: 0}}",
            span(plan.think_time())
        ));
        // Whoever came last has time for a second turn.
        let drain = plan.think_time() + reply + grace + Duration::from_secs(1);
        changes.push(format!("drain={}", span(drain)));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::self_test::matrix::{full, quick};

    #[test]
    fn every_cell_has_a_valid_scenario_and_a_name_of_its_own() {
        let folder = std::env::temp_dir().join(format!("throng-cells-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("cell.yaml");
        write(&file, SCENARIO).unwrap();
        for matrix in [quick(), full(4_000.0)] {
            let mut names = std::collections::BTreeSet::new();
            for plan in matrix {
                let loaded = load(&plan, &name(&plan), &file, None).unwrap_or_else(|error| panic!("{plan:?}: {error}"));
                assert_eq!(
                    loaded.file.traffic.planned(),
                    plan.rate_per_s * plan.traffic.as_secs_f64()
                );
                assert!(names.insert(name(&plan)), "{plan:?}");
            }
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn slow_answers_lie_far_from_both_deadlines() {
        let (reply, grace) = FAULTY;
        assert!(SLOW_BY >= reply + super::super::judge::MARGIN * 2);
        assert!(SLOW_BY + super::super::judge::MARGIN * 2 <= reply + grace);
    }
}
