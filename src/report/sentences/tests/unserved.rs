//! Bots that serve hardly anybody.

use super::*;
use crate::verdict::{Interval, QualityNumbers, Turns};

#[test]
fn where_hardly_anybody_was_served_the_headline_says_so_and_compares_nothing() {
    let (mut run, evidence) = fixture::singles_day();
    let share = |rate, high| Some(Interval { rate, low: 0.0, high });
    run.by_phase["calm"].served = share(0.3, 0.33);
    let story = told(&run, &evidence, Language::En);
    assert_eq!(
        story.headline,
        "Only 6,877 of 12,952 questions got a right answer in time (53.1%); already in calm it was no more than 30.0%"
    );
    assert_eq!(
        (story.headline.clone(), story.compared),
        (headline(&run, Language::En), None)
    );
    // What was missed keeps its finding, and the count of the missed comes before the rest.
    assert!(
        story.loss.is_some()
            && story
                .rest
                .starts_with("5,690 of 12,952 questions got no answer in time")
    );
    let turns = &mut run.totals.turns;
    (turns.answered, turns.empty) = (0, turns.answered);
    run.totals.quality = QualityNumbers::default();
    run.totals.served = share(0.0, 0.001);
    assert_eq!(
        headline(&run, Language::En),
        "Nobody was served, in any phase: none of 12,952 questions got a right answer in time"
    );
    assert_eq!(
        headline(&run, Language::Zh),
        "没有一位客户得到有效答复，任何阶段都没有：12,952 个问题都没有及时得到正确的答复"
    );
}

#[test]
fn whoever_serves_nobody_is_advised_by_what_went_wrong_whatever_the_verdict() {
    let (mut run, evidence) = fixture::only_unanswered();
    run.thresholds = Vec::new();
    let asked = run.totals.turns.sent;
    for (outcome, advice) in [
        (Outcome::Empty, "Answers come without content"),
        (Outcome::Silent, "The bot never said a word"),
        (Outcome::ConnectionLost, "Connections fail"),
    ] {
        let turns = Turns {
            sent: asked,
            empty: if outcome == Outcome::Empty { asked } else { 0 },
            silent: if outcome == Outcome::Silent { asked } else { 0 },
            connection_lost: if outcome == Outcome::ConnectionLost { asked } else { 0 },
            ..Turns::default()
        };
        run.totals.turns = turns.clone();
        run.by_channel[0].turns = turns;
        for verdict in [Verdict::Held, Verdict::Broken, Verdict::NoData] {
            run.verdict = verdict;
            let told = told(&run, &evidence, Language::En).advice;
            assert!(told.starts_with(advice), "{outcome:?} {verdict:?}: {told}");
        }
    }
}
