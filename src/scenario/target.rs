//! Where a run aims: the built-in bot, this machine, or somewhere else.

use std::collections::BTreeSet;
use std::net::IpAddr;

use serde_json::Value;
use url::{Host, Url};

use super::{Scenario, SipTarget};

/// The target that is the built-in bot.
pub const DEMO: &str = "demo";

/// True for the built-in bot and for hosts that are this machine: such a run costs nobody anything.
pub fn is_loopback(target: &str) -> bool {
    let Some(url) = target_url(target) else {
        return target == DEMO;
    };
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

/// A target as a URL, with the host and port of a telephone line as `http` has them; nothing for what is none, such as `demo`.
pub fn target_url(target: &str) -> Option<Url> {
    match SipTarget::is_meant(target) {
        true => SipTarget::parse(target).ok().map(|line| line.server),
        false => Url::parse(target).ok(),
    }
}

/// What is wrong with a target, if anything. Passwords are not repeated.
pub(super) fn target_mistake(target: &str) -> Option<String> {
    if target == DEMO {
        return None;
    }
    let wanted = "expected `demo` or a URL such as `http://127.0.0.1:8080`";
    if target.contains("${") {
        return Some(format!(
            "{wanted}, found `${{...}}`, which only `settings` may hold (`--target \"$NAME\"` does it)"
        ));
    }
    // A URL's parser removes or escapes them; the target is sent as it is written.
    if target
        .chars()
        .any(|c| c.is_control() || c.is_whitespace() || matches!(c, '{' | '}' | '\\'))
    {
        return Some(format!(
            "{wanted}, found one with spaces, braces, backslashes or control characters"
        ));
    }
    if SipTarget::is_meant(target) {
        return SipTarget::parse(target).err();
    }
    match Url::parse(target) {
        Ok(url) if !matches!(url.scheme(), "http" | "https" | "ws" | "wss") => Some(format!(
            "{wanted}, found one that does not start with `http:`, `https:`, `ws:` or `wss:`"
        )),
        Ok(url) if !url.username().is_empty() || url.password().is_some() => Some(
            "expected a URL without user and password, found one with them (secrets go into `settings`)".to_owned(),
        ),
        Ok(_) => None,
        Err(reason) => Some(format!("{wanted}, found something else ({reason})")),
    }
}

/// The names in `${NAME}` that stand in the texts of this value, to be taken from the environment.
pub fn environment_names(value: &Value) -> BTreeSet<String> {
    match value {
        Value::String(text) => names_in(text),
        Value::Array(items) => items.iter().flat_map(environment_names).collect(),
        Value::Object(map) => map.values().flat_map(environment_names).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => BTreeSet::new(),
    }
}

fn names_in(text: &str) -> BTreeSet<String> {
    let is_name = |name: &str| {
        let is_letter = |character: char| character.is_ascii_alphanumeric() || character == '_';
        !name.is_empty() && name.chars().all(is_letter) && !name.starts_with(|first: char| first.is_ascii_digit())
    };
    let ends = text.split("${").skip(1).filter_map(|rest| rest.split_once('}'));
    ends.map(|(name, _)| name.to_owned())
        .filter(|name| is_name(name))
        .collect()
}

impl Scenario {
    /// True when every channel aims at the built-in bot or at this machine.
    pub fn loopback_only(&self) -> bool {
        self.channels.iter().all(|channel| is_loopback(&channel.target))
    }

    /// The hosts, other than this machine, that the channels aim at; without repetition, in their order.
    pub fn hosts_away(&self) -> Vec<String> {
        let mut hosts = Vec::new();
        for channel in self.channels.iter().filter(|channel| !is_loopback(&channel.target)) {
            let host = target_url(&channel.target).and_then(|url| url.host_str().map(str::to_owned));
            hosts.extend(host.filter(|host| !hosts.contains(host)));
        }
        hosts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn loopback_is_the_built_in_bot_and_this_machine_and_nothing_that_only_looks_like_it() {
        for target in [
            "demo",
            "http://localhost:1",
            "http://127.0.0.1/v1",
            "http://127.9.9.9",
            "http://[::1]:8080",
            "http://a.localhost",
            "sip:service@127.0.0.1:5060",
            "sip:localhost",
            "ws://127.0.0.1:8080/chat",
            "wss://localhost/",
        ] {
            assert!(is_loopback(target), "{target}");
            assert_eq!(target_mistake(target), None, "{target}");
        }
        for target in [
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "https://bot.example.com",
            "wss://bot.example.com",
            "http://10.0.0.1",
            "http://localhost@evil.example",
            "http://0.0.0.0",
            "sip:10.0.0.1:5060",
            "sip:localhost@evil.example",
            "sip:127.0.0.1.example.com",
        ] {
            assert!(!is_loopback(target), "{target}");
        }
    }

    #[test]
    fn a_target_is_a_web_address_without_secrets() {
        for target in [
            "",
            "demo2",
            "ftp://x",
            "localhost:8080",
            "http://",
            "http://${HOST}/v1",
            "http://user:geheim@h/",
            "sip:user:geheim@h",
            "http://127.0.0.1:1/a b",
            "http://127.0.0.1:1/\r\nX: y",
            "http://127.0.0.1:1/{{ 1 }}",
            "http:\\\\127.0.0.1:1\\x",
        ] {
            let mistake = target_mistake(target).unwrap();
            assert!(!mistake.contains("geheim"), "{mistake}");
        }
    }

    #[test]
    fn names_of_the_environment_are_found_at_any_depth() {
        let value = json!({"a": "Bearer ${KEY}", "b": ["${_X1}${Y}", 3, "${}", "${1A}", "${no way}", "${open"]});
        assert_eq!(
            environment_names(&value).into_iter().collect::<Vec<_>>(),
            ["KEY", "Y", "_X1"]
        );
    }
}
