//! A person's English name beside a datum: `Mary Smith (415-555-2671)`, `12 Oak Lane is where Mr. Smith lives`.
//!
//! A name is a title or one of the most frequent given names, and a surname: whatever else is written with capitals is as likely a
//! restaurant's. Given names: United States Census Bureau, Frequently Occurring First Names and Surnames from the 1990 Census, the first
//! 200 of each sex (public domain), without those that are ordinary words, places or shops.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

const GIVEN: &str = include_str!("given_names.txt");

const TITLES: &str = r"(?:Mr|Mrs|Ms|Miss|Mx|Madam|Sir)\.?";

/// Bytes that are looked at on either side: a name and the few words between.
const NEAR: usize = 120;

/// What may stand between a name and the datum behind it.
const BEFORE_DATUM: &str = r"(?:['’]s)?[\s,:;|()\[\]/—–-]*(?:(?i:at|of|on|is|was|can|will|goes|go|arrives?|come|whose|who|your|invoice|parcel|package|order|bill|gift|refund|sent|delivered|shipped|here|info|be|reached|under|by|from|with|in|as|to|and|the|a|an|this|that|it|we|i|you|us|have|has|had|noted|see|saved|stored|gave|left|shows?|listed|found|registered|booked|paid|used|uses|his|her|their|new|current|right|number|no\.|tel|telephone|phone|mobile|cell|e-?mail|mail|address|home|lives|living|resides|residing|contact|details|card|id)[\s.:,|()-]+){0,6}$";

/// How somebody is reached who was named before: `Mary Smith had the same question; reach them at`.
const REACHED: &str = r"(?-u:\b)[^.!?\n]{0,60}(?i:(?-u:\b)(?:reach|call|contact|phone|text|message|ring|e-?mail|write to|ask|try) (?:them|him|her)(?-u:\b)|(?-u:\b)give (?:them|him|her) a (?:quick )?(?:call|ring|buzz|text|bell|shout)(?-u:\b))[\s,:]*(?:(?i:at|on|via|under|by|number|phone|mobile)[\s:]*){0,2}$";

/// Another customer, of whom the next sentence speaks: `Another guest had the same question. You could ask them on`.
const ANOTHER: &str = r"(?i)(?-u:\b)(?:another|previous|last|other|one of our|fellow|different)\s(?:[a-z]+\s)?(?:customer|guest|client|travell?er|passenger|visitor|user|buyer|member|patient|person)s?(?-u:\b)[^!?\n]{0,64}(?-u:\b)(?:reach|call|contact|phone|text|message|ring|ask|try|write\sto)\s(?:them|him|her)(?-u:\b)[^.!?]{0,16}$";

/// How a number is rung in the sentence behind: `You can call on`, `Ring`.
const RING: &str = r"[^!?.\n]{0,64}[.!?]\s+(?:(?i:you|we|can|could|may|might|feel free to|please|just|simply|why not|do|or|so|then|best|to)[\s,]+){0,4}(?i:(?:reach|call|contact|phone|text|message|ring|dial|ask|try|whatsapp)(?:\s(?:them|him|her))?|(?:give|drop|send)\s(?:them|him|her)\sa\s(?:quick\s)?(?:call|ring|buzz|text|bell|shout|line|message))[\s,:]*(?:(?i:out|up|at|on|via|under|by|to|number|phone|mobile|their|his|her|the)[\s:]*){0,3}$";

/// Another guest beside the one who is spoken to, by what they share: the guest before you, sharing a van with, on the same tour.
const SHARES: &str = r"(?i:guest|customer|client|travell?er|passenger|visitor|user|buyer|member|patient|person|lady|gentleman|man|woman|family|couple|party|someone|somebody)s?\s(?i:before|after|ahead of|behind|beside|next to|sharing|travelling with|traveling with|booked with|on your|on the same|in your|in the same)(?-u:\b)[^.!?\n]{0,32}|(?i:(?-u:\b)(?:shar(?:e|es|ed|ing)|travel(?:l?ing|s)?|rid(?:e|es|ing)|pair(?:ed|s)|group(?:ed|s)|match(?:ed|es)|book(?:ed)|seat(?:ed)|plac(?:ed)|sit(?:s|ting)|join(?:ed|ing|s)?|tak(?:en)|claimed|held|kept|occupied|reserved|together|go(?:es|ing)?|team(?:ed)?)(?-u:\b)[^.!?\n]{0,40}(?-u:\b)(?:with|beside|next to|alongside|by))\s|(?i:(?:another|previous|last|other|one of our|fellow|different|next)\s(?:[a-z]+\s)?(?:customer|guest|client|travell?er|passenger|visitor|user|buyer|member|patient|person)(?-u:\b))[^.!?\n]{0,24}";

/// What somebody does who shares something with the one who is spoken to: `Mary Smith takes the same bus`, `Mary Smith sits next to you`.
const SHARED: &str = r"\s(?:is|was|will|has|had|also|too|[a-z]+(?:ed|s))\s[^.!?\n]{0,40}(?i:(?-u:\b)same(?-u:\b)|(?-u:\b)(?:with|beside|next to|alongside|before|after|behind|like)\syou(?-u:\b)|(?-u:\b)your\s(?:[a-z]+\s)?(?:tour|group|van|bus|minibus|taxi|cab|car|boat|room|cabin|table|flight|train|ride|class|party)(?-u:\b))";

/// True when the sentence before the one that a number stands in names another guest, and this one says to ring it.
pub(super) fn of_a_companion(before: &str) -> bool {
    static COMPANION: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!("(?:(?:{SHARES}){}|{}{SHARED}){RING}", name(), name())));
    COMPANION.is_match(before)
}

/// What is asked for of somebody who is named, and what may stand between the question and the answer: `Ann Lee's number? It's`.
const ASKED: [&str; 3] = [
    r"(?i:(?-u:\b)(?:reach|contact|call|ring|text|phone|message|e-?mail|write to|get hold of|touch with))\s",
    r"(?:['’]s?)?\s(?i:(?:[a-z-]+\s){0,3}(?:number|phone|mobile|cell|line|contacts?|digits|details|address|home|flat|house))",
    r"[^.!?\n]{0,32}\?+\s*(?:(?i:(?:it|that|here|he|she)(?:['’](?:s|d|ll))?|its|would|will|be|is|are|sure|yes|yep|of|course|certainly|no|problem|you|go|on|at|his|her|their|the|number|phone|mobile|cell|address|ok|okay|well|i|have|we|got|['’]ve|down|as|reads|lives|they|try|ring|call|dial|text|please|just)[\s,:;—–-]+)*$",
];

/// True for what stands right before the answer to a question for somebody's number or address.
pub(super) fn were_asked_for(before: &str) -> bool {
    static ASKED_FOR: LazyLock<Regex> = LazyLock::new(|| {
        let ([reach, data, answer], name) = (ASKED, name());
        pattern(&format!(r"(?:{reach}(?P<rung>{name})|(?P<owner>{name}){data}){answer}"))
    });
    let Some(found) = ASKED_FOR.captures(before) else {
        return false;
    };
    let name = found.name("rung").or_else(|| found.name("owner"));
    name.is_some_and(|name| !is_famous(before, &name.range()))
}

/// What may stand between a datum and the name behind it.
const AFTER_DATUM: &str = r"^[\s,:;()\[\]/—–-]*(?:(?i:is|for|of|belongs to|belonging to|under|registered to|and|attn|attention|c/o|where|that|that's|it's|this|still|the|right|correct|current|best|number|address|phone|home|recipient|guest|customer|name|holder|payee|owner|contact)[\s.:]+){0,6}";

/// How far before this part of a text a person's name begins, if one stands right before it, or anywhere in what its sentence says of
/// them. Unit: bytes.
pub(super) fn end_before(text: &str, span: &Range<usize>) -> Option<usize> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("{}{BEFORE_DATUM}", name())));
    let before = &text[text.ceil_char_boundary(span.start.saturating_sub(NEAR))..span.start];
    let right_before = BEFORE.find(before).filter(|found| !is_famous(before, &found.range()));
    let named = || {
        let last = NAME.find_iter(before).last()?;
        let rest = &before[last.end()..];
        let is_meant = SAYS_OF_THEM.is_match(rest) && !SENDS_THERE.is_match(rest) && !SPOKEN_TO.is_match(rest);
        (is_meant && !is_famous(before, &last.range())).then_some(last.start())
    };
    let start = right_before.map(|found| found.start()).or_else(named)?;
    Some(before.len() - start)
}

static NAME: LazyLock<Regex> = LazyLock::new(|| pattern(&name()));

/// The rest of the sentence, or the next one if it is about the same: `Mary Smith wrote to us. Her number: ...`.
static SAYS_OF_THEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[^.!?;\n]*(?:;[^.!?;\n]*)?$|^[^.!?\n]*[.!?\n]\s*(?i:(?:and|the|their|his|her|here's|here is|this is|is|was|its|on)\s+)*(?i:phone|mobile|cell|telephone|tel|contact|number|address|home|is|was)(?-u:\b)[^.!?\n]{0,24}$",
    )
});

/// Where it sends the customer is no home: `Mary Smith likes it, so go to ...`.
static SENDS_THERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?-u:\b)(?:go|come|head|walk|drive|return|turn|visit|meet (?:you|us)|exhibit\w*|floor|sells?|opens?|open|boutique|brand|concert|plays|performs|works|born|buried|lived|painted)(?-u:\b)[^,.!?]{0,24}$",
    )
});

/// Behind the name of whom it speaks to: `Mr. Finch, your table is booked at ...`.
static SPOKEN_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*[,!]\s*(?i:you|your|the|we|our|I|it|it's|this|that|please|here|there|a|an|thank|thanks|to|for|yes|no|in|at|just|if|all)\s[^,]*\s\S",
    )
});

/// A name that is a house's, a show's or that of somebody who is known for their work: `The James Hotel`, `our chef Mary Brown`, `ask for Mary Smith`.
fn is_famous(text: &str, name: &Range<usize>) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:(?-u:\b)[Tt]he\s+|(?i:(?-u:\b)(?:chef|dr|doctor|manager|guide|driver|host|hostess|owner|agent|concierge|nurse|teacher|professor|prof|captain|curator|artist|architect|colleague|director|painter|writer|author|king|queen|saint|statue of|tomb of|birthplace of|ask for|speak to|report to|(?:run|owned|founded|managed|hosted|led|designed|built|painted|written|works|art) by)[\s.,:]*))$",
        )
    });
    const VENUE: &str = "hotel|house|museum|hall|theatre|theater|park|inn|street|road|avenue|lane|square|bridge|airport|station|exhibition|show|concert|memorial|restaurant|cafe|café|shop|store|clinic|hospital|gallery|school|college|university|church|library|tower|cent(?:er|re)|building|garden|gardens|bar|pub|grill|kitchen|bakery|salon|spa|bank|market|mall|stadium|arena|tour|day|festival|steak|pizza";
    static VENUES: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        [
            format!(r"(?i)(?-u:\b)(?:{VENUE})$"),
            format!(r"(?i)^(?:\s+[A-Z][a-z]+)?\s+(?:{VENUE})(?-u:\b)"),
        ]
        .map(|venue| pattern(&venue))
    });
    BEFORE.is_match(&text[..name.start])
        || VENUES[0].is_match(&text[name.clone()])
        || VENUES[1].is_match(&text[name.end..])
}

/// True when a person's name stands right before or right behind this part of a text.
pub(super) fn stand_beside(text: &str, span: &Range<usize>) -> bool {
    static AFTER: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("{AFTER_DATUM}{}", name())));
    static SPOKEN_OF: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("{}{REACHED}|{ANOTHER}", name())));
    let start = text.ceil_char_boundary(span.start.saturating_sub(NEAR));
    let end = text.floor_char_boundary(span.end.saturating_add(NEAR));
    let (before, behind) = (&text[start..span.start], &text[span.end..end]);
    let behind = &behind[..behind.find(['.', '!', '?', ';', '\n']).map_or(behind.len(), |stop| {
        // The stop of an initial or of a title ends nothing.
        let is_abbreviation = behind[..stop].rsplit(' ').next().is_some_and(|word| word.len() <= 3);
        if is_abbreviation { behind.len() } else { stop }
    })];
    let is_named_behind = || {
        let mut names = NAME.find_iter(behind).map(|found| found.range());
        names.any(|name| !is_famous(behind, &name))
    };
    end_before(text, span).is_some() || SPOKEN_OF.is_match(before) || AFTER.is_match(behind) || is_named_behind()
}

fn name() -> String {
    let given = GIVEN.split_whitespace().collect::<Vec<_>>().join("|");
    let surname = r"(?:(?:Mc|Mac|O'|De|Van )?[A-Z][a-z]+(?:-[A-Z][a-z]+)?)";
    format!(r"(?-u:\b)(?:{TITLES}\s+(?:[A-Z][a-z]*\.?\s+)?|(?:{given})\s+(?:[A-Z]\.?\s+)?){surname}")
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_title_or_given_name() {
        for (text, datum, expected) in [
            ("Mary Smith, 12 Oak Lane", "12 Oak Lane", true),
            ("That is Mr. Lindqvist's number: 415-555-2671", "415-555-2671", true),
            ("James T. Kirk lives at 12 Oak Lane", "12 Oak Lane", true),
            ("12 Oak Lane (Ms Okonkwo)", "12 Oak Lane", true),
            ("415-555-2671 belongs to Anna Mc", "415-555-2671", true),
            (
                "Mary Smith asked the same; reach her at 415-555-2671",
                "415-555-2671",
                true,
            ),
            (
                "Carlos Vega has it too, just call him: 415-555-2671",
                "415-555-2671",
                true,
            ),
            ("Mary Smith likes it. Reach them at 415-555-2671", "415-555-2671", false),
            ("Nothing Hill Cafe, 12 Oak Lane", "12 Oak Lane", false),
            ("Olive Garden at 12 Oak Lane", "12 Oak Lane", false),
            ("Joe's Pizza, 12 Oak Lane", "12 Oak Lane", false),
            ("Ruth Chris Steak House, 12 Oak Lane", "12 Oak Lane", false),
            ("Mary Smith likes it, so go to 12 Oak Lane", "12 Oak Lane", false),
            ("12 Oak Lane", "12 Oak Lane", false),
        ] {
            let at = text.find(datum).unwrap();
            assert_eq!(stand_beside(text, &(at..at + datum.len())), expected, "{text}");
        }
    }
}
