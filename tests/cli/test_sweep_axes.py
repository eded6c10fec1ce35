"""What `--sweep` varies: options, and their values."""

import pytest

from comparisons.analysis.sweeps.axes import axis_of, parse_sweep
from shared.errors import UserError


def test_two_axes_are_crossed():
    words = "--task echo --sweep lag=1,5 --seeds 2 --sweep init=matched,native"
    out, rest, axes = parse_sweep(words.split())
    assert str(out) == "results/echo-sweep"
    assert rest == ["--task", "echo", "--seeds", "2"]
    assert [axis.values for axis in axes] == [("1", "5"), ("matched", "native")]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("--task echo --sweep lag=1,5", ["lag", "init"]),
        ("--task echo --sweep lag=1,5 --init native", ["lag"]),
        ("--task echo --sweep lag=1,5 --init=native", ["lag"]),
        ("--task echo --sweep init=matched", ["init"]),
        ("--task sine --sweep noise=0.1,0.5", ["noise"]),
    ],
)
def test_echo_is_varied_over_initializations_too(words, names):
    assert [axis.name for axis in parse_sweep(words.split())[2]] == names


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lag", "--sweep needs name=value,value, not 'lag'"),
        ("lag=", "--sweep needs name=value,value, not 'lag='"),
        ("=1,2", "--sweep needs name=value,value, not '=1,2'"),
        ("lag=1,1", "--sweep lag has the value 1 twice"),
    ],
)
def test_an_invalid_sweep_is_refused(text, message):
    with pytest.raises(UserError) as error:
        axis_of(text)
    assert str(error.value) == message
