use proptest::prelude::*;

use super::*;

fn key() -> RunKey {
    RunKey::of_seed(7)
}

fn masked(text: &str) -> String {
    Masks::new(key()).mask(text).into_owned()
}

#[test]
fn phones_are_hidden_in_every_way_of_writing_them() {
    for (text, expected) in [
        ("我的电话13800138000,急", "我的电话[phone],急"),
        ("138 0013 8000", "[phone]"),
        ("138-0013-8000", "[phone]"),
        ("1３８００１３８０００", "[phone]"),
        ("138\u{200b}00138000", "[phone]"),
        ("13800138000/13900139000", "[phone]/[phone]"),
        ("13800138000,13900139000", "[phone],[phone]"),
        ("13800138000 13900139000", "[phone] [phone]"),
        ("+86 138 0013 8000 12月", "[phone] 12月"),
        ("+8613800138000", "[phone]"),
        ("(+86)13800138000", "(+86)[phone]"),
        ("8613800138000", "[phone]"),
        ("0086-138-0013-8000", "[phone]"),
        ("call +1 (415) 555-2671 now", "call [phone] now"),
        ("call +44 20 7946 0958.", "call [phone]."),
        ("(415) 555-2671", "[phone]"),
        ("415-555-2671", "[phone]"),
        ("座机010-12345678", "座机[phone]"),
        ("座机0571 87654321转1", "座机[phone]转1"),
        ("wx13800138000", "wx[phone]"),
    ] {
        assert_eq!(masked(text), expected, "{text}");
    }
}

#[test]
fn cards_and_identity_numbers_are_hidden_when_their_check_digit_is_right() {
    for (text, expected) in [
        ("card 4111111111111111.", "card [card]."),
        ("GB29 NWBK 6016 1331 9268 19", "[account]"),
        ("SSN 536-90-4399", "SSN [id]"),
        ("mary at gmail dot com", "[email]"),
        ("4111 1111 1111 1111 2026", "[card] 2026"),
        ("5500-0000-0000-0004", "[card]"),
        ("378282246310005", "[card]"),
        ("3782 822463 10005", "[card]"),
        ("卡号6222020200012345678", "卡号6222020200012345678"),
        ("卡号6222020200012345670", "卡号[card]"),
        ("6222 0202 0001 2345 670", "[card]"),
        ("4111111111111112", "4111111111111112"),
        ("身份证11010519491231002X", "身份证[id]"),
        ("身份证11010519491231002x号", "身份证[id]号"),
        ("身份证１１０１０５１９４９１２３１００２Ｘ", "身份证[id]"),
        ("440308 19990110 1512", "[id]"),
        ("440308199901101512", "[id]"),
        ("440308199901101513", "440308199901101513"),
        ("440308199913101511", "440308199913101511"),
        ("11010519491231002号", "11010519491231002号"),
    ] {
        assert_eq!(masked(text), expected, "{text}");
    }
}

#[test]
fn mail_and_addresses_are_hidden() {
    for (text, expected) in [
        ("发到zhang.san+1@mail.example.com。", "发到[email]。"),
        ("ａ＠ｑｑ．ｃｏｍ", "[email]"),
        ("寄到浙江省杭州市余杭区文一西路969号3幢5楼,谢谢", "寄到[address],谢谢"),
        (
            "收货地址是北京市朝阳区建国路88号SOHO现代城",
            "收货地址是[address]SOHO现代城",
        ),
        ("上海市 浦东新区 世纪大道 100号", "[address]"),
        ("广东省深圳市南山区科技园小区12栋B单元1203室", "[address]"),
        ("内蒙古自治区呼和浩特市新城区新华大街1号", "[address]"),
        ("杭州市西湖区文三路90号1幢2单元501,周末在家", "[address],周末在家"),
        ("朝阳区三里屯路１９号院", "[address]"),
        ("ship to 221B Baker Street, London", "ship to [address]"),
        (
            "I live at 1600 Pennsylvania Ave NW and 350 Fifth Avenue, New York, NY 10118.",
            "I live at [address] NW and [address].",
        ),
        ("742 Evergreen Terrace, Springfield", "[address]"),
        ("12 Oak Drive, Apt 4B", "[address]"),
        ("at 12 baker street please", "at [address] please"),
    ] {
        assert_eq!(masked(text), expected, "{text}");
    }
}

#[test]
fn amounts_dates_times_and_shop_talk_stay() {
    for text in [
        "满300减50, 券后¥1,299.00, 定金100元尾款299元",
        "2026-11-11 20:00 到 2026-11-12 23:59",
        "20261111 200000, 20261111200000, 20261111200000123",
        "时间戳1762876800, 1762876800000, 1762876800000000",
        "圆周率3.14159265358979",
        "退款3到7个工作日, 7天无理由, 48小时内发货",
        "客服热线400-820-1234, 800-555-0199",
        "11月11号零点, 双11, 618",
        "浙江省内包邮, 江苏省次日达, 上海市仓库发货",
        "杭州市所有街道11号恢复发货",
        "第3路快递, 5号线, 24号仓",
        "2 days on the road, 30 Day Returns, 1 Samsung T7 Drive",
        "运单号SF1380013800012, JD0123456789012",
        "1+13=14, 300+20261111",
        "@客服 在吗? a@b",
        "订单号 1234567890123456789",
        "10 11 12 13 14 15 16 17 18 19 20 21",
        "",
    ] {
        let masks = Masks::new(key());
        let masked = masks.mask(text);
        assert_eq!(masked, text);
        assert!(matches!(masked, Cow::Borrowed(_)), "not copied: {text}");
    }
}

#[test]
fn the_runs_own_order_numbers_stay_and_those_of_others_get_no_favour() {
    let (own, other) = (key().order_number(17), key().order_number(44));
    for text in [
        format!("您的订单{own}已发货"),
        format!("订单{} {} {}和{other}", &own[..4], &own[4..10], &own[10..]),
        format!("{own}{other}"),
    ] {
        assert_eq!(masked(&text), text);
    }
    assert_eq!(masked(&format!("{own} 13800138000")), format!("{own} [phone]"));
    let foreign = (0..1_000).map(|customer| RunKey::of_seed(8).order_number(customer));
    assert!(
        foreign.into_iter().any(|number| masked(&number) != number),
        "some pass for cards"
    );
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "[0-9０-９ ()+.@-]{0,20}",
        "[省市区县路街号栋室北京上海浙江a-zA-Z0-9 ,-]{0,20}",
        Just("13800138000".to_owned()),
        Just("11010519491231002X".to_owned()),
        Just("4111 1111 1111 1111".to_owned()),
        Just("a@b.com".to_owned()),
        Just("浙江省杭州市余杭区文一西路969号".to_owned()),
        Just("12 Baker Street".to_owned()),
        Just("\u{200b}".to_owned()),
        (0u64..100).prop_map(|customer| key().order_number(customer)),
        any::<String>(),
    ];
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn masking_twice_changes_nothing_more(text in hostile()) {
        let once = masked(&text);
        prop_assert_eq!(masked(&once), once);
    }

    #[test]
    fn a_phone_between_words_is_always_hidden(
        before in "[^0-9０-９\\-.]{0,10}",
        after in "[^0-9０-９\\-.]{0,10}",
        tail in 0u64..1_000_000_000,
    ) {
        let phone = format!("13{tail:09}");
        let masked = masked(&format!("{before}x{phone}x{after}"));
        prop_assert!(!masked.contains(&phone), "{masked}");
    }
}
