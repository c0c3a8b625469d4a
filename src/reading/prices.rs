//! Prices that go without a currency, as people at a desk say them: 一张票70, 人均84左右, 199起, `70 a head`, `rooms go for 199`.
//!
//! A number is one by its build, never by its size alone:
//!
//! ```text
//!  NUMBER rate                 70一位   199/晚   70 a head   84 each
//!  priced link... NUMBER close 一张票才70, 就能进   rooms go for about 199 at weekends
//!  NUMBER 起                   199起
//!  mark link... NUMBER mark    就70哦   it's about 199.
//! ```
//!
//! Each language has its own rates, priced words, links and closes. All of it stands near its number, so that the work is bounded.

mod chinese;
mod english;

use super::numbers::{Number, Spelling, digits};
use super::quantities::is_counted;
use super::units;
use super::values::{Amount, Stated, Value};

/// What is looked at on either side of a number, in bytes.
const NEAR: usize = 64;

/// So many links may stand between a priced word and its number: 人均, 大概, 也就, 在.
const MOST_LINKS: usize = 6;

/// What nothing but a number and links says is a price between these; what is smaller counts things, what is larger is a code.
const ALONE: std::ops::Range<f64> = 10.0..10_000.0;

/// Numbers that are words in chats: bye (88, 886), well done (666).
const FAREWELLS: [f64; 3] = [88.0, 886.0, 666.0];

/// A number of a list: `1.`, `12、`.
const LAST_OF_LIST: f64 = 30.0;

/// The price that a number without a unit is, if it is built like one.
pub(super) fn price(text: &str, number: &Number) -> Option<Stated> {
    let place = Place::of(text, number)?;
    let is_price = place.has_rate() || place.is_priced() || place.is_least() || place.is_alone();
    is_price.then(|| Stated::plain(Value::Money(Amount::exactly(number.value)), number.span.clone()))
}

/// The price that a number is where one was asked for: it counts nothing and names nothing, and its clause may end behind it.
pub(super) fn answer(text: &str, number: &Number) -> Option<Stated> {
    let place = Place::of(text, number)?;
    let closes = chinese::closes(place.after) || english::closes(place.after);
    let is_year = (1_900.0..2_100.0).contains(&number.value);
    let ends_in = |words: &[&str]| words.iter().any(|word| strip_word(place.before, word).is_some());
    let names = ends_in(NAMED) || number.value <= 24.0 && ends_in(TIMED);
    let is_answer = closes && !names && !is_year && !place.is_range && ALONE.contains(&number.value);
    is_answer.then(|| Stated::plain(Value::Money(Amount::exactly(number.value)), number.span.clone()))
}

/// What has a number for its name, or is counted by another measure than money: 房间302, 评分46, `floor 12`.
#[rustfmt::skip]
const NAMED: &[&str] = &[
    "号", "号码", "房间", "室", "楼", "第", "路", "线", "栋", "层", "年", "电话", "分机", "评分", "得分", "排名",
    "版", "型号", "编号", "单号", "尾号", "满分", "号是", "号为", "桌", "座", "排", "限", "限购", "前面", "room",
    "floor", "gate", "bus", "line", "page", "step", "no", "no.", "number", "nr", "ext", "extension", "since",
    "platform", "table", "suite", "building", "version", "chapter", "age", "aged", "under", "over", "top", "level",
    "seat", "row", "track", "route", "highway", "terminal", "rated", "rating", "score", "limit", "another", "next",
    "last", "past", "first", "#", "day", "week",
];

/// What stands before a time of day.
#[rustfmt::skip]
const TIMED: &[&str] = &[
    "从", "到", "至", "前", "后", "at", "to", "from", "in", "by", "until", "till", "before", "after", "than",
];

/// A number that may be a price, and what stands around it.
struct Place<'a> {
    value: f64,
    /// Before it, without marks of emphasis.
    before: &'a str,
    /// True when nothing stands before that.
    begins: bool,
    /// After it, and after the upper end of a range that it begins.
    after: &'a str,
    /// True for the lower end of a range.
    is_range: bool,
}

impl Place<'_> {
    /// Absent for what counts something, or is spelt out and small: such words count more often than they price.
    fn of<'a>(text: &'a str, number: &Number) -> Option<Place<'a>> {
        let is_small_word = number.spelling != Spelling::Digits && number.value < 10.0;
        if is_small_word || number.spelling == Spelling::HanDigits {
            return None;
        }
        let start = text.floor_char_boundary(number.span.start.saturating_sub(NEAR));
        let end = text.ceil_char_boundary((number.span.end + NEAR).min(text.len()));
        let (after, is_range) = beyond_range(&text[number.span.end..end]);
        let counts = is_counted(after) && !chinese::goes_on(after);
        let is_marker = after.starts_with('、') && number.value <= LAST_OF_LIST;
        let after = after.strip_prefix("ish").unwrap_or(after);
        let is_rate = ["pp", "pax"].iter().any(|rate| after.starts_with(rate));
        let is_open = !is_rate && after.starts_with(|c: char| c.is_ascii_alphanumeric() || "%$€£°+#@=".contains(c));
        let before = bare(&text[start..number.span.start]);
        let is_open =
            is_open || units::prefix(before).is_some() || text[..number.span.start].ends_with(['#', '@', '/', '.']);
        if counts || is_marker || is_open || units::suffix(after.trim_start()).is_some() {
            return None;
        }
        Some(Place {
            value: number.value,
            before,
            begins: start == 0,
            after: after.trim_start_matches(is_emphasis),
            is_range,
        })
    }

    /// 70一位, 199/晚, `70 a head`.
    fn has_rate(&self) -> bool {
        self.value > 1.0 && chinese::begins_with_rate(self.after)
            || self.value >= ALONE.start && english::is_rated(self.before, self.after)
    }

    /// 一张票才70, 人均: 84, `the nightly rate is 199`.
    fn is_priced(&self) -> bool {
        chinese::closes(self.after) && chinese::is_priced(self)
            || english::closes(self.after) && english::is_priced(self)
    }

    /// 199起: a price to start from, where no day or hour is meant.
    fn is_least(&self) -> bool {
        let is_year = (1_900.0..2_100.0).contains(&self.value);
        let starts = ["起步", "起价", "起"]
            .iter()
            .find_map(|start| self.after.strip_prefix(start));
        let starts = starts.is_some_and(chinese::closes);
        starts && self.value >= ALONE.start && !is_year && !self.before.ends_with(['从', '自', '由', '号', '日'])
    }

    /// 199哦, 就70, `it's about 84.`: the clause says nothing else.
    fn is_alone(&self) -> bool {
        // 10-18: opening hours.
        if !ALONE.contains(&self.value) || self.is_range && self.value <= 24.0 {
            return false;
        }
        let says_nothing_else = self.before.is_empty() || self.before.ends_with([',', '!', '。', '~']);
        if says_nothing_else && FAREWELLS.contains(&self.value) && !self.after.starts_with(chinese::PARTICLES) {
            return false;
        }
        let rest = chinese::without_particles(english::without_limits(self.after));
        let ends = rest
            .chars()
            .next()
            .is_none_or(|c| ",.!?;\n。~…(".contains(c) || is_picture(c));
        ends && (self.is_all_of_clause(chinese::LINKS) || self.is_all_of_clause(english::ALONE_LINKS))
            && !self.is_of_list(rest)
    }

    /// True when nothing but these links stands between the number and the mark before it.
    fn is_all_of_clause(&self, links: &[&str]) -> bool {
        let rest = without_links(self.before, links);
        let begins = rest.is_empty() && self.begins;
        begins || rest.ends_with(|c: char| ",!?;\n。~…".contains(c) || is_picture(c))
    }

    /// `12. Open the app`: a marker.
    fn is_of_list(&self, rest: &str) -> bool {
        let is_marker = rest.strip_prefix('.').is_some_and(|item| !item.trim().is_empty());
        let begins_line = self.before.trim_end().is_empty() || self.before.ends_with('\n');
        is_marker && begins_line && self.value <= LAST_OF_LIST
    }
}

/// What stands before a number, without emphasis, blanks and what opens a bracket.
fn bare(before: &str) -> &str {
    before.trim_end_matches(|c: char| is_emphasis(c) || c == ' ')
}

/// `**70**`, `_70_`.
pub(super) fn is_emphasis(character: char) -> bool {
    matches!(character, '*' | '_' | '`')
}

fn is_picture(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// What follows on 80-100, and whether there is a second end at all.
fn beyond_range(after: &str) -> (&str, bool) {
    let rest = after.trim_start_matches(is_emphasis);
    let marks = ["-", "~", "–", "—", "到", "至"];
    let far = marks.iter().find_map(|mark| {
        let far = rest.trim_start().strip_prefix(mark)?.trim_start();
        let length = digits(far);
        (length > 0).then(|| &far[length..])
    });
    (far.unwrap_or(after), far.is_some())
}

/// What is left of a text before a number when the links at its end are taken away.
fn without_links<'a>(before: &'a str, links: &[&str]) -> &'a str {
    let mut rest = bare(before);
    for _ in 0..MOST_LINKS {
        let Some(shorter) = links.iter().find_map(|link| strip_word(rest, link)) else {
            break;
        };
        rest = bare(shorter);
    }
    rest
}

/// A text without the word that ends it; a Latin one must be whole.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let rest = text.strip_suffix(word)?;
    let is_latin = word.starts_with(|c: char| c.is_ascii_alphanumeric());
    (!(is_latin && rest.ends_with(|c: char| c.is_ascii_alphanumeric()))).then_some(rest)
}

#[cfg(test)]
mod tests;
