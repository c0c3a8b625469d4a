use super::*;
use crate::demo_bot::tests::{ORDER, OTHER_ORDER, knowledge, message};

const DELIVERY: usize = 0;
const COUPON: usize = 1;
const QUESTION: &str = "满减怎么算";

fn memory() -> Arc<Memory> {
    Arc::new(Memory::new(&knowledge()))
}

fn hear(memory: &Memory, message: &Inbound) -> Understood {
    memory.hear(message, |topic| topic == DELIVERY)
}

/// What each of these messages of one customer means, `(turn-fragment, text)`, one after the other.
fn meanings(messages: &[(&str, &str)]) -> Vec<Meaning> {
    let memory = memory();
    let mean = |(place, text): &(&str, &str)| hear(&memory, &message(1, place, text)).meaning;
    messages.iter().map(mean).collect()
}

#[test]
fn a_question_that_needs_the_order_number_waits_for_it() {
    let meanings = meanings(&[
        ("1-1", "我的快递到哪了"),
        ("2-1", &format!("订单号{ORDER}")),
        ("3-1", "where is my parcel?"),
    ]);
    assert_eq!(
        meanings,
        [
            Meaning::NeedsOrderNumber(DELIVERY),
            Meaning::Question(DELIVERY),
            Meaning::Question(DELIVERY),
        ]
    );
}

#[test]
fn the_pieces_of_a_burst_are_understood_together_and_answered_once() {
    let meanings = meanings(&[
        ("1-1", "我想问一下"),
        ("1-2", "你们的优惠"),
        ("1-3", "券怎么用"),
        ("1-4", "谢谢"),
        ("1-3", "券怎么用"),
        ("2-1", "那个"),
    ]);
    assert_eq!(
        meanings,
        [
            Meaning::Piece,
            Meaning::Piece,
            Meaning::Question(COUPON),
            Meaning::Piece,
            Meaning::Question(COUPON), // delivered again, answered again
            Meaning::Piece,
        ]
    );
}

#[test]
fn english_pieces_keep_their_word_boundaries() {
    let memory = Memory::new(&knowledge());
    for (place, text) in [("1-1", "the cou"), ("1-2", "pon for flowers")] {
        assert_eq!(
            hear(&memory, &message(1, place, text)).meaning,
            Meaning::Piece,
            "{text}"
        );
    }
}

#[test]
fn pieces_of_different_turns_are_not_put_together() {
    assert_eq!(
        meanings(&[("1-1", "你们的优惠"), ("2-1", "券")]),
        [Meaning::Piece, Meaning::Piece]
    );
}

#[test]
fn an_order_number_that_nobody_asked_for_is_remembered() {
    let meanings = meanings(&[("1-1", &ORDER.to_string()), ("1-2", "快递呢")]);
    assert_eq!(meanings, [Meaning::Hello, Meaning::Question(DELIVERY)]);
}

#[test]
fn a_nudge_is_told_from_a_greeting_by_the_work_that_goes_on() {
    let memory = memory();
    let nudge = message(1, "1-2", "在吗??");
    assert_eq!(hear(&memory, &nudge).meaning, Meaning::Hello);
    let work = memory.in_work(message(1, "1-1", "").customer_key());
    assert_eq!(hear(&memory, &nudge).meaning, Meaning::Nudge);
    assert_eq!(hear(&memory, &message(2, "1-1", "在吗??")).meaning, Meaning::Hello);
    drop(work);
    assert_eq!(hear(&memory, &nudge).meaning, Meaning::Hello);
}

#[test]
fn what_it_cannot_place_is_unknown_when_it_looks_whole() {
    assert_eq!(meanings(&[("1-1", "你们卖火箭吗")]), [Meaning::Unknown]);
    assert_eq!(meanings(&[("1-1", "do you sell rockets")]), [Meaning::Unknown]);
}

#[test]
fn a_bot_without_topics_takes_everything_as_it_comes() {
    let nothing: Knowledge = serde_json::from_str(r#"{"knowledge": "none", "topics": {}}"#).unwrap();
    let memory = Memory::new(&nothing);
    let text = "快递".repeat(100);
    let Meaning::Anything(echoed) = hear(&memory, &message(1, "1-1", &text)).meaning else {
        panic!("a bot without topics echoes");
    };
    assert_eq!(echoed.chars().count(), ECHO);
    let number = hear(&memory, &message(1, "2-1", &ORDER.to_string())).meaning;
    assert_eq!(number, Meaning::Anything(ORDER.to_string()));
}

#[test]
fn the_language_is_the_last_one_written() {
    let memory = memory();
    for (text, language) in [
        ("12345", Language::Zh),
        ("hello", Language::En),
        ("???", Language::En),
        ("在吗", Language::Zh),
        ("12345", Language::Zh),
    ] {
        assert_eq!(hear(&memory, &message(1, "1-1", text)).language, language, "{text}");
    }
}

#[test]
fn a_strangers_number_is_one_that_another_customer_really_gave() {
    let memory = memory();
    let ask = |customer| hear(&memory, &message(customer, "1-1", "快递")).strangers_number;
    assert_eq!(ask(1), None);
    hear(&memory, &message(1, "1-1", &ORDER.to_string()));
    assert_eq!(ask(1), None);
    assert_eq!(ask(2), Some(ORDER));
    hear(&memory, &message(2, "1-1", &OTHER_ORDER.to_string()));
    assert_eq!(
        (ask(1), ask(2), ask(3)),
        (Some(OTHER_ORDER), Some(ORDER), Some(OTHER_ORDER))
    );
    for customer in 10..2_000 {
        hear(&memory, &message(customer, "1-1", &(ORDER + customer).to_string()));
    }
    assert_eq!(memory.lock().order_numbers.len(), ORDER_NUMBERS);
}

#[test]
fn long_messages_and_long_turns_are_bounded() {
    let memory = memory();
    let text = "花".repeat(CHARACTERS * 3);
    for fragment in 1..5 {
        hear(&memory, &message(1, &format!("1-{fragment}"), &text));
    }
    let key = message(1, "1-1", "").customer_key();
    let mut remembered = memory.lock();
    let said = &remembered.customers.get_mut(key).unwrap().turn.said;
    assert_eq!(said.chars().count(), CHARACTERS);
}

#[test]
fn a_person_is_asked_for_before_anything_else_and_remembered() {
    let memory = memory();
    let understood = hear(
        &memory,
        &message(1, "1-1", "coupon does not work, let me talk to a human"),
    );
    assert_eq!(
        (understood.meaning, understood.wants_person),
        (Meaning::WantsPerson, true)
    );
    let understood = hear(&memory, &message(1, "2-1", "coupon?"));
    assert_eq!(
        (understood.meaning, understood.wants_person),
        (Meaning::Question(COUPON), true)
    );
}

#[test]
fn the_topic_before_this_one_is_remembered_and_anger_lasts_for_its_turn() {
    let memory = memory();
    let first = hear(&memory, &message(1, "1-1", "优惠券怎么用"));
    assert_eq!((first.earlier_topic, first.is_upset), (None, false));
    let again = hear(&memory, &message(1, "2-1", "优惠券不能用,太差了"));
    assert_eq!((again.earlier_topic, again.is_upset), (None, true));
    assert!(hear(&memory, &message(1, "2-2", "优惠券呢")).is_upset);
    let other = hear(&memory, &message(1, "3-1", "快递呢"));
    assert_eq!((other.earlier_topic, other.is_upset), (Some(COUPON), false));
}

#[test]
fn a_picture_without_a_word_is_about_what_was_asked_before() {
    let memory = memory();
    let show = |place: &str, text: &str, protocol: Protocol| Inbound {
        media: Some(MediaKind::Image),
        protocol,
        ..message(1, place, text)
    };
    let heard = |message: &Inbound| hear(&memory, message);
    assert_eq!(
        heard(&show("1-1", "", Protocol::WeChat)).meaning,
        Meaning::Piece,
        "its words may follow"
    );
    assert_eq!(heard(&show("2-1", "", Protocol::Generic)).meaning, Meaning::Media);
    let asked = heard(&message(1, "3-1", QUESTION));
    assert!(matches!(asked.meaning, Meaning::Question(_)), "{asked:?}");
    assert_eq!(asked.media, None);
    let shown = heard(&show("4-1", "", Protocol::WeChat));
    assert_eq!(
        (shown.meaning, shown.media),
        (asked.meaning.clone(), Some(MediaKind::Image))
    );
    heard(&show("5-1", "", Protocol::WeChat));
    let words = heard(&message(1, "5-2", QUESTION));
    assert_eq!(
        (words.meaning, words.media),
        (asked.meaning, Some(MediaKind::Image)),
        "words that follow a picture"
    );
}
