"""Work B: many streams at once; how far a client's time to the first text is from the server's, and what it costs."""

import sys
from dataclasses import dataclass

from page import middle, table
from trial import Bench, in_turn


@dataclass(frozen=True)
class Stand:
    """One run of one client beside the server's truth; milliseconds."""

    whole: int
    failed: int
    mean_ms: float
    p99_ms: float
    mean_error_ms: float
    p99_error_ms: float
    cpu_s: float


def measure(client, count: int, bench: Bench) -> Stand | None:
    """One run of one client."""
    trial = bench.trial(
        f"{client.name} with {count} streams",
        90,
        lambda url, folder: client.stream(count, url, folder),
        client.streamed,
    )
    if trial is None:
        return None
    ran, truth, told = trial
    true = truth["first_text_ms"]
    stand = Stand(
        told.whole, told.failed, told.mean_ms, told.p99_ms, told.mean_ms - true["mean"], told.p99_ms - true["p99"], ran.cpu_s
    )
    print(f"  {client.name}, {count} streams: {told.whole} whole, {told.failed} failed, first text {told.mean_ms:.1f} / "
          f"{told.p99_ms:.1f} ms, server {true['mean']:.1f} / {true['p99']:.1f} ms of {true['count']}, "
          f"CPU {ran.cpu_s:.2f} s", file=sys.stderr)  # fmt: skip
    return stand


class Streams:
    """All rounds of work B: `stands[client, streams]`, a list."""

    def __init__(self, clients, bench: Bench, counts):
        self.clients, self.bench, self.counts = clients, bench, counts
        self.stands = {}

    def round(self, number: int) -> None:
        """Every client once with every number of streams."""
        for count in self.counts:
            for client in in_turn(self.clients, number):
                if stand := measure(client, count, self.bench):
                    self.stands.setdefault((client.name, count), []).append(stand)

    def tables(self) -> str:
        rows = []
        for (name, count), stands in sorted(self.stands.items(), key=lambda entry: entry[0][1]):
            rows.append([
                count, name, middle(stand.whole for stand in stands), sum(stand.failed for stand in stands),
                middle(stand.mean_ms for stand in stands), middle(stand.mean_error_ms for stand in stands),
                middle(stand.p99_ms for stand in stands), middle(stand.p99_error_ms for stand in stands),
                middle(stand.cpu_s for stand in stands),
            ])  # fmt: skip
        head = ["streams", "client", "whole", "failed", "first text mean, ms", "error", "first text p99, ms", "error", "CPU s"]
        return table(head, rows) if rows else ""
