//! What the name of a field or header says about what is in it.

/// What a field holds, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Secret,
    Customer,
    CustomerName,
    Message,
    Time,
    Conversation,
    Other,
}

/// Names of texts that customers write, the likeliest first.
const TEXTS: &[&str] = &[
    "text",
    "content",
    "message",
    "msg",
    "query",
    "question",
    "q",
    "input",
    "prompt",
    "utterance",
    "userinput",
    "body",
];

/// Names of texts that bots say, the likeliest first.
const REPLIES: &[&str] = &[
    "answer", "reply", "delta", "text", "content", "message", "msg", "output", "response", "result", "speech", "say",
    "body", "data",
];

/// The name in small letters, with letters and digits only.
fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase()
}

/// How likely this name is that of a customer's text; higher is likelier, 0: not at all.
pub(super) fn text_rank(name: &str) -> usize {
    rank(TEXTS, name)
}

/// How likely this name is that of a bot's reply.
pub(super) fn reply_rank(name: &str) -> usize {
    rank(REPLIES, name)
}

fn rank(names: &[&str], name: &str) -> usize {
    let name = plain(name);
    let place = names.iter().position(|known| *known == name);
    place.map_or(0, |place| names.len() - place)
}

/// What a field of this name holds, within a field named `parent`.
pub(super) fn role(parent: &str, name: &str) -> Role {
    let (parent, name) = (plain(parent), plain(name));
    let is_person = |name: &str| {
        matches!(
            name,
            "user" | "customer" | "sender" | "visitor" | "from" | "member" | "buyer"
        )
    };
    let has = |parts: &[&str]| parts.iter().any(|part| name.contains(part));
    match name.as_str() {
        _ if is_secret(&name) => Role::Secret,
        "id" if is_person(&parent) => Role::Customer,
        "name" | "nickname" if is_person(&parent) => Role::CustomerName,
        "username" | "nickname" | "customername" => Role::CustomerName,
        "id" if parent.is_empty() => Role::Message,
        name if is_person(name) => Role::Customer,
        "uid" | "openid" | "fromusername" => Role::Customer,
        _ if has(&[
            "userid",
            "senderid",
            "customerid",
            "visitorid",
            "fromuser",
            "buyerid",
            "memberid",
        ]) =>
        {
            Role::Customer
        }
        _ if has(&["messageid", "msgid", "requestid", "traceid"]) => Role::Message,
        _ if has(&["conversationid", "chatid", "sessionid", "threadid", "dialogid"]) => Role::Conversation,
        "conversation" | "session" => Role::Conversation,
        "ts" | "time" | "timestamp" | "createtime" | "sendtime" | "sentat" => Role::Time,
        _ => Role::Other,
    }
}

fn is_secret(name: &str) -> bool {
    let parts = [
        "token",
        "secret",
        "apikey",
        "accesskey",
        "appkey",
        "password",
        "passwd",
        "authorization",
        "cookie",
        "signature",
    ];
    let is_count = name.ends_with("tokens");
    !is_count && (parts.iter().any(|part| name.contains(part)) || matches!(name, "key" | "auth" | "sign" | "sig"))
}

/// True for what was made for one request only and cannot be sent again: a signature.
pub(super) fn is_signature(name: &str) -> bool {
    let name = plain(name);
    name.contains("signature") || matches!(name.as_str(), "sign" | "sig")
}

/// The name of a setting: small letters, digits and underscores.
pub(super) fn setting(name: &str) -> String {
    let mut setting = String::new();
    for letter in name.chars() {
        match letter {
            'A'..='Z' if setting.ends_with(|last: char| last.is_ascii_lowercase()) => {
                setting.push('_');
                setting.push(letter.to_ascii_lowercase());
            }
            _ if letter.is_ascii_alphanumeric() => setting.push(letter.to_ascii_lowercase()),
            _ if !setting.ends_with('_') => setting.push('_'),
            _ => {}
        }
    }
    let setting = setting.trim_matches('_').to_owned();
    match setting.starts_with(|first: char| first.is_ascii_alphabetic()) {
        true => setting,
        false => format!("secret_{setting}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_a_field_holds() {
        for (parent, name, expected) in [
            ("", "X-Api-Key", Role::Secret),
            ("", "access_token", Role::Secret),
            ("", "max_tokens", Role::Other),
            ("customer", "id", Role::Customer),
            ("", "id", Role::Message),
            ("", "fromUserId", Role::Customer),
            ("sender", "name", Role::CustomerName),
            ("", "msg_id", Role::Message),
            ("", "chatId", Role::Conversation),
            ("", "timestamp", Role::Time),
            ("", "model", Role::Other),
        ] {
            assert_eq!(role(parent, name), expected, "{parent}.{name}");
        }
        assert!(text_rank("Text") > text_rank("body") && text_rank("model") == 0);
        assert_eq!(
            [setting("X-Api-Key"), setting("apiKey"), setting("2fa")],
            ["x_api_key", "api_key", "secret_2fa"]
        );
        assert!(is_signature("X-Signature") && !is_signature("design"));
    }
}
