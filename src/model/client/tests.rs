//! Against a scripted endpoint on this machine.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::model::{Limits, Message, Price, Role};

const SECRET: &str = "sk-geheim-key";
const PRIVATE: &str = "订单13812345678到哪了";

/// An endpoint that gives each connection the next of these answers, written as they are, and keeps what it was asked.
struct Scripted {
    base: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Scripted {
    async fn with(answers: &[String]) -> Scripted {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/v1", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (mut answers, heard) = (VecDeque::from(answers.to_vec()), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Some(answer) = answers.pop_front() {
                let (mut socket, _) = listener.accept().await.unwrap();
                let request = request(&mut socket).await;
                heard.lock().unwrap().push(request);
                match answer.as_str() {
                    "HANG" => {
                        tokio::spawn(async move {
                            let _closed = socket.read(&mut [0; 8]).await;
                        });
                    }
                    answer => socket.write_all(answer.as_bytes()).await.unwrap_or_default(),
                }
            }
        });
        Scripted { base, asked }
    }

    fn client(&self) -> Client {
        let key = Key::from_environment(None, |name| (name == "OPENAI_API_KEY").then(|| SECRET.to_owned()));
        Client::new(&self.base, "judge", key.unwrap(), &[])
            .unwrap()
            .with_settings(Settings {
                timeout: Duration::from_millis(500),
                attempts: 3,
                backoff: Duration::from_millis(1),
                longest_wait: Duration::from_secs(2),
                most_bytes: 4_096,
            })
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// Head and body of one request.
async fn request(socket: &mut tokio::net::TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4_096];
        let read = socket.read(&mut piece).await.unwrap();
        bytes.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head.to_lowercase().split("content-length: ").nth(1).unwrap().to_owned();
        if body.len() >= length.split("\r\n").next().unwrap().parse::<usize>().unwrap() {
            return text;
        }
    }
}

fn http(status: u16, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} x\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

fn said(text: &str) -> String {
    let body = serde_json::json!({"model": "judge-9", "choices": [{"message": {"content": text}}],
        "usage": {"prompt_tokens": 20, "completion_tokens": 5}});
    http(200, "", &body.to_string())
}

fn question() -> Question {
    Question {
        messages: vec![Message::new(Role::System, "judge"), Message::new(Role::User, PRIVATE)],
        most_tokens: 100,
        temperature: 0.0,
        seed: Some(7),
        wants_json: true,
    }
}

fn silent_about_secrets(error: &ModelError) -> String {
    let words = format!("{error} {error:?}");
    assert!(!words.contains("geheim") && !words.contains("1381234"), "{words}");
    words
}

#[tokio::test]
async fn an_answer_comes_with_its_model_and_usage_and_the_question_as_the_wire_wants_it() {
    let endpoint = Scripted::with(&[said("fine")]).await;
    let client = endpoint.client();
    let answer = client.ask(&question()).await.unwrap();
    assert_eq!((answer.text.as_str(), answer.model.as_str()), ("fine", "judge-9"));
    assert_eq!(client.budget().spent().0, answer.usage);
    let asked = &endpoint.asked()[0];
    assert!(asked.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"), "{asked}");
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    assert!(head.to_lowercase().contains("authorization: bearer sk-geheim-key"));
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        (&body["model"], &body["temperature"], &body["seed"]),
        (&"judge".into(), &0.0.into(), &7.into())
    );
    assert_eq!(body["messages"][1]["content"], PRIVATE);
    assert!(!format!("{client:?} {answer:?}").contains("geheim"));
}

#[tokio::test]
async fn push_back_and_lost_connections_are_tried_again_and_only_what_may_have_cost_is_charged() {
    let half = said("never whole").replace("Content-Length: ", "Content-Length: 9");
    for (first, charged) in [
        (http(429, "Retry-After: 0\r\n", "{}"), 0),
        (http(503, "", "busy"), 0),
        (half, 1),
        (String::new(), 1),
        ("HANG".to_owned(), 1),
    ] {
        let endpoint = Scripted::with(&[first.clone(), said("fine")]).await;
        let client = endpoint.client();
        assert_eq!(client.ask(&question()).await.unwrap().text, "fine", "{first}");
        assert_eq!(endpoint.asked().len(), 2);
        let lost = Reservation::for_question(&question()).as_used();
        let (spent, _) = client.budget().spent();
        assert_eq!(spent.input, 20 + charged * lost.input, "{first}");
        assert_eq!(
            (spent.output, spent.is_estimated),
            (5 + charged * 100, charged == 1),
            "{first}"
        );
    }
}

#[tokio::test]
async fn a_question_that_nobody_waits_for_any_more_is_charged() {
    let endpoint = Scripted::with(&["HANG".to_owned()]).await;
    let client = endpoint.client();
    let asking = tokio::time::timeout(Duration::from_millis(100), client.ask(&question())).await;
    assert!(asking.is_err(), "{asking:?}");
    let most = Reservation::for_question(&question()).as_used();
    let (spent, _) = client.budget().spent();
    assert_eq!(
        (spent.input, spent.output, spent.is_estimated),
        (most.input, most.output, true)
    );
}

#[tokio::test]
async fn attempts_end_and_say_why_without_what_was_asked() {
    let echo =
        format!(r#"{{"error": {{"message": "{PRIVATE} {SECRET}", "code": "{SECRET}", "type": "server_error"}}}}"#);
    let failing: Vec<String> = (0..3).map(|_| http(500, "", &echo)).collect();
    let endpoint = Scripted::with(&failing).await;
    let error = endpoint.client().ask(&question()).await.unwrap_err();
    assert!(
        silent_about_secrets(&error).contains("HTTP 500 (server_error)"),
        "{error}"
    );
    assert_eq!((endpoint.asked().len(), error.is_final()), (3, false));

    let gone = Scripted::with(&[]).await;
    let error = gone.client().ask(&question()).await.unwrap_err();
    assert!(matches!(error, ModelError::Transport { attempts: 3, .. }), "{error}");
}

#[tokio::test]
async fn what_will_not_get_better_is_not_tried_again() {
    for (answer, wanted) in [
        (http(401, "", "{}"), "HTTP 401; check the key"),
        (
            http(302, "Location: http://127.0.0.1:9/\r\n", ""),
            "redirects are not followed",
        ),
        (http(404, "", "no"), "check the model's name"),
        (http(429, "Retry-After: 3600\r\n", ""), "asks to wait for 3600 s"),
        (
            http(200, "", &format!("<html>{PRIVATE}{SECRET}")),
            "gave no chat completion",
        ),
        (said(&"long ".repeat(2_000)), "longer than 4096 bytes"),
    ] {
        let endpoint = Scripted::with(&[answer, said("never asked for")]).await;
        let error = endpoint.client().ask(&question()).await.unwrap_err();
        assert!(silent_about_secrets(&error).contains(wanted), "{error}");
        assert_eq!(endpoint.asked().len(), 1, "{wanted}");
    }
}

#[tokio::test]
async fn an_endpoint_that_knows_no_json_mode_is_asked_without_and_never_again_with_it() {
    let refusal = http(400, "", r#"{"error": {"param": "response_format"}}"#);
    let endpoint = Scripted::with(&[refusal, said("one"), said("two")]).await;
    let client = endpoint.client();
    assert_eq!(client.ask(&question()).await.unwrap().text, "one");
    assert_eq!(client.ask(&question()).await.unwrap().text, "two");
    let with_mode: Vec<bool> = endpoint
        .asked()
        .iter()
        .map(|asked| asked.contains("json_object"))
        .collect();
    assert_eq!(with_mode, [true, false, false]);
    assert_eq!(client.left_out(), ["response_format"]);
    let stubborn = Scripted::with(&[http(400, "", "{}"), http(400, "", "{}")]).await;
    let error = stubborn.client().ask(&question()).await.unwrap_err();
    assert!(matches!(error, ModelError::Refused { status: 400, .. }), "{error}");
    assert_eq!(stubborn.asked().len(), 2);
}

#[tokio::test]
async fn a_budget_is_never_passed_and_nothing_is_sent_beyond_it() {
    let endpoint = Scripted::with(&[said("one"), said("two"), said("three")]).await;
    let most = Reservation::for_question(&question()).as_used();
    let limits = Limits {
        // Room for two that take 25 each, not for a third that may take the most.
        tokens: Some(most.input + most.output + 25),
        money: None,
    };
    let client = endpoint.client().with_budget(Budget::new(limits, Price::default()));
    assert!(client.ask(&question()).await.is_ok());
    assert!(client.ask(&question()).await.is_ok());
    let error = client.ask(&question()).await.unwrap_err();
    assert!(matches!(error, ModelError::Budget(_)) && error.is_final(), "{error}");
    assert_eq!((endpoint.asked().len(), client.budget().spent().0.input), (2, 40));
}

#[test]
fn a_host_elsewhere_must_be_named() {
    let new = |url: &str, allowed: &[String]| Client::new(url, "judge", None, allowed).map(|client| client.endpoint());
    let error = new("https://model.example/v1", &[]).unwrap_err().to_string();
    assert!(error.contains("--allow-target model.example"), "{error}");
    assert_eq!(
        new("http://model.example:9/v1", &["model.example".to_owned()]).unwrap(),
        "model.example:9"
    );
    assert!(new("ftp://127.0.0.1", &[]).is_err());
}
