"""What a task is: data, a model, a training, scores and baselines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from shared.exhibits.kinds import Exhibit, RunView
from shared.specs import ModelSpec, Split, TrainSpec

Scores = dict[str, float]


@dataclass(frozen=True)
class Dataset:
    """The three parts of a task's data and what else is known of it.

    input_size (D, or V for indices), output_size (K) and, where there are
    characters, char_size (their V) complete the model; metric: the score by
    which cells are compared on these data, and model: what reads them, where
    they are not the task's;
    `hashes` are sha256 of files by name; `facts` are numbers and names
    shown beside the results (noise floor, class names, ...);
    `arrays` are what scores need beyond the splits (clean targets, ...).
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
    facts: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, np.ndarray] = field(default_factory=dict)


@dataclass(frozen=True)
class Published:
    """A figure that others report for the task's data.

    value: None where the source gives none on data held out;
    dataset: the name of the data set it is for; "": whichever the task has;
    where: facts of the data with which alone it can be compared.
    """

    name: str
    value: float | None
    metric: str
    source: str
    dataset: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)


class Prediction(NamedTuple):
    """What a model says of a text, or of one word of it.

    shares: every label with its probability, the likeliest first.
    """

    piece: str
    label: str
    probability: float
    shares: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class TextPort:
    """How text goes into a task's models, and labels come out.

    keep: Dataset -> all that the others need of it, as JSON;
    encode: (text, kept) -> x (1, T, ...) and lengths (1,); SpecError for a
        text that the model cannot read;
    decode: (outputs (1, K) or (1, T, K), text, kept) -> one prediction for
        the text, or one for each word.
    """

    keep: Callable[[Dataset], dict[str, Any]]
    encode: Callable[[str, Mapping[str, Any]], tuple[np.ndarray, np.ndarray]]
    decode: Callable[[np.ndarray, str, Mapping[str, Any]], list[Prediction]]


@dataclass(frozen=True)
class LanguagePort:
    """How text goes into a task's language models, and comes out.

    keep: Dataset -> all that the others need of it, as JSON, among it
        "prompt", with which a text begins unless another is asked for;
    encode: (text, kept, unknown) -> symbols (P,) int32; what the vocabulary
        lacks is left out for unknown "skip", a SpecError for "error";
    decode: (symbols (n,), kept) -> text; texts of pieces join to that of all.
    """

    keep: Callable[[Dataset], dict[str, Any]]
    encode: Callable[[str, Mapping[str, Any], str], np.ndarray]
    decode: Callable[[np.ndarray, Mapping[str, Any]], str]


@dataclass(frozen=True)
class FramePort:
    """How frames go into a task's models of frames, and come out.

    keep: Dataset -> all that the others need of it, as JSON;
    begin: (kept, P) -> the first frames of a piece (P, K);
    save: writes frames (n, K), 0 or 1, to a file;
    ending: of that file's name, such as ".mid".
    """

    keep: Callable[[Dataset], dict[str, Any]]
    begin: Callable[[Mapping[str, Any], int], np.ndarray]
    save: Callable[[np.ndarray, Path], None]
    ending: str


@dataclass(frozen=True)
class PairPort:
    """How text goes into a task's models of pairs, and comes out.

    keep: Dataset -> all that the others need of it, as JSON;
    encode: (text, kept) -> a source (1, T) with its end, and lengths (1,);
        SpecError for a text that the model cannot read;
    left_out: (text, kept) -> the words at its end that are too many;
    decode: (symbols (n,), kept) -> text; -1 stands past an end.
    """

    keep: Callable[[Dataset], dict[str, Any]]
    encode: Callable[[str, Mapping[str, Any]], tuple[np.ndarray, np.ndarray]]
    left_out: Callable[[str, Mapping[str, Any]], tuple[str, ...]]
    decode: Callable[[np.ndarray, Mapping[str, Any]], str]


Detail = Callable[[Any, Dataset], dict[str, Any]]
"""Test outputs, Dataset -> what a report shows."""


@dataclass(frozen=True)
class Task:
    """A task; a file of `shared/tasks` defines one as TASK.

    data: a frozen dataclass of data options, one of them `dataset`;
    presets: name -> {"model", "train", "data": overrides, "seeds": int};
    train_for: data set -> overrides of `train` on it, below a preset's;
    metric: the score by which cells are compared;
    better: "lower" or "higher";
    watched: the score by which epochs are compared on the validation part,
        and whether lower or higher of it is better; (): the metric;
    threads: CPU threads a run uses unless told otherwise; 0: all cores;
    about: Dataset -> lines on its sizes, shown before training;
    fetch: makes the data's files present, with a progress bar on request;
    load: (data options, seed) -> Dataset, from present files only;
    score: (outputs, part name, Dataset) -> scores by name; outputs (N, K),
        (N, T, K), losses (N, T) of a language model, or what a model of
        pairs has `shared.decoding.options.Written`;
    baselines: Dataset -> baseline name -> scores on the test part;
    floor: the best score that the data admits, or None if not known;
    detail: (test outputs, Dataset) -> what a report shows, as JSON;
    text: how it reads text and names its outputs; None where it reads none;
    language: how its language models read and write; None where it has none;
    pairs: the same of models that write targets; None where it has none;
    frames: the same of models that write frames; None where it has none;
    swept: flags and values that a sweep varies too, where it names none;
    sizes: number of parameters -> cell -> hidden size with which others
        compared cells of about that number;
    show: finished runs with their details -> pictures and tables of them;
    published: what others report for the same data.
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
    floor: Callable[[Dataset], float | None] = lambda dataset: None
    detail: Detail = lambda outputs, dataset: {}
    about: Callable[[Dataset], list[str]] = lambda dataset: []
    threads: int = 0
    train_for: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fetch: Callable[[Any, bool], None] = lambda data, progress: None
    text: TextPort | None = None
    language: LanguagePort | None = None
    pairs: PairPort | None = None
    frames: FramePort | None = None
    show: Callable[[list[RunView]], list[Exhibit]] = lambda runs: []
    published: tuple[Published, ...] = ()
    watched: tuple[str, str] | tuple[()] = ()
    swept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sizes: Mapping[int, Mapping[str, int]] = field(default_factory=dict)

    @property
    def validated(self) -> str:
        """The score by which epochs are compared."""
        return self.watched[0] if self.watched else self.metric

    @property
    def validated_better(self) -> str:
        """Whether "lower" or "higher" of it is better."""
        return self.watched[1] if self.watched else self.better


class Parts(NamedTuple):
    """Learned from, watched while learning, scored: as in `Dataset`."""

    train: Split
    validation: Split
    test: Split
