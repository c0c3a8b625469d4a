//! YAML text -> nodes with their places: aliases filled in, merge keys (`<<`) applied, duplicate keys found. Bounded, so
//! that a small file cannot become a huge value.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, Span};

use super::node::{Content, Entry, Node, Scalar};
use crate::scenario::finding::{At, Finding, Findings};
use crate::scenario::place::{Path, Place, Segment, SourceId};

/// The most values in one text, aliases filled in.
const NODE_LIMIT: usize = 300_000;
/// The most bytes of text in all values, aliases filled in.
const TEXT_LIMIT: usize = 64 * 1024 * 1024;
/// The deepest nesting, aliases filled in.
const DEPTH_LIMIT: usize = 64;

/// What the YAML `text` says, if it can be told; every mistake goes into `findings`. Places count from `offset`, where
/// `text` starts within its source.
pub(super) fn parse(text: &str, source: SourceId, offset: usize, findings: &mut Findings) -> Option<Node> {
    let mut builder = Builder {
        source,
        offset,
        frames: Vec::new(),
        anchors: HashMap::new(),
        root: None,
        nodes: 0,
        text_bytes: 0,
        findings,
    };
    let mut documents = 0;
    for next in Parser::new_from_str_with_options(text, options()) {
        let step = match next {
            Ok((Event::DocumentStart(..), span)) => {
                documents += 1;
                let at = builder.place(&span);
                builder.only_document(documents, at)
            }
            Ok((event, span)) => builder.take(event, &span),
            Err(error) => Err(builder.syntax(&error, text.len())),
        };
        if let Err(finding) = step {
            builder.findings.push(*finding);
            return None;
        }
    }
    builder.root
}

fn options() -> Options {
    granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: DEPTH_LIMIT,
        block_nesting_limit: DEPTH_LIMIT,
    }
}

/// An open list or map.
enum Frame {
    List {
        items: Vec<Node>,
        place: Place,
        anchor: usize,
    },
    Map {
        entries: Vec<Entry>,
        keys: HashSet<String>,
        /// The key whose value comes next.
        key: Option<(String, Place)>,
        /// Values of merge keys, whose entries come last.
        merged: Vec<Node>,
        place: Place,
        anchor: usize,
    },
}

impl Frame {
    fn map(place: Place, anchor: usize) -> Frame {
        Frame::Map {
            entries: Vec::new(),
            keys: HashSet::new(),
            key: None,
            merged: Vec::new(),
            place,
            anchor,
        }
    }
}

struct Builder<'a> {
    source: SourceId,
    offset: usize,
    frames: Vec<Frame>,
    anchors: HashMap<usize, Node>,
    root: Option<Node>,
    nodes: usize,
    text_bytes: usize,
    findings: &'a mut Findings,
}

type Step = Result<(), Box<Finding>>;

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: &Span) -> Step {
        let place = self.place(span);
        if let Some(tag) = event.tag().filter(|tag| !tag.is_yaml_core_schema()) {
            let message = format!("expected no tag, found `{}`", tag.original());
            return Err(self.fatal(place, message));
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                let scalar = Scalar {
                    is_plain: style == ScalarStyle::Plain && !is_text,
                    text: text.into_owned(),
                };
                self.count(&place, 1, scalar.text.len(), 0)?;
                self.finish(
                    Node {
                        place,
                        content: Content::Scalar(scalar),
                    },
                    anchor,
                )
            }
            Event::SequenceStart(_, anchor, _) => self.open(
                Frame::List {
                    items: Vec::new(),
                    place: self.start_of(place),
                    anchor,
                },
                "a list",
            ),
            Event::MappingStart(_, anchor, _) => self.open(Frame::map(self.start_of(place), anchor), "a map"),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(anchor) => self.alias(anchor, place),
            _ => Ok(()),
        }
    }

    fn open(&mut self, frame: Frame, called: &str) -> Step {
        let (Frame::List { place, .. } | Frame::Map { place, .. }) = &frame;
        if let Some(Frame::Map { key: None, .. }) = self.frames.last() {
            return Err(self.fatal(place.clone(), format!("expected a text as key, found {called}")));
        }
        self.count(place, 1, 0, 1)?;
        self.frames.push(frame);
        Ok(())
    }

    fn close(&mut self) -> Step {
        let (content, place, anchor) = match self.frames.pop() {
            Some(Frame::List { items, place, anchor }) => (Content::List(items), place, anchor),
            Some(Frame::Map {
                mut entries,
                mut keys,
                merged,
                place,
                anchor,
                ..
            }) => {
                for node in merged {
                    self.merge(&mut entries, &mut keys, node);
                }
                (Content::Map(entries), place, anchor)
            }
            None => return Ok(()),
        };
        self.finish(Node { place, content }, anchor)
    }

    /// An alias stands for a copy of what its anchor named; the copy keeps the places of the original, where a mistake in
    /// it has to be mended.
    fn alias(&mut self, anchor: usize, place: Place) -> Step {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(self.fatal(
                place,
                "expected an anchor that is complete, found one that this alias is part of",
            ));
        };
        let size = Size::of(node);
        self.count(&place, size.nodes, size.text_bytes, size.depth)?;
        let copy = self.anchors[&anchor].clone();
        self.finish(copy, 0)
    }

    /// Puts a complete value where it belongs.
    fn finish(&mut self, node: Node, anchor: usize) -> Step {
        if anchor != 0 {
            let size = Size::of(&node);
            self.count(&node.place, size.nodes, size.text_bytes, 0)?;
            self.anchors.insert(anchor, node.clone());
        }
        match self.frames.last_mut() {
            None => self.root = Some(node),
            Some(Frame::List { items, .. }) => items.push(node),
            Some(Frame::Map {
                entries,
                keys,
                key,
                merged,
                ..
            }) => match key.take() {
                None => return self.begin_entry(node),
                Some((name, _)) if name == "<<" => merged.push(node),
                Some((key, key_place)) => {
                    if keys.insert(key.clone()) {
                        entries.push(Entry { key, key_place, node });
                    }
                }
            },
        }
        Ok(())
    }

    fn begin_entry(&mut self, node: Node) -> Step {
        let place = node.place;
        let Content::Scalar(scalar) = node.content else {
            return Err(self.fatal(place, "expected a text as key, found a list or map"));
        };
        if let Some(Frame::Map { keys, key, .. }) = self.frames.last_mut() {
            let is_double = keys.contains(&scalar.text);
            *key = Some((scalar.text, place.clone()));
            if is_double {
                let finding = self.finding(place, "expected each key once, found it again");
                self.findings.push(*finding);
            }
        }
        Ok(())
    }

    /// Entries of a merged map come after the map's own, which go before them.
    fn merge(&mut self, entries: &mut Vec<Entry>, keys: &mut HashSet<String>, node: Node) {
        match node.content {
            Content::Map(merged) => entries.extend(merged.into_iter().filter(|entry| keys.insert(entry.key.clone()))),
            Content::List(nodes) => nodes.into_iter().for_each(|node| self.merge(entries, keys, node)),
            Content::Scalar(_) => {
                let message = format!("expected a map to merge, found {}", node.called());
                let finding = self.finding(node.place, message);
                self.findings.push(*finding);
            }
        }
    }

    fn count(&mut self, place: &Place, nodes: usize, text_bytes: usize, depth: usize) -> Step {
        self.nodes = self.nodes.saturating_add(nodes);
        self.text_bytes = self.text_bytes.saturating_add(text_bytes);
        let message = if self.nodes > NODE_LIMIT {
            format!("expected at most {NODE_LIMIT} values, found more (aliases count with all that they stand for)")
        } else if self.text_bytes > TEXT_LIMIT {
            format!("expected at most {} MB of text, found more", TEXT_LIMIT / 1_048_576)
        } else if self.frames.len() + depth > DEPTH_LIMIT {
            format!("expected at most {DEPTH_LIMIT} levels, found more")
        } else {
            return Ok(());
        };
        Err(self.fatal(place.clone(), message))
    }

    fn only_document(&mut self, documents: usize, place: Place) -> Step {
        if documents < 2 {
            return Ok(());
        }
        let mut finding = Finding::new(
            At::Place(place, Path::default()),
            "expected one document, found a second one",
        );
        finding.hint("each scenario or part is a file of its own; remove the `---`");
        Err(Box::new(finding))
    }

    fn syntax(&self, error: &ScanError, length: usize) -> Box<Finding> {
        let start = error.marker().byte_offset().unwrap_or(length).min(length);
        let place = self.at(start..start);
        self.fatal(place, format!("not YAML: {}", error.info()))
    }

    fn finding(&self, place: Place, message: impl Into<String>) -> Box<Finding> {
        Box::new(Finding::new(At::Place(place, self.path()), message))
    }

    fn fatal(&self, place: Place, message: impl Into<String>) -> Box<Finding> {
        self.finding(place, message)
    }

    /// The path of what is being read.
    fn path(&self) -> Path {
        let segments = self.frames.iter().filter_map(|frame| match frame {
            Frame::List { items, .. } => Some(Segment::Item(items.len())),
            Frame::Map { key, .. } => key.as_ref().map(|(key, _)| Segment::Key(key.clone())),
        });
        Path(segments.collect())
    }

    fn place(&self, span: &Span) -> Place {
        self.at(span.byte_range().unwrap_or_default())
    }

    fn at(&self, bytes: Range<usize>) -> Place {
        Place {
            source: self.source,
            bytes: bytes.start + self.offset..bytes.end + self.offset,
        }
    }

    /// A list or map is shown by where it starts.
    fn start_of(&self, place: Place) -> Place {
        let start = place.bytes.start;
        Place {
            bytes: start..start + usize::from(!place.bytes.is_empty()),
            ..place
        }
    }
}

/// What a copy of a value costs.
#[derive(Default)]
struct Size {
    nodes: usize,
    text_bytes: usize,
    depth: usize,
}

impl Size {
    fn of(node: &Node) -> Size {
        let mut size = Size {
            nodes: 1,
            ..Size::default()
        };
        match &node.content {
            Content::Scalar(scalar) => size.text_bytes = scalar.text.len(),
            Content::List(items) => items.iter().for_each(|item| size.add(Size::of(item))),
            Content::Map(entries) => {
                for entry in entries {
                    size.text_bytes += entry.key.len();
                    size.add(Size::of(&entry.node));
                }
            }
        }
        size
    }

    fn add(&mut self, child: Size) {
        self.nodes += child.nodes;
        self.text_bytes += child.text_bytes;
        self.depth = self.depth.max(child.depth + 1);
    }
}
