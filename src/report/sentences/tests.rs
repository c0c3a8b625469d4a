mod unserved;

use super::super::fixture;
use super::*;
use crate::conversation::Outcome;
use crate::verdict::{
    AgainstCalm, Change, Interval, LostTurns, NotComparable, PlayedNumbers, SwitchNumbers, ThresholdResult,
    ThresholdVerdict, Verdict,
};

fn told(run: &Run, evidence: &Evidence, language: Language) -> Story {
    tell(run, evidence, language)
}

#[test]
fn the_headline_says_what_got_worse_and_by_what() {
    let (run, evidence) = fixture::singles_day();
    let english = headline(&run, Language::En);
    assert_eq!(
        english,
        "In midnight 73.3 points fewer questions were served than in calm, like with like (95% interval 72.3 to 74.4); the largest part of it: answered late"
    );
    assert_eq!(
        headline(&run, Language::Zh),
        "midnight 阶段的有效答复率比 calm 低 73.3 个百分点（同类相比，95% 置信区间 72.3 至 74.4）；最大的一块是超时答复"
    );
    let story = told(&run, &evidence, Language::En);
    assert!(
        story
            .rest
            .starts_with("5,690 of 12,952 questions got no answer in time (43.9%). 7,262 were answered")
    );
    // What the headline says is not said again.
    assert_eq!(story.loss, None);
    assert!(!story.findings().contains(&story.headline.as_str()));
}

#[test]
fn that_all_were_answered_is_said_once() {
    let mut run = fixture::empty_run();
    run.totals.turns.sent = 54;
    run.totals.turns.answered = 54;
    run.totals.served = Some(Interval {
        rate: 0.5,
        low: 0.4,
        high: 0.6,
    });
    let story = |run: &Run| told(run, &Evidence::default(), Language::En);
    assert_eq!(story(&run).headline, "All 54 questions got an answer in time");
    assert_eq!(story(&run).rest, "27 of 54 answers served the customer (50.0%).");
    run.totals.served = None;
    assert_eq!(story(&run).rest, "");
}

#[test]
fn a_fallback_answer_is_called_what_it_is() {
    let mut run = fixture::singles_day().0;
    let lost = |cause: &str| LostTurns {
        cause: cause.to_owned(),
        channel: "wechat".to_owned(),
        share: 0.7,
    };
    for (cause, said) in [
        ("fallback", "most of it: fallback answers on wechat"),
        (
            "contradicted",
            "most of it: answers that fail the check \u{201c}contradicted facts\u{201d} on wechat",
        ),
        ("unscored", "most of it: answers that could not be judged on wechat"),
    ] {
        run.against_calm["midnight"].lost = vec![lost(cause)];
        assert!(
            headline(&run, Language::En).ends_with(said),
            "{}",
            headline(&run, Language::En)
        );
    }
    assert!(headline(&run, Language::Zh).ends_with("；大部分是 wechat 上的无法判断的答复"));
}

#[test]
fn no_change_and_a_better_peak_are_headlines_too() {
    let (mut run, evidence) = fixture::singles_day();
    for against in run.against_calm.values_mut() {
        against.served = Some(change(-0.003, 0.012));
    }
    run.verdict = Verdict::Unsure;
    assert_eq!(
        headline(&run, Language::En),
        "In no phase can what was served be told from calm; in build-up it changed by -0.3 points, like with like (95% interval -1.5 to +0.9)"
    );
    run.against_calm["midnight"].served = Some(change(0.05, 0.012));
    assert_eq!(
        headline(&run, Language::En),
        "In midnight 5.0 points more questions were served than in calm, like with like (95% interval 3.8 to 6.2), and in no phase measurably fewer"
    );
    // What was missed keeps its finding, since the headline names no cause.
    assert!(told(&run, &evidence, Language::En).loss.is_some());
}

#[test]
fn what_broke_although_the_peak_changed_nothing_is_the_headline_and_the_change_a_finding() {
    let (mut run, evidence) = fixture::singles_day();
    for against in run.against_calm.values_mut() {
        against.served = Some(change(-0.003, 0.012));
    }
    let story = told(&run, &evidence, Language::En);
    assert!(
        story.headline.starts_with("3 of 6 thresholds broken; first served"),
        "{}",
        story.headline
    );
    let findings = story.findings();
    let beside = findings
        .iter()
        .filter(|finding| finding.starts_with("In no phase can what was served"));
    assert_eq!(beside.count(), 1, "{findings:?}");
}

#[test]
fn a_bot_that_answers_late_since_it_failed_first_is_not_called_slow() {
    let (mut run, evidence) = fixture::singles_day();
    run.against_calm.clear();
    for block in run.by_channel.values_mut() {
        block.turns.late = 9_000;
        block.late_after_failure = 4_000;
    }
    let story = told(&run, &evidence, Language::En);
    let after = "In 4,000 of them a message had failed, and the answer is to one that came after it.";
    assert!(story.loss.as_ref().unwrap().ends_with(after), "{:?}", story.loss);
    assert!(story.advice.contains("falls behind"), "{}", story.advice);
    run.by_channel
        .values_mut()
        .for_each(|block| block.late_after_failure = 5_000);
    assert!(told(&run, &evidence, Language::En).advice.contains("endpoint fails"));
}

#[test]
fn where_nothing_can_be_compared_the_headline_counts_and_a_finding_says_why() {
    let (mut run, evidence) = fixture::singles_day();
    for why in [
        NotComparable::TooFewTurns,
        NotComparable::TooLittleAlike,
        NotComparable::CutShort,
        NotComparable::TooManyKinds,
    ] {
        for against in run.against_calm.values_mut() {
            *against = AgainstCalm {
                not_comparable: Some(why),
                ..AgainstCalm::default()
            };
        }
        let story = told(&run, &evidence, Language::En);
        assert_eq!(
            story.headline,
            "5,690 of 12,952 questions got no answer in time (43.9%)"
        );
        assert!(story.rest.starts_with("7,262 were answered"));
        let said = story.not_compared.unwrap();
        assert!(said.starts_with("build-up is not compared with calm: "), "{said}");
    }
    run.against_calm.clear();
    let story = told(&run, &evidence, Language::Zh);
    assert!(story.headline.starts_with("12,952 个问题中有 "));
    assert_eq!(
        story.not_compared.as_deref(),
        Some("没有阶段与平峰期对照：演练中没有别的阶段。")
    );
    let (nothing, evidence) = fixture::nothing();
    assert_eq!(headline(&nothing, Language::Zh), "没有发出任何问题：没有可测的数据");
    assert_eq!(told(&nothing, &evidence, Language::Zh).not_compared, None);
}

/// A change by so much, with its reach.
fn change(by: f64, reach: f64) -> Change {
    Change {
        phase: 0.9 + by,
        calm: 0.9,
        change: by,
        low: by - reach,
        high: by + reach,
        turns: 1_000,
    }
}

#[test]
fn cut_short_questions_are_in_no_share_but_are_told() {
    let (mut run, evidence) = fixture::singles_day();
    run.totals.turns.cut_short = 700;
    run.totals.turns.sent += 700;
    let story = told(&run, &evidence, Language::En);
    assert!(story.rest.contains("of 12,952 questions"), "{}", story.rest);
    assert!(
        story
            .cautions
            .iter()
            .any(|caution| caution.starts_with("700 questions (5.1%) were cut short"))
    );
}

#[test]
fn what_was_understood_is_told_with_how_much_it_rests_on() {
    let (mut run, evidence) = fixture::singles_day();
    let intents = &mut run.totals.quality.intents;
    (intents.turns, intents.macro_f1) = (1_200, Some(0.934));
    intents.confusion = [("coupon".to_owned(), [("coupon".to_owned(), 1_200)].into())].into();
    let told_of = |run: &Run, language| told(run, &evidence, language).intents.unwrap();
    assert_eq!(
        told_of(&run, Language::En),
        "What customers wanted was understood with a macro-F1 of 0.93 (intents: 1; questions of which it could be told: 1,200)."
    );
    run.totals.quality.intents.out_of_scope_recall = Some(0.512);
    assert!(told_of(&run, Language::Zh).ends_with("业务范围之外的提问有 51.2% 没有被误当成别的问题。"));
    assert_eq!(told(&fixture::singles_day().0, &evidence, Language::En).intents, None);
}

#[test]
fn pace_and_scale_are_told_unless_they_are_one() {
    let (mut run, evidence) = fixture::singles_day();
    assert!(told(&run, &evidence, Language::En).cautions.is_empty());
    (run.pace, run.scale) = (4.0, 0.5);
    let cautions = told(&run, &evidence, Language::En).cautions;
    assert!(
        cautions[0].starts_with("Pace 4: ") && cautions[1].starts_with("Scale 0.5: "),
        "{cautions:?}"
    );
}

#[test]
fn a_model_that_played_customers_is_told_with_why_it_did_not_always() {
    let (mut run, evidence) = fixture::singles_day();
    let reasons = [
        ("too_slow".to_owned(), 30),
        ("busy".to_owned(), 0),
        ("refused".to_owned(), 8),
    ];
    run.played_by = Some(PlayedNumbers {
        model: "qwen\u{1b}[31m".to_owned(),
        asked: 2_000,
        written: 1_962,
        own_words: 38,
        reasons: reasons.into_iter().collect(),
        ..PlayedNumbers::default()
    });
    let caution = |run: &Run, language| told(run, &evidence, language).cautions[0].clone();
    assert_eq!(
        caution(&run, Language::En),
        "1,962 of 2,000 times the model qwen wrote what a customer said next. A model does not repeat itself, so another run says \
         other words. In the other 38 cases customers said the goal's own words (refused 8, too_slow 30)."
    );
    assert!(caution(&run, Language::Zh).ends_with("其余 38 次，客户说的是目标里写好的话（refused 8、too_slow 30）。"));
    run.played_by.as_mut().unwrap().own_words = 0;
    assert!(!caution(&run, Language::En).contains("own words"));
}

#[test]
fn a_finding_without_data_is_not_told() {
    let (run, evidence) = fixture::nothing();
    let story = told(&run, &evidence, Language::En);
    assert_eq!((story.findings(), story.rest.as_str()), (Vec::new(), ""));
}

#[test]
fn each_verdict_says_why_and_what_to_do() {
    let (mut run, evidence) = fixture::singles_day();
    for (verdict, because, advice) in [
        (
            Verdict::Broken,
            "3 of 6 thresholds broken; first `served{phase=midnight}: rate >= 95%`, observed",
            "falls behind",
        ),
        (
            Verdict::Unsure,
            "1 of 6 thresholds could not be proven either way; first `quality",
            "throng plan",
        ),
        (
            Verdict::NoData,
            "1 of 6 thresholds had no data to judge; first `quality.language",
            "throng plan",
        ),
        (
            Verdict::GeneratorSaturated,
            "throng could not keep its own schedule (lag p99 1.4 ms",
            "bigger",
        ),
        (Verdict::Interrupted, "the run was stopped before its end", "again"),
        (
            Verdict::Held,
            "none of 6 thresholds is proven broken; 1 could not be proven to hold",
            "after each change",
        ),
    ] {
        run.verdict = verdict;
        let story = told(&run, &evidence, Language::En);
        assert!(story.because.starts_with(because), "{}", story.because);
        assert!(story.advice.contains(advice), "{}", story.advice);
    }
    for result in &mut run.thresholds {
        result.verdict = ThresholdVerdict::Held;
    }
    let story = told(&run, &evidence, Language::En);
    assert_eq!(story.because, "6 of 6 thresholds held");
}

#[test]
fn the_advice_follows_what_the_peak_lost_most() {
    let (mut run, evidence) = fixture::singles_day();
    for (cause, advice) in [
        ("refused", "pushes back"),
        ("fallback", "they are wrong"),
        ("unscored", "Read the worst"),
    ] {
        run.against_calm["midnight"].lost[0].cause = cause.to_owned();
        run.against_calm["midnight"].lost[0].share = 0.7;
        let told = told(&run, &evidence, Language::En).advice;
        assert!(told.contains(advice), "{cause}: {told}");
    }
}

#[test]
fn without_a_peak_to_compare_the_advice_follows_what_was_lost_most() {
    let (mut run, evidence) = fixture::singles_day();
    run.against_calm.clear();
    for (outcome, advice) in [
        (Outcome::Truncated, "break off"),
        (Outcome::BotError, "errors of its own"),
    ] {
        for block in run.by_channel.values_mut() {
            block.turns.truncated = if outcome == Outcome::Truncated { 9_000 } else { 0 };
            block.turns.bot_error = if outcome == Outcome::BotError { 9_000 } else { 0 };
        }
        assert!(
            told(&run, &evidence, Language::En).advice.contains(advice),
            "{outcome:?}"
        );
    }
}

#[test]
fn a_verdict_without_its_threshold_is_explained_by_its_meaning() {
    let (mut run, evidence) = fixture::singles_day();
    run.thresholds = Vec::<ThresholdResult>::new();
    let because = told(&run, &evidence, Language::En).because;
    assert_eq!(because, "At least one threshold was proven broken");
}

#[test]
fn a_closed_run_whose_customers_never_came_together_is_not_called_late() {
    let (mut run, evidence) = fixture::singles_day();
    run.verdict = Verdict::GeneratorSaturated;
    (run.population, run.generator.peak_open_conversations) = (Some(2_000), 1_204);
    let because = told(&run, &evidence, Language::En).because;
    assert!(
        because.starts_with("throng could not bring the planned customers together (at most 1,204 of 2,000 at once)"),
        "{because}"
    );
    run.population = Some(1_204);
    let because = told(&run, &evidence, Language::En).because;
    assert!(
        because.starts_with("throng could not keep its own schedule"),
        "{because}"
    );
}

#[test]
fn customers_who_went_on_elsewhere_are_told_with_their_ways() {
    let (mut run, evidence) = fixture::singles_day();
    assert_eq!(told(&run, &evidence, Language::En).switched, None);
    run.totals.switches = vec![
        SwitchNumbers {
            from: "douyin".to_owned(),
            to: "wechat".to_owned(),
            count: 1_200,
        },
        SwitchNumbers {
            from: "web".to_owned(),
            to: "wechat".to_owned(),
            count: 34,
        },
    ];
    assert_eq!(
        told(&run, &evidence, Language::En).switched.as_deref(),
        Some(
            "1,234 times a customer who got nowhere went on over another channel: douyin → wechat 1,200, web → wechat 34."
        )
    );
    assert_eq!(
        told(&run, &evidence, Language::Zh).switched.as_deref(),
        Some("有 1,234 次客户在一个渠道没有得到解决，换到另一个渠道接着问：douyin → wechat 1,200、web → wechat 34。")
    );
}
