"""Every planted error is recognized, and what is known is found."""

import numpy as np
import pytest
from few_cases import few

from comparisons.vectors.build import build
from comparisons.vectors.check import Checker, adapter_path, check
from comparisons.vectors.compare import Result, result_of, valid
from comparisons.vectors.diagnosis.explain import explain, plants_of
from comparisons.vectors.diagnosis.plant import planted_outputs
from comparisons.vectors.index import Vectors
from comparisons.vectors.kinds import KINDS
from comparisons.vectors.report import notes, row_of

NUMPY = "from comparisons.vectors.reference.run import run as reference\n"


def answer(outputs, gradients=None) -> dict:
    return {
        "status": "ok",
        "outputs": outputs,
        "gradients": gradients,
        "trainings": {},
    }


def results_of(vectors, kind, plant) -> list[Result]:
    """What a program with the error would return."""
    found = []
    for case, expected in vectors.cases(kind):
        wrong = answer(planted_outputs(plant, case))
        found.append(result_of(case, expected, wrong, "float64"))
    return found


def same(vectors, kind, one, other) -> bool:
    """Whether two errors have the same outputs."""
    for case, _ in vectors.cases(kind):
        a = valid(case, planted_outputs(one, case))
        b = valid(case, planted_outputs(other, case))
        if not all(np.allclose(a[n], b[n], atol=1e-12) for n in a):
            return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_every_planted_error_is_named(vectors, kind):
    plants = plants_of(kind)
    texts = {f"outputs match {plant.text}": plant for plant in plants}
    assert len(texts) == len(plants)
    for plant in plants:
        results = results_of(vectors, kind, plant)
        assert any(r.status == "failed" for r in results), plant.text
        named = {text for text, _ in explain(vectors, kind, results, "float64")}
        if f"outputs match {plant.text}" in named:
            continue
        others = [texts[text] for text in named if text in texts]
        assert len(others) == len(named), (plant.text, named)
        # Another one explains each failure as well.
        assert any(same(vectors, kind, plant, one) for one in others) or (
            len(named) > 1
        ), (plant.text, named)


def test_what_no_planted_error_explains_is_described(vectors):
    results = []
    for case, expected in vectors.cases("lstm"):
        outputs = dict(expected.outputs)
        outputs["c"] = outputs["c"] + 0.25
        results.append(result_of(case, expected, answer(outputs), "float64"))
    ((text, count),) = explain(vectors, "lstm", results[:1], "float64")
    assert count == 1
    assert text.startswith("c deviate by ")


def row(path, vectors, kind):
    """The row of one kind that a check in a process gives."""
    checker = Checker(path, vectors, timeout=240.0)
    try:
        precision = checker.description["precisions"][0]
        found = dict(check(checker, [kind], None, precision, lambda name: None))
    finally:
        checker.end()
    return row_of(vectors, kind, found[kind], precision)


def mistakes(found) -> set[str]:
    return {text for text, _ in found.mistakes}


def test_a_gru_that_drops_the_recurrent_bias_at_first_is_named(
    vectors, adapter
):
    """As that of MLX before 0.31 (issue 3249)."""
    path = adapter(
        "import numpy as np\n"
        "def sigmoid(x): return 1 / (1 + np.exp(-x))\n"
        "def step(x, h, w, u, b, b_h):\n"
        "    a = np.split(x @ w + b, 3, -1)\n"
        "    p = [0, 0, 0] if h is None else np.split(h @ u + b_h, 3, -1)\n"
        "    r, z = sigmoid(a[0] + p[0]), sigmoid(a[1] + p[1])\n"
        "    n = np.tanh(a[2] + r * p[2])\n"
        "    return (1 - z) * n + (0 if h is None else z * h)\n"
        "def run(case):\n"
        "    if case.lengths is not None:\n"
        "        raise NotImplementedError('no lengths')\n"
        "    x, outs, last = case.arrays['x'], [], []\n"
        "    for i, prefix in enumerate(case.prefixes[0]):\n"
        "        w = [case.arrays[prefix + n] for n in NAMES]\n"
        "        h = case.initial_state and case.initial_state['h'][i]\n"
        "        y, order = [], range(x.shape[1])[::-1 if i else 1]\n"
        "        for t in order:\n"
        "            h = step(x[:, t], h, *w)\n"
        "            y.append(h)\n"
        "        outs.append(np.stack(y[::-1 if i else 1], 1))\n"
        "        last.append(h)\n"
        "    out = {'outputs': np.concatenate(outs, 2), 'h': np.stack(last)}\n"
        "    out['loss'] = case.loss(out, np.asarray, np.sum)\n"
        "    return out, None\n"
        "NAMES = ('w_ih', 'w_hh', 'b_ih', 'b_hh')\n"
    )
    found = row(path, vectors, "gru-reset-after")
    assert (found.passed, found.failed, found.unsupported) == (2, 1, 3)
    assert mistakes(found) == {
        "outputs match the recurrent bias dropped at t = 0"
    }


@pytest.mark.torch
def test_ctc_that_counts_padding_is_named(vectors, adapter):
    path = adapter(
        "from dataclasses import replace\n"
        "from comparisons.vectors.adapters import pytorch\n"
        "def run(case):\n"
        "    return pytorch.run(replace(case, lengths=None))\n"
    )
    found = row(path, vectors, "ctc")
    assert (found.passed, found.failed) == (3, 3)
    assert mistakes(found) == {
        "outputs match CTC that counts padding as frames"
    }


@pytest.mark.jax
def test_the_gru_of_nnx_has_no_recurrent_candidate_bias(vectors):
    found = row(adapter_path("nnx"), vectors, "gru-reset-after")
    assert (found.passed, found.failed) == (0, 6)
    assert mistakes(found) == {
        "outputs match a GRU without recurrent candidate bias"
    }


@pytest.mark.keras
def test_a_conversion_to_keras_with_exchanged_gates_is_named(vectors, adapter):
    path = adapter(
        "from comparisons.vectors.adapters.keras import torch\n"
        "from comparisons.vectors.adapters.keras import _layers\n"
        "_layers.reordered = lambda case, array: array\n"
        "run, PRECISIONS = torch.run, torch.PRECISIONS\n"
    )
    found = row(path, vectors, "gru-reset-after")
    assert found.passed == 0
    assert mistakes(found) == {"outputs match gates r and z exchanged"}


@pytest.mark.keras
def test_the_masking_of_keras_repeats_the_last_state(vectors, tmp_path):
    """But not within `Bidirectional`, which sets the outputs there to 0."""
    build(tmp_path, [g for g in few(5, "forward") if g.kind == "lstm"])
    one_way = row(adapter_path("keras/torch"), Vectors(tmp_path), "lstm")
    assert (one_way.passed, one_way.failed) == (6, 0)
    assert notes(one_way) == "past the end: the last state repeated"
    assert notes(row(adapter_path("keras/torch"), vectors, "lstm")) == ""
