//! What went through the interceptor, in numbers.

use std::collections::BTreeMap;

/// Hosts that are remembered by name; the rest is counted together.
const MOST_HOSTS: usize = 100;
/// A longer name is cut.
const LONGEST_HOST: usize = 253;

/// What went through the interceptor, in numbers, from its start on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InterceptedCounts {
    /// Tunnels to hosts that throng plays, by host.
    pub tunnels: BTreeMap<String, u64>,
    /// Tunnels to hosts that no channel serves, by host: refused, and nothing went out.
    pub refused: BTreeMap<String, u64>,
    /// Those to more hosts than are told apart.
    pub refused_others: u64,
    /// Requests other than CONNECT, refused as well.
    pub not_connect: u64,
    /// Tunnels whose bot did not trust the certificate.
    pub untrusted: u64,
    /// Tunnels in which no TLS came to be for other reasons.
    pub broken: u64,
}

impl InterceptedCounts {
    pub(super) fn refuse(&mut self, host: &str) {
        let host: String = host.chars().take(LONGEST_HOST).collect();
        match self.refused.contains_key(&host) || self.refused.len() < MOST_HOSTS {
            true => *self.refused.entry(host).or_default() += 1,
            false => self.refused_others += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_counted_by_name_up_to_a_bound_and_together_beyond_it() {
        let mut counts = InterceptedCounts::default();
        for number in 0..1_000 {
            counts.refuse(&format!("host-{number}.example"));
        }
        counts.refuse("host-7.example");
        counts.refuse(&"x".repeat(10_000));
        assert_eq!(counts.refused.len(), MOST_HOSTS);
        assert_eq!(counts.refused["host-7.example"], 2);
        assert_eq!(counts.refused_others, 901);
    }
}
