//! What this machine grants a load, and what can be had beforehand.

use super::means::Means;

/// More descriptors than this are not made room for beforehand: 8 bytes each.
#[cfg(unix)]
const MOST_ROOM: u64 = 1 << 20;

/// What this machine grants, as far as it tells.
pub(super) fn means() -> Means {
    Means {
        descriptors: descriptors(),
        ports: system_file("/proc/sys/net/ipv4/ip_local_port_range").and_then(|text| port_count(&text)),
        memory_bytes: meminfo(&["MemAvailable"]),
        all_memory_bytes: meminfo(&["MemTotal", "SwapTotal"]),
        reuses_loopback_ports: system_file("/proc/sys/net/ipv4/tcp_tw_reuse").is_some_and(|text| text.trim() != "0"),
    }
}

fn system_file(path: &str) -> Option<String> {
    std::fs::read_to_string(path).ok()
}

/// `32768 60999` are 28,232 ports.
fn port_count(range: &str) -> Option<u64> {
    let mut bounds = range.split_whitespace().map(str::parse::<u64>);
    let (low, high) = (bounds.next()?.ok()?, bounds.next()?.ok()?);
    (high + 1).checked_sub(low)
}

fn meminfo(keys: &[&str]) -> Option<u64> {
    let text = system_file("/proc/meminfo")?;
    keys.iter()
        .map(|key| kib_of(&text, key))
        .sum::<Option<u64>>()
        .map(|kib| kib << 10)
}

/// `MemAvailable:   15925532 kB`.
fn kib_of(meminfo: &str, key: &str) -> Option<u64> {
    let mut lines = meminfo.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = lines.find(|(name, _)| *name == key)?;
    value.split_whitespace().next()?.parse().ok()
}

/// The hard limit: a load raises its own to it.
fn descriptors() -> Option<u64> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit};
        getrlimit(Resource::Nofile).maximum
    }
    #[cfg(not(unix))]
    None
}

/// Lets this process have as many descriptors as the system grants, and makes room for `needed` of them: a table that
/// grows during the load stops every thread for milliseconds. Where the system refuses, the run tells what it lacked.
pub(super) fn prepare_descriptors(needed: u64) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        if limit.current < limit.maximum {
            let _kept = setrlimit(
                Resource::Nofile,
                Rlimit {
                    current: limit.maximum,
                    maximum: limit.maximum,
                },
            )
            .is_err();
        }
        let granted = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
        make_room(needed.min(granted).min(MOST_ROOM));
    }
    #[cfg(not(unix))]
    let _ = needed;
}

/// The table grows to the highest descriptor that was ever open, and never shrinks.
#[cfg(unix)]
fn make_room(descriptors: u64) {
    let last = i32::try_from(descriptors.saturating_sub(1)).unwrap_or(i32::MAX);
    if let Ok(any) = std::fs::File::open("/dev/null") {
        drop(rustix::io::fcntl_dupfd_cloexec(&any, last));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_own_words_are_read_or_left() {
        assert_eq!(port_count("32768\t60999\n"), Some(28_232));
        assert_eq!(port_count("60999 32768"), None);
        assert_eq!(port_count("many"), None);
        let text = "MemTotal:       16384 kB\nMemAvailable:    1000 kB\n";
        assert_eq!(kib_of(text, "MemAvailable"), Some(1_000));
        assert_eq!(kib_of(text, "SwapTotal"), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn room_for_descriptors_is_made_and_none_stays_open() {
        let size = || {
            let status = std::fs::read_to_string("/proc/self/status").unwrap();
            let line = status.lines().find_map(|line| line.strip_prefix("FDSize:")).unwrap();
            line.trim().parse::<u64>().unwrap()
        };
        prepare_descriptors(4_000);
        let granted = descriptors().unwrap_or(u64::MAX);
        assert!(size() >= granted.min(4_000), "{}", size());
    }
}
