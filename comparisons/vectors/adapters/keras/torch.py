"""Keras on PyTorch."""

import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch

from comparisons.vectors.adapters.keras import _layers

NAME, PRECISIONS = "Keras on PyTorch", ("float32", "float64", "bfloat16")
"""Keras makes products of float64 arrays in float32 on this backend."""


def versions():
    return {"keras": keras.__version__, "torch": torch.__version__}


def run(case):
    """Outputs and gradients of a case."""
    return _layers.run(case, differentiate)


def differentiate(loss, tensors, variables):
    for one in tensors.values():
        one.requires_grad_()
    own = [one.value for one in variables]
    value, outputs = loss(tensors)
    value.backward()
    zero = [torch.zeros_like(t) if t.grad is None else t.grad for t in own]
    gradients = {
        name: torch.zeros_like(t) if t.grad is None else t.grad
        for name, t in tensors.items()
    }
    return outputs, gradients, zero
