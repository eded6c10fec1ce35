"""The runs of a comparison, and what can be checked before the first."""

from bisect import bisect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

from comparisons.arguments.extras import installed
from comparisons.arguments.memory import check_memory
from comparisons.arguments.options import Options
from comparisons.frameworks import (
    get_framework,
    in_framework,
    installed_versions,
)
from comparisons.records.environment import code_hash
from comparisons.records.store import key_of
from shared.errors import UserError
from shared.specs import ModelSpec, RunSpec
from shared.task import Dataset
from shared.tasks import dataset_name, sized
from shared.tasks.files import source_digest
from shared.weights.flops import count_parameters


@dataclass(frozen=True)
class Plan:
    """The runs of a comparison, seed by seed.

    proved: those whose model and training are checked before the first run;
    data_summary: lines on the data, printed before training;
    absent: frameworks that have no rows, as they are not installed;
    fit_quality: whether each run measures how it fits the training part;
    setting: what progress calls the setting of a run, where they differ.
    """

    runs: tuple[RunSpec, ...]
    command: str
    proved: tuple[RunSpec, ...]
    data_summary: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    fit_quality: bool = False
    setting: Callable[[RunSpec], str] = lambda run: ""

    def key(self, kind: str, run: RunSpec) -> str:
        """A digest of what decides a record: its spec, code and versions."""
        # Nothing for a task of this package, which code_hash covers.
        own = [digest] if (digest := source_digest(run.task)) else []
        if kind == "baselines":
            data = [run.task, run.seed, asdict(run.data)]
            return key_of(kind, data, code_hash("shared"), *own)
        if kind == "equivalence":
            run = replace(run, seed=0)
        if kind == "run" and self.fit_quality:
            own.append("fit_quality")
        code = code_hash(get_framework(run.framework).package)
        versions = installed_versions(run.framework)
        return key_of(kind, asdict(run), code, versions, *own)


def make_plan(options: Options, command: str) -> Plan:
    """Every framework × cell × seed, in rounds; checks options and data.

    A framework that is not installed is an error if it was named, else it has
    no rows.
    """
    frameworks = installed(options.frameworks, options.named)
    base, dataset = load_first(options)
    if dataset.validation_is_test:
        refuse_selection(options)
    models = {
        cell: replace(base.model, cell=cell, hidden_size=size)
        for cell, size in matched_sizes(options, base).items()
    }
    for cell in options.cells:
        check_memory(
            replace(base, cell=cell, model=models[cell]),
            dataset.train.x.shape[1],
        )
    runs = tuple(
        in_framework(
            replace(base, cell=cell, seed=seed, model=models[cell]), framework
        )
        for seed in range(options.seeds)
        for framework in frameworks
        for cell in options.cells
    )
    summary = tuple(options.task.summarize(dataset))
    proved = runs[: len(frameworks) * len(options.cells)]
    absent = tuple(n for n in options.frameworks if n not in frameworks)
    return Plan(runs, command, proved, summary, absent)


def refuse_selection(options: Options) -> None:
    """UserError if validation, which is test here, would choose weights."""
    several = options.seeds > 1 and options.checkpoints
    if not (patience := options.run.train.patience) and not several:
        return
    what, off = "the best epoch", "--patience 0"
    if not patience:
        what, off = "the best checkpoint of a row", "--checkpoints off"
    raise UserError(
        f"{what} would be chosen by the test score: in split "
        f"{options.run.data.split} validation and test are the same; "
        f"use --split {options.task.data.split} or {off}"
    )


def load_first(options: Options) -> tuple[RunSpec, Dataset]:
    """The run of the options with the sizes of its data, and these data.

    They are fetched and read once, so that their faults show up here.
    """
    run = options.run
    options.task.fetch(run.data, not options.quiet)
    with fitting_in_memory(dataset_name(vars(run.data))):
        dataset = options.task.load(run.data, 0)
    batch, size = run.train.batch_size, len(dataset.train.x)
    if batch > size:
        raise UserError(
            f"{dataset_name(vars(run.data))}: batch_size {batch} is more "
            f"than the {size} examples of the training split"
        )
    return sized(run, dataset), dataset


@contextmanager
def fitting_in_memory(name: str) -> Iterator[None]:
    """Context that makes a UserError of arrays that are too large."""
    try:
        yield
    except (MemoryError, ValueError) as error:
        # What NumPy says of more bytes than addresses, or of such a dimension.
        signs = ("array is too big", "Maximum allowed dimension")
        if isinstance(error, ValueError) and not str(error).startswith(signs):
            raise
        raise UserError(f"{name}: the data do not fit in memory") from error


def matched_sizes(options: Options, base: RunSpec) -> dict[str, int]:
    """The hidden size of each cell, nearest to the required parameters.

    Cells of equal size have very different numbers of parameters; Chung et al.
    (2014, section 4.1) compare them at equal numbers instead. If a task has
    published sizes for that number, these are used.
    """
    goal = options.match_parameters
    if not goal:
        return dict.fromkeys(options.cells, base.model.hidden_size)
    sizes = {**options.task.matched_hidden_sizes.get(goal, {})}
    for cell in options.cells:
        if cell not in sizes:
            sizes[cell] = nearest_size(replace(base.model, cell=cell), goal)
    return sizes


def nearest_size(spec: ModelSpec, goal: int) -> int:
    """The hidden size whose number of parameters is nearest to the goal."""
    halved = spec.model == "seq2seq" and spec.bidirectional
    smallest = (1 + halved) * (1 + spec.layer_norm)  # no norm of one unit
    sizes = range(smallest, goal + 4, 1 + halved)  # each unit has weights

    def count(size: int) -> int:
        return count_parameters(replace(spec, hidden_size=size))

    if count(sizes[0]) > goal:
        raise UserError(
            f"match_parameters {goal} is less than the {count(sizes[0])} of "
            f"the smallest {spec.cell}"
        )
    place = bisect(sizes, goal, key=count)
    return min(sizes[place - 1 : place + 1], key=lambda s: abs(count(s) - goal))
