//! Why there is no answer.

use std::time::Duration;

use super::budget::Spent;
use crate::network::EndpointError;

/// Why there is no answer. No text here ever holds a key, a prompt, or what an endpoint said in its own words, since
/// that may repeat either.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The endpoint's URL cannot be used.
    #[error("endpoint: {0}")]
    Endpoint(#[from] EndpointError),
    /// There are no certificates to check a server's with.
    #[error(
        "this machine has no root certificates for https ({reason}); install them (`apt install ca-certificates`) or name a file in SSL_CERT_FILE"
    )]
    NoRootCertificates {
        /// What was found instead.
        reason: String,
    },
    /// The variable that should hold the key is not set.
    #[error("the environment variable `{variable}` is not set; set it with `export {variable}=...`")]
    NoKey {
        /// The variable.
        variable: String,
    },
    /// The key has characters that no header may hold.
    #[error(
        "the key in `{variable}` cannot be sent: it holds characters that no header may hold; correct the variable"
    )]
    KeyNotForAHeader {
        /// The variable.
        variable: String,
    },
    /// No answer came, after all attempts.
    #[error("no answer from {endpoint} after {attempts} attempts: {reason}")]
    Transport {
        /// Host and port.
        endpoint: String,
        /// How often it was tried.
        attempts: u32,
        /// What was wrong with the last.
        reason: String,
    },
    /// The endpoint said no.
    #[error("{endpoint} refuses: HTTP {status}{}{}", coded(.code), remedy(*.status))]
    Refused {
        /// Host and port.
        endpoint: String,
        /// The status of the last attempt.
        status: u16,
        /// The endpoint's own word for it, if it is one: `insufficient_quota`.
        code: Option<String>,
    },
    /// The endpoint asks to wait for longer than we do.
    #[error("{endpoint} asks to wait for {} s (HTTP {status}); try again later", .wait.as_secs())]
    WaitTooLong {
        /// Host and port.
        endpoint: String,
        /// Its status.
        status: u16,
        /// For how long.
        wait: Duration,
    },
    /// An answer came that is none.
    #[error("{endpoint} gave no chat completion: {reason}; check that its URL is the base with `/v1`")]
    Malformed {
        /// Host and port.
        endpoint: String,
        /// In words of ours.
        reason: String,
    },
    /// Asking would cost more than is left.
    #[error(transparent)]
    Budget(#[from] Spent),
}

impl ModelError {
    /// True when asking anything else would end the same way.
    pub fn is_final(&self) -> bool {
        match self {
            ModelError::Refused { status, .. } => matches!(status, 300..=404 | 405 | 410),
            ModelError::Transport { .. } | ModelError::Malformed { .. } => false,
            _ => true,
        }
    }
}

fn coded(code: &Option<String>) -> String {
    code.as_ref().map_or_else(String::new, |code| format!(" ({code})"))
}

fn remedy(status: u16) -> &'static str {
    match status {
        300..=399 => "; redirects are not followed: name the address itself",
        401 | 403 => "; check the key in THRONG_MODEL_KEY or OPENAI_API_KEY, or name its variable",
        404 => "; check the model's name, and that the URL is the base with `/v1`",
        429 => "; its quota may be spent: try again later",
        _ => "",
    }
}
