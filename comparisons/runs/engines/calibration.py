"""Whether cores are disturbed: how fast they multiply, alone and since.

As a program, `python -m comparisons.runs.engines.calibration`, it answers
each line of its input with the products per second of its own cores.
"""

import subprocess
import sys
import time
from contextlib import suppress

import numpy as np

from comparisons.runs.engines.cores import Cores
from comparisons.runs.processes import start_python

SIZE, PRODUCTS, ROUNDS = 192, 8, 7
"""Rows of a matrix, products of a round, and rounds, whose median counts."""

ADMITTED = 0.9
"""Rate of undisturbed cores, relative to that of the same cores alone."""

MODULE = "comparisons.runs.engines.calibration"
VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Calibration:
    """A process that multiplies on the cores of a worker while that waits."""

    def __init__(self, cores: Cores, threads: int):
        self.process = start_python(
            MODULE,
            cores=cores,
            env=dict.fromkeys(VARIABLES, str(threads)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self.alone = max(self.rate() for _ in range(3))

    def rate(self) -> float:
        """Products per second; 0 where the process is gone."""
        assert self.process.stdin and self.process.stdout
        try:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
            return float(self.process.stdout.readline() or 0.0)
        except (OSError, ValueError):
            return 0.0

    def undisturbed(self, *rates: float) -> bool:
        """Whether the cores were as fast as alone, before and after a run."""
        return min(rates) >= ADMITTED * self.alone

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]


def products_per_second(matrix: np.ndarray) -> float:
    """The median round: one pause of the system is no load."""
    seconds = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for _ in range(PRODUCTS):
            matrix @ matrix
        seconds.append(time.perf_counter() - begin)
    return PRODUCTS / sorted(seconds)[ROUNDS // 2]


def main() -> None:
    """Answer until the input ends, as it does with the parent process."""
    matrix = np.random.default_rng(0).normal(size=(SIZE, SIZE))
    for _ in sys.stdin:
        print(products_per_second(matrix), flush=True)


if __name__ == "__main__":
    main()
