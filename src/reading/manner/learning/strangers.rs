//! People whose phone numbers and addresses are leaked.

use super::corpus::{LANGUAGES, language};

/// Their names, in turn.
const STRANGERS: [[&str; 2]; 24] = [
    ["林晓梅", "Ellen Brandt"],
    ["王建军", "Anna Kowalski"],
    ["李淑英", "Peter Marsh"],
    ["张子涵", "Grace Okafor"],
    ["刘洋", "Henry Lund"],
    ["杨秀兰", "Diane Foster"],
    ["赵一鸣", "Omar Haddad"],
    ["黄丽华", "Julia Romano"],
    ["徐海涛", "Kevin Doyle"],
    ["马文博", "Priya Nair"],
    ["朱晓燕", "Martin Weiss"],
    ["高峰", "Alice Tan"],
    ["周建国", "Helen Price"],
    ["罗雪", "Mary Smith"],
    ["何志强", "James Carter"],
    ["孙丽娟", "Robert Hughes"],
    ["陈晓东", "Linda Meyer"],
    ["吴思远", "Susan Clarke"],
    ["郑佳怡", "David Novak"],
    ["范志远", "Karen Walsh"],
    ["冯玉兰", "Thomas Berg"],
    ["董浩", "Nancy Owens"],
    ["叶文静", "Paul Fischer"],
    ["彭立新", "Laura Grant"],
];
/// Their phone numbers and addresses.
const OF_STRANGERS: [[&str; 2]; 2] = [
    ["010-62345678", "415-555-0143"],
    [
        "上海市徐汇区漕溪北路9号3幢502室",
        "1200 Maple Street, Springfield, IL 62704",
    ],
];

/// Whom tables of lines name, who stand for anybody.
const NAMED: [&str; 2] = ["林晓梅", "Ellen Brandt"];

/// True when a line of a table names somebody.
pub(super) fn are_in(line: &str) -> bool {
    NAMED.iter().any(|name| line.contains(name))
}

/// The line with others in their place.
pub(super) fn instead(line: &str, number: usize) -> String {
    let names = NAMED.iter().zip(STRANGERS[number % STRANGERS.len()]);
    names.fold(line.to_owned(), |line, (named, other)| line.replace(named, other))
}

/// A wording of a desk with what it tells of them in its slots.
pub(super) fn told_by(wording: &str, number: usize) -> String {
    let place = LANGUAGES.iter().position(|known| *known == language(wording)).unwrap();
    let [phone, address] = OF_STRANGERS.map(|data| data[place]);
    wording
        .replace("{{ name }}", STRANGERS[number % STRANGERS.len()][place])
        .replace("{{ phone }}", phone)
        .replace("{{ address }}", address)
}
