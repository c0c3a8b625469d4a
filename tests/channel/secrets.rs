//! A bot that repeats the secret it was given: no word of ours may hold it.

use serde_json::json;
use throng::channel::{Ended, Signal};

use crate::bot::{Act, Bot, chunk, chunked, last_chunk, ok, status};
use crate::lines::{ask, line, message, profile, replies, stream_profile};

#[tokio::test]
async fn a_secret_that_the_bot_repeats_is_in_no_reply() {
    let bot = Bot::always(vec![ok(
        "{\"replies\": [{\"text\": \"key sk-secret, yours?\"}, {\"text\": \"sk-secret\"}]}",
    )])
    .await;
    let (signals, finish) = ask(&line(profile(&json!({})), &bot.url), message(1)).await;
    assert_eq!(finish.ended, Ended::Complete);
    assert_eq!(replies(&signals), ["key ***, yours?", "***"]);
}

#[tokio::test]
async fn a_secret_that_comes_in_pieces_is_in_no_reply_whole_or_cut_off() {
    let pieces = || {
        vec![
            chunked(),
            chunk("data: {\"t\": \"sk-\"}\n\ndata: {\"t\": \"secret\"}\n\n"),
        ]
    };
    let whole = [pieces(), vec![chunk("data: [DONE]\n\n"), last_chunk()]].concat();
    let bot = Bot::always(whole).await;
    let (signals, _) = ask(&line(stream_profile(&json!({})), &bot.url), message(1)).await;
    assert_eq!(replies(&signals), ["***"]);
    let bot = Bot::always([pieces(), vec![Act::Close]].concat()).await;
    let (_, finish) = ask(&line(stream_profile(&json!({})), &bot.url), message(1)).await;
    assert!(
        matches!(&finish.ended, Ended::Truncated { text, .. } if text == "***"),
        "{finish:?}"
    );
}

#[tokio::test]
async fn no_part_of_a_secret_is_shown_where_words_are_cut() {
    for padding in 0..100 {
        let text = format!("{}sk-secret", "x".repeat(padding));
        let bot = Bot::always(vec![status("200 OK", "connection: close\r\n", &text), Act::Close]).await;
        let (signals, finish) = ask(&line(stream_profile(&json!({})), &bot.url), message(1)).await;
        assert_eq!(
            signals.iter().filter(|one| matches!(one, Signal::Reply { .. })).count(),
            0
        );
        let Ended::HttpError(words) = &finish.ended else {
            panic!("{finish:?}");
        };
        assert!(!words.contains("sk-"), "{words}");
    }
    let shaking = json!({"handshake": {
        "request": {"method": "GET", "url": "{{ target }}"}, "expect": {"body": "right"},
    }});
    let bot = Bot::always(vec![ok(&format!("{}sk-secret", "x".repeat(75)))]).await;
    let error = line(profile(&shaking), &bot.url).shake_hands().await.unwrap_err();
    assert!(!error.to_string().contains("sk-"), "{error}");
}
