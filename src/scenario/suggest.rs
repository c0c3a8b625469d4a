//! "Did you mean ...?", and lists of what there is.

/// Lists longer than this are cut, so that a message stays readable.
const MOST_LISTED: usize = 20;
/// Bytes of a character in UTF-8.
const LONGEST_CHARACTER: usize = 4;

/// The known word nearest to `word`, if it is near enough to be a slip.
pub(super) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let spelled = |text: &str| text.to_lowercase().replace(['_', ' ', '.'], "-");
    let wanted = spelled(word);
    known
        .into_iter()
        .map(|candidate| (slips_allowed(&wanted, candidate), candidate))
        .filter(|(allowed, candidate)| wanted.len().abs_diff(candidate.len()) <= allowed * LONGEST_CHARACTER)
        .map(|(allowed, candidate)| {
            (
                allowed,
                strsim::damerau_levenshtein(&wanted, &spelled(candidate)),
                candidate,
            )
        })
        .filter(|(allowed, distance, _)| distance <= allowed)
        .map(|(_, distance, candidate)| (distance, candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A third of the longer word's letters, and never the whole of a word.
fn slips_allowed(word: &str, candidate: &str) -> usize {
    let (word, candidate) = (word.chars().count(), candidate.chars().count());
    (word.max(candidate) / 3).min(word.min(candidate).saturating_sub(1))
}

/// The hint for a word that is not among the known ones.
pub(super) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|known| format!("did you mean `{known}`?"))
}

/// `` `a`, `b`, `c` ``, or "none".
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.len() {
        0 => "none".to_owned(),
        count if count > MOST_LISTED => {
            format!("{} and {} more", words[..MOST_LISTED].join(", "), count - MOST_LISTED)
        }
        _ => words.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word_and_another_word_finds_none() {
        let known = ["patience", "persona", "reply_time", "for"];
        for (word, expected) in [
            ("patiance", Some("patience")),
            ("reply-time", Some("reply_time")),
            ("Persona", Some("persona")),
            ("colour", None),
            ("x", None),
            ("fro", Some("for")),
        ] {
            assert_eq!(nearest(word, known), expected, "{word}");
        }
    }

    #[test]
    fn long_lists_are_cut() {
        let words: Vec<String> = (0..23).map(|number| number.to_string()).collect();
        assert!(listed(words.iter().map(String::as_str)).ends_with("`19` and 3 more"));
        assert_eq!(listed([]), "none");
    }
}
