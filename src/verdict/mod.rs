//! Thresholds against numbers, and the finished run's numbers as others read them. Pure.
//!
//! ```text
//!  scenario --> Slices --> metrics, tally (filled while the run goes on)
//!                              |
//!                          Measured --figure--> compare --> ThresholdResult --+
//!                              |                                              +--> Run
//!                              +-------- block, against_calm -----------------+
//! ```

mod against_calm;
mod audit;
mod block;
mod compare;
mod detect;
mod evidence;
mod facts;
mod figure;
mod judge;
pub mod judged;
mod numbers;
mod reason;
mod repeat;
mod run;
mod saturation;
mod slices;
mod summary;
mod trial;
mod wire;

#[cfg(test)]
mod testing;

pub use against_calm::{AgainstCalm, Change, ChannelAgainstCalm, LostTurns, NotComparable};
pub use audit::{Audit, KeptClaim};
pub use detect::{Detection, Expected, Reach, detectable};
pub use evidence::{Evidence, FailedCheck, KeptConversation, KeptMessage, KeptTurn, Second};
pub use facts::{ChangeNumbers, ClaimNumbers, FactNumbers, FactNumbersOf, FateNumbers};
pub use figure::Measured;
pub use judge::{abort_times, aborting};
pub use numbers::{
    Block, CheckCounts, Conversations, IntentBlock, IntentNumbers, Interval, QualityNumbers, SwitchNumbers,
    TaskNumbers, TimeNumbers, Turns,
};
pub use repeat::{
    Headline, PassK, PassRate, Repeat, RepeatedRun, RepeatedTask, RepeatedThreshold, Spread, repeat, repeat_schema,
};
pub use run::{
    GeneratorNumbers, LagNumbers, NotSentNumbers, PlayedNumbers, Provenance, Run, ThresholdResult, ThresholdVerdict,
    Verdict, run_schema,
};
pub use slices::{Slices, ThresholdPlaces};
pub use summary::{Imbalance, RunFacts, Stop, summarise};
pub use trial::{Trial, TrialVerdict, TriedCheck, TriedConversation, TriedTurn, trial_schema};
pub use wire::{
    CustomerSocketNumbers, FailureNumbers, HangUpNumbers, InterceptedNumbers, PlatformNumbers, SocketNumbers,
    WireNumbers,
};
