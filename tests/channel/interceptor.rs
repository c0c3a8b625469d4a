//! The interceptor as a bot sees it, over real sockets.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use serde_json::json;
use throng::channel::{InterceptedCounts, Interception, Interceptor};

use crate::platform::{Desk, desk};
use crate::tunnel::{ask, connect, enter, post};

const HOST: &str = "api.telegram.org";

fn on(address: &str) -> Interception {
    Interception::on(address.parse::<SocketAddr>().unwrap()).unwrap()
}

/// A Telegram channel with customer 7 there, behind an interceptor.
fn intercepted() -> (Desk, Interceptor) {
    let desk = desk("{}", |_| {});
    let interceptor = desk.platform.intercept(&on("127.0.0.1:0")).unwrap();
    (desk, interceptor)
}

fn send(chat: u64, interceptor: &Interceptor, texts: &[String]) -> Vec<u16> {
    let mut tunnel = enter(interceptor.url(), HOST, interceptor.certificate().as_bytes()).unwrap();
    let sent = texts.iter().map(|text| {
        let body = json!({"chat_id": chat, "text": text}).to_string();
        post(&mut tunnel, "/bot123456:throng/sendMessage", &body)
    });
    sent.collect()
}

/// The counts, as soon as they are so, or after ten seconds as they are then.
fn counts(interceptor: &Interceptor, are_so: impl Fn(&InterceptedCounts) -> bool) -> InterceptedCounts {
    let patience = Instant::now() + Duration::from_secs(10);
    while !are_so(&interceptor.counts()) && Instant::now() < patience {
        std::thread::sleep(Duration::from_millis(10));
    }
    interceptor.counts()
}

#[test]
fn calls_to_the_platforms_own_host_come_to_throng() {
    let (desk, interceptor) = intercepted();
    let texts = ["您的订单明天送达。".to_owned(), "anything else?".to_owned()];
    assert_eq!(send(desk.run.numeric_id(7), &interceptor, &texts), [200, 200]);
    assert_eq!(desk.texts(), texts);
    let mut tunnel = enter(interceptor.url(), HOST, interceptor.certificate().as_bytes()).unwrap();
    assert_eq!(tunnel.conn.alpn_protocol(), Some(&b"http/1.1"[..]));
    assert_eq!(post(&mut tunnel, "/bot1:stolen/sendMessage", "{}"), 401);
    let shouted = connect(interceptor.url(), "API.Telegram.ORG").1;
    assert!(shouted.starts_with("HTTP/1.1 200"), "{shouted}");
    assert_eq!(interceptor.counts().tunnels[HOST], 3);
    assert_eq!(interceptor.hosts().collect::<Vec<_>>(), [HOST]);
}

#[test]
fn hosts_that_no_channel_serves_are_refused_in_words_and_counted() {
    let (_desk, interceptor) = intercepted();
    for _ in 0..12 {
        let answer = connect(interceptor.url(), "evil.example").1;
        assert!(
            answer.starts_with("HTTP/1.1 403") && answer.contains("lets nothing out"),
            "{answer}"
        );
    }
    let others = [
        "api.telegram.org.evil.example",
        "127.0.0.1",
        "169.254.169.254",
        "localhost",
        "[::1]",
    ];
    for host in others {
        let answer = connect(interceptor.url(), host).1;
        assert!(answer.starts_with("HTTP/1.1 403"), "{host}: {answer}");
    }
    let counts = interceptor.counts();
    assert_eq!(counts.refused["evil.example"], 12);
    assert_eq!(counts.refused.values().sum::<u64>(), 17, "{counts:?}");
    assert!(counts.tunnels.is_empty());
}

#[test]
fn all_but_connect_is_refused_in_words() {
    let (_desk, interceptor) = intercepted();
    for request in [
        "GET http://api.telegram.org/bot1/getMe HTTP/1.1\r\nHost: api.telegram.org\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "POST http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\n\r\nhi",
    ] {
        let answer = ask(interceptor.url(), request).1;
        assert!(
            answer.starts_with("HTTP/1.1 405") && answer.contains("only CONNECT"),
            "{answer}"
        );
    }
    assert_eq!(interceptor.counts().not_connect, 3);
    let nonsense = ask(interceptor.url(), "\x16\x03\x01 nonsense\r\n\r\n").1;
    assert!(
        nonsense.starts_with("HTTP/1.1 400") || nonsense.is_empty(),
        "{nonsense}"
    );
}

#[test]
fn tunnels_without_tls_or_trust_are_counted_and_harm_nobody() {
    let (desk, interceptor) = intercepted();
    let half_open: Vec<TcpStream> = (0..200).map(|_| connect(interceptor.url(), HOST).0).collect();
    let mut silent = TcpStream::connect(interceptor.url().strip_prefix("http://").unwrap()).unwrap();
    silent.write_all(b"CONN").unwrap();
    let mut garbage = connect(interceptor.url(), HOST).0;
    garbage.write_all(&[b'x'; 40_000]).unwrap_or_default();
    let _is_closed = garbage.read(&mut [0; 1_024]).is_ok();
    let stranger = on("127.0.0.1:0");
    let refused = enter(interceptor.url(), HOST, stranger.authority.certificate().as_bytes());
    assert!(refused.is_err(), "a bot with another certificate must not be let in");
    let found = counts(&interceptor, |counts| counts.broken > 0 && counts.untrusted == 1);
    assert!(found.broken > 0 && found.untrusted == 1, "{found:?}");
    assert_eq!(
        send(desk.run.numeric_id(7), &interceptor, &["still there".to_owned()]),
        [200]
    );
    drop((half_open, silent));
    let found = counts(&interceptor, |counts| counts.broken == 201);
    assert_eq!((found.broken, found.tunnels[HOST]), (201, 203), "{found:?}");
}

#[test]
fn a_thousand_tunnels_lose_nothing() {
    let (desk, interceptor) = intercepted();
    std::thread::scope(|scope| {
        for bot in 0..8 {
            let (chat, interceptor) = (desk.run.numeric_id(7), &interceptor);
            scope.spawn(move || {
                for number in 0..125 {
                    assert_eq!(send(chat, interceptor, &[format!("{bot} {number}")]), [200]);
                }
            });
        }
    });
    assert_eq!(desk.texts().len(), 1_000);
    assert_eq!(
        (desk.counts().replies, interceptor.counts().tunnels[HOST]),
        (1_000, 1_000)
    );
}

#[test]
fn it_listens_on_this_machine_only_and_needs_a_host_to_play() {
    let refused = Interception::on("0.0.0.0:0".parse().unwrap()).unwrap_err().to_string();
    assert!(
        refused.contains("0.0.0.0:0") && refused.contains("--intercept 127.0.0.1:8899"),
        "{refused}"
    );
    let hostless = desk("{}", |scenario| {
        scenario.channels[0].profile.serve.as_mut().unwrap().hosts.clear();
    });
    let refused = hostless.platform.intercept(&on("127.0.0.1:0")).unwrap_err().to_string();
    assert!(refused.contains("serve.hosts"), "{refused}");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = intercepted()
        .0
        .platform
        .intercept(&on(&address))
        .unwrap_err()
        .to_string();
    assert!(refused.contains(&address) && refused.contains("in use"), "{refused}");
}
