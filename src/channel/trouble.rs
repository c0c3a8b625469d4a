//! What the words of a failed exchange mean. Turns, archives and reports keep words; whoever looks for the cause asks here,
//! beside those who write them.

use crate::conversation::Trouble;

/// How an answer is told that is a page for people.
pub(super) const PAGE: &str = "answer is an HTML page";
/// How an answer begins to be told that has none of what the profile reads.
pub(super) const ASTRAY: &str = "answer has ";

impl Trouble {
    /// What these words mean: of a turn's `trouble`, or the reason of a failed handshake.
    pub fn of(words: &str) -> Trouble {
        let known = [
            ("cannot find ", Trouble::NoSuchHost),
            ("no address for ", Trouble::NoSuchHost),
            ("no connection", Trouble::NoConnection),
            ("TLS: invalid peer certificate", Trouble::Untrusted),
            ("TLS", Trouble::NoTls),
            ("closed ", Trouble::Closed),
            ("answer is not HTTP", Trouble::NotHttp),
            (PAGE, Trouble::Page),
            (ASTRAY, Trouble::OtherKeys),
            ("answer is unreadable", Trouble::Undecodable),
            ("answer is too long", Trouble::TooLong),
            ("answer is ", Trouble::Unreadable),
            ("expected the answer ", Trouble::NotEchoed),
            ("no answer within ", Trouble::Silent),
        ];
        if let Some(status) = status(words) {
            return Trouble::Status(status);
        }
        if words.starts_with("answer is ") || words.starts_with("expected the answer ") {
            let words = words.to_ascii_lowercase();
            if words.contains("<!doctype html") || words.contains("<html") {
                return Trouble::Page;
            }
        }
        let found = known.into_iter().find(|(beginning, _)| words.starts_with(beginning));
        found.map_or(Trouble::Other, |(_, trouble)| trouble)
    }
}

/// The status in `HTTP 403`, `SIP 486 Busy Here`, `HTTP 302 to ...` or `expected HTTP 200, found HTTP 403`.
fn status(words: &str) -> Option<u16> {
    let found = match words.strip_prefix("expected HTTP ") {
        Some(rest) => rest.split_once("found HTTP ")?.1,
        None => words.strip_prefix("HTTP ").or_else(|| words.strip_prefix("SIP "))?,
    };
    found.get(..3)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_wire_are_told_apart() {
        for (words, trouble) in [
            ("HTTP 403", Trouble::Status(403)),
            ("SIP 486 Busy Here", Trouble::Status(486)),
            ("HTTP 302 to /login: redirects are not followed", Trouble::Status(302)),
            ("expected HTTP 200, found HTTP 404", Trouble::Status(404)),
            ("answer has no `replies`; its keys are: answer", Trouble::OtherKeys),
            ("expected the answer `a`, found `HTTP 500`", Trouble::NotEchoed),
            (
                "no connection: Connection refused (os error 111)",
                Trouble::NoConnection,
            ),
            ("cannot find bot.example: failed to lookup", Trouble::NoSuchHost),
            ("TLS: invalid peer certificate: UnknownIssuer", Trouble::Untrusted),
            ("TLS: received corrupt message", Trouble::NoTls),
            ("closed with nothing said", Trouble::Closed),
            ("answer is not HTTP: invalid", Trouble::NotHttp),
            ("answer is not JSON: expected value", Trouble::Unreadable),
            ("answer is too long: a body over 1 MiB", Trouble::TooLong),
            ("answer is an HTML page, not what the profile declares", Trouble::Page),
            ("answer is unreadable: the signature is wrong", Trouble::Undecodable),
            ("no answer within 10 s", Trouble::Silent),
            (
                "expected the answer `throng1`, found `<!DOCTYPE html><title>Login</title>`",
                Trouble::Page,
            ),
            ("answer is not a stream: <html><body>", Trouble::Page),
            ("HTTP é", Trouble::Other),
            ("", Trouble::Other),
        ] {
            assert_eq!(Trouble::of(words), trouble, "{words}");
        }
    }
}
