"""`compare.py score FILE`: a trained model, in every framework.

Whichever framework trained it, the others load its weights and must give
the same predictions.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from rich.table import Table

from comparisons.analysis.tables import make_console, number, terminal_table
from comparisons.arguments.command_line import parse
from comparisons.arguments.extras import chosen
from comparisons.equivalence.limits import LIMITS
from comparisons.records.checkpoints import load_checkpoint
from comparisons.records.environment import cpu_count
from comparisons.runs.trained import model_worker, title
from shared.exhibits.names import framework_name, metric_name, score_text
from shared.tasks import get_task
from shared.weights.checkpoints import Checkpoint

LIMIT = LIMITS["float32"]["forward"]


def main(arguments: list[str]) -> int:
    """Print scores and deviations; 1 if a framework parts from the rest."""
    options = parse("score", arguments)
    trained = load_checkpoint(options.file)
    task = get_task(trained.run.task)
    task.fetch(trained.run.data, True)
    names = chosen(options.frameworks)
    ask = partial(scores_of, trained, options)
    with ThreadPoolExecutor(cpu_count()) as pool:  # nothing is timed
        found = dict(zip(names, pool.map(ask, names)))
    console = make_console()
    console.print(title(trained))
    console.print(table(found))
    over = [name for name, r in found.items() if not r["deviation"] <= LIMIT]
    for name in over:
        console.print(
            f"{framework_name(name)}: predictions differ (limit {LIMIT:.0e})"
        )
    return 1 if over else 0


def scores_of(
    trained: Checkpoint, options: Any, framework: str
) -> dict[str, Any]:
    with model_worker(trained, framework, options.timeout) as ask:
        return ask("score", path=str(options.file.resolve()))


def table(found: dict[str, dict[str, Any]]) -> Table:
    names = list(next(iter(found.values()))["scores"])
    headings = ("framework", *map(metric_name, names), "max. rel. error")
    rows = [
        (
            framework_name(framework),
            *(score_text(name, result["scores"][name]) for name in names),
            number(result["deviation"], ".0e"),
        )
        for framework, result in found.items()
    ]
    return terminal_table(headings, rows)
