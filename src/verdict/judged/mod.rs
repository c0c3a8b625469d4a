//! `judge.json`: what a language model said of a sample of a run's answers, and how far it can be believed. Pure.
//!
//! ```text
//!  rulings, weights --estimate--> share that passes --calibration--> corrected share --gate--> held | broken | unsure | refused
//! ```

mod calibration;
mod estimate;
mod gate;
mod result;

pub use calibration::{Agreement, Calibration, Matrix, Standing};
pub use estimate::{Weighed, weighted_share};
pub use gate::{Gate, GateResult};
pub use result::{
    Anchors, CriterionResult, Judged, JudgedPopulation, JudgedRun, JudgedSample, JudgedSpending, JudgedTurn, ModelUsed,
    RubricUsed, judged_schema,
};
