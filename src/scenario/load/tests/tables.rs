//! Tables of the knowledge: records and facts from CSV files, and changes.

use std::time::Duration;

use insta::assert_snapshot;

use super::fixture::{GOALS, KNOWLEDGE, SCENARIO, Shop, sets};
use crate::scenario::load::Loader;
use crate::scenario::{FactRef, FactValue, LoadOptions, Scenario, Tier, Truths, to_yaml};

const RECORDS: &str = "\
records:
  product:
    found_by: name
    from: products.csv
    columns:
      name: {type: text}
      price: {type: money}
      sale_price: {type: money}
";

const PRODUCTS: &str = "name.zh,name.en,price,sale_price\n面霜|小绿瓶,Cream,199,159\n\"口红, 红\",Lipstick,99.50,89\n";

fn shop(knowledge: &str) -> Shop {
    Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("knowledge/shop.yaml", format!("{KNOWLEDGE}{knowledge}"))
}

fn wrong(shop: &Shop) -> String {
    shop.briefly(&LoadOptions::default())
}

#[test]
fn a_table_is_read_with_its_alternatives_and_the_resolved_file_needs_no_other() {
    let changes = "changes:\n  - {fact: product.price, phase: midnight, to_column: sale_price}\n";
    let goals = GOALS
        .replace("有券吗", "\"{{ product.name }}有券吗\"")
        .replace("coupon.amount, ", "product.price, ");
    let shop = shop(&format!("{RECORDS}{changes}"))
        .with("knowledge/products.csv", PRODUCTS)
        .with("personas/goals/shop.yaml", goals);
    let first = shop.load(&LoadOptions::default()).unwrap();
    let truths = Truths::new(&first.knowledge);
    let price = |row, at| {
        let price = truths.in_row(&FactRef::of("product", "price"), row, Duration::from_secs(at));
        price.unwrap().value.clone()
    };
    assert_eq!(
        [price(0, 14), price(0, 15)],
        [FactValue::Money(199.0), FactValue::Money(159.0)]
    );
    assert_eq!(price(1, 0), FactValue::Money(99.5));
    assert_eq!(first.knowledge.records["product"].place_of("小绿瓶"), Some(0));
    assert_eq!(first.knowledge.records["product"].place_of("口红, 红"), Some(1));
    let yaml = to_yaml(&first);
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("scenario.yaml");
    std::fs::write(&path, &yaml).unwrap();
    let second = Loader::new(&[])
        .load(path.to_str().unwrap(), &LoadOptions::default())
        .unwrap();
    assert_eq!(second, first);
    assert_eq!(to_yaml(&second), yaml);
}

#[test]
fn facts_of_topics_come_from_a_table() {
    let csv = "topic,fact,type,value,value.zh,subject.zh,shown.zh\n\
        coupon,threshold,money,300,,满|满额,\n\
        coupon,member,percent,95,,,95折\n\
        coupon,carrier,text,,顺丰|顺丰速运,,\n";
    let shop = shop("facts: {from: ../lists/facts.csv}\n").with("lists/facts.csv", csv);
    let scenario = shop.load(&LoadOptions::default()).unwrap();
    let facts = &scenario.knowledge.topics["coupon"].facts;
    assert_eq!(
        facts.keys().collect::<Vec<_>>(),
        ["amount", "until", "threshold", "member", "carrier"]
    );
    assert_eq!(facts["threshold"].subject.zh, ["满", "满额"]);
    assert_eq!(facts["threshold"].value(), Some(FactValue::Money(300.0)));
    assert_eq!(facts["member"].shown.as_ref().unwrap().zh, "95折");
    assert_eq!(facts["carrier"].names().collect::<Vec<_>>(), ["顺丰", "顺丰速运"]);
    assert_eq!(scenario.knowledge.facts, None);
    let csv = "topic,fact,type,value\n\
        coupn,x,money,1\n\
        coupon,amount,money,1\n\
        coupon,y,mony,1\n\
        coupon,z,money,many\n\
        coupon,,money,1\n";
    assert_snapshot!(wrong(&shop.with("lists/facts.csv", csv)), @r#"
    lists/facts.csv:2:1 topics.coupn.facts.x: no topic is called `coupn`; there are `coupon` (did you mean `coupon`?)
    lists/facts.csv:3:8 topics.coupon.facts.amount: expected each fact once, found `amount` again
    lists/facts.csv:4:10 facts: no type is called `mony`; there are `money`, `percent`, `duration`, `date`, `identifier`, `text`, `tiers`, `holds` (did you mean `money`?)
    lists/facts.csv:5:16 topics.coupon.facts.z.money: expected a number, found `many`
    lists/facts.csv:6:1 facts: expected something under `fact`, found nothing
    "#);
}

#[test]
fn steps_of_a_discount_and_what_is_so_at_all_come_from_a_table() {
    let csv = "topic,fact,type,value,subject.zh\n\
        coupon,steps,tiers,200-20| 500 - 60.5,满|减\n\
        coupon,abroad,holds,false,寄海外\n";
    let shop = shop("facts: {from: ../lists/facts.csv}\n");
    let scenario = shop.with("lists/facts.csv", csv).load(&LoadOptions::default()).unwrap();
    let facts = &scenario.knowledge.topics["coupon"].facts;
    let step = |spend, off| Tier { spend, off };
    let steps = vec![step(200.0, 20.0), step(500.0, 60.5)];
    assert_eq!(facts["steps"].value(), Some(FactValue::Tiers(steps)));
    assert_eq!(
        (facts["abroad"].holds, &facts["abroad"].subject.zh[0][..]),
        (Some(false), "寄海外")
    );
}

#[test]
fn steps_of_another_form_tell_the_form_and_their_place() {
    let csv = "topic,fact,type,value,subject.zh\n\
        coupon,a,tiers,200:20,满\n\
        coupon,b,tiers,200-20|,满\n\
        coupon,c,tiers,200-many,满\n\
        coupon,d,tiers,200--20,满\n\
        coupon,e,tiers,,满\n\
        coupon,f,holds,perhaps,寄海外\n";
    let shop = shop("facts: {from: ../lists/facts.csv}\n").with("lists/facts.csv", csv);
    assert_snapshot!(wrong(&shop), @r#"
    lists/facts.csv:2:16 topics.coupon.facts.a.tiers: expected steps such as `200-20|500-60`, found `200:20` (write what is spent, `-` and what is then taken off, in yuan, with `|` between the steps: `200-20|500-60`)
    lists/facts.csv:3:16 topics.coupon.facts.b.tiers: expected steps such as `200-20|500-60`, found `` (write what is spent, `-` and what is then taken off, in yuan, with `|` between the steps: `200-20|500-60`)
    lists/facts.csv:4:16 topics.coupon.facts.c.tiers: expected steps such as `200-20|500-60`, found `200-many` (write what is spent, `-` and what is then taken off, in yuan, with `|` between the steps: `200-20|500-60`)
    lists/facts.csv:5:16 topics.coupon.facts.d.tiers: expected steps such as `200-20|500-60`, found `200--20` (write what is spent, `-` and what is then taken off, in yuan, with `|` between the steps: `200-20|500-60`)
    lists/facts.csv:6:1 facts: expected something under `value`, found nothing
    lists/facts.csv:7:16 topics.coupon.facts.f.holds: expected `true` or `false`, found `perhaps`
    "#);
}

#[test]
fn a_mistake_in_a_table_tells_its_line() {
    let told = |csv: &str| wrong(&shop(RECORDS).with("knowledge/products.csv", csv));
    let many = format!("name,price,sale_price\n{}", "x,1,1\n".repeat(10_001));
    let all = [
        told("name.zh,name.en,price,sale_price\n面霜,Cream,199,159\n口红,cream,一百,\n"),
        told("name,price,sale_price,colour\n面霜,199,159,red\n口红,99,89,red\n"),
        told("name,price\n面霜,199\n口红,99\n"),
        told("name,price,sale_prise\n面霜,199,159\n口红,99,89\n"),
        told("name;price;sale_price\n面霜;199,5;159\n口红;99;89\n"),
        told("name,price,sale_price\n面霜,199,159\n\"口红,99,89\n眼霜,5,4\n"),
        told("name,price,sale_price\n面霜,199\n"),
        told("name,price,sale_price\n"),
        told(""),
        told("name,price,price\n面霜,199,1\n"),
        told(&many),
        wrong(&shop(RECORDS)),
        wrong(&shop(RECORDS).with("knowledge/products.csv", b"name\n\xc3\xe6\xcb\xaa\n")),
        wrong(&shop(&RECORDS.replace("from: products.csv", "rows: []"))),
        wrong(&shop(
            &RECORDS.replace("from: products.csv", "from: products.csv\n    rows: []"),
        )),
    ];
    assert_snapshot!(all.join("\n"), @r#"
    knowledge/products.csv:3:4 records.product.rows[1].name.en: expected a name of its own, found `cream` again (as in row 1)
    knowledge/products.csv:3:10 records.product.rows[1].price: expected an amount in yuan such as `199` or `1299.50`, found `一百`
    knowledge/products.csv:3:12 records.product.rows[1].sale_price: expected an amount in yuan such as `199` or `1299.50`, found nothing
    knowledge/products.csv:1:23 records.product.rows[0].colour: no column is called `colour`; there are `name`, `name.zh`, `name.en`, `price`, `sale_price`
    knowledge/products.csv:2:1 records.product.rows[0]: `sale_price`: expected an amount in yuan such as `199` or `1299.50`, found nothing
    knowledge/products.csv:1:12 records.product.rows[0].sale_prise: no column is called `sale_prise`; there are `name`, `name.zh`, `name.en`, `price`, `sale_price` (did you mean `sale_price`?)
    knowledge/products.csv:1:1 : expected columns with `,` between them, found `;` (save the table as CSV with commas)
    knowledge/products.csv:3:1 : expected 3 fields as in the header, found 1 (a `"` is opened here and never closed; within quotes it is written `""`)
    knowledge/products.csv:2:1 : expected 3 fields as in the header, found 2
    knowledge/products.csv:1:1 : expected rows below a header line, found none
    knowledge/products.csv:1:1 : expected rows below a header line, found none
    knowledge/products.csv:1:12 : expected columns of different names, found `price` again
    knowledge/products.csv:10002:1 : expected at most 10000 rows, and 100000 cells in all tables together, found more
    knowledge/shop.yaml:12:11 records.product.from: cannot read `knowledge/products.csv`: no such file
    knowledge/shop.yaml:12:11 records.product.from: cannot read `knowledge/products.csv`: expected UTF-8, found 0xc3 at byte 5 (if it was written as GBK, `iconv -f GBK -t UTF-8 knowledge/products.csv` converts it)
    knowledge/shop.yaml:12:5 records.product.rows: expected at least one row, found none
    knowledge/shop.yaml:12:5 records.product.from: expected either `rows` or `from` a file, found both
    "#);
}

#[test]
fn records_must_be_well_formed() {
    let records = "\
records:
  coupon: {columns: {a: {type: money}}, rows: [{a: 1}]}
  name: {columns: {a: {type: money}}, rows: [{a: 1}]}
  order: {found_by: nam, columns: {a: {type: money}}, rows: [{a: -1}]}
  member: {found_by: level, columns: {level: {type: percent}}, rows: [{level: 5}]}
";
    let goals = GOALS
        .replace("有券吗", "\"{{ order.b }}有券吗\"")
        .replace("coupon.amount, ", "order.b, ");
    let shop = shop(records).with("personas/goals/shop.yaml", goals);
    assert_snapshot!(wrong(&shop), @r#"
    knowledge/shop.yaml:10:3 records.coupon: expected a name that no topic has, found `coupon`
    knowledge/shop.yaml:11:3 records.name: expected another name than `name`, which templates use for something else
    knowledge/shop.yaml:12:21 records.order.found_by: no column is called `nam`; there are `a`
    knowledge/shop.yaml:12:66 records.order.rows[0].a: expected an amount in yuan such as `199` or `1299.50`, found `-1`
    knowledge/shop.yaml:13:22 records.member.found_by: expected a column of type `text` or `identifier`, found `level`
    personas/goals/shop.yaml:6:22 goals[0].agenda[0].ask.say.zh[0]: `order` has no column `b`; there are `a`
    personas/goals/shop.yaml:7:21 goals[0].agenda[0].ask.expects[0]: no fact is called `order.b`; there are `order.a` (did you mean `order.a`?)
    "#);
}

#[test]
fn changes_must_fit_facts_and_phases() {
    let changes = "\
changes:
  - {fact: coupon.amout, at: 5s, to: {money: 80}}
  - {fact: coupon.amount, to: {money: 80}}
  - {fact: coupon.amount, at: 5s, phase: midnight, to: {money: 80}}
  - {fact: coupon.amount, phase: midnigt, to: {percent: 80}}
  - {fact: coupon.amount, on: tomorrow, to: {money: 80}, to_column: price}
  - {fact: coupon.amount, at: 5s}
  - {fact: coupon.amount, at: 5s, to_column: price}
  - {fact: coupon.amount, at: 5s, row: 面霜, to: {money: 80}}
  - {fact: product.price, at: 5s, to_column: name}
  - {fact: product.price, at: 5s, to_column: prize}
  - {fact: product.price, at: 5s, row: 眼霜, to: {money: 80}}
  - {fact: product.name, at: 5s, row: 面霜, to: {text: {zh: [新]}}}
  - {fact: order_number, at: 5s, to: {money: 80}}
";
    let shop = shop(&format!("{RECORDS}{changes}")).with("knowledge/products.csv", PRODUCTS);
    assert_snapshot!(wrong(&shop), @r#"
    knowledge/shop.yaml:18:12 changes[0].fact: no fact is called `coupon.amout`; there are `coupon.amount`, `coupon.until`, `product.name`, `product.price`, `product.sale_price` (did you mean `coupon.amount`?)
    knowledge/shop.yaml:19:5 changes[1]: expected exactly one of `at`, `phase` and `on`, found 0
    knowledge/shop.yaml:20:5 changes[2]: expected exactly one of `at`, `phase` and `on`, found 2
    knowledge/shop.yaml:21:34 changes[3].phase: no phase is called `midnigt`; there are `warm`, `calm`, `midnight` (did you mean `midnight`?)
    knowledge/shop.yaml:21:43 changes[3].to: expected `money` as `coupon.amount` is, found `percent`
    knowledge/shop.yaml:22:5 changes[4]: expected either `to` or `to_column`, found both
    knowledge/shop.yaml:22:31 changes[4].on: expected a date and time with its offset, such as `2026-11-11T00:00+08:00`, found `tomorrow`
    knowledge/shop.yaml:23:5 changes[5]: expected the new value in `to` or `to_column`, found neither
    knowledge/shop.yaml:24:46 changes[6].to_column: expected a column of a record in `fact`, found `coupon.amount`
    knowledge/shop.yaml:25:40 changes[7].row: expected a fact of a record with `found_by`, found `coupon.amount`
    knowledge/shop.yaml:26:46 changes[8].to_column: expected a column of type `money`, found `name` of type `text`
    knowledge/shop.yaml:27:46 changes[9].to_column: no column is called `prize`; there are `name`, `price`, `sale_price` (did you mean `price`?)
    knowledge/shop.yaml:28:40 changes[10].row: no row of `product` goes by the name `眼霜`
    knowledge/shop.yaml:29:12 changes[11].fact: expected a fact, found `product.name`, by which rows are found
    knowledge/shop.yaml:30:12 changes[12].fact: no fact is called `order_number`; there are `coupon.amount`, `coupon.until`, `product.name`, `product.price`, `product.sale_price`
    "#);
}

#[test]
fn a_scenario_has_changes_of_its_own_behind_those_of_the_knowledge() {
    let its_own = "changes:\n  - {fact: coupon.amount, at: 5s, to: {money: 80}}\n";
    let of_knowledge = "changes:\n  - {fact: coupon.amount, at: 9s, to: {money: 90}}\n";
    let shop = shop(of_knowledge).with("scenarios/s.yaml", format!("{SCENARIO}{its_own}"));
    let first = shop.load(&LoadOptions::default()).unwrap();
    let moments = |scenario: &Scenario| {
        let changes = scenario.knowledge.changes.iter();
        changes
            .map(|change| change.at.unwrap().get().as_secs())
            .collect::<Vec<_>>()
    };
    assert_eq!(moments(&first), [9, 5]);
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("scenario.yaml");
    std::fs::write(&path, to_yaml(&first)).unwrap();
    let second = Loader::new(&[]).load(path.to_str().unwrap(), &LoadOptions::default());
    assert_eq!(
        moments(&second.unwrap()),
        [9, 5],
        "the resolved file has each of them once"
    );
}

#[test]
fn a_scenarios_changes_must_fit_the_knowledge_that_it_names() {
    let changes = "changes:\n  - {fact: coupon.amout, phase: midnigt, to: {money: 80}}\n";
    let shop = shop("").with("scenarios/s.yaml", format!("{SCENARIO}{changes}"));
    assert_snapshot!(wrong(&shop), @r"
    21:12 changes[0].fact: no fact is called `coupon.amout`; there are `coupon.amount`, `coupon.until` (did you mean `coupon.amount`?)
    21:33 changes[0].phase: no phase is called `midnigt`; there are `warm`, `calm`, `midnight` (did you mean `midnight`?)
    ");
    let without = shop.briefly(&sets(&["knowledge=null"]));
    let expected = "20:1 changes: expected a scenario with `knowledge` to change, found none";
    assert!(without.contains(expected), "{without}");
}

#[test]
fn dates_of_changes_count_by_the_scenarios_clock() {
    let changes = "changes:\n  - {fact: coupon.amount, on: 2026-11-10T23:50:15+08:00, to: {money: 80}}\n  \
        - {fact: coupon.until, on: 2026-11-01T00:00+08:00, to: {date: 2026-11-12}}\n";
    let shop = shop(changes);
    let scenario = shop.load(&LoadOptions::default()).unwrap();
    let moments: Vec<_> = scenario
        .knowledge
        .changes
        .iter()
        .map(|change| change.at.unwrap().get().as_secs())
        .collect();
    assert_eq!(moments, [15, 0]);
    assert_snapshot!(shop.briefly(&sets(&["clock=null"])), @r#"
    knowledge/shop.yaml:10:31 changes[0].on: expected a scenario with a `clock` to count from, found none (name the shop's time in the scenario: `clock: 2026-11-10T23:50+08:00`)
    knowledge/shop.yaml:11:30 changes[1].on: expected a scenario with a `clock` to count from, found none (name the shop's time in the scenario: `clock: 2026-11-10T23:50+08:00`)
    "#);
}
