//! What a bot says to a customer who sent a picture, a voice message or a video.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::patterns::Patterns;
use super::Grammar;

/// What was sent, what one does with it, and words, which some bots take alone.
const CLASSES: &[(&str, &str)] = &[
    (
        "媒",
        "图片|照片|图像|相片|截图|附图|这图|的图|张图|识图|看图|语音|录音|音频|视频|录像|附件|多媒体",
    ),
    ("文", "文字|文本|打字|汉字"),
    (
        "暂",
        "暂时?|目前|当前|现在|还|尚|也|都|是|系统|这边|这里|我|我们|机器人|小助手",
    ),
    (
        "不能",
        "无法|不能够?|没法|没办法|没有办法|不会|不支持|不可以|未能|不具备|没学会|没有学会|还没学会|没学过|未学会|未支持|不懂得?|难以",
    ),
    (
        "看",
        "查看|获取|提取|解读|辨别|预览|访问|观看|看到|看见|看懂|识别|辨认|读取|读懂|阅读|解析|处理|接收|接受|理解|打开|显示|播放|收听|听取|听到|听懂|加载|浏览|分析|发送|上传|看|听|读|收",
    ),
    ("·", "[^,。!?;]"),
    (
        "看不",
        "(?:看|听|读|认|识别|辨认|打|显示|处理|接收|收|播放|播|放|加载|载入|解析|读取|下载|理解|分析|检测|扫描?|点|刷)(?:不|没)(?:出来?|开|了|到|见|懂|来|得|成|上|动|明白)",
    ),
    (
        "说",
        "描述|说明|表述|表达|告诉|说|讲|问|咨询|提问|沟通|交流|输入|写|打出|解释",
    ),
    (
        "media",
        "pictures?|photos?|photographs?|images?|pics?|screenshots?|voice (?:messages?|notes?|memos?|mails?)|voicemails?|voices?|audios?(?: messages?| files?| clips?| notes?)?|recordings?|videos?(?: clips?| messages?| files?)?|attachments?|media(?: files?)?|clips?|visual (?:content|input|media)|visuals|graphics?",
    ),
    (
        "det",
        "the|your|this|that|any|these|those|such|a|an|of|sent|attached|uploaded|readable|legible|viewable|usable|kinds?|types?|sorts?",
    ),
    ("it", "(?:<det> )*(?:<media>|files?)"),
    (
        "cannot",
        "can't|cannot|can not|couldn't|could not|(?:am |'m |are |'re |is |'s )?(?:still |currently |sadly |unfortunately )?(?:unable to|incapable of)|(?:not|aren't|isn't|wasn't) (?:yet |really |currently |quite )?(?:able to|(?:capable|good) (?:of|to|at|with)|(?:equipped|designed|trained|set up|built|made|meant|programmed|configured|allowed) (?:to|for))|never (?:learn(?:ed|t)|(?:been )?taught) (?:how )?to|(?:don't|do not|haven't|have not|didn't) (?:know|learn|learned|learnt|figured out) (?:how |yet )*to|fail(?:ed)? to|no (?:way|means|ability|capability|tools?|feature|function) (?:of|to|for)|lacks? the (?:ability|means|tools) to|(?:don't|do not|doesn't|does not) (?:yet )?have (?:the ability|the means|a way|a function|eyes|ears) (?:to|of|for)|(?:not|isn't|wasn't|never) possible (?:for (?:me|us|our \\w+) )?to|impossible (?:for (?:me|us) )?to|(?:don't|do not|doesn't|does not|lack|without)(?: currently| yet| really| actually)?(?: have)?(?: the| any| a)? (?:capabilit(?:y|ies)|tools?|function|feature|means|power|permission|equipment|ability)(?: to| of| for)|don't|do not|doesn't|does not|won't|will not|didn't|did not",
    ),
    (
        "quite",
        "currently|yet|directly|really|actually|even|always|properly|quite|just|presently|at the moment",
    ),
    (
        "see",
        "view(?:ing)?|see(?:ing)?|open(?:ing)?|read(?:ing)?|process(?:ing)?|look(?:ing)? at|handl(?:e|ing)|understand(?:ing)?|interpret(?:ing)?|recogni[sz](?:e|ing)|analy[sz](?:e|ing)|display(?:ing)?|load(?:ing)?|access(?:ing)?|receiv(?:e|ing)|accept(?:ing)?|play(?:ing)?|hear(?:ing)?|listen(?:ing)? to|watch(?:ing)?|pars(?:e|ing)|scan(?:ning)?|decod(?:e|ing)|render(?:ing)?|download(?:ing)?|do|get|deal(?:ing)? with|work(?:ing)? with|support(?:ing)?|mak(?:e|ing) (?:sense|anything) of|take|taking",
    ),
    (
        "use",
        "<see>|show(?:ing)?|check(?:ing)?|mak(?:e|ing) out|us(?:e|ing)|examin(?:e|ing)|inspect(?:ing)?|identify(?:ing)?|preview(?:ing)?|review(?:ing)?|retriev(?:e|ing)|help(?:ing)? (?:you )?with|assist(?:ing)? (?:you )?with|upload(?:ing)?|fetch(?:ing)?|observ(?:e|ing)|pick(?:ing)? up|includ(?:e|ing)|cover(?:ing)?|tak(?:e|ing) in|translat(?:e|ing)|transcrib(?:e|ing)|describ(?:e|ing)|evaluat(?:e|ing)|comprehend(?:ing)?",
    ),
    (
        "words",
        "words|text|writing|written form|plain text|text form|a text(?: message)?|typed (?:words|text|form)|a (?:few |short )?(?:sentence|sentences|words)",
    ),
    (
        "problem",
        "question|problem|issue|request|message|concern|query|situation|it|this|that|what",
    ),
];

/// That it cannot deal with it, or takes words only.
const REFUSAL: Grammar = Grammar {
    classes: CLASSES,
    sentences: &[
        // 无法查看您发送的图片. What is looked for in a picture (图片中的破损) is another matter.
        r"<不能>(?:直接|为您|帮您|给您|正常|准确|很好地?|完全|自动|有效)*(?:<看>)(?:您|你|客户)?(?:刚才|刚刚|所)?(?:发送|发来|发出|上传|提供|发)?(?:过来)?的?(?:这|那|该|此)?(?:张|个|段|条|类|种|些)?(?:<媒>)(?:[^里中上内看显来是有,。!?;]|里?的?内容|[,。!?;]|$)",
        r"<看不>(?:您|你)?(?:刚才|刚刚|所)?(?:发送|发来|上传|提供|发)?(?:过来)?的?(?:这|那|该|此)?(?:张|个|段|条|类|种|些)?(?:<媒>)(?:[^里中上内看显来是有,。!?;]|里?的?内容|[,。!?;]|$)",
        r"(?:<媒>)(?:消息|内容|文件|信息|类型|格式)?(?:<暂>|,)*(?:<看不>|<不能>(?:直接|正常|准确|自动)*(?:<看>)(?:出来)?(?:[哦呢呀啊喔~的,。!?;]|$))",
        r"(?:<媒>)[^,。!?;]{0,4}(?:功能|服务|通道)[^,。!?;]{0,4}(?:没有?|未|不)(?:开通|开放|上线|支持|可用|启用|对接)",
        r"(?:<媒>)(?:消息|内容|格式|信息|类型)?(?:<暂>)*(?:不支持|不受支持|未支持|没有支持)",
        r"不支持(?:您|你)?(?:发送|接收|识别|查看|处理|上传|这|该|此|种|类|条|的|使用)*(?:<媒>|消息类型|类型的?消息|格式|消息)(?:[^里中上内]|$)",
        r"(?:消息|文件|内容)?(?:类型|格式)[^,。!?;]{0,4}(?:不支持|无法识别|不能识别|不受支持)",
        r"(?:不会|没法|没办法|无法|不能|没学会)(?:看|听|识别|辨认|读取?|查看)(?:[哦呢呀啊喔~的]*(?:[,。!?;]|$))",
        r"(?:只|仅|光)(?:能|会|支持|可以?|认|懂|限|看得懂|听得懂|看|读|接收|处理|理解|识别|接受|提供|通过|用)+[^,。!?;]{0,4}(?:<文>)",
        // 请用文字描述. 请用文字补充订单号 asks for more, not for something else.
        r"(?:用|以|通过|改用|换成|改成|改为|改发|使用|发送?|输入|转成|转换成)(?:一下|一段|简单|几个|几句)?的?(?:<文>)(?:消息|内容|形式|方式|信息)?(?:来|再|把|为我|向我|跟我|和我|给我|直接|简单|具体|详细|大概|简要|描述|出)*(?:<说>)",
        r"(?:请|麻烦|劳烦|烦请|可以|需要|建议|还是|直接|试试)(?:您|你)?(?:直接|改|重新|再|先)?(?:发送?|输入|改发|使用|用|改用|编辑)(?:一下)?(?:<文>)(?:消息|内容|信息|吧|哦|呢|呀|来|就|试|[,。!?;]|$)",
        r"(?:请|麻烦|劳烦|烦请|辛苦|需要|还是)(?:您|你)?(?:直接|先|再|重新)?(?:<文>)(?:<说>)|(?:<文>)(?:<说>)一下|打字(?:<说>|给我|过来|就|跟|和|来|吧|哦|发)|(?:麻烦|请|还请)(?:您|你)?打(?:个|一下)?字",
        r"把(?:您的|你的|具体)?(?:问题|内容|情况|需求|想问的|想说的|意思)[^,。!?;]{0,4}(?:写|打|敲|输)(?:下来|出来|给我|成|过来|一下)",
        r"(?:<媒>)(?:里|中|上)?面?(?:的)?(?:内容)?(?:是|显示|拍|讲|说)(?:的|了)?(?:是)?(?:什么|啥)",
        // 请把图片里的内容打出来给我.
        r"(?:<媒>)[^,。!?;]{0,8}(?:打成|打出来|写出来|写下来|写成|敲出来|转成文|翻成文|用文字|用打字|描述(?:一下|出来|给)|复述|念给)",
        r"(?:用|以|打)?(?:文字|语言)[^,。!?;]{0,6}(?:描述|概括|复述|讲|说)[^,。!?;]{0,6}(?:<媒>)|(?:描述|概括|复述|说说|讲讲)(?:一下|下)?(?:您|你)?[^,。!?;]{0,6}(?:<媒>)",
        r"(?:<媒>)[^,。!?;]{0,8}(?:解析|识别|加载|读取|打开|播放|接收|下载|显示|传输|上传|发送|转换)(?:失败|出错|超时|异常|有误|不成功)",
        // 图片是空白的, 对图片内容我无能为力, 但是我这里看不到.
        r"(?:<媒>)[^,。!?;]{0,5}(?:是|为|成了?)?(?:空白|空的|黑的|白板|一片[黑白]|损坏|坏了|坏的|失效|过期)|(?:<媒>)[^,。!?;]{0,8}(?:无能为力|帮不上|爱莫能助|没辙|没招|一窍不通)",
        r"(?:<媒>)[^,。!?;]{0,6}(?:一片空白|过大|太大|超出|超过)|(?:没有?|未)(?:能)?(?:识别|辨认|看|读|认|听)(?:出|到|懂|清)[^,。!?;]{0,6}(?:<媒>)|(?:不会|不能|没法|无法)(?:看|识|读|认)(?:图|片)[呢哦呀啊~的]*(?:[,。!?;]|$)|(?:看|读|认|识别|打开)不(?:了|懂|到|出)(?:图|片)[呢哦呀啊~的]*(?:[,。!?;]|$)",
        r"(?:只|仅)[^,。!?;]{0,3}(?:看|认|懂|识)字|用(?:打字|文字|写字)的(?:方式|形式|办法)",
        r"(?:我|这里|这边|这儿|系统|机器人)[^,。!?;]{0,4}(?:<看不>)[呢哦呀啊哈~的]*(?:[,。!?;]|$)",
        // 图片没有显示出来.
        r"(?:<媒>)(?:好像|似乎|可能|还|都|并)*(?:没有?|未)(?:能)?(?:正常|成功|完整)?(?:显示|加载|打开|刷|传|发|收)(?:出来?|过来|上来?|成功|完整?|到)?[哦呢呀啊~]*(?:[,。!?;]|$)",
        r"(?:没有?|不具备|不具有|缺少|缺乏|尚无|暂无)[^,。!?;]{0,4}(?:<看>)[^,。!?;]{0,4}(?:<媒>)?[^,。!?;]{0,4}(?:能力|功能|权限|本事)",
        r"没有?(?:能)?(?:收到|看到|看见|接到|听到)(?:您|你)?(?:刚才)?(?:发|传)?(?:来)?的?(?:<媒>)(?:[哦呢呀啊,。!?;]|$)",
        r"(?:是|为|属于)(?:一个|一款|一名)?(?:纯)?文[字本][^,。!?;]{0,3}(?:机器人|客服|助手|小助手|对话)|没(?:有)?长?(?:眼睛|耳朵)",
        r"(?:发|打|改|换|转|敲)(?:成|为|用|个|一下|点|段|条|几个)?(?:<文>|字)(?:版|形式)?(?:好不好|可以吗|行吗|行不行|好吗|吧|哦|呢|呀|嘛|给我|过来|试试|再发|发给|描述)",
        // 图片打开一直转圈, 图片内容对我来说是不可见的, 从图片中我获取不到信息, 只受理文字提问.
        r"(?:<媒>)(?:这里|那里|[^里中上,。!?;]){0,12}(?:空白|黑屏|白屏|转圈|报错|错误|什么[都也]没|花屏|乱码|卡住|卡死|没反应|不可见|看不见|不显示|为空|被(?:<·>){0,4}(?:过滤|拦截|屏蔽|删除))|限制了?(?:<·>){0,3}(?:<媒>)|没有?(?:<·>){0,3}[读识看认]图|(?:<不能>)(?:<·>){0,3}(?:对|就|根据|按照?)(?:<·>){0,4}(?:<媒>)(?:<·>){0,6}(?:分析|识别|处理|解读|查看|作出|做出|回答|回应|查询)|(?:打开|点开|加载|查看|收到的?)(?:<·>){0,4}(?:<媒>)(?:<·>){0,8}(?:错误|黑屏|空白|转圈|报错|失败|没反应|不成功)",
        r"(?:<媒>)(?:[里中上]面?的?(?:信息|内容|文字|东西|意思)|[^里中上,。!?;]){0,10}?(?:<看不>|<不能>[^,。!?;]{0,5}(?:<看>|提取|浏览|载入|下载|查收|转换|转成|转写)|(?:提取|获取|载入|得|浏览)不(?:到|了|出来?|成))",
        r"(?:从|由|凭|根据)(?:<·>){0,6}(?:<媒>)(?:<·>){0,8}(?:不到|不出|不了|<不能>|没(?:有|能)?)(?:<·>){0,5}(?:信息|内容|文字|东西|[,。!?;]|$)|(?:<不能>|没能?)(?:<·>){0,6}(?:从|通过|根据)(?:<·>){0,6}(?:<媒>)(?:<·>){0,8}(?:信息|内容|文字|东西)|(?:看|读|听|认|提取|获取|识别|解析)不(?:出来?|到|懂|了|清)(?:<·>){0,6}(?:<媒>)(?:里|中|上)面?的?(?:信息|内容|文字|东西|意思)",
        r"(?:<不能>|没能|不(?:可以|能)?)(?:<·>){0,8}(?:<看>|传送|浏览|传输|载入|下载|受理|回复)(?:或|和|及|与|跟)?(?:<·>){0,6}(?:<媒>)(?:[^里中上内看显来是有,。!?;]|里?的?内容|[,。!?;]|$)|(?:<媒>)(?:<·>){0,6}不(?:予|再|接收|受理|支持|接受|行|可以|允许)|不(?:接收|受理|接受|允许)(?:<·>){0,6}(?:<媒>)",
        r"(?:只|仅|光|限于|局限于|局限在)[^,。!?;到见]{0,8}(?:<文>)|(?:不要|(?:^|[^识辨区分特个类级性鉴差])别|勿|无需|不必|停止)(?:再)?(?:<·>){0,2}(?:发|传|上传)(?:<·>){0,3}(?:<媒>)|(?:打|敲)(?:一?下|几个|个|点)?字",
        r"(?:用|以|通过|改用|改为|转为|换成|换)(?:<·>){0,4}(?:<文>)(?:<·>){0,6}(?:把|将|来|告诉|说|写|描述|咨询|提问|沟通|交流|问|发给|发我|回复我|讲)(?:<·>){0,4}(?:问题|内容|需求|情况|疑问|想|我|一下|吗|吧|[,。!?;]|$)|(?:<媒>)(?:<·>){0,6}(?:写|念|讲|说|打|转述|口述)(?:给|成|一下)",
        r"(?:打|点|解析|识别|处理|播放|读取|辨认)不(?:开|了|出来?)(?:其|里面|其中|它)?的?(?:内容|信息)?[呢哦哈呀啊了~的]*(?:[,。!?;]|$)|(?:<不能>)(?:<·>){0,2}(?:打开|查看|识别|读取|浏览|播放|解析|辨认|解读)(?:其|里面|其中|它)?的?(?:内容|信息)?[呢哦哈呀啊~]*(?:[,。!?;]|$)|(?:但|不过|可是|可惜|却)(?:是)?(?:<暂>)*(?:<看不>)",
        r"(?:不支持|不提供|未开放|没开放|未开通|没开通|没有|不开放)(?:<·>){0,3}(?:<媒>)(?:形式|方式|识别|查看|功能|服务|咨询|消息|接收|上传|解析)|(?:以|用|通过|转为|转成|改为)(?:<文>)的?(?:形式|方式)|(?:<媒>)(?:<·>){0,6}(?:无从|无法)(?:得知|知道|知晓|了解)",
        r"(?:<媒>)(?:<·>){0,8}(?:我|机器人|系统)?(?:还在?学|问号|不认识|没出来|没反应|收不着|看不着|收不上来|不被支持|分辨不|辨别不|有点难|太难|空白|没有发送成功|未发送成功|发送失败|异常|乱码|有误|报错|损坏|失效|过期|被?(?:屏蔽|拦截|过滤)|超出)|(?:屏蔽|拦截|过滤|禁止|关闭)了?(?:<·>){0,3}(?:<媒>)|(?:没(?:有)?|无)权限?(?:<·>){0,2}(?:<看>)(?:<·>){0,4}(?:<媒>)|(?:收到|看到)(?:<·>){0,3}[,，]?(?:但|可|不过|只是|却|可惜)(?:是)?(?:<·>){0,6}(?:空白|打不开|看不|无法|没法|不能|乱码|黑|空的|没内容|听不)",
        r"(?:<媒>)(?:里|中|上)面?(?:<·>){0,4}(?:什么|啥|哪)[^。!?;]{0,8}(?:[?]|呢|吗)|(?:<说>|告诉)(?:<·>){0,6}(?:<媒>)(?:里|中|上)|(?:写|打|敲)(?:一?下|个|几个|出|点|点儿)*(?:字|文字|内容)?(?:跟|给|告诉|来|和)?我?(?:说|讲|吧|呢|看看|沟通)?(?:[,。!?;~]|$)|(?:请|麻烦|可否|能否|能不能|能|可以|方便|直接|改|换|还是|烦请|劳烦|辛苦|您|你|试试|最好)(?:<·>){0,5}(?:<文>)(?:消息|方式|形式|内容|信息)?(?:<说>|告知|吗|吧|哈|哦|呢|可以|行|发我|给我|[,。!?;~]|$)|(?:^|[,。!?;])(?:<文>)(?:<说>|吧|哈|哦|即可|就行)|(?:<说>)(?:<·>){0,4}(?:文字|打字)|(?:无法|不能|没法|未能|不支持|看不懂|不可)(?:识别|显示|读取|查看|支持|解析|打开)的?(?:此|该|这|这个|这条|这种)?(?:<·>){0,2}(?:消息|文件|内容|格式|类型)|(?:打|点|看|读|认|解|播)不(?:开|了|出|到|懂)(?:这|该|此|您的|您发的|个|条|份)+(?:文件|消息|东西|内容|格式)|看不(?:到|见|了)(?:<·>){0,3}[,。!?;](?:<·>){0,4}(?:写|打|说|描述|讲)",
        // I can't open the picture.
        r"\b(?:<cannot>) (?:(?:<quite>) )*(?:<see>) (?:<it>)(?:[.,!?;:]|$| (?:yet|here|at|on|from|directly|messages?|files?|you|so|but|and|right|or|that you|content|in this|through|sent|for now|unfortunately|sorry|i|only|please|could|can|would|via|currently|attached|uploaded|properly|correctly|fully|completely)\b)",
        r"\b(?:<cannot>) (?:(?:<quite>) )*(?:<see>)(?: or (?:<see>))? (?:it|them|this|that)(?:[.,!?;:]|$| (?:yet|here|at the moment|so|but|and)\b)",
        r"\b(?:<it>)(?: messages?| files?| (?:that )?you(?:'ve| have)?(?: just)? (?:sent|shared|attached|uploaded))? (?:(?:(?:is|are|was|were) (?:(?:<quite>) )*(?:not|never)|isn't|aren't|can't|cannot|can not|couldn't|could not|don't|do not|doesn't|does not|won't|didn't|did not|failed to|refuses to|never)(?: not)? (?:(?:<quite>) )*(?:supported|enabled|permitted|something|be (?:opened|viewed|displayed|processed|read|seen|shown|played|recogni[sz]ed|handled|loaded|accepted)|(?:opened|viewed|displayed|processed|readable|visible|accepted|available|possible|allowed|load|open|work|display|show up|come through|came through|go through|render|play|appear))|not (?:supported|working|visible|accepted))",
        r"\b(?:<it>)(?: messages?| files?)? (?:is|are) (?:(?:not|a bit|rather|far) )*(?:something|anything|what\b|me\b|lost on|beyond|outside|my (?:thing|strong|forte)|too much for)",
        r"\b(?:<cannot>) do (?:anything|much|a lot) with (?:<it>)\b|\b(?:error|problem|issue|trouble|difficulty|difficulties)(?: in| with| while| when)? (?:<see>) (?:<it>)\b|\bno (?:<media>) (?:support|function|viewer|access)\b|\btext,? please\b",
        r"\bonly (?:\w+ ){0,2}?(?:written|typed|text) (?:questions?|messages?|requests?|input|enquiries)\b|\b(?:ask|questions?|reply|contact us) (?:\w+ ){0,3}?in (?:writing|text|words)\b",
        r"\b(?:<it>) (?:viewing|recognition|uploads?|support|reading|processing|displays?|previews?|analysis|sharing|function|feature|input|handling) (?:is|are|was)(?:n't| not| un| currently| still)*(?: ?\w+)? ?(?:supported|available|enabled|possible|working|active|allowed|disabled|down|off)\b",
        r"\b(?:<it>) (?:appears?|seems?|looks?|is|was|came|shows?|arrived)(?: to be| to me| up| through| out| as| all| completely| just)* (?:blank|empty|black|broken|corrupt(?:ed)?|damaged|expired|missing|unreadable|illegible|gr[ae]y)\b|\bwish (?:i|we) (?:could|was able to|were able to) (?:<see>)\b",
        r"(?:\bno|n't|\bnot|\bun)(?: (?:<quite>))* ?support(?:s|ed|ing)?(?: for)? (?:<it>|(?:this|that|such|these) (?:message|file|media|content)? ?(?:types?|formats?|kinds?))",
        r"\b(?:message|file|media|content|attachment)s? (?:types?|formats?|kinds?)(?: of \w+)? (?:is|are|was)(?:n't| not)(?: (?:<quite>))* (?:supported|accepted|recogni[sz]ed|available)",
        r"\b(?:only|just)(?: able to| equipped to| designed to| trained to| take| works?| speak| ever)*(?: read| understand| process(?:es)?| handles?| supports?| accepts?| deal with| respond to| work with| reply to| see| takes?| answer| with| in| through)*(?: plain| written| typed)? (?:text|words|texts|typed messages|written messages)\b|\btext (?:messages? )?only\b|\btext[- ](?:only|based)\b|\bonly (?:in|by|through) (?:text|writing)\b",
        r"\b(?:describe|explain|tell|write|type|put|spell|express|say|give|send|state|rephrase|share)\b[^.,!?;]{0,40}? (?:in|as|with|using|into|by|through|via) (?:<words>)\b",
        r"\b(?:type|write|spell)(?:ing)?(?: out| down)?(?: for me| to me)? (?:(?:your|the|me your|me the) )?(?:<problem>)(?: is| looks| shows| out| down| here| instead| for me| happened| you)*(?:[.,!?;]|$)|\b(?:type|write|spell) (?:it|that|this) (?:out|down)\b|\b(?:write|type|text)(?: to)? (?:me|us)? ?instead\b|\btyping (?:does|works|is|would|instead)\b",
        r"\b(?:block|reject|filter|strip|quarantine|swallow)(?:s|ed|ing)? (?:out )?(?:every|all|any|the|your|incoming)(?: [a-z]+)? (?:<media>)\b",
        r"\binstead of (?:sending |using |uploading )?(?:<it>)|\bwithout (?:sending )?(?:<it>)",
        r"\bwhat (?:does|do|did) (?:it|the (?:<media>)|your (?:<media>)|they) (?:show|say|contain)|\bwhat(?:'s| is) (?:in|on) (?:it|the (?:<media>)|your (?:<media>))",
        // Please use text. Tell me what the picture shows.
        r"\b(?:use|send|try|stick to|enter|write|type|prefer|need)(?: me| us| it| that| this| only| plain| just| in| as| a)* (?:words|text|texts|text messages?|typed messages?)\b",
        r"\b(?:describ(?:e|ing)|transcrib(?:e|ing)|summari[sz](?:e|ing)|typ(?:e|ing)(?: out| up| in| down)?|writ(?:e|ing)(?: out| down| up)?|put(?:ting)?)\b(?: me| us| for me| down)?(?: (?:what(?:'s| is| you see)?|the|content|contents|of|in|on|from|is|whatever|are|said))* ?(?:<it>)\b",
        r"\b(?:tell|explain|say|let me know|share)\b(?: me| us| to me)? what(?:'s| is| it says)?(?: in| on)? (?:<it>)\b(?:[.,!?;:]|$| (?:is|shows?|says?|contains?|are|about|means?)\b)",
        r"\b(?:work|communicate|chat|speak|talk|operate|respond|reply|answer|help)(?:s|ing)?(?: only| solely| purely| just| best)? (?:in|through|via|by|with) (?:plain |written )?(?:text|words|writing)\b|\btext is (?:all|the only)\b|\b(?:a|your) text (?:bot|assistant|agent)\b|\bonly (?:see|know|tell) (?:that )?(?:you|there|something|a)\b",
        r"\bnot (?:set up|equipped|made|built|designed|trained|meant|configured) for (?:<it>)\b|n't (?:set up|equipped|made|built|designed|trained|meant|configured) for (?:<it>)\b|\b(?:no|without) (?:eyes|ears)\b|\bblind to\b",
        r"\b(?:<cannot>) (?:(?:<quite>) )*(?:<use>)(?: or (?:<use>))?(?: (?:any|much|out|anything|information|info|details?|contents?|text|data|use|sense|what|what's|is|of|from|in|inside|within|into|the|this|your|formats?|types?|kinds?|size|resolution|quality))* (?:<it>)(?:[.,!?;:]|$| (?:yet|here|at|on|to|from|messages?|files?|you|you've|so|but|and|or|content|in this|through|shows?|says?|contains?|is|for|please|via|with|without|as|because|currently|right|properly|due)\b)",
        r"\b(?:<cannot>) (?:(?:<quite>) )*(?:get|extract|gather|obtain|retrieve|pull|draw|derive|glean|collect|learn|read|tell|work out|make out|make)(?: (?:any|much|out|anything|information|info|details?|contents?|text|data|use|sense|what|what's|is|a lot|useful|of|from|in|inside|within))* (?:<it>)(?:[.,!?;:]|$| )",
        r"\b(?:<it>)(?: (?:that|which|you|you've|have|just|sent|shared|uploaded|attached|provided|by|from|the|customer|guest|has|had|still|unfortunately|also|itself|messages?|files?|formats?|types?|content|on my|on our|side|end))* (?:can't|cannot|can not|couldn't|could not|won't|will not|doesn't|does not|didn't|did not|don't|do not|isn't|is not|aren't|are not|wasn't|was not|hasn't|has not|failed to|fails to|refuses to|(?:is |was |are )?unable to|never)(?: [a-z']+){0,3}? (?:open\w*|load\w*|display\w*|showing|shown|show(?: up|[.,!;]|$| here| on| in| for| at)|upload\w*|receiv\w*|process\w*|access\w*|view\w*|visible|read\w*|reach\w*|arriv\w*|come|came|play\w*|support\w*|accept\w*|appear\w*|recogni\w*|handl\w*|through|render\w*|download\w*|possible|allowed|available|taken|seen|heard|interpret\w*|analy\w*|use\w*|checked|deliver\w*|understood|transmit\w*|sent|shared|decipher\w*|decod\w*|made out)\b",
        r"\b(?:unreadable|illegible|undecipherable|indecipherable|unviewable|unopenable|unintelligible) (?:<media>)\b|\b(?:no|not|n't|without|lacks?)(?: (?:have|has|got|exist|an?|any|the|right|suitable|proper|such))* (?:programs?|programmes?|software|apps?|applications?|viewers?|codecs?|players?|readers?|tools?) (?:for|that|which|to)(?: (?:open(?:ing|s)?|see|view(?:ing|s)?|read(?:ing|s)?|show(?:ing|s)?|play(?:ing|s)?))? (?:<it>)\b",
        r"\b(?:tried|attempted|trying|attempt)\b[^.!?;]{0,40} (?:<media>)\b[^.!?;]{0,30}(?:\bbut\b|\bwithout\b|no luck|nothing|in vain|fail|unsuccess)|\berror (?:[a-z]+ ){0,4}?(?:<it>)\b|\b(?:empty|blank|black|grey|gray) (?:box|space|screen|frame|area|file|page|square|window)\b",
        r"\b(?:<it>)(?: [a-z']+){0,3}? (?:invisible|inaccessible|unreadable|unavailable|blocked|rejected|useless|of no use|not of (?:any )?use|lost on|disabled|not an option|incompatible|off[- ]limits|undecipherable|unsupported)\b|\b(?:block|reject|disable|filter|strip|refuse|exclude)(?:s|ed|d)?(?: out| any| all)? (?:<it>)\b|\b(?:eyes|ears) for\b|\b(?:capabilit|abilit|function|feature|skill|tool|setup|scope)\w* (?:[a-z]+ )?(?:don't|do not|doesn't|does not) (?:[a-z]+ ){1,3}?(?:<it>|(?:<see>) (?:<it>))",
        r"\b(?:limited|restricted|confined) to (?:[a-z]+ ){0,3}?(?:text|words|writing|written|typed)\b|\b(?:only|solely|exclusively|purely) (?:[a-z]+ ){0,4}?(?:in text|text|words|writing|typed|written)\b|\b(?:resend|repeat|convert|turn|submit|restate|provide|copy|enter|relay|pass on|pose|ask|rewrite)\b[^.,!?;]{0,40}? (?:as|in|into|by|via|through|using|with) (?:<words>)\b",
        r"\b(?:<cannot>) (?:(?:<quite>) )*(?:<use>) (?:its|the|their|what(?:'s| is| was)?|any of its) ?(?:contents?|in it|in there|inside|shown|on it|you sent)\b|\bno (?:<media>)(?:[.,!?;]|$| (?:please|here|in this|in our|allowed|accepted|can|thanks|sorry)\b)",
        r"\b(?:no|not|don't|doesn't|lack|without)(?: [a-z]+){0,3} (?:<media>)[- ](?:viewing|reading|recognition|analysis|processing|playback|support|handling|access)\b|\b(?:let me know|let us know|reply|ask|contact us|respond|talk to me) (?:in|by|via|as|through|using|with) (?:<words>)\b|\bwhat you(?:'ve| have)? (?:sent|shared|attached|uploaded) (?:can't|cannot|couldn't|could not|isn't|is not|won't|doesn't|did not|didn't)\b",
        r"\b(?:<it>) (?:means?|says?|tells?) (?:me )?(?:nothing|little|not much)\b|\b(?:don't|do not|avoid|stop|refrain from|no need to) (?:please )?(?:send(?:ing)?|shar(?:e|ing)|upload(?:ing)?|attach(?:ing)?|post(?:ing)?|us(?:e|ing)) (?:us |me )?(?:<it>)",
        r"\b(?:no|little|zero|without|any) (?:chance|hope|way|option|possibility|means|luck|opportunity)(?: (?:of|to|for|in|with|me|us|our (?:team|agents|staff)))* (?:<use>) (?:<it>)\b|(?:\bnot|n't|\bno)(?: [a-z]+){0,3}? (?:option|way|chance|possibility|ability) (?:for (?:me|us) )?(?:to|of) (?:<use>) (?:<it>)\b|\b(?:prevents?|stops?|keeps?|blocks?|prohibits?|forbids?)(?: (?:me|us|our agents|it))? (?:from |to )?(?:<use>) (?:<it>)\b|\b(?:<it>)(?: [a-z']+){0,4}? (?:stripped|removed|dropped|deleted|filtered|discarded|blank|empty|ignored|refused|quarantined|illegible|black)\b|\b(?:ignores?|drops?|discards?|skips?|deletes?|removes?) (?:all |any )?(?:<it>)\b|\b(?:<cannot>) (?:have|take|get) a (?:look|peek|glance|listen) (?:at|in|into|to) (?:<it>)\b|\b(?:convert|turn|change|transform|translate|switch)(?:ing)? (?:<it>)? ?(?:to|into) (?:text|words|writing)\b|\b(?:can't|cannot|couldn't|unable to|not able to) (?:<see>) (?:what|whatever|anything) you(?:'ve| have)? (?:sent|shared|attached|posted|uploaded)\b|\bwhat you(?:'ve| have)? (?:sent|shared|uploaded)(?: (?:is|was|just))? (?:isn't|not|n't|won't|doesn't)\b|\b(?:<see>) an? (?:<media>) (?:is|isn't|would|isn't) ",
        // Opening it failed; its format is unknown; nothing appears; I am still learning to read it.
        r"\b(?:<use>) (?:<it>)(?: (?:just|always|only|seems? to|here))* (?:fail(?:s|ed)?|giv(?:es|e)|gave|return(?:s|ed)|result(?:s|ed)|caus(?:es|ed)|led|(?:is|was)(?:n't| not)|did(?:n't| not)|does(?:n't| not)|won't|never|isn't)\b|\b(?:<it>)(?: [a-z']+){0,5}? (?:unknown|expired|too (?:large|big|dark|heavy|long|small)|failed|stuck|forever|in a (?:[a-z]+ )?format|gone|lost|crash(?:ed|es)|froze|frozen|over my head|above my head|no good)\b|\b(?:unsupported|unknown|unrecogni[sz]ed|unreadable|invalid) (?:message|file|media|content|attachment|format|type)",
        r"\b(?:got|received|see|have|only see|it's|get)(?: just| only)? an? (?:blank|empty|broken|black|damaged|corrupt(?:ed)?|grey|gray|unreadable) (?:<media>|file|message)|\b(?:all|nothing|an icon|a placeholder)(?: [a-z']+){0,4}? (?:i|we) (?:can )?see\b|\ban? (?:icon|placeholder|question mark|error|blank)(?: [a-z]+){0,3} where (?:<it>)|\bnothing (?:appears|happens|shows|comes|opens|loads|is shown|is displayed|showed|appeared|happened)\b|\bwhere (?:<it>) should be\b",
        r"\b(?:still|yet|currently|only|just)?(?: [a-z]+)? ?(?:learning|practising|practicing|being trained) (?:how )?to (?:<use>)\b|\b(?:not|n't|no|never)(?: (?:very|really|that|so|much|yet|been|any|got))* (?:trained|good|great|strong|clever|allowed|permitted|authori[sz]ed|able|access|permission|ability|capability|capacity|means|skills?|options?)(?: (?:on|at|with|in|to|of|for|the))*(?: (?:<use>))? (?:<it>)\b|\b(?:don't|do not|doesn't|does not|not|won't) (?:allow|let|permit|enable)(?: (?:me|us|our|agents|staff|people|customers|for))* (?:to )?(?:(?:<use>) )?(?:<it>)\b|\b(?:love|like|want|happy|try|wish|glad)(?:d|s)? to (?:<use>) (?:<it>),? but\b",
        r"\b(?:have|having|had some|had|there's|is|are|some|a|got|in|with|the|experienc(?:e|ing)|fac(?:e|ing)|encounter(?:ed|ing)?) (?:some |a few |a )?(?:trouble|problems?|difficult(?:y|ies)|issues?|hard time|struggl(?:e|ing))(?: (?:with|in|to))* (?:(?:<use>) )?(?:<it>)\b(?:[.,!?;]|$| (?:you|that|on|right|at|here|so|could|please|today))|\b(?:be|is|with) (?:a|some|an) (?:problem|issue|error|glitch) (?:with|in|opening|loading) (?:<it>)\b|\bthat (?:i|we) (?:can't|cannot|can not|couldn't|am unable to|are unable to|'m unable to) (?:<see>)|\b(?:<it>)(?: [a-z']+){0,2}?[.,;?]? (?:but |and |it |because it )(?:(?:doesn't|does not|won't|didn't|did not|can't|cannot|wouldn't|couldn't)(?: (?:<quite>|seem to|be))* (?:open|load|play|display|show|work|come|opened|loaded|played|displayed|shown)|(?:isn't|is not) (?:opening|loading|playing|displaying|showing|working))\b",
        r"\b(?:<cannot>) (?:(?:<quite>) )*(?:figure out|look (?:in|into|inside)|tell from|judge|show (?:me|us)|decipher|take in|go by|work from|click)(?: (?:what(?:'s| is)?|which|of|on|in|from))* ?(?:<it>)\b|\b(?:no|not|never) (?:show|open|see|load|display|come)(?: (?:the|your|this))? (?:<media>)|\b(?:<it>) (?:no|not) (?:open|show|load|work|display|good|clear|support|see)\b|\b(?:<media>) (?:don't|do not|doesn't) (?:work|open|load|reach)\b|\b(?:can't|cannot|couldn't) (?:<see>) (?:yours|them|that|what you sent|the content|those)\b|\b(?:message|file|content|type|format|what) (?:you )?(?:sent|shared|uploaded) (?:can't|cannot|could not|couldn't|isn't|is not)\b|\b(?:side|system|screen|phone|computer|app|device|end|chat) (?:shows?|displays?|has|no|not|can't|cannot|won't|doesn't|does not|no show)(?: [a-z]+){0,2}? (?:<it>)\b",
        // Write it.
        r"\b(?:please|pls|plz|kindly|just|simply|you can|you could|could you|can you|would you|would you mind|mind|possible to|need you to|have to|need to|better to|try to|try|if you|how about|for you to|for me,|you'll have to) ?(?:just |please |only |then |possibly |maybe )*(?:typ(?:e|ing)|writ(?:e|ing)|text(?:ing)?|spell(?:ing)? (?:it |that )?out|describ(?:e|ing)|transcrib(?:e|ing)|jot(?:ting)? down|verbali[sz](?:e|ing)|put(?:ting)? (?:it|that|this|your [a-z]+) in(?:to)? (?:words|writing))(?:[.,!?]|$| (?:it|that|this|out|down|(?:me|us|to (?:me|us))(?:[.,!?;]|$| (?:instead|what|here|so|in (?:words|text)))|what|(?:your|the) (?:<problem>|questions?|enquiry|inquiry|needs?|name|content)|here|instead|a few|for|please|in (?:words|text|a|one|your own|writing)|something|which|is|back|whatever|only|text|message|words|with|so)\b)",
        r"\bby (?:typing|writing|texting|describing|transcribing|spelling|putting (?:it|that|this))\b|\b(?:in writing|written (?:message|question|form|text|words|description)|typed (?:message|question|text)|in words|(?:(?:by|via)(?: a)? text(?: message)?|in a text message)(?:[.,!?]? (?:please|instead|only|so (?:i|we)|and (?:i|we)|then|what|your)|[!?;])|as text|in text|with words|a written|text form)\b|\b(?:describe|explain|tell|say|share|mention)(?: me| us| to me)? what(?:'s| is| was| you see)?(?: (?:shown|seen|said|written|visible|happening))? (?:in|on|inside) (?:<it>)\b|\bwhat you (?:said|say|wrote|show|see|asked) (?:in|on) (?:<it>)\b|\bname of the (?:place|hotel|restaurant|item|product|sight|attraction)[^.!?]{0,16} instead\b",
    ],
};

/// That it wants a picture or the like, though one came.
const WISH: Grammar = Grammar {
    classes: CLASSES,
    sentences: &[
        r"(?:请|麻烦|烦请|劳烦|需要|方便|辛苦)(?:您|你)?(?:先|这边|能)?(?:提供|上传|发送|拍摄|发一?下?|传一?下?|拍一?下?|给我们?)(?:一下)?(?:商品|产品|实物|包裹|相关|破损|问题|现场|几|一|两|张|下|的|处|部位|收到)*(?:<媒>)",
        r"\b(?:please|could you|can you|would you|kindly|need you to)(?: please)? (?:send|share|upload|provide|attach|take)(?: us| me)? (?:a|the|some|any|one)? ?(?:<media>)",
    ],
};

/// What a wish for another one has: 再发一张清晰的照片.
const ANOTHER: &str =
    r"再|另|清|重新|其他|别的|更|补|背面|正面|全|another|again|more|better|clear|full|different|second|close";

/// That it has, sees or hears what was sent.
const RECEIPT: Grammar = Grammar {
    classes: CLASSES,
    sentences: &[
        r"(?:收到|看到|看见|看过|看了|看完|查看|看|听到|听了|听完|听过|核实|核对|登记|提交|感谢|谢谢|多谢|根据|结合|从|按|依据|通过|有了|您发|你发|您的|你的|发来|这张|这段|这个|这条|该)[^,。!?;]{0,10}(?:<媒>)",
        r"(?:<媒>)[^,。!?;]{0,8}(?:收到|收下|看到|看了|看过|已|很清楚|清楚|清晰|来看|看来|显示|可以看|能看|登记|没问题|听到|听了|模糊|不清)|(?:<媒>)(?:里|中|上)",
        r"\b(?:receiv\w+|got|have|see|saw|seen|look(?:ed|ing|s)?(?: at)?|check(?:ed|ing)?|review(?:ed|ing)?|thank(?:s| you) for|thanks|from|in|based on|according to|judging (?:by|from)|view(?:ed|ing)?|heard|listen(?:ed|ing)? to|watch(?:ed|ing)|add(?:ed|ing)?|forward(?:ed|ing)?|attach(?:ed|ing)|sent|sending|sharing|with|pass(?:ed|ing)?)(?: \w+){0,4}? (?:your|the|this|that|those|these) (?:\w+ )?(?:<media>)",
        r"\b(?:your|the|this|that|those|these) (?:\w+ )?(?:<media>) (?:\w+ )?(?:came|arrived|is|are|was|helps?|shows?|showed|looks?|has|have|you|clearly|makes?|tells?|sounds?|says?)",
        r"(?:<媒>)(?:我)?(?:这边|都|也|已经?|是)?(?:可以|能|打开|核对|发过来|收|拍|真|很|好|不错|挺|太|非常)|(?:打开|点开|收悉|查收|查阅|下载|认出)(?:<·>){0,8}(?:<媒>)",
        r"\b(?:great|nice|lovely|beautiful|good|cool|wonderful|amazing|perfect|pretty|clear|fantastic|stunning|fine|excellent|helpful|gorgeous|useful) (?:<media>)\b|\b(?:<media>) (?:received|checked|seen|viewed|opened|loaded|works?|is|was|noted|arrived|here|reviewed|helps?|made|came|looks)\b|\b(?:open(?:ed|ing)?|managed|load(?:ed|ing)?|going by|went|going|gone|appreciate|recogni[sz]ed?|cheers|know|play(?:ed|ing)?|download(?:ed|ing)?|understood|read|examin(?:ed|ing)|studied|access(?:ed)?|view|inspect(?:ed)?|noted|grateful|show(?:s|ed|n|ing)?)\b(?: [a-z]+){0,4}? (?:your|the|this|that|those|these) (?:[a-z]+ )?(?:<media>)|\b(?:<media>)(?: [a-z]+){0,4}? (?:open(?:s|ed)|load(?:s|ed)|work(?:s|ed)|made|came|arrived|received)\b|\bthank(?:s| you) for (?:showing|sending|sharing)\b|\b(?:received|see|seen|got|checked) it\b",
        // As logs say it: 系统已辨别您发来的图片, file type picture, status opened.
        r"(?:已经?|成功|顺利)(?:<·>){0,3}(?:识别|辨别|辨认|解析|读取)(?:<·>){0,8}(?:<媒>)|\b(?:<media>)[,:;-]? ?(?:(?:status|state|result|check)(?: is)?[:=,-]? ?)(?:ok|open|opened|loaded|received|read|viewed|processed|displayed|recogni[sz]ed|scanned|identified|reviewed|decoded|deciphered)\b",
    ],
};

/// What a bot says to whom it takes to have said nothing.
const OFFER: &[&str] = &[
    r"(?:有)?(?:什么|啥)(?:可以|能|需要)(?:为您|帮您|帮到您|帮你|为你|帮)|(?:想|要|需要)(?:咨询|了解|问|知道)(?:点)?(?:什么|啥|哪)|请(?:直接)?(?:说出|描述|告诉我)?(?:您|你)的?(?:问题|需求)",
    r"\b(?:how|what) (?:can|may|could) (?:i|we) (?:help|do|assist|be of)|\bwhat (?:can|would|do) (?:you|i) (?:like|want|need|do)(?: to)?(?: know| ask| help)?|\bwhat is your (?:question|request)|\bhow may (?:i|we) be of",
];

/// All of it: that media are refused, wished for, and there.
pub(super) static REFUSALS: LazyLock<Patterns> = LazyLock::new(|| REFUSAL.patterns());
pub(super) static WISHES: LazyLock<Patterns> = LazyLock::new(|| WISH.patterns());
pub(super) static RECEIPTS: LazyLock<Patterns> = LazyLock::new(|| RECEIPT.patterns());

/// Where words of a bot's normalised text say that it cannot deal with a picture, voice message or video, or want words instead.
pub(super) fn refused_in_words(text: &str) -> Option<Range<usize>> {
    static KIND: LazyLock<Regex> = LazyLock::new(|| {
        super::any_of(&[r"\b(?:file|message|media|mime|content|attachment|data|item|input|upload)s? $"])
    });
    // A picture that cannot be seen well was looked at.
    let is_blurred = |range: &Range<usize>| {
        let rest = text[range.end..].trim_start();
        ["clearly", "well", "in detail"]
            .iter()
            .any(|word| rest.starts_with(word))
    };
    // `File type picture` names a kind and asks nobody to type.
    let is_kind =
        |range: &Range<usize>| text[range.start..].starts_with("type ") && KIND.is_match(&text[..range.start]);
    let range = REFUSALS.first(text, |range| !is_blurred(range) && !is_kind(range))?;
    // The mark by which some sentences end is not theirs.
    let words = text[range.clone()].trim_end_matches([',', '.', '!', '?', ';', ':', ' ', '的']);
    Some(range.start..range.start + words.len())
}

/// Where it asks for a picture, voice message or video as though none had come; a wish for a better one is no such thing.
pub fn asks_for_media_at(text: &str) -> Option<Range<usize>> {
    static BETTER: LazyLock<Regex> = LazyLock::new(|| super::any_of(&[ANOTHER]));
    WISHES.first(text, |range| !BETTER.is_match(&text[super::clause(text, range)]))
}

/// True when it speaks of the picture, voice message or video that came.
pub fn speaks_of_media(text: &str) -> bool {
    RECEIPTS.is_match(text)
}

/// Where it asks what the customer wants.
pub fn asks_what_is_wanted_at(text: &str) -> Option<Range<usize>> {
    static WORDS: LazyLock<Regex> = LazyLock::new(|| super::any_of(OFFER));
    WORDS.find(text).map(|found| found.range())
}

#[cfg(test)]
mod tests {
    use super::super::tests::hold;
    use super::*;

    #[test]
    fn what_bots_say_of_pictures_is_known_by_its_structure() {
        hold(include_str!("said/media_received.txt"), speaks_of_media);
        hold(include_str!("said/media_wanted.txt"), |text| {
            asks_for_media_at(text).is_some()
        });
    }

    #[test]
    fn a_refusal_is_known_by_its_words() {
        for (text, is_one) in [
            ("the photo provided by you was not deciphered.", true),
            ("the video sent from the customer could not be decoded.", true),
            ("the image by you has never been made out here.", true),
            ("illegible photo. what do you need?", true),
            ("unviewable video, sorry.", true),
            ("the picture is loaded and quite clear.", false),
            ("our desk computers block every picture, i'm sorry.", true),
            ("pictures are currently not supported.", true),
            ("unopenable attachment.", true),
            ("my phone no have app for this video.", true),
            ("we have no program to open the image.", true),
            ("this desk is without software for opening your file.", true),
            ("our till lacks a viewer for pictures.", true),
            ("别再发图片了,我看的是字。", true),
            ("type what is in the picture.", true),
            ("file type picture, status opened.", false),
            ("message type video, result: loaded.", false),
            ("已识别您上传的照片。", false),
            ("系统已辨别您发来的图片。", false),
            ("特别传来的照片很美。", false),
            ("there is an app for the museum.", false),
            ("the picture by the door is by a local painter.", false),
        ] {
            assert_eq!(refused_in_words(text).is_some(), is_one, "{text}");
        }
    }

    #[test]
    fn an_offer_to_help_is_known() {
        for (text, is_one) in [
            ("您好,请问有什么可以帮您?", true),
            ("请问您想咨询什么", true),
            ("hello, how can i help you?", true),
            ("what would you like to know?", true),
            ("您的包裹明天送达。", false),
            ("your parcel arrives tomorrow.", false),
        ] {
            assert_eq!(asks_what_is_wanted_at(text).is_some(), is_one, "{text}");
        }
    }
}
