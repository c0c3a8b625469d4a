use super::*;
use crate::reading::Passage;

fn kind(text: &str) -> ReplyKind {
    let phrases = Phrases::new(std::iter::empty(), &["花漾美妆", "Bloom Beauty"]).unwrap();
    let passage = Passage::new(text, jiff::civil::date(2026, 11, 10));
    kind_of(&passage, std::iter::once(&phrases))
}

#[test]
fn what_buys_time_is_holding() {
    let wrong: Vec<&str> = HOLDING
        .iter()
        .copied()
        .filter(|text| kind(text) != ReplyKind::Holding)
        .collect();
    assert!(wrong.is_empty(), "read as answers:\n{}", wrong.join("\n"));
}

const HOLDING: &[&str] = &[
    "请稍等",
    "亲,请稍等",
    "亲,请稍等哦~",
    "好的,请您稍等一下",
    "请稍等片刻,正在为您查询",
    "正在为您查询",
    "正在为您查询,请稍候...",
    "正在帮您核实订单信息,请稍等",
    "我帮您查一下哈",
    "好的亲,这边帮您看一下",
    "马上为您查询物流信息,请耐心等待",
    "正在为您查询订单6123400000001712345,请稍候",
    "在的亲",
    "在的",
    "亲,在的,请稍等",
    "在呢~",
    "您好",
    "亲亲您好",
    "您好,请问有什么可以帮您?",
    "您好,欢迎光临花漾美妆,请问有什么可以帮到您的吗?",
    "欢迎光临花漾美妆旗舰店,很高兴为您服务",
    "亲,当前咨询量较大,请耐心等待",
    "双11期间咨询人数较多,回复较慢,敬请谅解",
    "您前面还有5人在排队,请耐心等待",
    "当前排队人数12人,预计等待3分钟",
    "请您稍等5分钟",
    "已收到您的消息,我们会尽快回复您",
    "您的问题已记录,客服会在24小时内回复您",
    "正在为您转接人工客服,请稍候",
    "好的,马上给您转接人工",
    "客服正忙,请稍候",
    "客服现在不在线,我们会尽快回复",
    "抱歉让您久等了,正在处理中",
    "感谢您的耐心等待",
    "不好意思亲,让您久等了,这就帮您查",
    "请稍等[微笑]",
    "请稍等🙏",
    "亲,稍等下哦,我去问一下仓库",
    "您好,我是客服小美,正在为您查询,请稍等",
    "請稍等,正在為您查詢",
    "请您稍等,马上回来",
    "收到,马上帮您核实",
    "工作时间为9:00-21:00,稍后会尽快回复您",
    "One moment please.",
    "One moment, please...",
    "Just a moment",
    "Please hold on a second.",
    "Hold on, let me check that for you.",
    "Let me look into that for you.",
    "I'll check your order status now, one moment.",
    "Please wait while I check that for you.",
    "Hi there! How can I help you today?",
    "Hello! Welcome to Bloom Beauty. How may I assist you?",
    "Thanks for your patience, I'm still looking into it.",
    "Thank you for contacting us. We will get back to you shortly.",
    "We have received your message and will reply to you within 24 hours.",
    "We are currently experiencing a high volume of messages. Thank you for your patience.",
    "You are number 5 in the queue.",
    "An agent will be with you shortly.",
    "I'm transferring you to a human agent, please hold.",
    "Bear with me for a moment.",
    "Hi, this is Amy. One moment please.",
    "Your message has been received.",
    "",
    "  ",
];

#[test]
fn what_says_something_is_an_answer() {
    let wrong: Vec<&str> = ANSWERS
        .iter()
        .copied()
        .filter(|text| kind(text) != ReplyKind::Substantive)
        .collect();
    assert!(wrong.is_empty(), "read as holding:\n{}", wrong.join("\n"));
}

const ANSWERS: &[&str] = &[
    "满300减50",
    "亲,请稍等,满300元减50元",
    "好的,请稍等,只找到一家酒店是如家商旅酒店。",
    "在的亲,可以退货的",
    "在的,不支持退货",
    "您好,明天发货",
    "您好,48小时内发货",
    "请稍等,预计明天送达",
    "帮您查到了,包裹在路上",
    "已经帮您查过了,还没有发货",
    "正在为您处理,退款将在3天内到账",
    "稍等,顺丰速运",
    "好的",
    "可以的",
    "不客气,祝您生活愉快",
    "没问题",
    "是的亲",
    "请提供一下您的订单号",
    "您好,请提供订单号,我帮您查询",
    "已为您催促仓库发货",
    "您好,您的订单6123400000001712345已由顺丰发出,请耐心等待",
    "亲,赠品是迷你口红,请稍等我再确认数量",
    "您可以在订单页查看物流信息",
    "存在的问题我们已修复",
    "现在的活动是会员95折",
    "感谢您的支持,下单后送小样",
    "请耐心等待,退货运费由我们承担",
    "你好,我帮你查一下,你从北京大学东门地铁站上车,到双井站下车就可以了",
    "这款精华适合敏感肌使用",
    "会员日为每月8号",
    "No",
    "Yes, you can return it within 7 days.",
    "Hello! Orders ship within 48 hours.",
    "One moment please. The coupon gives 50 yuan off orders over 300 yuan.",
    "Hi, it is available now.",
    "Please hold the bottle upright.",
    "Thank you for your order, it was shipped yesterday.",
    "Could you share your order number?",
    "You're welcome, have a nice day!",
    "Let me check: the gift is a mini lipstick.",
    "The parcel is waiting at the pick-up point.",
    "Please wait 15 minutes before you apply the next layer of cream.",
    "We ship with SF Express.",
];

#[test]
fn a_scenario_adds_phrases_of_its_own() {
    let own = ["小铃铛正在.*赶来".to_owned()];
    let phrases = Phrases::new(own.iter(), &[]).unwrap();
    let kind = |text: &str| {
        kind_of(
            &Passage::new(text, jiff::civil::date(2026, 11, 10)),
            std::iter::once(&phrases),
        )
    };
    assert_eq!(kind("小铃铛正在飞速赶来~"), ReplyKind::Holding);
    assert_eq!(kind("小铃铛正在飞速赶来,满300减50"), ReplyKind::Substantive);
    assert!(Phrases::new(["(".to_owned()].iter(), &[]).is_err());
    assert!(Phrases::new(["a)|(b".to_owned()].iter(), &[]).is_err());
}

#[test]
fn a_promise_of_the_answer_for_the_next_message_is_told_from_other_requests() {
    let promises = |text: &str| prompts(&Passage::new(text, jiff::civil::date(2026, 11, 10)));
    for text in [
        "【正在思考'我的订单到哪了'中，已思考0s，回复任意文字尝试获取回复】",
        "思考中,请回复任意内容获取答案",
        "正在生成,回复1继续获取回复",
        "稍后发送任意消息即可查看结果",
        "请稍等,再发一条消息即可获取回复",
        "Still thinking. Reply with any text to get the answer.",
        "One moment, send any message to receive my reply",
    ] {
        assert!(promises(text), "{text}");
        assert_eq!(kind(text), ReplyKind::Holding, "{text}");
    }
    for text in [
        "亲,请稍等",
        "请回复订单号,我帮您查询",
        "回复1查询物流,回复2转人工",
        "回复人工可转人工客服",
        "正在为您查询,稍后回复您",
        "Please reply with your order number",
        "Reply 1 for shipping, 2 for returns",
        "Send a photo of the item to start a return",
    ] {
        assert!(!promises(text), "{text}");
    }
    for answer in [
        "满300元减50元,回复任意内容获取完整回复",
        "您的订单明天送达。Reply with any text to see more",
    ] {
        assert_eq!(kind(answer), ReplyKind::Substantive, "{answer}");
    }
}
