//! What kept a message from leaving this machine.

/// What kept a message from leaving this machine: never the bot's doing, so its turn is `cut_short`, its customer leaves,
/// and the run says what was short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Hindrance {
    /// No file descriptor was left for a socket.
    Descriptors,
    /// No local port was left for a connection to that address.
    Ports,
    /// No memory was left for a socket.
    Memory,
    /// The message could not be put together, or throng failed on it.
    Failure,
}

impl Hindrance {
    /// Every one, in the order of the definition.
    pub const ALL: [Hindrance; 4] = [
        Hindrance::Descriptors,
        Hindrance::Ports,
        Hindrance::Memory,
        Hindrance::Failure,
    ];

    /// True when the machine lacked something, which the next message will lack too.
    pub fn is_want(self) -> bool {
        self != Hindrance::Failure
    }
}
