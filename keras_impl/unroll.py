"""Gates and states of every step, from layers from scratch."""

from typing import Any

import keras
import numpy as np
from keras import ops

from keras_impl.device import CURRENT, to_device
from keras_impl.scratch import ScratchLayer, sequence_mask
from keras_impl.training import predict
from shared.specs import GATE_NAMES, step_names
from shared.weights.layout import DIRECTIONS


def unroll(
    model: keras.Model, x: np.ndarray, lengths: np.ndarray | None
) -> dict[str, np.ndarray]:
    """Input, gates and states by canonical name (B, T, H), outputs (B, K)."""
    whole = np.full(len(x), x.shape[1], "int32")
    ends = whole if lengths is None else lengths
    with keras.device(CURRENT["device"]):
        vectors = model.features(ops.convert_to_tensor(to_device(x)))
        mask = sequence_mask(vectors, ends)[..., None]  # (B, T, 1)
        steps = {"input": ops.where(mask, vectors, 0.0)}
        for number, directions in enumerate(model.recurrent.layers):
            outputs = []
            names = DIRECTIONS[model.spec.bidirectional]
            for direction, layer in zip(names, directions):
                values = unroll_layer(layer, vectors, ends)
                for name, value in values.items():
                    steps[f"rnn.{number}.{direction}{name}"] = value
                outputs.append(values["h"])
            vectors = ops.concatenate(outputs, axis=-1)  # (B, T, H')
    arrays = {name: ops.convert_to_numpy(s) for name, s in steps.items()}
    return arrays | {"outputs": predict(model, x, lengths)}


def unroll_layer(layer: ScratchLayer, x, lengths) -> dict[str, Any]:
    """Gates, 0 past the end, and states of each step: (B, T, H) by name."""
    steps, _ = layer.steps(x, lengths, records=True)
    names = step_names(layer.loop.cell.cell)
    values = dict(zip(names, ops.split(steps, len(names), axis=-1)))
    mask = sequence_mask(x, lengths)[..., None]  # (B, T, 1)
    for name in GATE_NAMES[layer.loop.cell.cell]:
        values[name] = ops.where(mask, values[name], 0.0)
    return values
