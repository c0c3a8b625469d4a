//! What every part that talks to others has in common: where requests may go, and whom TLS trusts. Opens nothing itself.

mod endpoint;
mod tls;

pub(crate) use endpoint::Endpoint;
pub(crate) use tls::{native_roots, tls_connector};

/// Why nothing may be sent to a URL.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// It is not an `http` or `https` URL.
    #[error("expected a URL such as `http://127.0.0.1:8080`, found `{url}`")]
    NotAUrl {
        /// What it is instead.
        url: String,
    },
    /// It is not this machine, and nobody said that messages may go there.
    #[error("messages may not go to `{host}`: it is not this machine; allow it with `--allow-target {host}`")]
    NotAllowed {
        /// The host.
        host: String,
    },
}
