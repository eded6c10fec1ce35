"""Every path that computes and trains a layer, and the fastest: `--fast`."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from shared.errors import SpecError
from shared.specs import GATES, IMPLS, RAGGED_MODELS, RunSpec
from shared.specs.model import SEQ2SEQ


class Path(NamedTuple):
    """How a layer is computed.

    impl: of the layers; loop: of the training; packing: of sequences of
    different lengths, which the path has if it is not "".
    """

    impl: str = "native"
    loop: str = "step"
    packing: str = ""


COMMON = {
    "native": Path(),
    "scratch": Path("scratch"),
    "bptt": Path("bptt"),
}
PATHS: dict[str, dict[str, Path]] = {
    "pytorch_impl": {
        **COMMON,
        "compiled": Path(loop="compile"),
        "packed": Path(packing="on"),
        "padded": Path(packing="off"),
    },
    "keras_impl": {
        **COMMON,
        "train_on_batch": Path(loop="train_on_batch"),
        "jit_compile": Path(loop="jit_compile"),
        "steps_per_execution": Path(loop="steps_per_execution"),
        "bptt-train_on_batch": Path("bptt", "train_on_batch"),
        "masked": Path(packing="auto"),
    },
    "jax_impl": {
        **COMMON,
        "jax-pure": Path(loop="pure"),
        "jax-scan": Path(loop="scan"),
        "bptt-pure": Path("bptt", "pure"),
        "bptt-scan": Path("bptt", "scan"),
        "masked": Path(packing="auto"),
    },
}
"""Package -> its paths by name, the first the one that others are held to.

`native` is what users of a framework write: `nn.LSTM`, `Model.fit` of
`layers.LSTM`, `nnx.RNN` under `nnx.jit`."""

MOST = sys.maxsize

# The map of `compare.py bench paths --modes training --batch-sizes 64`, times
# of a step on a CPU in rounds, decides the tables below.
BY_HAND: dict[str, dict[int, range]] = {
    "pytorch_impl": {1: range(512, MOST), 3: range(256, MOST)},
    "keras_impl": dict.fromkeys((1, 3, 4), range(1, MOST)),
    "jax_impl": dict.fromkeys((1, 3, 4), range(1, MOST)),
}
"""Package -> blocks of gates G of a cell -> the hidden units with which
gradients by hand are faster than those of native layers."""

RAGGED_BY_HAND = {"pytorch_impl": dict.fromkeys((1, 3, 4), range(128, MOST))}
"""The same in both directions over sequences of different lengths, where a
package differs: by hand, PyTorch computes nothing for padding."""

LOOPS: dict[str, dict[str, range]] = {
    "pytorch_impl": {"step": range(1, MOST)},
    "keras_impl": {"train_on_batch": range(1, MOST)},
    "jax_impl": {"scan": range(1, 129), "pure": range(1, MOST)},
}
"""Package -> its loops, the fastest first, and the hidden units of each."""

WHOLE = ("scan",)
"""Loops over an epoch, which pad all sequences to the longest."""


def fastest(package: str, run: RunSpec) -> RunSpec:
    """The run on the fastest path that its options admit.

    The path follows from the run alone, so that every process takes the same
    one; `impl` and `loop` of the run say which.
    """
    for impl, loop in product(layers(package, run), loops(package, run)):
        try:
            return replace(
                run,
                model=replace(run.model, impl=impl),
                train=replace(run.train, loop=loop),
            )
        except SpecError as error:  # no such layers, or not in this loop
            refused = error
    raise refused


def layers(package: str, run: RunSpec) -> Sequence[str]:
    """`ModelSpec.impl`, the fastest first."""
    model, table = run.model, BY_HAND
    if model.bidirectional and model.model in RAGGED_MODELS:
        table = BY_HAND | RAGGED_BY_HAND
    sizes = table[package].get(GATES[model.cell], ())
    hidden = [model.hidden_size]
    if model.char_encoder:
        hidden.append(model.char_hidden_size)
    # A decoder calls its layers step by step, where nothing is gained.
    by_hand = all(size in sizes for size in hidden)
    if by_hand and model.model not in SEQ2SEQ:
        return sorted(IMPLS, key="bptt".__ne__)
    return IMPLS


def loops(package: str, run: RunSpec) -> Sequence[str]:
    """`TrainSpec.loop`, the fastest first."""
    ragged = run.model.model in (*RAGGED_MODELS, *SEQ2SEQ)
    return [
        loop
        for loop, sizes in LOOPS[package].items()
        if run.model.hidden_size in sizes and not (ragged and loop in WHOLE)
    ]
