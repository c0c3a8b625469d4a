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
    let mut letters = Letters::default();
    for character in text.chars() {
        letters.count(character);
    }
    let mut names = 0;
    let mut latin = 0;
    for word in text.split(|c: char| c.is_whitespace() || is_han(c) || is_mark_around_words(c)) {
        let length = word.chars().filter(|c| c.is_alphabetic()).count();
        if !is_word(word) {
            continue;
        }
        if word.starts_with(char::is_uppercase) {
            names += length;
        } else {
            latin += length;
        }
    }
    if letters.han == 0 {
        latin += names;
    }
    if letters.other * OTHER_WEIGHS > letters.han + latin || (letters.han < ENOUGH_HAN && latin < ENOUGH_LATIN) {
        return None;
    }
    let han = (letters.han * LETTERS_PER_HAN) as f64;
    let share = han / (han + latin as f64);
    if share >= PREVAILS {
        Some(Language::Zh)
    } else {
        (share <= 1.0 - PREVAILS).then_some(Language::En)
    }
}

#[derive(Default)]
struct Letters {
    han: usize,
    /// Letters of scripts that neither language uses: kana, Cyrillic, Arabic.
    other: usize,
}

impl Letters {
    fn count(&mut self, character: char) {
        if is_han(character) {
            self.han += 1;
        } else if character.is_alphabetic() && !is_latin(character) {
            self.other += 1;
        }
    }
}

fn is_han(character: char) -> bool {
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

/// A word of a language: no link, no mail address, no code with digits in it.
fn is_word(word: &str) -> bool {
    !word.contains("://")
        && !word.starts_with("www.")
        && !word.contains(['@', '_', '{', '}', '<', '>', '='])
        && !word.contains(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| !c.is_alphabetic() || is_latin(c))
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
