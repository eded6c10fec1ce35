"""The suite's models as Keras says them."""

from keras_impl.decoding import decode, forced, looks
from keras_impl.device import configure, describe, versions
from keras_impl.flow import flow
from keras_impl.generation import generate
from keras_impl.models import build_model
from keras_impl.streams import likelihoods
from keras_impl.training import fit, predict
from keras_impl.unroll import unroll
from keras_impl.weights import (
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
