"""Every planted error is recognized by its outputs."""

import numpy as np
import pytest
from few_cases import untrained

from comparisons.vectors.compare import Result, result_of, valid
from comparisons.vectors.diagnosis import explain as explanation
from comparisons.vectors.diagnosis.explain import explain, plants_of
from comparisons.vectors.diagnosis.plant import planted_outputs
from comparisons.vectors.kinds import KINDS
from comparisons.vectors.report import row_of
from comparisons.vectors.worker.runner import Runner


def answer(outputs) -> dict:
    return {
        "status": "ok",
        "outputs": outputs,
        "gradients": None,
        "trainings": {},
    }


def cases_of(vectors, kind) -> list:
    """Ragged ones, without and with an initial state."""
    names = untrained(vectors, kind)
    ragged = [n for n in names if vectors.planned(n)["lengths"]]
    return [vectors.read(name) for name in (ragged[0], ragged[-1])]


def results_of(vectors, kind, outputs_of, plant) -> list[Result]:
    """What a program with the error would return."""
    return [
        result_of(case, expected, answer(outputs_of(plant, case)), "float64")
        for case, expected in cases_of(vectors, kind)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_planted_error_is_named(vectors, kind, monkeypatch):
    plants = plants_of(kind)
    texts = {f"outputs match {plant.text}": plant for plant in plants}
    assert len(texts) == len(plants)
    known = {}

    def once(plant, case):
        """The outputs of an error are compared with those of each other."""
        key = plant.text, case.id
        if key not in known:
            known[key] = planted_outputs(plant, case)
        return known[key]

    def same(one, other) -> bool:
        """Whether two errors have the same outputs."""
        for case, _ in cases_of(vectors, kind):
            a, b = (valid(case, once(plant, case)) for plant in (one, other))
            if not all(np.allclose(a[n], b[n], atol=1e-12) for n in a):
                return False
        return True

    monkeypatch.setattr(explanation, "planted_outputs", once)
    for plant in plants:
        results = results_of(vectors, kind, once, plant)
        assert any(r.status == "failed" for r in results), plant.text
        named = {text for text, _ in explain(vectors, kind, results, "float64")}
        if f"outputs match {plant.text}" in named:
            continue
        others = [texts[text] for text in named if text in texts]
        assert len(others) == len(named), (plant.text, named)
        # Another one explains each failure as well.
        assert any(same(plant, one) for one in others) or (len(named) > 1), (
            plant.text,
            named,
        )


def test_what_no_planted_error_explains_is_described(vectors):
    case, expected = vectors.read(untrained(vectors, "lstm")[0])
    outputs = expected.outputs | {"c": expected.outputs["c"] + 0.25}
    result = result_of(case, expected, answer(outputs), "float64")
    ((text, count),) = explain(vectors, "lstm", [result], "float64")
    assert count == 1
    assert text.startswith("c deviate by ")


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
    kind, runner = "gru-reset-after", Runner(str(path), str(vectors.folder))
    results = [
        result_of(*vectors.read(name), runner.run(name, "float64"), "float64")
        for name in untrained(vectors, kind)
    ]
    found = row_of(vectors, kind, results, "float64")
    assert (found.passed, found.failed, found.unsupported) == (2, 1, 3)
    assert found.mistakes == [
        ("outputs match the recurrent bias dropped at t = 0", 1)
    ]
