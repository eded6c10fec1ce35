"""Gates and states of every step, from layers from scratch."""

import numpy as np
import torch
from torch import Tensor

from pytorch_impl.device import to_device
from pytorch_impl.scratch import ScratchLayer, sequence_mask
from pytorch_impl.training import predict
from shared.specs import GATE_NAMES, step_names
from shared.weights.layout import DIRECTIONS


@torch.inference_mode()
def unroll(
    model: torch.nn.Module, x: np.ndarray, lengths: np.ndarray | None
) -> dict[str, np.ndarray]:
    """Input, gates and states by canonical name (B, T, H), outputs (B, K)."""
    model.eval()
    ends = np.full(len(x), x.shape[1]) if lengths is None else lengths
    vectors, ends = model.features(to_device(x)), to_device(ends)
    mask = sequence_mask(vectors, ends)[:, :, None]  # (B, T, 1)
    steps = {"input": torch.where(mask, vectors, 0.0)}
    for number, directions in enumerate(model.recurrent.layers):
        outputs = []
        names = DIRECTIONS[model.spec.bidirectional]
        for direction, layer in zip(names, directions):
            values = unroll_layer(layer, vectors, ends)
            for name, value in values.items():
                steps[f"rnn.{number}.{direction}{name}"] = value
            outputs.append(values["h"])
        vectors = torch.cat(outputs, dim=-1)  # (B, T, H')
    arrays = {name: value.cpu().numpy() for name, value in steps.items()}
    return arrays | {"outputs": predict(model, x, lengths)}


def unroll_layer(
    layer: ScratchLayer, x: Tensor, lengths: Tensor
) -> dict[str, Tensor]:
    """Gates, 0 past the end, and states of each step: (B, T, H) by name."""
    steps = {t: (*gates, *s) for t, s, gates in layer.steps(x, lengths)}
    columns = zip(*(steps[t] for t in range(x.shape[1])))
    names = step_names(layer.cell)
    values = {n: torch.stack(c, dim=1) for n, c in zip(names, columns)}
    mask = sequence_mask(x, lengths)[:, :, None]  # (B, T, 1)
    for name in GATE_NAMES[layer.cell]:
        values[name] = torch.where(mask, values[name], 0.0)
    return values
