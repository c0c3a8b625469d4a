//! Answers whose form went wrong: broken off, far too long, or in a markup that the customer sees as such.

use crate::conversation::Language;

use super::chance::{Chance, Purpose};

/// A text may break off behind these: whoever reads it waits for more.
const OPEN_ZH: &str = "的和在会由将请您为把从到与或于,，、:：";
const OPEN_EN: &str =
    "the a an of and with to for is are your our in on within or by from at will be that you we can if as";
/// Characters that stand before a cut at least, and that it takes away at least.
const MARGIN: usize = 5;
/// Longer than any chat shows in one piece. Unit: characters.
const FAR_TOO_LONG: usize = 3_000;

const BROKEN_MARKDOWN: [&str; 3] = ["\n\n**", "\n\n1. [", "\n\n```json\n{\"status\": "];
const BROKEN_LINK_TARGET: &str = "](https://shop.example/help/";

/// `text`, broken off within a sentence, within markdown or within JSON.
pub(super) fn cut_off(text: &str, language: Language, chance: Chance) -> String {
    match chance.pick(Purpose::Form, &[0, 1, 2]) {
        Some(1) => in_markdown(text, chance),
        Some(2) => in_json(text),
        _ => in_a_sentence(text, language, chance).unwrap_or_else(|| in_json(text)),
    }
}

fn in_a_sentence(text: &str, language: Language, chance: Chance) -> Option<String> {
    let ends: Vec<usize> = match language {
        Language::Zh => text
            .char_indices()
            .filter(|(_, character)| OPEN_ZH.contains(*character))
            .map(|(at, character)| at + character.len_utf8())
            .collect(),
        Language::En => OPEN_EN
            .split_whitespace()
            .flat_map(|word| {
                text.match_indices(&format!(" {word} "))
                    .map(|(at, found)| at + found.len() - 1)
                    .collect::<Vec<_>>()
            })
            .collect(),
    };
    let is_within = |end: &usize| text[..*end].chars().count() >= MARGIN && text[*end..].chars().count() >= MARGIN;
    let ends: Vec<usize> = ends
        .into_iter()
        .filter(is_within)
        .filter(|end| waits(text, *end))
        .collect();
    Some(text[..*chance.pick(Purpose::Cut, &ends)?].to_owned())
}

/// What a mark follows was whole (园子挺大的，), and so is a clause whose 的 ends what it says: 门票还是可以的, 他会收70元的.
fn waits(text: &str, end: usize) -> bool {
    let is_mark = |c: char| "。！？；，、：,.!?;:".contains(c);
    let (before, after) = text.split_at(end);
    if before.ends_with(is_mark) {
        return true;
    }
    let clause = before.rsplit(is_mark).next().unwrap_or(before);
    let says = ["是", "很", "挺", "太", "会", "能", "可以", "有"]
        .iter()
        .any(|word| clause.contains(word));
    !(after.starts_with(is_mark) || before.ends_with('的') && says)
}

/// A second paragraph begins and breaks off: emphasis, a link or a block of code stays open.
fn in_markdown(text: &str, chance: Chance) -> String {
    let opening = chance.pick(Purpose::Cut, &BROKEN_MARKDOWN).copied().unwrap_or_default();
    let begun: String = text.chars().take(MARGIN).collect();
    let target = if opening.ends_with('[') { BROKEN_LINK_TARGET } else { "" };
    format!("{text}{opening}{begun}{target}")
}

/// What was to be wrapped shows its wrapping, which never ends.
fn in_json(text: &str) -> String {
    let half: String = text.chars().take(text.chars().count() / 2).collect();
    format!("{{\"type\": \"text\", \"reply\": \"{half}")
}

/// `right` among `all` that the bot knows, or in a table or a card that was meant for a web page.
pub(super) fn in_a_bad_form(title: &str, right: &str, all: &[String], chance: Chance) -> String {
    match chance.pick(Purpose::Form, &[0, 1, 2]) {
        Some(1) => format!(
            "# {title}\n\n| {title} | |\n|---|---|\n| **1** | {right} |\n\n![{title}](https://shop.example/{title}.png)"
        ),
        Some(2) => format!(
            "<div class=\"card\"><h3>{title}</h3><p>{right}</p><a href=\"https://shop.example/{title}\">{title}</a></div>"
        ),
        _ => far_too_long(right, all),
    }
}

fn far_too_long(right: &str, all: &[String]) -> String {
    let mut long = right.to_owned();
    let mut length = long.chars().count();
    let paragraphs: Vec<&String> = all.iter().filter(|paragraph| !paragraph.is_empty()).collect();
    for paragraph in paragraphs.into_iter().cycle() {
        if length >= FAR_TOO_LONG {
            break;
        }
        long.push('\n');
        long.push_str(paragraph);
        length += 1 + paragraph.chars().count();
    }
    long
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const ZH: &str = "亲,订单会在48小时内由顺丰速运发出,请放心。";
    const EN: &str = "Your order ships within 48 hours of payment, with SF Express.";

    fn each(make: impl Fn(Chance) -> String) -> BTreeSet<String> {
        (0..200).map(|message| make(Chance::new(1, message))).collect()
    }

    #[test]
    fn a_text_breaks_off_where_a_reader_waits_for_more() {
        for (text, language) in [(ZH, Language::Zh), (EN, Language::En)] {
            let cuts = each(|chance| in_a_sentence(text, language, chance).unwrap());
            assert!(cuts.len() >= 2, "{cuts:?}");
            for cut in cuts {
                assert!(text.starts_with(&cut) && cut.len() < text.len());
                let word = cut.rsplit(' ').next().unwrap();
                let is_open =
                    OPEN_EN.split(' ').any(|open| open == word) || OPEN_ZH.contains(cut.chars().last().unwrap());
                assert!(is_open, "{cut}");
            }
        }
        assert_eq!(in_a_sentence("好的", Language::Zh, Chance::new(1, 1)), None);
        for whole in ["园子真大的。去看的多", "门票还是可以的七十元整"] {
            assert_eq!(in_a_sentence(whole, Language::Zh, Chance::new(1, 1)), None, "{whole}");
        }
    }

    #[test]
    fn every_way_to_break_off_happens() {
        let texts = each(|chance| cut_off(EN, Language::En, chance));
        for sign in ["{\"type\"", "**Your", "```json", "[Your ]("] {
            assert!(texts.iter().any(|text| text.contains(sign)), "{sign}: {texts:?}");
        }
        assert!(texts.iter().any(|text| EN.starts_with(text)));
    }

    #[test]
    fn bad_forms_hold_the_right_answer_all_the_same() {
        let all = [ZH.to_owned(), String::new(), EN.to_owned()];
        let forms = each(|chance| in_a_bad_form("delivery", ZH, &all, chance));
        assert_eq!(forms.len(), 3);
        assert!(forms.iter().all(|text| text.contains(ZH)));
        assert!(forms.iter().any(|text| text.chars().count() >= FAR_TOO_LONG));
        assert_eq!(far_too_long("好", &[]), "好");
        assert_eq!(far_too_long("好", &[String::new()]).chars().count(), 1);
    }
}
