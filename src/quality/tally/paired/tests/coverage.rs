//! How often the interval holds what it should: runs by the thousand, of which each differs from the next by chance alone.
//!
//! What is held is the mean over all runs: what a rerun with another seed gives, but for its own chance.

use super::{Difference, Paired, beside, labels, tally};
use crate::conversation::{Labels, Outcome, scramble};
use crate::quality::tally::testing::{scenario, score, turn};
use crate::quality::{Finding, Served, Tally};

/// Soft checks of an answer; its quality is the share of them that it passes, each with the chance to be served.
const SOFT_CHECKS: u8 = 4;

/// A figure whose interval is tried.
type Figure = fn(&Paired) -> Difference;

const SERVED: Figure = |paired| paired.served.unwrap();
const QUALITY: Figure = |paired| paired.quality.unwrap();

/// A course from the start (0) of a phase to its end (1).
type Course = fn(f64) -> f64;

/// Two phases with nine kinds of turns; the peak brings more of the last kinds.
struct Simulated {
    name: &'static str,
    seconds: [u32; 2],
    /// Turns a second.
    turns: [Course; 2],
    bot: Bot,
}

enum Bot {
    /// Serves each kind with a chance of its own, 3 points higher from kind to kind.
    Chance {
        /// That of the first kind.
        served: [Course; 2],
        /// Besides, all chances swing together: an autoregression with this standard deviation ...
        swing: f64,
        /// ... and this correlation from second to second.
        memory: f64,
    },
    /// Works on so many turns a second, and serves those that wait at most so many seconds; turns come as independent
    /// people do.
    Queue { per_second: f64, patience_s: f64 },
}

/// Uniform draws that repeat.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(1);
        scramble(self.0) as f64 / u64::MAX as f64
    }

    /// About normal: twelve uniform ones (Irwin and Hall).
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.next()).sum::<f64>() - 6.0
    }

    /// Arrivals in one unit of time: gaps are exponential.
    fn poisson(&mut self, mean: f64) -> u32 {
        let (mut arrivals, mut at) = (0, -self.next().ln() / mean);
        while at < 1.0 {
            arrivals += 1;
            at -= self.next().ln() / mean;
        }
        arrivals
    }
}

/// A run that goes on.
struct Play {
    draws: Draws,
    /// Of what answers are worth.
    grades: Draws,
    tally: Tally,
    phase: u16,
    second: u64,
    /// Of the bot's chances, in units of its standard deviation.
    swing: f64,
    /// Turns that wait.
    backlog: f64,
}

impl Play {
    fn record(&mut self, kind: u16, is_served: bool, chance: f64) {
        let labels = Labels {
            persona: kind / 3,
            ..labels(self.phase, 0, kind % 3)
        };
        let passed = (0..SOFT_CHECKS).filter(|_| self.grades.next() < chance).count();
        let quality = passed as f64 / f64::from(SOFT_CHECKS);
        let (outcome, score) = match is_served {
            true => (
                Outcome::Answered,
                Some(score(Served::Yes, Some(quality), Finding::Pass, 0)),
            ),
            false => (Outcome::Silent, None),
        };
        self.tally.record(&turn(self.second, labels, outcome), score.as_ref());
    }

    fn kind(&mut self) -> u16 {
        (9.0 * self.draws.next().powf(if self.phase == 0 { 1.5 } else { 0.7 })) as u16
    }

    fn second(&mut self, bot: &Bot, turns: f64, at: f64) {
        match bot {
            Bot::Chance { served, swing, memory } => {
                self.swing = memory * self.swing + (1.0 - memory * memory).sqrt() * self.draws.normal();
                let chance = served[usize::from(self.phase)](at) + swing * self.swing;
                for _ in 0..turns as u32 {
                    let kind = self.kind();
                    let chance = chance + 0.03 * f64::from(kind);
                    let is_served = self.draws.next() < chance;
                    self.record(kind, is_served, chance);
                }
            }
            Bot::Queue { per_second, patience_s } => {
                let turns = self.draws.poisson(turns);
                for _ in 0..turns {
                    self.backlog = (self.backlog - per_second / f64::from(turns)).max(0.0);
                    let is_served = self.backlog / per_second < *patience_s;
                    self.backlog += f64::from(u8::from(is_served));
                    let kind = self.kind();
                    self.record(kind, is_served, 0.5 + 0.03 * f64::from(kind));
                }
            }
        }
        self.second += 1;
    }
}

impl Simulated {
    /// Change, lower and upper end.
    fn play(&self, seed: u64, figure: Figure) -> [f64; 3] {
        let mut scenario = scenario(&self.seconds);
        scenario.file.seed = seed;
        let mut play = Play {
            draws: Draws(scramble(seed)),
            grades: Draws(scramble(!seed)),
            tally: tally(&scenario),
            phase: 0,
            second: 0,
            swing: 0.0,
            backlog: 0.0,
        };
        for phase in 0..2u16 {
            let place = usize::from(phase);
            play.phase = phase;
            play.swing = play.draws.normal();
            for second in 0..self.seconds[place] {
                let at = (f64::from(second) + 0.5) / f64::from(self.seconds[place]);
                play.second(&self.bot, self.turns[place](at), at);
            }
        }
        let found = figure(&beside(&play.tally));
        [found.change, found.low, found.high]
    }

    /// In which share of so many runs the interval holds the truth, its mean width, and how wide it had to be: between the
    /// outermost 2.5 % of the runs on either side.
    fn coverage(&self, runs: u64, figure: Figure) -> [f64; 3] {
        let played: Vec<[f64; 3]> = (0..runs).map(|seed| self.play(seed, figure)).collect();
        let mean = |value: fn(&[f64; 3], f64) -> f64, truth| {
            played.iter().map(|run| value(run, truth)).sum::<f64>() / runs as f64
        };
        let truth = mean(|[change, ..], _| *change, 0.0);
        let mut changes: Vec<f64> = played.iter().map(|[change, ..]| *change).collect();
        changes.sort_unstable_by(f64::total_cmp);
        let beyond = runs as usize / 40;
        [
            mean(
                |[_, low, high], truth| f64::from(u8::from(*low <= truth && truth <= *high)),
                truth,
            ),
            mean(|[_, low, high], _| high - low, truth),
            changes[changes.len() - 1 - beyond] - changes[beyond],
        ]
    }
}

const FLAT: [Course; 2] = [|_| 10.0, |_| 20.0];

/// Chances that swing around 50 % when calm, and this course at the peak.
const fn swinging(name: &'static str, seconds: [u32; 2], peak: Course, [swing, memory]: [f64; 2]) -> Simulated {
    Simulated {
        name,
        seconds,
        turns: FLAT,
        bot: Bot::Chance {
            served: [|_| 0.5, peak],
            swing,
            memory,
        },
    }
}

/// All is served when calm; at the peak, whatever it is, it is the same in each run.
const fn course(name: &'static str, seconds: [u32; 2], peak: Course) -> Simulated {
    Simulated {
        name,
        seconds,
        turns: FLAT,
        bot: Bot::Chance {
            served: [|_| 1.0, peak],
            swing: 0.0,
            memory: 0.0,
        },
    }
}

const fn queue(
    name: &'static str,
    seconds: [u32; 2],
    turns: [Course; 2],
    [per_second, patience_s]: [f64; 2],
) -> Simulated {
    Simulated {
        name,
        seconds,
        turns,
        bot: Bot::Queue { per_second, patience_s },
    }
}

fn hill(at: f64) -> f64 {
    (std::f64::consts::PI * at).sin().powi(2)
}

const SIMULATED: [Simulated; 17] = [
    swinging("no difference, independent turns", [60, 60], |_| 0.5, [0.0, 0.0]),
    swinging("12 points fewer, independent turns", [60, 60], |_| 0.38, [0.0, 0.0]),
    swinging("12 points fewer, correlation 0.5", [120, 180], |_| 0.38, [0.1, 0.5]),
    swinging("12 points fewer, correlation 0.8", [120, 180], |_| 0.38, [0.1, 0.8]),
    swinging("12 points fewer, correlation 0.9", [120, 180], |_| 0.38, [0.1, 0.9]),
    swinging("12 points fewer, correlation 0.5", [20, 8], |_| 0.38, [0.1, 0.5]),
    swinging("ramp and correlation 0.5", [120, 180], |at| 0.6 - 0.44 * at, [0.1, 0.5]),
    swinging("ramp and correlation 0.8", [120, 180], |at| 0.6 - 0.44 * at, [0.1, 0.8]),
    course("ramp from all to none", [20, 20], |at| 1.0 - 1.25 * at),
    course("ramp from all to none", [120, 180], |at| 1.0 - 1.25 * at),
    course("three ramps, one after the other", [120, 180], |at| {
        1.0 - 1.25 * (3.0 * at).fract()
    }),
    course("step in the middle, from all to a tenth", [120, 180], |at| {
        if at < 0.5 { 1.0 } else { 0.0 }
    }),
    course("step at 46 of 60 s, from all to none", [60, 60], |at| {
        if at < 46.0 / 60.0 { 1.0 } else { -0.3 }
    }),
    queue(
        "queue that builds up",
        [20, 20],
        [|_| 15.0, |at| 40.0 + 70.0 * hill(at)],
        [55.0, 2.0],
    ),
    queue(
        "queue that builds up and drains",
        [120, 180],
        [|_| 10.0, |at| 10.0 + 25.0 * hill(at)],
        [20.0, 5.0],
    ),
    queue(
        "queue, a fifth too much all the time",
        [120, 180],
        [|_| 10.0, |_| 24.0],
        [20.0, 2.0],
    ),
    queue(
        "queue, just as much as can be done",
        [120, 180],
        [|_| 10.0, |_| 20.0],
        [20.0, 2.0],
    ),
];

#[test]
fn the_interval_holds_the_truth_about_as_often_as_it_says() {
    for (simulated, figure) in SIMULATED[..3].iter().flat_map(|one| [(one, SERVED), (one, QUALITY)]) {
        let [coverage, ..] = simulated.coverage(150, figure);
        assert!(coverage >= 0.9, "{}: {coverage}", simulated.name);
    }
}

/// The tables of docs/QUALITY.md.
#[test]
#[ignore = "takes many minutes: 2,000 runs of each kind"]
fn coverage_of_the_interval() {
    print(&SIMULATED, SERVED);
}

#[test]
#[ignore = "takes many minutes: 2,000 runs of each kind"]
fn coverage_of_the_interval_of_quality() {
    print(&SIMULATED[..8], QUALITY);
}

fn print(all: &[Simulated], figure: Figure) {
    for simulated in all {
        let [coverage, width, needed] = simulated.coverage(2_000, figure).map(|share| share * 100.0);
        let [calm, peak] = simulated.seconds;
        println!(
            "{}, {calm} s and {peak} s: {coverage:.1} % of the intervals hold the truth, {width:.1} points wide; \
             95 % of the runs lie within {needed:.1}",
            simulated.name,
        );
    }
}
