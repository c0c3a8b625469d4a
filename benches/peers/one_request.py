"""Work A: one question, one answer, as often as asked; what a request costs the client."""

import sys
from dataclasses import dataclass

from clients import Load
from page import middle, ratios, table
from trial import Bench, in_turn

# Next to nothing, so that what it costs is starting, ending and a second of waiting.
START = Load(seconds=1, rate=10)
# A paced client that is later than this against its own schedule no longer keeps up.
KEPT_UP_MS = 10.0
# The highest rate is sought below this, by halving this often; more is finer than the machine is steady.
MOST = 64_000
HALVINGS = 6


@dataclass(frozen=True)
class Cost:
    """What one run of one client did and cost."""

    code: int
    requests: int  # by the server's count
    failed: int  # by the client's own
    requests_per_s: float
    cpu_s: float
    lag_p99_ms: float | None

    def us_per_request(self, start: "Cost | None") -> float:
        """Processor time per request in microseconds, less that of starting and ending."""
        spent = self.cpu_s - (start.cpu_s if start else 0)
        return spent / max(self.requests, 1) * 1e6

    def kept_up(self) -> bool:
        return self.code == 0 and not self.failed and (self.lag_p99_ms or 0) <= KEPT_UP_MS


def measure(client, load: Load, bench: Bench) -> Cost | None:
    """One run of one client."""
    trial = bench.trial(
        f"{client.name} at {load}",
        load.seconds * 2 + 60,
        lambda url, folder: client.ask(load, url, folder),
        client.told,
    )
    if trial is None:
        return None
    ran, truth, told = trial
    requests = truth["requests"]
    cost = Cost(ran.code, requests, told.failed, requests / load.seconds, ran.cpu_s, told.lag_p99_ms)
    lag = "" if told.lag_p99_ms is None else f", schedule lag p99 {told.lag_p99_ms:.1f} ms"
    print(f"  {client.name} at {load}: {requests:,} requests, {told.failed} failed, CPU {ran.cpu_s:.3f} s{lag}",
          file=sys.stderr)  # fmt: skip
    return cost


def highest(client, bench: Bench) -> Cost | None:
    """A run at the highest rate that the client carries on time, sought between nothing and `MOST`."""
    low, high, best = 0, MOST, None
    for _ in range(HALVINGS):
        load = Load(seconds=2, rate=(low + high) // 2)
        cost = measure(client, load, bench)
        if cost and cost.kept_up():
            low, best = load.rate, cost
        else:
            high = load.rate
    return best


class OneRequest:
    """All rounds of work A."""

    def __init__(self, clients, bench: Bench, seconds: int, rates):
        self.clients, self.bench, self.seconds, self.rates = clients, bench, seconds, rates
        self.loads = [f"{rate:,}/s" for rate in rates] + ["flat out"]
        self.costs = {}  # by client and load, by round
        self.starts = {}  # by client, by round

    def round(self, number: int) -> None:
        """Every client once under every load, one after the other."""
        clients = in_turn(self.clients, number)
        for client in clients:
            if client.holds_a_rate and (cost := measure(client, START, self.bench)):
                self.starts.setdefault(client.name, {})[number] = cost
        for rate in self.rates:
            for client in clients:
                if client.holds_a_rate:
                    self.note(client, f"{rate:,}/s", number, self.measure(client, rate))
        for client in clients:
            cost = self.measure(client, None) if client.runs_flat_out else highest(client, self.bench)
            self.note(client, "flat out", number, cost)

    def measure(self, client, rate: int | None) -> Cost:
        return measure(client, Load(self.seconds, rate), self.bench)

    def note(self, client, load: str, number: int, cost: Cost | None) -> None:
        if cost:
            self.costs.setdefault((client.name, load), {})[number] = cost

    def us_per_request(self, name: str, load: str) -> dict[int, float]:
        """By round."""
        starts = self.starts.get(name, {})
        return {
            number: cost.us_per_request(starts.get(number)) for number, cost in self.costs.get((name, load), {}).items()
        }

    def tables(self) -> str:
        """What was measured, and the ratios that follow from it."""
        return f"{self.measured()}\n\n{self.compared()}".strip() if self.costs else ""

    def measured(self) -> str:
        rows = []
        for load in self.loads:
            for client in self.clients:
                costs = list(self.costs.get((client.name, load), {}).values())
                if not costs:
                    continue
                told = load if load != "flat out" or client.runs_flat_out else "highest rate kept"
                rows.append([
                    told, client.name, middle(cost.requests_per_s for cost in costs),
                    middle(self.us_per_request(client.name, load).values()),
                    middle(cost.lag_p99_ms for cost in costs), sum(cost.failed for cost in costs),
                ])  # fmt: skip
        starts = "; ".join(
            f"{name} {middle(cost.cpu_s * 1e3 for cost in costs.values())}" for name, costs in self.starts.items()
        )
        head = ["load", "client", "requests/s", "CPU µs per request", "schedule lag p99, ms", "failed"]
        note = f"Not in it: CPU ms of starting, ending and one second with {START.rate} requests: {starts}." if starts else ""
        return f"{table(head, rows)}\n\n{note}".strip()

    def is_answer(self, name: str, load: str) -> bool:
        """What a run cost that could not do its work is no answer to what the work costs."""
        return not any(cost.failed for cost in self.costs[name, load].values())

    def compared(self) -> str:
        """CPU per request of each throng over each peer."""
        ours = [client.name for client in self.clients if not client.runs_flat_out]
        rows = []
        for load in self.loads:
            for our in ours:
                for peer in self.clients:
                    both = self.us_per_request(our, load), self.us_per_request(peer.name, load)
                    if peer.name in ours or not all(both):
                        continue
                    if self.is_answer(our, load) and self.is_answer(peer.name, load):
                        told = load if load != "flat out" else "highest rate kept / flat out"
                        rows.append([told, f"{our} / {peer.name}", middle(ratios(*both))])
        return table(["load", "CPU per request", "ratio"], rows) if rows else ""
