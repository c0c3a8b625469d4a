//! Parts that a scenario names: personas, goals, profiles, knowledge and CSV texts.

use insta::assert_snapshot;

use super::fixture::{GOALS, KNOWLEDGE, PERSONA, PROFILE, SCENARIO, Shop, briefly, briefly_each, small_with};
use crate::scenario::LoadOptions;

#[test]
fn a_reference_to_nothing_names_what_there_is() {
    let text = SCENARIO
        .replace("knowledge: shop", "knowledge: shp")
        .replace("persona: hunter", "persona: huntr")
        .replace("goal: check-coupon", "goal: check-cupon")
        .replace("app: {profile: plain", "app: {profile: ./nowhere.yaml");
    assert_snapshot!(briefly(&text), @r#"
    4:12 knowledge: no knowledge is called `shp`; there are `shop` (did you mean `shop`?)
    8:20 channels[1].app.profile: cannot read `scenarios/nowhere.yaml`: no such file
    10:15 customers[0].persona: no persona is called `huntr`; there are `hunter` (did you mean `hunter`?)
    10:28 customers[0].goal: no goal is called `check-cupon`; there are `check-coupon` (did you mean `check-coupon`?)
    "#);
    assert_snapshot!(briefly_each(&[("goals: shop", "goals: shops"), ("goals: shop", "goals: ..")]), @r#"
    5:8 goals: no file of goals is called `shops`; there are `shop` (did you mean `shop`?)
    5:8 goals: no file of goals is called `..`; there are `shop`
    "#);
    let shop = Shop::new().with("scenarios/s.yaml", small_with("persona: hunter", "persona: parent"));
    let shop = shop
        .with("personas/mother.yaml", PERSONA)
        .with("scenarios/personas/father.yaml", PERSONA);
    assert_snapshot!(shop.briefly(&LoadOptions::default()), @r#"10:15 customers[0].persona: no persona is called `parent`; there are `father`, `hunter`, `mother`"#);
}

#[test]
fn a_mistake_in_a_file_that_is_named_tells_that_file() {
    let shop = Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with(
            "personas/hunter.yaml",
            format!("{PERSONA}typing: {{chars_per_s: 0, burst: [0]}}\npatiance: {{}}\n"),
        )
        .with(
            "channels/plain.yaml",
            PROFILE.replace("profile: plain", "profile: other"),
        )
        .with(
            "knowledge/shop.yaml",
            KNOWLEDGE.replace("{money: 50}", "{money: 50, percent: 5}"),
        );
    assert_snapshot!(shop.wrong(&LoadOptions::default()), @r#"
    scenario is not valid: scenarios/s.yaml

      knowledge/shop.yaml:6:7  topics.coupon.facts.amount: expected exactly one of `money`, `percent`, `duration`, `date`, `identifier`, `text`, `tiers`, `holds`, found 2
        |
      6 |       amount: {money: 50, percent: 5}
        |       ^^^^^^

      channels/plain.yaml:1:10  profile: expected `plain`, as the file is called, found `other`
        |
      1 | profile: other
        |          ^^^^^

      personas/hunter.yaml:3:23  typing.chars_per_s: expected a number above 0, found `0`
        |
      3 | typing: {chars_per_s: 0, burst: [0]}
        |                       ^

      personas/hunter.yaml:3:26  typing.burst: expected at least one number above 0, found none
        |
      3 | typing: {chars_per_s: 0, burst: [0]}
        |                          ^^^^^

      personas/hunter.yaml:4:1  patiance: unknown key
        |
      4 | patiance: {}
        | ^^^^^^^^
        |
        = hint: did you mean `patience`?

    hint: `throng schema scenario` lists the keys (also: persona, goals, profile, knowledge)
    "#);
}

#[test]
fn two_parts_of_one_name_are_refused() {
    let define = "define:\n  personas:\n    - {persona: hunter, language: zh}\n    - {persona: hunter, language: en}\n";
    let text = small_with("persona: hunter", "persona: ../personas/mine.yaml");
    let shop = Shop::new()
        .with("scenarios/s.yaml", format!("{text}{define}"))
        .with("personas/mine.yaml", PERSONA)
        .with("personas/goals/shop.yaml", GOALS);
    assert_snapshot!(shop.briefly(&LoadOptions::default()), @r#"
    23:17 define.personas[1].persona: expected a name of its own, found `hunter` again
    personas/mine.yaml:1:10 persona: expected a name of its own, found `hunter` again
    "#);
}

#[test]
fn goals_must_fit_the_knowledge_and_the_language() {
    let goals = GOALS
        .replace("about: coupon", "about: coupn")
        .replace("coupon.amount", "coupon.amont")
        .replace("zh: [有券吗], ", "")
        .replace("asks_for: order_number", "says: '(快递'")
        .replace("then: leave", "max: 0");
    let shop = Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("personas/goals/shop.yaml", goals);
    assert_snapshot!(shop.briefly(&LoadOptions::default()), @r#"
    10:29 customers[0].goal: `hunter` writes `zh`, but `check-coupon` says nothing in it at `agenda[0].ask.say` (add texts under `zh` or `any` there)
    personas/goals/shop.yaml:5:18 goals[0].agenda[0].ask.about: no topic is called `coupn`; there are `coupon` (did you mean `coupon`?)
    personas/goals/shop.yaml:7:21 goals[0].agenda[0].ask.expects[0]: no fact is called `coupon.amont`; there are `coupon.amount`, `coupon.until` (did you mean `coupon.amount`?)
    personas/goals/shop.yaml:9:22 goals[0].branches[0].when.says: expected a regular expression, found `(快递`: unclosed group
    personas/goals/shop.yaml:12:14 goals[0].branches[1].max: expected at least 1, found `0`
    "#);
    assert_snapshot!(briefly(&small_with("knowledge: shop\n", "")), @r#"
    built-in goals shop:5:18 goals[0].agenda[0].ask.about: expected a scenario with `knowledge` to look up `coupon`, found none (name it in the scenario: `knowledge: NAME`)
    built-in goals shop:7:21 goals[0].agenda[0].ask.expects[0]: expected a scenario with `knowledge` to look up `coupon.amount`, found none (name it in the scenario: `knowledge: NAME`)
    "#);
    let goals = GOALS
        .replace("{any: [\"{{ order_number }}\"]}", "{any: ['']}")
        .replace("expects: [coupon.amount, ", "expects: [x, ");
    let shop = Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("personas/goals/shop.yaml", goals);
    assert_snapshot!(shop.briefly(&LoadOptions::default()), @r#"personas/goals/shop.yaml:7:21 goals[0].agenda[0].ask.expects[0]: expected `TOPIC.FACT`, `RECORD.COLUMN` or `order_number`, found `x`"#);
}

/// What is wrong with a goal that says `say`, beside a CSV file.
fn with_csv(csv: &[u8], say: &str) -> String {
    Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with(
            "personas/goals/shop.yaml",
            GOALS.replace("{zh: [有券吗], en: [any coupon?]}", say),
        )
        .with("personas/goals/q.csv", csv)
        .briefly(&LoadOptions::default())
        .replace("personas/goals/shop.yaml:", "")
}

#[test]
fn a_csv_file_is_told_by_row_and_column() {
    let files: [&[u8]; 5] = [
        b"id,txt\n1,a\n",
        b"id,text\n1,a\n2,\n",
        b"id,text\n1,a,b\n",
        b"id,text\n1,\xd6\xd0\n",
        b"id,text\n",
    ];
    let told = files.map(|csv| with_csv(csv, "{from: q.csv, column: text}"));
    assert_snapshot!(told.join("\n"), @r#"
    6:38 goals[0].agenda[0].ask.say.column: `personas/goals/q.csv` has no column `text`; there are `id`, `txt` (did you mean `txt`?)
    6:23 goals[0].agenda[0].ask.say.from: `personas/goals/q.csv`, row 3, column `text`: expected a text, found nothing
    6:23 goals[0].agenda[0].ask.say.from: `personas/goals/q.csv`, row 2: expected 2 fields as in the header, found 3
    6:23 goals[0].agenda[0].ask.say.from: `personas/goals/q.csv`, row 2, column `text`: expected UTF-8, found 0xd6 (if it was written as GBK, `iconv -f GBK -t UTF-8 personas/goals/q.csv` converts it)
    6:23 goals[0].agenda[0].ask.say.from: expected rows below the header of `personas/goals/q.csv`, found none
    "#);
    let says = [
        "{from: none.csv, column: text}",
        "{from: q.csv}",
        "{column: q}",
        "{from: q.csv, column: x, en: [x]}",
    ];
    assert_snapshot!(says.map(|say| with_csv(b"", say)).join("\n"), @r#"
    6:23 goals[0].agenda[0].ask.say.from: cannot read `personas/goals/none.csv`: no such file
    6:23 goals[0].agenda[0].ask.say.from: expected a `column` of `q.csv` beside it, found none
    6:25 goals[0].agenda[0].ask.say.column: expected a CSV file in `from` beside it, found none
    6:11 goals[0].agenda[0].ask.say: expected texts either here or `from` a file, found both
    "#);
    let many: String = (0..100_002).map(|row| format!("{row},x\n")).collect();
    let told = with_csv(format!("id,text\n{many}").as_bytes(), "{from: q.csv, column: text}");
    assert!(
        told.contains("row 100002, column `text`: expected at most 100000 rows"),
        "{told}"
    );
}
