use super::*;
use crate::reading::normalise;

/// The values of a text in short: `money 50; 3..5 d; 11-11`.
fn shown(text: &str) -> String {
    let stated = values_in(&normalise(text)).stated;
    let shown: Vec<String> = stated
        .iter()
        .filter(|stated| stated.value != Value::Identifier)
        .map(|stated| {
            let force = match stated.force {
                Force::Plain => "",
                Force::Loose => " loose",
                Force::Former => " former",
                Force::Denied => " denied",
            };
            format!("{}{force}", one(&stated.value))
        })
        .collect();
    shown.join("; ")
}

fn one(value: &Value) -> String {
    match value {
        Value::Money(amount) => format!("money {}", ends(amount, 1.0)),
        Value::Percent(amount) => format!("{} %", ends(amount, 1.0)),
        Value::PercentOff(amount) => format!("{} % off", ends(amount, 1.0)),
        Value::Duration(amount) if amount.high >= 86_400.0 && amount.high % 43_200.0 == 0.0 => {
            format!("{} d", ends(amount, 86_400.0))
        }
        Value::Duration(amount) if amount.high >= 1_800.0 => format!("{} h", ends(amount, 3_600.0)),
        Value::Duration(amount) => format!("{} s", ends(amount, 1.0)),
        Value::Date {
            year: Some(year),
            month,
            day,
        } => format!("{year}-{month}-{day}"),
        Value::Date { year: None, month, day } => format!("{month}-{day}"),
        Value::Day(NamedDay::Counted(days)) => format!("day {days:+}"),
        Value::Day(named) => format!("{named:?}"),
        Value::Identifier => "id".to_owned(),
    }
}

fn ends(amount: &Amount, unit: f64) -> String {
    let round = |value: f64| (value / unit * 100.0).round() / 100.0;
    if amount.low == amount.high {
        round(amount.low).to_string()
    } else {
        format!("{}..{}", round(amount.low), round(amount.high))
    }
}

fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, expected)| (text, expected, shown(text)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}: expected `{expected}`, found `{found}`"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_currency_is_of_the_number_that_it_prices() {
    check(&[
        ("168 RMB一晚,含早", "money 168"),
        ("168RMB一晚", "money 168"),
        ("168 rmb 一晚", "money 168"),
        ("通票95 RMB一张", "money 95"),
        ("通票95CNY一张", "money 95"),
        ("95 yuan一人", "money 95"),
        ("95yuan一位", "money 95"),
        ("CNY 95每位", "money 95"),
        ("95 CNY每位", "money 95"),
        ("95人民币一位", "money 95"),
        ("168元/晚", "money 168"),
        ("168 元 / 晚", "money 168"),
        ("168 rmb两晚", "money 168"),
        ("336 RMB 2晚", "money 336"),
        ("336 rmb for 2 nights", "money 336"),
        ("95 rmb one ticket", "money 95"),
        ("95 rmb 1 person", "money 95"),
        ("20 usd一人", ""),
        ("大床房2间 rmb 336", "money 336"),
        ("从300到rmb280", "money 280"),
        ("双人间 RMB一百五", "money 150"),
    ]);
}

#[test]
fn money_is_read_however_it_is_written() {
    check(&[
        ("50元", "money 50"),
        ("50 元", "money 50"),
        ("50块", "money 50"),
        ("50块钱", "money 50"),
        ("¥50", "money 50"),
        ("¥ 50", "money 50"),
        ("￥50.00", "money 50"),
        ("５０元", "money 50"),
        ("RMB 50", "money 50"),
        ("rmb50", "money 50"),
        ("50 RMB", "money 50"),
        ("50rmb", "money 50"),
        ("CNY 50", "money 50"),
        ("50 yuan", "money 50"),
        ("fifty yuan", "money 50"),
        ("three hundred yuan", "money 300"),
        ("人民币50元", "money 50"),
        ("五十元", "money 50"),
        ("一百五十元", "money 150"),
        ("一百五十块", "money 150"),
        ("一百五块钱", "money 150"),
        ("三千二元", "money 3200"),
        ("两百块", "money 200"),
        ("两万元", "money 20000"),
        ("3万元", "money 30000"),
        ("1.5万元", "money 15000"),
        ("1,299元", "money 1299"),
        ("¥1,299.50", "money 1299.5"),
        ("9.9元包邮", "money 9.9"),
        ("9块9", "money 9.9"),
        ("9块9包邮", "money 9.9"),
        ("三块五", "money 3.5"),
        ("九块九包邮", "money 9.9"),
        ("199元一瓶", "money 199"),
        ("十块一个", "money 10"),
        ("10元3支", "money 10"),
        ("3元5角", "money 3.5"),
        ("5毛", "money 0.5"),
        ("满300减50", "money 300; money 50"),
        ("满300元减50元", "money 300; money 50"),
        ("满三百减五十", "money 300; money 50"),
        ("满300-50", "money 300; money 50"),
        ("满99包邮", "money 99"),
        ("每满200立减20,上不封顶", "money 200; money 20"),
        ("定金50,尾款100", "money 50; money 100"),
        ("到手价:199", "money 199"),
        ("spend 300 yuan, get 50 off", "money 300; money 50"),
        ("50 yuan off orders over 300 yuan", "money 50; money 300"),
        ("50-100元", "money 50..100"),
        ("¥50-100", "money 50..100"),
        ("¥50-¥100", "money 50..100"),
        ("50元至100元", "money 50..100"),
        ("定金50，100元尾款", "money 50; money 100"),
    ]);
}

#[test]
fn percentages_are_read_however_they_are_written() {
    check(&[
        ("12%", "12 %"),
        ("12 %", "12 %"),
        ("12.5%", "12.5 %"),
        ("１２％", "12 %"),
        ("12 percent", "12 %"),
        ("百分之五", "5 %"),
        ("百分之五十", "50 %"),
        ("百分之5", "5 %"),
        ("百分之百", "100 %"),
        ("八折", "80 %"),
        ("8折", "80 %"),
        ("打8.8折", "88 %"),
        ("八八折", "88 %"),
        ("九五折", "95 %"),
        ("95折", "95 %"),
        ("9.5折", "95 %"),
        ("5折起", "50 %"),
        ("五到八折", "50..80 %"),
        ("20% off", "20 % off"),
        ("5% discount", "5 % off"),
        ("立减5%", "5 % off"),
        ("5%的优惠", "5 % off"),
        ("95% of the price", "95 %"),
        ("5%-10%", "5..10 %"),
        ("10%-20% off", "10..20 % off"),
    ]);
}

#[test]
fn lengths_of_time_are_read_however_they_are_written() {
    check(&[
        ("48小时", "2 d"),
        ("48个小时", "2 d"),
        ("48 小时内", "2 d"),
        ("四十八小时", "2 d"),
        ("48h", "2 d"),
        ("48hrs", "2 d"),
        ("within 48 hours", "2 d"),
        ("48-hour", "2 d"),
        ("forty-eight hours", "2 d"),
        ("7天", "7 d"),
        ("七天无理由", "7 d"),
        ("7日内", "7 d"),
        ("7日无理由退货", "7 d"),
        ("15天价保", "15 d"),
        ("3 days", "3 d"),
        ("a 7-day return", "7 d"),
        ("two weeks", "14 d"),
        ("within a week", "7 d"),
        ("一周", "7 d"),
        ("两周", "14 d"),
        ("2个工作日", "2 d"),
        ("2 business days", "2 d"),
        ("1-3个工作日", "1..3 d"),
        ("3-5天", "3..5 d"),
        ("三到五天", "3..5 d"),
        ("三五天", "3..5 d"),
        ("两三天", "2..3 d"),
        ("3至5个工作日", "3..5 d"),
        ("3 to 5 days", "3..5 d"),
        ("between 3 and 5 days", "3..5 d"),
        ("3天-5天", "3..5 d"),
        ("24-48小时", "1..2 d"),
        ("0.5小时 - 1小时", "0.5..1 h"),
        ("半小时", "0.5 h"),
        ("半天", "12 h"),
        ("一个半小时", "1.5 h"),
        ("两天半", "2.5 d"),
        ("30分钟", "0.5 h"),
        ("60秒", "60 s"),
        ("1个月", "30 d"),
        ("三个月", "90 d"),
        ("一年", "365 d"),
        ("1.5小时", "1.5 h"),
    ]);
}

#[test]
fn days_are_read_however_they_are_written() {
    check(&[
        ("11月11日", "11-11"),
        ("11月11号", "11-11"),
        ("11 月 11 日", "11-11"),
        ("十一月十一日", "11-11"),
        ("2026年11月11日", "2026-11-11"),
        ("2026-11-11", "2026-11-11"),
        ("2026/11/11", "2026-11-11"),
        ("2026.11.11", "2026-11-11"),
        ("2026-11-11 00:00", "2026-11-11"),
        ("Nov 11", "11-11"),
        ("Nov. 11", "11-11"),
        ("November 11th", "11-11"),
        ("November 11, 2026", "2026-11-11"),
        ("11 November", "11-11"),
        ("the 11th of November", "11-11"),
        ("on May 5", "5-5"),
        ("11/11", "11-11"),
        ("11/15", "11-15"),
        ("双11", "11-11 loose"),
        ("双十一", "11-11 loose"),
        ("双十二", "12-12 loose"),
        ("11.11大促", "11-11 loose"),
        ("明天发货", "day +1"),
        ("大后天", "day +3"),
        ("后天", "day +2"),
        ("今晚", "day +0 loose"),
        ("tomorrow", "day +1"),
        ("the day after tomorrow", "day +2"),
        ("11月1日至11月11日", "11-1 loose; 11-11 loose"),
        ("11月11日0点付尾款", "11-11"),
        ("11月11日-15日", "11-11 loose"),
    ]);
}

#[test]
fn what_is_no_value_is_left_alone() {
    for text in NO_VALUES {
        assert_eq!(shown(text), "", "{text}");
    }
}

const NO_VALUES: &[&str] = &[
    "订单6123400000001712345已发货",
    "电话13800138000",
    "热线400-820-8820",
    "010-12345678",
    "SF1234567890123",
    "spf50+ pa+++",
    "iPhone 15",
    "型号A50",
    "50ml",
    "晚上20:00",
    "7x24小时在线",
    "24/7 support",
    "满2件打包",
    "买2送1",
    "3件",
    "第3天",
    "第三天",
    "周一至周五",
    "每周五",
    "一下",
    "一点",
    "稍等一会",
    "万一",
    "千万别",
    "一定",
    "百度一下",
    "七匹狼",
    "三星",
    "减一点",
    "省一半",
    "统一发货",
    "有一天",
    "三折叠",
    "5毛巾",
    "3周年",
    "10秒杀",
    "三块香皂",
    "大三元酒家",
    "糖三角",
    "坐到八角站",
    "找了半天",
    "四周还有什么",
    "最后一天",
    "2026年",
    "30多天",
    "这两天",
    "过两天",
    "几十元",
    "数十元",
    "十几元",
    "几百元",
    "10余天",
    "11日",
    "8点",
    "$50",
    "50美元",
    "$5 off",
    "save $20",
    "50块港币",
    "US$ 50",
    "€50",
    "50 dollars",
    "once a day",
    "you may 5",
    "version 1.2.3",
    "13月40日",
    "2月30日",
    "3.14",
    "1/2",
    "18 years old",
    "",
];

#[test]
fn list_numbers_do_not_grow_into_amounts() {
    check(&[
        ("①50元 ②100元", "money 50; money 100"),
        ("1️⃣50元", "money 50"),
        ("1. 50元", "money 50"),
        ("1、50元", "money 50"),
    ]);
}

#[test]
fn limits_and_denials_have_less_force() {
    check(&[
        ("最高减150元", "money 150 loose"),
        ("最多可减150元", "money 150 loose"),
        ("满300减50,最高减150", "money 300; money 50; money 150 loose"),
        ("up to 150 yuan", "money 150 loose"),
        ("150元封顶", "money 150 loose"),
        ("不是60元,是50元", "money 60 denied; money 50"),
        ("not 60 yuan but 50 yuan", "money 60 denied; money 50"),
        ("最晚48小时内", "2 d"),
    ]);
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_spans_lie_within_it(text in "[0-9一二两三百千万元块角点号周下末底对折%天日月年半双满减个和¥$,./:~@_a-z ①\u{200b}-]{0,40}") {
        let plain = normalise(&text);
        for stated in values_in(&plain).stated {
            proptest::prop_assert!(plain.get(stated.span.clone()).is_some_and(|part| !part.is_empty()), "{text}: {stated:?}");
        }
    }

    #[test]
    fn an_amount_is_read_back_from_each_of_its_forms(amount in 10u32..99_999) {
        for text in [format!("{amount}元"), format!("¥{amount}"), format!("满{amount}包邮"), format!("{amount} yuan")] {
            proptest::prop_assert_eq!(shown(&text), format!("money {amount}"));
        }
    }
}
