//! The rows of a kept conversation. `schema.sql` says what each column means.

use std::borrow::Cow;
use std::sync::LazyLock;
use std::time::Duration;

use rusqlite::{Result, params};

use super::super::names::Names;
use super::super::open::EndedConversation;
use super::{Store, number};
use crate::conversation::{Message, MessageKind, Reply, ReplyKind, Turn};
use crate::quality::{ClaimState, Evidence, Finding, Served, TurnScore};
use crate::scenario::Metric;

/// Writes all checks that a turn passed, which are most, as one set of bits by the checks' places: one statement instead of a dozen. A row that
/// is there already would undo the whole transaction: to undo this statement alone, SQLite would keep a copy of each page beforehand.
static INSERT_PASSED: LazyLock<String> = LazyLock::new(|| {
    let mut checks: Vec<(&str, usize)> = Metric::CHECKS.into_iter().zip(0..).collect();
    // As the table is sorted.
    checks.sort_unstable();
    let rows: Vec<String> = checks
        .iter()
        .map(|(check, place)| format!("('{check}', {})", 1_i64 << place))
        .collect();
    format!(
        "INSERT OR ROLLBACK INTO scores SELECT ?1, ?2, column1, 1, NULL, NULL, NULL FROM (VALUES {}) WHERE ?3 & column2",
        rows.join(", ")
    )
});

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
        let trouble = turn.trouble.as_deref().map(|trouble| self.repeated.mask(trouble));
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
        let shown = said.shown();
        let (kind, text, id, complete, deliveries) = match said {
            Said::Message(message) => (
                message_word(message.kind),
                self.masks.mask(&shown),
                Some(message.id.to_string()),
                None,
                Some(message.deliveries),
            ),
            Said::Reply(reply) => (
                reply_word(reply.kind),
                self.repeated.mask(&shown),
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
                text,
            ],
        )
    }

    pub(super) fn write_score(&self, turn: &Turn, score: &TurnScore) -> Result<()> {
        let places = (0..).zip(&score.findings);
        let passed = places.filter(|(_, finding)| **finding == Finding::Pass);
        let passed = passed.fold(0_i64, |passed, (place, _)| passed | 1 << place);
        self.execute(&INSERT_PASSED, params![number(turn.customer), turn.number, passed])?;
        for (check, finding) in Metric::CHECKS.iter().zip(&score.findings) {
            if let Finding::Fail(evidence) = finding {
                self.write_failure(turn, check, evidence)?;
            }
        }
        Ok(())
    }

    fn write_failure(&self, turn: &Turn, check: &str, evidence: &Evidence) -> Result<()> {
        let quote = evidence.quote.as_ref().and_then(|quote| quote.of(turn));
        self.execute(
            "INSERT INTO scores VALUES (?, ?, ?, 0, ?, ?, ?)",
            params![
                number(turn.customer),
                turn.number,
                check,
                self.repeated.mask(&evidence.words.en),
                self.repeated.mask(&evidence.words.zh),
                quote.map(|quote| self.repeated.mask(quote)),
            ],
        )
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
                    self.repeated.mask(&claim.said),
                    claim.truth.as_deref().map(|truth| self.repeated.mask(truth)),
                    changed,
                    stale_for,
                    sentence.map(|sentence| self.repeated.mask(sentence)),
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
    fn shown(&self) -> Cow<'_, str> {
        match self {
            Said::Message(message) => message.shown(),
            Said::Reply(reply) => Cow::Borrowed(&reply.text),
        }
    }

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
