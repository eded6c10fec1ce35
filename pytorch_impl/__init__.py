"""The models in PyTorch."""

from pytorch_impl.crf import viterbi
from pytorch_impl.decoding import (
    attention_maps,
    decode,
    teacher_forced_scores,
)
from pytorch_impl.device import configure, describe, peak_memory, versions
from pytorch_impl.export import read_tensors, run_layers, save_model
from pytorch_impl.generation import generate
from pytorch_impl.models import build_model
from pytorch_impl.optimizers import EPSILON_PLACES
from pytorch_impl.state_gradients import state_gradients
from pytorch_impl.tbptt import token_nll
from pytorch_impl.training import fit, predict
from pytorch_impl.unroll import unroll
from pytorch_impl.weights import (
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
