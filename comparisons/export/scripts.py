"""The script that loads an exported model alone, and its check."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from shared.errors import UserError
from shared.specs import (
    STATE_NAMES,
    STATEFUL_MODELS,
    Array,
    ModelSpec,
    Weights,
)
from shared.weights.layout import (
    EVERY_STEP,
    head_size,
    layer_prefixes,
    step_size,
)

Batch = tuple[Array, Array | None]
SCRIPT = "load_model.py"
TORCH_LAYERS = {
    "rnn": ("RNN", ""),
    "rnn-relu": ("RNN", ', nonlinearity="relu"'),
    "gru": ("GRU", ""),
    "lstm": ("LSTM", ""),
}
TORCH_INPUTS = {
    "values": "        x = x.float()",
    "embedding": "        x = self.embedding(x)  # (B, T, E)",
    "onehot": "        x = nn.functional.one_hot(x, {size}).float()",
}
NNX_INPUTS = {
    "values": "        x = jnp.asarray(x, jnp.float32)",
    "embedding": "        x = self.embedding(x)  # (B, T, E)",
    "onehot": "        x = jax.nn.one_hot(x, {size})",
}
RUN = """\
import importlib.util, sys
for name in ("shared", "comparisons", "pytorch_impl", "keras_impl", "jax_impl"):
    sys.modules[name] = None
import numpy as np
for script, file, result in zip(*[iter(sys.argv[1:])] * 3):
    spec = importlib.util.spec_from_file_location("load_model", script)
    load_model = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(load_model)
    batch = np.load(file)
    model, x = load_model.load(), batch["x"]
    if "lengths" in batch:
        outputs = load_model.predict(model, x, batch["lengths"])
    else:
        first, state = load_model.predict(model, x[:, :3])
        second, _ = load_model.predict(model, x[:, 3:], state)
        outputs = np.concatenate([first, second], axis=1)
    np.save(result, outputs)
"""
"""A process that can import none of the suite; a state is passed on."""


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
    fields = {**fields_of(spec, weights), **more}
    text = environment.get_template(f"{template}.py.jinja").render(fields)
    (folder / SCRIPT).write_text(text, encoding="utf-8")


def fields_of(spec: ModelSpec, weights: Weights) -> Mapping[str, Any]:
    """What the templates say of a model."""
    layer, options = TORCH_LAYERS[spec.cell]
    head = "head.weight" in weights
    return {
        "spec": spec,
        "size": step_size(spec) if spec.input != "onehot" else spec.input_size,
        "sizes": [
            size
            for prefix, size in layer_prefixes(spec)
            if "reverse" not in prefix
        ],
        "head": head,
        "head_size": head_size(spec),
        "stateful": spec.model in STATEFUL_MODELS,
        "every_step": spec.model in EVERY_STEP,
        "pools": spec.pooling.split("+"),
        "directions": 1 + spec.bidirectional,
        "lstm": "c" in STATE_NAMES[spec.cell],
        "states": " and ".join(STATE_NAMES[spec.cell]),
        "state_count": len(STATE_NAMES[spec.cell]),
        "x_shape": "(B, T, D)" if spec.input == "values" else "(B, T)",
        "activation": "relu" if spec.cell == "rnn-relu" else "tanh",
        "torch_layer": layer,
        "torch_options": options,
        "torch_input": TORCH_INPUTS[spec.input].format(size=spec.input_size),
        "torch_head": "self.head" if head else "",
        "nnx_input": NNX_INPUTS[spec.input].format(size=spec.input_size),
        "nnx_head": "self.head" if head else "",
        "safetensors": False,
    }


def run_scripts(
    batches: Mapping[Path, Batch],
    environment: Mapping[str, str],
    timeout: float,
) -> list[Array]:
    """Outputs of the model of each folder, by its script, in one process.

    A batch is x, and the lengths of a model without state.
    """
    with tempfile.TemporaryDirectory() as place:
        words, results = [], []
        for number, (folder, (x, lengths)) in enumerate(batches.items()):
            batch: dict[str, Any] = {"x": x}
            if lengths is not None:
                batch["lengths"] = lengths
            file = Path(place, f"{number}.npz")
            np.savez(file, **batch)
            results.append(file.with_suffix(".npy"))
            words += [str(folder.absolute() / SCRIPT), str(file)]
            words.append(str(results[-1]))
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-B", "-c", RUN, *words],
                env={**os.environ, **environment},
                capture_output=True,
                text=True,
                timeout=timeout,
            )
        except subprocess.TimeoutExpired as error:
            raise UserError(f"{SCRIPT} runs for over {timeout:g} s") from error
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:]
            raise UserError(f"{SCRIPT} fails: {' '.join(last)}")
        return [np.load(result) for result in results]
