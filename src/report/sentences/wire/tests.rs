use super::super::super::fixture;
use super::*;
use crate::verdict::{Block, CustomerSocketNumbers, HangUpNumbers, SocketNumbers};

/// A run with one channel, `shop`, on which 3,000 questions were asked.
fn run() -> Run {
    let (mut run, _) = fixture::singles_day();
    let mut block = Block::default();
    block.turns.sent = 3_000;
    run.by_channel = [("shop".to_owned(), block)].into_iter().collect();
    run
}

fn failure(status: Option<u16>, finding: Option<&str>) -> FailureNumbers {
    FailureNumbers {
        status,
        finding: finding.map(str::to_owned),
        turns: 1_204,
    }
}

fn counts(of: &[(&str, u64)]) -> BTreeMap<String, u64> {
    of.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

#[test]
fn what_the_bot_answered_is_told_with_what_it_points_to() {
    for (failure, english, chinese) in [
        (
            failure(Some(403), Some("unauthorised")),
            "shop: 1,204 of 3,000 questions got no answer but 403: the token or secret is likely not the same.",
            "shop：3,000 个问题中，有 1,204 个始终没有答复，只得到 403：token 或密钥很可能不一致。",
        ),
        (
            failure(Some(503), Some("busy")),
            "shop: 1,204 of 3,000 questions got no answer but 503: the bot turned customers away.",
            "shop：3,000 个问题中，有 1,204 个始终没有答复，只得到 503：机器人拒绝接待。",
        ),
        (
            failure(Some(486), None),
            "shop: 1,204 of 3,000 questions got no answer but 486.",
            "shop：3,000 个问题中，有 1,204 个始终没有答复，只得到 486。",
        ),
        (
            failure(None, Some("closed")),
            "shop: 1,204 of 3,000 questions got no answer: the connection was closed without an answer.",
            "shop：3,000 个问题中，有 1,204 个始终没有答复：连接被关闭，没有应答。",
        ),
        (
            failure(None, Some("a word of a later version")),
            "shop: 1,204 of 3,000 questions failed.",
            "shop：3,000 个问题中有 1,204 个失败。",
        ),
    ] {
        let mut run = run();
        run.failures = [("shop".to_owned(), vec![failure])].into();
        assert_eq!(findings(&run, Language::En), [english]);
        assert_eq!(findings(&run, Language::Zh), [chinese]);
    }
}

#[test]
fn faults_of_the_scenario_are_told_apart_from_what_the_bot_did() {
    let mut run = run();
    let numbers = PlatformNumbers {
        refused: counts(&[("expired_token", 2), ("over_count", 4)]),
        faults: counts(&[("busy", 20), ("over_count", 17)]),
        ..PlatformNumbers::default()
    };
    run.platforms = [("shop".to_owned(), numbers)].into();
    assert_eq!(
        findings(&run, Language::En),
        ["shop: as the scenario wants, the platform refused 37 of the bot's calls (busy 20, over_count 17)."]
    );
    assert_eq!(
        cautions(&run, Language::En),
        [
            "shop: 2 of the bot's calls showed a token that had expired: it must fetch a new one before that, or when it is told.",
            "shop: 4 of the bot's calls were refused with over_count.",
        ]
    );
    assert_eq!(
        cautions(&run, Language::Zh)[1],
        "shop：机器人有 4 次调用被平台以 over_count 拒绝。"
    );
}

#[test]
fn what_no_turn_was_there_to_tell_is_told_by_channel() {
    let mut run = run();
    let platform = PlatformNumbers {
        to_nobody: 3,
        sockets: Some(SocketNumbers {
            opened: 9,
            lost: 1,
            ..SocketNumbers::default()
        }),
        ..PlatformNumbers::default()
    };
    run.platforms = [("app".to_owned(), platform)].into();
    let sockets = CustomerSocketNumbers {
        closed_by_the_bot: 5,
        ..CustomerSocketNumbers::default()
    };
    run.sockets = [("web".to_owned(), sockets)].into();
    let hang_ups = HangUpNumbers {
        hung_up: 8,
        answered_after: 7,
        ..HangUpNumbers::default()
    };
    run.hang_ups = [("wechat".to_owned(), hang_ups)].into();
    assert_eq!(
        cautions(&run, Language::En),
        [
            "app: 1 of the bot's sockets ended before the platform closed them.",
            "app: 3 replies came for customers who had left for good.",
            "wechat: the platform hung up on 8 deliveries, and to 7 of them the bot replied all the same: nobody saw it.",
            "web: 5 sockets were closed by the bot while nothing was asked.",
        ]
    );
    assert!(cautions(&run, Language::Zh).iter().all(|line| line.contains('：')));
}

#[test]
fn hosts_that_nobody_plays_are_told_the_most_asked_for_first() {
    let mut numbers = InterceptedNumbers {
        untrusted: 1,
        not_connect: 2,
        ..InterceptedNumbers::default()
    };
    numbers.refused = (1..=12).map(|number| (format!("h{number}.example"), number)).collect();
    let lines = intercepted(&numbers, Language::En);
    assert_eq!(
        lines[0],
        "The bot asked for h12.example (12 times), which no channel serves: refused, nothing went out."
    );
    assert_eq!(lines.len(), 2 * NAMED + 3, "{lines:#?}");
    assert!(
        lines[2 * NAMED].contains("further hosts that no channel serves (3 times)"),
        "{lines:#?}"
    );
    assert!(
        lines[2 * NAMED + 2].starts_with("The bot did not trust ca.pem (1 times)"),
        "{lines:#?}"
    );
}

#[test]
fn names_that_others_wrote_are_cleaned() {
    let mut run = run();
    let numbers = PlatformNumbers {
        refused: counts(&[("unknown_route", 1)]),
        unknown_routes: vec!["POST /\u{1b}[31mred".to_owned()],
        ..PlatformNumbers::default()
    };
    run.platforms = [("shop\u{1b}[2J".to_owned(), numbers)].into();
    let lines = cautions(&run, Language::En);
    assert!(lines[0].contains("POST /") && !lines[0].contains('\u{1b}'), "{lines:?}");
}
