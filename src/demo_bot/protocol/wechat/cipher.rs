//! WeChat's encryption of messages, block by block over AES alone: throng's own is another piece of code over another mode.

use std::io;

use aes::Aes256;
use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use base64::Engine;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::general_purpose::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use sha1::{Digest, Sha1};

use super::xml::write_text;
use super::{WeChatAccount, sha1_of};
use crate::demo_bot::protocol::unix_time_s;

const BLOCK: usize = 16;
/// The 43 characters of a key hold two bits more than it needs.
const KEY: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// Opens what WeChat encrypted for an account, and encrypts the account's answers.
pub(super) struct Sealer {
    cipher: Aes256,
    vector: [u8; BLOCK],
    account: WeChatAccount,
}

impl Sealer {
    pub(super) fn new(account: &WeChatAccount) -> Result<Sealer, String> {
        let key = KEY.decode(format!("{}=", account.aes_key)).unwrap_or_default();
        let cipher = Aes256::new_from_slice(&key).map_err(|_| "the bot's EncodingAESKey is none")?;
        let mut vector = [0; BLOCK];
        vector.copy_from_slice(&key[..BLOCK]);
        Ok(Sealer {
            cipher,
            vector,
            account: account.clone(),
        })
    }

    /// The message in `Encrypt`.
    pub(super) fn open(&self, encrypt: &str) -> Result<Vec<u8>, String> {
        const WRONG: &str = "the message cannot be decrypted";
        let sealed = STANDARD.decode(encrypt.trim()).map_err(|_| WRONG)?;
        let mut content = Vec::with_capacity(sealed.len());
        let mut before = self.vector;
        for chunk in sealed.chunks(BLOCK) {
            let sealed: [u8; BLOCK] = chunk.try_into().map_err(|_| WRONG)?;
            let mut block = Array::from(sealed);
            self.cipher.decrypt_block(&mut block);
            content.extend(block.iter().zip(before).map(|(byte, earlier)| byte ^ earlier));
            before = sealed;
        }
        let padding = usize::from(*content.last().ok_or(WRONG)?);
        let end = content
            .len()
            .checked_sub(padding)
            .filter(|_| (1..=32).contains(&padding))
            .ok_or(WRONG)?;
        content.truncate(end);
        let head: [u8; 4] = content.get(16..20).and_then(|head| head.try_into().ok()).ok_or(WRONG)?;
        let length = u32::from_be_bytes(head) as usize;
        let (message, app_id) = content[20..].split_at_checked(length).ok_or(WRONG)?;
        if app_id != self.account.app_id.as_bytes() {
            return Err("the message is for another app id".to_owned());
        }
        Ok(message.to_vec())
    }

    /// The answer `plain`, encrypted and signed.
    pub(super) fn seal(&self, plain: &[u8]) -> io::Result<Vec<u8>> {
        let encrypt = self.encrypted(plain);
        let (timestamp, nonce) = (unix_time_s().to_string(), (plain.len() + 1).to_string());
        let signature = sha1_of(&[&self.account.token, &timestamp, &nonce, &encrypt]);
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Start(BytesStart::new("xml")))?;
        write_text(&mut writer, "Encrypt", &encrypt)?;
        write_text(&mut writer, "MsgSignature", &signature)?;
        writer
            .create_element("TimeStamp")
            .write_text_content(BytesText::new(&timestamp))?;
        write_text(&mut writer, "Nonce", &nonce)?;
        writer.write_event(Event::End(BytesEnd::new("xml")))?;
        Ok(writer.into_inner())
    }

    fn encrypted(&self, plain: &[u8]) -> String {
        // What is random elsewhere only has to differ from answer to answer here.
        let mut content = Sha1::digest(plain)[..16].to_vec();
        content.extend_from_slice(&(plain.len() as u32).to_be_bytes());
        content.extend_from_slice(plain);
        content.extend_from_slice(self.account.app_id.as_bytes());
        let padding = 32 - content.len() % 32;
        content.extend(std::iter::repeat_n(padding as u8, padding));
        let mut before = self.vector;
        for chunk in content.chunks_mut(BLOCK) {
            let mut block = Array::from(before);
            block.iter_mut().zip(&*chunk).for_each(|(byte, plain)| *byte ^= plain);
            self.cipher.encrypt_block(&mut block);
            before = block.into();
            chunk.copy_from_slice(&before);
        }
        STANDARD.encode(content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo_bot::protocol::wechat::xml::fields_of;

    fn sealer(app_id: &str, aes_key: &str) -> Sealer {
        let account = WeChatAccount {
            app_id: app_id.to_owned(),
            aes_key: aes_key.to_owned(),
            ..WeChatAccount::default()
        };
        Sealer::new(&account).unwrap()
    }

    const KEY_A: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    #[test]
    fn wecoms_own_sample_is_opened() {
        // The address check of WeCom's sample: key, corp id, `echostr` and what it holds.
        let sealer = sealer("wx5823bf96d3bd56c7", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C");
        let echo = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==";
        assert_eq!(sealer.open(echo).unwrap(), b"1616140317555161061");
    }

    #[test]
    fn what_is_sealed_can_be_opened_by_those_who_have_the_key_and_by_nobody_else() {
        for length in 0..70 {
            let text = "x".repeat(length);
            let sealed = sealer("wxa", KEY_A).encrypted(text.as_bytes());
            assert_eq!(sealer("wxa", KEY_A).open(&sealed).unwrap(), text.as_bytes());
            assert!(sealer("wxb", KEY_A).open(&sealed).is_err());
            assert!(sealer("wxa", &KEY_A.replace('a', "b")).open(&sealed).is_err());
        }
        for broken in ["", "AAAA", "!", "AAAAAAAAAAAAAAAAAAAAAA=="] {
            assert!(sealer("wxa", KEY_A).open(broken).is_err(), "{broken}");
        }
        assert!(
            Sealer::new(&WeChatAccount {
                aes_key: "short".to_owned(),
                ..WeChatAccount::default()
            })
            .is_err()
        );
    }

    #[test]
    fn a_sealed_answer_is_signed() {
        let xml = sealer("wxa", KEY_A).seal(b"<xml/>").unwrap();
        let fields = fields_of(&xml).unwrap();
        let parts = [
            "throng-token",
            &fields["TimeStamp"],
            &fields["Nonce"],
            &fields["Encrypt"],
        ];
        assert_eq!(sha1_of(&parts), fields["MsgSignature"]);
    }
}
