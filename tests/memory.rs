//! What an open conversation costs while its customer thinks: data, no task and no socket.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use peak_alloc::PeakAlloc;
use throng::channel::{Line, Outgoing};
use throng::conversation::Event;
use throng::engine::{Clock, Control, Settings, Timer, run};
use throng::scenario::{LoadOptions, Scenario, load};
use throng::simulation::{Cast, arrivals};
use tokio::runtime::{Builder, LocalOptions};
use tokio::time::Instant;

#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

/// What a thinking conversation may take, its text included.
const MOST_BYTES: usize = 4 << 10;

/// When the heap is looked at: everybody has had their first answer, nobody has thought to the end, and what was planned
/// for the first turn (its deadline, the customer's patience) is still in the engine's heap.
const LOOK_AT: Duration = Duration::from_secs(60);

/// All come at once, get an answer, and think about it for an hour.
const SCENARIO: &str = "
scenario: memory
seed: 1
channels:
  - web: {profile: PROFILE, share: 1}
customers:
  - {persona: slow-thinker, goal: two-questions, share: 1}
traffic:
  arrivals: even
  phases:
    - burst: {name: rush, at_once: CONVERSATIONS, for: 1s}
deadline: {reply: 5m, grace: 1m}
drain: 10h
define:
  personas:
    - persona: slow-thinker
      language: zh
      typing: {burst: [0.5, 0.3, 0.2], gap: {median: 2s, sigma: 0.1}}
      think: {median: 1h, sigma: 0.1}
  goals:
    - goal: two-questions
      agenda:
        - ask: {say: {zh: ['请问优惠券怎么用，在哪里领？', '满减怎么算，能叠加吗？']}}
        - ask: {say: {zh: ['那什么时候发货，包邮吗？']}}
";

fn scenario(profile: &str, conversations: usize) -> Scenario {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("memory.yaml");
    let text = SCENARIO.replace("PROFILE", profile);
    std::fs::write(&path, text.replace("CONVERSATIONS", &conversations.to_string())).unwrap();
    load(path.to_str().unwrap(), &LoadOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

const TEXT: &str = "满300元减50元，可以和店铺券叠加，48小时内发货。";

fn answer(_: &Outgoing) -> (Duration, Vec<String>) {
    (Duration::from_millis(200), vec![TEXT.to_owned()])
}

fn read_once(cast: &Cast) {
    for text in [TEXT, "Spend 300 yuan, get 50 off; we ship within 48 hours."] {
        cast.reader.kind_for(text, 0, true);
        cast.reader.read(text);
    }
}

/// What one of so many conversations takes while all of them think.
struct Cost {
    /// As asked of the allocator: customers, dialogues, the map, the heap of what is due, stale entries included.
    heap_bytes: usize,
    /// As the process grew, with what the allocator adds; 0 where that cannot be read.
    resident_bytes: usize,
}

fn cost_of_thinking(profile: &str, conversations: usize) -> Cost {
    let cast = Cast::new(Arc::new(scenario(profile, conversations))).unwrap();
    let mut builder = Builder::new_current_thread();
    let paused = builder.enable_all().start_paused(true);
    let runtime = paused.build_local(LocalOptions::default()).unwrap();
    runtime.block_on(async {
        let control = Control::with_turn_budget(None);
        let settings = Settings {
            timer: Timer::Tokio,
            max_turns: None,
        };
        let lines = vec![Rc::new(Line::in_memory(answer))];
        let clock = Clock::starting_at(Instant::now());
        let mut turns = 0_usize;
        let mut count = |event| turns += usize::from(matches!(event, Event::TurnClosed(_)));
        // What reading compiles once for the whole process is nobody's conversation.
        read_once(&cast);
        let before = (HEAP.current_usage(), resident_bytes());
        let looking = async {
            tokio::time::sleep(LOOK_AT).await;
            assert_eq!(control.open_conversations() as usize, conversations);
            let cost = Cost {
                heap_bytes: HEAP.current_usage().saturating_sub(before.0) / conversations,
                resident_bytes: resident_bytes().saturating_sub(before.1) / conversations,
            };
            control.stop_now.cancel();
            cost
        };
        let customers = arrivals(&cast.scenario);
        let playing = run(&cast, &lines, customers, clock, &control, settings, &mut count);
        let (played, cost) = tokio::join!(playing, looking);
        played.unwrap();
        assert_eq!(
            turns, conversations,
            "each has had one answer and not begun the next turn"
        );
        cost
    })
}

fn resident_bytes() -> usize {
    let pages = std::fs::read_to_string(Path::new("/proc/self/statm")).unwrap_or_default();
    let resident = pages
        .split_whitespace()
        .nth(1)
        .and_then(|pages| pages.parse::<usize>().ok());
    resident.unwrap_or_default() * 4_096
}

/// One test, so that no other one moves the counts.
#[test]
fn a_thinking_conversation_is_at_most_4_kib() {
    for profile in ["generic-json", "openai-chat"] {
        let cost = cost_of_thinking(profile, 2_000);
        println!("{profile}: {} bytes a conversation", cost.heap_bytes);
        assert!(cost.heap_bytes < MOST_BYTES, "{profile}: {} bytes", cost.heap_bytes);
    }
}

#[test]
#[ignore = "a figure for docs/BENCHMARKS.md; run alone, in release"]
fn what_100_000_thinking_conversations_take() {
    let cost = cost_of_thinking("generic-json", 100_000);
    println!(
        "100,000 thinking conversations: {} bytes each on the heap, {} bytes each resident",
        cost.heap_bytes, cost.resident_bytes
    );
    assert!(cost.heap_bytes < MOST_BYTES, "{} bytes", cost.heap_bytes);
}
