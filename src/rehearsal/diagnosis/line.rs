//! What a first contact says about a telephone line, in words: nobody is asked for a token there.

use super::Finding;
use crate::conversation::Language;

/// What is so, and what mends it.
pub(super) fn words(finding: Finding, language: Language) -> [&'static str; 2] {
    match language {
        Language::Zh => in_chinese(finding),
        Language::En => in_english(finding),
    }
}

fn in_chinese(finding: Finding) -> [&'static str; 2] {
    match finding {
        Finding::Works => ["有人接听", ""],
        Finding::Late => ["有人接听，但超过了时限", "可以演练；时限由 `deadline` 规定"],
        Finding::NoSuchHost | Finding::NoConnection => [
            "那里没有电话服务",
            "启动服务（`--wait-for-target 60s` 可等待它启动），或更正 {address} 里的主机和端口",
        ],
        Finding::Busy => [
            "线路拒接了唯一的一通呼叫",
            "线路是否空闲？演练需要一条可以接听的测试线路",
        ],
        Finding::Silent | Finding::SaidNothing => [
            "时限内无人接听",
            "对方是否响铃？经 UDP 呼叫时，不存在的服务同样没有回应：请核对 {address}，或放宽 `deadline`",
        ],
        Finding::Unauthorised => ["服务器不允许本机呼叫", "让服务器接受本机不带密码的呼叫"],
        Finding::NotFound => ["服务器没有这个号码", "更正 {address} 里的号码"],
        Finding::Hindered => [
            "SIPp 没能呼出",
            "运行 `sipp -v` 看它是否可用；{profile} 的 `phone.scenario` 是否正确？",
        ],
        _ => [
            "呼叫失败",
            "原因见服务器自己的日志；407 表示它要求密码，请让它接受本机不带密码的呼叫",
        ],
    }
}

fn in_english(finding: Finding) -> [&'static str; 2] {
    match finding {
        Finding::Works => ["somebody picked up", ""],
        Finding::Late => [
            "somebody picked up, after the deadline",
            "it can be rehearsed; `deadline` says how long it may ring",
        ],
        Finding::NoSuchHost | Finding::NoConnection => [
            "nobody takes calls there",
            "start the server (`--wait-for-target 60s` waits for one that is starting), or correct host and port in {address}",
        ],
        Finding::Busy => [
            "the line turns even a single caller away",
            "is it free? A rehearsal needs a line for tests at which somebody picks up",
        ],
        Finding::Silent | Finding::SaidNothing => [
            "nobody picked up in time",
            "does it ring there? Over UDP a server that is not there says nothing either: check {address}, or give `deadline` more time",
        ],
        Finding::Unauthorised => [
            "the server does not let this machine call",
            "let it take calls from this machine without a password",
        ],
        Finding::NotFound => ["the server knows no such number", "correct the number in {address}"],
        Finding::Hindered => [
            "SIPp could not call",
            "does `sipp -v` work, and is `phone.scenario` of {profile} right?",
        ],
        _ => [
            "the call failed",
            "the server's own log says why; 407: it asks for a password, so let it take calls from this machine without one",
        ],
    }
}
