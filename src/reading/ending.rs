//! Does a text break off in the middle? Told by what is open and by the last words, never by a missing full stop alone: most
//! chat answers end without one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Why a text is taken for cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Break {
    /// A character was cut in its bytes (U+FFFD).
    BrokenCharacter,
    /// A code block, bold text, a table row, a link or a tag is not closed.
    OpenMarkup,
    /// JSON ends in the middle.
    OpenJson,
    /// A bracket or a quotation mark is not closed.
    OpenBracket,
    /// It ends with a mark or word after which something must come.
    Dangling,
    /// A list marker with nothing behind it.
    EmptyItem,
}

impl Break {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Break::BrokenCharacter => "a broken character",
            Break::OpenMarkup => "markup that is not closed",
            Break::OpenJson => "JSON that ends in the middle",
            Break::OpenBracket => "a bracket or quotation mark that is not closed",
            Break::Dangling => "an end after which something must come",
            Break::EmptyItem => "a list item with nothing in it",
        }
    }
}

/// Where and why a text, as the bot wrote it, breaks off; nothing for one that may be whole.
pub fn breaks_off(text: &str) -> Option<(Break, Range<usize>)> {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || is_invisible(c));
    if trimmed.is_empty() {
        return None;
    }
    let last_line = trimmed.rfind('\n').map_or(0, |end| end + 1);
    let found = |why: Break| move |at: Range<usize>| (why, at);
    let broken = || trimmed.find('\u{fffd}').map(|at| at..at + '\u{fffd}'.len_utf8());
    broken()
        .map(found(Break::BrokenCharacter))
        .or_else(|| open_json(trimmed).map(found(Break::OpenJson)))
        .or_else(|| open_markup(trimmed, last_line).map(found(Break::OpenMarkup)))
        .or_else(|| empty_item(trimmed, last_line).map(found(Break::EmptyItem)))
        .or_else(|| dangling(trimmed, last_line).map(found(Break::Dangling)))
        .or_else(|| open_bracket(trimmed).map(found(Break::OpenBracket)))
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

fn open_json(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    static OBJECT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^(?:\{\s*"|\[\s*[{"])"#));
    let json = &text[start..];
    if !json.starts_with(['{', '[']) || !OBJECT.is_match(json) {
        return None;
    }
    let read = serde_json::from_str::<serde::de::IgnoredAny>(json);
    read.is_err_and(|error| error.is_eof()).then_some(start..text.len())
}

/// A code block, bold text or a link without its end; a table row without its last bar below rows that have one.
fn open_markup(text: &str, last_line: usize) -> Option<Range<usize>> {
    static LINK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\]\([^)\s]*$|https?:?/{0,2}$|<(?:a|b|br|p|div|span|img|table|ul|li|strong|em)(?:\s[^>]*)?$|</[a-z]*$|<$",
        )
    });
    let line = &text[last_line..];
    if text.contains("```") && text.matches("```").count() % 2 == 1 {
        return text.rfind("```").map(|at| at..text.len());
    }
    if let Some(at) = open_bold(line) {
        return Some(last_line + at..text.len());
    }
    if line.starts_with('|') && !line.ends_with('|') {
        let above = text[..last_line].lines().next_back()?;
        if above.starts_with('|') && above.ends_with('|') && above.len() > 1 {
            return Some(last_line..text.len());
        }
    }
    LINK.find(line).map(|found| last_line + found.start()..text.len())
}

/// Two asterisks that open bold text and are the last of their line: 张**先生 and 138****0000 open nothing.
fn open_bold(line: &str) -> Option<usize> {
    let marks: Vec<usize> = line.match_indices("**").map(|(at, _)| at).collect();
    let last = *marks.last().filter(|_| marks.len() % 2 == 1)?;
    let before = line[..last].chars().next_back();
    let after = line[last + 2..].chars().next();
    let opens =
        before.is_none_or(|c| c.is_whitespace() || is_opening(c) || matches!(c, ':' | '：' | ',' | '，' | '。' | '-'));
    let follows = after.is_none_or(|c| c != '*' && !c.is_whitespace());
    (opens && follows).then_some(last)
}

fn is_opening(character: char) -> bool {
    matches!(character, '(' | '（' | '[' | '【' | '「' | '『' | '《' | '“' | '"')
}

/// A marker with nothing behind it, below an item of the same list.
fn empty_item(text: &str, last_line: usize) -> Option<Range<usize>> {
    static MARKER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\s*(?:[0-9]{1,2}[.、)）．]|[-*•·]|#{1,6}|[（(][0-9]{1,2}[)）])\s*$"));
    static ITEM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?m)^\s*(?:[0-9]{1,2}[.、)）．]|[-*•·]|#{1,6}|[（(][0-9]{1,2}[)）])\s*\S"));
    let line = &text[last_line..];
    (last_line > 0 && MARKER.is_match(line) && ITEM.is_match(&text[..last_line])).then_some(last_line..text.len())
}

/// Marks and words after which something must come. A comma or colon after a mere greeting is how people write to each other.
fn dangling(text: &str, last_line: usize) -> Option<Range<usize>> {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"[,，、;；:：]$|[¥￥$€£]$|[^\s0-9-]-$",
            r"|(?:因为|由于|所以|但是|可是|不过|而且|并且|以及|或者|如果|假如|例如|比如|包括|其中|关于|对于|根据|为了|通过|只要|只有|除了|即使|虽然)$",
            r"|[^\sA-Za-z](?:和|与|或|但|且|把|被|将|从|向|至)$",
            r"|(?-u:\b)(?:and|or|but|because|the|an|your|our|including|such as|e\.g\.|i\.e\.|which|whose|into|between|than|a|of|for|with|from|by|at|within|to|is|are|was|were|be|been|will|would|can|could|should|if|as|we|in|on)$",
            r"|(?-u:\b)(?:(?:at|in|on|for|of) that|(?:if|when|because|what|that|so) you)$",
            r"|(?:还|正|仍)在$|(?:这个|那个|您|我们|酒店|商家|景点|订单)的$|[^\sA-Za-z](?:由|将|请|会由|会为|会在)$",
        ))
    });
    static WHOLE_WORD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:总|共|平|温|饱|暖|谦|随|颐|柔|参|赠|大|反|间|并|而|何|上|下|朝|方|倾|走|去|服)(?:和|与|向|从|且|至)$",
        )
    });
    static GREETING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\s*(?:亲|您好|你好|嗨|哈喽|尊敬的|(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening)))[^0-9,，:：]{0,24}.$",
        )
    });
    let line = &text[last_line..];
    let found = END.find(line)?;
    // People end sentences with a comma where a particle has closed them already.
    static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:[哦呢哈啦哟呀吧吗嘛哒噢喔呐亲~～]|愉快|开心|稍等|等待|谢谢|感谢|在的|好的|嗯)[\s,，、;；:：]*$")
    });
    // "What are you looking for", "here it is", "if you want to".
    static WHOLE_SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)(?-u:\b)(?:what|who|whom|where|which|how|that|something|anything|somebody)(?-u:\b)[^.!?,;]*(?-u:\b)(?:of|for|with|from|by|at|within|to)$",
            r"|(?-u:\b)(?:it|there|here|you|we|i|they|he|she|that|this|so|as)\s+(?:is|are|was|were|will|would|can|could|should|be)$",
            r"|(?-u:\b)(?:come|came|comes|log|sign|check|checked|hold|hang|go|going|goes|went|later|move|carry|turn|turned|put|try|keep|based|depends?|join|fill|drop|step|settle|early|further|get|got)\s+(?:in|on)$",
            r"|(?-u:\b)(?:sorry|thanks?|thank you) (?:for|of) that$",
            r"|(?-u:\b)(?:want|wants|like|love|need|have|has|going|able|happy|supposed|try|hope|wish|used|glad|allowed|free|how|looking|care|ask|asked|paid|wait|stopped)\s+(?:to|for|by)$",
        ))
    });
    let is_word = CLOSED.is_match(line) || WHOLE_WORD.is_match(line) || WHOLE_SENTENCE.is_match(line);
    let is_greeting = found.as_str().ends_with([',', '，', ':', '：']) && GREETING.is_match(line);
    (!is_word && !is_greeting).then_some(last_line + found.start()..text.len())
}

/// What a bracket holds is short; whoever goes on for longer has forgotten to close it. Unit: characters.
const LONGEST_IN_BRACKETS: usize = 40;

/// A bracket or quotation mark that is open at the end of a text without an end mark.
fn open_bracket(text: &str) -> Option<Range<usize>> {
    if ends_a_sentence(text) {
        return None;
    }
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut previous = ' ';
    for (at, character) in text.char_indices() {
        if let Some(closing) = closing(character).filter(|_| !is_face(previous, &text[at + character.len_utf8()..])) {
            open.push((at, closing));
        } else if let Some(place) = open.iter().rposition(|(_, closing)| *closing == plain(character)) {
            open.truncate(place);
        }
        previous = character;
    }
    let (at, _) = *open.last()?;
    let is_short = text[at..].chars().nth(LONGEST_IN_BRACKETS + 1).is_none();
    is_short.then_some(at..text.len())
}

/// What closes a bracket, in one width for both; nothing for any other character.
fn closing(character: char) -> Option<char> {
    match character {
        '(' | '（' => Some(')'),
        '[' | '［' => Some(']'),
        '{' | '｛' => Some('}'),
        '【' => Some('】'),
        '「' => Some('」'),
        '『' => Some('』'),
        '《' => Some('》'),
        '“' => Some('”'),
        _ => None,
    }
}

fn plain(character: char) -> char {
    match character {
        '）' => ')',
        '］' => ']',
        '｝' => '}',
        other => other,
    }
}

/// `:(` and (╯ are faces.
fn is_face(before: char, after: &str) -> bool {
    matches!(before, ':' | ';' | '=' | '：' | '-' | '\'') || after.starts_with(['╯', '≧', '•', '´', '｡', '^', '>', '*'])
}

fn ends_a_sentence(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '!', '?', '.', '~', '～', '…'])
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

#[cfg(test)]
mod tests;
