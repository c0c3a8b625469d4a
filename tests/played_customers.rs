//! Customers whom a model plays, from end to end: the real binary, the built-in bot, and a scripted endpoint in the model's place.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use support::{Desk, Rehearsed};

const SCENARIO: &str = "
scenario: played
seed: 5
pace: 200
knowledge: beauty-shop
goals: beauty-shop
channels:
  - web: {profile: generic-json, share: 1}
customers:
  - {persona: someone-zh, goal: check-coupon, share: 1}
  - {persona: someone-en, goal: check-coupon, share: 1}
traffic:
  arrivals: even
  phases:
    - hold: {name: steady, for: 2s, rate: 20/s}
deadline: {reply: 3s, grace: 2s}
drain: 20s
played_by:
  endpoint: ENDPOINT
  model: stub
  timeout: TIMEOUT
  at_once: 64
  budget: {tokens: TOKENS}
bot: {service_time: {median: 20ms, sigma: 0.1}}
define:
  personas:
    - &someone
      persona: someone-zh
      description: 急性子
      language: zh
      typing: {burst: [1], typos: 0}
      think: {median: 1s}
      patience: {max_nudges: 0, leave_after: {median: 60s}, leaves_silently: 1}
    - {<<: *someone, persona: someone-en, language: en, description: In a hurry}
";

/// What the stub does with a question.
#[derive(Clone, Copy)]
enum Manner {
    /// Asks once more in its own words, then has what it came for.
    Plays,
    /// Writes no JSON.
    Chats,
    /// 429 each time.
    Refuses,
    /// Takes it and says nothing.
    Hangs,
    /// Breaks off in the middle.
    BreaksOff,
}

/// An endpoint that keeps what it was asked.
struct Model {
    base: String,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Model {
    fn with(manner: Manner) -> Model {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let heard = Arc::clone(&heard);
                std::thread::spawn(move || answer(socket, manner, &heard));
            }
        });
        Model { base, asked }
    }

    fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(mut socket: TcpStream, manner: Manner, heard: &Mutex<Vec<Value>>) {
    let Some(question) = question(&mut socket) else { return };
    let turns = question["messages"].as_array().unwrap().len();
    let is_chinese = question["messages"][0]["content"].as_str().unwrap().contains("顾客");
    heard.lock().unwrap().push(question);
    let said = match (manner, turns) {
        (Manner::Plays, 0..=3) if is_chinese => json!({"wish": 1, "say": "所以优惠券满多少可以减啊"}).to_string(),
        (Manner::Plays, 0..=3) => json!({"wish": 1, "say": "so how much is the coupon worth"}).to_string(),
        (Manner::Plays, _) => json!({"end": "got_it"}).to_string(),
        (Manner::Chats, _) => "As a language model I would ask about the coupon.".to_owned(),
        (Manner::Refuses, _) => return respond(&mut socket, 429, "{}"),
        (Manner::Hangs, _) => return std::thread::sleep(Duration::from_secs(8)),
        (Manner::BreaksOff, _) => {
            return socket
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"choices\": [")
                .unwrap_or_default();
        }
    };
    let body = json!({"model": "stub-1", "choices": [{"message": {"content": said}}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10}});
    respond(&mut socket, 200, &body.to_string());
}

fn respond(socket: &mut TcpStream, status: u16, body: &str) {
    let answer = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    socket.write_all(answer.as_bytes()).unwrap_or_default();
}

fn question(socket: &mut TcpStream) -> Option<Value> {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4_096]);
    loop {
        let read = socket.read(&mut piece).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes);
        let whole = text
            .split_once("\r\n\r\n")
            .and_then(|(_, body)| serde_json::from_str(body).ok());
        if whole.is_some() {
            return whole;
        }
    }
}

fn rehearse(model: &Model, timeout: &str, tokens: u64) -> Rehearsed {
    let scenario = SCENARIO.replace("ENDPOINT", &model.base).replace("TIMEOUT", timeout);
    Desk::with(&scenario.replace("TOKENS", &tokens.to_string()))
        .rehearse_with(&[], &[("THRONG_MODEL_KEY", "sk-geheim-77")])
}

/// Whatever the model did, every customer came, was heard, and left with what they came for.
fn assert_whole(rehearsed: &Rehearsed) {
    assert_eq!(rehearsed.code, 0, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/totals/conversations/started"), 40);
    assert_eq!(rehearsed.count("/totals/conversations/goal_met"), 40);
    assert_eq!(
        rehearsed.count("/totals/turns/sent"),
        rehearsed.count("/totals/turns/answered"),
        "{rehearsed:?}"
    );
    let played = &rehearsed.run["played_by"];
    let count = |key: &str| played[key].as_u64().unwrap();
    assert_eq!(count("asked"), count("written") + count("own_words"), "{played}");
    let reasons: u64 = played["reasons"]
        .as_object()
        .unwrap()
        .values()
        .map(|count| count.as_u64().unwrap())
        .sum();
    assert_eq!(reasons, count("own_words"));
    assert!(!rehearsed.stderr.contains("geheim"));
}

#[test]
fn a_model_leads_the_conversation_in_both_languages() {
    let model = Model::with(Manner::Plays);
    let rehearsed = rehearse(&model, "5s", 1_000_000);
    assert_whole(&rehearsed);
    assert_eq!(rehearsed.count("/totals/turns/sent"), 80, "each asks twice");
    assert_eq!(rehearsed.count("/played_by/written"), 80);
    assert_eq!(
        (
            rehearsed.count("/played_by/tokens_in"),
            rehearsed.count("/played_by/tokens_out")
        ),
        (8_000, 800)
    );
    // What it says belongs to the step that it names, so that its answers are scored as anybody's.
    assert_eq!(rehearsed.count("/totals/quality/checks/required_facts/pass"), 80);
    let asked = model.asked();
    for question in &asked {
        let messages = question["messages"].as_array().unwrap();
        let instructions = messages[0]["content"].as_str().unwrap();
        assert!(
            instructions.contains("急性子") || instructions.contains("In a hurry"),
            "{instructions}"
        );
        assert!(
            !instructions.contains("满300"),
            "what only the shop knows: {instructions}"
        );
        assert_eq!(
            (&messages[1]["role"], &messages[2]["role"]),
            (&json!("assistant"), &json!("user"))
        );
    }
    let seeds: std::collections::HashSet<u64> = asked
        .iter()
        .map(|question| question["seed"].as_u64().unwrap())
        .collect();
    assert!(seeds.len() > 70, "each turn has its own chance");
}

#[test]
fn a_model_that_fails_costs_its_words_and_nothing_else() {
    for (manner, timeout, reason) in [
        (Manner::Chats, "5s", "malformed"),
        (Manner::Refuses, "10s", "refused"),
        (Manner::Hangs, "1s", "too_slow"),
        (Manner::BreaksOff, "10s", "unreachable"),
    ] {
        let rehearsed = rehearse(&Model::with(manner), timeout, 1_000_000_000);
        assert_whole(&rehearsed);
        assert_eq!(rehearsed.count("/played_by/written"), 0, "{reason}");
        let count = rehearsed.count(&format!("/played_by/reasons/{reason}"));
        assert_eq!(
            count,
            rehearsed.count("/played_by/own_words"),
            "{reason}: {rehearsed:?}"
        );
    }
}

#[test]
fn the_budget_is_never_passed() {
    let rehearsed = rehearse(&Model::with(Manner::Plays), "5s", 6_000);
    assert_whole(&rehearsed);
    let spent = rehearsed.count("/played_by/tokens_in") + rehearsed.count("/played_by/tokens_out");
    assert!(
        spent <= 6_000 && rehearsed.count("/played_by/written") > 0,
        "{rehearsed:?}"
    );
    assert!(rehearsed.count("/played_by/reasons/budget_spent") > 0);
}

#[test]
fn an_endpoint_that_is_not_this_machine_must_be_named_and_paid_for() {
    let far = SCENARIO
        .replace("ENDPOINT", "https://models.example.com/v1")
        .replace("TIMEOUT", "5s");
    let unpaid = far.replace("  budget: {tokens: TOKENS}\n", "");
    let output = Desk::with(&unpaid).rehearse(&[]);
    assert_eq!(output.code, 104);
    assert!(
        output
            .stderr
            .contains("expected `budget` beside an endpoint that is not on this machine"),
        "{output:?}"
    );
    let output = Desk::with(&far.replace("TOKENS", "9")).rehearse(&[]);
    assert_eq!(output.code, 104);
    assert!(
        output.stderr.contains("models.example.com") && output.stderr.contains("--allow-target"),
        "{output:?}"
    );
}
