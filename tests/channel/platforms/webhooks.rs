//! Signed webhooks: schemes by settings, and Twilio's.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha1::{Digest, Sha1};

use super::exchange::{exchange, form_of, hex, hmac_sha1, opened, parts};
use crate::bot::{Bot, ok};
use crate::lines::{ask, message, short};

#[tokio::test]
async fn a_signed_webhook_fits_every_scheme_that_its_file_lists() {
    let answer = || vec![ok("{\"replies\": [{\"text\": \"好\"}]}")];
    let hmac_sha256 = |body: &str| {
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"s3cret").unwrap();
        mac.update(body.as_bytes());
        mac.finalize().into_bytes().to_vec()
    };
    let sha1 = |text: String| hex(&Sha1::digest(text));
    let sha256 = |text: String| hex(&sha2::Sha256::digest(text));
    type Signature<'a> = &'a dyn Fn(&str) -> String;
    let schemes: [(&str, Signature<'_>); 9] = [
        ("hmac-sha256", &|body| hex(&hmac_sha256(body))),
        ("hmac-sha256-base64", &|body| STANDARD.encode(hmac_sha256(body))),
        ("hmac-sha1", &|body| {
            hex(&STANDARD.decode(hmac_sha1("s3cret", body)).unwrap())
        }),
        ("hmac-sha1-base64", &|body| hmac_sha1("s3cret", body)),
        ("sha1-body-secret", &|body| sha1(format!("{body}s3cret"))),
        ("sha1-secret-body", &|body| sha1(format!("s3cret{body}"))),
        ("sha256-body-secret", &|body| sha256(format!("{body}s3cret"))),
        ("sha256-secret-body", &|body| sha256(format!("s3cret{body}"))),
        ("md5-body-secret", &|body| {
            hex(&md5::Md5::digest(format!("{body}s3cret")))
        }),
    ];
    for (scheme, signature) in schemes {
        let settings = json!({"secret": "s3cret", "scheme": scheme, "header": "Meiqia-Sign", "prefix": "v="});
        let whole = exchange("signed-webhook", settings, "/hook", answer()).await;
        assert_eq!((whole.told, whole.ended.as_str()), (vec!["好".to_owned()], "complete"));
        let (_, headers, body) = parts(&whole.request);
        assert_eq!(headers["meiqia-sign"], format!("v={}", signature(body)), "{scheme}");
        assert!(!headers.contains_key("x-timestamp"));
    }
    let whole = exchange(
        "signed-webhook",
        json!({"secret": "s3cret", "timestamped": true}),
        "/hook",
        answer(),
    )
    .await;
    let (_, headers, body) = parts(&whole.request);
    let signed = format!("{}.{body}", headers["x-timestamp"]);
    assert_eq!(headers["x-signature"], hex(&hmac_sha256(&signed)));
    let unknown = json!({"secret": "s3cret", "scheme": "rot13"});
    let refused = opened("signed-webhook", unknown, "http://127.0.0.1:1")
        .err()
        .unwrap()
        .to_string();
    assert!(
        refused.contains("vars.known: settings.scheme is none of those") && refused.contains("rot13"),
        "{refused}"
    );
}

/// The fields of a form, sorted by name, each name with its value.
fn sorted_fields(request: &str) -> String {
    form_of(request)
        .into_iter()
        .flat_map(|(name, value)| [name, value])
        .collect()
}

#[tokio::test]
async fn twilio_signs_the_address_and_the_sorted_fields() {
    let twiml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message><Body>您好 &amp; 再见</Body></Message><Message>b</Message></Response>";
    let sms = exchange(
        "twilio-sms",
        json!({"public_url": "https://shop.example/sms?x=1"}),
        "/sms",
        vec![ok(twiml)],
    )
    .await;
    assert_eq!(
        (sms.told, sms.ended.as_str()),
        (vec!["您好 & 再见".to_owned(), "b".to_owned()], "complete")
    );
    let (_, headers, _) = parts(&sms.request);
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(
        headers["x-twilio-signature"],
        hmac_sha1(
            "throng-token",
            &format!("https://shop.example/sms?x=1{}", sorted_fields(&sms.request))
        )
    );
    let form = form_of(&sms.request);
    assert_eq!(
        (form["Body"].as_str(), form["From"].as_str()),
        ("到哪了?", "+8619900000007")
    );
    assert_eq!(form["MessageSid"].len(), 34);
    assert_eq!(
        exchange("twilio-sms", json!({}), "/sms", vec![ok("<Response/>")])
            .await
            .ended,
        "empty"
    );
    assert!(
        exchange("twilio-sms", json!({}), "/sms", vec![ok("oops")])
            .await
            .ended
            .contains("not XML")
    );
}

#[tokio::test]
async fn a_call_goes_on_where_the_last_gather_says() {
    let twiml = "<Response><Gather input=\"speech dtmf\" action=\"/ivr/menu?step=2\"><Say>请说订单号</Say></Gather><Say>再见</Say></Response>";
    let call = exchange("twilio-voice", json!({}), "/ivr/start", vec![ok(twiml)]).await;
    assert_eq!(
        (call.told, call.ended.as_str()),
        (vec!["请说订单号".to_owned(), "再见".to_owned()], "complete")
    );
    assert_eq!(call.captured["action"], "/ivr/menu?step=2");
    assert_eq!(
        parts(&call.request).0,
        "POST /ivr/menu?step=2 HTTP/1.1",
        "where the greeting says"
    );
    let form = form_of(&call.request);
    assert_eq!(form["SpeechResult"], "到哪了?");
    assert!(!form.contains_key("Digits"));

    let bot = Bot::always(vec![ok(twiml)]).await;
    let line = opened(
        "twilio-voice",
        json!({"auth_token": "t"}),
        &format!("{}/ivr/start", bot.url),
    )
    .unwrap();
    let mut keys = message(7);
    keys.text = "12#".to_owned();
    keys.captured = call.captured.into_iter().collect();
    ask(&line, keys).await;
    let requests = bot.seen.lock().unwrap().requests.clone();
    let (greeting, request) = (&requests[0], &requests[1]);
    assert_eq!(parts(greeting).0, "POST /ivr/start HTTP/1.1");
    assert_eq!(
        (
            form_of(greeting)["CallStatus"].as_str(),
            form_of(greeting).get("SpeechResult")
        ),
        ("ringing", None)
    );
    let signed = format!("{}/ivr/start{}", bot.url, sorted_fields(greeting));
    assert_eq!(parts(greeting).1["x-twilio-signature"], hmac_sha1("t", &signed));
    let (first, headers, _) = parts(request);
    assert_eq!(first, "POST /ivr/menu?step=2 HTTP/1.1");
    let form = form_of(request);
    assert_eq!((form["Digits"].as_str(), form.get("SpeechResult")), ("12#", None));
    let signed = format!("{}/ivr/menu?step=2{}", bot.url, sorted_fields(request));
    assert_eq!(headers["x-twilio-signature"], hmac_sha1("t", &signed));

    let mut away = message(7);
    away.captured = [("action".to_owned(), json!("http://10.0.0.1/x"))]
        .into_iter()
        .collect();
    let (_, finish) = ask(&line, away).await;
    assert!(short(&finish.ended).contains("leads away"), "{finish:?}");
    assert_eq!(bot.seen.lock().unwrap().requests.len(), 2, "the phone rings once");
}
