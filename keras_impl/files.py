"""Weights of recurrent layers from files of the framework."""

import re
from collections.abc import Iterator

import keras
from keras import layers, ops

from keras_impl.cells import LAYERS
from shared.errors import UserError
from shared.specs import Weights


def read_tensors(path: str, pattern: str) -> tuple[Weights, str]:
    """Those of a file whose name matches, and the cell where it says one."""
    try:
        model = keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # of any layer of a file
        fault = str(error).partition("\n")[0]
        raise UserError(f"cannot load '{path}': {fault}") from error

    def form(layer: layers.RNN) -> tuple:
        """What a file of Keras says of how a layer computes."""
        options = ("activation", "recurrent_activation", "reset_after")
        return type(layer), *map(layer.get_config().get, options)

    known = {form(build(1)): cell for cell, build in LAYERS.items()}
    found, cells = {}, set()
    for name, layer in flattened(model):
        directions = {"": layer}
        if isinstance(layer, layers.Bidirectional):
            directions = {
                ".forward_layer": layer.forward_layer,
                ".backward_layer": layer.backward_layer,
            }
        for suffix, one in directions.items():
            backward = suffix.startswith(".backward")
            merge = getattr(layer, "merge_mode", "concat")
            plain = one.go_backwards == backward and merge == "concat"
            if form(one) not in known or not plain:
                raise UserError(
                    f"layer '{name}' differs from the default in class, "
                    "activation, order, merge_mode, or reset_after"
                )
            cells.add(known[form(one)])
            found |= {
                f"{name}{suffix}.cell.{w.name}": ops.convert_to_numpy(w)
                for w in one.cell.weights
            }
    found = {n: array for n, array in found.items() if re.search(pattern, n)}
    return found, cells.pop() if len(cells) == 1 else ""


def flattened(
    content: keras.Model, prefix: str = ""
) -> Iterator[tuple[str, layers.Layer]]:
    """Dotted name and value of all that a file holds, within others too."""
    for layer in content.layers:
        name = f"{prefix}{layer.name}"
        if isinstance(layer, keras.Model):
            yield from flattened(layer, f"{name}.")
        elif isinstance(getattr(layer, "forward_layer", layer), layers.RNN):
            yield name, layer
