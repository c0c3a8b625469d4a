//! Reads the claims of the kept answers back, for `throng audit` and the reports.

use std::path::Path;

use rusqlite::{Connection, Result, Row, params};

use super::read::{count, open, rows};
use super::{ArchiveError, RunFolder};
use crate::verdict::{Audit, KeptClaim};

/// Which claims are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Only those of turns that were due in this phase.
    pub phase: Option<String>,
    /// Only those about this fact, or of the forbidden claim of this name.
    pub fact: Option<String>,
    /// Those of which the scenario says nothing too.
    pub unsupported: bool,
}

/// The claims in the kept conversations of the run in `folder` that are false or forbidden, in the order of time.
///
/// # Errors
/// [`ArchiveError::NoClaims`] when the run did not write them down; otherwise when `run.sqlite` cannot be read.
pub fn audit(folder: &Path, wanted: &Wanted) -> std::result::Result<Audit, ArchiveError> {
    let path = folder.join(RunFolder::DATABASE);
    if !path.exists() {
        return Err(ArchiveError::NoClaims { path });
    }
    let read = open(&path).and_then(|connection| match has_claims(&connection)? {
        true => claims(&connection, wanted, usize::MAX).map(Some),
        false => Ok(None),
    });
    match read {
        Ok(Some(audit)) => Ok(audit),
        Ok(None) => Err(ArchiveError::NoClaims { path }),
        Err(source) => Err(ArchiveError::Database {
            doing: "read",
            path,
            source,
        }),
    }
}

/// False for the files of earlier versions.
pub(super) fn has_claims(connection: &Connection) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'claims')";
    connection.query_row(sql, [], |row| row.get(0))
}

/// False for the files of earlier versions.
fn has_sentences(connection: &Connection) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pragma_table_info('claims') WHERE name = 'sentence')";
    connection.query_row(sql, [], |row| row.get(0))
}

const FILTER: &str = "FROM claims
    JOIN turns USING (customer, turn)
    JOIN conversations USING (customer)
    WHERE (?1 IS NULL OR turns.phase = ?1) AND (?2 IS NULL OR claims.fact = ?2) AND (?3 OR claims.state <> 'unsupported')";

/// The first of them, and how many there are.
pub(super) fn claims(connection: &Connection, wanted: &Wanted, limit: usize) -> Result<Audit> {
    let filter = params![wanted.phase, wanted.fact, wanted.unsupported];
    let found = connection.query_row(&format!("SELECT count(*) {FILTER}"), filter, |row| count(row, 0))?;
    let conversations = connection.query_row("SELECT count(*) FROM conversations", [], |row| count(row, 0))?;
    let sentence = if has_sentences(connection)? { "sentence" } else { "NULL" };
    let sql = format!(
        "SELECT state, fact, said, {sentence}, truth, stale_for_s, customer, turn, turns.phase, turns.channel,
                coalesce(answered_s, due_s), open_conversations
         {FILTER} ORDER BY coalesce(answered_s, due_s), customer, turn, position LIMIT ?4"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let filter = params![wanted.phase, wanted.fact, wanted.unsupported, limit];
    Ok(Audit {
        claims: rows(connection, &sql, filter, claim)?,
        found,
        conversations,
    })
}

fn claim(row: &Row<'_>) -> Result<KeptClaim> {
    Ok(KeptClaim {
        state: row.get(0)?,
        fact: row.get(1)?,
        said: row.get(2)?,
        sentence: row.get(3)?,
        truth: row.get(4)?,
        stale_for_s: row.get(5)?,
        customer: count(row, 6)?,
        turn: row.get(7)?,
        phase: row.get(8)?,
        channel: row.get(9)?,
        at_s: row.get(10)?,
        open_conversations: count(row, 11)?,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::samples::{conversation, score, settings, turn};
    use super::super::store::Store;
    use super::*;
    use crate::conversation::{Ending, Outcome};
    use crate::quality::{Claim, ClaimState, Quote, Served};

    fn claim(fact: Option<&str>, state: ClaimState) -> Claim {
        Claim {
            fact: fact.map(str::to_owned),
            said: "减60元, 问13800138000".to_owned(),
            truth: fact.map(|_| "50".to_owned()),
            state,
            quote: Some(Quote { reply: 0, span: 4..10 }),
        }
    }

    /// A run with two customers who were told the same four things each.
    fn written() -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::create(&directory.path().join(RunFolder::DATABASE), &settings()).unwrap();
        store.begin().unwrap();
        for customer in [1, 2] {
            let mut told_wrong = score(Served::No);
            let stale = ClaimState::Stale {
                changed_at: Duration::from_secs(3),
                ago: Duration::from_secs(4),
            };
            told_wrong.claims = vec![
                claim(Some("coupon.amount"), ClaimState::Supported),
                claim(Some("coupon.amount"), stale),
                claim(None, ClaimState::Unsupported),
                claim(Some("absolute-promise"), ClaimState::Forbidden),
            ];
            let mut turn = turn(customer, 1, Outcome::Answered);
            turn.replies[0].text = "亲,明天发货,问13800138000。谢谢".to_owned();
            let told = conversation(customer, Ending::GoalMet, vec![(turn, Some(told_wrong))]);
            store.keep(&told, true).unwrap();
        }
        store.remove(2).unwrap();
        store.close().unwrap();
        directory
    }

    fn states(audit: &Audit) -> Vec<&str> {
        audit.claims.iter().map(|claim| claim.state.as_str()).collect()
    }

    #[test]
    fn false_and_forbidden_claims_of_kept_conversations_read_back_masked() {
        let directory = written();
        let all = audit(directory.path(), &Wanted::default()).unwrap();
        assert_eq!(
            (states(&all), all.found, all.conversations),
            (vec!["stale", "forbidden"], 2, 1)
        );
        assert_eq!(all.claims[0].said, "减60元, 问[phone]");
        assert_eq!(all.claims[0].sentence.as_deref(), Some("亲,明天发货,问[phone]"));
        assert_eq!(
            (all.claims[0].stale_for_s, all.claims[0].open_conversations),
            (Some(4.0), 3)
        );
        let wanted = Wanted {
            unsupported: true,
            ..Wanted::default()
        };
        let all = audit(directory.path(), &wanted).unwrap();
        assert_eq!(states(&all), ["stale", "unsupported", "forbidden"]);
    }

    #[test]
    fn claims_can_be_asked_for_by_fact_and_phase() {
        let directory = written();
        let found = |phase: Option<&str>, fact: Option<&str>| {
            let wanted = Wanted {
                phase: phase.map(str::to_owned),
                fact: fact.map(str::to_owned),
                unsupported: false,
            };
            audit(directory.path(), &wanted).unwrap().found
        };
        assert_eq!(found(None, Some("coupon.amount")), 1);
        assert_eq!(found(Some("no-such-phase"), None), 0);
        assert_eq!(found(None, Some("coupon.amount' OR '1'='1")), 0);
    }

    #[test]
    fn claims_of_earlier_versions_are_listed_without_their_sentence() {
        let directory = written();
        let path = directory.path().join(RunFolder::DATABASE);
        open(&path)
            .unwrap()
            .execute_batch("ALTER TABLE claims DROP COLUMN sentence")
            .unwrap();
        let all = audit(directory.path(), &Wanted::default()).unwrap();
        assert_eq!((all.claims.len(), all.claims[0].sentence.as_deref()), (2, None));
    }

    #[test]
    fn a_run_without_claims_is_told_from_one_in_which_nothing_was_wrong() {
        let directory = written();
        let path = directory.path().join(RunFolder::DATABASE);
        open(&path).unwrap().execute_batch("DROP TABLE claims").unwrap();
        let error = audit(directory.path(), &Wanted::default()).unwrap_err();
        assert!(matches!(error, ArchiveError::NoClaims { .. }) && error.hint().is_some());
        assert_eq!(super::super::evidence(directory.path()).unwrap().audit, None);
    }
}
