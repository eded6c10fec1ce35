"""Data files on this machine: found, verified, and downloaded once.

Files are read from the folder in RNN_DATA_DIR where that is set, and no
network is used; else from the user's cache, which `fetch` fills. A file may
be there as catalogued or compressed, with `.gz` after its name.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from shared.errors import DataError
from shared.files.download import PREFIX, download
from shared.files.io import digest, stored_at
from shared.files.registry import read_registry

FILES = read_registry()
"""Path in the data folder -> file, of all data sets."""

Content = TypeVar("Content")


def names_under(folder: str) -> list[str]:
    """Catalogued names in a folder, such as `names`, in order."""
    return sorted(name for name in FILES if name.startswith(f"{folder}/"))


def first_present(names: Sequence[str]) -> str | None:
    """The first of these names whose file is present, or None."""
    return next((name for name in names if stored_at(path_of(name))), None)


def locate(name: str) -> Path:
    """Path of a catalogued file that is present and unaltered.

    It ends in `.gz` if the file is stored compressed. Raises DataError, in one
    line, for a file that is absent or altered.
    """
    file, path = FILES[name], path_of(name)
    stored = stored_at(path)
    if stored is None and _data_dir():
        raise DataError(
            f"{path} does not exist: RNN_DATA_DIR is set, so {name} is "
            f"read from there and not from {file.url}"
        )
    if stored is None:
        raise DataError(
            f"{name} has not been downloaded from {file.url}; {_ways_out(name)}"
        )
    found = digest(path, stored, file.algorithm)
    if found != file.digest:
        raise DataError(
            f"{stored} is altered or incomplete: its {file.algorithm} begins "
            f"with {found[:PREFIX]}, that of the catalogued file with "
            f"{file.digest[:PREFIX]} ({file.url})"
        )
    return stored


def fetch(names: Sequence[str], progress: bool = False) -> None:
    """Verify files, and download those that are absent.

    An altered file of the cache is downloaded again; the folder in RNN_DATA_DIR
    is only read. Raises DataError in one line.
    """
    if not _data_dir():
        needed = [name for name in names if not _is_cached(name)]
        if progress:
            announce(needed)
        for number, name in enumerate(needed, 1):
            label = f"downloading {number}/{len(needed)} {Path(name).name}"
            label = label if progress else ""
            download(FILES[name], path_of(name), label, _ways_out(name))
    for name in names:
        locate(name)


def announce(names: Sequence[str]) -> None:
    """Name the source and the license of files, once for all of a kind."""
    terms = {(FILES[name].source, FILES[name].license) for name in names}
    for source, stated in sorted(terms):
        if stated and sys.stderr:
            text = f"{source}; license: {stated}"
            print(text, file=sys.stderr, flush=True)


def hashes(names: Sequence[str]) -> dict[str, str]:
    """Catalogued sha256, by name, of files that have one."""
    return {n: FILES[n].sha256 for n in names if FILES[n].sha256}


def read_parts(
    names: Mapping[str, str], read: Callable[[Path], Content]
) -> tuple[dict[str, Content], dict[str, str]]:
    """The content of each split's file, and sha256 by file name."""
    parts = {part: read(locate(name)) for part, name in names.items()}
    return parts, hashes(list(names.values()))


def cache_folder() -> Path:
    import pooch

    return Path(pooch.os_cache("rnn-comparisons"))


def path_of(name: str) -> Path:
    """Where a file of the data folder, or else of the cache, belongs."""
    return Path(_data_dir() or cache_folder()).expanduser() / name


def _data_dir() -> str:
    return os.environ.get("RNN_DATA_DIR", "")


def _is_cached(name: str) -> bool:
    try:
        locate(name)
    except DataError:
        return False
    return True


def _ways_out(name: str) -> str:
    return (
        "connect to the network and run again, or set RNN_DATA_DIR to a "
        f"folder that holds {name}"
    )
