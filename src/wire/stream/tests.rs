use super::*;
use serde_json::json;

fn plan(rule: Value) -> StreamPlan {
    StreamPlan::compile("reply.stream", &serde_json::from_value(rule).unwrap()).unwrap()
}

fn openai() -> StreamPlan {
    plan(
        json!({"framing": "sse", "end_data": ["[DONE]"], "pick": [{"text": "$.choices[0].delta.content"}],
                "error": [{"when": "$.error", "text": "$.error.message"}]}),
    )
}

fn dify() -> StreamPlan {
    plan(json!({
        "framing": "sse", "kind": "$.event", "end_kinds": ["message_end"],
        "pick": [{"kind": "message", "text": "$.answer", "mode": "append_unless_whole"},
                 {"kind": "message_replace", "text": "$.answer", "mode": "replace"}],
        "error": [{"when": "$.event", "is": "error", "text": "$.message"}],
        "capture": {"conversation_id": "$.conversation_id"},
    }))
}

/// What all these pieces come to: text, end, values kept, and how often visible text grew.
fn read(plan: &StreamPlan, pieces: &[&str]) -> (String, Option<StreamEnd>, Vec<(String, Value)>, usize) {
    let mut reader = plan.reader();
    let (mut captured, mut grown) = (Vec::new(), 0);
    for piece in pieces {
        let progress = reader.push(piece.as_bytes()).unwrap();
        captured.extend(progress.captured);
        grown += usize::from(progress.grew);
    }
    grown += usize::from(reader.finish().unwrap().grew);
    (reader.text().to_owned(), reader.end().cloned(), captured, grown)
}

fn delta(text: &str) -> String {
    format!(
        "data: {}\n\n",
        json!({"choices": [{"delta": {"role": "assistant", "content": text}}]})
    )
}

#[test]
fn openai_ends_with_done_and_a_role_is_no_text() {
    let usage = "data: {\"choices\": [], \"usage\": {}}\n\n";
    let pieces = [
        &delta(""),
        &delta("您"),
        &delta("好"),
        usage,
        "data: [DONE]\n\n",
        &delta("never"),
    ];
    assert_eq!(
        read(&openai(), &pieces),
        ("您好".into(), Some(StreamEnd::Complete), vec![], 2)
    );
    assert_eq!(read(&openai(), &pieces[..4]).1, None);
    assert_eq!(
        read(&openai(), &[&delta(" \n"), &delta("x")]).3,
        1,
        "space alone is not visible"
    );
    assert_eq!(
        read(&openai(), &[&delta("x"), "data: [DONE]"]).1,
        Some(StreamEnd::Complete)
    );
    assert_eq!(read(&openai(), &[&delta("x"), "data: {\"choi"]).1, None);
    let error = "data: {\"error\": {\"message\": \"no quota\"}}\n\n";
    assert_eq!(read(&openai(), &[error]).1, Some(StreamEnd::Error("no quota".into())));
}

#[test]
fn dify_repeats_replaces_fails_and_names_its_conversation() {
    let event = |event: &str, answer: &str| {
        let json = json!({"event": event, "answer": answer, "conversation_id": "c1", "message": answer});
        format!("data: {json}\n\n")
    };
    let end = event("message_end", "");
    let ping = "event: ping\n\n";
    let whole = [
        &event("message", "a"),
        ping,
        &event("message", "b"),
        &event("message", "ab"),
        &end,
    ];
    let kept = vec![("conversation_id".to_owned(), json!("c1"))];
    assert_eq!(read(&dify(), &whole), ("ab".into(), Some(StreamEnd::Complete), kept, 2));
    let replaced = [&event("message", "rude"), &event("message_replace", "kind"), &end];
    assert_eq!(read(&dify(), &replaced.map(String::as_str)).0, "kind");
    let failed = [event("message", "a"), event("error", "overloaded")];
    let failed = read(&dify(), &failed.each_ref().map(String::as_str));
    assert_eq!(failed.1, Some(StreamEnd::Error("overloaded".into())));
}

#[test]
fn lines_of_json_end_by_their_sse_name_or_kind() {
    let lines = plan(json!({"framing": "ndjson", "kind": "$.t", "end_kinds": ["end"], "pick": [{"text": "$.v"}]}));
    assert_eq!(
        read(&lines, &["{\"v\":\"a\"}\n{\"v\":", "\"b\"}\n{\"t\":\"end\"}"]).0,
        "ab"
    );
    let named = plan(json!({"framing": "sse", "end_kinds": ["done"], "pick": [{"kind": "add", "text": "$.v"}]}));
    let pieces = [
        "event: add\ndata: {\"v\": \"a\"}\n\n",
        "event: skip\ndata: {\"v\": \"b\"}\n\n",
        "event: done\n\n",
    ];
    assert_eq!(
        read(&named, &pieces),
        ("a".into(), Some(StreamEnd::Complete), vec![], 1)
    );
}

#[test]
fn an_error_instead_of_a_stream_is_the_bots_own() {
    let read = read(&openai(), &["{\"error\": {\"message\": ", "\"bad key\"}}"]);
    assert_eq!(
        (read.0.as_str(), read.1),
        ("", Some(StreamEnd::Error("bad key".into())))
    );
}

#[test]
fn pieces_may_be_told_apart_by_what_is_in_them() {
    let answers = plan(json!({"framing": "sse", "end_kinds": ["done"],
        "pick": [{"kind": "delta", "where": {"$.type": "answer", "$.n": 1}, "text": "$.v"}]}));
    let piece =
        |kind: &str, n: u8, text: &str| format!("event: delta\ndata: {}\n\n", json!({"type": kind, "n": n, "v": text}));
    let pieces = [
        piece("verbose", 1, "a"),
        piece("answer", 1, "b"),
        piece("answer", 2, "c"),
    ]
    .concat();
    assert_eq!(read(&answers, &[&pieces, "event: done\n\n"]).0, "b");
}

#[test]
fn what_is_no_stream_or_breaks_its_bounds_is_broken() {
    let broken = |pieces: &[&str]| {
        let plan = openai();
        let mut reader = plan.reader();
        let pushed = pieces
            .iter()
            .try_for_each(|piece| reader.push(piece.as_bytes()).map(|_| ()));
        pushed
            .and_then(|()| reader.finish().map(|_| ()))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        broken(&["{\"hint\": \"bad key\"}"]),
        "answer is not a stream: {\"hint\": \"bad key\"}"
    );
    assert!(broken(&["data: {oops\n\n"]).starts_with("answer is not JSON in one of its events"));
    assert_eq!(
        broken(&[&"x".repeat(2 << 20)]),
        "answer is too long: an event beyond 1 MiB"
    );
    let long = delta(&"长".repeat(100_000));
    assert_eq!(
        broken(&vec![long.as_str(); 20]),
        "answer is too long: over 32 KiB of text"
    );
}

/// A plan that keeps a value, ends by a kind and picks by another, so that all that may follow from a piece can be told.
fn telling() -> StreamPlan {
    plan(json!({"framing": "ndjson", "kind": "$.t", "end_kinds": ["end"],
        "pick": [{"kind": "add", "where": {"$.ok": true}, "text": "$.v"},
                 {"kind": "all", "text": "$.v", "mode": "replace"}],
        "error": [{"when": "$.e"}], "capture": {"c": "$.c"}}))
}

#[test]
fn what_follows_from_a_piece_beside_its_text_is_never_passed_over() {
    let piece = |c: &str, v: &str| json!({"t": "add", "ok": true, "c": c, "v": v}).to_string() + "\n";
    let silent = json!({"t": "note", "c": "two"}).to_string() + "\n";
    let pieces = [&piece("one", "a"), &piece("one", "b"), &silent, &piece("one", "c")];
    let kept: Vec<String> = read(&telling(), &pieces.map(String::as_str))
        .2
        .into_iter()
        .map(|(_, value)| value.to_string())
        .collect();
    assert_eq!(kept, ["\"one\"", "\"two\"", "\"one\""]);
    // A text that is an error as well.
    let both = plan(json!({"framing": "ndjson", "pick": [{"text": "$.v"}], "error": [{"when": "$.v", "is": "oops"}]}));
    let (text, end, ..) = read(&both, &["{\"v\": \"a\"}\n", "{\"v\": \"oops\"}\n"]);
    assert_eq!((text.as_str(), end), ("a", Some(StreamEnd::Error("oops".into()))));
    // Events of the same data, told apart by their names.
    let named = plan(json!({"framing": "sse", "pick": [{"kind": "add", "text": "$.v"}]}));
    let event = |name: &str, v: &str| format!("event: {name}\ndata: {{\"v\": \"{v}\"}}\n\n");
    assert_eq!(
        read(&named, &[&event("add", "a"), &event("skip", "b"), &event("add", "c")]).0,
        "ac"
    );
}

proptest::proptest! {
    /// Every piece in an answer of its own is read in full.
    #[test]
    fn an_answer_says_what_its_pieces_say_one_by_one(
        pieces in proptest::collection::vec(
            ("add|all|note", proptest::bool::weighted(0.9), "one|two", "[ab您\"\\\\]{0,2}", proptest::bool::weighted(0.05)),
            0..12,
        ),
    ) {
        let plan = telling();
        let (mut together, mut text, mut captured) = (plan.reader(), String::new(), None);
        for (kind, ok, c, v, fails) in pieces {
            let mut piece = json!({"t": kind, "ok": ok, "c": c, "v": v});
            if fails {
                piece["e"] = json!("failed");
            }
            let line = format!("{piece}\n");
            let progress = together.push(line.as_bytes()).unwrap();
            let mut alone = plan.reader();
            let kept = alone.push(line.as_bytes()).unwrap().captured;
            match kind.as_str() {
                "all" if alone.end().is_none() => alone.text().clone_into(&mut text),
                _ => text.push_str(alone.text()),
            }
            let is_new = captured.as_ref() != Some(&kept);
            proptest::prop_assert_eq!(progress.captured, if is_new { kept.clone() } else { vec![] });
            captured = Some(kept);
            proptest::prop_assert_eq!(together.text(), &text);
            proptest::prop_assert_eq!(together.end(), alone.end());
            if together.end().is_some() {
                break;
            }
        }
    }
}
