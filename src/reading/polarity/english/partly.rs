//! English: what holds of some, or of all that is listed.

use std::sync::LazyLock;

use regex::Regex;

use super::super::Mention;
use super::super::Saying;
use super::{ARTICLE, DENIED_BEFORE, MATTER, TOPIC, denies, is_a_way, pattern, without_harmless, words};

/// Not every hotel has a gym, `but ours does`: only what follows speaks of this one.
pub(super) fn of_this_one(mention: &Mention) -> Option<Option<bool>> {
    static NOT_ALL: LazyLock<Regex> = LazyLock::new(|| {
        words(
            "not (?:every|all|each|many)|(?:some|most|many|other|few)(?: of)?(?: our| the)? (?:[a-z]+ )?(?:hotels|places|branches|stores|shops|locations|properties|houses|sites|rooms)",
        )
    });
    static THIS_ONE: LazyLock<Regex> = LazyLock::new(|| words("ours|this|we|here|the one|it"));
    let is_one = NOT_ALL.is_match(mention.before);
    let comment = || {
        let (comment, _) = mention.comment();
        let said = without_harmless(comment);
        let denies = !(DENIED_BEFORE.find_iter(&said).count()).is_multiple_of(2);
        THIS_ONE.is_match(comment).then_some(!denies)
    };
    is_one.then(comment)
}

/// We have no sports facilities, `including a gym`.
pub(super) fn listed_in(mention: &Mention) -> bool {
    static INCLUDING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^\s*(?:including|such as|like|not even|be it|whether)\b(?: (?:a|an|the|any|our))?\s*$")
    });
    static INCLUDED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^ (?:included|or anything)\b"));
    let is_one =
        INCLUDING.is_match(mention.before) || ARTICLE.is_match(mention.before) && INCLUDED.is_match(mention.after);
    is_one && denies(&without_harmless(mention.previous))
}

/// Apart from a gym, we have everything.
pub(super) fn left_out(mention: &Mention) -> Option<Saying> {
    static BUT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\b(?:apart from|aside from|except(?: for)?|other than|save for|minus|with the exception of)(?: a| an| the| any)?\s*$",
        )
    });
    static ALL: LazyLock<Regex> = LazyLock::new(|| words("everything|anything|all|whatever"));
    let rest = [mention.before, mention.after, mention.comment().0].concat();
    let is_one = BUT.is_match(mention.before) && ALL.is_match(&rest) && !denies(&without_harmless(&rest));
    is_one.then(|| says(mention, false, 0))
}

/// If you need a gym, I can suggest another hotel, `as this one has none`: what follows on a wish speaks of what is wished for.
pub(super) fn wished_for(mention: &Mention) -> Option<Saying> {
    static IF: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\s*(?:and |but |so )?(?:if|should|in case|when|whenever|for (?:those|guests) who)\b(?: [a-z'-]+){0,6}\s*$",
        )
    });
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?: (?:is|are) (?:important|essential|needed|required|a must|necessary|wanted)(?: (?:to|for) you)?| (?:that )?you(?:'re|'ve| are| have|'d)?(?: [a-z]+ly| come| been| really)? (?:want|wanting|need|needing|after|seeking|fancy|like|asking (?:for|about)|looking for|hoping for|(?:came|come|here) for)| (?:service|in the morning|during your stay|tomorrow|at all))*\s*$",
        )
    });
    static WOULD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^ would(?: certainly| of course)? be (?:nice|great|lovely|good|ideal|wonderful)\s*$")
    });
    let is_wish = mention.mark == Some(',')
        && (IF.is_match(mention.before) && BEHIND.is_match(mention.after) || WOULD.is_match(mention.after));
    if !is_wish || TOPIC.is_match(mention.before) || MATTER.is_match(mention.after) {
        return None;
    }
    let (holds, length) =
        super::super::unnamed::answer(mention.next).or_else(|| super::super::brief::answer(mention.next))?;
    Some(says(mention, holds, (1 + length).min(1 + mention.next.len())))
}

/// For a gym session `please dial 0`; please contact the desk `to book` a wake-up call.
pub(super) fn way_to(mention: &Mention) -> Option<Saying> {
    static FOR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^\s*(?:for|to (?:get|book|request|arrange|have|order|set up|schedule))(?: an?| the| your)?\s*$")
    });
    static TO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\s*(?:please|just|simply|kindly|you can|you may|and)\b.* to (?:schedule|arrange|book|set|set up|request|order|get|organi[sz]e|reserve)(?: an?| your| the| one)?\s*$",
        )
    });
    let is_way = FOR.is_match(mention.before) && is_a_way(mention.after.trim_start())
        || TO.is_match(mention.before) && mention.after.len() < 20;
    (is_way && !denies(&without_harmless(mention.before)) && !denies(&without_harmless(mention.after)))
        .then(|| says(mention, true, 0))
}

/// `0 gyms` in this house; `1 gym found`: a count of none denies, and one of more affirms where it says what was found.
pub(super) fn counted(mention: &Mention) -> Option<Saying> {
    static NONE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?:^|[(:]|\b(?:have|has|had|found|find|are|is|with|got|exactly|shows?|returned))\s?0(?: [a-z]+)?\s*$")
    });
    // Reception: 0, sauna: 7 is a list of numbers.
    static NUMBERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:[:=–-]|[0-9])"));
    static DIALLED: LazyLock<Regex> =
        LazyLock::new(|| words("dial|press|call|ring|hit|push|extension|ext|number|floor|level|room|phone|for"));
    static SOME: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:^|[^0-9.,:/-] ?)(?:[1-9][0-9]?|one|two|three)(?: [a-z]+)?\s*$"));
    static FOUND: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^s? (?:found|listed|located|detected|matched|match(?:es)?|on file)\b"));
    let before = mention.before;
    let is_some = || SOME.is_match(before) && FOUND.is_match(mention.after);
    let is_none = NONE.is_match(before) && !DIALLED.is_match(before) && !NUMBERED.is_match(mention.after);
    let holds = match is_none {
        true => false,
        false => is_some().then_some(true)?,
    };
    (!denies(before)).then(|| says(mention, holds, 0))
}

/// Neither breakfast `nor wake-up calls`; the short answer is no: `there's no gym`: what denies the subject itself, where more was denied before.
pub(super) fn own_part(before: &str) -> &str {
    static AGAIN: LazyLock<Regex> =
        LazyLock::new(|| pattern(r".*(\b(?:nor|(?:and|or) (?:no|not|neither|without|never))\b)"));
    let said = |text: &str| denies(text) || super::AFFIRMED.is_match(text);
    let own = before.rsplit_once(": ").map(|(_, rest)| rest).filter(|rest| said(rest));
    let before = own.unwrap_or(before);
    let again = AGAIN.captures(before).and_then(|found| found.get(1));
    again.map_or(before, |again| &before[again.start()..])
}

fn says(mention: &Mention, holds: bool, beyond: usize) -> Saying {
    Saying {
        holds,
        before: mention.before.trim_start().len(),
        after: mention.after.len() + beyond,
    }
}
