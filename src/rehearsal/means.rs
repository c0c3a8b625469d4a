//! Whether this machine can carry a plan: descriptors, ports and memory, said before the load with what mends it.
//!
//! ```text
//!  plan --> Needs --+
//!                   +--> Shortage*    a warning each; only a plan beyond all memory is refused
//!  machine -> Means-+
//! ```
//!
//! Needs are expectations for a bot that answers well. A run that falls short of its needs all the same is told as
//! `generator_saturated`, never as a slow bot.

mod words;

/// Descriptors that are used for other things than talking to the bot.
const OTHER_DESCRIPTORS: u64 = 64;
/// Of an open conversation, its text and its place in the archive's hands included (`tests/memory.rs`).
const CONVERSATION_BYTES: u64 = 8 << 10;
/// Of an open connection: buffers of HTTP and of the kernel, and its task.
const CONNECTION_BYTES: u64 = 24 << 10;
/// Of an open WebSocket: its task, and buffers of ours and of the kernel.
const SOCKET_BYTES: u64 = 12 << 10;
/// Connections of bots that call us; more wait.
const MOST_CALLS: u64 = 2_048;
/// Beyond this part of an address's ports, finding a free one takes long.
const COMFORTABLE: u64 = 2;
/// More loopback addresses than this are not taken.
const MOST_LOOPBACK: u64 = 250;

/// What a load needs at its peak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Needs {
    /// Conversations open at once.
    pub(super) conversations: u64,
    /// Conversations come from a population, which no `--scale` makes smaller.
    pub(super) is_closed: bool,
    pub(super) channels: Vec<ChannelNeeds>,
}

/// What a channel's connections need at the peak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ChannelNeeds {
    pub(super) name: String,
    /// Connections open at once.
    pub(super) connections: u64,
    /// Connections closed within a minute, for which their ports rest.
    pub(super) closed_a_minute: u64,
    /// Conversations share connections already.
    pub(super) is_pooled: bool,
    /// They are WebSockets, of which each conversation holds its own, whatever the scenario says of connections.
    pub(super) has_sockets: bool,
    /// Addresses of this machine that the user named.
    pub(super) source_addresses: u64,
    /// The target is this machine, so that any loopback address will do.
    pub(super) is_loopback: bool,
    /// The bot calls us, over connections of its own.
    pub(super) is_called: bool,
    /// The built-in bot, whose end of the connection is on this machine too.
    pub(super) is_demo: bool,
}

/// What this machine grants; absent where it does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Means {
    /// Descriptors that this process may have.
    pub(super) descriptors: Option<u64>,
    /// Ports of one address.
    pub(super) ports: Option<u64>,
    /// Memory to be had without swapping.
    pub(super) memory_bytes: Option<u64>,
    /// All memory there is, swap included.
    pub(super) all_memory_bytes: Option<u64>,
    /// The system gives a resting port of a connection to itself away after a second.
    pub(super) reuses_loopback_ports: bool,
}

/// What the user could change to need less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relief {
    /// Fewer customers in the `population` instead of a `--scale`.
    pub is_closed: bool,
    /// There are no connections left to share, or none that could be.
    pub is_pooled: bool,
}

/// Something of which this machine has less than the plan needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shortage {
    /// File descriptors.
    Descriptors {
        /// Sockets at the peak, and what throng needs beside them.
        needed: u64,
        /// What this process may have.
        granted: u64,
        /// What would need fewer.
        relief: Relief,
    },
    /// Local ports for one channel's target.
    Ports {
        /// The channel.
        channel: String,
        /// Connections at the peak, and those whose port rests.
        needed: u64,
        /// What its source addresses have.
        granted: u64,
        /// What would need fewer.
        relief: Relief,
    },
    /// Memory.
    Memory {
        /// At the peak.
        needed_bytes: u64,
        /// What is free, or all there is.
        granted_bytes: u64,
        /// All there is, swap included, would not do.
        is_beyond_all: bool,
        /// What would need less.
        relief: Relief,
    },
}

impl Needs {
    /// Descriptors at the peak.
    pub(super) fn descriptors(&self) -> u64 {
        let connections = self.channels.iter().map(|channel| channel.connections);
        let calls = self.channels.iter().filter(|channel| channel.is_called);
        let calls = calls.map(|channel| channel.connections).sum::<u64>();
        connections.sum::<u64>() + calls.min(MOST_CALLS) + OTHER_DESCRIPTORS
    }

    /// Memory at the peak.
    pub(super) fn memory_bytes(&self) -> u64 {
        let ends = |channel: &ChannelNeeds| if channel.is_demo { 2 } else { 1 };
        let each = |channel: &ChannelNeeds| {
            if channel.has_sockets {
                SOCKET_BYTES
            } else {
                CONNECTION_BYTES
            }
        };
        let connections = self.channels.iter();
        let connections = connections.map(|channel| channel.connections * ends(channel) * each(channel));
        self.conversations * CONVERSATION_BYTES + connections.sum::<u64>()
    }

    /// What all channels together could change.
    fn relief(&self) -> Relief {
        Relief {
            is_closed: self.is_closed,
            is_pooled: self.channels.iter().all(ChannelNeeds::cannot_share_more),
        }
    }

    /// All that is short.
    pub(super) fn beyond(&self, means: &Means) -> Vec<Shortage> {
        let descriptors = short(self.descriptors(), means.descriptors).map(|(needed, granted)| Shortage::Descriptors {
            needed,
            granted,
            relief: self.relief(),
        });
        let ports = self
            .channels
            .iter()
            .filter_map(|channel| channel.ports_beyond(means, self.is_closed));
        let memory =
            short(self.memory_bytes(), means.memory_bytes).map(|(needed_bytes, granted_bytes)| Shortage::Memory {
                needed_bytes,
                granted_bytes,
                is_beyond_all: false,
                relief: self.relief(),
            });
        descriptors.into_iter().chain(ports).chain(memory).collect()
    }

    /// The memory that no machine like this has: such a load would end with the process killed, and nothing to show.
    pub(super) fn beyond_all_memory(&self, means: &Means) -> Option<Shortage> {
        let (needed_bytes, granted_bytes) = short(self.memory_bytes(), means.all_memory_bytes)?;
        Some(Shortage::Memory {
            needed_bytes,
            granted_bytes,
            is_beyond_all: true,
            relief: self.relief(),
        })
    }

    /// Over so many loopback addresses connections are best spread; 0 when the system's choice will do.
    pub(super) fn loopback_sources(&self, means: &Means) -> u8 {
        let channels = self.channels.iter().filter(|channel| channel.chooses_loopback());
        let needed = channels.map(|channel| channel.loopback_sources(means)).max();
        u8::try_from(needed.unwrap_or_default()).unwrap_or(u8::MAX)
    }
}

impl ChannelNeeds {
    fn cannot_share_more(&self) -> bool {
        self.is_pooled || self.has_sockets
    }

    fn chooses_loopback(&self) -> bool {
        self.is_loopback && self.source_addresses == 0 && cfg!(target_os = "linux")
    }

    fn loopback_sources(&self, means: &Means) -> u64 {
        let Some(comfortable) = means.ports.map(|ports| (ports / COMFORTABLE).max(1)) else {
            return 0;
        };
        let resting = if means.reuses_loopback_ports {
            self.closed_a_minute.div_ceil(60)
        } else {
            self.closed_a_minute
        };
        match self.connections + resting <= comfortable {
            true => 0,
            // A port of a named address rests its whole minute.
            false => (self.connections + self.closed_a_minute)
                .div_ceil(comfortable)
                .clamp(2, MOST_LOOPBACK),
        }
    }

    fn ports_beyond(&self, means: &Means, is_closed: bool) -> Option<Shortage> {
        let addresses = match self.chooses_loopback() {
            true => MOST_LOOPBACK,
            false => self.source_addresses.max(1),
        };
        let granted = means.ports.map(|ports| ports * addresses);
        let (needed, granted) = short(self.connections + self.closed_a_minute, granted)?;
        Some(Shortage::Ports {
            channel: self.name.clone(),
            needed,
            granted,
            relief: Relief {
                is_closed,
                is_pooled: self.cannot_share_more(),
            },
        })
    }
}

fn short(needed: u64, granted: Option<u64>) -> Option<(u64, u64)> {
    granted
        .filter(|granted| needed > *granted)
        .map(|granted| (needed, granted))
}

#[cfg(test)]
mod tests;
