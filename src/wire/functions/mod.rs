//! The functions that profiles may call. All are pure: time and chance come in with the message.

mod digest;
mod encoding;
mod moment;
mod wechat;

use std::sync::LazyLock;

pub(super) use digest::hex;

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

/// Most instructions that one template may run: many times what signing and history need, and under a millisecond.
const FUEL: u64 = 20_000;

/// All names that templates may call.
pub(super) const FUNCTIONS: &[&str] = &[
    "base64",
    "base64_decode",
    "cdata",
    "dict",
    "digits",
    "fail",
    "history",
    "hmac_sha1_base64",
    "hmac_sha1_hex",
    "hmac_sha256_base64",
    "hmac_sha256_hex",
    "int",
    "keypad",
    "md5hex",
    "namespace",
    "now_ms",
    "now_s",
    "range",
    "resolve",
    "seq",
    "sha1hex",
    "sha256hex",
    "sorted_form",
    "sorted_join",
    "tojson",
    "url_encode",
    "uuid",
    "wechat_decrypt",
    "wechat_encrypt",
];

/// The one environment of all profiles; a static, so that compiled expressions may borrow from it.
pub(super) static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.remove_global("debug");
    digest::add(&mut environment);
    encoding::add(&mut environment);
    moment::add(&mut environment);
    wechat::add(&mut environment);
    environment.add_function("fail", |words: String| Err::<Value, _>(refused(words)));
    environment.add_function("int", int);
    environment.add_function("tojson", tojson);
    environment.add_filter("tojson", tojson);
    environment
}

/// A function's refusal, in words that name no value: it may be a secret.
fn refused(why: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidOperation, why)
}

fn int(value: Value) -> Result<i64, Error> {
    let number = i64::try_from(value.clone()).ok();
    let read = || value.as_str().and_then(|text| text.trim().parse().ok());
    number
        .or_else(read)
        .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, "int() takes a whole number or its digits"))
}

fn tojson(value: Value) -> Result<String, Error> {
    serde_json::to_string(&value).map_err(|error| {
        Error::new(
            ErrorKind::BadSerialization,
            format!("tojson() cannot write this: {error}"),
        )
    })
}

#[cfg(test)]
mod tests;
