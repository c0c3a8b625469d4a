//! A piece without its text. Most pieces of an answer differ from the one before in their few letters of text alone, so that
//! they need not be read as JSON: what they were cast in is known.

/// The longest piece of which one is kept, in bytes: every open answer may hold its own.
const LONGEST: usize = 4 << 10;

/// What stands around the text of a piece.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mould {
    /// Up to and with the quotation mark that opens the text.
    before: String,
    /// From the quotation mark that closes it.
    behind: String,
}

impl Mould {
    /// That of a JSON text in which this text is the value of a string; none where it cannot be told for sure in which place.
    ///
    /// Without a backslash strings stand there as they are, so that the value's is among the places where the text stands between
    /// quotation marks, and is the only one if there is only one.
    pub(super) fn of(piece: &str, text: &str) -> Option<Mould> {
        if piece.len() > LONGEST || piece.contains('\\') {
            return None;
        }
        let quoted = format!("\"{text}\"");
        let place = piece.find(&quoted)?;
        let is_only = !piece[place + 1..].contains(&quoted);
        is_only.then(|| Mould {
            before: piece[..=place].to_owned(),
            behind: piece[place + quoted.len() - 1..].to_owned(),
        })
    }

    /// The text of another piece that says the same but for it.
    pub(super) fn text<'a>(&self, piece: &'a str) -> Option<&'a str> {
        let text = piece
            .strip_prefix(self.before.as_str())?
            .strip_suffix(self.behind.as_str())?;
        let stands_as_it_is = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\');
        text.bytes().all(stands_as_it_is).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn a_text_is_taken_from_its_place_alone() {
        let mould = Mould::of(r#"{"a": {"b": "hi"}, "c": "x"}"#, "hi").unwrap();
        for (piece, text) in [
            (r#"{"a": {"b": "hi"}, "c": "x"}"#, Some("hi")),
            (r#"{"a": {"b": ""}, "c": "x"}"#, Some("")),
            (r#"{"a": {"b": "您好: ,"}, "c": "x"}"#, Some("您好: ,")),
            (r#"{"a": {"b": "hi"}, "c": "y"}"#, None),
            (r#"{"a": {"b": "h\"i"}, "c": "x"}"#, None),
            (r#"{"a": {"b": "h\u0069"}, "c": "x"}"#, None),
            (r#"{"a": {"b": "hi", "d": "e"}, "c": "x"}"#, None),
            ("{\"a\": {\"b\": \"h\ni\"}, \"c\": \"x\"}", None),
            (r#"{"a": {"b": "}, "c": "x"}"#, None),
            ("", None),
        ] {
            assert_eq!(mould.text(piece), text, "{piece}");
        }
    }

    #[test]
    fn where_the_place_is_not_sure_there_is_none() {
        for (piece, text) in [
            (r#"{"a": "a"}"#, "a"),
            (r#"{"a":":"}"#, ":"),
            (r#"{"a": "hi", "b": "hi"}"#, "hi"),
            (r#"{"a": "x", "b": "\u0078"}"#, "x"),
            (r#"{"a": 1}"#, "1"),
        ] {
            assert_eq!(Mould::of(piece, text), None, "{piece}");
        }
        let long = json!({"a": "hi", "b": "b".repeat(LONGEST)}).to_string();
        assert_eq!(Mould::of(&long, "hi"), None);
    }

    fn piece(names: &[String], text: &str) -> Value {
        let others = names.iter().map(|name| (name.clone(), Value::from(name.as_str())));
        let mut piece: Value = others.collect();
        piece["text"] = json!([{"v": text}]);
        piece
    }

    proptest! {
        #[test]
        fn a_piece_cast_in_the_mould_of_another_differs_from_it_in_nothing_but_the_text(
            names in prop::collection::vec("[a:,\"\\\\]{0,3}", 0..4),
            (first, next) in ("[a:, 您\"\\\\]{0,4}", "[a:, 您\"\\\\\n]{0,4}"),
        ) {
            let (first_piece, next_piece) = (piece(&names, &first), piece(&names, &next));
            if let Some(mould) = Mould::of(&first_piece.to_string(), &first) {
                let (next_piece, stands_as_it_is) = (next_piece.to_string(), !next.contains(['"', '\\', '\n']));
                prop_assert_eq!(mould.text(&next_piece), stands_as_it_is.then_some(next.as_str()));
            }
        }
    }
}
