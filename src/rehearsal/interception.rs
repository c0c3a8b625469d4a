//! What people are told of the interceptor: how to start a bot behind it, and what the bot asked for.

use std::path::Path;

use crate::channel::{InterceptedCounts, Interceptor};
use crate::conversation::Language;
use crate::verdict::InterceptedNumbers;

/// Hosts that are named in a report; all of them are in `run.json`.
const NAMED: usize = 10;

/// The variables by which programs find the proxy and the certificate: curl and Python, requests, OpenSSL and httpx, Node.
const CERTIFICATE_VARIABLES: [&str; 3] = ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"];

/// How a bot is to be started, with lines for a POSIX shell.
pub(super) fn invitation(interceptor: &Interceptor, certificate: &Path, language: Language) -> String {
    let hosts: Vec<&str> = interceptor.hosts().collect();
    let (url, hosts) = (interceptor.url(), hosts.join(", "));
    let head = match language {
        Language::Zh => format!("{url} 拦截机器人对 {hosts} 的 HTTPS 调用；请用这些环境变量启动机器人："),
        Language::En => format!("calls over https to {hosts} are intercepted at {url}; start the bot with"),
    };
    let shared: Vec<&str> = interceptor.shared_hosts().collect();
    let shared = match (shared.is_empty(), language) {
        (true, _) => String::new(),
        (false, Language::Zh) => format!("注意：{} 属于多个渠道，都能接的调用归第一个渠道\n", shared.join("、")),
        (false, Language::En) => format!(
            "note: several channels have the host {}; a call that more than one could take goes to the first\n",
            shared.join(", ")
        ),
    };
    let file = std::path::absolute(certificate).unwrap_or_else(|_| certificate.to_owned());
    format!("{shared}{head}\n{}", environment(url, &file.to_string_lossy()))
}

fn environment(url: &str, certificate: &str) -> String {
    let trusted = CERTIFICATE_VARIABLES.map(|name| (name, certificate));
    let lines = [("HTTPS_PROXY", url)].into_iter().chain(trusted);
    let lines = lines.map(|(name, value)| format!("  export {name}={}", quoted(value)));
    lines.collect::<Vec<String>>().join("\n")
}

/// A word of a POSIX shell.
fn quoted(text: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-:".contains(letter);
    match text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

/// What a reader should know: what was refused, and what did not come through.
pub(super) fn warnings(counts: &InterceptedCounts) -> Vec<String> {
    let mut refused: Vec<(&String, &u64)> = counts.refused.iter().collect();
    refused.sort_by_key(|(host, count)| (std::cmp::Reverse(**count), *host));
    let times = |count: u64| {
        if count == 1 {
            "once".to_owned()
        } else {
            format!("{count} times")
        }
    };
    let mut warnings: Vec<String> = refused
        .iter()
        .take(NAMED)
        .map(|(host, count)| {
            format!(
                "the bot asked for {host} {}, which no channel serves: refused, nothing went out",
                times(**count)
            )
        })
        .collect();
    let others = refused.iter().skip(NAMED).map(|(_, count)| **count).sum::<u64>() + counts.refused_others;
    let more = [
        (others, "the bot asked for further hosts that no channel serves"),
        (
            counts.not_connect,
            "the interceptor was asked for something other than CONNECT, such as plain http",
        ),
        (
            counts.untrusted,
            "the bot did not trust ca.pem: was it started anew, with its variable (REQUESTS_CA_BUNDLE, SSL_CERT_FILE or NODE_EXTRA_CA_CERTS) naming this run's file?",
        ),
        (counts.broken, "a tunnel of the bot carried no TLS"),
    ];
    let counted = more.into_iter().filter(|(count, _)| *count > 0);
    warnings.extend(counted.map(|(count, what)| format!("{}: {what}", times(count))));
    warnings
}

/// The counts as `run.json` has them.
pub(super) fn numbers(counts: InterceptedCounts) -> InterceptedNumbers {
    InterceptedNumbers {
        tunnels: counts.tunnels,
        refused: counts.refused,
        refused_others: counts.refused_others,
        not_connect: counts.not_connect,
        untrusted: counts.untrusted,
        broken: counts.broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_for_a_shell_are_safe_for_any_path() {
        insta::assert_snapshot!(environment("http://127.0.0.1:8899", "/tmp/it's $(here)/ca.pem"), @r"
          export HTTPS_PROXY=http://127.0.0.1:8899
          export REQUESTS_CA_BUNDLE='/tmp/it'\''s $(here)/ca.pem'
          export SSL_CERT_FILE='/tmp/it'\''s $(here)/ca.pem'
          export NODE_EXTRA_CA_CERTS='/tmp/it'\''s $(here)/ca.pem'
        ");
        assert_eq!(quoted("/srv/结果/ca.pem"), "/srv/结果/ca.pem");
    }

    #[test]
    fn what_was_refused_is_told_by_host_the_most_asked_for_first() {
        let mut counts = InterceptedCounts {
            untrusted: 1,
            not_connect: 2,
            ..InterceptedCounts::default()
        };
        counts.refused = (1..=12).map(|number| (format!("h{number}.example"), number)).collect();
        let warnings = warnings(&counts);
        assert_eq!(
            warnings[0],
            "the bot asked for h12.example 12 times, which no channel serves: refused, nothing went out"
        );
        assert_eq!(warnings.len(), NAMED + 3, "{warnings:#?}");
        assert!(
            warnings[NAMED].starts_with("3 times: the bot asked for further hosts"),
            "{warnings:#?}"
        );
        assert!(
            warnings[NAMED + 2].starts_with("once: the bot did not trust"),
            "{warnings:#?}"
        );
    }
}
