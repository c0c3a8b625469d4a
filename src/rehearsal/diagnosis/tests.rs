use super::*;

fn patient(channel: &str) -> Diagnosis {
    Diagnosis {
        channel: channel.to_owned(),
        profile: "wechat-official-account-custom-send".to_owned(),
        target: "http://127.0.0.1:9/wx".to_owned(),
        finding: Finding::PastThrong,
        place: Place::Calls,
        observed: String::new(),
        about: About {
            secrets: vec!["token".to_owned()],
            api: Some("http://127.0.0.1:8081/shop".to_owned()),
            hosts: vec!["api.weixin.qq.com".to_owned()],
            calls_nothing: true,
            is_intercepted: false,
            is_line: false,
        },
    }
}

#[test]
fn every_finding_has_words_of_its_own_in_both_languages() {
    for language in [Language::En, Language::Zh] {
        let causes: Vec<String> = Finding::ALL
            .iter()
            .map(|finding| {
                Diagnosis {
                    finding: *finding,
                    ..patient("shop")
                }
                .cause(language)
            })
            .collect();
        let mut distinct = causes.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), causes.len(), "{causes:#?}");
        for finding in Finding::ALL {
            let remedy = Diagnosis {
                finding: *finding,
                ..patient("shop")
            }
            .remedy(language);
            assert_eq!(remedy.is_none(), *finding == Finding::Works, "{finding:?}");
        }
    }
    let mut words: Vec<&str> = Finding::ALL.iter().map(|finding| finding.word()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Finding::ALL.len());
}

#[test]
fn a_telephone_line_is_told_in_words_of_its_own() {
    let line = |finding| Diagnosis {
        finding,
        place: Place::Message,
        observed: "SIP 486 Busy Here".to_owned(),
        about: About {
            is_line: true,
            ..About::default()
        },
        ..patient("hotline")
    };
    let busy = line(Finding::Busy);
    assert_eq!(busy.place_in_words(Language::En), "the call to http://127.0.0.1:9/wx");
    assert_eq!(
        busy.cause(Language::En),
        "the line turns even a single caller away (SIP 486 Busy Here)"
    );
    assert_eq!(
        busy.cause(Language::Zh),
        "线路拒接了唯一的一通呼叫（SIP 486 Busy Here）"
    );
    for finding in Finding::ALL.iter().copied() {
        for language in [Language::En, Language::Zh] {
            let remedy = line(finding).remedy(language).unwrap_or_default();
            assert_eq!(remedy.is_empty(), finding == Finding::Works, "{finding:?}");
            assert!(!remedy.contains(['{', '}']), "{remedy}");
        }
    }
}

#[test]
fn replies_that_go_past_throng_are_told_with_both_ways_to_lead_them_back() {
    let remedy = patient("shop").remedy(Language::En).unwrap();
    assert!(
        remedy.contains("http://127.0.0.1:8081/shop")
            && remedy.contains("api.weixin.qq.com")
            && remedy.contains("`--intercept`"),
        "{remedy}"
    );
    let refused = Diagnosis {
        finding: Finding::Unauthorised,
        place: Place::Message,
        observed: "HTTP 403".to_owned(),
        ..patient("shop")
    };
    assert_eq!(
        refused.cause(Language::En),
        "the token or secret is likely not the same (HTTP 403)"
    );
    assert_eq!(
        refused.remedy(Language::Zh).unwrap(),
        "让 `channels.shop.settings.token` 与机器人的配置一致"
    );
}

#[test]
fn each_status_means_something() {
    for (status, finding) in [
        (302, Finding::Redirected),
        (400, Finding::BadRequest),
        (401, Finding::Unauthorised),
        (403, Finding::Unauthorised),
        (404, Finding::NotFound),
        (405, Finding::NotFound),
        (422, Finding::BadRequest),
        (429, Finding::Busy),
        (500, Finding::BotFailed),
        (503, Finding::Busy),
        (101, Finding::Failed),
    ] {
        assert_eq!(of_trouble(Trouble::Status(status)), finding, "{status}");
    }
}
