//! WeChat and WeCom in encrypted mode.

use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha1::{Digest, Sha1};
use throng::channel::Ended;

use super::exchange::{exchange, hex, opened, query_of};
use crate::bot::{Bot, ok, status};
use crate::lines::{ask, message, replies};

/// A company's or an account's side of the encryption.
pub(crate) struct Side {
    token: &'static str,
    id: &'static str,
}

pub(crate) const OFFICIAL: Side = Side {
    token: "throng-token",
    id: "wx0000000000throng",
};

pub(crate) const COMPANY: Side = Side {
    token: "throng-token",
    id: "ww0000000000throng",
};

impl Side {
    fn cipher(&self) -> (aes::Aes256, [u8; 16]) {
        // The default key, `throng` seven times and an A, is canonical base64, so the plain decoder reads it.
        let key = STANDARD.decode("throngthrongthrongthrongthrongthrongthrongA=").unwrap();
        (
            aes::Aes256::new_from_slice(&key).unwrap(),
            key[..16].try_into().unwrap(),
        )
    }

    pub(crate) fn signature(&self, parts: [&str; 3]) -> String {
        let mut parts = [self.token, parts[0], parts[1], parts[2]];
        parts.sort_unstable();
        hex(&Sha1::digest(parts.concat()))
    }

    pub(crate) fn open(&self, sealed: &str) -> String {
        let (cipher, mut before) = self.cipher();
        let mut content = Vec::new();
        for chunk in STANDARD.decode(sealed).unwrap().chunks_exact(16) {
            let chunk: [u8; 16] = chunk.try_into().unwrap();
            let mut block = Array::from(chunk);
            cipher.decrypt_block(&mut block);
            content.extend(block.iter().zip(before).map(|(byte, before)| byte ^ before));
            before = chunk;
        }
        assert_eq!(content.len() % 32, 0, "padded to 32");
        let padding = usize::from(*content.last().unwrap());
        content.truncate(content.len() - padding);
        let length = u32::from_be_bytes(content[16..20].try_into().unwrap()) as usize;
        assert_eq!(&content[20 + length..], self.id.as_bytes());
        String::from_utf8(content[20..20 + length].to_vec()).unwrap()
    }

    /// The answer `plain`, encrypted for `id` and signed with `token`.
    fn seal(&self, plain: &str) -> String {
        let (cipher, mut before) = self.cipher();
        let mut content = [
            b"0123456789abcdef",
            &(plain.len() as u32).to_be_bytes()[..],
            plain.as_bytes(),
            self.id.as_bytes(),
        ]
        .concat();
        let padding = 32 - content.len() % 32;
        content.extend(vec![padding as u8; padding]);
        for chunk in content.chunks_exact_mut(16) {
            let mut block = Array::from(before);
            block
                .iter_mut()
                .zip(chunk.iter())
                .for_each(|(byte, plain)| *byte ^= plain);
            cipher.encrypt_block(&mut block);
            before = block.into();
            chunk.copy_from_slice(&before);
        }
        let sealed = STANDARD.encode(content);
        let signature = self.signature(["1795219433", "77", &sealed]);
        format!(
            "<xml><Encrypt><![CDATA[{sealed}]]></Encrypt><MsgSignature>{signature}</MsgSignature><TimeStamp>1795219433</TimeStamp><Nonce>77</Nonce></xml>"
        )
    }
}

pub(crate) fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

const ANSWER: &str = "<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[好]]></Content></xml>";

#[tokio::test]
async fn wechat_and_wecom_messages_are_encrypted_and_signed_and_so_are_their_answers() {
    for (name, side) in [("wechat-official-account-aes", OFFICIAL), ("wecom-app", COMPANY)] {
        let whole = exchange(name, json!({}), "/push", vec![ok(&side.seal(ANSWER))]).await;
        assert_eq!(
            (whole.told, whole.ended.as_str()),
            (vec!["好".to_owned()], "complete"),
            "{name}"
        );
        let (query, sealed) = (
            query_of(&whole.request),
            between(&whole.request, "<Encrypt><![CDATA[", "]]>"),
        );
        assert_eq!(
            query["msg_signature"],
            side.signature([&query["timestamp"], &query["nonce"], sealed]),
            "{name}"
        );
        let plain = side.open(sealed);
        for part in [
            "<FromUserName><![CDATA[throng-1-7]]></FromUserName>".to_owned(),
            "<Content><![CDATA[到哪了?]]></Content>".to_owned(),
            format!("<MsgId>{}</MsgId>", message(7).id.number()),
        ] {
            assert!(plain.contains(&part), "{name}: {plain}");
        }
        assert!(!whole.request.contains("到哪了"), "nothing in the clear");
        assert_eq!(
            exchange(name, json!({}), "/push", vec![ok("success")]).await.ended,
            "empty"
        );
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_decrypted_says_why_and_is_told_apart() {
    let stranger = Side {
        token: "other",
        ..OFFICIAL
    };
    let elsewhere = Side {
        id: "wxelsewhere",
        ..OFFICIAL
    };
    let wrong_key = json!({"aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"});
    for (settings, answer, words) in [
        (json!({}), ANSWER.to_owned(), "not encrypted: it has no `Encrypt`"),
        (json!({}), "<xml><Encrypt>".to_owned(), "not XML"),
        (json!({}), stranger.seal(ANSWER), "does the bot have the same token"),
        (json!({}), elsewhere.seal(ANSWER), "another app id"),
        (
            wrong_key,
            OFFICIAL.seal(ANSWER),
            "does the bot have the same EncodingAESKey",
        ),
    ] {
        let ended = exchange("wechat-official-account-aes", settings, "", vec![ok(&answer)])
            .await
            .ended;
        assert!(
            ended.starts_with("http error: answer is unreadable: ") && ended.contains(words),
            "{ended}"
        );
    }
    let short_key = json!({"aes_key": "short"});
    let bot = Bot::always(vec![ok("")]).await;
    let line = opened("wechat-official-account-aes", short_key, &bot.url);
    let refused = line.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(refused.contains("43 characters"), "{refused}");
}

#[tokio::test]
async fn wecom_checks_the_address_with_an_encrypted_echo() {
    let bot = Bot::always(vec![ok("no echo")]).await;
    let line = opened("wecom-app", json!({}), &bot.url).unwrap();
    let error = line.shake_hands().await.unwrap_err().to_string();
    assert!(error.contains("expected the answer `throng"), "{error}");
    let query = query_of(&bot.seen.lock().unwrap().requests[0]);
    assert_eq!(
        query["msg_signature"],
        COMPANY.signature([&query["timestamp"], &query["nonce"], &query["echostr"]])
    );
    assert_eq!(COMPANY.open(&query["echostr"]), format!("throng{}", query["nonce"]));
}

#[tokio::test]
async fn a_redelivery_keeps_its_id_and_is_signed_anew() {
    let bot = Bot::start(|number| match number {
        1 => vec![status("500 Internal Server Error", "", "")],
        _ => vec![ok(&OFFICIAL.seal(ANSWER))],
    })
    .await;
    let line = opened("wechat-official-account-aes", json!({}), &bot.url).unwrap();
    let (signals, finish) = ask(&line, message(7)).await;
    assert_eq!((replies(&signals), finish.deliveries), (vec!["好"], 2));
    assert_eq!(finish.ended, Ended::Complete);
    let requests = bot.seen.lock().unwrap().requests.clone();
    let sealed = |at: usize| between(&requests[at], "<Encrypt><![CDATA[", "]]>").to_owned();
    let id = |at: usize| between(&OFFICIAL.open(&sealed(at)), "<MsgId>", "<").to_owned();
    assert_eq!(id(0), id(1));
    assert_ne!(sealed(0), sealed(1));
    assert_ne!(query_of(&requests[0])["nonce"], query_of(&requests[1])["nonce"]);
}
