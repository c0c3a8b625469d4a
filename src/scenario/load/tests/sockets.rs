//! Profiles with a socket.

use super::fixture::{PROFILE, SCENARIO, Shop};
use crate::scenario::LoadOptions;

const SOCKET: &str = "\
socket:
  url: \"{{ target }}\"
  message: {body: \"{{ message.text }}\"}
";

/// What is told of a profile with a socket, with these keys beside it or in place of others.
fn told(changes: &[(&str, &str)], more: &str) -> String {
    let send = "send: {method: POST, url: \"{{ target }}/chat\", json: {text: \"{{ message.text }}\"}}\n";
    let profile = PROFILE.replace(send, SOCKET) + more;
    let profile = changes.iter().fold(profile, |profile, (from, to)| {
        assert!(profile.contains(from), "{from}");
        profile.replace(from, to)
    });
    let shop = Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("channels/plain.yaml", profile);
    match shop.load(&LoadOptions::default()) {
        Ok(scenario) => {
            let socket = scenario.channels[0].profile.socket.as_ref();
            format!("{:?} {:?}", socket.unwrap().framing, socket.unwrap().reconnect)
        }
        Err(_) => shop.briefly(&LoadOptions::default()),
    }
}

#[test]
fn a_socket_takes_the_place_of_send() {
    assert_eq!(told(&[], ""), "Text Never");
    let framed = "  framing: {socket_io: {namespace: /chat}}\n  reconnect: once\nreply:";
    assert!(told(&[("reply:", framed)], "").contains("namespace: \"/chat\""));
}

#[test]
fn what_has_no_place_beside_a_socket_is_told() {
    let stream = "  stream: {framing: sse, pick: [{text: $.text}]}\n";
    let response = "  response: {format: json, text: $.text}\n";
    for (changes, more, expected) in [
        (
            &[][..],
            "mailbox: {update: {}}\n",
            "expected one of `send` (with or without `mailbox`), `dial_in`, `socket` and `phone`, found several",
        ),
        (
            &[],
            "handshake: {request: {method: GET, url: x}, expect: {}}\n",
            "expected no `handshake` beside `socket`",
        ),
        (
            &[],
            "retry: {on: [timeout], attempts: 2}\n",
            "expected no `retry` beside `socket`",
        ),
        (
            &[],
            "limits: {acknowledge: 5s}\n",
            "expected no `acknowledge` beside `socket`",
        ),
        (
            &[(response, stream)],
            "",
            "reply.stream.framing: expected `frames` beside `socket`",
        ),
        (
            &[("url: \"{{ target }}\"", "url: \"\"")],
            "",
            "socket.url: expected a URL",
        ),
        (
            &[("{body: \"{{ message.text }}\"}", "{}")],
            "",
            "socket.message: expected one of `json` and `body`",
        ),
        (&[("reply:", "  settle: 0s\nreply:")], "", "socket.settle: expected"),
        (
            &[("reply:", "  framing: {socket_io: {namespace: chat}}\nreply:")],
            "",
            "expected a namespace such as `/` or `/chat`, found `chat`",
        ),
        (
            &[("reply:", "  on_connect: [{say: {}}]\nreply:")],
            "",
            "socket.on_connect[0].say: expected one of `json` and `body`",
        ),
    ] {
        let told = told(changes, more);
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

#[test]
fn frames_are_pieces_of_sockets_alone() {
    let response = "  response: {format: json, text: $.text}\n";
    let frames = PROFILE.replace(response, "  stream: {framing: frames, pick: [{text: $.text}]}\n");
    let shop = Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("channels/plain.yaml", frames);
    assert!(
        shop.briefly(&LoadOptions::default())
            .contains("expected `sse` or `ndjson` without `socket`, found `frames`")
    );
}
