"""What a comparison found: tables, sentences, a picture, and the page."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from comparisons.api.files import write
from comparisons.api.tables import joined, meaning, plain

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from comparisons.analysis.loading import Comparison
    from comparisons.analysis.summary import Summary


@dataclass(frozen=True, repr=False)
class Results:
    """The comparisons of a folder: one, or one for each setting.

    parts: name -> the comparison; of several, all tables have the name in
    their first column.
    """

    folder: Path
    parts: dict[str, Comparison]

    @classmethod
    def of(cls, folder: Path, summary: Summary) -> Results:
        from comparisons.analysis.loading import Comparison

        name = summary.task.name
        return cls(folder, {name: Comparison(name, "part1", folder, summary)})

    def table(self) -> pd.DataFrame:
        """A row for each framework and cell, the columns of `results.csv`.

        Seconds, MB and parameters are in the units of their names; the
        metric is the mean over the seeds.
        """
        from comparisons.analysis.formats import frame

        return joined(self.parts, frame)

    def runs(self) -> pd.DataFrame:
        """A row for each run: framework, cell, seed, status, its numbers.

        "metric" is the task's score on the test split; a run without a
        result has NaN.
        """
        return joined(self.parts, lambda s: s.runs.drop(columns="record"))

    def findings(self) -> list[str]:
        """The sentences that the statistics support."""
        from comparisons.analysis.findings import sentences

        several = len(self.parts) > 1
        return [
            f"{name}: {text}" if several else text
            for name, part in self.parts.items()
            for text in sentences(part.summary)
        ]

    def plot(self) -> Figure:
        """Validation score by epoch: a panel for each framework.

        A Matplotlib figure, which a notebook shows and `savefig` writes.
        """
        from comparisons.figures.lines import epoch_lines
        from comparisons.figures.matplotlib import lines_figure
        from shared.exhibits.names import metric_axis

        several, panels = len(self.parts) > 1, {}
        for name, part in self.parts.items():
            for title, lines in epoch_lines(part.summary).items():
                panels[f"{name}: {title}" if several else title] = lines
        names = {
            metric_axis(part.summary.task.validation_metric)
            for part in self.parts.values()
        }
        label = f"validation {' or '.join(sorted(names))}"
        return lines_figure(panels, ("epoch", label))

    def report(self, path: str | Path) -> Path:
        """Write the page (.html), or the table (.csv, .md, .tex, .parquet).

        Another ending, and a file that cannot be written, raise `UserError`.
        """
        path = Path(path)
        write(self.parts, path)
        return path

    def __repr__(self) -> str:
        tables = self._tables(lambda s: f"{plain(s)}\n{meaning(s)}")
        return "\n".join([*tables, *self.findings()])

    def _repr_markdown_(self) -> str:
        from comparisons.analysis.results import results_markdown

        tables = self._tables(
            lambda s: f"{results_markdown(s)}\n\n{meaning(s)}"
        )
        lines = [f"- {text}" for text in self.findings()]
        return "\n\n".join([*tables, "\n".join(lines)])

    def _repr_html_(self) -> str:
        from comparisons.analysis.results import texts

        items = "".join(f"<li>{html.escape(t)}</li>" for t in self.findings())

        def table(summary: Summary) -> str:
            unbroken = texts(summary).replace(" ", "\u00a0", regex=True)
            return (
                '<div style="overflow-x: auto">'
                f"{unbroken.to_html(index=False)}</div>"
                f"<p>{html.escape(meaning(summary))}</p>"
            )

        tables = self._tables(table)
        return f"{''.join(tables)}<ul>{items}</ul>"

    def _tables(self, written: Callable[[Summary], str]) -> Iterator[str]:
        for part in self.parts.values():
            yield written(part.summary)


def load(folder: str | Path) -> Results:
    """The results in the folder of a comparison, from its `runs.jsonl`.

    A folder without one raises `UserError`.
    """
    from comparisons.analysis.loading import read_parts

    parts = read_parts([Path(folder)])
    return Results(Path(folder), {part.label: part for part in parts})
