"""`compare.py score FILE`: a trained model, in every framework.

Whichever framework trained it, the others load its weights and must give
the same predictions.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from comparisons.analysis.statistics import number
from comparisons.arguments.flags import Parser
from comparisons.arguments.options import words
from comparisons.equivalence.limits import LIMITS
from comparisons.frameworks import DEFAULT, FRAMEWORKS
from comparisons.records.environment import cpu_count
from comparisons.runs.trained import model_worker, title
from shared.tasks import data_options, get_task
from shared.weights.checkpoints import Checkpoint, load_checkpoint

LIMIT = LIMITS["float32"]["forward"]


def main(arguments: list[str]) -> int:
    """Print scores and deviations; 1 if a framework parts from the rest."""
    parser = Parser(prog="compare.py score", allow_abbrev=False)
    parser.add_argument(
        "file", type=Path, help="a *.safetensors of a run, a folder of best/"
    )
    parser.add_argument("--frameworks", nargs="+", help=", ".join(FRAMEWORKS))
    parser.add_argument("--timeout", type=float, default=900.0)
    options = parser.parse_args(arguments)
    trained = load_checkpoint(options.file)
    task = get_task(trained.run.task)
    task.fetch(data_options(trained.run), True)
    names = words(options.frameworks or DEFAULT)
    ask = partial(scores_of, trained, options)
    with ThreadPoolExecutor(cpu_count()) as pool:  # nothing is timed
        found = dict(zip(names, pool.map(ask, names)))
    console = Console(highlight=False)
    console.print(title(trained))
    console.print(table(found))
    over = [name for name, r in found.items() if not r["deviation"] <= LIMIT]
    for name in over:
        console.print(f"{name}: not the same predictions (limit {LIMIT:.0e})")
    return 1 if over else 0


def scores_of(
    trained: Checkpoint, options: Any, framework: str
) -> dict[str, Any]:
    """What one framework makes of the file."""
    with model_worker(trained, framework, options.timeout) as ask:
        return ask("score", path=str(options.file.resolve()))


def table(found: dict[str, dict[str, Any]]) -> Table:
    """A line for each framework."""
    names = list(next(iter(found.values()))["scores"])
    lines = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    lines.add_column("framework")
    for name in (*names, "from the reference"):
        lines.add_column(name, justify="right")
    for framework, result in found.items():
        scores = [number(result["scores"][name], ".4f") for name in names]
        apart = number(result["deviation"], ".0e")
        lines.add_row(framework, *scores, apart)
    return lines
