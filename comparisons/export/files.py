"""Files of weights of other programs: by what they are read."""

import re
from pathlib import Path

import numpy as np

from comparisons.export.formats import ask_framework
from comparisons.export.layers import PATTERNS
from shared.errors import UserError, unknown
from shared.specs import Weights

SUFFIXES = {
    ".pt": "pytorch",
    ".pth": "pytorch",
    ".safetensors": "pytorch",
    ".keras": "keras",
    ".h5": "keras",
}
"""Ending of a file -> the framework whose names it has; a folder: Orbax."""

VARIABLES = ("kernel", "recurrent_kernel", "bias")
"""Those of a cell, in the order of the numbers of a .weights.h5 file."""


def source_framework(path: Path) -> str:
    """The framework that wrote the file, by its ending."""
    if not path.exists():
        raise UserError(f"cannot read '{path}': no such file or folder")
    if path.is_dir():
        return "jax"
    if path.suffix not in SUFFIXES:
        raise UserError(unknown("ending", path.suffix, SUFFIXES))
    return SUFFIXES[path.suffix]


def read_tensors(
    path: Path, framework: str, timeout: float
) -> tuple[Weights, str]:
    """The tensors of recurrent layers by name; the cell if the file says it."""
    reader = READERS.get(path.suffix)
    pattern = PATTERNS[framework]
    if reader is None or path.is_dir():
        found = ask_framework(
            *("read_tensors", framework, timeout),
            path=str(path.absolute()),
            pattern=pattern,
        )
        return found["tensors"], found["cell"]
    tensors = {
        name: np.asarray(array, np.float32)
        for name, array in reader(path).items()
        if re.search(pattern, name)
    }
    return tensors, ""


def from_safetensors(path: Path) -> Weights:
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return load_file(path)
    except SafetensorError as error:
        raise UserError(f"'{path}' is no safetensors file: {error}") from error


def from_h5(path: Path) -> Weights:
    """The variables of cells, as a `.keras` file would name them."""
    import h5py

    found: Weights = {}

    def visit(name: str, item: object) -> None:
        place, _, number = name.rpartition("/vars/")
        if place.endswith("/cell") and isinstance(item, h5py.Dataset):
            parts = [p for p in place.split("/") if not p.startswith("_")]
            layer = ".".join(p for p in parts if p != "layers")
            found[f"{layer}.{VARIABLES[int(number)]}"] = np.asarray(item)

    try:
        with h5py.File(path) as opened:
            opened.visititems(visit)
    except OSError as error:
        raise UserError(f"'{path}' is no HDF5 file: {error}") from error
    return found


READERS = {".safetensors": from_safetensors, ".h5": from_h5}
