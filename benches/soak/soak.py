"""Runs the soak scenario and says whether throng kept its time, its memory and its books. Linux only (/proc).

    python3 benches/soak/soak.py THRONG LENGTH      LENGTH like 30m, 5m, 90s

Exit 1 when a count does not hold. Memory and time are printed, for a reader who knows what else the machine did.
"""

import base64
import json
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib

SCENARIO = pathlib.Path(__file__).with_name("soak.yaml")
EARLY_S = 120
UNITS = {"s": 1, "m": 60, "h": 3600}


def resident_mib(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return None


def watch(throng, begun):
    """Resident memory as (seconds, MiB), every ten seconds; a line a minute."""
    samples = []
    while throng.poll() is None:
        time.sleep(10)
        try:
            mib = resident_mib(throng.pid)
        except OSError:
            mib = None
        if mib is not None:
            seconds = time.monotonic() - begun
            samples.append((seconds, mib))
            if len(samples) % 6 == 0:
                print(f"  {seconds / 60:5.1f} min   VmRSS {mib:7.1f} MiB", flush=True)
    return samples


def logged_counts(log):
    """Values in latency.hlog by tag: V2 deflated HdrHistograms, whose counts are zigzag LEB128 numbers; negative: gaps."""
    counts = {}
    for line in log.read_text().splitlines():
        if not line.startswith("Tag="):
            continue
        tag, encoded = line.removeprefix("Tag=").split(",", 1)[0], line.rsplit(",", 1)[1]
        packed = base64.b64decode(encoded)
        plain = zlib.decompress(packed[8:])[40:]
        total = value = shift = place = 0
        for byte in plain:
            # The ninth byte holds eight bits, those before it seven.
            value |= (byte if place == 8 else byte & 0x7F) << shift
            if byte & 0x80 and place < 8:
                shift, place = shift + 7, place + 1
                continue
            total += max(0, (value >> 1) ^ -(value & 1))
            value = shift = place = 0
        counts[tag] = counts.get(tag, 0) + total
    return counts


def books(run, folder):
    """Every count that must equal another, as (what, found, expected)."""
    turns, conversations, generator = (
        run["totals"]["turns"],
        run["totals"]["conversations"],
        run["generator"],
    )
    parts = lambda counts, whole: sum(count for name, count in counts.items() if name != whole)
    times = run["totals"]["reply_time_ms"]
    with sqlite3.connect(f"file:{folder / 'run.sqlite'}?mode=ro", uri=True) as database:
        seconds = database.execute("SELECT sum(sent), sum(answered), sum(late + dropped) FROM seconds").fetchone()
        kept = dict(database.execute("SELECT failed, count(*) FROM conversations GROUP BY failed").fetchall())
    logged = logged_counts(folder / "latency.hlog")
    reply_times = sum(count for tag, count in logged.items() if tag.startswith("reply_time/"))
    missed = parts(turns, "sent") - turns["answered"] - turns["cut_short"]
    yield "planned = started + not sent", generator["started"] + generator["not_sent"]["total"], generator["planned"]
    yield "conversations started = sum of endings", parts(conversations, "started"), conversations["started"]
    yield "turns sent = sum of outcomes", parts(turns, "sent"), turns["sent"]
    yield "reply times in the histogram = turns but cut short", times["count"], turns["sent"] - turns["cut_short"]
    yield "reply times in latency.hlog = those answered", reply_times, times["count"] - times["censored"]
    yield "turns sent by second = turns sent", seconds[0], turns["sent"]
    yield "turns answered by second = answered", seconds[1], turns["answered"]
    yield "turns missed by second = missed", seconds[2], missed
    for failed, name in [(1, "failed"), (0, "others")]:
        yield f"at most 10,000 kept that {name}", min(kept.get(failed, 0), 10_000), kept.get(failed, 0)


def report(run, folder, samples, length_s):
    turns, generator = run["totals"]["turns"]["sent"], run["generator"]
    lag = generator["schedule_lag_ms"]
    print(f"\nverdict              {run['verdict']}" + (f" ({run['stopped']})" if run["stopped"] else ""))
    print(f"turns                {turns:,} ({turns / length_s:,.0f}/s), conversations {generator['started']:,}")
    print(f"schedule lag         p50 {lag['p50']} ms, p99 {lag['p99']} ms, max {lag['max']} ms")
    print(f"processor time       {generator['cpu_s']} s, {1e6 * generator['cpu_s'] / max(turns, 1):.0f} us a turn")
    early = [mib for seconds, mib in samples if seconds <= max(EARLY_S, 10)]
    late = [mib for seconds, mib in samples if seconds <= length_s]
    if early and late:
        print(f"VmRSS                {early[-1]:.1f} MiB after 2 min, {late[-1]:.1f} MiB at the end of the traffic: ratio {late[-1] / early[-1]:.2f}")
    sizes = {file.name: file.stat().st_size for file in folder.iterdir()}
    print(f"run directory        {sum(sizes.values()) / 2**20:.1f} MiB: " + ", ".join(f"{name} {size / 2**20:.2f}" for name, size in sorted(sizes.items())))
    print(f"fell behind          scoring {generator['scoring_overflow']}, archive {generator['archive_overflow']}")
    for warning in generator["warnings"]:
        print(f"warning              {warning}")
    holds = True
    gap_is_told = any("series by second" in warning for warning in generator["warnings"])
    for what, found, expected in books(run, folder):
        is_equal = found == expected
        # A machine that stood still for seconds costs the series by second some turns, which the run says itself.
        is_told = gap_is_told and "by second" in what and found < expected
        holds &= is_equal or is_told
        mark = "ok  " if is_equal else "told" if is_told else "NOT "
        print(f"{mark} {what}: {found:,}" + ("" if is_equal else f", expected {expected:,}"))
    return holds


def main():
    throng, length = pathlib.Path(sys.argv[1]), sys.argv[2]
    length_s = int(length[:-1]) * UNITS[length[-1]]
    workshop = pathlib.Path(tempfile.mkdtemp(prefix="soak-"))
    folder = workshop / "run"
    print(f"soak: {length} at about 1,900 turns/s", flush=True)
    command = [throng, "run", SCENARIO, "--out", folder, "--no-tui", "--quiet", "--set", f"traffic.phases.steady.for={length}"]
    begun = time.monotonic()
    try:
        with subprocess.Popen(command) as process:
            samples = watch(process, begun)
        if not (folder / "run.json").exists():
            sys.exit(f"throng ended with {process.returncode} and without run.json")
        run = json.loads((folder / "run.json").read_text())
        sys.exit(0 if report(run, folder, samples, length_s) else 1)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


if __name__ == "__main__":
    main()
