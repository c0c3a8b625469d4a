use super::super::fixture;
use super::*;

#[test]
#[expect(clippy::too_many_lines, reason = "one snapshot of the whole page")]
fn a_summary_of_a_broken_run() {
    let (run, evidence) = fixture::singles_day();
    insta::assert_snapshot!(markdown(&run, &evidence, Language::En), @r#"
    ## ❌ In midnight 73.3 points fewer questions were served than in calm, like with like (95% interval 72.3 to 74.4); the largest part of it: answered late

    **Verdict: Broken** – 3 of 6 thresholds broken; first <code>served&#123;phase=midnight&#125;: rate &#62;= 95%</code>, observed 26.7%. The bot falls behind: add workers or make an answer cheaper, and shed load before the queue passes the deadline.

    5,690 of 12,952 questions got no answer in time (43.9%). 7,262 were answered in time, and 6,877 of those answers served the customer (53.1% of all questions); 1,734 came too late, 3,956 never came.

    - It broke at 1:00 in midnight (t = 60 s), at 190 questions a second: from then on fewer than 80.0% were served, which is 80% of the calm share, to the end.
    - The worst channel is douyin: 49.7% missed, against 39.3% on wechat.
    - The answers themselves got worse: quality 0.86 in midnight, 0.97 in calm (like with like -0.11, 95% interval -0.14 to -0.08).
    - Answers failed the check “required facts” most often: 231 of 6,899.
    - Knowledge or bot always wrong, also in the calm phase, so the peak is not to blame (1): gift.name.
    - Answers that told what was true before a change: coupon.amount (changed at 5:00) 12, the last 41.2 s later.

    |  | Threshold | Observed | 95% interval | Samples | Result |
    |---|---|--:|--:|--:|---|
    | ✗ | served&#123;phase=midnight&#125;: rate &#62;= 95% | 26.7% | 25.6% – 27.7% | 4,012 | broken |
    | ✗ | reply&#95;time&#123;phase=midnight&#125;: p95 &#60; 3s | never | 9.4 s – never | 4,012 | broken |
    | ✗ | missed: rate &#60; 1% | 43.9% | 43.1% – 44.8% | 4,012 | broken |
    | ? | quality&#123;phase=calm&#125;: mean &#62;= 0.9 | 0.91 | 0.88 – 0.94 | 4,012 | unsure |
    | ✓ | cross&#95;talk: count == 0 | 0 | – | 4,012 | held |
    | – | quality.language&#123;channel=web&#125;: rate &#60; 2% | – | – | 0 | no data |

    | Phase | Questions | Served | Missed | Dropped | Reply p50 | Reply p95 | Quality |
    |---|--:|--:|--:|--:|--:|--:|--:|
    | calm | 1,789 | 100% | 0% | 0% | 384 ms | 1.54 s | 0.97 |
    | build-up | 2,223 | 91.2% | 6.8% | 6.8% | 1.07 s | never | 0.95 (-0.02) |
    | live-stream | 619 | 78.2% | 15.0% | 15.0% | 3.64 s | never | 0.89 (-0.08) |
    | midnight | 6,804 | 26.7% | 70.0% | 51.4% | never | never | 0.86 (-0.11) |
    | after | 1,517 | 50.2% | 45.2% | 14.2% | 8.56 s | never | 0.89 (-0.08) |
    | All | 12,952 | 53.1% | 43.9% | 30.5% | 6.86 s | never | 0.92 |

    | Channel | Questions | Served | Missed | Dropped | Reply p50 | Reply p95 | Quality |
    |---|--:|--:|--:|--:|--:|--:|--:|
    | douyin | 4,315 | 47.3% | 49.7% | 30.0% | 8.18 s | never | 0.91 |
    | wechat | 4,276 | 58.9% | 39.3% | 39.3% | 8.51 s | never | 0.94 |
    | web | 4,361 | 53.2% | 42.8% | 22.6% | 6.6 s | never | 0.90 |

    **False and forbidden claims**: In the whole run: 0 false claims (0 of them true before a change), 0 forbidden, 0 of which the scenario says nothing (no failure), 0 true.

    - false · coupon.amount: said: 减60元, true: 80 <sub>at 5:41 · midnight · wechat · 3,402 open · conversation 1208, turn 2</sub>
    - stale (true until 41.2 s before) · coupon.amount: said: 减50元, true: 80 <sub>at 5:41 · midnight · wechat · 3,402 open · conversation 1208, turn 2</sub>
    - forbidden · coupon.amount: said: 保证最低价 <sub>at 5:41 · midnight · wechat · 3,402 open · conversation 1208, turn 2</sub>
    - … 4 more: <code>throng audit</code> lists them all

    **midnight against calm, like with like**

    | Figure | calm | midnight | Change | 95% interval |
    |---|--:|--:|--:|--:|
    | Served | 100% | 26.7% | -73.3 pp | -74.4 to -72.3 |
    | Quality | 0.97 | 0.86 | -0.11 | -0.14 to -0.08 |
    | contradicted facts: failed | 0% | 4.7% | +4.7 pp | +3.8 to +5.7 |
    | fallback: failed | 0% | 1.3% | +1.3 pp | +0.8 to +1.8 |
    | required facts: failed | 0% | 7.1% | +7.1 pp | +5.9 to +8.3 |
    | douyin: served | 100% | 18.1% | -81.9 pp | -83.4 to -80.1 |
    | wechat: served | 100% | 35.6% | -64.4 pp | -66.4 to -62.3 |
    | web: served | 100% | 26.4% | -73.6 pp | -75.4 to -71.6 |

    **after against calm, like with like**

    | Figure | calm | after | Change | 95% interval |
    |---|--:|--:|--:|--:|
    | Served | 100% | 50.2% | -49.8 pp | -52.3 to -47.2 |
    | Quality | 0.97 | 0.89 | -0.08 | -0.12 to -0.04 |
    | contradicted facts: failed | 0% | 3.4% | +3.4 pp | +2.1 to +4.7 |
    | fallback: failed | 0% | 0.89% | +0.9 pp | +0.2 to +1.6 |
    | required facts: failed | 0% | 5.2% | +5.2 pp | +3.6 to +6.8 |
    | douyin: served | 100% | 26.6% | -73.4 pp | -77.1 to -69.3 |
    | wechat: served | 100% | 91.1% | -8.9 pp | -11.7 to -6.6 |
    | web: served | 100% | 33.8% | -66.2 pp | -70.1 to -61.9 |

    **build-up against calm, like with like**

    | Figure | calm | build-up | Change | 95% interval |
    |---|--:|--:|--:|--:|
    | Served | 100% | 91.2% | -8.8 pp | -10.0 to -7.6 |
    | Quality | 0.97 | 0.95 | -0.02 | -0.05 to +0.01 |
    | contradicted facts: failed | 0% | 0.86% | +0.9 pp | +0.4 to +1.3 |
    | fallback: failed | 0% | 0.20% | +0.2 pp | 0.0 to +0.4 |
    | required facts: failed | 0% | 1.3% | +1.3 pp | +0.8 to +1.8 |
    | douyin: served | 100% | 97.7% | -2.3 pp | -3.7 to -1.2 |
    | wechat: served | 100% | 77.1% | -22.9 pp | -26.1 to -19.9 |
    | web: served | 100% | 98.8% | -1.2 pp | -2.3 to -0.4 |

    Phases that lost less, beside the calm one in report.html: 1

    Like with like: questions of the same goal, persona, channel and position in the conversation, weighted as they come in the phase. Such figures, and the changes of quality in brackets, differ from what the phases&#39; own figures give.

    <sub>throng 0.1.0+9f7c7dc · singles-day · Seed 20261111 · Duration 2 min 13 s · Target demo</sub>
    "#);
}

#[test]
fn hostile_names_keep_to_their_cell_and_make_no_link_and_no_markup() {
    let (run, evidence) = fixture::hostile();
    let page = markdown(&run, &evidence, Language::En);
    for hostile in ["<script", "](", "http://", "\u{1b}", "\u{202e}", "`*"] {
        assert!(!page.contains(hostile), "{hostile:?} in\n{page}");
    }
    let tables = page.lines().filter(|line| line.starts_with('|'));
    for row in tables {
        assert!([6, 7, 8, 9].contains(&row.matches('|').count()), "{row}");
    }
    assert!(!page.lines().any(|line| line.starts_with("# ")));
}

#[test]
fn every_run_has_a_summary_in_both_languages() {
    for (run, evidence) in fixture::all() {
        for language in Language::ALL {
            let page = markdown(&run, &evidence, language);
            assert!(
                page.starts_with("## ") && !page.contains("NaN") && !page.contains("inf"),
                "{page}"
            );
        }
    }
}

#[test]
fn what_a_judge_said_stands_below_the_figures_of_the_run() {
    let (run, evidence) = fixture::judged();
    let page = markdown(&run, &evidence, Language::En);
    let (figures, judged) = page
        .split_once("**What a language model says of the answers**: ")
        .unwrap();
    assert!(figures.contains("**midnight against calm, like with like**"));
    for wanted in [
        "> ⚠️ next&#95;step: the judge hardly agrees with people (kappa 0.31)",
        "| courteous | 87.0% (83.0% – 90.0%) | 90.0% (86.0% – 93.0%) | 4 | 0.81 (0.71 – 0.89) | 93.0% | 88.0% |",
        "- held: courteous: pass &#62;= 80%",
        "<sub>throng ",
    ] {
        assert!(judged.contains(wanted), "{wanted} in {judged}");
    }
}
