//! Drafted profiles are files that can be read, whatever they were drafted from.

use proptest::prelude::*;
use serde_json::json;
use throng::draft::{Captured, draft};
use throng::scenario::Profile;

fn captured<'a>(command: &'a str, answer: &'a str) -> Captured<'a> {
    Captured {
        command,
        answer,
        text: None,
        reply: None,
        name: "my-bot",
    }
}

proptest! {
    #[test]
    fn whatever_was_captured_nothing_panics_and_what_is_drafted_is_a_profile(
        arguments in prop::collection::vec("[-a-z'\"\\\\$ @:={}\\[\\],你%0-9]{0,20}", 0..6),
        answer in "(data: |\\{\"text\": |<x>|)[a-z \"{}\\[\\]<>/:\n你0-9]{0,40}",
    ) {
        let command = format!("curl http://localhost/x -d {}", arguments.join(" "));
        if let Ok(draft) = draft(&captured(&command, &answer)) {
            prop_assert!(serde_saphyr::from_str::<Profile>(&draft.yaml).is_ok(), "{}", draft.yaml);
        }
    }

    #[test]
    fn any_text_survives_as_a_fixed_part_of_a_request(fixed in "\\PC{0,12}", key in "[a-z{}% 你]{1,6}") {
        let body = json!({"text": "where is it?", "note": {key: fixed}, "id": 1}).to_string().replace('\'', "\\u0027");
        let command = format!("curl localhost/x -H 'content-type: application/json' --data-raw '{body}'");
        let draft = draft(&captured(&command, "{\"reply\": \"it comes today\"}")).unwrap();
        let read: Profile = serde_saphyr::from_str(&draft.yaml).unwrap();
        prop_assert!(read.send.json.is_some(), "{}", draft.yaml);
    }
}
