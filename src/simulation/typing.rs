//! How words become messages: bursts, slips of the pen, and the time that typing takes.

use std::time::Duration;

use super::Utterance;
use super::chinese::mistaken_for;
use super::seed::{Draws, moment};
use super::wording::Text;
use crate::conversation::MediaKind;
use crate::scenario::Typing;

/// When a customer begins to type a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// The first message is ready at this moment.
    Typed(Duration),
    /// The first key is struck at this moment.
    Typing(Duration),
}

/// Types one turn.
pub(super) struct Pen<'a> {
    pub(super) typing: &'a Typing,
    /// All times are divided by it.
    pub(super) pace: f64,
    pub(super) draws: Draws,
    /// The channel has a picture's words with it.
    pub(super) captions: bool,
}

/// What finding a picture, or holding the phone for a voice message, takes beside the typing (ours: no study is known).
const MEDIA_TAKES: Duration = Duration::from_secs(3);

impl Pen<'_> {
    /// The messages of a turn, at least one, in order of time.
    pub(super) fn write(mut self, text: &Text, start: Start) -> Vec<Utterance> {
        let mut due_at = None;
        self.fragments(text)
            .into_iter()
            .map(|(text, media)| {
                let next = match (due_at, start) {
                    (None, Start::Typed(at)) => at,
                    (None, Start::Typing(at)) => at + self.paced(self.typing_time(&text, media)),
                    // The gap is between messages sent, so typing the next one is part of it.
                    (Some(before), _) => {
                        let gap = self.draws.spread(&self.typing.gap).max(self.typing_time(&text, media));
                        before + self.paced(gap)
                    }
                };
                due_at = Some(next);
                Utterance {
                    text,
                    media,
                    due_at: next,
                }
            })
            .collect()
    }

    /// What becomes a message each. What is spoken is one, and so is a picture with a caption; words that cannot be its caption
    /// follow it.
    fn fragments(&mut self, text: &Text) -> Vec<(String, Option<MediaKind>)> {
        let words = match (text.verbatim, text.media) {
            (true, _) => vec![text.words.clone()],
            (false, Some(_)) if text.words.is_empty() => vec![String::new()],
            (false, Some(MediaKind::Voice)) => vec![text.words.clone()],
            (false, Some(_)) => vec![self.misspell(text.words.clone())],
            (false, None) => {
                let wanted = 1 + self.draws.weighted(&self.typing.burst);
                let fragments = split(&text.words, wanted, &mut self.draws);
                fragments.into_iter().map(|fragment| self.misspell(fragment)).collect()
            }
        };
        let is_apart = text.media.is_some_and(|media| media != MediaKind::Voice) && !self.captions;
        match words.as_slice() {
            [words] if is_apart && !words.is_empty() => {
                vec![(String::new(), text.media), (words.clone(), None)]
            }
            _ => words.into_iter().map(|words| (words, text.media)).collect(),
        }
    }

    fn typing_time(&self, text: &str, media: Option<MediaKind>) -> Duration {
        let typing = moment(text.chars().count() as f64 / self.typing.chars_per_s);
        media.map_or(typing, |_| typing + MEDIA_TAKES)
    }

    fn paced(&self, time: Duration) -> Duration {
        moment(time.as_secs_f64() / self.pace)
    }

    fn misspell(&mut self, fragment: String) -> String {
        if self.draws.happens(self.typing.typos) {
            slip(&fragment, &mut self.draws).unwrap_or(fragment)
        } else {
            fragment
        }
    }
}

/// Splits a text at natural places into `wanted` messages, or as many as it has places for.
fn split(text: &str, wanted: usize, draws: &mut Draws) -> Vec<String> {
    // Most messages are whole.
    let places = if wanted > 1 { natural_places(text) } else { Vec::new() };
    let mut to_cut = (wanted - 1).min(places.len());
    let mut fragments = Vec::with_capacity(to_cut + 1);
    let mut start = 0;
    for (seen, place) in places.iter().enumerate() {
        // Selection sampling (Knuth): each choice of places is equally likely.
        if draws.below(places.len() - seen) < to_cut {
            fragments.push(fragment(&text[start..*place]).to_owned());
            start = *place;
            to_cut -= 1;
        }
    }
    fragments.push(text[start..].trim().to_owned());
    // A text that begins with a pause has nothing before it to send.
    fragments.retain(|fragment| !fragment.is_empty());
    if fragments.is_empty() {
        fragments.push(text.to_owned());
    }
    fragments
}

/// A fragment as it is sent: without the pause that the cut replaces.
fn fragment(text: &str) -> &str {
    text.trim().trim_end_matches(['，', ',', '；', ';'])
}

/// Byte positions at which a new message may begin: behind a pause or the end of a sentence, and at a space between
/// Chinese characters, which stands for a pause.
fn natural_places(text: &str) -> Vec<usize> {
    let mut places = Vec::new();
    let mut before: Option<char> = None;
    for (position, next) in text.char_indices() {
        if before.is_some_and(|before| is_boundary(before, next, &text[position..])) {
            places.push(position);
        }
        before = Some(next);
    }
    places
}

fn is_boundary(before: char, next: char, rest: &str) -> bool {
    // Most characters follow a letter, behind which there is never a place.
    if before.is_ascii_alphanumeric() {
        return false;
    }
    if next.is_whitespace() {
        let after = rest.trim_start().chars().next();
        return after.is_some_and(|after| is_pause(before) && !is_mark(after) || is_han(before) && is_han(after));
    }
    // `3.5`, `1,200` and `example.com` hold together; between Chinese words, ASCII marks are used without a space.
    !is_mark(next) && (matches!(before, '，' | '。' | '！' | '？' | '；' | '…') || is_pause(before) && is_han(next))
}

fn is_pause(character: char) -> bool {
    is_mark(character) && character != '、'
}

fn is_mark(character: char) -> bool {
    matches!(
        character,
        '，' | '。' | '！' | '？' | '；' | '…' | '、' | ',' | '.' | '!' | '?' | ';' | '~'
    )
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}')
}

/// The text with one slip: a homophone in Chinese, two letters swapped or one lost in English. Words that hold digits or
/// `@` are left alone, for a wrong identifier is another customer's. Absent when there is nothing to get wrong.
fn slip(text: &str, draws: &mut Draws) -> Option<String> {
    let mut characters: Vec<char> = text.chars().collect();
    let place = *draws.pick(&slippery(&characters))?;
    match mistaken_for(characters[place]) {
        Some(wrong) => characters[place] = wrong,
        None if draws.happens(0.5) => characters.swap(place, place + 1),
        None => {
            characters.remove(place);
        }
    }
    Some(characters.into_iter().collect())
}

fn slippery(characters: &[char]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut start = 0;
    for word in characters.split_inclusive(|character| !character.is_ascii_graphic()) {
        let is_identifier = word
            .iter()
            .any(|character| character.is_ascii_digit() || *character == '@');
        for (offset, character) in word.iter().enumerate() {
            let inner_letter = || {
                let around = word.get(offset.wrapping_sub(1)..offset + 2);
                around.is_some_and(|around| around.iter().all(char::is_ascii_alphabetic) && around[1] != around[2])
            };
            if mistaken_for(*character).is_some() || !is_identifier && inner_letter() {
                places.push(start + offset);
            }
        }
        start += word.len();
    }
    places
}

#[cfg(test)]
mod tests;
