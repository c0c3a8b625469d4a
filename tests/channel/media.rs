//! Pictures, voice messages and videos: how each shipped profile carries them, how a bot gets their bytes, and how it sends its own.

use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, channel};

use serde_json::{Value, json};
use throng::channel::{Line, Outgoing, Platform, PlatformCounts, Wiring};
use throng::conversation::MediaKind;
use throng::scenario::{self, LoadOptions};
use throng::wire::Media;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::bot::{Bot, Seen, ok};
use crate::lines::{ask, message, replies};

/// A channel of a shipped profile whose customers send pictures, and a bot that always answers the same.
struct Desk {
    bot: Bot,
    platform: Platform,
    line: Line,
    heard: Receiver<(String, Option<MediaKind>)>,
}

/// What a call was answered.
struct Answer {
    status: u16,
    kind: String,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

async fn desk(profile: &str, answer: &str) -> Desk {
    let bot = Bot::always(vec![ok(answer)]).await;
    let text = format!(
        "
scenario: pictures
seed: 1
target: {}
goals: beauty-shop
knowledge: beauty-shop
channels: [{{chat: {{profile: {profile}, share: 1}}}}]
customers: [{{persona: weekday-regular, goal: show-and-return, share: 1}}]
traffic: {{phases: [{{quiet: {{name: calm, for: 1s}}}}]}}
",
        bot.url
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pictures.yaml");
    std::fs::write(&file, text).unwrap();
    let scenario = scenario::load(file.to_str().unwrap(), &LoadOptions::default()).unwrap();
    let platform = Platform::open(&scenario, SocketAddr::from(([127, 0, 0, 1], 0)));
    let platform = platform.unwrap().unwrap();
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
    line.attend(7, move |called| {
        tell.send((called.said.text, called.said.media)).is_ok()
    });
    Desk {
        bot,
        platform,
        line,
        heard,
    }
}

fn sending(kind: MediaKind, text: &str) -> Outgoing {
    let message = message(7);
    Outgoing {
        customer_id: format!("throng-{}-7", message.id.run),
        text: text.to_owned(),
        media: Some(kind),
        ..message
    }
}

fn media(kind: MediaKind) -> Media {
    Media {
        kind,
        message: message(7).id,
    }
}

impl Desk {
    /// The body that the bot gets when customer 7 sends this.
    async fn pushed(&self, kind: MediaKind, text: &str) -> String {
        ask(&self.line, sending(kind, text)).await;
        let Seen { requests, .. } = &*self.bot.seen.lock().unwrap();
        requests.last().unwrap().split_once("\r\n\r\n").unwrap().1.to_owned()
    }

    async fn pushed_json(&self, kind: MediaKind, text: &str) -> Value {
        serde_json::from_str(&self.pushed(kind, text).await).unwrap()
    }

    /// Calls the platform; the path may be a whole URL of it.
    async fn call(&self, call: &str, headers: &str, body: &[u8]) -> Answer {
        let url = self.platform.url();
        let call = call.replacen(url, "", 1);
        let mut stream = tokio::net::TcpStream::connect(url.strip_prefix("http://").unwrap())
            .await
            .unwrap();
        let head = format!(
            "{call} HTTP/1.1\r\nHost: p\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        let kind = head.lines().find_map(|line| line.strip_prefix("content-type: "));
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            kind: kind.unwrap_or_default().to_owned(),
            body: answer[end + 4..].to_vec(),
        }
    }

    /// Fetches what must be the bytes of this media.
    async fn fetch(&self, call: &str, headers: &str, kind: MediaKind) {
        let got = self.call(call, headers, b"").await;
        assert_eq!((got.status, got.kind.as_str()), (200, media(kind).mime()), "{call}");
        assert_eq!(got.body, media(kind).bytes(), "{call}");
    }

    fn counts(&self) -> PlatformCounts {
        self.platform.office(0).unwrap().counts()
    }

    fn heard(&self) -> Vec<(String, Option<MediaKind>)> {
        self.heard.try_iter().collect()
    }
}

fn shown(kind: MediaKind) -> (String, Option<MediaKind>) {
    (kind.mark().to_owned(), Some(kind))
}

#[tokio::test]
async fn generic_json_names_an_address_that_throng_serves() {
    let desk = desk(
        "generic-json",
        r#"{"replies": [{"image": "https://x/1.png"}, {"text": "看到了"}]}"#,
    )
    .await;
    let (signals, finish) = ask(&desk.line, sending(MediaKind::Image, "这支能退吗")).await;
    assert!(!finish.may_be_answered, "its bot answers in the response alone");
    assert_eq!(replies(&signals), ["[image]", "看到了"]);
    let body = desk.pushed_json(MediaKind::Image, "这支能退吗").await;
    assert_eq!(
        (&body["text"], &body["media"]["kind"]),
        (&json!("这支能退吗"), &json!("image"))
    );
    let url = body["media"]["url"].as_str().unwrap();
    desk.fetch(&format!("GET {url}"), "", MediaKind::Image).await;
    let nothing = desk.call("GET /media/image-99999-7-1-1", "", b"").await;
    assert_eq!(nothing.status, 404);
    let counts = desk.counts();
    assert_eq!((counts.fetched, counts.refused["unknown_media"]), (1, 1));
}

#[tokio::test]
async fn words_alone_look_as_ever() {
    let desk = desk("generic-json", "{}").await;
    ask(&desk.line, message(7)).await;
    let requests = desk.bot.seen.lock().unwrap().requests.clone();
    assert!(requests[0].ends_with(r#""text":"到哪了?"}"#), "{}", requests[0]);
}

#[tokio::test]
async fn openai_gets_the_bytes_as_a_part() {
    let desk = desk("openai-chat", r#"{"choices": [{"message": {"content": "好"}}]}"#).await;
    let content = |body: &Value| body["messages"].as_array().unwrap().last().unwrap()["content"].clone();
    let picture = content(&desk.pushed_json(MediaKind::Image, "能退吗").await);
    assert!(
        picture[0]["image_url"]["url"]
            .as_str()
            .unwrap()
            .starts_with("data:image/png;base64,iVBORw0KGgo")
    );
    assert_eq!(picture[1], json!({"type": "text", "text": "能退吗"}));
    let voice = content(&desk.pushed_json(MediaKind::Voice, "能退吗").await);
    assert_eq!(voice[0]["input_audio"]["format"], "wav");
    assert_eq!(voice.as_array().unwrap().len(), 1);
    ask(&desk.line, message(7)).await;
    let requests = desk.bot.seen.lock().unwrap().requests.clone();
    let words = serde_json::from_str(requests[2].split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(content(&words), "到哪了?");
}

#[tokio::test]
async fn wechat_pushes_a_picture_by_address_and_id_and_a_voice_message_with_its_words() {
    let answer = "<xml><MsgType>image</MsgType><Image><MediaId>m</MediaId></Image></xml>";
    for profile in ["wechat-official-account", "wechat-official-account-custom-send"] {
        let desk = desk(profile, answer).await;
        let picture = desk.pushed(MediaKind::Image, "").await;
        assert!(picture.contains("<MsgType><![CDATA[image]]></MsgType>"), "{picture}");
        assert!(!picture.contains("<Content>"));
        let url = picture
            .split_once("<PicUrl><![CDATA[")
            .unwrap()
            .1
            .split_once("]]")
            .unwrap()
            .0;
        desk.fetch(&format!("GET {url}"), "", MediaKind::Image).await;
        let voice = desk.pushed(MediaKind::Voice, "发货没有").await;
        assert!(voice.contains("<Format><![CDATA[wav]]></Format>"), "{voice}");
        assert!(
            voice.contains("<Recognition><![CDATA[发货没有]]></Recognition>"),
            "{voice}"
        );
        let (signals, _) = ask(&desk.line, sending(MediaKind::Image, "")).await;
        assert_eq!(replies(&signals), ["[image]"]);
    }
}

#[tokio::test]
async fn wechat_gives_and_takes_media_by_its_token() {
    let desk = desk("wechat-official-account-custom-send", "success").await;
    let token = desk.call("GET /cgi-bin/token", "", b"").await.json()["access_token"].clone();
    let token = token.as_str().unwrap();
    let id = media(MediaKind::Voice).id();
    desk.fetch(
        &format!("GET /cgi-bin/media/get?access_token={token}&media_id={id}"),
        "",
        MediaKind::Voice,
    )
    .await;
    let refused = desk
        .call(&format!("GET /cgi-bin/media/get?access_token=x&media_id={id}"), "", b"")
        .await;
    assert_eq!(refused.json()["errcode"], 40001);
    let refused = desk
        .call(
            &format!("GET /cgi-bin/media/get?access_token={token}&media_id=nothing"),
            "",
            b"",
        )
        .await;
    assert_eq!(refused.json()["errcode"], 40007);
    let form = "Content-Type: multipart/form-data; boundary=b\r\n";
    let upload = format!("POST /cgi-bin/media/upload?access_token={token}&type=image");
    let taken = desk.call(&upload, form, &vec![7; 10 << 20]).await.json();
    assert_eq!(taken["type"], "image");
    let too_large = desk.call(&upload, form, &vec![7; (10 << 20) + 1]).await;
    assert_eq!(
        too_large.json()["errcode"],
        45001,
        "the bot hears why, though it was still sending"
    );
    assert_eq!(desk.call(&upload, form, b"").await.json()["errcode"], 47001);
    let counts = desk.counts();
    assert_eq!(
        (counts.uploads, counts.fetched, counts.refused["upload_too_large"]),
        (1, 1, 1)
    );
    ask(&desk.line, sending(MediaKind::Image, "")).await;
    let reply = json!({"touser": sending(MediaKind::Image, "").customer_id, "msgtype": "image", "image": {"media_id": taken["media_id"]}});
    let send = format!("POST /cgi-bin/message/custom/send?access_token={token}");
    let sent = desk
        .call(
            &send,
            "Content-Type: application/json\r\n",
            reply.to_string().as_bytes(),
        )
        .await;
    assert_eq!(sent.json()["errcode"], 0);
    assert_eq!(desk.heard(), [shown(MediaKind::Image)]);
}

#[tokio::test]
async fn telegram_gives_a_file_in_two_steps() {
    let desk = desk("telegram", "").await;
    let update = desk.pushed_json(MediaKind::Image, "能退吗").await;
    let message = &update["message"];
    assert_eq!(
        (&message["caption"], &message["text"]),
        (&json!("能退吗"), &Value::Null)
    );
    let id = message["photo"][0]["file_id"].as_str().unwrap();
    let voice = desk.pushed_json(MediaKind::Voice, "能退吗").await;
    assert_eq!(voice["message"]["voice"]["mime_type"], "audio/wav");
    assert_eq!(voice["message"]["caption"], Value::Null);
    let json_kind = "Content-Type: application/json\r\n";
    let asked = json!({"file_id": id}).to_string();
    let file = desk
        .call("POST /bot123456:throng/getFile", json_kind, asked.as_bytes())
        .await
        .json();
    assert_eq!(file["result"]["file_size"], media(MediaKind::Image).bytes().len());
    let path = file["result"]["file_path"].as_str().unwrap();
    desk.fetch(&format!("GET /file/bot123456:throng/{path}"), "", MediaKind::Image)
        .await;
    let wrong = desk
        .call("POST /bot123456:throng/getFile", json_kind, br#"{"file_id": "x"}"#)
        .await;
    assert_eq!(wrong.status, 400);
    let reply = json!({"chat_id": message["chat"]["id"], "photo": "https://x/1.png"}).to_string();
    let sent = desk
        .call("POST /bot123456:throng/sendPhoto", json_kind, reply.as_bytes())
        .await;
    assert_eq!(sent.json()["ok"], true);
    assert_eq!(desk.heard(), [shown(MediaKind::Image)]);
}

#[tokio::test]
async fn whatsapp_gives_an_address_for_an_id() {
    let desk = desk("whatsapp", "").await;
    let body = desk.pushed_json(MediaKind::Image, "能退吗").await;
    let message = &body["entry"][0]["changes"][0]["value"]["messages"][0];
    assert_eq!((&message["type"], &message["text"]), (&json!("image"), &Value::Null));
    assert_eq!(message["image"]["caption"], "能退吗");
    let voice = desk.pushed_json(MediaKind::Voice, "能退吗").await;
    assert_eq!(voice["entry"][0]["changes"][0]["value"]["messages"][0]["type"], "audio");
    let bearer = "Authorization: Bearer throng-token\r\n";
    let id = message["image"]["id"].as_str().unwrap();
    let told = desk.call(&format!("GET /v22.0/{id}"), bearer, b"").await.json();
    assert_eq!(told["sha256"], message["image"]["sha256"]);
    desk.fetch(
        &format!("GET {}", told["url"].as_str().unwrap()),
        bearer,
        MediaKind::Image,
    )
    .await;
    let form = format!("{bearer}Content-Type: multipart/form-data; boundary=b\r\n");
    let taken = desk
        .call("POST /v22.0/100000000000001/media", &form, b"--b--")
        .await
        .json();
    let too_large = desk
        .call("POST /v22.0/100000000000001/media", &form, &vec![0; 17 << 20])
        .await;
    assert_eq!(too_large.json()["error"]["code"], 131_053);
    let reply = json!({"to": message["from"], "type": "video", "video": {"id": taken["id"]}}).to_string();
    let headers = format!("{bearer}Content-Type: application/json\r\n");
    desk.call("POST /v22.0/100000000000001/messages", &headers, reply.as_bytes())
        .await;
    assert_eq!(desk.heard(), [shown(MediaKind::Video)]);
}

#[tokio::test]
async fn messenger_and_line_have_types_of_their_own() {
    let messenger = desk("messenger", "").await;
    let body = messenger.pushed_json(MediaKind::Voice, "").await;
    let attachment = &body["entry"][0]["messaging"][0]["message"]["attachments"][0];
    assert_eq!(attachment["type"], "audio");
    let url = attachment["payload"]["url"].as_str().unwrap();
    messenger.fetch(&format!("GET {url}"), "", MediaKind::Voice).await;
    let headers = "Authorization: Bearer throng-token\r\nContent-Type: application/json\r\n";
    let to = body["entry"][0]["messaging"][0]["sender"]["id"].clone();
    let reply = json!({"recipient": {"id": to}, "message": {"attachment": {"type": "image", "payload": {"url": "u"}}}});
    messenger
        .call("POST /v22.0/me/messages", headers, reply.to_string().as_bytes())
        .await;
    assert_eq!(messenger.heard(), [shown(MediaKind::Image)]);

    let line = desk("line", "").await;
    let event = line.pushed_json(MediaKind::Video, "").await["events"][0].clone();
    assert_eq!(
        (&event["message"]["type"], &event["message"]["contentProvider"]["type"]),
        (&json!("video"), &json!("line"))
    );
    let id = event["message"]["id"].as_str().unwrap();
    line.fetch(&format!("GET /v2/bot/message/{id}/content"), headers, MediaKind::Video)
        .await;
    let reply = json!({"replyToken": event["replyToken"], "messages": [{"type": "image", "originalContentUrl": "u"}]});
    line.call("POST /v2/bot/message/reply", headers, reply.to_string().as_bytes())
        .await;
    assert_eq!(line.heard(), [shown(MediaKind::Image)]);
}
