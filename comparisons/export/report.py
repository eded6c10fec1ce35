"""What a conversion changes of each tensor, from the table of layouts."""

from collections.abc import Iterator
from typing import NamedTuple

from comparisons.export.layers import LAYOUTS, Layers
from comparisons.export.layouts import Layout
from comparisons.export.relayout import model_tensors, stored_name
from shared.specs import GATE_NAMES, WEIGHT_NAMES
from shared.weights.layout import layer_prefixes


class Change(NamedTuple):
    """One canonical weight: where it comes from, and where it goes."""

    source: str
    canonical: str
    target: str
    change: str


def changes(layers: Layers, target: Layout) -> Iterator[Change]:
    """Each weight, its names with their shapes, and what was done to it."""
    source, spec = LAYOUTS[layers.framework], layers.spec
    stored = model_tensors(target, spec, layers.weights)
    flat = [part for layer in layers.directions for part in layer]
    for (prefix, _), direction in zip(layer_prefixes(spec), flat):
        for part in WEIGHT_NAMES[spec.cell]:
            owns = [
                own
                for own in parts_of(source, spec.cell, part)
                if own in direction.names
            ]
            names = [
                f"{direction.names[own]} {direction.tensors[own].shape}"
                for own in owns
            ]
            (own, *_) = parts_of(target, spec.cell, part)
            to = stored_name(target, prefix, own, spec.bidirectional)
            array = layers.weights[prefix + part]
            yield Change(
                " + ".join(names) or "zeros (no bias)",
                f"{prefix}{part} {array.shape}",
                f"{to} {stored[to].shape}",
                change_of(source, target, spec.cell, part, len(owns)),
            )


def parts_of(layout: Layout, cell: str, part: str) -> list[str]:
    """The tensors that a canonical weight is in, or is the sum of."""
    lacks = part == "b_ih" and "b_hh" not in WEIGHT_NAMES[cell]
    wanted = {part, "b_hh"} if lacks else {part}
    tensors = layout.tensors[cell].items()
    return [own for own, parts in tensors if wanted & set(parts)]


def change_of(
    source: Layout, target: Layout, cell: str, part: str, added: int
) -> str:
    """In words: transposed, gates reordered, biases joined; "" for none."""
    found = []
    if part.startswith("w_") and source.transposed != target.transposed:
        found.append("transposed")
    orders = [layout.gates.get(cell) for layout in (source, target)]
    before, after = (order_text(x, cell) for x in (source, target))
    if before != after:
        sign = "=" if orders[0] == orders[1] else "->"
        found.append(f"gates {before} {sign} {after}")
    if added > 1:
        found.append("biases added")
    rows = [rows_of(layout, cell, part) for layout in (source, target)]
    if rows[0] != rows[1] and part.startswith("b_"):
        kept = "b_ih and b_hh in one tensor"
        found.append(kept if rows[1] else "a tensor of its own")
    return ", ".join(found)


def order_text(layout: Layout, cell: str) -> str:
    """The gates as the format's documentation writes them."""
    order = layout.gates.get(cell, GATE_NAMES[cell])
    return " ".join(layout.gate_names.get(gate, gate) for gate in order)


def rows_of(layout: Layout, cell: str, part: str) -> bool:
    """Whether the weight is a row of a tensor of several."""
    return any(
        part in parts and len(parts) > 1
        for parts in layout.tensors[cell].values()
    )
