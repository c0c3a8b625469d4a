//! `run.sqlite`: the file, its transactions, and what is written of the run as a whole; conversations are in `store/rows.rs`.
//! `schema.sql` says what each column means.
//!
//! The journal is a rollback journal, not a write-ahead log: between two transactions the folder holds a single file, so
//! that it can be copied, and is whole, at any moment, also when throng is killed.

mod rows;

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, Result, params};

use super::Settings;
use super::masks::{Masks, RepeatedMasks};
use super::names::Names;
use super::open::Conversation;
use crate::scenario::Transcripts;
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
    repeated: RepeatedMasks,
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
        let masks = Masks::new(settings.key);
        let store = Store {
            connection,
            names: settings.names.clone(),
            masks,
            repeated: RepeatedMasks::new(masks),
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

/// SQLite's integers are signed; no count of ours comes near the end of them.
fn number(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}
