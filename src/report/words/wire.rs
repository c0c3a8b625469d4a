//! What the wire tells beside the turns, in words: what the bot refused, what it called wrongly, what became of sockets.
//!
//! `{count}` is how often, `{channel}` where; the other places are named in the phrase.

use crate::conversation::Language;

macro_rules! phrases {
    ($($(#[$doc:meta])* $variant:ident { $en:literal, $zh:literal; })+) => {
        /// A phrase about the wire, to be [`filled`](super::fill).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::report) enum Phrase {
            $($(#[$doc])* $variant,)+
        }

        impl Phrase {
            #[cfg(test)]
            const ALL: &'static [Phrase] = &[$(Phrase::$variant),+];

            pub(in crate::report) fn of(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Phrase::$variant, Language::En) => $en,
                    (Phrase::$variant, Language::Zh) => $zh,)+
                }
            }
        }
    };
}

phrases! {
    /// Of the questions that ended so: one that met the same and was answered on another delivery is not among them. The bot
    /// answered a status; `{cause}` is a finding's.
    Answered {
        "{channel}: {count} of {all} questions got no answer but {status}: {cause}.",
        "{channel}：{all} 个问题中，有 {count} 个始终没有答复，只得到 {status}：{cause}。";
    }
    /// The same where nothing is known of what it means.
    AnsweredAlone {
        "{channel}: {count} of {all} questions got no answer but {status}.",
        "{channel}：{all} 个问题中，有 {count} 个始终没有答复，只得到 {status}。";
    }
    /// No status came, or not as the reason.
    Failed {
        "{channel}: {count} of {all} questions got no answer: {cause}.",
        "{channel}：{all} 个问题中，有 {count} 个始终没有答复：{cause}。";
    }
    FailedAlone {
        "{channel}: {count} of {all} questions failed.",
        "{channel}：{all} 个问题中有 {count} 个失败。";
    }
    /// The cause of a 429 or 503 under load.
    TurnedAway {
        "the bot turned customers away",
        "机器人拒绝接待";
    }
    /// `{errors}` with their counts.
    Faults {
        "{channel}: as the scenario wants, the platform refused {count} of the bot's calls ({errors}).",
        "{channel}：按场景的要求，平台拒绝了机器人的 {count} 次调用（{errors}）。";
    }
    /// `{examples}` of them.
    UnknownRoute {
        "{channel}: {count} of the bot's calls went to routes that the profile does not have ({examples}).",
        "{channel}：机器人有 {count} 次调用了渠道协议没有的接口（{examples}）。";
    }
    UnknownCustomer {
        "{channel}: {count} of the bot's replies were for nobody of this run.",
        "{channel}：机器人有 {count} 条回复的收信人不是本次演练的客户。";
    }
    UnknownMedia {
        "{channel}: {count} of the bot's calls asked for pictures, voice messages or videos that nobody of this run sent.",
        "{channel}：机器人有 {count} 次索取本次演练中无人发送的图片、语音或视频。";
    }
    ExpiredToken {
        "{channel}: {count} of the bot's calls showed a token that had expired: it must fetch a new one before that, or when it is told.",
        "{channel}：机器人有 {count} 次调用带的是已过期的 token：应在到期前或收到过期错误时换取新的。";
    }
    UploadTooLarge {
        "{channel}: {count} of the bot's uploads were larger than the platform takes, and were not taken.",
        "{channel}：机器人有 {count} 次上传超过平台允许的大小，没有被接受。";
    }
    Unreadable {
        "{channel}: {count} of the bot's calls could not be read.",
        "{channel}：机器人有 {count} 次调用无法解读。";
    }
    TooLarge {
        "{channel}: {count} of the bot's calls were too large.",
        "{channel}：机器人有 {count} 次调用过大。";
    }
    UnreadableFrame {
        "{channel}: {count} of the bot's frames could not be read: they are not JSON in text.",
        "{channel}：机器人有 {count} 个帧无法解读：不是文本形式的 JSON。";
    }
    UnknownFrame {
        "{channel}: {count} of the bot's frames are none that the profile knows.",
        "{channel}：机器人有 {count} 个帧不属于渠道协议定义的任何一种。";
    }
    FrameTooLarge {
        "{channel}: {count} of the bot's frames were too large, and closed their sockets.",
        "{channel}：机器人有 {count} 个帧过大，所在的连接被关闭。";
    }
    UnknownAcknowledgement {
        "{channel}: {count} of the bot's acknowledgements were for messages that nobody sent.",
        "{channel}：机器人有 {count} 次确认的消息从未有人发送。";
    }
    LateAcknowledgement {
        "{channel}: {count} of the bot's acknowledgements came when nobody waited for them any more.",
        "{channel}：机器人有 {count} 次确认来得太晚，已无人等待。";
    }
    NotASocket {
        "{channel}: {count} of the bot's calls to open a socket asked for none.",
        "{channel}：机器人有 {count} 次在建立 WebSocket 的接口上没有请求建立。";
    }
    TooManySockets {
        "{channel}: {count} of the bot's sockets were refused: it had as many as the platform allows.",
        "{channel}：机器人有 {count} 个连接被拒绝：已达到平台允许的数量。";
    }
    /// An `{error}` of the profile.
    RefusedWith {
        "{channel}: {count} of the bot's calls were refused with {error}.",
        "{channel}：机器人有 {count} 次调用被平台以 {error} 拒绝。";
    }
    ToNobody {
        "{channel}: {count} replies came for customers who had left for good.",
        "{channel}：有 {count} 条回复到达时，客户已经离开。";
    }
    SocketsLost {
        "{channel}: {count} of the bot's sockets ended before the platform closed them.",
        "{channel}：机器人有 {count} 个连接在平台关闭之前就断开了。";
    }
    CutOff {
        "{channel}: {count} deliveries lost their socket before the bot had acknowledged them.",
        "{channel}：有 {count} 次投递在机器人确认之前断了连接。";
    }
    WithoutSocket {
        "{channel}: {count} deliveries found no open socket of the bot.",
        "{channel}：有 {count} 次投递时机器人没有打开的连接。";
    }
    Unacknowledged {
        "{channel}: {count} deliveries were not acknowledged in time.",
        "{channel}：有 {count} 次投递没有及时得到确认。";
    }
    ClosedByTheBot {
        "{channel}: {count} sockets were closed by the bot while nothing was asked.",
        "{channel}：有 {count} 个连接在没有提问时被机器人关闭。";
    }
    UnreadableWhileIdle {
        "{channel}: {count} frames that answered nothing could not be read.",
        "{channel}：有 {count} 个并非应答的帧无法解读。";
    }
    /// `{after}` answers.
    HungUp {
        "{channel}: the platform hung up on {count} deliveries, and to {after} of them the bot replied all the same: nobody saw it.",
        "{channel}：平台对 {count} 次投递不再等待，机器人仍回复了其中 {after} 次：没有人看到。";
    }
    /// A `{host}`.
    HostRefused {
        "The bot asked for {host} ({count} times), which no channel serves: refused, nothing went out.",
        "机器人访问了没有渠道提供的 {host}（{count} 次）：已拒绝，没有任何内容发出。";
    }
    MoreHostsRefused {
        "The bot asked for further hosts that no channel serves ({count} times): refused.",
        "机器人还访问了其他没有渠道提供的主机（{count} 次）：已拒绝。";
    }
    NotConnect {
        "The interceptor was asked for something other than CONNECT, such as plain http ({count} times).",
        "拦截代理收到了 CONNECT 以外的请求，例如未加密的 http（{count} 次）。";
    }
    Untrusted {
        "The bot did not trust ca.pem ({count} times): was it started anew, with its variable (REQUESTS_CA_BUNDLE, SSL_CERT_FILE or NODE_EXTRA_CA_CERTS) naming this run's file?",
        "机器人不信任 ca.pem（{count} 次）：是否已重新启动，并让环境变量（REQUESTS_CA_BUNDLE、SSL_CERT_FILE 或 NODE_EXTRA_CA_CERTS）指向本次演练的文件？";
    }
    NoTls {
        "A tunnel of the bot carried no TLS ({count} times).",
        "机器人的隧道里没有 TLS（{count} 次）。";
    }
}

impl Phrase {
    /// What to say of calls or frames that were refused for this reason.
    pub(in crate::report) fn of_refusal(reason: &str) -> Phrase {
        match reason {
            "unknown_route" => Phrase::UnknownRoute,
            "unknown_customer" => Phrase::UnknownCustomer,
            "unknown_media" => Phrase::UnknownMedia,
            "expired_token" => Phrase::ExpiredToken,
            "upload_too_large" => Phrase::UploadTooLarge,
            "unreadable" => Phrase::Unreadable,
            "too_large" => Phrase::TooLarge,
            "unreadable_frame" => Phrase::UnreadableFrame,
            "unknown_frame" => Phrase::UnknownFrame,
            "frame_too_large" => Phrase::FrameTooLarge,
            "unknown_acknowledgement" => Phrase::UnknownAcknowledgement,
            "late_acknowledgement" => Phrase::LateAcknowledgement,
            "not_a_socket" => Phrase::NotASocket,
            "too_many_sockets" => Phrase::TooManySockets,
            _ => Phrase::RefusedWith,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_languages_say_everything_with_the_same_values() {
        let places = |phrase: &'static str| -> BTreeSet<&str> {
            let pieces = phrase.split('{').skip(1);
            pieces.filter_map(|rest| rest.split('}').next()).collect()
        };
        let is_chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        for phrase in Phrase::ALL {
            let (english, chinese) = (phrase.of(Language::En), phrase.of(Language::Zh));
            assert_eq!(places(english), places(chinese), "{phrase:?}");
            assert!(!is_chinese(english) && is_chinese(chinese), "{phrase:?}");
        }
    }
}
