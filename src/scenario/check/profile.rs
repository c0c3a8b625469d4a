//! Channel profiles: requests that can be sent and replies that can be found. Selectors and templates are checked by the
//! code that compiles them.

use super::{dial_in, exists, form, numbers, patterns, phone, poll, serve, socket};
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{Extract, Format, Profile, ReplyRule, Request, Retry, StreamRule};

const METHODS: [&str; 3] = ["GET", "POST", "PUT"];
/// The most deliveries of a message.
const MOST_ATTEMPTS: u16 = 20;

pub(super) fn check(profile: &Profile, at: &Spot, findings: &mut Findings) {
    ways(profile, at, findings);
    serve::check(profile, at, findings);
    dial_in::check(profile, at, findings);
    socket::check(profile, at, findings);
    phone::profile(profile, at, findings);
    if let Some(handshake) = &profile.handshake {
        let at = at.key("handshake");
        request(&handshake.request, &at.key("request"), findings);
        if !(100..=599).contains(&handshake.expect.status) {
            let message = format!("expected a status from 100 to 599, found `{}`", handshake.expect.status);
            findings.add(&at.key("expect").key("status"), message);
        }
    }
    retry(profile, &profile.retry, &at.key("retry"), findings);
    let limits = [
        ("acknowledge", profile.limits.acknowledge),
        ("first_byte", profile.limits.first_byte),
        ("idle", profile.limits.idle),
    ];
    for (key, limit) in limits {
        if let Some(limit) = limit {
            numbers::span(limit, &at.key("limits").key(key), findings);
        }
    }
    match &profile.reply {
        ReplyRule::Response(extract) => response(extract, &at.key("reply").key("response"), findings),
        ReplyRule::Stream(rule) => stream(rule, &at.key("reply").key("stream"), findings),
        ReplyRule::Poll(rule) => poll::check(rule, &at.key("reply").key("poll"), findings),
        ReplyRule::Call | ReplyRule::PickUp => {}
    }
    if let Some(opening) = &profile.opening {
        poll::opening(opening, &at.key("opening"), findings);
    }
    form::check(&profile.form, &at.key("form"), findings);
    patterns(&profile.holding, &at.key("holding"), findings);
}

/// How messages get to the bot: one way.
fn ways(profile: &Profile, at: &Spot, findings: &mut Findings) {
    if let Some(send) = &profile.send {
        request(send, &at.key("send"), findings);
    }
    let ways = [
        profile.send.is_some() || profile.mailbox.is_some(),
        profile.dial_in.is_some(),
        profile.socket.is_some(),
        profile.phone.is_some(),
    ];
    let expected = match ways.into_iter().filter(|is_there| *is_there).count() {
        0 => "expected `send`, `mailbox`, `dial_in`, `socket` or `phone`, found none of them",
        1 => return,
        _ => "expected one of `send` (with or without `mailbox`), `dial_in`, `socket` and `phone`, found several",
    };
    findings.add_key(at, expected);
}

pub(super) fn request(request: &Request, at: &Spot, findings: &mut Findings) {
    exists(
        &request.method,
        "method",
        METHODS.into_iter(),
        &at.key("method"),
        findings,
    );
    let bodies = [request.json.is_some(), request.form.is_some(), request.body.is_some()];
    let found = bodies.iter().filter(|is_set| **is_set).count();
    if found > 1 {
        findings.add_key(
            at,
            format!("expected at most one of `json`, `form` and `body`, found {found}"),
        );
    }
    if request.url.trim().is_empty() {
        findings.add(&at.key("url"), "expected a URL, found nothing");
    }
}

fn retry(profile: &Profile, retry: &Retry, at: &Spot, findings: &mut Findings) {
    if !(1..=MOST_ATTEMPTS).contains(&retry.attempts) {
        let message = format!("expected 1 to {MOST_ATTEMPTS} deliveries, found `{}`", retry.attempts);
        findings.add(&at.key("attempts"), message);
    }
    if retry.attempts > 1 && retry.on.is_empty() {
        findings.add(
            &at.key("attempts"),
            "expected `on` beside it (`timeout`, `connection`, `status`), found none",
        );
    }
    for (place, var) in retry.refresh.iter().enumerate() {
        exists(
            var,
            "var",
            profile.vars.keys().map(String::as_str),
            &at.key("refresh").item(place),
            findings,
        );
    }
}

pub(super) fn response(extract: &Extract, at: &Spot, findings: &mut Findings) {
    if extract.text.is_none() && extract.format != Format::Text {
        findings.add_key(at, "expected `text`, where the reply is found, found none");
    }
}

fn stream(rule: &StreamRule, at: &Spot, findings: &mut Findings) {
    if rule.pick.is_empty() {
        findings.add_key(
            &at.key("pick"),
            "expected at least one place where text is found, found none",
        );
    }
}
