//! One HTTP exchange over a connection of its own.

use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONNECTION, CONTENT_TYPE, HOST, RETRY_AFTER};
use http::{Method, Request};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::{Key, ModelError};
use crate::network::{Endpoint, native_roots, tls_connector};

/// Where questions go.
pub(super) struct Connector {
    endpoint: Endpoint,
    url: String,
    tls: Option<TlsConnector>,
}

/// What came back.
pub(super) struct Response {
    pub(super) status: u16,
    /// How long the endpoint asks to wait.
    pub(super) retry_after: Option<Duration>,
    pub(super) body: Bytes,
}

/// Why nothing came back.
#[derive(Debug)]
pub(super) struct Lost {
    /// False when the question never left, so that it cost nothing.
    pub(super) was_sent: bool,
    /// False when asking again would end the same way.
    pub(super) may_try_again: bool,
    /// In words of ours and the system's.
    pub(super) reason: String,
}

impl Connector {
    /// A connector for this URL, if questions may go there.
    pub(super) fn new(url: String, allowed_hosts: &[String]) -> Result<Connector, ModelError> {
        let endpoint = Endpoint::allowed(&url, allowed_hosts)?;
        let tls = match endpoint.is_https {
            true => {
                let connector = native_roots().and_then(tls_connector);
                Some(connector.map_err(|reason| ModelError::NoRootCertificates { reason })?)
            }
            false => None,
        };
        Ok(Connector { endpoint, url, tls })
    }

    /// Host and port, for people.
    pub(super) fn name(&self) -> String {
        self.endpoint.name()
    }

    /// Posts a JSON body and reads at most `most_bytes` of what comes back.
    pub(super) async fn post(&self, body: Bytes, key: Option<&Key>, most_bytes: usize) -> Result<Response, Lost> {
        let request = self.request(body, key).map_err(|reason| unsent(reason.to_owned()))?;
        let socket = self.socket().await?;
        match &self.tls {
            None => exchange(socket, request, most_bytes).await,
            Some(tls) => {
                let name = ServerName::try_from(self.endpoint.host.clone());
                let name = name.map_err(|error| unsent(format!("TLS: {error}")))?;
                let stream = tls.connect(name, socket).await;
                exchange(
                    stream.map_err(|error| unsent(format!("TLS: {error}")))?,
                    request,
                    most_bytes,
                )
                .await
            }
        }
    }

    fn request(&self, body: Bytes, key: Option<&Key>) -> Result<Request<Full<Bytes>>, &'static str> {
        let path = self.endpoint.path_of(&self.url).ok_or("the URL has no path")?;
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(path.as_str())
            .header(HOST, self.endpoint.host_header.clone())
            .header(CONTENT_TYPE, "application/json")
            .header(CONNECTION, "close");
        if let Some(key) = key {
            request = request.header(AUTHORIZATION, key.header());
        }
        request.body(Full::new(body)).map_err(|_| "the request cannot be made")
    }

    async fn socket(&self) -> Result<TcpStream, Lost> {
        let host = &self.endpoint.host;
        let found = self.endpoint.addresses().await;
        let addresses = found.map_err(|error| unsent(format!("cannot find {host}: {error}")))?;
        let mut last = unsent(format!("no address for {host}"));
        for address in addresses {
            match TcpStream::connect(address).await {
                Ok(socket) => return Ok(socket),
                Err(error) => last = unsent(format!("no connection: {error}")),
            }
        }
        Err(last)
    }
}

async fn exchange<T>(stream: T, request: Request<Full<Bytes>>, most_bytes: usize) -> Result<Response, Lost>
where
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| unsent(format!("no connection: {error}")))?;
    // How it ends is told by the exchange that it carries.
    tokio::spawn(async move { connection.await.unwrap_or_default() });
    let response = sender
        .send_request(request)
        .await
        .map_err(|error| sent(words(&error)))?;
    let status = response.status().as_u16();
    let retry_after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok());
    let retry_after = retry_after.and_then(|value| wait_of(value, jiff::Timestamp::now()));
    let body = Limited::new(response.into_body(), most_bytes).collect().await;
    let body = body.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
        Some(_) => Lost {
            may_try_again: false,
            ..sent(format!("its answer is longer than {most_bytes} bytes"))
        },
        None => sent("closed before the answer was complete".to_owned()),
    })?;
    Ok(Response {
        status,
        retry_after,
        body: body.to_bytes(),
    })
}

/// The same within a time.
pub(super) async fn within<F>(limit: Duration, exchange: F) -> Result<Response, Lost>
where
    F: Future<Output = Result<Response, Lost>>,
{
    timeout(limit, exchange)
        .await
        .unwrap_or_else(|_| Err(sent(format!("no answer within {} s", limit.as_secs_f64()))))
}

/// `Retry-After` says seconds or a date (RFC 9110, section 10.2.3).
fn wait_of(value: &str, now: jiff::Timestamp) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let until = jiff::fmt::rfc2822::parse(value.trim()).ok()?.timestamp();
    Some(Duration::try_from(until - now).unwrap_or(Duration::ZERO))
}

fn unsent(reason: String) -> Lost {
    Lost {
        was_sent: false,
        may_try_again: true,
        reason,
    }
}

fn sent(reason: String) -> Lost {
    Lost {
        was_sent: true,
        ..unsent(reason)
    }
}

fn words(error: &hyper::Error) -> String {
    match error.is_incomplete_message() {
        true => "closed with nothing said".to_owned(),
        // Never the bytes themselves: hyper names only what it could not parse.
        false => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_seconds_or_a_date_and_anything_else_is_none() {
        let now: jiff::Timestamp = "2026-11-11T00:00:00Z".parse().unwrap();
        let wait = |value: &str| wait_of(value, now).map(|wait| wait.as_secs());
        assert_eq!(wait("20"), Some(20));
        assert_eq!(wait("Wed, 11 Nov 2026 00:01:00 GMT"), Some(60));
        assert_eq!(wait("Tue, 10 Nov 2026 00:01:00 GMT"), Some(0));
        for nonsense in ["soon", "-3", "NaN", "1e999"] {
            assert_eq!(wait(nonsense), None, "{nonsense}");
        }
    }
}
