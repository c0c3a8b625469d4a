//! Messages that the bot reads from its cursor on, once it was told that there are some: WeChat Customer Service.

use serde_json::{Value, json};
use throng::channel::Ended;

use crate::bot::{Act, Bot, ok, status};
use crate::called::{Desk, asking, desk, desk_with};
use crate::lines::ask;
use crate::platforms::encrypted::{COMPANY, OFFICIAL, between};
use crate::platforms::exchange::query_of;

const SYNC: &str = "POST /cgi-bin/kf/sync_msg?access_token=";
const SEND: &str = "POST /cgi-bin/kf/send_msg?access_token=";

async fn token(desk: &Desk) -> String {
    let (_, given) = desk
        .call("GET /cgi-bin/gettoken?corpid=x&corpsecret=y", "", &Value::Null)
        .await;
    given["access_token"].as_str().unwrap().to_owned()
}

async fn sync(desk: &Desk, token: &str, cursor: &str) -> Value {
    let call = format!("{SYNC}{token}");
    desk.call(&call, "", &json!({"cursor": cursor, "token": "ENC", "limit": 1000}))
        .await
        .1
}

#[tokio::test]
async fn the_bot_is_told_and_reads_and_replies() {
    let desk = desk("wecom-customer-service", "success").await;
    let token = token(&desk).await;
    let reading = async {
        desk.bot.until(|seen| !seen.requests.is_empty()).await;
        sync(&desk, &token, "").await
    };
    let ((_, finish), page) = tokio::join!(ask(&desk.line, asking()), reading);
    assert_eq!(
        (finish.ended, finish.deliveries, finish.may_be_answered),
        (Ended::Empty, 1, true)
    );
    assert_eq!(
        (&page["errcode"], &page["has_more"], &page["next_cursor"]),
        (&json!(0), &json!(0), &json!("1"))
    );
    let message = &page["msg_list"][0];
    assert_eq!(
        (&message["origin"], &message["text"]["content"]),
        (&json!(3), &json!("到哪了?"))
    );
    let again = sync(&desk, &token, "").await;
    assert_eq!(
        again["msg_list"], page["msg_list"],
        "a cursor is only a place to read from"
    );
    let beyond = sync(&desk, &token, "1").await;
    assert_eq!((&beyond["msg_list"], &beyond["next_cursor"]), (&json!([]), &json!("1")));

    let reply = json!({"touser": message["external_userid"], "open_kfid": message["open_kfid"], "msgtype": "text", "text": {"content": "在路上"}});
    let mut codes = Vec::new();
    for _ in 0..6 {
        codes.push(desk.call(&format!("{SEND}{token}"), "", &reply).await.1["errcode"].clone());
    }
    assert_eq!(codes, [0, 0, 0, 0, 0, 95_001], "five for one message");
    assert_eq!(desk.heard(), vec![(None, "在路上".to_owned()); 5]);
    let stranger = json!({"touser": "wmStranger", "text": {"content": "?"}});
    assert_eq!(
        desk.call(&format!("{SEND}{token}"), "", &stranger).await.1["errcode"],
        40_096
    );
    assert_eq!(sync(&desk, "stolen", "").await["errcode"], 40_014);
    assert_eq!(
        desk.refused(),
        [("bad_token", 1), ("over_count", 1), ("unknown_customer", 1)].map(|(name, count)| (name.to_owned(), count))
    );
}

#[tokio::test]
async fn what_is_pushed_is_an_encrypted_event_without_the_message() {
    let bot = Bot::always(vec![status("403 Forbidden", "", "")]).await;
    let desk = desk_with("wecom-customer-service", bot);
    let (finish, request) = desk.send().await;
    assert_eq!((finish.deliveries, finish.may_be_answered), (4, false));
    assert!(matches!(finish.ended, Ended::HttpError(words) if words == "HTTP 403"));
    let (query, sealed) = (query_of(&request), between(&request, "<Encrypt><![CDATA[", "]]>"));
    assert_eq!(
        query["msg_signature"],
        COMPANY.signature([&query["timestamp"], &query["nonce"], sealed])
    );
    let event = COMPANY.open(sealed);
    for part in [
        "<Event><![CDATA[kf_msg_or_event]]></Event>",
        "<OpenKfId><![CDATA[wkthrong]]></OpenKfId>",
        "<Token><![CDATA[ENC",
    ] {
        assert!(event.contains(part), "{event}");
    }
    assert!(!event.contains("到哪了"), "the message waits in the mailbox");
}

#[tokio::test(start_paused = true)]
async fn a_bot_that_was_told_and_never_asks_is_silent_and_one_that_cannot_be_told_says_why() {
    let told = desk("wecom-customer-service", "success").await;
    let (_, finish) = ask(&told.line, asking()).await;
    assert_eq!((finish.ended, finish.deliveries), (Ended::Silent, 1));
    let gone = desk_with("wecom-customer-service", Bot::always(vec![Act::Reset]).await);
    let (_, finish) = ask(&gone.line, asking()).await;
    assert!(matches!(finish.ended, Ended::ConnectionLost(_)), "{finish:?}");
}

#[tokio::test]
async fn a_mini_program_and_a_shop_push_in_json_or_xml_in_the_clear_or_encrypted() {
    for (profile, settings, is_sealed) in [
        ("wechat-mini-program", json!({}), false),
        (
            "wechat-mini-program",
            json!({"aes_key": "throngthrongthrongthrongthrongthrongthrongA"}),
            true,
        ),
        ("wechat-mini-program", json!({"format": "xml"}), false),
        (
            "wechat-mini-program",
            json!({"format": "xml", "aes_key": "throngthrongthrongthrongthrongthrongthrongA"}),
            true,
        ),
        ("wechat-shop", json!({}), false),
        (
            "wechat-shop",
            json!({"aes_key": "throngthrongthrongthrongthrongthrongthrongA"}),
            true,
        ),
    ] {
        let bot = Bot::always(vec![ok("success")]).await;
        let line = crate::platforms::exchange::opened(profile, settings.clone(), &bot.url).unwrap();
        let (_, finish) = ask(&line, asking()).await;
        assert_eq!(finish.ended, Ended::Empty, "{profile} {settings}");
        let request = bot.seen.lock().unwrap().requests[0].clone();
        let (body, query) = (request.split_once("\r\n\r\n").unwrap().1, query_of(&request));
        let plain = match is_sealed {
            false => body.to_owned(),
            true => {
                let sealed = match body.starts_with('{') {
                    true => serde_json::from_str::<Value>(body).unwrap()["Encrypt"]
                        .as_str()
                        .unwrap()
                        .to_owned(),
                    false => between(body, "<Encrypt><![CDATA[", "]]>").to_owned(),
                };
                let signature = OFFICIAL.signature([&query["timestamp"], &query["nonce"], &sealed]);
                assert_eq!(
                    (query["encrypt_type"].as_str(), &query["msg_signature"]),
                    ("aes", &signature)
                );
                OFFICIAL.open(&sealed)
            }
        };
        let text = match serde_json::from_str::<Value>(&plain) {
            Ok(json) if profile == "wechat-shop" => json["text"]["content"].clone(),
            Ok(json) => json["Content"].clone(),
            Err(_) => between(&plain, "<Content><![CDATA[", "]]>").into(),
        };
        assert_eq!(text, "到哪了?", "{profile} {settings}: {plain}");
    }
}

#[tokio::test]
async fn a_shop_a_mini_program_and_rasa_are_answered_by_their_calls() {
    for (profile, take_token, call, reply) in [
        (
            "wechat-shop",
            true,
            "POST /channels/ec/commkf/sendmsg?access_token=",
            json!({"request_id": "r", "open_id": "ID", "msg_type": "text", "text": {"content": "好"}}),
        ),
        (
            "wechat-mini-program",
            true,
            "POST /cgi-bin/message/custom/send?access_token=",
            json!({"touser": "ID", "msgtype": "text", "text": {"content": "好"}}),
        ),
        (
            "rasa-callback",
            false,
            "POST /rasa-callback?x=",
            json!({"recipient_id": "ID", "text": "好"}),
        ),
    ] {
        let desk = desk(profile, "success").await;
        let (finish, _) = desk.send().await;
        assert_eq!(
            (finish.ended, finish.may_be_answered),
            (Ended::Empty, true),
            "{profile}"
        );
        let token = match take_token {
            true => desk
                .call("GET /cgi-bin/token?appid=x&secret=y", "", &Value::Null)
                .await
                .1["access_token"]
                .clone(),
            false => json!(""),
        };
        let reply = serde_json::from_str(&reply.to_string().replace("ID", &asking().customer_id)).unwrap();
        let call = format!("{call}{}", token.as_str().unwrap());
        assert_eq!(desk.call(&call, "", &reply).await.0, 200, "{profile}");
        assert_eq!(desk.heard(), [(None, "好".to_owned())], "{profile}");
        assert!(desk.refused().is_empty(), "{profile}: {:?}", desk.refused());
    }
}
