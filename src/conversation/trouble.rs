//! In what way an exchange failed on the wire.

/// In what way an exchange or handshake failed; whoever writes the words of failures also reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trouble {
    /// The target's name leads nowhere.
    NoSuchHost,
    /// Nobody accepts connections there.
    NoConnection,
    /// The bot's certificate is not one that this machine trusts.
    Untrusted,
    /// TLS failed for another reason.
    NoTls,
    /// The connection was closed without an answer.
    Closed,
    /// What came is no HTTP.
    NotHttp,
    /// A status that means failure.
    Status(u16),
    /// The handshake's answer is another than the protocol asks for.
    NotEchoed,
    /// A page for people.
    Page,
    /// It could not be decoded, decrypted for example.
    Undecodable,
    /// It is not what the profile declares.
    Unreadable,
    /// It is longer than what is read.
    TooLong,
    /// It has none of the keys that the profile reads.
    OtherKeys,
    /// Nothing came in time.
    Silent,
    /// Anything else.
    Other,
}

impl Trouble {
    /// The status, where one is the reason.
    pub fn status(self) -> Option<u16> {
        match self {
            Trouble::Status(status) => Some(status),
            _ => None,
        }
    }
}
