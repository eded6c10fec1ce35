"""What a search trains: trials of settings, then each cell's selected one."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from comparisons.arguments.extras import installed
from comparisons.arguments.flags.task import MOST_SEEDS
from comparisons.arguments.flags.tune import TEST_SEEDS
from comparisons.arguments.memory import check_memory
from comparisons.arguments.options import Options, seeds_of
from comparisons.frameworks import in_framework
from comparisons.runs.plan import Plan, load_first, matched_sizes
from comparisons.tuning.settings import (
    Setting,
    check_corners,
    grid,
    options_of,
)
from comparisons.tuning.space import Parameter, parse_space
from shared.errors import UserError
from shared.specs import RunSpec
from shared.task import Dataset, Task
from shared.tasks import sized

SEED = MOST_SEEDS
"""Of all trials, and of no test: a lucky seed is not selected, too."""

FILE = "optuna.db"


@dataclass(frozen=True)
class TunePlan:
    """A search, checked before anything is trained.

    points: the settings of a grid, [] for other samplers; trials: of a cell.
    """

    arguments: Namespace
    options: Options
    space: list[Parameter]
    points: list[Setting]
    trials: int
    command: str
    datasets: dict[str, Dataset] = field(default_factory=dict)

    @property
    def task(self) -> Task:
        return self.options.task

    @property
    def framework(self) -> str:
        """The one that trains the trials."""
        return self.options.frameworks[0]

    @property
    def out(self) -> Path:
        return self.options.out

    @property
    def better(self) -> str:
        return self.task.validation_better

    @property
    def most_epochs(self) -> int:
        varied = [p.values for p in self.space if p.name == "epochs"]
        return max([self.options.run.train.epochs, *(varied or [()])[0]])

    def run(
        self, setting: Setting, cell: str, seed: int, framework: str
    ) -> RunSpec:
        """The run of a setting; UserError if no run admits it."""
        options = options_of(self.arguments, setting)
        key = repr(options.run.data)
        if key not in self.datasets:
            self.datasets[key] = load_first(options)[1]
        base = sized(options.run, self.datasets[key])
        sizes = matched_sizes(replace(options, cells=[cell]), base)
        model = replace(base.model, cell=cell, hidden_size=sizes[cell])
        run = replace(base, cell=cell, seed=seed, model=model)
        return in_framework(run, framework)

    def plan_of(self, runs: list[RunSpec]) -> Plan:
        """The same as a plan of runs, whose keys its records have."""
        rows: dict[tuple[str, str], RunSpec] = {}
        for run in runs:
            rows.setdefault((run.framework, run.cell), run)
        proved = tuple(rows.values())
        return Plan(tuple(runs), self.command, proved)

    def test_plan(self, selected: Mapping[str, Setting]) -> Plan:
        """Each cell's selected setting, in every framework and seed."""
        return self.plan_of(
            [
                self.run(setting, cell, seed, framework)
                for seed in range(self.options.seeds)
                for framework in self.options.frameworks
                for cell, setting in selected.items()
            ]
        )

    def test_options(self, cells: list[str]) -> Options:
        """The options of the runs of selected settings, for a runner."""
        options = replace(self.options, cells=cells)
        if self.arguments.time_tests:
            return replace(options, jobs=1, engine="local", address="")
        return options

    def identity(self) -> dict[str, Any]:
        """What trials of one search share, whatever their cell."""
        run, given = self.options.run, self.arguments
        named = {n: repr(getattr(given, n)) for n in self.options.given}
        return {
            "task": self.task.id,
            "framework": self.framework,
            "space": " ".join(f"{p.name}={p.text}" for p in self.space),
            "sampler": given.sampler,
            "pruner": given.pruner,
            "search seed": given.search_seed,
            "preset": run.preset,
            "init": run.init,
            "precision": run.precision,
            "match parameters": self.options.match_parameters,
            "settings": " ".join(f"{n}={v}" for n, v in sorted(named.items())),
        }


def make_tune_plan(
    arguments: Namespace, words: list[str], command: str
) -> TunePlan:
    """Check the options, the space, and its largest setting on the data."""
    space = parse_space(arguments, words)
    options = options_of(arguments, {})
    options.frameworks = installed(options.frameworks, options.named)
    arguments = without_engine(arguments)
    options.seeds = arguments.seeds or seeds_of(options.run.data, 0, TEST_SEEDS)
    options.out = arguments.out or Path("results") / f"{options.task.name}-tune"
    check_corners(arguments, space)
    points = grid(space) if arguments.sampler == "grid" else []
    if len(points) > arguments.trials:
        raise UserError(
            f"the grid has {len(points)} settings, more than --trials "
            f"{arguments.trials}; use --trials {len(points)} or --sampler "
            "random"
        )
    plan = TunePlan(
        *(arguments, options, space, points),
        *(len(points) or arguments.trials, command),
    )
    check_largest(plan)
    return plan


def without_engine(arguments: Namespace) -> Namespace:
    """The options of settings, for each of which no address is tried again."""
    known = vars(arguments).items()
    return Namespace(**{n: v for n, v in known if n != "engine"})


def check_largest(plan: TunePlan) -> None:
    """UserError for data that select by test scores, or too large a run."""
    values = {p.name: p.values for p in plan.space}
    largest = {
        name: max(known)
        for name, known in values.items()
        if all(type(value) in (int, float) for value in known)
    }
    try:
        options = options_of(plan.arguments, largest)
    except UserError:  # those ends exclude each other; a grid may skip them
        options = options_of(plan.arguments, {})
    run, dataset = load_first(options)
    if dataset.validation_is_test:
        raise UserError(
            "the setting would be selected by the test score: in split "
            f"{run.data.split} validation and test are the same; use --split "
            f"{plan.task.data.split}"
        )
    plan.datasets[repr(run.data)] = dataset
    for cell in options.cells:
        check_memory(replace(run, cell=cell), dataset.train.x.shape[1])
