//! Functions over the moment of a message: its time, its chance, what was said before.

use std::sync::atomic::Ordering;

use minijinja::value::Kwargs;
use minijinja::{Environment, Error, State, Value};
use rand::rngs::ChaCha12Rng;
use rand::{RngExt, SeedableRng};

use super::refused;
use crate::wire::scope::{MOMENT, Moment, Speaker};

/// Calls of `seq()` within one message that stay apart.
const SEQ_CALLS: u64 = 8;

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_function("now_s", |state: &mut State<'_, '_>| {
        Ok::<_, Error>(now_ms(state)? / 1_000)
    });
    environment.add_function("now_ms", |state: &mut State<'_, '_>| now_ms(state));
    environment.add_function("digits", digits);
    environment.add_function("uuid", uuid);
    environment.add_function("seq", seq);
    environment.add_function("history", history);
}

/// What `wanted` makes of the message's moment.
fn with_moment<T>(state: &State<'_, '_>, wanted: impl FnOnce(&Moment) -> T) -> Result<T, Error> {
    let moment = state.lookup(MOMENT);
    match moment
        .as_ref()
        .and_then(|moment| moment.downcast_object_ref::<Moment>())
    {
        Some(moment) => Ok(wanted(moment)),
        None => Err(refused("there is no message here")),
    }
}

fn now_ms(state: &State<'_, '_>) -> Result<u64, Error> {
    with_moment(state, |moment| moment.now_ms.load(Ordering::Relaxed))
}

/// Chance that depends on the message and on how many draws it made before, so a rerun draws the same.
pub(super) fn chance(state: &State<'_, '_>) -> Result<ChaCha12Rng, Error> {
    with_moment(state, |moment| {
        let draw = moment.next_draw().wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ChaCha12Rng::seed_from_u64(moment.id.number() ^ draw)
    })
}

fn digits(state: &mut State<'_, '_>, count: usize) -> Result<String, Error> {
    if !(1..=1_000).contains(&count) {
        return Err(refused("digits() makes 1 to 1000 digits"));
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

/// The conversation as OpenAI's `messages`: a system prompt if there is one, what was said, and `text`, which may be a list of parts.
fn history(state: &mut State<'_, '_>, arguments: Kwargs) -> Result<Value, Error> {
    let system: Option<String> = arguments.get("system")?;
    let content: Option<Value> = arguments.get("text")?;
    arguments.assert_all_used()?;
    let said = |role: &str, content: &str| Value::from_pairs([("role", role), ("content", content)]);
    with_moment(state, |moment| {
        let prompt = system.iter().filter(|prompt| !prompt.is_empty());
        let mut messages: Vec<Value> = prompt.map(|prompt| said("system", prompt)).collect();
        messages.extend(moment.history.iter().map(|(speaker, text)| match speaker {
            Speaker::Customer => said("user", text),
            Speaker::Bot => said("assistant", text),
        }));
        let content = content.unwrap_or_else(|| moment.text.as_str().into());
        messages.push(Value::from_pairs([("role", "user".into()), ("content", content)]));
        Value::from(messages)
    })
}
