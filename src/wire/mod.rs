//! How bytes say it: pure, no clock, no network.
//!
//! ```text
//!  Profile --compile, once--> Plan --render(Scope)--> Rendered      what is sent
//!                               |
//!                               +--- Extractor  <-- whole body      what came back
//!                               +--- Stream     <-- pieces of bytes
//!                               +--- SocketPlan                   what opens a socket, whose answer a frame is
//!  Serve --compile, once--> ServePlan --route, read, answer--> what a bot's call to the platform says and is told
//!  DialIn --compile, once--> DialInPlan --read, answer--> the same of a bot's frames on the sockets that it opened
//! ```
//!
//! What can be wrong in a profile is found when it is compiled, with the place of the key: templates, names, selectors,
//! header names. What arrives is hostile: everything is bounded, nothing panics, nothing is expanded.

mod call;
mod call_out;
mod dial_in;
mod document;
mod extract;
mod frame;
mod framing;
mod functions;
mod lines;
mod marks;
mod media;
mod multipart;
mod ndjson;
mod outline;
mod part;
mod path;
mod plan;
mod poll;
mod request;
mod said;
mod scope;
mod selector;
mod serve;
mod socket;
mod socket_io;
mod sse;
mod stream;
mod template;
mod updates;
mod xml;

pub use call::{Call, Request as CallRequest};
pub use call_out::CallOutPlan;
pub use dial_in::{BotFramePlan, DialInPlan};
pub use document::Document;
pub use extract::{Extracted, Extractor};
pub use frame::FramePlan;
pub use framing::{Frame, Framer, TooLong};
pub use media::Media;
pub use multipart::FileSieve;
pub use plan::{HandshakePlan, Plan, ReplyPlan};
pub use poll::{OpeningPlan, PollPlan};
pub use request::{Rendered, RequestPlan};
pub use said::Said;
pub use scope::{Facts, Scope, Speaker};
pub use selector::Selector;
pub use serve::{Answered, RoutePlan, ServePlan, Shown};
pub use socket::{AwaitPlan, Note, PingPlan, SocketIoPlan, SocketPlan, StepPlan};
pub use socket_io::{Packet, SocketIoCodec};
pub use stream::{Progress, StreamEnd, StreamPlan, StreamReader};
pub use template::{CompileError, Compiler, RenderError, Template};
pub use updates::{Asked, Handed, Position, UpdatePlan};
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
