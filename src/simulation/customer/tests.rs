//! What answers make a customer do; `waiting` tests what time does.

mod waiting;

use serde_json::{Value, json};

use super::*;
use crate::conversation::RunKey;
use crate::simulation::stage::{arrival, cast, coupon, persona_zh, replay, texts};

const FALLBACK: &str = "抱歉,没听懂您的意思";
const ASKS: &str = "麻烦提供一下您的订单号";
const FALLBACK_TOO: &str = "不好意思，我没听懂您的意思";
const ASKS_TOO: &str = "麻烦您提供一下订单号";
const HANDOFF: &str = "正在为您转接人工客服";

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn order_number() -> String {
    RunKey::of_seed(1).order_number(0)
}

/// A cast of one persona and one goal, each with these keys changed.
fn cast_with(persona: &Value, goal: &Value) -> Cast {
    let merged = |mut base: Value, changes: &Value| {
        for (key, value) in changes.as_object().unwrap() {
            base[key] = value.clone();
        }
        base
    };
    let personas = json!([merged(persona_zh(), persona)]);
    let goals = json!([merged(coupon(), goal)]);
    let knowledge = json!({"knowledge": "k", "topics": {"coupon": {
        "keywords": {}, "answers": {}, "facts": {"amount": {"money": 50.0, "subject": {}}}
    }}});
    cast(&json!({"personas": personas, "goals": goals, "knowledge": knowledge}))
}

fn plain() -> Cast {
    cast_with(&json!({}), &json!({}))
}

fn leaves(step: Option<&Move>, wanted: Ending) {
    assert!(
        matches!(step, Some(Move::Leave { ending, .. }) if *ending == wanted),
        "{step:?}"
    );
}

/// The words of each turn, one line each, and the ending.
fn story(cast: &Cast, answers: &[&str]) -> String {
    let lines = replay(cast, answers).into_iter().map(|step| match step {
        Move::Say { messages, kind, step } => {
            let words: Vec<String> = messages.into_iter().map(|message| message.text).collect();
            assert_eq!(kind, MessageKind::Utterance);
            format!("{step}: {}", words.join(" | "))
        }
        Move::Leave { ending, farewell } => format!("{} {}", ending.word(), farewell.unwrap_or_default()),
        Move::Switch(_) => panic!("there is no other channel"),
        Move::WaitUntil(at) => panic!("waits until {at:?}"),
    });
    lines.collect::<Vec<_>>().join("\n").replace(&order_number(), "<order>")
}

#[test]
fn the_agenda_is_asked_step_by_step() {
    let moves = replay(&plain(), &["满300减50", "48小时内发货"]);
    assert_eq!(texts(&moves[0]), ["满减怎么算"]);
    assert_eq!(texts(&moves[1]), ["什么时候发货"]);
    assert_eq!(
        moves[2],
        Move::Leave {
            ending: Ending::GoalMet,
            farewell: None
        }
    );
    let Move::Say { messages, step, .. } = &moves[1] else {
        unreachable!("checked above")
    };
    // Answered at 1 s; 7 characters read at 10/s, 10 s of thought, 6 characters typed at 5/s.
    assert_eq!(
        (messages[0].due_at, *step),
        (Duration::from_millis(1_000 + 700 + 10_000 + 1_200), 1)
    );
}

#[test]
fn what_the_bot_does_makes_the_customer_react() {
    let story = |answers: &[&str]| story(&plain(), answers);
    insta::assert_snapshot!(story(&["好的", ASKS, "已发货"]), @r"
    0: 满减怎么算
    1: 什么时候发货
    1: <order>
    goal_met
    ");
    insta::assert_snapshot!(story(&["好的", ASKS, ASKS_TOO, ASKS, ASKS_TOO]), @r"
    0: 满减怎么算
    1: 什么时候发货
    1: <order>
    1: 再发一遍，<order>
    1: 不是给过你了吗，<order>
    bot_failed
    ");
    insta::assert_snapshot!(story(&["麻烦提供一下您的手机号", "麻烦提供一下您的收货地址", "麻烦提供一下您的姓名", "好的"]), @r"
    0: 满减怎么算
    0: 电话13173769149
    0: 四川省成都市青羊区中山路164号13栋304室
    0: 我叫潘君壁
    1: 什么时候发货
    ");
    insta::assert_snapshot!(story(&[FALLBACK, FALLBACK, FALLBACK]), @r"
    0: 满减怎么算
    0: 再问一次 满减怎么算
    0: 再问一次 满减怎么算
    bot_failed
    ");
    insta::assert_snapshot!(story(&[FALLBACK, "好的", FALLBACK, FALLBACK_TOO, FALLBACK]), @r"
    0: 满减怎么算
    0: 再问一次 满减怎么算
    1: 什么时候发货
    1: 再问一次 什么时候发货
    1: 再问一次 什么时候发货
    bot_failed
    ");
    insta::assert_snapshot!(story(&[HANDOFF, "您好", HANDOFF]), @r"
    0: 满减怎么算
    0: 再问一次 满减怎么算
    1: 什么时候发货
    bot_failed
    ");
    insta::assert_snapshot!(story(&["您好", "您好!", " 您 好。"]), @r"
    0: 满减怎么算
    1: 什么时候发货
    goal_met
    ");
}

#[test]
fn all_that_the_bot_asks_for_is_given_in_one_turn() {
    let moves = replay(&plain(), &["麻烦提供一下您的订单号和手机号"]);
    let person = plain().customer(&arrival(0)).person(&plain());
    let said = texts(&moves[1]).concat();
    assert!(
        said.contains(&order_number()) && said.contains(&person.phone()),
        "{said}"
    );
}

#[test]
fn english_replies_are_read_as_well() {
    let cast = cast_with(&json!({"language": "en", "words": {}}), &json!({}));
    let answers = [
        "Could you share your order number?",
        "Sorry, I didn't understand that",
        "Fine",
    ];
    insta::assert_snapshot!(story(&cast, &answers), @r"
    0: how do coupons work?
    0: it's <order>
    0: what I asked is, how do coupons work?
    1: when will it ship?
    ");
    leaves(
        replay(
            &cast,
            &[
                "ok",
                "I am transferring you to an agent",
                "I am transferring you to an agent",
            ],
        )
        .last(),
        Ending::BotFailed,
    );
}

#[test]
fn a_handoff_ends_a_goal_that_accepts_it() {
    let cast = cast_with(&json!({}), &json!({"accepts_handoff": true}));
    leaves(replay(&cast, &[HANDOFF]).last(), Ending::HandedOff);
}

#[test]
fn who_asks_for_a_person_in_words_accepts_one() {
    let cast = cast_with(
        &json!({}),
        &json!({"agenda": [{"ask": {"say": {"zh": ["帮我转人工"]}}}]}),
    );
    leaves(replay(&cast, &[HANDOFF]).last(), Ending::HandedOff);
}

#[test]
fn the_same_answer_three_times_in_a_row_is_a_loop() {
    let long = json!({"agenda": [{"say": {"zh": ["一"]}}, {"say": {"zh": ["二"]}}, {"say": {"zh": ["三"]}}, {"say": {"zh": ["四"]}}]});
    let cast = cast_with(&json!({}), &long);
    let moves = replay(&cast, &["您好", "您好!", " 您 好。"]);
    assert_eq!(moves.len(), 4);
    leaves(moves.last(), Ending::Loop);
    leaves(replay(&cast, &["您好", "您好", "好", "您好"]).last(), Ending::GoalMet);
}

#[test]
fn no_more_turns_are_opened_than_the_goal_allows() {
    let cast = cast_with(&json!({"patience": {"max_repeats": 99}}), &json!({"max_turns": 3}));
    let moves = replay(&cast, &[FALLBACK, FALLBACK_TOO, FALLBACK, FALLBACK_TOO]);
    assert_eq!(moves.len(), 4);
    leaves(moves.last(), Ending::MaxTurns);
}

#[test]
fn the_first_branch_that_fits_is_taken_and_only_as_often_as_it_says() {
    let goal = json!({"branches": [
        {"when": {"says": "缺货"}, "say": {"zh": ["那什么时候补货"]}, "max": 1},
        {"when": {"says": "缺货|OUT OF stock"}, "then": "leave", "say": {"zh": ["那算了"]}},
        {"when": {"states": "coupon.amount"}, "then": "done", "say": {"zh": ["谢谢"]}},
        {"when": {"states": "order_number"}, "then": "next", "say": {"zh": ["对就是这单"]}},
        {"when": {"asks_for": "phone"}, "say": {"zh": ["不方便给电话"]}},
        {"when": "fallback", "then": "leave"},
        {"when": "handoff"}
    ]});
    let cast = cast_with(&json!({}), &goal);
    let story = |answers: &[&str]| story(&cast, answers);
    let mine = format!("订单{}在路上", order_number());
    insta::assert_snapshot!(story(&["缺货", "缺货了"]), @r"
    0: 满减怎么算
    0: 那什么时候补货
    bot_failed 那算了
    ");
    insta::assert_snapshot!(story(&["sorry, out of stock"]), @r"
    0: 满减怎么算
    bot_failed 那算了
    ");
    insta::assert_snapshot!(story(&["立减50元"]), @r"
    0: 满减怎么算
    goal_met 谢谢
    ");
    insta::assert_snapshot!(story(&[&mine, "好", &mine]), @r"
    0: 满减怎么算
    1: 对就是这单，什么时候发货
    goal_met
    ");
    insta::assert_snapshot!(story(&["麻烦提供一下您的手机号", FALLBACK]), @r"
    0: 满减怎么算
    0: 不方便给电话
    bot_failed
    ");
    insta::assert_snapshot!(story(&[HANDOFF, "好"]), @r"
    0: 满减怎么算
    0: 再问一次 满减怎么算
    1: 什么时候发货
    ");
}

#[test]
fn an_open_customer_gives_the_order_number_with_the_first_question_that_concerns_it() {
    let cast = cast_with(&json!({"gives_order_number": "upfront"}), &json!({}));
    insta::assert_snapshot!(story(&cast, &["好", ASKS, "好了"]), @r"
    0: 满减怎么算
    1: 什么时候发货 订单号<order>
    1: 刚才发过了啊，<order>
    goal_met
    ");
    let own = json!({"agenda": [{"ask": {"say": {"zh": ["{{ order_number }}到哪了"]}, "concerns_order": true}}]});
    insta::assert_snapshot!(story(&cast_with(&json!({"gives_order_number": "upfront"}), &own), &[ASKS]), @r"
    0: <order>到哪了
    0: 都说过了，<order>
    ");
}

#[test]
fn a_row_of_a_file_is_asked_again_as_the_same_row() {
    let say = json!({"from": "x.csv", "column": "q", "verbatim": ["one?", "two?", "three?"]});
    let agenda = json!({"agenda": [{"ask": {"say": say}}]});
    let moves = replay(&cast_with(&json!({}), &agenda), &[FALLBACK]);
    assert_eq!(texts(&moves[1])[0], format!("再问一次 {}", texts(&moves[0])[0]));
}

#[test]
fn thanks_that_the_bot_did_not_understand_are_not_said_again() {
    let agenda = json!({"agenda": [{"say": {"zh": ["谢谢"]}}]});
    let moves = replay(&cast_with(&json!({}), &agenda), &[FALLBACK]);
    let goal_met = Move::Leave {
        ending: Ending::GoalMet,
        farewell: None,
    };
    assert_eq!(moves[1], goal_met);
}

#[test]
fn a_customer_is_small() {
    let branches: Vec<Value> = (0..32).map(|_| json!({"when": "fallback"})).collect();
    let customer = cast_with(&json!({}), &json!({"branches": branches})).customer(&arrival(0));
    let bytes = size_of::<Customer>() + size_of_val(&*customer.branch_visits);
    assert!(bytes <= 256, "{bytes}");
}

#[test]
fn what_a_bot_does_not_have_to_know_is_answered_by_who_does_not_know_it() {
    let beside = |intent| {
        let asked = json!({"say": {"zh": ["明天下雨吗"]}, "intent": intent});
        json!({"agenda": [{"ask": asked}, {"say": {"zh": ["谢谢"]}}]})
    };
    let told = |intent| story(&cast_with(&json!({}), &beside(intent)), &[FALLBACK, "不客气"]);
    insta::assert_snapshot!(told("out_of_scope"), @r"
    0: 明天下雨吗
    1: 谢谢
    goal_met
    ");
    let asked = |intent| told(intent).matches("明天下雨吗").count();
    assert_eq!(
        (asked("out_of_scope"), asked("weather")),
        (1, 2),
        "what it has to know is asked again"
    );
}
