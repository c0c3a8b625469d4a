use serde_json::json;

use super::*;

fn knowledge() -> Knowledge {
    serde_json::from_value(json!({
        "knowledge": "shop",
        "topics": {"coupon": {
            "keywords": {"zh": ["券"]},
            "facts": {"amount": {"money": 50}, "member": {"percent": 95, "shown": {"zh": "95折"}}},
            "answers": {},
        }},
        "records": {
            "product": {
                "found_by": "name",
                "columns": {"name": {"type": "text"}, "price": {"type": "money"}, "sale_price": {"type": "money"}},
                "rows": [
                    {"name.zh": "面霜|小绿瓶", "name.en": "Cream", "price": "199", "sale_price": "159"},
                    {"name.zh": "口红", "name.en": "Lipstick", "price": "99", "sale_price": "89"},
                    {"name.zh": "面膜", "name.en": "Mask", "price": "49", "sale_price": "39"},
                ],
            },
            "order": {"columns": {"status": {"type": "text"}}, "rows": [{"status": "已发货|shipped"}, {"status": "待付款|unpaid"}]},
        },
        "changes": [
            {"fact": "coupon.amount", "at": "90s", "to": {"money": 30}},
            {"fact": "coupon.amount", "at": "60s", "to": {"money": 80}},
            {"fact": "coupon.member", "at": "60s", "to": {"percent": 90, "shown": {"zh": "9折"}}},
            {"fact": "product.price", "at": "60s", "to_column": "sale_price"},
            {"fact": "product.price", "row": "小绿瓶", "at": "120s", "to": {"money": 129}},
        ],
    }))
    .unwrap()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn money(amount: f64) -> FactValue {
    FactValue::Money(amount)
}

#[test]
fn a_fact_is_what_the_last_change_made_of_it() {
    let truths = Truths::new(&knowledge());
    let amount = FactRef::of("coupon", "amount");
    for (at, expected) in [(0, 50.0), (59, 50.0), (60, 80.0), (89, 80.0), (90, 30.0), (9_000, 30.0)] {
        assert_eq!(truths.value(&amount, 7, seconds(at)), Some(&money(expected)), "{at}");
    }
    let member = truths.in_row(&FactRef::of("coupon", "member"), 0, seconds(60)).unwrap();
    assert_eq!(member.shown.as_ref().unwrap().zh, "9折");
    assert_eq!(truths.value(&FactRef::of("coupon", "colour"), 7, seconds(0)), None);
    assert_eq!(truths.value(&FactRef::OrderNumber, 7, seconds(0)), None);
}

#[test]
fn what_was_true_is_told_with_the_moment_until_which_it_was() {
    let truths = Truths::new(&knowledge());
    let amount = FactRef::of("coupon", "amount");
    let past = |at| -> Vec<(FactValue, Duration)> {
        let past = truths.past(&amount, 7, seconds(at));
        past.into_iter().map(|past| (past.value.clone(), past.until)).collect()
    };
    assert_eq!(past(59), []);
    assert_eq!(past(60), [(money(50.0), seconds(60))]);
    assert_eq!(past(100), [(money(80.0), seconds(90)), (money(50.0), seconds(60))]);
}

#[test]
fn who_asks_before_a_change_and_is_answered_after_it_may_be_told_either_value() {
    let truths = Truths::new(&knowledge());
    let amount = FactRef::of("coupon", "amount");
    let within = |from, to| truths.values_within(&amount, 7, seconds(from), seconds(to));
    assert_eq!(within(0, 59), [&money(50.0)]);
    assert_eq!(within(59, 60), [&money(50.0), &money(80.0)]);
    assert_eq!(within(60, 60), [&money(80.0)]);
    assert_eq!(within(0, 500).len(), 3);
    assert_eq!(within(70, 60), [&money(80.0)], "never nothing");
}

#[test]
fn each_customer_has_a_row_of_each_record_and_keeps_it() {
    let truths = Truths::new(&knowledge());
    let price = FactRef::of("product", "price");
    let mut seen = [0; 3];
    for customer in 0..300 {
        let row = truths.row_of("product", customer).unwrap();
        seen[row] += 1;
        let expected = [199.0, 99.0, 49.0][row];
        assert_eq!(truths.value(&price, customer, seconds(0)), Some(&money(expected)));
        assert_eq!(
            truths.row_of("product", customer + 1_000_000_000),
            Some(row),
            "as order numbers hold it"
        );
    }
    assert!(seen.iter().all(|count| (70..130).contains(count)), "{seen:?}");
    let both = (0..300).filter(|customer| truths.row_of("product", *customer) == truths.row_of("order", *customer));
    assert!(
        both.count() < 200,
        "the rows of two records have nothing to do with each other"
    );
    assert_eq!(truths.row_of("nothing", 1), None);
}

#[test]
fn a_column_changes_in_every_row_or_in_the_one_that_is_named() {
    let truths = Truths::new(&knowledge());
    let price = FactRef::of("product", "price");
    let prices = |at| -> Vec<FactValue> {
        let in_row = |row| truths.in_row(&price, row, seconds(at)).unwrap().value.clone();
        (0..truths.rows("product")).map(in_row).collect()
    };
    assert_eq!(prices(59), [money(199.0), money(99.0), money(49.0)]);
    assert_eq!(prices(60), [money(159.0), money(89.0), money(39.0)]);
    assert_eq!(prices(120), [money(129.0), money(89.0), money(39.0)]);
}

#[test]
fn a_change_at_the_start_leaves_what_was_true_before_the_run() {
    let mut knowledge = knowledge();
    knowledge.changes =
        vec![serde_json::from_value(json!({"fact": "coupon.amount", "at": "0s", "to": {"money": 80}})).unwrap()];
    let truths = Truths::new(&knowledge);
    let amount = FactRef::of("coupon", "amount");
    assert_eq!(truths.values_within(&amount, 1, seconds(0), seconds(9)), [&money(80.0)]);
    assert_eq!(truths.past(&amount, 1, seconds(0))[0].until, Duration::ZERO);
}
