"""The options of a study of regularization, checked before training."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from comparisons.arguments.command_line import parse
from comparisons.arguments.extras import installed, require
from comparisons.arguments.options import (
    Options,
    check_options,
    seeds_of,
    words,
)
from comparisons.runs.plan import load_first
from comparisons.runs.trained import ask_once
from comparisons.studies.regularization.stages import StudyOptions
from comparisons.studies.regularization.techniques import (
    TECHNIQUES,
    bare,
    refusals,
)
from shared.errors import UserError
from shared.specs import RunSpec
from shared.task import Dataset, Task
from shared.tasks import get_task

COMMAND = "study regularization"
SEEDS = 3
"""Seeds of the final runs, unless others are given."""

PREFERRED = ("jax", "pytorch", "keras")
"""The framework of the grid: the first of these that is compared."""

FIELDS = {one.field for one in TECHNIQUES.values()}
"""What the study sets, so that it cannot be given."""


def parse_study(arguments: list[str]) -> StudyOptions:
    """The options of the command; raises UserError."""
    flags = parse(COMMAND, arguments)
    options = check_options(get_task(flags.task), flags)
    check_given(options)
    data = options.run.data
    seeds = seeds_of(data, flags.seeds or 0, SEEDS)
    out = flags.out or folder_of(options)
    options = replace(options, seeds=seeds, out=out, checkpoints=False)
    if flags.grid_seeds > seeds:
        raise UserError(
            f"--grid-seeds {flags.grid_seeds} is more than the {seeds} seeds "
            "of the final runs (--seeds)"
        )
    return StudyOptions(
        *(options, words(flags.techniques or TECHNIQUES)),
        *(grid_framework(flags, options), flags.grid_seeds),
    )


def folder_of(options: Options) -> Path:
    return Path("results") / f"{options.task.name}-regularization"


def grid_framework(flags: Namespace, options: Options) -> str:
    if named := flags.grid_framework:
        require(named)
        return str(named)
    found = installed(options.frameworks, options.named)
    return next((name for name in PREFERRED if name in found), found[0])


def check_given(options: Options) -> None:
    """UserError for a technique as a flag, and for unequal first weights."""
    for name in options.given:
        if name in FIELDS:
            raise UserError(
                f"--{name.replace('_', '-')} is what the study varies; leave "
                "it out"
            )
    if options.run.init != "matched":
        raise UserError(
            f"{COMMAND} compares settings from the same initial weights, "
            f"which --init {options.run.init} does not give to layers from "
            "scratch"
        )


def check_data(study: StudyOptions) -> None:
    """UserError for a task that the study cannot score, or cannot vary."""
    options = study.comparison
    run, dataset = load_first(replace(options, run=bare(options.run)))
    if dataset.validation_is_test:
        raise UserError(
            "strengths would be chosen by the test score: in split "
            f"{run.data.split} validation and test are the same; use --split "
            f"{options.task.data.split}"
        )
    check_train_scores(options.task, run, dataset, options.timeout)
    refused = refusals(run, study.names)
    if len(refused) == len(study.names):
        raise UserError(f"no technique is left: {next(iter(refused.values()))}")


def check_train_scores(
    task: Task, run: RunSpec, dataset: Dataset, timeout: float
) -> None:
    """UserError where the metric has no value on the training part."""
    task = get_task(task.id, dataset.metric)
    scores = ask_once("train_metrics", run, timeout)["metrics"]
    if task.metric not in scores:
        raise UserError(
            f"task '{task.name}' has no {task.metric} of its training part, "
            "so that there is no gap to the test score"
        )
