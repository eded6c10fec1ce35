"""The definition of a task: data, model, training, scores, baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from shared.exhibits.kinds import Exhibit, RunView
from shared.specs import ModelSpec, Split, TrainSpec

Scores = dict[str, float]


class Splits(NamedTuple):
    """The splits of a `Dataset`, in its order."""

    train: Split
    validation: Split
    test: Split


@dataclass(frozen=True)
class Dataset:
    """The three splits of a task's data, with metadata.

    input_size (D, or V for indices), output_size (K) and, with characters,
    char_size (their V) complete the model spec;
    metric, model: replace the task's, if not empty;
    hashes: sha256 by file name;
    metadata: numbers and names for codecs and results (class names, ...);
    arrays: what scores need besides the splits (clean targets, ...).
    """

    train: Split
    validation: Split
    test: Split
    input_size: int
    output_size: int
    char_size: int = 0
    metric: str = ""
    model: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def validation_is_test(self) -> bool:
        """Whether the validation split has the examples of the test split."""
        return np.array_equal(self.validation.x, self.test.x)

    def sizes(self, examples: str) -> str:
        """The lengths of the splits; `examples` is what they count."""
        splits = (self.train, self.validation, self.test)
        counts = " / ".join(f"{len(split.x):,}" for split in splits)
        return f"{counts} {examples} (train / validation / test)"


def scores_of(
    score: Callable[[Any, str, Dataset], Scores],
    outputs: Mapping[str, Any],
    dataset: Dataset,
) -> dict[str, Scores]:
    """Baseline -> its scores on the test split, from its outputs."""
    return {name: score(o, "test", dataset) for name, o in outputs.items()}


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


class Prediction(NamedTuple):
    """A model's prediction for a text, or for one word of it.

    probs: every label with its probability, the most probable first.
    """

    text: str
    label: str
    probability: float
    probs: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Codec:
    """Conversion between what a user has and a model's arrays.

    metadata: Dataset -> JSON that the other functions need (vocabulary,
        classes, ...); a checkpoint holds it, so that no data are needed.
    """

    metadata: Callable[[Dataset], dict[str, Any]]


@dataclass(frozen=True)
class LabelCodec(Codec):
    """Texts in, labels out: classifiers and taggers.

    encode: (text, metadata) -> x (1, T, ...) and lengths (1,); SpecError for
        a text that the model cannot read;
    decode: (outputs (1, K) or (1, T, K), text, metadata) -> one prediction
        for the text, or one per word.
    """

    encode: Callable[[str, Mapping[str, Any]], tuple[np.ndarray, np.ndarray]]
    decode: Callable[[np.ndarray, str, Mapping[str, Any]], list[Prediction]]


@dataclass(frozen=True)
class LanguageModelCodec(Codec):
    """Texts in and out: language models.

    metadata: includes "prompt", the default beginning of a generated text;
    encode: (text, metadata, unknown) -> tokens (P,) int32; tokens outside the
        vocabulary are dropped for unknown "skip", a SpecError for "error";
    decode: (tokens (n,), metadata) -> text; texts of slices concatenate.
    """

    encode: Callable[[str, Mapping[str, Any], str], np.ndarray]
    decode: Callable[[np.ndarray, Mapping[str, Any]], str]


@dataclass(frozen=True)
class FrameCodec(Codec):
    """Binary frames (piano rolls) in and out: models of frames.

    begin: (metadata, P) -> the first frames of a piece (P, K);
    save: writes frames (n, K), 0 or 1, to a file;
    suffix: of that file's name, such as ".mid".
    """

    begin: Callable[[Mapping[str, Any], int], np.ndarray]
    save: Callable[[np.ndarray, Path], None]
    suffix: str


@dataclass(frozen=True)
class Seq2SeqCodec(Codec):
    """Source texts in, target texts out: encoder-decoder models.

    encode: (text, metadata) -> a source (1, T) with its end, lengths (1,);
        SpecError for a text that the model cannot read;
    left_out: (text, metadata) -> the words beyond the maximal length;
    decode: (tokens (n,), metadata) -> text; -1 is padding.
    """

    encode: Callable[[str, Mapping[str, Any]], tuple[np.ndarray, np.ndarray]]
    left_out: Callable[[str, Mapping[str, Any]], tuple[str, ...]]
    decode: Callable[[np.ndarray, Mapping[str, Any]], str]


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
    summarize: Dataset -> lines on its sizes, printed before training;
    fetchers: data set -> downloads its files, with a progress bar on request;
    load: (data options, seed) -> Dataset, from present files only; most tasks
        ignore the seed, so that all seeds share the splits;
    score: (outputs, split name, Dataset) -> scores by name; outputs (N, K),
        (N, T, K), losses (N, T) of a language model, or the
        `shared.decoding.options.DecodedOutputs` of a seq2seq model;
    baselines: Dataset -> baseline name -> scores on the test split;
    noise_floor: the best score that the data admit, or None if unknown;
    details: (test outputs, Dataset) -> JSON for the report;
    codec: from text or frames to arrays and back; None: not supported;
    sweep_defaults: flags and values that a sweep varies by default;
    matched_hidden_sizes: number of parameters -> cell -> published hidden
        size of about that number;
    exhibits: finished runs with their details -> figures and tables;
    published: results of others on the same data.
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
    summarize: Callable[[Dataset], list[str]] = lambda dataset: []
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
