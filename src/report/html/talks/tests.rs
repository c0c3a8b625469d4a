use super::super::super::fixture;
use super::super::html;
use super::*;

#[test]
fn a_turn_that_was_answered_shows_after_how_long_and_past_what() {
    let (run, mut evidence) = fixture::singles_day();
    evidence.worst[0].turns[0].trouble = Some("HTTP 503".to_owned());
    let page = |evidence: &Evidence| html(&run, evidence, Language::En).unwrap();
    assert!(page(&evidence).contains("<small>after 6.24 s; on the way: HTTP 503</small>"));
    // The answer to the first of two messages is there before the second.
    let turn = &mut evidence.worst[0].turns[0];
    (turn.trouble, turn.reply_time_ms) = (None, Some(0.04));
    turn.messages[3].complete_s = Some(64.0);
    assert!(
        page(&evidence)
            .contains("<small>while the customer was still writing; counts as 0.0 ms after the last message</small>")
    );
}
