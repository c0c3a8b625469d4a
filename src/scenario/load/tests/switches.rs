//! Customers who go on on another channel.

use super::fixture::{briefly, load, small_with};
use crate::conversation::Ending;
use crate::scenario::Scenario;

/// The small scenario, whose channels are web and app, with these switches.
fn with(switches: &str) -> String {
    small_with("traffic:\n", &format!("switches: [{switches}]\ntraffic:\n"))
}

fn loaded(switches: &str) -> Scenario {
    load(&with(switches)).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_switch_is_resolved_to_places_and_has_defaults() {
    let scenario = loaded(
        "{from: web, to: app, share: 0.4}, {from: app, to: web, when: [loop, bot_failed], share: 1, persona: hunter}",
    );
    let [first, second] = &scenario.switches[..] else {
        panic!("two switches")
    };
    assert_eq!((first.from, first.to, first.persona, first.goal), (0, 1, None, None));
    assert_eq!((&first.when[..], first.keeps_id), (&[Ending::GaveUp][..], false));
    assert!(!first.after.median.get().is_zero());
    assert_eq!((second.from, second.to, second.persona), (1, 0, Some(0)));
    assert_eq!(second.when, [Ending::Loop, Ending::BotFailed]);
}

#[test]
fn what_cannot_be_switched_is_refused_with_what_there_is() {
    for (switch, told) in [
        (
            "{from: web, to: wechat, share: 1}",
            "switches[0].to: no channel is called `wechat`; there are `web`, `app`",
        ),
        (
            "{from: wbe, to: app, share: 1}",
            "switches[0].from: no channel is called `wbe`; there are `web`, `app` (did you mean `web`?)",
        ),
        (
            "{from: web, to: web, share: 1}",
            "switches[0].to: expected another channel than `from`, found `web` again",
        ),
        (
            "{from: web, to: app, share: 40}",
            "switches[0].share: expected a number from 0 to 1, found `40`",
        ),
        (
            "{from: web, to: app, share: 1, when: []}",
            "switches[0].when: expected at least one reason to leave, found none",
        ),
        (
            "{from: web, to: app, share: 1, persona: huntress}",
            "switches[0].persona: no persona of this scenario's customers is called `huntress`; there are `hunter`",
        ),
        (
            "{from: web, to: app, share: 1, goal: check-cuopon}",
            "switches[0].goal: no goal of this scenario's customers is called `check-cuopon`; there are `check-coupon`",
        ),
    ] {
        let found = briefly(&with(switch));
        assert!(found.contains(told), "{switch}: {found}");
    }
}
