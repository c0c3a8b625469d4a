//! The platform's own API as data: what a bot may call, what is read from its calls and what they are answered.
//!
//! A call is seen as one JSON value, `{method, path, query, headers, body}`, whatever its form: `path` has the names of the
//! route's `{...}`, headers are in lower case, and fields of a form or multipart body are texts by name. Selectors are
//! JSONPaths into it (`$.body.to_user_id`, `$.query.access_token`, `$.headers['access-token']`). Templates of answers see
//! it as `call`, and `settings` and `platform` beside it.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Span;
use crate::conversation::MediaKind;

/// The platform's own API, which the bot calls and throng serves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Serve {
    /// The hosts at which the platform itself serves this API, such as `api.telegram.org`: with `--intercept`, what a bot calls
    /// there comes to throng.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// How long a customer who got an answer waits for others, which then join the turn.
    #[serde(default = "Serve::default_settle")]
    pub settle: Span,
    /// How long an issued token is accepted; without it, to the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_lasts: Option<Span>,
    /// How much a bot may say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota: Option<Quota>,
    /// What can be called, by name; the first that matches a call takes it.
    pub routes: IndexMap<String, Route>,
    /// What a refused call is answered, by name. `unknown_route`, `unknown_customer`, `unknown_media`, `unreadable`, `too_large` and
    /// `upload_too_large` are used for what they say, and have plain answers unless they are here; others by the routes, the quota and a channel's
    /// `platform_faults`. Sockets have `not_a_socket` and `too_many_sockets`.
    #[serde(default)]
    pub errors: IndexMap<String, Answer>,
}

impl Serve {
    fn default_settle() -> Span {
        Span::seconds(0.3)
    }

    /// A platform without an API, which only serves what customers send beside words.
    pub fn of_media_alone() -> Serve {
        Serve {
            hosts: Vec::new(),
            settle: Serve::default_settle(),
            token_lasts: None,
            quota: None,
            routes: IndexMap::new(),
            errors: IndexMap::new(),
        }
    }
}

/// Where a fault of a channel's `platform_faults` happens, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlatformFault<'a> {
    /// To replies: an error of the profile, `flood`.
    OfReplies(&'a str),
    /// To all calls of a route: route and error, `token.busy`.
    OfRoute(&'a str, &'a str),
}

impl<'a> PlatformFault<'a> {
    /// The fault that `name` means on this platform.
    pub fn named(name: &'a str, serve: &Serve) -> PlatformFault<'a> {
        match name.split_once('.') {
            Some((route, error)) if !serve.errors.contains_key(name) => PlatformFault::OfRoute(route, error),
            _ => PlatformFault::OfReplies(name),
        }
    }
}

/// How much a bot may say after each message of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// So many replies.
    pub replies: u32,
    /// For so long.
    pub within: Span,
    /// The error that a reply beyond it is answered.
    pub error: String,
}

/// Something that the bot can call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Method and path: `POST /bot{token}/sendMessage`. The method `*` is any; a `{name}` is one part of a path segment.
    pub call: String,
    /// What it is for.
    #[serde(default)]
    pub is: RouteKind,
    /// What the caller must show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorise: Option<Authorise>,
    /// Replies: the customer whom it is for, by an id that throng gave out. Without it, `message` tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// Replies: the message that it answers, by an id that throng gave out. Without it, it answers the turn that has waited
    /// longest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Replies: the visible text. Several selected texts are joined. A call without text is no reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Replies: what `text` selects is itself JSON, and the visible text is what this selects in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_in_json: Option<String>,
    /// Replies: where one has something beside words, by kind: `{image: "$.body.image.media_id"}`. It counts where there is no text.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub shows: IndexMap<MediaKind, String>,
    /// Media: which, by an id that throng gave out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<String>,
    /// Uploads, and replies that bring files with them (`multipart/form-data`): the longest body, in bytes; up to 64 MiB. What is
    /// longer is answered the error `upload_too_large`. A file's contents are counted and forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest: Option<u64>,
    /// Updates: those numbered below what this selects need not be handed out again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<String>,
    /// Updates: instead, what this selects is how far the bot has read: those numbered up to it. That confirms nothing, and who
    /// comes with an older cursor reads the same again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Updates: the most that are handed out at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<String>,
    /// Updates: for how many seconds the call waits for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<String>,
    /// What it is answered. With `is: token` it also sees `token`, with `is: ticket` `ticket`, with `is: media` what `message.media` is
    /// to its message as `media`, with `is: upload` the new `media.id`; with `is: updates` the list `updates`, `cursor`, which is how
    /// far the bot has read with these, and `has_more`, whether others wait; with `is: socket` it is what a call that opens none is
    /// answered.
    #[serde(default)]
    pub answer: Answer,
}

/// What a route is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteKind {
    /// Brings a reply to a customer.
    Reply,
    /// Gives out a token.
    Token,
    /// Hands out what customers wrote, to a bot that asks for it (`mailbox`).
    Updates,
    /// Hands out what a customer sent beside words: what `answer` says of it, or where that has no body, its bytes.
    Media,
    /// Takes in a picture, voice message or video that the bot is going to send. It is counted and forgotten.
    Upload,
    /// Gives out a ticket, with which a bot that dials in opens one socket.
    Ticket,
    /// Where a bot that dials in opens its sockets. What it must show (`authorise`) is a ticket, unless `is` says otherwise.
    Socket,
    /// Anything else, which is only answered.
    #[default]
    Other,
}

/// What a caller must show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authorise {
    /// Where it is; `Bearer ` before it is left out.
    pub given: String,
    /// What it must be, a template. Without it, or where it gives `none`: a token that was given out and has not expired.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<String>,
    /// The error that is answered otherwise.
    pub error: String,
    /// The error that is answered to a token which was given out and has expired, where the platform tells that apart. A fault of
    /// this name that a scenario wants also ends the token which was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expired: Option<String>,
}

/// What a call is answered. At most one of `json` and `body` is set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The status.
    #[serde(default = "Answer::default_status")]
    pub status: u16,
    /// A JSON body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<Value>,
    /// Any other body, a template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

impl Answer {
    fn default_status() -> u16 {
        200
    }

    /// True when it says nothing beside its status.
    pub fn is_bodiless(&self) -> bool {
        self.json.is_none() && self.body.is_none()
    }
}

impl Default for Answer {
    fn default() -> Answer {
        Answer {
            status: Answer::default_status(),
            json: None,
            body: None,
        }
    }
}
