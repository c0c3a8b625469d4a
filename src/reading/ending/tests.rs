use super::*;

fn why(text: &str) -> Option<Break> {
    breaks_off(text).map(|(why, _)| why)
}

#[test]
fn texts_that_break_off_are_known() {
    for (text, expected) in [
        ("您的订单已\u{fffd}", Break::BrokenCharacter),
        ("满300减50,", Break::Dangling),
        ("优惠活动如下,满300元减50元，", Break::Dangling),
        ("本店支持七天无理由退货,包括", Break::Dangling),
        ("本店支持的快递有以下几家：顺丰、", Break::Dangling),
        ("暂时不能发货,因为", Break::Dangling),
        ("您可以选择顺丰或", Break::Dangling),
        ("优惠后价格是¥", Break::Dangling),
        ("我们的发货时间和退货的规则如下：", Break::Dangling),
        ("You get 50 yuan off orders over 300 yuan, and", Break::Dangling),
        ("We ship within 48 hours because", Break::Dangling),
        (
            "Returns are free within 7 days for all items including",
            Break::Dangling,
        ),
        ("Orders over 300 yuan are pre-", Break::Dangling),
        ("Number 4711 is pending, you", Break::Dangling),
        ("We are sorry, that", Break::Dangling),
        ("是我们的疏忽。那您", Break::Dangling),
        ("I can see the booking, and it will", Break::Dangling),
        ("Most people like it there. They are", Break::Dangling),
        ("本店商品的价格为", Break::Dangling),
        ("仓库就在", Break::Dangling),
        ("付款后系统会", Break::Dangling),
        ("快递员将在", Break::Dangling),
        ("退货很方便，请您", Break::Dangling),
        ("这款手机的", Break::Dangling),
        ("活动跟别的", Break::Dangling),
        ("大部分商品在仓库的", Break::Dangling),
        ("小票已经发到", Break::Dangling),
        ("The price I have for", Break::Dangling),
        ("Nothing is wrong with", Break::Dangling),
        ("It is about average for that", Break::Dangling),
        ("A ticket is 70 yuan, which is about average for", Break::Dangling),
        ("Tickets are 70 yuan each, and you can", Break::Dangling),
        ("满300减50（限今天", Break::OpenBracket),
        ("You get 50 off (only today", Break::OpenBracket),
        ("请点击“我的订单", Break::OpenBracket),
        ("请在【订单详情", Break::OpenBracket),
        ("步骤:\n1. 打开订单\n2. 点击退款\n3.", Break::EmptyItem),
        ("You can:\n- pay now\n- pay later\n-", Break::EmptyItem),
        ("活动:\n**满300减50**\n**会员", Break::OpenMarkup),
        ("```json\n{\"a\": 1}", Break::OpenMarkup),
        ("| 活动 | 优惠 |\n|---|---|\n| 双11 | 满300", Break::OpenMarkup),
        ("详情见[活动页](https://shop.exa", Break::OpenMarkup),
        ("Read more at https://", Break::OpenMarkup),
        ("点击<a href=\"https://shop", Break::OpenMarkup),
        ("{\"answer\": \"满300减50", Break::OpenJson),
    ] {
        assert_eq!(why(text), Some(expected), "{text}");
    }
}

#[test]
fn whole_texts_are_left_alone() {
    for text in [
        "",
        "👌",
        "好的",
        "亲,满300减50哦",
        "满300元减50元",
        "您好，",
        "有什么可以帮助您的",
        "已经帮您申请",
        "我们没有这种行为",
        "客服24小时都在",
        "给您一次机会",
        "这个不会",
        "谢谢您",
        "这款是我们的",
        "这件颜色挺红的",
        "没有评分在4.5以上的",
        "已经收到",
        "I wonder which city to look in",
        "这边帮您联系站点了哦、",
        "祝您生活愉快，",
        "Dear customer,",
        "共计三百元,服务态度温和",
        "订单已发往颐和",
        "您的手机138****0000已验证",
        "由张**先生签收",
        "**满300减50**",
        "不开心:(",
        "(╯°□°)╯ 怎么会这样",
        "1) 付定金 2) 付尾款",
        "a) pay b) wait",
        "(满300减50）",
        "满300减50(限今天。",
        "尺寸是5\"",
        "[微笑]",
        "3 < 5",
        "详情见https://shop.example.com/a?b=(c)",
        "You get 50 yuan off",
        "What are you looking for",
        "There is nothing to compare it with",
        "I'll call you as soon as I can",
        "Yes, it is",
        "I know what the price is",
        "Here you are",
        "You may leave whenever you want to",
        "This is the museum that you asked for",
        "We take care of that",
        "I know that",
        "Ask me if you can",
        "Vitamin A",
        "1. 付定金\n2. 付尾款",
        "```\ncode\n```",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "{\"answer\": \"满300减50\"}",
        "{name}您好",
        "祝您购物愉快~",
        "稍等…",
    ] {
        assert_eq!(why(text), None, "{text}");
    }
}

#[test]
fn the_place_is_the_part_that_is_open() {
    for (text, place) in [
        ("满300减50（限今天", "（限今天"),
        ("步骤\n1. 打开\n2.  ", "2."),
        ("不能发货,因为", "因为"),
    ] {
        let (_, span) = breaks_off(text).unwrap();
        assert_eq!(&text[span], place);
    }
}
