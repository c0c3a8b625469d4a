//! Numbers that are written in English words: forty-eight, two hundred and fifty, a dozen.

/// The English number with which `text` begins and its length in bytes: `seven`, `forty-eight`, `three hundred`,
/// `a thousand`, `two dozen`, `two and a half`. "a" counts only before a word that it multiplies.
pub(super) fn english_number(text: &str) -> Option<(f64, usize)> {
    if !text.starts_with(['a', 'e', 'f', 'n', 'o', 's', 't']) {
        return None;
    }
    let (mut value, mut end) = group(text)?;
    if let Some(length) = word(&text[end..], "thousand") {
        (value, end) = (value * 1_000.0, end + length);
        if let Some((rest, length)) = joined(&text[end..], group) {
            (value, end) = (value + rest, end + length);
        }
    }
    if let Some(rest) = text[end..].strip_prefix(" and a half")
        && !rest.starts_with(|next: char| next.is_ascii_alphanumeric())
    {
        (value, end) = (value + 0.5, end + " and a half".len());
    }
    let at_end = !text[end..].starts_with(|next: char| next.is_ascii_alphanumeric());
    at_end.then_some((value, end))
}

/// A number below a thousand, or what multiplies a thousand: forty-eight, two hundred and fifty, fifteen hundred. Of `two hundred and
/// five hundred` it is the first.
fn group(text: &str) -> Option<(f64, usize)> {
    let (mut value, mut end) = below_hundred(text).or_else(|| article(text))?;
    if let Some(length) = word(&text[end..], "dozen") {
        return Some((value * 12.0, end + length));
    }
    if let Some(length) = word(&text[end..], "hundred") {
        (value, end) = (value * 100.0, end + length);
        if let Some((rest, length)) = joined(&text[end..], below_hundred)
            && word(&text[end + length..], "hundred").is_none()
        {
            (value, end) = (value + rest, end + length);
        }
    }
    Some((value, end))
}

/// "a" before a word that multiplies.
fn article(text: &str) -> Option<(f64, usize)> {
    let rest = text.strip_prefix('a')?;
    let multiplies = ["hundred", "thousand", "dozen"]
        .iter()
        .any(|name| word(rest, name).is_some());
    multiplies.then_some((1.0, 1))
}

fn below_hundred(text: &str) -> Option<(f64, usize)> {
    let (first, mut end) = single(text)?;
    let mut value = first;
    if first >= 20 {
        let joint = text[end..].strip_prefix(['-', ' ']);
        if let Some((unit @ 1..=9, length)) = joint.and_then(single) {
            value += unit;
            end += 1 + length;
        }
    }
    Some((f64::from(value), end))
}

/// What follows after a space or `and`, and the length of both.
fn joined(text: &str, part: impl Fn(&str) -> Option<(f64, usize)>) -> Option<(f64, usize)> {
    let start = if text.starts_with(" and ") { " and ".len() } else { 1 };
    let (value, length) = part(text.get(start..).filter(|_| text.starts_with(' '))?)?;
    Some((value, start + length))
}

/// The length of a space or hyphen and this word, if the text begins with them.
fn word(text: &str, name: &str) -> Option<usize> {
    let rest = text.strip_prefix([' ', '-'])?.strip_prefix(name)?;
    (!rest.starts_with(|next: char| next.is_ascii_alphanumeric())).then_some(1 + name.len())
}

fn single(text: &str) -> Option<(u32, usize)> {
    // The longest of the words has nine letters.
    let end = text.bytes().take(10).take_while(u8::is_ascii_lowercase).count();
    if !(3..=9).contains(&end) {
        return None;
    }
    let word = &text[..end];
    let found = ENGLISH.iter().find(|(name, _)| *name == word)?;
    Some((found.1, end))
}

const ENGLISH: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_numbers_have_their_value_and_length() {
        for (text, found) in [
            ("seven days", Some((7.0, 5))),
            ("forty-eight hours", Some((48.0, 11))),
            ("twenty four", Some((24.0, 11))),
            ("three hundred yuan", Some((300.0, 13))),
            ("thirty", Some((30.0, 6))),
            ("two hundred and fifty yuan", Some((250.0, 21))),
            ("two hundred and five hundred yuan", Some((200.0, 11))),
            ("two-hundred-yuan tab", Some((200.0, 11))),
            ("one thousand two hundred yuan", Some((1_200.0, 24))),
            ("fifteen hundred", Some((1_500.0, 15))),
            ("a hundred yuan", Some((100.0, 9))),
            ("a dozen eggs", Some((12.0, 7))),
            ("two dozen", Some((24.0, 9))),
            ("two and a half days", Some((2.5, 14))),
            ("two and a halfling", Some((2.0, 3))),
            ("a day", None),
            ("hundreds of", None),
            ("someone", None),
            ("tent", None),
            ("often", None),
        ] {
            assert_eq!(english_number(text), found, "{text}");
        }
    }
}
