"""throng itself, with all its work on: templates, extraction, ledger, histograms, timeline, checks, run directory."""

import json
from pathlib import Path

from clients import Load, Streamed, Told, Unavailable, first_line

WORK = Path(__file__).parent.parent / "work"
SCENARIO = WORK / "one-request.yaml"
STREAMS = WORK / "streams.yaml"


class Throng:
    """`goal` is one of the scenario's: `coupon` is answered with facts to check, `chat` with nothing to check. `path` is
    where the bot answers: `/chat` always in the same words, `/chat/varied` never twice in the same.
    """

    holds_a_rate = True
    runs_flat_out = False  # its customers come when the traffic says so

    def __init__(self, name: str, program: Path, goal: str = "coupon", path: str = "/chat"):
        self.name, self.program, self.goal, self.path = name, program.resolve(), goal, path

    def install(self, tools: Path) -> None:
        if not self.program.exists():
            raise Unavailable(f"there is no {self.program}; `cargo build --release` makes throng")

    def version(self) -> str:
        return first_line(self.program, "--version")

    def ask(self, load: Load, url: str, folder: Path):
        return [
            self.program, "run", SCENARIO, "--target", f"{url}{self.path}", "--out", "run", "--no-tui", "--quiet",
            "--set", f"traffic.phases.load.rate={load.rate}/s", "--set", f"traffic.phases.load.for={load.seconds}s",
            "--set", f"customers=[{{persona: asker, goal: {self.goal}, share: 1}}]",
        ], {}  # fmt: skip

    def told(self, output: str, folder: Path) -> Told:
        run = json.loads((folder / "run/run.json").read_text())
        turns, generator = run["totals"]["turns"], run["generator"]
        # A customer who never came is a request that was not made, so it counts.
        failed = turns["sent"] - turns["answered"] + generator["not_sent"]["total"]
        return Told(failed, lag_p99_ms=generator["schedule_lag_ms"]["p99"])

    def stream(self, count: int, url: str, folder: Path):
        places = [f"traffic.phases.{name}.at_once={count}" for name in ("first", "second", "third", "fourth")]
        sets = [word for place in places for word in ("--set", place)]
        return [
            self.program, "run", STREAMS, "--target", f"{url}/v1", "--out", "run", "--no-tui", "--quiet", *sets,
        ], {}  # fmt: skip

    def streamed(self, output: str, folder: Path) -> Streamed:
        totals = json.loads((folder / "run/run.json").read_text())["totals"]
        turns, first = totals["turns"], totals["first_text_ms"]
        return Streamed(turns["answered"], turns["sent"] - turns["answered"], first["mean"], first["p99"])
