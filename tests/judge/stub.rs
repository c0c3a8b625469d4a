//! A scripted stand-in for an OpenAI-compatible endpoint.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// What it does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Judges as told: passes what the set of fails does not name.
    Judge,
    /// The same in a code block.
    Fenced,
    /// The same after a while.
    Slow(Duration),
    /// The same with a quote that is not in the reply.
    WrongQuote,
    /// Says this instead.
    Say(String),
    /// A status, asking to come back at once.
    Refuse(u16),
    /// Half of the answer.
    Truncate,
    /// An answer of two megabytes.
    Oversized,
}

/// A request as it was heard.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// The text that was judged, as JSON; the same for a question that is asked again.
    pub(crate) data: String,
    /// True for a second question about an answer that could not be read.
    pub(crate) is_repair: bool,
    pub(crate) head: String,
    /// Tokens that the answer said it took; none where no answer was given.
    pub(crate) tokens: u64,
}

/// The stand-in; each request gets the act of its number.
pub(crate) struct Stub {
    pub(crate) base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// What to say of a reply under a criterion: true passes.
pub(crate) type Opinion = HashMap<(String, String), bool>;

impl Stub {
    pub(crate) fn start(script: impl Fn(usize) -> Act + Send + Sync + 'static) -> Stub {
        Stub::with_opinion(Opinion::new(), script)
    }

    pub(crate) fn with_opinion(opinion: Opinion, script: impl Fn(usize) -> Act + Send + Sync + 'static) -> Stub {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let heard = Arc::clone(&asked);
        let (script, opinion) = (Arc::new(script), Arc::new(opinion));
        thread::spawn(move || {
            for socket in listener.incoming() {
                let (heard, script, opinion) = (Arc::clone(&heard), Arc::clone(&script), Arc::clone(&opinion));
                thread::spawn(move || serve(socket.unwrap(), &heard, &*script, &opinion));
            }
        });
        Stub { base, asked }
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn tokens(&self) -> u64 {
        self.asked().iter().map(|asked| asked.tokens).sum()
    }
}

fn serve(mut socket: TcpStream, heard: &Mutex<Vec<Asked>>, script: &dyn Fn(usize) -> Act, opinion: &Opinion) {
    let Some((head, body)) = request(&mut socket) else {
        return;
    };
    let body: Value = serde_json::from_str(&body).unwrap();
    let messages = body["messages"].as_array().unwrap();
    let text = messages[1]["content"].as_str().unwrap();
    let data = text.lines().nth(2).unwrap().to_owned();
    let number = {
        let mut heard = heard.lock().unwrap();
        heard.push(Asked {
            data: data.clone(),
            is_repair: messages.len() > 2,
            head,
            tokens: 0,
        });
        heard.len() - 1
    };
    let act = script(number);
    let said = said(&act, messages[0]["content"].as_str().unwrap(), &data, opinion);
    if let Act::Slow(time) = act {
        thread::sleep(time);
    }
    let tokens = (body.to_string().len() / 4) as u64;
    let answer = json!({"model": "stub-judge-1", "choices": [{"message": {"content": said}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": tokens, "completion_tokens": 50}})
    .to_string();
    let whole = |status: u16, body: &str| {
        format!(
            "HTTP/1.1 {status} x\r\nRetry-After: 0\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let bytes = match act {
        Act::Refuse(status) => whole(status, "{}"),
        Act::Truncate => {
            let mut bytes = whole(200, &answer);
            bytes.truncate(bytes.len() - 20);
            bytes
        }
        _ => {
            heard.lock().unwrap()[number].tokens = tokens + 50;
            whole(200, &answer)
        }
    };
    // Whoever was told enough may have hung up.
    let _gone = socket.write_all(bytes.as_bytes()).is_err();
}

fn said(act: &Act, instructions: &str, data: &str, opinion: &Opinion) -> String {
    let turn: Value = serde_json::from_str(data).unwrap();
    let reply = turn["reply"].as_str().unwrap();
    let quote: String = match act {
        Act::WrongQuote => "words that nobody said".to_owned(),
        _ => reply.chars().take(6).collect(),
    };
    let names = instructions.lines().filter_map(|line| line.strip_prefix("## "));
    let verdicts: Vec<Value> = names
        .map(|name| {
            let passes = opinion
                .get(&(reply.to_owned(), name.to_owned()))
                .copied()
                .unwrap_or(true);
            let verdict = if passes { "pass" } else { "fail" };
            json!({"criterion": name, "quote": quote, "reason": "as told", "verdict": verdict})
        })
        .collect();
    let verdicts = json!({"verdicts": verdicts}).to_string();
    match act {
        Act::Fenced => format!("```json\n{verdicts}\n```"),
        Act::Say(text) => text.clone(),
        Act::Oversized => format!("{verdicts}{}", " ".repeat(2 << 20)),
        _ => verdicts,
    }
}

/// Head and body.
fn request(socket: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 16_384];
        let read = socket.read(&mut piece).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let lower = head.to_lowercase();
        let length: usize = lower.split("content-length: ").nth(1)?.lines().next()?.parse().ok()?;
        if bytes.len() >= end + 4 + length {
            return Some((head, String::from_utf8_lossy(&bytes[end + 4..]).into_owned()));
        }
    }
}
