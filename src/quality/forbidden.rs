//! Does the answer say what must never be said?

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::check::{Case, Check, Opinion};
use super::evidence::Evidence;
use crate::reading::{PatternError, Squeezed, denied_before};
use crate::scenario::Forbidden;

pub(super) const CHECK: Check = Check {
    name: "forbidden",
    is_gate: true,
    judge,
};

/// The claims that a shop forbids, compiled.
pub(super) struct Bans(Vec<(String, Regex)>);

impl Bans {
    pub(super) fn new(forbidden: &[Forbidden]) -> Result<Bans, PatternError> {
        let patterns = forbidden.iter().flat_map(|ban| {
            let both = ban.patterns.zh.iter().chain(&ban.patterns.en);
            both.map(|pattern| (ban.name.clone(), pattern))
        });
        let compile = |(name, pattern): (String, &String)| {
            let build = RegexBuilder::new(pattern).case_insensitive(true).build();
            let regex = build.map_err(|source| PatternError {
                pattern: pattern.clone(),
                source,
            })?;
            Ok((name, regex))
        };
        patterns.map(compile).collect::<Result<_, _>>().map(Bans)
    }

    /// The first forbidden claim of a normalised text: its name and place, also where blanks and marks hide it (保 证). A claim that is
    /// denied ("we cannot guarantee") or warned of is none.
    pub(super) fn broken_by(&self, text: &str) -> Option<(&str, Range<usize>)> {
        self.found_in(text).or_else(|| {
            let squeezed = (!self.0.is_empty()).then(|| Squeezed::of(text))??;
            let (name, span) = self.found_in(squeezed.text())?;
            Some((name, squeezed.place_in(text, &span)))
        })
    }

    fn found_in(&self, text: &str) -> Option<(&str, Range<usize>)> {
        self.0.iter().find_map(|(name, pattern)| {
            let mut found = pattern
                .find_iter(text)
                .filter(|found| !denied_before(text, &found.range()));
            found.next().map(|found| (name.as_str(), found.range()))
        })
    }
}

fn judge(case: &Case) -> Opinion {
    let Some(answer) = &case.answer else {
        return Opinion::DoesNotApply;
    };
    match case.scorer.bans.broken_by(answer.passage.text()) {
        Some((name, span)) => {
            let words = format!("{name}: {}", &answer.passage.text()[span.clone()]);
            Opinion::Fail(Evidence::words(words).at(answer.quote(&span)))
        }
        None => Opinion::Pass,
    }
}
