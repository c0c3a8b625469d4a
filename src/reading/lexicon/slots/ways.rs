//! The ways in which what has a name is asked for.

/// To hand something over in words, and what may stand before it.
pub(super) const CLASSES: &[(&str, &str)] = &[
    (
        "给",
        "(?:来个|来一个|提供|发|告知|告诉|输入|回复|报|说|留|填写|填|给|发送|核对|补充|出示|贴|粘贴|复制|念|输|选择|甩|备注|传|上报|核实)",
    ),
    (
        "您的",
        "(?:一下|下|出|上|我们|我|给|过来|您的|你的|您|你|的|这边|客服|小二|下单|购买时?|需要查询|要查询|相关|具体|完整|正确|酒店|机票|门票|本次|该笔?|这笔|那笔|当前|有效|对应|订单或|预订|预定|订单|订房|或者?|和|以及|及|、|手机号码?|姓名|订单编?号|先|个)*",
    ),
    (
        "give",
        "(?:provide|input|share|send|give|fire|shoot|chuck|lob|fling|slide|tell|enter|confirm|type|supply|drop|paste|pop|copy|leave|ping|punch|put|forward|hit me with|pass on|post|quote|state|text|submit|specify|read|remind me of|key in|advise|fill in|look up|message|let (?:me|us) (?:know|have)|(?:reply|respond|message me|message us) with|please (?:include|attach|add|copy|leave|write|put))",
    ),
    (
        "giving",
        "(?:giving|sharing|providing|sending|telling|entering|typing|stating|quoting|confirming|letting|dropping|popping|pasting|passing|reading)",
    ),
];

/// The ways to ask for what has a name of this class in Chinese.
pub(super) fn asked_in_chinese(zh: &str) -> Vec<String> {
    vec![
        format!("<给><您的>{zh}"),
        format!(
            "{zh}(?:是|为|有)*(?:多少|什么|几号|几|哪个|呢|吗|记得吗|有没有|在手边吗)*(?:\\?|多少|什么|几|哪个|呢)"
        ),
        format!("(?:记得|知道|有|带着)(?:您|你)?的?{zh}[^,。!?;]{{0,4}}(?:吗|\\?)"),
        format!(
            "{zh}(?:和[^,。!?;]{{1,8}})?(?:方便|麻烦|能|可以|请|也|都|先|给)*(?:您|你)?(?:先)?<给>(?:一下|下|一?个|给我|给我们|我|我们|过来|来|给客服|看看|吧|吗|呗|哈|哦)"
        ),
        format!("(?:把|将)(?:您|你)?的?[^,。!?;]{{0,3}}{zh}"),
        format!(
            "(?:^|[^不无])(?:需要?|得|须|还?差|还?缺|要|想)(?:用到|用|有|知道|先知道|先|核对|了解|麻烦)*(?:您|你)?的?{zh}"
        ),
        format!(
            "(?:凭|没有?|无){zh}[^,。!?;]{{0,6}}(?:查不|没法|没办法|没有办法|无法|不能|才能|帮不|不好查|不行|不方便)"
        ),
        format!("(?:还没|没有?|尚未|未)(?:告诉|给|提供|发|收到|看到|发送)(?:我|过)?(?:您|你)?的?{zh}"),
        format!("(?:您|你)<给>{zh}"),
        format!(
            "(?:能不能|能否|可不可以|可否|得|要)(?:先|麻烦|请)?(?:您|你)?(?:<给>|看|核对|核实)<您的>{zh}(?:[^在上里中]|$)"
        ),
        format!("{zh}(?:来|整|甩|丢|补)(?:一?个|一下|下)"),
    ]
}

/// The same in English.
pub(super) fn asked_in_english(en: &str) -> Vec<String> {
    let words = |most: u8| format!("(?: [a-z]+){{0,{most}}}?");
    vec![
        format!(
            r"\b<give>(?: me| us| over| in| out| here| across)*(?: with)?(?: your| the| an| a| both)*{} {en}",
            words(3)
        ),
        format!(r"\b<giving>(?: me| us)?{} {en}", words(3)),
        // To be noted for the clerk, not to be kept.
        format!(
            r"\b(?:jot|write|note|scribble|put|get)(?: down)?(?: your| the| that){} {en}(?: down)?,? (?:for (?:me|us)|here|below|(?:and|so) (?:i|we))\b",
            words(1)
        ),
        format!(
            r"\b(?:may|can|could|might|shall) (?:i|we)(?: please| just| quickly| kindly| maybe){{0,2}} (?:have|get|know|see|ask|take|trouble|bother|request|check|look|grab|borrow|snag|collect|obtain|confirm|verify|note|jot|hear|pull|beg){} {en}",
            words(4)
        ),
        format!(
            r"\b(?:what|which)(?:'s| is| was| would)?(?: be)?(?: your| the)*{} {en}",
            words(1)
        ),
        format!(
            r"\b(?:i|we)(?:'ll|'d|'m| am| will| would| just| only| still| do| first)* (?:need|require|want|like|ask for|missing|lack|have to (?:know|ask|see|have)|must (?:know|have|see)|be needing)(?: to (?:know|have|see))?{} {en}",
            words(3)
        ),
        format!(
            r"\b(?:i|we) (?:don't|do not|haven't got|have no|haven't|can't see|cannot see)(?: have| got| see| find)?{} {en}",
            words(2)
        ),
        format!(
            r"\b(?:do you (?:happen to )?(?:have|know|remember|recall)|have you got|got){} {en}[^.!?;]{{0,16}}\?",
            words(2)
        ),
        format!(r"\bwithout(?: your| the| an| a)?{} {en}", words(1)),
        format!(
            r"\bwith(?: your| the| an){} {en},? (?:i|we) (?:can|could)|\b(?:can|could)[^.!?;]{{0,24}} (?:with|by|under|from)(?: your| the| an) {en}",
            words(1)
        ),
        format!(
            r"\b(?:once|as soon as|if|when) (?:i|we)(?: have| know| get| got| receive| see)+{} {en}",
            words(2)
        ),
        format!(
            r"{en}(?: is|'s| are| would be| was)(?: still| also)? (?:needed|required|necessary|missing|helpful)|{en} (?:would|will|might) help"
        ),
        format!(
            r"\b(?:all|what) (?:i|we) need{} is{} {en}|\b(?:missing|needed|required|left)(?: [a-z]+){{0,2}} is{} {en}",
            words(2),
            words(2),
            words(2)
        ),
        format!(
            r"(?:^|[.!,;:] ?)(?:and |so |then |your |the |ok |okay |how about |what about )*{en}(?: please| first|, please|,? pls)?\s*\?|\b{en},? (?:please|pls|if you (?:don't mind|can|could|would|have it))|(?:^|[.!,;:] ?)(?:the |your )?{en} first\b"
        ),
        format!(
            r"\bthing(?:'s)?(?: (?:i|we) (?:need|want|miss|lack))?(?: from you| is)*[^a-z]{{0,6}}(?:your |the ){en}"
        ),
        format!(
            r"(?:^|[.!,;:] ?)(?:just |only |still |i |we )*(?:need|needing|require|missing|looking for)(?: your| the| an| a) {en}"
        ),
    ]
}
