"""Each adapter on a few cases, and what is known of its engine is found."""

from importlib.util import find_spec

import pytest
from few_cases import untrained

from comparisons.vectors.check import adapter_names, adapter_path
from comparisons.vectors.compare import LIMITS
from comparisons.vectors.kinds import KINDS
from comparisons.vectors.report import notes, row_of

LIBRARIES = {
    "pytorch": ("torch", "torch"),
    "keras/torch": ("torch", "keras"),
    "keras/tensorflow": ("tensorflow", "tensorflow"),
    "keras/jax": ("jax", "keras"),
    "nnx": ("jax", "flax"),
    "linen": ("jax", "flax"),
    "equinox": ("jax", "equinox"),
    "onnx_runtime": ("torch", "onnxruntime"),
    "mlx": ("torch", "mlx.core"),
}
"""Adapter -> the process in which it runs, and what else has to be there."""

SINGLE = "computed in single precision"
NO_BIAS = "outputs match a GRU without recurrent candidate bias"
LUONG = dict.fromkeys(
    ("attention-luong-dot", "attention-luong-general"), SINGLE
)
KNOWN = {
    "nnx": {"gru-reset-after": NO_BIAS, **LUONG},
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
    assert set(adapter_names()) == set(LIBRARIES) == set(SUPPORTED)


def row(checker, kind, names):
    precision = checker.description["precisions"][0]
    results = [checker.run(name, precision) for name in names]
    return row_of(checker.vectors, kind, results, precision)


def mistakes(found) -> set[str]:
    return {text for text, _ in found.mistakes}


@pytest.mark.parametrize("name", LIBRARIES)
def test_an_adapter_passes_what_its_engine_has(name, vectors, engine):
    """On a ragged case, or where it takes no lengths on another one."""
    process, module = LIBRARIES[name]
    if not installed(module):
        pytest.skip(f"{module}: pip install '.[conformance]'")
    checker = engine(process, adapter_path(name))
    assert checker.description["precisions"][0] in LIMITS
    assert all(checker.description["versions"].values())
    found = {}
    for kind in KINDS:
        *_, plain, _, _, ragged = untrained(vectors, kind, -1)
        found[kind] = row(checker, kind, [ragged])
        if found[kind].unsupported:
            found[kind] = row(checker, kind, [plain])
    supported = {kind for kind, own in found.items() if not own.unsupported}
    assert len(supported) == SUPPORTED[name]
    failed = {k: text for k, own in found.items() for text in mistakes(own)}
    assert failed == KNOWN.get(name, {})
    for kind in supported - set(failed):
        assert found[kind].passed == 1


@pytest.mark.jax
def test_the_gru_of_nnx_has_no_recurrent_candidate_bias(vectors, engine):
    checker = engine("jax", adapter_path("nnx"))
    kind = "gru-reset-after"
    found = row(checker, kind, untrained(vectors, kind)[-1:])
    assert (found.passed, found.failed) == (0, 1)
    assert mistakes(found) == {NO_BIAS}


@pytest.mark.torch
def test_ctc_that_counts_padding_is_named(vectors, engine, adapter):
    path = adapter(
        "from dataclasses import replace\n"
        "from comparisons.vectors.adapters import pytorch\n"
        "def run(case):\n"
        "    return pytorch.run(replace(case, lengths=None))\n"
    )
    checker = engine("torch", path)
    found = row(checker, "ctc", untrained(vectors, "ctc"))
    assert (found.passed, found.failed) == (3, 3)
    assert mistakes(found) == {
        "outputs match CTC that counts padding as frames"
    }


@pytest.mark.keras
def test_a_conversion_to_keras_with_exchanged_gates_is_named(
    vectors, engine, adapter
):
    path = adapter(
        "from comparisons.vectors.adapters.keras import torch\n"
        "from comparisons.vectors.adapters.keras import _layers\n"
        "PRECISIONS = torch.PRECISIONS\n"
        "def run(case):\n"
        "    right = _layers.reordered\n"
        "    _layers.reordered = lambda case, array: array\n"
        "    try:\n"
        "        return torch.run(case)\n"
        "    finally:\n"
        "        _layers.reordered = right\n"
    )
    kind = "gru-reset-after"
    found = row(engine("torch", path), kind, untrained(vectors, kind)[-2:])
    assert found.passed == 0
    assert mistakes(found) == {"outputs match gates r and z exchanged"}


@pytest.mark.keras
def test_the_masking_of_keras_repeats_the_last_state(vectors, engine):
    """But not within `Bidirectional`, which sets the outputs there to 0."""
    checker = engine("torch", adapter_path("keras/torch"))
    kind, ends = "lstm-forget-bias", {}
    for place in (0, 1):
        *_, name = untrained(vectors, kind, place)
        found = row(checker, kind, [name])
        assert (found.passed, found.failed) == (1, 0)
        ends[vectors.places[name][0]["directions"]] = notes(found)
    assert ends == {
        "bidirectional": "",
        "forward": "past the end: the last state repeated",
    }
