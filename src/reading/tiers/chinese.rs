//! Chinese: 满, 超过 and their like before what is spent, 以上 behind it; 减, 返, 省 before what is taken off.

use std::sync::LazyLock;

use regex::Regex;

use super::Part;

/// What an amount is by what stands before it and after; `leads` where another amount follows on what stands after.
pub(super) fn part(before: &str, after: &str, leads: bool) -> Option<Part> {
    let (before, after) = (before.trim_end(), after.trim_start());
    if AT_LEAST.is_match(before) {
        return Some(Part::Spend);
    }
    if OFF_BEFORE.is_match(before) && !COSTS.is_match(after) {
        return Some(Part::Off);
    }
    let is_price = || PRICE.is_match(before);
    if SPEND_BEFORE.is_match(before) || SPEND_AFTER.is_match(after) || leads && TAKEN.is_match(after) && !is_price() {
        return Some(Part::Spend);
    }
    OFF_AFTER.is_match(after).then_some(Part::Off)
}

/// True for what is a condition of what was said before it: 立减20元(满200元可用), 减20需满200, 减20的话买到200.
pub(super) fn is_a_condition(before: &str, after: &str) -> bool {
    CONDITION.is_match(after) || CONDITION_BEFORE.is_match(before)
}

/// True for what leads to an amount that somebody wants to be taken off, by what is said after it: 想减20, 要想少付20.
pub(super) fn is_an_aim(before: &str) -> bool {
    AIM.is_match(before)
}

/// What is done to an amount that is taken off.
const TAKES: &str = "[打减免扣抹去砍划刨切削剪拿割](?:掉|去|走|下来?)|减免?|返现?|返还|退(?:还|回|给)?|优惠|省下?|节省|抵扣?|抵用|便宜|扣除?|少[付收花算给掏交]?|立?免|让利|立降|直降|降|抹|砍";

/// What may stand between such a verb and its amount.
const WHOSE: &str = "[ 您你了个掉去约大概*]*";

/// 不少于300, 至少300: before the 少 of 少付.
static AT_LEAST: LazyLock<Regex> =
    LazyLock::new(|| pattern("(?:不(?:少|低|小)于|至少|起码|最低|最少)[ 要需消费满达到为是:]*$"));

/// 满300, 总价过300, 买够300, 凑到300; not 人均消费.
static SPEND_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let reaches = "(?:^|[,;、。和]|总?[价额]|金额|合计|累计|一共|总共|消费|账单|订单|单子)到|上了?|门槛(?:是|为|:)|满|达到?|超过?|过|高于|大于|多于|够|≥|>=?|上到";
    let pays = "(?:凑|买|购|购买|购物|花|花费|攒|拼|拼单|下单|订|付|充|(?:^|[^均])消费)(?:足|到|上|齐)?";
    pattern(&format!("(?:{reaches}|{pays})[ 了足额约在到个:]*$"))
});

/// 300元以上, 300元档, 300起减, 300元的订单.
static SPEND_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    let paid = "订单|账单|单子|消费|团购|[这那一]?[个一]?档|档位|门槛";
    pattern(&format!(
        r"^(?:元|块钱?)?(?:\((?:含|及)?以?上?\))?(?:(?:及|或|和|含)?(?:以上|之上|往上)|打底|起步|\+|起[减返降省优立享]|起(?:[ ,:可即就]|$)|的?(?:{paid}))"
    ))
});

/// 300减50, 300就便宜50, 300的打掉50: the verb of the next amount.
static TAKEN: LazyLock<Regex> = LazyLock::new(|| {
    let leads = "的话|的|就|即|可|能|立|直|再|给您?|帮您|为您|自动|可以|就能|享|,| ";
    pattern(&format!("^(?:元|块钱?)?(?:{leads})*(?:{TAKES}|让)[掉去您了]*$"))
});

/// What a thing costs is not what must be spent; 总价 is what all of it comes to.
static PRICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern("(?:(?:^|[^总])价格?|价钱|卖|仅需|只要|只需|人均(?:消费)?|才|收费|定金|尾款|押金)[ 是为:约在]*$")
});

/// 减50, 立省50, 返现50, 打掉50, 让50; not 让您50, which may be anything.
static OFF_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:{TAKES}|去)(?:(?:金额|额度|力度)[ 为是:]*)?{WHOSE}$|让[ 约]*$"
    ))
});

/// 50元优惠, 50元不用付; not 50元优惠券, which is a thing.
static OFF_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^的?(?:优惠|折扣|减免|立减|抵扣|折让|返现)(?:[^券]|$)|^(?:元|块钱?)?(?:您|你|就|可以?|都|也)*(?:不用|不必|无需|不需要?|甭|免)再?[给付掏出交算收]",
    )
});

/// 减20元运费: of something else.
static COSTS: LazyLock<Regex> = LazyLock::new(|| pattern("^的?(?:运费|邮费|配送费|服务费|手续费|押金|定金|差价)"));

static CONDITION: LazyLock<Regex> =
    LazyLock::new(|| pattern("^(?:及?以上)?(?:的?订单)?(?:即?可|就[能可行够好成]|使用|起?用|门槛|时|才|适用)"));

static CONDITION_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let pays = "满|达|买|购|花|消费|凑|拼|订|付|充";
    let must = "要|(?:^|[^获觉取记懂])得";
    pattern(&format!(
        "需|须|门槛|条件|\\(满|(?:{must})先?(?:{pays})|^(?:元|块钱?)?的话"
    ))
});

static AIM: LazyLock<Regex> = LazyLock::new(|| {
    let wants = "想要?|要想|为了|(?:^|[,;。! ])(?:如果|若|要是)?要";
    pattern(&format!("(?:{wants})[能再多立直 ]*(?:{TAKES}){WHOSE}$"))
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}
