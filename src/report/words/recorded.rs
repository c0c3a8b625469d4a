//! What `run.json` and `run.sqlite` record in English, in Chinese: why a run ended early and what failed on the wire. Words of others
//! (of the system, of TLS, of the bot) stay as they are, and so does what is not here.

use super::super::clean;
use super::Words;

/// As it is recorded, and in Chinese; `{}` is whatever stands in its place.
const RECORDED: [(&str, &str); 13] = [
    ("interrupted by the user", "用户中断"),
    ("the budget of {} turns is spent", "{} 个轮次的预算已用完"),
    ("threshold broken: {}", "阈值未达标：{}"),
    (
        "more than half of the messages failed in transport for 20 s {}",
        "连续 20 秒有超过一半的消息没能送达（`guard: off` 可不理会而继续）",
    ),
    (
        "the run goes on, or ended without a last word",
        "演练仍在进行，或没有写下结尾就终止了",
    ),
    ("closed with nothing said", "连接关闭，什么也没有答"),
    ("the reply broke off", "答复中途断开"),
    ("no connection: {}", "连接不上：{}"),
    ("no connection to {} in time", "未能及时连接 {}"),
    ("cannot find {}", "找不到主机 {}"),
    ("no socket of the bot is open", "机器人没有打开的长连接"),
    (
        "the socket closed before the message was acknowledged",
        "消息得到确认之前，长连接就关闭了",
    ),
    ("no answer within {}", "{} 之内没有答复"),
];

/// What is recorded, in the reader's language as far as that goes; one line.
pub(in crate::report) fn recorded(text: &str, words: &Words) -> String {
    let text = clean::line(text);
    let known = || {
        RECORDED
            .iter()
            .find_map(|(english, chinese)| Some(chinese.replace("{}", matched(&text, english)?)))
    };
    match words.language_code {
        "zh" => known().unwrap_or(text),
        _ => text,
    }
}

/// What stands in the place of `{}`, if the text is like that; nothing, where there is no such place.
fn matched<'a>(text: &'a str, pattern: &str) -> Option<&'a str> {
    match pattern.split_once("{}") {
        Some((before, after)) => text.strip_prefix(before)?.strip_suffix(after),
        None => (text == pattern).then_some(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Language;

    #[test]
    fn what_is_recorded_is_told_in_chinese_with_the_words_of_others_as_they_are() {
        for (english, chinese) in [
            ("interrupted by the user", "用户中断"),
            ("the budget of 500 turns is spent", "500 个轮次的预算已用完"),
            (
                "no connection: Connection refused (os error 111)",
                "连接不上：Connection refused (os error 111)",
            ),
            ("HTTP 500", "HTTP 500"),
            ("closed with nothing said at all", "closed with nothing said at all"),
        ] {
            assert_eq!(recorded(english, Words::of(Language::Zh)), chinese);
            assert_eq!(recorded(english, Words::of(Language::En)), english);
        }
    }
}
