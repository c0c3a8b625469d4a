"""Artillery: Node.js with scenarios in YAML; a user of its own for every arrival, here 64 that ask again and again."""

import json
from pathlib import Path

from clients import BODY, Load, Told, installed

PROCESSOR = Path(__file__).resolve().parent.parent / "work/artillery.cjs"


class Artillery:
    name = "artillery"
    holds_a_rate = False  # not within a user, and a user for every request would be other work
    runs_flat_out = True

    def install(self, tools: Path) -> None:
        self.folder = tools / "artillery"
        if not (self.folder / "node_modules/.bin/artillery").exists():
            self.folder.mkdir(exist_ok=True)
            # Without scripts: one of them downloads a browser, which nothing here uses.
            installed("npm", "install", "--prefix", self.folder, "--ignore-scripts", "--no-audit", "--no-fund",
                      "--loglevel=error", "artillery", why="npm could not install artillery")  # fmt: skip

    def version(self) -> str:
        return "artillery " + json.loads((self.folder / "node_modules/artillery/package.json").read_text())["version"]

    def ask(self, load: Load, url: str, folder: Path):
        post = {"url": "/chat", "body": BODY.read_text(), "headers": {"content-type": "application/json"}}
        config = {
            "target": url,
            "processor": str(PROCESSOR),
            "http": {"pool": load.connections},
            "phases": [{"duration": 1, "arrivalCount": load.connections}],
        }
        scenario = {"engine": "http", "flow": [{"loop": [{"post": post}], "whileTrue": "isTime"}]}
        (folder / "artillery.json").write_text(json.dumps({"config": config, "scenarios": [scenario]}))
        program = self.folder / "node_modules/.bin/artillery"
        command = [program, "run", "--quiet", "--output", "told.json", "artillery.json"]
        return command, {"BENCH_SECONDS": str(load.seconds), "ARTILLERY_DISABLE_TELEMETRY": "true"}

    def told(self, output: str, folder: Path) -> Told:
        counters = json.loads((folder / "told.json").read_text())["aggregate"]["counters"]
        codes = sum(count for name, count in counters.items() if name.startswith("http.codes."))
        errors = sum(count for name, count in counters.items() if name.startswith("errors."))
        return Told(codes - counters.get("http.codes.200", 0) + errors)
