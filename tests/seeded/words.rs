//! The bot's words, in two halves.

use serde_json::Value;

/// Whether anybody may look at how a wording fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Split {
    /// Checks may be mended with what it shows.
    LookedAt,
    /// Only counted.
    HeldOut,
}

impl Split {
    pub(crate) const ALL: [Split; 2] = [Split::LookedAt, Split::HeldOut];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Split::LookedAt => "looked_at",
            Split::HeldOut => "held_out",
        }
    }

    /// By the text alone, so that a new line moves no other.
    fn of(text: &str) -> Split {
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        match hash >> 3 & 1 {
            0 => Split::LookedAt,
            _ => Split::HeldOut,
        }
    }
}

/// The knowledge with only the wordings of this half, as YAML. No list may be empty: the bot would use words of its own.
pub(crate) fn of(knowledge: &str, split: Split) -> String {
    let mut knowledge: Value = serde_saphyr::from_str(knowledge).unwrap();
    for topic in knowledge["topics"].as_object_mut().unwrap().values_mut() {
        halve(&mut topic["answers"], split);
        if !topic["wrong_answers"].is_null() {
            halve(&mut topic["wrong_answers"], split);
        }
    }
    for words in knowledge["bot"].as_object_mut().unwrap().values_mut() {
        halve(words, split);
    }
    knowledge.to_string()
}

/// The words of `desk.yaml`, or of a file of your own.
pub(crate) fn desk() -> String {
    match std::env::var("THRONG_SEEDED_WORDS") {
        Ok(path) => std::fs::read_to_string(path).unwrap(),
        Err(_) => include_str!("desk.yaml").to_owned(),
    }
}

fn halve(by_language: &mut Value, split: Split) {
    for (language, texts) in by_language.as_object_mut().unwrap() {
        let texts = texts.as_array_mut().unwrap();
        let all = texts.clone();
        texts.retain(|text| Split::of(text.as_str().unwrap()) == split);
        assert!(!texts.is_empty(), "{} has none of {language} {all:?}", split.name());
    }
}
