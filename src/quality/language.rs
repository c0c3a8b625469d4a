//! Is the answer in the customer's language?

use super::check::{Case, Check, Opinion};
use crate::reading::language;

pub(super) const CHECK: Check = Check {
    name: "language",
    is_gate: false,
    judge,
};

fn judge(case: &Case) -> Opinion {
    let (Some(answer), Some(wanted)) = (&case.answer, case.language) else {
        return Opinion::DoesNotApply;
    };
    match language(&answer.text) {
        None => Opinion::CannotTell,
        Some(found) if found == wanted => Opinion::Pass,
        Some(found) => Opinion::fail(format!("answer in {found}, customer writes {wanted}")),
    }
}
