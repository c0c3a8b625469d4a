//! Rubrics: every criterion can be asked, and its texts are of a size that a prompt can hold.

use super::{name, not_empty, unique};
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{Judgement, PerLanguage, Rubric};

/// The most criteria, and examples of each: all of them stand in every prompt.
const MOST: usize = 12;
/// The longest text, in characters.
const LONGEST: usize = 1_000;

pub(in crate::scenario) fn rubric(rubric: &Rubric, at: &Spot, findings: &mut Findings) {
    name(&rubric.rubric, &at.key("rubric"), findings);
    let criteria = at.key("criteria");
    not_empty(rubric.criteria.len(), &criteria, "criterion", findings);
    at_most(rubric.criteria.len(), &criteria, findings);
    let names = rubric.criteria.iter().enumerate();
    unique(
        names.map(|(place, one)| (one.name.as_str(), criteria.item(place).key("name"))),
        findings,
    );
    for (place, criterion) in rubric.criteria.iter().enumerate() {
        let at = criteria.item(place);
        name(&criterion.name, &at.key("name"), findings);
        for (key, texts) in [
            ("question", &criterion.question),
            ("pass", &criterion.pass),
            ("fail", &criterion.fail),
        ] {
            said(texts, &at.key(key), findings);
        }
        let examples = at.key("examples");
        at_most(criterion.examples.len(), &examples, findings);
        for (place, example) in criterion.examples.iter().enumerate() {
            let at = examples.item(place);
            for (key, text) in [
                ("question", &example.question),
                ("reply", &example.reply),
                ("why", &example.why),
            ] {
                short(text, &at.key(key), findings);
            }
            if example.verdict == Judgement::Unknown {
                findings.add(&at.key("verdict"), "expected `pass` or `fail`, found `unknown`");
            }
        }
    }
}

fn at_most(count: usize, at: &Spot, findings: &mut Findings) {
    if count > MOST {
        findings.add_key(at, format!("expected at most {MOST}, found {count}"));
    }
}

/// Said in one language at least, and short.
fn said(texts: &PerLanguage<String>, at: &Spot, findings: &mut Findings) {
    if texts.zh.trim().is_empty() && texts.en.trim().is_empty() {
        findings.add_key(at, "expected a text in `zh` or `en`, found none");
    }
    short(&texts.zh, &at.key("zh"), findings);
    short(&texts.en, &at.key("en"), findings);
}

fn short(text: &str, at: &Spot, findings: &mut Findings) {
    let length = text.chars().count();
    if length > LONGEST {
        findings.add(at, format!("expected at most {LONGEST} characters, found {length}"));
    }
}
