//! A yes or a no in words that are not understood: 闹钟不用您操心, `guests are woken by phone`.

use super::super::manner::acts;
use super::super::manner::leaning::Leaning;
use super::super::passage::Passage;
use super::super::subjects::Subject;
use super::brief;

impl Passage {
    /// True when who asked whether the subject is so may well have been told, in words in which [`stances_to_who_asks`] finds nothing. Not
    /// where the text gives up, hands over, asks or looks into it: that is understood, and says neither.
    ///
    /// [`stances_to_who_asks`]: Passage::stances_to_who_asks
    pub fn may_tell_who_asks(&self, subject: &Subject) -> bool {
        let text = self.text();
        let does_otherwise = brief::finds_out(text)
            || brief::puts_off(text)
            || self.is_fallback()
            || self.is_handoff()
            || !self.asked_slots().is_empty();
        !does_otherwise && acts::takes_a_stance(text, &self.mentions_to_who_asks(subject))
    }

    /// What such a text says to a plain question, where its manner leaves no doubt.
    pub fn tells_by_manner(&self, subject: &Subject) -> Option<bool> {
        let leaning = || Leaning::of(self.text(), &self.mentions_to_who_asks(subject)).surely();
        self.may_tell_who_asks(subject).then(leaning).flatten()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn may_tell(text: &str, subject: &str) -> bool {
        Passage::new(text, date(2025, 11, 11)).may_tell_who_asks(&Subject::new(&[subject.to_owned()]))
    }

    #[test]
    fn a_yes_or_no_in_other_words_may_be_told() {
        for (text, subject) in [
            ("夜班的小伙子会到点去敲您的房门", "叫醒服务"),
            ("池子里的水上个月就放干了", "泳池"),
            ("Leave the alarm to our night porter.", "wake-up call"),
            ("The pool was drained back in October.", "swimming"),
        ] {
            assert!(may_tell(text, subject), "{text}");
        }
    }

    #[test]
    fn what_says_neither_is_not_taken_for_it() {
        for (text, subject) in [
            ("您好，请问您想了解哪一天的情况呢？", "叫醒服务"),
            ("详情请看页面说明。", "叫醒服务"),
            ("关于叫醒服务，每家店的安排不同", "叫醒服务"),
            ("抱歉，我没听懂您的意思", "叫醒服务"),
            ("帮您转接人工客服，请稍等", "叫醒服务"),
            ("What day are you arriving?", "wake-up call"),
            ("Please see our page for all details.", "wake-up call"),
            ("I'm sorry, I did not get that.", "wake-up call"),
            ("Let me check with the front desk for you.", "wake-up call"),
        ] {
            assert!(!may_tell(text, subject), "{text}");
        }
    }

    #[test]
    fn what_words_seem_to_say_is_doubted_where_the_manner_speaks_against_it() {
        let said = |text: &str, subject: &str| {
            let passage = Passage::new(text, date(2025, 11, 11));
            let stances = passage.stances_to_who_asks(&Subject::new(&[subject.to_owned()]), true);
            stances.first().map(|stance| stance.holds)
        };
        assert_eq!(said("There was an ATM, they took it away.", "ATM"), None);
        assert_eq!(said("试用装发完了", "试用装"), None);
        // Its own clause says it clearly, whatever the rest is about.
        assert_eq!(
            said("有健身房，抱歉，周边没有餐馆，如果要吃饭恐怕需要去远处了。", "健身房"),
            Some(true)
        );
        assert_eq!(said("不是不支持送货上门", "送货上门"), Some(true));
    }
}
