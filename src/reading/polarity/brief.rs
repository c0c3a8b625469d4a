//! An answer in a word or two, which leaves its subject to what it answers: 没有呢亲, `nope, sorry`, the `no` of `Gym: no`.
//!
//! ```text
//!  亲, 这个 真 | 没有 | 哈 。        courtesies, the word, particles, an end
//!  Sorry,      | we don't | , ...
//! ```

use std::sync::LazyLock;

use regex::Regex;

/// What may stand before the word and says nothing: who is spoken to, courtesies, where and when.
const COURTESIES: &str = r"(?:亲爱的|亲亲|亲|宝子|宝|尊敬的|顾客|客官|您好|你好|哈喽|感谢您的咨询|感谢咨询|嗯+|哦|噢|啊|哎呀?|呃|嗨|哈|非常抱歉|很抱歉|十分抱歉|抱歉|不好意思|对不起|很遗憾|非常遗憾|遗憾的?是?|可惜|这个|那个|这边|这里|这儿|这家|我们家?|我家|咱们|咱家|咱|本店|本酒店|酒店|店里|这(?:项|个|种)(?:服务|设施)?|此(?:项)?(?:服务|设施)|目前|暂时|现在|确实|真的|真|当然|肯定|绝对|都|是|还|也|就|倒|呢|呀|的|了|帮您|给您|为您|刚|查了?一?下|查了|看了?一?下|查过|回复您|告诉您|完全|这|[您你](?:问|说|要|提到?)的|好的?呀?|好嘞|好哒|对|经(?:核实|查询?|查证|确认|了解|询问)(?:后|得知)?|(?:跟|和|与|向)?(?:酒店|前台|店家)?(?:核实|确认|问|查询?)过?了|据(?:我所知|悉|了解|查)|(?:系统|资料)显示|应该|估计|恐怕|看来)|(?:(?:hi|hello|hey)(?: there)?|dear (?:guest|customer|sir|madam)|(?:i'm |we're |i am |we are )?(?:so |very |really |terribly )?sorry(?: to say| about that| for that)?|(?:my |our )?apologies|i'm afraid|i am afraid|afraid|unfortunately|sadly|regrettably|alas|well|o+h|um+|a+h|aw+|och|ach|eh|crikey|blimey|mate|love|sir|madam|hmm|actually|so|good news|great news|good question|great question|thanks for asking|thank you for (?:asking|your question|reaching out|your inquiry)|currently|at the moment|right now|the (?:short |simple |honest )?answer(?: here)? is|answer|and|but|dear|that's an? easy one|i(?:'ve| have)? (?:just )?checked(?: for you)?|as far as i know)\b";

/// What one may do or not do: 可以叫, 没法办.
const DOES: &str =
    "叫|用|订|约|办|做|弄|搞|开|退|换|送|带|停|进|来|去|玩|接|寄|安排|预约|预订|提供|使用|办理|受理|满足|享受";

/// Says that it is not so.
const NO: &str = r"不(?:太|大|是很)?方便|没这(?:项|个|种)|没有配备?|没有提供|没有开通|没有|没得|没法|没弄|没|木有|冇|无|暂无|不行|不可以|不能|不会|不支持|不提供|不做|不含|不带|不包含?|不设|不办|不可|未提供|未设|未开通|无法提供|否|停了|取消了|暂时?不(?:提供|支持|开放|做|接|办)|[^少免错忘受,。!?]{1,2}不了|没办法|no|nope|nah|naw|none|nothing of the kind|nil|n/a|(?:afraid|sadly|unfortunately|sorry|certainly|definitely|of course|absolutely) not|not (?:available|offered|possible|provided|included|supported|allowed|permitted|at (?:the|this) moment|at present|at this time|currently|yet|here|really|any ?more|now|at all|on site|in this (?:hotel|shop|store|place)|right now|that i know of)|unavailable|(?:we|they|it|he|she|you|i|(?:this|that) (?:one|hotel|place)|the (?:hotel|staff)|reception|the (?:front )?desk) (?:don't|do not|doesn't|does not|haven't|hasn't|can't|cannot|can not|won't|aren't|isn't|ain't|couldn't)(?: have| offer| provide| do| get| own)?(?: one| any| it| that| those| got one)?|(?:that|it)(?: is|'s) (?:not|impossible)(?: available| possible| offered| something we (?:do|offer|have))?|(?:that|it) isn't (?:available|possible|offered|something we (?:do|offer|have))|there (?:isn't|aren't|is not|are not)(?: one| any)?|there(?:'s| is| are) none|(?:that|it)(?:'s| is) a no|(?:we|they) used to(?: have(?: one)?| do (?:it|that))?|no longer|not that (?:i know of|i'm aware of|i am aware of|i can see)|nothing (?:like that|of that (?:kind|sort))|no such (?:service|facility|thing|option|luck)|no can do|(?:don't|doesn't|haven't|hasn't|can't) (?:have|got|offer|provide|do)(?: one| any| it| that| those)?|nothing of the sort|(?:that|it|this) (?:can't|cannot|can not|won't|will not|wouldn't|would not|couldn't|could not) (?:be (?:arranged|done|possible|offered|provided|available|booked|ordered|organi[sz]ed)|work|happen)|(?:(?:that|it|this)(?:'s| is) )?(?:simply |completely |absolutely )?(?:out of the question|beyond us)|(?:they|reception|the (?:hotel|staff)|the (?:front )?desk) (?:said|says?) no|(?:we|they|i) (?:could not|couldn't|were not able to|weren't able to) (?:arrange|do|offer|find)|not|negative|impossible|cannot|can not|no (?:way|chance)|(?:it|that|this)(?: is|'s) (?:unavailable|no longer (?:available|offered|possible))|[✗✘❌×╳✖🚫❎]";

/// Says that it is so.
const YES: &str = r"(?:一?点|毫无|没(?:有)?任何)问题都?没?有?|不(?:是|成)(?:什么)?问题|没(?:啥|什么|有)?问题|问题不大|ok|okay|小事(?:一桩|情)?|小意思|妥|有的|有呀|有啊|有|可以的?|能的?|行的?|成|是|支持|提供|配有|设有|带有|(?:带|配|含|设|办|做|接|开)(?:了|着)?的|当然|随时(?:都|皆)?(?:可以?|行|能|ok|欢迎)的?|可|会的|是的|对的|必须的|必须有|必须|妥妥的|包的|包含|含|no (?:problem|worries|trouble|issue|sweat|bother|hassle|biggie|drama|difficulty|stress)(?: (?:whatsoever|at all))?|not an? (?:problem|bother|issue)(?: at all)?|you(?:'re| are) (?:covered|in luck)|we(?:'ve| have)(?: got)? you covered|(?:sure|yes it|yes there|it sure) (?:is|do|does|can)|yes+|yep|yeah|yup|yea|aye|ya|sure(?: thing)?|of course|certainly|absolutely|definitely|indeed|you bet|by all means|can do|with pleasure|happy to(?: help(?: with that)?| (?:do|arrange|set up) (?:that|this|it|so|one)(?: up)?(?: for you)?)?|(?:we|they)(?:'ve| have)(?: got)? one|my pleasure|gladly|affirmative|(?:(?:that|it|this) (?:won't|wouldn't|shouldn't) be an? (?:problem|issue|trouble))|will do|sure will|naturally(?: (?:we|they) can)?|(?:at )?any (?:time|hour)|at all hours|around the clock|day (?:or|and) night|24 hours(?: a day)?|(?:up)?on request|(?:we|they|it|reception|the hotel|the (?:front )?desk) (?:sure |certainly |definitely |absolutely |always |usually )?(?:do|does|can|have|has)(?: indeed)?(?: have)?(?: one)?|there (?:is|are)(?: indeed)?(?: one| some)?|there's one|you can|(?:that|it)(?: is|'s| would be|'d be|'ll be| will be) (?:possible|available|included|no (?:problem|trouble|bother|issue)|fine|ok|okay|doable|offered)|any ?time|24/7|round the clock|available|included|offered|provided|supported|free(?: of charge)?|complimentary|[✓✔✅√☑]";

/// Says of itself that it does not know, in words like those above.
const UNKNOWN: &str = r"没(?:有)?(?:问题吗|查到|找到|听|看|明白|懂|收到|理解)|不知|不清楚|不确定|不太清楚|无法确认|无法确定|no (?:idea|doubt|need|charge|booking|info)|not sure";

/// What may close it.
const CLOSES: &str = r"(?:的|嘞|呦|得|哇|咯|诶|哎|欸|配备?|呢|哦|哈|呀|啊|喔|噢|啦|了|嘛|哟|呐|哒|滴|吧|亲亲?|宝|这(?:个|项|种)?(?:服务|设施|项目|功能)|此(?:项|类)?(?:服务|设施)|该(?:项)?(?:服务|设施)|(?:服务|设施)|~|～| sir| madam| sorry| i'm afraid| unfortunately| currently| yet| thanks?(?: you)?| then| here| there| at the moment| at all| for you| mate| dear|\*|_)*(?:\s*(?:[,.;:!?。、)\]|\n(—–]|$)|\s[-–—]| (?:we|they|it|there|you|i|the|our|that|this|please|just|for|on|in|from|at|but|and|with)\b)";

/// Whether the beginning of a normalised text is an answer in a word, and the length of what says so.
pub(super) fn answer(text: &str) -> Option<(bool, usize)> {
    static ANSWER: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = format!(
            r"^(?:(?:{COURTESIES})?[\s,.!~～…:;*_\-。、)]*)*?(?:(?P<unknown>{UNKNOWN})|(?P<yes>(?:(?:{YES})\s?){{1,3}}|(?:可以|能|会)(?:帮您|给您|为您)?(?:{DOES}))(?:{CLOSES})|(?P<no>(?:(?:{NO})\s?){{1,3}}|(?:不能|不可以|不会|不给|没法|无法|不)(?:帮您|给您|为您)?(?:{DOES}))(?:{CLOSES}))"
        );
        Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a fixed pattern")
    });
    let found = ANSWER.captures(text)?;
    let word = found.name("yes").or_else(|| found.name("no"))?;
    Some((found.name("yes").is_some(), word.end()))
}

/// True where a mark stands for the word: ✓, ✗.
pub(super) fn is_mark(text: &str) -> bool {
    text.starts_with(|c| "✓✔✅√☑✗✘❌×╳✖🚫❎".contains(c))
}

/// The length of the courtesies with which a text begins.
pub(super) fn courtesies(text: &str) -> usize {
    static FOUND: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = format!(r"^(?:(?:{COURTESIES})[\s,.!~～…:;*_\-。、)]*|[\s,.!~～…:;*_\-。、)]+)*");
        Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a fixed pattern")
    });
    FOUND.find(text).map_or(0, |found| found.end())
}

/// True where somebody will first find out: 可以的,我帮您问一下; `sure, let me check`.
pub(super) fn finds_out(text: &str) -> bool {
    static FOUND: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r"(?:帮|为|给|替)(?:您|你)(?:去)?<find>|稍等|稍候|等我一?下|等一[下等]|(?:我|先)(?:去)?<find>|\b(?:let me|i'll|i will|we'll|allow me to|going to) (?:just |quickly )?(?:check|ask|find out|look|see (?:if|whether|what|how)|confirm|verify)|\bone (?:moment|second|sec)\b";
        // What was found out is not open: 我查到, 帮您核实过了.
        let finds = "(?:问|查询|查|看|核实|确认|了解)(?:[^了过到询看:]|$)";
        Regex::new(&pattern.replace(r"\b", r"(?-u:\b)").replace("<find>", finds)).expect("a fixed pattern")
    });
    FOUND.is_match(text)
}

/// True where somebody will first find out, or is to be asked: 请咨询前台, `please see our website`.
pub(super) fn puts_off(text: &str) -> bool {
    static REFERS: LazyLock<Regex> = LazyLock::new(|| {
        let pattern =
            r"为准|(?:咨询|询问|问)(?:一下)?(?:前台|酒店|客服)|\bplease (?:check|contact|ask|see|confirm|refer)";
        Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).expect("a fixed pattern")
    });
    finds_out(text) || REFERS.is_match(text)
}
