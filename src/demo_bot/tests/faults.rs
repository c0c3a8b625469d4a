//! Each fault as a client on the wire sees it.

use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use super::client::{Answer, Served, wechat_id};
use super::{ORDER, OTHER_ORDER, always};
use crate::conversation::RunKey;
use crate::demo_bot::Protocol;
use crate::scenario::{Fault, Span};

const PROTOCOLS: [Protocol; 7] = [
    Protocol::Generic,
    Protocol::OpenAi,
    Protocol::Dify,
    Protocol::Rasa,
    Protocol::WeChat,
    Protocol::Telegram,
    Protocol::Coze,
];

/// Asks "coupon?" in this protocol; those with streams are asked for one.
async fn ask(bot: &Served, protocol: Protocol) -> Option<Answer> {
    let text = "coupon?";
    let (id, customer) = ("48213-17-1-1", "throng-48213-17");
    match protocol {
        Protocol::Generic => bot.chat(17, "1-1", text).await,
        Protocol::OpenAi => {
            let body = json!({"stream": true, "user": customer, "messages": [{"role": "user", "content": text}]});
            bot.post("/v1/chat/completions", id, &body).await
        }
        Protocol::Dify => {
            let body = json!({"query": text, "user": customer, "response_mode": "streaming"});
            bot.post("/dify/v1/chat-messages", id, &body).await
        }
        Protocol::Rasa => {
            let body = json!({"sender": customer, "message": text});
            bot.post("/rasa/webhooks/rest/webhook", id, &body).await
        }
        Protocol::WeChat => bot.wechat(wechat_id(RunKey::of_seed(1), 1, 1), text).await,
        Protocol::Telegram => {
            let chat = json!({"id": 48_213_000_000_017_u64, "type": "private"});
            let message = json!({"message_id": 257, "chat": chat, "text": text});
            bot.post("/telegram", "", &json!({"update_id": 1, "message": message}))
                .await
        }
        Protocol::Coze => ask_coze(bot, id, customer, text).await,
        Protocol::TelegramGetUpdates | Protocol::WebSocket => panic!("{protocol:?} has tests of its own"),
    }
}

/// Creates a chat, asks for it until it is over, and fetches what was said, if anything was; the last answer on the way.
async fn ask_coze(bot: &Served, id: &str, customer: &str, text: &str) -> Option<Answer> {
    let said = json!([{"role": "user", "content": text}]);
    let body = json!({"bot_id": "1", "user_id": customer, "additional_messages": said});
    let created: Value = bot.post("/coze/v3/chat", id, &body).await?.json();
    let named = format!(
        "conversation_id={}&chat_id={}",
        created["data"]["conversation_id"].as_str().unwrap(),
        created["data"]["id"].as_str().unwrap()
    );
    loop {
        let path = format!("/coze/v3/chat/retrieve?{named}");
        let answer = bot.request("GET", &path, "", b"").await?;
        if answer.status != 200 {
            return Some(answer);
        }
        match answer.json::<Value>()["data"]["status"].as_str().unwrap() {
            "in_progress" => tokio::time::sleep(std::time::Duration::from_millis(2)).await,
            "failed" => return Some(answer),
            _ => {
                return bot
                    .request("GET", &format!("/coze/v3/chat/message/list?{named}"), "", b"")
                    .await;
            }
        }
    }
}

/// Asks a bot that always has `fault`, checks that the truth says so, and hands on the answer.
async fn suffer(fault: Fault, protocol: Protocol) -> Option<Answer> {
    let bot = Served::new(&always(fault)).await;
    let answer = ask(&bot, protocol).await;
    let truth = bot.truth().await;
    assert_eq!(
        (truth.counts[&fault], truth.turns[0].fault),
        (1, Some(fault)),
        "{protocol:?}"
    );
    assert_eq!(
        truth.turns[0].status,
        answer.as_ref().map(|answer| answer.status),
        "{protocol:?}"
    );
    let bytes = answer.as_ref().map_or(0, |answer| answer.body.len() as u64);
    assert_eq!(truth.turns[0].bytes, bytes, "{protocol:?}");
    answer
}

#[tokio::test]
async fn refused_is_503_and_says_when_to_try_again() {
    for protocol in PROTOCOLS {
        let answer = suffer(Fault::Refused, protocol).await.unwrap();
        assert_eq!(answer.status, 503);
        assert!(answer.head.contains("retry-after: 1"));
    }
}

#[tokio::test]
async fn http_error_is_500() {
    for protocol in PROTOCOLS {
        assert_eq!(suffer(Fault::HttpError, protocol).await.unwrap().status, 500);
    }
}

#[tokio::test]
async fn connection_lost_says_nothing() {
    for protocol in PROTOCOLS {
        assert!(suffer(Fault::ConnectionLost, protocol).await.is_none());
    }
}

#[tokio::test]
async fn a_lost_connection_carries_not_a_single_byte() {
    let bot = Served::new(&always(Fault::ConnectionLost)).await;
    let mut stream = bot.send("POST", "/chat", "", br#"{"text": "coupon"}"#).await;
    let mut bytes = Vec::new();
    assert_eq!(stream.read_to_end(&mut bytes).await.unwrap_or(0), 0);
}

#[tokio::test]
async fn bot_error_is_told_inside_the_protocol_at_200() {
    for (protocol, sign) in [
        (Protocol::Generic, r#"{"error":{"message""#),
        (Protocol::OpenAi, r#"data: {"error":{"message""#),
        (Protocol::Dify, r#"data: {"event":"error""#),
        (Protocol::Rasa, r#"{"status":"failure""#),
        (Protocol::WeChat, "error: "),
        (Protocol::Coze, r#""status":"failed""#),
    ] {
        let answer = suffer(Fault::BotError, protocol).await.unwrap();
        assert_eq!((answer.status, answer.is_whole), (200, true));
        assert!(answer.text().contains(sign), "{}", answer.text());
        assert!(!answer.text().contains("[DONE]"));
    }
}

#[tokio::test]
async fn truncated_streams_end_cleanly_without_their_mark() {
    for (protocol, mark) in [(Protocol::OpenAi, "[DONE]"), (Protocol::Dify, "message_end")] {
        let answer = suffer(Fault::Truncated, protocol).await.unwrap();
        assert!(answer.is_whole && !answer.text().contains(mark) && !answer.text().contains("\"stop\""));
        let told = told_in_pieces(&answer.text());
        assert!(
            told.contains("50 y") && !told.contains("300"),
            "half of the text: {told}"
        );
    }
}

/// What a stream tells, without the times and ids around it.
fn told_in_pieces(stream: &str) -> String {
    let events = stream.lines().filter_map(|line| line.strip_prefix("data: "));
    let events = events.filter_map(|event| serde_json::from_str(event).ok());
    let piece = |event: Value| {
        let piece = event.pointer("/choices/0/delta/content").or(event.get("answer"))?;
        piece.as_str().map(str::to_owned)
    };
    events.filter_map(piece).collect()
}

#[tokio::test]
async fn other_truncated_bodies_end_before_their_length() {
    for protocol in [Protocol::Generic, Protocol::Rasa, Protocol::WeChat, Protocol::Coze] {
        let answer = suffer(Fault::Truncated, protocol).await.unwrap();
        let promised: usize = answer
            .head
            .split("content-length: ")
            .nth(1)
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(
            (answer.status, answer.is_whole, answer.body.len()),
            (200, false, promised / 2)
        );
    }
}

#[tokio::test]
async fn empty_is_acknowledged_without_content() {
    for (protocol, text) in [
        (Protocol::Generic, r#"{"replies":[]}"#),
        (Protocol::Rasa, "[]"),
        (Protocol::WeChat, ""),
    ] {
        let answer = suffer(Fault::Empty, protocol).await.unwrap();
        assert_eq!(
            (answer.status, answer.text().as_str(), answer.is_whole),
            (200, text, true)
        );
    }
    let answer = suffer(Fault::Empty, Protocol::OpenAi).await.unwrap();
    assert_eq!(answer.events().len(), 3, "role, finish and end mark: {}", answer.text());
    let answer = suffer(Fault::Empty, Protocol::Dify).await.unwrap();
    assert_eq!(answer.events().len(), 1, "the end mark: {}", answer.text());
}

#[tokio::test]
async fn silent_says_nothing_until_the_client_leaves() {
    let bot = Served::new(&always(Fault::Silent)).await;
    let mut stream = bot
        .send("POST", "/chat", "", br#"{"id": "48213-17-1-1", "text": "coupon"}"#)
        .await;
    let mut byte = [0];
    let waited = tokio::time::timeout(std::time::Duration::from_millis(100), stream.read(&mut byte)).await;
    assert!(waited.is_err(), "nothing is said, and the connection stays open");
    drop(stream);
    let truth = bot.truth().await;
    let record = &truth.turns[0];
    assert_eq!(
        (record.fault, record.status, record.bytes),
        (Some(Fault::Silent), None, 0)
    );
    // The bot counts from when it had read the request, which a busy machine lets it do late.
    assert!(record.cut && record.delay_ms > 0.0 && truth.cut == 1);
}

#[tokio::test]
async fn slow_holds_the_answer_back() {
    // What is told by a call is beside what a client of the bot sees; tests/truth.rs looks at both.
    for protocol in PROTOCOLS
        .into_iter()
        .filter(|protocol| protocol.answers_in_the_response())
    {
        let mut settings = always(Fault::Slow);
        settings.slow_by = Span::seconds(0.06);
        let bot = Served::new(&settings).await;
        let answer = ask(&bot, protocol).await.unwrap();
        assert!(answer.status == 200 && answer.is_whole);
        let record = bot.truth().await.turns.remove(0);
        assert_eq!(record.fault, Some(Fault::Slow));
        let (first, last) = (record.first_text_ms.unwrap(), record.delay_ms);
        assert!(
            first >= 60.0 && last >= first,
            "{protocol:?}: text after {first}, end after {last}"
        );
    }
}

/// What the bot that always has `fault` says to a customer, after another one gave their order number.
async fn reply_with(fault: Fault, text: &str) -> Vec<String> {
    let bot = Served::new(&always(fault)).await;
    bot.chat(9, "1-1", &format!("parcel {OTHER_ORDER}")).await.unwrap();
    bot.chat(17, "1-1", text).await.unwrap().replies()
}

#[tokio::test]
async fn faults_of_content_spoil_the_text_and_nothing_else() {
    let parcel = format!("parcel {ORDER}");
    for (fault, reply) in [
        (
            Fault::Placeholder,
            "One moment please, I am checking that for you.".to_owned(),
        ),
        (Fault::WrongValue, format!("Order {ORDER} leaves within 72 hours.")),
        (Fault::WrongLanguage, format!("订单{ORDER}会在48小时内发出。")),
        (Fault::CrossTalk, format!("Order {OTHER_ORDER} leaves within 48 hours.")),
        (
            Fault::MissingFact,
            "You can find that on the promotion page.".to_owned(),
        ),
    ] {
        assert_eq!(reply_with(fault, &parcel).await, [reply], "{fault:?}");
    }
    assert!(reply_with(Fault::Fallback, &parcel).await[0].starts_with("Sorry"));
    assert!(reply_with(Fault::Forbidden, &parcel).await[0].contains("lowest price"));
}

#[tokio::test]
async fn duplicate_says_it_twice_where_there_are_lists() {
    let twice = reply_with(Fault::Duplicate, "coupon").await;
    assert_eq!(twice, ["50 yuan off at 300 yuan.", "50 yuan off at 300 yuan."]);
    let answer: Value = suffer(Fault::Duplicate, Protocol::Rasa).await.unwrap().json();
    assert_eq!(answer.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_wrong_intent_stands_beside_the_right_answer() {
    let bot = Served::new(&always(Fault::WrongIntent)).await;
    for (turn, text, right) in [(1, "coupon?", "coupon"), (2, "do you sell rockets?", "out_of_scope")] {
        let told: Value = bot.chat(17, &format!("{turn}-1"), text).await.unwrap().json();
        let record = bot.truth().await.turns.pop().unwrap();
        assert_eq!(record.fault, Some(Fault::WrongIntent), "{told}");
        assert_ne!(told["intent"], right);
        assert_eq!(told["intent"].as_str(), record.intent.as_deref());
        assert!(
            turn == 2 || told["replies"][0]["text"] == "50 yuan off at 300 yuan.",
            "{told}"
        );
    }
    let courtesy: Value = bot.chat(17, "3-1", "thanks").await.unwrap().json();
    assert_eq!(courtesy["intent"], Value::Null);
    assert_eq!(bot.truth().await.not_applied[&Fault::WrongIntent], 1);
    for protocol in [Protocol::OpenAi, Protocol::Rasa, Protocol::WeChat] {
        let bot = Served::new(&always(Fault::WrongIntent)).await;
        ask(&bot, protocol).await.unwrap();
        let truth = bot.truth().await;
        assert_eq!(truth.turns[0].not_applied, Some(Fault::WrongIntent), "{protocol:?}");
        assert_eq!(truth.turns[0].intent, None, "{protocol:?}");
    }
}

#[tokio::test]
async fn who_did_not_understand_tells_no_intent() {
    let bot = Served::new(&always(Fault::Fallback)).await;
    let told: Value = bot.chat(17, "1-1", "coupon?").await.unwrap().json();
    assert_eq!(told["intent"], Value::Null, "{told}");
}

#[tokio::test]
async fn a_fault_that_finds_nothing_to_spoil_is_not_applied() {
    let bot = Served::new(&always(Fault::CrossTalk)).await;
    assert_eq!(
        bot.chat(17, "1-1", "coupon").await.unwrap().replies(),
        ["50 yuan off at 300 yuan."]
    );
    let truth = bot.truth().await;
    assert_eq!(
        (truth.turns[0].fault, truth.turns[0].not_applied),
        (None, Some(Fault::CrossTalk))
    );
    assert_eq!(
        (truth.counts[&Fault::CrossTalk], truth.not_applied[&Fault::CrossTalk]),
        (0, 1)
    );

    let bot = Served::new(&always(Fault::Duplicate)).await;
    ask(&bot, Protocol::WeChat).await.unwrap();
    assert_eq!(bot.truth().await.not_applied[&Fault::Duplicate], 1);
}
