//! Where in a captured stream the reply's pieces stand, and what ends it.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::DraftError;
use super::reply::{Answer, Leaf, Places, Wanted, error_marks, leaves, selector};
use crate::scenario::Framing;
use crate::wire::Framer;

/// One piece: the name of its event, its raw data, and that as JSON.
struct Piece {
    name: String,
    data: String,
    json: Option<Value>,
}

/// The texts that stand at one place in the pieces, with the numbers of these.
struct Line {
    leaf: Leaf,
    pieces: Vec<usize>,
    texts: Vec<String>,
}

/// Reads a stream; nothing when the answer is none.
pub(super) fn read(body: &str, wanted: &Wanted<'_>) -> Result<Option<Answer>, DraftError> {
    let Some((framing, pieces)) = framed(body) else {
        return Ok(None);
    };
    let kinds = Kinds::of(&pieces);
    let line = likeliest(&pieces, wanted)?;
    let kind = kinds.most_common(&line.pieces);
    let texts = line
        .pieces
        .iter()
        .zip(&line.texts)
        .filter(|(at, _)| kind.is_none_or(|kind| kinds.0[**at] == kind));
    let texts: Vec<&str> = texts.map(|(_, text)| text.as_str()).collect();
    let (mode, text) = joined(&texts);
    let mut pick = Map::new();
    if let Some(kind) = kind {
        pick.insert("kind".to_owned(), json!(kind));
    }
    pick.insert("text".to_owned(), json!(selector(&line.leaf.steps, Places::These)));
    if let Some(mode) = mode {
        pick.insert("mode".to_owned(), json!(mode));
    }
    let mut rule = Map::new();
    rule.insert("framing".to_owned(), json!(framing));
    if let Some(selector) = kinds.1 {
        rule.insert("kind".to_owned(), json!(selector));
    }
    let mut notes = Vec::new();
    match end(&pieces, &kinds, kind) {
        Some((key, mark)) => drop(rule.insert(key.to_owned(), json!([mark]))),
        None => notes.push(
            "no piece of the stream marks its end, and a stream that closes without a mark counts as cut off: \
             name one in `end_data` or `end_kinds`, and have the bot send it"
                .to_owned(),
        ),
    }
    rule.insert("pick".to_owned(), json!([pick]));
    let bodies: Vec<Value> = pieces.iter().filter_map(|piece| piece.json.clone()).collect();
    let whole: Map<String, Value> = bodies
        .iter()
        .filter_map(Value::as_object)
        .flat_map(Clone::clone)
        .collect();
    let errors = error_marks(&Value::Object(whole));
    if !errors.is_empty() {
        rule.insert("error".to_owned(), Value::Array(errors));
    }
    Ok(Some(Answer {
        rule: json!({"stream": rule}),
        text,
        bodies,
        is_stream: true,
        notes,
    }))
}

fn framed(body: &str) -> Option<(Framing, Vec<Piece>)> {
    let is_event = |line: &str| {
        ["data:", "event:", "id:", "retry:", ":"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    let mut lines = body.lines().filter(|line| !line.trim().is_empty());
    let framing = if lines.clone().all(is_event) {
        Framing::Sse
    } else if lines.clone().count() > 1
        && lines.all(|line| serde_json::from_str::<Value>(line).is_ok_and(|json| json.is_object()))
    {
        Framing::Ndjson
    } else {
        return None;
    };
    let (mut framer, mut pieces) = (Framer::new(framing), Vec::new());
    let mut take = |name: &str, data: &str| {
        pieces.push(Piece {
            name: name.to_owned(),
            json: serde_json::from_str(data).ok().filter(Value::is_object),
            data: data.trim().to_owned(),
        });
    };
    framer
        .push(body.as_bytes(), |frame| take(&frame.name, &frame.data))
        .ok()?;
    framer.finish(|frame| take(&frame.name, &frame.data)).ok()?;
    Some((framing, pieces))
}

/// The kind of each piece, and the selector of it, where it stands in the JSON.
struct Kinds(Vec<String>, Option<&'static str>);

impl Kinds {
    fn of(pieces: &[Piece]) -> Kinds {
        for name in ["type", "event", "kind"] {
            let of = |piece: &Piece| {
                piece
                    .json
                    .as_ref()
                    .and_then(|json| json[name].as_str())
                    .unwrap_or_default()
                    .to_owned()
            };
            let kinds: Vec<String> = pieces.iter().map(of).collect();
            if kinds.iter().any(|kind| *kind != kinds[0]) && kinds.iter().filter(|kind| kind.is_empty()).count() <= 1 {
                let selector = match name {
                    "type" => "$.type",
                    "event" => "$.event",
                    _ => "$.kind",
                };
                return Kinds(kinds, Some(selector));
            }
        }
        Kinds(pieces.iter().map(|piece| piece.name.clone()).collect(), None)
    }

    /// The commonest kind among these pieces, if pieces differ in it.
    fn most_common(&self, pieces: &[usize]) -> Option<&str> {
        self.0.iter().any(|kind| *kind != self.0[0]).then_some(())?;
        let mut counts: IndexMap<&str, usize> = IndexMap::new();
        for at in pieces {
            *counts.entry(&self.0[*at]).or_default() += 1;
        }
        let (mut best, mut most) = (None, 0);
        for (kind, count) in counts {
            if count > most {
                (best, most) = (Some(kind), count);
            }
        }
        best
    }
}

/// The place whose texts are most likely the reply.
fn likeliest(pieces: &[Piece], wanted: &Wanted<'_>) -> Result<Line, DraftError> {
    let mut lines: IndexMap<String, Line> = IndexMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        for leaf in piece.json.iter().flat_map(leaves) {
            let line = lines
                .entry(selector(&leaf.steps, Places::These))
                .or_insert_with(|| Line {
                    leaf: leaf.clone(),
                    pieces: Vec::new(),
                    texts: Vec::new(),
                });
            line.pieces.push(at);
            line.texts.push(leaf.text);
        }
    }
    // What is the same in every piece is a name or a number, no text. More pieces are more likely text that grows.
    let mut lines: Vec<Line> = lines
        .into_values()
        .filter(|line| line.texts.len() == 1 || line.texts.iter().any(|text| *text != line.texts[0]))
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.texts.len()));
    let joined: Vec<String> = lines
        .iter()
        .map(|line| joined(&line.texts.iter().map(String::as_str).collect::<Vec<_>>()).1)
        .collect();
    let texts: Vec<(&str, &str)> = lines
        .iter()
        .zip(&joined)
        .map(|(line, text)| (line.leaf.name(), text.as_str()))
        .collect();
    let found = wanted.find(&texts)?;
    Ok(lines.swap_remove(found))
}

/// How pieces of text come together, if not one behind the other, and what they come to.
fn joined(texts: &[&str]) -> (Option<&'static str>, String) {
    let texts: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
    let last = texts.last().copied().unwrap_or_default();
    if texts.len() > 1 && texts.windows(2).all(|pair| pair[1].starts_with(pair[0])) {
        return (Some("replace"), last.to_owned());
    }
    let before = texts[..texts.len().saturating_sub(1)].concat();
    if texts.len() > 2 && last == before {
        return (Some("append_unless_whole"), before);
    }
    (None, texts.concat())
}

/// The key and the mark of the stream's end.
fn end(pieces: &[Piece], kinds: &Kinds, picked: Option<&str>) -> Option<(&'static str, String)> {
    let raw = pieces
        .iter()
        .rev()
        .take(2)
        .find(|piece| piece.json.is_none() && !piece.data.is_empty());
    if let Some(raw) = raw {
        return Some(("end_data", raw.data.clone()));
    }
    let (last, earlier) = kinds.0.split_last()?;
    let is_mark = !last.is_empty() && Some(last.as_str()) != picked && !earlier.contains(last);
    is_mark.then(|| ("end_kinds", last.clone()))
}
