//! The shipped profiles say on the wire what their protocols ask for.

use serde_json::{Value, json};
use throng::channel::Speaker;
use throng::scenario::Profile;

use crate::bot::{Bot, Seen, ok};
use crate::lines::{ask, channel, message, open, replies, short};

pub(crate) fn shipped(name: &str) -> Profile {
    let path = format!("{}/channels/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# yaml-language-server: $schema=../docs/schemas/profile.schema.json\n"));
    let profile: Profile = serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert_eq!(profile.profile, name);
    profile
}

/// Every shipped profile's name.
fn names() -> Vec<String> {
    let folder = std::fs::read_dir(format!("{}/channels", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let files = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    files
        .map(|file| file.strip_suffix(".yaml").unwrap().to_owned())
        .collect()
}

#[test]
fn every_shipped_profile_compiles_with_nothing_but_its_required_settings() {
    let names = names();
    assert!(names.len() >= 17, "{names:?}");
    for name in names {
        let profile = shipped(&name);
        let required = profile.settings.iter().filter(|(_, setting)| setting.required);
        let settings = required.map(|(name, _)| (name.clone(), json!("x"))).collect();
        let target = match profile.phone {
            Some(_) => "sip:line@127.0.0.1:1",
            None => "http://127.0.0.1:1/x",
        };
        let opened = open(&channel(profile, Value::Object(settings)), target);
        assert!(opened.is_ok(), "{name}: {:?}", opened.err());
    }
}

/// Asks a bot that gives this body; gives its replies, the ending, and the request.
async fn exchange(name: &str, path: &str, body: &str) -> (Vec<String>, String, String) {
    let bot = Bot::always(vec![ok(body)]).await;
    let line = open(&channel(shipped(name), json!({})), &format!("{}{path}", bot.url)).unwrap();
    let mut asking = message(7);
    asking.history = vec![
        (Speaker::Customer, "在吗".to_owned()),
        (Speaker::Bot, "在的".to_owned()),
    ];
    let (signals, finish) = ask(&line, asking).await;
    let Seen { requests, .. } = &*bot.seen.lock().unwrap();
    let told = replies(&signals).into_iter().map(str::to_owned).collect();
    (told, short(&finish.ended), requests[0].clone())
}

fn json_of(request: &str) -> Value {
    serde_json::from_str(request.split("\r\n\r\n").nth(1).unwrap()).unwrap()
}

#[tokio::test]
async fn generic_json() {
    let (told, ended, request) = exchange(
        "generic-json",
        "/chat",
        "{\"replies\": [{\"text\": \"a\"}, {\"text\": \"b\"}]}",
    )
    .await;
    assert_eq!(
        (told, ended.as_str()),
        (vec!["a".to_owned(), "b".to_owned()], "complete")
    );
    assert!(
        request.starts_with("POST /chat HTTP/1.1\r\n") && !request.contains("authorization"),
        "{request}"
    );
    let id = message(7).id.to_string();
    assert_eq!(
        json_of(&request),
        json!({"id": id, "customer": {"id": "throng-1-7", "name": "小明"}, "text": "到哪了?"})
    );
    assert_eq!(
        exchange("generic-json", "", "{\"error\": \"no\"}").await.1,
        "bot error: no"
    );
    assert_eq!(exchange("generic-json", "", "{\"replies\": []}").await.1, "empty");
}

#[tokio::test]
async fn openai_in_one_piece_and_as_a_stream() {
    let whole = "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"您好\"}}]}";
    let pieces = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n\
                  data: {\"choices\":[{\"delta\":{\"content\":\"您\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"好\"}}]}\n\n\
                  data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{}}\n\ndata: [DONE]\n\n";
    for (name, body, streams) in [
        ("openai-chat", whole, Value::Null),
        ("openai-chat-stream", pieces, json!(true)),
    ] {
        let (told, ended, request) = exchange(name, "/v1", body).await;
        assert_eq!((told, ended.as_str()), (vec!["您好".to_owned()], "complete"), "{name}");
        assert!(
            request.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"),
            "{request}"
        );
        assert!(
            request.contains(&format!("x-request-id: {}\r\n", message(7).id)),
            "{request}"
        );
        assert!(request.contains("authorization: Bearer none-needed\r\n"), "{request}");
        let sent = json_of(&request);
        assert_eq!(sent["stream"], streams);
        assert_eq!(
            sent["messages"],
            json!([{"role": "user", "content": "在吗"}, {"role": "assistant", "content": "在的"}, {"role": "user", "content": "到哪了?"}])
        );
        assert_eq!(
            exchange(name, "/v1", "{\"error\"").await.1.split(':').next(),
            Some("http error")
        );
    }
    assert_eq!(
        exchange("openai-chat", "/v1", "{\"error\": {\"message\": \"no quota\"}}")
            .await
            .1,
        "bot error: no quota"
    );
}

#[tokio::test]
async fn dify_keeps_its_conversation() {
    let event = |event: &str, answer: &str| {
        format!(
            "data: {}\n\n",
            json!({"event": event, "answer": answer, "conversation_id": "c1"})
        )
    };
    let body = [
        event("message", "您"),
        "event: ping\n\n".to_owned(),
        event("message", "好"),
        event("message_end", ""),
    ]
    .concat();
    let bot = Bot::always(vec![ok(&body)]).await;
    let line = open(
        &channel(shipped("dify-chat-stream"), json!({})),
        &format!("{}/dify", bot.url),
    )
    .unwrap();
    let mut captured = Default::default();
    for _ in 0..2 {
        let mut asking = message(7);
        asking.captured = std::mem::take(&mut captured);
        let (signals, finish) = ask(&line, asking).await;
        assert_eq!(
            (replies(&signals), short(&finish.ended).as_str()),
            (vec!["您好"], "complete")
        );
        captured = [("conversation_id".to_owned(), json!("c1"))].into_iter().collect();
        assert!(format!("{signals:?}").contains("Captured { name: \"conversation_id\", value: String(\"c1\") }"));
    }
    let requests = bot.seen.lock().unwrap().requests.clone();
    assert!(requests[0].starts_with("POST /dify/v1/chat-messages HTTP/1.1\r\n"));
    assert_eq!(json_of(&requests[0])["conversation_id"], "");
    assert_eq!(json_of(&requests[1])["conversation_id"], "c1");
    let failed = "data: {\"event\": \"error\", \"message\": \"overloaded\", \"status\": 400}\n\n";
    assert_eq!(
        exchange("dify-chat-stream", "", failed).await.1,
        "bot error: overloaded"
    );
    let failed = "data: {\"event\": \"workflow_finished\", \"data\": {\"error\": \"node failed\"}}\n\n";
    assert_eq!(
        exchange("dify-chat-stream", "", failed).await.1,
        "bot error: node failed"
    );
}

#[tokio::test]
async fn rasa_gives_a_list() {
    let (told, ended, request) = exchange(
        "rasa-rest",
        "",
        "[{\"recipient_id\": \"x\", \"text\": \"hi\"}, {\"image\": \"u\"}]",
    )
    .await;
    assert_eq!(
        (told, ended.as_str()),
        (vec!["hi".to_owned(), "[image]".to_owned()], "complete")
    );
    assert!(
        request.starts_with("POST /webhooks/rest/webhook HTTP/1.1\r\n"),
        "{request}"
    );
    assert_eq!(
        json_of(&request),
        json!({"sender": "throng-1-7", "message": "到哪了?", "metadata": {"channel": "web"}})
    );
    assert_eq!(exchange("rasa-rest", "", "[]").await.1, "empty");
}

#[tokio::test]
async fn wechat_is_signed_shakes_hands_and_reads_xml() {
    let xml = "<xml><ToUserName><![CDATA[x]]></ToUserName><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[好]]></Content></xml>";
    let (told, ended, request) = exchange("wechat-official-account", "/wechat", xml).await;
    assert_eq!((told, ended.as_str()), (vec!["好".to_owned()], "complete"));
    assert!(request.starts_with("POST /wechat?signature="), "{request}");
    assert!(request.contains("content-type: text/xml\r\n"), "{request}");
    for part in [
        "<FromUserName><![CDATA[throng-1-7]]></FromUserName>".to_owned(),
        "<Content><![CDATA[到哪了?]]></Content>".to_owned(),
        format!("<MsgId>{}</MsgId></xml>", message(7).id.number()),
    ] {
        assert!(request.contains(&part), "{request}");
    }
    for body in ["success", ""] {
        assert_eq!(exchange("wechat-official-account", "", body).await.1, "empty");
    }
    assert!(
        exchange("wechat-official-account", "", "oops")
            .await
            .1
            .starts_with("http error: answer is not XML")
    );
    let bot = Bot::always(vec![ok("no echo")]).await;
    let line = open(&channel(shipped("wechat-official-account"), json!({})), &bot.url).unwrap();
    let error = line.shake_hands().await.unwrap_err().to_string();
    assert!(
        error.contains("expected the answer `throng") && error.contains("found `no echo`"),
        "{error}"
    );
}
