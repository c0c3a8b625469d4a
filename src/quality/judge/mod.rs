//! What a language model is asked about an answer, which answers it is asked about, and what its own answer says. Pure.
//!
//! ```text
//!  kept turns --sample--> chosen --prompt--> (instructions, data) --[a model]--> text --ruling--> one Ruling per criterion
//! ```
//!
//! The bot's text is hostile twice: it may speak to the model, and the model may be made to repeat it. So it stands in the
//! prompt as data between marks that it cannot know, and of the model's answer only strict JSON counts, whose every quote
//! must stand in the bot's reply.

mod prompt;
mod ruling;
mod sample;

pub use prompt::{Exhibit, Prompt};
pub use ruling::{Doubt, Ruling, read};
pub use sample::{Candidate, Chosen, Gates, SamplePlan, Stratum, choose};
