use indexmap::IndexMap;
use serde_json::{Value, json};

use super::super::Speaker;
use super::*;
use crate::conversation::{MessageId, RunKey};

fn profile(changes: Value) -> Profile {
    let mut profile = json!({
        "profile": "test", "proven": "sketch", "target": "the URL",
        "send": {"method": "POST", "url": "{{ target }}/chat"},
        "reply": {"response": {"format": "json", "text": "$.text"}},
    });
    for (key, value) in changes.as_object().unwrap() {
        profile[key] = value.clone();
    }
    serde_json::from_value(profile).unwrap()
}

fn settings() -> IndexMap<String, Value> {
    let settings = json!({"token": "tok", "none": null, "list": ["b", "a"]});
    serde_json::from_value(settings).unwrap()
}

fn id() -> MessageId {
    MessageId {
        run: RunKey::of_seed(1),
        customer: 7,
        turn: 2,
        fragment: 1,
    }
}

fn facts<'a>(captured: &'a IndexMap<String, Value>, history: &'a [(Speaker, String)]) -> Facts<'a> {
    Facts {
        id: id(),
        customer_id: "throng-1-7",
        customer_name: "小明",
        text: "到\"哪\"了?\n]]>",
        media: None,
        captured,
        history,
        now_ms: 1_795_219_433_123,
    }
}

fn compile(changes: Value) -> Result<Plan, CompileError> {
    Plan::compile(&profile(changes), Scope::constants("http://127.0.0.1:9", &settings()))
}

fn render(changes: Value) -> Rendered {
    let plan = compile(changes).unwrap();
    let mut scope = plan.scope(&facts(&IndexMap::new(), &[])).unwrap();
    plan.render(&mut scope).unwrap()
}

fn body(json: Value) -> String {
    let rendered = render(json!({"send": {"method": "POST", "url": "{{ target }}", "json": json}}));
    assert_eq!(rendered.headers["content-type"], "application/json");
    String::from_utf8(rendered.body).unwrap()
}

#[test]
fn a_json_body_keeps_types_and_leaves_non_ascii_text_as_it_is() {
    assert_eq!(
        body(json!({
            "text": "{{ message.text }}", "who": "亲爱的{{ customer.name }}", "n": "{{ customer.number }}",
            "list": "{{ settings.list }}", "plain": [1, true, null, "您好"], "at": "{{ now_s() }}", "n2": "{{ int('7') }}"
        })),
        "{\"text\":\"到\\\"哪\\\"了?\\n]]>\",\"who\":\"亲爱的小明\",\"n\":7,\"list\":[\"b\",\"a\"],\
         \"plain\":[1,true,null,\"您好\"],\"at\":1795219433,\"n2\":7}"
    );
}

#[test]
fn none_leaves_out_keys_parameters_and_headers() {
    assert_eq!(
        body(json!({"a": "{{ none }}", "b": 1, "c": "{{ settings.none }}"})),
        "{\"b\":1}"
    );
    assert_eq!(body(json!(["{{ none }}", 1])), "[null,1]");
    let rendered = render(json!({"send": {
        "method": "GET", "url": "{{ target }}/x",
        "query": {"a": "{{ settings.none }}", "b": "你 &", "c": "{{ customer.number }}"},
        "headers": {"X-None": "{{ none }}", "X-Some": "{{ message.id }}"},
    }}));
    assert_eq!(rendered.url, "http://127.0.0.1:9/x?b=%E4%BD%A0+%26&c=7");
    assert_eq!(rendered.headers.len(), 1);
    assert_eq!(rendered.headers["x-some"], id().to_string());
}

#[test]
fn the_signature_sees_the_exact_bytes_and_the_vars_come_in_order() {
    let rendered = render(json!({
        "vars": {"ts": "{{ now_s() }}", "both": "{{ ts }}-{{ settings.token }}"},
        "send": {"method": "POST", "url": "{{ target }}", "json": {"t": "{{ both }}", "好": 1},
                 "sign": {"header": "X-Sign", "value": "{{ sha1hex(settings.token ~ raw_body) }}"}},
    }));
    let bytes = "{\"t\":\"1795219433-tok\",\"好\":1}";
    assert_eq!(String::from_utf8(rendered.body).unwrap(), bytes);
    // printf 'tok{"t":"1795219433-tok","好":1}' | sha1sum
    assert_eq!(rendered.headers["x-sign"], "c59d98ed2af927484a06b83dffa1dd8753204ea8");
}

#[test]
fn the_name_of_the_signature_may_come_from_the_settings_and_from_nothing_else() {
    let signed = |header: &str| {
        let sign = json!({"header": header, "value": "{{ sha1hex(raw_body) }}"});
        json!({"send": {"method": "POST", "url": "{{ target }}", "body": "abc", "sign": sign}})
    };
    let rendered = render(signed("X-{{ settings.token }}-Signature"));
    assert_eq!(
        rendered.headers["x-tok-signature"],
        "a9993e364706816aba3e25717850c26c9cd0d89d"
    );
    assert_refused(&[
        (
            signed("{{ message.id }}"),
            "send.sign.header: a header's name may only depend on `settings`",
        ),
        (signed("a b"), "send.sign.header: not a header's name"),
    ]);
}

#[test]
fn wechat_signs_as_its_documentation_says() {
    let rendered = render(
        json!({"send": {"method": "POST", "url": "{{ target }}", "body": "<a>{{ cdata(message.text) }}</a>",
        "query": {"signature": "{{ sha1hex(sorted_join('harnesstoken', now_s(), '288917963')) }}"}}}),
    );
    // printf '1795219433288917963harnesstoken' | sha1sum
    assert_eq!(
        rendered.url,
        "http://127.0.0.1:9?signature=4cd26cd88737000c9bb9fc4e9d6ceafe4d1d7396"
    );
    assert_eq!(
        rendered.body,
        "<a><![CDATA[到\"哪\"了?\n]]]]><![CDATA[>]]></a>".as_bytes()
    );
    assert_eq!(rendered.headers["content-type"], "text/plain; charset=utf-8");
}

#[test]
fn chance_follows_from_the_message_and_redeliveries_refresh_only_what_is_named() {
    let changes = json!({
        "vars": {"a": "{{ digits(10) }}", "b": "{{ uuid() }}", "c": "{{ seq() }}", "t": "{{ now_ms() }}"},
        "retry": {"refresh": ["b", "t"]},
        "send": {"method": "POST", "url": "{{ target }}", "body": "{{ a }} {{ b }} {{ c }} {{ t }}"},
    });
    let plan = compile(changes).unwrap();
    let text = |scope: &mut Scope| String::from_utf8(plan.render(scope).unwrap().body).unwrap();
    let mut scope = plan.scope(&facts(&IndexMap::new(), &[])).unwrap();
    let first = text(&mut scope);
    assert_eq!(
        first,
        text(&mut plan.scope(&facts(&IndexMap::new(), &[])).unwrap()),
        "a rerun draws the same"
    );
    plan.refresh(&mut scope, 5).unwrap();
    let again = text(&mut scope);
    let (first, again): (Vec<_>, Vec<_>) = (first.split(' ').collect(), again.split(' ').collect());
    assert_eq!((first[0], first[2]), (again[0], again[2]));
    assert_ne!(first[1], again[1]);
    assert_eq!((first[3], again[3]), ("1795219433123", "5"));
    assert!(first[0].len() == 10 && !first[0].starts_with('0'), "{first:?}");
    assert!(
        first[1].len() == 36 && &first[1][14..15] == "4" && "89ab".contains(&first[1][19..20]),
        "{first:?}"
    );
    assert!(first[2].parse::<u64>().unwrap() < 1 << 53);
}

#[test]
fn history_gives_the_last_twenty_and_the_message() {
    let history: Vec<(Speaker, String)> = (0..30)
        .map(|at| {
            (
                if at % 2 == 0 { Speaker::Customer } else { Speaker::Bot },
                format!("{at}"),
            )
        })
        .collect();
    let plan = compile(json!({"send": {"method": "POST", "url": "{{ target }}",
        "json": {"system": "{{ history(system='be kind') }}", "plain": "{{ history(system=settings.none, text='x') }}"}}}));
    let plan = plan.unwrap();
    let mut scope = plan.scope(&facts(&IndexMap::new(), &history)).unwrap();
    let body: Value = serde_json::from_slice(&plan.render(&mut scope).unwrap().body).unwrap();
    let messages = body["system"].as_array().unwrap();
    assert_eq!(messages.len(), 22);
    assert_eq!(messages[0], json!({"role": "system", "content": "be kind"}));
    assert_eq!(messages[1], json!({"role": "user", "content": "10"}));
    assert_eq!(messages[20], json!({"role": "assistant", "content": "29"}));
    assert_eq!(messages[21]["content"], "到\"哪\"了?\n]]>");
    assert_eq!(body["plain"][20], json!({"role": "user", "content": "x"}));
}

#[test]
fn captured_values_come_back_and_have_defaults() {
    let plan = compile(json!({"send": {"method": "POST", "url": "{{ target }}",
        "json": {"c": "{{ conversation.id | default('') }}", "f": "{{ tojson({'b': conversation.id | default(1)}) }}"}}}));
    let plan = plan.unwrap();
    let text = |captured: &IndexMap<String, Value>| {
        let mut scope = plan.scope(&facts(captured, &[])).unwrap();
        String::from_utf8(plan.render(&mut scope).unwrap().body).unwrap()
    };
    assert_eq!(text(&IndexMap::new()), "{\"c\":\"\",\"f\":\"{\\\"b\\\":1}\"}");
    let captured = IndexMap::from([("id".to_owned(), json!("<c>"))]);
    assert_eq!(text(&captured), "{\"c\":\"<c>\",\"f\":\"{\\\"b\\\":\\\"<c>\\\"}\"}");
}

fn assert_refused(wrong: &[(Value, &str)]) {
    for (changes, message) in wrong {
        let error = compile(changes.clone()).unwrap_err().to_string();
        assert!(error.starts_with(message), "{error}\nexpected {message}");
    }
}

#[test]
fn what_is_wrong_with_a_request_is_named_with_its_key() {
    let wrong = [
        (
            json!({"query": {"signature": "{{ sha1hex( }}"}}),
            "send.query.signature: syntax error",
        ),
        (
            json!({"json": {"a": [{"b": "{% if %}"}]}}),
            "send.json.a[0].b: syntax error",
        ),
        (
            json!({"json": {"a": "{{ custmer.id }}"}}),
            "send.json.a: unknown name `custmer` (values: target, settings",
        ),
        (
            json!({"body": "{{ md5(message.text) }}"}),
            "send.body: unknown name `md5`",
        ),
        (json!({"body": "{{ raw_body }}"}), "send.body: unknown name `raw_body`"),
        (
            json!({"url": "{{ target }}/{{ settings.shop }}"}),
            "send.url: undefined value in `{{ target }}/{{",
        ),
        (
            json!({"headers": {"a b": "x"}}),
            "send.headers.a b: not a header's name",
        ),
        (
            json!({"method": "FETCH"}),
            "send.method: expected GET, POST or PUT, found `FETCH`",
        ),
        (
            json!({"json": {}, "body": ""}),
            "send: expected one of `json`, `form` and `body`",
        ),
    ];
    assert_refused(&wrong.map(|(changes, message)| {
        let mut send = json!({"method": "POST", "url": "{{ target }}"});
        send.as_object_mut()
            .unwrap()
            .extend(changes.as_object().unwrap().clone());
        (json!({ "send": send }), message)
    }));
}

#[test]
fn what_is_wrong_elsewhere_is_named_with_its_key() {
    let stream = json!({"framing": "sse", "pick": [{"text": "$.a"}], "error": [{"when": "x"}]});
    assert_refused(&[
        (json!({"vars": {"a": "{{ b }}", "b": "1"}}), "vars.a: unknown name `b`"),
        (
            json!({"retry": {"refresh": ["ts"]}}),
            "retry.refresh: `ts` is not one of the profile's vars",
        ),
        (
            json!({"reply": {"response": {"format": "json"}}}),
            "reply.response: key `text` is missing",
        ),
        (
            json!({"reply": {"stream": stream}}),
            "reply.stream.error[0].when: expected a JSONPath",
        ),
    ]);
}

#[test]
fn what_fails_for_one_message_is_named_too_and_never_runs_away() {
    let failing = |source: &str| {
        let plan =
            compile(json!({"send": {"method": "POST", "url": "{{ target }}", "headers": {"X-A": source}}})).unwrap();
        let mut scope = plan.scope(&facts(&IndexMap::new(), &[])).unwrap();
        plan.render(&mut scope).unwrap_err().to_string()
    };
    assert_eq!(
        failing("{{ message.txt }}"),
        "send.headers.X-A: undefined value in `{{ message.txt }}`"
    );
    assert_eq!(
        failing("{{ message.text }}"),
        "send.headers.X-A: a header's value cannot have line breaks"
    );
    assert!(failing("{{ int(message.text) }}").contains("int() takes a whole number"));
    let endless = "{% for a in range(9999) %}{% for b in range(9999) %}{{ message.id }}{% endfor %}{% endfor %}";
    assert!(failing(endless).contains("fuel"));
}
