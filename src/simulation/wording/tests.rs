use serde_json::{Value as Json, json};

use std::sync::Arc;

use fake::faker::name::raw::Name;

use super::*;
use crate::conversation::RunKey;
use crate::reading::{Plea, normalise};
use crate::scenario::Truths;
use crate::simulation::seed::{Purpose, draws};
use crate::simulation::stage;

fn wordings(say: &Json) -> Result<Wordings, CastError> {
    let goals = json!([{"goal": "g", "agenda": [{"say": say}]}]);
    let scenario = stage::scenario(&json!({"goals": goals}));
    Wordings::new(&scenario, Arc::new(Truths::new(&scenario.knowledge)))
}

fn person(number: u64) -> Person {
    Person {
        seed: 1,
        number,
        language: Language::Zh,
    }
}

fn said(wordings: &Wordings, number: u64) -> String {
    wordings.say(0, Source::Step(0), 0, &person(number)).unwrap().words
}

#[test]
fn templates_know_the_customers_own_facts() {
    let wordings = wordings(&json!({"zh": ["{{ order_number }} 到{{ city }}了吗,我是{{ name }}"]})).unwrap();
    for number in [0, 7] {
        let text = said(&wordings, number);
        assert!(text.starts_with(&RunKey::of_seed(1).order_number(number)), "{text}");
        assert!(
            text.contains(&person(number).name()) && text.contains(&person(number).city()),
            "{text}"
        );
    }
    assert_ne!(said(&wordings, 0), said(&wordings, 7));
}

#[test]
fn blanks_are_filled_as_the_template_engine_fills_them() {
    let plain = "{{order_number}} 到{{ city }}了吗,{{ amount }}元,{{ address }},我是{{ name }}";
    let through_the_engine = plain.replace("{{", "{{ '' ~ ").replace("}}", " }}");
    let wordings = wordings(&json!({"zh": [plain, through_the_engine]})).unwrap();
    let ways = &wordings.lines(0, Source::Step(0)).unwrap().of.zh;
    let lines: Vec<&Line> = ways.iter().map(|way| &way.line).collect();
    assert!(matches!(lines[..], [Line::Blanks(..), Line::Template(_)]), "{lines:?}");
    for number in 0..50 {
        let say = |variant| wordings.say(0, Source::Step(0), variant, &person(number)).unwrap();
        assert_eq!((say(0).words, say(0).verbatim), (say(1).words, say(1).verbatim));
    }
}

#[test]
fn names_are_those_that_fake_makes_up() {
    for number in 0..200 {
        let mut draws = draws(1, number, 1, Purpose::Person);
        let english: String = Name(EN).fake_with_rng(&mut draws.clone());
        assert_eq!(full_name(Language::En, &mut draws.clone()), english);
        let chinese: String = Name(ZH_CN).fake_with_rng(&mut draws.clone());
        assert_eq!(full_name(Language::Zh, &mut draws), chinese);
    }
}

#[test]
fn who_asks_for_a_person_is_known_before_the_blanks_are_filled() {
    let ways = [
        ("{{ name }}要转人工", Some(true)),
        ("{{ order_number }}到{{ city }}了吗", Some(false)),
        ("你好", Some(false)),
        ("转{{ '人工' ~ name }}", None),
    ];
    let wordings = wordings(&json!({"zh": ways.map(|(words, _)| words)})).unwrap();
    for (variant, (words, asks)) in ways.iter().enumerate() {
        let text = wordings.say(0, Source::Step(0), variant, &person(7)).unwrap();
        assert_eq!(text.asks_for_person, *asks, "{words}");
        let read = Plea::of(&normalise(&text.words)).for_a_person;
        assert_eq!(read, asks.unwrap_or(true), "{}", text.words);
    }
}

#[test]
fn rows_of_a_file_are_said_as_they_are() {
    let wordings =
        wordings(&json!({"from": "x.csv", "column": "text", "verbatim": ["50% off {{ really }}?"]})).unwrap();
    let text = wordings.say(0, Source::Step(0), 0, &person(0)).unwrap();
    assert_eq!((text.words.as_str(), text.verbatim), ("50% off {{ really }}?", true));
}

#[test]
fn what_cannot_be_said_is_found_before_the_run() {
    let error = |say: Json| wordings(&say).err().unwrap().to_string();
    insta::assert_snapshot!(error(json!({"zh": ["{{ oder_number }}"]})), @"`{{ oder_number }}` is not a template: unknown name `oder_number`; it may use order_number, name, city, address, phone, email, amount");
    insta::assert_snapshot!(error(json!({"zh": ["{{ name"]})), @"`{{ name` is not a template: syntax error: unexpected end of input, expected end of variable block");
    insta::assert_snapshot!(error(json!({"zh": ["{{ name | shout }}"]})), @"`{{ name | shout }}` is not a template: unknown filter: filter shout is unknown");
    insta::assert_snapshot!(error(json!({"zh": ["{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}"]})), @"`{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}` is not a template: engine ran out of fuel");
    insta::assert_snapshot!(error(json!({"zh": ["{% if false %}你好{% endif %}"]})), @"`{% if false %}你好{% endif %}` is not a template: it says nothing");
    insta::assert_snapshot!(error(json!({"zh": [" "]})), @"` ` is not a template: it says nothing");
    insta::assert_snapshot!(error(json!({"en": ["hello"]})), @"goal `g` has nothing to say in `zh` for one of its steps or branches");
}

#[test]
fn texts_for_any_language_serve_where_a_language_has_none_of_its_own() {
    let wordings = wordings(&json!({"any": ["???"], "en": ["hello?"]})).unwrap();
    assert_eq!(said(&wordings, 0), "???");
    assert_eq!(wordings.variants(0, Source::Step(0), Language::En), 1);
    assert_eq!(wordings.say(0, Source::Step(1), 0, &person(0)), None);
}
