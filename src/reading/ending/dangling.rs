//! Does a text end with a mark or word after which something must come?

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::manner::ends;
use super::pattern;

/// What is looked at of the last line. Unit: bytes.
const TAIL: usize = 160;

/// Marks after which something must come, and words that end no sentence.
static END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"[,，、;；:：]$|[¥￥$€£]$|[^\s0-9-]-$",
        r"|(?:因为|由于|所以|但是|可是|而且|并且|以及|或者|如果|假如|例如|比如|包括|其中|关于|对于|根据|为了|通过|只要|只有|除了|即使|虽然)$",
        r"|(?-u:\b)(?:such as|e\.g\.|i\.e\.)$",
    ))
});

/// People end a wish, a question, a request to wait or a mere yes with a comma. Another sentence that a particle has closed may go on.
static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?:祝|愿|希望|期待|盼)[^。！？!?]{0,16}(?:愉快|开心|顺利)|(?:^|旅途|旅行|旅程|周末|节日|假期|生活|工作|出行|行程|一路|购物|新年|国庆|圣诞|春节|中秋)(?:愉快|开心|顺利)|稍等|稍候|稍后|等待|等候|谢谢|感谢|[^现存]在的|^在的|好的|好[哒滴嘞]|嗯|[吗~～])(?:一下|下|您|你)?[哦呢哈啦哟呀嘛哒噢喔呐亲~～]*[\s,，、;；:：]*$|[哦呢哈啦哟呀吗嘛哒噢喔呐亲]\s*[、;；:：]$|^\s*[^\s0-9]{0,4}[哦呢哈啦哟呀吗嘛哒噢喔呐亲]\s*[,，]$",
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
        r"(?i)(?:^|[.!?;]\s+)(?:enter|type|provide|fill in|input|scan)\s+(?:[a-z'-]+\s+){0,3}?(?:number|no\.?|name|code|id|date|reference|address|e-?mail|phone|pin|pnr)(?:\s+(?:here|below))?\s*[:：]$".to_owned(),
    ]
    .join("|"))
});

static GREETING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:亲|您好|你好|嗨|哈喽|(?i:hi|hello|hey|good (?:morning|afternoon|evening)))[^0-9,，:：。！!？?]{0,14}.$",
    )
});

/// What people say whole, although most who say so much go on: `here you are`, `yes, it is`, `what are you looking for`, 谢谢您; and what goes
/// by a letter (`Gate A`).
static SAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&[
        r"[a-z] A$|(?:谢谢|感谢|多谢)[您你]$|[这那它](?:就|正|都|也)*是(?:您|你|我们|咱们|他们)[^。！？!?，,；;]{0,8}的$",
        r"(?i)(?:^|[.!?,]\s+)(?:(?:it|that|this)(?:['’]s| is) (?:all |entirely |totally |really |completely )?up to you|how are you|here (?:you|we) (?:are|go)|here (?:it|he|she) is|there you (?:are|have it)|up to you|over to you|(?:any|every|when|wherever)\S* you like)$",
        r"(?i)(?:^|[.!?]\s+)(?:yes|no|yeah|sure|so|neither|nor),?\s+(?:\S+\s+)?(?:you|we|they|i|it|he|she|that|this|there)\s+(?:is|are|was|were|do|does|did|have|has|will|would|can|could|should|must|may)$",
        r"(?i)(?-u:\b)(?:which|what|whose)\s+\S+\s+to\s+\S+\s+(?:of|for|with|from|at|to|in|on)$",
        r"(?i)(?:^|[.!?]\s+)(?:and |so )?(?:what|who|which|where)\s[^.!?,]*\s(?:for|with|from|about|at|in|on|to|of|by)$",
    ]
    .join("|"))
});

/// A form to be filled in: 请按以下格式回复：, and below it 订单号：.
static FORM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:回复|填写|填好|填一下|格式|补全|提供|(?-u:\b)(?:reply|fill|form|answer|complete|provide|following|send)(?-u:\b))[^\n]{0,40}[:：]\s*\n(?:[^\n:：]{1,24}[:：]\s*\n){0,6}[^\n:：]{1,24}[:：]$",
    )
});

/// Where the last line of a text, which starts at `last_line`, leaves its reader waiting.
pub(super) fn dangling(text: &str, last_line: usize) -> Option<Range<usize>> {
    let line = &text[last_line..];
    let clause = &line[line.ceil_char_boundary(line.len().saturating_sub(TAIL))..];
    if let Some(found) = END.find(clause) {
        let is_colon = found.as_str().ends_with([':', '：']);
        let is_greeting = (is_colon || found.as_str().ends_with([',', '，'])) && GREETING.is_match(line);
        let asks = || {
            ASKS.is_match(clause) || FORM.is_match(&text[text.ceil_char_boundary(text.len().saturating_sub(TAIL))..])
        };
        let is_whole = CLOSED.is_match(clause) || is_colon && asks() || is_greeting;
        return (!is_whole).then(|| text.len() - found.len()..text.len());
    }
    let is_open = ends::is_open(line) && !SAID.is_match(clause);
    is_open.then(|| last_word(text)..text.len())
}

fn last_word(text: &str) -> usize {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    let last = text[..].char_indices().next_back().map_or(0, |(at, _)| at);
    bare.len().min(last)
}
