"""goose: the Rust framework, as the small program `goose_client`; with a client per user, and with one for all."""

import json
from pathlib import Path

from clients import PROGRAMS, Load, Told, build


class Goose:
    holds_a_rate = True
    runs_flat_out = True

    def __init__(self, is_shared: bool):
        self.is_shared = is_shared
        self.name = "goose, one client" if is_shared else "goose"

    def install(self, tools: Path) -> None:
        self.program = build(tools, "goose_client", "--features", "goose")

    def version(self) -> str:
        lock = (PROGRAMS / "Cargo.lock").read_text()
        return "goose " + lock.split('name = "goose"\nversion = "')[1].split('"')[0]

    def ask(self, load: Load, url: str, folder: Path):
        pace = ["--throttle-requests", load.rate] if load.rate else []
        return [
            self.program, "-q", "--no-telnet", "--no-websocket", "--host", url, "-u", load.connections,
            "-r", 1000, "-t", f"{load.seconds}s", *pace, "--report-file", "report.json",
        ], {"GOOSE_SHARED_CLIENT": "1"} if self.is_shared else {}  # fmt: skip

    def told(self, output: str, folder: Path) -> Told:
        said = json.loads((folder / "report.json").read_text())
        # The last row is the sum of the others.
        return Told(said["raw_request_metrics"][-1]["number_of_failures"])
