//! Shortages in words: what is short, by how much, and what mends it.

use super::Shortage;
use crate::conversation::Language;

impl Shortage {
    /// What is short, by how much, and the command or key that mends it.
    pub fn in_words(&self, language: Language) -> String {
        match self {
            Shortage::Descriptors { needed, granted } => descriptors(*needed, *granted, language),
            Shortage::Ports {
                channel,
                needed,
                granted,
            } => ports(channel, *needed, *granted, language),
            Shortage::Memory {
                needed_bytes,
                granted_bytes,
            } => memory(mib(*needed_bytes), mib(*granted_bytes), language),
        }
    }
}

fn descriptors(needed: u64, granted: u64, language: Language) -> String {
    let limit = needed.next_power_of_two().max(65_536);
    match language {
        Language::Zh => format!(
            "文件描述符不够：峰值约需 {needed} 个，本进程最多可用 {granted} 个；用 `ulimit -n {limit}` 放宽（超过 `ulimit -Hn` 须由 root 设置），或设 `connection: pooled`，或用 `--scale` 减少会话"
        ),
        Language::En => format!(
            "too few descriptors: the peak needs about {needed}, this process may have {granted}; raise the limit with `ulimit -n {limit}` (beyond `ulimit -Hn` as root), set `connection: pooled`, or take fewer conversations (`--scale`)"
        ),
    }
}

fn ports(channel: &str, needed: u64, granted: u64, language: Language) -> String {
    match language {
        Language::Zh => format!(
            "渠道 {channel} 的本地端口不够：峰值（含关闭后一分钟内未释放的）约需 {needed} 个，可用 {granted} 个；在 `channels.{channel}.source_addresses` 中列出本机的更多地址，或设 `connection: pooled`，或用 `--scale` 减少会话"
        ),
        Language::En => format!(
            "too few local ports for channel {channel}: the peak needs about {needed} (a closed connection's rests for a minute), there are {granted}; name more addresses of this machine in `channels.{channel}.source_addresses`, set `connection: pooled`, or take fewer conversations (`--scale`)"
        ),
    }
}

fn memory(needed: u64, granted: u64, language: Language) -> String {
    match language {
        Language::Zh => format!(
            "内存不够：峰值约需 {needed} MiB，现有 {granted} MiB；用 `--scale` 减少会话，设 `connection: pooled`，或换内存更大的机器"
        ),
        Language::En => format!(
            "too little memory: the peak needs about {needed} MiB, there are {granted} MiB; take fewer conversations (`--scale`), set `connection: pooled`, or use a machine with more"
        ),
    }
}

fn mib(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}
