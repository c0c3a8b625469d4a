//! Asks a running bot what it really did.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1;
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use url::Url;

use super::child::{BotError, ChildBot};
use super::truth::Truth;

/// An answer must be there within this time.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);
/// A client that leaves is noticed within milliseconds; a delivery that is open for longer than this is not waited for.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);
/// How often it is asked whether all deliveries are closed.
const ASK_EVERY: Duration = Duration::from_millis(20);
/// Asks for the counts alone: no customer has this number.
const COUNTS_ONLY: &str = "/truth?customer=18446744073709551615";

impl ChildBot {
    /// What it really did, once no delivery is open any more. What is still open after five seconds is told as
    /// [`Truth::open`].
    ///
    /// # Errors
    /// [`BotError::Unheard`] when it does not answer.
    pub async fn truth(&self) -> Result<Truth, BotError> {
        let started_at = Instant::now();
        while self.ask(COUNTS_ONLY).await?.open > 0 && started_at.elapsed() < CLOSE_LIMIT {
            tokio::time::sleep(ASK_EVERY).await;
        }
        self.ask("/truth").await
    }

    async fn ask(&self, path: &str) -> Result<Truth, BotError> {
        let body = timeout(ANSWER_LIMIT, get(&self.url, path)).await;
        let body = body
            .unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
            .map_err(BotError::Unheard)?;
        serde_json::from_slice(&body).map_err(|error| BotError::Unheard(error.into()))
    }
}

/// The body of a GET over a connection of its own.
async fn get(url: &str, path: &str) -> io::Result<Bytes> {
    let address = Url::parse(url)
        .map_err(io::Error::other)?
        .socket_addrs(|| None)?
        .first()
        .copied()
        .ok_or(io::ErrorKind::AddrNotAvailable)?;
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let request = Request::get(path)
        .header(header::HOST, address.to_string())
        .header(header::CONNECTION, "close")
        .body(Empty::<Bytes>::new())
        .map_err(io::Error::other)?;
    let answer = async {
        let response = sender.send_request(request).await?;
        let body = response.into_body().collect().await?;
        Ok::<Bytes, hyper::Error>(body.to_bytes())
    };
    let (answer, _closed) = tokio::join!(answer, connection);
    answer.map_err(io::Error::other)
}
