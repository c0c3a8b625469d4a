//! Does the answer say what must never be said?

use std::ops::Range;

use super::check::{Case, Check, Opinion};
use super::evidence::Evidence;
use crate::reading::{PatternError, Patterns, RunTogether, Squeezed, is_disclaimed};
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
    run_together: RunTogether,
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
            run_together: RunTogether::of_user(&patterns),
        })
    }

    /// The first forbidden claim of a normalised text: its name and place, also where blanks and marks hide it (保 证,
    /// l o w e s t p r i c e). A claim that is denied ("we cannot guarantee") or warned of is none.
    pub(super) fn broken_by(&self, text: &str) -> Option<(&str, Range<usize>)> {
        self.found_in(text).or_else(|| {
            let squeezed = (!self.names.is_empty()).then(|| Squeezed::of(text))??;
            let run_together = || self.first(squeezed.text(), self.run_together.find_iter(&squeezed));
            let (name, span) = self.found_in(squeezed.text()).or_else(run_together)?;
            Some((name, squeezed.place_in(text, &span)))
        })
    }

    fn found_in(&self, text: &str) -> Option<(&str, Range<usize>)> {
        self.first(text, self.patterns.find_iter(text))
    }

    /// The first of what was found that is claimed.
    fn first(
        &self,
        text: &str,
        mut found: impl Iterator<Item = (usize, Range<usize>)>,
    ) -> Option<(&str, Range<usize>)> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;
    use crate::scenario::PerLanguage;

    #[test]
    fn claims_of_several_words_are_found_where_their_letters_are_spaced_out() {
        let patterns = PerLanguage {
            zh: vec!["保证最低".to_owned()],
            en: vec![r"\blowest[ -]price\b".to_owned(), "no risk at all".to_owned()],
        };
        let name = "promise".to_owned();
        let bans = Bans::new(&[Forbidden { name, patterns }]).unwrap();
        for (text, said) in [
            (
                "I give you the l o w e s t  p r i c e, my friend.",
                Some("l o w e s t p r i c e"),
            ),
            ("N-o r-i-s-k a-t a-l-l!", Some("n-o r-i-s-k a-t a-l-l")),
            ("我们保 证 最 低", Some("保 证 最 低")),
            ("There's N O R I S K at all.", Some("n o r i s k at all")),
            ("We cannot promise the l o w e s t  p r i c e.", None),
            ("The lowestprice tag, model A B C D E", None),
            ("Options A, B, C, D and E are low in price", None),
            ("", None),
        ] {
            let text = normalise(text);
            let found = bans.broken_by(&text).map(|(_, span)| &text[span]);
            assert_eq!(found, said, "{text}");
        }
    }
}
