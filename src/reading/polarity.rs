//! Whether a text says that something is so or that it is not: 支持7天无理由, 不支持; `we do not ship abroad`.
//!
//! The words of the subject stand in a clause, and what is said of them is the nearest run of words that affirm or deny:
//!
//! ```text
//!  货到付款  暂 不 支持 哦        one denial: it does not hold
//!  不 是 不 支持  7天无理由       two: it holds
//! ```
//!
//! Without such words in its clause, an entry of a list, an answer to a question that the text puts, or the next clause may say it; and some
//! things are said only of what is there (健身房在三楼). A mere mention, a question and a condition (只有会员才支持, `only if`) say nothing.

mod brief;
mod chinese;
mod elsewhere;
mod english;
mod kin;
mod listed;
mod unnamed;
mod unread;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::clauses::REACH;
use super::language::is_han;
use super::manner::acts;
use super::manner::leaning::Leaning;
use super::passage::{Passage, find_words};
use super::subjects::Subject;
use elsewhere::{is_elsewhere, is_one_of_others};
use listed::{headed, listed};

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

/// A mention of the subject with what stands around it.
struct Mention<'a> {
    /// From the clause's start to the subject.
    before: &'a str,
    /// From the subject to the clause's end.
    after: &'a str,
    /// The clause before in the same sentence.
    previous: &'a str,
    /// From the subject to the line's end.
    rest: &'a str,
    /// What follows on the clause in the same line, behind the mark that ends it.
    next: &'a str,
    /// The mark that ends the clause.
    mark: Option<char>,
}

/// What is said of a mention: whether it holds, and how many bytes before and after the subject say so.
struct Saying {
    holds: bool,
    before: usize,
    after: usize,
}

impl Passage {
    /// What the text says of the subject, mention by mention. Beside a denial, what there is elsewhere says nothing
    /// (`no gym, but there is one next door`).
    pub fn stances(&self, subject: &Subject) -> Vec<Stance> {
        let text = self.text();
        let of_mention = |span: Range<usize>| Some((stance(text, &span)?, is_elsewhere(text, &span)));
        let mut stances: Vec<(Stance, bool)> = self
            .mentions(subject)
            .into_iter()
            .filter(|span| !is_one_of_others(text, span))
            .filter_map(of_mention)
            .collect();
        if stances.iter().any(|(stance, _)| !stance.holds) {
            stances.retain(|(stance, is_elsewhere)| !stance.holds || !is_elsewhere);
        }
        stances.into_iter().map(|(stance, _)| stance).collect()
    }

    /// What the words of the text say of the subject to who asked whether it is so, unless its manner speaks against them: that tells of
    /// answers to a plain question, which may leave their subject out.
    pub fn stances_to_who_asks(&self, subject: &Subject, is_left_out: bool) -> Vec<Stance> {
        let mut said = self.told_in_words(subject, is_left_out);
        if is_left_out && !said.is_empty() {
            said.retain(|stance| !self.is_doubted(stance, &self.mentions_to_who_asks(subject)));
        }
        said
    }

    /// True where the manner of the text speaks against what its words seem to say of the subject in these places. A clause that clearly says
    /// it outweighs what else there is (有健身房，抱歉，周边没有餐馆).
    fn is_doubted(&self, stance: &Stance, subject: &[Range<usize>]) -> bool {
        let text = self.text();
        let clause = clause(text, &stance.span);
        let within = |place: &&Range<usize>| clause.start <= place.start && place.end <= clause.end;
        let within = subject.iter().filter(within);
        let places: Vec<Range<usize>> = within
            .map(|place| place.start - clause.start..place.end - clause.start)
            .collect();
        Leaning::of(text, subject).speaks_against(stance.holds)
            && !Leaning::of(&text[clause.clone()], &places).speaks_against(!stance.holds)
    }

    /// What its words say of the subject to who asked whether it is so. The subject may then go by a word next to its own (叫醒 for
    /// 叫醒服务), and where no words affirm or deny it, the answer may be a word at the beginning that leaves the subject to the question
    /// (没有呢亲; `yes, on level 3`), which counts where `is_left_out`. Beside a no, what there is says nothing (没有哦, 楼下有家健身房).
    /// Else what speaks of the subject as of something that is there affirms it, and with a denial in the clause denies it; so does
    /// a clause that names nothing else (前台会打电话叫您).
    fn told_in_words(&self, subject: &Subject, is_left_out: bool) -> Vec<Stance> {
        let text = self.text();
        let mut said = self.stances(subject);
        let kin = said.is_empty().then(|| subject.with_kin()).flatten();
        if let Some(kin) = &kin {
            said = self.stances(kin);
        }
        if let Some(verb) = subject.verb().filter(|_| said.is_empty() && is_left_out) {
            said = self.stances(&verb);
        }
        let is_open = brief::finds_out(text);
        let from_start = |(holds, end)| Stance { holds, span: 0..end };
        let is_denial = !said.is_empty() && said.iter().all(|stance| !stance.holds);
        let word = (is_left_out && !is_open && !is_denial)
            .then(|| brief::answer(text))
            .flatten()
            .map(from_start);
        if word.as_ref().is_some_and(|word| !word.holds) {
            said.retain(|stance| !stance.holds);
        }
        if !said.is_empty() || is_open {
            return said;
        }
        let is_referred = brief::puts_off(text);
        let mentions = || self.mentions_to_who_asks(subject);
        let leaning = || {
            let mut own = mentions().into_iter().filter(|span| !is_one_of_others(text, span));
            own.find_map(|span| leaning(text, &span).or_else(|| headed(text, &span)))
        };
        let unnamed = || {
            unnamed::answer(text)
                .filter(|_| is_left_out && mentions().iter().all(|span| is_one_of_others(text, span)))
                .map(from_start)
        };
        let is_open = || is_referred || !acts::may_take_a_stance(text, &mentions());
        let indirect = || leaning().or_else(unnamed).filter(|_| !is_open());
        word.or_else(indirect).into_iter().collect()
    }

    /// Where the subject stands in the answer to who asked for it, by its own words and those next to them.
    pub(super) fn mentions_to_who_asks(&self, subject: &Subject) -> Vec<Range<usize>> {
        self.mentions(subject.with_kin().as_ref().unwrap_or(subject))
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
    let mention = Mention::of(text, subject);
    let said = listed(&mention).or_else(|| match mention.is_english(&text[subject.clone()]) {
        true => english::saying(&mention),
        false => chinese::saying(&mention),
    })?;
    Some(Stance {
        holds: said.holds,
        span: subject.start - said.before..subject.end + said.after,
    })
}

/// What a mention without words that affirm or deny comes to, where the subject was asked for.
fn leaning(text: &str, subject: &Range<usize>) -> Option<Stance> {
    let mention = Mention::of(text, subject);
    let holds = match mention.is_english(&text[subject.clone()]) {
        true => english::leaning(&mention),
        false => chinese::leaning(&mention),
    }?;
    let span = subject.start - mention.before.len()..subject.end + mention.after.len();
    Some(Stance { holds, span })
}

impl<'a> Mention<'a> {
    fn of(text: &'a str, subject: &Range<usize>) -> Mention<'a> {
        let clause = clause(text, subject);
        Mention {
            before: &text[clause.start..subject.start],
            after: &text[subject.end..clause.end],
            previous: previous(text, clause.start),
            rest: line(&text[subject.end..]),
            next: next(text, clause.end),
            mark: text[clause.end..].chars().next(),
        }
    }

    fn is_english(&self, subject: &str) -> bool {
        subject.is_ascii() && !self.is_chinese()
    }

    /// wifi and SPA are named in Chinese sentences too.
    fn is_chinese(&self) -> bool {
        self.before.contains(is_han) || self.after.contains(is_han)
    }

    fn is_question(&self) -> bool {
        self.mark == Some('?')
    }

    /// The next clause that says something, and where it begins in `next`.
    fn comment(&self) -> (&'a str, usize) {
        let start = brief::courtesies(self.next);
        let rest = &self.next[start..];
        (rest.find(divides).map_or(rest, |at| &rest[..at]), start)
    }

    /// What a question that is put and answered says: 有健身房吗?没有哦; `wake-up calls? no worries`.
    fn answered(&self) -> Option<Saying> {
        let (holds, length) = brief::answer(self.next)?;
        let mark = self.mark.map_or(0, char::len_utf8);
        let after = self.after.len() + mark + length;
        Some(Saying {
            holds,
            before: 0,
            after,
        })
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
    if let Some(at) = text[start..span.start]
        .rfind(" but ")
        .filter(|at| !is_all(&text[start..start + at]))
    {
        start += at + " but ".len();
    }
    if let Some(at) = text[span.end..end].find(" but ") {
        end = span.end + at;
    }
    start..end
}

/// True before the `but` of `everything but`.
fn is_all(before: &str) -> bool {
    ["everything", "anything", "all"]
        .iter()
        .any(|word| before.ends_with(word))
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

/// What follows a clause in its line.
fn next(text: &str, end: usize) -> &str {
    let mark = text[end..].chars().next().filter(|mark| *mark != '\n');
    mark.map_or("", |mark| line(&text[end + mark.len_utf8()..]))
}

/// What of a text stands in its first line, as far as a clause reaches.
fn line(text: &str) -> &str {
    let text = &text[..text.floor_char_boundary(REACH)];
    text.find('\n').map_or(text, |at| &text[..at])
}

/// True for a question to which a bare yes says that it is so: it denies nothing (有没有 does not) and limits nothing.
pub fn asks_plainly(question: &str) -> bool {
    static TURNED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"没|不|只|除了|未|(?-u:\b)(?:no|not|without|only|never|cannot|[a-z]+n't)(?-u:\b)")
            .expect("a fixed pattern")
    });
    static EITHER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("有没有|是不是|能不能|可不可以|可以不可以|行不行|会不会|带不带|支不支持|支持不支持|提不提供|包不包|含不含|让不让|做不做|给不给|不好意思|好不好|有的?不|不[?呀啊呢]?$|没有?[?呀啊呢]?$").expect("a fixed pattern")
    });
    !TURNED.is_match(&EITHER.replace_all(question, ""))
}
