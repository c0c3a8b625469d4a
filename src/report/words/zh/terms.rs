//! What the terms mean in Chinese.

use super::super::{Term, term};
use crate::conversation::{Ending, NotSent, Outcome};

pub(super) const OUTCOMES: [Term; Outcome::ALL.len()] = [
    term("answered", "及时答复", "在时限内给出了完整而有内容的答复。"),
    term("late", "超时答复", "同上，但在时限之后、宽限之内。"),
    term(
        "truncated",
        "中途断开",
        "文字开始了，却没有结束标记就停了，或卡住不动。",
    ),
    term("bot_error", "机器人报错", "机器人在协议之内报告了错误。"),
    term("refused", "被拒绝", "明确的拒绝：429、503、超出配额。"),
    term("http_error", "HTTP 错误", "其他失败的状态码，或内容不合协议。"),
    term(
        "connection_lost",
        "连接断开",
        "连不上、TLS 失败、被重置，或什么都没说就关闭。",
    ),
    term("placeholder_only", "只说“稍等”", "只有安抚话术，没有下文。"),
    term("empty", "空答复", "确认收到，但没有内容。"),
    term("silent", "无响应", "什么都没有来。"),
    term("cut_short", "中断", "演练先结束而时限未到；不计入任何比率。"),
];

pub(super) const ENDINGS: [Term; Ending::ALL.len()] = [
    term("goal_met", "诉求达成", "客户得到了想要的答复。"),
    term("gave_up", "放弃等待", "客户的耐心用完了。"),
    term("handed_off", "转人工", "机器人转给人工，且该诉求接受转人工。"),
    term("max_turns", "轮次过多", "达到了该诉求的轮次上限。"),
    term("loop", "原地打转", "机器人反复说同样的话。"),
    term("bot_failed", "机器人无能为力", "机器人一再给出兜底答复。"),
    term("cut_short", "中断", "演练先结束了。"),
];

pub(super) const NOT_SENT: [Term; NotSent::ALL.len()] = [
    term("stopped", "已停止", "用户、预算、中止阈值或熔断保护先停止了演练。"),
    term("too_late", "发压端太迟", "这么迟才开始就成了另一个实验。"),
    term("no_resources", "资源耗尽", "这台机器上没有可用的描述符、端口或内存。"),
];

pub(super) const CHECKS: [Term; 17] = [
    term("required_facts", "必备事实", "答复包含问题所要的事实。"),
    term("contradicted", "与事实矛盾", "答复中没有与知识库矛盾的数值。"),
    term("forbidden", "禁止承诺", "答复没有做出店铺禁止的承诺。"),
    term("cross_talk", "串线", "答复没有带出别的客户的订单号。"),
    term(
        "personal_data",
        "个人信息",
        "回复没有泄露他人的电话、银行卡号、身份证号、邮箱或地址。",
    ),
    term("language", "语言", "答复使用客户的语言。"),
    term("fallback", "兜底答复", "答复不是“没听懂”一类的话。"),
    term("intent", "意图", "机器人明白客户想问什么。"),
    term("relevance", "跑题警报", "答复没有明显跑题。"),
    term("repeated_question", "重复索要", "机器人没有再问客户已经说过的信息。"),
    term("handoff", "转人工", "该转人工时才转，并带上客户已说的信息。"),
    term("tone", "语气", "客户久等、不满或受损时有致歉或体谅，且不反复套话。"),
    term(
        "duplicate",
        "重复答复",
        "没有拿同样的话去答另一个问题；回复比消息多的轮次里，同样的话没有说两遍。",
    ),
    term("stale", "过时答复", "答复针对眼前的问题，不是之前的。"),
    term("cut_off", "话没说完", "答复没有在中途断掉。"),
    term(
        "form",
        "形式",
        "渠道显示得了这个答复：不超长，条数不超，客户看不到标记符号。",
    ),
    term("media", "图片与语音", "答复回应了客户发来的图片、语音或视频。"),
];

pub(super) const VERDICTS: [Term; 6] = [
    term(
        "held",
        "达标",
        "每项阈值都已证明达标；场景允许放行时，则是没有一项被证明未达标。",
    ),
    term("broken", "未达标", "至少一项阈值已证明未达标。"),
    term("unsure", "无法定论", "没有未达标的，但有一项无法证明。"),
    term("no_data", "没有数据", "没有未达标或无法定论的，但有一项没有数据可判。"),
    term(
        "generator_saturated",
        "发压端饱和",
        "throng 自己跟不上计划：不要归咎于机器人。",
    ),
    term("interrupted", "已中断", "演练没有跑完就停止了。"),
];

pub(super) const THRESHOLD_VERDICTS: [Term; 5] = [
    term("held", "达标", "整个置信区间都在界限正确的一侧。"),
    term("broken", "未达标", "整个置信区间都在界限错误的一侧。"),
    term("unsure", "无法定论", "界限落在置信区间之内。"),
    term("no_data", "没有数据", "没有可判断的数据。"),
    term("not_judged", "不予评判", "发压端饱和，因此不评判机器人。"),
];

pub(super) const TERMS: [Term; 12] = [
    term(
        "turn",
        "问题（轮次）",
        "客户一口气说的话（含催促），以及机器人为此发出的一切。",
    ),
    term("conversation", "会话", "一位客户的全部轮次。"),
    term(
        "served",
        "有效答复",
        "在时限内答复且通过每项硬性检查，占除中断外全部问题的比例。",
    ),
    term("missed", "漏回", "没有及时得到答复：超时答复或未答复；其占比即漏回率。"),
    term("dropped", "未答复", "始终没有得到答复。"),
    term(
        "reply_time",
        "答复时间",
        "从问题应发（分几条连发时从最后一条算起）到完整答复；从未答复的排在所有已答复的之后。",
    ),
    term("wire_time", "链路时间", "从消息交给渠道到完整答复。"),
    term("first_text_time", "首字时间", "从问题应发到首次看见文字。"),
    term(
        "quality",
        "答复质量",
        "每个已答复的问题 0 到 1：硬性检查不通过为 0，否则为软性检查的平均。",
    ),
    term("phase", "阶段", "流量中的一段；问题属于它应发时所在的阶段。"),
    term(
        "interval",
        "95% 置信区间",
        "以这么多问题所能判断的，真实值二十次里有十九次落在其中。",
    ),
    term("never", "从未", "该百分位落在没有得到答复的问题之中。"),
];
