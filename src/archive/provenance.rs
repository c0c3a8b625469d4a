//! Where the numbers of a run come from: throng, scenario, machine.

use std::collections::BTreeMap;
use std::fs;

use crate::conversation::fingerprint;
use crate::scenario::Scenario;
use crate::verdict::Provenance;

/// Where the numbers of a run of this scenario come from. `resolved` is what `scenario.yaml` holds; `target_host` is the
/// host and port that was really aimed at.
pub fn provenance(scenario: &Scenario, resolved: &str, target_host: String) -> Provenance {
    Provenance {
        throng: version(),
        scenario_hash: fingerprint(resolved.as_bytes()),
        profile_hashes: profile_hashes(scenario),
        target_host,
        overrides: scenario.overrides.clone(),
        machine: machine(),
    }
}

/// Version and, where the build knows it, commit: `0.1.0+9f7c7dc`.
fn version() -> String {
    match option_env!("THRONG_COMMIT").filter(|commit| !commit.is_empty()) {
        Some(commit) => format!("{}+{commit}", env!("CARGO_PKG_VERSION")),
        None => env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// By channel: what its profile is once everything is resolved, as JSON in the order of its keys.
fn profile_hashes(scenario: &Scenario) -> BTreeMap<String, String> {
    let hash = |profile| serde_json::to_vec(profile).map(|json| fingerprint(&json));
    let channels = scenario.channels.iter();
    channels
        .filter_map(|channel| Some((channel.name.clone(), hash(&channel.profile).ok()?)))
        .collect()
}

/// Cores, memory, system: `2 cores, 23.4 GiB, linux 6.1.0 x86_64`. What this system does not tell is left out.
fn machine() -> String {
    let mut parts = Vec::new();
    if let Ok(cores) = std::thread::available_parallelism() {
        parts.push(format!("{cores} core{}", if cores.get() == 1 { "" } else { "s" }));
    }
    if let Some(bytes) = proc_bytes("/proc/meminfo", "MemTotal:") {
        parts.push(format!("{:.1} GiB", bytes as f64 / f64::from(1u32 << 30)));
    }
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let system = [std::env::consts::OS, kernel.trim(), std::env::consts::ARCH];
    let known: Vec<&str> = system.into_iter().filter(|part| !part.is_empty()).collect();
    parts.push(known.join(" "));
    parts.join(", ")
}

/// Peak resident memory of this process in bytes, where the system tells it (Linux).
pub fn peak_rss_bytes() -> Option<u64> {
    proc_bytes("/proc/self/status", "VmHWM:")
}

/// Processor time that this process has used, in seconds, where the system tells it.
#[cfg(unix)]
pub fn cpu_s() -> Option<f64> {
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Some(used.tv_sec as f64 + used.tv_nsec as f64 / 1e9)
}

/// Processor time that this process has used, in seconds, where the system tells it.
#[cfg(not(unix))]
pub fn cpu_s() -> Option<f64> {
    None
}

/// A line such as `VmHWM:     1234 kB` of a file of `/proc`.
fn proc_bytes(path: &str, key: &str) -> Option<u64> {
    let text = fs::read_to_string(path).ok()?;
    let value = text.lines().find_map(|line| line.strip_prefix(key))?;
    let kibibytes: u64 = value.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1_024)
}

#[cfg(test)]
mod tests {
    use super::super::samples::scenario;
    use super::*;

    #[test]
    fn a_run_names_its_version_scenario_profiles_target_and_overrides() {
        let scenario = scenario();
        let provenance = provenance(&scenario, "scenario: small\n", "demo".to_owned());
        assert!(provenance.throng.starts_with(env!("CARGO_PKG_VERSION")));
        assert_eq!(provenance.scenario_hash, fingerprint(b"scenario: small\n"));
        assert_eq!(provenance.target_host, "demo");
        assert_eq!(provenance.overrides, ["seed=7"]);
        let mut changed = scenario.clone();
        changed.channels[0].profile.send.as_mut().unwrap().method = "PUT".to_owned();
        let (before, after) = (profile_hashes(&scenario), profile_hashes(&changed));
        assert_eq!(before, provenance.profile_hashes);
        assert_eq!((before.len(), before["web"].len()), (1, 40));
        assert_ne!(before, after);
    }

    #[test]
    fn the_machine_is_named_with_its_cores_and_system() {
        let machine = machine();
        assert!(machine.contains(" core"), "{machine}");
        assert!(machine.ends_with(std::env::consts::ARCH), "{machine}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn memory_and_processor_time_are_measured() {
        let before = cpu_s().unwrap();
        let (mut sum, held) = (0u64, vec![1u8; 8 << 20]);
        // Once at least: the other threads' time counts too.
        loop {
            sum += held.iter().map(|byte| u64::from(*byte)).sum::<u64>();
            if cpu_s().unwrap() >= before + 0.01 {
                break;
            }
        }
        assert!(sum > 0);
        assert!(peak_rss_bytes().unwrap() > 8 << 20);
    }
}
