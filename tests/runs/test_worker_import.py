"""The import of a framework: what garbage collection does around it."""

import gc
import sys
import types

import pytest
from factories.specs import run_spec

from comparisons.worker import loading
from comparisons.worker.loading import load_implementation

RUN = run_spec("sine", "pytorch", "rnn")


@pytest.fixture
def importing(monkeypatch):
    """The package "new" to import; a list of what its import saw."""
    seen = []

    def import_module(name):
        seen.append(gc.isenabled())
        if name == "missing":
            raise ImportError(name)
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
        return sys.modules[name]

    def set_package(name):
        framework = types.SimpleNamespace(package=name, unneeded=())
        monkeypatch.setattr(loading, "get_framework", lambda _: framework)
        return seen

    monkeypatch.setattr(loading, "worker_environment", lambda *_: {})
    monkeypatch.setattr(loading.importlib, "import_module", import_module)
    yield set_package
    gc.unfreeze()


def test_garbage_is_collected_again_after_an_import(importing):
    seen = importing("new")
    load_implementation(RUN)
    assert seen == [False]
    assert gc.isenabled()
    assert gc.get_freeze_count() > 10_000


def test_garbage_is_collected_again_after_a_failed_import(importing):
    importing("missing")
    with pytest.raises(ImportError):
        load_implementation(RUN)
    assert gc.isenabled()


def test_what_a_run_leaves_is_collected_before_the_next(importing):
    importing("new")
    first = load_implementation(RUN)
    frozen = gc.get_freeze_count()
    garbage = [types.SimpleNamespace() for _ in range(1000)]
    for node in garbage:
        node.me = node
    del garbage, node
    assert load_implementation(RUN) is first
    assert gc.get_freeze_count() <= frozen
    assert gc.collect() >= 1000
