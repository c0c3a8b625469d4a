//! Puts the pipeline together and holds the rehearsal; alone knows all modules.
//!
//! ```text
//!  prepare --> first contact --> load --------------------------------------------> finish
//!  folder,     one turn per      shards play; once a second: swap and merge         summary, verdict,
//!  bot, cast   channel           numbers, snapshot, stop if it must                 reports
//! ```

mod book;
mod connect;
mod contact;
mod customers;
mod diagnosis;
mod error;
mod failures;
mod finish;
mod guard;
mod interception;
mod intervals;
mod load;
mod machine;
mod means;
mod plan;
mod platforms;
mod played;
mod repeat;
mod rest;
mod scoring;
mod shard;
mod side_counts;
mod start_line;
mod talk;
mod target;
mod temporary;
mod watch;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use crate::archive::RunFolder;
use crate::channel::{Interception, Line, Wiring, needs_program};
use crate::conversation::Language;
use crate::engine::Control;
use crate::scenario::{self, Budget, Scenario};
use crate::simulation::Cast;
use crate::verdict::{Evidence, PlayedNumbers, Run};

pub use connect::{Connection, Connections, connect, connections_schema};
pub use contact::is_first_contact;
pub use diagnosis::{Diagnosis, Finding, Place};
pub use error::RehearsalError;
pub use means::{Relief, Shortage};
pub use plan::{Plan, PlannedPhase, PlannedSwitch, plan, shortages};
pub use repeat::{Repeated, Repeating, Repetition, repeat};
pub use talk::{Cue, Talk, talk};
pub use watch::{ChannelSnapshot, Snapshot};

use means::Needs;
use platforms::Platforms;
use played::Playwright;
use side_counts::SideCounts;
use target::Targets;

/// How a rehearsal is to be held.
#[derive(Debug, Clone)]
pub struct Options {
    /// The run directory itself; without it, a new one under `results/`.
    pub out: Option<PathBuf>,
    /// Hosts beside loopback to which messages may go.
    pub allowed_hosts: Vec<String>,
    /// How long to wait for the targets to accept connections.
    pub wait_for_target: Option<Duration>,
    /// The language of the files for people.
    pub language: Language,
    /// The executable that can be started as the built-in bot; without it, this one.
    pub executable: Option<PathBuf>,
    /// Where the platforms' APIs are served, for channels whose bots reply by calling them; port 0 takes a free one.
    pub serve: SocketAddr,
    /// Where bots' calls to the platforms' own hosts are intercepted, if they are.
    pub intercept: Option<Interception>,
    /// Told where they are served, in words, before anything is sent.
    pub announce: fn(&str),
}

impl Default for Options {
    fn default() -> Self {
        Options {
            out: None,
            allowed_hosts: Vec::new(),
            wait_for_target: None,
            language: Language::En,
            executable: None,
            serve: SocketAddr::from(([127, 0, 0, 1], 0)),
            intercept: None,
            announce: |_| {},
        }
    }
}

/// How long a bot that is to dial in is waited for, unless the user says so.
const TO_DIAL_IN: Duration = Duration::from_secs(10);

/// Waits until every bot is there: it accepts connections, if the user wants that to be waited for, or has dialled in.
async fn await_bots(
    scenario: &Scenario,
    options: &Options,
    targets: &Targets,
    platforms: &Platforms,
) -> Result<(), RehearsalError> {
    if let Some(limit) = options.wait_for_target {
        targets.wait(scenario, limit).await?;
    }
    let to_dial_in = options.wait_for_target.unwrap_or(TO_DIAL_IN);
    platforms.await_bots(scenario, to_dial_in, options.announce).await
}

/// How a user ends a rehearsal early.
#[derive(Debug, Clone, Default)]
pub struct Stops {
    /// Nothing more starts, what is open ends within the drain, everything is written.
    pub gently: CancellationToken,
    /// Everything ends at once, everything is written.
    pub now: CancellationToken,
}

/// A rehearsal that was held.
#[derive(Debug)]
pub struct Finished {
    /// Its numbers.
    pub run: Run,
    /// What a report shows beside them.
    pub evidence: Evidence,
    /// Where its files are.
    pub folder: PathBuf,
    /// What could not be written, in words. The numbers are not touched by it.
    pub troubles: Vec<String>,
}

/// Holds a rehearsal: first contact, the load, the reckoning, the files. `watch` is called once a second.
///
/// # Errors
/// When it could not be held or measured. A failing bot is data, not an error.
pub fn rehearse(
    scenario: Scenario,
    options: &Options,
    stops: &Stops,
    watch: &mut dyn FnMut(&Snapshot),
) -> Result<Finished, RehearsalError> {
    let cast = Cast::new(Arc::new(scenario))?;
    let started = jiff::Zoned::now();
    let folder = RunFolder::create(options.out.as_deref(), &cast.scenario.file.scenario, &started)?;
    let resolved = scenario::to_yaml(&cast.scenario);
    folder.write_scenario(&resolved)?;
    let needs = plan::needs(&cast);
    let prepared = prepare(&cast.scenario, &needs, &folder, options, stops);
    let mut stage = match prepared {
        Ok(stage) => stage,
        Err(error) => {
            folder.discard();
            return Err(error);
        }
    };
    let short = needs.beyond(&machine::means());
    let mut measured = load::carry_out(&cast, &stage, &folder, resolved, watch)?;
    for shortage in short {
        measured.book.warn(&shortage.in_words(Language::En));
    }
    if let Some(lost) = stage.targets.lost_bot() {
        measured.book.warn(&lost);
    }
    measured.book.played_by = stage.played_by();
    measured.book.wire = stage.side_counts.numbers(&cast.scenario);
    measured.book.wire.intercepted = stage.platforms.intercepted();
    finish::finish(measured, &stage.control, &folder, options.language)
}

/// What a load needs: targets that answer, and a hand on the brake.
struct Stage {
    platforms: Platforms,
    side_counts: SideCounts,
    wirings: Vec<Wiring>,
    control: Control,
    /// Whoever writes the words of customers whom a model plays.
    playwright: Option<Playwright>,
    /// What the user asked for; the control's tokens also carry our own reasons to stop.
    stops: Stops,
    targets: Targets,
    _runtime: Runtime,
}

impl Stage {
    fn played_by(&self) -> Option<PlayedNumbers> {
        self.playwright.as_ref().map(Playwright::numbers)
    }
}

fn prepare(
    scenario: &Scenario,
    needs: &Needs,
    folder: &RunFolder,
    options: &Options,
    stops: &Stops,
) -> Result<Stage, RehearsalError> {
    let means = machine::means();
    if let Some(shortage) = needs.beyond_all_memory(&means) {
        return Err(RehearsalError::BeyondMemory(shortage));
    }
    machine::prepare_descriptors(needs.descriptors());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RehearsalError::Runtime)?;
    let executable = target::executable(options).map_err(RehearsalError::Runtime)?;
    let platforms = Platforms::open(scenario, options)?;
    platforms.let_bots_in(options, |certificate| {
        folder.write(RunFolder::CERTIFICATE, certificate.as_bytes())?;
        Ok(folder.path().join(RunFolder::CERTIFICATE))
    })?;
    let scenario_file = folder.path().join("scenario.yaml");
    let preparing = Targets::prepare(scenario, &executable, &scenario_file, platforms.url());
    let targets = runtime.block_on(unless_stopped(stops, preparing))?;
    let mut wirings = wirings(&targets.urls, &options.allowed_hosts, &platforms);
    for wiring in &mut wirings {
        wiring.loopback_sources = needs.loopback_sources(&means);
    }
    // Whether hosts are allowed and secrets are there is known before anybody is waited for.
    contact::open_lines(scenario, &wirings)?;
    let playwright = Playwright::start(scenario, &options.allowed_hosts)?;
    let mut control = Control::with_turn_budget(turn_budget(scenario));
    control.stop_starting = stops.gently.child_token();
    control.stop_now = stops.now.child_token();
    control.author = playwright.as_ref().map(|playwright| playwright.author.clone());
    let contacted = runtime.block_on(unless_stopped(stops, async {
        await_bots(scenario, options, &targets, &platforms).await?;
        contact::make_contact(scenario, &wirings, options, &contact_control(stops)).await
    }));
    if contacted.is_err() {
        platforms.tell_what_was_refused(options);
    }
    contacted?;
    let side_counts = SideCounts::of(&wirings);
    Ok(Stage {
        platforms,
        side_counts,
        wirings,
        control,
        playwright,
        stops: stops.clone(),
        targets,
        _runtime: runtime,
    })
}

/// Before the load there is nothing to end in good order: whoever interrupts does not wait.
async fn unless_stopped<T>(
    stops: &Stops,
    work: impl Future<Output = Result<T, RehearsalError>>,
) -> Result<T, RehearsalError> {
    tokio::select! {
        biased;
        () = stops.gently.cancelled() => Err(RehearsalError::Interrupted),
        () = stops.now.cancelled() => Err(RehearsalError::Interrupted),
        done = work => done,
    }
}

/// The first contact spends nothing of the run's budget and adds nothing to its counts.
fn contact_control(stops: &Stops) -> Control {
    let mut control = Control::with_turn_budget(None);
    control.stop_starting = stops.gently.child_token();
    control.stop_now = stops.gently.child_token();
    control
}

fn wirings(urls: &[String], allowed_hosts: &[String], platforms: &Platforms) -> Vec<Wiring> {
    let wiring = |(channel, url): (usize, &String)| Wiring {
        target: url.clone(),
        allowed_hosts: allowed_hosts.to_vec(),
        loopback_sources: 0,
        office: platforms.office(channel),
        sockets: Arc::default(),
        hang_ups: Arc::default(),
    };
    urls.iter().enumerate().map(wiring).collect()
}

fn turn_budget(scenario: &Scenario) -> Option<u64> {
    match scenario.file.budget {
        Some(Budget::Turns(turns)) => Some(turns),
        Some(Budget::Unlimited) | None => None,
    }
}

/// Compiles every channel of a scenario without sending anything; the target `demo` stands for any address.
///
/// # Errors
/// When a template, selector or setting of a channel is wrong. Hosts are not judged: that needs the flags of a run.
pub fn check_channels(scenario: &Scenario) -> Result<(), RehearsalError> {
    for channel in &scenario.channels {
        let target = match channel.target.as_str() {
            "demo" => "http://127.0.0.1:1".to_owned(),
            url => url.trim_end_matches('/').to_owned(),
        };
        let host = scenario::target_url(&target).and_then(|url| url.host_str().map(str::to_owned));
        let wiring = Wiring {
            target,
            allowed_hosts: host.into_iter().collect(),
            loopback_sources: 0,
            office: None,
            sockets: Arc::default(),
            hang_ups: Arc::default(),
        };
        let usable = Line::open(channel, &wiring).and_then(|_line| needs_program(channel));
        usable.map_err(|source| RehearsalError::Channel {
            channel: channel.name.clone(),
            source,
        })?;
    }
    Ok(())
}
