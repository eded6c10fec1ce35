"""Language models: equal while the state goes on, and red where it does not.

The subset has every cell, kind of layers and input, and tied weights;
`compare.py verify` runs all cases.
"""

import importlib
from dataclasses import replace
from types import SimpleNamespace

import pytest
from factories.specs import run_spec
from test_equivalence import PACKAGES, configured
from test_mutations import forget_compiled

from comparisons.analysis.equivalence import generation_summary
from comparisons.commands.verify import check_cell
from comparisons.equivalence import language_model
from comparisons.equivalence.cases import language_case
from comparisons.equivalence.checks import full_checks
from comparisons.equivalence.language_model import stream_checks
from comparisons.equivalence.limits import LIMITS
from comparisons.equivalence.measure import Deviation, loaded

DEEP = language_case("lstm", "native", "embedding", 2)
GATED = (
    ("float64", DEEP),
    ("float64", language_case("gru", "scratch", "embedding", 1, tied=True)),
    ("float64", language_case("rnn", "native", "onehot", 1)),
    ("float32", language_case("lstm", "scratch", "embedding", 2)),
)


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize(("precision", "case"), GATED, ids=str)
def test_every_gate_holds(package, precision, case):
    implementation = configured(package, precision)
    found = full_checks(implementation, case, precision)
    assert [gap for gap in found if not gap.holds] == []
    names = [gap.case.rpartition(", ")[2] for gap in found]
    assert names[-3:] == ["scored", "carried", "written"]


def gaps(package, case):
    """The gates of what is carried, by the last word of their name."""
    implementation = configured(package, "float64")
    model, _ = loaded(implementation, case, "float64")
    found = stream_checks(implementation, model, case, "float64", "step")
    return {gap.case.rpartition(", ")[2]: gap for gap in found}


def plant_fresh_state(monkeypatch, package):
    """A model that begins anew in each window."""
    model = importlib.import_module(f"{package}.language_model").LanguageModel
    right = model.forward_from

    def wrong(self, x, state, **keywords):
        batch = x.shape[0]  # None where Keras compiles for any
        fresh = None if batch is None else self.initial_state(batch)
        return right(self, x, fresh, **keywords)

    monkeypatch.setattr(model, "forward_from", wrong)


def plant_other_order(monkeypatch, package):
    """Streams that lie across each other."""
    training = importlib.import_module(f"{package}.training")
    for name in ("epoch_batches", "epoch_order", "EpochBatches"):
        right = getattr(training, name, None)

        def wrong(split, spec, epoch, right=right):
            return right(split, replace(spec, stateful=False), epoch)

        monkeypatch.setattr(training, name, wrong, raising=False)


PLANTS = {
    "the state is dropped": (
        plant_fresh_state,
        {"scored", "carried", "written"},
    ),
    "windows change places": (plant_other_order, {"carried"}),
}


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize("error", PLANTS)
def test_a_planted_error_is_caught(package, error):
    plant, red = PLANTS[error]
    try:
        with pytest.MonkeyPatch.context() as monkeypatch:
            plant(monkeypatch, package)
            forget_compiled(package)
            found = gaps(package, DEEP)
    finally:
        forget_compiled(package)
    assert {name for name, gap in found.items() if not gap.holds} == red


def test_a_wrong_symbol_is_counted(monkeypatch):
    implementation = configured("pytorch_impl", "float64")
    model, weights = loaded(implementation, DEEP, "float64")
    args = implementation, model, DEEP, weights
    assert language_model.symbols(*args) == 0.0
    generation = importlib.import_module("pytorch_impl.generation")
    right = generation.sample

    def wrong(logits, uniforms, sampling):
        return right(logits, uniforms, replace(sampling, top_k=1))

    monkeypatch.setitem(generation.SAMPLERS, "language_model", wrong)
    assert language_model.symbols(*args) > 0.0


def test_verify_counts_what_is_written():
    def record(precision, *wrong):
        measured = [("symbols", w) for w in wrong] + [("forward", 9.0)]
        found = [Deviation("any", name, w, 0.0) for name, w in measured]
        answer = {"result": {"deviations": [d._asdict() for d in found]}}
        worker = SimpleNamespace(ask=lambda *a, **extra: answer)
        run = run_spec("charlm", "jax", "gru", precision=precision)
        return check_cell(worker, run, "native", 1.0, "verify")

    records = [record("float64", 0.0, 3.0), record("float32", 7.0)]
    assert generation_summary(records) == (
        "2 language models generated 24 texts of 200 tokens; 3 tokens differ "
        "from the reference"
    )


def test_the_limits_are_those_of_all_models():
    found = gaps("pytorch_impl", DEEP)
    limits = LIMITS["float64"]
    assert found["scored"].limit == limits["forward"]
    assert found["carried"].limit == limits["trajectory"]
    assert found["written"].limit == 0.0
