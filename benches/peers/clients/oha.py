"""oha: a Rust load generator that repeats one request and keeps a plain list of times."""

import json
from pathlib import Path

from clients import BODY, Load, Told, first_line, installed


class Oha:
    name = "oha"
    holds_a_rate = True
    runs_flat_out = True

    def install(self, tools: Path) -> None:
        self.program = tools / "oha/bin/oha"
        if not self.program.exists():
            installed("cargo", "install", "oha", "--locked", "--root", tools / "oha", why="oha could not be built")

    def version(self) -> str:
        return first_line(self.program, "--version")

    def ask(self, load: Load, url: str, folder: Path):
        pace = ["-q", load.rate] if load.rate else []
        # One worker thread: it counts the cores of the machine, not those that it may use.
        return [
            self.program, "--no-tui", "--worker-threads", 1, "-c", load.connections, "-z", f"{load.seconds}s", "-w",
            *pace, "-m", "POST", "-T", "application/json", "-D", BODY, "--output-format", "json", f"{url}/chat",
        ], {}  # fmt: skip

    def told(self, output: str, folder: Path) -> Told:
        said = json.loads(output)
        statuses = said["statusCodeDistribution"]
        failed = sum(count for status, count in statuses.items() if status != "200")
        return Told(failed + sum(said["errorDistribution"].values()))
