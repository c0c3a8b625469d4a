"""AIPerf: NVIDIA's generator for language-model servers, Python in several processes; here with one worker."""

import json
from pathlib import Path

from clients import Streamed, first_line, installed, installed_by_pip

ROOT = Path(__file__).resolve().parents[3]


class AiPerf:
    name = "aiperf"

    def install(self, tools: Path) -> None:
        self.program = installed_by_pip(tools, "aiperf")
        self.tokenizer = tools / "tokenizer"
        if not self.tokenizer.exists():
            corpus = sorted(ROOT.glob("docs/*.md")) + sorted(ROOT.glob("*.md"))
            installed(tools / "aiperf/bin/python", ROOT / "benches/peers/work/tokenizer.py", self.tokenizer, *corpus,
                      why="no tokenizer for aiperf")  # fmt: skip

    def version(self) -> str:
        return "aiperf " + first_line(self.program, "--version")

    def stream(self, count: int, url: str, folder: Path):
        return [
            self.program, "profile", "--model", "mock", "--url", url, "--endpoint-type", "chat", "--streaming",
            "--tokenizer", self.tokenizer, "--use-server-token-count", "--concurrency", count,
            "--request-count", 4 * count, "--isl", 16, "--osl", 32, "--workers-max", 1, "--ui-type", "none",
            "--no-gpu-telemetry", "--no-server-metrics", "--artifact-dir", "told",
        ], {}  # fmt: skip

    def streamed(self, output: str, folder: Path) -> Streamed:
        said = json.loads((folder / "told/profile_export_aiperf.json").read_text())
        first = said["time_to_first_token"]
        failed = (said.get("error_request_count") or {"avg": 0})["avg"]
        return Streamed(int(said["request_count"]["avg"]), int(failed), first["avg"], first["p99"])
