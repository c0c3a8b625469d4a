use super::*;

fn mailbox(at_once: u16, is_read_by_cursor: bool) -> Arc<Mailbox> {
    let rule = scenario::Mailbox {
        update: Value::Null,
        at_once,
    };
    Arc::new(Mailbox::of(Some(&rule), is_read_by_cursor))
}

fn put(mailbox: &Arc<Mailbox>) -> Slip {
    mailbox.put(|number| Ok::<_, ()>(number.into())).unwrap()
}

fn ask(from: Position, limit: u64, wait_s: u64) -> Asked {
    Asked {
        from,
        limit: Some(limit),
        wait_s: Some(wait_s),
    }
}

async fn updates(mailbox: &Mailbox, from: Position, limit: u64) -> Vec<Value> {
    mailbox.ask(ask(from, limit, 0)).await.updates
}

#[tokio::test(start_paused = true)]
async fn messages_are_handed_out_until_they_are_confirmed() {
    let mailbox = mailbox(100, false);
    let slips = [put(&mailbox), put(&mailbox), put(&mailbox)];
    assert_eq!(updates(&mailbox, Position::Taken(0), 2).await, [1, 2]);
    assert_eq!(updates(&mailbox, Position::Taken(2), 9).await, [2, 3]);
    assert_eq!(updates(&mailbox, Position::Start, 9).await, [2, 3]);
    let fates = slips
        .each_ref()
        .map(|slip| (slip.fate().handed_out, slip.fate().is_taken));
    assert_eq!(fates, [(1, true), (3, false), (2, false)]);
    drop(slips);
    assert!(
        updates(&mailbox, Position::Start, 9).await.is_empty(),
        "nobody waits for an answer any more"
    );
    assert!(mailbox.lock().letters.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_bot_that_stands_where_an_earlier_run_left_it_begins_anew() {
    for (is_read_by_cursor, claimed) in [(false, Position::Taken(241)), (true, Position::Read(240))] {
        let mailbox = mailbox(100, is_read_by_cursor);
        let early = mailbox.ask(ask(claimed, 9, 0)).await;
        assert!(early.updates.is_empty(), "{claimed:?}");
        let slips = [put(&mailbox), put(&mailbox)];
        assert_eq!(updates(&mailbox, claimed, 9).await, [1, 2], "{claimed:?}");
        assert!(slips.iter().all(|slip| slip.fate().handed_out == 1), "{claimed:?}");
    }
    let mailbox = mailbox(100, false);
    let slip = put(&mailbox);
    assert!(updates(&mailbox, Position::Taken(2), 9).await.is_empty());
    assert!(slip.fate().is_taken, "up to the last is no more than was there");
}

#[tokio::test(start_paused = true)]
async fn a_bot_that_asks_waits_for_the_first_message_and_no_longer_than_it_said() {
    let mailbox = mailbox(100, false);
    let start = Instant::now();
    assert!(mailbox.ask(ask(Position::Start, 9, 7)).await.updates.is_empty());
    assert_eq!(start.elapsed(), Duration::from_secs(7));
    assert!(mailbox.ask(ask(Position::Start, 9, u64::MAX)).await.updates.is_empty());
    assert_eq!(start.elapsed(), Duration::from_secs(67));
    let asking = {
        let mailbox = Arc::clone(&mailbox);
        async move { mailbox.ask(ask(Position::Start, 9, 30)).await }
    };
    let putting = async {
        tokio::time::sleep(Duration::from_secs(2)).await;
        put(&mailbox)
    };
    let (handed, _slip) = tokio::join!(asking, putting);
    assert_eq!((handed.updates.len(), start.elapsed()), (1, Duration::from_secs(69)));
}

#[tokio::test(start_paused = true)]
async fn a_cursor_is_only_a_place_to_read_from() {
    let mailbox = mailbox(2, true);
    let slips = [put(&mailbox), put(&mailbox), put(&mailbox)];
    let first = mailbox.ask(ask(Position::Start, 9, 0)).await;
    assert_eq!((first.updates.len(), first.cursor, first.has_more), (2, 2, true));
    let rest = mailbox.ask(ask(Position::Read(first.cursor), 9, 0)).await;
    assert_eq!((rest.updates, rest.cursor, rest.has_more), (vec![3.into()], 3, false));
    let nothing = mailbox.ask(ask(Position::Read(3), 9, 0)).await;
    assert_eq!(
        (nothing.updates.len(), nothing.cursor),
        (0, 3),
        "it stands where it stood"
    );
    assert!(slips.iter().all(|slip| slip.fate().is_taken));
    drop(slips);
    assert_eq!(
        updates(&mailbox, Position::Read(1), 9).await,
        [2, 3],
        "two workers with one cursor read the same twice"
    );
}

#[tokio::test(start_paused = true)]
async fn what_can_be_read_again_is_bounded_and_what_is_waited_for_is_not_lost() {
    let mailbox = mailbox(1_000, true);
    let first = put(&mailbox);
    for _ in 0..KEPT + 10 {
        drop(put(&mailbox));
    }
    assert_eq!(mailbox.lock().letters.len(), KEPT + 1);
    let oldest = updates(&mailbox, Position::Start, 2).await;
    assert_eq!(oldest, [1, 12]);
    assert!(first.fate().is_taken);
}
