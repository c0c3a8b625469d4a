//! A telephone line as a target: `sip:service@127.0.0.1:5060;transport=tcp` (RFC 3261, section 19.1).

use url::Url;

/// Where SIP servers listen.
const PORT: u16 = 5060;
/// What a target of a telephone line looks like.
const WANTED: &str = "expected a telephone line such as `sip:service@127.0.0.1:5060`";

/// Whom a telephone line calls, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SipTarget {
    /// Host and port, as an `http` URL.
    pub server: Url,
    /// Over TCP (`;transport=tcp`) instead of UDP.
    pub is_tcp: bool,
}

impl SipTarget {
    /// True for what is meant as a telephone line, well written or not.
    pub fn is_meant(target: &str) -> bool {
        target.starts_with("sip:")
    }

    /// Reads `sip:[USER@]HOST[:PORT][;transport=udp|tcp]`.
    ///
    /// # Errors
    /// What is wrong with it, in words that do not repeat it.
    pub fn parse(target: &str) -> Result<SipTarget, String> {
        let rest = target
            .strip_prefix("sip:")
            .ok_or_else(|| format!("{WANTED}, found something else"))?;
        let (address, parameters) = rest.split_once(';').unwrap_or((rest, "transport=udp"));
        let is_tcp = match parameters {
            "transport=udp" => false,
            "transport=tcp" => true,
            _ => {
                return Err(format!(
                    "{WANTED}, with `;transport=udp` or `;transport=tcp` behind it at most, found more"
                ));
            }
        };
        let (user, server) = address.split_once('@').unwrap_or(("", address));
        if user.contains(':') {
            return Err(format!("{WANTED}, found one with a password"));
        }
        let is_number = |character: char| character.is_ascii_alphanumeric() || "-_.+*#".contains(character);
        if !user.chars().all(is_number) || server.contains(['/', '?', '@']) || server.ends_with(':') {
            return Err(format!("{WANTED}, found something else"));
        }
        let port = if has_port(server) {
            String::new()
        } else {
            format!(":{PORT}")
        };
        let server = Url::parse(&format!("http://{server}{port}"));
        let server = server.map_err(|reason| format!("{WANTED}, found something else ({reason})"))?;
        Ok(SipTarget { server, is_tcp })
    }
}

fn has_port(server: &str) -> bool {
    let port = server.rsplit_once(':').map(|(_, port)| port);
    port.is_some_and(|port| !port.ends_with(']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_called_over_udp_at_port_5060_unless_it_says_otherwise() {
        for (target, host, port, is_tcp) in [
            ("sip:127.0.0.1", "127.0.0.1", 5060, false),
            ("sip:service@127.0.0.1:5071", "127.0.0.1", 5071, false),
            ("sip:4008000000@pbx.example;transport=tcp", "pbx.example", 5060, true),
            ("sip:+86-400@[::1]:80;transport=udp", "[::1]", 80, false),
            ("sip:[::1]", "[::1]", 5060, false),
        ] {
            let line = SipTarget::parse(target).unwrap();
            let found = (
                line.server.host_str().unwrap(),
                line.server.port_or_known_default().unwrap(),
            );
            assert_eq!((found, line.is_tcp), ((host, port), is_tcp), "{target}");
        }
    }

    #[test]
    fn what_is_no_line_is_told_without_its_secrets() {
        for target in [
            "http://127.0.0.1",
            "sip:",
            "sip:a@",
            "sip:user:geheim@127.0.0.1",
            "sip:a@b@127.0.0.1",
            "sip:127.0.0.1/x",
            "sip:127.0.0.1?Subject=x",
            "sip:127.0.0.1;transport=tls",
            "sip:127.0.0.1;lr",
            "sip:127.0.0.1:99999",
            "sip:127.0.0.1:",
            "sip:a>b@127.0.0.1",
        ] {
            let told = SipTarget::parse(target).map(|line| line.server);
            let told = told.expect_err(target);
            assert!(told.starts_with(WANTED) && !told.contains("geheim"), "{told}");
        }
    }
}
