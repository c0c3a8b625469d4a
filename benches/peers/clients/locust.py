"""Locust: Python with greenlets; it knows no rate, and streams are the user's own code."""

import csv
from pathlib import Path

from clients import BODY, Load, Streamed, Told, first_line, installed_by_pip

WORK = Path(__file__).parent.parent / "work"


class Locust:
    name = "locust"
    holds_a_rate = False
    runs_flat_out = True

    def install(self, tools: Path) -> None:
        self.program = installed_by_pip(tools, "locust")

    def version(self) -> str:
        return " ".join(first_line(self.program, "--version").split()[:2])

    def command(self, customers: str, users: int, seconds: int, url: str):
        return [
            self.program, "-f", WORK / customers, "--headless", "-u", users, "-r", 1000, "-t", f"{seconds}s",
            "--stop-timeout", 5, "--host", url, "--only-summary", "--csv", "told",
        ], {"BENCH_BODY": str(BODY)}  # fmt: skip

    def ask(self, load: Load, url: str, folder: Path):
        return self.command("one_request_locust.py", load.connections, load.seconds, url)

    def told(self, output: str, folder: Path) -> Told:
        return Told(int(rows(folder)["Aggregated"]["Failure Count"]))

    def stream(self, count: int, url: str, folder: Path):
        return self.command("streams_locust.py", count, 6, url)

    def streamed(self, output: str, folder: Path) -> Streamed:
        asked, first = rows(folder)["all"], rows(folder)["first text"]
        whole, failed = int(first["Request Count"]), int(asked["Failure Count"])
        return Streamed(whole, failed, float(first["Average Response Time"]), float(first["99%"]))


def rows(folder: Path) -> dict:
    """Its statistics by name."""
    with open(folder / "told_stats.csv", newline="") as file:
        return {row["Name"]: row for row in csv.DictReader(file)}
