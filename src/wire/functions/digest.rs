//! Digests and keyed digests, as signatures are made of them.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{EagerHash, Hmac, KeyInit, Mac};
use md5::Md5;
use minijinja::{Environment, Error, Value};
use sha1::{Digest, Sha1};
use sha2::Sha256;

use super::encoding::bytes_of;

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_function("md5hex", |data: Value| {
        Ok::<_, Error>(hex(&Md5::digest(bytes_of(&data)?)))
    });
    environment.add_function("sha1hex", |data: Value| Ok::<_, Error>(sha1hex(&bytes_of(&data)?)));
    environment.add_function("sha256hex", |data: Value| {
        Ok::<_, Error>(hex(&Sha256::digest(bytes_of(&data)?)))
    });
    environment.add_function("hmac_sha1_hex", |key: Value, data: Value| {
        Ok::<_, Error>(hex(&keyed::<Sha1>(&key, &data)?))
    });
    environment.add_function("hmac_sha1_base64", |key: Value, data: Value| {
        Ok::<_, Error>(STANDARD.encode(keyed::<Sha1>(&key, &data)?))
    });
    environment.add_function("hmac_sha256_hex", |key: Value, data: Value| {
        Ok::<_, Error>(hex(&keyed::<Sha256>(&key, &data)?))
    });
    environment.add_function("hmac_sha256_base64", |key: Value, data: Value| {
        Ok::<_, Error>(STANDARD.encode(keyed::<Sha256>(&key, &data)?))
    });
}

/// SHA-1 in hexadecimal.
pub(super) fn sha1hex(data: &[u8]) -> String {
    hex(&Sha1::digest(data))
}

/// HMAC (RFC 2104) of `data` under `key`; each is text or bytes.
fn keyed<D: EagerHash>(key: &Value, data: &Value) -> Result<Vec<u8>, Error> {
    let mut mac =
        Hmac::<D>::new_from_slice(&bytes_of(key)?).map_err(|_| super::refused("a key of no usable length"))?;
    mac.update(&bytes_of(data)?);
    Ok(mac.finalize().into_bytes().to_vec())
}

pub(in crate::wire) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a string cannot fail.
            text.write_fmt(format_args!("{byte:02x}")).unwrap_or_default();
            text
        })
}
