use proptest::prelude::*;

use super::*;
use crate::scenario::{Span, Spread};
use crate::simulation::seed::{Purpose, draws};

fn chance(number: u64) -> Draws {
    draws(1, number, 1, Purpose::Typing)
}

fn typing() -> Typing {
    Typing {
        chars_per_s: 2.0,
        burst: vec![0.0, 0.0, 1.0],
        gap: Spread::lognormal(Span::seconds(3.0), 0.0),
        typos: 0.0,
    }
}

fn write(typing: &Typing, pace: f64, text: &str, verbatim: bool, start: Start) -> Vec<(String, f64)> {
    let pen = Pen {
        typing,
        pace,
        draws: chance(1),
        captions: true,
    };
    let words = text.to_owned();
    let messages = pen.write(
        &Text {
            words,
            verbatim,
            ..Text::default()
        },
        start,
    );
    let pair = |message: Utterance| (message.text, message.due_at.as_secs_f64());
    messages.into_iter().map(pair).collect()
}

#[test]
fn texts_split_where_a_writer_would_pause() {
    for (text, pieces) in [
        (
            "在吗，满300减50还能用吗？急",
            &["在吗", "满300减50还能用吗？", "急"][..],
        ),
        ("在吗 有货吗", &["在吗", "有货吗"]),
        ("怎么还不发货啊？？都三天了", &["怎么还不发货啊？？", "都三天了"]),
        (
            "Hi, is it in stock? I need 1,200.50 g",
            &["Hi", "is it in stock?", "I need 1,200.50 g"],
        ),
        ("write to a.b@example.com now", &["write to a.b@example.com now"]),
        ("口红、眼影都有赠品吗", &["口红、眼影都有赠品吗"]),
        ("用 iPhone 15 付不了", &["用 iPhone 15 付不了"]),
        ("催一下 订单号1234", &["催一下", "订单号1234"]),
        ("在吗,急!!", &["在吗", "急!!"]),
    ] {
        assert_eq!(split(text, 9, &mut chance(0)), pieces, "{text}");
    }
}

#[test]
fn bursts_keep_their_weights_where_the_text_has_the_places() {
    let typing = Typing {
        burst: vec![0.61, 0.24, 0.09, 0.06],
        ..typing()
    };
    let text = Text {
        words: "一，二，三，四，五".to_owned(),
        ..Text::default()
    };
    let mut counts = [0.0; 4];
    for number in 0..20_000 {
        let pen = Pen {
            typing: &typing,
            pace: 1.0,
            draws: chance(number),
            captions: true,
        };
        counts[pen.write(&text, Start::Typed(Duration::ZERO)).len() - 1] += 1.0 / 20_000.0;
    }
    for (share, weight) in counts.iter().zip(&typing.burst) {
        assert!((share - weight).abs() < 0.015, "{counts:?}");
    }
}

#[test]
fn typing_and_gaps_take_their_time_and_pace_divides_it() {
    let text = "一二三四，五，六七八九十百千万";
    let pieces = |times: [f64; 3]| {
        let words = ["一二三四", "五", "六七八九十百千万"];
        words.map(str::to_owned).into_iter().zip(times).collect::<Vec<_>>()
    };
    let at = Duration::from_secs(10);
    // Two characters a second; a gap of 3 s, unless typing takes longer.
    assert_eq!(
        write(&typing(), 1.0, text, false, Start::Typing(at)),
        pieces([12.0, 15.0, 19.0])
    );
    assert_eq!(
        write(&typing(), 2.0, text, false, Start::Typing(at)),
        pieces([11.0, 12.5, 14.5])
    );
    assert_eq!(
        write(&typing(), 1.0, text, false, Start::Typed(at)),
        pieces([10.0, 13.0, 17.0])
    );
}

#[test]
fn rows_of_a_file_are_neither_split_nor_misspelt() {
    let careless = Typing { typos: 1.0, ..typing() };
    let text = "Hello there, is the order here? Please";
    let whole = write(&careless, 1.0, text, true, Start::Typed(Duration::ZERO));
    assert_eq!(whole, [(text.to_owned(), 0.0)]);
    let careless = write(&careless, 1.0, text, false, Start::Typed(Duration::ZERO));
    assert!(
        careless.len() == 3 && careless.iter().all(|(piece, _)| !text.contains(piece)),
        "{careless:?}"
    );
}

#[test]
fn slips_are_the_kind_that_people_make() {
    let all = |text: &str| -> std::collections::BTreeSet<String> {
        (0..200).filter_map(|number| slip(text, &mut chance(number))).collect()
    };
    assert_eq!(all("发货了吗"), ["发货了嘛".to_owned()].into());
    assert_eq!(
        all("gift"),
        ["gfit", "gfit", "gft", "git", "gitf"].map(str::to_owned).into()
    );
    assert_eq!(all("SF1234567 13800138000 ab@cd.example 七天"), [].into());
}

proptest! {
    #[test]
    fn a_split_keeps_every_word_in_order(text in "[a-z一-三，。？ ,.?!0-9]{1,40}", wanted in 1usize..6, number in any::<u64>()) {
        let bare = |text: &str| text.chars().filter(|c| !is_mark(*c) && !c.is_whitespace()).collect::<String>();
        let pieces = split(&text, wanted, &mut chance(number));
        prop_assert!(!pieces.is_empty() && pieces.len() <= wanted);
        prop_assert!(pieces.iter().all(|piece| !piece.is_empty()));
        prop_assert_eq!(bare(&pieces.concat()), bare(&text));
    }

    #[test]
    fn no_slip_touches_a_digit(text in "[a-z的在吗0-9@ ]{0,40}", number in any::<u64>()) {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        if let Some(wrong) = slip(&text, &mut chance(number)) {
            prop_assert_eq!(digits(&wrong), digits(&text));
            prop_assert_ne!(wrong, text);
        }
    }

    #[test]
    fn messages_are_in_order_of_time(text in "[a-z一-三，。？ ]{1,40}", number in any::<u64>(), pace in 0.1f64..1000.0) {
        let typing = Typing { gap: Spread::lognormal(Span::seconds(9.0), 0.9), ..typing() };
        let pen = Pen { typing: &typing, pace, draws: chance(number), captions: true };
        let start = Duration::from_secs(5);
        let messages = pen.write(&Text { words: text, ..Text::default() }, Start::Typing(start));
        prop_assert!(messages.is_sorted_by_key(|message| message.due_at) && messages[0].due_at >= start);
    }
}

/// What is sent for this media and these words, and when, typed at two characters a second.
fn sent(media: MediaKind, words: &str, captions: bool) -> Vec<(Option<MediaKind>, String, f64)> {
    let typing = Typing {
        burst: vec![0.0, 1.0],
        ..typing()
    };
    let pen = Pen {
        typing: &typing,
        pace: 1.0,
        draws: chance(1),
        captions,
    };
    let text = Text {
        words: words.to_owned(),
        media: Some(media),
        ..Text::default()
    };
    let messages = pen.write(&text, Start::Typing(Duration::ZERO)).into_iter();
    messages
        .map(|one| (one.media, one.text, one.due_at.as_secs_f64()))
        .collect()
}

#[test]
fn a_picture_has_its_words_with_it_or_before_them() {
    let (image, voice) = (Some(MediaKind::Image), Some(MediaKind::Voice));
    let words = "一二三，四五六";
    let caption = sent(MediaKind::Image, words, true);
    assert_eq!(caption, [(image, words.to_owned(), 7.0 / 2.0 + 3.0)]);
    let apart = sent(MediaKind::Image, words, false);
    assert_eq!(apart, [(image, String::new(), 3.0), (None, words.to_owned(), 6.5)]);
    assert_eq!(sent(MediaKind::Image, "", false), [(image, String::new(), 3.0)]);
    assert_eq!(
        sent(MediaKind::Voice, words, false),
        [(voice, words.to_owned(), 7.0 / 2.0 + 3.0)]
    );
}
