use std::time::Duration;

use jiff::civil::date;

use super::*;

fn reader() -> Reader {
    Reader::new(&shop::scenario()).unwrap()
}

#[test]
fn scenario_and_profile_add_holding_replies_each_where_it_belongs() {
    let reader = reader();
    for (text, channel, expected) in [
        ("小助手去翻小本本啦", 0, ReplyKind::Holding),
        ("小助手去翻小本本啦", 1, ReplyKind::Holding),
        ("小铃铛正在火速赶来", 0, ReplyKind::Holding),
        ("小铃铛正在火速赶来", 1, ReplyKind::Substantive),
        ("Our elves are on it!", 1, ReplyKind::Holding),
        ("Our elves are on it!", 0, ReplyKind::Substantive),
        ("请稍等", 7, ReplyKind::Holding),
        ("欢迎来到花漾美妆", 0, ReplyKind::Holding),
    ] {
        assert_eq!(reader.kind(text, channel), expected, "{text} on {channel}");
    }
}

#[test]
fn a_transfer_notice_answers_only_who_wants_a_person() {
    let reader = reader();
    for text in [
        "正在为您转接人工客服,请稍候",
        "I'm transferring you to a human agent, please hold.",
    ] {
        assert_eq!(reader.kind(text, 0), ReplyKind::Holding, "{text}");
        assert_eq!(reader.kind_for(text, 0, true), ReplyKind::Substantive, "{text}");
    }
    assert_eq!(reader.kind_for("请稍等", 0, true), ReplyKind::Holding);
}

#[test]
fn who_is_asked_for_the_order_number_was_answered() {
    let reader = reader();
    for (text, expected) in [
        ("您好，请回复您的订单号。", ReplyKind::Substantive),
        ("我帮您查，订单号发我。", ReplyKind::Substantive),
        ("我帮您查一下订单，请稍等。", ReplyKind::Holding),
    ] {
        assert_eq!(reader.kind(text, 0), expected, "{text}");
    }
}

#[test]
fn a_fallback_is_an_answer_though_a_bad_one() {
    let reader = reader();
    for text in [
        "您好,抱歉没听懂",
        "请稍等,小助手懵了",
        "系统繁忙,请稍后再试",
        "My crystal ball is foggy",
        "Sorry, I didn't get that.",
    ] {
        assert!(reader.read(text).fallback, "{text}");
        assert_eq!(reader.kind(text, 0), ReplyKind::Substantive, "{text}");
    }
}

#[test]
fn a_reading_tells_all_that_a_reply_does() {
    let reading = reader().read("好的,正在为您转接人工客服,请提供订单号和手机号");
    assert_eq!(
        reading,
        Reading {
            fallback: false,
            handoff: true,
            asks_for: vec![Slot::OrderNumber, Slot::Phone]
        }
    );
    assert_eq!(reader().read("满300减50"), Reading::default());
}

#[test]
fn facts_are_stated_as_whole_typed_values() {
    let reader = reader();
    let money = FactValue::Money(50.0);
    let hours = FactValue::Duration(Duration::from_secs(48 * 3_600));
    let week = FactValue::Duration(Duration::from_secs(7 * 86_400));
    let day = FactValue::Date(date(2026, 11, 11));
    let percent = FactValue::Percent(95.0);
    let code = FactValue::Identifier("SF-EXPRESS".to_owned());
    let name = FactValue::Text(PerLanguage {
        zh: vec!["顺丰速运".to_owned(), "顺丰".to_owned()],
        en: vec!["SF Express".to_owned()],
    });
    for (text, value, expected) in [
        ("满300减50", &money, true),
        ("满三百减五十", &money, true),
        ("fifty yuan off", &money, true),
        ("订单2050号", &money, false),
        ("减150", &money, false),
        ("50%", &money, false),
        ("$50", &money, false),
        ("不是50元", &money, false),
        ("50-100元", &money, false),
        ("30-50元", &money, true),
        ("48小时内", &hours, true),
        ("两天内发货", &hours, true),
        ("24-48小时", &hours, true),
        ("148小时", &hours, false),
        ("七天无理由", &week, true),
        ("within a week", &week, true),
        ("17天", &week, false),
        ("11月11日", &day, true),
        ("2026-11-11", &day, true),
        ("2025-11-11", &day, false),
        ("双十一当天", &day, true),
        ("明天", &day, true),
        ("今天", &day, false),
        ("Nov 11th", &day, true),
        ("会员95折", &percent, true),
        ("九五折", &percent, true),
        ("5% off", &percent, true),
        ("95%", &percent, true),
        ("5%", &percent, false),
        ("95元", &percent, false),
        ("由sf-express配送", &code, true),
        ("sf-express2", &code, false),
        ("xsf-express", &code, false),
        ("顺丰发货", &name, true),
        ("順豐發貨", &name, true),
        ("shipped by sf express.", &name, true),
        ("sf expressway", &name, false),
        ("圆通发货", &name, false),
    ] {
        assert_eq!(reader.states(text, value, Language::Zh), expected, "{text}: {value:?}");
    }
}

#[test]
fn tomorrow_depends_on_when_it_is_said() {
    let reader = reader();
    let eleventh = FactValue::Date(date(2026, 11, 11));
    let states = |text: &str, after: u64| {
        reader
            .passage(text, Duration::from_secs(after))
            .states(&eleventh, Language::Zh)
    };
    // The run starts at 23:50 on November 10; twenty minutes later it is the 11th.
    assert!(states("明天付尾款", 0) && !states("今天付尾款", 0));
    assert!(states("今天付尾款", 1_200) && !states("明天付尾款", 1_200));
}

#[test]
fn a_bad_pattern_is_named() {
    let mut scenario = (*shop::scenario()).clone();
    scenario.file.fallbacks.zh.push("(没听懂".to_owned());
    let error = Reader::new(&scenario).err().unwrap();
    assert_eq!(error.to_string(), "`(没听懂` is not a regular expression");
}

#[test]
fn a_bot_gone_wild_cannot_stop_the_reader() {
    let reader = reader();
    for piece in [
        "50元",
        "明天",
        "最高减",
        "1",
        "一",
        "满300减50",
        "请提供订单号",
        "没听懂",
        "，",
        "正在为您查询",
        "a",
        "11月11日",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let passage = reader.passage(&text, Duration::ZERO);
        assert!(passage.text().len() <= 40_000, "{piece}");
        reader.read_passage(&passage);
        passage.claims(
            &["减", "满"]
                .map(|word| Subject::new(&[word.to_owned()]))
                .into_iter()
                .collect(),
        );
        reader.kind(&text, 0);
    }
}

#[test]
fn a_place_is_found_again_in_what_was_written() {
    for (written, words) in [
        ("减50元", "50元"),
        ("满３００元，减６０元", "６０元"),
        ("OK，减６０元", "ok"),
        ("贈品\u{200b}價值６０元哦", "價值６０元"),
        ("①减50", "50"),
    ] {
        let passage = Passage::new(written, jiff::civil::date(2026, 11, 10));
        let plain = normalise(words);
        let start = passage.text().find(&plain).unwrap();
        let place = passage.as_written(written, &(start..start + plain.len()));
        assert_eq!(normalise(&written[place]).trim(), plain, "{written}");
    }
}
