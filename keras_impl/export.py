"""Stock layers with given tensors, in files and from files."""

import re
from operator import attrgetter

import keras
import numpy as np
from keras import layers, ops

from keras_impl.cells import LAYERS
from shared.errors import UserError
from shared.specs import STATE_NAMES, STATEFUL_MODELS, ModelSpec, Weights
from shared.weights.layout import EVERY_STEP


def save_model(spec: ModelSpec, tensors: Weights, path: str) -> None:
    """Write the tensors, by name, to a file that needs no code of ours."""
    values = spec.input == "values"
    x = keras.Input(
        (None, spec.input_size) if values else (None,),
        dtype="float32" if values else "int32",
        name="x",
    )
    inputs, after, mask, vectors = [x], [], None, x
    if spec.model not in STATEFUL_MODELS:
        mask = keras.Input((None,), dtype="bool", name="mask")
        inputs.append(mask)
    if spec.input == "embedding":
        sizes = (spec.input_size, spec.embedding_size)
        vectors = layers.Embedding(*sizes, name="embedding")(x)
    elif spec.input == "onehot":
        vectors = ops.one_hot(x, spec.input_size, dtype="float32")
    for number in range(spec.num_layers):
        state = [
            keras.Input((spec.hidden_size,), name=f"{name}_{number}")
            for name in STATE_NAMES[spec.cell]
            if mask is None
        ]
        inputs += state
        sizes = (vectors.shape[-1], spec.hidden_size, spec.bidirectional)
        layer = stock_layer(spec.cell, *sizes, name=f"rnn_{number}")
        vectors, *last = layer(
            vectors, initial_state=state or None, mask=mask
        )  # (B, T, H')
        after += last if mask is None else []
    if spec.model not in EVERY_STEP:
        parts = {
            "last": ops.concatenate(last[:: len(STATE_NAMES[spec.cell])], -1),
            "mean": layers.GlobalAveragePooling1D()(vectors, mask=mask),
            "max": ops.max(
                ops.where(ops.expand_dims(mask, -1), vectors, -1e30), axis=1
            ),
        }
        pools = [parts[name] for name in spec.pooling.split("+")]
        vectors = ops.concatenate(pools, -1)  # (B, P)
    if "head.kernel" in tensors:
        vectors = layers.Dense(spec.output_size, name="head")(vectors)
    model = keras.Model(inputs, [vectors, *after] if after else vectors)
    owners = {layer.name: layer for layer in model.layers}
    for name, array in tensors.items():
        owner, _, rest = name.partition(".")
        attrgetter(rest)(owners[owner]).assign(array)
    model.save(path)


def read_tensors(path: str, pattern: str) -> tuple[Weights, str]:
    """Those of a file whose name matches, and the cell where it says one."""
    try:
        model = keras.saving.load_model(path, compile=False, safe_mode=True)
    except Exception as error:  # of any layer of a file
        fault = str(error).partition("\n")[0]
        raise UserError(f"Keras cannot load '{path}': {fault}") from error

    def form(layer: layers.RNN) -> tuple:
        """What a file of Keras says of how a layer computes."""
        options = ("activation", "recurrent_activation", "reset_after")
        return type(layer), *map(layer.get_config().get, options)

    known = {form(build(1)): cell for cell, build in LAYERS.items()}
    found, cells = {}, set()
    for layer in model.layers:
        places = {"": layer}
        if isinstance(layer, layers.Bidirectional):
            places = {
                ".forward_layer": layer.forward_layer,
                ".backward_layer": layer.backward_layer,
            }
        for place, one in places.items():
            if not isinstance(one, layers.RNN):
                break
            reverse = place.startswith(".backward")
            merge = getattr(layer, "merge_mode", "concat")
            plain = one.go_backwards == reverse and merge == "concat"
            if form(one) not in known or not plain:
                raise UserError(
                    f"layer '{layer.name}' differs from the default in class, "
                    "activation, order, merge_mode, or reset_after"
                )
            cells.add(known[form(one)])
            found |= {
                f"{layer.name}{place}.cell.{w.name}": ops.convert_to_numpy(w)
                for w in one.cell.weights
            }
    found = {n: array for n, array in found.items() if re.search(pattern, n)}
    return found, cells.pop() if len(cells) == 1 else ""


def stock_layer(
    cell: str,
    size: int,
    hidden: int,
    bidirectional: bool,
    bias: bool = True,
    name: str | None = None,
) -> layers.Layer:
    """One layer of the framework in one or both directions."""
    layer = LAYERS[cell](
        hidden,
        use_bias=bias,
        return_sequences=True,
        return_state=True,
        name=name,
    )
    return layers.Bidirectional(layer, name=name) if bidirectional else layer


def run_layers(
    cell: str, layers: list[list[Weights]], x: np.ndarray
) -> np.ndarray:
    """Stock layers with the tensors of each direction: (B, T, D) -> H'."""
    outputs = x
    for directions in layers:
        hidden = directions[0]["recurrent_kernel"].shape[0]
        sizes = (outputs.shape[-1], hidden, len(directions) > 1)
        layer = stock_layer(cell, *sizes, "bias" in directions[0])
        layer.build(outputs.shape)
        owners = [layer]
        if len(directions) > 1:
            owners = [layer.forward_layer, layer.backward_layer]
        for owner, tensors in zip(owners, directions):
            for name, array in tensors.items():
                getattr(owner.cell, name).assign(array)
        outputs, *_ = layer(outputs)  # (B, T, H')
    return ops.convert_to_numpy(outputs)
