//! The encryption of messages that WeChat and WeCom share (消息加解密), and platforms that took it over.
//!
//! `Encrypt = base64(AES-256-CBC(16 random bytes | length of the message, 4 bytes, big-endian | message | app id))`, padded
//! by PKCS#7 to 32 bytes. The key is the EncodingAESKey, 43 characters of base64; its first 16 bytes are the initial vector.
//! `msg_signature = sha1hex(token, timestamp, nonce and Encrypt, sorted and joined)`. Source: WeCom's page 90968
//! (加解密方案说明) and WeChat's page on message encryption.

use aes::Aes256;
use base64::Engine;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use cbc::cipher::array::Array;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use cbc::{Decryptor, Encryptor};
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, State};
use rand::RngExt;
use serde_json::Value as Json;

use super::digest::sha1hex;
use super::moment::chance;
use super::refused;
use crate::wire::xml::Element;

/// Padding fills up to a multiple of this; AES itself would need 16.
const PADDED_TO: usize = 32;

/// Random bytes before the message.
const RANDOM: usize = 16;

/// 43 characters hold 258 bits: the two that are left over may be anything.
const KEY_TEXT: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_function("wechat_encrypt", wechat_encrypt);
    environment.add_function("wechat_decrypt", wechat_decrypt);
}

/// `wechat_encrypt(text, key=..., id=...)`: what stands in `Encrypt`.
fn wechat_encrypt(state: &mut State<'_, '_>, text: String, arguments: Kwargs) -> Result<String, Error> {
    let (key, id): (String, String) = (arguments.get("key")?, arguments.get("id")?);
    arguments.assert_all_used()?;
    let random = chance(state)?.random();
    Ok(Key::parse(&key)?.encrypt(random, &text, &id))
}

/// `wechat_decrypt(body, token=..., key=..., id=..., format="xml")`: the message in a whole encrypted body, whose signature,
/// padding and app id must fit.
fn wechat_decrypt(body: String, arguments: Kwargs) -> Result<String, Error> {
    let (token, key, id): (String, String, String) =
        (arguments.get("token")?, arguments.get("key")?, arguments.get("id")?);
    let format: Option<String> = arguments.get("format")?;
    arguments.assert_all_used()?;
    let sealed = match format.as_deref() {
        None | Some("xml") => Sealed::from_xml(&body)?,
        Some("json") => Sealed::from_json(&body)?,
        Some(_) => return Err(refused("wechat_decrypt() reads the formats `xml` and `json`")),
    };
    let mut parts = [&token, &sealed.timestamp, &sealed.nonce, &sealed.encrypt].map(String::as_str);
    parts.sort_unstable();
    if sha1hex(parts.concat().as_bytes()) != sealed.signature.to_lowercase() {
        return Err(refused(
            "its MsgSignature does not fit: does the bot have the same token as the channel's settings?",
        ));
    }
    Key::parse(&key)?.decrypt(&sealed.encrypt, &id)
}

/// An encrypted body's parts.
#[derive(Debug, Default)]
struct Sealed {
    encrypt: String,
    signature: String,
    timestamp: String,
    nonce: String,
}

impl Sealed {
    fn from_xml(body: &str) -> Result<Sealed, Error> {
        let root = Element::parse(body).map_err(|broken| refused(broken.0))?;
        Sealed::from(|name| {
            let found = root.children.iter().find(|child| child.name == name);
            found.map(|child| child.text.trim().to_owned())
        })
    }

    fn from_json(body: &str) -> Result<Sealed, Error> {
        let root: Json = serde_json::from_str(body).map_err(|error| refused(format!("not JSON: {error}")))?;
        Sealed::from(|name| match &root[name] {
            Json::String(text) => Some(text.clone()),
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }

    fn from(field: impl Fn(&str) -> Option<String>) -> Result<Sealed, Error> {
        let part = |name: &str| field(name).ok_or_else(|| refused(format!("not encrypted: it has no `{name}`")));
        Ok(Sealed {
            encrypt: part("Encrypt")?,
            signature: part("MsgSignature")?,
            timestamp: part("TimeStamp")?,
            nonce: part("Nonce")?,
        })
    }
}

/// An EncodingAESKey.
struct Key([u8; 32]);

impl Key {
    fn parse(text: &str) -> Result<Key, Error> {
        let bytes = KEY_TEXT.decode(format!("{}=", text.trim())).unwrap_or_default();
        let key = <[u8; 32]>::try_from(bytes);
        key.map(Key)
            .map_err(|_| refused("an EncodingAESKey has 43 characters, letters and digits"))
    }

    fn vector(&self) -> [u8; 16] {
        let mut vector = [0; 16];
        vector.copy_from_slice(&self.0[..16]);
        vector
    }

    fn encrypt(&self, random: [u8; RANDOM], text: &str, id: &str) -> String {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes();
        let mut bytes = [&random[..], &length[..], text.as_bytes(), id.as_bytes()].concat();
        let padding = PADDED_TO - bytes.len() % PADDED_TO;
        // At most 32, so it fits a byte.
        bytes.resize(bytes.len() + padding, u8::try_from(padding).unwrap_or_default());
        let (blocks, _) = Array::slice_as_chunks_mut(&mut bytes);
        Encryptor::<Aes256>::new(&self.0.into(), &self.vector().into()).encrypt_blocks(blocks);
        STANDARD.encode(bytes)
    }

    fn decrypt(&self, encrypt: &str, id: &str) -> Result<String, Error> {
        let wrong_key =
            || refused("it cannot be decrypted: does the bot have the same EncodingAESKey as the channel's settings?");
        let mut bytes = STANDARD.decode(encrypt).unwrap_or_default();
        if bytes.is_empty() || !bytes.len().is_multiple_of(RANDOM) {
            return Err(refused("its `Encrypt` is not base64 of whole AES blocks"));
        }
        let (blocks, _) = Array::slice_as_chunks_mut(&mut bytes);
        Decryptor::<Aes256>::new(&self.0.into(), &self.vector().into()).decrypt_blocks(blocks);
        let content = unpadded(&bytes).ok_or_else(wrong_key)?;
        let (length, rest) = content
            .get(RANDOM..)
            .and_then(|rest| rest.split_first_chunk())
            .ok_or_else(wrong_key)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let (text, found) = rest.split_at_checked(length).ok_or_else(wrong_key)?;
        if found != id.as_bytes() {
            return Err(refused(
                "it was encrypted for another app id than the channel's settings have",
            ));
        }
        String::from_utf8(text.to_vec()).map_err(|_| refused("what was encrypted is not UTF-8"))
    }
}

/// `bytes` without their padding, each byte of which must say how long it is.
fn unpadded(bytes: &[u8]) -> Option<&[u8]> {
    let last = *bytes.last()?;
    let padding = usize::from(last);
    let (content, padded) = bytes.split_at_checked(bytes.len().checked_sub(padding)?)?;
    let is_padding = (1..=PADDED_TO).contains(&padding) && padded.iter().all(|byte| *byte == last);
    is_padding.then_some(content)
}
