//! Streams beside their server's truth: how far throng's times are from those of the bot that wrote the pieces, and what
//! that costs.
//!
//! ```text
//!  throng bot   first text after 200 ms, then every 20 ms, on an absolute schedule; /truth has what it really did
//!      ^
//!  throng run   the shipped program with all of its work: templates, extraction, scores, histograms, archive
//!      |
//!      +--> run.json, run.sqlite --> compared with /truth, turn by turn
//! ```
//!
//! `cargo bench --bench streams [-- STREAMS...]`; 300 and 2,000 by default. With `THRONG=PATH` another build of throng
//! plays the customers. Client and bot share the machine: figures of a busy one are worth little.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench may panic, and prints its table"
)]

mod measure;
mod scenario;
#[path = "../../tests/support/mod.rs"]
mod support;

use measure::{Figures, measure};
use scenario::{Arrivals, FIRST_TEXT, GAP, PIECES, ROUNDS};

fn main() {
    // Cargo passes `--bench` along.
    let wanted: Vec<u32> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let streams = if wanted.is_empty() { vec![300, 2_000] } else { wanted };
    println!(
        "first text {} ms, gap {} ms, {PIECES} pieces, {ROUNDS} rounds; times in ms, median of {} runs each\n",
        FIRST_TEXT.as_millis(),
        GAP.as_millis(),
        measure::RUNS
    );
    println!("{}", Figures::HEAD);
    for streams in streams {
        for arrivals in Arrivals::ALL {
            println!("{}", measure(streams, arrivals));
        }
    }
}
