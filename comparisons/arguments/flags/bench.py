"""The flags of benchmarks, checks, pages and shells."""

from typing import NamedTuple

from comparisons.arguments.flags import common
from comparisons.arguments.flags.flag import (
    Groups,
    choice,
    flag,
    number,
    numbers,
    path,
    switch,
)
from comparisons.arguments.flags.task import FAST
from shared.specs import CELLS, TABLE
from shared.tasks import task_names


class Size(NamedTuple):
    """A number that synthetic data or a model has."""

    default: int
    text: str
    least: int = 1


THREADS = Size(0, "CPU threads; 0: all cores", 0)
ATTENTION_SIZES = {
    "batch_size": Size(64, "sentences per batch B"),
    "steps": Size(10, "tokens T of a source and of a target"),
    "sources": Size(8000, "tokens in the source's vocabulary", 5),
    "targets": Size(12000, "tokens in the target's vocabulary", 8),
    "embedding_size": Size(128, "size E of an embedding"),
    "hidden_size": Size(256, "hidden units H"),
    "repeats": Size(12, "timed steps of each kind of attention"),
    "beam": Size(5, "hypotheses of the beam search", 2),
    "threads": THREADS,
}
PADDING_SIZES = {
    "batch_size": Size(64, "sequences per batch B"),
    "steps": Size(200, "time steps T of the longest sequence"),
    "shortest": Size(50, "time steps of the shortest sequence"),
    "size": Size(100, "input features D"),
    "hidden_size": Size(128, "hidden units H of each direction"),
    "repeats": Size(15, "timed steps with lengths, and without"),
    "threads": THREADS,
}
SCAN_SIZES = {
    "batch_size": Size(32, "sequences per batch B"),
    "size": Size(64, "input features D"),
    "hidden_size": Size(128, "hidden units H"),
    "repeats": Size(7, "timed steps of each length"),
    "threads": THREADS,
}
SCAN_CELLS = [
    name
    for name, cell in TABLE.items()
    if cell.linear or (cell.native and cell.gates)
]
"""Cells that a scan can compute, and the native ones with gates."""

SCAN_LENGTHS = (16, 32, 64, 128, 256, 512, 1024, 2048)
REPORT_FORMATS = ("html", "csv", "latex", "markdown", "parquet")
REPORT_COLUMNS = (
    *("framework", "cell", "hidden_size", "parameters", "metric"),
    *("best_baseline", "train_seconds", "step_ms_median", "seqs_per_second"),
    *("compile_seconds", "latency_ms", "peak_memory_mb"),
)
PARTS = (
    *("data", "cell", "layer", "model", "loss", "step", "loop"),
    *("evaluation", "weights", "training"),
)
"""Parts of the code of a task."""


JSON = path(
    "--json",
    "also write the times in the JSON of pytest-benchmark",
    sweep=False,
)


def synthetic(sizes: dict[str, Size], folder: str, cell: str) -> Groups:
    """A flag for each size, and what all these benchmarks have."""
    numbers = (
        number(f"--{name.replace('_', '-')}", text, default, least)
        for name, (default, text, least) in sizes.items()
    )
    process = common.timeout("the process of a framework and cell")
    last = (common.device("auto"), process, common.out(f"results/{folder}"))
    first = (common.frameworks(), common.cells(cell))
    return {"": [*first, *numbers, *last, JSON]}


BENCH_ATTENTION = synthetic(ATTENTION_SIZES, "attention", "gru")
BENCH_PADDING = synthetic(PADDING_SIZES, "padding", "lstm")
BENCH_SCAN: Groups = {
    "": [
        *synthetic(SCAN_SIZES, "scan", ", ".join(SCAN_CELLS))[""],
        numbers("--lengths", "time steps T (default: powers of 2 to 2048)"),
    ]
}
BENCH_STEPS: Groups = {
    "": [
        FAST,
        numbers(
            "--hidden-sizes",
            "time each of these numbers of hidden units H (default: 128, 256 "
            "and 512 for language models, else the task's own)",
        ),
        JSON,
    ]
}
BENCH_INFERENCE: Groups = {
    "": [
        number(
            "--inference-batch-size", "sequences of the throughput's calls", 64
        ),
        number(
            "--rounds", "timed rounds, a few calls of each row in turn", 12, 6
        ),
        JSON,
    ]
}
BENCH_GENERATION: Groups = {
    "": [
        numbers(
            "--lengths", "tokens of the texts (default: 100, 200, 400 and 800)"
        ),
        JSON,
    ]
}
VERIFY: Groups = {
    "": [
        common.frameworks(),
        common.cells("all"),
        common.device("cpu"),
        common.timeout("the checks of a framework and cell", 1800.0),
        common.out("results/verify"),
    ]
}
CODE: Groups = {
    "": [
        choice("--task", "task", task_names()),
        choice("--part", "part of the code", PARTS, " (default: all)"),
        choice("--cell", "cell", CELLS, " (default: the task's)"),
        switch(
            "--html", "write code.html; of all tasks, unless --task names one"
        ),
        path("--out", "write the page to this file"),
    ]
}
FOLDERS = path(
    "folders",
    "folders of comparisons, each with a runs.jsonl",
    metavar="DIR",
    nargs="+",
)
REPORT: Groups = {
    "": [
        FOLDERS,
        path(
            "--out",
            "file to write (default: DIR/report.html for one folder, "
            "./report.html for several; csv, latex and markdown are printed)",
        ),
        choice("--format", "format", REPORT_FORMATS, default="html"),
        choice(
            "--columns",
            "columns of the LaTeX table",
            REPORT_COLUMNS,
            " (default: those that fit the width of a text)",
            nargs="+",
        ),
        switch(
            "--siunitx", "numbers of the LaTeX table for the package siunitx"
        ),
        path(
            "--against",
            "say what changed since the comparison in this folder",
            metavar="DIR",
        ),
    ]
}
MERGE: Groups = {
    "": [
        FOLDERS,
        path(
            "--out",
            "folder of all of them; what it holds stays",
            metavar="DIR",
            required=True,
        ),
    ]
}
NEW_TASK: Groups = {
    "": [
        flag("name", "name of the task"),
        path("--out", "file to write (default: NAME.py)"),
    ]
}
COMPLETION: Groups = {
    "": [flag("shell", "shell to write a script for", choices=("bash", "zsh"))]
}
