//! What a turn adds to every slice that holds it: worked out once, added to each.

use super::blocks::Sum;
use crate::conversation::{Outcome, Turn};
use crate::quality::check::{CHECK_COUNT, CHECKS};
use crate::quality::{Finding, Served, TurnScore, Understood};

/// One turn as slices count it. Columns are those of [`SliceTally`](super::SliceTally).
pub(super) struct Marks {
    pub(super) is_answered: bool,
    pub(super) served: Served,
    pub(super) is_scored: bool,
    pub(super) understood: Option<Understood>,
    /// Of each check, the column of its finding.
    pub(super) checks: [u8; CHECK_COUNT],
    /// The column of an answer's hard gates.
    pub(super) gates: Option<u8>,
    /// The mean of an answer's soft checks, if any could be scored.
    pub(super) soft: Option<Sum>,
}

const PASS: u8 = 0;
const FAIL: u8 = 1;
const UNSCORED: u8 = 2;

impl Marks {
    pub(super) fn of(turn: &Turn, score: Option<&TurnScore>, served: Served) -> Marks {
        let is_answered = matches!(turn.outcome, Outcome::Answered | Outcome::Late);
        let checks = score.map_or([UNSCORED; CHECK_COUNT], |score| score.findings.each_ref().map(column));
        let (gates, soft) = gates_and_soft(&checks);
        Marks {
            is_answered,
            served,
            is_scored: score.is_some_and(|score| score.quality.is_some()),
            understood: score.and_then(|score| score.understood),
            checks,
            gates: is_answered.then_some(gates),
            soft: soft.filter(|_| is_answered),
        }
    }
}

fn column(finding: &Finding) -> u8 {
    match finding {
        Finding::Pass => PASS,
        Finding::Fail(_) => FAIL,
        Finding::Unscored => UNSCORED,
    }
}

/// Hard gates and soft score, apart.
fn gates_and_soft(checks: &[u8; CHECK_COUNT]) -> (u8, Option<Sum>) {
    let (mut gates, mut soft) = ([0u32; 3], [0u32; 3]);
    for (check, column) in CHECKS.iter().zip(checks) {
        let counts = if check.is_gate { &mut gates } else { &mut soft };
        counts[usize::from(*column)] += 1;
    }
    let gates = match gates {
        [0, 0, _] => UNSCORED,
        [_, 0, _] => PASS,
        _ => FAIL,
    };
    let [pass, fail, _] = soft.map(f64::from);
    (gates, (pass + fail > 0.0).then(|| Sum::of(pass / (pass + fail))))
}
