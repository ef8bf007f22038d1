"""``python -m benchmarks [--only NAME] [--json FILE]``: measure, and print a table."""

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the program does, before numpy is imported

from benchmarks import check, frames, gradient, plots, startup, training, training_window
from benchmarks.measure import Benchmark, Missing, Row

FAMILIES: dict[str, tuple[Benchmark, ...]] = {
    "gradient": gradient.BENCHMARKS,
    "check": check.BENCHMARKS,
    "frames": frames.BENCHMARKS,
    "training window": training_window.BENCHMARKS,
    "plots": plots.BENCHMARKS,
    "startup": startup.BENCHMARKS,
    "training": training.BENCHMARKS,
}
COLUMNS = "{:<52} {:>10} {:>10} {:>7}  {}"


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if every goal measured was met, 1 if one was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="How fast nnviz is, and against what.")
    parser.add_argument("--only", metavar="NAME", default="", help="those whose family or name contains NAME")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures there, too, in seconds")
    parser.add_argument(
        "--quick", action="store_true", help="run each once, to see that it runs; the figures say little"
    )
    chosen = parser.parse_args(arguments)
    wanted = [b for family, rows in FAMILIES.items() for b in rows if chosen.only in f"{family}: {b.name}"]
    if not wanted:
        parser.error(f"no benchmark is called {chosen.only!r}; there are: " + ", ".join(FAMILIES))
    rows = list(_measured(wanted, chosen.quick))
    if chosen.json:
        figures = [{**asdict(row), "ratio": row.ratio, "met": row.met} for row in rows]
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return int(any(row.met is False for row in rows))


def _measured(benchmarks: Sequence[Benchmark], quick: bool) -> Iterator[Row]:
    print(COLUMNS.format("name (ours : other)", "ours", "other", "ratio", "goal"))
    for benchmark in benchmarks:
        try:
            row = benchmark.measure(quick)
        except Missing as missing:
            print(f"{benchmark.name:<52} not measured: {missing}.", flush=True)
            continue
        print(COLUMNS.format(row.name, _time(row.ours), _time(row.other), f"{row.ratio:.2f}", _goal(row)), flush=True)
        yield row


def _goal(row: Row) -> str:
    return "" if row.limit is None else f"≤ {row.limit:.2f} {'met' if row.met else 'missed'}"


def _time(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.2f} {unit}"
    return f"{seconds / 1e-6:.1f} µs"


if __name__ == "__main__":
    raise SystemExit(main())
