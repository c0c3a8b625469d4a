//! English: denials are counted over the clause; something has to affirm what is not denied.

mod limits;
mod partly;

use std::sync::LazyLock;

use regex::Regex;

use super::{Mention, Saying};
use limits::{WISH, is_conditional};

/// Affirms, wherever it stands in the clause.
const PREDICATES: &str = r"there(?:'s| is| are)|(?:support|offer|accept|provid|allow|includ|cover|permit|featur|boast)(?:e?s|ed|d|ing|e)?|do|does|can|may|available|possible|eligible|entitled|have|has|got|yes|sure|certainly|of course|no (?:problem|trouble|bother)|get|gets|comes?|free|complimentary|included|part of|on offer|free to|welcome to|able to|happy to|glad to|equipped with|help yourself|make use of|take advantage of|we've|they've|plenty of|don't hesitate|feel free|not an? (?:problem|issue)|no (?:worries|issue|hassle|sweat|bother|biggie|drama|difficulty)|(?:what|which)(?:ever)? (?:time|hour|way|day) (?:you|they|guests)(?:'d| would)? (?:like|want|need|prefer|wish)|(?:every|each|any|all)[ ]?(?:guests?|rooms?|visitors?|customers?|one|body|those)? (?:who|that) (?:asks?|wants?|wish(?:es)?|needs?|likes?|requests?)|who(?:so)?ever (?:asks|wants|wishes|needs|likes)|in[- ]house|on[- ]site|round[- ]the[- ]clock|24/7";

/// Affirms what is its object: you will find the gym, just dial 0 to book a wake-up call.
const VERBS: &str = r"do(?:ing|ne)|(?:find|use|enjoy|choos|arrang|giv|run|operat|receiv|mak|open|build|add|launch|instal|schedul|organi[sz]|maintain|own|host|sell|stock|ring|call|phon|try|visit|access|book|request)(?:e?s|l?ed|ing|e)?|built|gave|ran|opened up|set(?:ting)? up|put(?:ting)? in|ke(?:ep|eps|pt)|hit the|head to|drop by|(?:to|can|could|just|please|and) (?:order|book|request|pick|take|visit|try)|ask(?: [a-z]+){0,2} for";

/// What is said of the subject itself: a gym that is open is there.
const STATES: &str = r"(?:is|are|was|were|stays?|remains?|costs?|comes?|opens?|open|runs?|starts?|operates?|hours|works?|closes at|(?:will|can|could|may) (?:always )?be)";

/// What may stand between a subject and what is said of it: gym access is free.
const NOUNS: &str = "access|facilit(?:y|ies)|services?|rooms?|areas?|cent(?:er|re)s?|amenit(?:y|ies)|itself|options?|requests?|entry|use|opening";

/// Where something is to be found.
const PLACES: &str = "floors?|levels?|basement|lobby|ground|rooftop|roof|top|building|wing|entrance|reception|desk|pool|corridor|hall|stairs|downstairs|upstairs|inside|checkout|counter";

/// States from which nothing follows.
const OPEN_STATES: &str = r"up to|subject to|under|on hold|pending|planned|being|another|something|what|un(?:clear|known|certain|decided)|an? (?:question|matter|different)|the (?:question|same)";

/// Denies what follows.
const DENIALS_BEFORE: &str = r"(?:everything|anything|all) (?:but|except)|excluded from|rejects?|rejected|blocks?|rul(?:es?|ed|ing) out|leav(?:es?|ing) out|left out|let alone|rather than|instead of|too [a-z]+ (?:for|to be)|nothing|not|zero|never|no longer|no|cannot|unable to|neither|none|nor|without|lacks?|lacking|excludes?|excluding|[a-z]+n't|stop(?:s|ped)|ceased?|cancell?ed|discontinued|removed|scrapped|closed(?: down)?|shut(?: down)?|(?:ran|run|are|is) out of|lack of|absence of|(?:decided|chosen|chose|opted|voted) (?:against|not to|out of)|against (?:having|offering|providing|running)|(?:love|like|wish|want|hoping) to have (?:an?|our own|such)|wish (?:we|there|it) had|(?:plan(?:s|ning|ned)?|discuss(?:es|ing|ed)?|consider(?:s|ing|ed)?|dream(?:s|ing)? of|think(?:s|ing)? (?:of|about)|hop(?:e|es|ing) for|work(?:s|ing) (?:on|towards?)|talk(?:s|ing)? about) (?:an?|the|its|our|their)|(?:did|do|done) away with|g[eo]t rid of|gave up|dropped|axed|withdrew|suspended|halted|paused|phased out|yet to|(?:go|look) elsewhere|prohibits?|forbids?|bans?|fail(?:s|ed)? to|declin(?:es?|ed)|refus(?:es?|ed)|used to (?:have|offer|run|do|be|provide)|nobody|no one|hardly|(?:had|have|forced) to close|still (?:building|planning|working on)|missing|(?:have|must|need|sorry) to (?:disappoint|say no|decline|let you down)|(?:plan(?:s|ning)?|hop(?:e|es|ing)|intend(?:s|ing)?|going) to (?:build|open|add|install|introduce|set up|put in)|(?:too|so) (?:small|few|little|busy|short|short-staffed|understaffed|short-handed|stretched|crowded|full|tight|limited|old|expensive|cramped|modest)(?:,? [a-z]+){0,6}? (?:for|to)|ain't";

/// Denies what comes before.
const DENIALS_AFTER: &str = r"not|no longer|never|cannot|unavailable|unsupported|impossible|excluded|suspended|discontinued|stopped|ceased|cancell?ed|removed|scrapped|closed|shut|out of (?:order|service|use|stock|action|commission|bounds)|(?:is|are|been) (?:currently |temporarily |still )?down(?: (?:at the moment|at present|for|right now|today|until|since|now|again|sorry)|$)|under (?:renovation|repair|construction|maintenance)|none|no more|taken out|ripped out|torn (?:out|down)|demolished|gone|ended|terminated|in the past|(?:turned|converted|made) into|(?:must be|is|was|belongs to|belonged to) (?:in |of |at )?(?:another|some other|a different) (?:hotel|house|place|property|branch|shop|store)(?:[’']s)?|(?:has |have |had )?(?:become|became|becomes) (?:an?|our|the|part of (?:the|our)) (?:[a-z]+ )?(?:room|office|store|storage|lounge|bar|caf[eé]|restaurant|studio|library|suite|kitchen|lobby|spa)|n/a|prohibited|forbidden|banned|withdrawn|paused|halted|axed|dropped|phased out|(?:coming|opening) (?:soon|next|later)|(?:opens?|starts?) (?:next|later)|in the works|yet to|being (?:built|renovated|refurbished|redone|planned)|still being|off limits|missing|(?:is|are) (?:only |just )?(?:planned|in preparation|in planning|on the way|under way)|(?:has|have|need|needs) to (?:go|look) (?:outside|elsewhere|out)|no have|not have|not exist|(?:has|have|need|needs)(?: got)? to (?:go|head|walk|drive|travel|pop|ride) (?:in)?to (?:the )?(?:nearest |next )?(?:town|village|city|mall|county town)|non-?existent|a thing of the past|beyond us|(?:more|further) than (?:we|they|it|our [a-z]+|the [a-z]+) (?:can|could|is able)|out of the question|ruled out|off the (?:table|menu|list|cards)|sold out|finished|refused|rejected|turned (?:away|down)|blocked|disabled|retired|taken away|filled in|left out|left to (?:you|guests|customers)|(?:was|were|been|got|gets?) cut|against (?:our|the|house|any) (?:[a-z]+ )?(?:rules?|licen[cs]e|policy|policies|terms|law|regulations?)|(?:is|are) (?:a no|a no-go|out)|ain't|[a-z]+n't|(?:we|they|it|you'll|(?:this|that|the|our) [a-z]+) (?:[a-z]+ly |still |just )?(?:lacks?|miss(?:es)? out on)|(?:we|they|it|(?:this|that|the|our) [a-z]+)(?:'re| are|'s| is) short of|(?:go|goes|do|does|did|make do|live) without";

/// Words that hold a denial and deny nothing; shut in the night, it is there by day.
const HARMLESS: &str = r"not only|(?:no|not|nothing) (?:more|less|later) than|second to none|none other than|nothing (?:better|beats)|zero (?:extra )?(?:cost|charge|fee)s?|(?:dial|dialling|press|pressing|call|calling|ring|ringing|hit|extension|ext|button|number) zero|never an? (?:problem|issue)|no problem|no trouble|no bother|no biggie|no drama|no difficulty|no worries|no issue|no hassle|no sweat|not an? (?:problem|issue|big deal)|don't hesitate|no doubt|not far|not to worry|never closes?|can't go wrong|couldn't be easier|won't regret|don't miss|doesn't cost|don't charge|isn't (?:far|hard|big|large|huge)|not (?:big|large|huge|far|hard)|nothing (?:extra|to pay|more)|without (?:any )?(?:charge|cost|fee|booking|problem|hassle|extra)|no (?:booking|reservation|appointment|membership|sign-up|deposit|key|time limit|limit|fuss|catch|additional|further|hidden)|never (?:once |yet )?(?:miss(?:es|ed)?|forg[eo]t(?:s|ten)?|fail(?:s|ed)?|overslept|(?:been )?late|let (?:anyone|anybody|a guest|guests|you|us) (?:down|sleep))|(?:does|do)(?:n't| not) (?:require|need|cost|charge|involve)|(?:isn't|is not|aren't|not) (?:open|available|accessible|staffed) (?:at night|overnight|all night|on (?:[a-z]+days?|weekends)|(?:before|after|between|until|till) [0-9]+|24|around the clock)|(?:does|do)(?:n't| not) close|don't worry|do not worry|don't need|do not need|don't have to|no need|not just|not to mention|without delay|no extra|at no (?:[a-z]+ )?(?:cost|charge|fee|expense)|no (?:cost|charge|fee)s?|(?:closed|shut) (?:on (?:[a-z]+days?|weekends)|(?:from|between|at|after|before|until|till) (?:[0-9]{1,2}|noon|midnight|night|lunch|weekends)|during (?:the night|lunch)|overnight)|find out";

/// The farthest that a denial after the subject may be, in words: its own verb's.
const WORDS_AFTER: usize = 8;

pub(super) fn saying(mention: &Mention) -> Option<Saying> {
    if mention.is_question() {
        return offered(mention)
            .or_else(|| mention.answered())
            .or_else(|| said_next(mention));
    }
    if let Some(said) = partly::left_out(mention)
        .or_else(|| partly::wished_for(mention))
        .or_else(|| partly::way_to(mention))
        .or_else(|| partly::counted(mention))
    {
        return Some(said);
    }
    if is_conditional(mention) || super::brief::puts_off(mention.before) {
        return None;
    }
    if MATTER.is_match(mention.after) && !mention.before.ends_with("no-") {
        return None;
    }
    if let Some(holds) = partly::of_this_one(mention).or_else(|| partly::listed_in(mention).then_some(Some(false))) {
        return holds.map(|holds| Saying {
            holds,
            before: mention.before.trim_start().len(),
            after: mention.after.len(),
        });
    }
    // If you need a gym: what is wished for is spoken of by what follows.
    if let Some(said) = WISH.is_match(mention.before).then(|| said_next(mention)).flatten() {
        return Some(said);
    }
    let written = match TOPIC.is_match(mention.before) {
        true => "",
        false => partly::own_part(CAUSE.split(mention.before).last().unwrap_or_default()),
    };
    let before = without_harmless(written);
    let reach = first_words(CAUSE.split(mention.after).next().unwrap_or_default());
    // What follows on an `and` speaks of something new, unless nothing was said before it.
    let first = reach.split(" and ").next().unwrap_or_default();
    let holds = holds(written, &before, first).or_else(|| holds(written, &before, reach));
    let is_taken_back = TAKEN_BACK.is_match(mention.rest);
    let here = holds.or(is_taken_back.then_some(false)).map(|holds| Saying {
        holds: holds && !is_taken_back,
        before: mention.before.trim_start().len(),
        after: reach.trim_end().len().min(mention.after.len()),
    });
    here.or_else(|| said_next(mention)).or_else(|| said_before(mention))
}

/// As for the gym, `we don't have one`; search result: gym, `none`; if you need a wake-up call, `just dial 0`: the next clause speaks of what this one names.
fn said_next(mention: &Mention) -> Option<Saying> {
    let before = mention.before.rsplit_once(": ").map_or(mention.before, |(_, own)| own);
    let names_only = NAME.is_match(before) && NAMED.is_match(mention.after);
    if !names_only {
        return None;
    }
    let mark = mention.mark.map_or(0, char::len_utf8);
    let says = |holds: bool, length: usize| Saying {
        holds,
        before: 0,
        after: mention.after.len() + mark + length,
    };
    if let Some((holds, length)) = super::brief::answer(mention.next) {
        return Some(says(holds, length));
    }
    let (comment, start) = mention.comment();
    if super::brief::puts_off(comment) {
        return None;
    }
    let said = without_harmless(comment);
    let denials = DENIED_BEFORE.find_iter(&said).count();
    let speaks =
        || PRONOUN.is_match(comment) || PLACE.is_match(comment) || AFFIRMED.is_match(comment) || WAY.is_match(comment);
    let holds = (denials > 0 || speaks()).then_some(denials.is_multiple_of(2))?;
    Some(says(holds, start + comment.len()))
}

/// We have no pool, `gym` or sauna: what is listed is said of each.
fn said_before(mention: &Mention) -> Option<Saying> {
    let is_listed = !mention.previous.is_empty() && ARTICLE.is_match(mention.before);
    let before = is_listed.then(|| without_harmless(mention.previous))?;
    let holds = holds(mention.previous, &before, "")?;
    Some(Saying {
        holds,
        before: mention.before.len(),
        after: 0,
    })
}

/// What time would you like your wake-up call? Shall I book one? A question that offers it.
fn offered(mention: &Mention) -> Option<Saying> {
    static OFFER: LazyLock<Regex> = LazyLock::new(|| {
        words(
            "(?:what|which) time|when|how early|(?:shall|should|can|may|could) (?:i|we) (?:book|arrange|set|schedule|organi[sz]e|put|add|reserve|sign)|(?:would you like|want|do you want) (?:me|us) to|how (?:could|can|would) (?:we|they|it|there) not",
        )
    });
    static RETOLD: LazyLock<Regex> =
        LazyLock::new(|| words("(?:does|do|is|are) (?:the|it|they|there|you (?:mean|ask))"));
    let is_one = OFFER.is_match(mention.before) && !RETOLD.is_match(mention.before);
    is_one.then_some(Saying {
        holds: true,
        before: mention.before.trim_start().len(),
        after: mention.after.len(),
    })
}

/// What a clause comes to that only speaks of the subject: plenty of parking round the back.
pub(super) fn leaning(mention: &Mention) -> Option<bool> {
    static UNSURE: LazyLock<Regex> = LazyLock::new(|| {
        words(&format!(
            "{ABOUT}|please (?:check|see|ask|contact|confirm|refer|let|tell|specify|clarify|rephrase|try|hold|wait|call|send|give)|check(?:ing)?|look(?:ing)? into|thank(?:s| you)|sure|know|idea|wonder(?:ing)?|ask(?:s|ed|ing)?|question|understand|understood|sorry|catch|see our|website|page|polic(?:y|ies)|details|may|might|perhaps|maybe|interested|information|info"
        ))
    });
    let is_open = UNSURE.is_match(mention.before) || UNSURE.is_match(mention.after) || mention.is_question();
    if is_open || is_conditional(mention) || super::brief::puts_off(mention.next) {
        return None;
    }
    let (before, after) = (without_harmless(mention.before), without_harmless(mention.after));
    let denials: usize = [&before, &after]
        .iter()
        .map(|part| DENIED_BEFORE.find_iter(part).count())
        .sum();
    let says = denials > 0 || !(mention.before.trim().is_empty() && NAMED.is_match(mention.after));
    says.then_some(denials.is_multiple_of(2))
}

/// What follows is a cause or an effect, and denied for itself.
static CAUSE: LazyLock<Regex> = LazyLock::new(|| words("because|since|due to|so|therefore|meaning|which means"));

/// We had a gym before, `but not now`.
static TAKEN_BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[^.;!?\n]{0,40}\b(?:but|however),? (?:not(?: now| any ?more| currently| at the moment| at present| today)|no longer|it(?:'s| is| has| was) (?:now |been |currently |temporarily |permanently )*(?:closed|gone|removed|shut|stopped))\b",
    )
});

/// What makes the subject the name of a matter.
pub(super) static MATTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^ (?:question|query|issue|matter|situation|topic|inquiry|policy|details)s?\b"));

/// Makes what follows a mere topic.
static TOPIC: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\b(?:{ABOUT})(?: the| our| your| a| an| any)?\s*$")));
const ABOUT: &str = "about|regarding|concerning|as for|as far as|as to|as regards|with regard to|in terms of|questions? on|details on|info(?:rmation)? on|check(?:ing)? on|speaking of";

/// What may stand before a subject that is only named, or wished for.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^[\s*_]*(?:(?:and|so|well|oh|now|ah)\b\s*)?(?:(?:{ABOUT}|you asked about|if you(?:'d| would)? (?:like|want|need|fancy|prefer)|should you (?:need|want|require|like)|for|to (?:get|book|request|arrange))\b\s*)?(?:(?:the|a|an|our|your|any)\b)?[\s*_]*$"
    ))
});
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?: (?:{NOUNS}))?(?:[- ]wise| go(?:es)?| (?:is|are) concerned)?[\s*_:]*$"
    ))
});
static ARTICLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:(?:or|nor|and)\b\s*)?(?:a|an|the|any)?\s*$"));
static PRONOUN: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:it|that|they|this|those|these)(?:'s|'re| is| are)\b"));

/// Second floor, left of the lifts.
pub(super) static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:it's |it is )?(?:on|in|at) )?(?:the )?(?:(?:first|second|third|fourth|fifth|sixth|top|ground|lower|\d+(?:st|nd|rd|th)) floor|(?:level|floor) \d+|basement|lobby)\b",
    )
});

/// How one gets what there is.
static WAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:please|just|simply|then|you can|you just|kindly)\b\s*)*(?:dial|ring|press|tell|let|contact|message|text|inform|notify|give|pop|stop by|drop|speak|talk|leave|fill|book|call|ask)\b",
    )
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a fixed pattern")
}

/// What is said before the subject, as written and without harmless words, and after it.
fn holds(written: &str, before: &str, after_as_written: &str) -> Option<bool> {
    let after = without_harmless(after_as_written);
    let denials = DENIED_BEFORE.find_iter(before).count()
        + DENIED_AFTER.find_iter(&after).count()
        + usize::from(after.starts_with(" into ") && MADE.is_match(before));
    let affirms = || {
        AFFIRMED.is_match(written)
            || AFFIRMED.is_match(after_as_written)
            || follows_who(before)
            || is_object(before)
            || is_in_a_state(after_as_written)
    };
    (denials > 0 || affirms()).then(|| denials.is_multiple_of(2))
}

/// What makes a thing another one: we `turned the` gym into a breakfast room.
static MADE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:turn|convert|transform|chang|rebuil|mak|made)(?:e?s|ed|ing|t)?(?: [a-z]+)?\s*$"));

/// True where the verb before takes the subject for its object, with no preposition that makes it a mere topic.
fn is_object(before: &str) -> bool {
    static OBJECT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"(?-u:\b)(?:{VERBS})((?: [a-z']+){{0,4}})\s*$")).expect("a fixed pattern")
    });
    let is_preposition = |word: &str| matches!(word, "about" | "of" | "on" | "for" | "regarding" | "before" | "after");
    let found = OBJECT.captures(before.trim_end()).map(|found| found.get(1));
    found.is_some_and(|words| !words.is_some_and(|words| words.as_str().split(' ').any(is_preposition)))
}

/// The gym is open; gym access is free; gym on level 3.
fn is_in_a_state(after: &str) -> bool {
    static STATE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"^(?: (?:{NOUNS}))*(?:'s|'re| {STATES}| (?:on|in|at|by|near|next to|beside|behind) (?:[a-z0-9]+ ){{0,3}}(?:{PLACES})|:\s*(?:\d{{1,2}}(?::\d\d)?\s?(?:am|pm|h|-|–|to)|(?:[a-z0-9]+ ){{0,3}}(?:{PLACES})))\b"
        ))
    });
    static OPEN: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!(r"^(?: (?:{NOUNS}))*(?:'s| {STATES}) (?:{OPEN_STATES})\b")));
    STATE.is_match(after) && !OPEN.is_match(after)
}

static DENIED_BEFORE: LazyLock<Regex> = LazyLock::new(|| words(DENIALS_BEFORE));
static DENIED_AFTER: LazyLock<Regex> = LazyLock::new(|| words(DENIALS_AFTER));
static AFFIRMED: LazyLock<Regex> = LazyLock::new(|| words(PREDICATES));

pub(super) fn words(pattern: &str) -> Regex {
    Regex::new(&format!(r"(?-u:\b)(?:{pattern})(?-u:\b)")).expect("a fixed pattern")
}

/// True for how one gets what there is: `just dial 0`.
pub(super) fn is_a_way(clause: &str) -> bool {
    WAY.is_match(clause)
}

/// True for a clause with an odd number of denials.
pub(super) fn denies(clause: &str) -> bool {
    !DENIED_BEFORE.find_iter(clause).count().is_multiple_of(2)
}

/// True for a clause that denies what it begins with: `that service has been discontinued`.
pub(super) fn denies_before(clause: &str) -> bool {
    !DENIED_AFTER.find_iter(clause).count().is_multiple_of(2)
}

/// The same text with what looks like a denial taken out.
pub(super) fn without_harmless(text: &str) -> String {
    static FOUND: LazyLock<Regex> = LazyLock::new(|| words(HARMLESS));
    FOUND.replace_all(text, " ").into_owned()
}

fn first_words(text: &str) -> &str {
    let end = text
        .match_indices(' ')
        .nth(WORDS_AFTER)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// `we ship abroad`: the subject is itself what is done.
fn follows_who(before: &str) -> bool {
    let before = before.trim_end();
    [
        "we", "you", "they", "it", "which", "also", "happily", "gladly", "is", "are",
    ]
    .iter()
    .any(|who| {
        before
            .strip_suffix(who)
            .is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
    })
}
