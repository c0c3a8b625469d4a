//! What a turn costs whose reply comes as a call to the platform's API, beside one whose reply is the response.
//!
//! ```text
//!  throng run, generic-json    message --> bot --> response with the reply
//!  throng run, telegram        message --> bot --> empty response;  bot --> sendMessage --> throng
//! ```
//!
//! `cargo bench --bench calls [-- RATE]`; 1,000 messages a second by default. Both by the shipped program against the built-in bot, with
//! all of its work, alternating. Processor time is throng's own, without the bot's; what starting and ending takes is measured by
//! runs of ten messages and taken off.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may panic, and prints its table"
)]

#[path = "../../tests/support/mod.rs"]
mod support;

use support::{Desk, plain_shop};

/// Runs of each kind; medians are shown.
const ROUNDS: usize = 5;
/// How long the messages of a run come.
const SECONDS: u32 = 4;
/// A bot that is never the one to wait for.
const BOT: &str = "bot: {workers: 100000, service_time: {median: 1ms, sigma: 0.1}, queue: 100000}\n";
/// The reply in the response, and by a call.
const PROFILES: [&str; 2] = ["generic-json", "telegram"];

/// Processor time of a run, in seconds, and its turns.
fn run(profile: &str, seconds: u32, rate: u32) -> (f64, u64) {
    let desk = Desk::with(&format!("{}{BOT}", plain_shop(profile, seconds, rate, 1)));
    let rehearsed = desk.rehearse(&["--target", "demo"]);
    let sent = rehearsed.count("/totals/turns/sent");
    let answered = rehearsed.count("/totals/turns/answered");
    assert_eq!((sent, answered), (u64::from(seconds * rate), sent), "sent and answered");
    (rehearsed.number("/generator/cpu_s"), sent)
}

/// Microseconds of processor time for a turn.
fn per_turn(profile: &str, rate: u32) -> f64 {
    let (standing, few) = run(profile, 1, 10);
    let (whole, many) = run(profile, SECONDS, rate);
    (whole - standing) * 1e6 / (many - few) as f64
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    // Cargo passes `--bench` along.
    let rate = std::env::args()
        .skip(1)
        .find_map(|word| word.parse().ok())
        .unwrap_or(1_000);
    let rounds: Vec<[f64; 2]> = (0..ROUNDS)
        .map(|_| PROFILES.map(|profile| per_turn(profile, rate)))
        .collect();
    println!("{rate} messages a second for {SECONDS} s, medians of {ROUNDS} rounds\n");
    println!("| reply | profile | throng's processor time, us per turn |\n|---|---|---|");
    for (place, kind) in ["in the response", "by a call"].into_iter().enumerate() {
        let times = rounds.iter().map(|round| round[place]).collect();
        println!("| {kind} | {} | {:.1} |", PROFILES[place], median(times));
    }
    let ratios: Vec<f64> = rounds.iter().map(|round| round[1] / round[0]).collect();
    let (least, most) = ratios.iter().fold((f64::MAX, 0.0_f64), |(least, most), ratio| {
        (least.min(*ratio), most.max(*ratio))
    });
    println!("\nratio {:.2} ({least:.2} to {most:.2})", median(ratios));
}
