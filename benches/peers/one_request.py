"""Work A: one question, one answer, as often as asked; what a request costs the client."""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from clients import Load
from measured import run
from page import middle, ratios, table
from server import Server

BODY = Path(__file__).parent / "work/one-request.json"
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


def measure(client, load: Load, program: Path, cores) -> Cost:
    """One run of one client against a server of its own."""
    with tempfile.TemporaryDirectory() as name, Server(program, cores[0]) as server:
        folder = Path(name)
        command, env = client.ask(load, server.url, BODY)
        ran = run(command, folder, cores[1], limit_s=load.seconds * 2 + 30, env=env)
        requests = server.truth()["requests"]
        try:
            told = client.told(ran.output, folder)
        except (OSError, KeyError, ValueError) as error:
            raise RuntimeError(f"{client.name} at {load} ended {ran.code}: {error!r}\n{ran.output[-2000:]}") from error
    cost = Cost(ran.code, requests, told.failed, requests / load.seconds, ran.cpu_s, told.lag_p99_ms)
    print(f"  {client.name:20} {load!s:10} {cost.requests_per_s:9.0f}/s  {cost.cpu_s / max(requests, 1) * 1e6:6.1f} us "
          f"whole  {cost.failed} failed  lag p99 {cost.lag_p99_ms} ms", file=sys.stderr)  # fmt: skip
    return cost


def highest(client, program: Path, cores) -> Cost | None:
    """A run at the highest rate that the client carries on time, sought between nothing and `MOST`."""
    low, high, best = 0, MOST, None
    for _ in range(HALVINGS):
        load = Load(seconds=3, rate=(low + high) // 2)
        cost = measure(client, load, program, cores)
        if cost.kept_up():
            low, best = load.rate, cost
        else:
            high = load.rate
    return best


class OneRequest:
    """All rounds of work A."""

    def __init__(self, clients, program: Path, cores, seconds: int, rates):
        self.clients, self.program, self.cores, self.seconds, self.rates = clients, program, cores, seconds, rates
        self.loads = [f"{rate:,}/s" for rate in rates] + ["flat out"]
        self.costs = {}  # by client and load, by round
        self.starts = {}  # by client, by round

    def round(self, number: int) -> None:
        """Every client once under every load, one after the other; each round begins with another client."""
        turn = number % len(self.clients)
        clients = self.clients[turn:] + self.clients[:turn]
        for client in clients:
            if client.holds_a_rate:
                self.starts.setdefault(client.name, {})[number] = measure(client, START, self.program, self.cores)
        for rate in self.rates:
            for client in clients:
                if client.holds_a_rate:
                    self.note(client, f"{rate:,}/s", number, self.measure(client, rate))
        for client in clients:
            cost = self.measure(client, None) if client.runs_flat_out else highest(client, self.program, self.cores)
            self.note(client, "flat out", number, cost)

    def measure(self, client, rate: int | None) -> Cost:
        return measure(client, Load(self.seconds, rate), self.program, self.cores)

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
        return f"{self.measured()}\n\n{self.compared()}"

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
        starts = [
            f"{name} {middle(cost.cpu_s * 1e3 for cost in costs.values())}" for name, costs in self.starts.items()
        ]
        head = ["load", "client", "requests/s", "CPU µs per request", "schedule lag p99, ms", "failed"]
        return f"{table(head, rows)}\n\nNot in it: CPU ms of starting, ending and one second with {START.rate} requests: {'; '.join(starts)}."

    def compared(self) -> str:
        """CPU per request of each throng over each peer."""
        ours = [client.name for client in self.clients if not client.runs_flat_out]
        rows = []
        for load in self.loads:
            for our in ours:
                for peer in self.clients:
                    both = self.us_per_request(our, load), self.us_per_request(peer.name, load)
                    if peer.name not in ours and all(both):
                        rows.append([load, f"{our} / {peer.name}", middle(ratios(*both))])
        return table(["load", "CPU per request", "ratio"], rows)
