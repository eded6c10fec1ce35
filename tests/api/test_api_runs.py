"""The examples in the docstrings, run as they are on little data."""

import doctest

import comparisons
from comparisons.api import models, run, tasks
from comparisons.api.models import best
from shared.tasks.fundamentals.sine import TASK

SMALL = {
    "train_sequences": 380,
    "validation_sequences": 40,
    "test_sequences": 10,
    "test_forecasts": 4,
    "epochs": 1,
    "threads": 1,
    "quiet": True,
    "report": False,
}


def test_the_examples_of_the_docstrings_hold(tmp_path, monkeypatch):
    words_of = run.words_of

    def small(command, options):
        more = SMALL if command == "run" else {}
        return words_of(command, more | options)

    monkeypatch.setattr(run, "words_of", small)
    data = type(TASK.data)(test_sequences=10, test_forecasts=4)
    known = {"folder": tmp_path / "out", "data": data}
    for function in (run.compare, tasks.tasks, models.best):
        (test,) = doctest.DocTestFinder(recurse=False).find(
            function, globs=known
        )
        assert test.examples
        assert doctest.DocTestRunner().run(test).failed == 0
    with best(tmp_path / "out", "pytorch", "gru") as model:
        assert "sine GRU" in repr(model)
    assert len(comparisons.load(tmp_path / "out").runs()) == 2
