//! Texts that are made to be slow to score: the work grows with their length and no faster, whichever check or grammar they aim at.
//!
//! Work is the processor time of the thread that scores, which a busy machine does not touch; the least of several tries counts.

#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(unix)]

use std::sync::Arc;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use throng::conversation::{Given, Labels, Message, MessageId, MessageKind, Outcome, Reply, ReplyKind, Turn};
use throng::quality::{Memory, Scorer};
use throng::reading::Reader;
use throng::scenario::{LoadOptions, Scenario, load};

/// Pieces of which hostile texts are made: words of every grammar, beginnings of every value, and what opens without closing.
const PIECES: [&str; 64] = [
    "again ",
    "could you ",
    "please ",
    "i don't ",
    "not ",
    "understand ",
    "can't ",
    "help with ",
    "i'm ",
    "what ",
    "question ",
    "不",
    "没",
    "请",
    "再",
    "说",
    "换个",
    "听",
    "我",
    "您的",
    "问题",
    "转",
    "人工",
    "客服",
    "为您",
    "稍后",
    "抱歉",
    "理解",
    "order number ",
    "订单号",
    "提供",
    "sorry ",
    "your ",
    "transfer you to ",
    "a human ",
    "we guarantee ",
    "加 微 信",
    "满300减",
    "yuan off orders over 3 ",
    "11月",
    "一",
    "百",
    "1",
    "1 ",
    "1-",
    "+1 ",
    "a@",
    "a.b ",
    "a at ",
    "1 Aa ",
    "St ",
    "路1号",
    "北京市",
    "GB29 ",
    "(",
    "（【",
    "**",
    "| a\n",
    "<a ",
    "](",
    "{\"a\":[",
    "http",
    "what is for ",
    "that you ",
];

/// Texts that are eight times as long may take so many times the work: the eight, and room for what a first sight of a text costs.
const MOST: f64 = 20.0;
const SHORT: usize = 4 << 10;
const LONG: usize = 32 << 10;
const TRIES: usize = 2;

fn message(text: &str) -> Message {
    Message {
        id: MessageId {
            run: throng::conversation::RunKey::of_seed(0),
            customer: 7,
            turn: 1,
            fragment: 1,
        },
        kind: MessageKind::Utterance,
        text: text.to_owned(),
        media: None,
        due_at: Duration::ZERO,
        sent_at: Duration::ZERO,
        deliveries: 1,
    }
}

fn turn(text: &str) -> Turn {
    let reply = |kind| Reply {
        text: text.to_owned(),
        kind,
        first_text_at: Duration::from_secs(2),
        complete_at: Duration::from_secs(2),
    };
    Turn {
        customer: 7,
        number: 1,
        labels: Labels::default(),
        step: 0,
        polls: 0,
        given: Given::default(),
        messages: vec![message(text)],
        replies: vec![reply(ReplyKind::Holding), reply(ReplyKind::Substantive)],
        due_at: Duration::from_secs(1),
        sent_at: Some(Duration::from_secs(1)),
        first_event_at: None,
        first_text_at: None,
        answered_at: Some(Duration::from_secs(2)),
        chunk_gaps: Vec::new(),
        outcome: Outcome::Answered,
        duplicates: 0,
        intent: None,
        trouble: None,
        failure: None,
        open_conversations: 1,
    }
}

fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

/// The least processor time of several tries.
fn work(mut what: impl FnMut()) -> f64 {
    let tries = (0..TRIES).map(|_| {
        let before = processor_time();
        what();
        (processor_time() - before).as_secs_f64()
    });
    tries.fold(f64::INFINITY, f64::min)
}

struct Readers {
    scorer: Scorer,
    reader: Reader,
}

impl Readers {
    fn of(scenario: Scenario) -> Readers {
        let reader = Reader::new(&scenario).unwrap();
        let scorer = Scorer::new(Arc::new(scenario)).unwrap();
        Readers { scorer, reader }
    }

    /// What a text costs whoever scores it, and the customer who reads it.
    fn work_on(&self, text: &str) -> f64 {
        let turn = turn(text);
        work(|| {
            self.scorer.score(&turn, &mut Memory::default());
            self.reader.kind(text, 0);
        })
    }
}

/// The piece again and again, cut at this length.
fn repeated(piece: &str, length: usize) -> String {
    let mut text = piece.repeat(length / piece.len() + 1);
    text.truncate(text.floor_char_boundary(length));
    text
}

#[test]
fn work_grows_with_the_length_of_a_text_and_no_faster() {
    let readers = Readers::of(load("singles-day", &LoadOptions::default()).unwrap());
    let mut slow = Vec::new();
    for piece in PIECES {
        let [short, long] = [SHORT, LONG].map(|length| readers.work_on(&repeated(piece, length)));
        if long > MOST * short {
            slow.push(format!("{piece:?}: {:.1} ms, then {:.1} ms", short * 1e3, long * 1e3));
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}
