//! What the user asked for: read from files, checked whole, then never changed.
//!
//! ```text
//!  YAML text --load--> Parts (file, personas, goals, ...) --check, assemble--> Scenario (all valid, all by place)
//!                        |                                                      |
//!                   schema (JSON)                                         to_yaml (self-contained)
//! ```
//!
//! A [`Scenario`] refers to its parts by place (`u16`, the places of [`Labels`](crate::conversation::Labels)), never by
//! name, so nothing downstream can look up a name that does not exist.

mod assemble;
mod bot;
pub mod built_in;
mod built_in_bot;
mod channel;
mod check;
mod dial_in;
mod file;
mod finding;
mod form;
mod frame;
mod goal;
mod knowledge;
mod load;
mod mailbox;
mod media;
mod parts;
mod persona;
mod phone;
mod place;
mod played;
mod poll;
mod population;
mod profile;
mod resolved;
mod rubric;
mod schema;
mod serve;
mod sip;
mod socket;
mod suggest;
mod switch;
mod target;
mod threshold;
mod traffic;
mod truths;
mod values;
mod written_threshold;

pub use bot::{BotSettings, Fault, FaultRates, Freeze, Overload};
pub use built_in_bot::BuiltInBot;
pub use channel::{Channel, ChannelSettings, Connection};
pub use dial_in::{BotFrame, DialIn, Refresh, Sharing};
pub use file::{Budget, Customers, Deadline, Definitions, Environment, Guard, Mark, ScenarioFile, Transcripts};
pub use form::{Form, Shows};
pub use frame::{SocketFrame, SocketPing};
pub use goal::{Ask, Branch, CUSTOMER_FACTS, Condition, Goal, OUT_OF_SCOPE, Say, Step, Then};
pub use knowledge::{
    BotWords, CellError, Change, Column, Fact, FactRef, FactType, FactValue, FactsFile, Forbidden, Knowledge, Record,
    Tier, Topic, amount_text, count_and_unit, date_text,
};
pub use load::{Described, Invalid, LoadError, LoadOptions, Mistake, ReadError, describe, load, load_rubric, to_yaml};
pub use mailbox::Mailbox;
pub use media::Carries;
pub use persona::{Disclosure, Mood, Patience, Persona, Typing, Words};
pub use phone::Phone;
pub use played::{ModelBudget, ModelPrice, PlayedBy};
pub use poll::{Opening, Poll, Receipt};
pub use population::{Headcount, Keep, RampPlan, Shift, Workload};
pub use profile::{
    ConversationState, ErrorMark, Expect, Extract, Format, Framing, Handshake, Limits, Pick, PickMode, Profile, Proven,
    ReplyRule, Request, Retry, RetryOn, Setting, Sign, StreamRule,
};
pub use resolved::{Mix, Scenario};
pub use rubric::{Criterion, Judgement, Rubric, RubricExample};
pub use schema::{GoalsFile, SCHEMAS, schema};
pub use serve::{Answer, Authorise, Quota, Route, RouteKind, Serve};
pub use sip::SipTarget;
pub use socket::{Acknowledge, Awaited, FrameMark, Reconnect, Socket, SocketFraming, SocketIo, SocketStep};
pub use switch::{Impasse, Switch, SwitchSettings};
pub use target::{DEMO, environment_names, is_loopback, target_url};
pub use threshold::{Bound, CountMetric, Metric, Op, RateMetric, Stat, Threshold, TimeMetric};
pub use traffic::{Arrivals, Burst, Hold, Phase, Quiet, Ramp, Spike, Traffic};
pub use truths::{Past, TrueValue, Truths};
pub use values::{Named, PerLanguage, Rate, Span, Spread};
pub use written_threshold::{ThresholdEntry, ThresholdSettings, WhenUnsure};
