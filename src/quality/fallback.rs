//! Does the bot say that it did not understand or cannot help? To what no bot of the shop has to know that is the right answer.

use super::check::{Case, Check, Opinion};
use super::evidence::Evidence;
use super::intent::is_out_of_scope;

pub(super) const CHECK: Check = Check {
    name: "fallback",
    is_gate: false,
    judge,
};

fn judge(case: &Case) -> Opinion {
    match &case.answer {
        None => Opinion::DoesNotApply,
        Some(_) if is_out_of_scope(case) => Opinion::DoesNotApply,
        Some(answer) if answer.reading.fallback => match case.memory.answers.times(answer.fingerprint()) {
            0 => Opinion::Fail(Evidence::said(&answer.text)),
            times => Opinion::fail(
                format!("同一句说了 {} 遍：{}", times + 1, answer.text),
                format!("{} times the same: {}", times + 1, answer.text),
            ),
        },
        Some(_) => Opinion::Pass,
    }
}
