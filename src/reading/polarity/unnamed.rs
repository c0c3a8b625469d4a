//! An answer that neither names what was asked for nor begins with a yes or a no: 前台会打电话叫您的, `we'll ring your room at seven`.
//!
//! ```text
//!  您自己定闹钟哈,      another way: says nothing
//!  我们 不 叫 的        who, a denial
//! ```

use std::sync::LazyLock;

use regex::Regex;

use super::chinese::runs::runs;
use super::{brief, divides, english};

/// How many clauses may pass before one speaks.
const CLAUSES: usize = 6;

/// What the first clause that speaks of the matter says, and where that ends.
pub(super) fn answer(text: &str) -> Option<(bool, usize)> {
    let mut start = 0;
    for _ in 0..CLAUSES {
        let rest = &text[start..];
        let length = rest.find(divides).unwrap_or(rest.len());
        let (clause, mark) = (&rest[..length], rest[length..].chars().next());
        if ANYTHING.is_match(clause) {
            return None;
        }
        if let Some(holds) = said(clause, mark == Some('?')) {
            let is_taken_back = holds && is_denied_next(&rest[length..]);
            return Some((holds && !is_taken_back, start + length));
        }
        match mark {
            Some(mark) => start += length + mark.len_utf8(),
            None => break,
        }
    }
    // 请您自己定闹钟: nobody else does it.
    if NEEDLESS.is_match(text) {
        return None;
    }
    YOURSELF.find(text).map(|found| (false, found.end()))
}

/// We'd be happy to, `but we have no staff`.
fn is_denied_next(rest: &str) -> bool {
    let next = rest.trim_start_matches([',', '.', ' ']);
    let but = ["but ", "however", "但", "可是", "不过", "只是"];
    let length = next.find(divides).unwrap_or(next.len());
    but.iter().any(|word| next.starts_with(word)) && said(&next[..length], false) == Some(false)
}

/// If you need anything, we can call you: of no matter in particular.
static ANYTHING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:if|should) [^.]*(?:anything|any (?:other|more|further)|further|help)|(?:如果|若|要是|有)[^。]*(?:其他|其它|任何|别的)",
    )
});

static YOURSELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "自己[定设调]|靠(?:您|你)?自己|[您你]得自己|自行|自备|set your own|use your own|(?:set|use|need|bring) an? alarm|alarm (?:clock )?yourself",
    )
});

/// 不用自己定闹钟.
static NEEDLESS: LazyLock<Regex> =
    LazyLock::new(|| pattern("不用|不必|无需|不需要|no need|(?:don't|won't|do not|not) (?:need|have) "));

fn said(whole: &str, asks: bool) -> Option<bool> {
    let clause = &whole[brief::courtesies(whole)..];
    let is_chinese = clause.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    match (is_chinese, asks) {
        (true, true) => OFFER.is_match(clause).then_some(true),
        (true, false) => in_chinese(clause, whole),
        (false, true) => OFFER_ENGLISH.is_match(clause).then_some(true),
        (false, false) => in_english(clause),
    }
}

fn in_chinese(clause: &str, whole: &str) -> Option<bool> {
    if OPEN.is_match(clause) {
        return None;
    }
    let runs = runs(clause);
    let denials: usize = runs.iter().map(|run| run.denials).sum();
    if !denials.is_multiple_of(2) {
        let says = WHO.is_match(whole) || runs.iter().any(|run| run.denials > 0 && run.has_predicate);
        return says.then_some(false);
    }
    let says_so = || SERVICE_CHINESE.is_match(whole) && runs.iter().any(|run| run.has_predicate);
    let affirms = says_so()
        || DOES.is_match(whole)
        || AT_ONCE.is_match(clause)
        || WAY.is_match(clause)
        || super::chinese::is_granted(clause);
    (affirms && (says_so() || !OTHER.is_match(clause))).then_some(true)
}

fn in_english(clause: &str) -> Option<bool> {
    if STRONG_WAY.is_match(clause) {
        return Some(true);
    }
    let clause = NOTE.replace(clause, "");
    let clause = AT_WILL.replace_all(&clause, "");
    if OPEN_ENGLISH.is_match(&clause) {
        return None;
    }
    let clause = english::without_harmless(&clause);
    let clause = clause.trim_end();
    if DENIES_ENGLISH.is_match(clause) || SERVICE.is_match(clause) && english::denies_before(clause) {
        return Some(false);
    }
    let affirms = SOMEBODY.is_match(clause) && !REPLIES.is_match(clause)
        || DOES_ENGLISH.is_match(clause)
        || english::PLACE.is_match(clause)
        || STATE_ENGLISH.is_match(clause) && !AWAY.is_match(clause)
        || english::is_a_way(clause);
    (affirms && !english::denies(clause)).then_some(true)
}

/// 您几点起? 需要几点叫您呢?
static OFFER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:^|您|你|要|想|需要|明早|明天|早上|订|约|安排)(?:几点|什么时[间候]|哪个时间|多早)[^,。!?]{0,3}(?:叫|起|用|去|需要|要|过|方便|安排|来|呢?$)",
    )
});

/// 这项服务免费.
static SERVICE_CHINESE: LazyLock<Regex> =
    LazyLock::new(|| pattern("^(?:这|此|该|那)(?:项|个|种|类)?(?:服务|设施|项目|功能)"));

/// Other ways than the one asked for, what is put off, and what is only wished or promised.
static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "如果|要是|的话|若|闹钟|手机|自己|自行|附近|隔壁|对面|周边|外面|出门|别家|其他|另外|推荐|建议|替代|反馈|改进|考虑|尽快|久|固定|核实|回复|转[人接达给告]|处理|谅解|理解|抱歉|歉意|不便|听|明白|懂|清楚|知道|确定|房号|哪[家个位里]|问|查|确认|了解|稍等|稍候|帮到|其它|别的|介绍",
    )
});

/// Who does it.
static WHO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "我们|咱|前台|总台|总机|酒店|宾馆|民宿|店里|这边|这里|这儿|人员|服务|管家|礼宾|同事|房东|老板|没人|本店|本酒店",
    )
});

/// Who will do it: 前台会叫您, 我们负责叫.
static DOES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:我们?|咱们?|前台|总台|总机|酒店|宾馆|店里|这边|这里|这儿|人员|管家|礼宾|同事|房东|老板|系统)[^,。!?有]{0,6}(?:可以|能|会|负责|来)[^,。!?有提员议]",
    )
});

/// 可以延迟到下午两点, 三楼.
static AT_ONCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(?:我们?|前台|酒店|当然|也|都)*(?:非常|很|十分|当然|也)*(?:乐意|愿意|高兴|荣幸|乐于)[^,。!?]{0,4}(?:安排|叫|办理?|登记|设|打|预[约订]|效劳|做)|^(?:都|也|到时候?|早上|准时)*(?:可以|能|会)[^,。!?提员议有]|(?:[点时早到]|^)[了就会]?[叫打接送][您你]|^(?:我|这边|那)?(?:就|来|这就|马上|已经?|会)*(?:帮|给|为|替)[您你](?:登记|安排|记[上下好]|设|订|预[约订]|叫|办|打|备注|开|留)|^(?:前台|总台|酒店|我们|夜班|值班|管家|老板娘?|同事)(?:都|也|来|就|会|可以|能)*叫(?:的|您|你|醒|$)|^(?:再早|凌晨|半夜|大?清早|周末|多早|几点|什么时[间候]|[0-9一二两三四五六七八九十]+点)[^,。!?没不无]{0,4}(?:可以|能|行|没问题)|^(?:地下|负|b)?[一二两三四五六七八九十0-9]{1,3}(?:楼|层)",
    )
});

/// How one gets it: 告诉前台时间就可以了.
static WAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:就可以|就行|即可|就好|就成|便可|就ok)|^(?:请|麻烦您?|您|你|提前|睡前|头天|前一[天晚]|直接|只要|只需要?){1,4}[^,。!?]{0,8}(?:告诉|告知|通知|登记|预约|跟|和|拨|打|说)",
    )
});

/// What is offered is another thing: 我们可以提供泳池.
static OTHER: LazyLock<Regex> = LazyLock::new(|| pattern("提供(?:[^的了哦哈呢]|$)|为您服务|帮[您你]?[查问看转]"));

static OFFER_ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    english::words(
        "(?:for|at) (?:what|which) time|(?:what|which) time (?:shall|should|would|do|will|can|works|suits|is)|what time|when (?:do|shall|should|would|will) (?:you|we|i)|how early",
    )
});

static NOTE: LazyLock<Regex> =
    LazyLock::new(|| pattern("^(?:please|kindly) (?:understand|note|be aware|be advised)(?: that)? "));

/// At whatever time you wish: what the customer chooses leaves nothing open.
static AT_WILL: LazyLock<Regex> = LazyLock::new(|| {
    english::words(
        "(?:at |on |in )?(?:any (?:time|hour|day|way)|(?:what|which)(?:ever)? (?:time|hour|day|way)|whenever|however|as)(?: (?:that )?(?:you|they)(?:'d| would| may| might)?) (?:like|want|need|prefer|wish|please|fancy|ask|choose)(?: for)?",
    )
});

/// Just ask at the desk; you only need to tell them your time.
static STRONG_WAY: LazyLock<Regex> = LazyLock::new(|| {
    let tells = "(?:ask|tell|call|ring|dial|let|inform|notify|leave|give|contact|speak|talk|mention)";
    let at = "(?:front |night |reception )?(?:desk|reception|receptionist|concierge|porter|operator|staff|counter)";
    english::words(&format!(
        "^(?:just|simply) (?:say|name) |^(?:just|simply|(?:you|guests) (?:only|just|simply) (?:need|have) to|all you (?:need|have) to do is(?: to)?|(?:you|guests) can(?: always| also| simply| just)?) {tells}(?: [a-z']+){{0,3}}? (?:{at}|us|them|one|it|when|the time|your time|what time)|^(?:please |kindly )?(?:tell|let|give|leave) (?:us|me|them|{at}|the {at}|our {at})(?: know)?(?: with)? (?:the|your|what|which|a|when|when) ?(?:preferred |desired |exact |wake-up )?(?:time|hour|you)|you can (?:have|request|get|order|book) (?:one|it)"
    ))
});

static OPEN_ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    english::words(
        "if|alarm|your (?:own|phone|mobile|tv)|nearby|next door|instead|elsewhere|outside|alternatives?|recommend|suggest|check(?:ing)?(?: (?:with|for|if|whether|on|this|that|it|our|the|your)|$)|website|page|app|brochure|online|ask|look(?:ing)? (?:into|for|it|that|at)|looking|find out|see (?:if|whether|what|how|our|the|on|you)|transfer|connect|get back|forward|hope|understand|appreciate|sorry|apologi[sz]e|know which|know what|help you|assist|sure|idea|catch|question|which (?:hotel|one)|room number|may|might|perhaps|maybe|rephrase|repeat|wish|feedback|pass (?:it|this) on",
    )
});

const WHO_ENGLISH: &str = "we|they|i|this (?:one|hotel|place|property)|property|guest house|reception|(?:front |night )?desk|hotel|concierge|staff|team|receptionist|porter|someone|somebody|myself|one of us|my (?:wife|husband|son|daughter|brother|sister|colleagues?|team)";

static DENIES_ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let cannot = "^(?:can't|cannot|can not|won't|couldn't|not able to|no way to) (?:wake|fetch|collect|drive|ring|phone|rouse|arrange|schedule|organi[sz]e|accommodate|oblige)";
    english::words(&format!(
        "{cannot}|(?:{WHO_ENGLISH})(?: [a-z]+){{0,2}} (?:[a-z]+n't|do not|cannot|can not|will not|are not|is not|does not|no longer|never|stopped|unable)|(?:{WHO_ENGLISH})(?:'re|'m|'s| are| am| is)(?: [a-z]+)? not (?:able|in a position|set up|equipped|going)|unable to|we (?:don't|can't|won't)|(?:nobody|no one)|there(?:'s| is| are) (?:no|nobody|not)|there (?:isn't|aren't)|(?:that|it|this)(?:'s| is) not|(?:that|it|this) isn't|not something|none of (?:our|the|us|them)|(?:{WHO_ENGLISH}) not (?:do|have|offer|provide)|(?:has|have) (?:none|nothing)|have no|has no|have not|has not|used to|any ?more|not (?:offered|available|possible|provided)"
    ))
});

/// We can ring you; you may check out at two.
static DOES_ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let pleased = "(?:more than |very |only too |always |quite |absolutely |most |so |really )?(?:happy|glad|pleased|delighted|thrilled|willing|honou?red|ready)";
    let will = format!(
        "(?:'ll| can| will| could| may|(?:(?:'d| would|'ll| will) be|'d|'re|'m| are| is| am) {pleased} to|(?:'d| would) (?:love|like) to| are welcome to)"
    );
    let will_be = format!("(?:(?:'d| would|'ll| will) be|'d|'re|'m| are| is| am) {pleased} to");
    let how = "(?: always| gladly| happily| then| also| just| certainly| easily| definitely| of course| be (?:happy|glad) to)*";
    let does = "(?:wake|fetch|collect|pick (?:you|it|them)|drop (?:you|it|them)|drive|check (?:in|out)|ring|call|phone|give|arrange|set|book|get|put|use|bring|pay|leave|stay|park|make|take|come|go|swim|train|work|schedule|organi[sz]e|return|send|cancel|order|reserve|sort|manage|see to|take care|look after|handle|organi[sz]e|oblige|accommodate|have (?:it|that|this|someone|you)|(?:do|offer|provide) (?:it|that|this|so|one))";
    english::words(&format!(
        "(?:{WHO_ENGLISH}|you|guests|everyone|anyone){will}{how} {does}|(?:(?:my|our) |an? |the )?(?:pleasure|privilege|honou?r|joy|delight|job|duty) to {does}|(?:consider|count) it (?:done|arranged)|(?:{WHO_ENGLISH}){will_be}$|(?:{WHO_ENGLISH})(?:'d| would) (?:love to|be (?:happy|glad|delighted|pleased))$|(?:{WHO_ENGLISH})(?: do| does| certainly| always| also| happily| gladly)* (?:offers?|provides?|do|does|supports?|arranges?|handles?|sees? to|takes? care of) (?:that|this|it|one|them|those|so)(?: service)?(?: (?:too|as well|for (?:all|every|our|free|you)|on request|upon|free|at no|every|daily|any ?time).*|$)|(?:{WHO_ENGLISH}) (?:calls?|rings?|wakes?|phones?) (?:you|guests|your room)"
    ))
});

/// It's on the second floor; they are free.
static STATE_ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    english::words(
        "^(?:it|that|they|those|this|one)(?:'s|'re| is| are| can be| could be| may be| will be)(?: all| always| also| right| completely| totally| easily| certainly| gladly| of course| definitely)* (?:on|in|at|open|free|available|included|complimentary|possible|located|next|behind|fine|ok|okay|no problem|done|part of|one of|arranged|organi[sz]ed|set|requested|booked|ordered|made|provided|scheduled|sorted|offered|something (?:we|they|i|the hotel)|a service (?:we|they|the|of)|a (?:standard|regular|free|normal|common|complimentary)|standard)|^(?:that|this|the|such an?|an?|your) (?:[a-z]+ )?(?:service|facility|option|call)s?(?: is|'s| are| can be| could be| may be| will be| comes)(?: [a-z]+)? (?:set up|booked|scheduled|organi[sz]ed|requested|placed|put in|available|free|offered|provided|possible|included|complimentary|standard|here|arranged|open)|^you(?:'ll| will| can) find (?:it|them|ours) |^there(?:'s| is| are) (?:one|some|two|several)",
    )
});

static AWAY: LazyLock<Regex> = LazyLock::new(|| {
    english::words("across|down the|around the corner|away|in town|in the area|close by|opposite|public|minutes?")
});

/// Somebody will knock on your door.
static SOMEBODY: LazyLock<Regex> = LazyLock::new(|| {
    english::words(
        "(?:someone|somebody|reception|desk|staff|porter|concierge|clerk|manager|operator|receptionist)(?:'ll| will| can) [a-z]+",
    )
});
static REPLIES: LazyLock<Regex> = LazyLock::new(|| {
    english::words(
        "(?:'ll|will|can) (?:contact|reply|answer|respond|confirm|advise|inform|tell|get|follow|reach|message|email|have|provide|be|need)",
    )
});
static SERVICE: LazyLock<Regex> =
    LazyLock::new(|| english::words("^(?:that|this|the|such(?: an?)?) (?:service|facility|option|feature)"));

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a fixed pattern")
}
