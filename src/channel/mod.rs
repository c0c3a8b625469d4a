//! The network side of a run: interprets channel profiles. A [`Line`] is one channel, ready to talk.
//!
//! ```text
//!  Outgoing --render--> request --connection--> the bot
//!                                                  |
//!  Finish <-- exchange (told piece by piece: Signal) <-- extract / frame
//! ```
//!
//! A failing bot is data ([`Ended`]), never an `Err`. It keeps no clock of its own beyond the protocol's limits and never
//! tells holding replies from answers; that is `reading`'s part.
//!
//! What one delivery of a message comes to:
//!
//! | what happens | ended |
//! |---|---|
//! | no connection: refused, no such host, TLS fails, not there by the time the response had to begin | `ConnectionLost` |
//! | no descriptor, port or memory left on this machine; a profile that cannot be rendered for this message | `Hindered` |
//! | closed or reset before the response begins | `ConnectionLost` |
//! | bytes that are not HTTP | `HttpError` |
//! | nothing by `limits.acknowledge`, even if half of it came: the platform hung up | `Silent` |
//! | no response by `limits.first_byte` or the turn's end | `Silent` |
//! | 429, 503 | `Refused` |
//! | any other status than 2xx; redirects are not followed | `HttpError` |
//! | 2xx with an error mark, in the body or in a piece | `BotError` |
//! | 2xx, the body is not what the profile declares, or beyond its bounds (1 MiB, 32 KiB of text, 100 replies) | `HttpError` |
//! | 2xx, an empty body, an acknowledgement, or no text in it | `Empty` |
//! | 2xx, the body breaks off: some of it came / none of it came | `Truncated` / `ConnectionLost`, `HttpError` if its chunks are none |
//! | 2xx, the body stalls beyond `limits.idle` or the turn's end: some of it came / none | `Truncated` / `Silent` |
//! | 2xx with replies | `Complete` |
//!
//! In a stream "some of it" means visible text, and the end of the bytes is no end mark:
//!
//! | what happens to a stream | text came | no text came |
//! |---|---|---|
//! | its end mark | `Complete` | `Empty` |
//! | closed in good order without it | `Truncated` | `Empty`; if it was no stream at all, `BotError` for JSON with an error mark, else `HttpError` |
//! | broken off | `Truncated` | `ConnectionLost`, `HttpError` if its chunks are none |
//! | stalls beyond `limits.idle` or the turn's end | `Truncated` | `Silent` |
//!
//! A platform that delivers again (`retry`) does so after a delivery that timed out, lost its connection or came back
//! with a status other than 2xx; the exchange ends as its last delivery did.
//!
//! With `reply: poll`, a message that is accepted (`Empty` above) goes on: throng asks until the reply is there, and the first time of
//! asking that ends otherwise than with a 2xx body ends the exchange as that table has it. Not there in time, or not after the
//! profile's `most` times: `Silent`. An `opening` that fails ends the message that waited for it.
//!
//! A message in a mailbox is `Silent` unless the bot has it, and `Empty` once it does; where the bot could not even be told, as that failed.
//!
//! With a profile that has `dial_in`, a message goes to a socket that the bot opened. No socket, or one that closes before the
//! acknowledgement, is a lost connection; no acknowledgement by `limits.acknowledge` or the turn's end is `Silent`.
//!
//! On a socket that throng opens, of which each conversation has its own, frames take the place of bodies and pieces; what its
//! partings mean is told in `socket`.
//!
//! On a telephone line (`phone`) a message is a call, which SIPp makes:
//!
//! | what becomes of a call | ended |
//! |---|---|
//! | somebody picks up | `Complete`, once it is over or nobody listens any more |
//! | unavailable, busy, overloaded, declined (480, 486, 503, 600, 603) | `Refused` |
//! | any other status from 300 on; redirects are not followed | `HttpError` |
//! | it rings, or not even that, until the caller hangs up | `Silent` |
//! | over TCP: no connection, or it is lost | `ConnectionLost` |
//! | SIPp cannot be started, ends, or does not call in time | `Hindered` |
//!
//! With a profile that has `serve`, replies also come as calls to the platform's API ([`Platform`]). What a 2xx or silence
//! leaves unsaid may then still be said: such an exchange [`may be answered`](Finish::may_be_answered) after its end.

mod afterwards;
mod body;
mod connection;
mod delivery;
mod dialled;
mod error;
mod growth;
mod handshake;
mod hang_up;
mod in_memory;
mod line;
mod mailing;
mod openings;
mod phone;
mod platform;
mod polling;
mod pool;
mod post;
mod read_clock;
mod response;
mod retry;
mod sample;
mod secrets;
mod signal;
mod socket;
mod sources;
mod stream;
mod tcp;
mod trouble;

pub use afterwards::{HangUpCounts, HangUpTally};
pub use error::ChannelError;
pub use line::{Line, Wiring};
pub use phone::{line_is_up, needs_program};
pub use platform::{
    Called, InterceptedCounts, Interception, Interceptor, Listener, Office, Platform, PlatformCounts, SocketCounts,
};
pub use signal::{Ended, Finish, Outgoing, Signal};
pub use socket::{CustomerSocketCounts, CustomerSocketTally};

pub use crate::conversation::Trouble;
pub use crate::wire::Speaker;

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970-01-01 UTC.
fn now_ms() -> u64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX)
}
