"""The server of the comparison: a process of its own for every run, so that its truth is about that run alone."""

import json
import os
import subprocess
import urllib.request


class Server:
    """`with Server(program, core) as server:` runs it; the pipe that closes at the end is what stops it."""

    def __init__(self, program, core: int):
        self.process = subprocess.Popen(
            [str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {core}),
        )
        self.url = self.process.stdout.readline().strip()

    def truth(self) -> dict:
        """What it did so far: `requests`, and `first_text_ms` with `count`, `mean` and `p99`."""
        with urllib.request.urlopen(f"{self.url}/truth", timeout=10) as reply:
            return json.load(reply)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
