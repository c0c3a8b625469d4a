//! Replies in pieces.

use serde_json::json;
use throng::channel::{Ended, Finish, Line, Signal};

use crate::bot::{Act, Bot, chunk, chunked, last_chunk, ok, say, take};
use crate::lines::{ask, gaps, impatient, line, message, replies, short, stream_profile};

async fn outcome(acts: Vec<Act>) -> String {
    let bot = Bot::always(acts).await;
    let line = line(stream_profile(&json!({"idle": "400ms"})), &bot.url);
    short(&ask(&line, impatient(3_000)).await.1.ended)
}

fn piece(text: &str) -> Act {
    chunk(format!("data: {}\n\n", json!({"t": text})))
}

fn done() -> Act {
    chunk("data: [DONE]\n\n")
}

/// Asks a bot that waits until its pieces are heard.
async fn ask_listening(bot: &Bot, line: &Line) -> (Vec<Signal>, Finish) {
    let heard = bot.seen.lock().unwrap().heard.clone();
    let mut signals = Vec::new();
    let finish = line.exchange(message(7), |signal| {
        heard.add_permits(1);
        signals.push(signal);
    });
    let finish = finish.await;
    (signals, finish)
}

#[tokio::test]
async fn a_stream_is_told_as_it_grows() {
    // While the bot sleeps its listener reads: both wake on the same thread, the reader first.
    let words = [
        piece("您"),
        Act::UntilHeard,
        take(20),
        piece("好"),
        take(20),
        done(),
        last_chunk(),
        Act::UntilHeard,
        Act::UntilHeard,
    ];
    let bot = Bot::always(
        [chunked(), Act::UntilHeard, piece("")]
            .into_iter()
            .chain(words)
            .collect(),
    )
    .await;
    let line = line(stream_profile(&json!({})), &bot.url);
    for _ in 0..2 {
        let (signals, finish) = ask_listening(&bot, &line).await;
        assert_eq!(
            (replies(&signals), short(&finish.ended).as_str()),
            (vec!["您好"], "complete")
        );
        let [
            Signal::FirstEvent(event),
            Signal::FirstText(first),
            Signal::Reply {
                first_text_at,
                complete_at,
                ..
            },
            Signal::Gaps(gaps),
        ] = &signals[..]
        else {
            panic!("{signals:?}")
        };
        assert!(event < first && *first + gaps[0] < *complete_at);
        assert_eq!((first, gaps.len()), (first_text_at, 1));
    }
    assert_eq!(
        bot.seen.lock().unwrap().connections,
        1,
        "a stream read to its end keeps its connection"
    );
}

#[tokio::test]
async fn pieces_of_one_read_grow_once_and_a_character_may_be_split() {
    let together = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                    10\r\ndata: {\"t\":\"a\"}\n\r\n11\r\n\ndata: {\"t\":\"b\"}\n\r\n1\r\n\n\r\n";
    let split = "data: {\"t\":\"您好\"}\n\n".as_bytes();
    for cut in [12, 13, 14, 15, 16] {
        let halves = [
            chunk(&split[..cut]),
            take(10),
            chunk(&split[cut..]),
            done(),
            last_chunk(),
        ];
        let first = [say(together), Act::UntilHeard, Act::UntilHeard];
        let bot = Bot::always(first.into_iter().chain(halves).collect()).await;
        let line = line(stream_profile(&json!({})), &bot.url);
        let (signals, finish) = ask_listening(&bot, &line).await;
        let ended = short(&finish.ended);
        assert_eq!(
            (replies(&signals), ended.as_str()),
            (vec!["ab您好"], "complete"),
            "{cut}"
        );
        assert_eq!(gaps(&signals).len(), 1);
    }
}

#[tokio::test]
async fn a_stream_without_its_end_mark_is_not_answered() {
    let error = || chunk("data: {\"error\": \"overloaded\"}\n\n");
    for (acts, expected) in [
        (vec![chunked(), piece("您"), last_chunk()], "truncated: 您"),
        (vec![chunked(), piece("您"), Act::Close], "truncated: 您"),
        (vec![chunked(), piece("您"), take(10), Act::Reset], "truncated: 您"),
        (vec![chunked(), piece("您"), Act::Hold], "truncated: 您"),
        (
            vec![chunked(), piece("您"), chunk("data: {\"t\": \"ha"), last_chunk()],
            "truncated: 您",
        ),
        (vec![chunked(), piece(""), last_chunk()], "empty"),
        (vec![chunked(), done(), last_chunk()], "empty"),
        (vec![chunked(), last_chunk()], "empty"),
        (
            vec![chunked(), piece(""), Act::Close],
            "connection lost: closed before the answer was complete",
        ),
        (vec![chunked(), piece(""), Act::Hold], "silent"),
        (
            vec![chunked(), piece("您"), error(), last_chunk()],
            "bot error: overloaded",
        ),
        (vec![ok("{\"error\": \"bad key\"}")], "bot error: bad key"),
        (
            vec![ok("{\"hint\": \"bad key\"}")],
            "http error: answer is not a stream: {\"hint\": \"bad key\"}",
        ),
    ] {
        let shown = format!("{acts:?}");
        assert_eq!(outcome(acts).await, expected, "{shown}");
    }
}

#[tokio::test]
async fn keep_alives_hold_a_stream_open_but_not_beyond_the_turn() {
    let pings = (0..4).flat_map(|_| [chunk(": ping\n\n"), take(150)]);
    let acts: Vec<Act> = [chunked()]
        .into_iter()
        .chain(pings)
        .chain([piece("x"), done(), last_chunk()])
        .collect();
    assert_eq!(outcome(acts.clone()).await, "complete");
    let bot = Bot::always(acts).await;
    let line = line(stream_profile(&json!({"idle": "400ms"})), &bot.url);
    assert_eq!(short(&ask(&line, impatient(150)).await.1.ended), "silent");
}

#[tokio::test]
async fn a_bot_that_never_pauses_is_cut_at_the_turns_end() {
    let flood = std::iter::repeat_with(|| chunk(": ping\n\n")).take(200_000);
    let bot = Bot::always([chunked(), piece("half")].into_iter().chain(flood).collect()).await;
    let line = line(stream_profile(&json!({})), &bot.url);
    let (_, finish) = ask(&line, impatient(300)).await;
    assert!(
        matches!(finish.ended, Ended::Truncated { .. }),
        "{}",
        short(&finish.ended)
    );
    bot.until(|seen| seen.closed == 1).await;
}
