//! Whether a text breaks off behind a word after which something must come.
//!
//! Most such words end whole sentences too, when what they belong to stands elsewhere or is left out: `what are you looking for`, `as soon as
//! we can`, 系统随机派的, 有什么可以帮您的. What stands before them tells.

use std::sync::LazyLock;

use super::tokens::{BEGUN, GAP, LONG, MARKS, START, tokens};
use super::weights::{Weights, joined, key, run};
use crate::reading::normalise;

/// Characters and words behind which a sentence mostly goes on. A text that ends with none of them is taken for whole.
const GOES_ON_ZH: &str = "的和在会由将请您你为把从到与或于但而且并被让给跟对及若如因各向至按据令使是";
const GOES_ON_EN: &str = "the a an of and with to for is are your our in on within or by from at will be that you we can if as i he she it they my their \
     his her its this these those some any no every each all both which who whose what when where while because since until unless although \
     though but so than then not do does did has have had was were been being would could should may might must shall about into onto over \
     under between through during without before after around near per via upon against among despite except including like such very more most \
     just only also please let us me him them there here how why whether either neither once";

/// From where on an end is taken to be open. High enough that of the whole texts of an author that nothing was learnt of few are taken
/// (docs/QUALITY.md); Chinese ones end without a stop, and so behind such a character, far more often.
const LEAST_ZH: f64 = 0.2;
const LEAST_EN: f64 = 0.0;

/// What is looked at of a text. Unit: bytes.
const TAIL: usize = 160;
/// The most of the last words and characters that make a run.
const RUN: usize = 5;
/// How far before the last one its partner stands at most.
const FARTHEST: usize = 7;

/// So many of the first words and characters of a clause are looked at.
const BEGINNING: usize = 3;
/// Clauses of so many and of more are alike.
const LONGEST: usize = 8;
static WEIGHTS: LazyLock<Weights<1>> = LazyLock::new(|| Weights::read(include_bytes!("ends.bin").as_slice()));

/// True when something must come behind a line, as it is written.
pub(in crate::reading) fn is_open(line: &str) -> bool {
    let start = line.ceil_char_boundary(line.len().saturating_sub(TAIL));
    is_open_by(&normalise(&line[start..]), &WEIGHTS)
}

/// The same of a normalised text by these weights.
pub(super) fn is_open_by(text: &str, weights: &Weights<1>) -> bool {
    let least = if text.is_ascii() { LEAST_EN } else { LEAST_ZH };
    let is_open = |end: End| weights.scores(end.keys()) > [least];
    End::of(text).is_some_and(is_open)
}

/// The end of a text that may go on: the runs that end there, and pairs of what ends it with what stands before, with how its clause begins
/// and with how long that is.
pub(super) struct End(Vec<u32>);

impl End {
    /// That of a normalised text; nothing of one whose last word none waits behind.
    pub(super) fn of(text: &str) -> Option<End> {
        goes_on(text).then(|| {
            let clause = text.rfind(MARKS).map_or(text, |mark| &text[mark..]);
            let mut backwards = vec![START];
            backwards.extend(tokens(text));
            backwards.reverse();
            let clause: Vec<u64> = tokens(clause.trim_start_matches(MARKS)).collect();
            End(runs(&backwards).chain(pairs(&backwards, &clause)).map(key).collect())
        })
    }

    pub(super) fn keys(&self) -> &[u32] {
        &self.0
    }
}

fn goes_on(text: &str) -> bool {
    let word = text
        .rsplit(|c: char| !c.is_ascii_lowercase())
        .next()
        .unwrap_or_default();
    if word.is_empty() {
        text.ends_with(|c| GOES_ON_ZH.contains(c))
    } else {
        GOES_ON_EN.split_ascii_whitespace().any(|open| open == word)
    }
}

/// Of one to so many words and characters, the last one first.
fn runs(backwards: &[u64]) -> impl Iterator<Item = u64> {
    let longer = |whole: &mut Option<u64>, next: &u64| {
        *whole = Some(whole.map_or_else(|| run(*next), |whole| joined(whole, *next)));
        *whole
    };
    backwards.iter().take(RUN).scan(None, longer)
}

/// What ends a text beside each of: some that stand before it, the first of its clause, and how many those are.
fn pairs(backwards: &[u64], clause: &[u64]) -> impl Iterator<Item = u64> {
    let last = backwards.first().map_or(0, |last| run(*last));
    let before = backwards.iter().take(FARTHEST + 1).skip(2).copied();
    let before = before.map(move |token| joined(joined(last, GAP), token));
    let begun = clause.iter().take(BEGINNING).scan(joined(last, BEGUN), |begun, token| {
        *begun = joined(*begun, *token);
        Some(*begun)
    });
    let long = joined(joined(last, LONG), clause.len().min(LONGEST) as u64);
    before.chain(begun).chain([long])
}
