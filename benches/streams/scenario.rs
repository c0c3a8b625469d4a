//! The work: streams of known length and pace, held open at once.

use std::time::Duration;

/// When the first text of an answer is due, after its message was read.
pub(crate) const FIRST_TEXT: Duration = Duration::from_millis(200);
/// Between two pieces of an answer.
pub(crate) const GAP: Duration = Duration::from_millis(20);
/// Pieces with text in an answer.
pub(crate) const PIECES: u32 = 32;
/// How often each of the streams is used.
pub(crate) const ROUNDS: u32 = 3;

/// 128 characters, four to a piece.
const ANSWER: &str = "Your parcel left our warehouse this morning and will reach you \
                      in two days; the driver sends you a message before the last stop.";

/// How customers come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrivals {
    /// Evenly, so that as many streams are open as are asked for from the first answer's end to the last one's start.
    Steady,
    /// All of a round within 10 ms, as a load generator's users come that start together.
    AtOnce,
}

impl Arrivals {
    pub(crate) const ALL: [Arrivals; 2] = [Arrivals::Steady, Arrivals::AtOnce];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Arrivals::Steady => "steady",
            Arrivals::AtOnce => "at once",
        }
    }
}

/// How long one answer takes.
fn answer_time() -> Duration {
    FIRST_TEXT + GAP * (PIECES - 1)
}

/// A scenario of `streams` x `ROUNDS` conversations with one turn each.
pub(crate) fn scenario(streams: u32, arrivals: Arrivals) -> String {
    assert_eq!(
        ANSWER.chars().count(),
        4 * PIECES as usize,
        "the answer has other pieces"
    );
    let round_ms = answer_time().as_millis();
    let phases = match arrivals {
        Arrivals::Steady => {
            let rate = f64::from(streams) / answer_time().as_secs_f64();
            let length = round_ms * u128::from(ROUNDS);
            format!("    - hold: {{name: steady, for: {length}ms, rate: {rate:.3}/s}}\n")
        }
        Arrivals::AtOnce => (1..=ROUNDS)
            .map(|round| {
                format!(
                    "    - burst: {{name: round-{round}, at_once: {streams}, for: 10ms}}\n    \
                     - quiet: {{name: answers-{round}, for: {}ms}}\n",
                    round_ms + 90
                )
            })
            .collect(),
    };
    let (first_text, gap) = (FIRST_TEXT.as_millis(), GAP.as_millis());
    format!(
        "
scenario: streams
seed: 1
clock: 2026-11-10T12:00+08:00
knowledge: parcels
channels:
  - web: {{profile: openai-chat-stream, share: 1}}
customers:
  - {{persona: patient, goal: ask-once, share: 1}}
traffic:
  arrivals: even
  phases:
{phases}deadline: {{reply: 30s, grace: 5s}}
bot:
  workers: 100000
  service_time: {{median: {first_text}ms, sigma: 0}}
  chunk_gap: {gap}ms
  chunk_chars: 4
define:
  knowledge:
    - knowledge: parcels
      topics:
        parcel:
          keywords: {{en: [parcel]}}
          answers: {{en: [\"{ANSWER}\"]}}
  goals:
    - goal: ask-once
      agenda:
        - ask: {{about: parcel, say: {{en: [Where is my parcel?]}}}}
  personas:
    - persona: patient
      language: en
      typing: {{burst: [1], typos: 0}}
      patience: {{max_nudges: 0, leave_after: {{median: 60s}}, leaves_silently: 1}}
"
    )
}
