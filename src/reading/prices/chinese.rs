//! How prices are said in Chinese.

use super::{Place, without_links};

/// What is paid for one by one: 70一位, 每晚199, 84/人.
#[rustfmt::skip]
const MEASURES: &[&str] = &[
    "个人", "间夜", "人次", "间房", "张票", "小时", "人", "位", "个", "晚", "夜", "宿", "间", "张", "份", "客", "次",
    "件", "瓶", "套", "桌", "台", "杯", "碗", "趟", "车", "场", "天", "日", "月", "年", "票", "斤", "辆", "床", "头",
    "户",
];

/// What has a price before it: 70的门票.
#[rustfmt::skip]
const THINGS: &[&str] = &[
    "门票", "票", "房", "标间", "大床", "双床", "套餐", "床位", "单间", "酒店", "餐厅", "餐馆",
];

/// What begins like one of something: 一次性, 一天到晚, 一位数.
const NO_RATES: &[&str] = &["一次性", "一天到晚", "一位数", "一日三", "一年四", "一个样", "一个都"];

/// What a rate or a price begins to say of its number: 每晚199. Before a number a day is often one of opening hours.
#[rustfmt::skip]
const FRONT_RATES: &[&str] = &[
    "人", "位", "个人", "晚", "晚上", "夜", "宿", "间", "间房", "间夜", "房", "张", "张票", "份", "客", "桌",
    "个成人", "个大人", "个小孩", "位成人", "位客人", "人份", "顿", "趟", "次", "小时", "间客房", "套", "只", "件",
];

/// Nouns of what something costs, by how they end.
#[rustfmt::skip]
const PRICES: &[&str] = &[
    "价", "价格", "价钱", "价位", "费", "费用", "票", "人均", "位均", "客均", "桌均", "票钱", "房钱", "饭钱", "车钱", "租金", "押金", "房租", "花费",
    "开销", "消费", "开支", "报价", "收费", "标间", "标准间", "大床房", "双床房", "单人间", "双人间", "双人房",
    "单人房", "家庭房", "亲子房", "三人间", "大床", "双床", "商务间", "床位",
];

/// What ends like one of those and is none.
#[rustfmt::skip]
const NO_PRICES: &[&str] = &[
    "评价", "发票", "投票", "选票", "免费", "浪费", "免票", "取票", "检票", "代价", "半票",
];

/// Verbs of paying. What is signed for is not charged: 签收3.
#[rustfmt::skip]
const PAYING: &[&str] = &[
    "收", "收取", "卖", "要花", "得花", "花了", "花费", "只花", "才花", "就花", "人花", "均花", "掏", "付", "要交",
    "得交", "缴", "收您", "收你",
];
const NO_PAYING: &[&str] = &["签收", "接收", "回收", "验收", "查收", "代收", "外卖", "对付"];

/// Who pays: 成人70, 儿童35.
#[rustfmt::skip]
const PAYERS: &[&str] = &[
    "成人", "大人", "儿童", "小孩", "孩子", "小朋友", "学生", "老人", "成年人",
];

/// What may stand between a price and its number.
#[rustfmt::skip]
pub(super) const LINKS: &[&str] = &[
    ":", "|", "=", "→", "-", "(元)", "是", "为", "在", "约", "大约", "大概", "大致", "差不多", "基本", "基本上",
    "也就", "就", "才", "只", "只要", "只需", "仅", "仅需", "只有", "不过", "一共", "总共", "还", "还是", "现在",
    "目前", "今天", "今晚", "今日", "当前", "现", "如今", "一般", "通常", "平均", "正常", "平日", "周末", "平时",
    "旺季", "淡季", "要", "得", "需", "需要", "会", "按", "算", "算下来", "下来", "收", "收您", "卖", "开", "报",
    "定", "标", "花", "付", "掏", "消费", "这边", "这里", "那边", "的话", "来说", "给您", "特价", "优惠价", "统一",
    "都是", "呢", "哈", "嘛", "呀", "的", "其实", "应该", "可能", "估计", "最低", "原价", "现价",
];

/// What may follow on a price, where a clause does not end.
#[rustfmt::skip]
const CLOSES: &[&str] = &[
    "拿走", "管", "吃", "住", "玩", "进", "买", "订", "到手", "送", "带", "左右", "上下", "起", "以内", "以上",
    "以下", "出头", "不等", "封顶", "就", "即可", "便", "能", "可", "够", "足够", "包邮", "包早", "包含", "包吃",
    "包住", "包税", "含", "全包", "不含", "不算", "另", "还", "都", "也", "每", "搞定", "拿下", "扫码", "入园",
    "进园", "有", "成人", "儿童", "学生", "大人", "小孩", "老人",
];

pub(super) const PARTICLES: &[char] = &[
    '哦', '哈', '呢', '吧', '啊', '呀', '啦', '嘛', '喔', '哟', '噢', '了', '的', '咯', '呗', '滴', '哒', '嗷', '诶',
    '欸', '耶', '嘞', '~', '～', ' ', '*',
];

/// True for what only begins like a count: 199包早, 70小孩35.
pub(super) fn goes_on(after: &str) -> bool {
    ["包邮", "包早", "包含", "包吃", "包住", "包税", "成人", "小孩", "小朋友"]
        .iter()
        .any(|word| after.starts_with(word))
}

/// True when a text begins with what is paid for one by one.
pub(super) fn begins_with_rate(after: &str) -> bool {
    let after = without_limits(after).trim_start();
    if let Some(thing) = after.strip_prefix('的') {
        return THINGS.iter().any(|name| thing.starts_with(name));
    }
    let rate = ["每一", "每", "一", "/ ", "/"]
        .iter()
        .find_map(|one| after.strip_prefix(one));
    rate.is_some_and(|rate| MEASURES.iter().any(|measure| rate.starts_with(measure)))
        && !NO_RATES.iter().any(|word| after.starts_with(word))
}

/// True when a clause ends here, or goes on with what may follow on a price.
pub(super) fn closes(after: &str) -> bool {
    let rest = after.trim_start_matches(PARTICLES);
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '/' | '-'));
    ends || rest.len() < after.trim_start_matches([' ', '*']).len()
        || CLOSES.iter().any(|word| rest.starts_with(word))
        || begins_with_rate(rest)
}

/// True when what stands before a number says that it is a price.
pub(super) fn is_priced(place: &Place) -> bool {
    let rest = without_links(place.before, LINKS);
    let ends_in = |words: &[&str], not: &[&str]| {
        let is_word = words.iter().any(|word| rest.ends_with(word));
        is_word && !not.iter().any(|word| rest.ends_with(word))
    };
    // A link may be the verb itself: 进园收70.
    let pays = PAYING.iter().any(|verb| place.before.ends_with(verb));
    let pays = pays && !NO_PAYING.iter().any(|verb| place.before.ends_with(verb)) && place.value >= super::ALONE.start;
    let is_age = ["以上", "以下", "以内", "-", "~"]
        .iter()
        .any(|word| place.after.starts_with(word))
        || place.is_range;
    pays || ends_in(PRICES, NO_PRICES)
        || ends_with_rate(rest)
        || ends_in(PAYERS, &[]) && !is_age
        || is_of_day(place, rest)
}

/// 一张票70, 每晚199.
fn ends_with_rate(rest: &str) -> bool {
    let mut rates = FRONT_RATES.iter().filter_map(|rate| rest.strip_suffix(rate));
    rates.any(|before| before.ends_with(['每', '一', '单']) && !before.ends_with("同一") && !before.ends_with("第一"))
}

/// 一天199; 每天10-18 are opening hours.
fn is_of_day(place: &Place, rest: &str) -> bool {
    let is_day = ["每天", "一天", "每日"].iter().any(|day| rest.ends_with(day));
    is_day && place.value > 24.0 && !place.is_range
}

/// A text without 左右, 起 and their like, which limit the number before them.
fn without_limits(after: &str) -> &str {
    let limits = ["左右", "上下", "起", "出头"];
    limits
        .iter()
        .find_map(|limit| after.strip_prefix(limit))
        .unwrap_or(after)
}

/// A text without limits and particles.
pub(super) fn without_particles(after: &str) -> &str {
    without_limits(after.trim_start_matches(PARTICLES)).trim_start_matches(PARTICLES)
}
