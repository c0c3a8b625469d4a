//! What is said only to be denied or warned of: 不能保证最低价, 我们不加微信, `you don't have to pay in cash`.
//!
//! ```text
//!  before:  不能给您保证 | we wouldn't claim it's      <claim>
//!  behind:                                             <claim>  我们不做 | isn't something we do
//!  next:                                               <claim>? 没有这回事 | , 我们不开 | . That's been removed
//!  exposed: 当心 | scammers promise                    <claim>  的都是骗子 | is a scam
//! ```

mod before;
mod behind;
mod exposed;
mod next;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{any_of, before_in_clause, denied_before};
use crate::reading::clauses::{REACH, clause};
use crate::reading::manner;

/// True when a claim is denied, warned of or laid at others' doors in its sentence or the next: before it or behind. What would be true if
/// it were not (不是最低价我退差价) and what beats all others (`nobody sells cheaper`) is claimed.
pub fn is_disclaimed(text: &str, found: &Range<usize>) -> bool {
    is_disclaimed_or(text, found, || manner::denials::is_denied(text, found))
}

/// The same where what its words do not deny is denied by something else.
pub(in crate::reading) fn is_disclaimed_or(text: &str, found: &Range<usize>, is_denied: impl FnOnce() -> bool) -> bool {
    let around = Around::of(text, found);
    !around.is_feigned() && (around.is_denied_in_words(text, found) || is_denied())
}

/// A claim and what stands around it.
struct Around<'a> {
    /// Its clause before it.
    before: &'a str,
    /// Its clause as far as its end.
    through: &'a str,
    claim: &'a str,
    /// Its clause behind it.
    behind: &'a str,
    /// The mark with which its clause ends; nothing where the text ends.
    mark: Option<char>,
    /// What follows on that mark.
    next: &'a str,
}

impl<'a> Around<'a> {
    fn of(text: &'a str, found: &Range<usize>) -> Around<'a> {
        let end = clause(text, found).end;
        let following = &text[end..text.ceil_char_boundary((end + REACH).min(text.len()))];
        let mark = following.chars().next();
        let quote =
            |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '《' | '》');
        let before = before_in_clause(text, found);
        Around {
            before: before.trim_end_matches(quote),
            through: &text[found.start - before.len()..found.end],
            claim: &text[found.clone()],
            behind: text[found.end..end].trim_end_matches(quote),
            mark,
            next: following[mark.map_or(0, char::len_utf8)..].trim_start_matches(|c: char| !c.is_alphanumeric()),
        }
    }

    fn is_denied_in_words(&self, text: &str, found: &Range<usize>) -> bool {
        denied_before(text, found)
            || before::denies(self)
            || behind::denies(self)
            || next::denies(self)
            || exposed::exposes(self)
    }

    /// True when the claim is held against what others have: who denies that others have it promises.
    fn is_compared(&self) -> bool {
        static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
            any_of(&[
                r"\b(?:cheaper|lower|less|better|safer|beats?|beaten|undercuts?|more|closer|faster)\b|^(?:go(?:es)? wrong|fail)",
                "更|再低|比我|比咱|比这|便宜",
            ])
        });
        static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
            any_of(&[
                r"^(?: [a-z]+)? (?:like (?:ours|us|this|mine)|than|as [a-z]+ as|but (?:us|ours|me|we))\b|\bfor less\b",
            ])
        });
        CLAIM.is_match(self.claim) || BEHIND.is_match(self.behind)
    }

    /// True when what sounds like a denial is a proposal (要不您加微信, `why not`), a retort (谁说没有最低价), or what the claim is staked on:
    /// 不是最低价我退差价, `if it isn't the lowest price we refund you`.
    fn is_feigned(&self) -> bool {
        static UNLESS: LazyLock<Regex> = LazyLock::new(|| {
            any_of(&[
                r"(?:如果|要是|若|假如|万一|倘若|但凡)[^不没]*(?:不是|不|没)\S{0,6}$|不(?:是|够)\s*$|要不(?:然)?\s*$",
                r"\b(?:if|unless|should)\b.*\b(?:not|[a-z]+n't|isn't|never)(?: [a-z]+){0,3}$|^\s*(?:if )?not(?: the)?$",
            ])
        });
        static STAKE: LazyLock<Regex> = LazyLock::new(|| {
            any_of(&[
                "^[^不没]*(?:赔|退差|退您|退一|退钱|全额退|双倍|十倍|补差|补您|免单|白送|倒贴|关门)",
                r"^(?:[^.;]*[ ,])?(?:we'?ll|we|i'?ll|i|you|you'?ll|is|it's)(?: will)?(?: [a-z]+)? (?:refund|pay|give|match|beat|return|get|free|compensate|on us)\b",
            ])
        });
        static OTHERWISE: LazyLock<Regex> = LazyLock::new(|| {
            any_of(&[
                r"(?:^|\W)要不(?:然|您|我|咱|亲|先)?[^是能]*$|谁说[^,]{0,6}[没不][^,]*$|这不$",
                r"\bwhy (?:not|don't (?:we|you|i))\b",
            ])
        });
        OTHERWISE.is_match(self.before)
            || (UNLESS.is_match(self.before) && (STAKE.is_match(self.behind) || STAKE.is_match(self.next)))
    }
}

/// Cues that govern what follows or what goes before as far as the first word that ends their reach.
struct Reaching {
    cues: Regex,
    ends: Regex,
}

impl Reaching {
    fn new(cues: &[&str], ends: &[&str]) -> Reaching {
        Reaching {
            cues: any_of(cues),
            ends: any_of(ends),
        }
    }

    /// True when one of the cues reaches the end of this text.
    fn forward(&self, text: &str) -> bool {
        // The last cue reaches over the least.
        let last = self.cues.find_iter(text).last();
        last.is_some_and(|cue| !self.ends.is_match(&text[cue.end()..]))
    }

    /// True when the start of this text is within reach of a cue.
    fn backward(&self, text: &str) -> bool {
        let first = self.cues.find(text);
        first.is_some_and(|cue| !self.ends.is_match(&text[..cue.start()]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::hold;
    use super::*;

    #[test]
    fn what_is_denied_or_warned_of_is_no_claim() {
        hold(include_str!("../said/disclaimed.txt"), |text| {
            let (before, rest) = text.split_once('「').unwrap();
            let (claim, behind) = rest.split_once('」').unwrap();
            let place = before.len()..before.len() + claim.len();
            is_disclaimed(&[before, claim, behind].concat(), &place)
        });
    }
}
