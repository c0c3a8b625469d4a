//! `throng check --connect`: small servers that each fail in one way, and what is said of them.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::Value;
use support::{Desk, Program, ports};
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, crypto};

/// A scenario with one channel of this profile.
fn scenario(profile: &str) -> String {
    format!(
        "
scenario: connect
seed: 2
knowledge: beauty-shop
goals: beauty-shop
channels:
  - shop: {{profile: {profile}, share: 1}}
customers:
  - {{persona: bargain-hunter, goal: check-coupon, share: 1}}
traffic: {{phases: [{{hold: {{name: calm, for: 2s, rate: 20/s}}}}]}}
deadline: {{reply: 2s, grace: 1s}}
"
    )
}

/// Checks a scenario with these flags beside; gives the exit code, the JSON and what was told beside it.
fn check(scenario: &str, flags: &[&str]) -> (i32, Value, String) {
    check_with(scenario, flags, &[])
}

/// The same in an environment of its own.
fn check_with(scenario: &str, flags: &[&str], environment: &[(&str, &str)]) -> (i32, Value, String) {
    let desk = Desk::with(scenario);
    let file = desk.scenario();
    let mut arguments = vec!["check", file.to_str().unwrap(), "--connect", "--json"];
    arguments.extend(flags);
    let output = desk.throng_with(&arguments, environment);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let json = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    (output.status.code().unwrap(), json, stderr)
}

/// A server that says these bytes to every request; `{echo}` in them stands for the request's `echostr`.
struct Server {
    url: String,
    requests: Arc<AtomicUsize>,
}

fn server(says: &str) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/bot", listener.local_addr().unwrap());
    let (says, requests) = (says.to_owned(), Arc::new(AtomicUsize::new(0)));
    let count = Arc::clone(&requests);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            count.fetch_add(1, Ordering::SeqCst);
            let _is_gone = answer(stream, &says).is_err();
        }
    });
    Server { url, requests }
}

/// The first byte of a TLS connection.
const TLS_HANDSHAKE: u8 = 0x16;

fn answer(mut stream: TcpStream, says: &str) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let (mut request, mut buffer) = (String::new(), [0; 8_192]);
    loop {
        let head = request.split_once("\r\n\r\n");
        let length = |head: &str| {
            let line = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: ").map(str::to_owned));
            line.map_or(0, |length| length.parse().unwrap())
        };
        if head.is_some_and(|(head, body)| body.len() >= length(&head.to_lowercase())) {
            break;
        }
        match stream.read(&mut buffer)? {
            0 => return Ok(()),
            // Whoever speaks TLS to a plain server hears at once that this is no request.
            _ if buffer[0] == TLS_HANDSHAKE => break,
            read => request.push_str(&String::from_utf8_lossy(&buffer[..read])),
        }
    }
    let echo = request
        .split("echostr=")
        .nth(1)
        .and_then(|rest| rest.split([' ', '&']).next());
    stream.write_all(says.replace("{echo}", echo.unwrap_or_default()).as_bytes())
}

fn http(status: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// What is found on the only channel: the word, place, cause and remedy.
fn found(connections: &Value) -> [String; 4] {
    let channel = &connections["channels"][0];
    ["finding", "place", "cause", "remedy"].map(|key| channel[key].as_str().unwrap_or_default().to_owned())
}

/// A profile, what its bot says to everything, the word for that, and a part of the remedy.
type Case = (&'static str, String, &'static str, &'static str);

/// Bots that refuse, or send throng elsewhere.
fn refusals() -> Vec<Case> {
    vec![
        ("generic-json", http("401 Unauthorized", ""), "unauthorised", "settings"),
        ("generic-json", http("403 Forbidden", ""), "unauthorised", "settings"),
        (
            "generic-json",
            http("404 Not Found", ""),
            "not_found",
            "channels.shop.target",
        ),
        (
            "generic-json",
            http("400 Bad Request", ""),
            "bad_request",
            "throng new channel",
        ),
        ("generic-json", http("500 Oops", ""), "bot_failed", "log"),
        ("generic-json", http("503 Busy", ""), "busy", "quota"),
        (
            "generic-json",
            "HTTP/1.1 302 Found\r\nLocation: https://login.example/\r\nContent-Length: 0\r\n\r\n".to_owned(),
            "redirected",
            "channels.shop.target",
        ),
    ]
}

/// Bots that say yes, and nothing that can be read.
fn unreadable_answers() -> Vec<Case> {
    vec![
        (
            "generic-json",
            http("200 OK", "<!DOCTYPE html><p>Sign in"),
            "html_page",
            "generic-json",
        ),
        (
            "generic-json",
            http("200 OK", "{\"replies\""),
            "unreadable",
            "throng new channel",
        ),
        (
            "generic-json",
            http("200 OK", "{\"error\": \"no model\"}"),
            "error_told",
            "log",
        ),
        ("generic-json", http("200 OK", ""), "said_nothing", "past throng"),
        (
            "generic-json",
            http("200 OK", r#"{"answer": "hello"}"#),
            "other_keys",
            "throng new channel",
        ),
        (
            "openai-chat",
            http("200 OK", r#"{"choices": [{"text": "hello"}]}"#),
            "other_keys",
            "keys that `openai-chat` reads",
        ),
        (
            "generic-json",
            http("200 OK", &" ".repeat((1 << 20) + 1)),
            "too_long",
            "throng reads 1 MiB",
        ),
        ("generic-json", "SSH-2.0-OpenSSH_9\r\n".to_owned(), "not_http", "https"),
        ("generic-json", String::new(), "closed", "https"),
    ]
}

/// Bots on channels that have a handshake, pieces of text or an API of their own.
fn failures_of_other_channels() -> Vec<Case> {
    vec![
        (
            "openai-chat-stream",
            http("200 OK", "<html>proxy</html>"),
            "html_page",
            "openai-chat-stream",
        ),
        (
            "wechat-official-account",
            http("200 OK", "hello"),
            "not_echoed",
            "channels.shop.settings.token",
        ),
        (
            "wechat-official-account",
            http("403 Forbidden", ""),
            "unauthorised",
            "channels.shop.settings.token",
        ),
        (
            "wechat-official-account",
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{echo}".to_owned(),
            "said_nothing",
            "custom-send",
        ),
        ("line", http("200 OK", ""), "replies_go_past_throng", "--intercept"),
        ("line", http("500 Oops", ""), "bot_failed", "--intercept"),
    ]
}

#[test]
fn each_way_to_fail_has_its_name_its_cause_and_its_remedy() {
    let cases = [refusals(), unreadable_answers(), failures_of_other_channels()].concat();
    std::thread::scope(|scope| {
        for (profile, says, finding, remedy) in cases {
            scope.spawn(move || {
                let bot = server(&says);
                let (code, json, stderr) = check(&scenario(profile), &["--target", &bot.url]);
                let [word, place, cause, mends] = found(&json);
                let told = format!("{profile} {says:?}: {json:#} {stderr}");
                assert_eq!((code, word.as_str()), (100, finding), "{told}");
                assert!(mends.contains(remedy), "{told}");
                assert!(!cause.is_empty() && place.contains("127.0.0.1"), "{told}");
                assert!(stderr.contains("give it test ones"), "{told}");
                let requests = bot.requests.load(Ordering::SeqCst);
                assert!(requests == 1 || profile.starts_with("wechat"), "{requests} {told}");
            });
        }
    });
}

#[test]
fn a_port_where_nobody_listens_is_told_with_the_flag_that_waits_for_it() {
    let closed = ports::address();
    let (code, json, _) = check(&scenario("generic-json"), &["--target", &format!("http://{closed}/")]);
    assert_eq!((code, found(&json)[0].as_str()), (100, "no_connection"), "{json:#}");
    assert!(found(&json)[3].contains("--wait-for-target"), "{json:#}");
}

#[test]
fn one_message_is_sent_to_a_channel_that_works() {
    let bot = server(&http("200 OK", r#"{"replies": [{"text": "满 300 减 50"}]}"#));
    let (code, json, _) = check(&scenario("generic-json"), &["--target", &bot.url]);
    assert_eq!(
        (code, json["channels"][0]["is_usable"].as_bool()),
        (0, Some(true)),
        "{json:#}"
    );
    assert_eq!(found(&json)[0], "works");
    assert_eq!(bot.requests.load(Ordering::SeqCst), 1);
    let schema = Desk::with("").throng(&["schema", "check"]).stdout;
    let schema: Value = serde_json::from_slice(&schema).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&json), "{json:#}");
}

/// A server with a certificate that nobody vouches for.
fn self_signed() -> String {
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()));
    let config = config
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth();
    let config = Arc::new(config.with_single_cert(vec![cert.der().clone()], key).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}/bot", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut server = ServerConnection::new(Arc::clone(&config)).unwrap();
            let _is_refused = server.complete_io(&mut stream).is_err();
        }
    });
    url
}

#[test]
fn tls_that_fails_is_told_apart() {
    let (code, json, _) = check(&scenario("generic-json"), &["--target", &self_signed()]);
    assert_eq!(
        (code, found(&json)[0].as_str()),
        (100, "untrusted_certificate"),
        "{json:#}"
    );
    assert!(found(&json)[3].contains("SSL_CERT_FILE"), "{json:#}");
    let plain = server(&http("200 OK", "")).url.replace("http://", "https://");
    let (code, json, _) = check(&scenario("generic-json"), &["--target", &plain]);
    assert_eq!((code, found(&json)[0].as_str()), (100, "no_tls"), "{json:#}");
}

#[test]
fn the_built_in_bot_with_other_secrets_is_told_from_one_with_the_same() {
    for (profile, setting, finding) in [
        ("wechat-official-account", "token", "unauthorised"),
        ("wechat-official-account-aes", "aes_key", "wrong_key"),
    ] {
        let right = scenario(profile);
        let (code, json, stderr) = check(&right, &[]);
        assert_eq!(
            (code, found(&json)[0].as_str()),
            (0, "works"),
            "{profile}: {json:#} {stderr}"
        );
        let desk = Desk::with(&right);
        let bot = Program::bot(&desk.scenario(), &[]);
        let wrong = right.replace(
            "share: 1}\ncustomers",
            &format!("share: 1, settings: {{{setting}: \"${{ANOTHER}}\"}}}}\ncustomers"),
        );
        let flags = ["--target", &format!("{}/wechat", bot.url)];
        let another = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
        let (code, json, stderr) = check_with(&wrong, &flags, &[("ANOTHER", another)]);
        assert_eq!(
            (code, found(&json)[0].as_str()),
            (100, finding),
            "{profile}: {json:#} {stderr}"
        );
        assert!(!json.to_string().contains("abcdefghij"), "{json:#}");
    }
}

#[test]
fn a_run_whose_handshake_fails_says_what_check_says_and_sends_nothing_more() {
    for (says, cause, remedy) in [
        (
            http("403 Forbidden", ""),
            "the token or secret is likely not the same (expected HTTP 200, found HTTP 403)",
            "channels.shop.settings.token",
        ),
        (
            http("200 OK", "hello"),
            "the challenge was not echoed",
            "channels.shop.settings.token",
        ),
    ] {
        let bot = server(&says);
        let desk = Desk::with(&scenario("wechat-official-account"));
        let rehearsed = desk.rehearse(&["--target", &bot.url]);
        assert_eq!(rehearsed.code, 100, "{rehearsed:?}");
        assert!(
            rehearsed.stderr.contains(&format!("the handshake with {}", bot.url)),
            "{rehearsed:?}"
        );
        assert!(
            rehearsed.stderr.contains(cause) && rehearsed.stderr.contains(remedy),
            "{rehearsed:?}"
        );
        assert_eq!(bot.requests.load(Ordering::SeqCst), 1);
        assert!(!desk.out().exists(), "no run directory of nothing");
    }
}

/// Rehearses with this bot and gives the exit code, what was told beside, and whether there is a run directory.
fn rehearse_aloud(bot: &Server) -> (i32, String, bool) {
    let desk = Desk::with(&scenario("generic-json"));
    let (file, out) = (desk.scenario(), desk.out());
    let (file, folder) = (file.to_str().unwrap(), out.to_str().unwrap());
    let output = desk.throng(&["run", file, "--out", folder, "--no-tui", "--target", &bot.url]);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code().unwrap(), stderr, out.exists())
}

#[test]
fn a_run_with_a_bot_that_says_it_under_other_keys_is_stopped_before_the_load() {
    for (body, told) in [
        (
            r#"{"answer": "hello"}"#,
            "answer has no `replies`; its keys are: answer",
        ),
        (
            r#"{"replies": [{"content": "hello"}]}"#,
            "answer has no `replies[0].text`; the keys of `replies[0]` are: content",
        ),
        ("[1,2]", "answer has no `replies`; it is a list"),
    ] {
        let bot = server(&http("200 OK", body));
        let (code, stderr, has_run) = rehearse_aloud(&bot);
        assert_eq!((code, has_run), (100, false), "{stderr}");
        assert!(
            stderr.contains(told) && stderr.contains("throng new channel"),
            "{stderr}"
        );
        assert!(!stderr.contains("wechat"), "{stderr}");
        assert!(stderr.contains("first contact: one message on shop"), "{stderr}");
        assert!(
            stderr.contains("try 2 of 3") && stderr.contains("try 3 of 3"),
            "{stderr}"
        );
        assert_eq!(bot.requests.load(Ordering::SeqCst), 3, "{stderr}");
    }
}

#[test]
fn a_run_with_a_bot_that_merely_acknowledges_is_warned_of_and_held() {
    for body in ["", r#"{"replies": [{"text": null}]}"#] {
        let bot = server(&http("200 OK", body));
        let (code, stderr, has_run) = rehearse_aloud(&bot);
        assert!(has_run, "the load was held: {code} {stderr}");
        let warning = "warning: shop: the bot acknowledged the first contact and said nothing";
        assert!(stderr.contains(warning), "{stderr}");
    }
}

#[test]
fn a_channel_has_its_own_target_by_a_flag() {
    let (one, other) = (
        server(&http("200 OK", r#"{"replies": [{"text": "满 300 减 50"}]}"#)),
        server(&http("401 Unauthorized", "")),
    );
    let two = scenario("generic-json").replace("customers:", "  - page: {profile: generic-json, share: 1}\ncustomers:");
    let flags = ["--target", &one.url, "--channel-target", &format!("page={}", other.url)];
    let (code, json, _) = check(&two, &flags);
    assert_eq!(code, 100, "{json:#}");
    let channels = json["channels"].as_array().unwrap();
    let found: Vec<_> = channels
        .iter()
        .map(|channel| channel["finding"].as_str().unwrap())
        .collect();
    assert_eq!(found, ["works", "unauthorised"], "{json:#}");
    assert_eq!(channels[1]["target"], other.url.as_str());
    let (code, _, stderr) = check(&two, &["--channel-target", &format!("shop2={}", other.url)]);
    assert!(code == 104 && stderr.contains("shop2"), "{code}: {stderr}");
}

#[test]
fn calls_that_are_refused_or_bring_no_reply_are_told_with_their_names() {
    for (path, body, finding, observed) in [
        ("/bot1:stolen/sendMessage", "{}", "calls_refused", "unauthorized"),
        ("/bot123456:throng/sendSticker", "{}", "calls_refused", "sendSticker"),
        (
            "/bot123456:throng/sendMessage",
            "{\"chat_id\": 12, \"text\": \"x\"}",
            "calls_refused",
            "unknown_customer",
        ),
        ("/bot123456:throng/getMe", "{}", "no_reply_called", ""),
    ] {
        let api = ports::address();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let target = format!("http://{}/tg", listener.local_addr().unwrap());
        let call = format!(
            "POST {path} HTTP/1.1\r\nHost: api\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let called = api.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut platform = TcpStream::connect(&called).unwrap();
                platform.write_all(call.as_bytes()).unwrap();
                platform.read_to_end(&mut Vec::new()).unwrap();
                answer(stream, &http("200 OK", "")).unwrap();
            }
        });
        let (code, json, stderr) = check(&scenario("telegram"), &["--target", &target, "--serve", &api]);
        let [word, place, cause, _] = found(&json);
        assert_eq!((code, word.as_str()), (100, finding), "{json:#} {stderr}");
        assert!(place.contains(&api) && cause.contains(observed), "{json:#}");
        assert!(!json.to_string().contains("stolen"), "{json:#}");
    }
}

#[test]
fn a_bot_that_never_asks_for_its_messages_is_told_where_they_wait() {
    let (code, json, _) = check(&scenario("telegram-get-updates"), &["--target", "http://127.0.0.1:9"]);
    let [word, _, _, remedy] = found(&json);
    assert_eq!((code, word.as_str()), (100, "never_asked"), "{json:#}");
    assert!(
        remedy.contains("api.telegram.org") && remedy.contains("--intercept"),
        "{json:#}"
    );
}

#[test]
fn several_channels_are_told_apart_and_in_both_languages() {
    let two = scenario("generic-json").replace(
        "customers:",
        "  - page: {profile: generic-json, share: 1, target: \"http://127.0.0.1:1/\"}\ncustomers:",
    );
    let desk = Desk::with(&two);
    let file = desk.scenario();
    for (language, working, failing) in [
        (
            "en",
            "shop: ok: the message to ",
            "page: failed: the message to http://127.0.0.1:1: no connection can be made",
        ),
        (
            "zh",
            "shop：可用：发往 ",
            "page：失败：发往 http://127.0.0.1:1 的消息：无法建立连接",
        ),
    ] {
        let output = desk.throng(&["check", file.to_str().unwrap(), "--connect", "--lang", language]);
        let page = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(100), "{page}");
        assert!(page.starts_with(working) && page.contains(failing), "{page}");
        assert!(page.contains("--wait-for-target"), "{page}");
    }
}

#[test]
fn what_only_connecting_needs_is_refused_without_it() {
    let desk = Desk::with(&scenario("telegram"));
    let file = desk.scenario();
    let check = |flags: &[&str]| {
        let output = desk.throng(&[&["check", file.to_str().unwrap()], flags].concat());
        (
            output.status.code().unwrap(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, told) = check(&["--wait-for-target", "1s"]);
    assert!(code == 104 && told.contains("--connect"), "{code} {told}");
    let (code, told) = check(&["--json"]);
    assert!(code == 104 && told.contains("--connect"), "{code} {told}");
    let (code, told) = check(&[
        "--connect",
        "--target",
        "http://bot.example/",
        "--set",
        "budget=unlimited",
    ]);
    assert!(
        code == 104 && told.contains("--allow-target bot.example"),
        "{code} {told}"
    );
    assert!(
        told.contains("give it test ones") && told.contains("one message now goes to"),
        "{told}"
    );
    let (code, told) = check(&["--connect", "--intercept", "0.0.0.0:0"]);
    assert!(code == 104 && told.contains("this machine alone"), "{code} {told}");
}
