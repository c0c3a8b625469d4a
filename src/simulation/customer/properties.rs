//! What holds for every customer, whatever they hear.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::simulation::stage::{arrival, cast};

const FALLBACK: &str = "抱歉,没听懂您的意思";
const ASKS: &str = "麻烦提供一下您的订单号";
const HANDOFF: &str = "正在为您转接人工客服";

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn customers_do_the_same_whatever_others_do_in_between() {
    let cast = lively();
    let alone = |number| replay_of(&cast, number, &["好", ASKS, FALLBACK, HANDOFF, "行"]);
    let all: Vec<_> = (0..20).map(alone).collect();
    let backwards: Vec<_> = (0..20).rev().map(alone).collect();
    assert!(all.iter().eq(backwards.iter().rev()));
    assert!(all.iter().skip(1).any(|moves| moves != &all[0]));
}

#[test]
fn the_same_answers_make_the_same_moves_from_release_to_release() {
    let cast = lively();
    let moves = replay_of(&cast, 3, &["好的", ASKS, FALLBACK]);
    let lines = moves.iter().flat_map(|step| match step {
        Move::Say { messages, .. } => {
            let line = |message: &Utterance| format!("{:.3} {}", message.due_at.as_secs_f64(), message.text);
            messages.iter().map(line).collect()
        }
        other => vec![format!("{other:?}")],
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    3.000 在吗
    12.715 有人吗
    43.713 发货没有啊？等了三天了
    49.213 订单号1466700000000389364
    70.317 刚才发过了啊
    75.822 1466700000000389364
    100.954 就想问一下
    104.572 怎么还没到
    ");
}

/// Customers whose times, bursts and words all vary.
fn lively() -> Cast {
    let persona = json!({
        "persona": "p", "language": "zh",
        "typing": {"typos": 0.3, "burst": [0.3, 0.4, 0.3]},
        "gives_order_number": "upfront"
    });
    let goal = json!({"goal": "g", "agenda": [
        {"say": {"zh": ["在吗，有人吗", "你好，请问在吗 想问个事", "{{ name }}来问问"]}},
        {"ask": {"say": {"zh": ["订单到哪了，急", "发货没有啊？等了三天了", "怎么还没到"]}, "concerns_order": true}},
        {"say": {"zh": ["谢谢"]}}
    ]});
    cast(&json!({"personas": [persona], "goals": [goal], "seed": 20_261_111}))
}

fn replay_of(cast: &Cast, number: u64, answers: &[&str]) -> Vec<Move> {
    let mut customer = cast.customer(&arrival(number));
    let mut moves = vec![customer.next(cast, Heard::Arrived, seconds(number))];
    for answer in answers {
        let Some(Move::Say { messages, .. }) = moves.last() else {
            break;
        };
        let at = messages.last().unwrap().due_at + seconds(2);
        moves.push(customer.next(cast, Heard::Answer(answer), at));
    }
    moves
}

/// What may happen to a customer, and how many milliseconds later.
fn happening() -> impl Strategy<Value = (u8, u64)> {
    (0u8..9, prop_oneof![Just(0), 0u64..2_000, 0u64..60_000])
}

fn heard(kind: u8) -> Heard<'static> {
    match kind {
        0 => Heard::Arrived,
        1 => Heard::Holding,
        2 | 3 => Heard::Time,
        4 => Heard::Answer(FALLBACK),
        5 => Heard::Answer(ASKS),
        6 => Heard::Answer(HANDOFF),
        7 => Heard::Answer("🤷 \u{0}\u{fffd}"),
        _ => Heard::Answer("好的，48小时内发货"),
    }
}

proptest! {
    #[test]
    fn whatever_they_hear_customers_act_in_time_and_come_to_an_end(
        number in any::<u64>(),
        happenings in prop::collection::vec(happening(), 0..120),
        pace in prop_oneof![Just(1.0), 0.1f64..1000.0],
    ) {
        let mut scenario = (*lively().scenario).clone();
        scenario.file.pace = pace;
        let cast = Cast::new(Arc::new(scenario)).unwrap();
        let mut customer = cast.customer(&arrival(number));
        let (mut now, mut turns, mut nudges, mut ended) = (Duration::ZERO, 0, 0, false);
        // After the happenings nothing comes any more but time.
        let silence = std::iter::repeat_n((2u8, u64::MAX), 60);
        let mut wakes_at = Duration::ZERO;
        for (kind, later) in happenings.into_iter().chain(silence) {
            now = if later == u64::MAX { now.max(wakes_at) } else { now + Duration::from_millis(later) };
            let step = customer.next(&cast, heard(kind), now);
            match step {
                Move::Say { messages, kind, .. } => {
                    prop_assert!(!ended && !messages.is_empty());
                    prop_assert!(messages.iter().all(|message| message.due_at >= now && !message.text.is_empty()));
                    prop_assert!(messages.is_sorted_by_key(|message| message.due_at));
                    match kind {
                        MessageKind::Utterance => turns += 1,
                        _ => nudges += 1,
                    }
                    now = now.max(messages[messages.len() - 1].due_at);
                }
                Move::WaitUntil(until) => {
                    prop_assert!(!ended && until > now);
                    wakes_at = until;
                }
                Move::Switch(_) => prop_assert!(false, "there is no other channel"),
                Move::Leave { .. } => ended = true,
            }
        }
        prop_assert!(ended);
        prop_assert!((1..=12).contains(&turns) && nudges <= 2 * turns, "{turns} turns, {nudges} nudges");
    }

    #[test]
    fn the_same_replies_make_identical_conversations(
        number in any::<u64>(),
        happenings in prop::collection::vec(happening(), 1..60),
    ) {
        let play = || {
            let cast = lively();
            let mut customer = cast.customer(&arrival(number));
            let mut now = Duration::ZERO;
            let step = |(kind, later): &(u8, u64)| {
                now += Duration::from_millis(*later);
                customer.next(&cast, heard(*kind), now)
            };
            happenings.iter().map(step).collect::<Vec<Move>>()
        };
        prop_assert_eq!(play(), play());
    }
}
