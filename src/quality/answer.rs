//! The answer of a turn, read once for all checks.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::{Deref, Range};
use std::sync::Arc;
use std::time::Duration;

use super::Quote;
use super::fact_sheet::FactSheet;
use super::forbidden::Bans;
use crate::conversation::{Language, ReplyKind, Turn};
use crate::reading::{Break, Claim, Passage, Reader, Reading, Recent, breaks_off, fingerprint, language, regret_at};

/// The answer of a turn: all its substantive replies, read once.
pub(super) struct Answer<'a> {
    said: &'a Said,
    /// Place of each substantive reply in the turn's replies, and where it begins in `text`.
    starts: Vec<(u16, usize)>,
}

/// What an answer says, and all that depends on nothing but that and the day.
pub(super) struct Said {
    /// As the bot wrote it, one reply a line.
    pub(super) text: String,
    pub(super) passage: Passage,
    pub(super) reading: Reading,
    /// The language that it is in, once somebody asked.
    language: OnceCell<Option<Language>>,
    /// Where and why it breaks off, once somebody asked.
    end: OnceCell<Option<(Break, Range<usize>)>>,
    /// What it claims of the facts of a sheet, by the sheet's place, once somebody asked.
    claims: RefCell<BTreeMap<usize, Arc<[Claim]>>>,
    /// Where it first says that it is sorry or understands, once somebody asked.
    regret: OnceCell<Option<Range<usize>>>,
    /// The first forbidden claim, by name and place, once somebody asked.
    ban: OnceCell<Option<(String, Range<usize>)>>,
    fingerprint: OnceCell<u32>,
}

/// The answers that were read last: bots say the same to many customers.
pub(super) type RecentAnswers = Recent<Box<Said>>;

impl<'a> Answer<'a> {
    /// Absent when the bot gave no substantive answer.
    pub(super) fn read(turn: &Turn, reader: &Reader, answers: &'a mut RecentAnswers) -> Option<Answer<'a>> {
        let text = turn.answer_text();
        if text.trim().is_empty() {
            return None;
        }
        let said_at = turn.answered_at.or(turn.sent_at).unwrap_or(turn.due_at);
        let read = || Box::new(Said::read(&text, reader, said_at));
        let said = answers.of(&text, read);
        if !reader.is_day_of(&said.passage, said_at) {
            *said = read();
        }
        Some(Answer {
            said,
            starts: starts(turn),
        })
    }

    /// Where a place of the normalised text stands in the replies.
    pub(super) fn quote(&self, normalised: &Range<usize>) -> Option<Quote> {
        self.quote_as_written(&self.passage.as_written(&self.text, normalised))
    }

    /// A place of the normalised text as the bot wrote it, and where that stands in the replies.
    pub(super) fn as_written(&self, normalised: &Range<usize>) -> (&str, Option<Quote>) {
        let span = self.passage.as_written(&self.text, normalised);
        (
            self.text.get(span.clone()).unwrap_or_default(),
            self.quote_as_written(&span),
        )
    }

    /// Where a place of `text` stands in the replies; what reaches beyond its reply is cut there.
    pub(super) fn quote_as_written(&self, span: &Range<usize>) -> Option<Quote> {
        let following = self.starts.partition_point(|(_, start)| *start <= span.start);
        let (reply, start) = *self.starts.get(following.checked_sub(1)?)?;
        let end = self.starts.get(following).map_or(self.text.len(), |(_, next)| next - 1);
        Some(Quote {
            reply,
            span: span.start - start..span.end.min(end) - start,
        })
    }
}

impl Deref for Answer<'_> {
    type Target = Said;

    fn deref(&self) -> &Said {
        self.said
    }
}

impl Said {
    fn read(text: &str, reader: &Reader, said_at: Duration) -> Said {
        let passage = reader.passage(text, said_at);
        Said {
            text: text.to_owned(),
            reading: reader.read_passage(&passage),
            passage,
            language: OnceCell::new(),
            end: OnceCell::new(),
            claims: RefCell::default(),
            regret: OnceCell::new(),
            ban: OnceCell::new(),
            fingerprint: OnceCell::new(),
        }
    }

    /// The language that it is in; absent when it cannot be told.
    pub(super) fn language(&self) -> Option<Language> {
        *self.language.get_or_init(|| language(&self.text))
    }

    /// Where in `text` and why it breaks off, if it does.
    pub(super) fn broken_end(&self) -> Option<&(Break, Range<usize>)> {
        self.end.get_or_init(|| breaks_off(&self.text)).as_ref()
    }

    /// Which of its values are claims about which facts of this sheet.
    pub(super) fn claims(&self, sheet: &FactSheet) -> Arc<[Claim]> {
        let mut known = self.claims.borrow_mut();
        let of_sheet = known.entry(sheet.place);
        Arc::clone(of_sheet.or_insert_with(|| self.passage.claims(&sheet.subjects).into()))
    }

    /// Where its normalised text first says that it is sorry or that it understands.
    pub(super) fn regret(&self) -> Option<&Range<usize>> {
        let regret = self.regret.get_or_init(|| regret_at(self.passage.text()));
        regret.as_ref()
    }

    /// The first claim in its normalised text that is forbidden: its name and place.
    pub(super) fn broken_ban(&self, bans: &Bans) -> Option<(&String, &Range<usize>)> {
        let broken = || {
            let (name, place) = bans.broken_by(self.passage.text())?;
            Some((name.to_owned(), place))
        };
        let ban = self.ban.get_or_init(broken);
        ban.as_ref().map(|(name, place)| (name, place))
    }

    /// Equal for answers that are the same text.
    pub(super) fn fingerprint(&self) -> u32 {
        *self.fingerprint.get_or_init(|| fingerprint(self.passage.text()) as u32)
    }
}

/// Of each substantive reply: its place in the turn, and where it begins in the turn's answer text.
fn starts(turn: &Turn) -> Vec<(u16, usize)> {
    let mut start = 0;
    let substantive = (0..)
        .zip(&turn.replies)
        .filter(|(_, reply)| reply.kind == ReplyKind::Substantive);
    let place_and_start = substantive.map(|(place, reply)| {
        let here = start;
        start += reply.text.len() + 1;
        (place, here)
    });
    place_and_start.collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::conversation::message;
    use super::super::tests::{COUPON, EN, ZH, answered, key, reply, score};
    use super::super::{Memory, Scorer};
    use super::*;
    use crate::conversation::MessageKind;
    use crate::reading::shop::scenario;

    #[test]
    fn an_answer_that_comes_again_is_scored_as_if_it_came_for_the_first_time() {
        let of_eight = format!("您的订单{}已发货", key().order_number(8));
        let scorer = Scorer::new(scenario()).unwrap();
        for text in [
            "满300减50,明天截止",
            "抱歉,没听懂",
            "Spend 300 yuan, get 50 off.",
            "Spend 200 yuan, get 60 off, and it ships within 48 hours (today,",
            "收货人的电话是13912345678,满300减60",
            &of_eight,
        ] {
            // The shop's clock stands ten minutes before midnight: tomorrow is another day after it.
            for (goal, persona, at, customer) in [
                (COUPON, ZH, 2, 7),
                (COUPON, EN, 1_200, 7),
                (COUPON + 1, ZH, 2, 7),
                (COUPON, ZH, 2, 8),
                (COUPON, ZH, 2, 7),
            ] {
                let mut turn = answered(goal, persona, text);
                turn.answered_at = Some(Duration::from_secs(at));
                turn.customer = customer;
                turn.replies.push(reply(text, ReplyKind::Holding));
                if customer == 8 {
                    turn.messages
                        .push(message("我的电话13912345678", MessageKind::Utterance));
                }
                assert_eq!(
                    scorer.score(&turn, &mut Memory::default()),
                    score(&turn),
                    "{text} at {at} s"
                );
            }
        }
    }

    #[test]
    fn an_answer_that_comes_again_on_another_day_is_read_as_of_that_day() {
        let reader = Reader::new(&scenario()).unwrap();
        let mut recent = RecentAnswers::default();
        for at in [2, 1_200, 2].map(Duration::from_secs) {
            let mut turn = answered(COUPON, ZH, "明天截止");
            turn.answered_at = Some(at);
            let answer = Answer::read(&turn, &reader, &mut recent).unwrap();
            assert!(reader.is_day_of(&answer.passage, at));
            assert!(!reader.is_day_of(&answer.passage, at + Duration::from_secs(86_400)));
        }
    }
}
