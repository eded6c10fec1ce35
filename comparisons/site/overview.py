"""The two tables of the README: one comparison in short, and all tasks."""

from pathlib import Path
from typing import NamedTuple

from comparisons.analysis.findings import by_cell, compare_baselines
from comparisons.analysis.loading import read_summary
from comparisons.analysis.statistics import best_value, mean
from comparisons.analysis.summary import Summary
from comparisons.analysis.tables import markdown_table, number
from shared.exhibits.names import (
    cell_name,
    framework_name,
    metric_name,
    score_text,
)


class Entry(NamedTuple):
    """A task of the table: its page, its data, and its folder of records."""

    page: str
    data: str
    folder: str = ""


TASKS = {
    "sine": Entry("signals", "sine waves"),
    "echo": Entry("memory", "random symbols, lag 10"),
    "adding": Entry("memory", "two marked numbers of 200"),
    "copy": Entry("memory", "ten symbols, pause of 50"),
    "seqmnist": Entry("memory", "MNIST, row by row"),
    "names": Entry("names", "surnames of 18 languages"),
    "sentiment": Entry("text", "IMDB reviews"),
    "tagging": Entry("text", "UD English EWT"),
    "charlm": Entry("language", "tiny Shakespeare"),
    "wordlm": Entry("language", "WikiText-2, 100,000 words", "wordlm-quick"),
    "translate": Entry("translation", "Tatoeba, English to French"),
    "chatbot": Entry("translation", "Self-dialogue corpus"),
    "forecast": Entry("signals", "ETTh1, horizon 24"),
    "anomaly": Entry("signals", "New York taxi demand (NAB)"),
    "digits": Entry("signals", "spoken digits (FSDD)"),
    "speech": Entry("signals", "strings of spoken digits (FSDD)"),
    "video": Entry("signals", "moving digits (MNIST)"),
    "music": Entry("signals", "JSB Chorales"),
}
MODELS = {"seq2seq": "encoder-decoder"}
ARROWS = {"lower": "↓", "higher": "↑"}


def summary_of(folder: Path) -> Summary:
    """The summary of a folder, with the scores of its test examples."""
    return read_summary(folder)


def headline(root: Path, name: str) -> str:
    """A folder: score and step time by row, and cells against baselines."""
    summary = summary_of(root / name)
    metric = summary.task.metric
    rows = [
        (
            framework_name(row.framework),
            cell_name(row.cell),
            number(row.parameters, ",d"),
            score_text(metric, row.metric_mean, row.metric_std),
            number(row.step_ms_median, ".1f"),
        )
        for row in summary.rows
    ]
    heads = ("framework", "cell", "parameters", f"test {metric_name(metric)}")
    table = markdown_table((*heads, "ms/step"), rows, "llr")
    found = [finding.text for finding in compare_baselines(summary)]
    return "\n".join([table, "", *found])


def tasks(root: Path, name: str) -> str:
    """The folder of all records: a row per task."""
    rows = [
        task_row(task, entry, root / name / (entry.folder or task))
        for task, entry in TASKS.items()
    ]
    heads = ("task", "data", "model", "metric", "best result (best baseline)")
    return markdown_table((*heads, "minutes"), rows, "lllllr")


def task_row(task: str, entry: Entry, folder: Path) -> list[str]:
    """Best cell by its mean over frameworks and seeds; time of all runs."""
    summary = summary_of(folder)
    metric, better = summary.task.metric, summary.task.better
    spec = summary.records[0].spec.model
    model = MODELS.get(spec["model"], spec["model"].replace("_", " "))
    if spec.get("attention", "none") != "none":
        model += ", attention"
    minutes = sum(run.seconds for run in summary.records) / 60
    cells, baselines = (
        leaders(known, metric, better)
        for known in (by_cell(summary), summary.baselines)
    )
    return [
        f"[{task}](docs/{entry.page}.md)",
        entry.data,
        model,
        f"{metric_name(metric)} {ARROWS[better]}",
        f"{cells} ({baselines})",
        number(minutes, ".0f" if minutes >= 1 else ".1f"),
    ]


def leaders(
    samples: dict[str, dict[int, float]], metric: str, better: str
) -> str:
    """The names whose mean is shown as the best one is, and that mean."""
    means = {n: mean(list(by_seed.values())) for n, by_seed in samples.items()}
    best = score_text(metric, best_value(list(means.values()), better))
    names = [n for n, v in means.items() if score_text(metric, v) == best]
    return f"{', '.join(map(cell_name, names))} {best}"


OVERVIEWS = {"headline": headline, "tasks": tasks}
"""Kind of a marker -> the function that writes its table."""
