//! What a first contact says about a channel: whether it works, and if not, where it fails, why, and what mends it.

mod line;
mod words;

use crate::channel::Office;
use crate::conversation::{Language, Outcome, Trouble, Turn};
use crate::report;
use crate::scenario::{Channel, ReplyRule};

pub use crate::report::Finding;

/// What a first contact says about one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The channel's name.
    pub channel: String,
    /// Its profile.
    pub profile: String,
    /// Where its messages go.
    pub target: String,
    /// What was found.
    pub finding: Finding,
    /// Where.
    pub place: Place,
    /// What came over the wire, in short and fit to be shown; may be empty.
    pub observed: String,
    about: About,
}

/// Where something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the exchange before the first message.
    Handshake,
    /// In the delivery of the message, or its answer.
    Message,
    /// In what the bot calls at the platform's API.
    Calls,
}

/// What words about a channel draw on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct About {
    /// The settings that are secrets.
    secrets: Vec<String>,
    /// Where the platform's API is served for it.
    api: Option<String>,
    /// The hosts at which bots look for that API by themselves.
    hosts: Vec<String>,
    /// The bot called nothing although the channel's replies may come by calls.
    calls_nothing: bool,
    is_intercepted: bool,
    /// Customers call, and nobody writes.
    is_line: bool,
}

/// What a channel's diagnosis is drawn from.
pub(super) struct Patient<'a> {
    pub(super) channel: &'a Channel,
    pub(super) target: &'a str,
    pub(super) office: Option<&'a Office>,
    pub(super) is_intercepted: bool,
}

impl Patient<'_> {
    /// Its handshake failed with these words.
    pub(super) fn after_handshake(&self, reason: &str) -> Diagnosis {
        let finding = match Trouble::of(reason) {
            Trouble::Silent => Finding::Silent,
            trouble => of_trouble(trouble),
        };
        self.diagnosis(Place::Handshake, finding, reason)
    }

    /// The handshake held if there is one, and the message came to this; without a turn, it never left.
    pub(super) fn after_turn(&self, turn: Option<&Turn>) -> Diagnosis {
        let trouble = turn.and_then(|turn| turn.trouble.as_deref()).unwrap_or_default();
        let Some(turn) = turn else {
            return self.diagnosis(Place::Message, Finding::Hindered, trouble);
        };
        let finding = match turn.outcome {
            Outcome::Answered => Finding::Works,
            Outcome::Late => Finding::Late,
            Outcome::PlaceholderOnly => Finding::OnlyHolding,
            // Its words say no more than the finding does.
            Outcome::Truncated => return self.diagnosis(Place::Message, Finding::BrokeOff, ""),
            Outcome::BotError => Finding::ErrorTold,
            Outcome::CutShort => Finding::Hindered,
            Outcome::Refused => Finding::Busy,
            Outcome::HttpError | Outcome::ConnectionLost => match of_trouble(Trouble::of(trouble)) {
                Finding::Unauthorised | Finding::BadRequest | Finding::BotFailed if is_encrypted(self.channel) => {
                    Finding::WrongKey
                }
                other => other,
            },
            Outcome::Empty | Outcome::Silent => return self.after_nothing(turn, trouble),
        };
        self.diagnosis(Place::Message, finding, trouble)
    }

    /// No reply came, but no failure was told either.
    fn after_nothing(&self, turn: &Turn, trouble: &str) -> Diagnosis {
        let is_handed_out = turn.deliveries() > 0;
        if self.channel.profile.mailbox.is_some() && !is_handed_out {
            return self.diagnosis(Place::Calls, Finding::NeverAsked, trouble);
        }
        let Some(office) = self.office else {
            let finding = match (turn.outcome, Trouble::of(trouble)) {
                (Outcome::Empty, Trouble::OtherKeys) => Finding::OtherKeys,
                (Outcome::Empty, _) => Finding::SaidNothing,
                _ => Finding::Silent,
            };
            return self.diagnosis(Place::Message, finding, trouble);
        };
        let counts = office.counts();
        let refused = counts.refused.iter().chain(&counts.faults);
        let mut observed: Vec<String> = refused.map(|(error, count)| format!("`{error}` x {count}")).collect();
        observed.extend(counts.unknown_routes.iter().cloned());
        let finding = match (counts.calls, counts.refused.is_empty() && counts.faults.is_empty()) {
            (0, _) if turn.outcome == Outcome::Silent => {
                return self.diagnosis(Place::Message, Finding::Silent, trouble);
            }
            (0, _) => Finding::PastThrong,
            (_, true) => Finding::NoReplyCalled,
            (_, false) => Finding::CallsRefused,
        };
        self.diagnosis(Place::Calls, finding, &observed.join(", "))
    }

    fn diagnosis(&self, place: Place, finding: Finding, observed: &str) -> Diagnosis {
        let profile = &self.channel.profile;
        let secrets = profile.settings.iter().filter(|(_, setting)| setting.secret);
        let says_by_calls = profile.serve.is_some();
        Diagnosis {
            channel: self.channel.name.clone(),
            profile: profile.profile.clone(),
            target: self.target.to_owned(),
            finding,
            place,
            observed: report::plain(observed),
            about: About {
                secrets: secrets.map(|(name, _)| name.clone()).collect(),
                api: self.office.map(|office| office.url().to_owned()),
                hosts: self.office.map(|office| office.hosts().to_vec()).unwrap_or_default(),
                calls_nothing: says_by_calls
                    && profile.reply == ReplyRule::Call
                    && self.office.is_some_and(|office| office.counts().calls == 0),
                is_intercepted: self.is_intercepted,
                is_line: profile.phone.is_some(),
            },
        }
    }
}

/// What a failure in the load points to: others were answered on the same channel before. Nothing on a telephone line, whose
/// statuses mean other things.
pub(super) fn in_load(channel: &Channel, trouble: Trouble) -> Option<Finding> {
    if channel.profile.phone.is_some() {
        return None;
    }
    Some(match of_trouble(trouble) {
        Finding::Unauthorised | Finding::BadRequest if is_encrypted(channel) => Finding::WrongKey,
        Finding::BotFailed if is_encrypted(channel) => Finding::BotFailedOrWrongKey,
        other => other,
    })
}

/// True where a plain token opens the door in a handshake, and messages are encrypted.
fn is_encrypted(channel: &Channel) -> bool {
    let profile = &channel.profile;
    profile.handshake.is_some() && profile.settings.keys().any(|name| name.contains("aes"))
}

fn of_trouble(trouble: Trouble) -> Finding {
    match trouble {
        Trouble::NoSuchHost => Finding::NoSuchHost,
        Trouble::NoConnection => Finding::NoConnection,
        Trouble::Untrusted => Finding::Untrusted,
        Trouble::NoTls => Finding::NoTls,
        Trouble::Closed => Finding::Closed,
        Trouble::NotHttp => Finding::NotHttp,
        Trouble::NotEchoed => Finding::NotEchoed,
        Trouble::Page => Finding::Page,
        Trouble::Undecodable => Finding::Undecodable,
        Trouble::Unreadable => Finding::Unreadable,
        Trouble::TooLong => Finding::TooLong,
        Trouble::OtherKeys => Finding::OtherKeys,
        Trouble::Silent => Finding::Silent,
        Trouble::Other => Finding::Failed,
        Trouble::Status(status) => match status {
            300..=399 => Finding::Redirected,
            401 | 403 => Finding::Unauthorised,
            404 | 405 | 410 => Finding::NotFound,
            429 | 503 => Finding::Busy,
            400..=499 => Finding::BadRequest,
            500..=599 => Finding::BotFailed,
            _ => Finding::Failed,
        },
    }
}

impl Diagnosis {
    /// Where it is, in words.
    pub fn place_in_words(&self, language: Language) -> String {
        words::place(self, language)
    }

    /// What is so, in words.
    pub fn cause(&self, language: Language) -> String {
        words::cause(self, language)
    }

    /// What mends it, in words; nothing where nothing is to be mended.
    pub fn remedy(&self, language: Language) -> Option<String> {
        words::remedy(self, language)
    }
}

#[cfg(test)]
mod tests;
