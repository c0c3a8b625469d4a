//! Opens connections: name, socket, TLS, HTTP/1.

use std::cell::RefCell;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rustix::io::Errno;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::time::Instant;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_util::either::Either;

use super::hang_up::HangUp;
use super::read_clock::{ReadClock, Stamped};
use super::sources::Sources;
use super::tcp::Tcp;
use crate::conversation::Hindrance;
use crate::network::{Endpoint, tls_connector};

/// How long a name's addresses are kept. Asking for each connection would measure the name server.
const ADDRESSES_LAST: Duration = Duration::from_secs(30);

/// A way to the bot, with or without TLS.
pub(super) type Stream = Either<Socket, Box<TlsStream<Socket>>>;
type Socket = Stamped<Tcp>;

/// A way to the bot that was just opened.
pub(super) struct Opened {
    pub(super) stream: Stream,
    pub(super) read_clock: ReadClock,
    pub(super) hang_up: HangUp,
}

/// An open connection that speaks HTTP.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) sender: http1::SendRequest<Full<Bytes>>,
    pub(super) read_clock: ReadClock,
    pub(super) hang_up: HangUp,
    /// It carried an exchange before.
    pub(super) is_reused: bool,
}

/// Why there is no connection.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ConnectError {
    /// The other side, or the way there.
    Lost(String),
    /// This machine, for want of this.
    Hindered(Hindrance, String),
}

impl ConnectError {
    /// What an I/O error means: some are this machine's own.
    pub(super) fn of(doing: &str, error: &io::Error) -> ConnectError {
        let words = format!("{doing}: {error}");
        let by = match Errno::from_io_error(error) {
            Some(Errno::MFILE | Errno::NFILE) => Hindrance::Descriptors,
            Some(Errno::ADDRNOTAVAIL | Errno::ADDRINUSE) => Hindrance::Ports,
            Some(Errno::NOMEM | Errno::NOBUFS) => Hindrance::Memory,
            _ => return ConnectError::Lost(words),
        };
        ConnectError::Hindered(by, words)
    }
}

/// Opens connections to one endpoint.
pub(super) struct Connector {
    endpoint: Endpoint,
    sources: Sources,
    tls: Option<TlsConnector>,
    addresses: RefCell<Option<(Instant, Vec<SocketAddr>)>>,
    asking: Mutex<()>,
}

impl Connector {
    /// A connector; `roots` are the certificates to trust, for `https` only.
    pub(super) fn new(
        endpoint: Endpoint,
        sources: Sources,
        roots: impl FnOnce() -> Result<RootCertStore, String>,
    ) -> Result<Connector, String> {
        let tls = match endpoint.is_https {
            true => Some(tls_connector(roots()?)?),
            false => None,
        };
        Ok(Connector {
            endpoint,
            sources,
            tls,
            addresses: RefCell::default(),
            asking: Mutex::default(),
        })
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Opens a connection that speaks HTTP.
    pub(super) async fn connect(&self) -> Result<Connection, ConnectError> {
        let Opened {
            stream,
            read_clock,
            hang_up,
        } = self.open().await?;
        Ok(Connection {
            sender: speak(stream).await?,
            read_clock,
            hang_up,
            is_reused: false,
        })
    }

    /// Opens a way to the bot, whatever is to be spoken on it.
    pub(super) async fn open(&self) -> Result<Opened, ConnectError> {
        let socket = self.socket().await?;
        // Without it, a request could wait 40 ms for the acknowledgement of its first half.
        socket
            .set_nodelay(true)
            .map_err(|error| ConnectError::of("cannot set up the socket", &error))?;
        let (socket, read_clock, hang_up) = Stamped::new(Tcp::new(socket));
        let stream = match &self.tls {
            None => Either::Left(socket),
            Some(tls) => {
                let host = self.endpoint.host.clone();
                let name = ServerName::try_from(host).map_err(|error| ConnectError::Lost(format!("TLS: {error}")))?;
                let stream = tls.connect(name, socket).await;
                Either::Right(Box::new(stream.map_err(|error| ConnectError::of("TLS", &error))?))
            }
        };
        Ok(Opened {
            stream,
            read_clock,
            hang_up,
        })
    }

    async fn socket(&self) -> Result<TcpStream, ConnectError> {
        let mut last = ConnectError::Lost(format!("no address for {}", self.endpoint.host));
        for address in self.addresses().await? {
            match self.sources.connect(address).await {
                Ok(socket) => return Ok(socket),
                Err(error) => last = ConnectError::of("no connection", &error),
            }
        }
        Err(last)
    }

    async fn addresses(&self) -> Result<Vec<SocketAddr>, ConnectError> {
        if let Some(known) = self.known_addresses() {
            return Ok(known);
        }
        // One asks, and whoever connects meanwhile waits for that: a peak must not fall on the name server.
        let _asks = self.asking.lock().await;
        if let Some(known) = self.known_addresses() {
            return Ok(known);
        }
        let found = match (self.endpoint.addresses().await, &*self.addresses.borrow()) {
            (Ok(found), _) => found,
            // Asking takes a descriptor: whoever has none left goes by what was known.
            (Err(_), Some((_, known))) => return Ok(known.clone()),
            (Err(error), None) => {
                let place = format!("cannot find {}", self.endpoint.host);
                return Err(ConnectError::of(&place, &error));
            }
        };
        self.addresses.replace(Some((Instant::now(), found.clone())));
        Ok(found)
    }

    fn known_addresses(&self) -> Option<Vec<SocketAddr>> {
        let known = self.addresses.borrow();
        let (asked_at, known) = known.as_ref()?;
        (asked_at.elapsed() < ADDRESSES_LAST).then(|| known.clone())
    }
}

/// Starts HTTP/1 on `stream`; a task of its own moves its bytes until either side closes.
async fn speak<T>(stream: T) -> Result<http1::SendRequest<Full<Bytes>>, ConnectError>
where
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    // Messages are short: head and body in one piece cost less than two pieces to send.
    let (sender, connection) = http1::Builder::new()
        .writev(false)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| ConnectError::Lost(format!("no connection: {error}")))?;
    // How it ends is told by the exchange that it carries.
    tokio::spawn(async move { connection.await.unwrap_or_default() });
    Ok(sender)
}

#[cfg(test)]
mod tests;
