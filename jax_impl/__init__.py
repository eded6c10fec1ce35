"""The models in JAX with Flax NNX."""

from jax_impl.crf import viterbi
from jax_impl.decoding import (
    attention_maps,
    decode,
    teacher_forced_scores,
)
from jax_impl.device import configure, describe, peak_memory, versions
from jax_impl.export import read_tensors, run_layers, save_model
from jax_impl.generation import generate
from jax_impl.models import build_model
from jax_impl.optimizers import EPSILON_PLACES
from jax_impl.state_gradients import state_gradients
from jax_impl.tbptt import token_nll
from jax_impl.training import fit, predict
from jax_impl.unroll import unroll
from jax_impl.weights import (
    count_parameters,
    export_weights,
    load_weights,
    named_tensors,
)

__all__ = [
    "EPSILON_PLACES",
    "attention_maps",
    "build_model",
    "configure",
    "count_parameters",
    "decode",
    "describe",
    "export_weights",
    "fit",
    "generate",
    "load_weights",
    "named_tensors",
    "peak_memory",
    "predict",
    "read_tensors",
    "run_layers",
    "save_model",
    "state_gradients",
    "teacher_forced_scores",
    "token_nll",
    "unroll",
    "versions",
    "viterbi",
]
