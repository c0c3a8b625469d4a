use super::super::fixture;
use super::*;

#[test]
fn a_summary_of_a_broken_run() {
    let (run, evidence) = fixture::singles_day();
    insta::assert_snapshot!(markdown(&run, &evidence, Language::En), @r##"
    ## ❌ 5,690 of 12,952 questions got no answer in time (43.9%)

    **Verdict: Broken** – 3 of 6 thresholds broken; first <code>served&#123;phase=midnight&#125;: rate &#62;= 95%</code>, observed 26.7%. The bot pushes back: raise its quota or concurrency, or let it queue for as long as the deadline allows.

    7,262 were answered in time, and 6,877 of those answers served the customer (53.1% of all questions); 1,734 came too late, 3,956 never came.

    - It broke at 1:00 in midnight (t = 60 s), at 190 questions a second: from then on fewer than 80.0% were served, which is 80% of the calm share, to the end.
    - The largest part of what was missed: refused on wechat (1,367, 24.0%).
    - In midnight, 26.7% were served, 73.3 points fewer than in calm (95% interval 72.3 to 74.4).
    - The worst channel is douyin: 49.7% missed, against 39.3% on wechat.
    - The answers themselves got worse: quality 0.86 in midnight, 0.97 in calm (difference -0.11, 95% interval -0.14 to -0.08).
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

    <sub>throng 0.1.0+9f7c7dc · singles-day · Seed 20261111 · Duration 2 min 13 s · Target demo</sub>
    "##);
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
        assert!([7, 9].contains(&row.matches('|').count()), "{row}");
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
