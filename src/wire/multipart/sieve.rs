//! Takes the files out of a multipart body while it comes in, so that one of any length fits into little memory.

use super::{after, find, parameter};

/// What stands in for the contents of a file.
const FILE: &[u8] = b"(file)";
/// Longest head of a part, in bytes.
const LONGEST_HEAD: usize = 8 << 10;

/// A body that comes in pieces, and what is kept of it: all but the contents of files.
#[derive(Debug)]
pub struct FileSieve {
    /// What ends a part's contents.
    mark: Vec<u8>,
    within: Within,
    /// What may be the beginning of a mark or head.
    held: Vec<u8>,
    kept: Vec<u8>,
    most: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// A part's head, or the end of the last one.
    Head,
    /// Contents that are kept.
    Text,
    /// Contents that are not; true once there were some.
    File(bool),
    /// What comes after the last part.
    End,
    /// More than is kept, or nothing that can be read.
    Nothing,
}

impl FileSieve {
    /// A sieve for a body of this `Content-Type`, which keeps `most` bytes; nothing for one that is not multipart.
    pub fn of(content_type: &str, most: usize) -> Option<FileSieve> {
        let kind = content_type.trim_start().to_ascii_lowercase();
        let boundary = parameter(content_type, "boundary").filter(|_| kind.starts_with("multipart/form-data"))?;
        Some(FileSieve {
            mark: format!("\r\n--{boundary}").into_bytes(),
            within: Within::Text,
            // The first mark may be all that the body begins with.
            held: b"\r\n".to_vec(),
            kept: Vec::new(),
            most,
        })
    }

    /// Takes in the next piece.
    pub fn push(&mut self, piece: &[u8]) {
        self.held.extend_from_slice(piece);
        while self.step() {}
    }

    /// The body without the contents of files; nothing when more than that is too long.
    pub fn finish(mut self) -> Option<Vec<u8>> {
        let rest = std::mem::take(&mut self.held);
        match self.within {
            Within::Head | Within::Text => self.keep(&rest),
            Within::File(_) | Within::End | Within::Nothing => {}
        }
        (self.within != Within::Nothing).then_some(self.kept)
    }

    /// Goes on to the next part of a part; false when more must come first.
    fn step(&mut self) -> bool {
        match self.within {
            Within::Head => self.read_head(),
            Within::Text | Within::File(_) => self.read_contents(),
            Within::End | Within::Nothing => {
                self.held.clear();
                false
            }
        }
    }

    fn read_head(&mut self) -> bool {
        if self.held.starts_with(b"--") {
            self.within = Within::End;
            self.keep(b"--");
            return true;
        }
        let Some(rest) = after(&self.held, b"\r\n\r\n") else {
            if self.held.len() > LONGEST_HEAD {
                self.within = Within::Nothing;
            }
            return false;
        };
        let head: Vec<u8> = self.held.drain(..self.held.len() - rest.len()).collect();
        self.within = match is_of_a_file(&head) {
            true => Within::File(false),
            false => Within::Text,
        };
        self.keep(&head);
        true
    }

    fn read_contents(&mut self) -> bool {
        let end = find(&self.held, &self.mark);
        let has_mark = end.is_some();
        // A mark may have begun at the very end.
        let contents = end.unwrap_or_else(|| self.held.len().saturating_sub(self.mark.len() - 1));
        let mark = if has_mark { self.mark.len() } else { 0 };
        let taken: Vec<u8> = self.held.drain(..contents + mark).collect();
        match self.within {
            Within::File(was_shown) => {
                let is_shown = was_shown || contents > 0;
                self.within = Within::File(is_shown);
                if is_shown && !was_shown {
                    self.keep(FILE);
                }
                self.keep(&taken[contents..]);
            }
            _ => self.keep(&taken),
        }
        if has_mark && self.within != Within::Nothing {
            self.within = Within::Head;
        }
        has_mark
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.kept.extend_from_slice(bytes);
        if self.kept.len() > self.most {
            self.within = Within::Nothing;
            self.kept = Vec::new();
        }
    }
}

/// True when the part names a file.
fn is_of_a_file(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    lines.any(|line| {
        let is_disposition = line
            .trim_start()
            .to_ascii_lowercase()
            .starts_with("content-disposition");
        is_disposition && (parameter(line, "filename").is_some() || parameter(line, "filename*").is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=xYz";

    fn body(file: &str) -> String {
        format!(
            "--xYz\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n17\r\n\
             --xYz\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n{file}\r\n\
             --xYz\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\n您好\r\n--xYz--\r\n"
        )
    }

    fn sieved(body: &str, piece: usize) -> Option<Vec<(String, String)>> {
        let mut sieve = FileSieve::of(TYPE, 1_000)?;
        for piece in body.as_bytes().chunks(piece) {
            sieve.push(piece);
            assert!(sieve.held.len() <= LONGEST_HEAD + piece.len(), "{}", sieve.held.len());
        }
        Some(parse(&sieve.finish()?, TYPE).unwrap())
    }

    #[test]
    fn a_file_of_any_length_leaves_only_its_name_in_whatever_pieces_it_comes() {
        let files = [
            "x".repeat(100_000),
            "\r\n--xY\r\n--x\r\n\r\n".repeat(500),
            "y".to_owned(),
        ];
        for file in files {
            for piece in [1, 2, 7, 64, 8_192] {
                let fields = sieved(&body(&file), piece).unwrap();
                let expected = [("chat_id", "17"), ("photo", "(file)"), ("caption", "您好")];
                let expected = expected.map(|(name, text)| (name.to_owned(), text.to_owned()));
                assert_eq!(fields, expected, "in pieces of {piece}");
            }
        }
        assert_eq!(sieved(&body(""), 3).unwrap()[1].1, "", "an empty file shows nothing");
    }

    #[test]
    fn what_is_no_file_stays_bounded_too() {
        let long = body("x").replace("17", &"1".repeat(2_000));
        assert_eq!(sieved(&long, 64), None);
        let mut sieve = FileSieve::of(TYPE, 100_000).unwrap();
        sieve.push(b"--xYz");
        for _ in 0..1_000 {
            sieve.push(&[b'h'; 100]);
        }
        assert!(sieve.held.len() <= LONGEST_HEAD + 100 && sieve.finish().is_none());
        assert!(FileSieve::of("application/json", 10).is_none());
        assert!(FileSieve::of("multipart/form-data", 10).is_none());
    }
}
