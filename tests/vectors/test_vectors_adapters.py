"""Each adapter on a few cases: it passes, but for what its engine lacks."""

from importlib.util import find_spec

import pytest

from comparisons.vectors.check import Checker, adapter_names, adapter_path
from comparisons.vectors.compare import LIMITS
from comparisons.vectors.kinds import KINDS
from comparisons.vectors.report import row_of

NEEDS = {
    "pytorch": "torch",
    "keras/tensorflow": "tensorflow",
    "keras/jax": "keras",
    "keras/torch": "keras",
    "nnx": "flax",
    "linen": "flax",
    "equinox": "equinox",
    "onnx_runtime": "onnxruntime",
    "mlx": "mlx.core",
}
"""Adapter -> the module without which it is not checked."""

SINGLE = "computed in single precision"
LUONG = dict.fromkeys(
    ("attention-luong-dot", "attention-luong-general"), SINGLE
)
KNOWN = {
    "nnx": {
        "gru-reset-after": "outputs match a GRU without recurrent candidate "
        "bias",
        **LUONG,
    },
    "linen": LUONG,
    "equinox": LUONG,
    "keras/tensorflow": {"ctc": SINGLE},
    "mlx": dict.fromkeys(
        ("gru-reset-after", "lstm", "lstm-forget-bias"), SINGLE
    ),
}
"""Adapter -> kind that fails -> what the report says of it."""

SUPPORTED = {
    "pytorch": 8,
    "keras/tensorflow": 10,
    "keras/jax": 10,
    "keras/torch": 10,
    "nnx": 8,
    "linen": 8,
    "equinox": 6,
    "onnx_runtime": 6,
    "mlx": 5,
}
"""Adapter -> how many kinds it has."""


def installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def test_every_adapter_is_checked():
    assert set(adapter_names()) == set(NEEDS) == set(SUPPORTED)


@pytest.mark.parametrize("name", NEEDS)
def test_an_adapter_passes_what_its_engine_has(name, vectors):
    if not installed(NEEDS[name]):
        pytest.skip(f"{NEEDS[name]}: pip install '.[conformance]'")
    checker = Checker(adapter_path(name), vectors, timeout=240.0)
    rows = {}
    try:
        precision = checker.description["precisions"][0]
        for kind in KINDS:
            names = vectors.names(kind)
            results = [checker.run(n, precision) for n in (names[0], names[-1])]
            rows[kind] = row_of(vectors, kind, results, precision)
    finally:
        checker.end()
    assert precision in LIMITS
    supported = {kind for kind, row in rows.items() if row.unsupported < 2}
    assert len(supported) == SUPPORTED[name]
    mistakes = {
        kind: text for kind, row in rows.items() for text, _ in row.mistakes
    }
    assert mistakes == KNOWN.get(name, {})
    for kind in supported - set(mistakes):
        assert rows[kind].passed >= 1
