"""Measure engines: `python -m comparisons.bench.scale [--out FILE]`.

Each engine has a process of its own, whose memory is the runner's. A line of
JSON for each; on an idle machine.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from comparisons.bench.scale.measure import measure
from comparisons.records.environment import cpu_count
from comparisons.runs.processes import start_python
from shared.files.io import write_file

MODULE = "comparisons.bench.scale"
ENGINES = ("local", "ray")


def main(arguments: list[str]) -> int:
    """Measure each engine; 1 if one failed."""
    parser = argparse.ArgumentParser(f"python -m {MODULE}", description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=min(2, cpu_count()))
    parser.add_argument("--engines", nargs="+", default=ENGINES)
    parser.add_argument("--out", type=Path, help="file of JSON lines to write")
    parser.add_argument("--single", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.single:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(
                options.single, options.jobs, options.runs, Path(folder)
            )
        print(json.dumps(found))
        return 0
    command = f"python -m {MODULE} --runs {options.runs} --jobs {options.jobs}"
    lines = []
    for engine in options.engines:
        given = {"--runs": options.runs, "--jobs": options.jobs}
        words = [w for name, v in given.items() for w in (name, str(v))]
        with start_python(
            *(MODULE, "--single", engine, *words),
            stdout=subprocess.PIPE,
        ) as process:
            text, _ = process.communicate()
        if process.returncode:
            return 1
        line = json.loads(text.splitlines()[-1]) | {"command": command}
        lines.append(json.dumps(line))
        print(lines[-1], flush=True)
    if options.out:
        write_file(options.out, "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
