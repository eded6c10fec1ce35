"""What a speedrun trains: every framework × cell, seed by seed."""

import shlex
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from comparisons.arguments.command_line import parse
from comparisons.arguments.extras import chosen
from comparisons.arguments.options import Options, check_options
from comparisons.arguments.parser import take
from comparisons.frameworks import get_framework, resolve_run
from comparisons.records.environment import code_hash, cpu_count
from comparisons.records.store import key_of
from comparisons.runs.plan import Plan, make_plan
from comparisons.speedrun.table import COMMAND, TABLE, Goal, goal_of
from comparisons.worker.messages import Message
from shared.errors import UserError
from shared.specs import RunSpec
from shared.tasks import get_task

CORES = 2
"""Cores that a process may use."""

EXACT = ("float32", "float64")
"""Arithmetic in which a model is proved equal."""


@dataclass(frozen=True)
class Group:
    """The runs of one framework: their plan, and when they are validated."""

    goal: Goal
    plan: Plan
    options: Options
    validate_from: int

    def key(self, run: RunSpec) -> str:
        """A digest of what decides the record of a run."""
        own = self.plan.key("run", run)
        return key_of(COMMAND, own, *self.request().values(), CORES)

    def request(self) -> Message:
        """What its process needs besides the run."""
        target = self.goal.target
        return {"target": target, "validate_from": self.validate_from}

    def fields(self, run: RunSpec) -> Message:
        """Fields of a record that are known before the run."""
        return {
            **self.request(),
            "metric": self.goal.metric,
            "usable_cores": min(CORES, cpu_count()),
            "code": code_hash(get_framework(run.framework).package),
        }


@dataclass(frozen=True)
class Speedruns:
    """All runs of a command, each with its group."""

    goal: Goal
    groups: list[Group]
    command: str
    out: Path
    options: Namespace

    @property
    def runs(self) -> list[tuple[Group, RunSpec]]:
        """Seed by seed, so that slow drift of the machine affects all alike."""
        pairs = [(g, run) for g in self.groups for run in g.plan.runs]
        return sorted(pairs, key=lambda pair: pair[1].seed)


def make_speedruns(arguments: Sequence[str]) -> Speedruns:
    """The runs of a command line; UserError for what is wrong in it."""
    options = parse(COMMAND, arguments)
    goal = goal_of(options.task, options.table or TABLE)
    words = [goal.task, *take(arguments, "--task")[1]]
    command = shlex.join(["compare.py", COMMAND, *words])
    groups = [
        group_of(goal, arguments, framework, command)
        for framework in chosen(options.frameworks)
    ]
    out = options.out or Path("results") / f"{COMMAND}-{goal.task}"
    return Speedruns(goal, groups, command, out, options)


def group_of(
    goal: Goal, words: Sequence[str], framework: str, command: str
) -> Group:
    """The runs of a framework, with its settings of the table."""
    parsed = parse(COMMAND, goal.words(words, framework))
    options = check_options(get_task(goal.task), parsed)
    check_exact(options.run, goal)
    plan = make_plan(options, command)
    return Group(goal, plan, options, parsed.validate_from)


def check_exact(run: RunSpec, goal: Goal) -> None:
    """UserError for a setting that changes what the score means."""
    if run.precision not in EXACT:
        raise UserError(
            f"--precision {run.precision} is not exact; choices: "
            f"{', '.join(EXACT)}"
        )
    usual = resolve_run(task=run.task, framework=run.framework, cell=run.cell)
    for item in fields(run.data):
        name = item.name
        same = getattr(run.data, name) == getattr(usual.data, name)
        if not same and name not in goal.data_options:
            free = ", ".join(goal.data_options) or "none"
            raise UserError(
                f"data option {name} may change what is validated; those that "
                f"a speedrun of {goal.task} may change: {free}"
            )
