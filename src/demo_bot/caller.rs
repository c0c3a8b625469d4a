//! Calls the platform's API, for protocols in which a bot replies that way.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::{Method, Request, StatusCode, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// No answer of an API is longer, in bytes.
const LONGEST_ANSWER: usize = 16 << 20;

/// The way to the platform's API. Connections are kept and used again.
#[derive(Debug)]
pub(super) struct Caller {
    /// Host and port.
    authority: String,
    /// What all paths begin with.
    base: String,
    idle: Mutex<Vec<SendRequest<Full<Bytes>>>>,
}

impl Caller {
    /// A way to the API at `url`, such as `http://127.0.0.1:40123`; nothing if that is no plain http URL.
    pub(super) fn to(url: &str) -> Option<Caller> {
        let rest = url.strip_prefix("http://")?;
        let (authority, base) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Some(Caller {
            authority: authority.to_owned(),
            base: base.trim_end_matches('/').to_owned(),
            idle: Mutex::default(),
        })
    }

    /// Posts JSON and gives the status of the answer.
    pub(super) async fn post(&self, path: &str, json: &str) -> io::Result<StatusCode> {
        Ok(self.ask(path, json).await?.0)
    }

    /// Posts JSON and gives status and body of the answer. An idle connection that was closed meanwhile is replaced.
    pub(super) async fn ask(&self, path: &str, json: &str) -> io::Result<(StatusCode, Bytes)> {
        loop {
            let kept = self.idle().pop();
            let is_kept = kept.is_some();
            let mut sender = match kept {
                Some(sender) => sender,
                None => self.connect().await?,
            };
            match sender.send_request(self.request(path, json)?).await {
                Ok(answer) => {
                    let status = answer.status();
                    let body = Limited::new(answer.into_body(), LONGEST_ANSWER).collect();
                    let body = body.await.map_err(io::Error::other)?.to_bytes();
                    self.idle().push(sender);
                    return Ok((status, body));
                }
                Err(_) if is_kept => {}
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }

    fn request(&self, path: &str, json: &str) -> io::Result<Request<Full<Bytes>>> {
        Request::builder()
            .method(Method::POST)
            .uri(format!("{}{path}", self.base))
            .header(header::HOST, &self.authority)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::copy_from_slice(json.as_bytes())))
            .map_err(io::Error::other)
    }

    async fn connect(&self) -> io::Result<SendRequest<Full<Bytes>>> {
        let stream = TcpStream::connect(&self.authority).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
        // How it ends is told by the call that it carries.
        tokio::spawn(async move { connection.await.unwrap_or_default() });
        Ok(sender)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<SendRequest<Full<Bytes>>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
