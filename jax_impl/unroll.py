"""Gates and states of every step, from layers from scratch."""

import jax.numpy as jnp
import numpy as np
from flax import nnx
from jax import Array

from jax_impl.device import to_device
from jax_impl.scratch import sequence_mask
from jax_impl.training import predict
from shared.specs import step_names
from shared.weights.layout import DIRECTIONS


def unroll(
    model: nnx.Module, x: np.ndarray, lengths: np.ndarray | None
) -> dict[str, np.ndarray]:
    """Input, gates and states by canonical name (B, T, H), outputs (B, K)."""
    model.eval()
    ends = to_device(lengths)
    vectors = model.features(to_device(x))  # (B, T, D)
    arrays = {"input": vectors}
    if lengths is not None:
        mask = sequence_mask(vectors, ends)[..., None]
        arrays["input"] = jnp.where(mask, vectors, 0.0)
    for number, directions in enumerate(model.recurrent.layers):
        outputs = []
        names = DIRECTIONS[model.spec.bidirectional]
        for name, layer in zip(names, directions):
            steps = unroll_layer(layer, vectors, ends)
            for quantity, values in steps.items():
                arrays[f"rnn.{number}.{name}{quantity}"] = values
            outputs.append(steps["h"])
        vectors = jnp.concatenate(outputs, axis=-1)  # (B, T, H')
    steps = {name: np.asarray(values) for name, values in arrays.items()}
    return steps | {"outputs": predict(model, x, lengths)}


def unroll_layer(
    layer: nnx.Module, x: Array, lengths: Array | None
) -> dict[str, Array]:
    """Gates, 0 past the end, and states of each step: (B, T, H) by name."""
    _, states, gates = layer.steps(x, lengths)
    if lengths is not None:
        mask = sequence_mask(x, lengths)[..., None]  # (B, T, 1)
        gates = [jnp.where(mask, gate, 0.0) for gate in gates]
    return dict(zip(step_names(layer.cell), (*gates, *states)))
