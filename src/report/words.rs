//! All words of the reports in both languages, and what the terms mean: `en` and `zh` by language; side by side what is found on a
//! channel (`finding`) and beside the turns (`wire`), and what files record in English (`recorded`). No other file of this module holds prose.

mod en;
mod finding;
mod names;
mod recorded;
mod wire;
mod zh;

use serde::Serialize;

use crate::conversation::{Ending, Language, NotSent, Outcome};
use crate::verdict::{ThresholdVerdict, Verdict};

pub use finding::Finding;
pub use names::{check_name, ending_name, outcome_name, recorded_in};
pub(super) use recorded::recorded;
pub(super) use wire::Phrase;

/// A word of the trade.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Term {
    /// As files and thresholds spell it.
    pub(super) key: &'static str,
    /// As people say it.
    pub(super) name: &'static str,
    /// What it means, in one line.
    pub(super) meaning: &'static str,
}

macro_rules! words {
    ($($phrase:ident,)+) => {
        /// The words of one language. A phrase with `{name}` in it is filled by [`fill`].
        #[derive(Debug, Serialize)]
        pub(super) struct Words {
            $(pub(super) $phrase: &'static str,)+
            /// By place in `Outcome::ALL`.
            pub(super) outcomes: [Term; Outcome::ALL.len()],
            /// By place in `Ending::ALL`.
            pub(super) endings: [Term; Ending::ALL.len()],
            /// By place in `NotSent::ALL`.
            pub(super) not_sent: [Term; NotSent::ALL.len()],
            /// By name; a check that is not here keeps its own name.
            pub(super) checks: [Term; 17],
            /// In the order of [`Verdict`].
            pub(super) verdicts: [Term; 6],
            /// In the order of [`ThresholdVerdict`].
            pub(super) threshold_verdicts: [Term; 5],
            /// The rest of the glossary.
            pub(super) terms: [Term; 12],
        }

        #[cfg(test)]
        impl Words {
            /// Every phrase with its name.
            fn phrases(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($phrase), self.$phrase),)+]
            }

            /// Every term.
            fn all_terms(&self) -> Vec<Term> {
                [
                    &self.outcomes[..],
                    &self.endings,
                    &self.not_sent,
                    &self.checks,
                    &self.verdicts,
                    &self.threshold_verdicts,
                    &self.terms,
                ]
                .concat()
            }
        }
    };
}

words! {
    language_code, list_separator, clause_separator, colon, sentence_end,
    // The story.
    headline_nothing, headline_all, headline_missed, headline_nobody, headline_almost_nobody, headline_few, headline_already,
    rest, rest_without_served, rest_of_all, mostly, partly,
    loss_on_channel, loss_anywhere, late_after_failure,
    headline_worse, headline_better, headline_same, headline_cause, headline_cause_on_channel, most_of_it, part_of_it,
    cause_check, cause_fallback, cause_unscored,
    not_compared, nothing_compared, too_few_turns, too_little_alike, cut_short_compared, too_many_kinds, coverage_note,
    quality_worse, quality_same,
    waits, waits_never, waits_half_never,
    broke, broke_until, broke_to_the_end, worst_channel, failing_check, intents, out_of_scope, cross_talk, switched,
    caution_closed, caution_played, caution_played_own_words, caution_pace, caution_scale, caution_stopped, caution_cut_short, caution_overflow,
    // The verdict and what to do.
    verdict_held, verdict_held_unproven, verdict_held_nothing_asked, verdict_broken, verdict_unsure, verdict_no_data, verdict_saturated, verdict_saturated_population,
    verdict_interrupted,
    advice_held, advice_held_nothing_asked, advice_unsure, advice_no_data, advice_saturated, advice_saturated_closed, advice_interrupted,
    advice_refused, advice_slow, advice_silent, advice_empty,
    advice_placeholder, advice_truncated, advice_bot_error, advice_http_error, advice_connection, advice_wrong,
    advice_read,
    // Labels.
    when_it_broke, did_not_break, at_rate, worst_channel_label, missed_of,
    report, seed, duration, verdict, what_happened, what_to_do,
    phase, channel, persona, goal, language, questions, served, missed, dropped, late, wrong,
    reply_time, reply_p50, reply_p95, quality, warm_up, all_phases, never, more_rows, more_phases,
    threshold, thresholds, observed, interval, samples, result, no_thresholds,
    generator, generator_line, generator_line_closed, generator_note, lag, lag_never,
    planned, population, started, not_started, not_started_because, cpu, memory, open_at_peak,
    warnings, scoring_overflow, archive_overflow,
    traffic, traffic_note, gathered, per_second, traffic_break, replies, replies_note, replies_omitted, deadline,
    beside_calm, beside_calm_note, rows_omitted, channels, channels_note, channels_spread,
    show_data, time, no_seconds,
    ledger, ledger_note, sent, endings_title, checks_title, check, pass, fail, unscored, times, times_note, mean_note, time_of,
    wire_time, first_text_time, chunk_gap, mean, p50, p90, p95, p99, p999, max, count, unanswered,
    groups, groups_note, wanted, understood, taken_for,
    against, against_note, like_note, hard_gates, soft_checks, against_title, figure, change, points_short, between, failed_check, served_on, lost_to, points_lost,
    worst, worst_note, no_worst, customer, bot, turn, failed_checks, characters_more, turns_more, began_at, reply_after, reply_early, on_the_way,
    audit, audit_whole, audit_kept, audit_none, audit_missing, audit_more, audit_how, audit_show,
    claim_said, claim_in, claim_true, claim_step, claim_holds, claim_does_not_hold, claim_place, claim_of_no_fact, claim_contradicted, claim_stale, claim_stale_for, claim_forbidden,
    claim_unsupported, claim_state, claim_fact, claim_where, always_wrong, stale_answers, stale_change,
    nudge, prompted, farewell, holding, truncated, nothing_came,
    other_counts, cross_talk_count, duplicates, unsolicited, switches, deliveries, hung_up, answered_after, answers_per_message, polls, tokens,
    provenance, version, scenario_hash, profile_hashes, target, overrides, machine, none, baseline, pace, scale,
    glossary, made_offline,
    // What a judge says.
    judge_title, judge_about, judge_population_run, judge_population_kept, judge_uncovered, judge_stopped,
    judge_spent, judge_guess, judge_criterion, judge_share, judge_corrected, judge_unknown, judge_kappa,
    judge_sensitivity, judge_specificity, judge_not_calibrated, judge_doubtful, judge_unfit, judge_anchors,
    judge_gates, judge_wrong_quotes, judge_left_out, judge_models, judge_none,
    // A threshold as a test case.
    case_message, case_interval,
    // Several runs.
    repeat_headline, repeat_stopped, repeat_note, run, median, lowest, highest, interval_of_runs,
    repeat_held_in, repeat_mixed, repeat_each,
    pass_k, pass_k_note, pass_k_none, weakest_tasks, task_line,
    // Single conversations.
    ending, trial_passed, trial_failed, trial_doubtful, trial_interrupted, trial_left_out, trial_left_out_failed,
}

impl Words {
    /// The words of a language.
    pub(super) fn of(language: Language) -> &'static Words {
        match language {
            Language::Zh => &zh::WORDS,
            Language::En => &en::WORDS,
        }
    }

    /// An outcome.
    pub(super) fn outcome(&self, outcome: Outcome) -> Term {
        self.outcomes[outcome.index()]
    }

    /// The term with this key among `terms`, else the key itself, cleaned.
    pub(super) fn name_of(terms: &[Term], key: &str) -> String {
        terms
            .iter()
            .find(|term| term.key == key)
            .map_or_else(|| super::clean::line(key), |term| term.name.to_owned())
    }

    /// A verdict of the run.
    pub(super) fn verdict_term(&self, verdict: Verdict) -> Term {
        self.verdicts[verdict as usize]
    }

    /// A verdict on a threshold.
    pub(super) fn threshold_term(&self, verdict: ThresholdVerdict) -> Term {
        self.threshold_verdicts[verdict as usize]
    }
}

/// Puts values into the `{places}` of a phrase. Values are not searched for places again.
pub(super) fn fill(phrase: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(phrase.len() + 32);
    let mut rest = phrase;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(
            values
                .iter()
                .find(|(known, _)| *known == name)
                .map_or("", |(_, value)| value),
        );
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

/// A term in one line of a table of words.
const fn term(key: &'static str, name: &'static str, meaning: &'static str) -> Term {
    Term { key, name, meaning }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::scenario::Metric;

    fn places(phrase: &str) -> BTreeSet<&str> {
        phrase
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect()
    }

    fn has_chinese(text: &str) -> bool {
        text.chars()
            .any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character))
    }

    #[test]
    fn both_languages_say_everything_and_name_the_same_values() {
        for (english, chinese) in en::WORDS.phrases().into_iter().zip(zh::WORDS.phrases()) {
            assert!(!english.1.is_empty() && !chinese.1.is_empty(), "{} is empty", english.0);
            assert_eq!(places(english.1), places(chinese.1), "{}", english.0);
            assert!(!has_chinese(english.1), "{} speaks Chinese in English", english.0);
        }
    }

    #[test]
    fn every_chinese_phrase_of_some_length_is_chinese() {
        for (name, phrase) in zh::WORDS.phrases() {
            let letters = phrase.chars().filter(|character| character.is_alphabetic()).count();
            assert!(has_chinese(phrase) || letters <= 6, "{name}: {phrase}");
        }
    }

    #[test]
    fn every_term_has_its_key_a_name_and_a_meaning_in_both_languages() {
        for (english, chinese) in en::WORDS.all_terms().iter().zip(zh::WORDS.all_terms()) {
            assert_eq!(english.key, chinese.key);
            assert!(
                !english.name.is_empty() && english.meaning.len() > 10,
                "{}",
                english.key
            );
            assert!(
                has_chinese(chinese.name) && has_chinese(chinese.meaning),
                "{}",
                chinese.key
            );
        }
    }

    #[test]
    fn terms_stand_in_the_order_of_what_they_name() {
        for words in [&en::WORDS, &zh::WORDS] {
            let keys = |terms: &[Term]| terms.iter().map(|term| term.key).collect::<Vec<_>>();
            assert_eq!(
                keys(&words.outcomes),
                Outcome::ALL.iter().map(|outcome| outcome.word()).collect::<Vec<_>>()
            );
            assert_eq!(
                keys(&words.endings),
                Ending::ALL.iter().map(|ending| ending.word()).collect::<Vec<_>>()
            );
            assert_eq!(keys(&words.not_sent), NotSent::ALL.map(NotSent::word));
            assert_eq!(keys(&words.checks), Metric::CHECKS);
            for (verdict, key) in [(Verdict::Held, "held"), (Verdict::Interrupted, "interrupted")] {
                assert_eq!(words.verdict_term(verdict).key, key);
            }
            assert_eq!(words.threshold_term(ThresholdVerdict::NotJudged).key, "not_judged");
        }
    }

    #[test]
    fn a_value_is_never_searched_for_places() {
        assert_eq!(fill("{a} of {b}", &[("a", "{b}"), ("b", "2")]), "{b} of 2");
        assert_eq!(fill("no places", &[]), "no places");
    }
}
