"""The study of steps: its job, its command, its files."""

import importlib
from argparse import Namespace
from dataclasses import replace

import numpy as np
import pytest
from factories.specs import run_spec

from comparisons.arguments.options import parse_options
from comparisons.equivalence.case import Case
from comparisons.equivalence.limits import LIMITS
from comparisons.studies.steps.example import Unrolled, expected
from comparisons.studies.steps.options import read
from comparisons.worker.jobs import Job
from comparisons.worker.messages import dumps, loads
from comparisons.worker.requests import ENDINGS, Example
from comparisons.worker.studies.unroll import unroll_example
from shared.errors import SpecError
from shared.reference import model as reference_model
from shared.specs import ModelSpec
from shared.tasks import get_task
from shared.weights.checkpoints import Checkpoint

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")


@pytest.fixture
def example():
    """One padded sequence of four steps for a deep model in two ways."""
    case = Case("classifier", "gru", "embedding", "scratch", 2, True, True)
    x, _, lengths = case.split()
    return Example(case.spec(), None, x[:1, :4], lengths[:1])


def test_a_request_has_the_example_unchanged(example):
    again = loads(dumps(example.message()))
    assert ModelSpec(**again.pop("model")) == example.model
    assert again.pop("checkpoint") is None
    for name, one in again.items():
        other = getattr(example, name)
        np.testing.assert_array_equal(one, other)
        assert one.dtype == other.dtype


def test_outputs_at_a_step_are_those_of_the_truncated_sequence(example):
    found = expected(example, 0)
    weights = example.weights(0)
    for t in range(4):
        cut = reference_model.forward(
            example.model, weights, example.x[:, : t + 1], None
        )
        np.testing.assert_allclose(found[ENDINGS][t], cut[0], atol=1e-14)
    np.testing.assert_allclose(found[ENDINGS][-1], found["outputs"][0])


@pytest.mark.parametrize("package", PACKAGES)
def test_a_job_gives_both_kinds_of_layers_the_same_weights(package, example):
    run = run_spec("names", "jax", "gru", device="cpu", threads=1)
    implementation = importlib.import_module(package)
    found = unroll_example(Job(run, implementation, example.message()))
    unrolled = Unrolled(
        example,
        run,
        list("abcd"),
        {package: {name: np.array(a) for name, a in found.items()}},
        expected(example, run.seed),
        LIMITS["float32"]["forward"],
    )
    assert unrolled.over() == []
    other = replace(unrolled, reference=expected(example, run.seed + 1))
    assert len(other.over()) == len(found)


def test_a_missing_quantity_deviates():
    case = Case("forecaster", "rnn", "values", "scratch", 1, False, False)
    x, _, lengths = case.split()
    example = Example(case.spec(), None, x[:1], lengths)
    wanted = expected(example, 0)
    some = {name: a for name, a in wanted.items() if name != "rnn.0.h"}
    run = run_spec("sine", "jax", "rnn")
    over = Unrolled(example, run, [], {"any": some}, wanted, 1e-5).over()
    assert len(over) == len(wanted)


def test_names_are_encoded_as_by_the_task(tiny_names):
    task = get_task("names")
    dataset = task.load(task.data, 0)
    assert task.codec is not None
    metadata = task.codec.metadata(dataset)
    row = 3
    name = str(dataset.arrays["names_test"][row])
    x, lengths = task.codec.encode(name, metadata)
    np.testing.assert_array_equal(x[0], dataset.test.x[row, : len(name)])
    assert lengths.tolist() == [len(name)]
    for text in ("Papad3s", ""):
        with pytest.raises(SpecError, match=r"no character|'3'"):
            task.codec.encode(text, metadata)


def test_text_is_encoded_with_the_vocabulary_of_the_checkpoint(tiny_names):
    """The data may be others by then."""
    own = Namespace(text="ap", example=None)
    choices = parse_options(["--task", "names"])
    dataset = choices.task.load(choices.task.data, 0)
    trained = Checkpoint(
        *(run_spec("names", "jax", "gru"), ModelSpec(), {}),
        metadata={"characters": "ap", "classes": []},
    )
    x, lengths, marks = read(own, choices, dataset, trained)
    assert (x.tolist(), lengths.tolist(), marks) == ([[2, 3]], [2], ["a", "p"])
    with pytest.raises(SpecError, match="has 'd'"):
        read(Namespace(text="ad", example=None), choices, dataset, trained)
    assert read(own, choices, dataset, None)[0].tolist() != [[2, 3]]
