//! A WeChat official account, plain or encrypted: signed XML in, XML or `success` out, and the address check by `echostr`.
//!
//! Signatures are checked and messages decrypted with code of its own, so that throng's are checked by other eyes.

mod cipher;
mod xml;

use std::io;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::Deserialize;
use sha1::{Digest, Sha1};

use self::cipher::Sealer;
use self::xml::{fields_of, reply_xml};
use super::Protocol;
use crate::conversation::MediaKind;
use crate::demo_bot::bot::Bot;
use crate::demo_bot::delivery::Delivery;
use crate::demo_bot::exchange::{Pace, Speech, answer, reject};
use crate::demo_bot::message::{Id, Inbound};

const TEXT: &str = "text/plain";
const XML: &str = "text/xml";

/// What WeChat puts into the address.
#[derive(Debug, Deserialize)]
pub(in crate::demo_bot) struct Signed {
    #[serde(default)]
    signature: String,
    #[serde(default)]
    timestamp: String,
    #[serde(default)]
    nonce: String,
    #[serde(default)]
    echostr: String,
    /// `aes` where the message is encrypted.
    #[serde(default)]
    encrypt_type: String,
    /// The signature over the encrypted message.
    #[serde(default)]
    msg_signature: String,
}

/// What is agreed on between WeChat and the owner of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeChatAccount {
    /// The token that messages are signed with.
    pub token: String,
    /// The EncodingAESKey that they are encrypted under, in encrypted mode.
    pub aes_key: String,
    /// The account's app id, which encrypted messages end in.
    pub app_id: String,
}

impl Default for WeChatAccount {
    /// What the profiles have by default.
    fn default() -> WeChatAccount {
        WeChatAccount {
            token: "throng-token".to_owned(),
            aes_key: "throngthrongthrongthrongthrongthrongthrongA".to_owned(),
            app_id: "wx0000000000throng".to_owned(),
        }
    }
}

/// `GET /wechat`: echoes `echostr` to those who know the token.
pub(in crate::demo_bot) async fn verify(State(bot): State<Arc<Bot>>, Query(signed): Query<Signed>) -> Response<Body> {
    if signed.fits(&bot.wechat().token) {
        signed.echostr.into_response()
    } else {
        reject(&bot, StatusCode::FORBIDDEN, "the signature is wrong")
    }
}

/// `POST /wechat`: a message. What is neither text nor a picture, voice message or video is acknowledged.
pub(in crate::demo_bot) async fn push(
    State(bot): State<Arc<Bot>>,
    Query(signed): Query<Signed>,
    body: Bytes,
) -> Response<Body> {
    if !signed.fits(&bot.wechat().token) {
        return reject(&bot, StatusCode::FORBIDDEN, "the signature is wrong");
    }
    let (body, sealer) = match opened(&signed, bot.wechat(), body) {
        Ok(opened) => opened,
        Err(why) => return reject(&bot, StatusCode::FORBIDDEN, &why),
    };
    let fields = match fields_of(&body) {
        Ok(fields) => fields,
        Err(why) => return reject(&bot, StatusCode::BAD_REQUEST, &why),
    };
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let (text, media) = match field("MsgType").as_str() {
        "text" => (field("Content"), None),
        "image" => (String::new(), Some(MediaKind::Image)),
        "voice" => (field("Recognition"), Some(MediaKind::Voice)),
        "video" | "shortvideo" => (String::new(), Some(MediaKind::Video)),
        _ => return "success".into_response(),
    };
    let Ok(number) = field("MsgId").trim().parse() else {
        return reject(&bot, StatusCode::BAD_REQUEST, "expected a number in `MsgId`");
    };
    let message = Inbound {
        id: Some(Id::from_number(number, bot.run())),
        customer: Some(field("FromUserName")),
        text,
        media,
        protocol: Protocol::WeChat,
    };
    let (from, to) = (field("ToUserName"), field("FromUserName"));
    answer(bot, message, move |speech, pace| {
        let write = |text: &str| match (reply_xml(&to, &from, text), &sealer) {
            (Ok(plain), Some(sealer)) => sealer.seal(&plain),
            (plain, _) => plain,
        };
        render(write, speech, pace)
    })
    .await
}

/// The message in a push, and in encrypted mode what its answer is encrypted with.
fn opened(signed: &Signed, account: &WeChatAccount, body: Bytes) -> Result<(Bytes, Option<Sealer>), String> {
    if signed.encrypt_type != "aes" {
        return Ok((body, None));
    }
    let sealed = fields_of(&body)?.remove("Encrypt").ok_or("expected `Encrypt`")?;
    if sha1_of(&[&account.token, &signed.timestamp, &signed.nonce, &sealed]) != signed.msg_signature {
        return Err("the signature of the encrypted message is wrong".to_owned());
    }
    let sealer = Sealer::new(account)?;
    Ok((sealer.open(&sealed)?.into(), Some(sealer)))
}

impl Signed {
    /// True when the signature is the SHA-1 of token, timestamp and nonce, sorted and joined.
    fn fits(&self, token: &str) -> bool {
        sha1_of(&[token, &self.timestamp, &self.nonce]) == self.signature
    }
}

/// The SHA-1 of these parts, sorted and joined, in hexadecimal.
fn sha1_of(parts: &[&str]) -> String {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    let digest = Sha1::digest(parts.concat());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the bot says, its text written by `write`.
fn render(write: impl Fn(&str) -> io::Result<Vec<u8>>, speech: &Speech, pace: &Pace) -> Delivery {
    match speech {
        Speech::Say { texts, .. } => {
            let text = texts.first().map_or("", String::as_str);
            match write(text) {
                Ok(xml) => Delivery::whole(XML, xml, pace.pause).with_text(),
                Err(_) => Delivery::whole(TEXT, "success", pace.pause),
            }
        }
        Speech::Acknowledge { .. } => Delivery::whole(TEXT, "success", pace.pause),
        Speech::Nothing => Delivery::whole(TEXT, "", pace.pause),
        // WeChat has no errors of its own here: whatever is neither XML nor `success` shows the customer one.
        Speech::Error => Delivery::whole(TEXT, "error: the bot failed to answer", pace.pause),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_the_digest_of_the_sorted_parts() {
        // printf '%s' 1795219433 288917963 harnesstoken | sha1sum, the parts sorted as text.
        let signed = |signature: &str| Signed {
            signature: signature.to_owned(),
            timestamp: "1795219433".to_owned(),
            nonce: "288917963".to_owned(),
            echostr: String::new(),
            encrypt_type: String::new(),
            msg_signature: String::new(),
        };
        let right = "4cd26cd88737000c9bb9fc4e9d6ceafe4d1d7396";
        assert!(signed(right).fits("harnesstoken"));
        assert!(!signed(right).fits("other"));
        assert!(!signed("").fits("harnesstoken"));
    }
}
