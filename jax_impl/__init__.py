"""The suite's models as JAX and Flax NNX say them."""

from jax_impl.decoding import decode, forced, looks
from jax_impl.device import configure, describe, versions
from jax_impl.flow import flow
from jax_impl.generation import generate
from jax_impl.models import build_model
from jax_impl.streams import likelihoods
from jax_impl.training import fit, predict
from jax_impl.unroll import unroll
from jax_impl.weights import (
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
