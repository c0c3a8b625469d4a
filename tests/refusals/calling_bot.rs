//! A bot of a WeChat official account that replies by custom/send, and does one thing wrongly.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::support::ports;

/// What it does beside replying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// It keeps its token until it is told that it has expired.
    RenewsWhenTold,
    /// It writes to somebody else, too.
    WritesToStrangers,
    /// It uploads 11 MiB first, where 10 are taken.
    UploadsTooMuch,
    /// It calls something that is not there.
    CallsNoRoute,
}

/// The bot, for as long as the test's process lasts.
pub(crate) struct CallingBot {
    pub(crate) url: String,
    /// Where it looks for the platform's API, for `--serve`.
    pub(crate) api: String,
    desk: Arc<Desk>,
}

struct Desk {
    api: String,
    manner: Manner,
    token: Mutex<Option<String>>,
    told_expired: AtomicU64,
}

impl CallingBot {
    pub(crate) fn start(manner: Manner) -> CallingBot {
        let api = ports::address();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/wechat", listener.local_addr().unwrap());
        let desk = Arc::new(Desk {
            api: api.clone(),
            manner,
            token: Mutex::default(),
            told_expired: AtomicU64::default(),
        });
        let served = Arc::clone(&desk);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let desk = Arc::clone(&served);
                thread::spawn(move || desk.serve(stream));
            }
        });
        CallingBot { url, api, desk }
    }

    /// How often it was answered that its token had expired.
    pub(crate) fn told_expired(&self) -> u64 {
        self.desk.told_expired.load(Ordering::SeqCst)
    }
}

impl Desk {
    /// One request on a connection of its own.
    fn serve(&self, mut stream: TcpStream) {
        let request = read(&mut stream, |head| head.to_lowercase().starts_with("get"));
        let echo = between(&request, "echostr=", &[' ', '&']);
        let answer = match (echo, between(&request, "<FromUserName><![CDATA[", &[']'])) {
            (Some(echo), _) => echo,
            (None, Some(customer)) => {
                self.reply(&customer);
                "success".to_owned()
            }
            (None, None) => return,
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        // A platform that no longer waits has nothing to hear.
        let _is_gone = stream.write_all((head + &answer).as_bytes()).is_err();
    }

    fn reply(&self, customer: &str) {
        match self.manner {
            Manner::RenewsWhenTold => {}
            Manner::WritesToStrangers => assert_eq!(self.say("oStranger"), 40_003),
            Manner::UploadsTooMuch => {
                let path = format!("/cgi-bin/media/upload?type=image&access_token={}", self.token());
                assert_eq!(self.call("POST", &path, &vec![b'x'; 11 << 20])["errcode"], 45_001);
            }
            Manner::CallsNoRoute => {
                self.call("POST", "/cgi-bin/message/mass/send", b"{}");
            }
        }
        if self.say(customer) == 42_001 {
            self.told_expired.fetch_add(1, Ordering::SeqCst);
            *self.token.lock().unwrap() = None;
            assert_eq!(self.say(customer), 0, "with a new one");
        }
    }

    /// Says something to a customer, and gives the platform's `errcode`.
    fn say(&self, customer: &str) -> i64 {
        let path = format!("/cgi-bin/message/custom/send?access_token={}", self.token());
        let text = "Your order is on its way.";
        let reply = json!({"touser": customer, "msgtype": "text", "text": {"content": text}});
        self.call("POST", &path, reply.to_string().as_bytes())["errcode"]
            .as_i64()
            .unwrap()
    }

    /// The token that it has, or a new one.
    fn token(&self) -> String {
        let mut token = self.token.lock().unwrap();
        let fetch = || {
            let fetched = self.call("GET", "/cgi-bin/token?grant_type=client_credential", b"");
            fetched["access_token"].as_str().unwrap().to_owned()
        };
        token.get_or_insert_with(fetch).clone()
    }

    fn call(&self, method: &str, path: &str, body: &[u8]) -> Value {
        let mut stream = TcpStream::connect(&self.api).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: api\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap_or(Value::Null)
    }
}

/// A request, its body included unless `is_bodiless`.
fn read(stream: &mut TcpStream, is_bodiless: impl Fn(&str) -> bool) -> String {
    let (mut request, mut buffer) = (Vec::new(), [0; 8_192]);
    loop {
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = between(&head.to_lowercase(), "content-length: ", &['\r']);
            let length = length.map_or(0, |length| length.parse().unwrap());
            if is_bodiless(head) || body.len() >= length {
                return text;
            }
        }
        match stream.read(&mut buffer) {
            Ok(read) if read > 0 => request.extend_from_slice(&buffer[..read]),
            _ => return text,
        }
    }
}

/// What stands between `mark` and the first of `ends`.
fn between(text: &str, mark: &str, ends: &[char]) -> Option<String> {
    let rest = text.split_once(mark)?.1;
    Some(rest.split(ends).next().unwrap_or_default().to_owned())
}
