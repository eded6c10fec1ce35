"""The results table as LaTeX, for the package booktabs."""

import re
from collections.abc import Iterable

import pandas as pd

from comparisons.analysis.effects.marks import marks
from comparisons.analysis.effects.method import (
    test_of_marks,
    tested_effects,
)
from comparisons.analysis.results import NAMES, texts
from comparisons.analysis.summary import Summary
from comparisons.analysis.tables import CONTROL
from shared.exhibits.names import metric_name

FITTING = (
    *("framework", "cell", "parameters", "metric"),
    *("train_seconds", "step_ms_median"),
)
"""Columns that fit the text width of an article."""

WORDS = ("framework", "cell")
"""Columns of words, which are set at the left."""

SPECIAL = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}"}
    | {"<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}"}
    | {"[": "{[}", "]": "{]}"}  # an option, at the beginning of a row
    | {"α": r"$\alpha$", "~": r"$\sim$", "±": r"$\pm$", "−": "$-$"}
)
"""Characters that mean something else to LaTeX, or that its font lacks."""

BOLD_NUMBERS = r"\sisetup{text-series-to-math = true}"
"""For version 3 of siunitx, whose numbers else ignore that the best is bold."""

NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?(?:e[+-]\d+)?(?: ± [\d.e+-]+)?")
"""A number of a cell, with its spread."""


def latex(
    summary: Summary,
    columns: tuple[str, ...] = FITTING,
    siunitx: bool = False,
) -> str:
    r"""A table of these columns (see `results.NAMES`): the best in bold.

    siunitx: numbers are `\num{...}` of that package.
    """
    shown = texts(summary)
    titles = dict(zip(NAMES, shown.columns))
    shown = shown.iloc[:, : len(NAMES)].set_axis(NAMES, axis="columns")
    best = shown["metric"].str.endswith("*")
    shown["metric"] = shown["metric"].str.rstrip(" *")
    write = in_siunitx if siunitx else in_latex
    cells = pd.DataFrame(
        {
            name: shown[name].map(in_latex if name in WORDS else write)
            for name in columns
        }
    )
    if "metric" in cells:
        bold = r"\textbf{" + cells["metric"] + "}"
        cells["metric"] = cells["metric"].mask(best, bold)
    sides = "".join("l" if name in WORDS else "r" for name in columns)
    return "\n".join(
        [
            *(r"\begin{table}", r"\centering", r"\small"),
            *([BOLD_NUMBERS] if siunitx else []),
            rf"\caption{{{in_latex(caption(summary))}}}",
            rf"\label{{tab:{summary.task.name}}}",
            rf"\begin{{tabular}}{{@{{}}{sides}@{{}}}}",
            r"\toprule",
            row_of(in_latex(titles[name]) for name in columns),
            r"\midrule",
            *map(row_of, cells.to_numpy()),
            *(r"\bottomrule", r"\end{tabular}", r"\end{table}", ""),
        ]
    )


def row_of(cells: Iterable[str]) -> str:
    return rf"{' & '.join(cells)} \\"


def caption(summary: Summary) -> str:
    """The metric, the number of seeds, what bold means, and the test."""
    task, seeds = summary.task, max((r.seeds for r in summary.rows), default=0)
    name = metric_name(task.metric)
    text = (
        f"{task.name}: {task.summary}. {name[0].upper()}{name[1:]} on the test "
        f"split ({task.better} is better), "
    )
    if seeds < 2:
        text += "one seed (n = 1); best in bold"
        if not tested_effects(summary):
            return f"{text}, not tested."
    else:
        text += f"mean ± std over n = {seeds:,} seeds; best in bold"
    if "~" in marks(summary).values():
        text += ", ~ not significantly different from the best"
    return f"{text} ({test_of_marks(summary)})."


def in_latex(text: object) -> str:
    return CONTROL.sub(" ", str(text)).translate(SPECIAL)


def in_siunitx(text: object) -> str:
    r"""The same with the numbers as \num{...}, without thousands' commas."""
    parts, end, whole = [], 0, str(text)
    for found in NUMBER.finditer(whole):
        number = found[0].replace(",", "").replace("±", r"\pm")
        parts += [in_latex(whole[end : found.start()]), rf"\num{{{number}}}"]
        end = found.end()
    return "".join([*parts, in_latex(whole[end:])])
