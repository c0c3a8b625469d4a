//! Bots that dial in: sockets that can be opened, frames that can be told apart.

use super::{not_empty, numbers};
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{BotFrame, DialIn, Profile, ReplyRule, RouteKind, SocketFrame};

/// The most sockets of one channel.
const MOST_SOCKETS: u16 = 100;

pub(super) fn check(profile: &Profile, at: &Spot, findings: &mut Findings) {
    let mut routes = profile.serve.iter().flat_map(|serve| serve.routes.values());
    if profile.dial_in.is_some() != routes.any(|route| route.is == RouteKind::Socket) {
        let message =
            "expected `dial_in` and a route with `is: socket` under `serve.routes` together, found one of them";
        findings.add_key(at, message);
    }
    let Some(dial_in) = &profile.dial_in else { return };
    if profile.reply != ReplyRule::Call {
        findings.add(
            &at.key("reply"),
            "expected `call`: a bot that dials in replies by calls and frames",
        );
    }
    let at = at.key("dial_in");
    if !(1..=MOST_SOCKETS).contains(&dial_in.most) {
        let message = format!("expected 1 to {MOST_SOCKETS} sockets, found `{}`", dial_in.most);
        findings.add(&at.key("most"), message);
    }
    spans(dial_in, &at, findings);
    let said = [
        ("hello", dial_in.hello.as_ref()),
        ("message", Some(&dial_in.message)),
        ("ping", dial_in.ping.as_ref().and_then(|ping| ping.say.as_ref())),
        ("refresh", dial_in.refresh.as_ref().map(|refresh| &refresh.say)),
    ];
    for (key, said) in said {
        if let Some(said) = said {
            frame(said, &at.key(key), findings);
        }
    }
    not_empty(dial_in.frames.len(), &at.key("frames"), "frame", findings);
    for (name, one) in &dial_in.frames {
        bot_frame(one, &at.key("frames").key(name), findings);
    }
}

fn spans(dial_in: &DialIn, at: &Spot, findings: &mut Findings) {
    let ping = dial_in.ping.as_ref();
    let refresh = dial_in.refresh.as_ref();
    let spans = [
        (dial_in.ticket_lasts, at.key("ticket_lasts")),
        (dial_in.waits, at.key("waits")),
        (ping.map(|ping| ping.every), at.key("ping").key("every")),
        (ping.map(|ping| ping.within), at.key("ping").key("within")),
        (refresh.map(|refresh| refresh.every), at.key("refresh").key("every")),
        (
            refresh.map(|refresh| refresh.closes_after),
            at.key("refresh").key("closes_after"),
        ),
    ];
    for (span, at) in spans {
        if let Some(span) = span {
            numbers::span(span, &at, findings);
        }
    }
}

fn frame(frame: &SocketFrame, at: &Spot, findings: &mut Findings) {
    if frame.json.is_some() == frame.body.is_some() {
        findings.add_key(at, "expected one of `json` and `body`");
    }
}

fn bot_frame(frame: &BotFrame, at: &Spot, findings: &mut Findings) {
    if frame.conditions.is_empty() && frame.acknowledges.is_none() && frame.text.is_none() {
        findings.add_key(
            at,
            "expected `where`, `acknowledges` or `text`, which tell it from others, found none",
        );
    }
    let names_somebody = frame.customer.is_some() || frame.message.is_some() || frame.acknowledges.is_some();
    if frame.text.is_some() && !names_somebody {
        let message = "expected `customer`, `message` or `acknowledges`, which tell whose reply it is, found none";
        findings.add_key(at, message);
    }
    if !frame.error.is_empty() && frame.acknowledges.is_none() {
        findings.add_key(at, "expected `acknowledges` beside `error`, found none");
    }
    if let Some(answer) = &frame.answer {
        self::frame(answer, &at.key("answer"), findings);
    }
}
