//! Replies in a response's body.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use tokio::time::Instant;

use super::body::{Body, Piece, RanOut};
use super::delivery::{Delivered, Ear, Read};
use super::trouble::{ASTRAY, PAGE};
use super::{Ended, Signal};
use crate::scenario::RetryOn;
use crate::wire::{Extracted, Extractor, LONGEST_BODY};

/// Reads the whole body, then tells what it says.
pub(super) async fn read(extractor: &Extractor, headers: &HeaderMap, mut body: Body, ear: &mut Ear<'_>) -> Read {
    let bytes = match whole(&mut body).await {
        Ok(bytes) => bytes,
        Err(delivered) => {
            return Read {
                delivered,
                is_reusable: false,
            };
        }
    };
    let ended = match extractor.read(&bytes, content_type(headers)) {
        Ok(extracted) if extracted.is_nothing() => match extractor.instead(&bytes) {
            Some(what) => Ended::Unread(format!("{ASTRAY}{what}")),
            None => Ended::Empty,
        },
        Ok(extracted) => tell(extracted, body.last_read_at(), ear),
        Err(_) if is_page(&bytes) => Ended::HttpError(format!("{PAGE}, not what the profile declares")),
        Err(broken) => Ended::HttpError(broken.to_string()),
    };
    Read {
        delivered: Delivered::with(ended),
        is_reusable: true,
    }
}

/// True for what a browser would show: a login page, or an error of a proxy or a framework. Its type does not tell: some bots
/// send XML as `text/html`.
fn is_page(body: &[u8]) -> bool {
    let body = body.trim_ascii_start();
    let begins = |tag: &str| {
        let start = body.get(..tag.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    };
    begins("<!doctype html") || begins("<html")
}

/// The `Content-Type`, empty without one.
pub(super) fn content_type(headers: &HeaderMap) -> &str {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.unwrap_or_default()
}

/// Reads a body to its end, within its bounds.
pub(super) async fn whole(body: &mut Body) -> Result<Vec<u8>, Delivered> {
    let mut bytes = Vec::new();
    let mut began_at = None;
    loop {
        let piece = body.next().await;
        match piece {
            Piece::End => return Ok(bytes),
            Piece::Bytes(more) if bytes.len() + more.len() > LONGEST_BODY => {
                return Err(Delivered::with(Ended::HttpError(
                    "answer is too long: a body over 1 MiB".to_owned(),
                )));
            }
            Piece::Bytes(more) => {
                began_at = began_at.or(Some(body.last_read_at()));
                bytes.extend_from_slice(&more);
            }
            Piece::Broken(reason) => {
                return Err(Delivered {
                    ended: match began_at {
                        Some(began_at) => cut(began_at, body.last_read_at()),
                        None => reason.into(),
                    },
                    again: Some(RetryOn::Connection),
                });
            }
            Piece::RanOut(ran_out) => {
                return Err(match (ran_out, began_at) {
                    (RanOut::Patience, Some(began_at)) => Delivered::with(cut(began_at, Instant::now())),
                    _ => Delivered::silent(ran_out),
                });
            }
        }
    }
}

/// Half a body: its text began, but it cannot be read.
fn cut(first_text_at: Instant, at: Instant) -> Ended {
    Ended::Truncated {
        text: String::new(),
        first_text_at,
        at,
    }
}

/// Tells what was read of a body that came at this moment, and what of it ends the exchange.
pub(super) fn tell(extracted: Extracted, at: Instant, ear: &mut Ear<'_>) -> Ended {
    for (name, value) in extracted.captured {
        ear.hear(Signal::Captured { name, value });
    }
    if let Some(words) = extracted.error {
        return Ended::BotError(words);
    }
    if extracted.replies.is_empty() {
        return Ended::Empty;
    }
    for said in extracted.replies {
        ear.hear(Signal::Reply {
            text: said.text,
            media: said.media,
            first_text_at: at,
            complete_at: at,
        });
    }
    Ended::Complete
}
