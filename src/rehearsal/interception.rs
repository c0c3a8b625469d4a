//! What people are told of the interceptor: how to start a bot behind it; and what the bot asked for, in numbers.

use std::path::Path;

use crate::channel::{InterceptedCounts, Interceptor};
use crate::conversation::Language;
use crate::verdict::InterceptedNumbers;

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
}
