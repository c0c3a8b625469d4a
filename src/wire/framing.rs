//! Pieces of a stream out of bytes, as the profile declares it; never sniffed (some bots call bare JSON lines
//! `text/event-stream`).

use std::borrow::Cow;

use super::ndjson::Ndjson;
use super::sse::Sse;
use crate::scenario::Framing;

/// One piece of a stream, as long as it is being told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The event's name; empty without one.
    pub name: Cow<'a, str>,
    /// Its data.
    pub data: Cow<'a, str>,
}

/// Bytes as text. Almost always they are text already, which is known faster than where they are not.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// A line or an event beyond [`LONGEST_EVENT`](super::LONGEST_EVENT).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an event of the stream is longer than 1 MiB")]
pub struct TooLong;

/// Reads the pieces of a stream from bytes that come in any cut.
#[derive(Debug)]
pub struct Framer(Kind);

#[derive(Debug)]
enum Kind {
    Sse(Sse),
    Ndjson(Ndjson),
    /// Whoever hands over the bytes cuts them.
    Frames,
}

impl Framer {
    /// A reader at the start of a stream.
    pub fn new(framing: Framing) -> Framer {
        Framer(match framing {
            Framing::Sse => Kind::Sse(Sse::default()),
            Framing::Ndjson => Kind::Ndjson(Ndjson::default()),
            Framing::Frames => Kind::Frames,
        })
    }

    /// Takes in `bytes` and tells every piece that they complete.
    ///
    /// # Errors
    /// When a piece is too long; the stream is then of no use.
    pub fn push(&mut self, bytes: &[u8], mut told: impl FnMut(Frame<'_>)) -> Result<(), TooLong> {
        match &mut self.0 {
            Kind::Sse(sse) => sse.push(bytes, &mut told),
            Kind::Ndjson(ndjson) => ndjson.push(bytes, &mut told),
            Kind::Frames => {
                told(Frame {
                    name: Cow::Borrowed(""),
                    data: text(bytes),
                });
                Ok(())
            }
        }
    }

    /// The bytes are over: tells the piece that was left open, if there is one. It may be cut off.
    ///
    /// # Errors
    /// As for `push`.
    pub fn finish(&mut self, mut told: impl FnMut(Frame<'_>)) -> Result<(), TooLong> {
        match &mut self.0 {
            Kind::Sse(sse) => sse.finish(&mut told),
            Kind::Ndjson(ndjson) => ndjson.finish(&mut told),
            Kind::Frames => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frames(framing: Framing, reads: &[&[u8]]) -> Vec<(String, String)> {
        let mut framer = Framer::new(framing);
        let mut frames = Vec::new();
        for bytes in reads {
            framer.push(bytes, |frame| frames.push(owned(frame))).unwrap();
        }
        framer.finish(|frame| frames.push(owned(frame))).unwrap();
        frames
    }

    fn owned(frame: Frame<'_>) -> (String, String) {
        (frame.name.into_owned(), frame.data.into_owned())
    }

    fn data(framing: Framing, text: &str) -> Vec<String> {
        let frames = frames(framing, &[text.as_bytes()]);
        frames.into_iter().map(|(_, data)| data).collect()
    }

    #[test]
    fn events_are_read_as_they_come_in_practice() {
        for (text, expected) in [
            ("data: a\n\ndata: b\n\n", vec!["a", "b"]),
            ("data: a\r\n\r\ndata: b\r\n\r\n", vec!["a", "b"]),
            ("data: a\r\rdata: b\r\r", vec!["a", "b"]),
            ("data:a\n\ndata:  b\n\n", vec!["a", " b"]),
            (": ping\n\ndata: a\n\n:\n\n", vec!["a"]),
            ("\u{feff}data: a\n\n", vec!["a"]),
            ("data: a\ndata: b\n\n", vec!["a\nb"]),
            ("data\n\n", vec![""]),
            ("id: 7\nretry: 10\nunknown: x\ndata: a\n\n", vec!["a"]),
            ("data: 您好\n\n", vec!["您好"]),
            ("data: a\n\ndata: [DONE]", vec!["a", "[DONE]"]),
            ("\n\n\n", vec![]),
            ("{\"error\": \"no stream\"}", vec![]),
        ] {
            assert_eq!(data(Framing::Sse, text), expected, "{text:?}");
        }
        assert_eq!(
            frames(Framing::Sse, &[b"event: ping\n\nevent: add\ndata: x\n\ndata: y\n\n"]),
            [("ping", ""), ("add", "x"), ("", "y")].map(|(name, data)| (name.to_owned(), data.to_owned()))
        );
    }

    #[test]
    fn lines_of_json_are_read_and_blank_ones_skipped() {
        let text = "{\"a\":1}\n\n{\"b\":2}\r\n   \n{\"c\":3}";
        assert_eq!(data(Framing::Ndjson, text), ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"]);
    }

    #[test]
    fn an_endless_event_is_an_error_and_not_memory() {
        let block = vec![b'x'; 64 * 1024];
        let mut line = Framer::new(Framing::Ndjson);
        let pushed = (0..1_000).try_for_each(|_| line.push(&block, |_| {}));
        assert_eq!(pushed, Err(TooLong));
        let mut event = Framer::new(Framing::Sse);
        let lines = [b"data: ".as_slice(), &block, b"\n"].concat();
        let pushed = (0..1_000).try_for_each(|_| event.push(&lines, |_| {}));
        assert_eq!(pushed, Err(TooLong));
    }

    fn stream() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            Just("data: ".to_owned()),
            Just("data:".to_owned()),
            Just("event: add".to_owned()),
            Just("\n".to_owned()),
            Just("\r\n".to_owned()),
            Just("\r".to_owned()),
            Just("\n\n".to_owned()),
            Just(": ping".to_owned()),
            Just("\u{feff}".to_owned()),
            "[a您😀 :]{0,4}",
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat().into_bytes())
    }

    proptest! {
        #[test]
        fn any_cut_of_the_bytes_gives_the_same_events(
            bytes in stream(),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        ) {
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.extend([0, bytes.len()]);
            cuts.sort_unstable();
            let reads: Vec<&[u8]> = cuts.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
            let single: Vec<&[u8]> = bytes.chunks(1).collect();
            for framing in [Framing::Sse, Framing::Ndjson] {
                let whole = frames(framing, &[&bytes]);
                prop_assert_eq!(&frames(framing, &reads), &whole);
                prop_assert_eq!(&frames(framing, &single), &whole);
            }
        }
    }
}
