"""The core works without any framework, and says what installs one."""

import shutil
import tomllib

import pytest
from factories.processes import TINY, assert_refused, compare, without

from comparisons.arguments import extras
from comparisons.frameworks import DEFAULT, FRAMEWORKS
from comparisons.records.environment import ROOT
from comparisons.records.files import records_file
from shared.errors import UserError

ALL = ("torch", "tensorflow", "keras", "jax", "jaxlib", "flax", "optax")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]


def names(requirements):
    """The distributions of requirements, without versions and extras."""
    return {r.partition(">")[0].partition("[")[0] for r in requirements}


@pytest.fixture(scope="module")
def core(tmp_path_factory):
    """The environment of a machine without any framework."""
    return without(tmp_path_factory.mktemp("core") / "site", *ALL)


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_an_extra_has_what_its_frameworks_need(name):
    row = FRAMEWORKS[name]
    # jax brings jaxlib along, in the version that fits.
    needed = set(row.requires.values()) - {"jaxlib"}
    assert needed == names(EXTRAS[row.extra])


def test_the_core_requires_no_framework():
    assert not names(PROJECT["dependencies"]) & {*ALL}
    assert EXTRAS["all"] == [f"rnn-comparisons[{','.join(DEFAULT)}]"]
    assert names(EXTRAS["gpu"]) == {*ALL} - {"jaxlib"}


def test_a_framework_has_one_lower_bound():
    bounds = {}
    for extra in ("gpu", *{row.extra for row in FRAMEWORKS.values()}):
        for requirement in EXTRAS[extra]:
            name, _, bound = requirement.partition(">=")
            bounds.setdefault(name.partition("[")[0], set()).add(bound)
    assert bounds.keys() == {*ALL} - {"jaxlib"}
    assert all(len(found) == 1 for found in bounds.values()), bounds


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("list", "framework jax: not installed; pip install "),
        ("--help", "usage"),
        ("--task sine --help", "--hidden-size"),
        ("code --task sine --cell lstm --part cell", "lstm_step"),
        ("exercise list", "1.1"),
    ],
)
def test_a_command_without_training_needs_no_framework(core, words, text):
    done = compare(*words.split(), env=core)
    assert (done.code, done.err) == (0, ""), done
    assert text in done.out, done


def test_a_report_needs_no_framework(core, tmp_path):
    folder = tmp_path / "sine"
    folder.mkdir()
    shutil.copy(records_file(ROOT / "docs" / "sine"), folder)
    done = compare("report", folder, env=core)
    assert done.code == 0, done
    assert (folder / "report.html").stat().st_size > 1e6


@pytest.mark.parametrize(
    "words",
    [TINY, ("verify",), ("study", "gradients", "--task", "sine")],
    ids=["run", "verify", "study"],
)
def test_training_says_what_installs_a_framework(core, tmp_path, words):
    done = compare(*words, "--out", tmp_path / "out", env=core)
    assert_refused(
        done, "no framework is installed: pip install 'rnn-comparisons["
    )
    assert not (tmp_path / "out").exists()


@pytest.fixture
def only_keras(monkeypatch):
    """Keras alone is installed."""
    monkeypatch.setattr(
        extras, "missing_modules", lambda name: [name] * (name != "keras")
    )


@pytest.mark.usefixtures("only_keras")
def test_frameworks_are_left_out_only_where_they_are_not_named():
    assert extras.chosen(None) == ["keras"]
    assert extras.chosen(["keras"]) == ["keras"]
    message = r"'jax' is not installed \(no jax\): pip install 'rnn-comp"
    with pytest.raises(UserError, match=message):
        extras.chosen(["keras,jax"])


def test_an_extra_is_named_once():
    rows = ("pytorch", "pytorch-compile", "keras-jax")
    assert extras.install_command(rows) == (
        "pip install 'rnn-comparisons[pytorch,keras-jax]'"
    )
