"""Calibrate: `python -m comparisons.analysis.calibration [--tables N]`.

Writes a JSON line for each number of seeds, metric, and regime.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from comparisons.analysis.calibration.simulate import (
    REGIMES,
    TASKS,
    Counts,
    simulated,
)

SEEDS = (1, 2, 3, 5, 10)
MODULE = "python -m comparisons.analysis.calibration"


def calibrated(tables: int, seeds: tuple[int, ...]) -> Iterator[dict[str, Any]]:
    """A result for each case; `tables` is their number for each of seeds."""
    cases = [(metric, case) for metric in TASKS for case in REGIMES]
    for count in seeds:
        for place, (metric, case) in enumerate(cases):
            size = len(range(place, tables, len(cases)))
            rng = np.random.default_rng([count, place])
            found, others = simulated(metric, case, count, size, rng)
            yield {
                "seeds": count,
                "metric": metric,
                "regime": case.name,
                **vars(found),
                "alternatives": {
                    name: round(covering / size, 4)
                    for name, covering in others.items()
                },
            }


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(MODULE, description=__doc__)
    parser.add_argument("--tables", type=int, default=10_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--out", type=Path, help="file of JSON lines to append")
    options = parser.parse_args(arguments)
    seeds = " ".join(map(str, options.seeds))
    command = f"{MODULE} --tables {options.tables} --seeds {seeds}"
    total: dict[int, Counts] = {}
    for line in calibrated(options.tables, tuple(options.seeds)):
        text = json.dumps({**line, "command": command})
        if options.out:
            with options.out.open("a", encoding="utf-8") as file:
                file.write(text + "\n")
        counts = {name: line[name] for name in vars(Counts())}
        total.setdefault(line["seeds"], Counts()).add(Counts(**counts))
        print(text, file=sys.stderr, flush=True)
    for count, found in total.items():
        print(
            f"{count} seed{'s' * (count != 1)}: {found.tables:,} pages without "
            f"a difference, {found.false_claims / found.tables:.1%} with a "
            f"false claim; {found.covered / found.intervals:.1%} of "
            f"{found.intervals:,} intervals cover the difference"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
