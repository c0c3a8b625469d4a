//! How an answer goes over the wire: a status and pieces of a body, each after a pause.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use std::vec;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use bytes::Bytes;
use futures_util::stream;
use tokio::time::Instant;

use super::freeze::Freezes;
use super::truth::Entry;

/// An HTTP response to be sent.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Delivery {
    /// Its status.
    pub(super) status: StatusCode,
    /// Its `Content-Type`.
    pub(super) content_type: &'static str,
    /// Seconds of its `Retry-After`.
    pub(super) retry_after_s: Option<u16>,
    /// How long the head is held back.
    pub(super) head_after: Duration,
    /// The body.
    pub(super) pieces: Vec<Piece>,
    /// How its length is told.
    pub(super) length: Length,
}

/// A part of a body.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// From when the piece before it was due, so that lateness does not add up.
    pub(super) after: Duration,
    /// Its bytes.
    pub(super) bytes: Bytes,
    /// True when a customer sees text of it.
    pub(super) is_text: bool,
}

/// How the length of a body is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// In chunks, as streams do; it may end anywhere.
    Chunked,
    /// By `Content-Length`, in bytes. When the pieces hold fewer, the connection is closed after them.
    Promised(u64),
}

impl Delivery {
    /// A body in one piece, after `pause`.
    pub(super) fn whole(content_type: &'static str, body: impl Into<Bytes>, pause: Duration) -> Delivery {
        let bytes = body.into();
        Delivery {
            status: StatusCode::OK,
            content_type,
            retry_after_s: None,
            head_after: pause,
            length: Length::Promised(bytes.len() as u64),
            pieces: vec![Piece {
                after: Duration::ZERO,
                bytes,
                is_text: false,
            }],
        }
    }

    /// Server-sent events, the first one after `pause`.
    pub(super) fn events(pieces: Vec<Piece>, pause: Duration) -> Delivery {
        Delivery {
            status: StatusCode::OK,
            content_type: "text/event-stream",
            retry_after_s: None,
            head_after: pause,
            pieces,
            length: Length::Chunked,
        }
    }

    /// The same with all of its body counted as visible text.
    pub(super) fn with_text(mut self) -> Delivery {
        self.pieces.iter_mut().for_each(|piece| piece.is_text = true);
        self
    }

    /// The same with this status.
    pub(super) fn with_status(mut self, status: StatusCode) -> Delivery {
        self.status = status;
        self
    }

    /// The same, broken off half way: streams end after half of their text and without their end mark, other bodies
    /// after half of their bytes.
    pub(super) fn truncated(mut self) -> Delivery {
        match self.length {
            Length::Chunked => {
                let texts = self.pieces.iter().filter(|piece| piece.is_text).count();
                let mut left = texts.div_ceil(2);
                self.pieces.retain(|piece| {
                    let is_kept = left > 0;
                    left -= usize::from(piece.is_text && is_kept);
                    is_kept
                });
            }
            Length::Promised(_) => {
                for piece in &mut self.pieces {
                    piece.bytes.truncate(piece.bytes.len() / 2);
                }
            }
        }
        self
    }

    /// The response, which writes down in `entry` what was sent and stands still with the bot.
    pub(super) async fn send(self, mut entry: Entry, freezes: Arc<Freezes>) -> Response<Body> {
        if !self.head_after.is_zero() {
            tokio::time::sleep(self.head_after).await;
        }
        freezes.thaw().await;
        entry.record.status = Some(self.status.as_u16());
        let mut response = self.head();
        if self.length == Length::Promised(0) {
            // The server never asks for a body of this length.
            entry.complete();
            return response;
        }
        let sent: usize = self.pieces.iter().map(|piece| piece.bytes.len()).sum();
        *response.body_mut() = Telling {
            breaks_off: matches!(self.length, Length::Promised(length) if length > sent as u64),
            pieces: self.pieces.into_iter(),
            due_at: Instant::now(),
            entry,
            freezes,
        }
        .into_body();
        response
    }

    /// The response to something that is no message, so that there is nothing to be written down.
    pub(super) fn unrecorded(self) -> Response<Body> {
        let mut response = self.head();
        let bytes: Vec<u8> = self
            .pieces
            .iter()
            .flat_map(|piece| piece.bytes.iter().copied())
            .collect();
        *response.body_mut() = Body::from(bytes);
        response
    }

    fn head(&self) -> Response<Body> {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Length::Promised(length) = self.length {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        response
    }
}

/// A body on its way. Dropped early when the client leaves, and its entry with it, which is then cut.
struct Telling {
    pieces: vec::IntoIter<Piece>,
    /// When the latest piece was due.
    due_at: Instant,
    breaks_off: bool,
    entry: Entry,
    freezes: Arc<Freezes>,
}

impl Telling {
    fn into_body(self) -> Body {
        Body::from_stream(stream::unfold(self, |mut telling| async move {
            let next = telling.next().await?;
            Some((next, telling))
        }))
    }

    async fn next(&mut self) -> Option<io::Result<Bytes>> {
        let Some(piece) = self.pieces.next() else {
            return self.end().await;
        };
        self.wait(piece.after).await;
        self.entry.hand(piece.bytes.len(), piece.is_text);
        if self.pieces.as_slice().is_empty() {
            self.entry.complete();
        }
        Some(Ok(piece.bytes))
    }

    /// Waits for the next piece's moment. A freeze moves all that comes after it.
    async fn wait(&mut self, after: Duration) {
        if !after.is_zero() {
            self.due_at += after;
            tokio::time::sleep_until(self.due_at).await;
        }
        if self.freezes.thaw().await {
            self.due_at = Instant::now();
        }
    }

    async fn end(&mut self) -> Option<io::Result<Bytes>> {
        self.entry.complete();
        if !self.breaks_off {
            return None;
        }
        // Lets the server write out what it has before the error makes it close the connection.
        tokio::task::yield_now().await;
        Some(Err(io::Error::other("the bot breaks off here, as its settings say")))
    }
}

/// A response at which the server closes the connection instead of sending it.
pub(super) fn hang_up() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(HangUp);
    response
}

/// Marks a response that must not be sent.
#[derive(Debug, Clone, Copy)]
struct HangUp;

/// The connection is to be closed with nothing said.
#[derive(Debug, thiserror::Error)]
#[error("the bot hangs up, as its settings say")]
pub(super) struct HungUp;

/// Lets through what is to be sent.
///
/// # Errors
/// [`HungUp`] for what [`hang_up`] made: hyper closes a connection whose service fails, without a byte.
pub(super) fn unless_hung_up(response: Result<Response<Body>, Infallible>) -> Result<Response<Body>, HungUp> {
    match response {
        Ok(response) if response.extensions().get::<HangUp>().is_none() => Ok(response),
        _ => Err(HungUp),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &'static str, is_text: bool) -> Piece {
        Piece {
            after: Duration::ZERO,
            bytes: Bytes::from_static(text.as_bytes()),
            is_text,
        }
    }

    fn texts(delivery: &Delivery) -> Vec<&[u8]> {
        delivery.pieces.iter().map(|piece| piece.bytes.as_ref()).collect()
    }

    #[test]
    fn a_truncated_stream_ends_after_half_of_its_text() {
        let pieces = |texts: usize| {
            let mut pieces = vec![piece("role", false)];
            pieces.extend((0..texts).map(|_| piece("text", true)));
            pieces.push(piece("end", false));
            Delivery::events(pieces, Duration::ZERO).truncated()
        };
        assert_eq!(texts(&pieces(4)), [b"role", b"text", b"text"]);
        assert_eq!(texts(&pieces(1)), [b"role", b"text"]);
        assert!(texts(&pieces(0)).is_empty());
    }

    #[test]
    fn a_truncated_body_promises_more_than_it_holds() {
        let delivery = Delivery::whole("text/plain", "abcdef", Duration::ZERO).truncated();
        assert_eq!(texts(&delivery), [b"abc"]);
        assert_eq!(delivery.length, Length::Promised(6));
    }
}
