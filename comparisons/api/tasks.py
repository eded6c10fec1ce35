"""The tasks that can be trained, and how a notebook shows them."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.task import Task


class Tasks(dict[str, "Task"]):
    """Name -> task; shown as a table of what each is."""

    def __repr__(self) -> str:
        width = max(map(len, self), default=0)
        return "\n".join(
            f"{name:{width}}  {task.summary}" for name, task in self.items()
        )

    def _repr_html_(self) -> str:
        from shared.exhibits.names import metric_name

        heads = ("task", "summary", "metric", "presets")
        rows = [
            (
                name,
                task.summary,
                metric_name(task.metric),
                ", ".join(task.presets),
            )
            for name, task in self.items()
        ]
        lines = [_row("th", heads), *(_row("td", row) for row in rows)]
        return f"<table>{''.join(lines)}</table>"


def tasks(*files: str | Path) -> Tasks:
    """Name -> task, with its `summary`, `presets`, `metric`, `model`, ...

    files: of tasks of one's own, which `load` and `best` then know too.

    >>> import comparisons
    >>> comparisons.tasks()["echo"].metric
    'accuracy'
    """
    from shared.tasks import get_task, task_names
    from shared.tasks.files import use_file

    names = [*task_names(), *map(use_file, files)]
    return Tasks({task.name: task for task in map(get_task, names)})


def _row(kind: str, cells: tuple[str, ...]) -> str:
    style = ' style="text-align: left"'
    texts = [f"<{kind}{style}>{html.escape(c)}</{kind}>" for c in cells]
    return f"<tr>{''.join(texts)}</tr>"
