"""wrk: the C load generator that does least per request; it knows no rate."""

import re
import shutil
from pathlib import Path

from clients import BODY, Load, Told, Unavailable, first_line, from_apt

SCRIPT = Path(__file__).parent.parent / "work/one-request.lua"


class Wrk:
    name = "wrk"
    holds_a_rate = False
    runs_flat_out = True

    def install(self, tools: Path) -> None:
        if shutil.which("wrk") is None:
            from_apt("wrk")
        if shutil.which("wrk") is None:
            raise Unavailable("wrk is not on the path")

    def version(self) -> str:
        return " ".join(first_line("wrk", "-v").split()[:2])

    def ask(self, load: Load, url: str, folder: Path):
        command = ["wrk", "-t", 1, "-c", load.connections, "-d", f"{load.seconds}s", "-s", SCRIPT, f"{url}/chat"]
        return command, {"BENCH_BODY": str(BODY)}

    def told(self, output: str, folder: Path) -> Told:
        counts = re.findall(r"(?:connect|read|write|timeout) (\d+)|Non-2xx or 3xx responses: (\d+)", output)
        return Told(sum(int(error or status) for error, status in counts))
