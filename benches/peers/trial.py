"""One run of one client against a server of its own."""

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from measured import Ran, run
from server import Server


@dataclass(frozen=True)
class Bench:
    """Where runs take place: the server's program, the core it has to itself, and the client's core."""

    program: Path
    server_core: int
    client_core: int
    # Runs that left nothing to read, and why; they are in no figure.
    broken: list[str] = field(default_factory=list)

    def trial(self, name: str, limit_s: float, ask, read):
        """Runs `ask(url, folder)`; gives what it cost, the server's truth, and what `read(output, folder)` makes of it.

        Gives nothing when the run left nothing to read.
        """
        with tempfile.TemporaryDirectory() as made, Server(self.program, self.server_core) as server:
            folder = Path(made)
            command, env = ask(server.url, folder)
            ran: Ran = run(command, folder, self.client_core, limit_s, env)
            truth = server.truth()
            try:
                told = read(ran.output, folder)
            except (OSError, LookupError, ValueError) as error:
                self.broken.append(f"{name} ended {ran.code}: {error!r}")
                print(f"  {self.broken[-1]}\n{ran.output.strip()[-2000:]}", file=sys.stderr)
                return None
        return ran, truth, told


def in_turn(clients: list, number: int) -> list:
    """The clients in this round's order: each round begins with another, so that none always runs after the same."""
    place = number % max(len(clients), 1)
    return clients[place:] + clients[:place]
