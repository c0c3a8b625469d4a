//! What this machine offers to a generator of load.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long a nap is, to see how late the system wakes us.
const NAP: Duration = Duration::from_millis(1);
/// How many naps.
const NAPS: usize = 200;
/// The bit of `CAP_SYS_NICE` in a set of capabilities (capability.h).
const SYS_NICE: u32 = 23;

/// What this machine offers; `null` where the system does not tell.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Machine {
    /// Cores that this process may use.
    pub cores: u64,
    /// Descriptors (sockets, files) that a process gets when it starts.
    pub open_files: Option<u64>,
    /// Descriptors that throng raises that to.
    pub open_files_at_most: Option<u64>,
    /// Local ports that connections to one address and port may have at once.
    pub local_ports: Option<u64>,
    /// How late the system woke a sleeping thread, microseconds: median of 200 naps of 1 ms.
    pub wakes_late_us_p50: f64,
    /// The same, 99th percentile.
    pub wakes_late_us_p99: f64,
    /// True when this process may run at real-time priority.
    pub realtime_priority: Option<bool>,
}

impl Machine {
    /// Looks, and naps for a quarter of a second.
    pub fn look() -> Machine {
        let (open_files, open_files_at_most) = open_files();
        let (wakes_late_us_p50, wakes_late_us_p99) = wakes_late_us();
        Machine {
            cores: thread::available_parallelism().map_or(1, |cores| cores.get() as u64),
            open_files,
            open_files_at_most,
            local_ports: fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range")
                .ok()
                .and_then(|range| ports(&range)),
            wakes_late_us_p50,
            wakes_late_us_p99,
            realtime_priority: realtime_priority(),
        }
    }
}

#[cfg(unix)]
fn open_files() -> (Option<u64>, Option<u64>) {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile);
    (limit.current, limit.maximum)
}

#[cfg(not(unix))]
fn open_files() -> (Option<u64>, Option<u64>) {
    (None, None)
}

/// First and last, as in `32768 60999`: 28,232 ports.
fn ports(range: &str) -> Option<u64> {
    let mut ends = range.split_whitespace().map(str::parse::<u64>);
    let (first, last) = (ends.next()?.ok()?, ends.next()?.ok()?);
    (last + 1).checked_sub(first)
}

fn wakes_late_us() -> (f64, f64) {
    let mut late: Vec<f64> = (0..NAPS)
        .map(|_| {
            let started_at = Instant::now();
            thread::sleep(NAP);
            started_at.elapsed().saturating_sub(NAP).as_secs_f64() * 1e6
        })
        .collect();
    late.sort_by(f64::total_cmp);
    (late[NAPS / 2 - 1], late[NAPS * 99 / 100 - 1])
}

/// On Linux: by the capability, or by the limit that an administrator granted.
#[cfg(target_os = "linux")]
fn realtime_priority() -> Option<bool> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Rtprio);
    let status = fs::read_to_string("/proc/self/status").ok()?;
    Some(limit.current.is_none_or(|priority| priority > 0) || has_sys_nice(&status)?)
}

#[cfg(not(target_os = "linux"))]
fn realtime_priority() -> Option<bool> {
    None
}

/// Of the text of `/proc/self/status`.
#[cfg(any(target_os = "linux", test))]
fn has_sys_nice(status: &str) -> Option<bool> {
    let capabilities = status.lines().find_map(|line| line.strip_prefix("CapEff:"))?;
    let capabilities = u64::from_str_radix(capabilities.trim(), 16).ok()?;
    Some(capabilities >> SYS_NICE & 1 == 1)
}

/// Processor time of a process's main thread, seconds, where the system tells it. The built-in bot has no other that works.
pub(super) fn main_thread_cpu_s(process_id: u32) -> Option<f64> {
    let times = fs::read_to_string(format!("/proc/{process_id}/schedstat")).ok()?;
    let ns: f64 = times.split_whitespace().next()?.parse().ok()?;
    Some(ns / 1e9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_ports_counts_both_ends() {
        assert_eq!(ports("32768\t60999\n"), Some(28_232));
        assert_eq!(ports("9 8 7"), Some(0));
        assert_eq!(ports("9 1"), None);
        assert_eq!(ports("many"), None);
    }

    #[test]
    fn the_capability_to_set_priorities_is_its_bit() {
        assert_eq!(has_sys_nice("Name:\tx\nCapEff:\t0000000000800000\n"), Some(true));
        assert_eq!(has_sys_nice("CapEff:\t00000000a80425fb\n"), Some(false));
        assert_eq!(has_sys_nice("Name:\tx\n"), None);
    }

    #[test]
    fn a_machine_has_a_core_and_wakes_late_or_on_time() {
        let machine = Machine::look();
        assert!(machine.cores >= 1);
        assert!(0.0 <= machine.wakes_late_us_p50 && machine.wakes_late_us_p50 <= machine.wakes_late_us_p99);
    }
}
