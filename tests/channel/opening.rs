//! What is found before anything is sent.

use serde_json::{Value, json};
use throng::channel::{Line, Wiring};

use crate::bot::{Bot, ok, say, status};
use crate::lines::{channel, line, open, profile};

fn refusal(changes: &Value, settings: Value, url: &str) -> String {
    let opened = open(&channel(profile(changes), settings), url);
    opened.err().expect("it opened").to_string()
}

#[test]
fn what_cannot_work_is_refused_with_cause_and_remedy() {
    let here = "http://127.0.0.1:1";
    insta::assert_snapshot!(refusal(&json!({}), json!({"key": "${THRONG_TEST_NOT_SET}"}), here),
        @"channel `web`: setting `key` needs the environment variable `THRONG_TEST_NOT_SET`, which is not set; set it with `export THRONG_TEST_NOT_SET=...`");
    let required =
        json!({"settings": {"token": {"required": true, "description": "the token entered at the platform"}}});
    insta::assert_snapshot!(refusal(&required, json!({}), here),
        @"channel `web`: setting `token` is missing (the token entered at the platform); give it under `channels.web.settings`");
    insta::assert_snapshot!(refusal(&json!({}), json!({}), "http://shop.example/v1"),
        @"channel `web`: `target`: messages may not go to `shop.example`: it is not this machine; allow it with `--allow-target shop.example`");
    insta::assert_snapshot!(refusal(&json!({}), json!({}), "127.0.0.1:1"),
        @"channel `web`: `target`: expected a URL such as `http://127.0.0.1:8080`, found `127.0.0.1:1/chat`");
    let typo = json!({"send": {"method": "POST", "url": "{{ target }}", "body": "{{ int(settings.key) }}"}});
    insta::assert_snapshot!(refusal(&typo, json!({"key": "sk-secret"}), here),
        @"channel `web`: profile `small` cannot be used: send.body: int() takes a whole number or its digits; correct this key (docs/CHANNELS.md has the rules)");
}

#[test]
fn a_name_that_does_not_exist_is_told_with_all_that_do() {
    let typo = json!({"send": {"method": "POST", "url": "{{ target }}", "body": "{{ sha1hx(settings.key) }}"}});
    let told = refusal(&typo, json!({"key": "sk-secret"}), "http://127.0.0.1:1");
    assert!(
        told.contains("unknown name `sha1hx`")
            && told.contains("sorted_form, sorted_join, tojson, url_encode, uuid, wechat_decrypt, wechat_encrypt)"),
        "{told}"
    );
}

#[test]
fn a_url_that_the_profile_makes_is_checked_as_well() {
    let elsewhere = json!({"send": {"method": "POST", "url": "http://10.0.0.1/{{ customer.id }}"}});
    assert!(refusal(&elsewhere, json!({}), "http://127.0.0.1:1").contains("--allow-target 10.0.0.1"));
    let wiring = Wiring {
        target: "http://127.0.0.1:1".to_owned(),
        allowed_hosts: vec!["10.0.0.1".to_owned()],
        loopback_sources: 0,
        office: None,
        sockets: Default::default(),
        hang_ups: Default::default(),
    };
    assert!(Line::open(&channel(profile(&elsewhere), json!({})), &wiring).is_ok());
}

#[tokio::test]
async fn a_handshake_holds_or_says_what_came_back() {
    let shaking = json!({"handshake": {
        "request": {"method": "GET", "url": "{{ target }}/verify", "query": {"echo": "{{ digits(5) }}", "key": "{{ settings.key }}"}},
        "expect": {"body": "right"},
    }});
    let bot = Bot::always(vec![ok("right\n")]).await;
    line(profile(&shaking), &bot.url).shake_hands().await.unwrap();
    let request = bot.seen.lock().unwrap().requests[0].clone();
    assert!(request.starts_with("GET /verify?echo="), "{request}");
    let lost = vec![say("")];
    for (acts, reason) in [
        (vec![ok("wrong")], "expected the answer `right`, found `wrong`"),
        (vec![ok("your key sk-secret is bad")], "found `your key *** is bad`"),
        (
            vec![status("403 Forbidden", "", "")],
            "expected HTTP 200, found HTTP 403",
        ),
    ] {
        let bot = Bot::always(acts).await;
        let error = line(profile(&shaking), &bot.url)
            .shake_hands()
            .await
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with(&format!("channel `web`: handshake with {}/verify failed: ", bot.url)),
            "{error}"
        );
        assert!(error.contains(reason) && !error.contains("sk-secret"), "{error}");
    }
    drop(lost);
    let none = line(profile(&json!({})), "http://127.0.0.1:1").shake_hands().await;
    assert!(none.is_ok(), "no handshake, nothing sent");
}
