//! Records and changes: the bot tells each customer what is true of theirs, and what became true meanwhile.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::{ORDER, message, swift};
use crate::conversation::customer_named_by;
use crate::demo_bot::Bot;
use crate::demo_bot::bot::Act;
use crate::demo_bot::exchange::Speech;
use crate::scenario::{BotSettings, Fault, FaultRates, Knowledge, Record, Span};

fn knowledge() -> Knowledge {
    serde_json::from_value(json!({
        "knowledge": "test-shop",
        "topics": {
            "coupon": {
                "keywords": {"zh": ["券", "多少"]},
                "facts": {"amount": {"money": 50}},
                "answers": {"zh": ["减{{ amount }}元"]},
            },
            "price": {
                "keywords": {"zh": ["多少钱"]},
                "answers": {"zh": ["{{ product.name }}{{ product.price }}元"]},
            },
            "status": {"keywords": {"zh": ["订单"]}, "answers": {"zh": ["您的订单{{ order.status }}"]}},
        },
        "records": {
            "product": {
                "found_by": "name",
                "columns": {"name": {"type": "text"}, "price": {"type": "money"}},
                "rows": [{"name": "面霜|小绿瓶", "price": "200"}, {"name": "面霜多少号", "price": "100"}],
            },
            "order": {"columns": {"status": {"type": "text"}}, "rows": [{"status": "已发货"}, {"status": "待付款"}]},
        },
        "changes": [
            {"fact": "coupon.amount", "at": "60s", "to": {"money": 80}},
            {"fact": "product.price", "row": "小绿瓶", "at": "60s", "to": {"money": 150}},
        ],
        "bot": {"ask_which": {"zh": ["哪一款?"]}},
    }))
    .unwrap()
}

fn bot(settings: &BotSettings) -> Arc<Bot> {
    Arc::new(Bot::new(&knowledge(), settings, 1, None).that_is_told_of_the_load())
}

/// What the bot says to a message of this customer, and which facts of it were stale.
async fn says(bot: &Arc<Bot>, customer: u64, place: &str, text: &str) -> (String, Vec<String>) {
    let message = message(customer, place, text);
    let mut entry = bot.book().open(&message);
    let act = Arc::clone(bot).decide(message, &mut entry).await;
    let Act::Speak {
        speech: Speech::Say { texts, .. },
        ..
    } = act
    else {
        panic!("it speaks: {act:?}")
    };
    (texts.join(" "), entry.record.stale.clone())
}

#[tokio::test(start_paused = true)]
async fn a_thing_is_known_by_its_name_also_from_earlier_in_the_conversation() {
    let bot = bot(&swift());
    for (customer, place, text, answer) in [
        (1, "1-1", "小绿瓶多少钱", "面霜200元"),
        (1, "2-1", "再说下多少钱", "面霜200元"),
        (2, "1-1", "面霜多少号多少钱", "面霜多少号100元"),
        // What needs a thing that nobody named gives way to what needs none.
        (3, "1-1", "多少钱", "减50元"),
        (3, "2-1", "订单", "亲,麻烦您提供一下订单号哦。"),
    ] {
        assert_eq!(says(&bot, customer, place, text).await.0, answer, "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_names_no_thing_is_asked_which_one_and_answered_when_they_name_it() {
    let mut knowledge = knowledge();
    knowledge.topics.shift_remove("coupon");
    let bot = Arc::new(Bot::new(&knowledge, &swift(), 1, None));
    assert_eq!(says(&bot, 1, "1-1", "多少钱").await.0, "哪一款?");
    assert_eq!(says(&bot, 1, "2-1", "小绿瓶").await.0, "面霜200元");
}

#[tokio::test(start_paused = true)]
async fn an_order_is_known_by_its_number() {
    let bot = bot(&swift());
    let row = Record::row_of("order", 2, customer_named_by(ORDER)).unwrap();
    let (answer, _) = says(&bot, 1, "1-1", &format!("订单{ORDER}")).await;
    assert_eq!(answer, format!("您的订单{}", ["已发货", "待付款"][row]));
}

#[tokio::test(start_paused = true)]
async fn facts_change_with_the_load_and_a_slow_bot_says_so_in_its_truth() {
    for (stale_for, told) in [(0.0, ["50", "80", "80"]), (20.0, ["50", "50", "80"])] {
        let bot = bot(&BotSettings {
            stale_for: Span::seconds(stale_for),
            ..swift()
        });
        // Whatever comes before the load is answered as at its beginning.
        tokio::time::advance(Duration::from_secs(500)).await;
        assert_eq!(says(&bot, 9, "1-1", "券").await.0, "减50元");
        bot.load_clock().begin_in(Duration::from_secs(1));
        for ((wait, place), amount) in [(60, "1-1"), (2, "2-1"), (20, "3-1")].into_iter().zip(told) {
            tokio::time::advance(Duration::from_secs(wait)).await;
            let (answer, stale) = says(&bot, 1, place, "券").await;
            assert_eq!(answer, format!("减{amount}元"));
            let is_stale = stale_for > 0.0 && place == "2-1";
            assert_eq!(!stale.is_empty(), is_stale, "{stale:?}");
        }
        let stale: Vec<_> = bot
            .truth(Some(1))
            .turns
            .into_iter()
            .flat_map(|record| record.stale)
            .collect();
        assert_eq!(stale, if stale_for > 0.0 { vec!["coupon.amount"] } else { vec![] });
    }
}

#[tokio::test(start_paused = true)]
async fn a_fault_that_leaves_the_facts_out_leaves_nothing_stale() {
    let bot = bot(&BotSettings {
        stale_for: Span::seconds(20.0),
        faults: FaultRates([(Fault::Fallback, 1.0)].into_iter().collect()),
        ..swift()
    });
    bot.load_clock().begin_in(Duration::ZERO);
    tokio::time::advance(Duration::from_secs(65)).await;
    assert_eq!(says(&bot, 1, "1-1", "小绿瓶多少钱").await.1, Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_column_can_be_told_wrong() {
    let bot = bot(&super::always(Fault::WrongValue));
    assert_eq!(says(&bot, 1, "1-1", "小绿瓶多少钱").await.0, "面霜300元");
}
