use super::*;
use crate::report::Style;
use crate::verdict::{Headline, PassK, PassRate, RepeatedRun, RepeatedTask, Spread};

fn spread(min: f64, median: f64, max: Option<f64>) -> Spread {
    Spread {
        median: Some(median),
        min: Some(min),
        max,
        runs: 3,
        never: u32::from(max.is_none()),
    }
}

fn run(number: u32, verdict: Verdict, served: f64, reply_p95_ms: Option<f64>) -> RepeatedRun {
    RepeatedRun {
        number,
        seed: 6 + u64::from(number),
        started_at: "2026-11-10T15:50:00Z".to_owned(),
        duration_s: 120.0,
        verdict,
        stopped: None,
        conversations: 1_000,
        turns: 2_345,
        cross_talk: 0,
        figures: Headline {
            served: Some(served),
            missed: Some(0.1),
            dropped: Some(0.05),
            reply_p50_ms: Some(420.0),
            reply_p95_ms,
            reply_p99_ms: None,
            quality: Some(0.93),
        },
    }
}

fn pass_k(rates: [f64; 3]) -> PassK {
    let rate = |(k, rate): (u32, f64)| PassRate { k, rate, at_most: rate };
    PassK {
        tasks: 12,
        tasks_left_out: 1,
        of: (1..).zip(rates).map(rate).collect(),
    }
}

fn repeat() -> Repeat {
    let mut all = pass_k([0.82, 0.7, 0.61]);
    all.of[0].at_most = 0.84;
    // Some came, of no task enough.
    let few = PassK {
        tasks_left_out: 3,
        ..PassK::default()
    };
    Repeat {
        schema: "throng.repeat/1".to_owned(),
        scenario: "singles-day".to_owned(),
        repeats: 4,
        pace: 1.0,
        scale: 1.0,
        verdict: Verdict::Interrupted,
        stopped: Some("interrupted by the user".to_owned()),
        runs: vec![
            run(1, Verdict::Held, 0.95, Some(1_500.0)),
            run(2, Verdict::Broken, 0.88, None),
            run(3, Verdict::Held, 0.93, Some(2_500.0)),
        ],
        thresholds: vec![RepeatedThreshold {
            that: "served: rate >= 90%".to_owned(),
            verdict: ThresholdVerdict::Broken,
            is_mixed: true,
            verdicts: vec![ThresholdVerdict::Held, ThresholdVerdict::Broken, ThresholdVerdict::Held],
            observed: spread(0.88, 0.93, Some(0.95)),
        }],
        figures: Headline {
            served: spread(0.88, 0.93, Some(0.95)),
            missed: spread(0.1, 0.1, Some(0.1)),
            dropped: spread(0.05, 0.05, Some(0.05)),
            reply_p50_ms: spread(420.0, 420.0, Some(420.0)),
            reply_p95_ms: spread(1_500.0, 2_500.0, None),
            reply_p99_ms: Spread::default(),
            quality: spread(0.93, 0.93, Some(0.93)),
        },
        pass_k: all,
        pass_k_by_phase: [
            ("calm".to_owned(), pass_k([1.0, 1.0, 1.0])),
            ("quiet".to_owned(), PassK::default()),
            ("after".to_owned(), few),
        ]
        .into(),
        tasks: vec![
            RepeatedTask {
                goal: "check-coupon".to_owned(),
                persona: "bargain|hunter\u{1b}[31m".to_owned(),
                channel: "douyin".to_owned(),
                conversations: 60,
                succeeded: 12,
                unknown: 3,
                cut_short: 1,
            },
            RepeatedTask {
                conversations: 5,
                succeeded: 5,
                ..RepeatedTask::default()
            },
        ],
    }
}

fn terminal(language: Language) -> String {
    let style = Style {
        colour: false,
        width: 110,
    };
    repeat_terminal(&repeat(), language, style)
}

#[test]
fn in_a_terminal_in_english() {
    insta::assert_snapshot!(terminal(Language::En), @r##"
    3 of 4 runs of singles-day, seeds 7 to 9
    ! Not all runs were held: interrupted by the user.

    Run      Seed  Verdict  Served  Missed  Dropped  Reply p50  Reply p95  Quality  Questions
    -----------------------------------------------------------------------------------------
    1           7     Held   95.0%   10.0%     5.0%     420 ms      1.5 s     0.93      2,345
    2           8   Broken   88.0%   10.0%     5.0%     420 ms      never     0.93      2,345
    3           9     Held   93.0%   10.0%     5.0%     420 ms      2.5 s     0.93      2,345
    Lowest                   88.0%   10.0%     5.0%     420 ms      1.5 s     0.93
    Median                   93.0%   10.0%     5.0%     420 ms      2.5 s     0.93
    Highest                  95.0%   10.0%     5.0%     420 ms      never     0.93
    Lowest, median and highest are over the runs that were not interrupted; a percentile among unanswered
    questions ranks above any time.

    pass^k: all of k customers with the same wish served well
    Same wish: goal, persona and channel. Served well: every turn served, and left with what they came for. 12
    wishes; 1 with fewer conversations than runs are left out. A phase counts those that came in it, "All" those
    of all phases together, so that it may lie beyond them.
    Phase         pass^1  pass^2  pass^3
    ------------------------------------
    calm            100%    100%    100%
    after              -       -       -
    All    82.0% - 84.0%   70.0%   61.0%
    Served least well
    - check-coupon / bargain|hunter / douyin: 12 of 60 conversations (20.0%)

    Thresholds
    x served: rate >= 90%  93.0% (88.0% - 95.0%)  broken
      held in 2, broken in 1 of 3 runs: close to what the bot can carry

    Verdict: Interrupted - The run was stopped before its end.
    "##);
}

#[test]
fn in_a_terminal_in_chinese() {
    insta::assert_snapshot!(terminal(Language::Zh), @r##"
    singles-day 重复演练：4 次中完成 3 次，随机种子 7 至 9
    ! 没有跑完全部演练：用户中断。

    演练  随机种子    结论  有效答复   漏回  未答复  答复 p50  答复 p95  答复质量  问题数
    -------------------------------------------------------------------------------------
    1            7    达标     95.0%  10.0%    5.0%    420 ms     1.5 s      0.93   2,345
    2            8  未达标     88.0%  10.0%    5.0%    420 ms      从未      0.93   2,345
    3            9    达标     93.0%  10.0%    5.0%    420 ms     2.5 s      0.93   2,345
    最低                       88.0%  10.0%    5.0%    420 ms     1.5 s      0.93
    中位                       93.0%  10.0%    5.0%    420 ms     2.5 s      0.93
    最高                       95.0%  10.0%    5.0%    420 ms      从未      0.93
    最低、中位和最高取自未被中断的各次演练；落在未答复问题之中的分位数排在任何时间之后。

    pass^k：任取 k 位同类诉求的客户，全部得到满意服务的概率
    同类：诉求、客户画像、渠道都相同。满意服务：每个轮次都是有效答复，且客户达成诉求。共 12 类；会话数少于演练次数
    的 1 类不计。各阶段只计其中到来的会话，"全部"则合计所有阶段，因此可能超出各阶段的范围。
    阶段          pass^1  pass^2  pass^3
    ------------------------------------
    calm            100%    100%    100%
    after              -       -       -
    全部   82.0% - 84.0%   70.0%   61.0%
    服务最差的同类诉求
    - check-coupon / bargain|hunter / douyin：60 个会话中成功 12 个（20.0%）

    阈值
    x served: rate >= 90%  93.0% (88.0% - 95.0%)  未达标
      3 次演练中 2 次达标、1 次未达标：已接近机器人的承载极限

    结论：已中断 - 演练没有跑完就停止了。
    "##);
}

#[test]
fn as_markdown_with_every_name_made_inert() {
    insta::assert_snapshot!(repeat_markdown(&repeat(), Language::En), @r##"
    ## ⚠️ 3 of 4 runs of singles-day, seeds 7 to 9

    **Verdict: Interrupted** – The run was stopped before its end.

    > ⚠️ Not all runs were held: interrupted by the user.

    | Run | Seed | Verdict | Served | Missed | Dropped | Reply p50 | Reply p95 | Quality | Questions |
    |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
    | 1 | 7 | Held | 95.0% | 10.0% | 5.0% | 420 ms | 1.5 s | 0.93 | 2,345 |
    | 2 | 8 | Broken | 88.0% | 10.0% | 5.0% | 420 ms | never | 0.93 | 2,345 |
    | 3 | 9 | Held | 93.0% | 10.0% | 5.0% | 420 ms | 2.5 s | 0.93 | 2,345 |
    | Lowest |  |  | 88.0% | 10.0% | 5.0% | 420 ms | 1.5 s | 0.93 |  |
    | Median |  |  | 93.0% | 10.0% | 5.0% | 420 ms | 2.5 s | 0.93 |  |
    | Highest |  |  | 95.0% | 10.0% | 5.0% | 420 ms | never | 0.93 |  |

    Lowest, median and highest are over the runs that were not interrupted; a percentile among unanswered questions ranks above any time.

    ### pass^k: all of k customers with the same wish served well

    Same wish: goal, persona and channel. Served well: every turn served, and left with what they came for. 12 wishes; 1 with fewer conversations than runs are left out. A phase counts those that came in it, “All” those of all phases together, so that it may lie beyond them.

    | Phase | pass^1 | pass^2 | pass^3 |
    |---|--:|--:|--:|
    | calm | 100% | 100% | 100% |
    | after | – | – | – |
    | All | 82.0% – 84.0% | 70.0% | 61.0% |

    Served least well

    - check-coupon / bargain&#124;hunter / douyin: 12 of 60 conversations (20.0%)

    ### Thresholds

    | Threshold | Median | Lowest to highest | Result |
    |---|--:|--:|--:|
    | served: rate &#62;= 90% | 93.0% | 88.0% – 95.0% | ✗ held in 2, broken in 1 of 3 runs: close to what the bot can carry |
    "##);
}

#[test]
fn without_enough_conversations_it_is_said_that_there_is_no_pass_k() {
    let repeat = Repeat {
        pass_k: PassK::default(),
        pass_k_by_phase: Default::default(),
        thresholds: Vec::new(),
        ..repeat()
    };
    let page = repeat_markdown(&repeat, Language::En);
    assert!(page.contains("there is no pass^k"), "{page}");
    assert!(!page.contains("| Phase"), "{page}");
}
