"""Rows that can be asked for: other backends, loops and compilation."""

import json
import sys

import pytest
from factories.processes import run
from factories.specs import run_spec

from comparisons.runs.processes import Worker

VARIANTS = (
    *("keras-train-on-batch", "keras-jax", "keras-torch"),
    *("jax-pure", "jax-scan", "pytorch-compile"),
)
TINY = {"train_steps": 400, "validation_steps": 120, "test_steps": 120}

DROPOUT = {"dropout": 0.5}


@pytest.fixture(scope="module", params=VARIANTS)
def worker(request):
    """A worker, and the name of the framework it is asked for."""
    process = Worker()
    yield process, request.param
    process.end()


def run_of(framework, **fields):
    """A tiny run of one variant."""
    return run_spec(
        *("sine", framework, "lstm"),
        threads=1,
        data=TINY,
        train={"epochs": 3},
        **fields,
    )


def test_a_variant_is_the_same_model_and_trains(worker):
    process, framework = worker
    run = run_of(framework, device="cpu")
    found = process.ask("short", run, 300)["result"]["deviations"]
    assert [one["check"] for one in found] == [
        "forward",
        "gradient",
        "trajectory",
        "parameters",
    ]
    assert all(one["measured"] <= one["limit"] for one in found), found
    record = process.ask("run", run, 300)["result"]
    assert record["status"] == "ok"
    losses = [epoch["loss"] for epoch in record["epochs"]]
    assert losses[-1] < losses[0]
    dropping = process.ask("run", run_of(framework, model=DROPOUT), 300)
    assert losses != [e["loss"] for e in dropping["result"]["epochs"]]


def test_variants_have_equal_losses():
    losses = {}
    for framework in ("pytorch", "jax-scan"):
        process = Worker()
        record = process.ask("run", run_of(framework), 300)["result"]
        process.end()
        losses[framework] = [epoch["loss"] for epoch in record["epochs"]]
    assert losses["jax-scan"] == pytest.approx(losses["pytorch"], rel=1e-3)


def test_a_framework_does_not_import_other_installed_frameworks():
    """Keras' memory and start are not those of JAX, pandas or matplotlib."""
    program = (
        "import json, sys\n"
        "from comparisons.worker.jobs import load_implementation\n"
        "from comparisons.frameworks import resolve_run\n"
        "run = resolve_run(task='sine', framework='keras', cell='rnn')\n"
        "load_implementation(run)\n"
        "loaded = [n for n in sys.argv[1:] if n in sys.modules]\n"
        "import sklearn.metrics, pandas\n"
        "print(json.dumps(loaded), file=sys.stderr)"
    )
    names = ("jax", "pandas", "matplotlib", "sklearn", "tensorflow")
    done = run([sys.executable, "-c", program, *names])
    assert done.code == 0, done
    assert json.loads(done.err.splitlines()[-1]) == ["tensorflow"]
