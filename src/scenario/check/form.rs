//! What a channel can show: limits that let something through.

use crate::scenario::Form;
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;

pub(super) fn check(form: &Form, at: &Spot, findings: &mut Findings) {
    let limits = [
        ("characters", form.characters),
        ("bytes", form.bytes),
        ("messages", form.messages.map(u32::from)),
    ];
    for (key, limit) in limits {
        if limit == Some(0) {
            findings.add(&at.key(key), "expected at least 1, found `0`");
        }
    }
}
