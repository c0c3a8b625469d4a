//! Channels against small servers that say exactly the bytes a test wants.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod bot;
mod called;
mod connections;
mod lines;
mod opening;
mod outcomes;
mod platform;
mod platforms;
mod profiles;
mod redeliveries;
mod secrets;
mod sockets;
mod streams;
