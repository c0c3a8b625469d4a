//! Socket.IO (protocol 5) in packets of Engine.IO (version 4), over a WebSocket alone.
//!
//! ```text
//!  0{...} open    2 ping   3 pong   4 message   1 close   6 nothing                      Engine.IO
//!         4 then: 0 connect  1 disconnect  2 event  3 acknowledgement  4 refused         Socket.IO
//!                 then: [/namespace,][number]json
//! ```
//!
//! Source: the protocols' own documents, socketio/engine.io-protocol and socketio/socket.io-protocol. Packets with binary
//! attachments are none of a chat's and are refused.

use std::time::Duration;

use serde_json::{Value, json};

use super::BrokenBody;

/// The main namespace, which packets leave out.
const MAIN: &str = "/";

/// The framing of one socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketIoCodec {
    namespace: String,
}

/// What came.
#[derive(Debug, Clone, PartialEq)]
pub enum Packet {
    /// The connection is open; longer than this the server is never silent.
    Open(Duration),
    /// The namespace is ours.
    Connected,
    /// The namespace is not.
    Refused(String),
    /// To be answered with this, at once.
    Ping(String),
    /// For the profile's selectors: an event or an acknowledgement, as JSON. An event that asks for it is acknowledged with
    /// the second text.
    Frame(String, Option<String>),
    /// Nothing that matters here.
    Other,
    /// The server ends it.
    Closed,
}

impl SocketIoCodec {
    /// The framing for this namespace.
    pub fn new(namespace: &str) -> SocketIoCodec {
        SocketIoCodec {
            namespace: namespace.to_owned(),
        }
    }

    /// The packet that asks for the namespace.
    pub fn connect(&self, auth: Option<&str>) -> String {
        self.packet('0', None, auth.unwrap_or_default())
    }

    /// The packet of an event, whose name and arguments are `list`, a JSON list. With a number, the server is asked to
    /// acknowledge it.
    pub fn event(&self, list: &str, number: Option<u32>) -> String {
        self.packet('2', number.map(u64::from), list)
    }

    /// The packet that leaves the namespace.
    pub fn disconnect(&self) -> String {
        self.packet('1', None, "")
    }

    fn packet(&self, kind: char, number: Option<u64>, json: &str) -> String {
        let namespace = match self.namespace.as_str() {
            MAIN => String::new(),
            other => format!("{other},"),
        };
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        format!("4{kind}{namespace}{number}{json}")
    }

    /// Reads a text frame. What is of other namespaces does not matter.
    ///
    /// # Errors
    /// When it is no packet.
    pub fn read(&self, text: &str) -> Result<Packet, BrokenBody> {
        let broken = || BrokenBody(format!("no packet of Engine.IO: {}", shown(text)));
        let mut letters = text.chars();
        let kind = letters.next().ok_or_else(broken)?;
        let rest = letters.as_str();
        match kind {
            '0' => Ok(Packet::Open(silence(rest).ok_or_else(broken)?)),
            '1' => Ok(Packet::Closed),
            '2' => Ok(Packet::Ping(format!("3{rest}"))),
            '3' | '6' => Ok(Packet::Other),
            '4' => self.message(rest).unwrap_or_else(|| Err(broken())),
            _ => Err(broken()),
        }
    }

    /// A packet of Socket.IO; nothing if it is none.
    fn message(&self, packet: &str) -> Option<Result<Packet, BrokenBody>> {
        let mut letters = packet.chars();
        let kind = letters.next()?;
        if matches!(kind, '5' | '6') {
            return Some(Err(BrokenBody("a packet with binary attachments".to_owned())));
        }
        let (namespace, rest) = match letters.as_str() {
            named if named.starts_with('/') => named.split_once(',').unwrap_or((named, "")),
            rest => (MAIN, rest),
        };
        // A server may add a query to the namespace.
        if namespace.split('?').next() != Some(self.namespace.as_str()) {
            return Some(Ok(Packet::Other));
        }
        let json_at = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, json) = rest.split_at(json_at);
        let number = match digits {
            "" => None,
            digits => Some(digits.parse::<u64>().ok()?),
        };
        let packet = match (kind, number) {
            ('0', _) => Packet::Connected,
            ('1', _) => Packet::Closed,
            ('2', number) => event(list(json)?, number.map(|number| self.packet('3', Some(number), "[]")))?,
            ('3', Some(number)) => Packet::Frame(json!({"ack": number, "args": list(json)?}).to_string(), None),
            ('4', _) => Packet::Refused(refusal(json)),
            _ => return None,
        };
        Some(Ok(packet))
    }
}

fn event(mut list: Vec<Value>, acknowledgement: Option<String>) -> Option<Packet> {
    if !list.first().is_some_and(Value::is_string) {
        return None;
    }
    let name = list.remove(0);
    let frame = json!({"event": name, "args": list}).to_string();
    Some(Packet::Frame(frame, acknowledgement))
}

fn list(json: &str) -> Option<Vec<Value>> {
    serde_json::from_str(json).ok()
}

/// After how long without a word the connection is lost: the time between pings and that for one to come.
fn silence(open: &str) -> Option<Duration> {
    let open: Value = serde_json::from_str(open).ok()?;
    let milliseconds = |name: &str| open.get(name)?.as_u64();
    Some(Duration::from_millis(
        milliseconds("pingInterval")?.saturating_add(milliseconds("pingTimeout")?),
    ))
}

fn refusal(json: &str) -> String {
    let told: Value = serde_json::from_str(json).unwrap_or_default();
    let words = told.get("message").unwrap_or(&told).as_str();
    words.unwrap_or("without a reason").to_owned()
}

/// Enough of a frame to know it by.
fn shown(text: &str) -> String {
    text.chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(namespace: &str, text: &str) -> Result<Packet, BrokenBody> {
        SocketIoCodec::new(namespace).read(text)
    }

    #[test]
    fn packets_are_read_as_the_protocol_writes_them() {
        let frame = |json: Value| Packet::Frame(json.to_string(), None);
        let open = r#"0{"sid":"x","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#;
        for (text, expected) in [
            (open, Packet::Open(Duration::from_secs(45))),
            ("1", Packet::Closed),
            ("2", Packet::Ping("3".to_owned())),
            ("2probe", Packet::Ping("3probe".to_owned())),
            ("3", Packet::Other),
            ("6", Packet::Other),
            (r#"40{"sid":"y"}"#, Packet::Connected),
            ("40", Packet::Connected),
            ("41", Packet::Closed),
            (
                r#"44{"message":"not allowed"}"#,
                Packet::Refused("not allowed".to_owned()),
            ),
            (r#"44"no""#, Packet::Refused("no".to_owned())),
            (
                r#"42["say",{"text":"1,2"}]"#,
                frame(json!({"event": "say", "args": [{"text": "1,2"}]})),
            ),
            (r#"43517[]"#, frame(json!({"ack": 517, "args": []}))),
            (r#"43517["ok"]"#, frame(json!({"ack": 517, "args": ["ok"]}))),
            (r#"42/other,["say"]"#, Packet::Other),
        ] {
            assert_eq!(read("/", text).unwrap(), expected, "{text}");
        }
        assert_eq!(
            read("/", r#"427["say"]"#).unwrap(),
            Packet::Frame(
                json!({"event": "say", "args": []}).to_string(),
                Some("437[]".to_owned())
            )
        );
    }

    #[test]
    fn a_namespace_of_its_own_stands_in_every_packet() {
        let codec = SocketIoCodec::new("/chat");
        assert_eq!(codec.connect(None), "40/chat,");
        assert_eq!(codec.connect(Some(r#"{"token":"k"}"#)), r#"40/chat,{"token":"k"}"#);
        assert_eq!(codec.event(r#"["say"]"#, Some(257)), r#"42/chat,257["say"]"#);
        assert_eq!(codec.disconnect(), "41/chat,");
        assert_eq!(codec.read(r#"40/chat,{"sid":"y"}"#).unwrap(), Packet::Connected);
        assert_eq!(codec.read(r#"40/chat?a=1,{"sid":"y"}"#).unwrap(), Packet::Connected);
        assert_eq!(codec.read(r#"42["say"]"#).unwrap(), Packet::Other);
        let asked = codec.read(r#"42/chat,7["say"]"#).unwrap();
        assert!(matches!(asked, Packet::Frame(_, Some(answer)) if answer == "43/chat,7[]"));
        assert_eq!(SocketIoCodec::new("/").event(r#"["say"]"#, None), r#"42["say"]"#);
    }

    #[test]
    fn what_is_no_packet_is_refused_with_what_came() {
        for text in [
            "",
            "hello",
            "0",
            "0{}",
            "4",
            "42",
            "42{}",
            "42[]",
            "42[1]",
            "43[]",
            "49",
            "4299999999999999999999[\"a\"]",
        ] {
            let told = read("/", text).unwrap_err().to_string();
            assert!(told.starts_with("answer is no packet of Engine.IO"), "{text}: {told}");
        }
        let told = read("/", "451-[\"a\",{\"_placeholder\":true,\"num\":0}]").unwrap_err();
        assert_eq!(told.to_string(), "answer is a packet with binary attachments");
    }

    proptest! {
        #[test]
        fn nothing_that_comes_makes_it_panic(text in "\\PC{0,40}", digits in "[0-6]{0,4}[/a,\\[\"{]{0,6}") {
            for text in [text, digits] {
                read("/", &text).ok();
                read("/chat", &text).ok();
            }
        }
    }
}
