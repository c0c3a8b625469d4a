//! Which value of a text is a claim about what.

use std::cmp::Reverse;
use std::mem::discriminant;
use std::ops::Range;

use super::clauses::{REACH, clause, is_question};
use super::force::names_former;
use super::passage::{Passage, find_words};
use super::subjects::{FoundWord, Subject, Subjects};
use super::values::{Force, Stated, Value};

/// A value that stands near a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Place of the value among those of the text.
    pub value: usize,
    /// Place of the subject in the list.
    pub subject: usize,
}

/// Distance in characters, whether the word comes after the value, and its length: the smallest is the nearest.
type Nearness = (usize, bool, Reverse<usize>);

/// How far a word may be from its value, in characters.
const WINDOW: usize = 40;

/// A value with the word that it may belong to.
struct Candidate<'a> {
    /// Its place among those of the text.
    value: usize,
    stated: &'a Stated,
    nearness: Nearness,
    subject: usize,
    /// Where the word stands, in bytes of the text.
    word_at: usize,
}

impl Candidate<'_> {
    /// True when no other value of its type is nearer to its word. Values of one word share its clause, so only those
    /// that a clause can hold are looked at on either side.
    fn is_nearest(&self, place: usize, all: &[Candidate]) -> bool {
        let shares_clause = |other: &&Candidate| {
            let (first, second) = (&self.stated.span, &other.stated.span);
            first.start <= second.end.saturating_add(2 * REACH) && second.start <= first.end.saturating_add(2 * REACH)
        };
        let is_nearer = |other: &Candidate| {
            let same_word = other.word_at == self.word_at && other.subject == self.subject;
            let same_type = discriminant(&other.stated.value) == discriminant(&self.stated.value);
            same_word && same_type && other.nearness < self.nearness
        };
        let before = all[..place].iter().rev().take_while(shares_clause);
        let after = all[place + 1..].iter().take_while(shares_clause);
        !before.chain(after).any(is_nearer)
    }
}

impl Passage {
    /// The claims of the text: each value with the subject whose word stands nearest to it in the same clause.
    ///
    /// Of two words at the same distance the one before the value wins (满300减50: 300 belongs to 满), then the longer
    /// one, then the earlier subject. A word claims one value of a type, the nearest (定金50元抵100元: 50). Denied values
    /// and questions claim nothing.
    pub fn claims(&self, subjects: &Subjects) -> Vec<Claim> {
        if self.values().is_empty() {
            return Vec::new();
        }
        let words = subjects.found_in(self.text());
        let values = 0..self.values().len();
        let candidates: Vec<Candidate> = values.filter_map(|value| self.candidate(value, &words)).collect();
        let nearest = candidates
            .iter()
            .enumerate()
            .filter(|(place, candidate)| candidate.is_nearest(*place, &candidates));
        nearest
            .map(|(_, candidate)| Claim {
                value: candidate.value,
                subject: candidate.subject,
            })
            .collect()
    }

    /// True when a word of the subject stands in the clause of a place.
    pub fn mentions_near(&self, span: &Range<usize>, subject: &Subject) -> bool {
        let text = &self.text()[clause(self.text(), span)];
        subject.words().any(|word| find_words(text, word).next().is_some())
    }

    /// True when the clause of a place asks.
    pub fn is_asked(&self, span: &Range<usize>) -> bool {
        is_question(self.text(), &clause(self.text(), span))
    }

    fn candidate(&self, value: usize, words: &[FoundWord]) -> Option<Candidate<'_>> {
        let stated = &self.values()[value];
        if stated.force == Force::Denied || stated.value == Value::Identifier || words.is_empty() {
            return None;
        }
        let clause = clause(self.text(), &stated.span);
        if is_question(self.text(), &clause) {
            return None;
        }
        let first = words.partition_point(|word| word.span.end <= clause.start);
        let before_its_end = words[first..].iter().take_while(|word| word.span.end <= clause.end);
        // What was paid once is a claim only about what is called so.
        let is_meant =
            |word: &FoundWord| stated.force != Force::Former || names_former(&self.text()[word.span.clone()]);
        let in_clause = before_its_end.filter(|word| clause.start <= word.span.start && is_meant(word));
        let is_time = matches!(stated.value, Value::Duration(_));
        let is_start = |FoundWord { span, .. }: &FoundWord| {
            let (before, after) = (clause.start..span.start, span.end..clause.end);
            is_time && counts_from(&self.text()[before], &self.text()[after])
        };
        let nearest = in_clause
            .filter(|word| !is_start(word))
            .map(|word| (self.nearness(stated, word), word.subject, word.span.start));
        let (nearness, subject, word_at) = nearest.min()?;
        (nearness.0 <= WINDOW).then_some(Candidate {
            value,
            stated,
            nearness,
            subject,
            word_at,
        })
    }

    fn nearness(&self, stated: &Stated, word: &FoundWord) -> Nearness {
        let is_after = word.span.start >= stated.span.end;
        let between = match is_after {
            true => self.text().get(stated.span.end..word.span.start),
            false => self.text().get(word.span.end..stated.span.start),
        };
        // A word that overlaps the value touches it.
        let distance = between.unwrap_or("").trim().chars().count();
        (distance, is_after, Reverse(word.length))
    }
}

/// True when a length of time only counts from what the word between these two names: 发货后3天送达, `3 days after it ships`.
fn counts_from(before: &str, after: &str) -> bool {
    let (before, after) = (before.trim_end(), after.trim_start());
    let before = ["the", "your", "our", "it", "we"]
        .iter()
        .find_map(|filler| before.strip_suffix(filler))
        .unwrap_or(before);
    ["后", "之后", "以后", "完成后"]
        .iter()
        .any(|mark| after.starts_with(mark))
        || ["after", "once"].iter().any(|mark| before.trim_end().ends_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The claims of a text about 满, 减|off, 定金|deposit and 尾款|balance, as `word=value`.
    fn claims(text: &str) -> String {
        let words = [
            vec!["满", "over", "spend"],
            vec!["减", "off"],
            vec!["定金", "deposit"],
            vec!["尾款", "balance"],
        ];
        let owned: Vec<Vec<String>> = words
            .iter()
            .map(|words| words.iter().map(|word| (*word).to_owned()).collect())
            .collect();
        let subjects: Subjects = owned.iter().map(Subject::new).collect();
        let passage = Passage::new(text, jiff::civil::date(2026, 11, 10));
        let claims = passage.claims(&subjects);
        let shown = claims.iter().map(|claim| {
            format!(
                "{}={}",
                words[claim.subject][0],
                &passage.text()[passage.values()[claim.value].span.clone()]
            )
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_value_is_about_the_subject_that_stands_nearest() {
        for (text, expected) in [
            ("满300减50", "满=300 减=50"),
            ("满300元减50元", "满=300元 减=50元"),
            ("满 300 元立减 50 元", "满=300 元 减=50 元"),
            ("定金30元,尾款11月11日支付", "定金=30元 尾款=11月11日"),
            ("定金30元抵60元", "定金=30元"),
            ("50 yuan off orders over 300 yuan", "减=50 yuan 满=300 yuan"),
            ("spend 300 yuan, get 50 off", "满=300 减=50"),
            (
                "the deposit is 30 yuan and the balance is due on november 11",
                "定金=30 yuan 尾款=november 11",
            ),
            ("订单满300元。48小时内发货", "满=300元"),
            ("48小时内发货", ""),
            ("付定金后3天发货", ""),
            ("发货在付定金之后3天", ""),
            ("3 days after the balance is paid", ""),
            ("还差20元满300可减50", "满=300 减=50"),
            ("不是减60元,而是减50元", "减=50元"),
            ("您说的是减60元吗?", ""),
            ("an offer of 50 yuan", ""),
            ("", ""),
        ] {
            let expected = expected.replace(
                "满=300 减=50",
                if text.starts_with("spend") {
                    "满=300 yuan 减=50"
                } else {
                    "满=300 减=50"
                },
            );
            assert_eq!(claims(text), expected, "{text}");
        }
    }
}
