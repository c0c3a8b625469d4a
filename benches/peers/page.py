"""The arithmetic of the comparison, and its part of docs/BENCHMARKS.md."""

import os
import platform
import statistics
from datetime import date
from pathlib import Path

BEGIN = "<!-- written by `make bench-peers`: begin -->"
END = "<!-- written by `make bench-peers`: end -->"


def figure(value: float) -> str:
    """A number with as many digits as it deserves: three that count."""
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}"


def middle(values) -> str:
    """The median, and between which values the rounds lay: `7.90 (7.80-8.40)`."""
    values = [value for value in values if value is not None]
    if not values:
        return "-"
    told = figure(statistics.median(values))
    low, high = figure(min(values)), figure(max(values))
    return told if low == high else f"{told} ({low}-{high})"


def ratios(ours, theirs):
    """Ours over theirs, round by round: what disturbs one round disturbs both sides of it."""
    return [ours[place] / theirs[place] for place in sorted(ours.keys() & theirs.keys())]


def table(head, rows) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def machine() -> str:
    """What it was measured on; no host name."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} cores ({model}), {platform.system()} {platform.release()}, {date.today()}"


def with_part(page: str, part: str) -> str:
    """The page with `part` between the two marker lines, and all else as it was; at its end if it has no markers yet."""
    owned = f"{BEGIN}\n{part.strip()}\n{END}"
    if BEGIN not in page:
        return f"{page.rstrip()}\n\n{owned}\n"
    before, rest = page.split(BEGIN, 1)
    if END not in rest:
        raise ValueError(f"the line `{END}` is missing after `{BEGIN}`")
    return before + owned + rest.split(END, 1)[1]


def check() -> None:
    """What would spoil the figures silently if it were wrong."""
    assert [figure(value) for value in (0.456, 7.849, -12.34, 187432)] == ["0.46", "7.85", "-12.3", "187,432"]
    assert middle([3, 1, 2]) == "2.00 (1.00-3.00)" and middle([None]) == "-" and middle([5, 5]) == "5.00"
    assert ratios({0: 3.0, 1: 8.0, 2: 1.0}, {0: 2.0, 1: 4.0}) == [1.5, 2.0]
    assert table(["a", "b"], [[1, 2]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"
    first = with_part("# Page\n\nwords\n", "one")
    assert first == f"# Page\n\nwords\n\n{BEGIN}\none\n{END}\n"
    assert with_part(first + "\n## After\n", "two") == f"# Page\n\nwords\n\n{BEGIN}\ntwo\n{END}\n\n## After\n"
