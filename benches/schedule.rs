//! How well the schedule is kept without a network: 20,000 arrivals a second whose answers take 2 s, so that 40,000
//! conversations are open, on one thread.
//!
//! `cargo bench --bench schedule` as the machine is; `chrt -f 50 cargo bench --bench schedule` at real-time priority. Arguments after
//! `--`: arrivals a second, and seconds.

#![expect(clippy::print_stdout, reason = "what it measures is its output")]

use std::error::Error;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use throng::archive::cpu_s;
use throng::channel::{Line, Outgoing};
use throng::conversation::{Event, Slice};
use throng::engine::{Clock, Control, Settings, run};
use throng::metrics::{Metrics, Time};
use throng::scenario::{LoadOptions, Scenario, load};
use throng::simulation::{Cast, arrivals};
use tokio::runtime::{Builder, LocalOptions};
use tokio::time::Instant;

const SCENARIO: &str = "
scenario: schedule
seed: 1
channels:
  - web: {profile: generic-json, share: 1}
customers:
  - {persona: asker, goal: ask-once, share: 1}
traffic:
  arrivals: poisson
  phases:
    - hold: {name: load, for: SECONDSs, rate: RATE/s}
deadline: {reply: 5s, grace: 1s}
define:
  personas:
    - {persona: asker, language: en, typing: {burst: [1], typos: 0}, patience: {max_nudges: 0, leave_after: {median: 60s}, leaves_silently: 1}}
  goals:
    - goal: ask-once
      agenda:
        - ask: {say: {en: ['where is my order?']}}
";

/// How long the bot in memory takes for each answer.
const ANSWER: Duration = Duration::from_secs(2);

fn scenario(rate: u64, seconds: u64) -> Result<Scenario, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("schedule.yaml");
    let text = SCENARIO.replace("RATE", &rate.to_string());
    std::fs::write(&path, text.replace("SECONDS", &seconds.to_string()))?;
    Ok(load(path.to_str().unwrap_or_default(), &LoadOptions::default())?)
}

fn answer(_: &Outgoing) -> (Duration, Vec<String>) {
    (ANSWER, vec!["It ships tomorrow.".to_owned()])
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut numbers = std::env::args().filter_map(|argument| argument.parse().ok());
    let (rate, seconds) = (numbers.next().unwrap_or(20_000), numbers.next().unwrap_or(5));
    let cast = Cast::new(Arc::new(scenario(rate, seconds)?))?;
    let mut metrics = Metrics::new(&[Slice::ALL]);
    let control = Control::with_turn_budget(None);
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build_local(LocalOptions::default())?;
    let began = cpu_s().unwrap_or_default();
    runtime.block_on(async {
        let clock = Clock::starting_at(Instant::now() + Duration::from_millis(100));
        let lines = [Rc::new(Line::in_memory(answer))];
        let mut record = |event: Event| metrics.record(&event);
        run(
            &cast,
            &lines,
            arrivals(&cast.scenario),
            clock,
            &control,
            Settings::default(),
            &mut record,
        )
        .await
    })?;
    let ledger = metrics.ledger(0);
    let lag = |quantile| metrics.quantile(0, Time::ScheduleLag, quantile).unwrap_or_default();
    println!(
        "{} arrivals at {rate}/s, {} open at once; schedule lag p50 {:?}, p99 {:?}, max {:?}; {:.1} us of processor time each",
        ledger.started,
        control.peak_open_conversations(),
        lag(0.5),
        lag(0.99),
        lag(1.0),
        (cpu_s().unwrap_or_default() - began) * 1e6 / ledger.started.max(1) as f64,
    );
    Ok(())
}
