"""`compare.py publish DIR --to tensorboard|mlflow`: results for a tracker."""

import os
from argparse import Namespace
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from comparisons.analysis.loading import read_parts
from comparisons.analysis.sweeps.folders import comparisons_in
from comparisons.arguments.command_line import parse
from comparisons.arguments.terminal import say
from comparisons.publish.content import Group, group_of
from comparisons.publish.mlflow_runs import local_store, log_runs
from comparisons.publish.tensorboard_events import write_events
from shared.errors import UserError

NEEDS = {
    "tensorboard": ("tensorboardX",),
    "mlflow": ("mlflow", "sqlalchemy", "alembic"),
}
"""Tracker -> the modules that write for it."""


def main(arguments: list[str]) -> int:
    """Publish every run of the folders; 0 on success."""
    options = parse("publish", arguments)
    missing = [name for name in NEEDS[options.to] if find_spec(name) is None]
    if missing:
        raise UserError(
            f"--to {options.to} needs {', '.join(missing)}: "
            "pip install 'rnn-comparisons[trackers]'"
        )
    if options.tracking_uri and options.to != "mlflow":
        raise UserError(f"--tracking-uri is of no use to --to {options.to}")
    if options.tracking_uri and options.out:
        raise UserError("--tracking-uri and --out exclude each other")
    given = list(dict.fromkeys(options.folders))
    folders = [one for folder in given for one in comparisons_in(folder)]
    groups = [group_of(part) for part in read_parts(folders)]
    out = options.out or given[0] / options.to
    hint = WRITERS[options.to](groups, out, options)
    count = sum(len(group.runs) for group in groups)
    say(f"{count:,} runs published; view them: {hint}")
    return 0


def to_tensorboard(groups: list[Group], out: Path, options: Namespace) -> str:
    return write_events(groups, out)


def to_mlflow(groups: list[Group], out: Path, options: Namespace) -> str:
    """Log to a store of these: that of --out, the address given, or usual."""
    usual = "" if options.out else os.environ.get("MLFLOW_TRACKING_URI", "")
    if uri := options.tracking_uri or usual:
        return log_runs(groups, uri, None)
    return log_runs(groups, local_store(out), out / "artifacts")


WRITERS: dict[str, Callable[[list[Group], Path, Namespace], str]] = {
    "tensorboard": to_tensorboard,
    "mlflow": to_mlflow,
}
