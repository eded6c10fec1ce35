"""Stock layers with given tensors, in files and from files."""

import re
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path

import jax.numpy as jnp
import numpy as np
from flax import nnx, traverse_util

from jax_impl.cells import LAYERS
from shared.errors import UserError
from shared.specs import GATES, WEIGHT_NAMES, ModelSpec, Weights


def save_model(spec: ModelSpec, tensors: Weights, path: str) -> None:
    """Write the tensors, by name, to a file that needs no code of ours."""
    import orbax.checkpoint as ocp  # not at the top: no training needs it

    tree = traverse_util.unflatten_dict(tensors, sep=".")
    with ocp.StandardCheckpointer() as checkpointer:
        checkpointer.save(Path(path).absolute(), tree, force=True)


def read_tensors(path: str, pattern: str) -> tuple[Weights, str]:
    """Those of a file whose name matches, and the cell where it says one."""
    import orbax.checkpoint as ocp

    try:
        with ocp.StandardCheckpointer() as checkpointer:
            tree = checkpointer.restore(Path(path).absolute())
    except (ValueError, OSError, KeyError) as error:
        raise UserError(f"'{path}' is no Orbax checkpoint") from error
    named = {n.removesuffix(".value"): a for n, a in flattened(tree)}
    found = {
        name: np.asarray(array, np.float32)
        for name, array in named.items()
        if re.search(pattern, name)
    }
    return found, ""


def flattened(
    content: Mapping, prefix: str = ""
) -> Iterator[tuple[str, object]]:
    """Dotted name and value of all that a file holds, within others too."""
    for name, value in content.items():
        inner = dict(enumerate(value)) if isinstance(value, list) else value
        if isinstance(inner, Mapping):
            yield from flattened(inner, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def stock_layer(
    cell: str, size: int, hidden: int, bidirectional: bool, bias: bool = True
) -> nnx.Module:
    """One layer of the framework in one or both directions."""
    runs = []
    for _ in range(1 + bidirectional):
        rngs = nnx.Rngs(0)
        step = LAYERS[cell](size, hidden, rngs=rngs)
        if bias and "b_hh" in WEIGHT_NAMES[cell]:
            # nnx.GRUCell lacks the recurrent bias.
            columns = GATES[cell] * hidden
            step.dense_h = nnx.Linear(hidden, columns, rngs=rngs)
        runs.append(nnx.RNN(step))
    return nnx.Bidirectional(*runs) if bidirectional else runs[0]


def run_layers(
    cell: str, layers: list[list[Weights]], x: np.ndarray
) -> np.ndarray:
    """Stock layers with the tensors of each direction: (B, T, D) -> H'."""
    outputs = jnp.asarray(x)
    for directions in layers:
        hidden = directions[0]["dense_h.kernel"].shape[0]
        sizes = (outputs.shape[-1], hidden, len(directions) > 1)
        layer = stock_layer(cell, *sizes, "dense_h.bias" in directions[0])
        owners = [layer]
        if len(directions) > 1:
            owners = [layer.forward_rnn, layer.backward_rnn]
        for owner, tensors in zip(owners, directions):
            for name, array in tensors.items():
                param = attrgetter(name)(owner.cell)
                param.set_value(jnp.asarray(array))
        outputs = layer(outputs)  # (B, T, H')
    return np.asarray(outputs)
