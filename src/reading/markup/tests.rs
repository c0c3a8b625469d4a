use super::*;

/// What a screen for plain text, one for links, one for Markdown and one for HTML show as it is written.
fn seen(text: &str) -> [Option<Markup>; 4] {
    let on = |shows| seen_as_written(text, shows).map(|(markup, _)| markup);
    [Shows::Plain, Shows::Links, Shows::Markdown, Shows::Html].map(on)
}

#[test]
fn markup_is_seen_as_written_where_the_screen_does_not_know_it() {
    let markdown = |markup| [Some(markup), Some(markup), None, Some(markup)];
    let html = [Some(Markup::Html), Some(Markup::Html), Some(Markup::Html), None];
    let json = [Some(Markup::Json); 4];
    for (text, expected) in [
        ("| 商品 | 价格 |\n|---|---|\n| 面霜 | 199元 |", markdown(Markup::Table)),
        ("Item | Price\n--- | :---:\nCream | 199", markdown(Markup::Table)),
        ("|时效|\n|:--|\n|48小时|", markdown(Markup::Table)),
        ("## 退货流程\n请在订单里申请", markdown(Markup::Heading)),
        ("Hello!\n# Returns\nFree within 7 days", markdown(Markup::Heading)),
        ("您的订单**已发货**,请留意", markdown(Markup::Bold)),
        ("满**300**元减**50**元", markdown(Markup::Bold)),
        ("It ships **within 48 hours**.", markdown(Markup::Bold)),
        ("点[这里](https://shop.example/help)查看", markdown(Markup::Link)),
        ("See [the rules](/help/returns)", markdown(Markup::Link)),
        ("![coupon](https://shop.example/a.png)", markdown(Markup::Link)),
        ("好的:\n```\n48小时\n```", markdown(Markup::Code)),
        ("<p>48小时内发货</p>", html),
        ("48小时内发货<br/>请放心", html),
        ("<DIV class=\"card\">48 hours</DIV>", html),
        ("满300&nbsp;减50", html),
        (r#"{"type": "card", "title": "面霜"}"#, json),
        (r#"为您推荐:[{"title": "面霜", "price": 199}]"#, json),
    ] {
        assert_eq!(seen(text), expected, "{text}");
    }
}

#[test]
fn a_link_in_html_is_shown_where_links_are() {
    let text = "请<a href=\"https://shop.example/o\">查看订单</a>";
    assert_eq!(
        seen(text),
        [Some(Markup::Html), None, Some(Markup::Html), None],
        "{text}"
    );
    let text = "<a href=\"https://shop.example/o\">查看</a><b>订单</b>";
    assert_eq!(seen(text)[1], Some(Markup::Html));
}

#[test]
fn what_people_write_is_no_markup() {
    for text in [
        "*仅限今天",
        "* 仅限今天\n* 每人一张",
        "1. 打开订单\n2. 点击退款",
        "- 满300减50\n- 满500减100",
        "love you <3",
        "订单号<123>,运费<10元",
        "199~299元都有哦~~",
        "尺寸10*20*30",
        "5 ** 2",
        "张**先生,尾号**1234的订单",
        "收件人:李**,手机138****5678",
        "138**5678 和 139**1234",
        "138****5678,139****1234",
        "#双11# 今晚开始",
        "#1 in skincare",
        "[微笑][玫瑰]",
        "[订单](已发货)",
        "A | B | C",
        "------\n客服小美",
        "|ω・)",
        "{昵称}您好",
        "Tom & Jerry; AT&T",
        "a < b and c > d",
        "请看 https://shop.example/a_b_c?x=1&y=2",
        "`order` 里查看",
        "",
    ] {
        assert_eq!(seen(text), [None; 4], "{text}");
    }
}

#[test]
fn the_first_markup_is_told_with_its_place() {
    let text = "好的\n# 价格\n<b>199元</b>";
    let (markup, at) = seen_as_written(text, Shows::Plain).unwrap();
    assert_eq!((markup, &text[at]), (Markup::Heading, "# 价"));
    let (markup, at) = seen_as_written(text, Shows::Markdown).unwrap();
    assert_eq!((markup, &text[at]), (Markup::Html, "<b>"));
}

#[test]
fn reading_hostile_text_takes_time_in_proportion() {
    for piece in ["**a", "[", "![", "<a ", "|--", "{\"a", "# ", "](", "&#"] {
        let text = piece.repeat(32 * 1024 / piece.len());
        for shows in [Shows::Plain, Shows::Links, Shows::Markdown, Shows::Html] {
            if let Some((_, at)) = seen_as_written(&text, shows) {
                assert!(text.get(at).is_some(), "{piece}");
            }
        }
    }
}
