use http::HeaderMap;
use serde_json::json;

use super::super::call::Request;
use super::*;
use crate::conversation::RunKey;

fn plan() -> ServePlan {
    let serve = json!({
        "routes": {
            "token": {"call": "GET /token", "is": "token", "answer": {"json": {"access_token": "{{ token }}"}}},
            "send": {"call": "POST /bot{key}/send", "is": "reply", "customer": "$.body['to', 'recipient']", "message": "$.query.of",
                     "text": "$.body.content", "text_in_json": "$.text",
                     "authorise": {"given": "$.headers.authorization", "is": "{{ settings.key }}", "error": "no"},
                     "answer": {"json": {"id": "{{ digits(4) }}", "to": "{{ call.body.to }}", "at": "{{ platform }}"}}},
            "other": {"call": "* /bot{key}/{what}", "answer": {"body": "{{ call.path.what }}"}},
        },
        "errors": {"no": {"status": 401, "json": {"code": 401}}},
    });
    let settings = IndexMap::from([("key".to_owned(), json!("k1"))]);
    let serve: Serve = serde_json::from_value(serve).unwrap();
    ServePlan::compile(&serve, &settings, "http://p").unwrap()
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pairs = pairs
        .iter()
        .map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap()));
    pairs.collect()
}

fn read(plan: &ServePlan, path: &str, query: &str, kind: &str, body: &str) -> (String, Call, Scope) {
    let method = &Method::POST;
    let (route, held) = plan.route(method, path).unwrap();
    let call = Call::read(
        Request {
            method,
            query,
            headers: &headers(&[("content-type", kind), ("authorization", "Bearer k1")]),
            body: body.as_bytes(),
        },
        held,
    );
    let call = call.unwrap();
    let facts = Facts {
        id: crate::conversation::MessageId {
            run: RunKey::of_seed(1),
            customer: 1,
            turn: 0,
            fragment: 0,
        },
        customer_id: "",
        customer_name: "",
        text: "",
        media: None,
        captured: &IndexMap::new(),
        history: &[],
        now_ms: 0,
    };
    let scope = plan.scope(&call, &facts);
    (route.name.clone(), call, scope)
}

#[test]
fn the_first_route_takes_a_call_and_methods_and_paths_tell_them_apart() {
    let plan = plan();
    let name = |method, path: &str| plan.route(&method, path).map(|(route, _)| route.name.clone());
    assert_eq!(name(Method::POST, "/bot1/send").as_deref(), Some("send"));
    assert_eq!(name(Method::GET, "/bot1/send").as_deref(), Some("other"));
    assert_eq!(name(Method::GET, "/token").as_deref(), Some("token"));
    assert_eq!(name(Method::POST, "/token"), None);
    assert_eq!(name(Method::GET, "/"), None);
}

#[test]
fn a_reply_is_read_from_json_forms_and_multipart_alike() {
    let plan = plan();
    let multipart = "--b\r\nContent-Disposition: form-data; name=\"recipient\"\r\n\r\nc1\r\n\
                     --b\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\n{\"text\":\"您好\"}\r\n--b--";
    for (kind, body) in [
        ("application/json", r#"{"to": "c1", "content": "{\"text\":\"您好\"}"}"#),
        ("", r#"{"recipient": "c1", "content": "{\"text\":\"您好\"}"}"#),
        (
            "application/x-www-form-urlencoded",
            "to=c1&content=%7B%22text%22%3A%22%E6%82%A8%E5%A5%BD%22%7D",
        ),
        ("multipart/form-data; boundary=b", multipart),
    ] {
        let (_, call, _) = read(&plan, "/bot1/send", "of=m1", kind, body);
        let route = plan.route(&Method::POST, "/bot1/send").unwrap().0;
        let found = (route.customer(&call), route.message(&call), said(route, &call));
        let wanted = ("c1", "m1", "您好");
        assert_eq!(
            found,
            (
                Some(wanted.0.to_owned()),
                Some(wanted.1.to_owned()),
                Some(wanted.2.to_owned())
            ),
            "{kind}"
        );
        let shown = route
            .shown(&call, &read(&plan, "/bot1/send", "", kind, body).2)
            .unwrap()
            .unwrap();
        assert_eq!(
            (shown.given.as_str(), shown.wanted.as_deref(), shown.error),
            ("k1", Some("k1"), "no")
        );
    }
}

#[test]
fn an_answer_sees_the_call_and_one_that_needs_what_is_not_there_fails() {
    let plan = plan();
    let route = plan.route(&Method::POST, "/bot1/send").unwrap().0;
    let (_, _, scope) = read(&plan, "/bot1/send", "", "application/json", r#"{"to": "c\"1"}"#);
    let answered: Value = serde_json::from_slice(&route.answer(&scope).unwrap().body).unwrap();
    assert_eq!((&answered["to"], &answered["at"]), (&json!("c\"1"), &json!("http://p")));
    for body in ["", "null", "7", "[]", "nonsense"] {
        let (_, call, scope) = read(&plan, "/bot1/send", "", "", body);
        assert!(route.answer(&scope).is_err(), "{body}");
        assert_eq!((route.customer(&call), said(route, &call)), (None, None));
    }
    let error = plan.error("no", &scope).unwrap().unwrap();
    assert_eq!((error.status, error.body.as_slice()), (401, &b"{\"code\":401}"[..]));
    assert!(plan.error("other", &scope).is_none());
}

#[test]
fn a_body_that_is_not_what_it_says_is_broken() {
    let call = |kind: &str, body: &str| {
        Call::read(
            Request {
                method: &Method::POST,
                query: "",
                headers: &headers(&[("content-type", kind)]),
                body: body.as_bytes(),
            },
            Vec::new(),
        )
    };
    assert!(call("application/json", "{").is_err());
    assert!(call("application/json", &"[".repeat(100_000)).is_err());
    assert!(call("multipart/form-data", "x").is_err());
    assert_eq!(call("text/plain", "{").unwrap().0["body"], "{");
}

/// The words of a reply.
fn said(route: &RoutePlan, call: &Call) -> Option<String> {
    route.said(call).map(|said| said.text)
}
