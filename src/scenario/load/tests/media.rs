//! Customers who send pictures, and channels that carry them or do not.

use insta::assert_snapshot;

use super::fixture::{GOALS, PROFILE, SCENARIO, Shop};
use crate::conversation::MediaKind;
use crate::scenario::built_in::Kind;
use crate::scenario::{LoadOptions, describe};

fn shop(goals: &str, profile: &str) -> Shop {
    Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("personas/goals/shop.yaml", goals)
        .with("channels/plain.yaml", profile)
}

fn with_picture() -> String {
    GOALS.replace("en: [any coupon?]}", "en: [any coupon?], media: image}")
}

#[test]
fn a_channel_that_does_not_carry_what_its_customers_send_is_refused_with_the_way_out() {
    let told = shop(&with_picture(), PROFILE).briefly(&LoadOptions::default());
    assert_snapshot!(told, @"10:29 customers[0].goal: customers who come for `check-coupon` send `media: image`, which the channels `web` (plain), `app` (plain) do not carry (`throng list channels` shows which profiles carry it)");
    let carries = format!("{PROFILE}media: {{kinds: [voice, image]}}\n");
    let scenario = shop(&with_picture(), &carries).load(&LoadOptions::default()).unwrap();
    assert_eq!(scenario.goals[0].media(), [MediaKind::Image]);
    assert!(scenario.brings_media_to(0) && scenario.brings_media_to(1));
}

#[test]
fn a_picture_needs_no_words_and_a_last_word_no_picture() {
    let carries = format!("{PROFILE}media: {{kinds: [image], captions: true}}\n");
    let wordless = GOALS.replace("say: {zh: [有券吗], en: [any coupon?]}", "say: {media: image}");
    assert!(shop(&wordless, &carries).load(&LoadOptions::default()).is_ok());
    let silent = GOALS.replace("say: {zh: [有券吗], en: [any coupon?]}", "say: {}");
    let last = GOALS.replace("then: leave", "say: {media: image}\n        then: leave");
    let unknown = GOALS.replace("en: [any coupon?]}", "en: [any coupon?], media: song}");
    let told = [silent, last, unknown].map(|goals| shop(&goals, &carries).briefly(&LoadOptions::default()));
    assert_snapshot!(told.join("\n"), @r"
    10:29 customers[0].goal: `hunter` writes `zh`, but `check-coupon` says nothing in it at `agenda[0].ask.say` (add texts under `zh` or `any` there)
    personas/goals/shop.yaml:6:11 goals[0].agenda[0].ask.say: expected texts under `zh`, `en` or `any`, `from` a file, or `media`, found none
    personas/goals/shop.yaml:12:15 goals[0].branches[1].say.media: expected a last word of words alone, which nobody answers, found one with `media`
    personas/goals/shop.yaml:6:54 goals[0].agenda[0].ask.say.media: expected one of `image`, `voice`, `video`, found `song`
    ");
}

#[test]
fn the_list_of_channels_says_what_each_carries() {
    let profiles = describe(Kind::Profile);
    let carried = |name: &str| {
        let profile = profiles.iter().find(|profile| profile.name == name).unwrap();
        let detail = profile.details.iter().find(|(key, _)| *key == "media");
        detail.map(|(_, kinds)| kinds.as_str())
    };
    assert_eq!(carried("generic-json"), Some("image, voice, video"));
    assert_eq!(carried("openai-chat"), Some("image, voice"));
    assert_eq!(carried("rasa-rest"), None);
}
