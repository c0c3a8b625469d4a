//! Is the answer in the customer's language?

use super::check::{Case, Check, Opinion};
use crate::conversation::Language;

pub(super) const CHECK: Check = Check {
    name: "language",
    is_gate: false,
    judge,
};

fn judge(case: &Case) -> Opinion {
    let (Some(answer), Some(wanted)) = (&case.answer, case.language) else {
        return Opinion::DoesNotApply;
    };
    match answer.language() {
        None => Opinion::CannotTell,
        Some(found) if found == wanted => Opinion::Pass,
        Some(found) => Opinion::fail(
            format!("用{}回答，顾客写的是{}", in_chinese(found), in_chinese(wanted)),
            format!("answer in {found}, customer writes {wanted}"),
        ),
    }
}

fn in_chinese(language: Language) -> &'static str {
    match language {
        Language::Zh => "中文",
        Language::En => "英文",
    }
}
