//! Whether a text says that something is so or that it is not: 支持7天无理由, 不支持; `we do not ship abroad`.
//!
//! The words of the subject stand in a clause, and what is said of them is the nearest run of words that affirm or deny:
//!
//! ```text
//!  货到付款  暂 不 支持 哦        one denial: it does not hold
//!  不 是 不 支持  7天无理由       two: it holds
//! ```
//!
//! A mention without such words, a question and a condition (只有会员才支持, `only if`) say nothing.

mod chinese;
mod english;

use std::ops::Range;

use super::claims::Subject;
use super::clauses::REACH;
use super::passage::{Passage, find_words};

/// What a text says of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stance {
    /// True: it is so. False: it is not.
    pub holds: bool,
    /// The words that say so, the subject's among them; in bytes of the normalised text.
    pub span: Range<usize>,
}

/// How many mentions of one subject are looked at; a bot that repeats itself without end must not make it endless.
const MENTIONS: usize = 8;

/// A mention of the subject with the clauses around it.
struct Mention<'a> {
    /// From the clause's start to the subject.
    before: &'a str,
    /// From the subject to the clause's end.
    after: &'a str,
    previous: &'a str,
    next: &'a str,
    is_question: bool,
}

/// What is said of a mention: whether it holds, and how many bytes before and after the subject say so.
struct Saying {
    holds: bool,
    before: usize,
    after: usize,
}

impl Passage {
    /// What the text says of the subject, mention by mention.
    pub fn stances(&self, subject: &Subject) -> Vec<Stance> {
        let mentions = self.mentions(subject).into_iter();
        mentions.filter_map(|span| stance(self.text(), &span)).collect()
    }

    /// Where words of the subject stand, in the text's order, at most eight places; of two words at one place the longer.
    pub fn mentions(&self, subject: &Subject) -> Vec<Range<usize>> {
        let text = self.text();
        let mut mentions: Vec<Range<usize>> = Vec::new();
        for word in subject.words() {
            mentions.extend(find_words(text, word).take(MENTIONS));
        }
        mentions.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        mentions.retain(|span| {
            let is_new = span.start >= end;
            end = end.max(span.end);
            is_new
        });
        mentions.truncate(MENTIONS);
        mentions
    }
}

fn stance(text: &str, subject: &Range<usize>) -> Option<Stance> {
    let clause = clause(text, subject);
    let mention = Mention {
        before: &text[clause.start..subject.start],
        after: &text[subject.end..clause.end],
        previous: previous(text, clause.start),
        next: next(text, clause.end),
        is_question: text[clause.end..].starts_with('?'),
    };
    if mention.is_question {
        return None;
    }
    let said = match text[subject.clone()].is_ascii() && !mention.is_chinese() {
        true => english::saying(&mention)?,
        false => chinese::saying(&mention)?,
    };
    Some(Stance {
        holds: said.holds,
        span: subject.start - said.before..subject.end + said.after,
    })
}

impl Mention<'_> {
    /// wifi and SPA are named in Chinese sentences too.
    fn is_chinese(&self) -> bool {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        self.before.contains(is_han) || self.after.contains(is_han)
    }
}

/// The clause around a span. Unlike [`clauses::clause`](super::clauses::clause) it goes on after 、, since a list is denied
/// as a whole, and ends at `but`.
fn clause(text: &str, span: &Range<usize>) -> Range<usize> {
    let first = text.floor_char_boundary(span.start.saturating_sub(REACH));
    let last = text.ceil_char_boundary(span.end.saturating_add(REACH).min(text.len()));
    let (before, after) = (&text[first..span.start], &text[span.end..last]);
    let mut start = before.rfind(divides).map_or(first, |at| {
        first + at + before[at..].chars().next().map_or(1, char::len_utf8)
    });
    let mut end = after.find(divides).map_or(last, |at| span.end + at);
    if let Some(at) = text[start..span.start].rfind(" but ") {
        start += at + " but ".len();
    }
    if let Some(at) = text[span.end..end].find(" but ") {
        end = span.end + at;
    }
    start..end
}

fn divides(c: char) -> bool {
    matches!(c, ',' | ';' | '!' | '?' | '.' | '。' | '\n')
}

/// What stands before a clause in the same sentence.
fn previous(text: &str, start: usize) -> &str {
    let Some(before) = text[..start].strip_suffix(',') else {
        return "";
    };
    let first = before.floor_char_boundary(before.len().saturating_sub(REACH));
    let before = &before[first..];
    before.rfind(divides).map_or(before, |at| {
        &before[at + before[at..].chars().next().map_or(1, char::len_utf8)..]
    })
}

/// What follows a clause in the same sentence.
fn next(text: &str, end: usize) -> &str {
    let Some(after) = text[end..].strip_prefix(',') else {
        return "";
    };
    let after = &after[..after.floor_char_boundary(REACH)];
    after.find(divides).map_or(after, |at| &after[..at])
}
