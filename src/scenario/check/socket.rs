//! Sockets: what goes with them and what does not, and times that make sense.

use super::numbers;
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{Framing, Profile, ReplyRule, Socket, SocketFrame, SocketFraming, SocketStep};

pub(super) fn check(profile: &Profile, at: &Spot, findings: &mut Findings) {
    frames_go_with_sockets(profile, at, findings);
    let Some(socket) = &profile.socket else { return };
    let no_place = [
        (
            "handshake",
            profile.handshake.is_some(),
            "`socket.on_connect` is what is said before the first message",
        ),
        ("serve", profile.serve.is_some(), "replies come on the socket"),
        (
            "retry",
            profile.retry.attempts > 1,
            "`socket.reconnect` says what a message does that finds its socket closed",
        ),
    ];
    for (key, is_there, instead) in no_place {
        if is_there {
            let message = format!("expected no `{key}` beside `socket`, found one");
            findings.add_key(&at.key(key), message).hint(instead);
        }
    }
    if profile.limits.acknowledge.is_some() {
        let message = "expected no `acknowledge` beside `socket`, found one";
        let limits = at.key("limits").key("acknowledge");
        findings
            .add_key(&limits, message)
            .hint("there is no response to be complete by then; `first_byte` limits the wait for a first frame");
    }
    let at = at.key("socket");
    if socket.url.trim().is_empty() {
        findings.add(&at.key("url"), "expected a URL, found nothing");
    }
    numbers::span(socket.settle, &at.key("settle"), findings);
    frames(socket, &at, findings);
    if let Some(ping) = &socket.ping {
        numbers::span(ping.every, &at.key("ping").key("every"), findings);
        numbers::span(ping.within, &at.key("ping").key("within"), findings);
    }
    if let SocketFraming::SocketIo(framing) = &socket.framing
        && !framing.namespace.starts_with('/')
    {
        let message = format!(
            "expected a namespace such as `/` or `/chat`, found `{}`",
            framing.namespace
        );
        findings.add(&at.key("framing").key("socket_io").key("namespace"), message);
    }
}

/// Pieces are framed as what carries them says.
fn frames_go_with_sockets(profile: &Profile, at: &Spot, findings: &mut Findings) {
    match (&profile.reply, profile.socket.is_some()) {
        (ReplyRule::Stream(rule), true) if rule.framing != Framing::Frames => {
            let message = "expected `frames` beside `socket`, found another framing";
            findings.add(&at.key("reply").key("stream").key("framing"), message);
        }
        (ReplyRule::Stream(rule), false) if rule.framing == Framing::Frames => {
            let message = "expected `sse` or `ndjson` without `socket`, found `frames`";
            findings.add(&at.key("reply").key("stream").key("framing"), message);
        }
        (ReplyRule::Call, true) => {
            let message = "expected `response` or `stream` beside `socket`, found `call`";
            findings.add(&at.key("reply"), message);
        }
        _ => {}
    }
}

/// Every frame is one thing.
fn frames(socket: &Socket, at: &Spot, findings: &mut Findings) {
    let mut frame = |frame: &SocketFrame, at: &Spot| {
        if frame.json.is_some() == frame.body.is_some() {
            findings.add_key(at, "expected one of `json` and `body`");
        }
    };
    frame(&socket.message, &at.key("message"));
    for (place, step) in socket.on_connect.iter().enumerate() {
        if let SocketStep::Say(say) = step {
            frame(say, &at.key("on_connect").item(place).key("say"));
        }
    }
    for (place, one) in socket.acknowledge.iter().enumerate() {
        frame(&one.say, &at.key("acknowledge").item(place).key("say"));
    }
    if let Some(say) = socket.ping.as_ref().and_then(|ping| ping.say.as_ref()) {
        frame(say, &at.key("ping").key("say"));
    }
}
