//! What a plain YAML scalar means: the core schema of YAML 1.2 (section 10.3.2), save that a number with a leading zero
//! is text. `007` and phone numbers are identifiers far more often than numbers.

/// The meaning of a plain scalar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Plain<'a> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(&'a str),
}

/// True for the ways to write nothing.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// What a plain scalar means where nothing says what is wanted.
pub(super) fn resolve(text: &str) -> Plain<'_> {
    match text {
        _ if is_null(text) => Plain::Null,
        "true" | "True" | "TRUE" => Plain::Bool(true),
        "false" | "False" | "FALSE" => Plain::Bool(false),
        _ => number(text).unwrap_or(Plain::Text(text)),
    }
}

fn number(text: &str) -> Option<Plain<'_>> {
    let radix = |prefix: &str, radix| {
        let digits = text.strip_prefix(prefix)?;
        let digits = digits
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric())
            .then_some(digits)?;
        u64::from_str_radix(digits, radix).ok().map(Plain::Unsigned)
    };
    if let Some(number) = radix("0x", 16).or_else(|| radix("0o", 8)) {
        return Some(number);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = &unsigned[..unsigned.find(['.', 'e', 'E']).unwrap_or(unsigned.len())];
    let has_digits = unsigned.bytes().any(|byte| byte.is_ascii_digit());
    let has_only = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-');
    if !has_digits || !unsigned.bytes().all(has_only) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    if whole.len() == unsigned.len() {
        let positive = || text.strip_prefix('+').unwrap_or(text).parse().ok().map(Plain::Unsigned);
        let negative = || text.parse().ok().map(Plain::Signed);
        if let Some(number) = positive().or_else(negative) {
            return Some(number);
        }
    }
    let float: f64 = text.parse().ok()?;
    float.is_finite().then_some(Plain::Float(float))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_mean_what_yaml_1_2_says_save_for_leading_zeros() {
        for (text, meaning) in [
            ("", Plain::Null),
            ("~", Plain::Null),
            ("true", Plain::Bool(true)),
            ("yes", Plain::Text("yes")),
            ("0", Plain::Unsigned(0)),
            ("-3", Plain::Signed(-3)),
            ("+3", Plain::Unsigned(3)),
            ("007", Plain::Text("007")),
            ("13800138000", Plain::Unsigned(13_800_138_000)),
            ("0x1F", Plain::Unsigned(31)),
            ("0.5", Plain::Float(0.5)),
            (".5", Plain::Float(0.5)),
            ("1e3", Plain::Float(1000.0)),
            ("18446744073709551616", Plain::Float(18_446_744_073_709_551_616.0)),
            ("1.2.3", Plain::Text("1.2.3")),
            ("-", Plain::Text("-")),
            (".", Plain::Text(".")),
            ("e5", Plain::Text("e5")),
            (".nan", Plain::Text(".nan")),
            ("1e999", Plain::Text("1e999")),
            ("2026-11-11", Plain::Text("2026-11-11")),
            ("350/s", Plain::Text("350/s")),
        ] {
            assert_eq!(resolve(text), meaning, "{text}");
        }
    }
}
