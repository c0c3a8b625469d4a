//! The bot's words: two halves of a file, and further files of other voices.

use serde_json::Value;

/// A set of words for both desks, in place of their own lists.
pub(crate) struct Voice {
    pub(crate) name: &'static str,
    desk: &'static str,
    terms: &'static str,
    /// Checks may be mended with what it shows; it was only counted before that.
    is_spent: bool,
}

macro_rules! voice {
    ($name:literal, spent: $is_spent:literal) => {
        Voice {
            name: $name,
            desk: include_str!(concat!($name, "_desk.yaml")),
            terms: include_str!(concat!($name, "_terms.yaml")),
            is_spent: $is_spent,
        }
    };
}

/// In the order in which they were written, each after whatever the ones before it mended; README.md tells whose they are.
pub(crate) const VOICES: [Voice; 32] = [
    voice!("fresh", spent: true),
    voice!("later", spent: true),
    voice!("fifth", spent: true),
    voice!("sixth", spent: true),
    voice!("seventh", spent: true),
    voice!("eighth", spent: true),
    voice!("ninth", spent: true),
    voice!("tenth", spent: true),
    voice!("eleventh", spent: true),
    voice!("twelfth", spent: true),
    voice!("thirteenth", spent: true),
    voice!("fourteenth", spent: true),
    voice!("fifteenth", spent: true),
    voice!("sixteenth", spent: true),
    voice!("seventeenth", spent: true),
    voice!("eighteenth", spent: true),
    voice!("nineteenth", spent: true),
    voice!("twentieth", spent: true),
    voice!("twentyfirst", spent: true),
    voice!("twentysecond", spent: true),
    voice!("twentythird", spent: true),
    voice!("twentyfourth", spent: true),
    voice!("twentyfifth", spent: true),
    voice!("twentysixth", spent: true),
    voice!("twentyseventh", spent: true),
    voice!("twentyeighth", spent: true),
    voice!("twentyninth", spent: true),
    voice!("thirtieth", spent: true),
    voice!("thirtyfirst", spent: true),
    voice!("thirtysecond", spent: true),
    voice!("thirtythird", spent: true),
    voice!("thirtyfourth", spent: true),
];

/// Which wordings a count is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Split {
    /// The half of a knowledge's own that checks may be mended with.
    LookedAt,
    /// The other half.
    HeldOut,
    /// One of [`VOICES`].
    Voice(usize),
}

impl Split {
    pub(crate) const HALVES: [Split; 2] = [Split::LookedAt, Split::HeldOut];

    pub(crate) fn voice(name: &str) -> Split {
        Split::Voice(VOICES.iter().position(|voice| voice.name == name).unwrap())
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Split::LookedAt => "looked_at",
            Split::HeldOut => "held_out",
            Split::Voice(place) => VOICES[place].name,
        }
    }

    /// True where anybody may look at how a wording fares.
    pub(crate) fn may_be_looked_at(self) -> bool {
        match self {
            Split::LookedAt => true,
            Split::HeldOut => false,
            Split::Voice(place) => VOICES[place].is_spent,
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

/// A knowledge file's words, and which of another voice's stand in their place.
#[derive(Clone)]
pub(crate) struct Words {
    knowledge: String,
    of_voice: fn(&Voice) -> &'static str,
}

impl Words {
    /// The knowledge with only these wordings, as YAML. No list may be empty: the bot would use words of its own.
    pub(crate) fn of(&self, split: Split) -> String {
        let mut knowledge: Value = serde_saphyr::from_str(&self.knowledge).unwrap();
        match split {
            Split::Voice(place) => {
                let words = (self.of_voice)(&VOICES[place]);
                replace(&mut knowledge, serde_saphyr::from_str(words).unwrap());
            }
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
        of_voice: |voice| voice.desk,
    }
}

/// The words of `terms.yaml`.
pub(crate) fn terms() -> Words {
    Words {
        knowledge: include_str!("terms.yaml").to_owned(),
        of_voice: |voice| voice.terms,
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
