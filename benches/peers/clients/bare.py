"""What being on time costs by itself: hyper and a timer, one fixed request whenever it is due, nothing else."""

import json
from pathlib import Path

from clients import PROGRAMS, Load, Told, build


class Bare:
    name = "hyper on time"
    holds_a_rate = True
    runs_flat_out = False  # as throng's, its requests come when they are due

    def install(self, tools: Path) -> None:
        self.program = build(tools, "bare")

    def version(self) -> str:
        lock = (PROGRAMS / "Cargo.lock").read_text()
        return "hyper " + lock.split('name = "hyper"\nversion = "')[1].split('"')[0]

    def ask(self, load: Load, url: str, folder: Path):
        return [self.program, f"{url}/chat", load.rate, load.seconds], {}

    def told(self, output: str, folder: Path) -> Told:
        said = json.loads(output)
        return Told(said["failed"], said["schedule_lag_p99_ms"])
