//! The bot's words: two halves of a file, and further files of other voices.

use serde_json::Value;

/// Whether anybody may look at how a wording fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Split {
    /// Checks may be mended with what it shows.
    LookedAt,
    /// Only counted.
    HeldOut,
    /// Words of another voice: only counted at first, looked at since.
    Fresh,
    /// Words of a crowd, written after whatever the fresh ones mended.
    Later,
    /// Words of an ordinary service, written after whatever the later ones mended.
    Fifth,
}

impl Split {
    pub(crate) const HALVES: [Split; 2] = [Split::LookedAt, Split::HeldOut];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Split::LookedAt => "looked_at",
            Split::HeldOut => "held_out",
            Split::Fresh => "fresh",
            Split::Later => "later",
            Split::Fifth => "fifth",
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

/// A knowledge file's words, and other voices' for the same topics.
#[derive(Clone)]
pub(crate) struct Words {
    pub(crate) knowledge: String,
    pub(crate) fresh: &'static str,
    pub(crate) later: &'static str,
    pub(crate) fifth: &'static str,
}

impl Words {
    /// The knowledge with only these wordings, as YAML. No list may be empty: the bot would use words of its own.
    pub(crate) fn of(&self, split: Split) -> String {
        let mut knowledge: Value = serde_saphyr::from_str(&self.knowledge).unwrap();
        match split {
            Split::Fresh => replace(&mut knowledge, serde_saphyr::from_str(self.fresh).unwrap()),
            Split::Later => replace(&mut knowledge, serde_saphyr::from_str(self.later).unwrap()),
            Split::Fifth => replace(&mut knowledge, serde_saphyr::from_str(self.fifth).unwrap()),
            half => halve(&mut knowledge, half),
        }
        knowledge.to_string()
    }
}

/// The words of `desk.yaml`, or of a file of your own.
pub(crate) fn desk() -> Words {
    let knowledge = match std::env::var("THRONG_SEEDED_WORDS") {
        Ok(path) => std::fs::read_to_string(path).unwrap(),
        Err(_) => include_str!("desk.yaml").to_owned(),
    };
    Words {
        knowledge,
        fresh: include_str!("fresh_desk.yaml"),
        later: include_str!("later_desk.yaml"),
        fifth: include_str!("fifth_desk.yaml"),
    }
}

/// The words of `terms.yaml`.
pub(crate) fn terms() -> Words {
    Words {
        knowledge: include_str!("terms.yaml").to_owned(),
        fresh: include_str!("fresh_terms.yaml"),
        later: include_str!("later_terms.yaml"),
        fifth: include_str!("fifth_terms.yaml"),
    }
}

/// Puts the lists of another voice where the knowledge has its own.
fn replace(knowledge: &mut Value, other: Value) {
    let Value::Object(other) = other else {
        assert!(other.is_array() && knowledge.is_array(), "{other} for {knowledge}");
        *knowledge = other;
        return;
    };
    for (key, value) in other {
        replace(&mut knowledge[key], value);
    }
}

fn halve(knowledge: &mut Value, half: Split) {
    for topic in knowledge["topics"].as_object_mut().unwrap().values_mut() {
        keep(&mut topic["answers"], half);
        if !topic["wrong_answers"].is_null() {
            keep(&mut topic["wrong_answers"], half);
        }
    }
    for words in knowledge["bot"].as_object_mut().unwrap().values_mut() {
        keep(words, half);
    }
}

fn keep(by_language: &mut Value, half: Split) {
    for (language, texts) in by_language.as_object_mut().unwrap() {
        let texts = texts.as_array_mut().unwrap();
        let all = texts.clone();
        texts.retain(|text| Split::of(text.as_str().unwrap()) == half);
        assert!(!texts.is_empty(), "{} has none of {language} {all:?}", half.name());
    }
}
