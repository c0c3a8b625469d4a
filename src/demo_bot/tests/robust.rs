//! Whatever comes over the wire, the bot answers and lives.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::client::{Served, signed, wechat_xml};
use super::swift;

const PATHS: [&str; 5] = [
    "/chat",
    "/v1/chat/completions",
    "/dify/v1/chat-messages",
    "/rasa/webhooks/rest/webhook",
    "/wechat",
];

/// The path with what it needs for its body to be read.
fn address(path: &str) -> String {
    match path {
        "/wechat" => format!("/wechat?{}", signed("throng-token")),
        _ => path.to_owned(),
    }
}

/// Bodies that a protocol may take for a message, with any text in every place.
fn message_like() -> impl Strategy<Value = Vec<u8>> {
    (any::<String>(), any::<String>(), any::<u64>()).prop_map(|(first, second, number)| {
        let json = json!({
            "id": first, "customer": {"id": second, "name": number}, "text": second,
            "messages": [{"role": "user", "content": [second, {"text": first}]}], "stream": number % 2 == 0,
            "query": second, "user": first, "response_mode": "streaming", "conversation_id": second,
            "sender": first, "message": second,
        });
        if number % 3 == 0 {
            wechat_xml(number, &second).into_bytes()
        } else {
            json.to_string().into_bytes()
        }
    })
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..300),
        any::<String>().prop_map(String::into_bytes),
        Just(Value::from(vec![Value::Null; 9]).to_string().into_bytes()),
        message_like(),
    ]
}

#[test]
fn arbitrary_bytes_on_any_path_get_an_answer() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let bot = runtime.block_on(Served::new(&swift()));
    let mut runner = TestRunner::default();
    let cases = (0..PATHS.len(), body());
    runner
        .run(&cases, |(path, body)| {
            let path = address(PATHS[path]);
            let answer = runtime.block_on(bot.request("POST", &path, "", &body));
            let status = answer.map(|answer| answer.status);
            proptest::prop_assert!(matches!(status, Some(200 | 400)), "{path}: {status:?}");
            Ok(())
        })
        .unwrap();
    let truth = runtime.block_on(bot.truth());
    assert!(truth.messages > 0 && truth.rejected > 0, "both kinds were tried");
}

#[tokio::test]
async fn bytes_that_are_no_http_do_not_stop_the_bot() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let bot = Served::new(&swift()).await;
    for path in ["/chat", "/wechat?%zz=%ff&signature=\u{1}", "/truth?customer=-1"] {
        let mut stream = bot.send("GET\u{0}", path, "X: \u{1}\r\n", b"\xff\xfe").await;
        stream.write_all(&[0; 100]).await.ok();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await.ok();
    }
    assert_eq!(bot.get("/health").await.status, 200);
}
