//! What a judge reads of a run, and what it leaves beside it. The run's own files are only read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use rusqlite::{Connection, OpenFlags, Result, Row};

use super::folder::replace;
use super::{ArchiveError, RunFolder};
use crate::conversation::Language;
use crate::quality::judge::{Gates, Stratum};
use crate::quality::{Check, checks};
use crate::verdict::judged::Judged;

/// The name of the file with what a judge found.
const JUDGED: &str = "judge.json";
/// The name of the file in which a judge's answers are kept as they come.
const ANSWERS: &str = "judge-answers.jsonl";
/// The longest line of it that is read. Unit: bytes.
const LONGEST_LINE: usize = 1 << 20;

/// An answer of a kept conversation that can be judged. Its texts are masked.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptAnswer {
    /// The customer's number.
    pub customer: u64,
    /// The turn's number.
    pub turn: u16,
    /// Phase, channel, goal, and what the hard gates say.
    pub stratum: Stratum,
    /// The customer's language.
    pub language: Language,
    /// What the customer said, without nudges and farewells.
    pub question: String,
    /// What the bot said, without holding replies.
    pub reply: String,
    /// True when its conversation was kept because it failed; false when it is of the sample of all others.
    pub kept_as_failed: bool,
}

/// All answers of the kept conversations, warm-up apart, and what is needed to speak of the whole run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct KeptAnswers {
    /// In the order of customers and turns.
    pub answers: Vec<KeptAnswer>,
    /// Turns in which the bot gave no answer with text.
    pub without_answer: u64,
    /// Kept conversations that failed.
    pub failed: u64,
    /// Kept conversations of the sample of all others.
    pub others: u64,
    /// Failed conversations were kept up to so many.
    pub most_failed: u64,
    /// The sample of all others was to hold so many.
    pub most_others: u64,
    /// `none`, `failures` or `sample`.
    pub transcripts: String,
}

/// The answers of the kept conversations of the run in `folder`.
///
/// # Errors
/// When there is no `run.sqlite`, or it cannot be read.
pub fn kept_answers(folder: &Path) -> Result<KeptAnswers, ArchiveError> {
    let path = folder.join(RunFolder::DATABASE);
    if !path.is_file() {
        return Err(ArchiveError::NotARun {
            path: folder.into(),
            reason: "it has no run.sqlite, so no conversation of it was kept",
        });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(&path, flags)
        .and_then(|connection| read(&connection))
        .map_err(|source| ArchiveError::Database {
            doing: "read",
            path,
            source,
        })
}

fn read(connection: &Connection) -> Result<KeptAnswers> {
    let about = |key: &str| -> Result<String> {
        let sql = "SELECT coalesce((SELECT value FROM about WHERE key = ?), '')";
        connection.query_row(sql, [key], |row| row.get(0))
    };
    let counted = |failed: bool| -> Result<u64> {
        let sql = "SELECT count(*) FROM conversations WHERE failed = ?";
        Ok(number(connection.query_row(sql, [failed], |row| row.get(0))?))
    };
    let mut kept = KeptAnswers {
        failed: counted(true)?,
        others: counted(false)?,
        most_failed: about("keep_failed")?.parse().unwrap_or(0),
        most_others: about("keep_others")?.parse().unwrap_or(0),
        transcripts: about("transcripts")?,
        ..KeptAnswers::default()
    };
    let mut statement = connection.prepare(&turns_sql())?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        match answer(row)? {
            Some(answer) => kept.answers.push(answer),
            None => kept.without_answer += 1,
        }
    }
    Ok(kept)
}

/// Every turn that counts, with what was said in it and what the hard gates say.
fn turns_sql() -> String {
    let gates: Vec<String> = checks()
        .iter()
        .filter(|check: &&Check| check.is_gate)
        .map(|check| format!("'{}'", check.name))
        .collect();
    let said = |from_bot: u8, kind: &str| {
        format!(
            "(SELECT group_concat(text, char(10)) FROM (SELECT text FROM messages AS m WHERE m.customer = t.customer
              AND m.turn = t.turn AND m.from_bot = {from_bot} AND m.kind = '{kind}' ORDER BY m.position))"
        )
    };
    format!(
        "SELECT t.customer, t.turn, t.phase, t.channel, c.goal, c.language, c.failed, {}, {},
                (SELECT min(s.passed) FROM scores AS s WHERE s.customer = t.customer AND s.turn = t.turn
                 AND s.check_name IN ({}))
         FROM turns AS t JOIN conversations AS c ON c.customer = t.customer
         WHERE t.outcome IN ('answered', 'late') AND t.phase NOT IN (SELECT name FROM phases WHERE warm_up)
         ORDER BY t.customer, t.turn",
        said(0, "utterance"),
        said(1, "substantive"),
        gates.join(", ")
    )
}

fn answer(row: &Row<'_>) -> Result<Option<KeptAnswer>> {
    let (question, reply): (Option<String>, Option<String>) = (row.get(7)?, row.get(8)?);
    let Some(reply) = reply.filter(|reply| !reply.trim().is_empty()) else {
        return Ok(None);
    };
    let language: String = row.get(5)?;
    Ok(Some(KeptAnswer {
        customer: number(row.get(0)?),
        turn: row.get(1)?,
        stratum: Stratum {
            phase: row.get(2)?,
            channel: row.get(3)?,
            goal: row.get(4)?,
            gates: match row.get::<_, Option<bool>>(9)? {
                None => Gates::Unscored,
                Some(true) => Gates::Passed,
                Some(false) => Gates::Failed,
            },
        },
        language: language.parse().unwrap_or(Language::En),
        question: question.unwrap_or_default(),
        reply,
        kept_as_failed: row.get(6)?,
    }))
}

/// Counts are never negative, unless somebody edited the file.
fn number(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

/// Replaces `judge.json` in `folder`.
///
/// # Errors
/// When the system refuses.
pub fn write_judged(folder: &Path, judged: &Judged) -> Result<(), ArchiveError> {
    let path = folder.join(JUDGED);
    let write = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let mut json = serde_json::to_vec_pretty(judged)?;
        json.push(b'\n');
        replace(&path, &json)
    };
    write().map_err(|source| ArchiveError::Write {
        path: path.clone(),
        source,
    })
}

/// What a judge found about the run in `folder`; nothing when nobody judged it.
///
/// # Errors
/// When there is a `judge.json` and it cannot be read.
pub fn read_judged(folder: &Path) -> Result<Option<Judged>, ArchiveError> {
    let path = folder.join(JUDGED);
    match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ArchiveError::Read { path, source }),
        Ok(json) => match serde_json::from_slice(&json) {
            Ok(judged) => Ok(Some(judged)),
            Err(source) => Err(ArchiveError::Broken {
                line: source.line(),
                column: source.column(),
                path,
                source,
            }),
        },
    }
}

/// A judge's answers, a line each, written as they come: whatever happens, what was paid for is not asked again.
#[derive(Debug)]
pub struct JudgeAnswers {
    file: File,
}

impl JudgeAnswers {
    /// Opens the file in `folder` and gives the lines that it holds. A last line that was cut short is passed over.
    ///
    /// # Errors
    /// When it cannot be read or written.
    pub fn open(folder: &Path) -> Result<(JudgeAnswers, Vec<String>), ArchiveError> {
        let path = folder.join(ANSWERS);
        let open = || -> io::Result<(File, Vec<String>)> {
            fs::create_dir_all(folder)?;
            let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path)?;
            let mut lines = Vec::new();
            for line in BufReader::new(&file).split(b'\n') {
                let line = Some(line?).filter(|line| line.len() <= LONGEST_LINE);
                lines.extend(line.and_then(|line| String::from_utf8(line).ok()));
            }
            if !lines.is_empty() {
                // Ends a line that was cut short; after a whole one it is an empty one, which says nothing.
                file.write_all(b"\n")?;
            }
            Ok((file, lines))
        };
        match open() {
            Ok((file, lines)) => Ok((JudgeAnswers { file }, lines)),
            Err(source) => Err(ArchiveError::Write { path, source }),
        }
    }

    /// Adds a line.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn add(&mut self, line: &str) -> io::Result<()> {
        self.file.write_all(format!("{line}\n").as_bytes())
    }
}
