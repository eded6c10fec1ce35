"""Searches of a formula, in a folder of their own."""

from __future__ import annotations

import pytest
import sqlalchemy
from factories.fakes.searches import SINE, SPACE, Scripted

from comparisons.arguments import engines
from comparisons.arguments.command_line import parse
from comparisons.records.store import Store
from comparisons.runs.engines import pool
from comparisons.runs.progress import Silence
from comparisons.tuning.engines import alone
from comparisons.tuning.engines.select import engine_of
from comparisons.tuning.plan import make_tune_plan
from comparisons.tuning.search import Search
from comparisons.tuning.storage import open_studies


@pytest.fixture(autouse=True)
def quick_commits():
    """Let SQLite not wait for the disk: a test loses no power."""

    def connected(connection, record):
        connection.execute("pragma synchronous = off").close()

    sqlalchemy.event.listen(sqlalchemy.Engine, "connect", connected)
    yield
    sqlalchemy.event.remove(sqlalchemy.Engine, "connect", connected)


@pytest.fixture
def scripted(monkeypatch):
    """The class of the workers of a search."""
    monkeypatch.setattr(alone, "Worker", Scripted)
    monkeypatch.setattr(pool, "Worker", Scripted)
    monkeypatch.setattr(engines, "cpu_count", lambda: 4)
    monkeypatch.setattr(Scripted, "trained", [])
    monkeypatch.setattr(Scripted, "faults", {})
    return Scripted


@pytest.fixture
def plan_of(tmp_path):
    """A function that makes the plan of some flags."""

    def make(*more, space=SPACE, task=SINE):
        words = [*task, "--space", *space, "--out", str(tmp_path / "out")]
        words += ["--trials", "6", *more]
        return make_tune_plan(parse("tune", words), words, "compare.py tune")

    return make


@pytest.fixture
def searched(scripted, plan_of):
    """A function that searches, and returns the studies and the records."""

    def run(*more, **what):
        plan = plan_of(*more, **what)
        store = Store(plan.out)
        try:
            studies = open_studies(plan)
            search = Search(plan, studies, store, Silence())
            engine_of(plan.options).train(search)
            return studies, store.records
        finally:
            store.close()

    return run
