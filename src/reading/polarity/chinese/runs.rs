//! Runs of words that affirm, deny or stand between: 暂不支持, 不是不可以.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Match, Regex};

use crate::reading::polarity::Saying;

/// Words with a denying character that deny nothing, and words that hold a predicate's character by chance.
const HARMLESS: &str = "不可能|(?:全年|终年)无休|不停业|不歇业|无理由|无烟|无忧|无需|无须|无论|不会(?:漏|忘|错过|误|耽误|迟)|(?:没有?|未)(?:漏|忘|误|错过|耽误|迟|出过?[差岔]|失过?手|叫[漏错])|误不了|不算(?:大|小|新|多|贵|远)|(?:周|星期|礼拜)[一二三四五六日天]+不(?:开放?|营业)|(?:夜里|夜间|凌晨|节假日|中午|晚上|早上|上午)不(?:开放?|营业)|无门槛|无条件|不论|不管(?:几|多|什|是|哪|谁|怎|您|早|白|有)|不错|不好意思|不但|不仅仅?|不只|不光|不过|不用|不必|不要紧|\
不客气|不满意|不喜欢|不合适|不限|不影响|不拆封|不免费|不是免费|非免费|不知道|不太?(?:清楚|确定|晓得)|没关系|没事|非常|特别|分别|级别|别的|别人|未来|未拆封|未使用|\
功能|性能|智能|所有|有效|有时|有些|有点|有限|银行|行李|进行|流行|发行|会员|会议|机会|社会|一会儿?|可爱|可能|可惜|说不(?:准|好|上来|清楚?)|包裹|包装|包邮|刚才|赠品|配送|设施|设备|设计|设置|携带|带来|带走|带上|带[您你]|宽带|一带|地带|领带|\
不需要?|不另|不额外|不收|不对外|不打烊|不关门|不关|不休息|[点时半分0-9]钟?[^,。不]{0,2}(?:关门|打烊|关闭|关)|不间断|不大|不小|不远|不近|不贵|不新|不旧|不多|不少|不难|不挤|不差|不同|没有?人(?:用|的时候|抢|多|打扰|知道|排队|跟|和|不)|没有(?:额外|时间|年龄|任何费用|限制|门槛|次数)|\
点半?钟?(?:以后|之后|后|以前|前)[^,。]{0,3}(?:不开放?|关门?|不营业)|少不了|免不了|忘不了|错不了|跑不了|差不多|怎么办|办公|接近|开始|开心|打开|开车|用心|用途|费用|信用|供参考|上午|晚上|早上|以上|停车|哪个|哪些|哪种|哪天|没错|不让[您人]失望";

/// Denies what stands next to it.
const DENIALS: &str = "木有|冇|没得|莫得|没有|没法|无法|没|不|无|非|别|勿|未|莫";

/// Stands between a denial and what is denied.
const BETWEEN: &str = "我们这边|我们这里|我们这儿|这边|这里|这儿|咱们家?|咱家?|本店|本酒店|酒店|店里|店家|前台|这家|这个|真的|确实|从来|一直|根本|压根|其实|老早|早就|早|给您|帮您|为您|(?:[为给对向])(?:住客|客人|顾客|客户|旅客|游客|宾客|大家)|给|帮|再|暂时|暂|目前|现在|都|也|均|一律|任何人|人|并|再|还|真|太|完全|肯定|绝对|能够|我们|我家|他家|它家|是|说|予|被|已经|已|就|只|仅|尚|直接|说明|得";

/// Affirms, wherever it stands in the clause.
const PREDICATES: &str = "支持|具备|允许|准许|提供|可以|接受|享受|享有|适用|参加|参与|开通|包含|包括|含|附赠|赠送|办理|安排|受理|满足|开放|申请|没问题|配备|配有|设有|免费|随便用|随时用|就在|位于|配套|标配|自带|自备|附带|附设|内设|增设|新增|拥有|建有|装有|备有|备了|开设|推出|上线|供应|欢迎|等着[您你]|候着[您你]|恭候|(?:为|替)[您你](?:守候|值守|备着|留着)|尽管|营业|照常|随时|24小时|二十四小时|通宵|昼夜|全天|全年|终年|凭房卡|刷房卡|有售|存在|在列|靠我们的?|交给我们的?|应有尽有|一应俱全";

/// Affirms only close by, or with a denial: 有运费险, 不能开发票.
const WEAK: &str = "有|能|会|可|行|包|带|设|预约|预订|登记|做的|办的|配的|开着|弄了个?|装了个?|建了个?|[配添安摆]了[个间套台]?|[配摆]着|开了[家个]";

/// Affirms or denies only what was denied next to it: 不做, 没弄, 不在服务范围.
const DOES: &str = "备|上|打的|做|弄|搞|办|接|建|装|供|开|用|整|配|卖|拍|选|来|去|属于|在(?:我们|本店|酒店|本酒店|咱们|我店|店里)?的?(?:服务|营业|经营|提供|配套|设施|项目)*的?(?:范围|之列|之内|其中|列表|清单|名单|里面|内|里|项目)|列入|纳入|算在";

/// What was there and is no more, or is not there yet, or is not to be found.
const ENDED: &str = "取消|停止|终止|中止|暂停|停[用办业运掉了供售摆]|关停|歇业|叫停|下线|下架|关闭|关[了着]|没开|关门|封闭|拆[掉除了]|撤[掉了销]|没[了啦咯]|坏了|改(?:成|为|做|建[成为]?|造[成为])|(?:正|还)?在(?:装修|翻修|翻新|检修|换水|维修|改造|施工|整修|升级|维护|规划|筹建|筹备|建设|建)|(?:装修|翻修|翻新|检修|维修|改造|施工|维护|建设|筹备|筹建|规划)中|敬请期待|待开[放业通]|(?:借|用|订|卖|约|送|租)(?:完|光|满)了?|没有?办法|不让|不许|不准|缺少|缺乏|缺[的呢哦着]?$|欠缺|禁止|严禁|谢绝|恕不|概不|哪[儿里]?[有来]|哪能有?|怎么(?:会|可能|能)有?|谁说|(?:做|办|弄|搞|叫|安排|提供|满足)不(?:到|成|来|起)|没有?(?:查|看|找|见|搜)到|没有?发现|缺失|不管|只能(?:靠)?(?:您|你)?自己|不了";

/// Affirms, for all that it seems to deny.
const FINE: &str = "没(?:啥|什么|有)?(?:任何)?问题|问题不大|不(?:是|成)(?:什么)?问题|毫无问题|(?:不(?:能|可|会)|必不可|从不)[少缺]|[少缺]不得|不缺";

/// One run of the words above.
pub(in crate::reading::polarity) struct Run {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(in crate::reading::polarity) denials: usize,
    is_strong: bool,
    pub(in crate::reading::polarity) has_predicate: bool,
}

/// How far a run may be from the subject, in characters.
const WINDOW: usize = 16;

/// How far 有 and its like may be from it without a denial.
pub(super) const CLOSE: usize = 8;

impl Run {
    /// True for 有, 带 and their like alone.
    pub(super) fn is_weak(&self) -> bool {
        !self.is_strong && self.denials == 0
    }

    /// Whether it speaks of a subject as far away; `ends` where no verb follows on it.
    pub(super) fn speaks(&self, gap: usize, ends: bool) -> bool {
        match (self.is_strong, self.has_predicate, self.denials) {
            (true, ..) => gap <= WINDOW,
            (_, true, 0) => gap <= CLOSE,
            (_, true, _) => gap <= WINDOW,
            // 非7天无理由商品: a bare denial only of what it touches.
            (_, false, 1..) => gap <= 1 && ends,
            (_, false, 0) => false,
        }
    }

    pub(super) fn says(&self, before: usize, after: usize) -> Saying {
        Saying {
            holds: self.denials.is_multiple_of(2),
            before,
            after,
        }
    }
}

/// The runs of a text, in its order.
pub(in crate::reading::polarity) fn runs(text: &str) -> Vec<Run> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| {
        let run = format!("(?:{FINE}|{ENDED}|{PREDICATES}|{DENIALS}|{BETWEEN}|{WEAK}|{DOES})");
        Regex::new(&format!("{run}+")).expect("a fixed pattern")
    });
    let text = without_harmless(text);
    WORDS.find_iter(&text).map(|found| run_of(&found)).collect()
}

/// The same text, as long, with the harmless words blotted out.
fn without_harmless(text: &str) -> Cow<'_, str> {
    static FOUND: LazyLock<Regex> = LazyLock::new(|| Regex::new(HARMLESS).expect("a fixed pattern"));
    FOUND.replace_all(text, |found: &Captures| match &found[0] {
        "不可能" => found[0].to_owned(),
        harmless => "□".repeat(harmless.chars().count()),
    })
}

fn run_of(found: &Match) -> Run {
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(
            "(?P<fine>{FINE})|(?P<ended>{ENDED})|(?P<strong>{PREDICATES})|(?P<none>没有|木有|冇|没得|莫得)|(?P<denial>{DENIALS})|(?P<between>{BETWEEN})|(?P<weak>{WEAK})|(?P<does>{DOES})"
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
    let mut does = false;
    for word in WORD.captures_iter(found.as_str()) {
        let is = |name: &str| word.name(name).is_some();
        run.denials += usize::from(is("ended") || is("none") || is("denial"));
        run.is_strong |= is("fine") || is("strong") || is("ended") || is("none");
        run.has_predicate |= is("fine") || is("strong") || is("ended") || is("none") || is("weak");
        does |= is("does");
    }
    run.has_predicate |= does && run.denials > 0;
    run
}
