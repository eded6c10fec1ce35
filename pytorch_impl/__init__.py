"""The suite's models as PyTorch says them."""

from pytorch_impl.decoding import decode, forced, looks
from pytorch_impl.device import configure, describe, versions
from pytorch_impl.flow import flow
from pytorch_impl.generation import generate
from pytorch_impl.models import build_model
from pytorch_impl.streams import likelihoods
from pytorch_impl.training import fit, predict
from pytorch_impl.unroll import unroll
from pytorch_impl.weights import (
    count_parameters,
    export_weights,
    load_weights,
    named_tensors,
)

__all__ = [
    "build_model",
    "configure",
    "count_parameters",
    "decode",
    "describe",
    "export_weights",
    "fit",
    "flow",
    "forced",
    "generate",
    "likelihoods",
    "load_weights",
    "looks",
    "named_tensors",
    "predict",
    "unroll",
    "versions",
]
