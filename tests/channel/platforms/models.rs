//! Platforms that bots are built on, and the Bot Framework.

use serde_json::{Value, json};

use super::exchange::{events, exchange, json_of, opened, parts, query_of};
use crate::bot::{Bot, ok};
use crate::lines::{ask, message};

#[tokio::test]
async fn openai_responses_end_with_response_completed() {
    let delta = |text: &str| json!({"type": "response.output_text.delta", "delta": text}).to_string();
    let pieces = [
        &json!({"type": "response.created", "response": {"id": "r1", "error": null}}).to_string(),
        &delta("您"),
        &delta("好"),
        &json!({"type": "response.output_text.done", "text": "您好"}).to_string(),
        &json!({"type": "response.completed", "response": {"status": "completed"}}).to_string(),
    ];
    let pieces = pieces.map(String::as_str);
    let name = "openai-responses-stream";
    let whole = exchange(name, json!({"system": "be kind"}), "/v1", events(&pieces)).await;
    assert_eq!(
        (whole.told, whole.ended.as_str()),
        (vec!["您好".to_owned()], "complete")
    );
    assert!(
        whole.request.starts_with("POST /v1/responses HTTP/1.1\r\n"),
        "{}",
        whole.request
    );
    let sent = json_of(&whole.request);
    assert_eq!(sent["input"], json!([{"role": "user", "content": "到哪了?"}]));
    assert_eq!(
        (&sent["instructions"], &sent["stream"]),
        (&json!("be kind"), &json!(true))
    );
    let cut = exchange(name, json!({}), "/v1", events(&pieces[..4])).await;
    assert_eq!(cut.ended, "truncated: 您好");
    assert!(!cut.request.contains("instructions"), "{}", cut.request);
    for (failed, words) in [
        (
            r#"{"type": "response.failed", "response": {"error": {"code": "x", "message": "overloaded"}}}"#,
            "overloaded",
        ),
        (r#"{"type": "error", "code": "x", "message": "no quota"}"#, "no quota"),
    ] {
        let ended = exchange(name, json!({}), "/v1", events(&[pieces[0], failed]))
            .await
            .ended;
        assert_eq!(ended, format!("bot error: {words}"));
    }
}

#[tokio::test]
async fn fastgpt_keeps_the_conversation_by_its_chat_id() {
    let delta =
        |text: &str| json!({"id": "", "choices": [{"delta": {"role": "assistant", "content": text}}]}).to_string();
    let stream = events(&[&delta(""), &delta("您"), &delta("好"), "[DONE]"]);
    let whole = exchange("fastgpt", json!({}), "/api", stream).await;
    assert_eq!(
        (whole.told, whole.ended.as_str()),
        (vec!["您好".to_owned()], "complete")
    );
    assert!(whole.request.starts_with("POST /api/v1/chat/completions HTTP/1.1\r\n"));
    assert_eq!(
        json_of(&whole.request),
        json!({"chatId": "throng-1-7", "stream": true, "detail": false, "messages": [{"role": "user", "content": "到哪了?"}]})
    );
    let failed = vec![ok("event: error\ndata: {\"message\": \"余额不足\"}\n\n")];
    assert_eq!(
        exchange("fastgpt", json!({}), "/api", failed).await.ended,
        "bot error: 余额不足"
    );
}

fn coze_event(name: &str, data: Value) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}

#[tokio::test]
async fn coze_says_only_what_is_an_answer_and_names_its_conversation() {
    let said = |kind: &str, text: &str| {
        coze_event(
            "conversation.message.delta",
            json!({"role": "assistant", "type": kind, "content": text, "conversation_id": "c9"}),
        )
    };
    let created = coze_event(
        "conversation.chat.created",
        json!({"id": "1", "conversation_id": "c9", "last_error": {"code": 0, "msg": ""}}),
    );
    let completed = coze_event(
        "conversation.message.completed",
        json!({"type": "answer", "content": "您好", "conversation_id": "c9"}),
    );
    let end = coze_event(
        "conversation.chat.completed",
        json!({"conversation_id": "c9", "last_error": {"code": 0, "msg": ""}}),
    );
    let body: [&str; 7] = [
        &created,
        &said("verbose", "{}"),
        &said("answer", "您"),
        &said("answer", "好"),
        &completed,
        &end,
        "event: done\ndata: \"[DONE]\"\n\n",
    ];
    let settings = json!({"bot_id": "73"});
    let whole = exchange("coze", settings.clone(), "", vec![ok(&body.concat())]).await;
    assert_eq!(
        (whole.told, whole.ended.as_str()),
        (vec!["您好".to_owned()], "complete")
    );
    assert_eq!(whole.captured["conversation_id"], "c9");
    assert!(
        whole.request.starts_with("POST /v3/chat HTTP/1.1\r\n"),
        "{}",
        whole.request
    );
    let sent = json_of(&whole.request);
    assert_eq!(
        (&sent["bot_id"], &sent["user_id"]),
        (&json!("73"), &json!("throng-1-7"))
    );
    assert_eq!(
        sent["additional_messages"],
        json!([{"role": "user", "content": "到哪了?", "content_type": "text"}])
    );
}

#[tokio::test]
async fn coze_tells_errors_in_the_stream_and_instead_of_it_and_goes_on_with_its_conversation() {
    let settings = json!({"bot_id": "73"});
    let created = coze_event(
        "conversation.chat.created",
        json!({"conversation_id": "c9", "last_error": {"code": 0, "msg": ""}}),
    );
    let failed = coze_event(
        "conversation.chat.failed",
        json!({"last_error": {"code": 5000, "msg": "plugin failed"}}),
    );
    let refused = "{\"code\": 4101, \"msg\": \"the token is invalid\"}";
    for (body, words) in [
        ([created, failed].concat(), "plugin failed"),
        (refused.to_owned(), "the token is invalid"),
    ] {
        let ended = exchange("coze", settings.clone(), "", vec![ok(&body)]).await.ended;
        assert_eq!(ended, format!("bot error: {words}"));
    }
    let bot = Bot::always(vec![ok(refused)]).await;
    let line = opened("coze", settings, &bot.url).unwrap();
    let mut second = message(7);
    second.captured = [("conversation_id".to_owned(), json!("c9"))].into_iter().collect();
    ask(&line, second).await;
    assert_eq!(query_of(&bot.seen.lock().unwrap().requests[0])["conversation_id"], "c9");
}

#[tokio::test]
async fn ragflow_streams_without_spaces_and_tells_errors_at_200() {
    let settings = json!({"chat_id": "c1", "path": "agents_openai"});
    let body = "data:{\"choices\":[{\"delta\":{\"content\":\"您好\"}}]}\n\ndata:[DONE]\n\n";
    let whole = exchange("ragflow", settings.clone(), "", vec![ok(body)]).await;
    assert_eq!(
        (whole.told, whole.ended.as_str()),
        (vec!["您好".to_owned()], "complete")
    );
    assert!(
        whole
            .request
            .starts_with("POST /api/v1/agents_openai/c1/chat/completions HTTP/1.1\r\n")
    );
    let failed = vec![ok("{\"code\": 102, \"message\": \"You don't own the chat c1\"}")];
    assert_eq!(
        exchange("ragflow", settings, "", failed).await.ended,
        "bot error: You don't own the chat c1"
    );
}

#[tokio::test]
async fn generic_sse_is_what_its_file_says() {
    let stream = events(&["{\"text\": \"您的订单\"}", "{\"text\": \"明天送达。\"}", "[DONE]"]);
    let whole = exchange("generic-sse", json!({"authorization": "Bearer k"}), "/s", stream).await;
    assert_eq!(
        (whole.told, whole.ended.as_str()),
        (vec!["您的订单明天送达。".to_owned()], "complete")
    );
    let (first, headers, _) = parts(&whole.request);
    assert_eq!((first, headers["authorization"]), ("POST /s HTTP/1.1", "Bearer k"));
    assert_eq!(json_of(&whole.request)["customer"]["id"], "throng-1-7");
    let failed = events(&["{\"error\": \"down\"}"]);
    assert_eq!(
        exchange("generic-sse", json!({}), "", failed).await.ended,
        "bot error: down"
    );
}

#[tokio::test]
async fn a_bot_framework_bot_answers_in_the_response() {
    let body = json!({"activities": [{"type": "typing"}, {"type": "message", "text": "您好"}]}).to_string();
    let whole = exchange("bot-framework", json!({}), "/api/messages", vec![ok(&body)]).await;
    assert_eq!(
        (whole.told, whole.ended.as_str()),
        (vec!["您好".to_owned()], "complete")
    );
    let sent = json_of(&whole.request);
    assert_eq!(
        (&sent["deliveryMode"], &sent["type"]),
        (&json!("expectReplies"), &json!("message"))
    );
    assert_eq!(
        (&sent["from"]["id"], &sent["text"]),
        (&json!("throng-1-7"), &json!("到哪了?"))
    );
}
