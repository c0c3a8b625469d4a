//! A full queue, a full disk, a reader in the way, a run that was killed: what is written is whole, what is lost is counted.

use super::*;

#[test]
fn offering_never_blocks_and_what_found_no_room_is_counted() {
    let directory = tempfile::tempdir().unwrap();
    let folder = folder(directory.path());
    let two: usize = (0..2)
        .flat_map(|customer| records(customer, Ending::GaveUp, &[Outcome::Silent]))
        .map(|record| record.bytes())
        .sum();
    let settings = Settings {
        queue: two,
        ..settings()
    };
    let store = Store::create(&folder.database(), &settings).unwrap();
    // Nobody takes records away: as if the disk hung.
    let (queue, orders) = backlog(settings.queue);
    let overflow = Arc::new(AtomicU64::new(0));
    let desk = Desk::new(store, &settings, Arc::clone(&overflow));
    let (go, wait) = std::sync::mpsc::sync_channel::<()>(0);
    let writer = ArchiveWriter {
        queue,
        thread: std::thread::spawn(move || {
            wait.recv().unwrap();
            desk.work(&orders)
        }),
        keeps_conversations: true,
        overflow,
        path: folder.database(),
    };
    let mut taken = 0;
    for customer in 0..6 {
        for record in records(customer, Ending::GaveUp, &[Outcome::Silent]) {
            taken += u32::from(writer.offer(record));
        }
    }
    assert_eq!((taken, writer.overflow()), (4, 4));
    assert!(
        writer.offer(Record::Seconds(vec![second(0, 0, 7)])),
        "seconds always find room"
    );
    go.send(()).unwrap();
    let kept = writer.finish(Vec::new()).unwrap();
    assert_eq!((kept.failed, kept.overflow), (2, 4));
    assert_eq!(numbers(directory.path(), "SELECT sent FROM seconds"), [7]);
}

#[test]
fn a_conversation_with_a_lost_turn_is_not_kept_half() {
    let directory = tempfile::tempdir().unwrap();
    let mut all = records(1, Ending::GaveUp, &[Outcome::Answered, Outcome::Silent]);
    all.remove(0);
    all.extend(records(2, Ending::GaveUp, &[Outcome::Silent]));
    let kept = written(directory.path(), &settings(), all, Vec::new());
    assert_eq!((kept.failed, kept.overflow), (1, 1));
    assert_eq!(numbers(directory.path(), "SELECT DISTINCT customer FROM turns"), [2]);
}

#[test]
fn a_query_left_open_does_not_stop_the_writer() {
    let directory = tempfile::tempdir().unwrap();
    let path = folder(directory.path()).database();
    let store = Store::create(&path, &settings()).unwrap();
    let write = |number| {
        store.begin().unwrap();
        store.write_seconds(&[second(number, 0, 1)]).unwrap();
        store.commit().unwrap();
    };
    write(0);
    let reader = Connection::open(&path).unwrap();
    let mut query = reader.prepare("SELECT second FROM seconds").unwrap();
    let mut rows = query.query([]).unwrap();
    assert!(rows.next().unwrap().is_some(), "the query is left open");
    write(1);
    assert!(
        rows.next().unwrap().is_none(),
        "what came meanwhile is not part of what is being read"
    );
    drop(rows);
    write(2);
    let sql = "SELECT second FROM seconds ORDER BY second";
    assert_eq!(numbers(directory.path(), sql), [0, 1, 2], "nothing was lost");
}

#[test]
fn a_run_that_was_killed_reads_back_up_to_its_last_commit() {
    let directory = tempfile::tempdir().unwrap();
    let path = folder(directory.path()).database();
    let store = Store::create(&path, &settings()).unwrap();
    store.begin().unwrap();
    store.write_seconds(&[second(0, 0, 1)]).unwrap();
    store.commit().unwrap();
    store.begin().unwrap();
    // More than SQLite's cache holds, so that some of it is in the file already and its journal beside it.
    let many: Vec<Second> = (0..200_000).map(|number| second(number, 1, 1)).collect();
    store.write_seconds(&many).unwrap();

    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(directory.path()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    assert!(copy.path().join("run.sqlite-journal").exists());
    let evidence = crate::archive::evidence(copy.path()).unwrap();
    assert_eq!(evidence.seconds, [second(0, 0, 1)]);
}

#[test]
fn a_full_disk_is_told_at_the_end_and_costs_only_what_came_after() {
    let directory = tempfile::tempdir().unwrap();
    let folder = folder(directory.path());
    let store = Store::create(&folder.database(), &settings()).unwrap();
    store.limit_pages(20);
    let writer = ArchiveWriter::run(store, folder.database(), &settings()).unwrap();
    for customer in 0..2_000 {
        for record in records(customer, Ending::GaveUp, &[Outcome::Silent]) {
            writer.queue.insist(Order::Write(record)).unwrap();
        }
    }
    let error = writer.finish(vec![second(0, 0, 1)]).unwrap_err();
    let hint = error.hint().unwrap();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, "database or disk is full");
    assert!(error.to_string().starts_with("cannot write `") && hint.starts_with("free some space"));
    let check = numbers(
        directory.path(),
        "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    );
    assert_eq!(check, [0]);
    assert_eq!(
        numbers(directory.path(), "SELECT sent FROM seconds"),
        [1],
        "the timeline still found room"
    );
}
