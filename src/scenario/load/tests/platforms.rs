//! Platforms whose APIs throng serves: what their routes take, and where a scenario wants them to fail.

use insta::assert_snapshot;

use super::fixture::{PROFILE, SCENARIO, Shop};
use crate::scenario::LoadOptions;

const SERVE: &str = "
serve:
  routes:
    token: {call: \"GET /token\", is: token, answer: {json: {token: \"{{ token }}\"}}}
    send:
      call: \"POST /send\"
      is: reply
      authorise: {given: \"$.query.token\", error: bad_token, expired: expired_token}
      customer: \"$.body.to\"
      text: \"$.body.text\"
      largest: 10485760
  errors:
    bad_token: {status: 401}
    expired_token: {status: 401}
    busy: {status: 500}
";

fn shop(faults: &str, serve: &str) -> Shop {
    let faulty = format!("settings: {{key: \"${{WEB_KEY}}\"}}, platform_faults: {faults}}}");
    let scenario = SCENARIO.replace("settings: {key: \"${WEB_KEY}\"}}", &faulty);
    Shop::new()
        .with("scenarios/s.yaml", scenario)
        .with("channels/plain.yaml", format!("{PROFILE}{}", serve.trim_start()))
}

#[test]
fn a_fault_names_an_error_or_a_route_and_an_error() {
    let right = "{expired_token: 0.1, token.busy: 1.0, send.busy: 0.2}";
    assert!(shop(right, SERVE).load(&LoadOptions::default()).is_ok());
    let wrong = "{bussy: 0.1, tokn.busy: 0.1, token.bussy: 0.1, send.busy: 2, token.busy: 0.5, token.bad_token: 0.75}";
    assert_snapshot!(shop(wrong, SERVE).briefly(&LoadOptions::default()), @r"
    7:83 channels[0].web.platform_faults: expected chances that add up to at most 1, found 1.35
    7:108 channels[0].web.platform_faults.bussy: no error of the profile's `serve.errors` is called `bussy`; there are `bad_token`, `expired_token`, `busy` (did you mean `busy`?)
    7:124 channels[0].web.platform_faults.tokn.busy: no route of the profile's `serve.routes` is called `tokn`; there are `token`, `send` (did you mean `token`?)
    7:142 channels[0].web.platform_faults.token.bussy: no error of the profile's `serve.errors` is called `bussy`; there are `bad_token`, `expired_token`, `busy` (did you mean `busy`?)
    7:158 channels[0].web.platform_faults.send.busy: expected a number from 0 to 1, found `2`
    ");
}

#[test]
fn a_route_says_what_it_takes_and_what_it_answers() {
    let wrong = SERVE
        .replace("expired: expired_token", "expired: expired")
        .replace("is: token,", "is: token, largest: 5,")
        .replace("largest: 10485760", "largest: 1000000000");
    assert_snapshot!(shop("{}", &wrong).briefly(&LoadOptions::default()), @r"
    channels/plain.yaml:14:44 serve.routes.token.largest: expected `largest` at uploads and replies alone
    channels/plain.yaml:18:70 serve.routes.send.authorise.expired: no error of `serve.errors` is called `expired`; there are `bad_token`, `expired_token`, `busy`
    channels/plain.yaml:21:7 serve.routes.send.largest: expected `largest`, the longest upload in bytes, from 1 to 67108864
    ");
}
