"""The recurrent layers in a file of weights: names, sizes, cell."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from comparisons.export.gates import SINGLE, joined
from comparisons.export.layouts import KERAS, NNX, PYTORCH, Layout
from comparisons.export.relayout import to_canonical
from shared.errors import UserError, unknown
from shared.specs import GATES, NATIVE_CELLS, ModelSpec, Weights
from shared.weights.layout import weight_shapes

PATTERNS = {
    "pytorch": (
        r"^(?P<stack>.*?)(?P<part>weight_ih|weight_hh|bias_ih|bias_hh|weight_hr)"
        r"_l(?P<layer>\d+)(?P<reverse>_reverse)?$"
    ),
    "keras": (
        r"^(?P<layer>.+?)(\.forward_layer|(?P<reverse>\.backward_layer))?"
        r"\.cell\.(?P<part>kernel|recurrent_kernel|bias)$"
    ),
    "jax": (
        r"^(?P<layer>.*?)(\.?forward_rnn|(?P<reverse>\.?backward_rnn))?"
        rf"\.?(cell\.)?(?P<part>dense_[ih]\.(kernel|bias)|{SINGLE})$"
    ),
}
"""Framework -> the names of the tensors of its recurrent layers."""

LAYOUTS: dict[str, Layout] = {"pytorch": PYTORCH, "keras": KERAS, "jax": NNX}
RECURRENT = ("weight_hh", "recurrent_kernel", "dense_h.kernel")
INPUT = ("weight_ih", "kernel", "dense_i.kernel")


class Direction(NamedTuple):
    """One layer in one direction: own part -> full name, and -> array."""

    names: Mapping[str, str]
    tensors: Weights


class Layers(NamedTuple):
    """A stack of layers, and what it is in canonical terms.

    spec: of a model without embedding or head; weights: canonical.
    """

    framework: str
    directions: list[list[Direction]]
    spec: ModelSpec
    weights: Weights


def find_layers(
    framework: str, tensors: Weights, cell: str = "", name: str = ""
) -> Layers:
    """The stack of a file's tensors; UserError if it is none, or several.

    cell: "" where the shapes determine it; name: of a layer, or in PyTorch the
    beginning of the names of a stack.
    """
    layers = _stack(_grouped(framework, tensors), name)
    cells = {_cell(d, cell) for layer in layers for d in layer}
    if len(cells) > 1:
        raise UserError(
            f"the layers are of different cells ({', '.join(sorted(cells))}); "
            "choose one with --layer"
        )
    (found,) = cells
    layout, weights = LAYOUTS[framework], {}
    for number, layer in enumerate(layers):
        for direction, part in zip(("", "reverse."), layer):
            _check_names(layout, found, part)
            canonical = to_canonical(layout, found, part.tensors)
            for key, array in canonical.items():
                weights[f"rnn.{number}.{direction}{key}"] = array
    size, _ = weights["rnn.0.w_ih"].shape
    hidden = len(weights["rnn.0.w_hh"])
    spec = ModelSpec(
        model="tagger",
        cell=found,
        input_size=size,
        hidden_size=hidden,
        num_layers=len(layers),
        bidirectional=len(layers[0]) > 1,
    )
    _check_sizes(spec, weights)
    return Layers(framework, layers, spec, weights)


def _grouped(
    framework: str, tensors: Weights
) -> dict[str, dict[str, list[Direction]]]:
    """Stack -> layer -> directions, in the order of the file."""
    found: dict[str, dict[str, list[Direction]]] = {}
    for name, array in tensors.items():
        match = re.match(PATTERNS[framework], name)
        if match is None:
            continue
        groups = match.groupdict()
        stack = found.setdefault(groups.get("stack", ""), {})
        layer = stack.setdefault(
            groups["layer"], [Direction({}, {}), Direction({}, {})]
        )
        direction = layer[groups["reverse"] is not None]
        direction.names[groups["part"]] = name  # type: ignore[index]
        direction.tensors[groups["part"]] = array
    for stack in found.values():
        for key, layer in stack.items():
            stack[key] = [
                Direction(*joined(d.names, d.tensors)) for d in layer if d.names
            ]
    return found


def _stack(
    found: dict[str, dict[str, list[Direction]]], name: str
) -> list[list[Direction]]:
    """The layers to convert, in their order."""
    if not found:
        raise UserError("the file has no recurrent layer of stock names")
    if len(found) > 1:
        names = {stack.rstrip("."): layers for stack, layers in found.items()}
        if name not in names:
            many = f"the file has {len(names)} stacks of layers"
            raise UserError(_choices(many, name, list(names)))
        layers = names[name]
        return [layers[key] for key in sorted(layers, key=int)]
    (layers,) = found.values()
    if name:
        if name not in layers:
            raise UserError(_choices("", name, list(layers)))
        return [layers[name]]
    return [layers[key] for key in sorted(layers, key=_natural)]


def _choices(many: str, name: str, names: list[str]) -> str:
    if name:
        return unknown("layer", name, names)
    return f"{many}; choose with --layer: {', '.join(names)}"


def _natural(name: str) -> list[tuple[int, str]]:
    """A key that sorts lstm_10 after lstm_9."""
    parts = re.findall(r"\d+|\D+", name)
    return [(int(p), "") if p.isdigit() else (-1, p) for p in parts]


def _cell(direction: Direction, cell: str) -> str:
    """The cell, by the blocks of its recurrent weights."""
    matrices = [direction.tensors[p] for p in RECURRENT if p in direction.names]
    if not matrices or "weight_hr" in direction.names:
        names = ", ".join(direction.names.values())
        raise UserError(
            f"{names}: not the weights of an RNN, GRU, or LSTM"
            " (a projection has no counterpart)" * bool(matrices)
        )
    short, long = sorted(matrices[0].shape)
    cells = [c for c in NATIVE_CELLS if GATES[c] * short == long]
    if (cell and cell not in cells) or not cells:
        raise UserError(
            f"recurrent weights of shape {matrices[0].shape} are not of "
            f"{cell or 'a cell'}; choices: {', '.join(cells) or 'none'}"
        )
    if len(cells) > 1 and not cell:
        raise UserError(
            "the weights do not determine the activation; choose with --cell: "
            f"{', '.join(cells)}"
        )
    return cell or cells[0]


def _check_names(layout: Layout, cell: str, direction: Direction) -> None:
    """Every tensor has its place, and no matrix is missing."""
    known = layout.tensors[cell]
    other = [n for part, n in direction.names.items() if part not in known]
    lacking = [
        part
        for part, parts in known.items()
        if part not in direction.names and parts[0].startswith("w_")
    ]
    if other or lacking:
        fault = f"is no weight of {cell}" if other else "is missing"
        raise UserError(f"{(other or lacking)[0]} {fault}")


def _check_sizes(spec: ModelSpec, weights: Weights) -> None:
    """Each layer reads the outputs of the one before."""
    shapes = weight_shapes(spec)
    for name, array in weights.items():
        if shapes.get(name) != array.shape:
            raise UserError(
                f"the layers are no stack: {name} is {array.shape}, to be "
                f"{shapes.get(name, 'absent')}; choose one with --layer"
            )
