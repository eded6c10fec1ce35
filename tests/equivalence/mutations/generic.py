"""`python -m tests.equivalence.mutations.generic`: mutate what scores."""

# mutmut changes each operator, number, text, and argument in the files of
# MUTATED, one by one; the quick tests of these files run against each mutant.

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from .planted import ROOT
from .runner import copy_project

RECORD = ROOT / "docs" / "mutmut.jsonl"

MUTATED = ("shared/metrics.py", "shared/batching/*.py")
MUTATED += ("comparisons/analysis/*.py",)
SPARED = ["comparisons/analysis/calibration/*.py"]
"""What makes a record of simulations; each of its tests takes one."""

TESTS = [
    *("tests/analysis", "tests/shared/batching"),
    *("tests/shared/scores/test_metrics.py", "tests/cli/test_sweep.py"),
    "tests/report/test_report_analysis.py",
    "tests/report/test_report_records.py",
]
MANY = "tests/report/test_report_records.py::test_a_record_may_lack_a_field"

OPTIONS = ["-o", "addopts=", "-q", "-p", "no:cacheprovider"]
OPTIONS += ["-m", "not slow and not browser and not data", "--deselect", MANY]

DRAWN = "drawn.json"
SAMPLE = "sample of the others"
"""Name of the line of the mutants that `--sample` draws."""

OUTCOMES = {0: "survived", 1: "killed", 3: "killed", 5: "no_tests"}
OUTCOMES |= {33: "no_tests", -9: "killed", -11: "killed"}
OUTCOMES |= dict.fromkeys((24, -24, 36, 152, 255), "timeout")
"""Exit code of the tests of a mutant -> what became of it.

A mutant that no longer ends is killed by that: a timeout is among the killed.
"""


def main() -> int:
    """Run mutmut and write a line for each file."""
    options = parse()
    if not shutil.which("mutmut"):
        print(
            "mutmut is not installed: pip install 'mutmut>=3.8,<4'",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(options.copy or Path(folder) / "project")
        command = ["mutmut", "run", "--max-children", str(options.jobs)]
        if options.sample:
            options.only = draw(copy / "mutants", options.sample)
        done = subprocess.run(
            command + options.only,
            cwd=copy,
            env=os.environ | {"PYTHONPATH": ""},
            check=False,
        )
        if done.returncode:
            return done.returncode
        write(options.record, copy / "mutants")
    return 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.equivalence.mutations.generic",
        description="Run mutmut over scores, batching, and statistics.",
    )
    parser.add_argument(
        "only", nargs="*", help="patterns, as in 'shared.metrics*' (all)"
    )
    parser.add_argument("--jobs", type=int, default=2, help="at a time (2)")
    parser.add_argument(
        "--sample",
        type=int,
        default=0,
        help="run N more mutants of --copy, drawn at random from those not run",
    )
    parser.add_argument(
        "--copy", type=Path, help="folder of a copy to go on with (a new one)"
    )
    parser.add_argument(
        "--record", type=Path, default=RECORD, help="file of counts"
    )
    return parser.parse_args()


def copied(folder: Path) -> Path:
    """A copy of the project with the section of mutmut."""
    configure(copy_project(folder) / "pyproject.toml")
    return folder


def configure(path: Path) -> None:
    section = {
        "source_paths": ["shared", "comparisons"],
        "only_mutate": list(MUTATED),
        "do_not_mutate": SPARED,
        "also_copy": ["pytorch_impl", "keras_impl", "jax_impl", "docs"],
        "pytest_add_cli_args": OPTIONS,
        "pytest_add_cli_args_test_selection": TESTS,
    }
    lines = [f"{name} = {json.dumps(value)}" for name, value in section.items()]
    with path.open("a") as file:
        file.write("\n".join(["", "[tool.mutmut]", *lines, ""]))


def draw(mutants: Path, size: int) -> list[str]:
    """Names of mutants that were not run, drawn at random and kept."""
    known = drawn(mutants)
    rest = sorted(
        name
        for codes in results(mutants).values()
        for name, code in codes.items()
        if code is None
    )
    names = Random(len(known)).sample(rest, min(size, len(rest)))
    (mutants / DRAWN).write_text(json.dumps([*known, *names]))
    return names


def drawn(mutants: Path) -> list[str]:
    path = mutants / DRAWN
    names: list[str] = json.loads(path.read_text()) if path.exists() else []
    return names


def results(mutants: Path) -> dict[str, dict[str, int | None]]:
    """File -> mutant -> exit code of its tests, None if they did not run."""
    found = {}
    for path in sorted(mutants.rglob("*.py.meta")):
        name = str(path.relative_to(mutants)).removesuffix(".meta")
        codes = json.loads(path.read_text())["exit_code_by_key"]
        if codes:
            found[name] = codes
    return found


def write(record: Path, mutants: Path) -> None:
    """A line for each file, and one for a random sample of what did not run.

    A mutant of the sample is counted there, and not with its file.
    """
    sample, lines, rest = set(drawn(mutants)), [], 0
    known: list[int] = []
    for name, codes in results(mutants).items():
        done = [c for n, c in codes.items() if n not in sample]
        ended = [code for code in done if code is not None]
        known += [c for n, c in codes.items() if n in sample and c is not None]
        rest += len(codes) - len(ended)
        if ended:
            lines.append(counts(name, len(codes), ended))
    if known:
        lines.append(counts(SAMPLE, rest, known))
    record.write_text("".join(json.dumps(line) + "\n" for line in lines))


def counts(name: str, mutants: int, codes: list[int]) -> dict[str, str | int]:
    found = Counter(OUTCOMES.get(code, "other") for code in codes)
    found["killed"] += found["timeout"]
    shown = ("killed", "survived", "no_tests", "timeout")
    numbers = {outcome: found[outcome] for outcome in shown}
    return {"file": name, "mutants": mutants, "run": len(codes), **numbers}


if __name__ == "__main__":
    sys.exit(main())
