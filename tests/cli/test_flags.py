"""Flags are the fields of the data, the model, and the training."""

import dataclasses
from dataclasses import replace

import pytest

from comparisons.arguments.flags.fields import FIXED
from comparisons.arguments.options import parse_options, words
from comparisons.records.environment import ROOT
from comparisons.runs.plan import make_plan
from shared.errors import UserError
from shared.specs import PARTS
from shared.tasks import get_task, task_names

TASKS = task_names()


def flagged():
    for task in TASKS:
        found = get_task(task)
        for kind in ("model", "train", "data"):
            for item in dataclasses.fields(getattr(found, kind)):
                models = item.metadata.get("models") or [found.model.model]
                if item.name not in FIXED and found.model.model in models:
                    yield task, kind, item.name


TEXTS = {
    "data": __file__,
    "encoding": "latin-1",
    "text_column": "review",
    "label_column": "stars",
    "word_column": "token",
    "tag_column": "4",
    "label_file": __file__,
    "embeddings": str(ROOT / "tests/factories/vectors.txt"),
    "time_column": "when",
    "target_column": "price",
    "time_format": "%d.%m.%Y",
    "delimiter": ";",
    "decimal": ",",
    "thousands": ".",
    "missing": "-999",
}
"""A value of each field that is a text."""

OF_A_FILE = (*TEXTS, "header", "quoting", "skip_rows", "fill")

NEEDED = {
    "weight_decay": ("--optimizer", "adamw"),
    "clip_value": ("--clip-norm", "0"),
    "layer_norm": ("--impl", "scratch"),
    "recurrent_dropout": ("--impl", "scratch"),
    **dict.fromkeys(OF_A_FILE, ("--data", __file__)),
}
"""Field -> the flags without which it is refused."""

UNTIED = ("--tie-weights", "off")
ONE_WAY = ("--bidirectional", "off")

SIZES = ("--window", "8", "--batch-size", "4")
OTHERS = {"forecast": "--horizon", "anomaly": "--smoothing-window"}

NEEDED_BY = {
    ("charlm", "tie_weights"): ("--embedding-size", "256"),
    ("digits", "speaker"): ("--split", "speaker"),
    **{("sine", f"{part}_steps"): ("--dataset", "one-wave") for part in PARTS},
    # Sizes that are not given are those of the file, which is none here.
    **{
        (task, name): ("--data", __file__, *SIZES, other, "2")
        for task, other in OTHERS.items()
        for name in OF_A_FILE
    },
    ("chatbot", "hidden_size"): ONE_WAY,
    ("chatbot", "tie_weights"): ("--embedding-size", "256"),
    ("translate", "hidden_size"): ONE_WAY,
    ("translate", "tie_weights"): ("--embedding-size", "256"),
    ("wordlm", "embedding_size"): UNTIED,
    ("wordlm", "hidden_size"): UNTIED,
    ("wordlm", "folder"): ("--dataset", "ptb"),
}
"""The same of one task alone."""

VALUES = {
    ("seqmnist", "pixels"): 56,
    ("echo", "steps"): 50,
    ("digits", "speaker"): "george",
}
"""An admitted value, where the next number is none."""


def another(task, kind, name):
    """An admitted value of a field that is not its default."""
    if (task, name) in VALUES:
        return VALUES[task, name]
    record = getattr(get_task(task), kind)
    (item,) = [f for f in dataclasses.fields(record) if f.name == name]
    value, choices = getattr(record, name), item.metadata.get("choices")
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple):
        return {str: ("one", "other"), float: (0.25, 0.5)}[
            item.metadata["each"]
        ]
    if choices:
        return choices[-1]
    if isinstance(value, str):
        return TEXTS.get(name, "a/folder")
    return value + 1 if isinstance(value, int) else value * 0.5 + 1e-3


@pytest.mark.parametrize(("task", "kind", "name"), list(flagged()))
def test_every_field_of_a_record_has_its_flag(task, kind, name):
    value = another(task, kind, name)
    text = {"True": "on", "False": "off"}.get(str(value), str(value))
    needed = NEEDED_BY.get((task, name), NEEDED.get(name, ()))
    given = ["--task", task, *needed]
    texts = map(str, value) if isinstance(value, tuple) else [text]
    given += [f"--{name.replace('_', '-')}", *texts]
    choices = parse_options(given)
    assert name in choices.given
    found = getattr(getattr(choices.run, kind), name)
    assert found == value
    assert type(found) is type(value)


def test_a_field_that_the_model_ignores_has_no_flag():
    with pytest.raises(UserError, match="unknown flag '--pooling'"):
        parse_options(["--task", "sine", "--pooling", "mean"])
    with pytest.raises(UserError, match="unknown flag '--char-encoder'"):
        parse_options(["--task", "names", "--char-encoder", "on"])


def test_a_record_changed_in_the_specs_changes_the_run():
    choices = parse_options(
        [
            *("--task", "forecast", "--hidden-size", "7", "--bidirectional"),
            *("--epochs", "2", "--window", "9", "--preset", "quick"),
            *("--cells", "gru", "--frameworks", "pytorch", "--seeds", "2"),
        ]
    )
    runs = make_plan(choices, "").runs
    assert [run.seed for run in runs] == [0, 1]
    for run in runs:
        assert (run.model.hidden_size, run.model.bidirectional) == (7, True)
        assert (run.train.epochs, run.data.window) == (2, 9)
        assert run.train.learning_rate == 2e-3  # of the preset
        assert run.train.seed == run.seed


def test_omitted_flags_are_left_to_the_preset():
    choices = parse_options(["--task", "sine"])
    task = choices.task
    assert choices.given == []
    assert (choices.run.data, choices.run.threads) == (task.data, task.threads)
    assert replace(choices.run.model, cell="lstm") == task.model
    assert choices.run.train == task.train
    assert choices.frameworks == ["pytorch", "keras", "jax"]
    assert choices.cells == ["rnn", "gru", "lstm"]
    assert (choices.seeds, choices.named) == (3, False)
    assert str(choices.out) == "results/sine"
    assert parse_options(["--task", "sine", "--preset", "quick"]).seeds == 1


@pytest.mark.parametrize("text", ["a b a", "a,b", "a, b", ",a,,b"])
def test_lists_take_spaces_and_commas(text):
    assert words(text.split()) == ["a", "b"]


@pytest.mark.parametrize("sign", ["\t", " "])
def test_a_blank_may_delimit_columns(sign):
    given = ["--task", "names", "--data", __file__, "--delimiter", sign]
    assert parse_options(given).run.data.delimiter == sign
