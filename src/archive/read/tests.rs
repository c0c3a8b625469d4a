use std::path::PathBuf;
use std::time::Duration;

use super::super::samples::{conversation, run, score, second, settings, turn};
use super::super::store::Store;
use super::super::{EndedConversation, Settings};
use super::*;
use crate::conversation::Labels;
use crate::quality::Served;

/// A run directory with these conversations (and whether they failed) and seconds.
fn written(
    settings: &Settings,
    kept: &[(super::super::open::Conversation, bool)],
    seconds: &[Second],
) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    let store = Store::create(&directory.path().join(RunFolder::DATABASE), settings).unwrap();
    store.begin().unwrap();
    for (conversation, failed) in kept {
        store.keep(conversation, *failed).unwrap();
    }
    store.write_seconds(seconds).unwrap();
    store.close().unwrap();
    directory
}

/// A rush at midnight: customer 1 was refused in calm, 2 at midnight, 3 got a wrong value, 4 fared well.
fn rush() -> tempfile::TempDir {
    let at_midnight = Labels {
        phase: 1,
        channel: 1,
        persona: 1,
        goal: 1,
        language: 1,
        warm_up: false,
    };
    let mut midnight = turn(2, 1, Outcome::Refused);
    midnight.labels = at_midnight;
    midnight.trouble = Some("HTTP 503".to_owned());
    let mut second_customer = conversation(2, Ending::GaveUp, vec![(midnight, None)]);
    second_customer.ended = EndedConversation {
        labels: at_midnight,
        started_at: Duration::from_millis(65_500),
        ..second_customer.ended
    };
    let answered = |customer, number| turn(customer, number, Outcome::Answered);
    let wrong = vec![
        (answered(3, 1), Some(score(Served::Yes))),
        (answered(3, 2), Some(score(Served::No))),
    ];
    let kept = [
        (
            conversation(1, Ending::GaveUp, vec![(turn(1, 1, Outcome::Refused), None)]),
            true,
        ),
        (second_customer, true),
        (conversation(3, Ending::GoalMet, wrong), true),
        (
            conversation(4, Ending::GoalMet, vec![(answered(4, 1), Some(score(Served::Yes)))]),
            false,
        ),
    ];
    let seconds = [second(70, 1, 90), second(5, 0, 10), second(5, 1, 11), second(70, 0, 0)];
    written(&settings(), &kept, &seconds)
}

#[test]
fn what_was_written_reads_back_worst_conversation_first() {
    let evidence = evidence(rush().path()).unwrap();
    let customers: Vec<u64> = evidence.worst.iter().map(|one| one.customer).collect();
    assert_eq!(customers, [3, 2, 1]);
    assert_eq!(
        evidence.phases,
        [("calm".to_owned(), 0.0, 60.0), ("midnight".to_owned(), 60.0, 120.0)]
    );
    let expected = [second(5, 0, 10), second(5, 1, 11), second(70, 0, 0), second(70, 1, 90)];
    assert_eq!(evidence.seconds, expected, "in the order of time and channels");

    let refused = &evidence.worst[1];
    assert_eq!((refused.started_s, refused.ending.as_str()), (65.5, "gave_up"));
    let names = [&refused.persona, &refused.goal, &refused.channel, &refused.phase];
    assert_eq!(names, ["anxious-parent", "chase-delivery", "web", "midnight"]);
    assert_eq!(refused.turns[0].trouble.as_deref(), Some("HTTP 503"));
    assert_eq!(
        (refused.turns[0].outcome.as_str(), refused.turns[0].reply_time_ms),
        ("refused", None)
    );
}

#[test]
fn turns_read_back_with_their_failed_checks_and_messages_in_the_order_of_time() {
    let evidence = evidence(rush().path()).unwrap();
    let wrong = &evidence.worst[0].turns[1];
    assert_eq!(
        (wrong.number, wrong.phase.as_str(), wrong.reply_time_ms),
        (2, "calm", Some(2_000.0))
    );
    let failed = FailedCheck {
        check: "contradicted".to_owned(),
        evidence: PerLanguage {
            zh: "满300减50, 不是满300减80, 问[phone]".to_owned(),
            en: "50 off over 300, not 80 off over 300, ask [phone]".to_owned(),
        },
    };
    assert_eq!(wrong.failed, [failed]);
    let message = |from_bot, kind: &str, at_s, text: String| KeptMessage {
        from_bot,
        kind: kind.to_owned(),
        at_s,
        complete_s: from_bot.then_some(at_s),
        text,
    };
    let order = settings().key.order_number(3);
    let expected = [
        message(false, "utterance", 20.0, format!("我的订单{order}呢?我的电话[phone]")),
        message(true, "substantive", 22.0, "亲,明天发货".to_owned()),
    ];
    assert_eq!(wrong.messages, expected);
    assert!(evidence.worst[0].turns[0].failed.is_empty());
}

#[test]
fn what_an_earlier_version_told_in_english_alone_is_shown_so_in_both_languages() {
    let directory = rush();
    let database = Connection::open(directory.path().join(RunFolder::DATABASE)).unwrap();
    database
        .execute("ALTER TABLE scores DROP COLUMN evidence_zh", [])
        .unwrap();
    let read = evidence(directory.path()).unwrap();
    let PerLanguage { zh, en } = &read.worst[0].turns[1].failed[0].evidence;
    assert_eq!((zh, en.starts_with("50 off")), (en, true));
}

#[test]
fn a_run_without_transcripts_has_its_seconds_and_one_without_a_database_nothing() {
    let directory = written(&settings(), &[], &[second(0, 0, 1)]);
    let evidence_of = |path: &Path| evidence(path).unwrap();
    let read = evidence_of(directory.path());
    assert_eq!((read.seconds.len(), read.worst.len(), read.phases.len()), (1, 0, 2));
    std::fs::remove_file(directory.path().join(RunFolder::DATABASE)).unwrap();
    assert_eq!(evidence_of(directory.path()), Evidence::default());
}

#[test]
fn a_foreign_or_broken_database_is_an_error_with_a_way_out() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(RunFolder::DATABASE);
    for (bytes, cause) in [
        (&b"not a database at all"[..], "file is not a database"),
        (b"", "no such table: phases"),
    ] {
        std::fs::write(&path, bytes).unwrap();
        let error = evidence(directory.path()).unwrap_err();
        assert!(error.to_string().starts_with("cannot read `"), "{error}");
        assert!(error.hint().unwrap().contains("move it away"));
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains(cause), "{source}");
    }
}

#[test]
fn the_most_loaded_phase_has_the_most_turns_a_second_warm_up_apart() {
    let phase = |name: &str, start_s, end_s, warm_up| PhaseSpan {
        name: name.to_owned(),
        start_s,
        end_s,
        warm_up,
    };
    let phases = [
        phase("warm-up", 0.0, 10.0, true),
        phase("calm", 10.0, 110.0, false),
        phase("rush", 110.0, 120.0, false),
    ];
    let seconds = [second(5, 0, 5_000), second(50, 0, 1_000), second(115, 0, 400)];
    assert_eq!(most_loaded(&phases, &seconds), Some("rush"));
    assert_eq!(most_loaded(&phases, &[]), None);
}

/// The page that tells users what the files hold.
fn manual() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/RESULTS.md");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_queries_of_the_manual_run_and_find_something() {
    let directory = rush();
    let connection = Connection::open(directory.path().join(RunFolder::DATABASE)).unwrap();
    let manual = manual();
    let queries: Vec<&str> = manual
        .split("```sql\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    assert!(queries.len() >= 5, "{} queries", queries.len());
    for query in queries {
        let mut statement = connection
            .prepare(query)
            .unwrap_or_else(|error| panic!("{error}: {query}"));
        assert!(statement.exists([]).unwrap(), "finds nothing: {query}");
    }
}

#[test]
fn the_manual_names_every_column_and_every_field() {
    let directory = rush();
    let connection = Connection::open(directory.path().join(RunFolder::DATABASE)).unwrap();
    let manual = manual();
    let sql = "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'";
    let columns = rows(&connection, sql, [], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })
    .unwrap();
    assert!(columns.len() > 50);
    for (table, column) in columns {
        let section = manual
            .split("\n### ")
            .find(|section| section.starts_with(&format!("`{table}`")));
        let section = section.unwrap_or_else(|| panic!("no section for the table {table}"));
        assert!(section.contains(&format!("| `{column}` |")), "{table}.{column}");
    }
    let run = serde_json::to_value(run()).unwrap();
    for field in run.as_object().unwrap().keys() {
        assert!(manual.contains(&format!("`{field}`")), "run.json: {field}");
    }
}
