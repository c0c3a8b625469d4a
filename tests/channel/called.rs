//! The shipped profiles whose bots reply by calls: what the bot gets, and what its calls do.

use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, channel};

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha1::{Digest, Sha1};
use sha2::Sha256;
use throng::channel::{Ended, Finish, Line, Outgoing, Platform, Wiring};
use throng::conversation::MessageId;
use throng::scenario::{self, LoadOptions, Scenario, Span};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::bot::{Bot, Seen, ok, status};
use crate::lines::{ask, message};

/// A channel of a shipped profile with customer 7 there, and a bot that acknowledges.
pub(crate) struct Desk {
    pub(crate) bot: Bot,
    platform: Platform,
    pub(crate) line: Line,
    heard: Receiver<(Option<(u16, u16)>, String)>,
}

pub(crate) async fn desk(profile: &str, acknowledgement: &str) -> Desk {
    let bot = Bot::always(vec![ok(acknowledgement)]).await;
    desk_with(profile, bot)
}

pub(crate) fn desk_with(profile: &str, bot: Bot) -> Desk {
    changed_desk(profile, bot, |_| {})
}

/// The same with something else in its scenario.
fn changed_desk(profile: &str, bot: Bot, change: impl FnOnce(&mut Scenario)) -> Desk {
    let text = format!(
        "
scenario: platforms
seed: 1
target: {}
goals: beauty-shop
knowledge: beauty-shop
channels: [{{chat: {{profile: {profile}, share: 1}}}}]
customers: [{{persona: weekday-regular, goal: check-coupon, share: 1}}]
traffic: {{phases: [{{quiet: {{name: calm, for: 1s}}}}]}}
",
        bot.url
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("platforms.yaml");
    std::fs::write(&file, text).unwrap();
    let mut scenario = scenario::load(file.to_str().unwrap(), &LoadOptions::default()).unwrap();
    change(&mut scenario);
    let platform = Platform::open(&scenario, SocketAddr::from(([127, 0, 0, 1], 0)))
        .unwrap()
        .unwrap();
    let wiring = Wiring {
        target: bot.url.clone(),
        allowed_hosts: Vec::new(),
        loopback_sources: 0,
        office: platform.office(0).cloned(),
        sockets: Default::default(),
        hang_ups: Default::default(),
    };
    let line = Line::open(&scenario.channels[0], &wiring).unwrap();
    let (tell, heard) = channel();
    line.attend(7, move |called| tell.send((called.answers, called.said.text)).is_ok());
    Desk {
        bot,
        platform,
        line,
        heard,
    }
}

impl Desk {
    /// Sends the message of customer 7; gives the finish and the request as the bot saw it.
    pub(crate) async fn send(&self) -> (Finish, String) {
        let (_, finish) = ask(&self.line, asking()).await;
        let Seen { requests, .. } = &*self.bot.seen.lock().unwrap();
        (finish, requests.last().unwrap().clone())
    }

    /// Sends it to a bot that only acknowledges, and gives the body that the bot saw.
    async fn pushed(&self) -> (String, Value) {
        let (finish, request) = self.send().await;
        assert_eq!(
            (&finish.ended, finish.may_be_answered, finish.deliveries),
            (&Ended::Empty, true, 1)
        );
        let body = request.split_once("\r\n\r\n").unwrap().1;
        (request.clone(), serde_json::from_str(body).unwrap_or(Value::Null))
    }

    /// Calls the platform's API.
    pub(crate) async fn call(&self, call: &str, headers: &str, body: &Value) -> (u16, Value) {
        let address = self.platform.url().strip_prefix("http://").unwrap();
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let head =
            format!("{call} HTTP/1.1\r\nHost: p\r\nConnection: close\r\nContent-Type: application/json\r\n{headers}");
        let request = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    }

    pub(crate) fn heard(&self) -> Vec<(Option<(u16, u16)>, String)> {
        self.heard.try_iter().collect()
    }

    pub(crate) fn refused(&self) -> Vec<(String, u64)> {
        self.platform.office(0).unwrap().counts().refused.into_iter().collect()
    }
}

/// What customer 7 asks, under the id that a run gives them.
pub(crate) fn asking() -> Outgoing {
    let message = message(7);
    Outgoing {
        customer_id: format!("throng-{}-7", message.id.run),
        ..message
    }
}

pub(crate) fn place() -> Option<(u16, u16)> {
    let MessageId { turn, fragment, .. } = message(7).id;
    Some((turn, fragment))
}

fn header<'a>(request: &'a str, name: &str) -> &'a str {
    let mut lines = request.split("\r\n");
    let line = lines.find_map(|line| {
        line.split_once(": ")
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
    });
    line.unwrap_or_else(|| panic!("no {name} in {request}")).1
}

fn hmac_sha256(key: &str, text: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    let code = mac.finalize().into_bytes();
    code.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sha1(text: &str) -> String {
    Sha1::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn telegram() {
    let desk = desk("telegram", "").await;
    let (_, update) = desk.pushed().await;
    let chat = message(7).id.run.numeric_id(7);
    assert_eq!(
        (&update["message"]["chat"]["id"], &update["message"]["text"]),
        (&json!(chat), &json!("到哪了?"))
    );
    assert_eq!(update["message"]["message_id"], message(7).id.place());
    let call = "POST /bot123456:throng/sendMessage";
    let reply =
        json!({"chat_id": chat, "text": "在路上", "reply_parameters": {"message_id": update["message"]["message_id"]}});
    assert_eq!(desk.call(call, "", &reply).await.1["ok"], true);
    assert_eq!(desk.heard(), [(place(), "在路上".to_owned())]);
    let username = desk.call("GET /bot123456:throng/getMe", "", &Value::Null).await.1["result"]["username"].clone();
    assert_eq!(username, "throng_bot");
}

#[tokio::test]
async fn telegram_may_answer_in_the_response() {
    let bot = Bot::always(vec![ok(
        "{\"method\": \"sendMessage\", \"chat_id\": 1, \"text\": \"在路上\"}",
    )])
    .await;
    let desk = desk_with("telegram", bot);
    let (finish, _) = desk.send().await;
    assert_eq!((finish.ended, finish.may_be_answered), (Ended::Complete, true));
}

#[tokio::test]
async fn telegram_get_updates() {
    let desk = desk("telegram-get-updates", "").await;
    let sending = ask(&desk.line, asking());
    let polling = async {
        let poll = |offset: u64| json!({"offset": offset, "timeout": 5});
        let call = "POST /bot123456:throng/getUpdates";
        let (_, first) = desk.call(call, "", &poll(0)).await;
        let (_, again) = desk.call(call, "", &poll(0)).await;
        assert_eq!(first, again, "until it is confirmed");
        let update = first["result"][0].clone();
        let confirmed = json!({"offset": update["update_id"].as_u64().unwrap() + 1, "timeout": 0});
        let (_, rest) = desk.call(call, "", &confirmed).await;
        assert_eq!(rest["result"], json!([]));
        update
    };
    let ((signals, finish), update) = tokio::join!(sending, polling);
    assert_eq!(
        (finish.ended, finish.deliveries, finish.may_be_answered),
        (Ended::Empty, 2, true)
    );
    assert_eq!(signals.len(), 1, "a sign of life");
    assert_eq!(update["message"]["text"], "到哪了?");
    let reply = json!({"chat_id": update["message"]["chat"]["id"], "text": "在路上"});
    desk.call("POST /bot123456:throng/sendMessage", "", &reply).await;
    assert_eq!(desk.heard(), [(None, "在路上".to_owned())]);
}

#[tokio::test(start_paused = true)]
async fn a_message_that_the_bot_never_asks_for_is_silence() {
    let desk = desk("telegram-get-updates", "").await;
    let (_, finish) = ask(&desk.line, asking()).await;
    assert_eq!(
        (finish.ended, finish.deliveries, finish.may_be_answered),
        (Ended::Silent, 0, true)
    );
}

#[tokio::test]
async fn douyin_im() {
    let desk = desk("douyin-im", "").await;
    let (request, event) = desk.pushed().await;
    let body = request.split_once("\r\n\r\n").unwrap().1;
    assert_eq!(
        header(&request, "x-douyin-signature"),
        sha1(&format!("throng-secret{body}"))
    );
    let content: Value = serde_json::from_str(event["content"].as_str().unwrap()).unwrap();
    assert_eq!(
        (&event["event"], &content["text"]),
        (&json!("im_receive_msg"), &json!("到哪了?"))
    );
    let reply = json!({"msg_id": content["server_message_id"], "conversation_id": content["conversation_short_id"],
                       "to_user_id": event["from_user_id"], "content": {"msg_type": 1, "text": {"text": "明天送达"}}});
    let send = "POST /im/send/msg/?open_id=throng-shop";
    assert_eq!(
        desk.call(send, "access-token: stolen\r\n", &reply).await.1["err_no"],
        28_001_008
    );
    let (_, token) = desk
        .call("POST /oauth/client_token/", "", &json!({"client_key": "throng-app"}))
        .await;
    let shown = format!("access-token: {}\r\n", token["data"]["access_token"].as_str().unwrap());
    let mut errors = Vec::new();
    for _ in 0..8 {
        errors.push(desk.call(send, &shown, &reply).await.1["err_no"].clone());
    }
    assert_eq!(errors, [0, 0, 0, 0, 0, 0, 28_003_070, 28_003_070]);
    assert_eq!(desk.heard(), vec![(place(), "明天送达".to_owned()); 6]);
    assert_eq!(
        desk.refused(),
        [("bad_token".to_owned(), 1), ("over_frequency".to_owned(), 2)]
    );
}

/// A token from `path`, and what a reply with it is answered at `send`; `TOKEN` in that stands for it.
async fn reply_with(desk: &Desk, send: &str, token: &str, reply: &Value) -> Value {
    let header = format!("authorization: Bearer {token}\r\n");
    desk.call(&send.replace("TOKEN", token), &header, reply).await.1
}

#[tokio::test]
async fn an_expired_token_is_told_from_a_wrong_one_where_the_platform_does_and_counted_apart_on_all() {
    let message = asking();
    let wechat = json!({"touser": message.customer_id, "msgtype": "text", "text": {"content": "在路上"}});
    let feishu = json!({"receive_id": message.customer_id, "msg_type": "text", "content": "{\"text\": \"在路上\"}"});
    for (profile, fetch, key, send, reply, code, wrong, expired) in [
        (
            "wechat-official-account-custom-send",
            "GET /cgi-bin/token",
            "access_token",
            "POST /cgi-bin/message/custom/send?access_token=TOKEN",
            &wechat,
            "errcode",
            40_001,
            42_001,
        ),
        (
            "feishu",
            "POST /open-apis/auth/v3/tenant_access_token/internal",
            "tenant_access_token",
            "POST /open-apis/im/v1/messages",
            &feishu,
            "code",
            99_991_663,
            99_991_663,
        ),
    ] {
        let bot = Bot::always(vec![ok("")]).await;
        let desk = changed_desk(profile, bot, |scenario| {
            let serve = scenario.channels[0].profile.serve.as_mut().unwrap();
            serve.token_lasts = Some(Span::seconds(0.2));
        });
        let token = desk.call(fetch, "", &json!({})).await.1[key]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(reply_with(&desk, send, &token, reply).await[code], 0, "{profile}");
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(reply_with(&desk, send, &token, reply).await[code], expired, "{profile}");
        assert_eq!(reply_with(&desk, send, "live", reply).await[code], wrong, "{profile}");
        let refused = [("bad_token".to_owned(), 1), ("expired_token".to_owned(), 1)];
        assert_eq!(desk.refused(), refused, "{profile}");
        assert_eq!(desk.heard().len(), 1, "{profile}");
    }
}

#[tokio::test]
async fn a_fault_that_says_that_the_token_has_expired_ends_it() {
    let bot = Bot::always(vec![ok("")]).await;
    let desk = changed_desk("wechat-official-account-custom-send", bot, |scenario| {
        scenario.channels[0].platform_faults = [("expired_token".to_owned(), 0.5)].into();
    });
    let reply = json!({"touser": asking().customer_id, "msgtype": "text", "text": {"content": "在路上"}});
    let send = "POST /cgi-bin/message/custom/send?access_token=TOKEN";
    let token = || async { desk.call("GET /cgi-bin/token", "", &Value::Null).await.1["access_token"].clone() };
    let first = token().await.as_str().unwrap().to_owned();
    while reply_with(&desk, send, &first, &reply).await["errcode"] == 0 {}
    for _ in 0..3 {
        assert_eq!(
            reply_with(&desk, send, &first, &reply).await["errcode"],
            42_001,
            "it is over"
        );
    }
    let counts = desk.platform.office(0).unwrap().counts();
    assert_eq!(
        (counts.faults["expired_token"], counts.refused["expired_token"]),
        (1, 3)
    );
    let second = token().await.as_str().unwrap().to_owned();
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(reply_with(&desk, send, &second, &reply).await["errcode"].clone());
    }
    assert!(answers.contains(&json!(0)), "a new one helps: {answers:?}");
}

#[tokio::test]
async fn douyin_shakes_hands_with_a_signed_challenge() {
    let desk = desk("douyin-im", "{\"challenge\":12345}").await;
    desk.line.shake_hands().await.unwrap();
    let request = desk.bot.seen.lock().unwrap().requests[0].clone();
    let body = request.split_once("\r\n\r\n").unwrap().1;
    assert_eq!(
        header(&request, "x-douyin-signature"),
        sha1(&format!("throng-secret{body}"))
    );
    let wrong = desk_with("douyin-im", Bot::always(vec![status("403 Forbidden", "", "")]).await);
    assert!(
        wrong
            .line
            .shake_hands()
            .await
            .unwrap_err()
            .to_string()
            .contains("HTTP 403")
    );
}

#[tokio::test]
async fn wechat_by_custom_send() {
    let desk = desk("wechat-official-account-custom-send", "success").await;
    let (request, _) = desk.pushed().await;
    let customer = asking().customer_id;
    assert!(
        request.contains(&format!("<FromUserName><![CDATA[{customer}]]></FromUserName>")),
        "{request}"
    );
    let reply = json!({"touser": customer, "msgtype": "text", "text": {"content": "明天送达"}});
    let send = |token: &str| format!("POST /cgi-bin/message/custom/send?access_token={token}");
    assert_eq!(desk.call(&send("stolen"), "", &reply).await.1["errcode"], 40_001);
    let (_, token) = desk
        .call(
            "GET /cgi-bin/token?grant_type=client_credential&appid=a&secret=b",
            "",
            &Value::Null,
        )
        .await;
    let send = send(token["access_token"].as_str().unwrap());
    let mut errors = Vec::new();
    for _ in 0..7 {
        errors.push(desk.call(&send, "", &reply).await.1["errcode"].clone());
    }
    assert_eq!(errors, [0, 0, 0, 0, 0, 45_047, 45_047]);
    assert_eq!(desk.heard(), vec![(None, "明天送达".to_owned()); 5]);
    let nobody = json!({"touser": "oSomebody", "msgtype": "text", "text": {"content": "x"}});
    assert_eq!(desk.call(&send, "", &nobody).await.1["errcode"], 40_003);
}

#[tokio::test]
async fn whatsapp() {
    let desk = desk("whatsapp", "").await;
    let (request, event) = desk.pushed().await;
    assert!(header(&request, "x-hub-signature-256").starts_with("sha256="));
    let value = &event["entry"][0]["changes"][0]["value"];
    assert_eq!(value["messages"][0]["text"]["body"], "到哪了?");
    let (from, id) = (value["messages"][0]["from"].clone(), value["messages"][0]["id"].clone());
    let call = "POST /v22.0/100000000000001/messages";
    let shown = "Authorization: Bearer throng-token\r\n";
    let read = json!({"messaging_product": "whatsapp", "status": "read", "message_id": id});
    assert_eq!(desk.call(call, shown, &read).await.0, 200);
    let reply = json!({"to": from, "type": "text", "text": {"body": "a"}});
    assert_eq!(desk.call(call, shown, &reply).await.0, 200);
    let reply =
        json!({"recipient": value["contacts"][0]["user_id"], "text": {"body": "b"}, "context": {"message_id": id}});
    assert_eq!(desk.call(call, shown, &reply).await.0, 200);
    assert_eq!(desk.call(call, "", &reply).await.0, 401);
    assert_eq!(desk.heard(), [(None, "a".to_owned()), (place(), "b".to_owned())]);
}

#[tokio::test]
async fn messenger() {
    let desk = desk("messenger", "").await;
    let (request, event) = desk.pushed().await;
    assert!(header(&request, "x-hub-signature-256").starts_with("sha256="));
    let sender = event["entry"][0]["messaging"][0]["sender"]["id"].clone();
    let call = "POST /v22.0/me/messages?access_token=throng-token";
    let typing = json!({"recipient": {"id": sender}, "sender_action": "typing_on"});
    assert_eq!(desk.call(call, "", &typing).await.0, 200);
    let reply = json!({"recipient": {"id": sender}, "message": {"text": "a"}});
    assert_eq!(desk.call(call, "", &reply).await.1["recipient_id"], sender);
    assert_eq!(desk.call("POST /v22.0/me/messages", "", &reply).await.0, 401);
    assert_eq!(desk.heard(), [(None, "a".to_owned())]);
}

#[tokio::test]
async fn instagram() {
    let desk = desk("instagram", "").await;
    let (request, event) = desk.pushed().await;
    assert!(header(&request, "x-hub-signature-256").starts_with("sha256="));
    assert_eq!(event["object"], "instagram");
    let sender = event["entry"][0]["messaging"][0]["sender"]["id"].clone();
    let reply = json!({"recipient": {"id": sender}, "message": {"text": "a"}});
    let call = "POST /v22.0/me/messages?access_token=throng-token";
    assert_eq!(desk.call(call, "", &reply).await.1["recipient_id"], sender);
    assert_eq!(desk.call("POST /v22.0/me/messages", "", &reply).await.0, 401);
    assert_eq!(desk.heard(), [(None, "a".to_owned())]);
}

#[tokio::test]
async fn chatwoot() {
    let desk = desk("chatwoot", "").await;
    let (_, event) = desk.pushed().await;
    assert_eq!(
        (&event["event"], &event["content"], &event["message_type"]),
        (&json!("message_created"), &json!("到哪了?"), &json!("incoming"))
    );
    let call = format!(
        "POST /api/v1/accounts/1/conversations/{}/messages",
        event["conversation"]["id"]
    );
    let shown = "api_access_token: throng-token\r\n";
    let note = json!({"content": "for the team", "message_type": "outgoing", "private": true});
    assert_eq!(desk.call(&call, shown, &note).await.0, 200);
    let reply =
        json!({"content": "在路上", "message_type": "outgoing", "content_attributes": {"in_reply_to": event["id"]}});
    assert_eq!(desk.call(&call, shown, &reply).await.1["content"], "在路上");
    let plain = json!({"content": "您好", "private": false});
    assert_eq!(desk.call(&call, shown, &plain).await.0, 200);
    assert_eq!(desk.call(&call, "", &reply).await.0, 401);
    let typing = call.replace("messages", "toggle_typing_status");
    assert_eq!(desk.call(&typing, shown, &json!({"typing_status": "on"})).await.0, 200);
    assert_eq!(
        desk.heard(),
        [(place(), "在路上".to_owned()), (None, "您好".to_owned())]
    );
}

#[tokio::test]
async fn slack() {
    let desk = desk("slack", "").await;
    let (request, event) = desk.pushed().await;
    let body = request.split_once("\r\n\r\n").unwrap().1;
    let signed = format!("v0:{}:{body}", header(&request, "x-slack-request-timestamp"));
    assert_eq!(
        header(&request, "x-slack-signature"),
        format!("v0={}", hmac_sha256("throng-secret", &signed))
    );
    assert!(!request.to_lowercase().contains("x-slack-retry"), "{request}");
    let said = &event["event"];
    assert_eq!((&said["type"], &said["text"]), (&json!("message"), &json!("到哪了?")));
    assert_eq!(said["client_msg_id"], message(7).id.to_string());
    let shown = "Authorization: Bearer xoxb-throng\r\n";
    let (_, test) = desk.call("POST /api/auth.test", shown, &Value::Null).await;
    assert_eq!(test["user_id"], "U0THRONGBOT");
    let post = "POST /api/chat.postMessage";
    let reply = json!({"channel": said["channel"], "text": "在路上"});
    let (_, posted) = desk.call(post, shown, &reply).await;
    assert_eq!(
        (&posted["ok"], &posted["message"]["text"]),
        (&json!(true), &json!("在路上"))
    );
    let threaded = json!({"channel": said["channel"], "text": "明天", "thread_ts": said["ts"]});
    assert_eq!(desk.call(post, shown, &threaded).await.1["ok"], true);
    let edited = json!({"channel": said["channel"], "text": "后天", "ts": posted["ts"]});
    assert_eq!(desk.call("POST /api/chat.update", shown, &edited).await.1["ok"], true);
    assert_eq!(desk.call(post, "", &reply).await.1["error"], "invalid_auth");
    let nobody = json!({"channel": "D0SOMEBODY", "text": "x"});
    assert_eq!(desk.call(post, shown, &nobody).await.1["error"], "channel_not_found");
    let (status, answer) = desk.call("POST /api/views.open", shown, &json!({})).await;
    assert_eq!((status, &answer["error"]), (200, &json!("unknown_method")));
    let said = |text: &str| text.to_owned();
    assert_eq!(
        desk.heard(),
        [(None, said("在路上")), (place(), said("明天")), (None, said("后天"))]
    );
}

#[tokio::test]
async fn slack_says_which_redelivery_it_is_and_why() {
    let bot = Bot::always(vec![status("500 Internal Server Error", "", "")]).await;
    let desk = desk_with("slack", bot);
    let (finish, _) = desk.send().await;
    assert_eq!(
        finish.deliveries, 2,
        "the third would come after a minute, when nobody listens any more"
    );
    let requests = desk.bot.seen.lock().unwrap().requests.clone();
    assert_eq!(header(&requests[1], "x-slack-retry-num"), "1");
    assert_eq!(header(&requests[1], "x-slack-retry-reason"), "http_error");
}

#[tokio::test]
async fn slack_asks_for_its_challenge_before_the_load() {
    let desk = desk("slack", "throng-challenge").await;
    desk.line.shake_hands().await.unwrap();
    let request = desk.bot.seen.lock().unwrap().requests[0].clone();
    assert!(request.contains("\"type\":\"url_verification\""), "{request}");
    assert!(header(&request, "x-slack-signature").starts_with("v0="));
}

#[tokio::test]
async fn line() {
    let desk = desk("line", "").await;
    let (request, event) = desk.pushed().await;
    assert!(!header(&request, "x-line-signature").is_empty());
    let event = &event["events"][0];
    let shown = "Authorization: Bearer throng-token\r\n";
    let reply = json!({"replyToken": event["replyToken"], "messages": [{"type": "text", "text": "a"}]});
    let (_, answer) = desk.call("POST /v2/bot/message/reply", shown, &reply).await;
    assert!(answer["sentMessages"][0]["id"].is_string());
    let push = json!({"to": event["source"]["userId"], "messages": [{"type": "text", "text": "b"}]});
    assert_eq!(desk.call("POST /v2/bot/message/push", shown, &push).await.0, 200);
    assert_eq!(desk.heard(), [(place(), "a".to_owned()), (None, "b".to_owned())]);
}

#[tokio::test]
async fn feishu() {
    let desk = desk("feishu", "{}").await;
    let (_, event) = desk.pushed().await;
    let (_, token) = desk
        .call("POST /open-apis/auth/v3/tenant_access_token/internal", "", &json!({}))
        .await;
    let shown = format!(
        "Authorization: Bearer {}\r\n",
        token["tenant_access_token"].as_str().unwrap()
    );
    let id = event["event"]["message"]["message_id"].as_str().unwrap();
    let reply = json!({"msg_type": "text", "content": json!({"text": "明天送达"}).to_string()});
    let call = format!("POST /open-apis/im/v1/messages/{id}/reply");
    assert_eq!(desk.call(&call, &shown, &reply).await.1["code"], 0);
    assert_eq!(desk.call(&call, "", &reply).await.1["code"], 99_991_663);
    assert_eq!(desk.heard(), [(place(), "明天送达".to_owned())]);
}

#[tokio::test]
async fn dingtalk() {
    let desk = desk("dingtalk", "").await;
    let (request, event) = desk.pushed().await;
    assert!(!header(&request, "sign").is_empty() && !header(&request, "timestamp").is_empty());
    let webhook = event["sessionWebhook"].as_str().unwrap();
    let path = webhook.strip_prefix(desk.platform.url()).unwrap();
    let reply = json!({"msgtype": "text", "text": {"content": "明天送达"}});
    assert_eq!(desk.call(&format!("POST {path}"), "", &reply).await.1["errcode"], 0);
    let reply = json!({"msgtype": "markdown", "markdown": {"title": "t", "text": "# 明天"}});
    desk.call(&format!("POST {path}"), "", &reply).await;
    assert_eq!(
        desk.heard(),
        [(place(), "明天送达".to_owned()), (place(), "# 明天".to_owned())]
    );
}
