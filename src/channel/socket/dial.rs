//! Opens a socket: connection, upgrade, what the framing and the profile want said before the first message.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use http::header::{CONNECTION, HOST, HeaderValue, LOCATION, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use http::{Request, Response};
use serde_json::Value;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

use super::{config, parting};
use crate::channel::Ended;
use crate::channel::connection::{self, ConnectError, Connector, Stream};
use crate::channel::delivery::failing;
use crate::channel::read_clock::ReadClock;
use crate::wire::{BrokenBody, LONGEST_EVENT, Packet, RenderError, Rendered, Scope, SocketPlan, StepPlan};

/// A socket that is ready for the first message.
pub(super) struct Opened {
    pub(super) socket: Box<WebSocketStream<Stream>>,
    pub(super) read_clock: ReadClock,
    /// Values to keep for the conversation's messages.
    pub(super) captured: Vec<(String, Value)>,
    /// The longest silence that the bot announced.
    pub(super) silence: Option<Duration>,
}

/// Why a socket could not be opened.
pub(super) struct Unopened(pub(super) Ended);

impl From<RenderError> for Unopened {
    fn from(error: RenderError) -> Unopened {
        Unopened(Ended::failure(error.to_string()))
    }
}

impl From<BrokenBody> for Unopened {
    fn from(broken: BrokenBody) -> Unopened {
        Unopened(Ended::HttpError(broken.to_string()))
    }
}

impl From<tungstenite::Error> for Unopened {
    fn from(error: tungstenite::Error) -> Unopened {
        Unopened(parting::broken(&error))
    }
}

impl From<ConnectError> for Unopened {
    fn from(error: ConnectError) -> Unopened {
        Unopened(match error {
            ConnectError::Lost(words) => Ended::ConnectionLost(words),
            ConnectError::Hindered(by, words) => Ended::Hindered { by, words },
        })
    }
}

/// Opens a socket for the conversation whose first message `scope` is of.
pub(super) async fn dial(plan: &SocketPlan, connector: &Connector, scope: &mut Scope) -> Result<Opened, Unopened> {
    let request = request(connector, plan.opening(scope)?)?;
    let connection::Opened { stream, read_clock, .. } = connector.open().await?;
    let upgraded = client_async_with_config(request, stream, Some(config(LONGEST_EVENT))).await;
    let (socket, _) = upgraded.map_err(|error| match error {
        tungstenite::Error::Http(response) => Unopened(not_upgraded(&response)),
        error => error.into(),
    })?;
    let mut dialled = Opened {
        socket: Box::new(socket),
        read_clock,
        captured: Vec::new(),
        silence: None,
    };
    if plan.socket_io().is_some() {
        dialled.join(plan, scope).await?;
    }
    for step in &plan.steps {
        dialled.take_step(step, plan, scope).await?;
    }
    Ok(dialled)
}

impl Opened {
    /// Socket.IO: the connection opens, then the namespace.
    async fn join(&mut self, plan: &SocketPlan, scope: &Scope) -> Result<(), Unopened> {
        let Some(framing) = plan.socket_io() else { return Ok(()) };
        loop {
            match framing.codec.read(&self.text().await?)? {
                Packet::Open(silence) => {
                    self.silence = Some(silence);
                    self.say(framing.connect(scope)?).await?;
                }
                Packet::Connected => return Ok(()),
                Packet::Refused(words) => {
                    return Err(Unopened(Ended::Refused(format!(
                        "the namespace is not open to us: {words}"
                    ))));
                }
                Packet::Ping(pong) => self.say(pong).await?,
                Packet::Closed => return Err(Unopened(parting::closed(None))),
                Packet::Frame(..) | Packet::Other => {}
            }
        }
    }

    async fn take_step(&mut self, step: &StepPlan, plan: &SocketPlan, scope: &Scope) -> Result<(), Unopened> {
        let awaited = match step {
            StepPlan::Say(frame) => return self.say(plan.say(frame, scope)?).await,
            StepPlan::Await(awaited) => awaited,
        };
        loop {
            let text = self.text().await?;
            let frame = match plan.socket_io() {
                None => text,
                Some(framing) => match framing.codec.read(&text)? {
                    Packet::Frame(frame, acknowledgement) => {
                        if let Some(acknowledgement) = acknowledgement {
                            self.say(acknowledgement).await?;
                        }
                        frame
                    }
                    Packet::Ping(pong) => {
                        self.say(pong).await?;
                        continue;
                    }
                    Packet::Closed => return Err(Unopened(parting::closed(None))),
                    _ => continue,
                },
            };
            if let Some(captured) = awaited.take(&frame)? {
                self.captured.extend(captured);
                return Ok(());
            }
        }
    }

    async fn say(&mut self, text: String) -> Result<(), Unopened> {
        Ok(self.socket.send(Message::text(text)).await?)
    }

    /// The next text frame; those of other kinds are none of the opening.
    async fn text(&mut self) -> Result<String, Unopened> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Text(text))) => return Ok(text.as_str().to_owned()),
                Some(Ok(Message::Close(frame))) => return Err(Unopened(parting::closed(frame.as_ref()))),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error.into()),
                None => return Err(Unopened(parting::closed(None))),
            }
        }
    }
}

/// The request for an upgrade.
fn request(connector: &Connector, rendered: Rendered) -> Result<Request<()>, Unopened> {
    let endpoint = connector.endpoint();
    let url = as_http(&rendered.url);
    let path = endpoint.path_of(&url).ok_or_else(|| {
        let url = rendered.url.split('?').next().unwrap_or_default();
        let words = format!("the profile's URL leads away from {}: {url}", endpoint.name());
        Unopened(Ended::failure(words))
    })?;
    let host = endpoint.host_header.to_str().unwrap_or_default();
    let mut request = Request::new(());
    *request.uri_mut() = format!("ws://{host}{path}")
        .parse()
        .map_err(|error| Unopened(Ended::failure(format!("no URL: {error}"))))?;
    *request.headers_mut() = rendered.headers;
    let headers = request.headers_mut();
    let key = HeaderValue::from_str(&generate_key());
    headers.entry(HOST).or_insert_with(|| endpoint.host_header.clone());
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
    headers.insert(
        SEC_WEBSOCKET_KEY,
        key.map_err(|error| Unopened(Ended::failure(error.to_string())))?,
    );
    Ok(request)
}

/// The URL under which HTTP knows a socket's endpoint.
pub(in crate::channel) fn as_http(url: &str) -> String {
    let parts = url.split_once(':');
    match parts.map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest)) {
        Some((scheme, rest)) if scheme == "ws" => format!("http:{rest}"),
        Some((scheme, rest)) if scheme == "wss" => format!("https:{rest}"),
        _ => url.to_owned(),
    }
}

fn not_upgraded(response: &Response<Option<Vec<u8>>>) -> Ended {
    let location = response.headers().get(LOCATION);
    let location = location.map(|location| String::from_utf8_lossy(location.as_bytes()));
    match response.status() {
        status if status.is_success() => Ended::HttpError(format!("HTTP {} instead of an upgrade", status.as_u16())),
        status => failing(status, location.as_deref()),
    }
}
