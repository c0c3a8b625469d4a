use super::*;

fn drafted(command: &str, answer: &str) -> Draft {
    draft(&captured(command, answer)).unwrap_or_else(|error| panic!("{error}"))
}

fn captured<'a>(command: &'a str, answer: &'a str) -> Captured<'a> {
    Captured {
        command,
        answer,
        text: None,
        reply: None,
        name: "my-bot",
    }
}

/// The profile without its comments.
fn profile(draft: &Draft) -> String {
    let lines = draft.yaml.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| format!("{line}\n")).collect()
}

const OWN: &str = r#"curl 'https://shop.example/api/chat?lang=zh&access_token=s3cr3t-q' \
  -H 'accept: application/json' \
  -H 'accept-language: zh-CN,zh;q=0.9' \
  -H 'authorization: Bearer s3cr3t-h' \
  -H 'content-type: application/json' \
  -b 'sid=s3cr3t-c; theme=dark' \
  -H 'origin: https://shop.example' \
  -H 'sec-fetch-mode: cors' \
  -H 'user-agent: Mozilla/5.0' \
  --data-raw '{"msgId":"a-1","ts":1795219433123,"user":{"id":"u-9","name":"小李"},"message":"我的订单到哪了？","conversationId":"","stream":false,"top":3}' ;
"#;

#[test]
fn a_json_bot_behind_a_site_is_drafted_without_its_secrets() {
    let answer = "HTTP/2 200 \r\ncontent-type: application/json\r\n\r\n{\"code\":0,\"msg\":\"ok\",\"data\":{\"conversationId\":\"c-77\",\"replies\":[{\"type\":\"text\",\"text\":\"您的订单明天送达。\"},{\"type\":\"text\",\"text\":\"还有什么可以帮您？\"}]}}";
    let draft = drafted(OWN, answer);
    insta::assert_snapshot!(profile(&draft), @r##"
    profile: my-bot
    description: "drafted from one exchange with shop.example"
    proven: sketch
    target: "the base URL, such as https://shop.example"
    settings:
      access_token:
        description: "`access_token` of the captured request"
        secret: true
        required: true
      authorization:
        description: "`authorization` of the captured request"
        secret: true
        required: true
      cookie:
        description: "`Cookie` of the captured request"
        secret: true
        required: true
    send:
      method: POST
      url: "{{ target }}/api/chat"
      query:
        lang: zh
        access_token: "{{ settings.access_token }}"
      headers:
        accept: application/json
        authorization: "Bearer {{ settings.authorization }}"
        Cookie: "{{ settings.cookie }}"
        origin: "https://shop.example"
      json:
        msgId: "{{ message.id }}"
        ts: "{{ now_ms() }}"
        user:
          id: "{{ customer.id }}"
          name: "{{ customer.name }}"
        message: "{{ message.text }}"
        conversationId: "{{ conversation.conversation_id | default('') }}"
        stream: false
        top: 3
    reply:
      response:
        format: json
        each: "$.data.replies[*]"
        text: "$.text"
        error:
          - {when: "$.error"}
          - {when: "$.code", text: "$.msg"}
        capture:
          conversation_id: "$.data.conversationId"
    "##);
    assert_eq!((draft.target.as_str(), draft.notes.len()), ("https://shop.example", 1));
    assert_eq!(draft.secrets, ["access_token", "authorization", "cookie"]);
    assert!(!draft.yaml.contains("s3cr3t"), "{}", draft.yaml);
}

#[test]
fn a_stream_of_openai_is_drafted_with_its_history() {
    let command = r#"curl http://127.0.0.1:8000/v1/chat/completions -H "Content-Type: application/json" -H "Authorization: Bearer sk-1" -d '{"model": "m", "stream": true, "messages": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "hi"}, {"role": "assistant", "content": "Hello!"}, {"role": "user", "content": "Where is my order?"}]}'"#;
    let chunk = |delta: Value| json!({"id": "c1", "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, "finish_reason": null}]});
    let chunks = [
        json!({"role": "assistant", "content": ""}),
        json!({"content": "It will "}),
        json!({"content": "come tomorrow."}),
        json!({}),
    ];
    let answer: String = chunks.map(|delta| format!("data: {}\n\n", chunk(delta))).concat() + "data: [DONE]\n\n";
    insta::assert_snapshot!(profile(&drafted(command, &answer)), @r##"
    profile: my-bot
    description: "drafted from one exchange with 127.0.0.1"
    proven: sketch
    target: "the base URL, such as http://127.0.0.1:8000"
    settings:
      authorization:
        description: "`Authorization` of the captured request"
        secret: true
        required: true
      system:
        description: "the system prompt, as captured"
        default: "Be kind."
    conversation: client
    send:
      method: POST
      url: "{{ target }}/v1/chat/completions"
      headers:
        Authorization: "Bearer {{ settings.authorization }}"
        X-Request-Id: "{{ message.id }}"
      json:
        model: m
        stream: true
        messages: "{{ history(system=settings.system, text=message.text) }}"
    limits:
      idle: "30s"
    reply:
      stream:
        framing: sse
        end_data:
          - "[DONE]"
        pick:
          - {text: "$.choices[0].delta.content"}
        error:
          - {when: "$.error"}
    "##);
}

#[test]
fn a_stream_whose_events_have_kinds_is_drafted_with_their_kinds() {
    let command = r#"curl -X POST http://dify.local/v1/chat-messages -H 'Authorization: Bearer app-1' -H 'Content-Type: application/json' --data '{"inputs":{},"query":"到哪了？","response_mode":"streaming","conversation_id":"","user":"abc-123","files":[]}'"#;
    let event = |json: Value| format!("data: {json}\n\n");
    let message =
        |text: &str| event(json!({"event": "message", "task_id": "t", "conversation_id": "c-1", "answer": text}));
    let end = event(json!({"event": "message_end", "conversation_id": "c-1", "metadata": {}}));
    let answer = [
        "event: ping\n\n".to_owned(),
        message("您的订单"),
        message("明天到。"),
        end,
    ]
    .concat();
    insta::assert_snapshot!(profile(&drafted(command, &answer)), @r##"
    profile: my-bot
    description: "drafted from one exchange with dify.local"
    proven: sketch
    target: "the base URL, such as http://dify.local"
    settings:
      authorization:
        description: "`Authorization` of the captured request"
        secret: true
        required: true
    send:
      method: POST
      url: "{{ target }}/v1/chat-messages"
      headers:
        Authorization: "Bearer {{ settings.authorization }}"
        X-Request-Id: "{{ message.id }}"
      json:
        inputs: {}
        query: "{{ message.text }}"
        response_mode: streaming
        conversation_id: "{{ conversation.conversation_id | default('') }}"
        user: "{{ customer.id }}"
        files: []
    limits:
      idle: "30s"
    reply:
      stream:
        framing: sse
        kind: "$.event"
        end_kinds:
          - message_end
        pick:
          - {kind: message, text: "$.answer"}
        error:
          - {when: "$.error"}
        capture:
          conversation_id: "$.conversation_id"
    "##);
}

#[test]
fn json_within_json_and_an_answer_in_xml_are_drafted() {
    let command = r#"curl http://127.0.0.1/hook -H 'content-type: application/json' -H 'X-Signature: 99aa' --data-raw $'{"event":"im_receive_msg","from_user_id":"u1","content":"{\\"message_type\\":\\"text\\",\\"text\\":\\"it\'s late {{now}}\\"}"}'"#;
    let draft = drafted(
        command,
        "<xml><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[It comes today.]]></Content></xml>",
    );
    insta::assert_snapshot!(profile(&draft), @r##"
    profile: my-bot
    description: "drafted from one exchange with 127.0.0.1"
    proven: sketch
    target: "the base URL, such as http://127.0.0.1"
    settings:
      x_signature:
        description: "`X-Signature` of the captured request"
        secret: true
        required: true
    send:
      method: POST
      url: "{{ target }}/hook"
      headers:
        X-Signature: "{{ settings.x_signature }}"
        X-Request-Id: "{{ message.id }}"
      json:
        event: im_receive_msg
        from_user_id: "{{ customer.id }}"
        content: "{{ tojson({\"message_type\": \"text\", \"text\": message.text}) }}"
    reply:
      response:
        format: xml
        text: "/xml/Content"
    "##);
    assert!(
        draft.notes[0].contains("`X-Signature` looks like a signature"),
        "{:?}",
        draft.notes
    );
}

#[test]
fn forms_lines_and_plain_texts_are_drafted() {
    let form = "curl localhost:5005/sms --data-urlencode 'Body=where is it?' -d From=%2B86199 -d MessageSid=SM1";
    let lines = "{\"text\": \"It\"}\n{\"text\": \"It comes\"}\n{\"text\": \"It comes today.\", \"x\": 1}\n{\"done\": true, \"event\": \"end\"}\n";
    let draft = drafted(form, lines);
    let text = profile(&draft);
    for part in [
        "Body: \"{{ message.text }}\"",
        "From: \"{{ customer.id }}\"",
        "framing: ndjson",
        "mode: replace",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        draft.notes[0].contains("no piece of the stream marks its end"),
        "{:?}",
        draft.notes
    );
    let get = drafted("curl 'http://localhost/ask?q=where+is+it%3F&v=2'", "It comes today.\n");
    assert!(
        profile(&get).contains("query:\n    q: \"{{ message.text }}\"\n    v: \"2\"\n"),
        "{}",
        get.yaml
    );
    assert!(
        get.notes[0].contains("names the customer") && get.notes[1].contains("whole body"),
        "{:?}",
        get.notes
    );
}

#[test]
fn what_is_named_is_taken_and_what_is_not_there_is_told() {
    let command =
        r#"curl localhost/x -H 'content-type: application/json' -d '{"a": "Q: where?", "b": "other", "id": 7}'"#;
    let answer = r#"{"x": "yes", "y": "no", "note": "in two days"}"#;
    let named = Captured {
        text: Some("where?"),
        reply: Some("yes"),
        ..captured(command, answer)
    };
    let text = profile(&draft(&named).unwrap());
    assert!(
        text.contains("a: \"{{ \\\"Q: \\\" ~ message.text }}\"") && text.contains("text: \"$.x\""),
        "{text}"
    );
    assert!(text.contains("id: \"{{ message.number }}\""), "{text}");
    for (changed, words) in [
        (
            captured(command, answer),
            "looks like a customer's text (texts in it: `Q: where?`, `other`); say with `--text`",
        ),
        (
            Captured {
                text: Some("when"),
                ..named
            },
            "does not hold the text that `--text` names (texts in it",
        ),
        (
            Captured {
                reply: Some("maybe"),
                ..named
            },
            "does not hold the reply that `--answer` names (texts in it: `yes`, `no`, `in two days`)",
        ),
        (
            Captured {
                reply: None,
                answer: "{\"ok\": true}",
                ..named
            },
            "no part of the captured answer looks like a reply; say with `--answer`",
        ),
        (Captured { answer: " \n", ..named }, "the captured answer is empty"),
        (
            Captured {
                answer: "<a><b>",
                ..named
            },
            "the captured answer is not XML",
        ),
        (
            Captured {
                command: "wget x",
                ..named
            },
            "the captured command cannot be read: expected a command that begins with `curl`",
        ),
    ] {
        let error = draft(&changed).unwrap_err().to_string();
        assert!(error.contains(words), "{words}: {error}");
    }
}
