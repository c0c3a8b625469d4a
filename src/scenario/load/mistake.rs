//! What is wrong with a scenario, as people are told: file, line, column, path, the line itself, and the way out.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, normalize_untrusted_str};

use super::node::Node;
use super::source::{Source, Sources};
use crate::scenario::built_in::Kind;
use crate::scenario::finding::{At, Finding, Findings};
use crate::scenario::place::{Place, SourceId, Spot};

/// More mistakes than this are only counted.
pub(super) const MOST_SHOWN: usize = 100;
/// The longest part of a line that is kept for showing, in bytes.
const EXCERPT_BYTES: usize = 240;
/// The longest path or message, in bytes.
const TEXT_BYTES: usize = 1_500;

/// One mistake in a scenario or in a file that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The file; `built-in persona x` for built-in data, and the flag for an override of the command line.
    pub file: String,
    /// The keys that lead to it: `traffic.phases[1].hold.rate`. Empty for the whole file.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What was expected and what was found.
    pub message: String,
    /// The way out, if there is a likely one.
    pub hint: Option<String>,
    excerpt: Option<Excerpt>,
}

/// The line of a mistake, or the part around it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Excerpt {
    text: String,
    marked: Range<usize>,
}

/// A scenario or rubric with mistakes: all unknown keys and wrong values at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// What it should be.
    pub kind: Kind,
    /// The scenario's file, or `built-in scenario x`.
    pub file: String,
    /// At least one, in the order of the files.
    pub mistakes: Vec<Mistake>,
    /// How many more there are.
    pub more: usize,
    has_unknown_keys: bool,
}

impl Invalid {
    pub(super) fn new((kind, file): (Kind, &str), findings: &Findings, sources: &Sources) -> Invalid {
        let mut placed: Vec<(Place, &Finding)> = findings
            .0
            .iter()
            .map(|finding| (place_of(finding, sources), finding))
            .collect();
        placed.sort_by_key(|(place, _)| (place.source, place.bytes.start));
        placed.dedup_by(|(place, finding), (before, other)| place == before && finding.message == other.message);
        let secret_lines = secret_lines(&placed, sources);
        let shown = placed.iter().take(MOST_SHOWN);
        Invalid {
            kind,
            file: file.to_owned(),
            mistakes: shown
                .map(|(place, finding)| mistake(place, finding, sources, &secret_lines))
                .collect(),
            more: placed.len().saturating_sub(MOST_SHOWN),
            has_unknown_keys: findings.0.iter().any(|finding| finding.is_unknown_key),
        }
    }

    /// The way out that holds for all mistakes.
    pub fn hint(&self) -> Option<String> {
        let text = match self.kind {
            Kind::Rubric => "`throng schema rubric` lists the keys",
            _ => "`throng schema scenario` lists the keys (also: persona, goals, profile, knowledge)",
        };
        self.has_unknown_keys.then(|| text.to_owned())
    }

    /// All mistakes with their lines, in colour.
    pub fn in_colour(&self) -> String {
        self.rendered(&Renderer::styled())
    }

    fn rendered(&self, renderer: &Renderer) -> String {
        let mut text = format!("{} is not valid: {}", self.kind.word(), self.file);
        for mistake in &self.mistakes {
            text.push_str("\n\n");
            text.push_str(&mistake.rendered(&self.file, renderer));
        }
        if self.more > 0 {
            text.push_str(&format!("\n\n  and {} more", self.more));
        }
        text
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.rendered(&Renderer::plain()))
    }
}

impl std::error::Error for Invalid {}

impl Mistake {
    /// `12:5  path: message`, the file before it when it is not `file`, and the line below.
    fn rendered(&self, file: &str, renderer: &Renderer) -> String {
        let place = match (self.file == file, self.file.starts_with("--")) {
            (true, _) => format!("{}:{}", self.line, self.column),
            (false, true) => self.file.clone(),
            (false, false) => format!("{}:{}:{}", self.file, self.line, self.column),
        };
        let about = if self.path.is_empty() {
            String::new()
        } else {
            format!("{}: ", self.path)
        };
        let mut lines = vec![format!("{place}  {about}{}", self.message)];
        let snippet = self.excerpt.as_ref().map(|excerpt| {
            let annotation = AnnotationKind::Primary.span(excerpt.marked.clone());
            Snippet::source(excerpt.text.as_str())
                .line_start(self.line)
                .annotation(annotation)
        });
        let hint = self
            .hint
            .as_ref()
            .map(|hint| Level::NOTE.with_name("hint").message(hint.as_str()));
        match (snippet, hint) {
            (Some(snippet), hint) => {
                let group = Group::with_level(Level::ERROR).element(snippet).elements(hint);
                lines.extend(renderer.render(&[group]).lines().map(str::to_owned));
            }
            (None, Some(_)) => lines.extend(self.hint.iter().map(|hint| format!("  hint: {hint}"))),
            (None, None) => {}
        }
        lines
            .iter()
            .map(|line| format!("  {line}").trim_end().to_owned())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// Where the lines start that hold a secret: no mistake on them may show them.
fn secret_lines(placed: &[(Place, &Finding)], sources: &Sources) -> HashSet<(SourceId, usize)> {
    let secret = placed.iter().filter(|(_, finding)| finding.is_secret);
    secret
        .map(|(place, _)| (place.source, line_start(place, sources)))
        .collect()
}

/// True for `--set ...settings...=VALUE`: its value may be a secret even where the path leads nowhere.
fn sets_a_setting(source: &Source) -> bool {
    let path = source.text.split('=').next().unwrap_or_default();
    source.name == "--set" && path.split(['.', '[', ']']).any(|step| step.trim() == "settings")
}

fn line_start(place: &Place, sources: &Sources) -> usize {
    let text = &sources.get(place.source).text;
    text[..floor(text, place.bytes.start)]
        .rfind('\n')
        .map_or(0, |newline| newline + 1)
}

fn mistake(place: &Place, finding: &Finding, sources: &Sources, secret_lines: &HashSet<(SourceId, usize)>) -> Mistake {
    let source = sources.get(place.source);
    let start = floor(&source.text, place.bytes.start);
    let before = &source.text[..start];
    let line_start = line_start(place, sources);
    let is_secret = secret_lines.contains(&(place.source, line_start)) || sets_a_setting(source);
    Mistake {
        file: source.name.clone(),
        path: shown(&finding.path().to_string()),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message: shown(&finding.message),
        hint: finding.hint.as_deref().map(shown),
        excerpt: (!is_secret).then(|| excerpt(&source.text, line_start, start, place.bytes.end)),
    }
}

/// A text that may come from a file: on one line, without control characters, and not longer than people read.
fn shown(text: &str) -> String {
    let end = floor(text, TEXT_BYTES);
    let rest = if end < text.len() { "..." } else { "" };
    format!("{}{rest}", normalize_untrusted_str(&text[..end]).replace('\n', "␊"))
}

/// The line that starts at `line_start`, cut to a window when it is very long.
fn excerpt(text: &str, line_start: usize, start: usize, end: usize) -> Excerpt {
    let line_end = text[start..].find('\n').map_or(text.len(), |length| start + length);
    let line_end = text[..line_end]
        .strip_suffix('\r')
        .map_or(line_end, str::len)
        .max(start);
    let from = floor(text, line_start.max(start.saturating_sub(EXCERPT_BYTES / 2)));
    let to = floor(text, line_end.min(start.saturating_add(EXCERPT_BYTES / 2))).max(start);
    let end = floor(text, end.clamp(start, to));
    Excerpt {
        text: text[from..to].to_owned(),
        marked: start - from..end - from,
    }
}

/// The nearest boundary of a character at or before this byte.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

fn place_of(finding: &Finding, sources: &Sources) -> Place {
    let root_of = |spot: &Spot| sources.get(spot.source).root.as_ref();
    let nowhere = |spot: &Spot| Place {
        source: spot.source,
        bytes: 0..0,
    };
    match &finding.at {
        At::Place(place, _) => place.clone(),
        At::Value(spot) => root_of(spot).map_or_else(|| nowhere(spot), |root| root.place_of(&spot.path).clone()),
        At::Key(spot) => root_of(spot).map_or_else(|| nowhere(spot), |root| root.key_place_of(&spot.path).clone()),
        At::Within(spot, range) => {
            root_of(spot).map_or_else(|| nowhere(spot), |root| within(root, spot, range, sources))
        }
    }
}

/// The place of some bytes of a text value. They stand in the source as they are, unless the text was written with
/// escapes or over several lines; then it is the whole value.
fn within(root: &Node, spot: &Spot, range: &Range<usize>, sources: &Sources) -> Place {
    let place = root.place_of(&spot.path);
    let text = root.at(&spot.path).and_then(Node::text);
    match text.and_then(|text| sources.slice(place).find(text)) {
        Some(offset) => {
            let start = place.bytes.start + offset;
            Place {
                source: place.source,
                bytes: start + range.start..start + range.end,
            }
        }
        None => place.clone(),
    }
}
