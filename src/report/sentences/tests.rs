use super::super::fixture;
use super::*;
use crate::conversation::Outcome;
use crate::verdict::{Block, PlayedNumbers, ThresholdResult, Verdict};

fn told(run: &Run, evidence: &Evidence, language: Language) -> Story {
    tell(run, evidence, language)
}

#[test]
fn the_headline_counts_the_questions_without_an_answer_in_time() {
    let (run, _) = fixture::singles_day();
    let missed = run.totals.turns.sent - run.totals.turns.answered;
    let english = headline(&run, Language::En);
    assert!(english.starts_with(&format!(
        "{} of 12,952 questions got no answer in time (",
        format::count(missed)
    )));
    assert!(headline(&run, Language::Zh).starts_with("12,952 个问题中有 "));
    let (prepared, _) = fixture::singles_day_prepared();
    assert_eq!(
        headline(&prepared, Language::En),
        "All 12,952 questions got an answer in time"
    );
    assert_eq!(
        headline(&fixture::nothing().0, Language::Zh),
        "没有发出任何问题：没有可测的数据"
    );
}

#[test]
fn cut_short_questions_are_in_no_share_but_are_told() {
    let (mut run, evidence) = fixture::singles_day();
    run.totals.turns.cut_short = 700;
    run.totals.turns.sent += 700;
    let story = told(&run, &evidence, Language::En);
    assert!(story.headline.contains("of 12,952 questions"), "{}", story.headline);
    assert!(
        story
            .cautions
            .iter()
            .any(|caution| caution.starts_with("700 questions (5.1%) were cut short"))
    );
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
fn a_phase_that_is_not_measurably_worse_is_not_called_worse() {
    let (mut run, evidence) = fixture::singles_day();
    let calm = run.by_phase["calm"].clone();
    for block in run.by_phase.values_mut() {
        *block = Block { ..calm.clone() };
    }
    let served = told(&run, &evidence, Language::En).served;
    assert_eq!(
        served.as_deref(),
        Some("In no phase were measurably fewer served than in calm (100%).")
    );
}

#[test]
fn each_verdict_says_why_and_what_to_do() {
    let (mut run, evidence) = fixture::singles_day();
    for (verdict, because, advice) in [
        (
            Verdict::Broken,
            "3 of 6 thresholds broken; first `served{phase=midnight}: rate >= 95%`, observed",
            "pushes back",
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
        (Verdict::Held, "6 of 6 thresholds held", "baseline"),
    ] {
        run.verdict = verdict;
        let story = told(&run, &evidence, Language::En);
        assert!(story.because.starts_with(because), "{}", story.because);
        assert!(story.advice.contains(advice), "{}", story.advice);
    }
}

#[test]
fn the_advice_follows_what_was_lost_most() {
    let (mut run, evidence) = fixture::singles_day();
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
