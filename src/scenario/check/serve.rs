//! The platform's API: routes that can be told apart, errors that exist, replies that can be read.

use indexmap::IndexMap;

use super::{exists, not_empty, numbers};
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{
    Answer, ChannelSettings, DialIn, Mailbox, PlatformFault, Profile, ReplyRule, Route, RouteKind, Serve,
};

/// The largest upload that a platform may be said to take, in bytes.
const LARGEST_UPLOAD: u64 = 64 << 20;

pub(super) fn check(profile: &Profile, at: &Spot, findings: &mut Findings) {
    let has = |kind: RouteKind| {
        let mut routes = profile.serve.iter().flat_map(|serve| serve.routes.values());
        routes.any(|route| route.is == kind)
    };
    let replies_in_frames = |dial_in: &DialIn| dial_in.frames.values().any(|frame| frame.text.is_some());
    let has_replies = has(RouteKind::Reply) || profile.dial_in.as_ref().is_some_and(replies_in_frames);
    if profile.reply == ReplyRule::Call && !has_replies {
        findings.add(
            &at.key("reply"),
            "expected a route with `is: reply` under `serve.routes`, found none",
        );
    }
    if profile.mailbox.is_some() != has(RouteKind::Updates) {
        let message =
            "expected `mailbox` and a route with `is: updates` under `serve.routes` together, found one of them";
        findings.add_key(at, message);
    }
    if let Some(mailbox) = &profile.mailbox {
        let at_once = f64::from(mailbox.at_once);
        let at = at.key("mailbox").key("at_once");
        numbers::within(at_once, 1.0, f64::from(Mailbox::MOST_AT_ONCE), &at, findings);
    }
    let Some(serve) = &profile.serve else { return };
    let at = at.key("serve");
    hosts(serve, &at.key("hosts"), findings);
    numbers::span(serve.settle, &at.key("settle"), findings);
    if let Some(lasts) = serve.token_lasts {
        numbers::span(lasts, &at.key("token_lasts"), findings);
    }
    if let Some(quota) = &serve.quota {
        let at = at.key("quota");
        numbers::span(quota.within, &at.key("within"), findings);
        error(&quota.error, serve, &at.key("error"), findings);
    }
    not_empty(serve.routes.len(), &at.key("routes"), "route", findings);
    for (name, one) in &serve.routes {
        route(one, serve, &at.key("routes").key(name), findings);
    }
    for (name, one) in &serve.errors {
        answer(one, &at.key("errors").key(name), findings);
    }
}

/// The errors that a scenario wants to happen are known, as are the routes, and their chances are chances.
pub(super) fn faults(channel: &ChannelSettings, profile: &Profile, at: &Spot, findings: &mut Findings) {
    let none = Serve::of_media_alone();
    let serve = profile.serve.as_ref().unwrap_or(&none);
    let mut sums: IndexMap<&str, f64> = IndexMap::new();
    for (name, chance) in &channel.platform_faults {
        let at = at.key(name);
        let (route, error) = match PlatformFault::named(name, serve) {
            PlatformFault::OfReplies(error) => ("", error),
            PlatformFault::OfRoute(route, error) => {
                let known = serve.routes.keys().map(String::as_str);
                exists(route, "route of the profile's `serve.routes`", known, &at, findings);
                (route, error)
            }
        };
        let known = serve.errors.keys().map(String::as_str);
        exists(error, "error of the profile's `serve.errors`", known, &at, findings);
        numbers::chance(*chance, &at, findings);
        // Of what is no chance, that was said.
        *sums.entry(route).or_default() += Some(*chance).filter(|chance| *chance <= 1.0).unwrap_or_default();
    }
    for sum in sums.into_values().filter(|sum| *sum > 1.0 + 1e-9) {
        findings.add_key(at, format!("expected chances that add up to at most 1, found {sum}"));
    }
}

/// They are names, as a bot asks for them.
fn hosts(serve: &Serve, at: &Spot, findings: &mut Findings) {
    let is_label = |label: &str| {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && label.bytes().all(is_letter)
    };
    for (place, host) in serve.hosts.iter().enumerate() {
        let is_name = host.contains('.') && host.len() <= 253 && host.split('.').all(is_label);
        if !is_name {
            let message =
                format!("expected the name of a host in small letters, as in `api.telegram.org`, found `{host}`");
            findings.add(&at.item(place), message);
        }
    }
}

fn route(route: &Route, serve: &Serve, at: &Spot, findings: &mut Findings) {
    let is_call = route
        .call
        .split_once(' ')
        .is_some_and(|(method, path)| !method.is_empty() && path.starts_with('/'));
    if !is_call {
        let message = format!(
            "expected a method and a path, as in `POST /send/{{id}}`, found `{}`",
            route.call
        );
        findings.add(&at.key("call"), message);
    }
    if let Some(authorise) = &route.authorise {
        let at = at.key("authorise");
        error(&authorise.error, serve, &at.key("error"), findings);
        if let Some(expired) = &authorise.expired {
            error(expired, serve, &at.key("expired"), findings);
        }
    }
    if route.is == RouteKind::Reply {
        if route.customer.is_none() && route.message.is_none() {
            findings.add_key(
                at,
                "expected `customer` or `message`, which tell whose reply it is, found neither",
            );
        }
        if route.text.is_none() {
            findings.add_key(at, "expected `text`, where the reply is found, found none");
        }
    }
    if route.is == RouteKind::Media && route.media.is_none() {
        findings.add_key(
            at,
            "expected `media`, where the id of what is wanted is found, found none",
        );
    }
    let takes_files = [RouteKind::Upload, RouteKind::Reply].contains(&route.is);
    let is_wrong = match route.largest {
        Some(largest) => !takes_files || !(1..=LARGEST_UPLOAD).contains(&largest),
        None => route.is == RouteKind::Upload,
    };
    if is_wrong {
        let message = match takes_files {
            true => format!("expected `largest`, the longest upload in bytes, from 1 to {LARGEST_UPLOAD}"),
            false => "expected `largest` at uploads and replies alone".to_owned(),
        };
        findings.add_key(&at.key("largest"), message);
    }
    if route.offset.is_some() && route.cursor.is_some() {
        findings.add_key(at, "expected at most one of `offset` and `cursor`, found both");
    }
    answer(&route.answer, &at.key("answer"), findings);
}

fn error(name: &str, serve: &Serve, at: &Spot, findings: &mut Findings) {
    let known: Vec<&str> = serve.errors.keys().map(String::as_str).collect();
    exists(name, "error of `serve.errors`", known.into_iter(), at, findings);
}

fn answer(answer: &Answer, at: &Spot, findings: &mut Findings) {
    if !(100..=599).contains(&answer.status) {
        let message = format!("expected a status from 100 to 599, found `{}`", answer.status);
        findings.add(&at.key("status"), message);
    }
    if answer.json.is_some() && answer.body.is_some() {
        findings.add_key(at, "expected at most one of `json` and `body`, found both");
    }
}
