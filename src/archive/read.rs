//! Reads `run.sqlite` and `judge.json` back: what a report shows beside the numbers.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use rusqlite::{Connection, OpenFlags, Result, Row, params};

use super::claims::{Wanted, claims, has_claims};
use super::names::PhaseSpan;
use super::worst::{Candidate, worst};
use super::{ArchiveError, RunFolder, read_judged};
use crate::conversation::{Ending, Outcome};
use crate::scenario::PerLanguage;
use crate::verdict::{Evidence, FailedCheck, KeptConversation, KeptMessage, KeptTurn, Second};

/// How many conversations a report shows.
const WORST: usize = 20;

/// How many claims a report shows.
const CLAIMS: usize = 300;

/// What a report shows beside the numbers of the run in `folder`: its seconds, its phases, the worst conversations (the
/// order is that of `worst.rs`; `docs/RESULTS.md` tells it to users), and what a judge said. Without `run.sqlite` there is
/// only the latter, since the numbers stand in `run.json` alone.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn evidence(folder: &Path) -> Result<Evidence, ArchiveError> {
    let judged = read_judged(folder)?;
    let path = folder.join(RunFolder::DATABASE);
    if !path.exists() {
        return Ok(Evidence {
            judged,
            ..Evidence::default()
        });
    }
    let kept = open(&path).and_then(|connection| read(&connection));
    match kept {
        Ok(kept) => Ok(Evidence { judged, ..kept }),
        Err(source) => Err(ArchiveError::Database {
            doing: "read",
            path,
            source,
        }),
    }
}

pub(super) fn open(path: &Path) -> Result<Connection> {
    // Not read-only: after a crash SQLite first has to undo what was half written. It reads a protected file all the same.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags)
}

fn read(connection: &Connection) -> Result<Evidence> {
    let phases = phases(connection)?;
    let seconds = seconds(connection)?;
    let candidates = candidates(connection, most_loaded(&phases, &seconds))?;
    let worst = worst(&candidates, WORST);
    Ok(Evidence {
        worst: worst
            .into_iter()
            .map(|customer| conversation(connection, customer))
            .collect::<Result<_>>()?,
        phases: phases
            .into_iter()
            .map(|phase| (phase.name, phase.start_s, phase.end_s))
            .collect(),
        seconds,
        audit: match has_claims(connection)? {
            true => Some(claims(connection, &Wanted::default(), CLAIMS)?),
            false => None,
        },
        judged: None,
        channels: channels(connection)?,
    })
}

/// All rows of a query, each made into a value.
pub(super) fn rows<T>(
    connection: &Connection,
    sql: &str,
    values: impl rusqlite::Params,
    make: impl FnMut(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    connection.prepare_cached(sql)?.query_map(values, make)?.collect()
}

fn phases(connection: &Connection) -> Result<Vec<PhaseSpan>> {
    let sql = "SELECT name, start_s, end_s, warm_up FROM phases ORDER BY place";
    rows(connection, sql, [], |row| {
        Ok(PhaseSpan {
            name: row.get(0)?,
            start_s: row.get(1)?,
            end_s: row.get(2)?,
            warm_up: row.get(3)?,
        })
    })
}

fn channels(connection: &Connection) -> Result<Vec<(String, f64)>> {
    let sql = "SELECT name, deadline_s FROM channels ORDER BY place";
    rows(connection, sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
}

fn seconds(connection: &Connection) -> Result<Vec<Second>> {
    let sql = "SELECT second, place, started, sent, answered, late, dropped, served, reply_p50_ms, reply_p95_ms
               FROM seconds JOIN channels ON channels.name = seconds.channel ORDER BY second, place";
    rows(connection, sql, [], |row| {
        Ok(Second {
            second: row.get(0)?,
            channel: row.get(1)?,
            started: count(row, 2)?,
            sent: count(row, 3)?,
            answered: count(row, 4)?,
            late: count(row, 5)?,
            dropped: count(row, 6)?,
            served: count(row, 7)?,
            reply_p50_ms: row.get(8)?,
            reply_p95_ms: row.get(9)?,
        })
    })
}

/// Counts are never negative, unless somebody edited the file.
pub(super) fn count(row: &Row<'_>, place: usize) -> Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(place)?).unwrap_or(0))
}

/// The name of the phase with the most turns a second, warm-up apart.
fn most_loaded<'a>(phases: &'a [PhaseSpan], seconds: &[Second]) -> Option<&'a str> {
    let load = |phase: &PhaseSpan| {
        let within = |second: &&Second| (phase.start_s..phase.end_s).contains(&f64::from(second.second));
        let sent: u64 = seconds.iter().filter(within).map(|second| second.sent).sum();
        sent as f64 / phase.length_s()
    };
    let loads = phases.iter().filter(|phase| !phase.warm_up && phase.length_s() > 0.0);
    loads
        .map(|phase| (phase, load(phase)))
        .filter(|(_, load)| *load > 0.0)
        .max_by(|(_, one), (_, other)| one.total_cmp(other))
        .map(|(phase, _)| phase.name.as_str())
}

/// The kept conversations in which something went wrong.
fn candidates(connection: &Connection, peak: Option<&str>) -> Result<Vec<Candidate>> {
    let mut by_customer: BTreeMap<i64, Candidate> = BTreeMap::new();
    let sql = "SELECT customer, ending FROM conversations";
    for (customer, ending) in rows(connection, sql, [], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))? {
        let candidate = Candidate {
            customer,
            ending: Ending::named(&ending),
            ..Candidate::default()
        };
        by_customer.insert(customer, candidate);
    }
    let sql = "SELECT customer, outcome, phase FROM turns WHERE outcome NOT IN ('answered', 'cut_short')";
    let missed = rows(connection, sql, [], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
        ))
    })?;
    for (customer, outcome, phase) in missed {
        if let (Some(candidate), Some(outcome)) = (by_customer.get_mut(&customer), Outcome::named(&outcome)) {
            candidate.missed.push((outcome, peak == Some(phase.as_str())));
        }
    }
    let sql = "SELECT customer, check_name FROM scores WHERE NOT passed";
    for (customer, check) in rows(connection, sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))? {
        if let Some(candidate) = by_customer.get_mut(&customer) {
            candidate.failed_checks.push(check);
        }
    }
    Ok(by_customer.into_values().collect())
}

fn conversation(connection: &Connection, customer: i64) -> Result<KeptConversation> {
    let turns = turns(connection, customer)?;
    let sql = "SELECT customer, persona, goal, channel, phase, ending, started_s FROM conversations WHERE customer = ?";
    connection.prepare_cached(sql)?.query_row([customer], |row| {
        Ok(KeptConversation {
            customer: count(row, 0)?,
            persona: row.get(1)?,
            goal: row.get(2)?,
            channel: row.get(3)?,
            phase: row.get(4)?,
            ending: row.get(5)?,
            started_s: row.get(6)?,
            turns,
        })
    })
}

fn turns(connection: &Connection, customer: i64) -> Result<Vec<KeptTurn>> {
    let mut messages = messages(connection, customer)?;
    let mut failed = failed_checks(connection, customer)?;
    let sql = "SELECT turn, phase, outcome, reply_time_ms, trouble FROM turns WHERE customer = ? ORDER BY turn";
    rows(connection, sql, [customer], |row| {
        let number = row.get(0)?;
        Ok(KeptTurn {
            number,
            phase: row.get(1)?,
            outcome: row.get(2)?,
            reply_time_ms: row.get(3)?,
            trouble: row.get(4)?,
            failed: failed.remove(&number).unwrap_or_default(),
            messages: messages.remove(&number).unwrap_or_default(),
        })
    })
}

/// By turn: the names of the checks that failed, with their evidence.
fn failed_checks(connection: &Connection, customer: i64) -> Result<HashMap<u16, Vec<FailedCheck>>> {
    let zh = match has_chinese_evidence(connection)? {
        true => "evidence_zh",
        false => "evidence",
    };
    let sql = format!(
        "SELECT turn, check_name, coalesce({zh}, ''), coalesce(evidence, '') FROM scores
         WHERE customer = ? AND NOT passed"
    );
    let all = rows(connection, &sql, params![customer], |row| {
        let evidence = PerLanguage {
            zh: row.get(2)?,
            en: row.get(3)?,
        };
        let check = row.get(1)?;
        Ok((row.get(0)?, FailedCheck { check, evidence }))
    })?;
    Ok(grouped(all))
}

/// False for the files of earlier versions, which told it in English alone.
fn has_chinese_evidence(connection: &Connection) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pragma_table_info('scores') WHERE name = 'evidence_zh')";
    connection.query_row(sql, [], |row| row.get(0))
}

/// By turn: what was said, in order of time.
fn messages(connection: &Connection, customer: i64) -> Result<HashMap<u16, Vec<KeptMessage>>> {
    let sql =
        "SELECT turn, from_bot, kind, at_s, complete_s, text FROM messages WHERE customer = ? ORDER BY turn, position";
    let all = rows(connection, sql, params![customer], |row| {
        let message = KeptMessage {
            from_bot: row.get(1)?,
            kind: row.get(2)?,
            at_s: row.get(3)?,
            complete_s: row.get(4)?,
            text: row.get(5)?,
        };
        Ok((row.get(0)?, message))
    })?;
    Ok(grouped(all))
}

fn grouped<T>(all: Vec<(u16, T)>) -> HashMap<u16, Vec<T>> {
    let mut by_turn: HashMap<u16, Vec<T>> = HashMap::new();
    for (turn, one) in all {
        by_turn.entry(turn).or_default().push(one);
    }
    by_turn
}

#[cfg(test)]
mod tests;
