//! One measurement: the bot's truth and throng's figures side by side.

use std::collections::BTreeMap;
use std::fmt;
use std::process::Command;

use serde_json::Value;

use crate::scenario::{Arrivals, ROUNDS, scenario};
use crate::support::{Desk, Program, THRONG};

/// Runs of each measurement; the one with the median processor time is shown.
pub(crate) const RUNS: usize = 3;

/// Customers of the first contact count down from 999,999,999.
const FIRST_CONTACT: u64 = 900_000_000;

/// What one run gave. Times are in milliseconds.
#[derive(Debug)]
pub(crate) struct Figures {
    streams: u32,
    arrivals: Arrivals,
    answered: u64,
    first_text: Compared,
    /// The 99th percentile of all gaps; the bot means every one to be the same.
    gaps: (f64, f64),
    /// The longest gap of each answer.
    longest_gap: Compared,
    lag_p99: f64,
    /// Processor time in seconds, start-up and reports included.
    cpu_s: f64,
    /// The same of the bot, as it stood at the end.
    bot_cpu_s: f64,
    peak_rss_mib: f64,
}

/// Something that the bot and throng both measured, turn by turn.
#[derive(Debug)]
struct Compared {
    truth: Spread,
    ours: Spread,
}

#[derive(Debug)]
struct Spread {
    mean: f64,
    p99: f64,
}

impl Spread {
    fn of(mut values: Vec<f64>) -> Spread {
        assert!(!values.is_empty(), "nothing was measured");
        values.sort_by(f64::total_cmp);
        let rank = (values.len() * 99).div_ceil(100);
        Spread {
            mean: values.iter().sum::<f64>() / values.len() as f64,
            p99: values[rank - 1],
        }
    }
}

impl Compared {
    /// Of the turns that both have.
    fn of(truth: &BTreeMap<u64, f64>, ours: &BTreeMap<u64, f64>) -> Compared {
        assert!(truth.keys().eq(ours.keys()), "throng and the bot saw other turns");
        Compared {
            truth: Spread::of(truth.values().copied().collect()),
            ours: Spread::of(ours.values().copied().collect()),
        }
    }
}

/// Runs it, and takes the run with the median processor time.
pub(crate) fn measure(streams: u32, arrivals: Arrivals) -> Figures {
    let mut runs: Vec<Figures> = (0..RUNS).map(|_| run(streams, arrivals)).collect();
    runs.sort_by(|one, other| one.cpu_s.total_cmp(&other.cpu_s));
    runs.swap_remove(RUNS / 2)
}

fn run(streams: u32, arrivals: Arrivals) -> Figures {
    let desk = Desk::with(&scenario(streams, arrivals));
    let bot = Program::bot(&desk.scenario(), &[]);
    let before = children_cpu_s();
    let program = std::env::var("THRONG").unwrap_or_else(|_| THRONG.to_owned());
    let out = desk.out();
    let output = Command::new(program)
        .args([
            "run",
            desk.scenario().to_str().unwrap(),
            "--quiet",
            "--out",
            out.to_str().unwrap(),
        ])
        .args(["--target", &format!("{}/v1", bot.url)])
        .output()
        .unwrap();
    let cpu_s = children_cpu_s() - before;
    let run = std::fs::read_to_string(out.join("run.json"));
    let run: Value = serde_json::from_str(&run.unwrap_or_else(|_| panic!("{output:?}"))).unwrap();
    let number = |pointer: &str| run.pointer(pointer).and_then(Value::as_f64).unwrap_or(f64::NAN);
    let truth = bot.truth();
    let ours = rusqlite::Connection::open(out.join("run.sqlite")).unwrap();
    let ours = |what: &str| our_times(&ours, what);
    let figures = Figures {
        streams,
        arrivals,
        answered: run["totals"]["turns"]["answered"].as_u64().unwrap(),
        first_text: Compared::of(
            &true_times(&truth, "first_text_ms"),
            &ours("(first_text_s - sent_s) * 1000"),
        ),
        gaps: (number("/totals/chunk_gap_ms/p50"), number("/totals/chunk_gap_ms/p99")),
        longest_gap: Compared::of(&true_times(&truth, "longest_gap_ms"), &ours("longest_gap_ms")),
        lag_p99: number("/generator/schedule_lag_ms/p99"),
        cpu_s,
        bot_cpu_s: cpu_s_of(&format!("/proc/{}/stat", bot.id()), Counted::Itself),
        peak_rss_mib: number("/generator/peak_rss_bytes") / f64::from(1 << 20),
    };
    assert_eq!(figures.answered, u64::from(streams * ROUNDS), "{output:?}");
    figures
}

/// What the bot did in the run itself, by customer; each sent one message.
fn true_times(truth: &Value, what: &str) -> BTreeMap<u64, f64> {
    let records = truth["turns"].as_array().unwrap().iter();
    let times = records.filter_map(|record| Some((record["customer"].as_u64()?, record[what].as_f64()?)));
    times.filter(|(customer, _)| *customer < FIRST_CONTACT).collect()
}

fn our_times(database: &rusqlite::Connection, what: &str) -> BTreeMap<u64, f64> {
    let mut turns = database
        .prepare(&format!("SELECT customer, {what} FROM turns"))
        .unwrap();
    let times = turns.query_map([], |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?)));
    times.unwrap().map(Result::unwrap).collect()
}

/// Whose processor time is read.
#[derive(Debug, Clone, Copy)]
enum Counted {
    Itself,
    ItsChildren,
}

/// Processor time of all processes that this one started and waited for. Linux tells it in hundredths of a second.
fn children_cpu_s() -> f64 {
    cpu_s_of("/proc/self/stat", Counted::ItsChildren)
}

fn cpu_s_of(stat: &str, counted: Counted) -> f64 {
    let text = std::fs::read_to_string(stat).unwrap_or_default();
    // The second field is a name in brackets, which may hold anything.
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let first = match counted {
        Counted::Itself => 11,
        Counted::ItsChildren => 13,
    };
    let ticks = fields
        .iter()
        .skip(first)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

impl Figures {
    pub(crate) const HEAD: &'static str = "\
| streams | arrivals | first text: true mean / p99 | throng's error mean / p99 | gap p50 / p99 | longest gap of an answer, p99: true / throng | \
schedule lag p99 | throng CPU s | µs per piece | peak MiB | bot CPU s |
|---|---|---|---|---|---|---|---|---|---|---|";
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Compared { truth, ours } = &self.first_text;
        let pieces = self.answered as f64 * f64::from(crate::scenario::PIECES);
        write!(
            f,
            "| {} | {} | {:.1} / {:.1} | {:+.1} / {:+.1} | {:.1} / {:.1} | {:.1} / {:.1} | {:.2} | {:.2} | {:.1} | {:.1} | {:.2} |",
            self.streams,
            self.arrivals.word(),
            truth.mean,
            truth.p99,
            ours.mean - truth.mean,
            ours.p99 - truth.p99,
            self.gaps.0,
            self.gaps.1,
            self.longest_gap.truth.p99,
            self.longest_gap.ours.p99,
            self.lag_p99,
            self.cpu_s,
            self.cpu_s * 1e6 / pieces,
            self.peak_rss_mib,
            self.bot_cpu_s
        )
    }
}
