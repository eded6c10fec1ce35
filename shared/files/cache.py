"""Arrays that take long to make, stored in the user's cache folder."""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import numpy as np

from shared.files import catalogue

Arrays = Mapping[str, np.ndarray]

SUMS = "checksum"
"""Field of a file that checks all others."""


def cached(name: str, key: Any, make: Callable[[], Arrays]) -> Arrays:
    """The result of `make`, read from the cache if present.

    key: everything the arrays depend on, as JSON; another key is another file.
        Only numeric arrays are stored, so loading executes nothing. A damaged
        file is rebuilt; if the folder is not writable, nothing is stored.
    """
    sums = hashlib.sha256(json.dumps(key, sort_keys=True).encode())
    folder = catalogue.cache_folder() / "derived"
    path = folder / f"{name}-{sums.hexdigest()[:16]}.npz"
    # An altered file may raise anything: its header is Python's syntax, and
    # a shape in it takes any memory.
    with contextlib.suppress(Exception), path.open("rb") as stream:
        stored = np.load(stream)
        if any(i.compress_type for i in stored.zip.infolist()):
            raise ValueError("small in the file, of any size in memory")
        arrays = {field: stored[field] for field in stored.files}
        if arrays.pop(SUMS).tobytes() == _sums(arrays):
            return arrays
    arrays = dict(make())
    with contextlib.suppress(OSError):
        _write(path, arrays)
    return arrays


def code_of(*modules: ModuleType) -> str:
    """The sha256 of the modules' sources, on which their results depend."""
    sums = hashlib.sha256()
    for module in modules:
        sums.update(Path(str(module.__file__)).read_bytes())
    return sums.hexdigest()


def from_strings(strings: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Strings as UTF-8 bytes (all,) uint8, and offsets (N + 1,)."""
    encoded = [string.encode() for string in strings]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    return np.frombuffer(b"".join(encoded), np.uint8), ends


def to_strings(content: np.ndarray, offsets: np.ndarray) -> list[str]:
    """Inverse of `from_strings`."""
    whole, ends = content.tobytes(), offsets.tolist()
    return [whole[start:end].decode() for start, end in pairwise(ends)]


def _sums(arrays: Arrays) -> bytes:
    sums = hashlib.sha256()
    for field, array in sorted(arrays.items()):
        sums.update(f"{field} {array.dtype} {array.shape} ".encode())
        sums.update(np.ascontiguousarray(array).data)
    return sums.digest()


def _write(path: Path, arrays: Arrays) -> None:
    """Atomic: several processes may write at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as stream:
            sums = np.frombuffer(_sums(arrays), np.uint8)
            np.savez(stream, **cast(dict[str, Any], {**arrays, SUMS: sums}))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
