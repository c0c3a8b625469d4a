//! Chinese: what stands in the clause of the number, and in those behind it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::super::super::clauses::clause;
use super::super::super::any_of;

/// So many clauses behind one that only names the number may ask for it.
const CLAUSES_AFTER: usize = 2;

/// True when the number that is named here is asked for.
pub(super) fn is_asked(text: &str, name: &Range<usize>) -> bool {
    let own = clause(text, name);
    let (whole, before, after) = (
        &text[own.clone()],
        &text[own.start..name.start],
        &text[name.end..own.end],
    );
    if ONLY_THEN.is_match(after) {
        return true;
    }
    if DENIED.is_match(before) {
        return false;
    }
    let asks = || text[own.end..].starts_with('?') || whole.trim_end().ends_with(['吗', '么', '呢']);
    let is_requested = || ASKED_BEFORE.is_match(before) || ASKED_AFTER.is_match(after);
    let is_needed = || NEEDED.is_match(before) || NEEDED_AFTER.is_match(after);
    let is_given = || GIVEN.is_match(before) || GIVEN_AFTER.is_match(after);
    let is_asked_here = || asks() || PLAINLY.is_match(before) || !is_given() && (is_requested() || is_needed());
    !BOT_GIVES.is_match(whole) && is_asked_here()
        || is_asked_next(text, own.end, whole)
        || is_listed(text, own.start, before)
}

/// 单号还记得吗? 麻烦发一下; 短信里有订单号,发我看看.
fn is_asked_next(text: &str, end: usize, whole: &str) -> bool {
    let mut rest = &text[end..];
    for _ in 0..CLAUSES_AFTER {
        let next = rest.trim_start_matches([',', ';', '!', '?', '。', '、', '.', ' ', '\n', '~']);
        let length = next.find([',', ';', '!', '?', '。', '\n', '.']).unwrap_or(next.len());
        let (said, mark) = (&next[..length], next[length..].chars().next());
        if NOT_GIVEN.is_match(said) {
            return false;
        }
        let is_question = mark == Some('?') && HAS.is_match(said);
        let is_short = whole.chars().count() <= 8 && (said.starts_with("谢") || said.starts_with('请') && length <= 12);
        if SENT.is_match(said) || is_question || is_short {
            return true;
        }
        rest = &next[length..];
    }
    false
}

/// 请提供以下信息: 1. 订单号; 麻烦提供一下信息,比如订单号.
fn is_listed(text: &str, start: usize, before: &str) -> bool {
    let above = text[..start].trim_end_matches([',', ';', '!', '。', '、', '.', ' ', '\n', '-', '*', '•']);
    let first = above.rfind([',', ';', '!', '?', '。', '\n']).map_or(0, |at| at);
    HEAD.is_match(before) && LIST.is_match(&above[first..])
}

/// What one does who tells a number.
const GIVE: &str =
    "发|给|报|说|告诉|告知|提供|提交|贴|粘|复制|念|回复|输|传|填|出示|附|留|补|写|甩|丢|抄|备注|上报|交|拍|截|转|示";

/// What is asked of somebody.
const ASK: &str = "请|麻烦|烦|劳|辛苦|方便|能|可否|可以|拜托|帮忙|先|只要|只需|还需|需要|您|你|亲|把|将|直接|要是|如果";

/// Shows that it is given to the bot.
const HERE: &str = "送?(?:一?下|一?声|过来|出来|上来|我|给|到|来|上|客服|这边|看看?|呗|吧|哦|哈|即可|就|$)";

static DENIED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "(?:不用|不需要?|无需|无须|不必|勿|别|不要|没必要|不会|不能|保管|保存|保留|收好|记住|记好|牢记|谢谢|感谢|多谢|已收到|已经收到|收到了|收到您|看到了|查到|已有|有了|凭|核对过)[^,。!?;]{0,10}$",
        "到店|入住时|现场|取票|取货|核销|检票|柜台",
    ])
});

/// The number comes from the bot or its shop, or only is somewhere.
static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "(?:我们|系统|酒店|商家|平台|短信|邮件|会|将会|已经?|自动|生成|产生|确认后|成功后|支付后)[^,。!?;请您你烦需要]{0,6}$",
    ])
});
static GIVEN_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "^[^,。!?;]{0,4}(?:不用|不需要|无需|不必|不要|别|会|将|已|没有?问题|没错|收到|有问题|可以(?:在|看|查)|在|是(?:用来|系统))",
    ])
});

/// 请提供预订时生成的订单编号: who is asked for it so may well have got it from the shop.
static PLAINLY: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "(?:请|麻烦|烦请|劳烦|辛苦)(?:您|你)?(?:先|再|将|把|直接)?(?:提供|发来|发送|发下|发一下|告诉|告知|输入|填写|报一?下|给我|给一?下|回复|出示)[^,。!?;不]{0,16}$",
    ])
});

/// Before that the bot can do nothing: 得先看到订单号才能帮您查.
static ONLY_THEN: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "^[^,。!?;]{0,4}(?:才|方)(?:能|好|可以?|行|会)(?:帮|给|为|替|查|看|处理|核实|定位|找|确认|知道|答|[,。!;哦呢的]|$)",
    ])
});

/// What the bot does with it itself.
static BOT_GIVES: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        &format!("(?:给|为|向|替|帮)(?:您|你)[^,。!?;]{{0,4}}(?:{GIVE}|查|找|看|生成)"),
        "(?:发|寄|推送|发送|通知|告诉|告知|展示|显示|短信)(?:给|到|至|在|于)(?:您|你|手机|邮箱|短信|页面|详情|订单)",
        &format!(
            "我们?(?:可以|会|将|再|来|去|先)*(?:把|将)?[^,。!?;请您你]{{0,8}}(?:{GIVE})(?:送|一下)?(?:给)?(?:您|你)"
        ),
        &format!("(?:会|将会|自动|随后|稍后)[^,。!?;请您你]{{0,8}}(?:{GIVE}|推送|通知|显示|更新|生成)"),
        "^(?:谢谢|感谢|多谢)|(?:^|已|已经)收到(?:了|您|你)|(?:您|你)[^,。!?;]{0,4}会(?:收到|看到)",
    ])
});

static ASKED_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        &format!("(?:{ASK})[^,。!?;]{{0,12}}(?:{GIVE})[^,。!?;]{{0,12}}$"),
        &format!("^\\W*(?:那|就|好的?)?(?:{GIVE})(?:一下|下|我|个|给我|上|出)*[^,。!?;]{{0,6}}$"),
        &format!("(?:请|麻烦|烦请|劳烦)[^,。!?;]{{0,12}}{HERE}(?:您|你)?的?$"),
        "(?:您|你|请|麻烦)[^,。!?;]{0,4}(?:找|翻)(?:一?下|找)[^,。!?;]{0,6}$",
    ])
});
static ASKED_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        &format!("^[^,。!?;会]{{0,10}}?(?:{GIVE})(?:{HERE})"),
        &format!("^[^,。!?;会]{{0,10}}?(?:{ASK})[^,。!?;会]{{0,6}}(?:{GIVE})"),
    ])
});

/// 前台需要您的预订号, 想先要一下订单号; not 不需要.
static NEEDED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "(?:^|[^不无没])(?:需要?|须|得有|得要|(?:我|咱|这边|系统|我们|您|必须|总)得|得先|还?差|还?缺|要|想(?:跟|和|向|请|问|知道))(?:先|依据?|依照|按照?|据|一下|下|您|你|的|用到?|有|提供|知道|拿到?|核对|核实|看到|见到|看|根据|通过|凭|看一?下|对一?下|跟|和|向|确认|了解|个|到|这边|这位|客人|顾客|那笔|一个|相关|完整|有效|正确|预订时?|下单时?|那个|这个|两样|信息|:|是|以下)*$",
    ])
});
static NEEDED_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&["^(?:是|为)?(?:必需|必须|必要|必填|不可少|少不了|还?缺|还?差|需要您|要您|得有|给到)[^,。!?;]{0,8}$"])
});

/// The next clause asks that it be sent.
static SENT: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[&format!(
        "^(?:那|就|然后|再|之后|找到后?|查到后?|看到后?|有的话|方便的话|如果有的?话?|您|你|亲|请|并|麻烦(?:您|你)?|烦请|劳烦|辛苦(?:您|你)?|劳驾|可以|能|方便|直接|帮忙|把它|将其|把这个|整段|完整|也|先|后)*(?:{GIVE})(?:{HERE})"
    )])
});

/// The next clause gives or denies something of its own.
static NOT_GIVEN: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&["不用|不需要|无需|不必|(?:发|告诉|告知|通知|推送)(?:送)?(?:给|到|至)?(?:您|你)|我们?(?:会|将)"])
});

/// 您有吗?
static HAS: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&["^[^,。!?;]{0,8}(?:有|记得|知道|方便|能|可以|还在|是多少|是什么|找得到|看得?到|手边|发|给|说|提供)"])
});

static HEAD: LazyLock<Regex> =
    LazyLock::new(|| any_of(&[r"^(?:比如|例如|如|包括|像|就是|即|[0-9]+|[①-⑨]|您的|你的|[\s.:)\-*•、(])*$"]));
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[&format!(
        "(?:{ASK}|需)[^,。!?;]{{0,10}}(?:{GIVE}|核对|确认)[^,。!?;]{{0,12}}$|(?:需要|还差|还缺|只差|就差|想要|要的是)[^,。!?;]{{0,12}}$"
    )])
});
