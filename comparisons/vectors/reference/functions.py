"""The functions of the reference, with other steps or another numpy."""

from collections.abc import Callable
from types import FunctionType
from typing import Any, NamedTuple

from comparisons.vectors.kinds import Kind
from comparisons.vectors.reference.gru import (
    reset_before,
    reset_before_backward,
)
from comparisons.vectors.reference.portable import NUMPY
from shared.reference import ctc
from shared.reference.layer import layer, layer_backward

Step = Callable[..., Any]


class Functions(NamedTuple):
    """A layer forward and backward, as in `shared.reference.layer`."""

    layer: Callable[..., Any]
    layer_backward: Callable[..., Any]


def with_names(function: Callable[..., Any], **names: Any) -> Any:
    """The same function where these names of its module mean other things."""
    assert isinstance(function, FunctionType)
    found = function.__globals__ | names
    return FunctionType(function.__code__, found, argdefs=function.__defaults__)


REFERENCE = Functions(layer, layer_backward)
RESET_BEFORE = Functions(
    with_names(layer, STEPS={"gru": reset_before}),
    with_names(layer_backward, BACKWARD_STEPS={"gru": reset_before_backward}),
)
FORWARD_SUMS = with_names(ctc.forward_sums, np=NUMPY)
SEQUENCE_LOSS = with_names(ctc.sequence_loss, forward_sums=FORWARD_SUMS)
CTC = with_names(ctc.ctc, np=NUMPY, sequence_loss=SEQUENCE_LOSS)


def functions_of(kind: Kind, step: Step | None = None) -> Functions:
    """The functions of a kind; step: takes the place of its cell's."""
    if step:
        steps = {kind.cell: step}
        planted = with_names(layer, STEPS=steps, NORMALIZED_STEPS=steps)
        return Functions(planted, layer_backward)
    return REFERENCE if kind.reset_after else RESET_BEFORE
