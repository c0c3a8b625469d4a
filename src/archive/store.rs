//! `run.sqlite`: the tables and what goes into them. `schema.sql` says what each column means.
//!
//! The journal is a rollback journal, not a write-ahead log: between two transactions the folder holds a single file, so
//! that it can be copied, and is whole, at any moment, also when throng is killed.

use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, Result, params};

use super::names::Names;
use super::open::{Conversation, EndedConversation};
use super::{Masks, Settings};
use crate::conversation::{Message, MessageKind, Reply, ReplyKind, Turn};
use crate::quality::{ClaimState, Finding, Served, TurnScore};
use crate::scenario::{Metric, Transcripts};
use crate::verdict::Second;

pub(super) const SCHEMA: &str = include_str!("schema.sql");

/// How long to wait for somebody who uses the file at that moment, while the run goes on.
const BUSY: Duration = Duration::from_millis(500);

/// The same at the end, when there is no later.
const LAST_BUSY: Duration = Duration::from_secs(10);

/// The open file. What is written becomes visible with [`commit`](Store::commit).
pub(super) struct Store {
    connection: Connection,
    names: Names,
    masks: Masks,
}

impl Store {
    pub(super) fn create(path: &Path, settings: &Settings) -> Result<Store> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(BUSY)?;
        // A conversation takes some KiB, in pages next to each other: in larger ones it is written with fewer calls. Unit: bytes.
        connection.pragma_update(None, "page_size", 16_384)?;
        connection.pragma_update(None, "journal_mode", "DELETE")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        // Conversations end in no order, so that any page may be the next: all of a run's sample fits. Unit: KiB.
        connection.pragma_update(None, "cache_size", -32_768)?;
        connection.set_prepared_statement_cache_capacity(16);
        let store = Store {
            connection,
            names: settings.names.clone(),
            masks: Masks::new(settings.key),
        };
        // At once: each transaction waits for the disk three times.
        store.begin()?;
        store.connection.execute_batch(SCHEMA)?;
        store.describe(settings)?;
        store.commit()?;
        Ok(store)
    }

    fn describe(&self, settings: &Settings) -> Result<()> {
        let transcripts = match settings.transcripts {
            Transcripts::None => "none",
            Transcripts::Failures => "failures",
            Transcripts::Sample => "sample",
        };
        for (key, value) in [
            ("schema", "throng.sqlite/1".to_owned()),
            ("scenario", settings.scenario.clone()),
            ("seed", settings.seed.to_string()),
            ("transcripts", transcripts.to_owned()),
            ("keep_failed", settings.keep_failed.to_string()),
            ("keep_others", settings.keep_others.to_string()),
        ] {
            self.execute("INSERT INTO about VALUES (?, ?)", params![key, value])?;
        }
        for (place, phase) in self.names.phases.iter().enumerate() {
            let values = params![number(place), phase.name, phase.start_s, phase.end_s, phase.warm_up];
            self.execute("INSERT INTO phases VALUES (?, ?, ?, ?, ?)", values)?;
        }
        for (place, (channel, deadline_s)) in self.names.channels.iter().enumerate() {
            self.execute(
                "INSERT INTO channels VALUES (?, ?, ?)",
                params![number(place), channel, deadline_s],
            )?;
        }
        Ok(())
    }

    /// Starts a transaction, unless one is open.
    pub(super) fn begin(&self) -> Result<()> {
        match self.connection.is_autocommit() {
            true => self.connection.execute_batch("BEGIN IMMEDIATE"),
            false => Ok(()),
        }
    }

    /// Ends the open transaction, if there is one. While somebody reads the file it stays open until the next time: a
    /// query left running in some tool must not cost the transcripts of the rest of the run.
    pub(super) fn commit(&self) -> Result<()> {
        match self.commit_now() {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(()),
            committed => committed,
        }
    }

    fn commit_now(&self) -> Result<()> {
        match self.connection.is_autocommit() {
            true => Ok(()),
            false => self.connection.execute_batch("COMMIT"),
        }
    }

    /// Forgets what was written since the last commit.
    pub(super) fn roll_back(&self) -> Result<()> {
        match self.connection.is_autocommit() {
            true => Ok(()),
            false => self.connection.execute_batch("ROLLBACK"),
        }
    }

    /// Writes a whole conversation.
    pub(super) fn keep(&self, conversation: &Conversation, failed: bool) -> Result<()> {
        self.write_conversation(&conversation.ended, failed)?;
        for (turn, score) in &conversation.turns {
            self.write_turn(turn, score.as_ref())?;
            self.write_messages(turn)?;
            if let Some(score) = score {
                self.write_score(turn, score)?;
                self.write_claims(turn, score)?;
            }
        }
        Ok(())
    }

    /// Deletes all that was written of this customer.
    pub(super) fn remove(&self, customer: u64) -> Result<()> {
        for sql in [
            "DELETE FROM conversations WHERE customer = ?",
            "DELETE FROM turns WHERE customer = ?",
            "DELETE FROM messages WHERE customer = ?",
            "DELETE FROM scores WHERE customer = ?",
            "DELETE FROM claims WHERE customer = ?",
        ] {
            self.execute(sql, params![number(customer)])?;
        }
        Ok(())
    }

    /// Writes seconds; one that was written before is replaced.
    pub(super) fn write_seconds(&self, seconds: &[Second]) -> Result<()> {
        for second in seconds {
            self.execute(
                "INSERT OR REPLACE INTO seconds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    second.second,
                    self.names.channel(second.channel),
                    number(second.started),
                    number(second.sent),
                    number(second.answered),
                    number(second.late),
                    number(second.dropped),
                    number(second.served),
                    second.reply_p50_ms,
                    second.reply_p95_ms,
                ],
            )?;
        }
        Ok(())
    }

    /// Commits and closes the file.
    pub(super) fn close(self) -> Result<()> {
        self.connection.busy_timeout(LAST_BUSY)?;
        self.commit_now()?;
        self.connection.close().map_err(|(_, error)| error)
    }

    fn write_conversation(&self, ended: &EndedConversation, failed: bool) -> Result<()> {
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

    fn write_turn(&self, turn: &Turn, score: Option<&TurnScore>) -> Result<()> {
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

    fn write_messages(&self, turn: &Turn) -> Result<()> {
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

    fn write_score(&self, turn: &Turn, score: &TurnScore) -> Result<()> {
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

    fn write_claims(&self, turn: &Turn, score: &TurnScore) -> Result<()> {
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

    fn execute(&self, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<()> {
        self.connection.prepare_cached(sql)?.execute(values).map(drop)
    }

    /// Makes the file full once it has this many pages, as a full disk would.
    #[cfg(test)]
    pub(super) fn limit_pages(&self, pages: u32) {
        let set = self
            .connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()));
        set.unwrap();
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

/// SQLite's integers are signed; no count of ours comes near the end of them.
fn number(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
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
