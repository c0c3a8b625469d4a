//! Where requests go, and whether they may.

use std::io;
use std::net::{IpAddr, SocketAddr};

use http::Uri;
use http::header::HeaderValue;
use http::uri::PathAndQuery;
use tokio::net::lookup_host;

use super::EndpointError;

/// One origin: all requests of a channel or of a model go there.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    /// As URLs begin: `http://127.0.0.1:8080`.
    origin: String,
    /// Without brackets.
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) is_https: bool,
    pub(crate) host_header: HeaderValue,
    /// Its host is this machine, so an address elsewhere is a mistake.
    is_loopback: bool,
}

impl Endpoint {
    /// The endpoint of a URL, if messages may go there.
    pub(crate) fn allowed(url: &str, allowed_hosts: &[String]) -> Result<Endpoint, EndpointError> {
        let endpoint = Endpoint::parse(url).ok_or_else(|| EndpointError::NotAUrl {
            url: url.split('?').next().unwrap_or_default().to_owned(),
        })?;
        let is_named = allowed_hosts
            .iter()
            .any(|host| host.eq_ignore_ascii_case(&endpoint.host));
        match endpoint.is_loopback || is_named {
            true => Ok(Endpoint {
                is_loopback: endpoint.is_loopback && !is_named,
                ..endpoint
            }),
            false => Err(EndpointError::NotAllowed { host: endpoint.host }),
        }
    }

    fn parse(url: &str) -> Option<Endpoint> {
        let uri: Uri = url.parse().ok()?;
        let is_https = match uri.scheme_str()? {
            "http" => false,
            "https" => true,
            _ => return None,
        };
        let authority = uri.authority()?.as_str();
        let host = uri.host()?.trim_matches(['[', ']']);
        if authority.contains('@') || host.is_empty() {
            return None;
        }
        Some(Endpoint {
            origin: url[..url.find(authority)? + authority.len()].to_owned(),
            host: host.to_owned(),
            port: uri.port_u16().unwrap_or(if is_https { 443 } else { 80 }),
            is_https,
            host_header: HeaderValue::from_str(authority).ok()?,
            is_loopback: is_loopback(host),
        })
    }

    /// Where its host is, asked of the name server if it is a name: one address at least.
    ///
    /// # Errors
    /// When the name is unknown, or is that of this machine and leads elsewhere, where messages were never allowed.
    pub(crate) async fn addresses(&self) -> io::Result<Vec<SocketAddr>> {
        let is_allowed = |address: &SocketAddr| !self.is_loopback || address.ip().is_loopback();
        let found: Vec<SocketAddr> = match self.host.parse::<IpAddr>() {
            Ok(address) => vec![SocketAddr::new(address, self.port)],
            Err(_) => lookup_host((self.host.as_str(), self.port))
                .await?
                .filter(is_allowed)
                .collect(),
        };
        match found.is_empty() {
            true => Err(io::Error::new(
                io::ErrorKind::NotFound,
                "it has no address that may be used",
            )),
            false => Ok(found),
        }
    }

    /// True when its host is this machine.
    pub(crate) fn is_here(&self) -> bool {
        self.is_loopback
    }

    /// What the request line says for `url`; nothing when it leads elsewhere or is no URL.
    pub(crate) fn path_of(&self, url: &str) -> Option<PathAndQuery> {
        let path = url.strip_prefix(&self.origin)?;
        match path.as_bytes().first() {
            Some(b'/') => path.parse().ok(),
            None | Some(b'?') => format!("/{path}").parse().ok(),
            Some(_) => None,
        }
    }

    /// For people: `127.0.0.1:8080`.
    pub(crate) fn name(&self) -> String {
        match self.host.contains(':') {
            true => format!("[{}]:{}", self.host, self.port),
            false => format!("{}:{}", self.host, self.port),
        }
    }
}

fn is_loopback(host: &str) -> bool {
    match host.parse::<IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(url: &str) -> Result<Endpoint, EndpointError> {
        Endpoint::allowed(url, &["Shop.example".to_owned()])
    }

    #[test]
    fn this_machine_and_named_hosts_are_allowed_and_no_others() {
        for (url, host, port) in [
            ("http://127.0.0.1:8080/chat", "127.0.0.1", 8080),
            ("http://127.9.9.9", "127.9.9.9", 80),
            ("http://[::1]:9/x", "::1", 9),
            ("http://LOCALHOST:1/", "LOCALHOST", 1),
            ("https://shop.example/v1", "shop.example", 443),
        ] {
            let found = endpoint(url).unwrap();
            assert_eq!((found.host.as_str(), found.port), (host, port), "{url}");
        }
        for url in [
            "http://10.0.0.1/",
            "http://0.0.0.0/",
            "https://localhost.evil.example/",
            "http://[::ffff:8.8.8.8]/",
        ] {
            let error = endpoint(url).unwrap_err().to_string();
            assert!(error.contains("--allow-target "), "{error}");
        }
        for url in [
            "127.0.0.1:8080",
            "ftp://127.0.0.1/",
            "http://me@127.0.0.1/",
            "http:///x",
            "demo",
            "",
        ] {
            let error = endpoint(url).unwrap_err().to_string();
            assert!(error.contains("expected a URL"), "{error}");
        }
    }

    #[test]
    fn a_url_that_leads_elsewhere_has_no_path_here() {
        let here = endpoint("http://127.0.0.1:80/chat").unwrap();
        assert_eq!(here.path_of("http://127.0.0.1:80/chat?a=1").unwrap(), "/chat?a=1");
        assert_eq!(here.path_of("http://127.0.0.1:80?a=1").unwrap(), "/?a=1");
        assert_eq!(here.path_of("http://127.0.0.1:80").unwrap(), "/");
        for elsewhere in [
            "http://127.0.0.1:8080/chat",
            "http://127.0.0.1:80.evil.example/",
            "http://10.0.0.1/",
        ] {
            assert_eq!(here.path_of(elsewhere), None, "{elsewhere}");
        }
    }
}
