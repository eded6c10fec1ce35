"""Old flags, commands, and names of fields."""

import pytest

from comparisons.arguments.command_line import command_of, parse
from comparisons.arguments.options import parse_options
from shared.decoding.options import DecodingOptions
from shared.fields import RENAMED_FIELDS, current_fields
from shared.tasks import get_task
from shared.tasks.classification.text_data import SentimentData

OLD_FLAGS = [
    ("sine", "--layers", "impl", "scratch"),
    ("sine", "--schedule", "lr_schedule", "constant"),
    ("sine", "--decay", "lr_decay", 0.5),
    ("sine", "--decay-after", "lr_decay_start", 3),
    ("names", "--buckets", "num_buckets", 2),
    ("translate", "--teacher-forcing", "teacher_forcing_decay", "linear"),
    ("translate", "--units", "tokenizer", "bpe"),
    ("chatbot", "--pieces", "vocab_size", 400),
    ("digits", "--takes", "max_train_takes", 5),
    ("digits", "--bands", "n_mels", 20),
    ("digits", "--scaling", "normalize", "recording"),
    ("charlm", "--steps", "bptt", 8),
    ("charlm", "--train-share", "split", "0.9"),
    ("wordlm", "--steps", "bptt", 8),
    ("sentiment", "--keep", "truncate", "head"),
    ("anomaly", "--smooth", "smoothing_window", 3),
    ("names", "--repeats", "keep_duplicates", "on"),
]

VALUES = {"head": "post", "on": True, "0.9": "90/10"}


@pytest.mark.parametrize(("task", "flag", "field", "value"), OLD_FLAGS)
def test_an_old_flag_sets_the_current_field(task, flag, field, value):
    found = get_task(task)
    names = {n for r in (found.model, found.train, found.data) for n in vars(r)}
    old = flag[2:].replace("-", "_")
    for words in ([flag, str(value)], [f"{flag}={value}"]):
        options = parse_options(["--task", task, *words])
        name = field if field in names else old
        run = options.run
        fields = {**vars(run.model), **vars(run.train), **vars(run.data)}
        assert options.given == [name]
        assert fields[name] == VALUES.get(value, value)
    assert field in names


def test_all_old_flags_of_tasks_are_tried():
    tried = {flag[2:].replace("-", "_") for _, flag, _, _ in OLD_FLAGS}
    assert tried | {"longest"} == {*RENAMED_FIELDS, "teacher_forcing"}


def test_old_flags_of_other_commands():
    found = parse("translate", ["--longest", "7", "--frameworks", "jax"])
    assert (found.max_new_tokens, found.framework) == (7, "jax")
    assert parse("chat", ["--longest=7", "--cells=gru"]).cell == "gru"
    words = ["--checkpoint", "x", "--framework", "jax", "--find", "vowel"]
    found = parse("study neurons", words)
    assert (found.features, found.frameworks) == (["vowel"], ["jax"])
    found = parse_options(
        ["--task", "sine", "--framework", "jax", "--cell=gru"]
    )
    assert (found.frameworks, found.cells) == (["jax"], ["gru"])
    assert parse("bench padding", ["--steps", "9"]).steps == 9


def test_old_commands_are_found(capsys):
    assert command_of(["bench", "lengths", "--steps", "9"]) == (
        "bench padding",
        ["--steps", "9"],
    )
    assert command_of(["--list"]) == ("list", [])
    assert command_of(["--task", "sine"]) == ("run", ["--task", "sine"])
    assert command_of(["run", "--task=sine"]) == ("run", ["--task=sine"])
    assert command_of(["bench", "--task=sine"])[0] == "bench steps"


def test_old_names_in_stored_specs_are_read():
    names = vars(SentimentData()).keys()
    stored = {"keep": "tail", "steps": 9}
    assert current_fields(stored, names) == {"truncate": "pre", "steps": 9}
    assert current_fields({"steps": 9}, ("bptt",)) == {"bptt": 9}
    stored = {"split": "90/5/5", "train_share": 0.95}
    assert current_fields(stored, ["split"]) == {"split": "95/5"}
    names = vars(DecodingOptions()).keys()
    assert current_fields({"longest": 9}, names) == {"max_new_tokens": 9}
    assert current_fields({"nonsense": 9}, names) == {"nonsense": 9}
