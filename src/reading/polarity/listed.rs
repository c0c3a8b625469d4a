//! Entries of lists and rows of tables.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Mention, REACH, Saying, Stance, brief, chinese, clause, english};

/// An entry of a list or a row of a table: `Gym: no`, `| 健身房 | 有 |`, ✗ 健身房.
pub(super) fn listed(mention: &Mention) -> Option<Saying> {
    static DIVIDER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:服务|设施| service| facilit(?:y|ies)| access)?[\s*_]*(?:(?:[:|=→(\[>]|\s[-–—]+>?\s|[-–—]+>|——?)[\s*_|]*)")
            .expect("a fixed pattern")
    });
    static MARK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:([✓✔✅√☑])|[✗✘❌×╳✖🚫❎])[\s*_|:]*$").expect("a fixed pattern"));
    // Pool yes, gym no.
    static WORD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^ (?:(yes)|no|none|nope)\s*$").expect("a fixed pattern"));
    if let Some(found) = MARK.captures(mention.before) {
        return Some(Saying {
            holds: found.get(1).is_some(),
            before: found[0].len(),
            after: 0,
        });
    }
    if let Some(found) = WORD
        .captures(mention.after)
        .filter(|_| mention.before.trim().is_empty())
    {
        return Some(Saying {
            holds: found.get(1).is_some(),
            before: 0,
            after: mention.after.len(),
        });
    }
    // Gym, laundry, tea room, we have it all.
    static SUMMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:, [a-z -]{1,20}){0,4}[,:;] (?:we|they|you)(?:'ve got|'ll find| have| offer| get| do) (?:it|them|these|those) all(?-u:\b)")
            .expect("a fixed pattern")
    });
    if let Some(found) = SUMMED.find(mention.rest) {
        return Some(Saying {
            holds: true,
            before: 0,
            after: found.end(),
        });
    }
    let marked = mention.rest.trim_start_matches([' ', '*', '_']);
    let start = match brief::is_mark(marked) {
        true => mention.rest.len() - marked.len(),
        false => DIVIDER.find(mention.rest)?.end(),
    };
    let (holds, length) = brief::answer(&mention.rest[start..])?;
    let after = start + length;
    Some(Saying {
        holds,
        before: 0,
        after,
    })
}

/// An entry below a heading that says of all that they are there: 酒店有以下设施:\n- 健身房.
pub(super) fn headed(text: &str, subject: &Range<usize>) -> Option<Stance> {
    static HEADING: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"(?:有|提供|包括|包含|配备|配有|设有|设施如下|(?-u:\b)(?:has|have|offers?|includes?|features?|provides?|following|available)(?-u:\b))[^\n]*:\s*$";
        Regex::new(pattern).expect("a fixed pattern")
    });
    let is_bullet = |line: &str| {
        line.trim_start().starts_with(['-', '*', '•', '·'])
            || line.trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    let start = text[..subject.start].rfind('\n')?;
    let is_entry = is_bullet(&text[start + 1..subject.start]) && clause(text, subject).start == start + 1;
    let first = text.floor_char_boundary(start.saturating_sub(REACH));
    let above = &text[first..start];
    let heading = above
        .rsplit('\n')
        .find(|line| !line.trim().is_empty() && !is_bullet(line))?;
    let denies = chinese::runs::runs(heading).iter().any(|run| run.denials > 0) || english::denies(heading);
    (is_entry && HEADING.is_match(heading) && !denies).then(|| Stance {
        holds: true,
        span: subject.clone(),
    })
}
