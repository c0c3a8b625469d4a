//! Rehearsals against small bots on libraries that others wrote for each platform. They need what `make setup` installs, so plain
//! `cargo test` leaves them out.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::PathBuf;
use std::process::Command;

use support::{Desk, Program, Rehearsed, plain_shop, ports};

/// The bots' EncodingAESKey.
const AES_KEY: &str = "throngthrongthrongthrongthrongthrongthrongA";

/// A bot of tests/real, and the address at which throng is to serve its platform.
struct Sdk {
    _program: Program,
    url: String,
    platform: String,
}

/// Starts `script` with these arguments, where `PLATFORM` stands for the platform's URL.
fn start(script: &str, arguments: &[&str]) -> Sdk {
    let real = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/real");
    let platform = ports::address();
    let mut command = Command::new(real.join(".venv/bin/python"));
    command.args(["-W", "ignore"]).arg(real.join(script));
    command.args(
        arguments
            .iter()
            .map(|one| one.replace("PLATFORM", &format!("http://{platform}"))),
    );
    let (program, line) = Program::start(command);
    let port = line.trim().strip_prefix("listening ");
    let port = port.unwrap_or_else(|| panic!("{script} said {line:?}"));
    Sdk {
        url: format!("http://127.0.0.1:{port}"),
        _program: program,
        platform,
    }
}

impl Sdk {
    fn rehearse(&self, scenario: &str, path: &str, flags: &[&str]) -> Rehearsed {
        let desk = Desk::with(scenario);
        let target = format!("{}{path}", self.url);
        let mut all = vec!["--target", &target, "--serve", &self.platform];
        all.extend(flags);
        let environment = [("THRONG_TEST_SECRET", "another-secret"), ("THRONG_TEST_KEY", AES_KEY)];
        desk.rehearse_with(&all, &environment)
    }

    /// A thousand messages, each delivered once and answered once.
    fn answers_a_thousand(&self, profile: &str, path: &str, by_calls: bool) {
        let rehearsed = self.rehearse(&plain_shop(profile, 10, 100, 1), path, &[]);
        let count = |pointer: &str| rehearsed.count(pointer);
        assert_eq!(count("/totals/turns/sent"), 1_000, "{profile}: {rehearsed:?}");
        assert_eq!(count("/totals/turns/answered"), 1_000, "{profile}: {rehearsed:?}");
        assert_eq!(
            count("/totals/unsolicited") + count("/totals/duplicates"),
            0,
            "{profile}"
        );
        assert!((rehearsed.number("/totals/deliveries_per_message") - 1.0).abs() < 1e-9);
        if by_calls {
            assert_eq!(count("/platforms/shop/replies"), 1_000, "{profile}");
            assert_eq!(rehearsed.run["platforms"]["shop"]["refused"], serde_json::json!({}));
        }
    }

    /// With another secret than the bot's, nothing is sent but the first contact, and the bot's status is told.
    fn refuses_another(&self, profile: &str, path: &str, setting: &str, status: &str) {
        let set = format!("channels.shop.settings.{setting}=${{THRONG_TEST_SECRET}}");
        let refused = self.rehearse(&plain_shop(profile, 1, 5, 1), path, &["--set", &set]);
        assert_eq!(refused.code, 100, "{profile}: {refused:?}");
        assert!(
            refused.stderr.contains(status) && !refused.stderr.contains("another-secret"),
            "{profile}: {}",
            refused.stderr
        );
    }
}

#[test]
#[ignore = "needs wechatpy: make real"]
fn wechatpy_decrypts_and_answers_every_message_of_a_wecom_app() {
    let bot = start("wechatpy_bot.py", &["app"]);
    bot.answers_a_thousand("wecom-app", "/", false);
    bot.refuses_another("wecom-app", "/", "token", "403");
}

#[test]
#[ignore = "needs wechatpy: make real"]
fn wechatpy_reads_and_answers_every_message_of_wechat_customer_service() {
    let bot = start("wechatpy_bot.py", &["customer-service", "PLATFORM"]);
    bot.answers_a_thousand("wecom-customer-service", "/", true);
    bot.refuses_another("wecom-customer-service", "/", "token", "403");
}

#[test]
#[ignore = "needs wechatpy: make real"]
fn a_bot_that_reads_what_it_has_read_answers_twice_and_is_seen_to() {
    let bot = start("wechatpy_bot.py", &["customer-service", "PLATFORM", "again"]);
    let rehearsed = bot.rehearse(&plain_shop("wecom-customer-service", 1, 100, 1), "/", &[]);
    let count = |pointer: &str| rehearsed.count(pointer);
    // How often depends on how its workers meet, and how many come too late on this machine; that they meet is certain at this rate.
    assert_eq!(count("/totals/turns/sent"), 100, "{rehearsed:?}");
    assert!(
        rehearsed.number("/totals/deliveries_per_message") > 1.1,
        "{rehearsed:?}"
    );
    let twice = count("/totals/duplicates") + count("/totals/unsolicited") + count("/platforms/shop/to_nobody");
    assert!(twice > 20, "{rehearsed:?}");
}

#[test]
#[ignore = "needs wechatpy: make real"]
fn wechatpy_answers_every_push_in_the_clear_or_encrypted_by_custom_send() {
    let bot = start("wechatpy_push_bot.py", &["PLATFORM"]);
    bot.answers_a_thousand("wechat-official-account-custom-send", "/", true);
    let profile = "wechat-mini-program, settings: {format: xml, aes_key: \"${THRONG_TEST_KEY}\"}";
    bot.answers_a_thousand(profile, "/", true);
    bot.refuses_another(profile, "/", "token", "403");
}

#[test]
#[ignore = "needs twilio: make real"]
fn twilio_accepts_the_signatures_of_texts_and_calls() {
    let bot = start("twilio_bot.py", &[]);
    bot.answers_a_thousand("twilio-sms", "/sms", false);
    bot.refuses_another("twilio-sms", "/sms", "auth_token", "403");
    bot.refuses_another("twilio-voice", "/voice", "auth_token", "403");
    // Two turns a call: the first goes where the greeting says, the second where the first answer does.
    let calls = bot.rehearse(&plain_shop("twilio-voice", 10, 50, 2), "/voice", &[]);
    assert_eq!(calls.count("/totals/conversations/started"), 500, "{calls:?}");
    assert_eq!(calls.count("/totals/turns/sent"), 1_000, "{calls:?}");
    assert_eq!(calls.count("/totals/turns/answered"), 1_000, "{calls:?}");
}

#[test]
#[ignore = "needs line-bot-sdk: make real"]
fn line_bot_sdk_parses_every_event_and_replies_by_its_token() {
    let bot = start("line_bot.py", &["PLATFORM"]);
    bot.answers_a_thousand("line", "/", true);
    bot.refuses_another("line", "/", "channel_secret", "400");
}

#[test]
#[ignore = "needs botbuilder-core: make real"]
fn botbuilder_answers_every_activity_in_the_response() {
    let bot = start("botbuilder_bot.py", &[]);
    bot.answers_a_thousand("bot-framework", "/api/messages", false);
}
