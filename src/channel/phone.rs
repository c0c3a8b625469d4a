//! A channel on the telephone: SIPp makes a call of each message, and that somebody picks up is the answer.

mod call_log;
mod program;

use std::env;
use std::net::SocketAddr;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;

use indexmap::IndexMap;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpStream, UdpSocket, lookup_host};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout, timeout_at};

use super::connection::ConnectError;
use super::delivery::Ear;
use super::secrets::Secrets;
use super::{ChannelError, Ended, Finish, Outgoing, Signal, Wiring};
use crate::network::Endpoint;
use crate::scenario::{Channel, Phone, SipTarget};
use crate::wire::{CallOutPlan, Scope};
use call_log::Heard;
use program::{Call, Program};

/// The caller hangs up so long before nobody listens any more, so that the other side is told.
const HANGS_UP_BEFORE: Duration = Duration::from_millis(300);
/// What stands for the answer where only text can be shown.
const PICKED_UP: &str = "[picked up]";
/// A server that is there has so long to refuse a datagram.
const REFUSES_WITHIN: Duration = Duration::from_millis(100);
const NOT_FOUND: &str = "cannot find ";
const CONNECTS_WITHIN: Duration = Duration::from_secs(5);
/// Nothing, twice: what keeps a way open and is no message (RFC 5626, section 3.5.1).
const KEEP_ALIVE: &[u8] = b"\r\n\r\n";

type Settings = IndexMap<String, serde_json::Value>;

/// A telephone line.
pub(super) struct Telephone {
    channel: String,
    plan: CallOutPlan,
    secrets: Secrets,
    server: Endpoint,
    is_tcp: bool,
    /// Started with the first call, and anew after it has ended.
    program: Mutex<Option<Rc<Program>>>,
}

impl Telephone {
    /// Compiles the channel's profile, if it is a telephone line's. Sends nothing.
    pub(super) fn open(
        channel: &Channel,
        phone: &Phone,
        wiring: &Wiring,
        (settings, secrets): (&Settings, Secrets),
    ) -> Result<Telephone, ChannelError> {
        let target = SipTarget::parse(&wiring.target).map_err(|reason| ChannelError::Telephone {
            channel: channel.name.clone(),
            reason,
        })?;
        let server = Endpoint::allowed(target.server.as_str(), &wiring.allowed_hosts);
        let server = server.map_err(|source| ChannelError::Target {
            channel: channel.name.clone(),
            source,
        })?;
        let constants = Scope::constants(&as_sipp_writes(&wiring.target), settings);
        let plan = CallOutPlan::compile(phone, constants);
        Ok(Telephone {
            channel: channel.name.clone(),
            plan: plan.map_err(|error| ChannelError::profile(channel, &secrets, error))?,
            secrets,
            server,
            is_tcp: target.is_tcp,
            program: Mutex::default(),
        })
    }

    pub(super) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Finds out whether the program is there, and the server, as far as that can be known.
    pub(super) async fn try_out(&self) -> Result<(), ChannelError> {
        find_program(&self.channel, &self.plan.program)?;
        let tried = match self.address().await {
            Ok(server) => knock(server, self.is_tcp).await,
            Err(error) => Err(error),
        };
        tried.map_err(|error| ChannelError::NobodyThere {
            channel: self.channel.clone(),
            line: format!("sip:{}", self.server.name()),
            reason: match error {
                ConnectError::Lost(words) | ConnectError::Hindered(_, words) => words,
            },
        })
    }

    /// Makes the call, lets it ring for as long as somebody listens, and tells what becomes of it until it is over.
    pub(super) async fn exchange(&self, message: &Outgoing, ear: &mut Ear<'_>) -> Finish {
        let begun = match self.program().await {
            Err(error) => Err(error),
            Ok(program) => {
                let call = program.call(&format!("{}@{}", message.id, message.customer_id));
                let call = call.map_err(|error| ConnectError::Lost(format!("SIPp takes no calls: {error}")));
                call.map(|call| (call, program))
            }
        };
        match begun {
            Ok((call, program)) => self.follow(call, &program, message.give_up_at, ear).await,
            Err(ConnectError::Lost(words)) => self.lost(&words, 0),
            Err(ConnectError::Hindered(by, words)) => Finish {
                ended: Ended::Hindered {
                    by,
                    words: self.secrets.words(&words),
                },
                ..Finish::failure(String::new())
            },
        }
    }

    async fn follow(&self, mut call: Call, program: &Program, give_up_at: Instant, ear: &mut Ear<'_>) -> Finish {
        let mut invited = false;
        let mut rang_at = None;
        let mut is_up = false;
        let hang_up_at = give_up_at.checked_sub(HANGS_UP_BEFORE).unwrap_or(give_up_at);
        let mut listens_until = hang_up_at;
        loop {
            let (at, heard) = match timeout_at(listens_until, call.next()).await {
                Err(_) if invited && !is_up && listens_until < give_up_at => {
                    program.hang_up(call.id());
                    listens_until = give_up_at;
                    continue;
                }
                Err(_) if !is_up && !invited => return self.lost("SIPp did not call in time", 0),
                Err(_) if !is_up => return once(Ended::Silent),
                Ok(None) if !is_up => return self.lost(&program.words(), u16::from(invited)),
                Err(_) | Ok(None) => return once(Ended::Complete),
                Ok(Some(news)) => news,
            };
            match heard {
                Heard::Invited => {
                    invited = true;
                    ear.hear(Signal::Sent(at));
                }
                Heard::Trying => ear.sign_of_life(at),
                Heard::Ringing => {
                    ear.sign_of_life(at);
                    ear.hear(Signal::FirstText(at));
                    rang_at = Some(at);
                }
                Heard::PickedUp => {
                    ear.sign_of_life(at);
                    ear.hear(Signal::Reply {
                        text: PICKED_UP.to_owned(),
                        media: None,
                        first_text_at: rang_at.unwrap_or(at),
                        complete_at: at,
                    });
                    is_up = true;
                    listens_until = give_up_at;
                }
                Heard::TurnedAway(status, words) => {
                    ear.sign_of_life(at);
                    return once(self.turned_away(status, &words));
                }
                Heard::GaveUp => return once(Ended::Silent),
                Heard::Over => return once(Ended::Complete),
            }
        }
    }

    fn turned_away(&self, status: u16, words: &str) -> Ended {
        let words = self.secrets.words(format!("SIP {status} {words}").trim_end());
        match status {
            // Unavailable, busy, overloaded, busy everywhere, declined.
            480 | 486 | 503 | 600 | 603 => Ended::Refused(words),
            _ => Ended::HttpError(words),
        }
    }

    /// A call of which nothing more can be known. Over TCP SIPp ends with its connection; otherwise it failed.
    fn lost(&self, words: &str, deliveries: u16) -> Finish {
        let ended = match words {
            _ if words.contains("onnection") && self.is_tcp => {
                Ended::ConnectionLost(self.secrets.words(&format!("no connection: {words}")))
            }
            _ if words.starts_with(NOT_FOUND) => Ended::ConnectionLost(self.secrets.words(words)),
            _ => Ended::failure(self.secrets.words(words)),
        };
        Finish {
            deliveries: deliveries.max(u16::from(matches!(ended, Ended::ConnectionLost(_)))),
            ..once(ended)
        }
    }

    /// SIPp at work; the first call starts it, and others wait for that.
    async fn program(&self) -> Result<Rc<Program>, ConnectError> {
        let mut place = self.program.lock().await;
        if let Some(program) = place.as_ref().filter(|program| program.is_at_work()) {
            return Ok(Rc::clone(program));
        }
        *place = None;
        let server = self.address().await?;
        let program = Rc::new(Program::start(&self.plan, server, self.is_tcp).await?);
        *place = Some(Rc::clone(&program));
        Ok(program)
    }

    async fn address(&self) -> Result<SocketAddr, ConnectError> {
        let found = self.server.addresses().await;
        let found = found.map_err(|error| ConnectError::of(&format!("{NOT_FOUND}{}", self.server.host), &error))?;
        let first = found.first().copied();
        first.ok_or_else(|| ConnectError::Lost(format!("{NOT_FOUND}{}: no address", self.server.host)))
    }
}

/// A target with SIPp's own word for an address of IPv6, whose square brackets it would take for a word of its scenarios.
fn as_sipp_writes(target: &str) -> String {
    match (target.find('['), target.find(']')) {
        (Some(from), Some(to)) if from < to => format!("{}[remote_ip]{}", &target[..from], &target[to + 1..]),
        _ => target.to_owned(),
    }
}

fn once(ended: Ended) -> Finish {
    Finish {
        deliveries: 1,
        ended,
        may_be_answered: false,
        polls: 0,
    }
}

/// Whether somebody listens there. A datagram that nobody takes is refused by machines nearby; those that say nothing may be there.
async fn knock(server: SocketAddr, is_tcp: bool) -> Result<(), ConnectError> {
    let no_connection = |error: std::io::Error| ConnectError::of("no connection", &error);
    if is_tcp {
        let connected = timeout(CONNECTS_WITHIN, TcpStream::connect(server)).await;
        let connected = connected.unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()));
        let mut stream = connected.map_err(no_connection)?;
        return stream.shutdown().await.map_err(no_connection);
    }
    let any = if server.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
    let socket = UdpSocket::bind(any).await.map_err(no_connection)?;
    socket.connect(server).await.map_err(no_connection)?;
    socket.send(KEEP_ALIVE).await.map_err(no_connection)?;
    match timeout(REFUSES_WITHIN, socket.recv(&mut [0; 64])).await {
        Ok(Err(error)) => Err(no_connection(error)),
        Ok(Ok(_)) | Err(_) => Ok(()),
    }
}

/// True when somebody listens at a telephone line's target, or says nothing against it.
///
/// # Errors
/// When nobody does.
pub async fn line_is_up(target: &SipTarget) -> std::io::Result<()> {
    let host = target.server.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let port = target.server.port_or_known_default().unwrap_or_default();
    let mut found = lookup_host((host, port)).await?;
    let server = found.next().ok_or(std::io::ErrorKind::NotFound)?;
    knock(server, target.is_tcp).await.map_err(|error| match error {
        ConnectError::Lost(words) | ConnectError::Hindered(_, words) => std::io::Error::other(words),
    })
}

/// Finds out whether the program that a channel's profile needs on this machine is there.
///
/// # Errors
/// When it is not.
pub fn needs_program(channel: &Channel) -> Result<(), ChannelError> {
    match &channel.profile.phone {
        Some(phone) => find_program(&channel.name, &phone.program),
        None => Ok(()),
    }
}

fn find_program(channel: &str, program: &str) -> Result<(), ChannelError> {
    let path = env::var_os("PATH").unwrap_or_default();
    let is_there = match program.contains('/') {
        true => Path::new(program).is_file(),
        false => env::split_paths(&path).any(|folder| folder.join(program).is_file()),
    };
    match is_there {
        true => Ok(()),
        false => Err(ChannelError::Program {
            channel: channel.to_owned(),
            program: program.to_owned(),
        }),
    }
}
