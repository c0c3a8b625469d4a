//! Chinese: runs of words that affirm, deny or stand between (暂不支持, 不是不可以).

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Match, Regex};

use super::{Mention, Saying};

/// Words with a denying character that deny nothing, and words that hold a predicate's character by chance.
const HARMLESS: &str = "无理由|无烟|无忧|无需|无须|无论|无门槛|无条件|不论|不管|不错|不好意思|不但|不仅仅?|不只|不光|不过|不用|不必|不要紧|\
不客气|不满意|不喜欢|不合适|不限|不影响|不拆封|不免费|不是免费|非免费|不知道|没关系|没事|非常|特别|分别|级别|别的|别人|未来|未拆封|未使用|\
功能|性能|智能|所有|有效|有时|有些|有点|有限|银行|行李|进行|流行|发行|会员|会议|机会|社会|一会儿?|可爱|可能|包裹|包装|包邮|刚才|赠品|配送|设施|设备|设计|设置|携带|带来|带走|带上|带[您你]|宽带|一带|地带|领带";

/// Denies what stands next to it.
const DENIALS: &str = "没有|没法|无法|没|不|无|非|别|勿|未|莫";

/// Stands between a denial and what is denied.
const BETWEEN: &str = "暂时|暂|目前|现在|都|也|均|一律|并|再|还|真|太|完全|肯定|绝对|能够|我们|我家|他家|它家|是|说|予|被|已经|已|就|只|仅|尚|直接|说明|得";

/// Affirms, wherever it stands in the clause.
const PREDICATES: &str = "支持|提供|可以|接受|享受|享有|适用|参加|参与|开通|包含|包括|含|附赠|赠送|办理|安排|受理|满足|开放|申请|没问题|配备|配有|设有|免费|随便用|随时用|就在|位于";

/// Affirms only close by, or with a denial: 有运费险, 不能开发票.
const WEAK: &str = "有|能|会|可|行|包|带|设";

/// What was there and is no more.
const ENDED: &str = "取消|停止|暂停|停[用办业运掉]|下线|关闭|关了|关门|拆[掉除了]|撤[掉了销]|不了";

/// One run of the words above.
struct Run {
    start: usize,
    end: usize,
    denials: usize,
    is_strong: bool,
    has_predicate: bool,
}

/// How far a run may be from the subject, in characters.
const WINDOW: usize = 16;

/// How far 有 and its like may be from it without a denial.
const CLOSE: usize = 8;

pub(super) fn saying(mention: &Mention) -> Option<Saying> {
    if asks(mention) || is_conditional(mention) {
        return None;
    }
    let (before, after) = (runs(mention.before), runs(mention.after));
    let distance = |text: &str| text.trim().chars().count();
    let ahead = before.iter().rev().find_map(|run| {
        let gap = distance(&mention.before[run.end..]);
        run.speaks(gap).then_some((gap, run))
    });
    let behind = after.iter().find_map(|run| {
        let gap = distance(&mention.after[..run.start]);
        run.speaks(gap).then_some((gap, run))
    });
    let is_ahead_nearer = |gap: usize| ahead.as_ref().is_none_or(|(other, _)| gap < *other);
    match (&ahead, &behind) {
        // 别申请价保了, 不支持了: the nearer one, and of two as near the one before.
        (_, Some((gap, run))) if is_ahead_nearer(*gap) => Some(run.says(0, run.end)),
        (Some((_, run)), _) => Some(run.says(mention.before.len() - run.start, 0)),
        _ => said_next(mention),
    }
}

/// 货到付款的话,我们暂不支持: a clause that only names the subject is spoken of by the next.
fn said_next(mention: &Mention) -> Option<Saying> {
    let rest = mention.after.trim();
    let only_names = ["", "的话", "呢", "方面", "这块", "这个", "服务", "服务的话"].contains(&rest);
    if !only_names || asks_in(mention.next) {
        return None;
    }
    let runs = runs(mention.next);
    let run = runs.iter().find(|run| run.has_predicate || run.denials > 0)?;
    let is_near = mention.next[..run.start].trim().chars().count() <= CLOSE;
    let ends = mention.next[run.end..].chars().count() <= 3;
    (is_near && ends).then(|| run.says(0, mention.after.len() + 1 + run.end))
}

impl Run {
    fn speaks(&self, gap: usize) -> bool {
        match (self.is_strong, self.has_predicate, self.denials) {
            (true, ..) => gap <= WINDOW,
            (_, true, 0) => gap <= CLOSE,
            (_, true, _) => gap <= WINDOW,
            // 非7天无理由商品: a bare denial only of what it touches.
            (_, false, 1..) => gap <= 1,
            (_, false, 0) => false,
        }
    }

    fn says(&self, before: usize, after: usize) -> Saying {
        Saying {
            holds: self.denials.is_multiple_of(2),
            before,
            after,
        }
    }
}

fn runs(text: &str) -> Vec<Run> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        let run = format!("(?:{PREDICATES}|{ENDED}|{DENIALS}|{BETWEEN}|{WEAK})");
        Regex::new(&format!("没问题|{run}+")).expect("a fixed pattern")
    });
    let text = without_harmless(text);
    WORDS.find_iter(&text).map(|found| run_of(&found)).collect()
}

/// The same text, as long, with the harmless words blotted out.
fn without_harmless(text: &str) -> Cow<'_, str> {
    static FOUND: LazyLock<Regex> = LazyLock::new(|| Regex::new(HARMLESS).expect("a fixed pattern"));
    FOUND.replace_all(text, |found: &Captures| "□".repeat(found[0].chars().count()))
}

fn run_of(found: &Match) -> Run {
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(
            "(?P<strong>没问题|{PREDICATES})|(?P<ended>{ENDED})|(?P<none>没有)|(?P<denial>{DENIALS})|(?P<between>{BETWEEN})|(?P<weak>{WEAK})"
        ))
        .expect("a fixed pattern")
    });
    let mut run = Run {
        start: found.start(),
        end: found.end(),
        denials: 0,
        is_strong: false,
        has_predicate: false,
    };
    for word in WORD.captures_iter(found.as_str()) {
        let is = |name: &str| word.name(name).is_some();
        run.denials += usize::from(is("ended") || is("none") || is("denial"));
        run.is_strong |= is("strong") || is("ended") || is("none");
        run.has_predicate |= is("strong") || is("ended") || is("none") || is("weak");
    }
    run
}

fn asks(mention: &Mention) -> bool {
    let whole_asks = asks_in(mention.before) || asks_in(mention.after);
    let is_asked_after = ["对吗", "是吗", "对吧", "可以吗", "好吗"]
        .iter()
        .any(|tag| mention.next.trim_start().starts_with(tag));
    let ends_asking = mention.after.trim_end().ends_with(['吗', '么']);
    whole_asks || ends_asking || is_asked_after
}

/// 支不支持, 有没有, 是否.
fn asks_in(text: &str) -> bool {
    static EITHER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("是不是|有没有|能不能|可不可以|可以不可以|支不支持|支持不支持|行不行|会不会|要不要|提不提供|提供不提供|包不包|含不含|是否|能否|可否|有无[^烟]")
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
        Regex::new("(?:如果|要是|若是)您?(?:不满意|不喜欢|不合适|需要|想|担心|有需要|有问题)").expect("a fixed pattern")
    });
    let limits = |text: &str| CONDITION.is_match(text) && !WISH.is_match(text);
    // 只有 in the clause before limits this one only with the 才 that follows it.
    limits(mention.before) || limits(mention.after) || limits(&mention.previous.replace("只有", ""))
}
