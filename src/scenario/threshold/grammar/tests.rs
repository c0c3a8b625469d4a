use insta::assert_snapshot;
use proptest::prelude::{prop_assert, proptest};

use super::{Names, parse};
use crate::conversation::{Ending, Outcome, Slice};
use crate::scenario::{Bound, CountMetric, Metric, Op, RateMetric, Stat, TimeMetric};

fn names() -> Names<'static> {
    Names {
        phases: vec!["warm", "calm", "midnight"],
        warm_ups: vec![true, false, false],
        channels: vec!["web", "抖音"],
        personas: vec!["hunter"],
        goals: vec!["check-coupon"],
    }
}

fn meaning(text: &str) -> (Metric, Stat, Op, Bound) {
    let threshold = parse(text, &names()).unwrap();
    assert_eq!((threshold.text.as_str(), threshold.abort_after), (text, None));
    (threshold.metric, threshold.stat, threshold.op, threshold.bound)
}

#[test]
fn thresholds_of_times_have_a_bound_in_seconds_or_in_another_phase() {
    use Bound::{Times, Value};
    let twice = Times { factor: 2.0, phase: 1 };
    let p95 = Stat::Quantile(0.95);
    for (text, metric, stat, op, bound) in [
        ("reply_time: p95 < 3s", TimeMetric::ReplyTime, p95, Op::Less, Value(3.0)),
        (
            "wire_time:p95<=1m 30s",
            TimeMetric::WireTime,
            p95,
            Op::AtMost,
            Value(90.0),
        ),
        (
            "first_text_time: mean < 2x calm",
            TimeMetric::FirstTextTime,
            Stat::Mean,
            Op::Less,
            twice,
        ),
        (
            "chunk_gap{phase=midnight}: max > 2x calm",
            TimeMetric::ChunkGap,
            Stat::Max,
            Op::More,
            twice,
        ),
        (
            "schedule_lag : p95 >= 5ms",
            TimeMetric::ScheduleLag,
            p95,
            Op::AtLeast,
            Value(0.005),
        ),
    ] {
        assert_eq!(meaning(text), (Metric::Time(metric), stat, op, bound), "{text}");
    }
    assert_eq!(meaning("reply_time: p999 < 3s").1, Stat::Quantile(0.999));
}

#[test]
fn thresholds_of_rates_count_turns_conversations_or_failed_checks() {
    use RateMetric::{Check, Dropped, Ending, Missed, Outcome, Served};
    for (text, metric, stat, op, bound) in [
        ("missed: rate < 1%", Missed, Stat::Rate, Op::Less, 0.01),
        (
            "served{phase=midnight}: rate >= 95%",
            Served,
            Stat::Rate,
            Op::AtLeast,
            0.95,
        ),
        ("dropped: rate <= 0.2", Dropped, Stat::Rate, Op::AtMost, 0.2),
        (
            "http_error: count <= 10",
            Outcome(self::Outcome::HttpError),
            Stat::Count,
            Op::AtMost,
            10.0,
        ),
        (
            "cut_short: rate < 1%",
            Outcome(self::Outcome::CutShort),
            Stat::Rate,
            Op::Less,
            0.01,
        ),
        (
            "gave_up: rate < 100%",
            Ending(self::Ending::GaveUp),
            Stat::Rate,
            Op::Less,
            1.0,
        ),
        ("quality.cross_talk: count == 0", Check(3), Stat::Count, Op::Equal, 0.0),
    ] {
        assert_eq!(
            meaning(text),
            (Metric::Rate(metric), stat, op, Bound::Value(bound)),
            "{text}"
        );
    }
    let none = (
        Metric::Count(CountMetric::CrossTalk),
        Stat::Count,
        Op::Equal,
        Bound::Value(0.0),
    );
    assert_eq!(meaning("cross_talk: count == 0"), none);
    assert_eq!(
        meaning("quality: mean > 0.8"),
        (Metric::Quality, Stat::Mean, Op::More, Bound::Value(0.8))
    );
}

#[test]
fn a_slice_may_have_several_keys() {
    let threshold = parse(
        " dropped{ channel = 抖音 , persona=hunter,goal=check-coupon}: rate < 1 % ",
        &names(),
    )
    .unwrap();
    let slice = Slice {
        channel: Some(1),
        persona: Some(0),
        goal: Some(0),
        ..Slice::ALL
    };
    assert_eq!(threshold.slice, slice);
    assert!(threshold.text.starts_with("dropped{") && threshold.text.ends_with('%'));
}

const WRONG_WORDS: [&str; 11] = [
    "",
    "missed",
    "misssed: rate < 1%",
    "quality.facts: rate < 1%",
    "quality.languages: rate < 1%",
    ": rate < 1%",
    "served: p95 < 3s",
    "reply_time: rate < 1%",
    "reply_time: < 1s",
    "quality: rate > 1%",
    "cross_talk: max == 0",
];

const WRONG_VALUES: [&str; 16] = [
    "missed: rate 1%",
    "missed: rate =< 1%",
    "missed: rate != 1%",
    "missed: rate <",
    "missed: rate < 5",
    "missed: rate < 101%",
    "missed: rate < -1%",
    "missed: rate < 1e-3",
    "missed: count < 1.5",
    "missed: count < -1",
    "reply_time: p95 < 3",
    "reply_time: p95 < 3 parsecs",
    "reply_time: p95 < 0x calm",
    "reply_time: p95 < 2x clam",
    "reply_time: p95 < 2x warm",
    "reply_time{phase=calm}: p95 < 2x calm",
];

const WRONG_SLICES: [&str; 8] = [
    "missed{phase=warm}: rate < 1%",
    "missed{phase=midnigt}: rate < 1%",
    "missed{phas=calm}: rate < 1%",
    "missed{phase}: rate < 1%",
    "missed{}: rate < 1%",
    "missed{phase=calm,phase=midnight}: rate < 1%",
    "missed{phase=calm: rate < 1%",
    "missed{phase=calm}x: rate < 1%",
];

/// Each wrong threshold with the part that is marked, the message and the hint.
fn told(texts: &[&str]) -> String {
    let line = |text: &&str| {
        let wrong = parse(text, &names()).unwrap_err();
        let hint = wrong.hint.map(|hint| format!(" ({hint})")).unwrap_or_default();
        format!("{text} [{}]\n  {}{hint}\n", &text[wrong.bytes], wrong.message)
    };
    texts.iter().map(line).collect()
}

#[test]
fn an_unknown_metric_or_stat_is_told_with_what_there_is() {
    assert_snapshot!(told(&WRONG_WORDS), @r#"
     []
      expected `metric: stat op value`, such as `missed: rate < 1%`, found nothing
    missed [missed]
      expected `metric: stat op value`, such as `missed: rate < 1%`, found `missed`
    misssed: rate < 1% [misssed]
      expected a metric (`reply_time`, `wire_time`, `first_text_time`, `chunk_gap`, `schedule_lag`, `served`, `missed`, `dropped`, `quality`, `cross_talk`, `duplicates`, `unsolicited`, an outcome, an ending or `quality.<check>`), found `misssed` (did you mean `missed`?)
    quality.facts: rate < 1% [quality.facts]
      expected one of `quality.required_facts`, `quality.contradicted`, `quality.forbidden`, `quality.cross_talk`, `quality.personal_data`, `quality.language`, `quality.fallback`, `quality.intent`, `quality.relevance`, `quality.repeated_question`, `quality.handoff`, `quality.tone`, `quality.duplicate`, `quality.stale`, `quality.cut_off`, `quality.form`, `quality.media`, found `quality.facts` (did you mean `quality.form`?)
    quality.languages: rate < 1% [quality.languages]
      expected one of `quality.required_facts`, `quality.contradicted`, `quality.forbidden`, `quality.cross_talk`, `quality.personal_data`, `quality.language`, `quality.fallback`, `quality.intent`, `quality.relevance`, `quality.repeated_question`, `quality.handoff`, `quality.tone`, `quality.duplicate`, `quality.stale`, `quality.cut_off`, `quality.form`, `quality.media`, found `quality.languages` (did you mean `quality.language`?)
    : rate < 1% []
      expected a metric (`reply_time`, `wire_time`, `first_text_time`, `chunk_gap`, `schedule_lag`, `served`, `missed`, `dropped`, `quality`, `cross_talk`, `duplicates`, `unsolicited`, an outcome, an ending or `quality.<check>`), found nothing
    served: p95 < 3s [p95]
      `served` has no `p95`: expected one of `rate`, `count`
    reply_time: rate < 1% [rate]
      `reply_time` has no `rate`: expected one of `mean`, `p50`, `p90`, `p95`, `p99`, `p999`, `max`
    reply_time: < 1s []
      expected one of `mean`, `p50`, `p90`, `p95`, `p99`, `p999`, `max`, found nothing
    quality: rate > 1% [rate]
      `quality` has no `rate`: expected one of `mean`
    cross_talk: max == 0 [max]
      `cross_talk` has no `max`: expected one of `count`
    "#);
}

#[test]
fn an_operator_or_value_that_does_not_fit_is_told_with_what_does() {
    assert_snapshot!(told(&WRONG_VALUES), @r#"
    missed: rate 1% [rate 1%]
      expected `stat op value`, such as `rate < 1%`, found `rate 1%`
    missed: rate =< 1% [=<]
      expected one of `<=`, `>=`, `==`, `<`, `>`, found `=<` (did you mean `<=`?)
    missed: rate != 1% [!=]
      expected one of `<=`, `>=`, `==`, `<`, `>`, found `!=`
    missed: rate < [<]
      expected a value after `<`, found nothing
    missed: rate < 5 [5]
      expected a share such as `95%` or `0.95`, found `5` (did you mean `5%`?)
    missed: rate < 101% [101%]
      expected a share such as `95%` or `0.95`, found `101%`
    missed: rate < -1% [-1%]
      expected a share such as `95%` or `0.95`, found `-1%`
    missed: rate < 1e-3 [1e-3]
      expected a share such as `95%` or `0.95`, found `1e-3`
    missed: count < 1.5 [1.5]
      expected a whole number, found `1.5`
    missed: count < -1 [-1]
      expected a whole number, found `-1`
    reply_time: p95 < 3 [3]
      expected a unit after `3` (ms, s, m, h or d), found `3` (did you mean `3s` or `3ms`?)
    reply_time: p95 < 3 parsecs [3 parsecs]
      expected a length of time such as `30s`, `2m` or `500ms`, found `3 parsecs`
    reply_time: p95 < 0x calm [0]
      expected a factor above 0, found `0`
    reply_time: p95 < 2x clam [clam]
      expected one of `warm`, `calm`, `midnight`, found `clam` (did you mean `calm`?)
    reply_time: p95 < 2x warm [warm]
      expected a phase that counts, found `warm`, which is a warm-up
    reply_time{phase=calm}: p95 < 2x calm [calm]
      expected another phase than the one that is judged, found `calm`
    "#);
}

#[test]
fn a_slice_of_nothing_is_told_with_what_there_is() {
    assert_snapshot!(told(&WRONG_SLICES), @r#"
    missed{phase=warm}: rate < 1% [warm]
      expected a phase that counts, found `warm`, which is a warm-up
    missed{phase=midnigt}: rate < 1% [midnigt]
      expected one of `warm`, `calm`, `midnight`, found `midnigt` (did you mean `midnight`?)
    missed{phas=calm}: rate < 1% [phas]
      expected one of `phase`, `channel`, `persona`, `goal`, found `phas` (did you mean `phase`?)
    missed{phase}: rate < 1% [phase]
      expected `key=value`, found `phase`
    missed{}: rate < 1% []
      expected `key=value`, found nothing
    missed{phase=calm,phase=midnight}: rate < 1% [phase]
      expected each key once, found `phase` again
    missed{phase=calm: rate < 1% [phase=calm]
      expected `}` after the keys, found none
    missed{phase=calm}x: rate < 1% [x]
      expected `:` after `}`, found `x`
    "#);
}

proptest! {
    #[test]
    fn no_text_makes_the_grammar_panic(text in "\\PC{0,40}|(missed|reply_time|quality)(\\{[a-z=,抖]{0,9}\\}?)?: ?(rate|p95)? ?[<>=≤]{0,2} ?[0-9.x%a-z -]{0,8}") {
        if let Err(wrong) = parse(&text, &names()) {
            prop_assert!(text.get(wrong.bytes).is_some());
        }
    }
}
