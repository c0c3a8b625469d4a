//! What the bot refuses and what it is refused while the load is on: each has its line in the report, and no question is lost.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod calling_bot;
mod relay;
#[path = "../support/mod.rs"]
mod support;

use std::process::Command;

use calling_bot::{CallingBot, Manner};
use relay::Relay;
use serde_json::Value;
use support::{Desk, Program, THRONG, plain_shop};

/// Outcomes of a turn, as `run.json` spells them.
const OUTCOMES: [&str; 11] = [
    "answered",
    "late",
    "truncated",
    "bot_error",
    "refused",
    "http_error",
    "connection_lost",
    "placeholder_only",
    "empty",
    "silent",
    "cut_short",
];

/// A run, and what people read of it.
#[derive(Debug)]
struct Told {
    run: Value,
    terminal: String,
    chinese: String,
    markdown: String,
    html: String,
}

/// Rehearses the desk's scenario with these flags, and asks for every page.
fn rehearse(desk: &Desk, flags: &[&str]) -> Told {
    let (scenario, out) = (desk.scenario(), desk.out());
    let out = out.to_str().unwrap();
    let mut arguments = vec!["run", scenario.to_str().unwrap(), "--out", out, "--no-tui"];
    arguments.extend(flags);
    let output = desk.throng(&arguments);
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let read =
        |name: &str| std::fs::read_to_string(desk.out().join(name)).unwrap_or_else(|_| panic!("{name}: {stderr}"));
    let chinese = desk.throng(&["report", out, "--lang", "zh"]).stdout;
    let told = Told {
        run: serde_json::from_str(&read("run.json")).unwrap(),
        terminal: unbroken(&String::from_utf8_lossy(&output.stdout)),
        chinese: String::from_utf8_lossy(&chinese).into_owned(),
        markdown: read("summary.md"),
        html: read("report.html"),
    };
    assert_balanced(&told.run);
    told
}

/// A page whose lines are not wrapped.
fn unbroken(page: &str) -> String {
    page.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// A page without the numbers by which it spells signs that its format gives a meaning.
fn plain(page: &str) -> String {
    let mut pieces = page.split("&#");
    let mut plain = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once(';').unwrap();
        let number = match number.strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        plain.extend(char::from_u32(number.unwrap()));
        plain.push_str(rest);
    }
    plain
}

impl Told {
    fn count(&self, pointer: &str) -> u64 {
        let count = self.run.pointer(pointer).and_then(Value::as_u64);
        count.unwrap_or_else(|| panic!("no count at {pointer}: {:#}", self.run))
    }

    /// Every page says this; `chinese` is a part of the line on the Chinese one.
    fn assert_says(&self, english: &str, chinese: &str) {
        for (name, page) in [
            ("terminal", &self.terminal),
            ("summary.md", &self.markdown),
            ("report.html", &self.html),
        ] {
            let page = plain(page);
            assert!(page.contains(english), "{name} does not say {english:?}: {page}");
        }
        let page: String = self.chinese.split_whitespace().collect();
        assert!(
            page.contains(&chinese.replace(' ', "")),
            "{chinese:?}: {}",
            self.chinese
        );
    }
}

/// Every turn that was sent has one outcome, and what failed on the wire is all that failed so.
fn assert_balanced(run: &Value) {
    let number = |value: &Value| value.as_u64().unwrap();
    let channels = run["by_channel"].as_object().unwrap();
    let phases = run["by_phase"].as_object().unwrap();
    for block in channels.values().chain(phases.values()).chain([&run["totals"]]) {
        let turns = &block["turns"];
        let all: u64 = OUTCOMES.iter().map(|outcome| number(&turns[outcome])).sum();
        assert_eq!(number(&turns["sent"]), all, "{turns:#}");
    }
    let generator = &run["generator"];
    assert_eq!(
        number(&generator["planned"]),
        number(&generator["started"]) + number(&generator["not_sent"]["total"])
    );
    for (name, block) in channels {
        let failed = run["failures"][name].as_array();
        let failed: u64 = failed.into_iter().flatten().map(|one| number(&one["turns"])).sum();
        let turns = &block["turns"];
        let outcomes = ["refused", "http_error", "connection_lost"].iter();
        assert_eq!(
            failed,
            outcomes.map(|outcome| number(&turns[outcome])).sum::<u64>(),
            "{name}"
        );
    }
}

/// The only failure of the channel `shop`: status, finding, turns.
fn failure(told: &Told) -> (u64, String, u64) {
    let failures = told.run["failures"]["shop"].as_array().unwrap();
    assert_eq!(failures.len(), 1, "{failures:?}");
    let finding = failures[0]["finding"].as_str().unwrap().to_owned();
    (
        told.count("/failures/shop/0/status"),
        finding,
        told.count("/failures/shop/0/turns"),
    )
}

/// Two of the built-in bot behind one address, of which the second has another secret: first all comes to the first one, then
/// every other connection to the second.
fn two_bots(profile: &str, setting: &str, another: &str) -> (Desk, [Program; 2], Relay) {
    let scenario = plain_shop(profile, 3, 20, 1).replace(
        "share: 1}\ncustomers",
        "share: 1, connection: per_conversation}\ncustomers",
    );
    let desk = Desk::with(&scenario);
    let right = Program::bot(&desk.scenario(), &[]);
    let with_another = format!("share: 1, settings: {{{setting}: \"${{ANOTHER}}\"}}, connection");
    let other_desk = Desk::with(&scenario.replace("share: 1, connection", &with_another));
    let file = other_desk.scenario();
    let mut command = Command::new(THRONG);
    command.env("ANOTHER", another);
    command.args(["bot", "--scenario", file.to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    let (mut wrong, line) = Program::start(command);
    let line: Value = serde_json::from_str(&line).unwrap();
    wrong.url = line["listening"].as_str().unwrap().to_owned();
    // The handshake and the first contact; each opens a connection.
    let relay = Relay::to(&right.url, &wrong.url, 2);
    (desk, [right, wrong], relay)
}

#[test]
fn a_bad_signature_is_told_with_the_likely_cause() {
    let (desk, _bots, relay) = two_bots("wechat-official-account", "token", "another-token");
    let told = rehearse(&desk, &["--target", &format!("{}/wechat", relay.url)]);
    let sent = told.count("/by_channel/shop/turns/sent");
    let (status, finding, turns) = failure(&told);
    assert_eq!((status, finding.as_str(), sent), (403, "unauthorised", 60));
    assert_eq!(turns, 30, "every other");
    assert_eq!(told.count("/totals/turns/answered"), 30);
    told.assert_says(
        "shop: 30 of 60 questions got no answer but 403: the token or secret is likely not the same.",
        "shop：60 个问题中，有 30 个始终没有答复，只得到 403：token 或密钥很可能不一致。",
    );
}

#[test]
fn a_wrong_aes_key_is_told_with_the_likely_cause() {
    let another = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    let (desk, _bots, relay) = two_bots("wechat-official-account-aes", "aes_key", another);
    let told = rehearse(&desk, &["--target", &format!("{}/wechat", relay.url)]);
    let (status, finding, turns) = failure(&told);
    assert_eq!((status, finding.as_str(), turns), (403, "wrong_key", 30));
    assert_eq!(told.count("/totals/turns/answered"), 30);
    told.assert_says(
        "shop: 30 of 60 questions got no answer but 403: the bot took the handshake but not the encrypted message: the AES key is likely not the same.",
        "有 30 个始终没有答复，只得到 403：机器人通过了接入校验，却不接受加密消息：AES 密钥很可能不一致。",
    );
    assert!(!told.run.to_string().contains(another));
}

/// A shop whose bot replies by custom/send, and throws in what `manner` says.
fn calling(manner: Manner, change: impl FnOnce(String) -> String) -> (Told, CallingBot) {
    let profile = std::fs::read_to_string(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("channels/wechat-official-account-custom-send.yaml"),
    );
    let desk = Desk::with(&change(plain_shop("./wechat.yaml", 4, 20, 1)));
    let lasts = if manner == Manner::RenewsWhenTold { "1s" } else { "2h" };
    let profile = profile
        .unwrap()
        .replace("token_lasts: 2h", &format!("token_lasts: {lasts}"));
    std::fs::write(desk.folder.path().join("wechat.yaml"), profile).unwrap();
    let bot = CallingBot::start(manner);
    let told = rehearse(&desk, &["--target", &bot.url, "--serve", &bot.api]);
    (told, bot)
}

/// What the bot did wrongly beside its replies cost no question its answer.
fn assert_all_answered(told: &Told) {
    let sent = told.count("/totals/turns/sent");
    assert_eq!((sent, told.count("/totals/turns/answered")), (80, 80), "{told:#?}");
    assert_eq!(told.count("/platforms/shop/replies"), 80);
    assert_eq!(told.run["failures"], serde_json::json!({}));
}

#[test]
fn an_expired_token_is_told_from_a_wrong_one() {
    let (told, bot) = calling(Manner::RenewsWhenTold, |scenario| scenario);
    assert_all_answered(&told);
    let expired = told.count("/platforms/shop/refused/expired_token");
    assert_eq!(expired, bot.told_expired(), "as the bot was told with 42001");
    assert!((1..=80).contains(&expired), "{expired}");
    assert_eq!(told.run["platforms"]["shop"]["refused"].as_object().unwrap().len(), 1);
    told.assert_says(
        &format!("shop: {expired} of the bot's calls showed a token that had expired"),
        &format!("shop：机器人有 {expired} 次调用带的是已过期的 token"),
    );
}

#[test]
fn an_answer_to_an_unknown_user_is_told() {
    let (told, _) = calling(Manner::WritesToStrangers, |scenario| scenario);
    assert_all_answered(&told);
    assert_eq!(told.count("/platforms/shop/refused/unknown_customer"), 80);
    told.assert_says(
        "shop: 80 of the bot's replies were for nobody of this run.",
        "shop：机器人有 80 条回复的收信人不是本次演练的客户。",
    );
}

#[test]
fn an_oversized_upload_is_told() {
    let (told, _) = calling(Manner::UploadsTooMuch, |scenario| {
        scenario.replace("rate: 20/s", "rate: 2/s")
    });
    assert_eq!(
        (told.count("/totals/turns/sent"), told.count("/totals/turns/answered")),
        (8, 8)
    );
    assert_eq!(told.count("/platforms/shop/refused/upload_too_large"), 8);
    assert_eq!(told.count("/platforms/shop/uploads"), 0);
    told.assert_says(
        "shop: 8 of the bot's uploads were larger than the platform takes, and were not taken.",
        "shop：机器人有 8 次上传超过平台允许的大小，没有被接受。",
    );
}

#[test]
fn a_call_of_a_route_that_does_not_exist_is_told_with_the_route() {
    let (told, _) = calling(Manner::CallsNoRoute, |scenario| scenario);
    assert_all_answered(&told);
    assert_eq!(told.count("/platforms/shop/refused/unknown_route"), 80);
    told.assert_says(
        "shop: 80 of the bot's calls went to routes that the profile does not have (POST /cgi-bin/message/mass/send).",
        "shop：机器人有 80 次调用了渠道协议没有的接口（POST /cgi-bin/message/mass/send）。",
    );
}

#[test]
fn faults_that_the_scenario_wants_are_told_apart_from_what_the_bot_did() {
    let (told, _) = calling(Manner::WritesToStrangers, |scenario| {
        let faults = "share: 1, platform_faults: {busy: 0.3, token.busy: 0.0}}\ncustomers";
        scenario.replace("share: 1}\ncustomers", faults)
    });
    let faults = told.count("/platforms/shop/faults/busy");
    assert!((8..=45).contains(&faults), "{faults}");
    assert_eq!(told.count("/platforms/shop/refused/unknown_customer"), 80);
    assert_eq!(told.run["platforms"]["shop"]["refused"].as_object().unwrap().len(), 1);
    assert_eq!(told.count("/totals/turns/answered"), 80 - faults);
    assert_eq!(
        told.count("/totals/turns/empty"),
        faults,
        "acknowledged, and refused what it had to say"
    );
    told.assert_says(
        &format!("shop: as the scenario wants, the platform refused {faults} of the bot's calls (busy {faults})."),
        &format!("shop：按场景的要求，平台拒绝了机器人的 {faults} 次调用（busy {faults}）。"),
    );
}
