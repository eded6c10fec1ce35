"""Rows that can be requested: other backends, loops and compilation."""

import json
import sys
from importlib.util import find_spec

import pytest
from factories.processes import run
from factories.specs import run_spec

from comparisons.runs.processes import Worker

VARIANTS = (
    *("keras-train-on-batch", "keras-jax", "keras-torch"),
    *("jax-pure", "jax-scan", "pytorch-compile"),
    *("keras-fast", "jax-fast"),
)
TINY = {"train_sequences": 380, "validation_sequences": 100}
TINY |= {"test_sequences": 20, "test_forecasts": 5}

DROPOUT = {"dropout": 0.5}
RANDOM = ("keras-jax", "keras-torch", "pytorch-compile")
"""Variants whose dropout no other test of a loop sees."""


@pytest.fixture(scope="module", params=VARIANTS)
def worker(request):
    """A worker, and the name of its framework."""
    process = Worker()
    yield process, request.param
    process.end()


@pytest.fixture(scope="module")
def curves():
    """Framework -> the losses of its tiny run, of those that have trained."""
    return {}


def run_of(framework, **fields):
    """A tiny run of one variant."""
    return run_spec(
        *("sine", framework, "lstm"),
        device="cpu",
        threads=1,
        data=TINY,
        train={"epochs": 3},
        **fields,
    )


def losses_of(process, run):
    """The losses of all epochs of a run that ends well."""
    record = process.ask("run", run, 300)["result"]
    assert record["status"] == "ok"
    return [epoch["loss"] for epoch in record["epochs"]]


def test_a_variant_is_the_same_model_and_trains(worker, curves):
    process, framework = worker
    run = run_of(framework)
    found = process.ask("short", run, 300)["result"]["deviations"]
    assert [one["check"] for one in found] == [
        "forward",
        "gradient",
        "trajectory",
        "training",
        "parameters",
    ]
    assert all(one["measured"] <= one["limit"] for one in found), found
    losses = curves[framework] = losses_of(process, run)
    assert losses[-1] < losses[0]
    if framework in RANDOM:
        assert losses != losses_of(process, run_of(framework, model=DROPOUT))


def test_weights_of_the_same_role_are_trained_apart_on_another_backend():
    """Keras on PyTorch clears the gradient of a weight by its path."""
    deep = {"impl": "scratch", "num_layers": 2}
    process = Worker()
    answer = process.ask("short", run_of("keras-torch", model=deep), 300)
    process.end()
    found = answer["result"]["deviations"]
    assert {"gradient", "trajectory"} <= {one["check"] for one in found}
    assert all(one["measured"] <= one["limit"] for one in found), found


def test_variants_have_equal_losses(curves):
    for framework in {"pytorch", "jax-scan"} - curves.keys():
        process = Worker()
        curves[framework] = losses_of(process, run_of(framework))
        process.end()
    expected = pytest.approx(curves["pytorch"], rel=1e-3)
    assert {name: losses == expected for name, losses in curves.items()} == (
        dict.fromkeys(curves, True)
    )


def test_a_framework_does_not_import_other_installed_frameworks():
    """Keras' memory and start are not those of JAX, pandas or matplotlib."""
    program = (
        "import json, sys\n"
        "from comparisons.worker.jobs import load_implementation\n"
        "from comparisons.frameworks import resolve_run\n"
        "run = resolve_run(task='sine', framework='keras', cell='rnn')\n"
        "load_implementation(run)\n"
        "loaded = [n for n in sys.argv[1:] if n in sys.modules]\n"
        "print(json.dumps(loaded), file=sys.stderr)"
    )
    names = ("jax", "pandas", "matplotlib", "sklearn", "tensorflow")
    assert all(map(find_spec, names))
    done = run([sys.executable, "-c", program, *names])
    assert done.code == 0, done
    assert json.loads(done.err.splitlines()[-1]) == ["tensorflow"]
