"""The models in Keras."""

from keras_impl.crf import viterbi
from keras_impl.decoding import (
    attention_maps,
    decode,
    teacher_forced_scores,
)
from keras_impl.device import configure, describe, peak_memory, versions
from keras_impl.export import read_tensors, run_layers, save_model
from keras_impl.generation import generate
from keras_impl.models import build_model
from keras_impl.optimizers import EPSILON_PLACES
from keras_impl.state_gradients import state_gradients
from keras_impl.tbptt import token_nll
from keras_impl.training import fit, predict
from keras_impl.unroll import unroll
from keras_impl.weights import (
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
