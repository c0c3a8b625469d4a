//! Words of regret and understanding, and what makes a customer need them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::patterns::Patterns;
use super::{Grammar, denied_before};

/// Words of regret, faults that are owned, and what the customer feels, understood or shared.
const REGRET: Grammar = Grammar {
    classes: &[
        (
            "感受",
            "心情|感受|着急|焦急|急切|难处|担心|担忧|不满|委屈|失望|愤怒|不快|情绪|遭遇|处境|立场|为什么|为何|烦恼|不便",
        ),
        (
            "难受",
            "急|气|火|烦|恼|难受|难过|郁闷|不(?:会)?(?:高兴|开心|愉快|爽|满意?|舒服|好受|痛快)|崩溃|抓狂|受不了|失望|闹心|糟心|揪心|投诉|抱怨|无奈|接受不了|忍不了|扫兴|窝囊|憋屈|委屈",
        ),
        ("·", "[^,。!?;]"),
        ("责", "责任|义务|应有|应尽"),
        (
            "feelings",
            "frustrat\\w*|concerns?|worr(?:y|ies|ied)|disappoint\\w*|impatien\\w*|anger|angry|upset\\w*|annoy\\w*|irritat\\w*|mad|cross|furious|unhappy|dissatisf\\w*|stress\\w*|anguish\\w*|distress\\w*|dismay\\w*|displeasure|exasperat\\w*|grievances?|outrage|vexation|resentment|discontent|indignation|discomfort|inconvenien\\w*|difficult|hard|unpleasant|feel\\w*|unacceptable",
        ),
        (
            "bad",
            "<feelings>|awful|terrible|horrible|dreadful|tough|unfortunate|ashamed|unfair|rough|aggravating|maddening|infuriating|rotten|exhausting|tiring|lousy|no good|fed up|exhausted|(?:ticked|teed|cheesed|brassed|pissed|hacked) off|peeved|miffed|irked|vexed|livid|seething|fuming|aggrieved|wound up|hopping mad|bummed out",
        ),
    ],
    sentences: &[
        r"\b(?:<bad>|bad|nasty|miserable|sad) thing to (?:happen|go through|deal with|put up with)\b|抱歉|对不起|对不住|不好意思|歉意|歉疚|致歉|道(?:一?[个声下])?歉|表歉|赔(?:个)?(?:不是|礼|罪)|见谅|谅解|体谅|包涵|包容|海涵|原谅|恕罪|久等",
        r"(?:理解|明白|体会|懂|知道|清楚|感受)(?:到|得到)?(?:您|你)的?(?:<感受>)|(?:您|你)的(?:<感受>)[^,。!?;]{0,6}(?:理解|明白|体会|懂|感同)|感同身受|换(?:位|作|做|成)[^,。!?;]{0,8}(?:也|思考)|换(?:了|成|作|做)?(?:谁|哪个|哪位|任何人)[^,。!?;]{0,4}(?:都|也)",
        r"(?:很|非常|特别|十分|完全|能|可以|能够)(?:能|够)?(?:理解|体会)(?:您|你)?",
        r"(?:别|不要|不用|莫|勿)(?:着急|生气|动气|上火|激动|难过)|(?:消消?|息)(?:气|怒|火)|息怒|难怪(?:您|你)|(?:您|你)(?:生气|着急|有情绪|不高兴|不满)[^,。!?;]{0,4}(?:应该|正常|难免|有道理)|辛苦(?:您|你)(?:了|啦|咯|等|跑|久|一趟|[,。!;~]|$)|(?:您|你)(?:受苦|受累|受罪|受委屈|辛苦)",
        r"(?:给|为|让|对|令|使)(?:您|你|阁下|尊驾|足下|贵客|客官|诸位|各位)[^,。!?;]{0,3}(?:添|烦扰|惊扰|搅扰|带来|造成|受累|失望|担心|操心|烦心|糟心|费心|不愉快|不开心|难受|生气|受|白跑|跑|为难|不便|困扰)|委屈(?:了|着)?(?:您|你)|错在(?:我|本|小|这|店)|(?:太|真|挺|也|着实|实在)(?:是)?不容易了?(?:[,。!~]|$)|影响(?:了)?(?:您|你)的?(?:心情|体验|行程|使用)|耽误(?:了)?(?:您|你)|辜负",
        r"(?:是|怪|怨|都是|确实是)(?:我们?|本店|我方|咱们?)[^,。!?;]{0,8}(?:错|失误|疏忽|不周|不对|不好|没做好|不到位|责任|问题|过失|没有做好)|我们?[^,。!?;]{0,4}(?:没做好|没有做好|做得不(?:好|够|周)|有责任|有错|失职|没(?:有)?照顾好)|难辞其咎|不到位|不该(?:发生|出现|这样)|是我们不对",
        r"遗憾|失礼|认错|(?:我|俺|咱|咱们|本\p{Han}|\p{Han}{2})(?:也|真的?|心里)*(?:好|很|真)难过|惭愧|惶恐|歉仄|抱愧|负疚|(?:是|怪|都是)(?:<·>){1,5}的(?:不是|过错|疏失|过失|罪过)(?:[,。!;~了呀啊]|$)|愧疚|内疚|自责|过意不去|不好受|痛心|心疼|(?:也)?(?:很|都|感到|觉得)难(?:过|受)|窝火|令人气愤|也会(?:着急|生气|不高兴|难过)|添麻烦",
        // 换我我也着急, 谁遇到这种事都会生气, 真替您着急.
        r"(?:换|搁|放|要是|如果|假如|任|轮到|即使|就算)[^,。!?;]{0,4}(?:我|谁|别人|任何人|自己)[^,。!?;]{0,8}(?:<难受>|也会这样|也一样|也是一样)|谁[^,。!?;]{0,8}(?:都|也|能不|会不|不)[^,。!?;]{0,4}(?:<难受>)",
        r"(?:替|为)(?:您|你)[^,。!?;加催紧]{0,3}(?:<难受>|抱不平|捏)|我[^,。!?;]{0,2}也[^,。!?;]{0,6}(?:<难受>)|(?:看得出|感觉到?|感受到?|理解|体谅|明白|知道|懂)(?:您|你)[^,。!?;]{0,5}(?:<难受>|等久)|(?:确实|真的?|实在|着实)[^,。!?;]{0,3}(?:让人|令人|叫人)?(?:恼火|闹心|气人|糟心|烦人|难受|揪心|扫兴|郁闷|憋屈)",
        r"我们[^,。!?;]{0,8}没(?:有|能)?[^,。!?;]{0,6}(?:好|到位|周到|妥|及时)|(?:体验|感受)[^,。!?;]{0,4}(?:不好|差|糟|不佳)|(?:肯定|一定|难免|当然|谁都)(?:都|也)?(?:会|很|是)?[^,。!?;]{0,3}(?:<难受>)|添堵",
        r"不应该(?:让|出现|发生|这样|有|是这样)|本不(?:该|应)|(?:我|我们|本店)的锅|怪我们?(?:[,。!?;]|没|不)|都怪(?:我|系统)|检讨|怠慢|愧对|对不住|担待|让(?:您|你)[^,。!?;]{0,2}等[^,。!?;]{0,3}(?:久|长)|(?:您|你)别往心里去|给(?:您|你)(?:赔|鞠躬|道)",
        r"(?:感谢|谢谢)(?:您|你)?的?(?:耐心|理解|等待|等候|包容|体谅|宽容|谅解)",
        // 您的失望我们看在眼里, 没能达到您的期望, 深感不安, 我们深刻反思.
        r"(?:您|你)(?:有|会|的|会有)[^,。!?;]{0,6}(?:情绪|<感受>)[^,。!?;]{0,8}(?:正常|理解|听到|看在眼里|收到|知道|明白|重视|体会|放在心|记在心|合理|应该|了解)|(?:重视|在意|关注)(?:到)?(?:您|你)的(?:<感受>|意见|投诉|体验)|深感|深表|反省|反思|自省|不可推卸",
        r"(?:没|未)(?:有|能|能够)?(?:达到|满足|符合|尽到)(?:<责>|(?:您|你)的?[^,。!?;]{0,3}(?:期望|预期|要求|期待))|(?:没|未)(?:有|能|能够)?(?:让|使|令)(?:您|你)[^,。!?;]{0,4}(?:满意|开心|愉快|舒心|放心|省心|安心)|(?:服务|工作|我们|流程|响应|安排)[^,。!?;]{0,4}(?:没|未)(?:有|能)?[^,。!?;]{0,3}(?:跟上|做好|到位|尽到)|(?:体验|情况|事情|结果|服务|对待)[^,。!?;]{0,3}(?:不应该|不该|不应当|欠佳)|(?:感谢|谢谢)(?:您|你)[^,。!?;]{0,4}(?:耐心|等待|等候|理解|体谅|包容)|等(?:得|了|候)[^,。!?;]{0,4}(?:辛苦|煎熬|久|心急)",
        r"\bsorry\b|\bapolog(?:y|ies|i[sz]e\w*|etic)|\bregret(?:s|table|tably|ful)?\b|\bpardons?\b|\bforgive\b|\binconvenience\b|\bashamed\b|\bunfortunate (?:that|experience|situation)|\breally unfortunate\b|\bexcuse (?:us|me|the)\b",
        r"\b(?:understand|see|know|hear|imagine|get|tell|appreciate|reali[sz]e|recogni[sz]e|acknowledge|feel|share)(?: fully| completely| well| that)? (?:how (?:you|this|it|that|the|your|important|very|much (?:you|this|it|of|trouble|your)|truly|really|<bad>|[a-z]+ing\b)|why|your (?:<feelings>)|(?:this|it|that|waiting)(?: \w+){1,4}? (?:<feelings>))|\bhear you\b|\bunderstandabl[ey]\b|\bcan (?:only )?imagine\b",
        r"\b(?:i|we|anyone|anybody|everyone)(?:'d|'ll| would| will)(?: also| feel)* be (?:<bad>)|\b(?:every|a) (?:right|reason) to be\b|\bright to be (?:<feelings>)|\byou deserve(?:d)? better\b|\byour (?:<feelings>) is (?:justified|understood|valid)",
        // Thanks for waiting or holding are how a clerk comes back to the line: they regret nothing unless the wait was long.
        r"\bthank(?:s| you)(?: so much| very much)? for (?:your (?:patience|understanding)|bearing|(?:waiting|holding(?: on)?|hanging on|sticking with us) (?:so (?:long|patiently)|patiently|(?:all )?this (?:time|long)|for so long|through))\b|\bappreciate your (?:patience|understanding)\b|\bbear(?:ing)? with us\b",
        r"\b(?:that|this|it) (?:must|does|has to|sounds?)(?: be| have been| sound| feel| like)*(?: \w+){0,2} (?:<bad>)|\bhow (?:<bad>)\b|\boh (?:no|dear)\b|\bvery frustrating\b|\bso frustrating\b|\bthat (?:must|does) (?:be|have been|sound)\b|\bfrustrating\b",
        r"\b(?:our|my) (?:own )?(?:fault|mistake|error|failure|failing|bad|oversight|responsibility|blame)\b|\b(?:this|that|it|which|(?:the|our) (?:[a-z-]+ )?(?:blame|fault|delay|mistake|error|mix-?up|wait|mess))(?: one)?(?:'s| is| was)?(?: all| entirely| squarely| totally| fully| completely)? on us\b|\bcosts? you (?:[a-z]+ ){0,3}?(?:time|nerves|sleep|patience|energy|effort)\b|\bfull responsibility\b|\b(?:take|accept|bear) (?:the |all )?(?:blame|responsibility)\b|\bowe you\b|\bto blame\b",
        r"\b(?:we|i)(?:'ve| have)?(?: really| clearly| badly)* (?:let you down|messed (?:this |it |that )?up|got (?:this|it|that) wrong|fell short|fallen short|failed you|dropped the ball|should have (?:done|been|acted)|screwed up|disappointed you)|\bfailed you\b|\bmake (?:it|this|things) (?:up to you|right)\b",
        r"\b(?:hate|hated|sad|saddened|disheartening|painful|hurts|tough|awful|terrible|horrible|disappointing|gutted|mortified)(?: us| me)? to (?:hear|see|read|learn|know)\b|\bwhat an? (?:\w+ )?(?:pain|nightmare|mess|let-?down|shame|hassle|headache|disappointment|ordeal)\b|\bshame on us\b|\bbummer\b|\b(?:it|that|this|what|such)(?:'s| is| was|'s been| has been)?(?: [a-z]+)? a (?:crying|real|great|terrible|awful|proper|damn|dreadful|rotten) (?:shame|pity)(?: (?:that|this|it|what|you|how|about)\b|[.,!;]|$)|\byikes\b|\bouch\b|\boof\b",
        r"\b(?:don't|do not|can't|cannot) blame you\b|\b(?:nobody|no one|you) (?:should(?:n't)?(?: not)?(?: ever)? have (?:to|had to)|deserves? (?:this|that|to be))|\b(?:i|we|anyone|anybody|everyone)(?:'d| would) (?:also )?(?:feel|react|think) (?:the same|exactly|just|that way|no different|like that)|\bin your (?:shoes|place)\b|\b(?:feel|feeling) your (?:pain|<feelings>)",
        // Your frustration makes complete sense, you have every right to feel this way, far from what we want to offer.
        r"\byour (?:[a-z]+ (?:and )?){0,2}?(?:<feelings>)(?: [a-z]+){0,5}? (?:sense|valid|justified|fair|understandable|heard|noted|reasonable|natural|warranted|legitimate|clear|real|matters?|understood|acknowledged|shared|seriously)\b|\bno wonder\b|\bmakes? (?:[a-z]+ )?sense (?:that you|why you|to (?:feel|be))|\b(?:every|a|the|all the|good|perfect) (?:right|reason) to (?:feel|be|expect|complain)\b|\bright to (?:be|feel|expect|complain)\b|\bwhere you(?:'re| are) coming from\b|\bheart goes out\b|\bin your (?:position|situation)\b|\bno fun\b",
        r"\b(?:not|never|hardly|n't)(?: [a-z]+){0,4}? (?:experience|service|standard|treatment|stay|impression)(?: [a-z]+){0,3}? (?:we|you|i)\b|\bfar from (?:ideal|what|good|acceptable|perfect|the)\b|\bnever (?:want(?:ed)?|meant|intend(?:ed)?)\b|\b(?:bad|poor|disappointing|unpleasant|negative|upsetting|terrible|unacceptable|awful|stressful) (?:[a-z]+ )?experience\b|\b(?:take|own|accept|assume|bear)(?:s|ing)? (?:[a-z]+ ){0,2}?(?:ownership|responsibility|accountability|blame)\b|\bwe own (?:it|this|that)\b",
        r"\bwish (?:i|we|things|it|this) (?:had|could have|were|was)\b|\b(?:value|appreciate|grateful for|thank you for|thanks for) (?:[a-z]+ ){0,3}?(?:patience|patient|understanding|forbearance|bearing)\b|\b(?:fell|fall|fallen|falls|falling) short\b|\b(?:sense|see|feel|tell|hear|acknowledge|recogni[sz]e|understand|appreciate|reali[sz]e|know)(?: [a-z']+){0,4}? (?:frustrat\w*|disappoint\w*|upset\w*|annoy\w*|anger|angry|worr(?:y|ied)|trouble (?:this|that|we|it)|inconvenien\w*|stressful|unpleasant|hurt)\b",
        r"\b(?:natural|normal|reasonable|fair|valid|only human) (?:to (?:feel|be)|that you(?:'re| are| feel))|\b(?:know|get|see|understand|agree)(?: it)?,? (?:it|this|that)(?:'s| is| must be| can be) (?:\w+ )?(?:<bad>)|\bthat(?:'s| is| was)(?: \w+)? (?:rough|awful|terrible|horrible|dreadful|rotten|tough|unfair|maddening|infuriating|no good|not on)\b|\byou must (?:be|feel|have been)(?: \w+)? (?:<bad>)|\b(?:must|has to)(?: have|'ve) been (?:\w+ )?(?:<bad>)",
        r"\b(?:pains|breaks|saddens|hurts) (?:me|us|my heart|our hearts)\b|\bwrong of (?:us|me)\b|\b(?:it's|it has|you've|you have|having|had) (?:been |had )?(?:\w+ ){0,2}(?:rough|tough|difficult|awful|trying|stressful|bad)\b|\b(?:not|isn't|wasn't|n't) what you (?:expected|deserved?|paid for|wanted|hoped|signed up)",
        r"\b(?:this|that|it) (?:isn't|is not|wasn't|was not) (?:right|fair|okay|ok|acceptable|good enough|cool)\b|\bwe(?:'ve| have)? (?:blew it|blown it|slipped up|failed|didn't (?:get|do) (?:this|it|that) right|could have (?:done|handled|been)|fell down|were wrong|are at fault|missed the mark|made a mistake)|\b(?:below|not up to) (?:our|the|your|any) (?:usual )?(?:standards?|expectations?)\b|\bplease (?:don't|do not)(?: be| get)? (?:angry|upset|mad|cross)\b",
        r"\b(?:should|ought|must)(?:n't| not| never)(?: to)? (?:have )?(?:happen(?:ed)?|been|be (?:the case|like)|be (?:this|that) way|occur)|\bshould never\b|\bnot (?:good enough|acceptable|okay|ok|(?:how|what|the (?:\w+ )?(?:service|experience|treatment|standard)) (?:we|you|i)|the way)|\bn't (?:good enough|acceptable|how we|what we|the way|the (?:service|experience|standard))",
        r"\b(?:i|we)(?:'m| am|'re| are)? (?:feel |feeling |truly |really |so )*(?:terrible|awful|bad|dreadful|embarrassed|ashamed|sad|saddened|heartbroken|concerned|dismayed)\b|\b(?:sympathi[sz]e|empathi[sz]e|feel for you)\b|\bfor us too\b|\bwish (?:this|it|that|things) had\b|\b(?:take|taking) (?:this|your complaint|it|that)(?: very| extremely)? seriously\b",
        // 遇到这种事, 心情不好是难免的.
        r"(?:心情|情绪|心里)(?:<·>){0,3}(?:不好|不佳|低落|糟|差|不舒服|不痛快|受影响|波动|不是滋味)|(?:遇|碰|赶|摊)[到上](?:了)?(?:这种|这样的?|这么|这|此类|这等)(?:一?个?事|情况|问题|状况|遭遇|糟心)[^。!?;]{0,10}(?:难免|正常|谁|都会|肯定|应该|理解|换|任|搁)",
        // 我理解您, 我们的失误, 这确实不应该; I understand completely, of course you're upset, we're at fault.
        r"(?:理解|懂|体谅|心疼|同情)(?:您|你)(?:[,。!?;~]|$)|(?:我|我们|亲|也|都|很|,|^)(?:理解)+(?:[,。!~]|$)|表示(?:同情|理解|歉意|慰问)|别急|莫急|(?:您|你)(?:批评|说|教训|指责|提)得?(?:对|很对|有道理|没错)|我们?的(?:失误|错|过错|问题|疏忽|责任|不对|不是)|理应|理亏|(?:这|这样|确实|真的?|实在|太|很|非常|觉得|也)(?:<·>){0,3}不(?:应该|该)(?:了|的|啊|呀)?(?:[,。!~]|$)|(?:让人|令人|叫人|使人)(?:<·>){0,3}(?:<难受>|恼|心烦|头疼|恼火)|(?:太|真|确实|实在)(?:<·>){0,3}(?:糟糕|糟心|差劲|离谱|过分|不像话)|(?:谢谢|感谢)(?:您|你)(?:<·>){0,3}(?:等|理解|耐心|包容)|没(?:有)?(?:<·>){0,2}(?:照顾|服务|处理|安排|解释|沟通)好|(?:您|你)(?:<·>){0,4}(?:久等|受惊|遭罪)|深有同感|引以为戒|愧",
        r"\b(?:i|we)(?: do| can| really| completely| fully| totally| truly| certainly| absolutely| so)* (?:understand|get it|sympathi[sz]e)(?: (?:completely|fully|totally|entirely|perfectly|well|it|you|that))*(?:[.,!]|$)|\bof course (?:you're|you are|you feel|it's|that's) (?:[a-z]+ )?(?:<bad>)|\b(?:i|we)(?:'d|'ll| would)? (?:also )?be (?:just |equally |very |as |every bit )*(?:as )?(?:<bad>)|\b(?:at fault|to be blamed|in the wrong|lived? up to|embarrass\w*|nuisance|pity|heartbreaking|makes me (?:sad|feel)|hurts?|patient with us|very patient|so patient)\b|\b(?:hate|hated|hurts|dislike)(?: it)? (?:that|when|how) (?:this|it|you|we)\b|\b(?:i'm|i am|we're|we are|i feel|we feel) (?:[a-z]+ )?(?:upset|unhappy|troubled|disappointed|sad|shocked|appalled|concerned|dismayed|devastated)\b",
        r"\b(?:we|i) (?:really |clearly |certainly )?should(?:'ve| have)\b|\b(?:not|n't|isn't|wasn't|never) (?:right|the (?:[a-z]+ )?(?:experience|service|treatment|standard|welcome|way)|fair|good)(?: (?:that|we|you|to|how|,|of)|[.,!])|\b(?:complaint|criticism|reaction|feedback|point|annoyance)(?: [a-z]+){0,2}? (?:justified|fair|valid|understandable|right|reasonable|heard|legitimate)|\b(?:no ?(?:one|body)|nobody|no guest|no customer) (?:should|deserves|likes|wants|enjoys)\b|\b(?:don't|do not) (?:be |feel |get )?(?:sad|upset|angry|mad|annoyed|despair)\b|\b(?:that|this|it|which)(?:'s| is| was)(?: [a-z]+)? (?:unacceptable|inexcusable|disgraceful|embarrassing|regrettable|a shame|a pity|bad|disappointing|hard to take|upsetting|stressful|poor)\b|\b(?:we|i)(?:'ve| have)? (?:made|did) (?:an?|some|the) (?:[a-z]+ )?(?:error|mistake|blunder|oversight|slip)\b|\b(?:can|could) (?:tell|see|hear|sense|feel) (?:that )?(?:this (?:is|was|has|must)|how (?:this|you|<bad>)|you(?:'re| are|'ve| have) (?:[a-z]+ )?(?:<bad>|had))|\bi know (?:you|how|this|it|that|waiting)(?:'s|'re| were| are| had| have| is| was| must)?(?: [a-z]+){0,4}? (?:counting|hoping|looking forward|waiting|hard|tough|annoying|no fun|frustrating|important|stressful|long)\b",
        r"做得?(?:<·>){0,5}不(?:够|好|周|到位|对|妥|足)|欠(?:妥|考虑|周)|考虑不周|受(?:了)?(?:<·>){0,5}委屈|(?:您|你)的?(?:抱怨|批评|质疑|指责|不满|失望|怒火|投诉)(?:<·>){0,6}(?:合理|有道理|接受|应该|对|听到|感受|理解|知道|明白)|接受(?:您|你)的?(?:批评|指正|意见|监督)|(?:让|使|令|害)(?:您|你)(?:<·>){0,4}(?:<难受>|白|委屈|折腾|费)|冤枉路",
        r"\b(?:understand|get|see|appreciate|respect) (?:your|the) (?:reaction|point|position|complaint|situation|annoyance|upset)\b|\bcan well understand\b|\b(?:how|so|very|really|feel) (?:bad|terrible|awful|sorry|ashamed) (?:we|i|about)\b|\bwhat an? (?:<bad>|unpleasant|sad|sorry|bad|poor|frustrating|annoying|stressful)\b|\b(?:we|i)(?:'ve| have|'re| are| were)? not (?:been )?(?:good|quick|fast|careful|attentive) enough\b",
        // 真是难为您了, 害您白折腾一趟, 我们脸上挂不住.
        r"(?:难为|为难|苦|亏待|对不起|折腾|累着|累坏|气着|吓着|坑|害苦)(?:着|坏)?(?:了)?(?:您|你|大家|孩子|老人|家人)(?:[^,。!?;能]{0,4}了|[,。!~]|$)|(?:让|叫|令|害|把|给|使)(?:得)?(?:您|你|大家|孩子|老人|一家|全家)(?:<·>){0,6}(?:折腾|受累|受罪|遭罪|受惊|受委屈|糟心|扫兴|败兴|窝心|寒心|揪心|堵心|堵得慌|着急上火|白等|空等|干等|空欢喜|跑断腿)|(?:您|你)(?:<·>){0,4}(?:遭了?罪|受了?罪|受累了|折腾(?:坏|这|大半|半)|吃了?苦|受了?惊)",
        r"(?:真|太|好|挺|够|怪|多|实在|确实|着实|是有点|有些)(?:<·>){0,2}(?:糟心|扫兴|败兴|闹心|揪心|堵心|心酸|心凉|寒心|折腾人|磨人|倒霉|憋屈|窝火|气人|难堪|让人心疼)|(?:心里|心中|脸上|良心)(?:<·>){0,4}(?:不是滋味|不落忍|难受|堵|发酸|挂不住|过不去|不好过|不安|愧)|于心不忍|不落忍|汗颜|无地自容|没脸(?:见|面对|说)|羞愧|罪过|(?:扫|坏|败)(?:了)?(?:您|你|大家)(?:的)?(?:<·>){0,3}(?:兴|心情|好心情|雅兴)|(?:替|为)(?:您|你)(?:<·>){0,4}(?:可惜|心疼|不平|叫屈|惋惜|难过|揪心)|(?:够|真是|实在|确实)(?:<·>){0,2}(?:您|你)(?:受|烦|累|呛|糟心)的|(?:谁|任谁|换谁|搁谁)(?:<·>){0,6}(?:心疼|糟心|堵心|寒心|窝心|不乐意|有火|来气)",
        // I'm gutted for you, we're mortified, I hate that this happened, that's rotten luck, no way to spend an evening.
        r"\b(?:i'm|i am|im|we're|we are|i feel|we feel|i was|we were|everyone here is|all of us are|the (?:whole )?(?:team|crew|kitchen|staff) (?:is|are))(?: [a-z]+){0,2}? (?:gutted|mortified|heartbroken|crushed|distraught|horrified|aghast|chagrined|crestfallen|sick (?:about|over|for|that|to)|sickened|wretched|rotten|ashamed|humbled|red-faced|kicking (?:myself|ourselves)|bummed)\b|\b(?:gutted|heartbroken|mortified|bummed|devastated|upset|sad) (?:for you|for your|on your behalf|about (?:this|that|it|what|how)|that (?:this|you|we|it)|to (?:hear|read|learn|see))\b|\b(?:i|we) (?:really |just |absolutely |do |truly )*(?:hate|loathe|despise|can't stand|cannot stand)(?: it)? (?:that|when|how|knowing|thinking|seeing|hearing|to (?:think|hear|see|have)|this (?:for|has|happened)|this\b)|\b(?:my|our) hearts? (?:sinks?|sank|aches?|broke|breaks|hurts?|is with|are with)\b|\bcringe\b|\b(?:makes|made) (?:me|us) (?:wince|cringe|ill|sick)\b",
        r"\b(?:rotten|bad|hard|tough|lousy|rough|terrible|awful|wretched|worst|poor|rubbish) (?:luck|break|timing|show|start)\b|\b(?:raw|rough) deal\b|\bhard lines\b|\b(?:no|not (?:a|the|any)|hardly (?:a|the)|a (?:rotten|lousy|miserable|terrible|horrid|sorry|poor|sad|rough)) way (?:for anyone )?to (?:be treated|(?:spend|start|begin|end|finish|kick off|mark|celebrate|treat|welcome|greet|travel with) (?:an?|any|anyone's|people|guests?|families|somebody|anyone))\b|\b(?:that|this|it)(?:'s| is| was) (?:no|not (?:a|the|any)) way to (?:spend|start|begin|end|finish|treat|welcome|greet)\b|\b(?:ruin|spoil|wreck|dampen|mar)(?:t|ed|ing|s)? (?:your|the|a|what|everyone's|anyone's) (?:[a-z]+ ){0,2}?(?:evening|night|day|trip|holiday|vacation|stay|weekend|plans?|visit|birthday|anniversary|honeymoon|mood|break|meal|dinner|morning|afternoon)\b|\b(?:that|this|it) (?:really |just |truly |must |would )?(?:stings?|stinks?|sucks?|smarts|bites)\b|\bgut-?wrenching\b|\bheart-?(?:breaking|rending|wrenching)\b|\b(?:the )?last thing (?:you|anyone|anybody|a tired|we) (?:[a-z]+ )?(?:needed|wanted|expected|deserved|needs? (?:after|on|when|at|right now))\b|\byou poor (?:things?|souls?|dears?|loves?|folks|lot)\b|\bpoor (?:you|thing)\b|\bwhat (?:rotten|bad|awful|terrible|tough|lousy|rough) (?:luck|timing)\b",
    ],
};

/// What follows where only the message that it stands in is excused: 抱歉打扰您, `sorry to bother you, but`. Whose rest was disturbed hears of it.
static ONLY_EXCUSES: LazyLock<Regex> = LazyLock::new(|| {
    super::any_of(&[
        "^[,]?(?:再次|又|还|要|得|先|冒昧)*(?:打扰|叨扰|打断|插句话|插一句)(?:到)?(?:您|你|大家)?(?:一下|一会儿?)?了?(?:[,。!?;~哈哦]|$)",
        r"^(?: again)? (?:to|for) (?:bother|trouble|interrupt|disturb|pester|nag|bug|ask|butt in|jump in)(?:ing)?(?: you)?(?: again| once more| like this)?(?:[,.;:!]| but\b| and\b| for (?:your|the|it|this|that|one|a)\b|$)",
    ])
});

/// All of it.
pub(super) static WORDS: LazyLock<Patterns> = LazyLock::new(|| REGRET.patterns());

/// Where a bot's normalised text first says that it is sorry or that it understands.
pub fn regret_at(text: &str) -> Option<Range<usize>> {
    WORDS.first(text, |range| {
        !denied_before(text, range) && !ONLY_EXCUSES.is_match(&text[range.end..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    #[test]
    fn regret_and_understanding_are_known() {
        for text in [
            "非常抱歉,让您久等了",
            "亲,不好意思哦",
            "理解您的心情,马上处理",
            "非常理解您,这边马上催",
            "給您帶來不便,敬請諒解",
            "感谢您的耐心等待",
            "Sorry for the wait!",
            "We apologise for the delay.",
            "I understand how upsetting that is.",
            "Thank you for your patience.",
        ] {
            assert!(regret_at(&normalise(text)).is_some(), "{text}");
        }
        for text in [
            "满300减50",
            "还没理解您的问题",
            "无法理解您",
            "请放心",
            "Your order ships today.",
            "I do not understand the question.",
        ] {
            assert!(regret_at(&normalise(text)).is_none(), "{text}");
        }
    }

    #[test]
    fn what_bots_say_is_known_by_its_structure() {
        super::super::tests::hold(include_str!("said/regret.txt"), |text| regret_at(text).is_some());
    }
}
