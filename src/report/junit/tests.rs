use super::super::fixture;
use super::*;

fn xml(run: &Run) -> String {
    String::from_utf8(junit(run, Language::En).unwrap()).unwrap()
}

#[test]
fn a_case_per_threshold() {
    let (run, _) = fixture::singles_day();
    insta::assert_snapshot!(xml(&run), @r##"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="throng" tests="6" skipped="0" failures="5" errors="0">
        <testsuite name="singles-day" tests="6" skipped="0" errors="0" failures="5" time="133.200">
            <testcase name="served{phase=midnight}: rate &gt;= 95%" classname="singles-day">
                <failure message="observed 26.7%, 95% interval 25.6% – 27.7%, 4,012 samples: the whole interval is on the wrong side" type="broken"/>
            </testcase>
            <testcase name="reply_time{phase=midnight}: p95 &lt; 3s" classname="singles-day">
                <failure message="observed never, 95% interval 9.4 s – never, 4,012 samples: the whole interval is on the wrong side" type="broken"/>
            </testcase>
            <testcase name="missed: rate &lt; 1%" classname="singles-day">
                <failure message="observed 43.9%, 95% interval 43.1% – 44.8%, 4,012 samples: the whole interval is on the wrong side" type="broken"/>
            </testcase>
            <testcase name="quality{phase=calm}: mean &gt;= 0.9" classname="singles-day">
                <failure message="observed 0.91, 95% interval 0.88 – 0.94, 4,012 samples: the interval holds the bound" type="unsure"/>
            </testcase>
            <testcase name="cross_talk: count == 0" classname="singles-day"/>
            <testcase name="quality.language{channel=web}: rate &lt; 2%" classname="singles-day">
                <failure message="observed –, 0 samples: only 41 % of the answered turns could be scored, 80 % are needed" type="no_data"/>
            </testcase>
            <system-out>In midnight 73.3 points fewer questions were served than in calm, like with like (95% interval 72.3 to 74.4); the largest part of it: answered late
    Knowledge or bot always wrong, also in the calm phase, so the peak is not to blame (1): gift.name.</system-out>
        </testsuite>
    </testsuites>
    "##);
}

#[test]
fn unsure_is_skipped_where_the_run_held() {
    let (mut run, _) = fixture::singles_day();
    run.thresholds = vec![fixture::threshold(
        "served: rate >= 95%",
        ThresholdVerdict::Unsure,
        Some(0.95),
        None,
        None,
    )];
    for (verdict, failures, skipped) in [(Verdict::Held, 0, 1), (Verdict::Unsure, 1, 0)] {
        run.verdict = verdict;
        assert!(
            xml(&run).contains(&format!("tests=\"1\" skipped=\"{skipped}\" failures=\"{failures}\"")),
            "{}",
            xml(&run)
        );
    }
}

#[test]
fn what_was_not_judged_is_skipped() {
    let (mut run, _) = fixture::singles_day();
    run.verdict = Verdict::GeneratorSaturated;
    run.thresholds = vec![fixture::threshold(
        "missed: rate < 1%",
        ThresholdVerdict::NotJudged,
        None,
        None,
        None,
    )];
    assert!(
        xml(&run).contains("<skipped") && xml(&run).contains("type=\"not_judged\""),
        "{}",
        xml(&run)
    );
}

#[test]
fn hostile_names_leave_the_xml_well_formed() {
    let (run, _) = fixture::hostile();
    let xml = xml(&run);
    let mut reader = quick_xml::Reader::from_str(&xml);
    while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    assert!(
        !xml.contains("<script") && !xml.contains(['\u{1b}', '\u{202e}']),
        "{xml}"
    );
}

#[test]
fn in_chinese_the_meaning_of_the_verdict_stands_for_the_recorded_reason() {
    let (run, _) = fixture::singles_day();
    let xml = String::from_utf8(junit(&run, Language::Zh).unwrap()).unwrap();
    let first = xml.lines().find(|line| line.contains("message=")).unwrap_or_default();
    assert!(
        first.contains("message=\"实测 26.7%，95% 置信区间 25.6% – 27.7%，样本数 4,012："),
        "{xml}"
    );
    assert!(!xml.contains("the whole interval") && xml.contains("个百分点"), "{xml}");
}
