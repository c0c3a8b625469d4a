//! Does the answer end in the middle, although the transport called it complete?

use super::check::{Case, Check, Opinion};
use super::evidence::Evidence;

pub(super) const CHECK: Check = Check {
    name: "cut_off",
    is_gate: false,
    judge,
};

fn judge(case: &Case) -> Opinion {
    let Some(answer) = &case.answer else {
        return Opinion::DoesNotApply;
    };
    match answer.broken_end() {
        Some((why, span)) => {
            let why = why.word();
            Opinion::Fail(Evidence::words(why.zh, why.en).at(answer.quote_as_written(span)))
        }
        None => Opinion::Pass,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Finding;
    use super::super::tests::{THANKS, ZH, answered, finding, reply, score};
    use crate::conversation::ReplyKind;

    #[test]
    fn all_replies_of_a_turn_are_one_text() {
        let mut turn = answered(THANKS, ZH, "优惠如下：满300减50（限今天，");
        let cut = score(&turn);
        let Finding::Fail(evidence) = finding(&cut, "cut_off") else {
            panic!("{cut:?}");
        };
        assert_eq!(evidence.words.en, "an end after which something must come");
        assert_eq!(evidence.quote.as_ref().unwrap().of(&turn), Some("，"));
        turn.replies.push(reply("请稍等,", ReplyKind::Holding));
        turn.replies.push(reply("明天恢复）", ReplyKind::Substantive));
        assert_eq!(finding(&score(&turn), "cut_off"), &Finding::Pass);
        turn.replies.retain(|reply| reply.kind == ReplyKind::Holding);
        assert_eq!(finding(&score(&turn), "cut_off"), &Finding::Unscored);
    }
}
