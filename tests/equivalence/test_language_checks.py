"""Language models: equal while the state goes on, and red where it does not.

The subset has every cell, kind of layers and input, and tied weights;
`compare.py verify` runs all cases.
"""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from factories.implementations import PACKAGES, configured
from factories.specs import run_spec

from comparisons.analysis.equivalence import generation_summary
from comparisons.commands.verify import check_cell
from comparisons.equivalence.autoregressive import autoregressive_checks
from comparisons.equivalence.cases import case_of, language_case
from comparisons.equivalence.checks import full_checks
from comparisons.equivalence.limits import LIMITS
from comparisons.equivalence.measure import Deviation, loaded

DEEP = language_case("lstm", "native", "embedding", 2)
STEPS = case_of("sequence_forecaster", "lstm", "values", "native", 2)
FRAMES = case_of("frame_model", "gru", "values", "native", 2)
CHECKED = (
    ("float64", DEEP),
    ("float64", language_case("gru", "scratch", "embedding", 1, tied=True)),
    ("float64", language_case("rnn", "native", "onehot", 1)),
    ("float64", language_case("lstm", "scratch", "embedding", 2)),
    (
        "float64",
        replace(
            language_case("lstm", "scratch", "embedding", 1), layer_norm=True
        ),
    ),
)


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.parametrize(("precision", "case"), CHECKED, ids=str)
def test_every_check_passes(package, precision, case):
    implementation = configured(package, precision)
    found = full_checks(implementation, case, precision)
    assert [row for row in found if not row.holds] == []
    names = [row.case.rpartition(", ")[2] for row in found]
    assert names[-3:] == ["token NLL", "stateful", "generated"]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_check_of_frames_passes(package):
    implementation = configured(package, "float64")
    found = full_checks(implementation, FRAMES, "float64")
    assert [row for row in found if not row.holds] == []
    assert found[-1].case == f"{FRAMES}, generated"


@pytest.mark.parametrize("package", PACKAGES)
def test_every_check_of_a_forecaster_of_each_step_passes(package):
    implementation = configured(package, "float64")
    found = full_checks(implementation, STEPS, "float64")
    assert [row for row in found if not row.holds] == []


def deviations(package, case):
    """The deviations of autoregressive checks, by the last word of a case."""
    implementation = configured(package, "float64")
    model, _ = loaded(implementation, case, "float64")
    found = autoregressive_checks(
        implementation, model, case, "float64", "step"
    )
    return {row.case.rpartition(", ")[2]: row for row in found}


def test_verify_counts_generated_tokens():
    def record(precision, *wrong):
        measured = [("tokens", w) for w in wrong] + [("forward", 9.0)]
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
    found = deviations("pytorch_impl", DEEP)
    limits = LIMITS["float64"]
    assert found["token NLL"].limit == limits["forward"]
    assert found["stateful"].limit == limits["trajectory"]
    assert found["generated"].limit == 0.0
