"""Flags in a TOML file: read, saved, and read again."""

import tomllib

import pytest

from comparisons.arguments.command_line import parse
from comparisons.arguments.config import with_config
from comparisons.compare import dispatch
from shared.errors import UserError


def write_config(tmp_path, text, name="run.toml"):
    path = tmp_path / name
    path.write_text(text)
    return str(path)


def test_a_file_holds_any_flag(tmp_path):
    path = write_config(
        tmp_path,
        'task = "sine"\nframeworks = ["jax", "keras"]\nhidden-size = 7\n'
        "bidirectional = true\nquiet = true\nfresh = false\n"
        'learning_rate = 1e-3\nsweep = ["window=5,10", "noise=0,1"]\n',
    )
    found = parse("run", with_config("run", ["--config", path]))
    assert (found.task, found.frameworks) == ("sine", ["jax", "keras"])
    assert (found.hidden_size, found.learning_rate) == (7, 1e-3)
    assert (found.bidirectional, found.quiet, found.fresh) == (
        True,
        True,
        False,
    )
    assert found.sweep == ["window=5,10", "noise=0,1"]


def test_the_command_line_wins(tmp_path):
    text = 'task = "charlm"\nsteps = 8\ncell = ["gru"]\nepochs = 3\n'
    path = write_config(tmp_path, text)
    words = ["--bptt", "16", "--config", path, "--cells", "rnn", "lstm"]
    found = parse("run", with_config("run", words))
    assert (found.bptt, found.cells, found.epochs) == (16, ["rnn", "lstm"], 3)


def test_the_command_that_is_recorded_names_no_file(tmp_path):
    path = write_config(tmp_path, "top = 3\n")
    words = with_config("predict", ["--config", path, "--checkpoint", "x"])
    assert words == ["--checkpoint", "x", "--top=3"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('task = "sine"\nhiden-size = 3\n', "'hiden-size'; did you mean 'hid"),
        ('task = "sine"\nhidden-size = "big"\n', "'big' is not a whole numb"),
        ('task = "sin"\n', "unknown task 'sin'; did you mean 'sine'?"),
        ("hidden-size = 3\n", "--task is missing"),
        ('task = "sine"\n[model]\nhidden-size = 3\n', "unknown key 'model'"),
        ('task = "sine"\nhelp = true\n', "unknown key 'help'"),
        ("task = \n", "is not TOML"),
        (f"task = {'[' * 9000}", "is not TOML"),
        ("\ufefftask = 'sien'\n", "unknown task 'sien'"),
    ],
)
def test_a_wrong_file_is_refused_in_one_line(text, message, tmp_path):
    path = write_config(tmp_path, text)
    with pytest.raises(UserError) as refused:
        dispatch(["--config", path])
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_absent_is_refused(tmp_path):
    with pytest.raises(UserError, match=r"cannot read .*none\.toml"):
        dispatch(["--config", str(tmp_path / "none.toml")])


LINES = [
    "--task sine --hidden-size 64 --bidirectional --dropout 0.25 --quiet",
    "run --task sentiment --keep head --cell gru,lstm --frameworks jax keras",
    "bench --task charlm --hidden-sizes 64 128 256 --learning-rate 1e-05",
    "report docs/sine docs/names --out page.html --format markdown",
    "translate --text=a --text=--b --beam 5 --longest 9 --cell gru",
    "study neurons --checkpoint x --units 1 2 --unknown skip",
]


@pytest.mark.parametrize("line", LINES)
def test_a_saved_config_round_trips(line, tmp_path, capsys):
    path = tmp_path / "saved" / "run.toml"
    words = line.split()
    assert dispatch([*words, "--save-config", str(path)]) == 0
    assert capsys.readouterr().out == f"file: {path}\n"
    name = {"--task": "run", "bench": "bench steps", "study": "study neurons"}
    name = name.get(words[0], words[0])
    flags = [w for w in words if w not in (*name.split(), "run")]
    places = flags[:2] if name == "report" else []
    again = with_config(name, [*places, "--config", str(path)])
    assert vars(parse(name, again)) == vars(parse(name, flags))


def test_texts_round_trip_through_the_file(tmp_path):
    path = tmp_path / "run.toml"
    prompt = 'a "quoted"\n\\line\té'
    words = ["generate", "--prompt", prompt, "--save-config", str(path)]
    assert dispatch(words) == 0
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {"prompt": prompt}
