"""The script that loads an exported model alone."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from comparisons.export.model import has_columns
from shared.specs import (
    RAGGED_MODELS,
    STATE_NAMES,
    STATEFUL_MODELS,
    WEIGHT_NAMES,
    ModelSpec,
    Weights,
)
from shared.weights.layout import (
    EVERY_STEP,
    char_column,
    head_size,
    layer_prefixes,
    step_size,
)

SCRIPT = "load_model.py"
TORCH_LAYERS = {
    "rnn": {"layer": "RNN", "options": ""},
    "rnn-relu": {"layer": "RNN", "options": 'nonlinearity="relu", '},
    "gru": {"layer": "GRU", "options": ""},
    "lstm": {"layer": "LSTM", "options": ""},
}
NNX_CELLS = {
    "rnn": {"cell": "SimpleCell", "options": ""},
    "rnn-relu": {"cell": "SimpleCell", "options": "activation_fn=nnx.relu, "},
    "gru": {"cell": "GRUCell", "options": ""},
    "lstm": {"cell": "OptimizedLSTMCell", "options": ""},
}
VECTORS = {
    "state_dict": {
        "values": "{x}",
        "embedding": "self.embedding({x})",
        "onehot": "nn.functional.one_hot({x}, {size}).float()",
    },
    "nnx": {
        "values": "jnp.asarray({x}, jnp.float32)",
        "embedding": "self.embedding({x})",
        "onehot": "nnx.one_hot({x}, {size})",
    },
}
"""Template -> encoding of the input -> the vectors of each step."""


def write_script(
    folder: Path,
    template: str,
    spec: ModelSpec,
    weights: Weights,
    **more: Any,
) -> None:
    """Write `load_model.py`; more: title and file of the format."""
    place = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=place,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    fields = {**fields_of(spec, weights, template), **more}
    text = environment.get_template(f"{template}.py.jinja").render(fields)
    (folder / SCRIPT).write_text(text, encoding="utf-8")


def fields_of(
    spec: ModelSpec, weights: Weights, template: str
) -> Mapping[str, Any]:
    """What the templates say of a model."""
    states, head = STATE_NAMES[spec.cell], "head.weight" in weights
    both = spec.bidirectional
    return {
        "spec": spec,
        "safetensors": False,
        "stateful": spec.model in STATEFUL_MODELS,
        "ragged": spec.model in RAGGED_MODELS,
        "every_step": spec.model in EVERY_STEP,
        "pools": spec.pooling.split("+"),
        "states": " and ".join(states),
        "state_count": len(states),
        "kind": "float32" if spec.input == "values" else "int64",
        "head": head,
        "head_size": head_size(spec),
        "head_call": "self.head" if head else "",
        "h": "(h, _)" if len(states) > 1 else "h",
        "last": "torch.cat([h[-2], h[-1]], -1)" if both else "h[-1]",
        **inputs_of(spec, template),
        **call_of(spec),
        **layers_of(spec),
    }


def inputs_of(spec: ModelSpec, template: str) -> Mapping[str, Any]:
    """How the vectors of each step come from x."""
    columns = has_columns(spec)
    every_step = spec.model in EVERY_STEP
    reads_ends = spec.model in RAGGED_MODELS and not every_step
    texts = VECTORS.get(template, dict.fromkeys(VECTORS["nnx"], ""))
    vectors = texts[spec.input].format(
        x="x[..., 0]" if columns else "x", size=spec.input_size
    )
    tables = {
        "embedding": (spec.input_size, spec.embedding_size),
        "shapes": (spec.shape_size, spec.shape_embedding_size),
        "character_embedding": (spec.char_size, spec.char_embedding_size),
    }
    used = {
        "embedding": spec.input == "embedding",
        "shapes": spec.shape_size,
        "character_embedding": spec.char_encoder,
    }
    return {
        "columns": columns,
        "jnp": columns or spec.input == "values" or reads_ends,
        "char_column": char_column(spec),
        "vectors": vectors,
        "read": "vectors" if columns else vectors,
        "embeddings": [(n, *tables[n]) for n in tables if used[n]],
    }


def call_of(spec: ModelSpec) -> Mapping[str, Any]:
    """The arguments of a call, and their shapes."""
    x = "(B, T, D)" if spec.input == "values" else "(B, T)"
    names = {"word": True, "shape": spec.shape_size, "characters": True}
    if has_columns(spec):
        names["characters"] = spec.char_encoder
        x = f"(B, T, F): {', '.join(name for name in names if names[name])}"
    more, shapes, usage = "", x, "(x)"
    if spec.model in RAGGED_MODELS:
        more, shapes, usage = ", lengths", f"{x}; (B,)", "(x, lengths)"
    if spec.model in STATEFUL_MODELS:
        more, usage = ", state=None", "(x, state) -> outputs, state"
    return {"parameters": more, "shapes": shapes, "usage": usage}


def layers_of(spec: ModelSpec) -> Mapping[str, Any]:
    """The recurrent layers in PyTorch's and in NNX's terms."""
    ragged = spec.model in RAGGED_MODELS
    padded = spec.model in EVERY_STEP or spec.pooling != "last"
    stack = {"num_layers": spec.num_layers, "bidirectional": True}
    one_vector = spec.model not in EVERY_STEP
    joined = one_vector and (spec.bidirectional or spec.pooling != "last")
    used = {
        "num_layers": spec.num_layers > 1,
        "bidirectional": spec.bidirectional,
    }
    torch = TORCH_LAYERS[spec.cell]
    given = [f"{name}={stack[name]}, " for name in stack if used[name]]
    names = ["pack_padded_sequence"] * (ragged or spec.char_encoder)
    names += ["pad_packed_sequence"] * (ragged and padded)
    sizes = [s for prefix, s in layer_prefixes(spec) if "reverse" not in prefix]
    shape = (spec.hidden_size, spec.bidirectional)
    layers = [(f"rnn_{n}", size, *shape) for n, size in enumerate(sizes)]
    characters = (spec.char_embedding_size, spec.char_hidden_size, True)
    layers += [("character_rnn_0", *characters)] * spec.char_encoder
    return {
        "size": step_size(spec) if spec.input != "onehot" else spec.input_size,
        "torch": {
            **torch,
            "stack": torch["options"] + "".join(given),
            "used": has_columns(spec) or joined,
        },
        "packing": ", ".join(names),
        "nnx": NNX_CELLS[spec.cell],
        "gru": "b_hh" in WEIGHT_NAMES[spec.cell],
        "layers": layers,
        "seq_lengths": ", seq_lengths=lengths" if ragged else "",
        "ends": "jnp.arange(len(x)), lengths - 1" if ragged else ":, -1",
    }
