//! Does the answer say what must never be said?

use std::ops::Range;

use super::check::{Case, Check, Opinion};
use super::evidence::Evidence;
use crate::reading::{PatternError, Patterns, Squeezed, is_disclaimed};
use crate::scenario::Forbidden;

pub(super) const CHECK: Check = Check {
    name: "forbidden",
    is_gate: true,
    judge,
};

/// The claims that a shop forbids, compiled.
pub(super) struct Bans {
    /// Of each pattern: the claim's name.
    names: Vec<String>,
    patterns: Patterns,
}

impl Bans {
    pub(super) fn new(forbidden: &[Forbidden]) -> Result<Bans, PatternError> {
        let named = forbidden.iter().flat_map(|ban| {
            let both = ban.patterns.zh.iter().chain(&ban.patterns.en);
            both.map(|pattern| (ban.name.clone(), pattern))
        });
        let (names, patterns): (Vec<String>, Vec<&String>) = named.unzip();
        Ok(Bans {
            names,
            patterns: Patterns::of_user(&patterns)?,
        })
    }

    /// The first forbidden claim of a normalised text: its name and place, also where blanks and marks hide it (保 证). A claim that is
    /// denied ("we cannot guarantee") or warned of is none.
    pub(super) fn broken_by(&self, text: &str) -> Option<(&str, Range<usize>)> {
        self.found_in(text).or_else(|| {
            let squeezed = (!self.names.is_empty()).then(|| Squeezed::of(text))??;
            let (name, span) = self.found_in(squeezed.text())?;
            Some((name, squeezed.place_in(text, &span)))
        })
    }

    fn found_in(&self, text: &str) -> Option<(&str, Range<usize>)> {
        let mut found = self.patterns.find_iter(text);
        let (place, found) = found.find(|(_, found)| !is_disclaimed(text, found))?;
        Some((&self.names[place], found))
    }
}

fn judge(case: &Case) -> Opinion {
    let Some(answer) = &case.answer else {
        return Opinion::DoesNotApply;
    };
    match answer.broken_ban(&case.scorer.bans) {
        Some((name, span)) => {
            let said = format!("{name}: {}", &answer.passage.text()[span.clone()]);
            Opinion::Fail(Evidence::said(&said).at(answer.quote(span)))
        }
        None => Opinion::Pass,
    }
}
