use super::*;
use crate::conversation::{Ending, Outcome};
use crate::verdict::TriedTurn;

/// One customer whose two turns passed all but `required_facts`, and of the soft checks `tone`.
fn failing() -> Trial {
    let check = |name: &str| {
        let passed = !["required_facts", "tone"].contains(&name);
        (name.to_owned(), TriedCheck { passed, evidence: None })
    };
    let applies = Metric::CHECKS.iter().filter(|name| **name != "media");
    let turn = TriedTurn {
        number: 1,
        messages: Vec::new(),
        replies: Vec::new(),
        outcome: Outcome::Answered,
        reply_time_ms: Some(120.0),
        trouble: None,
        served: Some(false),
        checks: applies.map(|name| check(name)).collect(),
    };
    Trial {
        schema: "throng.try/1".to_owned(),
        scenario: "smoke".to_owned(),
        seed: 1,
        verdict: TrialVerdict::Failed,
        conversations: vec![TriedConversation {
            goal: "ask-about-delivery".to_owned(),
            persona: "hunter".to_owned(),
            language: Language::Zh,
            channel: "web".to_owned(),
            ending: Some(Ending::GaveUp),
            turns: vec![turn.clone(), turn],
        }],
    }
}

fn page(trial: &Trial, language: Language, width: u16) -> String {
    trial_terminal(trial, language, Style { colour: false, width })
}

#[test]
fn a_narrow_page_keeps_who_was_served_and_what_failed_and_says_what_it_leaves_out() {
    let trial = failing();
    insta::assert_snapshot!(page(&trial, Language::En, 60), @r#"
    Goal                Language  Served  required facts  tone
    ----------------------------------------------------------
    ask-about-delivery        zh     0/2             0/2   0/2
    Left out for want of room, with failures: Ending. The turns
    above show them, `--json` has all.
    Left out for want of room, nothing failed there:
    contradicted facts, forbidden claims, cross-talk, personal
    data, language, fallback, intent, off-topic alarm, repeated
    question, handoff, duplicate, stale, cut off, form, pictures
    and voice. `--json` has all.

    Verdict - a turn served nobody: a hard check failed, or no
    answer came in time.
    "#);
    insta::assert_snapshot!(page(&trial, Language::Zh, 40), @r#"
    诉求              语言  有效  必备  语气
                            答复  事实
    ----------------------------------------
    ask-about-delive    zh   0/2   0/2   0/2
    ry
    宽度不够，以下各列从略，其中有失败：会话
    结局。失败见上文各轮，`--json` 有全部。
    宽度不够，以下各列从略，其中没有失败：与
    事实矛盾、禁止承诺、串线、个人信息、语
    言、兜底答复、意图、跑题警报、重复索要、
    转人工、重复答复、过时答复、话没说完、形
    式、图片与语音。`--json` 有全部。

    结论 - 有轮次没有得到有效答复：硬性检查
    未通过，或没有及时答复。
    "#);
    assert!(!page(&trial, Language::En, 400).contains("Left out"));
}

#[test]
fn who_and_whether_served_stand_at_every_width_beside_what_failed() {
    let trial = failing();
    for (width, failed) in [(20, None), (60, Some("tone")), (100, Some("tone")), (200, Some("tone"))] {
        let page = page(&trial, Language::En, width);
        let header = page.lines().next().unwrap_or_default();
        for kept in ["Goal", "Served", "required"].into_iter().chain(failed) {
            assert!(header.contains(kept), "{kept} at {width}:\n{page}");
        }
    }
}
