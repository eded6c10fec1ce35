"""What cells from scratch alone have: normalized steps, recurrent dropout."""

from typing import Any

from shared.errors import SpecError
from shared.specs.cells import CELLS, NORM_SPANS, TABLE

IMPL = "scratch"
"""No native layer normalizes within a step, and of three frameworks Keras
alone drops within one."""


def check_scratch(spec: Any) -> None:
    """SpecError where a `ModelSpec` asks for what its layers cannot do."""
    if spec.layer_norm:
        _check_layer_norm(spec)
    if spec.recurrent_dropout:
        _check_recurrent_dropout(spec)


def _check_layer_norm(spec: Any) -> None:
    _check_impl(spec, "layer_norm")
    if spec.cell not in NORM_SPANS:
        raise SpecError(
            f"layer_norm is not defined for cell '{spec.cell}'; cells that "
            f"have it: {', '.join(NORM_SPANS)}"
        )
    halved = spec.model == "seq2seq" and spec.bidirectional
    sizes = {"hidden_size": spec.hidden_size // (1 + halved)}
    if spec.char_encoder:
        sizes["char_hidden_size"] = spec.char_hidden_size
    for name, size in sizes.items():
        if size < 2:
            each = " in each direction" if halved else ""
            raise SpecError(
                f"layer_norm needs {name} of at least 2{each}, not {size}: "
                "one value minus its mean is always 0"
            )


def _check_recurrent_dropout(spec: Any) -> None:
    _check_impl(spec, "recurrent_dropout")
    if TABLE[spec.cell].linear:
        others = (cell for cell in CELLS if not TABLE[cell].linear)
        raise SpecError(
            f"recurrent_dropout is not defined for cell '{spec.cell}', where "
            "no matrix multiplies the state; cells that have it: "
            f"{', '.join(others)}"
        )
    if spec.model == "seq2seq":
        raise SpecError(
            "a seq2seq model has no recurrent_dropout: a decoder that reads "
            "its context or predictions runs step by step, with no mask for "
            "all of a sequence"
        )


def _check_impl(spec: Any, name: str) -> None:
    if spec.impl != IMPL:
        raise SpecError(
            f"{name} needs cells from scratch, not {spec.impl} layers; "
            f"use --impl {IMPL}"
        )
