"""`python -m comparisons.site.install`: what each extra installs, measured.

Each is installed into an environment of its own, made for it and deleted, in
the versions of `constraints.txt`. Seconds include downloads, of which pip keeps
a copy: measure twice.
"""

import json
import shlex
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from comparisons.analysis.tables import markdown_table
from comparisons.records.environment import ROOT, machine
from shared.files.io import write_file

FILE = "docs/install.jsonl"
COMMAND = "python -m comparisons.site.install"

CUDA = "pytorch-cuda"
"""PyTorch as PyPI has it, whatever wheels this machine has for pip."""

EXTRAS = ("", "pytorch", CUDA, "keras", "jax", "all")
"""Of the table; "" installs the core."""

NAMES = {"": "core", CUDA: "`[pytorch]` with CUDA"}
"""Extra -> its name in the table, if it is another one."""

FRAMEWORKS = ("torch", "keras", "tensorflow", "jax", "flax")
"""Distributions whose versions are recorded."""

FIRST = ("compare.py", "--task", "sine", "--preset", "quick", "--quiet")
"""What is run first where a framework is installed."""

Line = dict[str, Any]


def main() -> None:
    """Measure the extras that are named, or all of them, and record them."""
    path = ROOT / FILE
    known = {line["extra"]: line for line in read_lines(path)}
    for extra in sys.argv[1:] or EXTRAS:
        known[extra] = measure(extra)
        lines = [known[name] for name in EXTRAS if name in known]
        write_file(path, "".join(json.dumps(line) + "\n" for line in lines))
    print(table(lines))


def read_lines(path: Path) -> list[Line]:
    """The measurements of a file; none where there is none yet."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return list(map(json.loads, text.splitlines()))


def measure(extra: str) -> Line:
    """Sizes in MB and seconds of one extra in an environment of its own."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "env")
        venv.create(place, with_pip=True)
        bare, programs = megabytes(place), place / "bin"
        command = [str(programs / "python"), *pip_install(extra)]
        seconds = timed(command, folder)
        first = FIRST if extra else ("compare.py", "list")
        return {
            "extra": extra,
            "mb": round(megabytes(place) - bare),
            "install_s": round(seconds, 1),
            "first": shlex.join(first),
            "first_s": round(timed([programs / first[0], *first[1:]], folder)),
            "versions": versions(programs / "python"),
            "machine": machine(),
        }


def pip_install(extra: str) -> list[str]:
    """The words after `python` that install an extra of this checkout."""
    isolated = ["--isolated"] if extra == CUDA else []
    named = "pytorch" if extra == CUDA else extra
    target = f"{ROOT}[{named}]" if named else str(ROOT)
    words = ["-m", "pip", *isolated, "install", "--quiet", "--editable", target]
    return [*words, "--constraint", str(ROOT / "constraints.txt")]


def megabytes(folder: Path) -> float:
    """MB of the files below a folder, of each file as it is stored."""
    stats = [p.lstat() for p in folder.rglob("*")]
    return sum(stat.st_blocks for stat in stats) * 512 / 1e6


def timed(words: Iterable[Any], folder: str) -> float:
    """Seconds of a command; CalledProcessError if it fails."""
    began = time.perf_counter()
    subprocess.run(
        [str(word) for word in words],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def versions(python: Path) -> dict[str, str]:
    """Distribution -> version, of the frameworks of an environment."""
    words = [str(python), "-m", "pip", "list", "--format", "json"]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    found = {d["name"]: d["version"] for d in json.loads(done.stdout)}
    return {name: found[name] for name in FRAMEWORKS if name in found}


def table(lines: Iterable[Line]) -> str:
    """A row for each extra."""
    rows = [
        [
            NAMES.get(line["extra"], f"`[{line['extra']}]`"),
            ", ".join(f"{n} {v}" for n, v in line["versions"].items()),
            f"{line['mb']:,}",
            f"{line['install_s']:.0f}",
            f"{line['first_s']}",
        ]
        for line in lines
    ]
    heads = ("install", "brings", "MB", "install s", "first command s")
    return markdown_table(heads, rows, "llr")


def install(root: Path, name: str) -> str:
    """The table of a file of measurements."""
    return table(read_lines(root / name))


INSTALL = {"install": install}
"""Kind of a marker -> the function that writes its table."""


if __name__ == "__main__":
    main()
