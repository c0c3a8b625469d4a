//! Which language a text is in, by its letters.

use crate::conversation::Language;

/// Chinese characters, and Latin letters, that suffice to tell.
const ENOUGH_HAN: usize = 2;
const ENOUGH_LATIN: usize = 8;

/// A Chinese character carries about as much as this many Latin letters.
const LETTERS_PER_HAN: usize = 2;

/// A few letters of another script make it another language: Japanese is half Chinese characters.
const OTHER_WEIGHS: usize = 2;

/// The share of one script above which a text is in its language; between the two it is mixed.
const PREVAILS: f64 = 0.6;

/// The language of a text as it was written; absent when it is too short, mixed, or in another script.
///
/// Links, codes and, beside Chinese, names (words with a capital letter) tell nothing about it.
pub fn language(text: &str) -> Option<Language> {
    let Letters {
        han,
        other,
        words,
        names,
    } = Letters::of(text);
    let latin = if han == 0 { words + names } else { words };
    if other * OTHER_WEIGHS > han + latin || (han < ENOUGH_HAN && latin < ENOUGH_LATIN) {
        return None;
    }
    let han = (han * LETTERS_PER_HAN) as f64;
    let share = han / (han + latin as f64);
    if share >= PREVAILS {
        Some(Language::Zh)
    } else {
        (share <= 1.0 - PREVAILS).then_some(Language::En)
    }
}

/// How many letters of each kind a text has.
#[derive(Default)]
struct Letters {
    han: usize,
    /// Letters of scripts that neither language uses: kana, Cyrillic, Arabic.
    other: usize,
    /// Letters of Latin words that begin with a small one.
    words: usize,
    /// Those of words that begin with a capital.
    names: usize,
}

impl Letters {
    /// Counts them in one pass, most of it over bytes: what is not ASCII is looked up in tables.
    fn of(text: &str) -> Letters {
        let mut letters = Letters::default();
        let mut word = Word::default();
        for (at, character) in text.char_indices() {
            match character {
                'a'..='z' | 'A'..='Z' => word.letters += 1,
                '0'..='9' | '@' | '_' | '{' | '}' | '<' | '>' | '=' => word.is_code = true,
                ':' => word.is_code |= text[at..].starts_with("://"),
                _ if is_han(character) => {
                    letters.han += 1;
                    letters.end(text, word, at);
                    word = Word::behind(at, character);
                }
                _ if is_mark_around_words(character) || character.is_whitespace() => {
                    letters.end(text, word, at);
                    word = Word::behind(at, character);
                }
                _ if character.is_ascii() || !character.is_alphabetic() => {}
                _ if is_latin(character) => word.letters += 1,
                _ => {
                    letters.other += 1;
                    word.is_code = true;
                }
            }
        }
        letters.end(text, word, text.len());
        letters
    }

    /// Counts the letters of a word of a language: no link, no mail address, no code with digits in it.
    fn end(&mut self, text: &str, word: Word, end: usize) {
        let written = &text[word.start..end];
        if word.letters == 0 || word.is_code || written.starts_with("www.") {
            return;
        }
        match written.starts_with(char::is_uppercase) {
            true => self.names += word.letters,
            false => self.words += word.letters,
        }
    }
}

/// What stands between blanks, Chinese characters and marks, as far as it was read.
#[derive(Clone, Copy, Default)]
struct Word {
    /// Where it begins, in bytes.
    start: usize,
    letters: usize,
    /// It holds what no word of a language does.
    is_code: bool,
}

impl Word {
    fn behind(at: usize, character: char) -> Word {
        Word {
            start: at + character.len_utf8(),
            ..Word::default()
        }
    }
}

/// True for a character of Chinese writing.
pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Basic Latin, its accented letters and full-width forms.
fn is_latin(character: char) -> bool {
    matches!(character, '\0'..='\u{24f}' | '\u{ff21}'..='\u{ff5a}')
}

fn is_mark_around_words(character: char) -> bool {
    matches!(
        character,
        ',' | ';'
            | '!'
            | '?'
            | '('
            | ')'
            | '"'
            | '。'
            | '、'
            | '“'
            | '”'
            | '\u{ff08}'
            | '\u{ff09}'
            | '\u{ff0c}'
            | '\u{ff1a}'
            | '\u{ff1b}'
            | '\u{ff01}'
            | '\u{ff1f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_shows_in_the_letters() {
        for (text, expected) in [
            ("满300元减50元", Some(Language::Zh)),
            ("亲,您的订单会在48小时内发货", Some(Language::Zh)),
            ("您好", Some(Language::Zh)),
            ("您的SF-EXPRESS包裹SF1234567890已发出", Some(Language::Zh)),
            ("推荐Bloom Beauty的Calming Repair Serum精华", Some(Language::Zh)),
            (
                "请打开 https://shop.example.com/orders/detail?id=5 查看",
                Some(Language::Zh),
            ),
            ("訂單預計明天送達", Some(Language::Zh)),
            ("Your order ships within 48 hours.", Some(Language::En)),
            ("YOUR ORDER HAS BEEN SHIPPED", Some(Language::En)),
            ("The 花漾精华 costs 199 yuan in our shop", Some(Language::En)),
            ("Bloom Beauty", Some(Language::En)),
            ("OK", None),
            ("ok ok", None),
            ("好", None),
            ("50", None),
            ("", None),
            ("6123400000001712345", None),
            ("https://shop.example.com/orders", None),
            ("Ваш заказ отправлен сегодня", None),
            ("ご注文は48時間以内に発送いたします", None),
            ("주문하신 상품이 발송되었습니다", None),
            ("满300元减50元哦 we ship for free", None),
        ] {
            assert_eq!(language(text), expected, "{text}");
        }
    }
}
