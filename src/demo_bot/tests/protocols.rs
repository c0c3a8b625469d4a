//! Each protocol's right answer, and how each turns away what it cannot read.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::client::{Served, signed, wechat_id, wechat_xml};
use super::{ORDER, always, knowledge, swift};
use crate::conversation::RunKey;
use crate::demo_bot::{Bot, Protocol, WeChatAccount, serve};
use crate::scenario::Fault;

const COUPON: &str = "花店满300元减50元。";

#[tokio::test]
async fn generic_json_answers_with_a_list_of_replies() {
    let bot = Served::new(&swift()).await;
    let answer = bot.chat(17, "1-1", "满减怎么算").await.unwrap();
    assert_eq!(
        (answer.status, answer.text()),
        (
            200,
            format!(r#"{{"replies":[{{"text":"{COUPON}"}}],"intent":"coupon"}}"#)
        )
    );
    assert!(answer.head.contains("content-type: application/json"));
    assert!(bot.chat(17, "2-1", "那个").await.unwrap().replies().is_empty());
}

#[tokio::test]
async fn a_message_of_another_shape_is_told_the_shape_and_no_type_of_rusts() {
    let bot = Served::new(&swift()).await;
    for (message, told) in [
        (
            json!({"id": "1", "customer": "throng-1"}),
            r#"expected an object such as `{"id": "c1"}` as `customer`"#,
        ),
        (json!({"id": "1", "media": "image"}), "as `media`"),
        (json!("hello"), "expected a message such as"),
    ] {
        let answer = bot.post("/chat", "1", &message).await.unwrap();
        let text = answer.text();
        assert_eq!(answer.status, 400, "{message}");
        let why = serde_json::from_str::<Value>(&text).unwrap()["error"]["message"]
            .to_string()
            .replace("\\\"", "\"");
        assert!(why.contains(told) && !why.contains("struct"), "{message}: {why}");
    }
}

#[tokio::test]
async fn a_conversation_goes_on_over_protocols_that_keep_no_history() {
    let bot = Served::new(&swift()).await;
    let mut said = Vec::new();
    for (place, text) in [("1-1", "我的快递呢"), ("2-1", &ORDER.to_string())] {
        said.extend(bot.chat(17, place, text).await.unwrap().replies());
    }
    assert_eq!(said[0], "亲,麻烦您提供一下订单号哦。");
    assert_eq!(said[1], format!("订单{ORDER}会在48小时内发出。"));
}

#[tokio::test]
async fn rasa_answers_with_a_list_for_the_recipient() {
    let bot = Served::new(&swift()).await;
    let path = "/rasa/webhooks/rest/webhook";
    let ask = json!({"sender": "throng-48213-17", "message": "优惠券", "metadata": {"channel": "web"}});
    let answer: Value = bot.post(path, "48213-17-1-1", &ask).await.unwrap().json();
    assert_eq!(answer, json!([{"recipient_id": "throng-48213-17", "text": COUPON}]));
    let piece: Value = bot
        .post(path, "48213-17-2-1", &json!({"message": "那个"}))
        .await
        .unwrap()
        .json();
    assert_eq!(piece, json!([]));
    assert_eq!(bot.truth().await.turns[0].id.as_deref(), Some("48213-17-1-1"));
}

#[tokio::test]
async fn coze_keeps_the_conversation_and_tells_a_chat_once() {
    let bot = Served::new(&swift()).await;
    let said = json!([{"role": "user", "content": "优惠券", "content_type": "text"}]);
    let ask = json!({"bot_id": "1", "user_id": "throng-48213-17", "stream": false, "additional_messages": said});
    let path = "/coze/v3/chat?conversation_id=77";
    let created: Value = bot.post(path, "48213-17-1-1", &ask).await.unwrap().json();
    assert_eq!(
        (&created["code"], &created["data"]["conversation_id"]),
        (&json!(0), &json!("77"))
    );
    let named = format!("conversation_id=77&chat_id={}", created["data"]["id"].as_str().unwrap());
    let status = async || {
        bot.get(&format!("/coze/v3/chat/retrieve?{named}"))
            .await
            .json::<Value>()["data"]["status"]
            .clone()
    };
    while status().await != "completed" {
        tokio::task::yield_now().await;
    }
    let list = format!("/coze/v3/chat/message/list?{named}");
    let said: Value = bot.get(&list).await.json();
    assert_eq!(
        (&said["data"][0]["type"], &said["data"][0]["content"]),
        (&json!("answer"), &json!(COUPON))
    );
    assert_eq!(said["data"][1]["type"], "verbose");
    assert_eq!(bot.get(&list).await.json::<Value>()["code"], 4200);
    assert_eq!(bot.truth().await.turns[0].id.as_deref(), Some("48213-17-1-1"));
}

#[tokio::test]
async fn openai_answers_the_last_message_of_the_user() {
    let bot = Served::new(&swift()).await;
    let ask = json!({"model": "shop-1", "user": "throng-48213-17", "messages": [
        {"role": "system", "content": "be kind"}, {"role": "user", "content": "快递"},
        {"role": "assistant", "content": "?"},
        {"role": "user", "content": [{"type": "text", "text": "优惠"}, {"type": "text", "text": "券"}]},
    ]});
    let answer: Value = bot
        .post("/v1/chat/completions", "48213-17-1-1", &ask)
        .await
        .unwrap()
        .json();
    assert_eq!(
        answer["choices"][0]["message"],
        json!({"role": "assistant", "content": COUPON})
    );
    assert_eq!(answer["choices"][0]["finish_reason"], "stop");
    assert_eq!(
        (&answer["object"], &answer["model"]),
        (&json!("chat.completion"), &json!("shop-1"))
    );
    assert!(answer["usage"]["completion_tokens"].as_u64().unwrap() > 0);
}

/// The deltas, finish reasons and usage of a stream, without what differs from run to run.
fn outline(events: &[String]) -> Vec<String> {
    let outline = |event: &String| match serde_json::from_str::<Value>(event) {
        Ok(chunk) => format!("{} {}", chunk["choices"], chunk["usage"]),
        Err(_) => event.clone(),
    };
    events.iter().map(outline).collect()
}

#[tokio::test]
async fn an_openai_stream_begins_with_the_role_and_ends_with_its_mark() {
    let mut settings = swift();
    settings.chunk_chars = 6;
    let bot = Served::new(&settings).await;
    let ask = json!({"model": "m", "stream": true, "stream_options": {"include_usage": true},
        "messages": [{"role": "user", "content": "coupon?"}]});
    let answer = bot.post("/v1/chat/completions", "48213-17-1-1", &ask).await.unwrap();
    assert!(answer.head.contains("content-type: text/event-stream") && answer.is_whole);
    insta::assert_snapshot!(outline(&answer.events()).join("\n"), @r#"
    [{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}] null
    [{"index":0,"delta":{"content":"50 yua"},"finish_reason":null}] null
    [{"index":0,"delta":{"content":"n off "},"finish_reason":null}] null
    [{"index":0,"delta":{"content":"at 300"},"finish_reason":null}] null
    [{"index":0,"delta":{"content":" yuan."},"finish_reason":null}] null
    [{"index":0,"delta":{},"finish_reason":"stop"}] null
    [] {"prompt_tokens":2,"completion_tokens":6,"total_tokens":8}
    [DONE]
    "#);
    let ask = json!({"stream": true, "messages": [{"role": "user", "content": "coupon?"}]});
    let answer = bot.post("/v1/chat/completions", "48213-17-2-1", &ask).await.unwrap();
    assert!(!answer.text().contains("usage"), "nobody asked for it");
}

#[tokio::test]
async fn a_piece_of_a_message_gets_a_holding_reply_where_something_must_be_said() {
    let bot = Served::new(&swift()).await;
    let ask = json!({"messages": [{"role": "user", "content": "那个"}]});
    let answer: Value = bot
        .post("/v1/chat/completions", "48213-17-1-1", &ask)
        .await
        .unwrap()
        .json();
    assert_eq!(answer["choices"][0]["message"]["content"], "亲,正在为您查询,请稍等。");
}

#[tokio::test]
async fn dify_streams_its_answer_and_names_the_conversation() {
    let mut settings = swift();
    settings.chunk_chars = 10;
    let bot = Served::new(&settings).await;
    let ask = |conversation: &str, mode: &str| {
        json!({"inputs": {}, "query": "优惠券", "user": "throng-48213-17", "response_mode": mode,
            "conversation_id": conversation, "files": []})
    };
    let answer = bot
        .post("/dify/v1/chat-messages", "48213-17-1-1", &ask("", "streaming"))
        .await
        .unwrap();
    assert!(answer.text().starts_with("event: ping\n\n") && answer.is_whole);
    let events: Vec<Value> = answer
        .events()
        .iter()
        .map(|event| serde_json::from_str(event).unwrap())
        .collect();
    let names: Vec<_> = events.iter().map(|event| event["event"].as_str().unwrap()).collect();
    assert_eq!(names, ["message", "message", "message_end"]);
    let text: String = events.iter().filter_map(|event| event["answer"].as_str()).collect();
    assert_eq!(text, COUPON);
    let minted = events[0]["conversation_id"].as_str().unwrap();
    assert_eq!(minted.len(), 36);
    assert!(events.iter().all(|event| event["conversation_id"] == minted));

    let next = bot
        .post("/dify/v1/chat-messages", "48213-17-2-1", &ask(minted, "blocking"))
        .await
        .unwrap();
    let next: Value = next.json();
    assert_eq!(
        (&next["conversation_id"], &next["answer"]),
        (&json!(minted), &json!(COUPON))
    );
    let other: Value = bot
        .post("/dify/v1/chat-messages", "48213-18-1-1", &ask("", "blocking"))
        .await
        .unwrap()
        .json();
    assert_ne!(other["conversation_id"], minted);
}

#[tokio::test]
async fn wechat_proves_its_address_and_answers_in_xml() {
    let bot = Served::new(&swift()).await;
    let path = format!("/wechat?{}&echostr=4711", signed("throng-token"));
    assert_eq!(bot.get(&path).await.text(), "4711");
    let run = RunKey::of_seed(5);
    let answer = bot.wechat(wechat_id(run, 2, 1), "满减怎么算").await.unwrap().text();
    let created = answer.split("<CreateTime>").nth(1).unwrap().split('<').next().unwrap();
    assert_eq!(
        answer.replace(created, "NOW"),
        format!(
            "<xml><ToUserName><![CDATA[throng-48213-17]]></ToUserName><FromUserName><![CDATA[gh_shop]]></FromUserName>\
             <CreateTime>NOW</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{COUPON}]]></Content></xml>"
        )
    );
    assert_eq!(
        bot.wechat(wechat_id(run, 3, 1), "那个").await.unwrap().text(),
        "success"
    );
    let record = &bot.truth().await.turns[0];
    assert_eq!(
        (record.customer, record.turn, record.fragment),
        (Some(17), Some(2), Some(1))
    );
    assert_eq!(record.protocol, Some(Protocol::WeChat));
}

#[tokio::test]
async fn wechat_ids_are_shown_in_full_when_the_run_is_known() {
    let run = RunKey::of_seed(5);
    let bot = Served::with(Bot::new(&knowledge(), &swift(), 1, Some(run))).await;
    bot.wechat(wechat_id(run, 2, 1), "满减").await.unwrap();
    assert_eq!(bot.truth().await.turns[0].id, Some(format!("{run}-17-2-1")));
}

#[tokio::test]
async fn wechat_events_and_pictures_are_acknowledged() {
    let bot = Served::new(&swift()).await;
    let body = wechat_xml(1, "").replace("[text]", "[event]");
    let path = format!("/wechat?{}", signed("throng-token"));
    let answer = bot.request("POST", &path, "", body.as_bytes()).await.unwrap();
    assert_eq!((answer.status, answer.text()), (200, "success".to_owned()));
    assert_eq!(bot.truth().await.messages, 0);
}

#[tokio::test]
async fn a_wrong_signature_is_forbidden() {
    let secret = WeChatAccount {
        token: "secret".to_owned(),
        ..WeChatAccount::default()
    };
    let bot = Served::with(Bot::new(&knowledge(), &swift(), 1, None).with_wechat(secret)).await;
    for path in [
        format!("/wechat?{}&echostr=1", signed("throng-token")),
        "/wechat".to_owned(),
    ] {
        let push = bot
            .request("POST", &path, "", wechat_xml(1, "满减").as_bytes())
            .await
            .unwrap();
        assert_eq!((push.status, bot.get(&path).await.status), (403, 403), "{path}");
    }
    assert_eq!(bot.get(&format!("/wechat?{}", signed("secret"))).await.status, 200);
    let truth = bot.truth().await;
    assert_eq!((truth.rejected, truth.messages), (4, 0));
}

#[tokio::test]
async fn malformed_bodies_are_bad_requests() {
    let bot = Served::new(&swift()).await;
    let wechat = format!("/wechat?{}", signed("throng-token"));
    for (path, body) in [
        ("/chat", "{"),
        ("/chat", r#"{"id": 5, "text": "x"}"#),
        ("/chat", "[]"),
        ("/v1/chat/completions", r#"{"messages": []}"#),
        (
            "/v1/chat/completions",
            r#"{"messages": [{"role": "assistant", "content": "x"}]}"#,
        ),
        ("/dify/v1/chat-messages", r#"{"query": "x"}"#),
        ("/rasa/webhooks/rest/webhook", r#"{"sender": "x"}"#),
        (wechat.as_str(), "<xml>"),
        (wechat.as_str(), "<xml><MsgType>text</MsgType><MsgId>x</MsgId></xml>"),
    ] {
        let answer = bot.request("POST", path, "", body.as_bytes()).await.unwrap();
        assert_eq!(answer.status, 400, "{path} {body}");
        assert!(answer.json::<Value>()["error"]["message"].is_string());
    }
    assert_eq!(bot.truth().await.rejected, 9);
}

#[tokio::test]
async fn huge_bodies_and_unknown_paths_are_refused() {
    let bot = Served::new(&swift()).await;
    let huge = json!({"text": "花".repeat(400_000)}).to_string();
    assert_eq!(
        bot.request("POST", "/chat", "", huge.as_bytes()).await.unwrap().status,
        413
    );
    let large = json!({"text": "花".repeat(300_000)}).to_string();
    assert_eq!(
        bot.request("POST", "/chat", "", large.as_bytes()).await.unwrap().status,
        200
    );
    assert_eq!(bot.get("/nowhere").await.status, 404);
    assert_eq!(bot.get("/chat").await.status, 405);
    assert_eq!(bot.get("/health").await.text(), "ok");
}

#[tokio::test]
async fn stopping_ends_the_server_and_closes_what_is_open() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let stop = CancellationToken::new();
    let bot = Bot::new(&knowledge(), &always(Fault::Silent), 1, None);
    let served = tokio::spawn(serve(listener, bot, stop.clone()));
    let request = "POST /chat HTTP/1.1\r\nHost: bot\r\nContent-Length: 15\r\n\r\n{\"text\": \"hi!\"}";
    client.write_all(request.as_bytes()).await.unwrap();
    stop.cancel();
    served.await.unwrap().unwrap();
    let mut bytes = Vec::new();
    assert_eq!(client.read_to_end(&mut bytes).await.unwrap_or(0), 0);
}
