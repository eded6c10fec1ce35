"""The space of a search is read and checked as the flags are."""

import pytest

from comparisons.arguments.command_line import parse
from comparisons.tuning.plan import make_tune_plan
from comparisons.tuning.settings import (
    MOST_CORNERS,
    check_corners,
    corners,
    grid,
    setting_text,
)
from comparisons.tuning.space import Parameter, parse_space
from shared.errors import UserError


def space_of(*texts, more=(), task="sine"):
    words = ["--task", task, *more]
    words += ["--space", *texts] if texts else []
    options = parse("tune", words)
    space = parse_space(options, words)
    check_corners(options, space)
    return space


def test_values_and_ranges_have_the_type_of_their_flag():
    assert space_of(
        *("hidden-size=64,128", "num_layers=1..3", "bidirectional=on,off"),
        *("learning_rate=1e-4..1e-2:log", "optimizer=adam,sgd"),
    ) == [
        Parameter("hidden_size", (64, 128)),
        Parameter("num_layers", (1, 3), range=True),
        Parameter("bidirectional", (True, False)),
        Parameter("learning_rate", (1e-4, 1e-2), range=True, log=True),
        Parameter("optimizer", ("adam", "sgd")),
    ]


def test_an_old_name_of_a_flag_is_that_flag():
    assert space_of("buckets=1,2")[0].name == "num_buckets"


@pytest.mark.parametrize(
    ("texts", "parts"),
    [
        ([], ["--space is missing"]),
        (["hidden_size="], ["NAME=V,V", "'hidden_size='"]),
        (["hidden_size"], ["NAME=V,V", "'hidden_size'"]),
        (["hiden_size=8,16"], ["'hiden_size'", "did you mean 'hidden_size'"]),
        (["seeds=1,2"], ["unknown setting 'seeds'"]),
        (["cell=gru,rnn"], ["unknown setting 'cell'"]),
        (["dataset=one-wave,two"], ["dataset", "are not compared"]),
        (["hidden_size=8"], ["one value, 8", "--hidden-size"]),
        (["hidden_size=8,8"], ["hidden_size has the value 8 twice"]),
        (["hidden_size=8,16", "hidden-size=1,2"], ["given too"]),
        (["hidden_size=8,1.5"], ["'1.5' is not a whole number"]),
        (["dropout=0..x"], ["'x' is not a number"]),
        (["dropout=0..0.5..0.9"], ["LOW..HIGH"]),
        (["num_layers=3..1"], ["is empty: 3 is not below 1"]),
        (["dropout=0..0.5:log"], ["above 0, not 0"]),
        (["dropout=0..1.5"], ["dropout 1.5", "must be below 1.0"]),
        (["optimizer=adam,sdg"], ["'sdg'", "did you mean 'sgd'"]),
        (["optimizer=adam..sgd"], ["has no range"]),
        (["bidirectional=on..off"], ["has no range"]),
        (["epochs=0,2"], ["epochs must be at least 1"]),
        (
            ["weight_decay=0,0.1", "optimizer=adamw,sgd"],
            ["weight decay 0.1, optimizer sgd", "needs optimizer adamw"],
        ),
        (
            ["clip_norm=0.5,1", "clip_value=0,1"],
            ["clip_norm 0.5", "exclude each other"],
        ),
        (["hidden_size=8,400000000"], ["400000000", "of memory"]),
    ],
)
def test_a_space_that_cannot_be_is_refused_in_one_line(texts, parts):
    with pytest.raises(UserError) as refused:
        space_of(*texts)
    text = str(refused.value)
    assert "\n" not in text
    for part in parts:
        assert part in text, text


@pytest.mark.parametrize(
    ("more", "part"),
    [
        (["--hidden-size", "8"], "--hidden-size, which is given too"),
        (["--match-parameters", "999"], "leave --hidden-size out"),
    ],
)
def test_what_the_command_settles_does_not_vary(more, part):
    with pytest.raises(UserError, match=part):
        space_of("hidden_size=8,16", more=more)


def test_a_grid_is_the_product_of_values_and_whole_numbers():
    space = space_of("num_layers=1..3", "hidden_size=8,4")
    found = [(s["num_layers"], s["hidden_size"]) for s in grid(space)]
    assert found == [(1, 8), (1, 4), (2, 8), (2, 4), (3, 8), (3, 4)]
    with pytest.raises(UserError, match=r"not the range 0\.\.0\.5"):
        grid(space_of("dropout=0..0.5"))


def test_of_many_corners_as_many_different_ones_are_checked():
    space = [Parameter(name, (0, 1)) for name in "abcdefghij"]
    found = [tuple(setting.values()) for setting in corners(space)]
    assert len({*found}) == len(found) == MOST_CORNERS
    assert all(len({one[place] for one in found}) == 2 for place in range(10))


def test_a_setting_in_words():
    setting = {"hidden_size": 8, "dropout": 0.25, "bidirectional": True}
    assert setting_text(setting) == (
        "hidden size 8, dropout 0.25, bidirectional on"
    )


@pytest.mark.parametrize(
    ("more", "part"),
    [
        (["--sampler", "grid", "--trials", "3"], "4 settings, more than"),
        (["--batch-size", "100000"], "batch_size 100000"),
    ],
)
def test_a_plan_is_checked_on_the_data(tmp_path, more, part):
    words = ["--task", "sine", "--preset", "quick", *more]
    words += ["--space", "hidden_size=4,8", "num_layers=1,2"]
    words += ["--out", str(tmp_path / "out")]
    with pytest.raises(UserError, match=part):
        make_tune_plan(parse("tune", words), words, "")
    assert not (tmp_path / "out").exists()


def test_a_split_whose_validation_is_its_test_selects_nothing(tmp_path):
    file = tmp_path / "text.txt"
    file.write_text("to be or not to be, that is the question. " * 400)
    words = ["--task", "charlm", "--data", str(file), "--split", "90/10"]
    words += ["--space", "hidden_size=4,8", "--out", str(tmp_path / "out")]
    with pytest.raises(UserError, match="selected by the test score"):
        make_tune_plan(parse("tune", words), words, "")
