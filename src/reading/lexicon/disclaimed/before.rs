//! Denials that stand before a claim in its clause: 没人敢跟您保证, `no lawyer may promise`, `that doesn't make it`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::any_of;
use super::{Around, Reaching};

/// True when what stands before a claim in its clause denies it. Right before it, there are many ways; with other words between, verbs of
/// saying, promising and asking are denied alone: 不满意可以加微信 denies nothing.
pub(super) fn denies(around: &Around) -> bool {
    let before = around.before;
    if FEINT.is_match(before) || (around.is_compared() && NO_OTHER.is_match(before)) {
        return false;
    }
    (RIGHT_BEFORE.is_match(before) && !NOT_ONLY.is_match(before))
        || ((NOBODY.is_match(before) || (NO_SUCH.is_match(before) && DOES.is_match(around.claim)))
            && !OTHERS.is_match(before)
            && !around.is_compared())
        || SAYING.forward(before)
        || TELLING_OFF.forward(before)
}

static RIGHT_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let chinese = "能够?|会|可能|可以?|敢|得|要|需要?|必|用|应该?|曾|是|算|算是|做到|做得到|代表|意味着|等于|说明|再|去|来|拿|以任何|以|任何|随意|轻易|私下|主动|擅自|直接|通过|使用|保证|承诺|担保|确保|提供|取得|获得|得到|拿到|通过|经过|申请|给|说|称|宣传|宣称|支持|接受|要求|引导|让|请|叫|索要|索取|收|加|添加|联系|回复|走|做|卖|买|标|存在|有|谈|您|你|它|客人|顾客|宾客|用户|家长|陌生人?|个人|他人|别人|员工|人员|客服|导游|司机|店长|的|为|到|向|往|在|全网|全城|全年|所谓|什么|一定|绝对|永远|价格|都|也|先|相信|搞|开展|参与|碰|学|推出?|设|兴|玩|弄|整|讲|许|信|听信|轻信";
    let english = "to|be|ever|can|could|will|would|may|guarantee[sd]?|promis(?:e|es|ed|ing)|claim(?:s|ed|ing)?|say|offers?|offering|have|has|had|held|hold|use[sd]?|using|accepts?|accepting|take[sn]?|asks?|asking|asked|contact(?:s|ing)?|adds?|adding|send(?:s|ing)?|pay(?:s|ing)?|reply|answer|communicate|chat|reach|write|message|deal|guests?|customers?|clients?|you|us|me|them|him|her|anyone|anybody|strangers?|staff|guides?|drivers?|money|payments?|orders?|bookings?|via|on|through|over|in|by|with|for|from|at|it|is|it's|this|that|a|an|the|any|our|your|always|need|want|allowed|required|supposed|obliged|able|support|provide|do|doing|does|make|makes|making|give|gives|know|think|we|they|transfers?|business|private|personal|outside|or|such thing as|evidence|proof|exactly|entirely|completely|anything like|yet|officially|mean|means|you're|you'll|it'll|reimburse|refund|compensate|issue|hand out|run|sell|stock|carry|cover|match|honou?r|quote|operate|deal in|supply|process|waive|obtained|received|earned|won|permitted|authori[sz]ed|entitled|meant|expected|free to";
    any_of(&[
        &format!(
            r"(?:不|没|无法|无需|无须|未|别|勿|莫|非|难以|谨防|警惕|谢绝|拒绝|禁止|避免|杜绝|哪有|哪来|何来|哪敢|怎敢|岂敢|并无|暂无|尚无|本店无|平台无|我们无)(?:{chinese})*\s*$"
        ),
        &format!(
            r"\b(?:not|never|cannot|no|without|nobody|no one|neither|nor|hardly|scarcely|barely|[a-z]+n't|unable|refuse|beware of|avoid|(?:warn|caution|advise) against|(?:forbidden|banned|barred|prohibited) (?:from|to)|far from|anything but|nowhere near|short of|(?:stopped|quit|gave up|ended|dropped|left|scrapped|abolished|discontinued|retired)(?: advertising| offering| promising| giving| doing)?)(?: (?:{english}))*\s*$"
        ),
        "(?:做|给|办|帮|提供|搞|弄|保证|承诺)不(?:了|到)(?:您|你)?$|(?:承担|赔|担|负担|给)不起$",
        r"\bnot (?:every(?:one|body)?|all)(?: (?:customers?|clients?|patients?|students?|guests?|products?|people|skin|parcels?|cases?|orders?|users?|applicants?|of (?:them|us)))?(?: (?:will|can|is|are|gets?|has|have|does))?(?: (?:a|an|the|be))?$",
        "(?:谈|算|称|达|做|够|说)不[上到](?:是|能|什么)?$",
        "(?:不是|并非|不见得|未必)(?:所有|每|人人|谁|什么)[^,]{0,8}(?:都|能|会)(?:能|会|可以)?$|(?:不见得|未必)(?:就|能|会|是)*$",
    ])
});

static NOT_ONLY: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"不(?:但|仅|只|仅仅|光)是?",
        r"没有?比|无不|不得不|不能不|没有?不",
        r"\bnot (?:only|just|merely|simply)\b",
        r"\bno (?:hidden |extra )?(?:fees?|charges?|tax|cost|need|doubt|problem|matter|risk|worries|wonder|question|deposit)\b",
        r"\b(?:never|not|n't) (?:ever )?(?:been|have|had)? ?(?:easier|cheaper|better|safer|lower|hesitate|worry|miss)\b",
    ])
});

/// "Nobody can", "no shop ever": with a verb of its own, before the claim.
static NOBODY: LazyLock<Regex> = LazyLock::new(|| {
    let says = "promise|guarantee|vouch|swear|claim|say|assure|warrant|pledge|confirm|offer|tell|sign off on|advertise|rule out|ensure|give|get|make|turn|find|sell|provide|deliver|talk of|talk about|speak of|dream of|put";
    any_of(&[
        &format!(
            r"\b(?:nobody|no one|none|not even|no (?:[a-z'-]+ ){{0,2}}?[a-z'-]+) (?:[a-z'-]+ ){{0,3}}?(?:can|could|will|would|may|might|should|must|ever|dares?)(?: (?:ever|honestly|possibly|truthfully|seriously|legally|dare|to))*(?: (?:{says})(?: [a-z']+)*)?(?: (?:a|an|the|be|have|for|to))*$"
        ),
        r"^\W*(?:and |but |still |sadly |nothing|there's |there is )*(?:nothing(?: (?:[a-z]+ ){0,4}(?:is|are|can|will|ever))?|no [a-z-]+(?: [a-z-]+)? (?:gives?|is|are|has|ever|offers?|makes?|brings?|can be))(?: (?:sure|certain|guaranteed|bound|able|allowed) to)?(?: (?:a|an|the|ever))*$",
        r"^\W*(?:and |but |sorry |sadly )*(?:nobody|no one)(?: (?:here|ever|at [a-z]+|in [a-z]+))* (?:[a-z]+ from [a-z ]+ )?(?:gets?|has|receives|offers|does|gives|makes|takes|pays)(?: (?:a|an|the))?$",
        r"\b(?:nobody|no one|none)(?: [a-z]+){0,5} (?:asks?|calls?|requests?|demands?)(?: you)?(?: for| to)?(?: (?:a|an|the|your))?$",
        r"\b(?:nobody|no one|none of (?:us|our [a-z]+)|no [a-z]+) (?:here |from [a-z ]+ |at [a-z ]+ |in [a-z ]+ )?(?:is|was|are|were|has been|will be) (?:ever )?(?:allowed|authori[sz]ed|permitted|entitled|told|asked) to$",
        "没有?(?:任何|一[个家种款]|哪[个家种款])?[^不没我咱,]{1,8}(?:能够?|可以|会|敢|可能)(?:替|给|帮|跟|向|让|使|把)?(?:您|你|大家|孩子|人|皮肤|客人)?(?:做到|达到|保证|承诺|确保|说)?$",
        "(?:没有?(?:任何|一个|哪个|哪家)?(?:人|家|谁|医生|律师|老师|商家|店|平台|公司|机构|专家)?|谁)[^不没,]{0,6}(?:敢|能|会|可以)[^不没,]{0,4}(?:说|讲|保证|承诺|担保|打包票|许诺|断言|答应)[^,]*$",
        "(?:谁|哪家|哪个[人店]?|任何人|任何[^,]{1,6})(?:也|都)?(?:不敢|不能|没法|无法|不会|不可能)[^,]{0,6}(?:说|讲|保证|承诺|担保|打包票|许诺|断言|答应|做到|有)?[^,更比]{0,4}$",
    ])
});

/// "No vaccine", of which the claim tells what it does.
static NO_SUCH: LazyLock<Regex> =
    LazyLock::new(|| any_of(&[r"^\W*(?:and |but |still |sadly )*no [a-z-]+(?: [a-z-]+)?$"]));

static DOES: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^(?:gives|lasts|cures|works|keeps|stays|stops|covers|protects|prevents|heals|removes|makes|wins|beats|fixes|treats|burns|lowers|pays|gets|passes|offers|erases|reverses|is|are|has|can|will) ",
    ])
});

/// Nobody at all, of whom the claim tells.
static NO_OTHER: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:nobody|no one|nothing|nowhere|no [a-z]+)(?: [a-z]+){0,3}$",
        "没有?人?$|没有?[哪谁][^,]*$",
    ])
});

/// Whom others do not match is not denied anything.
static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:other|else|than|but us|except|beats?|rivals?|need(?:ed)?|hidden|extra|fees?|charges?|question|doubt|problem|matter|worries|wonder|tax|cost|deposit|way)\b",
        "其他|别家|别的|同行|对手|比我|比咱|更",
    ])
});

/// What sounds like a denial of saying and is none.
static FEINT: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        "何不|要不|不如|不妨|不得不|不能不|不由得|不瞒|不骗|不开玩笑|不是(?:我|咱)?(?:们)?(?:自)?(?:说|吹|夸)|不用(?:我)?(?:多)?说|不必(?:多)?说|没得说|没话说|话不多说|不说别的|(?:不|别)(?:告诉|跟)别人|别外传|不外传|不信",
        r"\b(?:why (?:not|don't|wouldn't)|you (?:won't|wouldn't|can't|cannot|couldn't) (?:believe|ask|beat|find|go wrong|say)|can't (?:wait|go wrong|be beaten|beat)|(?:don't|do not|never) (?:hesitate|worry|miss|wait|forget|tell (?:anyone|anybody|the|my|your|them))|not (?:only|just|merely|simply)|isn't it|aren't we|don't just|doesn't just)\b",
        r"\b(?:if|when|whenever|once|until|unless)\b.*\b(?:not|never|cannot|[a-z]+n't)\b",
    ])
});

/// Verbs of saying and promising, denied, with whatever between them and the claim.
static SAYING: LazyLock<Reaching> = LazyLock::new(|| {
    let adverbs = "be|been|ever|can|could|will|would|dare|honestly|truthfully|really|simply|possibly|even|also|go so far as to|go as far as to|like to|want to|able to|going to|willing to|allowed to|in a position to|here to|about to|to|at all|in good conscience|in all honesty|with certainty|for certain|make any|make a|a|any|you|in good faith|go around|yet|here|anyone|anybody";
    let says = "promis(?:e|es|ed|ing)|guarantee(?:s|d|ing)?|vouch|swear|swore|claim(?:s|ed|ing)?|say(?:ing)?|said|assur(?:e|es|ed|ing)|warrant|commit(?:ted)?|pledg(?:e|es|ed|ing)|confirm|advertis(?:e|es|ed|ing)|assert|pretend|bet|tell|tells|told|count on|bank on|rely on|trust|believe|fooled by|taken in by|tricked by|tempted by|lured by|misled by|recommend|advis(?:e|ed)|suggest|sign off on|fall for|respond to|reply to|certain|sure|imply|offer(?:s|ed|ing)?|ask(?:s|ed|ing)?|authori[sz]ed?|talk (?:of|about)|speak of|dream of|expect|mean(?:s|t)?|make it|makes it|call it|word";
    Reaching::new(
        &[
            &format!(
                r"\b(?:not|never|cannot|nobody|no one|neither|nor|unable to|(?:refuse|decline)s? to|[a-z]+n't|no)(?: (?:{adverbs}))* (?:{says})\b"
            ),
            r"^\W*(?:and |so |then |please |kindly |always |we |we always |you should |you must )*(?:avoid|ignore|refuse|reject|decline)\b",
            r"\b(?:far be it from (?:me|us)|i'd be lying|we'd be lying|it(?:'s| is| would be|'d be) (?:wrong|dishonest|false|irresponsible|misleading|untrue|reckless|rash|foolish|unfair|unethical|silly|unwise|a lie|a stretch|an exaggeration) to|stop short of|steer clear of|stay away from|stay clear of|watch out for|be wary of|wary of|no way (?:that )?(?:i|we|anyone|anybody) (?:can|could|would|will) (?:promise|guarantee|say|claim|assure|offer|confirm)|no (?:evidence|proof|such thing|right to|authority to|permission to|business)|(?:not|[a-z]+n't) (?:true|right|correct|the case) that|(?:untrue|false) that|(?:don't|do not|doesn't|does not) have (?:the |any )?(?:authority|power|right|permission|means|evidence) (?:to|that)|not (?:my|our) (?:place|call) to|impossible to (?:promise|guarantee|say|claim|assure|predict|ensure)|(?:don't|do not|never|not to) (?:ever )?(?:pay|trust|believe|follow|listen to|give [a-z]+ to|deal with|buy from|send [a-z]+ to|let) (?:an|any|some|a |the |those |these |people|ads|sellers|posts))\b",
            "(?:哪|怎|岂)敢(?:说|讲|保证|承诺|答应|担保|夸)|打不了(?:包票|保票)|(?:保证|承诺|担保|答应)不了",
            "(?:不敢|不能|不会|不可|不便|不好|没法|没办法|无法|无权|从不|从没有?|从来没有?|从来不|从未|没有?|未|绝不|绝对不|决不|并不|并没有?|未曾|不得|不许|请勿|请别|请不要|别|不要|切勿|概不|不作|不做|不给|恕不|难以|不)(?:给|跟|向|对|和|您|你|大家|任何人|随便|乱|轻易|擅自|敢|能|会|去|再|打|作|做|提供|任何|拿|这个|那种|就)*(?:承诺|保证|担保|答应|许诺|打包票|包票|拍胸脯|拍着胸脯|断言|断定|宣称|声称|标榜|自称|谎称|相信|听信|轻信|迷信|指望|授权|委托|建议|提倡|主张|鼓励|推荐|认为|认同|赞成)",
            "(?:不敢|不能|不会|不可|不便|不好|没法|没办法|无法|从不|从没有?|从来没有?|从来不|从未|没有?|绝不|并没有?|未曾|(?:我们|咱们?|本店|店里|都|从|也|所以)不)(?:给|跟|向|对|和|您|你|大家|随便|乱|轻易|敢|能|会|去|再|拿)*(?:说|讲|吹|夸口|宣传)",
        ],
        &[
            "但|而是|而且|只要|只有|还是|不如|何不|错过|我保证|保证|敢说|所以|因此|因为|我们就|咱就|我就|直接加|请加|可以加|不了",
            r"[:—]|\w (?:if|when) (?:you|we|i)\b|\b(?:but|however|unless|until|once|so|because|since|than|instead|just|except|miss|lose|no to|enough|how (?:low|cheap)|better|lower|cheaper|and (?:pay|add|get|you|we|i|we'll|i'll|you'll|it|send|message|text|save)|please|save|i'll|we'll)\b",
        ],
    )
});

/// What nobody may do or is to do, with whom, where and how between.
static TELLING_OFF: LazyLock<Reaching> = LazyLock::new(|| {
    Reaching::new(
        &[
            "(?:别|不要|切勿|请勿|勿|莫)(?:再|轻易|随意|随便|千万)?(?:把|将|向|给|跟|和|与|在|因为?|为了?|用|通过|以|往|替|帮|想着|惦记|图|贪|迷信|参与|点|绕开)",
            "严禁|禁止|杜绝|谨防|提防|当心|小心|警惕|防范|抵制|远离|绝不允许|不允许|不准|不许|不得|概不|与其信",
            "(?:不会|绝不会?|不得|从不|从来不|从未|不可能|不|别|不要)(?:通过|用|以|打|发|电话|短信|微信|主动|私下|任何)*(?:电话|短信)?(?:让|叫|要求|引导|诱导|索要|索取|向|建议|请|派人|安排人)(?:您|你|客人|顾客|家长|客户|用户|乘客|旅客|大家|任何人)",
            r"\b(?:don't|do not|never|must not|mustn't|may not|should not|shouldn't|cannot|can't|won't|will not|please avoid)(?: (?:ever|please|just))? (?:move|take|post|share|send|give|hand|put|talk|let (?:any|some|him|her|them)[a-z]*|text|call|contact|reach out|approach|pressure|force|sell|collect|push|be talked)\b",
        ],
        &[
            "但|而是|就|只|才|还是|不如|何不|直接|我|咱|了|平台|网上|官网|官方|美团|携程|窗口|前台|柜台|别家|别处|错过|犹豫|担心|失望|吃亏|白跑|后悔|为难|破费|操心|更|再低|轻放|来加",
            r"[:—]|\b(?:but|however|unless|until|once|so|because|since|than|instead|just|except|miss|away|slip|better|lower|cheaper|and|please|save|i'll|we'll|if|when|here|website|platform|app|counter|desk|guilty|long|minutes?|seconds?|online|else)\b",
        ],
    )
});
