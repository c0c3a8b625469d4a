//! `multipart/form-data`, as far as replies need it: names and texts of its parts, in order (RFC 7578).

mod sieve;

use super::BrokenBody;

pub use sieve::FileSieve;

/// Most parts that are read.
const MOST_PARTS: usize = 100;

/// The parts of `body` as (name, text); the boundary is in the `Content-Type`.
pub(super) fn parse(body: &[u8], content_type: &str) -> Result<Vec<(String, String)>, BrokenBody> {
    let boundary = parameter(content_type, "boundary").ok_or_else(|| broken("its Content-Type names no boundary"))?;
    let mark = format!("--{boundary}");
    let mut fields = Vec::new();
    let mut rest = after(body, mark.as_bytes()).ok_or_else(|| broken("its boundary is not in the body"))?;
    while !rest.starts_with(b"--") {
        let end = find(rest, mark.as_bytes()).ok_or_else(|| broken("it ends before its last boundary"))?;
        if fields.len() == MOST_PARTS {
            return Err(broken("too many parts"));
        }
        fields.extend(part(&rest[..end]));
        rest = &rest[end + mark.len()..];
    }
    Ok(fields)
}

fn broken(reason: &str) -> BrokenBody {
    BrokenBody(format!("not multipart/form-data: {reason}"))
}

/// The name and text of the part `bytes`, which has a line break on both sides.
fn part(bytes: &[u8]) -> Option<(String, String)> {
    let head_end = find(bytes, b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..head_end]);
    let text = &bytes[head_end + 4..];
    let text = text.strip_suffix(b"\r\n").unwrap_or(text);
    let disposition = head.lines().find(|line| {
        let name = line.split(':').next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case("content-disposition")
    })?;
    Some((
        parameter(disposition, "name")?,
        String::from_utf8_lossy(text).into_owned(),
    ))
}

/// The parameter `name` of a header such as `form-data; name="text"`.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        let is_wanted = key.trim().eq_ignore_ascii_case(name) && !value.trim().is_empty();
        is_wanted.then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn after<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    find(bytes, mark).map(|at| &bytes[at + mark.len()..])
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=\"xYz\"";

    #[test]
    fn parts_are_read_with_their_names() {
        let body = "--xYz\r\nContent-Disposition: form-data; name=\"method\"\r\n\r\nsendMessage\r\n\
                    --xYz\r\ncontent-disposition: form-data; name=\"text\"\r\nContent-Type: text/plain\r\n\r\n您好\r\n--xYz--\r\n";
        let fields = parse(body.as_bytes(), TYPE).unwrap();
        assert_eq!(
            fields,
            [("method".into(), "sendMessage".into()), ("text".into(), "您好".into())] as [(String, String); 2]
        );
    }

    #[test]
    fn what_is_not_multipart_is_refused() {
        assert!(
            parse(b"x", "multipart/form-data")
                .unwrap_err()
                .0
                .contains("no boundary")
        );
        assert!(parse(b"x", TYPE).unwrap_err().0.contains("not in the body"));
        assert!(parse(b"--xYz\r\nhalf", TYPE).unwrap_err().0.contains("last boundary"));
    }
}
