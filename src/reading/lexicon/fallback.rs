//! Replies that say that the bot did not understand or cannot help.

mod lack;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::clauses::{clause, sentence};
use super::super::patterns::Patterns;
use super::{Grammar, any_of, before_in_clause};
use lack::LACK;

/// Who (often left out), that it is not so, and what a bot would have to do: grasp, answer, know, find.
const GRAMMAR: Grammar = Grammar {
    classes: &[
        (
            "不",
            "没有?能?|未能?|没能|不太?|不大|不是很|不怎么|无法|不能|没法|没办法|没有办法|难以|还没|尚未|暂未|暂不",
        ),
        (
            "很",
            "太|很|完全|正确|准确|真正|能|能够|有效|可以|为您|给您|帮您|替您|给你|帮你|为你|直接|就此|对此|向您|很好地?",
        ),
        (
            "懂",
            "懂|明白|理解|领会|领悟|识别|辨认|辨识|get|反应过来|转过弯|弄清|搞清|读出|解析|跟上|掌握",
        ),
        ("答", "回答|解答|答复|作答|回应|应答|回复"),
        ("答案", "答案|内容|信息|结果|资料|意图|词条|解答|知识|说法|介绍|回答"),
        ("这", "这个|这|该|此|这类|这种|这方面|这些|您的|你的|您这"),
        (
            "bad",
            "unable to|not able to|fail(?:s|ed)? to|struggl(?:e|ed|ing) to|(?:trouble|difficulty|difficulties|problems|a hard time) ?(?:with|in)?",
        ),
        (
            "not",
            "<bad>|(?:did|do|does|could|can|was|am|are|is|would|have|has|will)(?: ?not|n't)|can't|not",
        ),
        (
            "quite",
            "quite|really|fully|entirely|seem to|able to|exactly|yet|currently|properly|completely|sure|i|that|actually|even|quite able|always",
        ),
        (
            "grasp",
            "understand(?:ing)?|catch(?:ing)?|follow(?:ing)?|get(?:ting)?|grasp(?:ing)?|mak(?:e|ing) (?:sense of|out)|recogni[sz](?:e|ing)|interpret(?:ing)?|pars(?:e|ing)|figur(?:e|ing) out|work(?:ing)? out|decipher(?:ing)?|comprehend(?:ing)?|tell",
        ),
        (
            "question",
            "(?:last |previous |latest )?(?:message|question|request|query|input|meaning|point|words|sentence|intent|wording|phrasing|statement|e?i?nquiry)",
        ),
        (
            "said",
            "that|what|this|the <question>|it|you|your|any of (?:that|it)|a word",
        ),
        (
            "help",
            "help|assist|answer|respond|be of (?:any )?(?:help|use|assistance)|advise|process (?:that|this|it|your|the)|deal with|handle|discuss|support|talk about|comment",
        ),
        ("my", "my|our|this bot's"),
        (
            "wits",
            "scope|knowledge(?: base)?|abilit(?:y|ies)|capabilit(?:y|ies)|expertise|skills?(?: ?set)?|remit|training|understanding|depth|league|pay ?grade|area|domain|know-how|programming|limits?|database|faqs?|vocabulary",
        ),
        (
            "again",
            "again|differently|another way|other (?:words|terms)|(?:a )?different(?:ly)?(?: way| words| wording| terms)?|simpler(?: words| terms| way)?|simply|more (?:simply|clearly|plainly)|one more time|once more|plainly|in (?:a bit |a little )?more detail",
        ),
        (
            "would you",
            "could|can|would|please|try|let's|mind|perhaps|maybe|kindly|might|want to",
        ),
    ],
    sentences: &[
        // Not grasped.
        r"<不>(?:<很>)*(?:听|看|读|弄|搞|理|整)?(?:<懂>)",
        r"(?:听|看|读|弄|搞|想|猜)不(?:太|大)?(?:懂|明白|清楚|出来?|透)|(?:理解|明白|识别|领会|解析|跟)不(?:了|上|出|来)",
        r"<不>(?:<很>)*(?:听|看|搞|弄)(?:得)?(?:清楚|清)|没(?:听|看)清",
        r"不(?:太|是很|大|怎么)?(?:清楚|确定|知道|晓得|了解|明确)(?:您|你)(?:的意思|的问题|的需求|(?:刚才)?(?:说|问|讲|指|提|描述)的|想|要(?:问|说|查|找)|是指|在说)",
        r"(?:您|你)(?:想|要|是想|是要|到底想)?(?:表达|说|问|指|讲)的(?:具体|到底|究竟)?是(?:什么|啥)(?:意思)?[呢呀啊哦]*(?:[?!。,]|$)|(?:您|你)(?:是)?(?:什么|啥)意思",
        r"不(?:太|是很|大)?(?:确定|清楚|了解|知道|掌握)<这>[^,。!?;]{0,6}(?:答案|问题|情况|信息|内容)|不(?:太|是很|大)?(?:了解|清楚|掌握|知道)(?:这个|这方面|这块|这些|此事)?[呢哦哈呀啊~]*(?:。|!|$)|(?:^|[,。!;])[^,。!?;]{0,2}(?:<这>|对此|(?:您|你)(?:说|问)的)[^,。!?;]{0,5}不(?:太|大|是很|怎么)?(?:清楚|了解|知道|懂|熟悉?)[呢哦哈呀啊~]*(?:[,。!?;]|$)",
        r"云里雾里|一头雾水|摸不着头脑|(?:我|机器人|助手|脑子)[^,。!?;]{0,4}(?:有点|有些|被|都|彻底)(?:懵|晕|糊涂|绕)|机器人[^,。!?;]{0,6}不(?:懂|明白|会)",
        r"我[^,。!?;]{0,4}不(?:太|是很|大|怎么)?(?:清楚|了解|知道|会|懂)(?:怎么|该|如何|怎样|<这>[^,。!?;]{0,6}(?:问题|意思|内容|话)|[呢哦呀啊哈~]*(?:[,。!?;]|$))|<这>[^,。!?;]{0,6}我[^,。!?;]{0,4}不(?:太|是很|大|怎么)?(?:清楚|了解|知道|会|懂)",
        r"不(?:知道|知|晓得|清楚)(?:该)?(?:怎么|如何|怎样)(?:<答>|答|接|说|帮|处理)",
        // To be said again.
        r"(?:换|用|改)(?:个|一个|一种|种|其他|别的|另一种|另外的?)+(?:简单|通俗|清楚)?的?(?:说法|问法|表达|关键词|措辞)|(?:换|用|改)(?:个|一个|一种|种|其他|别的|另一种|另外的?)+方式(?:再)?(?:试|问|说|描述|提问|表达|咨询|输入|来问)|换(?:个|一个|别的)问题(?:试|问|吧|再|哦|呢|[,。!?]|$)",
        r"再(?:说|讲|问|描述|表述|表达|解释)(?:得|的|地)?(?:一遍|一次|一下|(?:具体|详细|清楚|明白|简单|仔细)|[^,。!?;]{0,4}(?:一点|一些|点儿?|些))|再[^,。!?;]{0,6}(?:一遍|一次|一些|一点|点)?(?:地)?(?:说|描述|讲|表述)(?:一遍|一次|一下)",
        r"(?:说|讲|描述|表达|表述|解释|讲解)(?:得|的)?(?:再|更)?(?:简单|详细|具体|清楚|明白|明确)(?:一点|一些|点儿?|些)",
        r"重新(?:组织|描述|提问|表述|说|问|表达|讲)|重新输入(?:您|你)?的?(?:问题|内容|关键词|[,。!?]|$)|(?:一句话|简短|简洁|简单)[^,。!?;]{0,6}(?:描述|概括|说明)",
        // Not answered, not helped.
        r"<不>(?:<很>|暂时|目前|现在)*(?:<答>|解决|提供(?:帮助|答案|解答|服务)|帮(?:到|助|忙|上)|协助|处理(?:您|你|该|此|这)|给出)|问题[^,。!?;]{0,6}<不>(?:<很>|暂时|目前)*处理",
        r"(?:<答>|答|帮|应付)不(?:了|上来?|到|出来?)|爱莫能助|无能为力|力不从心",
        r"问题(?:我)?(?:还|暂时)?(?:不会|不在我的)|我(?:还|暂时|目前)*(?:不会|不懂得?)(?:怎么|如何)?(?:<答>|答)",
        r"我(?:们)?[^,。!?;]{0,4}只(?:能|会|懂|负责|支持|擅长)(?:为您|帮您|给您)?(?:<答>|处理|聊|提供[^,。!?;]{0,8}(?:咨询|查询|解答)|一些?简单|简单)|只会[^,。!?;]{0,4}简单",
        r"不支持(?:<这>)(?:类|种|个)?(?:问题|咨询|功能|指令|请求|操作|消息|内容|格式|查询|提问)",
        // 我这边没有查到; 什么意思呀?
        r"我(?:们)?(?:这边|这里|这儿|暂时|目前|也|还)*(?:没有?|未能?|暂未)(?:能)?(?:查|查询|找|搜|搜索|检索)到[呢哦哈呀啊~]*(?:[,。!?;]|$)|(?:^|[,。!;])(?:请问)?(?:您|你)?(?:这|说的|这句话|这话|这个)?(?:是)?(?:什么|啥)意思[呀啊呢哦吗~]*(?:[?!。]|$)",
        r"(?:我|机器人|助手|这里|系统)们?[^,。!?;]{0,4}(?:只|仅)(?:能|会|负责|支持|擅长|可以?|限)[^,。!?;]{0,8}(?:查询|咨询|问题|解答)|(?:^|[,。!;])(?:我|亲)?(?:也)?不(?:太)?(?:清楚|知道|晓得|了解)[呢哦呀啊哈亲]*(?:。|!|$)",
        r"(?:提问|问题|描述|表述|说法)[^,。!?;]{0,4}(?:笼统|模糊|含糊|不(?:太|够|是很)(?:清楚|具体|明确|清晰))|(?:能|可以|可否)(?:您|你)?(?:再)?(?:说|讲|描述)?得?(?:具体|详细|清楚|明确)(?:一?些|一?点)",
        r"(?:没有?|无|未)(?:能)?(?:找到|查到|检索到|匹配到|搜到)?(?:任何)?(?:对应|匹配|相应|合适)的?(?:回答|答复|答案|结果|内容|信息|资料)|我(?:们)?(?:这边|这里|这儿)?(?:暂时|目前|也|还)*没有(?:<这>)?(?:方面的?|相关的?|对应的?|任何)?(?:信息|资料|答案|数据)|我的盲区",
        // 这个信息我这边查不到, 我们没有记录.
        r"(?:信息|内容|问题|答案|资料|这个|结果)[^,。!?;]{0,6}(?:查|找|搜|检索)不(?:到|着)|我[^,。!?;]{0,5}(?:查|找|搜)不到[呢哦哈呀啊~]*(?:[,。!?;]|$)|(?:查询|查找|检索|搜索|获取|定位)不到|(?:<这>|问的|说的|提到的)[^。!?;]{0,8}(?:没有?|无)(?:相关|任何)?(?:记录|资料|信息|数据|答案|印象)",
        r"<不>(?:<很>)*提供(?:这|该|此|相关|有关|(?:您|你)(?:要|需要|想要|问|查询|咨询)的)(?:项|个|条|些|类|方面的?)*(?:信息|资料|内容|数据|答案|帮助|建议|解答|服务)|(?:不|未|没有?|暂无)(?:具备|拥有)?[^,。!?;]{0,12}(?:<答>|处理|解决|理解|查询)[^,。!?;]{0,8}的?(?:能力|知识|功能|权限)",
        // What it knows.
        r"(?:超出|超过|超越|不在|不属于)了?(?:我|小助手|小[^,。!?;]|机器人|助手|本店|系统)们?的?[^,。!?;]{0,6}(?:能力|知识|服务|业务|理解|<答>|认知|技能|职责)|(?:超出|超过|超越|不在|不属于)[^,。!?;]{0,6}(?:能力|知识|理解|<答>|认知)(?:范围|范畴|库|领域|之内|之外)|超纲|知识盲区",
        r"(?:知识|能力|水平|学识|功力)[^,。!?;]{0,3}(?:有限|不足|不够)|才疏学浅|太深奥|(?:难|问|考)(?:倒|住|懵)(?:了)?(?:我|小)|把我(?:给)?(?:难|问|考)|问题[^,。!?;]{0,4}太(?:难|复杂|深)",
        r"(?:我|小[^,。!?;]{1,3}|助手|机器人)(?:也)?(?:还|正|努力|不断|需要|需|得|要|继续)(?:在|再)?(?:继续|不断|努力|好好|多)?(?:学习|成长)|(?:努力|正在|在)学习中?(?:<这>|,|。|!|$)|(?:没有?|未|还没)(?:人)?(?:学(?:会|过|到|习)|教)|(?:等|待)我学(?:会|习)",
        r"<不>(?:<很>|能|有)*(?:找|查|查询|检索|搜索|搜|匹配|识别|获取|查找)(?:到|出|着)?[^,。!?;]{0,10}(?:答案|信息|结果|资料|意图|词条|解答|内容|需求)|(?:查|找|搜)不到[^,。!?;]{0,8}(?:答案|信息|结果|资料|内容)|(?:没有?|未能?|暂未)(?:能)?(?:找|查询|检索|搜索|匹配)到(?:与)?(?:您|你)(?:问题)?的?相关",
        r"(?:暂时?|目前|还)?(?:没有|无|没|缺少|缺乏)(?:这方面|相关|对应|合适|匹配|您要|有关|这类|这个问题)[^,。!?;]{0,4}(?:信息|答案|内容|资料|知识|结果)|关于(?:<这>)?[^,。!?;]{0,8}没有?(?:任何)?(?:资料|信息|答案)|(?:未|没有?)收录|知识库[^,。!?;]{0,4}(?:没|无|不)|不在[^,。!?;]{0,4}知识",
        // What broke.
        r"(?:系统|网络|服务|服务器|程序|接口)(?:目前|当前|有点|暂时|现在|出现|发生|了|点|小)*(?:繁忙|异常|出错|故障|开小差|超时|不可用|问题|错误|卡顿|不给力|不稳定)|出(?:了)?(?:点)?错了|开(?:了个?)?小差|识别失败",
        r"(?:请|麻烦)?(?:您|你)?(?:稍后|稍候|过会儿?|待会儿?|晚点)(?:再试|重试|再来|再问)",
        // Not grasped.
        r"\b<not> (?:<quite> )*(?:understand(?:ing)?|grasp(?:ing)?|comprehend(?:ing)?|mak(?:e|ing) (?:sense of|out)|recogni[sz](?:e|ing)|interpret(?:ing)?|figur(?:e|ing) out|decipher(?:ing)?|catch(?:ing)?|follow(?:ing)?) <said>\b",
        r"\b(?:i|we)(?:'m| am|'re| are)?(?: \w+){0,2} <not> (?:<quite> )*<grasp> (?:that|what|this one|your <question>|the <question>|it\W|you\W)",
        r"(?:\bi(?: do not|'m not| don't|'m unable to| am unable to| did not| didn't| am not| could not| couldn't)|\b<bad>)(?: sure i| quite| able to| really| fully)* (?:understand|follow(?:ing)?)(?:[.,!?;]|$| (?:you|that|this|your|there)\b)",
        r"\bi(?:'m| am)(?: just| still| a bit| a little| rather| quite| completely| totally| afraid i'm| really)* (?:lost|confused|stumped|puzzled|baffled|clueless|at a loss|drawing a blank|not (?:trained|programmed|equipped|designed|built|set up|familiar|qualified|made|taught))\b|\bi (?:draw|drew) a blank\b",
        r"\byou(?:'ve| have)? (?:really )?(?:got|lost|stumped|confused) me\b|\b(?:that|this|it|one|question)(?:'s| has| is| really)?(?: got)? (?:stump(?:s|ed)|beats|puzzl(?:es|ed)|confuses|baffles|went over|goes over|over|escapes|eludes) (?:me|my head)\b|\bi missed (?:that|what you|your)",
        r"\b(?:don't|do not|doesn't|does not|not) (?:really |actually |yet |quite )*(?:know|sure|certain|clear) (?:how to|what (?:you|that|to|this|it)|the answer|i can|that i|enough (?:about|to)|much about|anything about|about that|which question)|\bi(?: really| just)? (?:don't|do not) know(?: that| this| it| that one| the answer)?(?:[.,!;]|$)",
        r"\b(?:no|not a|haven't a|haven't the|don't have a|without a) (?:idea|clue|foggiest)\b",
        r"\b(?:(?:your|the|that|this) <question>|that|this|it)(?: is| was| isn't| wasn't| seems| looks|'s)(?: still)?(?: a (?:bit|little)| rather| somewhat| not)?(?: too)? (?:unclear|clear to me|clear enough|vague|ambiguous|understood|recogni[sz]ed)|\b<question> (?:could|can|was|is)(?: ?not|n't) (?:be )?(?:understood|recogni[sz]ed|processed|answered|interpreted)",
        r"\b(?:doesn't|does not|didn't|did not|don't|no|not) (?:quite |really |much |make |any )*(?:make sense|making sense|sense to me|compute|ring a bell|makes? sense)|\bmakes no sense\b|\b(?:greek|new|gibberish|a mystery|a riddle) to me\b",
        r"\b(?:hard|difficult|complex|complicated|tricky|tough|advanced|much)(?: a| an)?(?: one| question)? for (?:me|a bot|this bot)\b|\b(?:a )?(?:tough|tricky|hard) (?:one|question)(?:[.,!]|$)",
        r"\bnot (?:entirely |quite |really |completely )*(?:sure|certain)(?: that| if| whether)? i (?:understand|follow|get|got|see|know)\b|(?:\bnot|n't) (?:\w+ )?clear(?: to me)? (?:what|how|which|why) (?:you|your)\b|\bunclear (?:to me )?(?:what|how|which)\b|\bunsure (?:what|how|which|about (?:that|this|your)|of)\b",
        r"\bwhat (?:do|did) you mean\b|\bwhat (?:exactly )?(?:are|were) you (?:referring to|asking|trying to (?:say|ask)|talking about|getting at)\b|\bwhat (?:is|was) your (?:question|point) about\b",
        // To be said again.
        r"\b<would you>(?: \w+){0,5}? (?:rephras(?:e|ing)|reword(?:ing)?|clarify(?:ing)?|elaborat(?:e|ing))\b|\b(?:try|please) (?:rephrasing|rewording)",
        r"\b<would you>(?: \w+){0,4}? (?:say|put|phras|word|writ|ask|explain|describ|tell|express|stat|repeat|typ|be)(?:e|ing)?(?: \w+){0,5}? (?:in )?<again>\b|\b<would you>(?: \w+){0,3}? (?:repeat (?:that|it|yourself|your (?:question|message|request))|be (?:a (?:bit|little) )?(?:more|clearer)(?: specific| precise| clear| explicit)?(?:[.?!,]|$))",
        r"\b(?:use|using|try|with|in) (?:some |a few )?(?:other|different|simpler|fewer|shorter|plainer) (?:words|terms|wording|phrasing|keywords?|sentences?)|\bsay (?:that|it) (?:again|once more|one more time)|\bcome again\?",
        // Looked for in vain.
        r"\b(?:tried|searched|looked|checked|asked|dug|hunted|went through)\b[^.!?;]{0,48}\b(?:without (?:any |much )?(?:success|luck|result|finding)|(?:no|little) (?:luck|success|joy|avail|result)|in vain|unsuccessful(?:ly)?|empty-handed|(?:came|come) (?:up|back) (?:empty|with nothing)|drew a blank|(?:found|but) nothing)|\b(?:search|attempt|look-?up|enquiry|efforts?)(?: [a-z]+){0,4}? (?:was|were|is|has been|proved|remained|came back|came up|returned|gave|brought|yielded) (?:unsuccessful|empty|fruitless|in vain|no|nothing|without)",
        r"(?:查|找|搜|翻|问|试)(?:了|遍|过)[^。!?;]{0,10}(?:未果|无果|没(?:有)?结果|一无所获|没(?:有)?收获|空手|白忙)",
        // Not answered, not helped.
        r"\b(?:i|we|bot|assistant)(?: am|'m| are|'re|'m afraid i| simply| really| just| still)* (?:can't|cannot|can not|couldn't|could not|unable to|not able to|don't know how to) (?:quite |really |currently |yet )*(?:answer|respond|be of|process (?:that|this|it|your (?:request|message|question))|advise|handle (?:that|this)|deal with (?:that|this))",
        r"\bi(?: am|'m)? (?:sorry,? )?(?:but )?(?:i )?(?:can't|cannot|can not|not able to|unable to|couldn't) (?:help|assist)(?: you)?(?: with| at| there| here| on|$|[.!,])",
        r"\bi (?:can't|cannot|am unable to|couldn't) (?:provide (?:an answer|that information))|\bi(?:'m| am) (?:unable|not able) to (?:<help>)",
        r"\b(?:something|anything|one|things?) (?:that )?(?:i|we)(?: am|'m)? (?:can't|cannot|can not|unable to|not able to|don't|do not) (?:<help>|know|understand)|\b(?:not|isn't|n't) (?:something|anything|one|a topic|one of the things)(?: \w+){0,2} (?:i|we)(?: can|'m| am| know| have| was|'ve| could)|\bwish i (?:could|knew|had)\b",
        r"\bi(?:'m| am)? (?:can |am |could )?only (?:able to |trained to |programmed to |built to |designed to |here to |know how to )?(?:<help>|understand|know about|know)\b|\bonly (?:trained|programmed|designed|built|able) to\b|\b(?:just|only|merely) a (?:\w+ )?(?:bot|robot|chatbot|virtual assistant|machine)\b",
        r"\b(?:can't|cannot|can not|couldn't|could not|unable to|not able to) do (?:that|this|it|anything)(?: for you| about (?:that|it|this)| here| i'm afraid)?(?:[.,!;]|$)|\bnot aware of (?:the same|that|this|it|any such)\b",
        // What it knows.
        r"\b(?:beyond|outside|out of|past|above|exceeds?|(?:not|isn't) (?:within|part of|in))(?: of| the| what)*(?: <my>(?: \w+)?? <wits>| i (?:can|know|was|am|do)| me\b)",
        r"\b<my> (?:\w+ )??<wits>(?: \w+)? (?:(?:is|are) (?:still |very |quite |rather )*(?:limited|growing)|(?:doesn't|does not|don't|do not|only) (?:cover|include|extend|go|have|reach)|has (?:no|nothing))|\b(?:no|not|nothing|n't)(?: \w+){0,6}? (?:in|from) <my> (?:\w+ )??<wits>",
        r"\bi(?:'m| am) (?:still|always|only just) (?:learning|in training|being trained)|\b(?:haven't|have not|not|never|hasn't|has not|n't)(?: yet| been|'ve| quite)* (?:learn(?:ed|t)|taught|trained|programmed)\b",
        r"\b(?:that|this|it)(?: one| question)?(?:'s| is) (?:a bit |a little |quite )?beyond me\b",
        r"\b(?:i|we) (?:don't|do not|currently don't|still don't) (?:currently |yet |really |seem to )*have (?:an answer|the answer|that information|(?:any |enough |much |the |anything |more )*(?:information|info|details|data|knowledge)? ?(?:on|about|for|to answer|regarding)\b)|\bi have (?:no|nothing|little)(?: \w+){0,2} (?:on|about|for|to) (?:that|this|it|your|say|answer)",
        r"\b<not> (?:<quite> |find it |seem to )*(?:find|locate|retrieve|come up with|think of|pull up|discover)(?:ing)? (?:\w+ ){0,2}?(?:answers?|results?|match(?:es|ing)?|relevant|information|info|anything|something|articles?|topics?|what you(?:'re| are| asked| want)|an entry|a response|a reply)",
        r"\b<not> (?:<quite> )*match(?:ing)? (?:your|this|that|it)\b|\b(?:i|we) (?:lack|miss|am missing|are missing|'m missing|'re missing) (?:the |any |this |that |sufficient |enough )*(?:information|info|knowledge|data|details|means|ability|context)\b",
        r"(?:\b(?:i|we)(?:'m| am|'re| are)? (?:<not>|unfortunately <not>)|(?:^|[.,!] ?)<bad>) (?:<quite> )*(?:provide|give|offer|share|supply)(?: you)?(?: with)?(?: (?:this|that|any|the|such|an|more|you|requested|specific|further|exact))* (?:information|info|details?|answers?|data|response|advice)\b",
        r"\b(?:i|we) (?:have|possess|hold) no (?:\w+ )?(?:knowledge|information|info|details|data|answers?|records?)\b|\b(?:haven't|have not|don't|do not) (?:got|possess|hold)(?: (?:the|an|any|that|this|such|enough|sufficient))* (?:answers?|information|info|knowledge|details|data)\b|\bnot covered by (?:what|my|our)\b",
        r"\b(?:don't|do not) (?:think|believe) (?:i|we)(?: can| could|'m able to| am able to) (?:<help>)|\bneed (?:more|further|some more) (?:information|info|details?|context)(?: \w+){0,3} to (?:understand|answer|help)|\b(?:could|can|would) you(?: please)? (?:be |give |provide )(?:me |us )?(?:a (?:bit|little) )?(?:more|clearer) (?:specific|details?|information|context)",
        r"\b(?:information|info|answer|details?|data)(?: you(?:'re| are)? (?:asked|requested|need|want|looking)[^.,!?;]{0,16})? (?:is|are|was)(?:n't| not| un)(?: ?\w+)? ?(?:available|known|accessible|on file)\b|\b(?:is|are)(?:n't| not| un)(?: ?\w+)? ?(?:available|known|accessible|familiar) to (?:me|us)\b",
        r"\b(?:no|zero) (?:matching |relevant |suitable |good |exact |search |such )*(?:results?|match(?:es)?|answers?|articles?|information|info|entr(?:y|ies)|topics?) (?:\w+ )?(?:found|available|for (?:that|this|your|it)|on (?:that|this|your|it)|about (?:that|this)|to (?:that|this|your))|\bno match(?:es|ing)? (?:found|articles?|answers?|results?|entr)|\bnothing (?:\w+ )?(?:match(?:es|ed|ing)|found|came up|comes up|turned up|on (?:that|this)|about (?:that|this))|\bfound nothing\b",
        // What broke.
        r"\b(?:something|that|things?) (?:has |have |just )?(?:went|gone) wrong|\ban? (?:internal |unexpected |unknown )?error (?:occurred|has occurred|happened)|\btry again (?:later|in a|soon|shortly|in some)|\b(?:technical|network|connection) (?:difficult(?:y|ies)|glitch|errors?)|\b(?:having|experiencing|facing) (?:some |a few |a )?technical|\b(?:hit|ran into|encountered) an? (?:snag|error|problem)",
        r"(?:service|system|server|assistant) is (?:currently |temporarily )?(?:unavailable|busy|overloaded|down)",
    ],
};

/// What makes the words speak of the customer or of a case that may come: 如果您不明白, `if you don't understand`.
const CONDITIONS: &[&str] = &[
    r"(?:如果|如|若|假如|要是|万一|倘若|对于|有什么|有任何|有哪里|哪里|哪些|什么)[^,。!?;]{0,6}$",
    r"(?:^|[^请烦劳让帮为给议望])(?:您|你)(?:还|有|对|可能|要是|是否|也许)*$",
    r"\b(?:if|when|in case|should|whether|anything|where) (?:you|anything|something|the|there)?[^,.!?;]{0,24}$",
    r"\byou(?: still| may| might| do)*\s*$",
];

/// What makes it no lack of the bot's, within the clause: an order number that it needs first, what it makes good today (抱歉刚才没理解您).
const EXCUSES: &[&str] = &[
    r"(?:是|怪|怨)我们?(?:刚才|之前)?没有?[弄搞]清|(?:^|[^不没未])(?:明白|知道|懂|清楚)了?(?:您|你)(?:想|要)?(?:说|问|指|讲|表达)的|订单(?:号|编号|尾号|信息)|没有?(?:您|你)?的?订单|单号|编号|预[订定]号|确认号|预[订定]信息|(?:之前|刚才|刚刚|先前|此前|上次|方才|前面)(?:[^说问提发讲那的描咨]|$)|及时|第一时间|早些|早点|(?:^|[,。!?;])(?:否则|不然|要不)",
    r"\bhow (?:[a-z]+ )?sorry\b|\b(?:order|booking|reference|confirmation|reservation|ticket) (?:number|no|code|id|ref|reference)|\b(?:without (?:an?|the|your|this|that|it|one|more|further|having|knowing)|until|unless)\b|\byour (?:order|booking|reservation|payment|number|reference)\b|\b(?:sooner|in time|on time|earlier|promptly|quickly|straight away|right away|last time|before now|previously|a moment ago|just now)\b|\bfailed to (?:answer|respond|reply|help|assist)|\b(?:did not|didn't) (?:give|provide|offer|send|answer|help|reply|respond|inform|tell)\b|\bwhich (?:order|booking|reservation)\b",
];

/// What it is sorry for may have gone wrong, and is told before the answer: `sorry for the unclear information`, `sorry that things went wrong`.
const EXCUSES_BEFORE: &[&str] = &[
    r"(?:订单|单|编|预[订定]|确认)号[^。!?;]*$|\b(?:order|booking|reference|confirmation|reservation) (?:number|code|id|reference)[^.!?;]*$",
    r"\b(?:sorry|apolog\w+|regret\w*|pardon)(?: \w+){0,2}? (?:for|about|over|regarding) (?:the|any|our|my|all|such|this|that|these|an?|causing|giving|having)?\b[^.,!?;]*$",
    r"\b(?:sorry|apolog\w+|regret\w*)(?: to (?:hear|see|learn))? (?:that|if|when) (?:some|any)?(?:things?|it|this|an?|the)?\s*$",
    r"(?:让|使|令|害|给)(?:您|你)[^,。!?;]{0,10}$",
];

/// The same, behind the words: 不懂的地方随时问我.
const OFFERS: &[&str] = &[
    r"^(?:的(?:地方|问题|可以|话)|之处|随时)",
    // I am only a bot, so I'm calling the staff.
    r"^,? (?:so|and|but) (?:i|we|let me)(?:'m|'ll| am| will)? ?(?:call|get|fetch|pass|hand|bring|connect|put|transfer)(?:t?ing)?\b",
];

/// All of it.
pub(super) static WORDS: LazyLock<[Patterns; 2]> = LazyLock::new(|| [GRAMMAR.patterns(), LACK.patterns()]);

/// True when words of a normalised text say that a bot did not understand or cannot help.
pub(super) fn in_words(text: &str) -> bool {
    WORDS
        .iter()
        .flat_map(|words| words.find_iter(text))
        .any(|(_, found)| !is_excused(text, &found))
}

/// True when what was found is a condition, an offer, a wish for the order number or what the bot is sorry for before it answers.
fn is_excused(text: &str, found: &Range<usize>) -> bool {
    static CONDITION: LazyLock<Regex> = LazyLock::new(|| any_of(CONDITIONS));
    static OFFER: LazyLock<Regex> = LazyLock::new(|| any_of(OFFERS));
    static EXCUSE: LazyLock<Regex> = LazyLock::new(|| any_of(EXCUSES));
    static EXCUSE_BEFORE: LazyLock<Regex> = LazyLock::new(|| any_of(EXCUSES_BEFORE));
    OFFER.is_match(&text[found.end..])
        || CONDITION.is_match(before_in_clause(text, found))
        || EXCUSE.is_match(&text[clause(text, found)])
        || EXCUSE_BEFORE.is_match(&text[sentence(text, found).start..found.start])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    #[test]
    fn who_blames_themselves_or_begs_pardon_for_a_trouble_has_understood() {
        for (text, is_fallback) in [
            ("我被您说糊涂了", true),
            ("都怪我这老糊涂，耽误您办事了。这间一晚260元。", false),
            ("对不起，是我没弄清楚。199元一晚上。", false),
            ("I am only a bot, so I'm calling the staff for you right now.", false),
            ("I am only a bot, so I know nothing of it.", true),
            ("I beg your pardon?", true),
            ("I do beg your pardon for the mix-up, a room is 260 yuan.", false),
        ] {
            assert_eq!(in_words(&normalise(text)), is_fallback, "{text}");
        }
    }
}
