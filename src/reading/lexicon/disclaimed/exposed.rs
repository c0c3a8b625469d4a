//! Claims that are shown up as what cheats and others say or ask: 说必过的都是骗子, `hang up if anyone asks you to pay in cash`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::any_of;
use super::{Around, Reaching};

/// True when a claim is laid at the door of cheats, or of whoever asks for it, with what is to be done about them.
pub(super) fn exposes(around: &Around) -> bool {
    let before = around.before;
    if OURS.is_match(before) || OURS.is_match(around.behind) {
        return false;
    }
    CHEATS.forward(before)
        || (REPORT.is_match(before) && !FEIGNED.is_match(before))
        || (ASKING.is_match(around.through) && (WARNED.is_match(around.behind) || WARNED.is_match(around.next)))
        || ((around.behind.ends_with('的') || SUCH.is_match(around.behind)) && WARNED.is_match(around.next))
        || (SUCH.is_match(around.behind) && WARNED.is_match(after_such(around.behind)))
        || (BELIEVED.is_match(before) && RUED.is_match(around.next))
        || (OTHERS_SAY.is_match(before) && UNLIKE.is_match(around.next))
}

/// What is said of requests of this kind.
fn after_such(behind: &str) -> &str {
    SUCH.find(behind).map_or("", |such| &behind[such.end()..])
}

/// Whoever says it of himself claims it.
static OURS: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"我家|咱家|唯独|除了我|只有我|避免|防止|以防|免得|\b(?:to avoid|to prevent|instead of|protects?|only us|only we|we alone|except us|but us|unlike them)\b",
    ])
});

/// Cheats, of whom the rest of the clause tells.
static CHEATS: LazyLock<Reaching> = LazyLock::new(|| {
    Reaching::new(
        &[
            r"\b(?:scams?|scammers?|fraudsters?|fraud|swindlers?|crooks?|touts?|con (?:men|man|artists?)|impost[oe]rs?|impersonators?|phishing|cheats|thieves|rogue [a-z]+|fake [a-z]+|warning|caution|beware|look out|watch out|it(?:'s| is) (?:illegal|forbidden|fraud|against [a-z ]+) (?:to|for)|prohibited|not permitted|myth|rumou?r)\b",
            "骗子|骗局|诈骗|谣言|谣传|虚假|黑中介|冒充|假冒|不法分子|套路|陷阱|噱头|忽悠|违法|违规|坑人",
        ],
        &[
            "但|不是|而我|请|加我|我们|咱|我保证|放心|只有|避免|不同|不像|赔|打假",
            r"[:—]?\b(?:but|however|unlike|no|not|never|so|we|our|i|i'll|we'll|because|protect(?:ion|ed)?|avoid|refund|away|free)\b",
        ],
    )
});

/// Whom to report, what to hang up on.
static REPORT: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^\W*(?:please |kindly |always |just |immediately )*(?:report|hang up|block|ignore|refuse|walk away|say no|put the phone down|call (?:us|security|the police)|tell us|let us know|delete|decline|reject|don't (?:pay|answer|reply|respond|click)|do not (?:pay|answer|reply|respond|click)|never (?:pay|reply|respond|click|answer))\b.*\b(?:who|whoever|if|when|that|which|anyone|anybody|someone|to|offers?|messages?|texts?|calls?|riders?|drivers?|sellers?|staff)\b",
        "(?:请|立即|可|马上|务必)?(?:举报|投诉|抵制|警惕|拒绝|拉黑)(?:任何|一切|所有|那些|这些|这种|此类|凡是|让|叫|要求|向|以|用|索|收|宣称|声称)",
    ])
});

static FEIGNED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\byou (?:want|wish|need|like|can|have|find|would)\b|\b(?:we|i|i'll|we'll|you'd|you'll)\b|不拒绝|我们|我",
    ])
});

/// Somebody else, or anybody, who says or asks it.
static ASKING: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:anyone|anybody|someone|somebody|whoever|people|those|callers?|sellers?|texts?|messages?|emails?|websites?|sites?|ads?|posts?|accounts?|strangers?|agents?|brokers?|riders?|drivers?|couriers?|technicians?|guides?|staff|employees?|he|she|they|one of (?:our|us)[a-z ]*|colleagues?|shops?|stores?|sellers|flyers?|offers?|schemes?|links?)(?: (?:who|that|should|may|might|ever|even|outside|online|privately|out there|here|has|have|is|are|from [a-z]+|in [a-z]+|claiming to be [a-z ]+))*(?: (?:says?|said|saying|asks?|asking|begs?|wants?|wanting|offers?|offering|requests?|requesting|demands?|demanding|tells?|telling|promis(?:es?|ing)|claim(?:s|ing)?|insists?|guarantee(?:s|ing)?|sell(?:s|ing)?|advertis(?:es?|ing)|pushes|urges?|urging|swear(?:s|ing)?|tries|trying|invites?|inviting|with|collect(?:s|ing)?|charg(?:es?|ing)|takes?|taking|boast(?:s|ing)?|posing|who))\b",
        r"\byou(?:'re| are| get| were) (?:ever )?(?:told|asked|offered|promised|invited|urged|pressured|approached)\b|\byou (?:ever )?(?:see|hear|receive|get) (?:an? |any )?(?:[a-z]+ )?(?:text|message|call|email|ad|ads|calls|messages|texts|offer|offers|post|posts|link)\b",
        "(?:谁|任何人?|凡是?|有人|陌生人|对方|骑手|员工|快递|小哥|师傅|商家|司机|导游|中介|黄牛|代理人?|网友|卖家|买家|客服|私信|店主|导购|医托|销售|业务员|自称|外面|网上|那些|这些|要是|若|如果|万一|短信|电话|链接|弹窗|群里)[^,]{0,10}(?:让|叫|要|说|提出|提到|引导|诱导|承诺|保证|索要|收|宣称|声称|称|打着|告诉|谈|吹|卖|发|骗|拉|喊|以)|^(?:让|叫|要求|引导|诱导|凡|说|宣称|声称|号称|自称|打着|标榜)",
    ])
});

/// Requests of this kind.
static SUCH: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&["^的?(?:这种|这类|此类|之类|类似|这样)的?(?:要求|请求|电话|短信|话|说法|广告|链接|消息|信息|帖子|邀请)"])
});

/// What is to be done about it, or what it is.
static WARNED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^\W*(?:please|kindly|then|just|do|simply|immediately|always|you should|you must|and)?(?:[ ,])*(?:refuse|hang up|report|don't (?:pay|trust|reply|click|send|believe|fall|do|scan|answer|give|buy|transfer|add|listen)|do not (?:pay|trust|reply|click|send|believe|fall|do|scan|answer|give|buy|transfer|add|listen)|never (?:pay|trust|reply|click|send)|say no|ignore|block|call (?:us|security|the police)|let us know|tell us|walk away|be careful|beware|stay away|decline|delete|close|leave|end the|log out|put the phone down|it's (?:a |an |not |fraud|fake|illegal)|that's (?:a |an |not |fraud|fake|illegal)|they're not|he's not|that is (?:a|not)|it is (?:a|not)|(?:they|he|she|that)(?:'re|'s| are| is) (?:lying|cheating|a |an |scammers|frauds|not ))",
        r"(?:^| )(?:is|are|was|were)(?: (?:a|an|all|likely|just|probably|always|nothing but|usually|almost certainly|simply))* (?:lying|scams?|scammers?|frauds?|fakes?|fake|touts?|crooks?|cheats?|con artists?|impostors?|fraudsters?|liars?|not (?:us|ours|our|one of|from us|genuine|to be)|breaking|in breach|not telling|pulling your|fooling|misleading|kidding|exaggerat(?:ed|ing)|cheating|trying to|after your|up to)\b",
        r"(?:^| )(?:could|can|will|may|might) (?:get|land|cost) you(?: [a-z]+)? (?:banned|arrested|fined|blocked|in (?:jail|court|trouble)|your (?:account|money|job))\b",
        r"(?:^| )should (?:make you|set off|raise|ring)\b|\b(?:red flag|alarm bells)\b",
        r"(?:^| )(?:should|must|will|can) be (?:reported|ignored|refused|avoided|blocked|sacked|fired|dismissed)\b",
        "^(?:的|人|弹窗|短信|链接|电话|请求|要求|话|说法|老师|机构|软件|中介|广告|信息|时|时候)*(?:请|您|都|就|一定|务必|立即|立刻|马上|及时|可以?|一键|千万|先|直接|赶紧|尽快|也|均|全|一律|肯定|必|多半|十有八九)*(?:举报|投诉|拒绝|警惕|当心|小心|报警|挂断|挂掉|拉黑|告诉我们|拨打|别(?:付|信|给|转|听|理|点|加|扫|买|碰|上当|汇)|不要(?:付|信|相信|给|转|听|理|点|加|扫|买|碰|汇|上当)|请?勿(?:付|信|轻信|相信|转|点|加|扫)|切勿|是(?:骗|假|诈|违|黑|坑|虚|忽悠|误导|噱头|冒充)|不是(?:我们|官方|本店|我司|正规)|概不|与(?:我们|官方|本店)无关|涉嫌|骗您|骗你|不要理)",
    ])
});

/// Somebody who took it for true.
static BELIEVED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:one|a|an|some|many|another) (?:[a-z]+ )?[a-z]+ (?:who )?(?:believed|trusted|thought|fell for|was told|were told|was promised|were promised|bought)\b",
        "(?:有|一)(?:位|个|些)?[^,]{0,6}(?:信了|相信了?|轻信|以为|听信|听说)",
    ])
});

/// And what became of it.
static RUED: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^[^.!?]*\b(?:lost|landed|hospital|regret(?:s|ted)?|cheated|scammed|conned|ended up|be careful|never (?:got|saw)|ruined|sick|ill)\b",
        "^[^。!?]*(?:被骗|住院|住进|进了医院|后悔|上当|赔光|亏|血本|没到账|再也联系不|当心|小心)",
    ])
});

/// What others say.
static OTHERS_SAY: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"\b(?:rivals?|competitors?|other (?:shops?|stores?|clinics?|sellers?|schools?|sites?|agents?|hotels?|firms?|places?)|others|some (?:shops?|stores?|stalls?|sellers?|sites?|clinics?|agents?|people)|next door|touts?|ads?|flyers?|influencers?|the internet|people online|websites?|neighbou?rs?|who told you)\b",
        "别家|同行|隔壁|黄牛|中介|代理人?|网上|外面|外头|代购|有些|某些|不少|很多|友商|邻居|别人|网红|听说|外边",
    ])
});

/// And that it is not so here, or not true.
static UNLIKE: LazyLock<Regex> = LazyLock::new(|| {
    any_of(&[
        r"^(?:but |and |still )?(?:we (?:don't|won't|can't|do not|never|are not|aren't|follow|stick|prefer)|that's (?:them|their|not)|not us|not here|not true|in truth|the truth|in fact|in reality|don't|do not|you shouldn't|i'm afraid|that is)",
        "^(?:但|可|不过)?(?:我们|咱们?|本店|您|你|那|这|其实|事实|实际|大家|请)(?:可|都|就|家|店|是|也|您|千万)*(?:不|别|没|是他们|是同行|误|假|勿)|^签证官|^别(?:信|听)|^(?:其实|实际)",
    ])
});
