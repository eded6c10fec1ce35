"""Matrices of single gates, as nnx.LSTMCell has them, side by side."""

from collections.abc import Mapping

import numpy as np

from shared.specs import Array

JOINED = {
    "dense_i.kernel": ("ii", "if_", "ig", "io"),
    "dense_h.kernel": ("hi", "hf", "hg", "ho"),
    "dense_h.bias": ("hi", "hf", "hg", "ho"),
}
"""Part of nnx.OptimizedLSTMCell -> the gates that are its columns, in order."""

SINGLE = r"(?:i[igo]|if_|h[ifgo])\.(?:kernel|bias)"
"""The names of the parts of nnx.LSTMCell."""


def joined(
    names: Mapping[str, str], tensors: Mapping[str, Array]
) -> tuple[dict[str, str], dict[str, Array]]:
    """Part -> full names and array, with the gates of a matrix joined.

    Where one of four is missing, all stay as they are.
    """
    found, arrays = dict(names), dict(tensors)
    for whole, gates in JOINED.items():
        kind = whole.partition(".")[2]
        parts = [f"{gate}.{kind}" for gate in gates]
        if not all(part in tensors for part in parts):
            continue
        arrays[whole] = np.concatenate([arrays.pop(p) for p in parts], axis=-1)
        cell = names[parts[0]].removesuffix(parts[0])
        found = {p: name for p, name in found.items() if p not in parts}
        found[whole] = f"{cell}({', '.join(gates)}).{kind}"
    return found, arrays
