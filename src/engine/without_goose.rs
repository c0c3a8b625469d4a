//! What stands for the closed workload in a throng that is built without goose.

use super::{Clock, Control, RunError, Turnstile};
use crate::scenario::Scenario;

/// Refuses: nobody is there to bring a population.
///
/// # Errors
/// Always [`RunError::WithoutGoose`].
pub fn populate(_: Turnstile, _: &Scenario, _: Clock, _: &Control) -> Result<u64, RunError> {
    Err(RunError::WithoutGoose)
}

/// Nobody else wants Ctrl-C.
pub fn keep_interrupts() {}
