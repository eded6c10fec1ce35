"""Every path that computes and trains a layer, and the fastest: `--fast`."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from shared.errors import SpecError
from shared.specs import IMPLS, NATIVE_CELLS, RAGGED_MODELS, RunSpec
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
        "bptt-steps_per_execution": Path("bptt", "steps_per_execution"),
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

ANY = range(1, sys.maxsize)

# The map of `compare.py bench paths --modes training --batch-sizes 64`, times
# of a step on a CPU in rounds, decides the tables below.
BY_HAND: dict[str, dict[str, range]] = {
    "pytorch_impl": {
        "rnn": range(256, sys.maxsize),
        "rnn-relu": range(256, sys.maxsize),
        "gru": range(128, sys.maxsize),
    },
    "keras_impl": dict.fromkeys(NATIVE_CELLS, range(1, 129)),
    "jax_impl": dict.fromkeys(NATIVE_CELLS, ANY),
}
"""Package -> cell -> the hidden units whose gradients by hand are faster than
those of native layers."""

LOOPS = {
    "pytorch_impl": ("step",),
    "keras_impl": ("steps_per_execution",),
    "jax_impl": ("scan", "pure"),
}
"""Package -> its loops, the fastest first."""

RAGGED_LOOPS = LOOPS | {"jax_impl": ("pure",)}
"""The same where sequences have lengths: a scan pads all to the longest."""


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
    sizes = BY_HAND[package].get(run.cell, ())
    # A decoder calls its layers step by step, where nothing is gained.
    if run.model.hidden_size in sizes and run.model.model not in SEQ2SEQ:
        return sorted(IMPLS, key="bptt".__ne__)
    return IMPLS


def loops(package: str, run: RunSpec) -> Sequence[str]:
    """`TrainSpec.loop`, the fastest first."""
    ragged = run.model.model in (*RAGGED_MODELS, *SEQ2SEQ)
    return (RAGGED_LOOPS if ragged else LOOPS)[package]
