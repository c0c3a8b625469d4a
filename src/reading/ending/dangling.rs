//! Does a text end with a mark or word after which something must come?
//!
//! Most such words end whole sentences too, when what they belong to stands elsewhere or is left out: `what are you looking for`, `as soon
//! as you can`, `yes, it is`. In English a pronoun with a mere auxiliary is whole only behind what lets the rest be left out, as ellipsis of the
//! verb phrase needs it (Huddleston and Pullum, The Cambridge Grammar of the English Language, 2002, chapter 17, section 7).

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern;

/// What is looked at of the last line: the last words, and the clause around them. Unit: bytes.
const LAST_WORDS: usize = 120;
const CLAUSE: usize = 160;

/// Marks and words after which something must come.
static END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "{MARKS_AND_WORDS}{}{}|(?-u:\\b)[Tt]hat$",
        english_subjects(),
        chinese_ends()
    ))
});

const MARKS_AND_WORDS: &str = concat!(
    r"[,，、;；:：]$|[¥￥$€£]$|[^\s0-9-]-$",
    r"|(?:因为|由于|所以|但是|可是|不过|而且|并且|以及|或者|如果|假如|例如|比如|包括|其中|关于|对于|根据|为了|通过|只要|只有|除了|即使|虽然)$",
    r"|[^\sA-Za-z](?:和|与|或|但|且|把|被|将|从|向|至|于|对)$",
    r"|(?-u:\b)(?:and|or|but|because|the|an|your|our|including|such as|e\.g\.|i\.e\.|which|whose|into|between|than|a|of|for|with|from|by|at|within|to|is|are|was|were|be|been|will|would|can|could|should|if|as|we|in|on|per|every|each of|any of|my|their|its|during|via|upon|towards?|among|despite|regarding|concerning|very|approximately|roughly|not only)$",
    r"|(?-u:\b)(?:is|are|be|costs?|takes?|pay|spend|for|only|just|usually|at) (?:about|around)$",
    r"|(?-u:\b)(?:(?:at|in|on|for|of|from|by|with|within) that|(?:[Ii]f|[Ww]hen|[Bb]ecause|[Ww]hat|that|[Ss]o|and|but|[Ww]hile|[Ww]here|as) (?:you|it)|(?:if|when|because|what|that|so|and|but|while|where|as|than|until|before|after) (?:i|I|they|he|she))$",
    r"|(?-u:\b)(?i:once|unless|until|whenever|although|though|since|whether) (?:you|it|we|they|i|I|he|she)$|(?-u:\b)(?i:would|could|can|do|did|will|shall) (?:you|we)$|(?-u:\b)(?:costs?|earns?|saves?|gives?|brings?|each of|all of) (?i:you|us)$|(?:^|[,;:.!?]\s+)(?i:you|they|i|it|he|she)$|[,;]\s+(?i:that)$|(?:^|[。！？!?；;，,])\s*那(?:您|你)$",
    r"|(?:还|正|仍)在$|(?:这个|那个|您|我们|酒店|商家|景点|订单)的$|[^\sA-Za-z](?:由|将|请|会由|会为|会在)$",
);

/// An English pronoun behind which a verb is missing: what it stands behind is a thing or an adverb, no verb that has it as object.
fn english_subjects() -> String {
    const THING: &str = "hotel|room|ticket|price|rate|night|order|booking|food|meal|place|fee|one|amount|time|day|date|item|product|service|visit|dish|way|reservation|hours?|money|everything|anything|something|all|least|most|moment|once|else|yuan|[0-9]+|coupon|more|upwards?|discount|restaurant|orders|total|purchase|sorry|number";
    [
        // The hotel you, the price you, everything you; not: the team helps you.
        format!(r"(?-u:\b)(?:[Tt]he|[Aa]n?|each|every|any)\s+(?:[a-z]*[^nk\s])\s+(?:you|we)$|(?-u:\b)(?:{THING})\s+(?:you|we)$"),
        // How many you, which room you, whether you; not: how are you, which suits you.
        r"(?-u:\b)(?:how\s+(?:many|much|long|often|soon|early|late|far|old)(?:\s+[a-z]+s)?|which\s+(?:room|hotel|date|day|one|night|ticket|order|time|type|place|option|city|kind)s?|whether|whose\s+[a-z]+|(?:know|tell|ask|see|check|sure|say|explain|depends on|confirm|show)(?:\s+(?:me|us))?\s+(?:when|where|why|how|what))\s+(?:you|we|they)$".to_owned(),
        // May I ask you, welcome to.
        r"(?:^|[.!?,]\s+)(?:[Mm]ay|[Cc]ould|[Cc]an)\s+(?:I|we)\s+(?:ask|trouble|bother|request)\s+you$|(?:^|[.!?]\s+)Welcome\s+to$".to_owned(),
        // Usually you, today you, to get in you.
        r"(?-u:\b)(?:[A-Za-z]{3,}ly|in|today|now|then|there|here|course|tonight|general|total|case|average|also)\s+(?:you|we)$".to_owned(),
        // I'm sorry to tell you that; here you; anything else I can do for.
        r"(?-u:\b)(?:[Ss]orry|regret|glad|happy|pleased|afraid|delighted|like|want)\s+to\s+(?:inform|tell|say|advise|mention|confirm|note|report|remind|let)(?:\s+you)?(?:\s+know)?(?:\s+that)?$|(?-u:\b)[Cc]an\s+(?:tell|assure|inform)\s+you(?:\s+that)?$|(?:^|[.!?]\s+)(?:[Hh]ere|[Ee]ach\s+of|[Ll]et\s+me\s+(?:tell|update|inform|remind|walk)|[Aa]ll\s+of)\s+you$|[Aa]nything\s+else\s+(?:that\s+)?(?:I|we|you)\s+(?:can|could|may|would|might|need|want)(?:\s+(?:do|help|like|assist|know|want|be))?(?:\s+(?:for|to|you))?$|(?:^|[.!?]\s+)(?:No\s+)?(?:[Hh]appy|[Gg]lad|[Pp]leased|[Dd]elighted|[Ww]elcome)\s+to$".to_owned(),
        // That take a verb behind the one they help.
        r"(?-u:\b)(?:takes?|sets?|lets?|allows?|enables?|recommends?|suggests?|advises?|gets)\s+you$".to_owned(),
    ]
    .map(|end| format!("|{end}"))
    .concat()
}

/// Characters and phrases of Chinese behind which something is missing.
fn chinese_ends() -> String {
    const MARK: &str = r"\s。！？!?；;：:，,、~～";
    // A clause with one of these is closed by 的: 这是我们的, 园子挺大的, 有的.
    const PREDICATE: &str = "是有很挺蛮太会能可要没不";
    let (start, thing) = (format!("(?:^|[{MARK}])"), format!("[^{MARK}{PREDICATE}]"));
    [
        // 价格为, 就在, 系统会; not the end of 行为, 现在, 机会.
        "[^行人所作难无有修何]为$".to_owned(),
        r"(?:^|[^到是于截从至])现在$|[^\s存实现内外潜自所不都我常健何人直]在$".to_owned(),
        r"[^\s机社宴唱晚聚开年约协商大展乐览动学不一误体领理拜都博盛庙集峰法总工国议委舞茶酒]会$".to_owned(),
        // 请您, 建议您, 在您: they do what is missing.
        format!(r"{start}\s*(?:请|祝|建议|如果|若|但|而且|所以|因此|当|因为|只要|要是|假如|除非|不过|可是|然后|同时|另外|最后|或者|虽然|即使|如|一旦|等|让|待|只需|麻烦|烦请|劳烦|届时|此外|到时候?)?[您你]$|在[您你]到?$|(?:的话|的时候|之后|以后|之前|同时)[您你]$|(?:为|把|使|令|对|与|跟|向|将|因|关于|凡是|根据|按照?)[您你]$"),
        // 这家餐馆的, 跟别的, 大部分游客在这里的, 目前的: a thing's.
        format!("{start}[这那该此本][^边{MARK}{PREDICATE}]{thing}{{0,9}}的$|{start}{thing}{{0,8}}[跟和与比]{thing}{{1,4}}的$"),
        format!("{start}{thing}{{0,10}}(?:[在从]|目前|当前|如今|现在){thing}{{2,8}}的$|(?:目前|当前|如今)的$"),
        format!("[直发寄等给延降升涨改留走开坐排推]到$|{start}[^{MARK}]{{0,6}}[0-9点号分天]到$|{start}(?:如果|等|若|要是)?[您你]到$|到[您你]$|会不会$|[为帮给][您你](?:查询|查|找|搜索)到$"),
        // 今天的, 系统里的, 留两个小时的: of a time or a place, without what is so.
        format!("{start}{thing}{{0,10}}(?:现在|目前|今天|今晚|明天|当天|本周|平时|周边|附近|以下|以上|对面|旁边|全部|所有|整个|部分|系统里|页面上|平台上|平台里|后台)的$|{start}一[晚天张位间个]的$|(?:留|安排|花|腾)出?[^{MARK}]{{1,4}}(?:小时|天|分钟)的$"),
        format!("{start}(?:酒店|系统|平台|商家|页面|官网|我们|我|这边|景区|餐厅|店家|后台)(?:这边|里|上)?(?:现在|目前|今天)?(?:给到?|给出|显示|提供|查到|看到|推荐|记录|登记|收取|标)的$"),
        // 已经, 至少, 需要大概: of what they are of is missing.
        format!("(?:已经|位于|靠近|处于|属于|至少|预计|正在|即将|不仅|以便|尤其是|特别是|只需|仅需|如需|此外)$|(?:要|需|是|在|得|均|般|常)(?:大概|大约|约)$|{start}(?:另外|大概|大约|人均|大概要|大概需要)$"),
        // 诚挚的, 相关的: what is said of a thing and of nothing else; 7246...136的状态: a thing with nothing said of it.
        format!("{start}{thing}{{0,12}}(?:诚挚|真诚|由衷|衷心|深切|诚恳|优质|舒适|合适|适合您|满意|贴心|周到|完善|全新|美好|难忘|详细|具体|准确|相关|有关|相应|对应|其他|其余|所有|任何|各种|主要|额外|专属|不同|最终|最新|最大|更好|更多|正式|一切|心仪|喜欢)的$"),
        format!("{start}[^{MARK}{PREDICATE}0-9]{{0,8}}[0-9A-Z]{{6,}}的[^{MARK}{PREDICATE}已在了成完失未正0-9]{{2,6}}$"),
        // 请提供一下您, 很抱歉给您, 我们建议您: whose thing is missing, or what they get.
        format!("(?:提供|出示|输入|填写|告诉我|告知|确认|[查收看]到了|核对|知道|显示|影响|需要|建议|让|请问|但是|能否|想要|说|要)(?:一下|下)?[您你]$|(?:抱歉|遗憾|不好意思|对不起)[,，]?[给让][您你]$|{start}(?:那|先|再|就)?[给帮替][您你]$|对于[您你]遇到$"),
        format!("(?:达|遇|买|用|轮|涉及|感受|体会)到$|{start}(?:再)?到$|[内后]会收到$"),
        // 满200元的, 发生这样的, 请问您预订的, 每晚的.
        format!("{start}{thing}{{0,10}}[0-9]{{2,}}[元块]?的$|满[0-9]+[元块]?的$|(?:发生|出现|遇到|遭遇)(?:了)?(?:这样|这种|此类|如此)的$|(?:带来|造成|留下|这次|此次)(?:了)?[^{MARK}是]{{1,5}}的$|提供(?:免费|收费)的$"),
        format!("(?:提供|出示|告诉|报)[^{MARK}]{{0,8}}(?:预[订定]|下单|购买|入住)时?的$|请问[^{MARK}]{{0,8}}的$|{start}{thing}{{0,10}}(?:每[晚天人间位]|标准间|大床房|双床房|食客|游客|客人|顾客|大家|网友|住客)的$"),
        // 您咨询的, 根据您发送的, 按照平台的: whose thing is missing.
        format!("{start}(?:[^给帮替为跟和向对建请议{MARK}{PREDICATE}]{{0,4}})[您你](?:所|刚才?|上次|之前|在线|需)?(?:咨询|发送|发来|提供|反馈|提交|上传|预[订定]|选择|询问|关注|查询|购买|描述|输入|填写|指定|提到|反映|关心|入住|下单|登记)的$"),
        format!("{start}(?:已|刚|刚刚|今天|今晚|明天|正常|一般|普通|提前|直接|现在)?(?:游览|游玩|参观|下单|到店|入住|付款|出发|预订|购买|登记|退房|取票|进园|入园|结账)的$"),
        // 刚给您, 推荐您, 符合您, 需要我帮您: who gets or does something is named, and not what.
        format!("(?:会|将|可以|能|话|刚|重新|再|了|要|马上|立即|稍后|现在|块|元|正在|来|去|已经?|优先|尽快|统一|顺便|另外|还)给[您你]$|(?:推荐|要不|[您你]看|看看|符合|满足|期间|任|{start}看|，看)[您你]$|(?:需?要|让)我(?:来)?[帮为给][您你]$|[^{MARK}]和[您你]$|可以送[您你]$"),
        // 我查到, 小时内收到, 押金到, 从入园到.
        format!("{start}[^没未不无{MARK}]{{0,10}}(?:查询|查|找|搜索|检索)到$|(?:小时|天|钟|日)内收到$|(?:可以|只需|直接|押金|退房|身份证|金额|一|两|三|从[^到{MARK}]{{1,6}})到$"),
        // 清华大学的, 4.7分的, 里面的; 这里卖的, 客人去过的, 拆封的.
        format!("{start}{thing}{{0,12}}(?:馆|园|楼|厅|店|寺|学|院|宫|山|湖|城|门口|家|民宿|分|机|社|里面|这里|那里|那边|这边|目的地)的$|{start}{thing}{{0,10}}[^自现]在?(?:卖|留|给出|去过|吃饭|用餐|住店|玩|运动|看到|查到|查询到|找到|收取|确认|拆封|推荐|(?:符合|满足)[您你]?|最[贵好近多低高大]|少一点|不错|好吃|(?:住客|客人|游客|会员)用)的$"),
        format!("{start}(?:根据|按照?|关于|对于|针对|除了|凭|随着|鉴于|由于|作为){thing}{{1,10}}的$"),
    ]
    .map(|end| format!("|{end}"))
    .concat()
}

/// Whole words that end like one of those.
static WHOLE_WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:绝|应|面|相|一|不|核|校|反|敌|作)对$|(?:终|等)于$|(?:总|共|平|温|饱|暖|谦|随|颐|柔|参|赠|大|反|间|并|而|何|上|下|朝|方|倾|走|去)(?:和|与|向|且|至)$|[服随听跟顺盲遵依侍主]从$|(?:申|邀|聘|恳)请$|是(?:这个|那个|您|我们|酒店|商家|景点|订单)的$|(?:帮助?|帮到|联系|通知|告知|提示|提醒|回复|答复|协助|听|归)(?:到|给)?(?:您|你)的$",
    )
});

/// People end a wish, a question, a request to wait or a mere yes with a comma. Another sentence that a particle has closed may go on.
static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?:祝|愿|希望|期待|盼)[^。！？!?]{0,16}(?:愉快|开心|顺利)|(?:^|旅途|旅行|旅程|周末|节日|假期|生活|工作|出行|行程|一路|购物|新年|国庆|圣诞|春节|中秋)(?:愉快|开心|顺利)|稍等|稍候|稍后|等待|等候|谢谢|感谢|[^现存]在的|^在的|好的|好[哒滴嘞]|嗯|[吗~～])(?:一下|下|您|你)?[哦呢哈啦哟呀嘛哒噢喔呐亲~～]*[\s,，、;；:：]*$|[哦呢哈啦哟呀吗嘛哒噢喔呐亲]\s*[、;；:：]$|^\s*\S{0,4}[哦呢哈啦哟呀吗嘛哒噢喔呐亲]\s*[,，]$",
    )
});

/// A colon behind a request waits for the reader: 请输入您的订单号：, `please enter your order number:`, 请选择：. What is to follow (以下, `below`)
/// or a place to send something to does not.
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    let give = "(?:输入|填写|填|提供|回复|告知|告诉|发送|发|报|留下|写下|写|补充|说明|描述|核对|确认|出示|上传|给)";
    let slot = "(?:号|号码|编号|单号|码|姓名|名字|名称|电话|手机|地址|日期|时间|邮箱|问题|需求|内容|情况|信息|人数|尾号|金额|原因|选项|序号|数字|关键词|城市|房型|[几后][0-9一二三四五六]?位)";
    pattern(&[
        format!("(?:请|麻烦|烦请|劳驾|劳烦|需要?|能否|可否|方便)(?:[^。！？!?；;以下如]|以便|下方|下单|如实){{0,16}}{give}(?:[^。！？!?；;，,以下如]|一下|下您|下你|下订|下单){{0,14}}{slot}(?:[哦呢吧哈呀啊]|即可|给我|发我)?\\s*[:：]$"),
        "(?:请|麻烦|烦请)[^。！？!?；;]{0,10}(?:选择|点选|勾选)[^。！？!?；;，,]{0,14}[:：]$".to_owned(),
        r"(?i)(?-u:\b)(?:please|kindly|pls|could you|can you|just|enter|type)(?:\s+(?:[a-z']+)){0,4}?\s*(?:enter|type|provide|share|send|tell|reply|fill|input|submit|paste|give|confirm|leave|write|state|specify|drop|key)(?:\s+(?:in|us|me|with|out|here|down))*\s+(?:your|the|a|an)\s+(?:[a-z'-]+\s+){0,4}?(?:number|no\.?|name|code|id|date|dates|reference|address|e-?mail|phone|question|time|reason|pin|digits|city)(?:\s+(?:of|for|on|from)\s+(?:your|the|this)\s+[a-z]+)?(?:\s+(?:here|please|first))?\s*[:：]$".to_owned(),
        r"(?i)(?-u:\b)(?:please|kindly|pls)\s+(?:choose|select|pick)[^.!?;,]{0,40}[:：]$".to_owned(),
    ]
    .join("|"))
});

static GREETING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:亲|您好|你好|嗨|哈喽|(?i:hi|hello|hey|good (?:morning|afternoon|evening)))[^0-9,，:：。！!？?]{0,14}.$",
    )
});

/// Verbs with the prepositions that are theirs and may stand without what they belong to.
const STRANDED: &str = "(?:ask|asked|asking|look|looking|looked|pay|paid|paying|wait|waiting|hope|hoping|wish|search|searching|care|apply|applied|call|called|here|good|go|going) for|(?:stay|stayed|staying|look|looking|looked|arrive|eat|work|aim|point) at|(?:talk|talked|talking|speak|spoke|speaking|go|went|going|listen|refer|referred|referring|belong|send|sent|reply|look forward|used|agree|been) to|(?:come|came|coming|bought|buy|order|ordered|call|calling|write|choose|hear|suffer) from|(?:talk|talking|speak|deal|dealing|help|work|start|begin|happy|agree|travelling|traveling|stay|pay) with|(?:work|working|click|clicked|rely|decide|decided|stay|staying|settled|count|focus|going|spend|depend) on|(?:interested|live|staying|stay|check|book|fit|believe) in|(?:think|thinking|thought|hear|heard|speak|dream|know|aware|made|proud|part) of|(?:go|stop|pass|mean|meant) by";

/// Prepositions and verbs that have a mere `that` as object.
const BEFORE_THAT: &str = "like|about|than|after|before|into|without|through|over|under|since|besides|near|except|is|was|be|'s|isn't|wasn't|do|does|did|done|doing|know|knows|understand|appreciate|mean|remember|hear|believe|get|got|fix|say|said|only|even|just|how|why|what|like|thanks for|sorry for|because of|instead of|all of|out of";

/// Any word but those behind which a clause begins with `that`. There is no look-ahead: by their first letters.
const NO_SAYING: &str = "accept|arrange|ask|avoid|book|bring|buy|call|cancel(?:led|ed)?|change[d]?|check(?:ed|ing)?|choose|clear|correct(?:ed)?|do|eat|fix(?:ed)?|follow|forget|get|give|handle[d]?|have|help|keep|leave|like|love|make|need|order|pay|prefer|process(?:ed)?|provide|put|review(?:ed)?|send|sent|share|solve[d]?|sort(?:ed)?|support|take|taken|tell you|try|update[d]?|use|want|watch|wear|write";

/// Clauses whose last word stands alone rightly.
static WHOLE_CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    let pronoun = "(?:you|we|they|i|it|he|she|that|this|there)";
    let be = "(?:is|are|was|were|be)";
    let auxiliary = "(?:is|are|was|were|be|will|would|can|could|should|must|may)";
    pattern(&[
        // Stranded, each by a verb that takes it: what are you looking for, the hotel that you asked for; who is it for.
        format!(r"(?i)(?-u:\b)(?:what|who|whom|where|how|that|which|something|anything|somebody|nothing|everything|all|the \S+ (?:you|we|i|they))\s[^.!?,;]*(?-u:\b)(?:{STRANDED})$"),
        r"(?i)(?-u:\b)(?:something|anything|somebody|nothing)(?: else)? (?:to|you|we|i|they|it|he|she) [^.!?,;]*(?-u:\b)(?:of|for|with|from|by|at|within|to)$".to_owned(),
        r"(?-u:\b)which\s+\S+\s+to\s+\S+\s+(?:of|for|with|from|at|to|in|on)$".to_owned(),
        r"(?i)(?-u:\b)(?:what|who|where)(?:\s\S+){0,2}(?:'s|'re|\sis|\sare|\swas)(?:\s(?:it|that|this|they|you|he|she))?\s(?:for|from|about|with|at|in|on)$".to_owned(),
        r"(?i)(?-u:\b)(?:what|who|where)\s(?:it|that|this|they|you)(?:'s|'re|\sis|\sare)\s(?:for|from|about|with|at|in|on)$".to_owned(),
        // Left out: as soon as you can, how much it is, yes it is, here you are.
        format!(r"(?-u:\b)(?:[Yy]es|[Nn]o|[Yy]eah|[Ss]ure|[Hh]ere|there|neither|nor)(?:,|\s)(?:[^.!?;,]*\s)?{pronoun}\s+{auxiliary}$"),
        format!(r"(?-u:\b)(?:as|than)\s(?:[^.!?;,]*\s)?{pronoun}\s+(?:will|would|can|could|should|must|may)$|(?-u:\b)(?:leave|keep|stays?|remains?|just|exactly|soon|long|much|so|than)\s(?:[^.!?;,]*\s)?(?:you|we|they|i|it|he|she|that|this)\s+{be}$"),
        format!(r"(?-u:\b)(?:what|where|how(?:\s\S+)?|who)\s+(?:(?:the|your|our|my|this|that)\s\S+(?:\s\S+)?|{pronoun}|everything|things)\s+{be}$"),
        format!(r"\S\s+(?:if|when|whenever|wherever|whatever|unless|because|like|all|everything|best|much)\s+{pronoun}(?:\s+\S+)?\s+(?:can|could|will|would|should|may|must)$"),
        format!(r"(?-u:\b)(?:as\s\S+\sas|than)(?:\s+\S+){{1,4}}\s+{be}$"),
        // Verbs that end with in, on or by.
        r"(?-u:\b)(?:come|came|comes|come on|log|sign|check|checked|hold|hang|go|going|goes|went|later|move|carry|turn|turned|put|try|keep|join|fill|drop|step|settle|early|further|get|got|read|pass|interested)\s+(?:in|on)$".to_owned(),
        r"(?-u:\b)(?:stop|stopped|stopping|drop|dropped|come|came|pass|passed|swing|go|going|get)\s+by$".to_owned(),
        // What was done, wished or asked before: if you want to, what you paid for.
        r"(?-u:\b)(?:love|happy|supposed|try|hope|wish|glad|allowed|welcome|not)\s+to$".to_owned(),
        r"(?i)(?-u:\b)(?:if|when|whenever|unless|as|than|whatever|wherever|because|what|all)\s[^.!?;]*(?-u:\b)(?:like|wants?|wanted|needs?|have|has|had|going|able|free|how|plan|ought|willing|prefer|used|meant)\s+to$".to_owned(),
        r"(?-u:\b)(?:care|cared|asked|called)\s+for$".to_owned(),
        r"(?i)(?:^|[.!?])\s*(?:(?:no|yes|sure|yeah),?\s+)?(?:i|we|you|they|he|she|it)\s+(?:don't|doesn't|didn't|won't|do|does|did|will)(?:\s+really)?\s+(?:want|need|have)\s+to$".to_owned(),
        r"(?-u:\b)(?:care|thought|heard|kind|sort)\s+of$".to_owned(),
        r"(?-u:\b)(?:start|begin|go|help|agree|happy|ok|okay|fine|done)\s+with$".to_owned(),
        // That which was said before: of a preposition or of a verb that is not one of saying, where clauses begin with `that`.
        format!(r"(?i)(?-u:\b)(?:{BEFORE_THAT})\s+that$"),
        format!(r"(?i)(?-u:\b)(?:will|can|could|would|should|to|do|don't|did|didn't|not|please|let's|let me|i|we|you|they|'ll|'d|'ve|have|has|am|'m|are|is|already|just)\s+(?:{NO_SAYING})\s+that$"),
        r"(?-u:\b)(?:sorry|thanks?|thank you|apologi[sz]e|apologies|because|instead|care|sure|aware|ahead|part|all|most|some|none|one|each|out|think|thought|do|ask|look|pay|hear|help(?:ed)?(?: you)?|work(?:ing)?(?: on)?|start|agree|okay|ok|fine|happy|wrong|along|deal)\s+(?:for|of|on|with|at|by|from) that$".to_owned(),
    ]
    .join("|"))
});

/// A sentence of English that ends with its stop.
static STOPPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[a-z]{2}\.\s+\S"));

/// What nobody leaves at that: `Happy to`, `we regret to inform you that`.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[.!?]\s+)(?:[Hh]appy|[Gg]lad|[Pp]leased|[Dd]elighted|[Ww]elcome)\s+to$|(?-u:\b)(?:[Ss]orry|regret|glad|happy|pleased|afraid)\s+to\s+(?:inform|tell|say|advise|mention|confirm|note|report|remind)(?:\s+you)?(?:\s+that)?$|(?-u:\b)[Cc]an\s+(?:tell|assure|inform)\s+you\s+that$",
    )
});

/// A purpose without what is done for it, whatever its last word may close: To get in, to help you with this.
static PURPOSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[.!?]\s+)To\s+(?:[ac-z][a-z]*|b(?:[a-df-z][a-z]*|e[a-z]+)|be\s+(?:able|sure|honest|clear|fair|precise|exact|certain|on))(?:\s+[^.!?,;:\s]+){0,6}$",
    )
});

/// Where the last line of a text, which starts at `last_line`, leaves its reader waiting.
pub(super) fn dangling(text: &str, last_line: usize) -> Option<Range<usize>> {
    let line = &text[last_line..];
    let tail = |bytes: usize| line.ceil_char_boundary(line.len().saturating_sub(bytes));
    let last_words = tail(LAST_WORDS);
    if let Some(found) = PURPOSE.find(&line[last_words..]) {
        return Some(last_line + last_words + found.start()..text.len());
    }
    let found = END.find(&line[last_words..])?;
    let clause = &line[tail(CLAUSE)..];
    // Whoever closes a sentence closes the last one too: what may stand alone is not likely to here.
    let is_alone = || !STOPPED.is_match(text) && !OPENING.is_match(clause);
    let is_whole =
        CLOSED.is_match(clause) || WHOLE_WORD.is_match(clause) || WHOLE_CLAUSE.is_match(clause) && is_alone();
    let is_whole = is_whole || found.as_str().ends_with([':', '：']) && ASKS.is_match(clause);
    let is_greeting = found.as_str().ends_with([',', '，', ':', '：']) && GREETING.is_match(line);
    (!is_whole && !is_greeting).then_some(last_line + last_words + found.start()..text.len())
}
