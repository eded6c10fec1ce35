"""A result is taken again when what decides it has changed, and only then."""

import pytest
from factories.processes import TINY

from comparisons.arguments import extras
from comparisons.arguments.options import parse_options
from comparisons.records import environment
from comparisons.records.environment import CODE, ROOT, code_hash
from comparisons.runs import plan
from comparisons.runs.plan import make_plan
from comparisons.runs.progress import Silence
from comparisons.runs.runner import Runner

DECIDES = (
    *("comparisons/frameworks/__init__.py", "comparisons/worker/train.py"),
    *("comparisons/equivalence/checks.py", "jax_impl/__init__.py"),
    *("shared/specs/model.py", "shared/tasks/fundamentals/sine.py"),
    "shared/files/registry.txt",
)
FILES = tuple(name for name in CODE if (ROOT / name).is_file())
SHOWS = (
    *("shared/exercises/exercise.py", "comparisons/worker/exercises/answer.py"),
    *("shared/exhibits/kinds.py", "comparisons/report/page.py"),
    *("comparisons/analysis/tables.py", "pytorch_impl/__init__.py"),
)


@pytest.fixture
def code(monkeypatch, tmp_path):
    """The hash of a small tree of these files, and the tree's root."""
    for name in (*DECIDES, *SHOWS, *FILES):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text((ROOT / name).read_text())
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    return lambda: code_hash.__wrapped__("jax_impl"), tmp_path


@pytest.mark.parametrize("name", [*DECIDES, *SHOWS])
def test_the_hash_covers_exactly_the_code_that_decides_a_result(code, name):
    found, root = code
    before = found()
    assert found() == before
    with (root / name).open("a") as file:
        file.write("# another\n")
    assert (found() != before) == (name in DECIDES)


class MemoryStore:
    """A store in memory."""

    def __init__(self):
        self.records = []

    def append(self, record):
        self.records.append(record)

    def finished(self, key, timed=False):
        return True


def runner_of(*flags, store=None):
    """A runner of a tiny comparison with some flags."""
    choices = parse_options([*TINY, "--cells", "gru", "--seeds", "1", *flags])
    return Runner(
        make_plan(choices, ""), store or MemoryStore(), choices, Silence()
    )


@pytest.mark.parametrize(
    ("flags", "same"),
    [
        ("--hidden-size 32 --window 20 --learning-rate 1e-2", True),
        ("--layers native --noise 0.05 --epochs 3", True),
        ("--epochs 4", False),
        ("--noise 0.2", False),
        ("--hidden-size 33", False),
        ("--precision float64", False),
        ("--threads 2", False),
        ("--device cpu", False),
        ("--init native", False),
    ],
)
def test_equal_settings_share_a_key(flags, same):
    assert (runner_of(*flags.split()).keys() == runner_of().keys()) == same


def test_baselines_depend_on_the_data_and_their_seed_alone():
    usual, other, noisy = (
        runner_of(*flags.split()).keys()[1]
        for flags in ("", "--epochs 4 --threads 2", "--noise 0.2")
    )
    assert usual == other != noisy


def test_a_framework_that_is_absent_has_no_record(monkeypatch):
    whole = runner_of().keys()
    monkeypatch.setattr(
        extras, "missing_modules", lambda name: ["flax"] * (name == "jax")
    )
    store = MemoryStore()
    runner = runner_of(store=store)
    runner.run()
    assert store.records == []
    assert runner.keys() == whole[: len(whole) // 3 * 2]  # of three


def test_a_run_that_stays_unavailable_is_noted_once():
    """Until the reason is another one, or a result came between."""
    runner = runner_of(store=(store := MemoryStore()))
    (run, *_) = runner.plan.runs
    for error in ("no GPU", "no GPU", "no driver", "no GPU"):
        runner._append("run", run, {"status": "unavailable", "error": error})
    assert [r.error for r in store.records] == ["no GPU", "no driver", "no GPU"]
    for _ in range(2):
        runner._append("run", run, {"status": "failed", "error": "it failed"})
    assert len(store.records) == 5


def test_a_changed_package_is_another_key(monkeypatch):
    before = runner_of().keys()
    monkeypatch.setattr(plan, "code_hash", lambda package: package)
    assert not set(runner_of().keys()) & set(before)
