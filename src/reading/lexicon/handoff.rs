//! Replies that hand the customer over to a person.

use std::sync::LazyLock;

use regex::Regex;

use super::super::clauses::{clause, is_question};
use super::super::patterns::Patterns;
use super::{Grammar, any_of, before_in_clause};

/// Who is moved to whom, who is fetched, and who comes. A courier or a warehouse is nobody who serves customers.
const GRAMMAR: Grammar = Grammar {
    classes: &[
        (
            "一位",
            "一位|一名|一个|位|名|个|相关的?|专业的?|我们?的?|我们|咱们的?|高级|资深|在线|专属|值班|值守|大堂|前厅|客房|旅游|出行|行程|酒店|门店|服务|当班|售后|售前|后台|真人|人工|对应的?|负责[^,。!?;]{0,4}的|负责|店铺|本店|空闲的?|技术|vip|其他|另一位|专门的?|更?专业的?|这边的?|您的|店里的?|靠谱的?|直播间的?|直播|旗舰店的?|总部的?|分店的?|懂行的?|经验丰富的?|有经验的|的",
        ),
        (
            "人",
            "人工|专员|专人|真人|活人|坐席|座席|主管|经理|店长|客服|同事|顾问|专家|管家|负责人|小姐姐|小哥哥?|小伙伴|伙伴|老师|老板|掌柜|管理员|工程师|领导|组长|话务员|接线员|接待员|客户代表|服务代表|(?:值班|接待|客服|售后)人员",
        ),
        (
            "谁",
            "人工|专员|专人|真人|活人|坐席|座席|主管|店长|客服小\\p{Han}|(?:客户?|值班|当班|大堂|前厅|客房|客服|酒店|门店|服务|售后|业务|运营|营业)经理|服务人员|接待员|接线员|话务员|客户代表|服务代表|同事|顾问|客服(?:专员|人员|同事|代表|经理|小二)|(?:人工|真人|值班|售后|专属|高级)客服|工作人员|小姐姐|小哥哥?|小伙伴|老师|老板|组长|领导|管理员|(?:专属|在线|旅行|客户)管家",
        ),
        (
            "转",
            "转接|转交|转给|转到|转至|转由|转|接入|接通|接到|接|切到|切至|切成|切|换到|换成|排上|排到|推给|同步给|上报给|汇报给|提交(?:到|至|给)?|反馈(?:到|至)|升级(?:成|到)|连接|连线|对接|呼叫|指派|分配|安排|交给|交由|移交|提交给|反馈给|升级(?:到|至|为)|切换(?:到|至|为|成)|移至|派|匹配|寻找|转达给|拉给|拉到|拉进|推到|推送给|引到|引给|引至|引导到|带到|甩给|丢给|递给|发给",
        ),
        (
            "叫",
            "请|叫|喊|让|换|找|拉|摇|召唤|麻烦|联系|联络|通知|预约|提醒|邀请|委托|派|呼叫",
        ),
        (
            "我来",
            "我|这边|这就|马上|立即|立刻|现在|稍后|正在|已经?|(?:帮|为|给|替)(?:您|你)",
        ),
        (
            "做",
            "接入|服务|联系|接待|回复|处理|对接|接手|接听|接管|解答|回电|致电|沟通|跟进|协助|来办|帮|来|到|上线|加入|介入|回访|打电话|说|答复|服务|对话|通话|聊|交谈|谈|交流|应答|响应|受理|负责|出现|接通|连接|连线|转接|进入(?:对话|会话|聊天)|接过|取得联系|答疑|在线",
        ),
        (
            "move",
            "(?:transfer|hand|forward|escalat|pass|rout|redirect|direct|refer|switch|mov|send|assign|patch|turn|connect|link|put|submit|chang|swap|hook|shift|steer|bump)(?:e|s|es|ed|r?ed|red|ring|ing|ting|ted)?|sent|get(?:ting)?|bring(?:ing)?",
        ),
        (
            "kind",
            "human|live|real|real-life|living|manual|flesh-and-blood|right|next|first|free|available|actual|senior|dedicated|customer|client|service|support|care|technical|trained|experienced|human support|help|duty|on-duty|shift|after-sales|sales|booking|reservations?|specialist|team|hotel|front office|front desk|shop|store|restaurant|travel|tour|tourist|night|general|visitor|guest|appropriate|responsible|proper|complaints?|claims|billing|refunds?|bookings?|reservations?|operations|airport|station|local|head|lead|second|third|tier two|dedicated|personal|own|fellow|call|contact|product|order|account|returns|quality",
        ),
        (
            "a",
            "a|an|our|the|one of (?:my|our|the)|my|your|another|any|some|somebody|an available",
        ),
        (
            "role",
            "human(?: being)?|person|people|agent|representative|rep|specialist|colleague|supervisor|manager|advis[eo]r|expert|operator|teammate|team ?mate|co-?worker|work ?mate|consultant|associate|staff(?: member)?|employee|clerk|concierge|leader|boss|superior|officer|executive|attendant|assistant manager|planner|receptionist|coordinator|professional|owner|landlord|landlady|operator on duty|human agent|crew member",
        ),
        (
            "desk",
            "team|support|(?:customer|guest|client) (?:service|care|support|relations|success)|(?:support|service|care|help|right|front|guest) (?:department|desk|centre|center|team|line)|help ?desk|department|desk|reception|escalations?|back office|service",
        ),
        (
            "person",
            "(?:<a> )?(?:(?:<kind>) ){0,3}(?:<role>)s?|(?:<a> )?(?:member|person|someone|somebody|people|colleagues?|agents?|specialists?|manager|advis[eo]r|expert|representative|supervisor) (?:of|from|in|on|at|with) (?:(?:guest|customer|client|visitor) (?:services?|care|relations|support)|(?:the )?(?:front desk|reception|concierge|back office|box office|management)|(?:our|the|my) (?:\\w+ ){0,2}(?:team|staff|crew|desk|department|office|cent(?:er|re)|reception|support|service|management|side)|(?:staff|support|reception|customer \\w+|management))|one of (?:our|the|my) (?:\\w+ )?(?:team|staff|people|crew|folks|guys)|someone|somebody",
        ),
        (
            "desks",
            "<a> (?:<kind> ){0,2}<desk>|(?:human|live|customer|manual|real|personal|phone|artificial)(?: customer)? <desk>|(?:customer|guest|client) (?:service|care|support|relations|success)|human mode",
        ),
        (
            "whom",
            "you|this|it|that|things|the (?:chat|conversation|case|matter|request|question|issue|problem|booking|ticket|call|line|baton|torch|mic|ball)|your (?:booking|problem|ticket|chat|conversation|case|matter|request|question|issue|message|query|complaint|details|concern|call|e?i?nquiry)|our (?:chat|conversation|talk)|all of (?:this|it)|everything",
        ),
        (
            "i",
            "i'll|i will|i'm|i am|i've|i have|i shall|i|let me|lemme|let us|allow me to|we'll|we will|we're|we are|we've|we have|going to|while i|while we|gladly|just",
        ),
        (
            "act",
            "be (?:right |here )?(?:with|there)|be (?:right )?(?:here|along|online) (?:in|soon|shortly|any|now|momentarily)|join|assist|help|contact|call|take|get back|get in touch|reach out|reply|respond|follow up|handle|look (?:into|at|after)|answer|speak|talk|chat|write|continue|step in|come|carry on|pick (?:it|this|up)|telephone|phone|ring|jump (?:in|on)|hop (?:in|on)|chime in|weigh in|attend|see to|deal with|review|be in touch|sort|serve",
        ),
    ],
    sentences: &[
        // 转人工
        r"(?:<转>)(?:给|到|至|了|上)?(?:<一位>)*(?:<人>)(?:客服|专员|服务|坐席|人员|同事|团队|队列|代表)*",
        r"(?:<我来>)[^,。!?;]{0,5}(?:<叫>)(?:了|来|到)?(?:<一位>)*(?:<人>)(?:客服|专员|服务|坐席|人员|同事|团队|代表)*",
        r"(?:<叫>)(?:<一位>)*(?:<谁>)(?:客服|专员|人员|同事)*(?:过)?(?:来|给|跟|和|为|帮|与)",
        r"(?:<谁>)(?:客服|坐席|服务|人员|同事|团队)?[^,。!?;您你]{0,3}?(?:马上|稍后|随后|即将|将|会|很快|正在|已经?|这就|立刻|立即|尽快|就|后续)+(?:会)?(?:过)?(?:为|给|与|和|跟|来|向|替|帮)?(?:您|你)?(?:来)?(?:<做>)",
        r"(?:<谁>)(?:这就|马上|就)?(?:过来|来)(?:<做>|接)",
        // 已为您呼叫大堂经理, 转接前台, 请等候客服应答.
        r"(?:正在|这就|马上|立即|立刻|现在|已经?|稍等|我去|我来)(?:为|帮|给|替)?(?:您|你)?(?:<转>|<叫>)(?:了|到|着)?[^,。!?;您你给送把]{0,6}(?:<谁>|客服|坐席)",
        r"(?:转接|接通|转到|转给|转至|连线|呼叫|接到|接入)(?:<一位>)*(?:前台|总台|总机|服务台|(?:客服|服务|游客|接待)中心|游客服务)",
        r"(?:请)?(?:您|你)?(?:耐心|稍作)?(?:等待|等候|稍等|稍候|静候)(?:<一位>)*(?:人工|客服|坐席|专员|同事)(?:人员|代表|专员)?[^,。!?;]{0,2}(?:接|应答|回应|上线|响应|进入|到来|联系)",
        r"(?:提交|发起|发送|受理|申请)了?[^,。!?;]{0,3}转接|转接(?:请求|申请)[^,。!?;]{0,4}(?:已|正在|成功|受理|提交)|(?:转接|接通|接入|连线|呼叫|切换|匹配|分配)(?:客服|人工|坐席)?(?:ing|进行中|中)(?:[,。!;~.…]|$)",
        r"(?:正在|这就|马上|立即|立刻|现在|已经?)(?:为|帮|给|替)?(?:您|你)?(?:转接|转过去|连线|接通|接入|匹配|呼叫)(?:[,。!;~.…了中]|$)",
        r"(?:<谁>)[^,。!?;]{0,3}(?:来|过来)?(?:为|给|与|和|跟|向|替|帮)(?:您|你)(?:<做>|回)|有(?:一位|一名)?(?:<谁>|客服)(?:客服|人员|同事)?[^,。!?;]{0,4}(?:<做>)",
        r"由(?:<一位>)*(?:<人>)(?:客服|人员|同事)?[^,。!?;]{0,4}(?:<做>)",
        r"(?:<我来>)[^,。!?;]{0,8}(?:<转>|<叫>)[^,。!?;]{0,4}(?:<谁>)|(?:帮|给|替|为)(?:您|你)?(?:喊|叫|找|摇|请)(?:个|了|一个)?人(?:[,。!?;~啦了来过去帮]|$)|(?:帮|给|替|为)(?:您|你)转(?:过去|一下|接)?(?:[,。!;~了吧哈啊]|$)",
        r"(?:<谁>|客服[^,。!?;您你]{0,4})[^,。!?;您你]{0,4}(?:马上|稍后|随后|即将|将|会|很快|正在|已|这就|立刻|立即|尽快)[^,。!?;]{0,8}(?:<做>)",
        r"转(?:接)?人工|转接中|(?:正在|已经?|马上|这就|立即)(?:为|帮|给|替)?(?:您|你)?(?:转接|转过去|转交)(?:到|至|给)?(?:人工(?:客服|坐席|服务)?)?",
        r"进入(?:了)?人工|(?:等待|排队等)人工|人工(?:客服)?已(?:经)?(?:接入|接通|介入|上线)",
        r"人工(?:通道|服务|客服)[^,。!?;]{0,5}(?:打开|开启|开通|启动)|(?:<谁>)(?:客服)?(?:马上|这就|已经?)?(?:来|到|赶来)(?:了|啦|咯|[,。!~]|$)|我是(?:人工|真人)(?:客服|坐席)",
        r"(?:提交|申请|发起|登记)了?(?:人工|专人|专员)(?:客服|服务|处理|跟进|介入|回访)|(?:登记|反馈|提交|上报)?转(?:过去|上去)(?:了|啦|[,。!;]|$)|(?:您的?|你的?)?(?:电话|来电|对话|会话|聊天)[^,。!?;]{0,3}转(?:到|给|至|接)",
        r"(?:加入|进入|排入)(?:了)?(?:人工|客服|坐席)[^,。!?;]{0,3}(?:队列|排队|队伍)|(?:人工|客服|坐席)(?:服务|客服)?[^,。!?;]{0,4}(?:排队|等待|等候|接入|接通|连接|转接|呼叫|分配|连线)中|(?:排队|等待|等候)(?:接入)?(?:人工|客服|坐席)",
        r"(?:客服|坐席)[^,。!?;]{0,4}(?:即将|马上|正在|这就|很快|立刻|已经?)(?:为(?:您|你))?(?:接入|上线|接待|接手|接听|到线)|(?:客服|坐席|人工)(?:人员)?在(?:接入|上线|赶来|接通|进线)",
        r"(?:已|已经)(?:为|帮|给)?(?:您|你)?(?:提交|创建|登记|生成|建立)(?:了)?(?:一个|一张|售后|服务)*工单|已(?:经)?(?:为|帮|给)?(?:您|你)?升级(?:处理|投诉)",
        // 客服小丽接入了会话, 同事马上接您, 您的专属客服已就位, 转到售后那边, 他会来跟您谈.
        r"(?:<谁>|客服|经理|人工)(?:小?[^,。!?;您你不没无忙未难暂休我和跟]{1,3})?(?:正|已经?|马上|即将|这就|一会儿?|将|会|很快|现在|立刻|立即|随后|接着|稍后|就|在|准备|尽快|也|都|刚刚?|亲自|直接|来|赶|刚)*[^,。!?;您你不没无忙未难暂休我和跟]{0,6}(?:加入|接入|进入|接手|接管|接棒|接过|接待(?:您|你)|接(?:您|你|着|下|单|起)|回(?:您|你|复(?:您|你)|电)|答复(?:您|你)|联系(?:您|你)|找(?:您|你)|就位|登场|上线|上岗|到位|路上|赶来|过来|来(?:了|啦|咯)|处理(?:您|你)|跟进|看(?:您|你)|为(?:您|你)准备|跟(?:您|你)|继续(?:服务|帮|跟|为)|服务(?:您|你))",
        r"(?:即将|马上|正在|现在|已经?|将)[^,。!?;]{0,3}(?:与|和|跟|由)(?:<一位>)*(?:<谁>|客服|人工客服)(?:人员)?[^,。!?;]{0,2}(?:对话|沟通|交谈|通话|聊|连线|接通|接待|服务)|(?:<转>|转)(?:到|至|给|接)?[^,。!?;账钱票机]{0,8}(?:那边|这边的?同事|部门|专线|专席|团队|顾问|管家|客服部|服务台|柜台|专员|主管|负责人|席)|(?:工号)[a-z0-9]{2,8}(?:号)?(?:客服|坐席|专员)?[^,。!?;]{0,2}(?:为(?:您|你)|接待)",
        r"(?:<谁>|经理|前台|店长|老板|负责人)[^。!?;]{0,16}[,，](?:他|她|他们|她们|对方|ta|前台|店长|经理|老板|同事)(?:们)?(?:会|将|马上|很快|来|就|立刻|正在|稍后|直接|接着|继续)+[^,。!?;不没]{0,10}(?:您|你|联系|回复|处理|跟进|接|服务)",
        r"(?:我|这就|马上|立刻|现在|去|帮(?:您|你))+(?:去)?(?:叫|喊|找|摇|请|换)(?:个|一个|了)?人(?:[,。!;~啦了来过去帮]|$)|有人(?:来|会|马上)?[^,。!?;]{0,3}(?:接(?:您|你|待|手|听)|回复(?:您|你)|联系(?:您|你)|来处理|跟进)|(?:把|将)(?:<谁>|老板|经理|店长)[^,。!?;]{0,3}(?:叫|喊|请|找|拉)(?:来|过来|进来|上来)|(?:这就|马上|现在|立即|立刻|正在|好[,，]?)(?:给(?:您|你)|帮(?:您|你))?转(?:[,。!;~了啦咯哈哦]|$)|(?:^|[,。!])已(?:经)?转(?:[,。!;~了啦咯]|$)|转接(?:已)?(?:成功|完成)|转好了",
        r"(?:为|给|帮)(?:您|你)?(?:排(?:上|好|了)?队|排上|拨通|拨打|开启|打开|开通)(?:了)?(?:,|。|!|;|$|人工|客服|专线|队)|轮到(?:您|你)[^,。!?;]{0,6}(?:接通|接入|服务)|(?:等|等待|等候)(?:人工|客服|同事|专员|坐席)[^,。!?;]{0,4}(?:回|接|应答|上线|联系|处理)|(?:人工|真人|同事|客服)(?:客服|同事)?(?:接着|继续|接过去|来接|接上|登场|驾到)",
        r"(?:下面|接下来|后面|以下|现在|后续|之后)(?:就|都|将)?(?:由|请|让|交给|换)(?:<一位>)*(?:<人>|工作人员|前台)|(?:跟|和|与)(?:<一位>)*(?:<谁>)[^,。!?;]{0,3}(?:交接|对接)(?:好|完|过)?了?",
        r"(?:让|叫|请|喊)(?:他|她|他们|经理|店长|老板)(?:们)?(?:亲自|直接|马上|来|过来|在这里)*(?:回复|联系|答复|跟|和|给|为|接待)(?:您|你)|(?:人工|真人|客服)(?:客服)?(?:安排上|给(?:您|你)安排|伺候)|(?:接替|代替|替换)(?:机器人|小助手|智能客服|我)|(?:交代|交待|交接|转述|同步|移交)给(?:了)?(?:<一位>)*(?:<谁>|客服)",
        // Moved to a person.
        r"\b(?:<move>) (?:<whom>)(?: [a-z]+){0,3}?(?:, [^.!?;,]{1,60},| (?:along|together) with [^.!?;,]{1,40}?)? (?:to|with|onto|for) (?:<person>|<desks>|[a-z]+ (?:from|at|in) (?:<a> )?(?:<kind> ){0,2}<desk>)",
        r"\b(?:been|being|be|is|are|was|'re|'ll be) (?:now |just |already )?(?:transferred|connected|handed|forwarded|escalated|passed|routed|redirected|referred|switched|moved|sent|assigned|patched|turned|put|moving|going|headed)(?: [a-z]+){0,2}? (?:to|with) (?:<person>|<desks>)",
        r"\b(?:switch|chang|turn|mov|transferr?)(?:e|ing|ed)? (?:you |now |over |back ){0,2}(?:to|into) (?:a |the )?(?:human|manual|artificial|live|real)\b",
        r"(?:^|[.!,;:] ?)(?:so |now |and )?over to (?:<person>|<desks>)|\bin (?:the )?(?:\w+ )?hands of (?:<person>|<desks>)",
        r"\b(?:handing|passing|transferring|connecting|escalating|forwarding|routing|switching|redirecting)(?: (?:it|this|you|things))?(?: (?:over|on|across|straight|directly|now))*:?(?: (?:to|with))? (?:<person>|<desks>)|\byou(?:'re| are|'ll be| will be) (?:now )?being (?:transferred|connected|put through|handed over|redirected|routed)",
        r"\b(?:transfer|connect|forward|escalat|redirect|rerout)(?:ring|ing) (?:you|this|your [a-z]+|the (?:chat|conversation|case))\b|\bescalat(?:ed|ing) (?:this|it|that|your [a-z]+|to)\b|\bwhile (?:i|we) (?:transfer|connect) you\b",
        // The next message comes from a person; the system is assigning one.
        r"\b(?:messages?|repl(?:y|ies)|answers?|responses?|voice|words?|lines?|call)\b[^.!?;,]{0,24}? (?:will |'ll |is going to )?(?:be |come |comes |is )(?:written |sent |given |typed )?(?:from|by) (?:<person>)",
        r"\b(?:system|bot|platform|assistant|software|line|queue|we)(?:'s|'re| is| are| has| have| will|'ll)(?: now| just| currently| already| automatically){0,2} (?:assign|connect|find|match|transferr?|allocat|look|call|bring|search|rout|fetch|gett?|locat)(?:ing|ed|e)?(?: you)?(?: in| for| to| with)? (?:<person>)",
        // A person fetched.
        r"\b(?:<i>)(?: [a-z]+){0,2}? (?:get(?:ting)?|grab(?:bing)?|find(?:ing)?|bring(?:ing)?|fetch(?:ing)?|call(?:ing|ed)?|loop(?:ing|ed)?|pull(?:ing|ed)?|have|invit(?:e|ing|ed)|notif(?:y|ied|ying)|alert(?:ed|ing)?|pag(?:e|ed|ing)|ping(?:ed|ing)?|request(?:ed|ing)?|summon(?:ed|ing)?|involv(?:e|ed|ing)|assign(?:ed|ing)?|flag(?:ged|ging)?|arrang(?:e|ed|ing)|book(?:ed|ing)?)(?: (?:you|up|in|over|this|it|for|on|your [a-z]+)){0,3} (?:<person>)",
        r"\b(?:get|find|fetch|bring|call|grab)(?:t?ing)? (?:you |in |over )?(?:a|an|one of our|my|another) (?:(?:<kind>) ){0,3}(?:human|person|agent|representative|colleague|supervisor|manager|advis[eo]r|specialist)(?: [a-z]+)? (?:to|for you|now)\b",
        r"\b(?:<i>)(?: [a-z]+){0,2}? (?:ask(?:ed|ing)?|tell(?:ing)?|told|contact(?:ed|ing)?|inform(?:ed|ing)?|let|get(?:ting)?|want) (?:<person>|<a> (?:<kind> ){0,2}<desk>)[^,.!?;]{0,16} (?:<act>|know)",
        r"(?:^|[.!?,;:\n-] ?)(?:ok(?:ay)?,? |sure,? |now |just )*(?:summon|call|gett?|find|pag|fetch|look|locat|request|contact|search|reach|alert|notify|bring|pull|loop|invit|assign|grabb?|wait|arrang)ing(?: (?:in|up|over|you|for|out to))* (?:<person>)",
        r"\b(?:i|we) (?:now )?(?:call|find|fetch|get|ask|call for) (?:<a> )(?:(?:<kind>) ){0,2}(?:<role>) (?:for you|to (?:<act>)|now|right away|immediately)",
        // A person is being fetched: passive and progressive.
        r"\b(?:<person>|<desks>)(?:'s| is| are| has| have| will be|'ll be| was)(?: now| just| already| currently| also| been| being| right now| at once){0,3} (?:be(?:ing|en) )?(?:connected|assigned|called|contacted|notified|informed|alerted|paged|summoned|fetched|found|located|brought|added|looped|requested|invited|put|pulled|asked|told|patched|arranged|booked|rung|reached|dispatched|sent|connecting|entering|arriving|stepping|picking|attending|responding|joining|coming|taking over|logging in|here now|on (?:the|their|his|her|its) (?:way|line|phone))\b",
        r"\b(?:<role>)s?\b[^?]{0,60}[.!,;:] ?(?:so |and |now )?(?:we|i|they)(?:'re|'m| are| am|'ll| will| have|'ve)?(?: now| just| already| currently| be)* (?:assign|find|gett?|locat|fetch|call|bring|request|arrang|look|match|connect|allocat|contact|summon|pag)(?:ing|ed|e)?(?: you)?(?: in| for| to| with| up)? (?:one|them|him|her)\b",
        r"\b(?:put|gett?|bring|hav|call|patch|loop|add|invit|pull)(?:t?ing|e)?(?: in)? (?:<person>) (?:on|in|over|here|through|onto|into|online|for you|now)\b",
        r"\b(?:<i>)(?: [a-z]+){0,2}? (?:get(?:ting)?|call(?:ing|ed)?|ring(?:ing)?|fetch(?:ing|ed)?|bring(?:ing)?|contact(?:ing|ed)?|notif(?:y|ied|ying)|alert(?:ed|ing)?|inform(?:ed|ing)?|pag(?:e|ed|ing)) (?:<desks>)(?: (?:for you|on|now|in|over|to (?:<act>)|right away|at once|straight away)\b|[,.!;]|$)",
        r"(?:please |kindly )?\b(?:wait|hold(?: on)?(?: the line)?|stand by|standby|stay(?: [a-z]+){0,3}?|hang on|remain(?: [a-z]+){0,3}?|bear with (?:us|me))(?: here| online| a moment| a little| just| please){0,2} (?:for|until|till) (?:<person>)",
        r"\b(?:transfer|connection|hand-?over|handoff|(?:human|agent|staff|operator) take-?over|escalation)(?: to [a-z ]{1,30})?(?: is| has been| was|'s)?(?: now)? (?:in progress|underway|under way|started|initiated|being (?:made|arranged|processed|set up)|on its way)|\b(?:initiat|start|arrang|process|mak|request|begin|beginn|set)(?:ing|ed|e)?(?: up)? (?:a|the|your|this) (?:transfer|handover|hand-?off|escalation|connection)(?: to (?:<person>|<desks>)|[,.!;]| now| for you| at once| right away|$)",
        r"(?:^|[.!,;:-] ?)(?:ok |okay |sure |now |just a moment |one moment )?(?:connecting|transferring|redirecting|escalating|handing over|handing you over|passing you on|putting you through)(?: you)?(?: now| over| across)?\s*(?:[.!…,]|$)",
        r"\bput(?:ting)? you in (?:touch|contact|line|queue) (?:with|for) (?:<person>|<desks>)|\b(?:being|be|been|'re|are)(?: being)? put in (?:touch|contact) with (?:<person>|<desks>)",
        r"\b(?:<i>)(?: now| just| currently)? (?:contacting|calling|notifying|alerting|paging|informing) (?:<person>)|\byou(?:'ll| will)(?: now| soon| shortly| then| be able to){0,2} (?:speak|talk|chat)(?:ing)? (?:with|to) (?:<person>)",
        r"\brequest\b[^.!?;]{0,40}\b(?:<role>)\b[^.!?;]{0,12}\b(?:passed on|forwarded|received|registered|accepted|submitted|sent|being processed|in progress)\b|\b(?:open|start|set up|initiat)(?:ed|ing)? (?:a|the|your) (?:chat|call|conversation|line|session) (?:with|to) (?:<person>)",
        r"\b(?:<i>)(?: now| just| gladly| happily| quickly)? (?:transfer|connect|redirect|switch)(?:r?ing)? you(?: now| over| across| right away| straight away| at once)*(?:[,.!;]|$)|\b(?:<i>)(?: now| just| currently)? (?:looking|searching) for (?:<person>)",
        r"\b(?:put|transfer|connect|pass|hand|patch|switch|redirect)(?:ting|r?ing|r?ed|s)? (?:you|this|the (?:call|chat))(?: [a-z]+){0,2}? to (?:reception|management|the concierge|housekeeping)\b",
        // Somebody by name or by desk takes over; the customer is through; what is done with the chat.
        r"\b(?:<person>|<desks>|our (?:<kind> )*(?:team|agents|people|crew|staff)|(?:agent|advisor|operator|consultant|specialist|manager|concierge) [a-z]+|[a-z]+ (?:from|at|in|of) (?:the |our )?(?:<kind> ){0,2}<desk>|[a-z]+, (?:our|my|the|one of our) (?:<kind> ){0,2}(?:<role>)s?,?)(?: (?:named|called) [a-z]+|,? [a-z]+,?| on duty| of (?:mine|ours))?(?:'s|'ll| is| are| has| have| will| shall| can now)(?: (?:now|just|already|also|about|going|personally|then|soon|shortly|be|been|currently|here|gladly|be able|to|ready|glad|happy|right|in))*,? (?:tak(?:e|ing|en)(?: over| care| it| this| your| up| the)?|accept(?:ed|ing)?|join(?:ed|ing|s)?|in (?:the|this|our|your) (?:chat|conversation)|review(?:ing|ed)?|typ(?:e|ing)|answer(?:ing|s)?|repl(?:y|ying)|messag(?:e|ing)|writ(?:e|ing)|contact(?:ing)?|handl(?:e|ing)|continu(?:e|ing)|assist(?:ing)?|help(?:ing)?|step(?:ping)? in|com(?:e|ing)|look(?:ing)?|attend(?:ing)?|serv(?:e|ing)|speak(?:ing)?|talk(?:ing)?|chat(?:ting)?|inform(?:ed)?|assigned|your (?:chat|conversation|case|request)|for you|with you|pick(?:ing|ed)? (?:it |this )?up)\b",
        r"\b(?:<person>|<desks>) (?:has |have )?(?:accepted|joined|entered|taken|took|picked up) (?:over|your|this|the|it)\b|\bhere comes (?:<person>)|\b(?:<person>) (?:coming|incoming|arriving)(?: up| now| soon| in| to|[.,!]|$)|\b(?:<role>) (?:will |to |is |now )?com(?:e|ing) to (?:talk|speak|chat|answer|help|you)",
        r"\byou(?:'re|'ve| are| have|'ll| will)(?: (?:now|been|be|shortly|soon|just|being))* (?:through to (?:<person>|<desks>|a human|[a-z]+ [a-z]+)|connected(?:[,.!;]|$| (?:shortly|soon|now|in a))|(?:speaking|talking|chatting|dealing) (?:with|to) (?:<person>|[a-z]+ (?:now|from)))|\b(?:the|your|this) (?:chat|conversation|call)(?:'s| is| has| was| will)(?: (?:now|being|been|be|just|already|currently))+ (?:transferred|connected|handed|routed|forwarded|escalated|moved|redirected|passed)\b|\b(?:chat|conversation|call|case|request) (?:is |now |now is )?wait(?:s|ing) for (?:<person>)",
        r"\b(?:hand|pass|transfer|connect|switch|turn|forward|send|leav|put|escalat|rais|refer|giv|brief|mov)(?:e|es|ing|ed|r?ing|r?ed|ting)?(?: (?:you|this|it|the (?:chat|case|conversation|floor|word|mic)|your (?:chat|case|conversation)|over|on|off|through|along|across|now|up|straight|back))* (?:to|with) (?:<person>|<desks>|(?:our|my|the) (?:<kind> )*(?:team|staff|department|people|crew|reception)|[a-z]+(?:[.!,;]|$| (?:from|at|in) (?:our|the|<kind>|<desk>)))\b",
        r"\b(?:pass(?:ing|ed)?|hand(?:ing|ed)|send(?:ing)?|transferr?(?:ing|ed)?|forward(?:ing|ed)?) (?:your|this|the|our) (?:chat|conversation|case|talk)(?: over| on| across| along| now)* to\b|\b(?:passing|handing|putting|sending) you (?:over|on|across|through)\b",
        r"\b(?:and|so|to|now)? ?(?:let|have|get|ask|bring|invite|fetch|call|want) (?:<person>|[a-z]+ (?:from|at|in) (?:the |our )?(?:<kind> ){0,2}<desk>) (?:to |in |will )?(?:<act>|take|phone|ring|message|do|from)",
        r"\b(?:i'm|i am|this is|it's|here is|you have)(?: now| actually| indeed)? (?:a|an|your|the) (?:(?:human|real|live|actual)(?:,? (?:human|real|live|customer|support|service|care))* (?:<role>|here|one|speaking)|human\b)|\bthe (?:assistant|bot|chatbot|system|virtual assistant) (?:has |just )?(?:passed|handed|transferred|forwarded|connected|sent)\b|\btaken? over from (?:the|our) (?:assistant|bot|chatbot|virtual|automat)",
        r"\b(?:i'm|i am|i'll|i will|let me) (?:now )?step(?:ping)? (?:aside|back|out)\b|\b(?:it'll|it will|it'?s|it is) (?:now )?(?:be )?(?:<person>|my colleague's|our team's|over to)(?: from| turn| who| now| (?:<person>))|\b(?:over|up) to (?:my|our) (?:human )?(?:colleagues?|team|manager|staff)\b|\bnext (?:free |available )?(?:agent|representative|operator|advisor) is yours\b",
        r"\b(?:call-?back|return call|phone call)(?: [a-z]+){0,3}? (?:arranged|booked|scheduled|requested|from|with|by) (?:<person>|<desks>|one of)",
        r"\b(?:arranged|booked|scheduled|requested|set up) (?:a|your) (?:call-?back|call|phone call) (?:with|from|by)\b",
        r"\b(?:case|ticket|chat|matter|conversation|request) (?:is |has been |now )*(?:belongs? to|being handled by|handled by|in the hands of|with|raised (?:to|with)) (?:<person>|<desks>|(?:our|my) (?:<kind> )*(?:team|staff|colleague|manager|supervisor))",
        r"\bthis is (?:now )?(?:being )?(?:handled|dealt with|looked after) by (?:<person>|<desks>)",
        r"\b(?:raised|flagged|brought) (?:this|it|your [a-z]+) (?:up )?(?:to|with) (?:<person>|<desks>|(?:our|my) )",
        // My supervisor is reading our chat; continued by Sarah, one of ours; let me get Daniel, he ...
        r"\b(?:<person>|[a-z]+, (?:our|my|one of our) [a-z]+,?)(?:'s| is| are)(?: (?:now|just|already|also|currently|about to|free|available|ready|online|here))*,? (?:and |to )?(?:[a-z]+ing (?:this|your|our|the|you|it)\b|(?:will|'ll) )|\b(?:continued|handled|answered|picked up|taken(?: over| on| up)?|dealt with|served|looked after|assisted|helped|managed|accepted) by (?:<person>|<desks>|[a-z]+, (?:our|my|one of))|\b(?:<person>) on (?:the|its|their|his|her) way\b|\bagent (?:[a-z]+|[0-9]+)(?:'s|'ll| is| will| has) (?:now|just|already|here|with|be|going|tak(?:e|ing)|handl|join)",
        r"\b(?:make|making) way for (?:<person>)|\b(?:about to|going to|soon|shortly|will|'ll|now)(?: be)? (?:speak|talk|chat)(?:ing)? (?:to|with) (?:<person>)|\b(?:get|fetch|call|bring in|ask|grab|find) [a-z]+, (?:he|she|they|who)\b|\b(?:<person>)[^.!?]{0,40} and (?:she|he|they)(?:'s|'re|'ll| is| are| will)(?: [a-z]+){0,3}? (?:you|your chat|this chat|the chat|our chat|here|over)\b",
        // A person comes, or telephones.
        r"\b(?:<person>)(?: (?:from|of|at|in) (?:the|our|my) [a-z]+(?: [a-z]+)?)?(?: (?:will|'ll|is going to|shall|then|soon|personally|also)){0,2} (?:telephon|phon|ring|call|dial)(?:e|es|s|ing)? you\b",
        r"\b(?:line|online|connected|tight|here|stay on) for (?:<person>|<desks>)|\byou(?:'re| are) now (?:chatting|talking|speaking|connected) (?:with|to) |\bour (?:(?:customer|guest|client) (?:service|care|support)|support)(?: \w+)? (?:will|'ll|shall|is going to)(?: \w+)? (?:<act>)",
        r"\b(?:<person>)(?: of (?:mine|ours))?(?:,? [a-z]+,?)?(?: here| now)?(?:'s (?:going to|gonna|about to)| (?:will|'ll|shall|is going to|is gonna|gonna|is about to|are going to|can now))(?: [a-z]+){0,3}? (?:<act>)",
        r"\b(?:<person>|<desks>)(?:'s| is| are| has| have)(?: [a-z]+){0,2}? (?:on (?:their|the|her|his) way|coming|joining|joined|taking over|been (?:notified|requested|assigned|called|alerted|informed))|\bour (?:<kind> )*(?:team|staff)(?: will|'ll) take (?:over|care|it|this)",
        r"\b(?:<person>)(?: [a-z]+)? (?:takes? over|takes? (?:it|this)|taking over|steps? in|joins (?:you|us|this|the)|picks? (?:this|it) up|comes? (?:soon|now|right away|immediately|in a|to you)|(?:is|are) (?:ready to|reviewing|picking|on it|on the case|taking (?:it|this)|stepping in|looking (?:at|into)))\b",
        r"\byou(?:'ll| will|'re| are)(?: \w+){0,2} (?:hear(?:ing)? (?:back )?from|(?:be |being )(?:contacted|called|assisted|helped|served|attended|looked after|taken care of) by|get a (?:call|reply|message)(?: back)? from|continue with) (?:<person>|<desks>)",
        r"\byou(?:'re| are|'ve been| have been|'ll be| will be)?(?: \w+){0,4} (?:line|queue|waiting list)(?: \w+){0,1} (?:for|to (?:speak|talk|chat)(?: to| with)?|with) (?:<person>|<desks>)|\b(?:position|place|number|spot) (?:[0-9]+ )?in (?:the |our )?(?:queue|line)\b",
        r"\byou(?:'re| are|'ll be| will be) (?:now )?(?:chatting|talking|speaking|connected) (?:with|to) (?:<person>)|\b(?:placed|put|added) (?:you )?in (?:the |a |our )?(?:queue|line)\b",
        r"\b(?:chat|conversation|case|request|issue|matter|message|question) (?:is|are|goes|has gone|moves|moved|belongs) (?:now |being |already )*(?:with|to|in the hands of|handled by|looked at by|assigned to) (?:<person>|<desks>|<a> (?:(?:<kind>) ){0,3}(?:team|colleagues|agents|staff))",
        r"\b(?:created|opened|raised|submitted|logged|filed)(?: (?:a|your|the|support|service|an|new))* (?:ticket|case)|\b(?:ticket|case) (?:has been|was) (?:created|opened|raised|submitted|logged|filed)",
    ],
};

/// All of it.
pub(super) static WORDS: LazyLock<Patterns> = LazyLock::new(|| GRAMMAR.patterns());

/// What makes it an offer, a condition or a refusal.
const NOT_NOW: &[&str] = &[
    r"(?:如需|如果|如|若|需要|要不要|是否|要|想|回复|输入|发送|点击|可以|可|能|请问|无法|不能|不支持|暂不|没有|不会|未|别|建议(?:您|你)?|(?:您|你)(?:也)?(?:可以|可)|有(?:问题|疑问|需要))[^,。!?;]{0,12}$",
    r"(?:没|无|不用|不必|无需|不要|请(?:您|你)?(?:直接|先|及时)?|智能|ai|虚拟|自动|机器人|数字|只有|不是)$|(?:不着急|先别|不急|为什么|为何|之前|以前)[^,。!?;]{0,8}$",
    r"\b(?:all|every|each|none of|most|virtual|digital|ai|automated|smart|online) (?:of )?(?:our |the |my )?(?:[a-z]+ )?$|\b(?:why|before|without|instead of|than|rather|not|as good as|like)\b[^.!?;,]{0,16}$",
    r"\b(?:if|would|want|like me|like us|can|could|can't|cannot|unable|not|may|should|type|reply|say|enter|press|n't|never|before|to be|no need|no longer|stopped)\b[^.!?;]{0,24}$",
    r"\bplease $",
];

/// What follows on words of it that only speak of one: 转人工要排很久, `transferring you is not possible`.
const SPOKEN_OF: &[&str] = &[
    r"^(?:客服|服务)?(?:要|需要?|得|会(?:[^话员]|$)|可能|不一定|之前|以前|前|的话|也|都|没|无|不|并不|功能|时间|通道|失败|请(?:回复|输入|点|拨|按|说)|按)",
    r"^[^,.!?;]{0,24}\b(?:other (?:customers|guests|clients|people|travell?ers)|others|busy|occupied|offline|is not|isn't|not possible|impossible|unavailable|takes|would take|won't|cannot|can't|will not)\b",
];

/// True when words of a normalised text hand the customer over to a person, now and not only if asked.
pub(super) fn in_words(text: &str) -> bool {
    static LATER: LazyLock<Regex> = LazyLock::new(|| any_of(NOT_NOW));
    static MENTION: LazyLock<Regex> = LazyLock::new(|| any_of(SPOKEN_OF));
    static WISH: LazyLock<Regex> = LazyLock::new(|| any_of(&["(?:您|你)(?:是)?(?:想|要|希望|需要)"]));
    WORDS.find_iter(text).any(|(_, found)| {
        let clause = clause(text, &found);
        let is_wish = WISH.is_match(&text[found.clone()]);
        let is_done = !is_wish && !LATER.is_match(before_in_clause(text, &found)) && !is_question(text, &clause);
        is_done && !MENTION.is_match(&text[found.end..clause.end.max(found.end)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_who_telephone_or_step_in_are_known() {
        for (text, is_one) in [
            ("someone from our desk phones you this afternoon.", true),
            ("somebody from the office rings you at nine.", true),
            ("the duty manager will telephone you.", true),
            ("our supervisor shall ring you on your own number.", true),
            ("one of our team will phone you tomorrow.", true),
            ("a colleague is about to jump in.", true),
            ("my teammate's gonna hop on here.", true),
            ("our manager's going to chime in.", true),
            ("lemme find someone for you.", true),
            ("lemme get my boss.", true),
            ("agent takeover in progress.", true),
            ("human take-over is underway.", true),
            ("you may ask whether a colleague could phone you.", false),
            ("the alarm rings at seven.", false),
            ("would you like somebody to telephone you?", false),
            ("lemme check the price.", false),
            ("the hotel takeover was in the news.", false),
        ] {
            assert_eq!(in_words(text), is_one, "{text}");
        }
    }
}
