"""Runs a program and says what it cost: wall time and processor time of it and its children."""

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What became of a program that was run."""

    code: int
    output: str  # standard output and standard error
    wall_s: float
    cpu_s: float  # user and system, its own and that of the children it waited for


def run(command, folder: Path, core: int, limit_s: float, env=None) -> Ran:
    """Runs `command` pinned to `core`, in `folder`; kills it after `limit_s`."""
    with open(folder / "output.txt", "w+b") as output:
        began = time.monotonic()
        child = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )
        limit = threading.Timer(limit_s, child.kill)
        limit.start()
        try:
            # wait4 tells the use of this child alone; RUSAGE_CHILDREN would add up all that went before.
            _, status, usage = os.wait4(child.pid, 0)
        finally:
            limit.cancel()
        wall_s = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        told = output.read().decode(errors="replace")
    return Ran(child.returncode, told, wall_s, usage.ru_utime + usage.ru_stime)
