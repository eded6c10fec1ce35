"""The definition of a task: data, model, training, scores, baselines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.exhibits.kinds import Exhibit
from shared.exhibits.runs import RunView
from shared.specs import ModelSpec, TrainSpec
from shared.task.codecs import Codec
from shared.task.dataset import Dataset, Scores
from shared.task.examples import Examples


@dataclass(frozen=True)
class Published:
    """A result that others report for the task's data.

    value: None if the source gives none on held-out data;
    dataset: the name of its data set; "": any of the task's;
    where: metadata that the data must have to be comparable.
    """

    name: str
    value: float | None
    metric: str
    source: str
    dataset: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """A task; a file of `shared/tasks` defines one as TASK.

    data: a frozen dataclass of data options, one of them `dataset`;
    presets: name -> {"model", "train", "data": overrides, "seeds": int,
        1 unless given};
    train_for: data set -> overrides of `train` on it, below a preset's;
    metric: the score by which cells are compared;
    better: "lower" or "higher";
    monitor: the score by which epochs are compared on the validation split,
        and whether lower or higher of it is better; (): the metric;
    threads: CPU threads of a run by default; 0: all cores;
    adapt: (the records of a run, name -> the fields of it given) -> name ->
        fields that the user's own file asks for where they are not given;
    summarize: Dataset -> lines on its sizes, printed before training;
    fetchers: data set -> downloads its files, with a progress bar on request;
    load: (data options, seed) -> Dataset, from present files only; most tasks
        ignore the seed, so that all seeds share the splits;
    score: (outputs, split name, Dataset) -> scores by name; outputs (N, K),
        (N, T, K), losses (N, T) of a language model, or the
        `shared.decoding.options.DecodedOutputs` of a seq2seq model;
    examples: (test outputs, Dataset) -> what the metric takes of each example,
        None if it is no function of single examples;
    margin: difference in the metric that does not matter in practice; 0: the
        metric's own (see `margin_of`);
    baselines: Dataset -> baseline name -> scores on the test split;
    noise_floor: the best score that the data admit, or None if unknown;
    details: (test outputs, Dataset) -> JSON for the report;
    codec: from text or frames to arrays and back; None: not supported;
    sweep_defaults: flags and values that a sweep varies by default;
    matched_hidden_sizes: number of parameters -> cell -> published hidden
        size of about that number;
    exhibits: finished runs with their details -> figures and tables;
    published: results of others on the same data;
    file: the user's file that defines it, set where that is read.
    """

    name: str
    summary: str
    model: ModelSpec
    train: TrainSpec
    data: Any
    presets: Mapping[str, Mapping[str, Any]]
    metric: str
    better: str
    load: Callable[[Any, int], Dataset]
    score: Callable[[Any, str, Dataset], Scores]
    baselines: Callable[[Dataset], dict[str, Scores]]
    noise_floor: Callable[[Dataset], float | None] = lambda dataset: None
    details: Callable[[Any, Dataset], dict[str, Any]] = lambda *_: {}
    examples: Callable[[Any, Dataset], Examples | None] = lambda *_: None
    margin: float = 0.0
    summarize: Callable[[Dataset], list[str]] = lambda dataset: []
    adapt: Callable[
        [Mapping[str, Any], Mapping[str, Mapping[str, Any]]],
        Mapping[str, Mapping[str, Any]],
    ] = lambda records, given: {}
    threads: int = 0
    train_for: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fetchers: Mapping[str, Callable[[bool], None]] = field(default_factory=dict)
    codec: Codec | None = None
    exhibits: Callable[[list[RunView]], list[Exhibit]] = lambda runs: []
    published: tuple[Published, ...] = ()
    monitor: tuple[str, str] | tuple[()] = ()
    sweep_defaults: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    matched_hidden_sizes: Mapping[int, Mapping[str, int]] = field(
        default_factory=dict
    )
    file: str = ""

    @property
    def id(self) -> str:
        """What `shared.tasks.get_task` finds it by: file, else name."""
        return self.file or self.name

    def fetch(self, data: Any, progress: bool) -> None:
        """Download the data set, unless it needs none or is the user's file."""
        if data.dataset in self.fetchers and not getattr(data, "data", ""):
            self.fetchers[data.dataset](progress)

    @property
    def validation_metric(self) -> str:
        return self.monitor[0] if self.monitor else self.metric

    @property
    def validation_better(self) -> str:
        """Whether "lower" or "higher" of the validation metric is better."""
        return self.monitor[1] if self.monitor else self.better
