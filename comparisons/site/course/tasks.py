"""`{tasks}` and `{two-cells}`: all tasks of the records in one table."""

import re
from pathlib import Path

from comparisons.analysis.effects.effect import Effect
from comparisons.analysis.effects.text import verdict_of
from comparisons.analysis.tables import markdown_table
from comparisons.analysis.wording import BETTER, OPEN, TIE, WORSE
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from comparisons.site.course.base import CourseDirective, summary
from comparisons.site.course.effect_values import effect
from comparisons.site.overview import TASKS, tasks
from comparisons.site.selected import difference
from shared.errors import UserError
from shared.exhibits.names import cell_name, metric_name, score_text

DOCS = "docs"
LINK = re.compile(r"\[(\w+)\]\(docs/\w+\.md\)")

VERDICTS = {
    BETTER: "settled",
    WORSE: "settled",
    TIE: "a tie",
    OPEN: "not settled",
}
UNTESTED = "one seed, not tested"


class TasksDirective(CourseDirective):
    """`{tasks}`: the best cell and the best baseline of each task."""

    required_arguments = 0

    def text(self) -> str:
        """The table of the README, whose pages are not part of the site."""
        self.depends_on(map(path_of, TASKS))
        return LINK.sub(r"\1", tasks(ROOT, DOCS))


class TwoCellsDirective(CourseDirective):
    """`{two-cells} gru lstm`: two cells in all tasks that have both."""

    def text(self) -> str:
        """A row for each task: scores, difference, and whether settled."""
        self.depends_on(map(path_of, TASKS))
        names = self.arguments[0].split()
        if len(names) != 2:
            raise UserError(f"'{self.arguments[0]}' is not two cells")
        return two_cells(*names)


def path_of(task: str) -> Path:
    return records_file(ROOT / folder_of(task))


def folder_of(task: str) -> str:
    return f"{DOCS}/{TASKS[task].folder or task}"


def two_cells(first: str, second: str) -> str:
    """Markdown; of one seed without scores of test examples no interval."""
    rows = []
    for task in TASKS:
        found = summary(folder_of(task))
        if {first, second} <= set(found.cells):
            one = effect(found, first, second)
            rows.append([task, *texts(one), verdict(one)])
    heads = ["task", "metric", cell_name(first), cell_name(second)]
    heads += [f"{cell_name(first)} is (95 % CI)", "result"]
    return markdown_table(heads, rows, "llrrll")


def texts(one: Effect) -> list[str]:
    scores = one.first_score, one.second_score
    shown = [score_text(one.metric, score) for score in scores]
    return [metric_name(one.metric), *shown, difference(one)]


def verdict(one: Effect) -> str:
    return VERDICTS[verdict_of(one)] if one.tested else UNTESTED
