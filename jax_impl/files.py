"""Weights of recurrent layers from files of the framework."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from shared.errors import UserError
from shared.specs import Weights


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
