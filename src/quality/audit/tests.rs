use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::MOST;
use crate::conversation::{Labels, Message, MessageId, MessageKind, Outcome, Reply, ReplyKind, RunKey, Turn};
use crate::quality::{ClaimState, Fate, Finding, Memory, Scorer, TurnScore};
use crate::reading::shop;
use crate::scenario::{Goal, Scenario};

/// The shop of the other tests with a topic of steps and stances, and a coupon that changes from 50 to 80 after 100 s.
fn scenario() -> Arc<Scenario> {
    let mut scenario = (*shop::scenario()).clone();
    let topic = json!({"keywords": {}, "answers": {}, "facts": {
        "ladder": {"tiers": [{"spend": 200, "off": 20}, {"spend": 300, "off": 50}], "subject": {"zh": ["满减", "满"], "en": ["off"]}},
        "returns": {"holds": true, "subject": {"zh": ["7天无理由"], "en": ["free returns"]}},
        "abroad": {"holds": false, "subject": {"zh": ["海外配送"], "en": ["ship abroad"]}}
    }});
    let knowledge = &mut scenario.knowledge;
    knowledge
        .topics
        .insert("service".to_owned(), serde_json::from_value(topic).unwrap());
    let change = json!({"fact": "coupon.amount", "at": "100s", "to": {"money": 80}});
    knowledge.changes.push(serde_json::from_value(change).unwrap());
    let goal = json!({"goal": "service", "agenda": [{"ask": {
        "about": "service", "say": {"any": ["?"]}, "expects": ["service.ladder", "service.returns"]}}]});
    scenario.goals.push(serde_json::from_value::<Goal>(goal).unwrap());
    Arc::new(scenario)
}

const COUPON: u16 = 0;
const SERVICE: u16 = 5;

fn score_at(goal: u16, text: &str, second: u64) -> TurnScore {
    Scorer::new(scenario())
        .unwrap()
        .score(&turn_at(goal, text, second), &mut Memory::default())
}

/// A turn due at this second and answered a second later.
fn turn_at(goal: u16, text: &str, second: u64) -> Turn {
    let (due_at, answered_at) = (Duration::from_secs(second), Duration::from_secs(second + 1));
    Turn {
        customer: 7,
        number: 1,
        labels: Labels {
            goal,
            ..Labels::default()
        },
        step: 0,
        messages: Vec::new(),
        replies: vec![Reply {
            text: text.to_owned(),
            kind: ReplyKind::Substantive,
            first_text_at: answered_at,
            complete_at: answered_at,
        }],
        due_at,
        sent_at: Some(due_at),
        first_event_at: None,
        first_text_at: None,
        answered_at: Some(answered_at),
        polls: 0,
        chunk_gaps: Vec::new(),
        outcome: Outcome::Answered,
        duplicates: 0,
        intent: None,
        trouble: None,
        failure: None,
        open_conversations: 1,
        given: Default::default(),
    }
}

/// `fact=said state`, claim by claim.
fn claims(score: &TurnScore) -> String {
    let claims: Vec<String> = score
        .claims
        .iter()
        .map(|claim| {
            let fact = claim.fact.as_deref().unwrap_or("-");
            format!("{fact}={} {}", claim.said, claim.state.word())
        })
        .collect();
    claims.join("; ")
}

#[test]
fn a_step_may_leave_its_subject_to_the_question() {
    let score = score_at(SERVICE, "A 60 yuan discount applies above 300 yuan.", 10);
    assert_eq!(
        claims(&score),
        "service.ladder=60 yuan discount applies above 300 yuan contradicted"
    );
}

#[test]
fn of_steps_in_two_lists_each_is_judged() {
    assert_eq!(
        claims(&score_at(SERVICE, "满200元和300元分别减20元和60元", 10)),
        "service.ladder=200元和300元分别减20元和60元 supported; service.ladder=200元和300元分别减20元和60元 contradicted"
    );
}

#[test]
fn steps_in_words_that_nobody_foresaw_are_judged_by_the_right_ones() {
    for (text, expected) in [
        ("两百让你二十，三百让你五十", ["supported", "supported"]),
        ("两百让你二十，三百让你六十", ["supported", "contradicted"]),
    ] {
        let told = claims(&score_at(SERVICE, text, 10));
        let states: Vec<&str> = told.split("; ").filter_map(|claim| claim.rsplit(' ').next()).collect();
        assert_eq!(states, expected, "{text}: {told}");
    }
}

#[test]
fn an_answer_in_a_word_is_about_what_is_asked() {
    for (text, expected) in [
        ("没有的呢亲", "service.returns=没有 contradicted"),
        ("可以的,随时都行", "service.returns=可以的 supported"),
        ("Sorry, no.", "service.returns=Sorry, no contradicted"),
        ("Sure, let me check.", ""),
        // What the answer itself says of the subject comes first.
        ("没问题,支持7天无理由", "service.returns=支持7天无理由 supported"),
    ] {
        let said: String = claims(&score_at(SERVICE, text, 1));
        assert_eq!(said, expected, "{text}");
    }
}

#[test]
fn what_was_paid_once_is_neither_blamed_nor_taken_for_the_answer() {
    const PERSON: u16 = 3;
    for (text, expected) in [
        ("优惠券原价80元，现价50元", "coupon.amount=50元 supported"),
        ("减价前原价80元，现在减50元", "coupon.amount=50元 supported"),
        ("优惠券原价50元，现价80元", "coupon.amount=80元 contradicted"),
        ("优惠券500元十张，一张50元", "coupon.amount=50元 supported"),
        ("优惠券原价80元", "coupon.amount=80元 contradicted"),
        (
            "The coupon was 80 yuan, now it is 50 yuan.",
            "coupon.amount=50 yuan supported",
        ),
    ] {
        assert_eq!(claims(&score_at(PERSON, text, 1)), expected, "{text}");
    }
}

#[test]
fn a_bare_number_is_what_was_asked_for_where_the_answer_states_no_amount() {
    const PERSON: u16 = 3;
    for (text, expected) in [
        ("这次便宜65，可以吧", "coupon.amount=65 contradicted"),
        ("这次便宜50，可以吧", "coupon.amount=50 supported"),
        ("it knocks 65 off, that's all", "coupon.amount=65 contradicted"),
        ("便宜了50元，您是幸运65", "coupon.amount=50元 supported"),
        ("正在为您转人工，序列65，请稍候", ""),
        ("抱歉没听懂，错误65", ""),
        ("这次便宜65，那次便宜85，您看", ""),
        ("您住302房间", ""),
    ] {
        assert_eq!(claims(&score_at(PERSON, text, 1)), expected, "{text}");
    }
}

#[test]
fn every_claim_has_its_state_and_only_a_contradicted_one_fails() {
    for (goal, text, expected, fails) in [
        (
            COUPON,
            "满300元减60元",
            "coupon.threshold=300元 supported; coupon.amount=60元 contradicted",
            true,
        ),
        (
            COUPON,
            "满300元减50元,邮费12元",
            "coupon.threshold=300元 supported; coupon.amount=50元 supported; -=12元 unsupported",
            false,
        ),
        (
            COUPON,
            "满300减50,另外满199送赠品",
            "coupon.threshold=300 supported; coupon.amount=50 supported; gift.threshold=199 supported",
            false,
        ),
        (
            SERVICE,
            "满200减20,满300减50,支持7天无理由",
            "service.ladder=200减20 supported; service.ladder=300减50 supported; service.returns=支持7天无理由 supported",
            false,
        ),
        (SERVICE, "满300减60", "service.ladder=300减60 contradicted", true),
        (
            SERVICE,
            "亲,不支持7天无理由哦",
            "service.returns=不支持7天无理由 contradicted",
            true,
        ),
        (
            SERVICE,
            "不是不支持7天无理由",
            "service.returns=不是不支持7天无理由 supported",
            false,
        ),
        (SERVICE, "支持7天无理由吗?", "", false),
        (
            SERVICE,
            "We do ship abroad.",
            "service.abroad=We do ship abroad contradicted",
            true,
        ),
        (
            SERVICE,
            "保证正品,7天无理由请看页面",
            "absolute-promise=保证 forbidden",
            false,
        ),
    ] {
        let score = score_at(goal, text, 1);
        assert_eq!(claims(&score), expected, "{text}");
        assert_eq!(matches!(score.findings[1], Finding::Fail(_)), fails, "{text}");
    }
}

#[test]
fn a_claim_that_was_true_before_a_change_is_stale_and_says_for_how_long() {
    let before = score_at(COUPON, "满300元减50元", 98);
    assert!(before.claims.iter().all(|claim| claim.state == ClaimState::Supported));
    // Asked before the change and answered with it: either is right.
    let between = score_at(COUPON, "满300元减50元", 99);
    assert!(between.claims.iter().all(|claim| claim.state == ClaimState::Supported));
    let after = score_at(COUPON, "满300元减50元", 140);
    let stale = ClaimState::Stale {
        changed_at: Duration::from_secs(100),
        ago: Duration::from_secs(41),
    };
    assert_eq!(
        (after.claims[1].state, after.claims[1].truth.as_deref()),
        (stale, Some("80"))
    );
    let Finding::Fail(evidence) = &after.findings[1] else {
        panic!("a stale claim fails");
    };
    assert_eq!(
        (evidence.words.zh.as_str(), evidence.words.en.as_str()),
        (
            "coupon.amount：说的是 50元，实际是 80（41.0 秒前已变更）",
            "coupon.amount: said 50元, true 80 (changed 41.0 s before)"
        )
    );
    assert_eq!(
        score_at(COUPON, "满300元减70元", 140).claims[1].state,
        ClaimState::Contradicted
    );
}

#[test]
fn a_turn_lasts_from_the_first_message_to_the_last_reply_and_a_change_between_leaves_both_values_right() {
    let mut early = turn_at(COUPON, "满300元减50元", 103);
    let message = |at| Message {
        id: MessageId {
            run: RunKey::of_seed(1),
            customer: 7,
            turn: 1,
            fragment: 1,
        },
        kind: MessageKind::Utterance,
        text: "满减多少".to_owned(),
        media: None,
        due_at: at,
        sent_at: at,
        deliveries: 1,
    };
    // The bot answered the first message of a burst before the change; the last one was due after it.
    early.messages = vec![message(Duration::from_secs(98)), message(early.due_at)];
    early.replies[0].complete_at = Duration::from_secs(99);
    early.answered_at = Some(early.due_at);
    // A second reply, of which no more than the first made the turn answered, came after it.
    let mut late = turn_at(COUPON, "满300元减80元", 97);
    late.replies[0].complete_at = Duration::from_secs(101);
    let scorer = Scorer::new(scenario()).unwrap();
    for turn in [early, late] {
        let score = scorer.score(&turn, &mut Memory::default());
        assert!(
            score.claims.iter().all(|claim| claim.state == ClaimState::Supported),
            "{score:?}"
        );
    }
}

#[test]
fn each_fact_has_one_fate_in_a_turn() {
    let fates = |goal, text, second| {
        let mut fates: Vec<(String, Fate)> = score_at(goal, text, second)
            .fates
            .into_iter()
            .map(|one| (one.fact, one.fate))
            .collect();
        fates.sort();
        fates
    };
    let named = |all: &[(&str, Fate)]| {
        all.iter()
            .map(|(fact, fate)| ((*fact).to_owned(), *fate))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        fates(COUPON, "满300元减60元", 1),
        named(&[
            ("coupon.amount", Fate::Contradicted),
            ("coupon.threshold", Fate::Stated)
        ])
    );
    assert_eq!(
        fates(SERVICE, "满200减20,满300减50", 1),
        named(&[("service.ladder", Fate::Stated), ("service.returns", Fate::Missing)])
    );
    let stale = Fate::Stale {
        changed_at: Duration::from_secs(100),
        ago: Duration::from_secs(21),
    };
    assert_eq!(fates(COUPON, "满300元减50元", 120)[0].1, stale);
}

#[test]
fn a_bot_that_claims_without_end_keeps_a_bounded_list() {
    let text: String = (1..400).map(|amount| format!("满300元减{}元。", 60 + amount)).collect();
    let score = score_at(COUPON, &text, 1);
    assert_eq!(score.claims.len(), 2 * MOST);
    assert!(score.claims.iter().all(|claim| claim.said.chars().count() <= 80));
}
