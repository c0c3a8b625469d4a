//! The closed workload: a population of customers who come back, brought by goose.
//!
//! The only home of goose. Its users start, stop and ramp by its own rules; all that one does is go through the
//! [`Turnstile`] again and again, and wait there until its customer is gone. goose's clock measures nothing here, its
//! client sends nothing, and it neither prints nor writes (save a line on standard output where there is no `/dev/null`).
//! What it keeps for the whole process is dealt with here: its kill switch stays unused, since an attack ends by being
//! dropped, and [`keep_interrupts`] is there before its handler.

#[cfg(unix)]
mod mute;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use goose::client::GooseClientBuilder;
use goose::config::GooseConfiguration;
use goose::goose::{Scenario as Part, Transaction};
use goose::{GooseAttack, GooseError};
use tokio::time::sleep_until;

use super::{Clock, Control, RunError, Turnstile};
use crate::scenario::{Headcount, Scenario, Workload};

/// Where goose believes to send; nothing is ever sent there.
const NOWHERE: &str = "http://127.0.0.1:1";

/// Brings the scenario's population through the turnstile until the traffic is over or the run is stopped; blocks until
/// then. Gives the number of customers handed over.
///
/// # Errors
/// [`RunError::OpenOnGoose`] for an open scenario: goose has no arrival rate, so it would delay customers and not tell.
/// [`RunError::Goose`] when goose refuses or fails, [`RunError::Runtime`] when the system gives no runtime.
pub fn populate(turnstile: Turnstile, scenario: &Scenario, clock: Clock, control: &Control) -> Result<u64, RunError> {
    if scenario.file.workload == Workload::Open {
        return Err(RunError::OpenOnGoose);
    }
    set_interrupts(end_on_interrupt);
    keep_quiet();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(RunError::Runtime)?;
    let turnstile = Arc::new(turnstile);
    let (nobody_until, plan) = notation(&scenario.file.headcounts());
    let attack = attack(&plan, &turnstile, clock, nobody_until).map_err(in_words)?;
    let over = clock.instant(scenario.traffic_length());
    let ended = runtime.block_on(async {
        tokio::select! {
            biased;
            () = control.stop_starting.cancelled() => Ok(()),
            () = control.stop_now.cancelled() => Ok(()),
            () = sleep_until(over) => Ok(()),
            ended = attack.execute() => ended.map(drop),
        }
    });
    // With the runtime go goose's users, wherever they are; the conversations of their customers are the shards'.
    drop(runtime);
    ended.map_err(in_words)?;
    Ok(turnstile.handed_over())
}

/// The attack, ready to start: one scenario of one transaction.
fn attack(
    plan: &str,
    turnstile: &Arc<Turnstile>,
    clock: Clock,
    nobody_until: Duration,
) -> Result<GooseAttack, GooseError> {
    let arguments = [
        "--host",
        NOWHERE,
        "--test-plan",
        plan,
        "--quiet",
        "--no-metrics",
        "--no-telnet",
    ];
    let configuration = GooseConfiguration::parse_args_default(&arguments)?;
    let turnstile = Arc::clone(turnstile);
    let mute = Arc::new(Mutex::new(None));
    let begin_mute = Arc::clone(&mute);
    let visit = Transaction::new(Arc::new(move |_user| {
        let (turnstile, mute) = (Arc::clone(&turnstile), Arc::clone(&mute));
        Box::pin(async move {
            // The first user comes after the line that nobody is to see.
            drop(mute.lock().unwrap_or_else(PoisonError::into_inner).take());
            turnstile.pass(clock).await;
            Ok(())
        })
    }));
    // goose prepares its users first, which takes a while when there are many; then it waits for the run's own start.
    let wait = Transaction::new(Arc::new(move |_user| {
        let mute = Arc::clone(&begin_mute);
        Box::pin(async move {
            sleep_until(clock.instant(nobody_until)).await;
            *mute.lock().unwrap_or_else(PoisonError::into_inner) = silence();
            Ok(())
        })
    }));
    // One client for all users: each of their own would cost 135 KiB and 2 ms (none is ever used).
    let client = GooseClientBuilder::new().without_cookies();
    Ok(GooseAttack::initialize_with_config(configuration)?
        .set_client_builder_without_cookies(client)?
        .test_start(wait)
        .register_scenario(Part::new("customers").register_transaction(visit)))
}

/// The plan in goose's notation, and how long nobody comes before it. Every step begins where the one before ended, so a
/// jump is a step of no time.
///
/// The first step brings nobody in no time: when it is done goose prints a line, and then the first user comes at once.
fn notation(headcounts: &[Headcount]) -> (Duration, String) {
    let somebody = headcounts.iter().position(|one| one.from + one.to > 0);
    let (nobody, headcounts) = headcounts.split_at(somebody.unwrap_or(headcounts.len()));
    let mut steps = vec!["0,0s".to_owned()];
    let mut before = 0;
    for one in headcounts {
        if one.from != before {
            steps.push(format!("{},0s", one.from));
        }
        steps.push(format!("{},{}s", one.to, one.length.as_secs()));
        before = one.to;
    }
    if before != 0 {
        steps.push("0,0s".to_owned());
    }
    (nobody.iter().map(|one| one.length).sum(), steps.join(";"))
}

#[cfg(unix)]
fn silence() -> Option<mute::Mute> {
    mute::Mute::begin().ok()
}

#[cfg(not(unix))]
fn silence() -> Option<()> {
    None
}

fn in_words(error: GooseError) -> RunError {
    RunError::Goose(error.to_string())
}

/// Keeps Ctrl-C out of goose's hands, whose handler would end the process at the second one: it leaves a handler that is
/// already set with the `ctrlc` crate alone.
///
/// A program that listens to Ctrl-C by other means calls this before it begins to listen, since a handler that is set
/// later passes the signal on to an earlier one, but not the other way round. Without a listener Ctrl-C goes on ending
/// the process.
pub fn keep_interrupts() {
    set_interrupts(|| {});
}

/// What a program has that listens to nothing.
fn end_on_interrupt() {
    // 128 + SIGINT, as shells say it.
    std::process::exit(130)
}

/// The first handler that is set stays.
fn set_interrupts(handler: fn()) {
    let _was_set_before = ctrlc::try_set_handler(handler).is_err();
}

/// goose gives the process a logger that prints, unless it has one.
fn keep_quiet() {
    struct Silent;
    impl log::Log for Silent {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            false
        }
        fn log(&self, _: &log::Record<'_>) {}
        fn flush(&self) {}
    }
    static SILENT: Silent = Silent;
    let _has_its_own = log::set_logger(&SILENT).is_err();
}

#[cfg(test)]
mod tests;
