//! English: what stands in the sentence of the number, and right behind it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::super::super::clauses::sentence;
use super::super::super::any_of;

/// How far behind an English name the request for it may begin, in bytes.
const AFTER: usize = 120;

/// True when the number that is named here is asked for.
pub(super) fn is_asked(text: &str, name: &Range<usize>) -> bool {
    let own = sentence(text, name);
    let start = own.start + text[own.clone()].find(|c: char| c.is_alphanumeric()).unwrap_or(0);
    let (before, after) = (&text[start.min(name.start)..name.start], &text[name.end..own.end]);
    let whole = &text[start.min(name.start)..own.end];
    if OFFERS.is_match(whole) || HAS_IT.is_match(before) {
        return false;
    }
    let is_question = text[own.end..].starts_with('?') && !ELSE.is_match(after);
    if is_question || TAG.is_match(&text[name.end..]) {
        return true;
    }
    let is_given = || REQUESTED.is_match(before) && !KEPT.is_match(after);
    let is_needed = || NEED.is_match(before) && !NO_NEED.is_match(before);
    let is_missed = || NEED_AFTER.is_match(after) && !NO_NEED_AFTER.is_match(after);
    is_given() || is_needed() || is_missed() || is_wanted_next(&text[name.end..])
}

/// You can find the order number in your e-mail. Could you send it to me?
fn is_wanted_next(rest: &str) -> bool {
    let rest = &rest[..rest.ceil_char_boundary(AFTER.min(rest.len()))];
    SEND_IT
        .find_iter(rest)
        .any(|found| !BOT_SENDS.is_match(&rest[..found.start()]))
}

/// What one does who tells a number.
const GIVE: &str = "provide|share|send|give|tell|enter|type|supply|drop|paste|pop|copy|leave|forward|pass|post|quote|state|text|submit|specify|read|offer|furnish|hand|mention|upload|cite|disclose|relay|dictate|write|attach|include|advise|indicate|fill in|key in|put in|confirm|verify|reply|respond|message|let (?:me|us) (?:know|have|see)|remind (?:me|us)|show (?:me|us)|get back|come back";

/// What the bot would do, and asks leave for.
static OFFERS: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:me|us) to (?:re)?(?:send|text|e-?mail|look|find|give|check)\b|\b(?:shall|can|may|could|should|do) (?:i|we) (?:just )?(?:re)?(?:send|text|e-?mail|forward|give you|tell you|help|remind you)\b|\bdid you (?:receive|get)\b|\bhelp you with\b",
    ])
});

/// What it gives, has or thanks for, and what the customer gets and keeps.
static HAS_IT: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:thanks?|thank you|received|got|noted|appreciate you|found|checked)\b[^.!?;]{0,32}$",
        r"\b(?:we|i)(?:'ll| will| have|'ve| can| already| also| just| then| now| do)* (?:re)?(?:sent|send|see|got|have|e-?mail(?:ed)?|text(?:ed)?|put|print(?:ed)?|forward(?:ed)?|give|issue|generate|found|use)\b[^.!?;]{0,24}$",
        r"\byou(?:'ll| will| may| should| then| also)* (?:receive|get|be given|be sent)\b[^.!?;]{0,32}$",
        r"\b(?:keep|save|remember|bring|note down|print) (?:[a-z]+ ){0,3}$",
        r"\b(?:no|not (?:a|an|the|any|your)|(?:never|don't|do not) (?:share|send|give|post|tell|need|have to)) (?:[a-z]+ ){0,4}$",
    ])
});

static ELSE: LazyLock<Regex> = LazyLock::new(|| any_of(&[r"\banything\b|\belse\b|\bhelp you\b|\bother\b"]));

/// And your order number is ...?
static TAG: LazyLock<Regex> =
    LazyLock::new(|| any_of(&[r"^[ ,]*(?:(?:is|was|would be|again|please|pls)[ ,]*)*[\s.…:_-]*\?"]));

static REQUESTED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        &format!(
            r"\b(?:please|pls|plz|kindly|could you|can you|would you|will you|mind|just|simply|if you|once you|when you|after you|as soon as you|need to|have to|so kind|want you to|ask you to|like you to|need you to|you (?:can|could|may)|possible to|able to|let's|be sure to|make sure to|remember to|and|then)(?: [a-z']+,?){{0,5}}? (?:{GIVE})\b[^.!?;]{{0,40}}$"
        ),
        &format!(r"(?:^|[,:;-] ?)(?:so |and |then |first |now |ok |okay |sure )*(?:{GIVE})\b[^.!?;]{{0,32}}$"),
        r"\b(?:trouble|bother) you for\b[^.!?;]{0,24}$",
    ])
});

/// Where it is to be shown some day.
static KEPT: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^[^.!?;]{0,16}\b(?:at check-?in|on arrival|when you arrive|at the (?:desk|counter|entrance|gate|door)|at reception|safe|handy until)\b",
    ])
});

static NEED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:needs?|needed|requires?|required|requiring|wants?|lacks?|lacking|missing|look(?:ing)? for|wait(?:ing|s)? for|ask(?:s|ing)? (?:you )?for|request(?:s|ing)?|must (?:have|know|see)|have to (?:have|know|see)|i'd (?:like|love)|we'd (?:like|love)|would (?:like|love)|grateful for|thankful for|start(?:s|ing)? with|begin(?:s|ning)? with|depends on|if (?:i|we) (?:had|have|knew|know|could have|may have)|to (?:have|know|get|see|obtain|receive)|(?:i|we) (?:still )?(?:don't|do not|can't|cannot) (?:yet )?(?:have|see|know)|(?:i|we)(?:'d| would) appreciate|you (?:haven't|have not|didn't|did not) (?:yet )?(?:tell|told|given?|sen[dt]|shared?|provided?|mention(?:ed)?)(?: me| us)?|(?:thing|following|detail|item|piece of information)s?:?)\b[^.!?;,]{0,24}$",
        r"\b(?:needs?|requires?|following|thing)\b[^.!?;]{0,20}: ?(?:[a-z]+ ){0,4}$",
        r"\b(?:i'm|i am|we're|we are) (?:just |only |still )?after (?:[a-z]+ ){0,3}$",
    ])
});
static NO_NEED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:(?:do|does|did|will|would|is)(?:n't| not)|won't|no|never|without|no longer) (?:[a-z]+ ){0,2}(?:needs?|needed|requires?|required|wants?|missing|to)\b",
        r"\byou(?:'ll| will| may| might| only| just| don't| also)* (?:need|want|require|have)\b[^.!?;]{0,12}$",
    ])
});

static NEED_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^[^.!?;,]{0,24}\b(?:(?:is|'s|are|will be|would be|might be|be|was) (?:[a-z]+ ){0,3}(?:needed|required|necessary|missing|helpful|useful|great|handy|appreciated|perfect|all|essential|ideal|lovely|enough|what (?:i|we))\b|(?:would|will|might|could) (?:[a-z]+ )?(?:help|do)\b|(?:please|pls|plz)\b)",
    ])
});
static NO_NEED_AFTER: LazyLock<Regex> =
    LazyLock::new(|| any_of(&[r"^[^.!?;,]{0,32}(?:\bnot\b|n't\b|\bno longer\b|\bnever\b|\byou need\b)"]));

/// And send it to me; can you paste it here?
static SEND_IT: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        &format!(
            r"\b(?:{GIVE})(?: (?:me|us|over|here|back|along|across|with|to))* (?:it|that|this|one|them|the (?:number|code|reference|same)|its number)\b"
        ),
        &format!(r"\b(?:{GIVE}) (?:me|us)\b"),
        r"\b(?:what|which)(?: [a-z]+){0,2}?(?:'s| is| was) yours\b|\bwhat (?:is|does|was) (?:it|that)\b|\b(?:can|could|do) you (?:see|find|spot|have|know|remember|recall) it\b",
    ])
});
static BOT_SENDS: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:i|we|they|it|system|hotel|team|agent|staff)(?:'ll|'d| will| would| have|'ve| can| could| may| just| also| then| gladly| now)*\s*$",
        r"\b(?:don't|do not|never|not|no need to|won't)(?: [a-z]+){0,2}\s*$",
    ])
});
