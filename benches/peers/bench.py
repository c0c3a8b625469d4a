#!/usr/bin/env python3
"""throng beside its peers: the same work, in one run, one after the other, several times.

    bench.py                                   all clients, three rounds, the tables on standard output
    bench.py --only throng,oha --streams=      what tuning a turn needs
    bench.py --throng before=A --throng after=B --only before,after,oha
    bench.py --write                           the tables also go to docs/BENCHMARKS.md
"""

import argparse
import os
import sys
import time
from pathlib import Path

import page
from clients import Unavailable, build
from clients.aiperf import AiPerf
from clients.artillery import Artillery
from clients.bare import Bare
from clients.goose import Goose
from clients.locust import Locust
from clients.oha import Oha
from clients.throng import Throng
from clients.vllm_bench import VllmBench
from clients.wrk import Wrk
from one_request import OneRequest
from streams import Streams
from trial import Bench

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOOLS = HERE / ".installed"
PAGE = ROOT / "docs/BENCHMARKS.md"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="NAMES", help="these clients, by commas; `list` names them")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5, help="how long one run lasts [5]")
    parser.add_argument("--rates", default="4000,20000", metavar="NUMBERS", help="requests a second [4000,20000]")
    parser.add_argument("--streams", default="100,300", metavar="NUMBERS", help="streams at once; `` for none [100,300]")
    parser.add_argument("--throng", metavar="[NAME=]PROGRAM", action="append", default=[],
                        help="the throng to measure, several times to compare several [target/release/throng]")  # fmt: skip
    parser.add_argument("--write", action="store_true", help="write the tables to docs/BENCHMARKS.md")
    return parser.parse_args()


def numbers(text: str) -> list[int]:
    """`100,300`; nothing is none."""
    return [int(number) for number in text.split(",") if number]


def throngs(programs) -> list[Throng]:
    """The throng of this checkout, or those that were asked for: with answers to check that are always the same, with such that vary,
    and with none.
    """
    named = [program.rpartition("=") for program in programs or [str(ROOT / "target/release/throng")]]
    all_on = [Throng(name or "throng", Path(path)) for name, _, path in named]
    varied = [Throng(f"{client.name}, answers that vary", client.program, path="/chat/varied") for client in all_on]
    return [*all_on, *varied, *(Throng(f"{client.name}, nothing to check", client.program, goal="chat") for client in all_on)]


def available(clients):
    """Installs the clients; says of each that cannot be had why."""
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
    page.check()
    ours = throngs(asked.throng)
    clients = [*ours, Bare(), Oha(), Goose(is_shared=False), Goose(is_shared=True), Wrk(), Locust(), Artillery(), AiPerf(),
               VllmBench()]  # fmt: skip
    if asked.only == "list":
        return print("\n".join(client.name for client in clients))
    if asked.only:
        clients = [client for client in clients if client.name in asked.only.split(",")]
    cores = sorted(os.sched_getaffinity(0))[:2]
    if len(cores) < 2:
        sys.exit("error: one core is not enough\n\nhint: the server gets one and the client another")
    TOOLS.mkdir(exist_ok=True)
    try:
        server = build(TOOLS, "server")
    except Unavailable as error:
        sys.exit(f"error: {error}\n\nhint: nothing can be measured without it; the first build needs the network")
    clients, missing = available(clients)
    bench, load_before = Bench(server, *cores), os.getloadavg()[0]
    works = {
        "One question, one answer": OneRequest(
            [client for client in clients if hasattr(client, "ask")], bench, asked.seconds, numbers(asked.rates)
        ),
        # What is checked in an answer makes no difference to when its first text came.
        "Streams": Streams(
            [client for client in clients if hasattr(client, "stream") and client not in ours[len(ours) // 3 :]],
            bench, numbers(asked.streams),
        ),
    }  # fmt: skip
    for number in range(asked.rounds):
        print(f"round {number + 1} of {asked.rounds}, {time.strftime('%H:%M:%S')}", file=sys.stderr)
        for work in works.values():
            work.round(number)
    versions = ", ".join(sorted({client.version() for client in clients}))
    told = [
        f"Machine: {page.machine()}; load average before the run {load_before:.1f}. Medians of {asked.rounds} rounds, "
        "and in brackets between what values the rounds lay.",
        f"Versions: {versions}." + (f" Left out: {'; '.join(missing)}." if missing else ""),
    ]
    if bench.broken:
        told.append(f"Runs that gave no figure: {'; '.join(bench.broken)}.")
    for title, work in works.items():
        if tables := work.tables():
            told += [f"### {title}", tables]
    part = "\n\n".join(told)
    print(part)
    if asked.write:
        PAGE.write_text(page.with_part(PAGE.read_text(), part))


if __name__ == "__main__":
    main()
