//! Replies that buy time and say nothing: "正在为您查询", "one moment please", greetings, transfer and queue notices.
//!
//! A reply only buys time when nothing of substance is left once its phrases are taken away, so that an answer which
//! begins with 请稍等 stays an answer.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::PatternError;
use super::super::normalise::normalise;
use super::super::passage::Passage;
use super::super::patterns::Patterns;
use super::super::values::{Force, Value};
use super::{any_of, compiled, handoff};
use crate::conversation::ReplyKind;

/// A reply longer than this says something, whatever it says (characters; three sentences of courtesy are shorter).
const LONGEST: usize = 240;

/// Letters and digits that may be left over: one stray character is no answer.
const LEFT_OVER: usize = 1;

/// To wait, with or without how long. Lengths of time in these are no answer.
const WAITING: &[&str] = &[
    r"(?:请|麻烦|烦请|劳烦|还请|辛苦|要)?(?:您|你|亲)?(?:再|先|耐心|在线|稍微)*(?:稍等|稍候|等待|等候|等一下|等一等|等等|等下|等会儿?|等我)(?:一下|一会儿?|片刻|几分钟|几秒钟?|(?:约|大约|大概)?[0-9一二两三五十]{1,3}(?:分钟|秒钟?|小时))?",
    r"(?:预计|大约|大概|约)?(?:需要?|还需)?(?:等待|排队)(?:时间|时长)?(?:约|大约|大概|为|是|:)*[0-9一二两三五十]{1,3}(?:分钟|秒钟?|小时)(?:左右)?",
    r"(?:我们?|客服|小二|人工客服|同事)?(?:将|会|将会|稍后|随后|后续)*(?:在[0-9一二两三五十]{1,3}(?:小时|分钟|个工作日)(?:内|之内|以内))?(?:尽快|第一时间|马上|及时|稍后|立即|立刻|一一|陆续)*(?:给|为|与|和)?(?:您|你)?(?:回复|答复|联系|解答|回电)(?:您|你)?",
    r"已(?:经)?(?:思考|等待|耗时|用时)(?:了)?[0-9]{1,4}(?:s|秒钟?)",
    r"\b(?:within|in) (?:the next )?(?:\d+|a few|few|one|two|five) ?(?:hours?|minutes?|mins?|seconds?|business days?|h)\b",
    r"\b(?:estimated |expected |current |average )*wait(?:ing)?(?: time)?(?: is| will be|:)*(?: about| around| approximately| less than| under)? \d+ ?(?:minutes?|mins?|seconds?|hours?)",
];

/// What else marks a reply that buys time.
const MARKS: &[&str] = &[
    // looking something up; the object is swallowed up to the end of the clause, but 查到了 says that it was found
    r"(?:(?:正在|马上|立即|立刻|这就|现在|先|来|去|需要|正|我|这边|让我)+(?:为|帮|给|替)?(?:您|你|亲)?|(?:为|帮|给|替)(?:您|你|亲))(?:这边|先|马上|立即|去|来|仔细)*(?:查询|查看|查找|查一下|查下|查查|查一查|查|看一下|看下|看看|核实|核对|核查|确认|了解|处理|咨询|跟进|跟踪|询问|问一下|问问|检索)(?:一下|下|中)?(?:[^到了过好完出,。!?;~\s][^,。!?;~\n]{0,14})?",
    r"(?:已|已经)(?:收到|记录|受理|反馈)(?:了)?(?:您|你)?的?(?:消息|留言|问题|咨询|反馈|信息|需求)?",
    r"(?:您|你)的(?:消息|留言|问题|咨询|反馈|需求)(?:我们|客服)?(?:已|已经)(?:收到|记录|受理|反馈)",
    r"(?:马上|这就)(?:就)?(?:来|到|回来|好)",
    r"(?:客服|人工|坐席|专员|小二|掌柜)*(?:现在|目前|当前|暂时|都|暂|均)*(?:不在线|不在|忙碌|繁忙|正忙|忙线|离线|下班)(?:中|了)?",
    r"(?:当前|现在|目前|由于|因为|因)*(?:双11|双十一|大促|活动|高峰)*(?:期间|期)?(?:咨询|排队|进线|来访)(?:量|人数|的?人|的?客户|的?顾客|的亲)?(?:较|比较|过|太|非常|特别|实在)*(?:大|多|激增)",
    r"回复(?:可能|会|将|稍|有点|有些|较|比较|不够|不)*(?:慢|及时)",
    r"(?:您|你)?(?:的)?(?:前面|前方|当前|目前|现在)*(?:还)?(?:有|排队|排在|排)(?:人数|位置)?(?:为|是|:|第)?[0-9]{1,4}(?:个人|人|位)?(?:在排队|排队|正在排队)?",
    r"(?:人工|客服|工作|服务|在线|上班|接待)+时间(?:为|是|:)?[^,。!?;]{2,24}",
    // thinking, with the question in quotes
    r"(?:正在|还在|仍在)(?:努力|拼命)?(?:思考|生成)(?:['\x22‘“「『][^'\x22’”」』]{0,200}['\x22’”」』])?中?|思考中|生成中",
    // greetings
    r"(?:您|你)好",
    r"(?:我|客服|小二)?(?:一直)?(?:都)?在(?:的|呢|哦|哈|呀|滴|哒)",
    r"欢迎(?:您|你)?(?:的)?(?:来到|光临|咨询|访问)",
    r"(?:请问)?(?:有|需要)?什么(?:问题|需要|可以|能)*(?:帮(?:到|助|忙)?|为)(?:到|助|您|你|服务|忙)*(?:的)?(?:吗|呢|么)?",
    r"很?高兴为(?:您|你)服务",
    // English
    r"\b(?:one|just a|just one|a|1) (?:moment|sec|second|minute|min|mo)s?\b",
    r"\b(?:i'm |we're |i am |we are )?(?:still )?thinking\b",
    r"\b(?:hold|hold on|hang on|bear with (?:me|us)|stand by|wait)(?: for)?(?: (?:a while|a|one|just a|on|the))*(?: (?:moment|sec|second|minute|bit|line|little))*\b",
    r"\b(?:let me|i'll|i will|i am|i'm|we're|we are|we'll|we will|allow me to|please allow me|give me a (?:moment|second|sec|minute)(?: to)?)(?: just| quickly| now| still| currently| please)*(?: go)? (?:check(?:ing)?|look(?:ing)?|find(?:ing)? out|pull(?:ing)?|see|verify(?:ing)?|review(?:ing)?|investigat(?:e|ing))(?: (?:on|into|that|this|it|up|at|for|your|the|my|order|details?|status|account|request|issue|with|team|what|i|can|find|do|you|to|now|right|away|about|information|info|questions?|case|shipment|delivery|package|parcel|coupon|number|immediately|if|system|records?|quickly|\d+))*\b",
    r"\bwhile (?:i|we) (?:check|look|find|pull|verify|review|connect|transfer)(?: (?:on|into|that|this|it|up|for|your|the|order|details?|status|you|out))*\b",
    r"\b(?:we|someone|somebody|(?:an?|our|one of our)(?: (?:human|live|customer|service|support|care|team))* (?:team|agents?|staff|representatives?|specialists?|colleagues?|members?))(?: will|'ll| shall)? (?:shortly |soon )?(?:get back to|reply to|respond to|be with|contact|assist|help|answer|join) you(?: (?:shortly|soon|asap|right away|as soon as (?:possible|we can)|in a (?:moment|minute|few minutes|second)))*",
    r"\b(?:will|'ll|shall) (?:get back to|reply to|respond to|be with|contact) you\b",
    r"\b(?:thank you|thanks)(?: so much| very much)? for (?:your (?:patience|message|inquiry|enquiry|question|interest|understanding)|waiting|contacting(?: us)?|reaching out(?: to us)?|getting in touch|holding|messaging(?: us)?)",
    r"\b(?:we(?:'ve| have)? |i(?:'ve| have)? )?received your (?:message|request|inquiry|enquiry|question)",
    r"\byour (?:message|request|inquiry|enquiry|question) (?:has been|was|is) received",
    r"\bwe(?:'re| are)(?: currently)? (?:experiencing|receiving|having|handling|facing)(?: a| an)?(?: very| unusually| extremely)? (?:high|large|heavy|higher)(?:er)?(?: than (?:usual|normal|average))? (?:volumes?|numbers?|traffic|demand)(?: of (?:messages|requests|chats|inquiries|enquiries|calls))?",
    r"\byou(?:'re| are)(?: currently)?(?: number)? #?\d+(?:st|nd|rd|th)? in (?:the )?(?:queue|line)",
    r"\bthere are \d+ (?:people|customers|others)(?: waiting)?(?: ahead of| before| in front of)(?: you)?",
    r"\b(?:hi|hello|hey|greetings|good (?:morning|afternoon|evening|day))\b(?: there| dear| again)*",
    r"\b(?:how|what) (?:can|may|could) (?:i|we) (?:help|assist|do for)(?: you)?(?: today| with)*",
    r"\bwelcome(?: back)?(?: to)?",
    r"\b(?:transferring|connecting|handing|forwarding)(?: you| this| your [a-z]+)*(?: over)?(?: now)?\b",
];

/// Words that add nothing to such a reply.
const COURTESIES: &[&str] = &[
    r"亲爱的?|亲+|小主|宝子|宝宝|宝贝|宝|小仙女|仙女|女士|先生|顾客|客官|老板",
    r"(?:非常|十分|真的|实在|很|特别)?(?:抱歉|不好意思|对不起|感谢|谢谢)(?:您|你)?的?(?:咨询|耐心等待|耐心|等待|支持|理解|惠顾|光临|来信|留言|关注|信任|配合)?",
    r"(?:让|给)?(?:您|你)?久等|(?:给您)?(?:带来|造成)的?不便|(?:敬请|请|还请|望)(?:您|你)?(?:谅解|见谅|理解|稍安勿躁)|辛苦",
    r"好(?:的|滴|嘞|哒|呢)?|收到|嗯+|哦+|噢+|喔|呢|哈+|呀|啊|哟|呦|啦|吧|嘛|哒|滴",
    r"我是|我们|我|这边|这里|咱们?|小二|掌柜|(?:人工|在线|专属|值班|智能|官方)?(?:客服|助手|顾问|机器人)(?:小[^,。!?;您你的为正在]{1,2})?|旗舰店|官方|本店|店铺|小店|专员|坐席",
    r"马上|立即|立刻|尽快|现在|目前|当前|正在|稍后|一会儿?|先|就|来|的|了|和|并|中|人数|因此|所以|由于|因为|为您|给您|帮您|为你|您|你|请",
    r"(?:订单|物流|快递|商品|产品|优惠券?|活动|售后|退款)?(?:信息|情况|问题|消息|详情|状态|进度|订单号|单号|编号)",
    r"接入|转接|排队|服务|接待|处理",
    r"\[[^\[\]]{1,8}\]|/:[a-z0-9_-]+|#e-[a-z0-9]+",
    r"\b(?:this is|my name is|i'm|i am) (?:[a-z]+)(?: (?:from|with|here)\b)?(?: (?:the |our )?(?:team|support|customer service|customer care|customer support))?",
    r"\b(?:please|pls|kindly|thanks|thank|you|your|sorry|apologies|apologi[sz]e|for|the|a|an|and|any|wait|waiting|delay|delays|inconvenience|ok|okay|sure|certainly|absolutely|of course|dear|customer|customers|sir|madam|now|right|away|while|i|me|my|we|our|us|is|are|be|shortly|soon|patience|appreciate|just|here|today|with|so|much|very|great|no problem|got it|understood|happy to help|glad to help|i'd be|to|will|at|this time|time|moment|as soon as possible|as soon as we can|asap|chat|customer service|support|agent)\b",
];

/// The answer is promised for the customer's next message, whatever it says: bots that must reply within seconds, and answer when
/// they are asked again.
const PROMPTS: &[&str] = &[
    r"(?:回复|发送|输入|回个|发个|随便发|随意发)(?:任意|任何|随意|随便)?(?:一条|一个|一句|点|个|条)?(?:文字|内容|消息|字符|字|数字|信息|什么)?[^。!?;\n]{0,8}(?:获取|查看|得到|领取|看到|继续)(?:我的|完整|刚才的|最终)?(?:回复|答复|回答|答案|结果|内容)",
    r"(?:再|重新)(?:发|回复)(?:一条|一句|一次)(?:消息|任意内容)?(?:即可|就能|就可以|便可|来)(?:获取|查看|看到)",
    r"\b(?:reply|respond|send|type|text|message)(?: (?:back|me|us|with|in))*(?: (?:any|anything|another|a|some))+(?: (?:text|message|word|character|key|reply))?(?: back)?(?: again)? to (?:get|see|receive|fetch|view|read|continue)\b(?: (?:the|my|your|our|full))*(?: (?:answer|reply|response|result))?",
];

pub(super) static PROMPT: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(PROMPTS));
pub(super) static WAIT: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(WAITING));
pub(super) static MARK: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(MARKS));

/// What a scenario and its channel add to the phrases, and the shop's names, which say nothing.
#[derive(Default)]
pub(crate) struct Phrases {
    added: Option<Regex>,
    names: Option<Regex>,
}

impl Phrases {
    /// These patterns, which a user wrote, and these names of the shop.
    pub(crate) fn new<'a>(patterns: impl Iterator<Item = &'a String>, names: &[&str]) -> Result<Phrases, PatternError> {
        let escaped: Vec<String> = names
            .iter()
            .map(|name| normalise(name))
            .filter(|name| !name.trim().is_empty())
            .map(|name| regex::escape(&name))
            .collect();
        Ok(Phrases {
            added: compiled(patterns)?,
            names: compiled(escaped.iter())?,
        })
    }

    /// True when one of the added patterns matches.
    pub(crate) fn match_in(&self, text: &str) -> bool {
        self.added.as_ref().is_some_and(|added| added.is_match(text))
    }
}

/// Whether a text is an answer or only buys time. A blank one is no answer.
pub(crate) fn kind_of<'a>(passage: &Passage, added: impl Iterator<Item = &'a Phrases> + Clone) -> ReplyKind {
    static COURTESY: LazyLock<Regex> = LazyLock::new(|| any_of(COURTESIES));
    let text = passage.text();
    if text.trim().is_empty() {
        return ReplyKind::Holding;
    }
    if text.chars().nth(LONGEST).is_some() {
        return ReplyKind::Substantive;
    }
    let mut phrases = Taken::new(text.len());
    WAIT.find_iter(text).for_each(|(_, found)| phrases.mark(&found));
    let waits = phrases.clone();
    MARK.find_iter(text).for_each(|(_, found)| phrases.mark(&found));
    PROMPT.find_iter(text).for_each(|(_, found)| phrases.mark(&found));
    handoff::WORDS
        .find_iter(text)
        .for_each(|(_, found)| phrases.mark(&found));
    for own in added.clone().filter_map(|own| own.added.as_ref()) {
        phrases.take(own, text);
    }
    if phrases.is_empty() || has_answer(passage, &waits, &phrases) {
        return ReplyKind::Substantive;
    }
    phrases.take(&COURTESY, text);
    for names in added.filter_map(|own| own.names.as_ref()) {
        phrases.take(names, text);
    }
    for stated in passage.values() {
        if stated.value == Value::Identifier {
            phrases.mark(&stated.span);
        }
    }
    if phrases.left_over(text) > LEFT_OVER {
        ReplyKind::Substantive
    } else {
        ReplyKind::Holding
    }
}

/// True for a text that promises its answer for the customer's next message.
pub(crate) fn prompts(passage: &Passage) -> bool {
    PROMPT.find_iter(passage.text()).next().is_some()
}

/// True when the text states a value that is not merely how long to wait.
fn has_answer(passage: &Passage, waits: &Taken, phrases: &Taken) -> bool {
    passage.values().iter().any(|stated| match stated.value {
        Value::Identifier => false,
        Value::Duration(_) => !waits.holds(&stated.span),
        Value::Day(_) => !phrases.holds(&stated.span),
        Value::Date { .. } => stated.force != Force::Loose,
        Value::Money(_) | Value::Percent(_) | Value::PercentOff(_) => true,
    })
}

/// Which bytes of a text belong to a known phrase.
#[derive(Clone)]
struct Taken(Vec<bool>);

impl Taken {
    fn new(length: usize) -> Taken {
        Taken(vec![false; length])
    }

    fn mark(&mut self, span: &Range<usize>) {
        self.0[span.clone()].fill(true);
    }

    fn take(&mut self, phrases: &Regex, text: &str) {
        for found in phrases.find_iter(text) {
            self.mark(&found.range());
        }
    }

    fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    fn holds(&self, span: &Range<usize>) -> bool {
        self.0[span.clone()].iter().all(|taken| *taken)
    }

    /// Letters and digits outside of all phrases.
    fn left_over(&self, text: &str) -> usize {
        let free = text
            .char_indices()
            .filter(|(at, character)| !self.0[*at] && character.is_alphanumeric());
        free.count()
    }
}

#[cfg(test)]
mod tests;
