//! Where a person can be reached: e-mail, phone numbers in international form, postal addresses.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::patterns::{Pattern, Patterns};
use super::{PersonalKind, Spans};

/// Local part and a domain with at least one dot.
const EMAIL_PATTERN: &str = r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}";

/// `+` or `00`, a country's code and groups of digits; `(415) 555-2671`, 415.555.2671 and 1-415-555-2671; (010) 12345678; in British and Irish
/// groups 0161 496 0142, 020 7946 0958 and 01632 960375, without those that are free to call (080).
const PHONE_PATTERN: &str = r"(?:\+|\b00)[1-9][0-9]{0,14}(?:[ .-]?\(?[0-9]{2,5}\)?){0,6}|(?:\b1[ .-])?\([2-9][0-9]{2}\) ?[2-9][0-9]{2}[ .-][0-9]{4}\b|\b[2-9][0-9]{2}\.[2-9][0-9]{2}\.[0-9]{4}\b|\b1[ .-][2-9][0-9]{2}[ .-][2-9][0-9]{2}[ .-][0-9]{4}\b|\(0[1-9][0-9]{1,2}\) ?[0-9]{7,8}\b|\b0[1-79][0-9]{1,2} [0-9]{3,4} [0-9]{4}\b|\b01[0-9]{3} [0-9]{5,6}\b";

/// A number with the trunk prefix of most countries, 0, behind a word that says that it is a phone's: `call 020 7946 0958`.
const NATIONAL_PATTERN: &str = r"(?:[Pp]hone|[Tt]el(?:ephone)?|[Mm]obile|[Cc]ell|[Cc]all(?:ed|ing)?|[Rr]ing|[Tt]ext(?:ed)?|[Rr]each(?:ed)?|WhatsApp|[Nn]umber)\b[^.!?0-9\n]{0,32}[ :(](?:0[1-9][0-9]{0,4}\)?(?:[ ./-]?[0-9]{2,8}){1,5})\b";

/// Digits of a number with its country's code (ITU-T E.164 allows 15).
pub(super) const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// A Chinese address, from the largest part to the smallest: at least one of province, city and district; a street or an
/// estate; a house number. Characters that lead up to an address ("寄到", "地址是") are part of no name.
const CHINESE_PATTERN: &str = r"(?x)
    (?: (?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川
          |贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)
        (?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)? [\ ,]?
        (?: NAME{1,7}?(?:市|自治州|州|地区|盟) [\ ,]? )?
        (?: NAME{1,7}?(?:区|县|旗|市) [\ ,]? )?
      | NAME{2,7}?(?:市|自治州|地区|盟) [\ ,]? (?: NAME{1,7}?(?:区|县|旗|市) [\ ,]? )?
      | NAME{1,6}?(?:区|县|旗) [\ ,]?
    )
    (?: NAME{1,7}?(?:镇|乡|街道) [\ ,]? )?
    (?: NAME | [A-Za-z0-9] ){1,14}? HOUSE
    (?: [\ ,-]? (?: [A-Za-z]?COUNT[A-Za-z]? (?:-[0-9]{1,5}){0,2} (?:号院|号|室|层|楼|户|院|组|BUILDING)
                  | [A-Za-z](?:区|BUILDING) )
    ){0,6}";
/// A street or an estate with its house number: what every Chinese address holds, and little else does.
const CHINESE_HOUSE_PATTERN: &str = r"(?x)
    (?:大道|大街|胡同|路|街|LANE道|巷|弄|村|小区|花园|苑|大厦|广场|[一二三四五六七八九十]条) [\ ,]?
    (?:[一二三四五六七八九十东西南北中上下]{1,2}段|[东西南北中]路?)? [甲乙丙丁]?
    [A-Za-z]?COUNT (?:-[0-9]{1,5})? (?:号院?|弄|楼|室|组|BUILDING)";
const CHINESE_NAME: &str = r"[\p{Han}&&[^的是在到至往寄送住址我你您他她为把给请们]]";
/// What may stand before 道: a name, but not 街, since a 街道 is a part of a town and "街道11号恢复" tells a date.
const CHINESE_LANE: &str = r"[\p{Han}&&[^街]]";
/// A building, perhaps with the flat's bare number behind it.
const CHINESE_BUILDING: &str = "(?:号楼|栋|幢|座|单元)(?:-?[0-9]{3,4}[室户]?)?";
const CHINESE_COUNT: &str = "[0-9零一二三四五六七八九十百]{1,5}";

/// An English street line: number, capitalised name, kind of street; then flat, town, state and ZIP code where they follow.
/// Kinds that are ordinary words as well (`Drive`, `Way`) count only with a flat or a town. Kinds: United States Postal Service, Publication 28,
/// appendix C1. A box at a post office is an address too; British post codes are known beside ZIP codes.
const ENGLISH_PATTERN: &str = r"(?x)
    \b [0-9]{1,5}[A-Za-z]? [\ ]
    (?: (?: (?:[NSEW]\.?|[A-Z][A-Za-z'.]+|[0-9]{1,3}(?:st|nd|rd|th)) [\ ] ){1,4}
        (?: (?: Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Terrace|Ter|Parkway|Pkwy|Crescent|Mews|Turnpike )\b \.? (?:FLAT)? (?:TOWN)?
          | (?: Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Way|Highway|Hwy|Close|Circle|Cir|Trail|Trl|Grove|Gardens|Row|Alley|Walk|Hill|Quay|Loop|Pike|Path|Run|Heights|Plaza|Park|Cove|Point|Yard|Parade|View|Bend|Rise|Wharf|Hollow|Ridge|Green )\b \.? (?: FLAT (?:TOWN)? | TOWN ) )
      | [a-z]{3,15}[\ ](?:street|avenue|boulevard)\b (?:FLAT)? (?:TOWN)?
      | [A-Z][A-Za-z'.]+ (?:[\ ][A-Z][A-Za-z'.]+){0,3} TOWN ,?[\ ][A-Z]{2}[\ ][0-9]{5}\b
    )
    (?: ,?[\ ][A-Z]{2},?[\ ][0-9]{5}(?:-[0-9]{4})? | ,?[\ ][A-Z]{1,2}[0-9][A-Z0-9]?[\ ]?[0-9][A-Z]{2}\b )?
    | \b P\.?\ ?O\.?\ Box\ [0-9]{1,6} (?:TOWN)? (?: ,?[\ ][A-Z]{2},?[\ ][0-9]{5} )?";
const ENGLISH_FLAT: &str = r"(?: ,?[\ ](?:Apt|Apartment|Suite|Unit|Flat|Floor|\#)\.?[\ ]?[A-Za-z0-9]{1,6} )";
const ENGLISH_TOWN: &str = r"(?: ,[\ ][A-Z][A-Za-z]+(?:[\ ][A-Z][a-z]+)? )";

/// The same, hidden from machines: `mary (at) gmail (dot) com`, `mary.smith at gmail dot com`.
const SPELT_OUT_PATTERN: &str = r"[A-Za-z0-9_%+-]+(?:(?:\.| ?[(\[{]dot[)\]}] ?| dot )[A-Za-z0-9_%+-]+)*(?: ?[(\[{](?:at|AT|@)[)\]}] ?[A-Za-z0-9-]+(?:(?: ?[(\[{](?:dot|DOT)[)\]}] ?| (?:dot|DOT) |\.)[A-Za-z0-9-]+){0,3}(?: ?[(\[{](?:dot|DOT)[)\]}] ?| (?:dot|DOT) |\.)|(?: (?:at|AT) )[A-Za-z0-9-]+(?: (?:dot|DOT) [A-Za-z0-9-]+){0,3} (?:dot|DOT) )[A-Za-z]{2,8}\b";
static HIDDEN_AT: LazyLock<Regex> = LazyLock::new(|| compiled(r" ?[(\[{](?:at|@)[)\]}] ?| at "));
static HIDDEN_DOT: LazyLock<Regex> = LazyLock::new(|| compiled(r" ?[(\[{]dot[)\]}] ?| dot "));

/// All of them, so that one pass over a text tells which may be there.
pub(in super::super) static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let english = ENGLISH_PATTERN
        .replace("FLAT", ENGLISH_FLAT)
        .replace("TOWN", ENGLISH_TOWN);
    let house = spelt_out(CHINESE_HOUSE_PATTERN);
    Patterns::new(&[
        EMAIL_PATTERN,
        SPELT_OUT_PATTERN,
        PHONE_PATTERN,
        NATIONAL_PATTERN,
        &house,
        &english,
    ])
});
const EMAILS: Range<usize> = 0..2;
const PHONES: Range<usize> = 2..3;
const NATIONAL: Range<usize> = 3..4;
const CHINESE_HOUSES: Range<usize> = 4..5;
const ENGLISH: Range<usize> = 5..6;
static CHINESE: LazyLock<Regex> = LazyLock::new(|| chinese(CHINESE_PATTERN));

/// What may tell a place in a text.
pub(super) struct Places<'a> {
    text: &'a str,
    /// The patterns that may match, by their place among all.
    tried: Vec<(usize, &'static Pattern)>,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: &'a str) -> Places<'a> {
        let tried = PATTERNS.tried(text).collect();
        Places { text, tried }
    }

    fn found(&self, of: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let tried = self.tried.iter().filter(move |(place, _)| of.contains(place));
        tried.flat_map(|(_, pattern)| pattern.find_iter(self.text))
    }

    pub(super) fn emails(&self, spans: &mut Spans) {
        self.found(EMAILS)
            .for_each(|found| spans.take(found, PersonalKind::Email));
    }

    /// Finds phone numbers that say themselves that they are such.
    pub(super) fn phones(&self, spans: &mut Spans) {
        let text = self.text;
        for found in self.found(PHONES) {
            let is_sum = text[..found.start].ends_with(|last: char| last.is_ascii_alphanumeric() || last == '.');
            if has_digits_of_a_phone(&text[found.clone()]) && !is_sum {
                spans.take(found, PersonalKind::Phone);
            }
        }
        for found in self.found(NATIONAL) {
            let words = text[found.clone()].find(|c: char| c.is_ascii_digit()).unwrap_or(0);
            let number = found.start + words..found.end;
            if has_digits_of_a_phone(&text[number.clone()]) {
                spans.take(number, PersonalKind::Phone);
            }
        }
    }

    pub(super) fn chinese_addresses(&self, spans: &mut Spans) {
        if self.found(CHINESE_HOUSES).next().is_some() {
            CHINESE
                .find_iter(self.text)
                .for_each(|found| spans.take(behind_a_name(self.text, found.range()), PersonalKind::Address));
        }
    }

    /// Each has a number in digits.
    pub(super) fn english_addresses(&self, spans: &mut Spans) {
        self.found(ENGLISH)
            .for_each(|found| spans.take(found, PersonalKind::Address));
    }
}

/// An e-mail address as it is sent to: without what hides it from machines.
pub(super) fn mailbox(written: &str) -> String {
    let plain = HIDDEN_AT.replace_all(written, "@");
    HIDDEN_DOT.replace_all(&plain, ".").replace(' ', "")
}

fn has_digits_of_a_phone(written: &str) -> bool {
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    // International numbers may begin with two zeros.
    PHONE_DIGITS.contains(&digits.saturating_sub(if written.starts_with("00") { 2 } else { 0 }))
}

/// A place without what was taken for the beginning of its city's name: 捐赠者周建国[上海市...].
fn behind_a_name(text: &str, found: Range<usize>) -> Range<usize> {
    static LARGEST: LazyLock<Regex> = LazyLock::new(|| {
        let region = "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门";
        compiled(&format!(
            r"^[\p{{Han}}&&[^市省区县州盟旗路街道]]{{1,7}}?(?P<place>{region})(?:[省市]|\p{{Han}}{{1,6}}?[市区县州])"
        ))
    });
    let place = LARGEST
        .captures(&text[found.clone()])
        .and_then(|found| found.name("place"));
    found.start + place.map_or(0, |place| place.start())..found.end
}

fn chinese(pattern: &str) -> Regex {
    compiled(&spelt_out(pattern))
}

fn spelt_out(pattern: &str) -> String {
    let pattern = pattern.replace("HOUSE", CHINESE_HOUSE_PATTERN.trim_start_matches("(?x)"));
    let pattern = pattern.replace("NAME", CHINESE_NAME).replace("LANE", CHINESE_LANE);
    pattern
        .replace("BUILDING", CHINESE_BUILDING)
        .replace("COUNT", CHINESE_COUNT)
}

/// A boundary of words that only looks at ASCII lets an expression run as an automaton on Chinese text.
fn compiled(pattern: &str) -> Regex {
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a valid pattern")
}
