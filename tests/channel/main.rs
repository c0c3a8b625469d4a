//! Channels against small servers that say exactly the bytes a test wants.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod bot;
mod called;
mod connections;
mod dialled;
mod hang_ups;
mod interceptor;
mod lines;
mod media;
mod opening;
mod outcomes;
mod platform;
mod platforms;
mod polled;
mod profiles;
mod pulled;
mod redeliveries;
mod secrets;
mod sockets;
mod streams;
#[path = "../support/tunnel.rs"]
mod tunnel;
