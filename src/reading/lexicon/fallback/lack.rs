//! What a bot lacks when it does not answer: understanding, knowledge, a result, access, the ability. Whoever lacks it, in any order of words;
//! but only where what it lacks is the answer to the question itself and no thing that a guest may ask for: 没有健身房 is an answer.

use super::super::Grammar;

/// A denial, what it denies, and the question or what is known as the object, which may be left out.
pub(super) const LACK: Grammar = Grammar {
    classes: &[
        ("·", "[^,。!?;]"),
        ("止", "[呢哦哈呀啊啦哎诶嘛哟喔噢呐的了~亲]*(?:[,。!?;.]|$)"),
        (
            "知",
            "信息|资料|数据|资讯|答案|答复|回答|解答|记录|记载|消息|结果|内容|说明|条目|匹配项|线索|情报|知识点?|依据|介绍|返回|反馈|回应|头绪|通知|回复|备案",
        ),
        (
            "此",
            "这|该|此|您的?|你的?|相关|有关|对应|相应|任何|准确|确切|明确|更多|进一步|可靠|具体|有效|匹配|合适|所需|需要|详细|可用|符合|足够|充分|其他|标准|确定|现成|官方|最新",
        ),
        (
            "无",
            "没有?|沒有?|未能?|暂未|并未|尚未|无|暂无|并无|毫无|查无|缺少|缺乏|缺|不具备|不掌握|不包含|不包括|不含|不拥有",
        ),
        (
            "不能",
            "无法|不能够?|没法子?|没(?:有)?办法|没能够?|未能|难以|无从|无权|无力|不便|恕难|恕不|不可以?|没(?:有)?权限|没(?:有)?能力|没(?:有)?资格|不方便|不足以|不支持|不予",
        ),
        (
            "得",
            "暂时|目前|现在|当前|直接|准确|正确|确切|完全|进一步|很好地?|有效|给|为|替|帮|向|对|您|你|去|再|就|此|因此|立即|马上|来|予以|作出|做出|够|能|可靠地?|明确|具体",
        ),
        (
            "答",
            "回答|解答|答复|作答|回应|应答|回复|给出|答|回[您你]|判断|知晓|得知|获知|获悉|告知|查证|回覆|奉告|解释|解惑|说清楚?|说明白?",
        ),
        (
            "办",
            "确认|核实|确定|查询|查看|查到|查|获取|提供|受理|处理|协助|帮忙|解决|满足|访问|调取|告诉|透露|支持|应对|帮助|识别|理解|辨认|解读|解析|匹配|检索|搜索|调阅|查阅|浏览",
        ),
        (
            "事",
            "问题|疑问|提问|咨询|请求|需求|疑惑|内容|信息|情况|一点|这点|事情|件事|方面|一块|资料|话题|指令|输入|消息|说法|诉求|表述|描述|语句|意思|东西|事儿?",
        ),
        (
            "找",
            "查询|查找|查阅|检索|搜索|搜寻|寻找|匹配|获取|定位|调取|读取|查|找|搜|翻|命中",
        ),
        (
            "我",
            "我们?|咱们?|本店|本机|小店|小[^,。!?;]{1,2}|机器人|助手|前台|客服|系统|后台|平台|这边|这里|这儿|手头|手上|手里",
        ),
        (
            "库",
            "系统|后台|数据库|知识库|资料库|题库|词库|资料|数据|文档|档案|手册|所知|已知|信息|记录",
        ),
        ("号", "订单|单号|编号|预订号|预定号|确认号|号码|流水号|房号|付款|支付"),
        (
            "about",
            "about|on|regarding|concerning|for|of|to|with|into|at|over|in|around|as to|related to",
        ),
        (
            "adv",
            "really|quite|actually|currently|yet|fully|just|simply|also|honestly|unfortunately|sadly|exactly|properly|still|even|at the moment|right now|presently|entirely|completely|clearly|seem to|be able to|personally|always|immediately|directly|anywhere",
        ),
        (
            "info",
            "information|info|details?|data|answers?|response|results?|match(?:es)?|records?|knowledge|context|entr(?:y|ies)|notes?|insights?|visibility|reply|solution|facts?|specifics",
        ),
        (
            "asked",
            "questions?|quer(?:y|ies)|e?i?nquir(?:y|ies)|requests?|messages?|inputs?|matter|topic|subject|issue|point|meaning|wording|sentence|words|phrase|intent(?:ion)?|statement|text",
        ),
        (
            "det",
            "this|that|these|those|your|the|any|an|a|such|some|more|further|its|kind of|type of|sort of|kinds of|exact|specific|relevant|requested|enough|proper|definite|accurate|clear|correct|reliable|particular|detailed|last|latest|useful|additional|necessary|required|suitable|matching|right|sufficient|good|much|of|full|precise|related|available|other|internal|prior|concrete|what you|you|me|for",
        ),
        (
            "deny",
            "don't|do not|didn't|did not|doesn't|does not|can't|cannot|can not|couldn't|could not|won't be able to|will not be able to|wouldn't be able to|unable to|not able to|incapable of|haven't(?: yet)?(?: been able to)?|have not(?: yet)?(?: been able to)?|hasn't|has not|hadn't|never|no way (?:of|to|for me to)|no means (?:of|to)|fail(?:s|ed)? to|struggl(?:e|es|ed|ing) to|not possible (?:for me |for us )?to|impossible (?:for me |for us )?to|not in a position to|not (?:yet )?(?:permitted|allowed|authori[sz]ed|equipped|qualified|meant|trained|designed|set up|cleared|entitled|programmed) to|(?:hard|difficult|tricky|tough)(?: for (?:me|us))? to|(?:trouble|difficulty|difficulties|problems)(?: in| with)?|no (?:permission|authority|authori[sz]ation|right|ability|capability|option) to|(?:the ability|permission|authority|authori[sz]ation|clearance|capability|means) to",
        ),
        (
            "grasp",
            "understand(?:ing)?|understood|get(?:ting)?|got|grasp(?:ing|ed)?|follow(?:ing|ed)?|catch(?:ing)?|caught|interpret(?:ing|ed)?|recogni[sz](?:e|ing|ed)|pars(?:e|ing|ed)|process(?:ing|ed)?|comprehend(?:ing|ed)?|decipher(?:ing|ed)?|mak(?:e|ing) (?:sense|head or tail|anything) of|figur(?:e|ing) out|work(?:ing)? out|identif(?:y|ying|ied)|determin(?:e|ing)|tell|see|know|make out|pick up|match(?:ing)?|map",
        ),
        (
            "find",
            "find(?:ing)?|found|locat(?:e|ing|ed)|retriev(?:e|ing|ed)|discover(?:ed)?|look(?:ing|ed)? (?:that |this |it |these |those )?up|pull(?:ing|ed)? up|access(?:ing|ed)?|come across|dig up|obtain(?:ed)?|bring up|track down|see|view|fetch|get|got|search(?:ed)?|uncover|turn up|come up with|gather|recall|detect(?:ed)?|spot",
        ),
        (
            "answer",
            "answer(?:ing|ed)?|respond(?:ing|ed)?(?: to)?|repl(?:y|ying|ied)(?: to)?|help(?:ing)?|assist(?:ing)?|comment(?:ing)?|advise|confirm(?:ing)?|verify(?:ing)?|address(?:ing)?|speak to|resolv(?:e|ing)|say|tell(?: you)?|deal with|handle|cover|discuss|look into|share|disclose|reveal|judge|guess|be of (?:any |much |more |further )?(?:help|assistance|use|service)|be (?:of )?(?:more )?helpful|speculate|clarify",
        ),
        (
            "share",
            "provid(?:e|ing|ed)|giv(?:e|ing|en)|offer(?:ing)?|shar(?:e|ing|ed)|suppl(?:y|ying)|disclos(?:e|ing)|hav(?:e|ing)|had|hold|possess|see|find|return(?:ed)?|show|contain|include|receiv(?:e|ed)|yield(?:ed)?|list|access|carry|store|come with|reveal|produce|deliver|get|got|own",
        ),
        (
            "place",
            "(?:my|our|the|this|any of (?:my|our)) (?:\\w+ )??(?:system|records?|database|knowledge(?: base)?|files?|side|end|notes|data|sources|information|materials|documentation|faqs?|resources|memory|guide|training|tools|index)",
        ),
    ],
    sentences: &[
        r"(?:这|该|此)(?:[个条项件种类点些]|一点|一块|一?部分|方面的?|一类的?|一)*(?:<知>)(?:<我>|暂时?|目前|现在|当前|确实|实在|真的?|还|也|都|就)*(?:没有?|暂无)(?:<止>)",
        // The topic first: 这方面的信息我暂时没有, 这部分内容我无法提供, 这个我们没有统计.
        r"(?:这|该|此)(?:[个条项件种类点些]|一点|一块|一?部分|方面的?|一类的?|一)*(?:<事>|<知>)?(?:<我>|人家|恐怕|暂时?|目前|现在|当前|确实|实在|可能|真的?|还|也|都|就)*(?:(?:没有?|暂无)(?:统计|了解|掌握|收录|记录|学|研究|数据)|(?:<不能>)(?:<得>|被)*(?:<办>|<答>|获得|得到|拿到|看到|说|讲|满足)(?:<止>)|不(?:太)?会(?:<止>)|(?:得|要|还要|需要)(?:<·>){0,2}学|(?:在|算)(?:<我>)的?(?:<·>){0,4}(?:范围|能力|知识|业务)(?:<·>){0,2}(?:以外|之外|外))",
        r"(?:<我>|人家|小二)(?:<·>){0,4}(?:不(?:太|是很|大)?(?:会|确定|肯定|知道|清楚|懂)|没法(?:告诉|查|说|讲|回|帮)|(?:还|也)?不知道)(?:这个|那个|该)?(?:您|你)?(?:<答>|<知>|<事>|查|答案)?(?:这个|哒)?(?:<止>)|(?:我|这|人家)(?:<·>){0,2}哪(?:里)?(?:知道|晓得|懂|会)|问倒|不(?:太)?会(?:这|该|此)(?:个|类|种|道)?(?:问题|题)?(?:<止>)|不(?:太)?好(?:回答|答|说|解答)(?:<止>)",
        r"(?:<我>)(?:<·>){0,4}(?:只|仅)(?:<·>){0,3}(?:知道|了解|懂|会|能|可以|提供|负责|支持|处理)(?:<·>){0,14}(?:的事|相关的?(?:帮助|问题|服务|内容)?|问题|(?:帮|为|给)(?:您|你)查(?:<·>){0,6})(?:<止>)|(?:<不能>)(?:<得>)*(?:判断|确定|推断|得知|猜到|满足)(?:您|你)?(?:<·>){0,3}(?:想|要|问|说|指|要求|需求|请求|需要)(?:<·>){0,6}(?:什么|啥|哪|<止>)",
        r"(?:查询?|搜索?|检索|找)(?:了|过|一圈|半天|一下)*(?:[,，]|还是|也|都|并)*(?:没有?|无果|未果)(?:<止>)|(?:<库>)(?:里|中|内|上)?(?:面)?(?:也|都|还|暂时|目前)*(?:查|找|搜|看)不(?:到|着|出)(?:<止>|这|该|相关)|(?:请求|响应|连接|查询|服务|加载)(?:已|暂时)?(?:超时|失败|出错|中断|异常)|^[^,。!?;]{0,6}(?:暂时|目前|现在)?无法(?:提供|回答|查询|答复|解答|告知)(?:<止>)",
        r"(?:(?:^|[,。!?;])(?:啊|嗯|哈|额|呃|哦|请问|不好意思|抱歉|亲|您好)*)(?:什么|啥|嗯|啊|(?:您|你)(?:刚才?)?说(?:的)?(?:什么|啥)(?:呢|呀|啊)?|(?:您|你)的意思是|(?:您|你)?(?:是)?想(?:要)?问(?:的是)?(?:什么|啥|哪方面)(?:呢|呀|啊)?)\?|(?:换|更换)(?:个|一个|一下)?问题(?:提问|问|咨询|试|再|吧|哦|[,。!?]|$)|(?:简化|精简|缩短|细化|修改)(?:一下)?(?:您|你)的?(?:问题|提问|描述|输入)|(?:输入|使用|用|提供)(?:更|较|更加)(?:为)?(?:准确|具体|详细|简单|明确|简短|清晰)的?(?:关键词|描述|问题|信息|内容|词)|(?:把|将)(?:您|你)?的?问题(?:<·>){0,2}(?:说|讲|描述|写|表达)(?:得|的|清楚|明白|具体|详细|再|更)|(?:说|讲|描述|表达)得(?:再)?更?(?:清楚|具体|详细|明白|明确)(?:<·>){0,2}(?:\?|吗|<止>)",
        // Nothing known: 没有这方面的消息, 资料库里没有这一项, 查询结果为空.
        r"<无>(?:(?:回答|解答|处理|回复|答复)(?:<·>){0,6}(?:所需|需要|必要|必需)的?)?(?:(?:能够?|有|法)*(?:<找>|收到|看到|得到|提供|给我?|接到|显示|给出|返回|查看|掌握|涉及|存储|储存|整理|登记|收录)(?:到|着|出来?|过)?)?(?:与|跟|和|关于|就)?(?:<此>|<事>|的|[个条项些类种份下])*(?:这|您|你|问|说|要|提|关|方面|相关|所|到|可以|可|供|能|用于|[个条项些类种份])*(?:提供|回复|回答|参考|查询|分享|告诉|给出|返回)?(?:给)?(?:您|你)?的?(?:<此>|的)*(?:<知>)(?:可|能|供|可以|提供|给|匹配|显示|来|以|用|<止>)",
        r"(?:<库>)(?:里|中|内|上|当中|里面)?(?:面)?(?:也|都|还|暂时?|目前|并|尚|似乎|好像|就)*(?:<无>|不(?:能|曾)?(?:收录|包含|涵盖|囊括|覆盖|显示|支持|涉及|提供|存储|含))(?:能|有)?(?:收录|包含|涵盖|囊括|记录|记载|登记|录入|涉及|提及|提到|覆盖|显示|返回|说明|标明|注明|写|查到|找到|查询到|检索到|给出|储存|存储|含有?|包括)?(?:到|过|出)?(?:(?:<此>|的|关于|与)(?:<·>){0,9}|(?:<知>)|(?:<止>))",
        r"(?:查询|搜索|检索|查找|搜|返回)(?:到)?的?(?:结果)?(?:是|为|都是|显示为?)?(?:空|零|0条?|无结果|没有?结果|失败|不到|未果)(?:<止>|的)|(?:没有?|未|尚未)(?:<·>){0,5}(?:知识库|资料库|数据库|题库)|(?:查|找|搜|翻)(?:了|过|遍|来查去|来找去)(?:<·>){0,6}(?:没有?|无|未果|不到|不出)(?:<·>){0,3}(?:<止>|结果|收获|找到|查到|发现|<知>)",
        r"(?:^|[,。!?;]|<我>|<此>|<事>|也|都|还|真|确实|实在|但|可)(?:<我>|目前|暂时|现在|还是|依然|仍|真的?|确实|实在|也|都|还|好像|似乎|并)*(?:没有?|未能?|并未|暂未|没能)(?:能够?)?(?:<找>)(?:到|着|出来?|过)?(?:<止>)",
        r"(?:<我>|<此>|<事>|^|[,。!?;])(?:<我>|<此>|<事>|目前|暂时|现在|还是|也|都|还|真的?|确实|实在|[个条项些类种份块部分段点])*(?:<找>)(?:<·>){0,3}不(?:到|着|出来?|了)(?:<此>|<事>|的|[个条项些类种份块部分段点])*(?:<知>|<事>)?(?:<止>)",
        r"(?:(?:<我>|<知>|<事>)(?:<·>){0,7}(?:看|查看|获取|读取|调取|拿|显示|得|接触)不(?:到|了|出来?)(?:<此>|的|[个条项些类种份块部分段点])*(?:<知>|<事>)?(?:<止>))",
        r"(?:信息|资料|数据|记录|内容|答案)(?:暂时|目前|尚)?(?:暂缺|缺失|空缺|欠缺|不全|不足|不够|不详|不明|有限|未知|为空|没有(?:<止>))|(?:掌握|了解|知道|懂|能说|能查)的?(?:<·>){0,6}(?:有限|不多|很少|不够|不全)|暂缺",
        // Nothing able: 无从回答, 我无权查询该信息, 这一点我无法确认.
        r"<不能>(?:<得>)*(?:<答>)(?:到|出|了)?(?:<得>)*(?:(?:<此>|的|[个条项些类种份块部分段点])*(?:<事>|<知>)|(?:<止>))",
        r"<不能>(?:<得>)*(?:<办>)(?:到|出|了)?(?:<得>)*(?:(?:<此>)(?:<此>|的|[一个条项些类种份块部分段点])*(?:<事>|<知>)(?:<止>)|(?:问题|疑问|提问|信息|答案|答复)(?:<止>))",
        r"(?:(?:这|该|此)(?:[个条项件种类点些]|一点|一块|方面的?|一类的?)*(?:<事>|<知>)?|(?:您|你)(?:所|刚才?)?(?:的|问的|说的|提的|提到的|咨询的|发的|要的|提出的|想了解的)(?:<·>){0,5}(?:<事>|<知>)?)(?:<我>|恐怕|暂时?|目前|现在|当前|确实|实在|可能|真的?|还|也|都|都还)*(?:<不能>)(?:<得>|被)*(?:<办>|<答>|说|讲|透露|评论)(?:到|出)?(?:<得>)*(?:<止>)",
        r"<不能>(?:<得>)*(?:(?:<此>|的|[一个份种])*(?:<知>|说法|准话|准信)(?:<止>)|(?:告诉|告知|透露|确认|<答>)(?:<得>)*[这那][个些点]?(?:<止>))",
        r"(?:给|提供|说|答|回答|解答|判断|解决|帮)不(?:了|出来?|上来?|来|到)(?:<此>|的|[个条项些类种份块部分段点])*(?:(?:您|你)?(?:<知>|<事>|建议|帮助|准话|准信)|(?:<止>))",
        r"(?:<我>|这)(?:<·>){0,5}(?:说|讲|答)不(?:准|好|上来|清楚?|明白|出来?)(?:<止>)|(?:没(?:有)?|无)(?:相关|查看|查询|访问|操作|这个|这方面的?|该|此|对应)*的?权限|权限(?:不足|不够|有限)|无可奉告|无权(?:<·>){0,8}(?:<知>|<事>|<止>)",
        r"(?:不是|并非|不算|不属于|不归|非)(?:<·>){0,3}(?:<我>)(?:<·>){0,3}(?:能|可以|会|所能|负责|擅长|掌握|熟悉|管|了解|懂|范围|职责|强项)(?:<·>){0,8}|(?:<此>|<事>)(?:<·>){0,4}(?:不是|并非|不归|不由)(?:<我>)(?:<·>){0,3}(?:管|负责|处理|解答|回答)(?:<·>){0,6}",
        r"(?:超出|超过|超越|超纲|不在|不属于|未纳入|未包含在|不包含在|不包括在)(?:<·>){0,12}(?:能力|知识|理解|认知|解答|回答|答复|处理|掌握|受理|了解|学习|权限|数据|资料|信息|所知|所能|能够|问答|咨询|支持)(?:<·>){0,6}(?:范围|范畴|领域|内|之外|的|<止>)",
        r"(?:<事>)(?:<·>){0,3}(?:超出|超过|超越|不在|不属于)(?:<·>){0,10}(?:业务|服务|职责|工作)|(?:无法|不能|未能|难以|没(?:有)?法|没(?:有)?办法|不)被(?:系统|我|正确|准确|成功)*(?:识别|理解|处理|解析|匹配|解读)",
        r"(?:帮不|没(?:能|法|办法|有办法)帮|无法帮|不能帮|没帮|未能帮)(?:<·>){0,4}(?:到|上|了|忙|助|您|你)(?:<止>|解决|回答|查|处理)|爱莫能助|无能为力|束手无策|无计可施",
        // Not known, not grasped: 这个真的不清楚呢亲, 我不太确定该如何回答您, 让我有些困惑.
        r"(?:^|[,。!?;]|<我>|<此>|<事>|关于|真|确实|实在|[个点件块题]|这)(?:<我>|真的?|确实|实在|也|还|都|可|就|目前|暂时|现在|并|对此|是|倒|恐怕|有点|有些)*不(?:太|大|是很|很|怎么|够|甚|十分|完全|是太|是特别|特别)?(?:清楚|知道|了解|懂|晓得|明白|知情|熟悉|掌握)(?:<止>)",
        r"(?:<我>)(?:<·>){0,6}(?:处理|解决|应付|满足|识别|理解|确认|判断|核实)不了(?:<止>)|(?:<我>|<库>)(?:<·>){0,6}(?:<找>)不(?:到|着|出来?)(?:<此>|<事>|的|[个条项些类种份块部分段点])*(?:<知>|<事>)(?:<止>)",
        r"(?:<我>)(?:<·>){0,4}不(?:太|大|是很|很|怎么)?(?:清楚|知道|了解|懂|明白|熟悉|掌握)(?:这|那|该|此|相关|有关|[个条项些类种份块部分段点件方面的])+(?:<事>|<知>|情况)?(?:<止>)|(?:具体|详细|进一步|再)(?:<·>){0,2}(?:说明|描述|说|讲)(?:<·>){0,4}(?:想|要)(?:<·>){0,4}(?:了解|咨询|问|知道|查)(?:<·>){0,4}(?:什么|啥|哪|内容|事)",
        r"不(?:太|大|是很|很|怎么|够|能|敢|完全)?(?:确定|清楚|知道|晓得|肯定|明白|了解)(?:该|要|应该|应)?(?:如何|怎么|怎样)(?:<·>){0,3}(?:回|答|帮|处理|说|解|回应|理解|协助)",
        r"不(?:太|大|是很|很|怎么|够|能|敢|完全)?(?:确定|清楚|知道|晓得|肯定|明白|了解|理解|懂)(?:您|你)(?:<·>){0,8}(?:指|意思|问|说|表达|提|描述|讲|(?:想|要|需要)(?:<·>){0,4}(?:什么|啥|哪方面|哪个问题)(?:<止>|[?]|呢))",
        r"(?:没(?:有)?|未(?:能|曾)?|不曾|从未|从没)(?:听说|听过|接触|了解|学|学习|掌握|训练|培训|听闻|遇到|被告知|见过)(?:过|到)?(?:<此>|<事>|的|[个条项件些类种])*(?:<·>){0,5}(?:<止>)|(?:没(?:有)?|未)(?:<·>){0,3}(?:理解|领会|弄懂|听懂|读懂|看懂|弄明白|搞清|理清|听明白|看明白|领悟)|闻所未闻|没(?:有)?(?:什么|任何)?印象|毫无印象|一无所[获知]|毫无收获|(?:摸|拿|吃|把握)不(?:准|清|透)(?:<·>){0,8}(?:<止>)|没(?:有)?(?:听|看|读|理解|接收|搞|弄|想|太|很|大|完全|整|真正)+(?:明白|懂)",
        r"(?:<我>)(?:<·>){0,8}(?:困惑|疑惑|迷惑|迷糊|[^老,。!?;]糊涂|不明所以|不知所云|没头绪|毫无头绪|不得其解|犯难|为难)(?:<止>)|理解(?:得|的)?(?:还)?(?:不|有)(?:够|太|到位|清楚|偏差|误|困难)|(?:误解|误会|曲解|会错)了?(?:您|你)?的?(?:意思|意|问题|需求)",
        r"(?:您|你)(?:<·>){0,8}(?:表达|说|指|讲|问)的(?:究竟|到底)?是(?:什么|啥|哪方面|哪一方面|哪个问题)|(?:您|你)(?:<·>){0,3}(?:是|到底|究竟|具体|在)(?:<·>){0,3}(?:想|要|在)?(?:问|说|表达|指|讲)(?:<·>){0,2}(?:什么|啥|哪)|(?:您|你)(?:<·>){0,3}想(?:要)?表达(?:<·>){0,2}(?:什么|啥)",
        r"(?:难|问|考)(?:住|倒|到|懵)了?我|(?:被|让|把)(?:<·>){0,8}(?:问|难|考)(?:住|倒|到|懵|傻)|(?:问题|题|这个)?对我(?:来说|而言)(?:<·>){0,4}(?:难|复杂|陌生|超纲|深奥|新)|(?:需要|得|还要|要|有待)(?:再|多|继续|进一步|更多)*(?:学习|训练|提升)(?:<·>){0,6}(?:才能|后|再|提高|提升|<止>)",
        // To be said again: 请您再明确一下您的问题, 能否补充一些细节, 换一种表述.
        r"(?:解释|澄清|明确|补充|细化|阐述|重述|复述|详述|(?:再|更|重新|进一步|详细|具体|仔细|清楚|简单)(?:<·>){0,3}(?:说明|描述|表述|表达|概括|讲|说|问))(?:<·>){0,5}(?:您|你)?的?(?:<·>){0,3}(?:问题|意思|疑问|诉求|想法|所指|来意|意图|本意)",
        r"(?:补充|提供|给出|说说|告诉我)(?:一?些|一?点|一下|更多|更为?|多|几个)*的?(?:具体|详细|相关|关键)?的?(?:细节|背景|上下文|说明|描述|线索|关键词)|(?:换|改|用(?:其他|别的|另|不同|更|简单|简短|简洁|通俗))(?:<·>){0,6}(?:表述|表达|说法|问法|提法|措辞|字眼|关键词|(?:方式|话|话语|句子|语言|词语|词)(?:<·>){0,3}(?:试|再|来|问|说|提问|表达|描述|咨询))|(?:更换|修改|调整)(?:<·>){0,4}(?:关键词|问题|提问|说法|问法|表述)",
        // I haven't been given that information, my search returned no results.
        r"\b(?:<deny>) (?:(?:<adv>) )*(?:<share>)(?: (?:you|me|us|with|to|access|permission|been|given|provided|found|any))*(?: (?:with|to|on|of))*(?: (?:<det>))* ?\b(?:<info>)\b",
        r"\b(?:has|have|had|was|were)(?:n't| not)(?: yet)? been (?:given|told|provided|informed|taught|shown|trained|supplied|briefed|made aware)\b|\b(?:nobody|no one|no-one)(?: has| ever| has ever)? (?:told|informed|taught|briefed) (?:me|us)\b|\b(?:wasn't|was not|weren't|were not|haven't been|not been|never) (?:told|taught|informed|trained|briefed)\b",
        r"\b(?:no|zero|little|not any|without|lack(?:s|ing)?|insufficient|not enough) (?:(?:<det>) |(?:stored|listed|recorded|updated|documented|verified|official|public|up-to-date) )*(?:information|info|details|data|answers?|results?|match(?:es)?|records?|knowledge|context|entr(?:y|ies))(?: (?:<about>|i|we|that|(?:was|were|is|are|has been|have been|could be|can be) (?:\w+ )?(?:found|available|known|on|there|given|returned|in|stored|recorded|shown|listed|located|retrieved|identified|obtained|accessed|matched|provided)|available|found|here|returned|match(?:es|ing)?|in)\b|[.,!;]|$)",
        r"\b(?:information|info|details?|data|answers?|results?|match|records?|entry|query|question|request|input|message)(?: (?:on|about|for|to) (?:this|that|it|your \w+|the \w+))?(?: you(?:'re| are)? \w+(?: for)?)? (?:(?:is|are|was|were|has|have|could|can|be|been|currently|isn't|aren't|wasn't|weren't|couldn't|can't|cannot|hasn't) )*(?:not )?(?:(?:be|been|currently|yet) )*(?:not found|not available|unavailable|not known|unknown|not recogni[sz]ed|not understood|not in (?:<place>)|found nowhere|missing from (?:<place>)|outside (?:of )?(?:<place>))",
        r"\b(?:<asked>|<info>|this|that|it|which|one)(?: \w+){0,3}? (?:can't|cannot|can not|couldn't|could not|is not|isn't|was not|wasn't|hasn't|has not|not|never)(?: yet| currently| been)* (?:be |been )?(?:understood|recogni[sz]ed|processed|answered|interpreted|matched|found|located|retrieved|provided|given|shared|verified|made available|disclosed|determined|resolved|covered by|known to|clear to|available to|familiar to)\b",
        r"\b(?:search|query|lookup|check|database|system|records?|sources?|tools?|files|notes|knowledge base)\b[^.!?;,]{0,24}? (?:(?:came|come|comes|comes back|turned|turns) (?:back |up |out )?(?:empty|blank|with nothing|nothing)|(?:found|return(?:ed|s)?|show(?:ed|s)?|gave|gives|has|have|yield(?:ed|s)?|contains?|produced|brought up|turned up|lists?|hold(?:s)?) (?:nothing|none|no (?:<det> )*(?:<info>|mention|trace))|(?:doesn't|does not|don't|do not|didn't|did not|couldn't|could not) (?:return|show|find|have|give|yield|turn up|contain|cover|include|mention|say|list|hold|tell|bring up|produce|come up with)(?: me| us)? (?:anything|any|a match|this|that|it|the|such|what|an?)\b)",
        r"\b(?:<info>) (?:that )?(?:i|we)(?: \w+)? (?:don't|do not|can't|cannot|haven't|couldn't|lack)\b|(?:\bnot|n't) (?:<info>|something|anything|one|a \w+) (?:that )?(?:i|we)(?: can| could|'m able|'ve| have| am)\b|\b(?:has|had|got|have)(?: got)? (?:me|us) (?:stumped|beat|puzzled|baffled|confused|lost)\b|\bmy (?:\w+ )?(?:understanding|knowledge|information|access|data|training|abilit(?:y|ies)|capabilit(?:y|ies))(?: \w+){0,4}? (?:is|are|remains?) (?:\w+ )?(?:limited|incomplete|restricted|insufficient|partial)\b|\b(?:got|have) (?:a|any) clue\b|(?:isn't|not|n't) (?:something|anything|a (?:thing|question|topic|matter)) (?:\w+ ){0,3}?(?:can|could|able to) (?:\w+ )?(?:tell|answer|help|find|see|look|provide|say|speak|address)|\bhaven't the (?:slightest|faintest|foggiest|least)\b|\b(?:be|am|'m) (?:just |only )?guessing\b|\b(?:never|not|n't)(?: \w+)? (?:heard|come across|encountered)(?: of)? (?:it|this|that|your|such|any)\b|\b(?:limited|partial|incomplete|scarce|scant|little) (?:<info>|access|understanding)\b|\b(?:doesn't|does not|don't|do not) (?:seem|appear) to be (?:any|an?|much) (?:(?:<det>) )*(?:<info>)\b|\b(?:came|come|coming) (?:up|back) (?:empty|blank|short|with nothing|dry)\b|\binvalid (?:<asked>|command|entry)\b|\b(?:doesn't|does not|didn't|did not|don't|not) (?:\w+ )?(?:match|correspond|fit|map)(?:ing)?(?: to| with)? (?:any|what|a topic|one of)",
        r"(?:^|[.,!?;] ?)(?:(?:was |it was )?not found|none found|no luck(?: finding \w+)?|no match|no hits?|nothing found|not available|unknown)(?:[.,!;]|$)|\b(?:unfamiliar|unknown|new|foreign|not known|a mystery) to (?:me|us)\b|\b(?:<asked>)(?: \w+){0,3} (?:is|was|seems|looks|isn't|wasn't|appears)(?: not| to be| too| a bit| a little| rather| somewhat)* (?:unclear|vague|ambiguous|incomplete|confusing)\b|\b(?:<asked>)(?: \w+){0,3} (?:isn't|wasn't|(?:is|was|seems|looks|appears|does|did)(?: not|n't)(?: seem| look| appear)?)(?: to be| very| quite| too| really| entirely| fully)* (?:clear|specific enough|understandable|complete)\b|\b(?:<deny>) (?:(?:<adv>) )*(?:<share>|<find>) (?:it|this|that|one) (?:in|on|at|among|anywhere in) (?:<place>)",
        r"\b(?:<deny>) have (?:that|this|it|those|such(?: \w+)?|the \w+)(?: \w+)? (?:on file|on record|in (?:<place>)|to hand|at hand|available|listed)|(?:\bnot|n't) (?:something|anything|a \w+|one) (?:that )?(?:i|we|our \w+|the \w+|this \w+)(?: (?:<adv>))? (?:ha(?:s|ve)|keeps?|holds?|knows?|gets?|covers?|ha(?:s|ve) been given) ?(?:<info>|records?|about|of|on)?\b|\b(?:nothing|not anything|n't anything|n't a thing|not a thing)(?: \w+)? (?:on file|on record|in (?:<place>)|(?:about|on|regarding|concerning) (?:this|that|it|your)|came up|comes up|turned up|found|matching|matches)\b|\b(?:i|we)(?: really)? (?:know|have|found|find|got|'ve got|see) (?:nothing|none|no (?:<info>))(?: (?:<about>|here|in|there)\b|[.,!;]|$)",
        r"\b(?:<deny>) (?:(?:<adv>) )*(?:<find>)(?: (?:out|up|back))?(?: (?:<det>))*(?: (?:<info>|<asked>|anything|something|it|this|that|one|what you(?:'re| are)? \w+))*(?: (?:up|out))?(?:[.,!;]|$| (?:in|on|from|for you|about|here|sorry|for|at|unfortunately|to answer|regarding|matching|relevant|related|specific|i'm)\b)",
        r"\b(?:no|not|n't|without|lack(?:s|ing)?|limited|need|permission to)(?: \w+){0,4}? (?:have |get |gain |has |given |granted )?access (?:to )?(?:(?:<det>) )*(?:<info>|it|this|that|them|those|these|records|systems?|databases?|files?)\b",
        // I can't say, it is not permitted to me.
        r"\b(?:<deny>) (?:(?:<adv>) )*(?:<answer>)(?: (?:you|me|with|on|about|to|for|at|much|anything|for sure|for certain|more))*(?: (?:<det>))*(?: (?:<asked>|<info>|this|that|it|one|here|there|anything))*(?:[.,!;]|$| (?:for (?:you|sure|certain)|here|because|as|since|at|i'm|sorry|right|unfortunately|yet|with|on|about|dear|accurately|correctly|properly|reliably|further|today)\b)",
        r"\b(?:<deny>) (?:(?:<adv>) )*(?:<grasp>)(?: (?:<det>))*(?: (?:of|behind))?(?: (?:(?:<asked>|answers?|what (?:you|that|this|it|is)|how to (?:answer|help|respond)|which (?:one|topic))(?:[.,!?;']|$| )|(?:you|it|that|this|one|any of (?:it|that|this))(?:[.,!?;]|$| (?:sorry|dear|here|yet|at all|correctly|properly|clearly|fully|well|right|completely|very well|could|can|please|i'm)\b)))",
        r"\b(?:i|we)(?:'m| am| are|'re)(?: (?:<adv>|afraid i'm|so|very))* (?:not(?: (?:<adv>|too|so|very|at all))* |un)(?:sure|certain|clear|aware|informed|familiar|knowledgeable|acquainted)(?:[.,!;]|$| (?:about|of|on|with|as to|regarding) (?:(?:<det>) )*(?:<asked>|<info>|one|it|this|that|these|how|what)(?:[.,!;]|$| )| (?:how|what|which) (?:to|you|the answer|that|this|it|exactly|answer|your|kind|topic)\b| (?:i|that i|if i|whether i) )",
        r"\b(?:don't|do not|didn't|did not) (?:(?:<adv>) )*(?:know|have a clue|have an idea|have any idea|understand)(?: (?:<about>|anything|much|enough|the answer|a thing|what|how|which))*(?: (?:<det>|<asked>|<info>|it|one|kind))*(?:[.,!;]|$| (?:here|sorry|dear|either|yet|myself|i'm|unfortunately)\b)|\b(?:more than|all) i know\b",
        r"(?:\bnot|n't) (?:(?:<adv>) )?(?:within|part of|included in|covered (?:by|in)|contained in|mentioned in|listed in|stored in|one of|among|in) (?:the )?(?:<place>|what i|anything i|the (?:things|topics|information|questions)|my|range|scope)\b",
        r"\b(?:out|outside|beyond|exceeds?|past|above|more than)(?: of)?(?: the)?(?: \w+)?(?: (?:scope|range|limits?|boundaries|bounds|reach|remit|realm))?(?: of)? (?:what )?(?:i|we|i'm|i am|i've|we've|i was|i have|we're|me|my|this assistant|the assistant|our assistant|this service)(?: (?:can|could|know|am|'m|able|have|do|help|cover|offer|access|see|see here|handle|support|assist|answer|was|been|learn|currently|knowledge|abilit|capabilit|depth|remit|scope|power|control|understanding|expertise)|[.,!]|$)",
        r"\b(?:lost|stumped|puzzled|confused|baffled|unsure|at a loss|clueless|mistaken|perplexed) (?:by|about|as to|with|over|on|here) (?:(?:<det>) )*(?:<asked>|what|how|it|this|that|one)\b|\b(?:may|might|must) have (?:misunderstood|missed|misread|misinterpreted)\b|\bi (?:seem to have )?(?:misunderst\w+|misread|misinterpreted)\b|\b(?:pardon|excuse) me, what\b|(?:^|[.!?] ?)(?:pardon|what|huh|come again|say again)(?: me)?\?",
        // Could you restate your question?
        r"\b(?:could|can|would|please|try|let's|mind|perhaps|maybe|kindly|might|want to|need you to|may i ask you to|like you to)(?: \w+){0,5}? (?:restat|rephras|reword|clarif|elaborat|specif|simplif|reformulat|paraphras|spell out|expand)(?:e|ing|y|ying)?\b",
        r"\b(?:could|can|would|please|mind|kindly|might|need)(?: \w+){0,4}? (?:more|some|a few|additional|further|extra|clearer|a little more|a bit more)(?: more)? (?:(?:specific|clear) )?(?:context|details?|specifics?|background|clarification|clarity|explanation|keywords)(?:[.,!?]|$| (?:so|please|to help|to understand|for me|regarding what|(?:about|on|regarding|of|as to) (?:what|which|how|it|this|that|the <asked>|your <asked>))\b)",
        r"\b(?:(?:can|could|would|will) you(?: please| kindly)? )?(?:explain|repeat|ask|type|enter|state|write|put|describe|submit|send)(?: me| us| again)? (?:what you (?:mean|want|need|are)|your (?:question|query|message|request|e?i?nquiry|meaning)(?: again| once more| differently| more \w+| in| using| with| another| as)|(?:that|it|this|the question)(?: to me)? (?:again|differently|once more|another|in (?:other|different|another|simpler|a)|more \w+|with other|using))",
        // Short ones: sorry, not my area; beats me; what was that?
        r"\b(?:beats me|good as mine|out of (?:my )?(?:scope|depth|range)|not (?:really |quite )?my (?:area|field|thing|department|strong (?:point|suit))|not the right (?:one|person|bot|place) to ask|got (?:a bit |a little )?confused|lost you(?: there)?|no way (?:of|to) (?:know|tell|check|find)(?:ing)?|(?:missed|missing) your (?:point|meaning|question)|above my (?:head|pay))\b|(?:^|[.,!?;] ?)(?:uh|um|hmm|sorry|huh|pardon|excuse me|dear|wait)?,? ?(?:what|what was that|what did you say|(?:i )?beg your pardon|come again|unclear|not sure|not certain|no comment|repeat please|i can't|i cannot|can't help)(?: dear| sorry)?(?:\?|[.!]?$)",
        r"\b(?:<deny>) (?:(?:<adv>) )*(?:provide|give|disclose|check|confirm|look up|access|tell|find|locate|verify|answer)(?: you| me| to you| with| access to)* (?:this|that|it|one|these|those|such)(?: (?:question|request|information|one|kind|topic|for you|here|dear|sorry|yet|now|at the moment|in my (?:system|data|records)))*(?:[.!]|$|, (?:sorry|dear|i'm|so|unfortunately|but))",
        r"\b(?:can't|cannot|can not|couldn't|could not|don't|do not|didn't|did not|not|doesn't|does not)(?: (?:<adv>|think i|think that i|believe i|have|able to))* (?:understand|understood|comprehend|grasp|follow|know|answer(?: your (?:<asked>))?)(?: (?:correctly|properly|you|dear|sorry|that|it|this|here|right|well|fully|clearly))*(?:[.!]|$|, )|\b(?:may|might) not have (?:fully |quite |really |correctly )?(?:understood|got|grasped|caught|followed)\b|\bi not (?:understand|know|get|sure)\b",
        r"\b(?:this|that|your|the|such) (?:kind of |type of )?(?:<asked>|topics?|subjects?) (?:is|isn't|is not|are|are not|aren't|was|was not|wasn't)(?: (?:<adv>|not))* ?(?:supported|covered|out of scope|known to me|part of (?:what|my)|(?:too|rather|very|quite) (?:complicated|complex|difficult|hard|broad|vague|general|unclear|specific|tricky)|in my (?:scope|knowledge|data|remit|area))\b",
        r"\b(?:please|could you|can you|would you|would you mind|mind|try|you'll have to|you'd have to|you would have to|you need to|kindly|may i ask you to)(?: (?:please|kindly|to|maybe|perhaps|try))* (?:(?:re)?phras(?:e|ing)|repeat(?:ing)?|explain(?:ing)?|reword(?:ing)?|restat(?:e|ing)|clarify(?:ing)?|ask(?:ing)?|try(?:ing)?|us(?:e|ing)|say(?:ing)?|put(?:ting)?|word(?:ing)?)(?: (?:me|us))? ?(?:(?:that|this|it|yourself|once more|again|the <asked>|your <asked>|something else|(?:a |an )?(?:different|another|other|new)(?: <asked>)?|differently)(?: (?:again|once more|please|for me|to me))*)?(?:[.!?]|$|,)",
        r"\b(?:tell|explain|say|describe)(?: me| to me)?(?: a (?:little|bit))?(?: more| again)?(?: about)? what (?:exactly )?you (?:mean|meant|want to (?:ask|know|say))\b|\b(?:need|require|want)(?: a (?:little|bit))? more (?:information|details?|context|info) (?:to|before i can|so i can|in order to) (?:understand|get|answer|see what)\b|\bi(?:'m| am) (?:just|only|merely) (?:an? )?(?:[a-z-]+ ){0,3}(?:assistant|bot|chatbot|machine|program|robot|ai)(?:[.!,]|$| and| so| for)|\bi (?:can )?only (?:speak|talk|know|provide|give|handle|deal|cover|do|answer)(?: [a-z]+){0,3}? (?:about|with|on|regarding) (?:[a-z]+ ){0,2}[a-z]+(?:[.!,]|$)",
        r"\b(?:don't|do not|doesn't|does not) (?:seem to |appear to )?have (?:what you|the thing|anything (?:on|about|for|like))\b|\b(?:not able|unable) to (?:check|look|find|see|answer|say|tell|verify|confirm|get|give|provide)(?: (?:that|this|it|one|you|up|out|into|your <asked>))*(?: for you)?(?:[.,!]|$)|(?:\bnot|n't) able to (?:find|get|answer|see|provide|understand|locate)(?: (?:that|this|it|one|your <asked>|the <asked>|any <info>))*(?:[.!,]|$)",
        r"\b(?:wouldn't|would not) know\b|\b(?:nothing|not (?:much|anything)) (?:that )?(?:i|we) (?:can|could|am able to|'m able to) (?:tell|say|find|offer|share|see|do)\b|\bnot an? (?:topic|subject|question|thing|request|matter) (?:that )?(?:i|we)\b|\b(?:is|'s|was) (?:one|something|a (?:topic|question|request)) (?:that )?(?:i|we) (?:<deny>) (?:(?:<adv>) )*(?:know|answer|tell|help|find|look|say|speak|check|provide|fulfill?|handle|cover|understand|process|comment)\b|\b(?:got|get|had|have|found|see|with) (?:no|zero) (?:hits?|match(?:es)?|results?|luck)\b|\b(?:above|over|beyond|outside) my (?:level|head|reach|pay|knowledge|skills?)\b|\b(?:my|our|the) (?:[a-z]+ )?(?:database|system|records?|knowledge base|notes|sources?|files|data) (?:is|are|was) (?:silent|empty|blank|missing)\b|\b(?:break|spell|lay) (?:that|this|it) (?:down|out)(?: for me| a bit)?\b|\bonly (?:set up|built|made|here|trained|designed|programmed|meant|able|equipped|familiar|qualified) (?:for|to|with|about|on) (?:[a-z]+ ){0,4}?(?:questions?|matters|topics|help|answer|requests|enquiries|issues|bookings|orders)\b|\bnot (?:in|part of|among|within) (?:the |what |any of the )?(?:[a-z]+ )?(?:i was|i've been|i have been|i am|i have|i know|i've got|we have)\b",
        r"(?:<我>|此|这|该)(?:<·>){0,6}(?:无从|无法|没法)(?:<·>){0,2}(?:答起|说起|知晓|得知|可得)|(?:脑子|脑袋|脑筋)(?:<·>){0,4}(?:不|没)|(?:<知>)(?:<·>){0,3}(?:不可得|拿不到|得不到|不可查|不可知|未公开|无从)|(?:再|重新)(?:说|讲|问|描述|解释|表达)(?:一遍|一次|一下)[?]",
    ],
};
