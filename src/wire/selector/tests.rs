use super::*;
use serde_json::json;

#[test]
fn the_direct_walk_selects_what_the_jsonpath_crate_selects() {
    let bodies = [
        json!({"choices": [{"delta": {"content": "hi"}}, {"delta": {}}], "a b": {"x": 1}}),
        json!({"choices": []}),
        json!([{"text": "a"}, {"text": null}, 3]),
        json!("text"),
    ];
    for path in [
        "$",
        "$.choices[0].delta.content",
        "$.choices[-1].delta",
        "$.choices[-9]",
        "$.choices[*].delta.content",
        "$['a b'].x",
        "$[*].text",
        "$[0]",
        "$.*",
        "$.none",
    ] {
        let selector = Selector::compile("reply.text", path, Format::Json).unwrap();
        assert!(matches!(selector.0, Kind::Steps(_)), "{path}");
        let slow = Selector(Kind::Query(parse_json_path(path).unwrap()));
        for body in &bodies {
            assert_eq!(selector.all_json(body), slow.all_json(body), "{path} on {body}");
            assert_eq!(selector.first_json(body), slow.first_json(body), "{path} on {body}");
        }
    }
}

#[test]
fn filters_and_descent_go_through_the_crate() {
    let body = json!({"items": [{"kind": "text", "v": "a"}, {"kind": "card", "v": "b"}]});
    let selector = Selector::compile("reply.text", "$.items[?@.kind=='text'].v", Format::Json).unwrap();
    assert_eq!(selector.all_json(&body), [&json!("a")]);
    let selector = Selector::compile("reply.text", "$..v", Format::Json).unwrap();
    assert_eq!(selector.all_json(&body), [&json!("a"), &json!("b")]);
}

#[test]
fn what_is_apart_has_nothing_in_common_in_any_body() {
    let selector = |source: &str| Selector::compile("reply.text", source, Format::Json).unwrap();
    for (one, other, is_apart) in [
        ("$.a", "$.b", true),
        ("$.a", "$.a", false),
        ("$.a", "$.a.b", false),
        ("$.a.b", "$.a.c", true),
        ("$", "$.a", false),
        ("$.a[0]", "$.a[1]", true),
        ("$.a[0]", "$.a[-1]", false),
        ("$.a[-2]", "$.a[-1]", true),
        ("$.a[*].b", "$.a[0].b", false),
        ("$.a[*].b", "$.a[0].c", true),
        ("$.a.b", "$.a[0]", true),
        ("$..a", "$.b", false),
    ] {
        let (one, other) = (selector(one), selector(other));
        assert_eq!(
            [one.is_apart_from(&other), other.is_apart_from(&one)],
            [is_apart; 2],
            "{one:?} {other:?}"
        );
    }
}

#[test]
fn what_is_no_selector_is_refused_with_its_place() {
    for (source, format) in [
        ("choices[0]", Format::Json),
        ("$.a[", Format::Json),
        ("xml/Content", Format::Xml),
        ("/xml//Content", Format::Xml),
        ("/xml/@", Format::Xml),
        ("/@a", Format::Xml),
        ("/xml/@a/b", Format::Xml),
        ("/xml |", Format::Xml),
    ] {
        let error = Selector::compile("reply.response.text", source, format).unwrap_err();
        assert!(
            error.to_string().starts_with("reply.response.text: expected a"),
            "{error}"
        );
    }
}
