//! How bytes say it: pure, no clock, no network.
//!
//! ```text
//!  Profile --compile, once--> Plan --render(Scope)--> Rendered      what is sent
//!                               |
//!                               +--- Extractor  <-- whole body      what came back
//!                               +--- Stream     <-- pieces of bytes
//!                               +--- SocketPlan                   what opens a socket, whose answer a frame is
//!  Serve --compile, once--> ServePlan --route, read, answer--> what a bot's call to the platform says and is told
//! ```
//!
//! What can be wrong in a profile is found when it is compiled, with the place of the key: templates, names, selectors,
//! header names. What arrives is hostile: everything is bounded, nothing panics, nothing is expanded.

mod call;
mod document;
mod extract;
mod framing;
mod functions;
mod lines;
mod multipart;
mod ndjson;
mod outline;
mod path;
mod plan;
mod request;
mod scope;
mod selector;
mod serve;
mod socket;
mod socket_io;
mod sse;
mod stream;
mod template;
mod xml;

pub use call::{Call, Request as CallRequest};
pub use document::Document;
pub use extract::{Extracted, Extractor};
pub use framing::{Frame, Framer, TooLong};
pub use plan::{HandshakePlan, Plan, ReplyPlan};
pub use request::{Rendered, RequestPlan};
pub use scope::{Facts, Scope, Speaker};
pub use selector::Selector;
pub use serve::{Answered, Asked, RoutePlan, ServePlan, Shown, UpdatePlan};
pub use socket::{AwaitPlan, FramePlan, Note, PingPlan, SocketIoPlan, SocketPlan, StepPlan};
pub use socket_io::{Packet, SocketIoCodec};
pub use stream::{Progress, StreamEnd, StreamPlan, StreamReader};
pub use template::{CompileError, Compiler, RenderError, Template};
pub use xml::Element;

/// Longest line or event of a stream, in bytes.
pub const LONGEST_EVENT: usize = 1 << 20;

/// Longest body, in bytes.
pub const LONGEST_BODY: usize = 1 << 20;

/// Longest visible text of one answer, all its replies together, in bytes. Every text is read by a customer, scored
/// and kept for a while: a bot without bounds would take this machine's time and memory, and others would be late for it.
pub const LONGEST_TEXT: usize = 32 << 10;

/// Most replies in one body.
pub const MOST_REPLIES: usize = 100;

/// A body that breaks its protocol, in words: `not JSON: expected value at line 1 column 1`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("answer is {0}")]
pub struct BrokenBody(pub String);
