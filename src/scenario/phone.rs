//! A telephone line: customers call, and SIPp makes the calls.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Calls instead of messages. [SIPp](https://sipp.sourceforge.net), a program of its own, makes them; that somebody picks up is
/// the answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phone {
    /// The program: a name on the PATH, or a path.
    #[serde(default = "Phone::default_program")]
    pub program: String,
    /// SIPp's scenario of a caller, in XML. It begins with `<recvCmd/>`: each call begins when throng says so, under the Call-ID that
    /// throng gives it. A second command to the same call ends it, whether it still rings or is held. A template that sees
    /// `target` and `settings`.
    pub scenario: String,
}

impl Phone {
    fn default_program() -> String {
        "sipp".to_owned()
    }
}
