//! What the visitors' desks of `tests/seeded` say.

use serde_json::Value;

use super::super::acts::{ACTS, Act};
use super::corpus::{LANGUAGES, NEITHER, Sample, about, doing, stance};

macro_rules! desk {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../../tests/seeded/", $name, "_desk.yaml")),
            include_str!(concat!("../../../../tests/seeded/", $name, "_terms.yaml")),
        )
    };
}

/// The visitors' desks of `tests/seeded`; of those only the spent ones. A set that is yet to be counted must not be learnt.
const DESKS: [(&str, &str, &str); 32] = [
    desk!("fresh"),
    desk!("later"),
    desk!("fifth"),
    desk!("sixth"),
    desk!("seventh"),
    desk!("eighth"),
    desk!("ninth"),
    desk!("tenth"),
    desk!("eleventh"),
    desk!("twelfth"),
    desk!("thirteenth"),
    desk!("fourteenth"),
    desk!("fifteenth"),
    desk!("sixteenth"),
    desk!("seventeenth"),
    desk!("eighteenth"),
    desk!("nineteenth"),
    desk!("twentieth"),
    desk!("twentyfirst"),
    desk!("twentysecond"),
    desk!("twentythird"),
    desk!("twentyfourth"),
    desk!("twentyfifth"),
    desk!("twentysixth"),
    desk!("twentyseventh"),
    desk!("twentyeighth"),
    desk!("twentyninth"),
    desk!("thirtieth"),
    desk!("thirtyfirst"),
    desk!("thirtysecond"),
    desk!("thirtythird"),
    desk!("thirtyfourth"),
];

/// Subjects of the terms with their words, and whether they are there.
const TERMS: [(&str, [&str; 3], bool); 2] = [
    ("gym", ["健身房", "gym", "fitness room"], false),
    ("wake_up", ["叫醒服务", "wake-up call", "wake-up calls"], true),
];

/// What stands in the place of each slot.
const SLOTS: [(&str, [&str; 2]); 9] = [
    ("{{ price }}", ["199", "199"]),
    ("{{ time }}", ["3小时", "3 hours"]),
    ("{{ within }}", ["48小时", "48 hours"]),
    ("{{ order_number }}", ["6123400000001712345", "6123400000001712345"]),
    ("{{ name }}", ["王芳", "mary smith"]),
    ("{{ phone }}", ["13800138000", "13800138000"]),
    ("{{ id_number }}", ["11010119900307001x", "11010119900307001x"]),
    ("{{ bank_card }}", ["6222020200112233445", "6222020200112233445"]),
    ("{{ address }}", ["北京市朝阳区建国路8号", "12 high street"]),
];
const MEDIA: [[&str; 3]; 2] = [["图片", "语音", "视频"], ["picture", "voice message", "video"]];
/// All that they say, wording by wording.
pub(super) fn all() -> Vec<Sample> {
    let of_each = DESKS
        .iter()
        .flat_map(|(set, desk, terms)| [of_desk(set, desk), of_terms(set, terms)]);
    of_each.flatten().collect()
}

fn of_terms(set: &'static str, text: &str) -> Vec<Sample> {
    let terms: Value = serde_saphyr::from_str(text).unwrap();
    let mut samples = Vec::new();
    for (topic, words, is_there) in TERMS {
        for (list, holds) in [("answers", is_there), ("wrong_answers", !is_there)] {
            let said = |text: &str| about(text, &words);
            let mut of_list = Vec::new();
            add(&mut of_list, set, &terms["topics"][topic][list], stance(true), said);
            samples.extend(of_list.into_iter().map(|sample| sample.saying(Some(holds))));
        }
    }
    samples
}

/// What the bots of the desks say of one of their lists, each with its set.
pub(super) fn said_by_bots(list: &str) -> Vec<(&'static str, String)> {
    let of_desk = |(set, desk, _): &(&'static str, &str, &str)| {
        let desk: Value = serde_saphyr::from_str(desk).unwrap();
        let lists = LANGUAGES.map(|language| desk["bot"][list][language].clone());
        let texts = lists.iter().filter_map(Value::as_array).flatten();
        let texts = texts.map(|text| (*set, text.as_str().unwrap().to_owned()));
        texts.collect::<Vec<_>>()
    };
    DESKS.iter().flat_map(of_desk).collect()
}

/// What the desks answer, in each language.
pub(super) fn answers() -> [Vec<String>; 2] {
    let desks: Vec<Value> = DESKS.map(|(_, desk, _)| serde_saphyr::from_str(desk).unwrap()).into();
    let topics: Vec<&Value> = desks
        .iter()
        .filter_map(|desk| desk["topics"].as_object())
        .flat_map(|topics| topics.values())
        .collect();
    [0, 1].map(|place| {
        let of_language = topics.iter().map(|topic| &topic["answers"][LANGUAGES[place]]);
        let texts = of_language
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(Value::as_str);
        texts.map(|text| filled(text, place)).collect()
    })
}

pub(super) fn of_desk(set: &'static str, text: &str) -> Vec<Sample> {
    let desk: Value = serde_saphyr::from_str(text).unwrap();
    let mut samples = Vec::new();
    for (texts, does) in lists(&desk) {
        add(&mut samples, set, texts, does, str::to_owned);
    }
    samples
}

/// What the desks say to whoever is upset: a word of regret, and then any of it.
pub(super) fn behind_regrets() -> Vec<Sample> {
    let mut samples = Vec::new();
    for (set, desk, _) in DESKS {
        let desk: Value = serde_saphyr::from_str(desk).unwrap();
        for (texts, does) in lists(&desk) {
            add(
                &mut samples,
                set,
                &behind(&desk["bot"]["regrets"], texts),
                does,
                str::to_owned,
            );
        }
    }
    samples
}

/// The lists of a desk, and what their texts do.
fn lists(desk: &Value) -> Vec<(&Value, [Option<bool>; ACTS])> {
    let topics = desk["topics"].as_object().into_iter().flatten();
    let answers = topics.map(|(_, topic)| (&topic["answers"], NEITHER));
    let said = desk["bot"].as_object().into_iter().flatten().map(|(list, texts)| {
        let act = match list.as_str() {
            "fallbacks" => Some(Act::FallsBack),
            "handoffs" => Some(Act::HandsOver),
            "ask_order_number" => Some(Act::AsksOrderNumber),
            "media_refusals" => Some(Act::RefusesMedia),
            _ => None,
        };
        (texts, act.map_or(stance(false), doing))
    });
    answers.chain(said).collect()
}

/// The texts of a list, each behind one of another list.
fn behind(openings: &Value, texts: &Value) -> Value {
    let of_language = |language: &str| {
        let openings = openings[language].as_array().into_iter().flatten().cycle();
        let texts = texts[language].as_array().into_iter().flatten();
        let both = openings.zip(texts).map(|(opening, text)| {
            let between = if language == "en" { " " } else { "" };
            Value::from([opening.as_str().unwrap(), between, text.as_str().unwrap()].concat())
        });
        both.collect::<Vec<_>>()
    };
    LANGUAGES
        .iter()
        .map(|language| (*language, of_language(language)))
        .collect()
}

/// A wording of this language with something in its slots.
fn filled(wording: &str, place: usize) -> String {
    let fill = |text: String, (slot, values): &(&str, [&str; 2])| text.replace(slot, values[place]);
    SLOTS.iter().fold(wording.to_owned(), fill)
}

/// Adds the texts of a list in both languages.
fn add(
    samples: &mut Vec<Sample>,
    set: &'static str,
    texts: &Value,
    does: [Option<bool>; ACTS],
    said: impl Fn(&str) -> String,
) {
    for (place, language) in LANGUAGES.into_iter().enumerate() {
        for (number, text) in texts[language].as_array().into_iter().flatten().enumerate() {
            let filled = filled(text.as_str().unwrap(), place);
            let media = &MEDIA[place];
            let filled = filled.replace("{{ media }}", media[number % media.len()]);
            samples.extend(Sample::of(&said(&filled), set, does));
        }
    }
}
