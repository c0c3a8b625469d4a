//! The rows of a kept conversation. `schema.sql` says what each column means.

use std::borrow::Cow;
use std::time::Duration;

use rusqlite::{Result, params};

use super::super::names::Names;
use super::super::open::EndedConversation;
use super::{Store, number};
use crate::conversation::{Message, MessageKind, Reply, ReplyKind, Turn};
use crate::quality::{ClaimState, Finding, Served, TurnScore};
use crate::scenario::Metric;

impl Store {
    pub(super) fn write_conversation(&self, ended: &EndedConversation, failed: bool) -> Result<()> {
        self.execute(
            "INSERT INTO conversations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                number(ended.customer),
                self.names.persona(&ended.labels),
                self.names.goal(&ended.labels),
                self.names.channel(ended.labels.channel),
                Names::language(&ended.labels),
                self.names.phase(&ended.labels),
                ended.ending.word(),
                ended.started_at.as_secs_f64(),
                ended.at.as_secs_f64(),
                ended.turns,
                failed,
            ],
        )
    }

    pub(super) fn write_turn(&self, turn: &Turn, score: Option<&TurnScore>) -> Result<()> {
        let trouble = turn.trouble.as_deref().map(|trouble| self.masks.mask(trouble));
        self.execute(
            "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                number(turn.customer),
                turn.number,
                self.names.phase(&turn.labels),
                self.names.channel(turn.labels.channel),
                turn.step,
                turn.outcome.word(),
                turn.due_at.as_secs_f64(),
                turn.sent_at.map(|at| at.as_secs_f64()),
                turn.first_event_at.map(|at| at.as_secs_f64()),
                turn.first_text_at.map(|at| at.as_secs_f64()),
                turn.answered_at.map(|at| at.as_secs_f64()),
                turn.reply_time().map(milliseconds),
                turn.wire_time().map(milliseconds),
                turn.first_text_time().map(milliseconds),
                turn.chunk_gaps.iter().max().copied().map(milliseconds),
                turn.duplicates,
                turn.open_conversations,
                trouble,
                score.map(|score| word_of(score.served)),
                score.and_then(|score| score.quality),
            ],
        )
    }

    pub(super) fn write_messages(&self, turn: &Turn) -> Result<()> {
        let said = turn.messages.iter().map(Said::Message);
        let heard = turn.replies.iter().map(Said::Reply);
        let mut all: Vec<Said<'_>> = said.chain(heard).collect();
        all.sort_by_key(Said::at);
        for (said, position) in all.iter().zip(1..) {
            self.write_message(turn, position, said)?;
        }
        Ok(())
    }

    fn write_message(&self, turn: &Turn, position: i64, said: &Said<'_>) -> Result<()> {
        let (kind, text, id, complete, deliveries) = match said {
            Said::Message(message) => (
                message_word(message.kind),
                message.shown(),
                Some(message.id.to_string()),
                None,
                Some(message.deliveries),
            ),
            Said::Reply(reply) => (
                reply_word(reply.kind),
                Cow::Borrowed(reply.text.as_str()),
                None,
                Some(reply.complete_at.as_secs_f64()),
                None,
            ),
        };
        self.execute(
            "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                number(turn.customer),
                turn.number,
                position,
                matches!(said, Said::Reply(_)),
                kind,
                id,
                said.at().as_secs_f64(),
                complete,
                deliveries,
                self.masks.mask(&text),
            ],
        )
    }

    pub(super) fn write_score(&self, turn: &Turn, score: &TurnScore) -> Result<()> {
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO scores VALUES (?, ?, ?, ?, ?, ?, ?)")?;
        for (check, finding) in Metric::CHECKS.iter().zip(&score.findings) {
            let evidence = match finding {
                Finding::Pass => None,
                Finding::Fail(evidence) => Some(evidence),
                Finding::Unscored => continue,
            };
            let quote = evidence.and_then(|evidence| evidence.quote.as_ref()?.of(turn));
            insert.execute(params![
                number(turn.customer),
                turn.number,
                check,
                *finding == Finding::Pass,
                evidence.map(|evidence| self.masks.mask(&evidence.words.en)),
                evidence.map(|evidence| self.masks.mask(&evidence.words.zh)),
                quote.map(|quote| self.masks.mask(quote)),
            ])?;
        }
        Ok(())
    }

    pub(super) fn write_claims(&self, turn: &Turn, score: &TurnScore) -> Result<()> {
        let told = score.claims.iter().filter(|claim| claim.state != ClaimState::Supported);
        for (claim, position) in told.zip(1_i64..) {
            let (changed, stale_for) = match claim.state {
                ClaimState::Stale { changed_at, ago } => (Some(changed_at.as_secs_f64()), Some(ago.as_secs_f64())),
                _ => (None, None),
            };
            let sentence = claim.quote.as_ref().and_then(|quote| quote.sentence(turn));
            self.execute(
                "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    number(turn.customer),
                    turn.number,
                    position,
                    claim.state.word(),
                    claim.fact,
                    self.masks.mask(&claim.said),
                    claim.truth.as_deref().map(|truth| self.masks.mask(truth)),
                    changed,
                    stale_for,
                    sentence.map(|sentence| self.masks.mask(sentence)),
                ],
            )?;
        }
        Ok(())
    }
}

/// What was said in a turn, by either side.
enum Said<'a> {
    Message(&'a Message),
    Reply(&'a Reply),
}

impl Said<'_> {
    fn at(&self) -> Duration {
        match self {
            Said::Message(message) => message.sent_at,
            Said::Reply(reply) => reply.first_text_at,
        }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn word_of(served: Served) -> &'static str {
    match served {
        Served::Yes => "yes",
        Served::No => "no",
        Served::Unknown => "unknown",
    }
}

fn message_word(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Utterance => "utterance",
        MessageKind::Nudge => "nudge",
        MessageKind::Prompted => "prompted",
        MessageKind::Farewell => "farewell",
    }
}

fn reply_word(kind: ReplyKind) -> &'static str {
    match kind {
        ReplyKind::Substantive => "substantive",
        ReplyKind::Holding => "holding",
        ReplyKind::Media => "media",
        ReplyKind::Truncated => "truncated",
    }
}
