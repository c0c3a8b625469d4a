//! The words of a command line, as a POSIX shell reads them. Nothing is expanded: no variable, no pattern, no command.

use super::CommandError;

/// Splits `command` into its words: plain, `'...'`, `"..."`, `$'...'`, with `\` before what stands for itself.
pub(super) fn words(command: &str) -> Result<Vec<String>, CommandError> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = command.chars().peekable();
    while let Some(next) = rest.next() {
        match next {
            '\'' => word
                .get_or_insert_default()
                .push_str(&quoted(&mut rest, '\'', |_, _| None)?),
            '"' => word
                .get_or_insert_default()
                .push_str(&quoted(&mut rest, '"', in_double)?),
            '$' if rest.next_if_eq(&'\'').is_some() => {
                word.get_or_insert_default()
                    .push_str(&quoted(&mut rest, '\'', in_ansi)?);
            }
            '\\' => match rest.next() {
                // A line that goes on.
                Some('\n') => {}
                Some('\r') => drop(rest.next_if_eq(&'\n')),
                Some(escaped) => word.get_or_insert_default().push(escaped),
                None => {}
            },
            '\n' | ';' | '|' | '&' if word.is_some() || !words.is_empty() => break,
            space if space.is_whitespace() => words.extend(word.take()),
            plain => word.get_or_insert_default().push(plain),
        }
    }
    words.extend(word);
    Ok(words)
}

type Letters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

/// What stands up to `end`; `escaped` says what a backslash and the letter behind it mean, if anything.
fn quoted(
    rest: &mut Letters<'_>,
    end: char,
    escaped: impl Fn(char, &mut Letters<'_>) -> Option<String>,
) -> Result<String, CommandError> {
    let mut text = String::new();
    while let Some(next) = rest.next() {
        match next {
            _ if next == end => return Ok(text),
            '\\' => {
                let mut ahead = rest.clone();
                let meant = ahead.next().and_then(|letter| escaped(letter, &mut ahead));
                match meant {
                    Some(meant) => {
                        text.push_str(&meant);
                        *rest = ahead;
                    }
                    None => text.push('\\'),
                }
            }
            plain => text.push(plain),
        }
    }
    Err(CommandError::Unclosed(end))
}

fn in_double(letter: char, _: &mut Letters<'_>) -> Option<String> {
    match letter {
        '\n' => Some(String::new()),
        '"' | '\\' | '$' | '`' => Some(letter.into()),
        _ => None,
    }
}

/// In `$'...'`, which browsers use for what plain quotes cannot hold.
fn in_ansi(letter: char, ahead: &mut Letters<'_>) -> Option<String> {
    let mut code = |digits: usize| {
        let hex: String = std::iter::from_fn(|| ahead.next_if(char::is_ascii_hexdigit))
            .take(digits)
            .collect();
        u32::from_str_radix(&hex, 16)
            .ok()
            .and_then(char::from_u32)
            .map(String::from)
    };
    match letter {
        'n' => Some("\n".to_owned()),
        'r' => Some("\r".to_owned()),
        't' => Some("\t".to_owned()),
        '\\' | '\'' | '"' | '?' | '!' => Some(letter.into()),
        'x' => code(2),
        'u' => code(4),
        'U' => code(8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_as_a_shell_splits_them() {
        for (command, expected) in [
            ("curl 'a b' \"c \\\"d\\\" $e\"", vec!["curl", "a b", "c \"d\" $e"]),
            ("curl \\\n  -H 'x: y' \\\r\n z", vec!["curl", "-H", "x: y", "z"]),
            ("curl $'it\\'s \\u4f60\\n' a\\ b''c", vec!["curl", "it's 你\n", "a bc"]),
            ("\n curl a\nrm -rf /", vec!["curl", "a"]),
            ("curl a;b", vec!["curl", "a"]),
            ("curl '' x", vec!["curl", "", "x"]),
            ("curl 'a\\b'", vec!["curl", "a\\b"]),
        ] {
            assert_eq!(words(command).unwrap(), expected, "{command}");
        }
        assert_eq!(words("curl 'a").unwrap_err(), CommandError::Unclosed('\''));
    }
}
