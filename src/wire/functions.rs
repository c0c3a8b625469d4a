//! The functions that profiles may call. All are pure: time and chance come in with the message.

use std::fmt::Write;
use std::sync::LazyLock;
use std::sync::atomic::Ordering;

use minijinja::value::{Kwargs, Rest};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior, Value};
use rand::rngs::ChaCha12Rng;
use rand::{RngExt, SeedableRng};
use sha1::{Digest, Sha1};

use super::scope::{MOMENT, Moment, Speaker};

/// Most instructions that one template may run: many times what signing and history need, and under a millisecond.
const FUEL: u64 = 20_000;

/// Calls of `seq()` within one message that stay apart.
const SEQ_CALLS: u64 = 8;

/// All names that templates may call.
pub(super) const FUNCTIONS: &[&str] = &[
    "cdata",
    "dict",
    "digits",
    "history",
    "int",
    "namespace",
    "now_ms",
    "now_s",
    "range",
    "seq",
    "sha1hex",
    "sorted_join",
    "tojson",
    "uuid",
];

/// The one environment of all profiles; a static, so that compiled expressions may borrow from it.
pub(super) static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(environment);

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.remove_global("debug");
    environment.add_function("sha1hex", |text: String| hex(&Sha1::digest(text)));
    environment.add_function("sorted_join", sorted_join);
    environment.add_function("now_s", |state: &mut State<'_, '_>| {
        Ok::<_, Error>(now_ms(state)? / 1_000)
    });
    environment.add_function("now_ms", |state: &mut State<'_, '_>| now_ms(state));
    environment.add_function("digits", digits);
    environment.add_function("uuid", uuid);
    environment.add_function("seq", seq);
    environment.add_function("history", history);
    environment.add_function("int", int);
    environment.add_function("tojson", tojson);
    environment.add_filter("tojson", tojson);
    environment.add_function("cdata", |text: String| {
        format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
    });
    environment
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a string cannot fail.
            text.write_fmt(format_args!("{byte:02x}")).unwrap_or_default();
            text
        })
}

fn sorted_join(mut parts: Rest<String>) -> String {
    parts.sort_unstable();
    parts.concat()
}

/// What `wanted` makes of the message's moment.
fn with_moment<T>(state: &State<'_, '_>, wanted: impl FnOnce(&Moment) -> T) -> Result<T, Error> {
    let moment = state.lookup(MOMENT);
    match moment
        .as_ref()
        .and_then(|moment| moment.downcast_object_ref::<Moment>())
    {
        Some(moment) => Ok(wanted(moment)),
        None => Err(Error::new(ErrorKind::InvalidOperation, "there is no message here")),
    }
}

fn now_ms(state: &State<'_, '_>) -> Result<u64, Error> {
    with_moment(state, |moment| moment.now_ms.load(Ordering::Relaxed))
}

/// Chance that depends on the message and on how many draws it made before, so a rerun draws the same.
fn chance(state: &State<'_, '_>) -> Result<ChaCha12Rng, Error> {
    with_moment(state, |moment| {
        let draw = moment.next_draw().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ChaCha12Rng::seed_from_u64(moment.id.number() ^ draw)
    })
}

fn digits(state: &mut State<'_, '_>, count: usize) -> Result<String, Error> {
    if !(1..=1_000).contains(&count) {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            "digits() makes 1 to 1000 digits",
        ));
    }
    let mut rng = chance(state)?;
    let first = rng.random_range(b'1'..=b'9');
    let rest = (1..count).map(|_| rng.random_range(b'0'..=b'9'));
    Ok([first].into_iter().chain(rest).map(char::from).collect())
}

fn uuid(state: &mut State<'_, '_>) -> Result<String, Error> {
    let random: u128 = chance(state)?.random();
    let version_4 = random & !(0xf << 76) & !(0x3 << 62) | 0x4 << 76 | 0x2 << 62;
    let digits = format!("{version_4:032x}");
    let parts = [
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
        &digits[20..],
    ];
    Ok(parts.join("-"))
}

/// 32 bits of the customer, 10 of the turn, 8 of the fragment, 3 of the call: exact in JavaScript too.
fn seq(state: &mut State<'_, '_>) -> Result<u64, Error> {
    with_moment(state, |moment| {
        (moment.id.number() & ((1 << 50) - 1)) * SEQ_CALLS + moment.next_draw() % SEQ_CALLS
    })
}

/// The conversation as OpenAI's `messages`: a system prompt if there is one, what was said, and `text`.
fn history(state: &mut State<'_, '_>, arguments: Kwargs) -> Result<Value, Error> {
    let system: Option<String> = arguments.get("system")?;
    let text: Option<String> = arguments.get("text")?;
    arguments.assert_all_used()?;
    let said = |role: &str, content: &str| Value::from_pairs([("role", role), ("content", content)]);
    with_moment(state, |moment| {
        let prompt = system.iter().filter(|prompt| !prompt.is_empty());
        let mut messages: Vec<Value> = prompt.map(|prompt| said("system", prompt)).collect();
        messages.extend(moment.history.iter().map(|(speaker, text)| match speaker {
            Speaker::Customer => said("user", text),
            Speaker::Bot => said("assistant", text),
        }));
        messages.push(said("user", text.as_deref().unwrap_or(&moment.text)));
        Value::from(messages)
    })
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
