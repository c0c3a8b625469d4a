"""The clients that are compared, a file for each.

A client has a `name`, says whether it `holds_a_rate` and whether it `runs_flat_out`, and has these functions:

    install(tools)              gets it into the folder `tools`; raises `Unavailable` where it cannot be had
    version()                   what was measured
    ask(load, url, folder)      work A: the command that asks one question per request, and its environment
    told(output, folder)        what the client itself says of that: `Told`
    stream(count, url, folder)  work B: the command that keeps so many streams open, and its environment
    streamed(output, folder)    what the client itself says of those: `Streamed`

and lacks what it cannot do. `folder` is where the command runs.
"""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

# The message that every client but throng sends; throng words its own, of the same length.
BODY = Path(__file__).parent.parent / "work/one-request.json"

# Ours in Rust: the server, the goose client and the bare sender.
PROGRAMS = Path(__file__).parent.parent / "programs"


class Unavailable(Exception):
    """Why a client cannot be had on this machine."""


@dataclass(frozen=True)
class Load:
    """What a client is asked to do: `rate` requests a second for `seconds`, or as fast as it can without a rate."""

    seconds: int
    rate: int | None = None
    connections: int = 64

    def __str__(self) -> str:
        return f"{self.rate:,}/s" if self.rate else "flat out"


@dataclass(frozen=True)
class Told:
    """What a client says of its own run."""

    failed: int
    lag_p99_ms: float | None = None  # how late it was against its own schedule, where it says so


@dataclass(frozen=True)
class Streamed:
    """What a client says of its streams: how many were whole, and the time to their first text."""

    whole: int
    failed: int
    mean_ms: float
    p99_ms: float


def installed(*command, why: str, cwd=None) -> None:
    """Runs one step of an installation."""
    if shutil.which(command[0]) is None:
        raise Unavailable(f"{why}: there is no {command[0]} here")
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
        raise Unavailable(f"{why}: {last}")


def build(tools: Path, program: str, *more) -> Path:
    """Builds one of our own programs."""
    installed("cargo", "build", "--release", "--locked", "--target-dir", tools / "target", "--bin", program, *more,
              cwd=PROGRAMS, why=f"{program} could not be built")  # fmt: skip
    return tools / "target/release" / program


def from_apt(package: str) -> None:
    """Gets a package of the system's."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    installed(*root, "apt-get", "update", "-q", why="apt's lists could not be read")
    installed(*root, "apt-get", "install", "-y", "-q", "--no-install-recommends", package, why=f"no package {package}")


def first_line(*command) -> str:
    """What a program says of its version."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    return (done.stdout.strip() or done.stderr.strip()).splitlines()[0]


def installed_by_pip(tools: Path, package: str) -> Path:
    """Gets a package of PyPI's into an environment of its own; gives the program of the same name."""
    program = tools / package / "bin" / package
    if not program.exists():
        installed("python3", "-m", "venv", tools / package, why=f"no environment for {package}")
        installed(tools / package / "bin/pip", "install", "--quiet", "--disable-pip-version-check", package,
                  why=f"pip could not install {package}")  # fmt: skip
    return program
