//! Denials in the clause that follows on a claim: 零风险?没有这回事, 包过班,我们不开, `the lowest price? no.`

use std::sync::LazyLock;

use regex::Regex;

use super::super::any_of;
use super::Around;

/// True when a claim is asked or named as what is then denied.
pub(super) fn denies(around: &Around) -> bool {
    let tag = TAG.find(around.next).map_or(0, |tag| tag.end());
    let next = &around.next[tag..];
    let mark = around.mark.map(|mark| if tag > 0 { '?' } else { mark });
    if COMPARED.is_match(around.claim) || COMPARED.is_match(around.before) || UNDENIED.is_match(next) {
        return false;
    }
    match mark {
        Some('?') => ANSWERED.is_match(next) || TAKEN_UP.is_match(next),
        Some(_) => {
            TAKEN_UP.is_match(next)
                || (DOUBTED.is_match(around.before) && ANSWERED.is_match(next))
                || (PAST.is_match(around.before) && OVER.is_match(next))
        }
        None => false,
    }
}

/// What may stand between a claim and the mark that asks: `never breaks, though?`
static TAG: LazyLock<Regex> =
    LazyLock::new(|| any_of(&[r"^(?:though|however|really|right|you say|you ask|eh|then|is it|是吧|是吗|对吧)\?\W*"]));

/// Questions for what is still better: whoever denies them promises.
static COMPARED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:cheaper|lower than|better|less|beats?|undercuts?)\b",
        r"\b(?:any|some)(?:where|one|body|thing)? (?:cheaper|lower|better|else)\b",
        "更|再低|比我|比咱|比这|还有比|没有|谁说|不信",
    ])
});

/// "No problem": no denial.
static UNDENIED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^[^,.;!?]*\b(?:for less|cheaper|lower|better|beats?|halves|lie|joke|fool|kid|cheat|disappoint|regret)\b",
        "^[^。]{0,6}不(?:到|了|好|上|成|过|掉)[^。]{0,5}(?:赔|退|倒贴|不要钱|不收钱|免单|白送|算我)",
        "^[^,。;!?]*(?:更|再低|比我|比咱)",
        r"^(?:no (?:problem|worries|doubt|question|wonder|sweat|one|other|need|store|shop|issue|hassle|fees?|catch|limits?|strings)|not (?:a problem|just|only|to worry|an issue)|never (?:better|a doubt))",
        "^(?:这边|这里|这儿|平台|店里|前台|网上|客服|公司)[^,。]{0,4}不(?:能|好|便|方便|让)?(?:多|明)?(?:说|讲|谈|做|卖|聊)",
        "^(?:我们|咱们?|本店|从|绝|从来)*不(?:说|讲|吹|骗|玩|搞|来)(?:大话|假话|空话|虚|谎|牛|人|您|你|套路)|^(?:没问题|没错|没毛病|没的说|没得说|不用|不必|不信|不错|不仅|不光|不但|不止|不满意|不合适|不过|不贵|没有问题|没有最|没有更|没有哪|没有比|不要错|不在话下|没二话|不骗|不要怕)",
    ])
});

/// What is said of a claim by others before it is answered: 您问能不能, `does it`, `we once`.
static DOUBTED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "问|传|听说|以为|有人|网上|外面|隔壁|邻居|以前|曾经|过去|之前|的话",
        r"\b(?:asked?|heard|rumou?r|used to|once|until|someone|neighbou?r|you think|ads?|online)\b",
    ])
});

/// What was once so.
static PAST: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"以前|曾经?|过去|之前|当年|早年|原来|\b(?:used to|once|until|previously|formerly|years ago|back in|last year|in the past|had)\b",
    ])
});

/// And is no more.
static OVER: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^[^.!?]*\b(?:removed|gone|ended|stopped|discontinued|dropped|withdrawn|scrapped|abolished|no longer|not any ?more|history|expired|over now|(?:took|taken|pulled|struck) (?:it|that|them)|taken down)\b",
        "^[^。!?]*(?:没有了|没了|取消|停了|不做了|不搞了|不再|下线|作废|结束了|废除|废止|叫停)",
    ])
});

/// A bare answer that denies.
static ANSWERED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^(?:(?:sorry|i'm afraid|well|oh|honestly|sadly|unfortunately|um|hmm|alas|truthfully|and|but|that's|it's|it is|that is|what|i'm sorry|we're sorry|frankly|look|dear|hi)[ ,.:-]*)*(?:no(?:$|[,.!;:—-]| (?:such|sorry|we|i|it|they|sir|madam|that|there|thanks|chance|way|bank|battery|doctor|lawyer))|nope|nah|none|never(?:$|[,.!;])|not (?:even|possible|here|with us|us|at|from|in|on|something|true|really|true|allowed|our|anymore|any more|i'm|quite|for|so|what|one|a chance|anything|advisable|legal)|not(?:$|[,.!;])|(?:the|our) [a-z]+ (?:has|have|offers?|does|do|is|are) (?:none|no such|not|nothing)|mistaken|wrong|false|untrue|a (?:myth|scam|lie|con|rumou?r|trap|trick|fraud|hoax)|illegal|forbidden|impossible|nonsense|sorry$|don't|do not|please don't|if only|i wish|we wish|wouldn't that|dream on|hardly|in your dreams|far from|(?:please )?(?:be (?:very |extremely )?(?:careful|wary|suspicious)|beware|steer clear)|stay away|hang up|report)",
        "^(?:抱歉,|不好意思,)?[^,。我咱]{0,6}(?:可|都|也|里)?没有?(?:这|那|此)",
        "^(?:(?:不好意思|抱歉|对不起|很抱歉|很遗憾|遗憾|实在|真的?|这个?|那个?|世上|世界上|天底下|市面上|可|哈|亲|亲亲|您好|说实话|老实说|我们|咱们?|本店|公司|这边|店里|消息|话|说法|可真|恐怕|哪|是|都|它|也|根本|其实|十个有)[,. ]*)*(?:不(?:行|能|可以?|会|敢|存在|做|开|是|对|成|提供|支持|保证|承诺|允许|加|收|接受|可能|现实|实|好说)|没有(?:$|[,。!;的哦哈呢啊呀亲]|这|那|此|任何)|没(?:这|那|听说|说过|承诺|有过)|无法|没法|保证不|做不|办不|违法|违规|犯法|假|骗|谣|误|十个是骗|有的事|别(?:信|碰|听|理|当真|做|上当|点|想)|千万别|谁[也都]|哪家[也都]|没人|没有人|任何人[也都]?不|并没|并不|赶紧退|并非|并无|从来?没|从未|绝不|坚决不|禁止|严禁)",
    ])
});

/// The claim is taken up and denied: "we don't do that", "that's been removed", 那是他们, 并无此事.
static TAKEN_UP: LazyLock<Regex> = LazyLock::new(|| {
    let lead = "(?:(?:but|and|so|though|however|sorry|yet|still|well|honestly|sadly|i'm afraid|unfortunately|no|frankly|personally|dear|please|here|i know|i see|i understand|of course|true|great)[ ,.]*)*";
    let cannot = "(?:(?:ca|do|did|does|wo|would|could|is|are|was|have|must)(?:n't| not)|cannot|can not|will not|never|can never|would never|will never|have never|had never|don't ever)";
    let that =
        "that|it|so|this|those|them|such|these|anything of|any of|anything like|any such|such a|like that|like this";
    let kind = "that|this|it|them|those|the|way|kind|sort|nonsense|things?|stuff|sorts?|of|promises?|claims?|offers?|guarantees?|lines?|talk|games?|route|i'm afraid|though|honestly|anymore|any more|at all|either|ourselves|for anyone|to anyone|in good faith";
    any_of(&[
        &format!(
            r"^{lead}(?:we|i|nobody|no one|our (?:shop|store|clinic|firm|staff|team|doctors)|not even [a-z ]+|no (?:honest |decent |serious )?[a-z]+) (?:{cannot}|can|could|would|will|dares?|forbid)(?: (?:ever|actually|really|honestly|currently))*(?: (?:do|offer|work|copy|say|said|claim|run|sell|make|promise|guarantee|accept|take|allow|provide|use|back|swear to|put|join|play|give|permit|stand behind|vouch for|commit to|did|promised|offered|claimed|done|had|have))*(?: (?:{that}))?(?: (?:{kind}))*(?:$|[,.!;?])"
        ),
        &format!(
            r"^{lead}(?:that|that one|this|it|they|those|these|which|such [a-z]+|the (?:offer|deal|programme|program|promotion|policy))(?:'s| is| are| was| were|'re|'ve| has| have|'s been)?(?: (?:been|all|just|long|simply|since|only|now|already|has|have|both|a|an|the|no|not|since been|pure|plain))* (?:removed|ended|(?:over|gone|them|theirs)(?:$|[,.!;])|stopped|discontinued|mistaken|wrong|false|untrue|lies?|scams?|frauds?|myths?|rumou?rs?|illegal|forbidden|banned|abolished|scrapped|dropped|withdrawn|retired|history|expired|cancelled|nonsense|exaggerated|exaggeration|misleading|inaccurate|outdated|no longer|fake|fraudsters?|hype|impossible|unrealistic|crime|against|fraudulent|dishonest|(?:not|never|not been) (?:true|ours|us|our [a-z]+|possible|allowed|something|how|what|a thing|legal|real))\b"
        ),
        &format!(
            r"^{lead}(?:company|house|our|the|store|platform|hospital|bank|school) (?:rules?|policy|law|regulations?|rulebook|management|company)? ?(?:forbids?|prohibits?|bans?|(?:does|do)n't (?:allow|permit)|won't (?:allow|permit|let)|has none|have none|has no)\b"
        ),
        &format!(
            r"^{lead}(?:there(?:'s| is| are|'re) (?:no such|nothing of|none|no [a-z]+ like)|no such|nothing of the (?:sort|kind)|not (?:at|with|in|from|on) (?:ours?|us|this)|not (?:us|ours|anymore|any more|true|possible)\b|(?:that|this|it|those|they|these) (?:is|was|are|were|does|do)(?:n't| not) (?:us|ours|our|true|real|something|how|what|possible|allowed|happen|exist|part|legal)\b|stay away|don't (?:believe|fall for|trust|buy) (?:it|that|them|a word)|do not (?:believe|fall for|trust) (?:it|that|them)|report (?:it|them|him|her)|hang up|it's not on our)"
        ),
        "^(?:不过|但是?|可是?|抱歉|不好意思|对不起|哈|亲|,|实在|其实|这个?|那个?|这种|这话|这事)*(?:我们|咱们?|本店|我店|小店|我家|咱家|店里|公司|平台|医院|学校|酒店|银行|官方|我这边|这边|我|厂长来了|负责任的[^,]{1,4}|谁|任何人|哪家)?(?:这边|店|这里|家|可|也|都|从来?|真的?|实在|绝对?|暂时|目前|坚决|一向|是|就|恕)*(?:不(?:敢|能|会|好|便)?|没有?|没法|没办法|无法|难以|恕不|未)(?:给|跟|向|对|和)?(?:您|你|客人|大家|任何人)?(?:随便|乱|轻易|敢|会|能|作|做|打|提供|任何|这么|这样|学)*(?:说|讲|保证|承诺|担保|许诺|答应|打包票|开|认|做|包|提供|支持|接受|允许|搞|做到|兑现|宣传|推荐|建议|赞成|夸|玩|碰|他|她|规矩|规定|这规矩|这规定|此事|服务|这一条|这条|这种|这事|这回事|这个|这样|那种|那样|那个|那|这|此类|此|过)(?:[^,。]{0,6}(?:大话|的话|事|业务|做法|服务|活动|规矩|承诺|保证|东西|本事|能力|胆子|底气|权限|套))?[过了的哈哦呢呀啊嘛亲您你]*(?:$|[,。!;?])",
        "^(?:不过|但是?|可是?|可|其实)?(?:那|这|这话|这种话|这个|此事|说了|这些|它们?|以上|均|都|全|现在|如今|目前|早就|早|后来|平台)[^,。不没]{0,8}(?:是(?:他们|同行|别家|假|骗|谣|传言|违|误|瞎|夸|噱|老)|没有了|没了|停了|取消了|不做了|没这|不对|不可能(?:$|[的,。!])|不是真|不是我们|不属实|不现实|不存在|不负责|违法|违规|误导|骗|谣|假的(?:$|[,。!?;别哈啊呀哦])|下线|作废|结束了|不允许|不准)",
        "^(?:可|都|这|是|万万|千万)*(?:信|要|碰|听|使)不得",
        "^(?:必|肯定|十有八九|多半|绝对|全|都|均|一律|统统|就|也|基本)*(?:是|属)(?:骗|诈|假|违法|违规|坑|谣|虚假|忽悠|误导)|^您?(?:去|找|到)别[家处人][^,。]*,(?:我们|咱们?|本店)(?:不|没)",
        "^(?:这个?|那|这话|这事|我们?|咱们?|本店|店里|真的?|可|也|都|实在|恕)*(?:做不到|办不到|答应不了|承诺不了|保证不了|打不了包票|没有这回事|没这回事|没有的事|并无此事|纯属|并非如此|不是这样|绝无此事|违法的|违规的|是违法|属违法|假的(?:$|[,。!?;别哈啊呀哦])|都是假|您?(?:这是|可能|怕是|是|准是)*(?:被骗|上当|遇到骗子|碰上骗子)|骗人的|公司不允许|规定不允许|平台不允许|医生才|签证官才)",
        "^(?:您|你|大家|请|请您|亲|千万|可|都|一律|也)*(?:别|不要|请勿|切勿|勿|莫)(?:去|再)?(?:信|听|当真|上当|理会?|碰|参与)(?:它|这个|这种|这些|了|啊|哈|哦|呀|$|[,。!])",
    ])
});
