use unicode_width::UnicodeWidthStr;

use super::super::fixture;
use super::*;

fn plain(run: &Run, evidence: &Evidence, language: Language, width: u16) -> String {
    terminal(run, evidence, language, Style { colour: false, width })
}

#[test]
fn in_english_on_a_wide_terminal() {
    let (run, evidence) = fixture::singles_day();
    insta::assert_snapshot!(plain(&run, &evidence, Language::En, 100), @r##"
    In midnight 73.3 points fewer questions were served than in calm, like with like (95% interval 72.3
    to 74.4); the largest part of it: answered late
    5,690 of 12,952 questions got no answer in time (43.9%). 7,262 were answered in time, and 6,877 of
    those answers served the customer (53.1% of all questions); 1,734 came too late, 3,956 never came.

    - It broke at 1:00 in midnight (t = 60 s), at 190 questions a second: from then on fewer than 80.0%
      were served, which is 80% of the calm share, to the end.
    - The worst channel is douyin: 49.7% missed, against 39.3% on wechat.
    - The answers themselves got worse: quality 0.86 in midnight, 0.97 in calm (like with like -0.11,
      95% interval -0.14 to -0.08).
    - Answers failed the check "required facts" most often: 231 of 6,899.
    - Knowledge or bot always wrong, also in the calm phase, so the peak is not to blame (1): gift.name.
    - Answers that told what was true before a change: coupon.amount (changed at 5:00) 12, the last 41.2
      s later.

    Phase        Questions  Served  Missed  Dropped  Reply p50  Reply p95       Quality
    -----------------------------------------------------------------------------------
    calm             1,789    100%      0%       0%     384 ms     1.54 s          0.97
    build-up         2,223   91.2%    6.8%     6.8%     1.07 s      never  0.95 (-0.02)
    live-stream        619   78.2%   15.0%    15.0%     3.64 s      never  0.89 (-0.08)
    midnight         6,804   26.7%   70.0%    51.4%      never      never  0.86 (-0.11)
    after            1,517   50.2%   45.2%    14.2%     8.56 s      never  0.89 (-0.08)
    All             12,952   53.1%   43.9%    30.5%     6.86 s      never          0.92

    Channel  Questions  Served  Missed  Dropped  Reply p50  Reply p95  Quality
    --------------------------------------------------------------------------
    douyin       4,315   47.3%   49.7%    30.0%     8.18 s      never     0.91
    wechat       4,276   58.9%   39.3%    39.3%     8.51 s      never     0.94
    web          4,361   53.2%   42.8%    22.6%      6.6 s      never     0.90

    midnight against calm, like with like
    Figure                      calm  midnight    Change    95% interval
    --------------------------------------------------------------------
    Served                      100%     26.7%  -73.3 pp  -74.4 to -72.3
    Quality                     0.97      0.86     -0.11  -0.14 to -0.08
    contradicted facts: failed    0%      4.7%   +4.7 pp    +3.8 to +5.7
    fallback: failed              0%      1.3%   +1.3 pp    +0.8 to +1.8
    required facts: failed        0%      7.1%   +7.1 pp    +5.9 to +8.3
    douyin: served              100%     18.1%  -81.9 pp  -83.4 to -80.1
    wechat: served              100%     35.6%  -64.4 pp  -66.4 to -62.3
    web: served                 100%     26.4%  -73.6 pp  -75.4 to -71.6
    Like with like: questions of the same goal, persona, channel and position in the conversation,
    weighted as they come in the phase. Such figures, and the changes of quality in brackets, differ
    from what the phases' own figures give.

    Generator: 4,317 conversations planned, 4,317 started, 0 not started; schedule lag p99 1.4 ms

    Thresholds
    x served{phase=midnight}: rate >= 95%       26.7% (25.6% - 27.7%)  broken
    x reply_time{phase=midnight}: p95 < 3s      never (9.4 s - never)  broken
    x missed: rate < 1%                         43.9% (43.1% - 44.8%)  broken
    ? quality{phase=calm}: mean >= 0.9          0.91 (0.88 - 0.94)  unsure
      The bound lies within the interval.
    + cross_talk: count == 0                    0  held
    - quality.language{channel=web}: rate < 2%  -  no data
      only 41 % of the answered turns could be scored, 80 % are needed

    Verdict: Broken - 3 of 6 thresholds broken; first `served{phase=midnight}: rate >= 95%`, observed
    26.7%.
    > The bot falls behind: add workers or make an answer cheaper, and shed load before the queue passes
      the deadline.
    "##);
}

#[test]
fn in_chinese_on_a_wide_terminal() {
    let (run, evidence) = fixture::singles_day();
    insta::assert_snapshot!(plain(&run, &evidence, Language::Zh, 100), @r##"
    midnight 阶段的有效答复率比 calm 低 73.3 个百分点（同类相比，95% 置信区间 72.3 至 74.4）；最大的一块
    是超时答复
    12,952 个问题中有 5,690 个没有及时得到答复（43.9%）。7,262 个及时得到答复，其中 6,877 个是有效答复
    （占全部问题的 53.1%）；1,734 个答复超时，3,956 个始终没有答复。

    - midnight 阶段 1:00（t = 60 秒）开始失守，当时每秒 190 个问题：此后有效答复率低于 80.0%，即平峰期的
      80%，直到结束。
    - 最差的渠道是 douyin：漏回率 49.7%，而 wechat 为 39.3%。
    - 答复本身也变差了：midnight 的答复质量为 0.86，calm 为 0.97（同类相比 -0.11，95% 置信区间 -0.14 至
      -0.08）。
    - 答复最常栽在"必备事实"这项检查上：6,899 次中有 231 次不通过。
    - 知识库或机器人一直有误，平峰期也错，不能归咎于高峰（1 项）：gift.name。
    - 变更之后仍按旧内容作答：coupon.amount（5:00 变更）12 次，最后一次在 41.2 秒后。

    阶段         问题数  有效答复   漏回  未答复  答复 p50  答复 p95      答复质量
    ------------------------------------------------------------------------------
    calm          1,789      100%     0%      0%    384 ms    1.54 s          0.97
    build-up      2,223     91.2%   6.8%    6.8%    1.07 s      从未  0.95 (-0.02)
    live-stream     619     78.2%  15.0%   15.0%    3.64 s      从未  0.89 (-0.08)
    midnight      6,804     26.7%  70.0%   51.4%      从未      从未  0.86 (-0.11)
    after         1,517     50.2%  45.2%   14.2%    8.56 s      从未  0.89 (-0.08)
    全部         12,952     53.1%  43.9%   30.5%    6.86 s      从未          0.92

    渠道    问题数  有效答复   漏回  未答复  答复 p50  答复 p95  答复质量
    ---------------------------------------------------------------------
    douyin   4,315     47.3%  49.7%   30.0%    8.18 s      从未      0.91
    wechat   4,276     58.9%  39.3%   39.3%    8.51 s      从未      0.94
    web      4,361     53.2%  42.8%   22.6%     6.6 s      从未      0.90

    midnight 与 calm 同类对照
    指标                calm  midnight          变化    95% 置信区间
    ----------------------------------------------------------------
    有效答复            100%     26.7%  -73.3 百分点  -74.4 至 -72.3
    答复质量            0.97      0.86         -0.11  -0.14 至 -0.08
    与事实矛盾：不通过    0%      4.7%   +4.7 百分点    +3.8 至 +5.7
    兜底答复：不通过      0%      1.3%   +1.3 百分点    +0.8 至 +1.8
    必备事实：不通过      0%      7.1%   +7.1 百分点    +5.9 至 +8.3
    douyin：有效答复    100%     18.1%  -81.9 百分点  -83.4 至 -80.1
    wechat：有效答复    100%     35.6%  -64.4 百分点  -66.4 至 -62.3
    web：有效答复       100%     26.4%  -73.6 百分点  -75.4 至 -71.6
    同类相比：只比较诉求、客户画像、渠道和轮次位置都相同的问题，并按该阶段的构成加权。这样的数字，以及括
    号中答复质量的变化，与直接比较各阶段自身的数字所得不同。

    发压端：计划 4,317 个会话，开始 4,317 个，未开始 0 个；发送延迟 p99 1.4 ms

    阈值
    x served{phase=midnight}: rate >= 95%       26.7% (25.6% - 27.7%)  未达标
    x reply_time{phase=midnight}: p95 < 3s      从未 (9.4 s - 从未)  未达标
    x missed: rate < 1%                         43.9% (43.1% - 44.8%)  未达标
    ? quality{phase=calm}: mean >= 0.9          0.91 (0.88 - 0.94)  无法定论
      界限落在置信区间之内。
    + cross_talk: count == 0                    0  达标
    - quality.language{channel=web}: rate < 2%  -  没有数据
      only 41 % of the answered turns could be scored, 80 % are needed

    结论：未达标 - 6 项阈值中有 3 项未达标；首先是 `served{phase=midnight}: rate >= 95%`，实测 26.7%。
    > 机器人跟不上：增加处理能力或降低每次答复的开销，并在排队超过时限之前主动限流。
    "##);
}

#[test]
#[expect(clippy::too_many_lines, reason = "one snapshot of the whole page")]
fn on_forty_columns() {
    let (mut run, evidence) = fixture::singles_day();
    run.pace = 4.0;
    insta::assert_snapshot!(plain(&run, &evidence, Language::En, 40), @r##"
    In midnight 73.3 points fewer questions
    were served than in calm, like with like
    (95% interval 72.3 to 74.4); the largest
    part of it: answered late
    5,690 of 12,952 questions got no answer
    in time (43.9%). 7,262 were answered in
    time, and 6,877 of those answers served
    the customer (53.1% of all questions);
    1,734 came too late, 3,956 never came.
    ! Pace 4: customers thought and typed 4
      times as fast as people do. Only pace
      1 supports a claim about capacity.

    - It broke at 1:00 in midnight (t = 60
      s), at 190 questions a second: from
      then on fewer than 80.0% were served,
      which is 80% of the calm share, to the
      end.
    - The worst channel is douyin: 49.7%
      missed, against 39.3% on wechat.
    - The answers themselves got worse:
      quality 0.86 in midnight, 0.97 in calm
      (like with like -0.11, 95% interval
      -0.14 to -0.08).
    - Answers failed the check "required
      facts" most often: 231 of 6,899.
    - Knowledge or bot always wrong, also in
      the calm phase, so the peak is not to
      blame (1): gift.name.
    - Answers that told what was true before
      a change: coupon.amount (changed at
      5:00) 12, the last 41.2 s later.

    Phase        Served  Missed  Reply p95
    --------------------------------------
    calm           100%      0%     1.54 s
    build-up      91.2%    6.8%      never
    live-stream   78.2%   15.0%      never
    midnight      26.7%   70.0%      never
    after         50.2%   45.2%      never
    All           53.1%   43.9%      never

    Channel  Served  Missed  Reply  Quality
                               p95
    ---------------------------------------
    douyin    47.3%   49.7%  never     0.91
    wechat    58.9%   39.3%  never     0.94
    web       53.2%   42.8%  never     0.90

    midnight against calm, like with like
    Figure          calm  midnight    Change
    ----------------------------------------
    Served          100%     26.7%  -73.3 pp
    Quality         0.97      0.86     -0.11
    contradicted      0%      4.7%   +4.7 pp
     facts: failed
    fallback:         0%      1.3%   +1.3 pp
     failed
    required          0%      7.1%   +7.1 pp
     facts: failed
    douyin: served  100%     18.1%  -81.9 pp
    wechat: served  100%     35.6%  -64.4 pp
    web: served     100%     26.4%  -73.6 pp
    Like with like: questions of the same
    goal, persona, channel and position in
    the conversation, weighted as they come
    in the phase. Such figures, and the
    changes of quality in brackets, differ
    from what the phases' own figures give.

    Generator: 4,317 conversations planned,
    4,317 started, 0 not started; schedule
    lag p99 1.4 ms

    Thresholds
    x served{phase=midnight}: rate >= 95%
      26.7% (25.6% - 27.7%)  broken
    x reply_time{phase=midnight}: p95 < 3s
      never (9.4 s - never)  broken
    x missed: rate < 1%
      43.9% (43.1% - 44.8%)  broken
    ? quality{phase=calm}: mean >= 0.9
      0.91 (0.88 - 0.94)  unsure
      The bound lies within the interval.
    + cross_talk: count == 0
      0  held
    - quality.language{channel=web}: rate <
      2%
      -  no data
      only 41 % of the answered turns could
      be scored, 80 % are needed

    Verdict: Broken - 3 of 6 thresholds
    broken; first `served{phase=midnight}:
    rate >= 95%`, observed 26.7%.
    > The bot falls behind: add workers or
      make an answer cheaper, and shed load
      before the queue passes the deadline.
    "##);
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for (run, evidence) in fixture::all() {
        for language in Language::ALL {
            for width in [0, 40, 53, 80, 120] {
                let page = terminal(&run, &evidence, language, Style { colour: false, width });
                let widest = page.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
                assert!(widest <= usize::from(width.max(40)), "{widest} of {width}:\n{page}");
            }
        }
    }
}

#[test]
fn without_colour_all_but_names_is_ascii_and_no_escape_is_sent() {
    let (run, evidence) = fixture::singles_day();
    let page = plain(&run, &evidence, Language::En, 80);
    assert!(page.is_ascii(), "{page}");
    assert!(!page.contains('\u{1b}'));
}

#[test]
fn hostile_names_send_no_escape_and_no_hidden_character() {
    let (run, evidence) = fixture::hostile();
    for colour in [false, true] {
        let page = terminal(&run, &evidence, Language::En, Style { colour, width: 80 });
        let ours = [
            "\u{1b}[0m",
            "\u{1b}[1m",
            "\u{1b}[2m",
            "\u{1b}[31m",
            "\u{1b}[33m",
            "\u{1b}[1;31m",
            "\u{1b}[1;32m",
        ];
        let others = ours.iter().fold(page, |page, code| page.replace(code, ""));
        assert!(!others.contains(['\u{1b}', '\u{202e}', '\0']), "{others:?}");
        assert_eq!(others.lines().filter(|line| line.starts_with("# 你好")).count(), 0);
    }
}

#[test]
fn the_first_line_is_the_customers_and_the_verdict_comes_last() {
    for (run, evidence) in [fixture::singles_day(), fixture::judged()] {
        let page = plain(&run, &evidence, Language::En, 200);
        let lines: Vec<&str> = page.lines().collect();
        assert!(lines[0].starts_with("In midnight 73.3 points fewer questions were served"));
        assert!(lines[lines.len() - 2].starts_with("Verdict: Broken - "), "{page}");
        assert!(lines[lines.len() - 1].starts_with("> "), "{page}");
        assert_eq!(page.contains("some-model-0711"), evidence.judged.is_some(), "{page}");
    }
}

#[test]
fn of_very_many_phases_and_channels_only_the_least_served_are_listed() {
    let (run, evidence) = fixture::crowded();
    let page = plain(&run, &evidence, Language::En, 100);
    assert!(page.lines().count() < 70, "{page}");
    assert!(page.contains("188 more in report.html") && page.contains("38 more in report.html"));
}
