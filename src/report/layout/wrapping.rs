//! Text broken into lines, by the rules of English and of Chinese.

use unicode_width::UnicodeWidthChar;

use super::columns;

/// Lines of at most `width` columns: broken at spaces, around Chinese characters, and within a word only where it is
/// longer than a line.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let room = width.saturating_sub(lines.last().map_or(0, |line| columns(line)));
        if columns(piece.trim_end()) > room && columns(piece.trim_end()) <= width {
            lines.push(piece.to_owned());
            continue;
        }
        for character in piece.chars() {
            let used = lines.last().map_or(0, |line| columns(line));
            if used + character.width().unwrap_or(0) > width && character != ' ' {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(character);
            }
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Stretches that stay on one line: words with the space after them, single Chinese characters with the opening
/// marks before them and the stops after them.
pub(super) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        let breaks = before.is_some_and(|before| {
            let may_end_line = before == ' ' || is_wide(before) || is_wide(character);
            may_end_line && character != ' ' && !is_closing(character) && !is_opening(before)
        });
        if breaks {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(character);
    }
    pieces.push(&text[start..]);
    pieces
}

fn is_wide(character: char) -> bool {
    character.width() == Some(2)
}

/// Signs that never begin a line.
fn is_closing(character: char) -> bool {
    matches!(
        character,
        '，' | '。'
            | '；'
            | '：'
            | '、'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
            | '”'
            | '’'
            | '！'
            | '？'
            | '…'
            | '%'
            | ')'
            | ']'
            | ','
            | '.'
            | ';'
            | ':'
    )
}

/// Signs that never end a line.
fn is_opening(character: char) -> bool {
    matches!(character, '（' | '《' | '「' | '『' | '【' | '“' | '‘' | '(' | '[')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_at_spaces_and_between_chinese_characters() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("漏回的大部分在微信。", 8), ["漏回的大", "部分在微", "信。"]);
        assert_eq!(wrapped("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("", 4), [""]);
    }

    #[test]
    fn a_stop_stays_with_the_character_before_it() {
        assert_eq!(
            wrapped("问题，答复", 4),
            ["问", "题，", "答复"].map(str::to_owned).to_vec()
        );
    }

    #[test]
    fn an_opening_mark_stays_with_what_follows_and_a_closing_one_with_what_precedes() {
        assert_eq!(wrapped("有效答复（占全部）", 10), ["有效答复", "（占全部）"]);
        assert_eq!(wrapped("within（0:10 变更）", 8), ["within", "（0:10", "变更）"]);
        assert_eq!(wrapped("未通过“必备”检查", 8), ["未通过", "“必备”检", "查"]);
    }
}
