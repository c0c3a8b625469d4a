//! Words next to a subject's own: 叫醒 of 叫醒服务, 健身中心 of 健身房, `wake up calls` and `wakeup service` of `wake-up call`.
//!
//! They are looked for only in the answer to who asked for the subject, where nothing else is likely to be meant.

use crate::reading::subjects::Subject;

/// What a subject is, as its last characters say: the rest names it too.
const KINDS: [&str; 14] = [
    "服务", "设施", "功能", "中心", "业务", "房", "室", "池", "场", "馆", "厅", "区", "位", "费",
];

/// The same as a last word.
const LAST_WORDS: [&str; 9] = [
    "call",
    "calls",
    "service",
    "services",
    "facility",
    "facilities",
    "room",
    "option",
    "access",
];

/// Words that without their last one name another thing: who is to set an alarm gets no alarm call.
const OTHER_THINGS: [&str; 5] = ["alarm", "room", "phone", "telephone", "guest"];

/// The fewest characters that still name something.
const FEWEST: usize = 2;

impl Subject {
    /// The subject with the words next to its own; absent when there are none.
    pub(super) fn with_kin(&self) -> Option<Subject> {
        let mut words: Vec<String> = self.words().map(str::to_owned).collect();
        let own = words.len();
        let stems: Vec<String> = self.words().filter_map(stem).collect();
        words.extend(stems);
        let respelt: Vec<String> = words.iter().flat_map(|word| respelt(word)).collect();
        words.extend(respelt);
        (words.len() > own).then(|| Subject::new(&words))
    }
}

impl Subject {
    /// What is done, where the subject is a service: 叫 of 叫醒服务, in 不叫早, 叫您起床.
    pub(super) fn verb(&self) -> Option<Subject> {
        let done = self.words().filter_map(|word| word.strip_suffix("服务"));
        let verbs: Vec<String> = done.filter_map(|word| word.chars().next()).map(String::from).collect();
        (!verbs.is_empty()).then(|| Subject::new(&verbs))
    }
}

/// The word without what says of which kind it is.
fn stem(word: &str) -> Option<String> {
    let rest = match word.is_ascii() {
        true => {
            let (rest, last) = word.rsplit_once(' ')?;
            let is_one = LAST_WORDS.contains(&last) && !OTHER_THINGS.contains(&rest);
            is_one.then_some(rest)?
        }
        false => KINDS.iter().find_map(|kind| word.strip_suffix(kind))?,
    };
    (rest.chars().count() >= FEWEST).then(|| rest.to_owned())
}

/// The word with its hyphens written as blanks, or not at all; what is done as who does it says: `wake guests` of `waking guests`.
fn respelt(word: &str) -> Vec<String> {
    let done = word
        .split_once("ing ")
        .filter(|(stem, _)| stem.len() >= FEWEST && !stem.contains(' '));
    if let Some((stem, whom)) = done {
        let forms = ["", "e", "ing up", " up", "e up"];
        return forms.map(|end| format!("{stem}{end} {whom}")).into();
    }
    match word.contains('-') {
        true => vec![word.replace('-', " "), word.replace('-', "")],
        false => Vec::new(),
    }
}
