//! What it means that a socket was closed, or could not be read.
//!
//! | what happens | ended |
//! |---|---|
//! | closed with 1013 (try again later) | `Refused` |
//! | closed in good order, with 1000, 1001 (going away), 1012 (restart) or without a code | `ConnectionLost` |
//! | closed with another code, which tells a failure as a status does | `HttpError` |
//! | closed or reset without a word | `ConnectionLost` |
//! | a frame over 1 MiB, text that is not UTF-8, or what is no WebSocket | `HttpError` |
//!
//! The codes are those of RFC 6455, section 7.4.1, and of IANA's registry.

use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use crate::channel::Ended;

/// The bot closed the socket in good order.
pub(super) fn closed(frame: Option<&CloseFrame>) -> Ended {
    let Some(frame) = frame else {
        return Ended::ConnectionLost("the bot closed the socket".to_owned());
    };
    let reason = match frame.reason.as_str() {
        "" => String::new(),
        reason => format!(": {reason}"),
    };
    let words = format!("the bot closed the socket with {}{reason}", u16::from(frame.code));
    match frame.code {
        CloseCode::Again => Ended::Refused(words),
        CloseCode::Normal | CloseCode::Away | CloseCode::Restart | CloseCode::Status | CloseCode::Abnormal => {
            Ended::ConnectionLost(words)
        }
        _ => Ended::HttpError(words),
    }
}

/// The socket could not be read or written.
pub(super) fn broken(error: &Error) -> Ended {
    match error {
        Error::ConnectionClosed | Error::AlreadyClosed => closed(None),
        Error::Io(error) => Ended::ConnectionLost(format!("the socket broke: {error}")),
        Error::Protocol(
            ProtocolError::ResetWithoutClosingHandshake
            | ProtocolError::HandshakeIncomplete
            | ProtocolError::SendAfterClosing,
        ) => Ended::ConnectionLost("the socket was closed without a word".to_owned()),
        Error::Capacity(_) => Ended::HttpError("answer is too long: a frame over 1 MiB".to_owned()),
        Error::Utf8(_) => Ended::HttpError("answer is not UTF-8".to_owned()),
        other => Ended::HttpError(format!("answer is no WebSocket: {other}")),
    }
}
