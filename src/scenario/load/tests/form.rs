//! What a channel can show.

use insta::assert_snapshot;

use super::fixture::{PROFILE, SCENARIO, Shop, briefly_each, small_with};
use crate::scenario::{Form, LoadOptions, Shows};

#[test]
fn limits_that_let_nothing_through_and_unknown_screens_are_told() {
    assert_snapshot!(briefly_each(&[
        ("share: 3, deadline", "share: 3, form: {characters: 0, bytes: 0, messages: 0}, deadline"),
        ("share: 3, deadline", "share: 3, form: {shows: text}, deadline"),
        ("share: 3, deadline", "share: 3, form: {lines: 3, bytes: -1}, deadline"),
    ]), @r#"
    7:56 channels[0].web.form.characters: expected at least 1, found `0`
    7:66 channels[0].web.form.bytes: expected at least 1, found `0`
    7:79 channels[0].web.form.messages: expected at least 1, found `0`
    7:51 channels[0].web.form.shows: expected one of `plain`, `links`, `markdown`, `html`, found `text`
    7:44 channels[0].web.form.lines: unknown key (the keys here are `characters`, `bytes`, `messages`, `shows`)
    7:61 channels[0].web.form.bytes: expected a whole number from 0 to 4294967295, found `-1`
    "#);
    let shop = Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("channels/plain.yaml", format!("{PROFILE}form: {{bytes: 0}}\n"));
    assert_snapshot!(shop.briefly(&LoadOptions::default()), @"channels/plain.yaml:12:15 form.bytes: expected at least 1, found `0`");
}

#[test]
fn what_a_channel_leaves_open_is_as_in_its_profile() {
    let of_profile = "form: {characters: 600, bytes: 2048, shows: links}\n";
    let shop = Shop::new()
        .with(
            "scenarios/s.yaml",
            small_with(
                "share: 3, deadline",
                "share: 3, form: {characters: 100, messages: 5}, deadline",
            ),
        )
        .with("channels/plain.yaml", format!("{PROFILE}{of_profile}"));
    let scenario = shop.load(&LoadOptions::default()).unwrap();
    let form = |characters, messages| Form {
        characters: Some(characters),
        bytes: Some(2048),
        messages,
        shows: Some(Shows::Links),
    };
    assert_eq!(scenario.channels[0].form, form(100, Some(5)));
    assert_eq!(scenario.channels[1].form, form(600, None));
}
