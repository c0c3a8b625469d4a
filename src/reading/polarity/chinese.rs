//! Chinese: what a clause says of its subject: by the nearest run of words, by the next clause, or by taking it for granted.

mod partly;
pub(super) mod runs;

use std::sync::LazyLock;

use regex::Regex;

use super::{Mention, Saying};
use runs::{CLOSE, runs};

pub(super) fn saying(mention: &Mention) -> Option<Saying> {
    if asks(mention) {
        return offered(mention)
            .or_else(|| mention.answered())
            .or_else(|| said_next(mention));
    }
    if let Some(found) = FUTURE.find(mention.after) {
        return Some(Saying {
            holds: false,
            before: 0,
            after: found.end(),
        });
    }
    if let Some(found) = partly::AWAY.find(mention.after) {
        return Some(Saying {
            holds: false,
            before: 0,
            after: found.end(),
        });
    }
    if partly::is_of_some(mention) {
        return partly::of_this_one(mention);
    }
    if let Some(said) = partly::listed_in(mention).or_else(|| partly::left_out(mention)) {
        return Some(said);
    }
    if let Some(said) = partly::wished_for(mention) {
        return Some(said);
    }
    if is_conditional(mention) || super::brief::puts_off(mention.before) {
        return None;
    }
    if is_only_searched_for(mention) {
        return partly::of_this_one(mention);
    }
    if partly::is_not_found(mention) {
        return Some(Saying {
            holds: false,
            before: mention.before.len(),
            after: 0,
        });
    }
    let said = judged(mention)?;
    let is_past = said.holds && (PAST.is_match(mention.before) || PAST.is_match(mention.after));
    Some(Saying {
        holds: said.holds && !is_past,
        ..said
    })
}

/// 以前有: no more.
static PAST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:以前|之前|原来|原先|过去|本来|早先|从前)(?:我们|咱们?|酒店|这里|这边)?[倒是还都也]*(?:有|可以|提供|能|做|开)")
        .expect("a fixed pattern")
});

/// By the words around the mention, else by the next clause, else by taking it for granted.
fn judged(mention: &Mention) -> Option<Saying> {
    let (before, after) = (runs(mention.before), runs(mention.after));
    let distance = |text: &str| text.trim().chars().count();
    let ahead = before.iter().rev().find_map(|run| {
        let gap = distance(&mention.before[run.end..]);
        run.speaks(gap, true).then_some((gap, run))
    });
    let behind = after.iter().find_map(|run| {
        let gap = distance(&mention.after[..run.start]);
        let ends = CLOSES.is_match(&mention.after[run.end..]);
        run.speaks(gap, ends).then_some((gap, run))
    });
    let is_ahead_nearer = |gap: usize| ahead.as_ref().is_none_or(|(other, _)| gap < *other);
    match (&ahead, &behind) {
        // 带宠物不行: what one does is then judged.
        (Some((_, weak)), Some((_, run))) if weak.is_weak() && run.denials > 0 => Some(run.says(0, run.end)),
        // 可以向酒店核实
        (None, Some((_, run))) if run.denials == 0 && is_referred(&mention.after[run.end..]) => None,
        // 别申请价保了, 不支持了: the nearer one, and of two as near the one before.
        (_, Some((gap, run))) if is_ahead_nearer(*gap) => Some(run.says(0, run.end)),
        (Some((_, run)), _) => Some(run.says(mention.before.len() - run.start, 0)),
        _ => said_next(mention)
            .or_else(|| taken_for_granted(mention))
            .or_else(|| said_on(mention)),
    }
}

/// 货到付款的话,我们暂不支持; 健身房?这个真没有: a clause that only names the subject is spoken of by the next.
fn said_next(mention: &Mention) -> Option<Saying> {
    if !NAMES_ONLY.is_match(mention.after) || asks_in(mention.next) {
        return None;
    }
    let behind = |length: usize| mention.after.len() + mention.mark.map_or(0, char::len_utf8) + length;
    let says = |holds: bool, length: usize| Saying {
        holds,
        before: 0,
        after: behind(length),
    };
    if let Some((holds, length)) = super::brief::answer(mention.next) {
        return Some(says(holds, length));
    }
    let (comment, start) = mention.comment();
    let runs = runs(comment);
    let said = runs
        .iter()
        .find(|run| run.has_predicate || run.denials > 0)
        .filter(|run| {
            let is_near = comment[..run.start].trim().chars().count() <= CLOSE;
            let rest = OBJECT.replace(&comment[run.end..], "");
            is_near && rest.chars().count() <= 3
        });
    let granted = || GRANTED.find(comment).filter(|_| !is_referred(comment));
    match said {
        Some(run) => Some(run.says(0, behind(start + run.end))),
        None => Some(says(true, start + granted()?.end())),
    }
}

/// 早餐要另付,不含在内: the next clause goes on about the subject where it names nothing of its own.
fn said_on(mention: &Mention) -> Option<Saying> {
    let (comment, start) = mention.comment();
    let said = runs(comment).into_iter().next().filter(|run| run.has_predicate)?;
    let is_whole =
        comment[..said.start].trim().is_empty() && CLOSES.is_match(&OBJECT.replace(&comment[said.end..], ""));
    let before = mention.after.len() + mention.mark.map_or(0, char::len_utf8) + start;
    is_whole.then(|| said.says(0, before + said.end))
}

/// What will be is not: 明年才开放.
static FUTURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[^,。!?;]{0,6}(?:即将|预计|将于|下个?月|明年|下半年|年底|以后|过段时间)(?:[^,。!?;]{0,6}(?:开(?:放|业|通|张|设|馆|门|了|$|[的呢哦哈啊])|营业|上线|推出|启用|有)|了?$)").expect("a fixed pattern")
});

/// 健身房在三楼, 健身房挺大的, 叫醒服务跟前台说一声就好: nobody says so of what there is not.
fn taken_for_granted(mention: &Mention) -> Option<Saying> {
    let found = GRANTED.find(mention.after)?;
    let is_said = !is_referred(mention.after) && !is_referred(mention.next);
    is_said.then_some(Saying {
        holds: true,
        before: 0,
        after: found.end(),
    })
}

/// True for where something is, how it is, and how one gets it.
pub(super) fn is_granted(clause: &str) -> bool {
    GRANTED.is_match(clause)
}

/// 您要几点的叫醒服务? 需要帮您登记叫醒服务吗? A question that offers it.
fn offered(mention: &Mention) -> Option<Saying> {
    static OFFER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "几点|什么时[间候]|哪个时间|多早|哪一?天|(?:帮|给|为|替)您(?:安排|登记|预[约订]|办理?|设|订|约|开|定|叫)",
        )
        .expect("a fixed pattern")
    });
    static RETOLD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("您(?:是|想|要)*(?:问|说|指|知道|了解|咨询)|几点(?:开|关|到|营业|结束)|请问(?:酒店|你们)")
            .expect("a fixed pattern")
    });
    let clause = [mention.before, mention.after];
    let says = clause.iter().any(|part| OFFER.is_match(part)) && !clause.iter().any(|part| RETOLD.is_match(part));
    says.then_some(Saying {
        holds: true,
        before: mention.before.len(),
        after: mention.after.len(),
    })
}

/// What a clause comes to that only speaks of the subject: 婴儿床给您备着呢.
pub(super) fn leaning(mention: &Mention) -> Option<bool> {
    static UNSURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("关于|至于|说到|问|不确定|不清楚|不知|不了解|没听|没明白|没懂|没收到|谢谢|感谢|信息|资料|说明|详情|情况|政策|规则|价格|请稍|页面|官网|网站|请看|链接|看具体|要看").expect("a fixed pattern")
    });
    let clause = [mention.before, mention.after];
    let is_open = |part: &&str| UNSURE.is_match(part) || is_referred(part);
    if asks(mention) || is_conditional(mention) || clause.iter().any(is_open) || is_referred(mention.next) {
        return None;
    }
    let denials: usize = clause.iter().flat_map(|part| runs(part)).map(|run| run.denials).sum();
    let is_named = NAMES_ONLY.is_match(mention.after) && mention.before.trim().chars().count() < 3;
    let is_at_a_place = PLACE.is_match(mention.before.trim());
    let says = denials > 0 || !is_named || is_at_a_place;
    says.then_some(denials.is_multiple_of(2))
}

/// 五楼健身房.
static PLACE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^(?:地下|负|b)?[一二两三四五六七八九十0-9]{1,3}(?:楼|层)$").expect("a fixed pattern"));

/// What leaves the subject a mere topic.
static NAMES_ONLY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^[\s*_]*(?:的话|的|呢|吗|嘛|么|啊|呀|方面|这块|这个|这项|服务|设施|功能|时|请求|需求|的客人|(?:那|就|真的?|是|还|确实|都)*(?:比较|有点|有些|很|非常|十分|挺|实在|太|蛮|真)?(?:遗憾|抱歉|可惜|不巧|不好意思|对不住|对不起)了?)*[\s*_:]*$",
    )
    .expect("a fixed pattern")
});

/// What is denied or offered, where the subject stands before: 不提供这项服务.
static OBJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:(?:这|那)(?:样|种|类)的?|(?:此|类似|同)类?的?|(?:这|那|该|此|相关)?(?:项|个|种|类)?)(?:服务|设施|功能|项目|业务|场所|场地|地方|条件|东西|房间)").expect("a fixed pattern")
});

/// What may close a clause behind its verb.
static CLOSES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[的了呢哦哈呀啊喔噢啦嘛哟呐哒~～亲\s*_)]*$").expect("a fixed pattern"));

/// Where it is, how it is, when it is open, and how one gets it.
static GRANTED: LazyLock<Regex> = LazyLock::new(|| {
    let place = "(?:的?(?:位置|入口|地址|地点))?[就也都还是]*(?:在|开在|设在|建在)[^不没无页网问]{0,10}?(?:楼|层|厅|旁|边|侧|面|隔壁|前台|院|区|里|内|处|号|室|顶)";
    let path = "就?(?:上|下|坐|乘|进|走|往|沿着?|顺着?|拐)[^不没无街路米家城镇问页网]{0,10}?(?:楼|层|左|右|头|间|边|侧|里|厅|转)";
    let nature = "[那还也真的确实可]*(?:挺|很|蛮|超级?|特别|非常|十分|相当|比较|够)(?:大|小|新|全|好|棒|干净|宽敞|舒服|方便|漂亮|专业|不错|齐全|高级|先进|受欢迎|热门|实用|贴心|准时)";
    let hours = r"(?:是|从|每天|每日|全年|早上?|上午|凌晨|开放时间|时间)*:?\d{1,2}(?:[:点]|\s?am)";
    let way = "(?:请|麻烦您?|您|可|直接|只需要?|需要?|提前[^,联告通找跟和向]{0,4}|用|晚上|睡前|您?只要|就)*(?:拨打?|致电|打电话|打前台|打总机|打客服|打\\d|找|告诉|告知|通知|联系|跟|和|向|去|到|扫码)[^,。不没]{1,12}";
    let new =
        "(?:刚刚?|新|最近|去年|今年|上个?月|才)(?:刚|才)?(?:装修|翻新|升级|改造|扩建|建|开|换)(?:好|完|过|了|的|业|张)";
    let terms = "(?:是|也|都)?(?:不(?:另外?|额外|再)?(?:收费|收钱|要钱|加钱|花钱|限|对外)|(?:不(?:需要?|用|必)|无需|免)(?:提前)?(?:预[约订]|付费|花钱|排队|登记|办卡)|收费|另收|要收)";
    let guests = "(?:仅|只)?(?:限|对|供)(?:本店|酒店|本酒店|在住|入住)?的?(?:住客|住店|房客|客人|宾客|旅客)";
    Regex::new(&format!(
        "^(?:服务|设施)?(?:{place}|{path}|{guests}|{nature}|{hours}|{new}|{terms}|{way})"
    ))
    .expect("a fixed pattern")
});

/// True where somebody else is to say whether it is so: 请咨询前台, 以页面为准.
fn is_referred(text: &str) -> bool {
    static REFERRED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("咨询|确认|核实|了解|询问|问一?下|问问|查询|查一?下|查看|为准|详见|看看").expect("a fixed pattern")
    });
    REFERRED.is_match(text)
}

/// True for 没查到健身房的信息, which is silent, unlike 没查到健身房.
fn is_only_searched_for(mention: &Mention) -> bool {
    static MATTER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:服务|设施)?的?(?:相关)?(?:信息|资料|说明|详情|情况|介绍|记录)").expect("a fixed pattern")
    });
    MATTER.is_match(mention.after)
}

fn asks(mention: &Mention) -> bool {
    let whole_asks = asks_in(mention.before) || asks_in(mention.after);
    let is_asked_after = ["对吗", "是吗", "对吧", "可以吗", "好吗"]
        .iter()
        .any(|tag| mention.next.trim_start().starts_with(tag));
    let ends_asking = ["吗", "么", "是吧", "对吧"]
        .iter()
        .any(|tag| mention.after.trim_end().ends_with(tag));
    mention.is_question() || whole_asks || ends_asking || is_asked_after
}

/// 支不支持, 有没有, 是否; not 答案是否定的.
fn asks_in(text: &str) -> bool {
    static EITHER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("是不是|有没有|能不能|可不可以|可以不可以|支不支持|支持不支持|行不行|会不会|要不要|提不提供|提供不提供|包不包|含不含|是否[^定]|能否|可否|有无[^烟]")
            .expect("a fixed pattern")
    });
    EITHER.is_match(text)
}

fn is_conditional(mention: &Mention) -> bool {
    static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("如果|倘若|若是|假如|要是|只有|除非|否则|仅限|限于|(?:[^刚]|^)才|部分(?:商品|地区|订单|宝贝|款|城市)|个别|视情况|看情况|看具体|取决于")
            .expect("a fixed pattern")
    });
    // 不满意的话可以退: what the customer wishes limits nothing.
    static WISH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:如果|要是|若是|倘若|假如)[您你]?(?:不满意|不喜欢|不合适|需要|想|担心|有需要|有问题)|(?:^(?:那|哦|亲)?(?:如果|要是|若是?|倘若|假如)[您你]?|[您你](?:如果|要是|若是?))(?:是|想|要)*(?:问起?|打听|说起?|指|提到?|讲|关心)(?:的是?|到)?(?:有没有|有无)?$").expect("a fixed pattern")
    });
    // 仅限住客使用: who asks is one.
    static GUESTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("(?:仅限|限于)(?:本店|酒店|本酒店|在住|入住)?(?:的)?(?:住客|住店|房客|客人|宾客|旅客)")
            .expect("a fixed pattern")
    });
    let limits = |text: &str| CONDITION.is_match(&GUESTS.replace(text, "")) && !WISH.is_match(text);
    // 只有 in the clause before limits this one only with the 才 that follows it.
    limits(mention.before) || limits(mention.after) || limits(&mention.previous.replace("只有", ""))
}
