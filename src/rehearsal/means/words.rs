//! Shortages in words: what is short, by how much, and what mends it.

use super::{Relief, Shortage};
use crate::conversation::Language;

impl Shortage {
    /// What is short, by how much, and the commands or keys that mend it.
    pub fn in_words(&self, language: Language) -> String {
        match self {
            Shortage::Descriptors {
                needed,
                granted,
                relief,
            } => descriptors(*needed, *granted, *relief, language),
            Shortage::Ports {
                channel,
                needed,
                granted,
                relief,
            } => ports(channel, [*needed, *granted], *relief, language),
            Shortage::Memory {
                needed_bytes,
                granted_bytes,
                is_beyond_all,
                relief,
            } => {
                let granted = (mib(*granted_bytes), *is_beyond_all);
                memory(mib(*needed_bytes), granted, *relief, language)
            }
        }
    }
}

/// One remedy or another.
fn or(remedies: &[&str], language: Language) -> String {
    let remedies: Vec<&str> = remedies.iter().copied().filter(|remedy| !remedy.is_empty()).collect();
    match (language, remedies.split_last()) {
        (Language::Zh, _) => remedies.join("，或"),
        (Language::En, Some((last, [_, _, ..]))) => {
            format!("{}, or {last}", remedies[..remedies.len() - 1].join(", "))
        }
        (Language::En, _) => remedies.join(" or "),
    }
}

impl Relief {
    /// Nothing where connections are shared already.
    fn pool(self, language: Language) -> &'static str {
        match (self.is_pooled, language) {
            (true, _) => "",
            (false, Language::Zh) => "设 `connection: pooled`",
            (false, Language::En) => "set `connection: pooled`",
        }
    }

    fn fewer(self, language: Language) -> &'static str {
        match (self.is_closed, language) {
            (false, Language::Zh) => "用 `--scale` 减少会话",
            (false, Language::En) => "take fewer conversations (`--scale`)",
            (true, Language::Zh) => "减少客户（`population`）",
            (true, Language::En) => "take fewer customers (`population`)",
        }
    }
}

fn descriptors(needed: u64, granted: u64, relief: Relief, language: Language) -> String {
    let limit = needed.next_power_of_two().max(65_536);
    let raise = match language {
        Language::Zh => format!("用 `ulimit -n {limit}` 放宽（超过 `ulimit -Hn` 须由 root 设置）"),
        Language::En => format!("raise the limit with `ulimit -n {limit}` (beyond `ulimit -Hn` as root)"),
    };
    let remedies = or(&[&raise, relief.pool(language), relief.fewer(language)], language);
    match language {
        Language::Zh => format!("文件描述符不够：峰值约需 {needed} 个，本进程最多可用 {granted} 个；{remedies}"),
        Language::En => {
            format!("too few descriptors: the peak needs about {needed}, this process may have {granted}; {remedies}")
        }
    }
}

fn ports(channel: &str, [needed, granted]: [u64; 2], relief: Relief, language: Language) -> String {
    let name = match language {
        Language::Zh => format!("在 `channels.{channel}.source_addresses` 中列出本机的更多地址"),
        Language::En => format!("name more addresses of this machine in `channels.{channel}.source_addresses`"),
    };
    let remedies = or(&[&name, relief.pool(language), relief.fewer(language)], language);
    match language {
        Language::Zh => format!(
            "渠道 {channel} 的本地端口不够：峰值（含关闭后一分钟内未释放的）约需 {needed} 个，可用 {granted} 个；{remedies}"
        ),
        Language::En => format!(
            "too few local ports for channel {channel}: the peak needs about {needed} (a closed connection's rests for a minute), there are {granted}; {remedies}"
        ),
    }
}

fn memory(needed: u64, (granted, is_all): (u64, bool), relief: Relief, language: Language) -> String {
    let more = match language {
        Language::Zh => "换内存更大的机器",
        Language::En => "use a machine with more",
    };
    let remedies = or(&[relief.fewer(language), relief.pool(language), more], language);
    let there = match (language, is_all) {
        (Language::Zh, false) => format!("目前空闲 {granted} MiB"),
        (Language::Zh, true) => format!("本机连同交换空间共有 {granted} MiB"),
        (Language::En, false) => format!("{granted} MiB are free"),
        (Language::En, true) => format!("this machine has {granted} MiB in all, swap included"),
    };
    match language {
        Language::Zh => format!("内存不够：峰值约需 {needed} MiB，{there}；{remedies}"),
        Language::En => format!("too little memory: the peak needs about {needed} MiB, {there}; {remedies}"),
    }
}

fn mib(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}
