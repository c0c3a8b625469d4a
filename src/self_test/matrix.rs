//! The cells of the self-test: protocol x rate x open conversations x fault.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scenario::Fault;

use super::freeze;

/// One profile for each protocol that the built-in bot speaks.
pub const PROTOCOLS: [&str; 6] = [
    "generic-json",
    "openai-chat",
    "openai-chat-stream",
    "dify-chat-stream",
    "rasa-rest",
    "wechat-official-account",
];
/// Every way to fail that shows in the ledger.
const FAILURES: [Fault; 9] = [
    Fault::Refused,
    Fault::HttpError,
    Fault::BotError,
    Fault::ConnectionLost,
    Fault::Truncated,
    Fault::Empty,
    Fault::Silent,
    Fault::Placeholder,
    Fault::Slow,
];
/// Chance per message of each fault where all are mixed.
const MIXED: f64 = 0.05;
/// Chance per message of a fault that is alone.
const ALONE: f64 = 0.4;
/// The first step of the climb to the highest rate; each step doubles it.
const FIRST_STEP: f64 = 500.0;

/// How the built-in bot fails in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CellFault {
    /// Not at all.
    None,
    /// In this way, with a chance of 40 % per message.
    Only(Fault),
    /// In each of nine ways, with a chance of 5 % each.
    Mixed,
    /// It stands still for two seconds.
    Freeze,
}

/// What is done in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellPlan {
    /// The profile.
    pub protocol: &'static str,
    /// New conversations a second, evenly spaced.
    pub rate_per_s: f64,
    /// Conversations that are open at once; 0: as few as the bot's service time makes.
    pub open: u32,
    /// How the bot fails.
    pub fault: CellFault,
    /// How long conversations come.
    pub traffic: Duration,
    /// True when the cell looks for the highest rate: that it finds this machine's limit is no mistake.
    pub is_climb: bool,
}

/// A fault's word, as scenarios write it.
pub(super) fn word(fault: Fault) -> String {
    let word = serde_json::to_value(fault).unwrap_or_default();
    word.as_str().unwrap_or_default().to_owned()
}

impl CellFault {
    /// Its word: `none`, `mixed`, `freeze`, or that of the only fault.
    pub fn word(self) -> String {
        match self {
            CellFault::None => "none".to_owned(),
            CellFault::Only(fault) => word(fault),
            CellFault::Mixed => "mixed".to_owned(),
            CellFault::Freeze => "freeze".to_owned(),
        }
    }

    /// Chances by fault.
    pub(super) fn chances(self) -> Vec<(Fault, f64)> {
        match self {
            CellFault::None | CellFault::Freeze => Vec::new(),
            CellFault::Only(fault) => vec![(fault, ALONE)],
            CellFault::Mixed => FAILURES.map(|fault| (fault, MIXED)).to_vec(),
        }
    }
}

impl CellPlan {
    fn new(protocol: &'static str, rate_per_s: f64, fault: CellFault, seconds: u64) -> CellPlan {
        CellPlan {
            protocol,
            rate_per_s,
            open: 0,
            fault,
            traffic: Duration::from_secs(seconds),
            is_climb: false,
        }
    }

    /// A bot that stands still for two of so many seconds.
    pub fn freeze(protocol: &'static str, rate_per_s: f64, seconds: u64) -> CellPlan {
        debug_assert!(seconds > freeze::LENGTH.as_secs());
        CellPlan::new(protocol, rate_per_s, CellFault::Freeze, seconds)
    }

    /// A bot that fails in all ways.
    pub fn mixed(protocol: &'static str, rate_per_s: f64, seconds: u64) -> CellPlan {
        CellPlan::new(protocol, rate_per_s, CellFault::Mixed, seconds)
    }

    fn with_open(self, open: u32) -> CellPlan {
        CellPlan { open, ..self }
    }

    /// How long a customer thinks between two turns, so that as many conversations are open as wanted.
    pub(super) fn think_time(&self) -> Duration {
        Duration::from_secs_f64(f64::from(self.open) / self.rate_per_s)
    }
}

/// The small matrix: 25 seconds or so.
pub fn quick() -> Vec<CellPlan> {
    let plain = |protocol, rate| CellPlan::new(protocol, rate, CellFault::None, 2);
    vec![
        plain("generic-json", 200.0),
        plain("openai-chat-stream", 100.0),
        plain("generic-json", 200.0).with_open(200),
        CellPlan::mixed("generic-json", 150.0, 1),
        CellPlan::mixed("openai-chat-stream", 150.0, 1),
        CellPlan::freeze("generic-json", 100.0, 5),
    ]
}

/// The whole matrix: three to four minutes. It climbs to `highest` new conversations a second at most.
pub fn full(highest: f64) -> Vec<CellPlan> {
    let cells = |fault, rate, seconds| PROTOCOLS.map(|protocol| CellPlan::new(protocol, rate, fault, seconds));
    let alone = FAILURES.map(|fault| CellPlan::new("generic-json", 100.0, CellFault::Only(fault), 2));
    let open = [
        CellPlan::new("generic-json", 400.0, CellFault::None, 5).with_open(2_000),
        CellPlan::new("openai-chat-stream", 100.0, CellFault::None, 5).with_open(400),
    ];
    let frozen = ["generic-json", "openai-chat-stream"].map(|protocol| CellPlan::freeze(protocol, 100.0, 10));
    let mut matrix = cells(CellFault::None, 200.0, 3).to_vec();
    matrix.extend(cells(CellFault::Mixed, 150.0, 3));
    matrix.extend(alone);
    matrix.extend(open);
    matrix.extend(frozen);
    matrix.extend(climb("generic-json", FIRST_STEP, highest));
    matrix.extend(climb("openai-chat-stream", FIRST_STEP / 2.0, highest));
    matrix
}

fn climb(protocol: &'static str, first: f64, highest: f64) -> Vec<CellPlan> {
    let steps = std::iter::successors(Some(first), |rate| Some(rate * 2.0)).take_while(|rate| *rate < highest);
    let mut rates: Vec<f64> = steps.collect();
    rates.push(highest);
    let cell = |rate: f64| CellPlan {
        is_climb: true,
        ..CellPlan::new(protocol, rate, CellFault::None, 3)
    };
    rates.into_iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_matrix_has_every_protocol_and_every_failure() {
        let matrix = full(4_000.0);
        for protocol in PROTOCOLS {
            for fault in [CellFault::None, CellFault::Mixed] {
                let is_it = |cell: &CellPlan| cell.protocol == protocol && cell.fault == fault && !cell.is_climb;
                assert!(matrix.iter().any(is_it), "{protocol} {fault:?}");
            }
        }
        for fault in FAILURES {
            assert!(matrix.iter().any(|cell| cell.fault == CellFault::Only(fault)));
        }
        assert!(matrix.iter().any(|cell| cell.fault == CellFault::Freeze));
    }

    #[test]
    fn the_climb_doubles_and_ends_at_the_highest_rate() {
        let rates = |highest| {
            climb("generic-json", 500.0, highest)
                .iter()
                .map(|cell| cell.rate_per_s)
                .collect::<Vec<_>>()
        };
        assert_eq!(rates(4_000.0), [500.0, 1_000.0, 2_000.0, 4_000.0]);
        assert_eq!(rates(700.0), [500.0, 700.0]);
        assert_eq!(rates(100.0), [100.0]);
    }

    #[test]
    fn chances_leave_room_for_right_answers() {
        for cell in full(500.0) {
            let sum: f64 = cell.fault.chances().iter().map(|(_, chance)| chance).sum();
            assert!(sum < 0.7, "{cell:?}");
        }
    }
}
