//! throng rehearses a sales peak against a customer-service bot.
//!
//! ```text
//!  scenarios/*.yaml  personas/*.yaml  channels/*.yaml  knowledge/*.yaml
//!         |
//!      scenario ----> simulation ----> engine ----> metrics ----+
//!   what you asked    who comes when,  does it,     adds up     +--> verdict --> report    terminal, HTML, JSON, JUnit, Markdown
//!                     what they say    on time  --> quality ----+   held or      archive   results/<run>/
//!                                         |         scores          not
//!                                      channel <---> the bot under test
//!
//!  conversation = the words they all share
//!  reading      = what a text says; wire = how bytes say it
//!  backlog      = what waits between two threads; network = where requests may go, and whom TLS trusts
//!  model        = a language model behind an OpenAI-compatible endpoint
//! ```
//!
//! Data flows one way. The plan (`scenario`, `simulation`) and the reckoning (`metrics`, `quality`, `verdict`) are pure;
//! only `engine` knows time, only `channel` and `model` know the network. `rehearsal` puts them together.
//! `judging` has a language model judge a finished run's answers.
//! `self_test` holds rehearsals whose truth is known and tells how far throng is off.

pub mod archive;
mod backlog;
pub mod channel;
pub mod conversation;
pub mod demo_bot;
pub mod engine;
pub mod judging;
pub mod metrics;
pub mod model;
pub mod network;
pub mod quality;
pub mod reading;
pub mod rehearsal;
pub mod report;
pub mod scenario;
pub mod self_test;
pub mod simulation;
pub mod verdict;
pub mod wire;

/// throng's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
