#!/usr/bin/env python3
"""throng beside its peers: the same work, in one run, one after the other, several times.

    bench.py                                   all clients, three rounds, the tables on standard output
    bench.py --only throng,oha --rounds 5      what tuning needs
    bench.py --throng before=A --throng after=B --only before,after,oha
    bench.py --write                           the tables also go to docs/BENCHMARKS.md
"""

import argparse
import os
import sys
import time
from pathlib import Path

import page
from clients import Unavailable, installed
from clients.goose import Goose
from clients.oha import Oha
from clients.throng import Throng
from clients.wrk import Wrk
from one_request import OneRequest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOOLS = HERE / ".installed"
PAGE = ROOT / "docs/BENCHMARKS.md"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="NAMES", help="these clients, by commas; `list` names them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=6, help="how long one run lasts [6]")
    parser.add_argument("--rates", default="4000,20000", help="requests a second, by commas [4000,20000]")
    parser.add_argument("--throng", metavar="[NAME=]PROGRAM", action="append", default=[],
                        help="the throng to measure, several times to compare several [target/release/throng]")  # fmt: skip
    parser.add_argument("--write", action="store_true", help="write the tables to docs/BENCHMARKS.md")
    parser.add_argument("--check", action="store_true", help="check the arithmetic, measure nothing")
    return parser.parse_args()


def throngs(programs) -> list[Throng]:
    """The throng of this checkout, once with answers to check and once without; or those that were asked for."""
    named = [program.rpartition("=") for program in programs or [str(ROOT / "target/release/throng")]]
    all_on = [Throng(name or "throng", Path(path)) for name, _, path in named]
    return [*all_on, *(Throng(f"{client.name}, nothing to check", client.program, goal="chat") for client in all_on)]


def available(clients):
    """Installs the clients and the two programs of ours; says of each that cannot be had why."""
    TOOLS.mkdir(exist_ok=True)
    installed("cargo", "build", "--release", "--locked", "--target-dir", TOOLS / "target", cwd=HERE / "programs",
              why="the server and the goose client could not be built")  # fmt: skip
    found, missing = [], []
    for client in clients:
        try:
            client.install(TOOLS)
            found.append(client)
        except Unavailable as error:
            print(f"{client.name} is left out: {error}", file=sys.stderr)
            missing.append(f"{client.name} ({error})")
    return found, missing


def main() -> None:
    asked = arguments()
    if asked.check:
        return page.check()
    clients = [*throngs(asked.throng), Oha(), Goose(is_shared=False), Goose(is_shared=True), Wrk()]
    if asked.only == "list":
        return print("\n".join(client.name for client in clients))
    if asked.only:
        clients = [client for client in clients if client.name in asked.only.split(",")]
    cores = sorted(os.sched_getaffinity(0))[:2]
    if len(cores) < 2:
        sys.exit("error: one core is not enough\n\nhint: the server gets one and the client another")
    clients, missing = available(clients)
    work = OneRequest(clients, TOOLS / "target/release/server", cores, asked.seconds,
                      [int(rate) for rate in asked.rates.split(",")])  # fmt: skip
    load_before = os.getloadavg()[0]
    for number in range(asked.rounds):
        print(f"round {number + 1} of {asked.rounds}, {time.strftime('%H:%M:%S')}", file=sys.stderr)
        work.round(number)
    versions = sorted({client.version() for client in clients})
    told = [
        f"Machine: {page.machine()}; load average before the run {load_before:.1f}. Rounds: {asked.rounds}.",
        f"Versions: {', '.join(versions)}." + (f" Left out: {'; '.join(missing)}." if missing else ""),
        work.tables(),
    ]
    part = "\n\n".join(told)
    print(part)
    if asked.write:
        PAGE.write_text(page.with_part(PAGE.read_text(), part))


if __name__ == "__main__":
    main()
