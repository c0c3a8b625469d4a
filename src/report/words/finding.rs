//! All that can be found on a channel, by a first contact or in a run: its word for scripts, its cause and its remedy in both
//! languages.
//!
//! In remedies `{address}` stands for the key of the target, `{secrets}` for those of the secrets, `{profile}` for the profile,
//! `{lead_back}` for how calls that go past throng are led to it, and `{by_calls}` for the profile of bots that make calls instead.

use crate::conversation::Language;

macro_rules! findings {
    ($($(#[$doc:meta])* $variant:ident = $word:literal {
        $cause_en:literal, $cause_zh:literal; $remedy_en:literal, $remedy_zh:literal;
    })+) => {
        /// What was found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Finding {
            $($(#[$doc])* $variant,)+
        }

        impl Finding {
            /// Every one.
            pub const ALL: &'static [Finding] = &[$(Finding::$variant),+];

            /// The word as `throng check --connect --json` spells it.
            pub fn word(self) -> &'static str {
                match self {
                    $(Finding::$variant => $word,)+
                }
            }

            /// The one that `word` names, if any.
            pub fn named(word: &str) -> Option<Finding> {
                Finding::ALL.iter().copied().find(|one| one.word() == word)
            }

            /// What is so, in words.
            pub fn cause(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Finding::$variant, Language::En) => $cause_en,
                    (Finding::$variant, Language::Zh) => $cause_zh,)+
                }
            }

            /// What mends it, with `{places}` for what the channel is called; empty where nothing is to be mended.
            pub fn remedy(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Finding::$variant, Language::En) => $remedy_en,
                    (Finding::$variant, Language::Zh) => $remedy_zh,)+
                }
            }
        }
    };
}

findings! {
    /// An answer came in time.
    Works = "works" {
        "the bot answered", "机器人已回复";
        "",
        "";
    }
    /// An answer came after the deadline.
    Late = "late" {
        "the bot answered, after the deadline", "机器人已回复，但超过了时限";
        "it can be rehearsed; `throng talk` shows what customers get",
        "可以演练；`throng talk` 可查看客户看到的内容";
    }
    /// Only holding replies came.
    OnlyHolding = "only_holding" {
        "the bot sent holding replies only", "机器人只发了占位回复";
        "it can be rehearsed; `throng talk` shows what customers get",
        "可以演练；`throng talk` 可查看客户看到的内容";
    }
    /// The target's name leads nowhere.
    NoSuchHost = "no_such_host" {
        "the target's name leads nowhere", "目标的主机名无法解析";
        "correct the host in {address} or `--target`",
        "更正 {address} 或 `--target` 里的主机名";
    }
    /// Nobody accepts connections.
    NoConnection = "no_connection" {
        "no connection can be made there", "无法建立连接";
        "start the bot (`--wait-for-target 60s` waits for one that is starting), or correct host and port",
        "启动机器人（`--wait-for-target 60s` 可等待它启动），或更正主机和端口";
    }
    /// The bot's certificate is not trusted.
    Untrusted = "untrusted_certificate" {
        "this machine does not trust the bot's certificate", "本机不信任机器人的证书";
        "install the bot's certificate authority on this machine, or name its file in SSL_CERT_FILE",
        "把签发机器人证书的 CA 安装到本机，或用 SSL_CERT_FILE 指定其文件";
    }
    /// TLS failed otherwise.
    NoTls = "no_tls" {
        "no TLS connection came to be", "TLS 连接建立失败";
        "is it `http` and not `https` there, or the port of another service?",
        "那里是否是 `http` 而不是 `https`，或者是别的服务的端口？";
    }
    /// Closed without an answer.
    Closed = "closed" {
        "the connection was closed without an answer", "连接被关闭，没有应答";
        "is it `https` and not `http` there, or the port of another service?",
        "那里是否是 `https` 而不是 `http`，或者是别的服务的端口？";
    }
    /// The answer is no HTTP.
    NotHttp = "not_http" {
        "the answer is no HTTP", "应答不是 HTTP";
        "is it `https` and not `http` there, or the port of another service?",
        "那里是否是 `https` 而不是 `http`，或者是别的服务的端口？";
    }
    /// A redirect.
    Redirected = "redirected" {
        "the bot redirects elsewhere, which is not followed", "机器人重定向到别处，throng 不跟随";
        "set {address} to where it leads, if that is the bot (a slash at the end, `https`, a login?)",
        "如果重定向的去处就是机器人，把 {address} 改成该地址（结尾的斜杠、`https`、登录页？）";
    }
    /// 401 or 403.
    Unauthorised = "unauthorised" {
        "the token or secret is likely not the same", "token 或密钥很可能不一致";
        "give {secrets} the values that the bot has",
        "让 {secrets} 与机器人的配置一致";
    }
    /// The handshake held, but the message was refused, and it is encrypted.
    WrongKey = "wrong_key" {
        "the bot took the handshake but not the encrypted message: the AES key is likely not the same", "机器人通过了接入校验，却不接受加密消息：AES 密钥很可能不一致";
        "give {secrets} the values that the bot has, and the ids beside them",
        "让 {secrets} 以及旁边的各 ID 与机器人的配置一致";
    }
    /// A 5xx, after others were answered, where messages are encrypted.
    BotFailedOrWrongKey = "bot_failed_or_wrong_key" {
        "the bot failed inside, as many do when their AES key is not the same", "机器人内部出错，AES 密钥不一致时常见这种情况";
        "the bot's own log says why; give {secrets} the values that the bot has",
        "原因见机器人自己的日志；让 {secrets} 与机器人的配置一致";
    }
    /// 404, 405 or 410.
    NotFound = "not_found" {
        "there is nothing at this path or for this method", "该路径或方法不存在";
        "correct the path in {address}: `throng list channels` says what a target URL means for {profile}",
        "更正 {address} 的路径：`throng list channels` 说明 {profile} 的目标 URL 是什么";
    }
    /// 400 and its kin.
    BadRequest = "bad_request" {
        "the bot does not take the body", "机器人不接受这样的消息体";
        "is {profile} the profile for this bot, and {address} its address? `throng new channel` drafts a profile from one captured exchange",
        "{profile} 是否适用于该机器人，{address} 是否是它的地址？`throng new channel` 可由一次抓包起草渠道协议";
    }
    /// 429 or 503.
    Busy = "busy" {
        "the bot refuses even a single customer", "机器人连一位客户也拒绝接待";
        "is a quota spent, or the bot still starting?",
        "配额是否用完，或机器人还在启动？";
    }
    /// Any other 5xx.
    BotFailed = "bot_failed" {
        "the bot failed inside", "机器人内部出错";
        "the bot's own log says why",
        "原因见机器人自己的日志";
    }
    /// The handshake was answered with something else.
    NotEchoed = "not_echoed" {
        "the challenge was not echoed", "没有原样返回校验内容";
        "give {secrets} the values that the bot has",
        "让 {secrets} 与机器人的配置一致";
    }
    /// A page for people.
    Page = "html_page" {
        "the answer is a web page, not a bot's", "应答是网页，不是机器人的回复";
        "is {profile} the profile for this bot, and {address} its address? `throng new channel` drafts a profile from one captured exchange",
        "{profile} 是否适用于该机器人，{address} 是否是它的地址？`throng new channel` 可由一次抓包起草渠道协议";
    }
    /// The answer could not be decrypted or decoded.
    Undecodable = "undecodable" {
        "the answer cannot be decrypted: the AES key, the token or the app's id is likely not the same", "应答无法解密：AES 密钥、token 或应用 ID 很可能不一致";
        "give {secrets} the values that the bot has, and the ids beside them",
        "让 {secrets} 以及旁边的各 ID 与机器人的配置一致";
    }
    /// The answer is not what the profile declares.
    Unreadable = "unreadable" {
        "the answer is not what the profile declares", "应答不符合渠道协议的格式";
        "is {profile} the profile for this bot, and {address} its address? `throng new channel` drafts a profile from one captured exchange",
        "{profile} 是否适用于该机器人，{address} 是否是它的地址？`throng new channel` 可由一次抓包起草渠道协议";
    }
    /// The answer is longer than what is read.
    TooLong = "too_long" {
        "the answer is longer than throng reads", "应答超过了 throng 读取的上限";
        "throng reads 1 MiB of an answer, 200 replies and 32 KiB of text in them: does {address} lead to the bot, and does it answer with more than its replies?",
        "throng 最多读取 1 MiB 的应答、200 条回复和其中 32 KiB 的文字：{address} 是否指向机器人，应答里除了回复是否还有别的内容？";
    }
    /// The answer has none of the keys that the profile reads.
    OtherKeys = "other_keys" {
        "the bot answered, but not where the profile reads replies", "机器人有应答，但回复不在渠道协议读取的位置";
        "have the bot answer with the keys that {profile} reads, or write a profile for this bot (`throng new channel` drafts one from one captured exchange); {by_calls}",
        "让机器人按 {profile} 读取的字段应答，或为它编写渠道协议（`throng new channel` 可由一次抓包起草）；{by_calls}";
    }
    /// An error told inside the protocol.
    ErrorTold = "error_told" {
        "the bot answered with an error", "机器人返回了错误";
        "the bot's own log says why; `throng talk` shows a conversation as it happens",
        "原因见机器人自己的日志；`throng talk` 可实时查看一次会话";
    }
    /// Acknowledged, and nothing was called here.
    PastThrong = "replies_go_past_throng" {
        "the bot acknowledged the message but called nothing here: replies go past throng", "机器人确认了消息，却没有调用 throng 的平台接口：回复没有经过 throng";
        "{lead_back}",
        "{lead_back}";
    }
    /// What the bot called was refused.
    CallsRefused = "calls_refused" {
        "the bot's calls were refused", "机器人的调用被拒绝";
        "mend what the refusals name: a token ({secrets}), a route that {profile} does not have, or a customer's id that came back changed",
        "按拒绝的名称修正：token（{secrets}）、{profile} 没有的接口，或被改动的客户 ID";
    }
    /// The bot called something, but nothing that brings a reply.
    NoReplyCalled = "no_reply_called" {
        "the bot called, but nothing that brings a reply", "机器人有调用，但没有一次是回复";
        "the bot's own log says why it did not reply; `throng talk` shows a conversation as it happens",
        "机器人为何不回复见其日志；`throng talk` 可实时查看一次会话";
    }
    /// Acknowledged, with no reply in the response.
    SaidNothing = "said_nothing" {
        "the bot acknowledged the message and said nothing in the response", "机器人确认了消息，但响应里没有回复";
        "{by_calls}; if it has nothing to say to this one message, `throng talk` holds a whole conversation",
        "{by_calls}；如果它只是对这一条消息无话可说，`throng talk` 可进行一次完整会话";
    }
    /// Nothing came in time.
    Silent = "silent" {
        "nothing came in time", "在时限内没有任何应答";
        "the bot's own log says why; `throng talk` shows a conversation as it happens",
        "原因见机器人自己的日志；`throng talk` 可实时查看一次会话";
    }
    /// The bot never asked for its messages.
    NeverAsked = "never_asked" {
        "the bot never asked for its messages", "机器人从未来取消息";
        "{lead_back}",
        "{lead_back}";
    }
    /// The reply broke off.
    BrokeOff = "broke_off" {
        "the reply broke off", "回复中途断开";
        "the bot's own log says why; `throng talk` shows a conversation as it happens",
        "原因见机器人自己的日志；`throng talk` 可实时查看一次会话";
    }
    /// This machine could not send.
    Hindered = "hindered" {
        "this machine could not send the message", "本机未能发出消息";
        "`throng plan` says what this machine lacks",
        "`throng plan` 说明本机缺少什么";
    }
    /// Something that has no name here.
    Failed = "failed" {
        "it failed", "失败";
        "the bot's own log says why; `throng talk` shows a conversation as it happens",
        "原因见机器人自己的日志；`throng talk` 可实时查看一次会话";
    }
}

impl Finding {
    /// True when the channel can be rehearsed.
    pub fn is_usable(self) -> bool {
        matches!(self, Finding::Works | Finding::Late | Finding::OnlyHolding)
    }
}
