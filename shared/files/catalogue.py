"""Data files on this machine: found, verified, and downloaded once.

Files are read from the folder in RNN_DATA_DIR where that is set, and no
network is used; else from the user's cache, which `fetch` fills. A file may
stand there as catalogued or compressed, with `.gz` after its name.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from shared.errors import DataError
from shared.files.download import PREFIX, download
from shared.files.io import digest, stored_at
from shared.files.registry import DataFile
from shared.files.signal_files import SIGNALS
from shared.files.text_files import TEXTS


def names_under(folder: str) -> list[str]:
    """Catalogued names in a folder, such as `names`, in order."""
    return sorted(name for name in FILES if name.startswith(f"{folder}/"))


def first_present(names: Sequence[str]) -> str | None:
    """The first of these names whose file is present, or None."""
    return next((name for name in names if stored_at(_path(name))), None)


def locate(name: str) -> Path:
    """Path of a catalogued file that is present and unaltered.

    It ends in `.gz` if the file is stored compressed. Raises DataError, in one
    line, for a file that is absent or altered.
    """
    file, path = FILES[name], _path(name)
    stored = stored_at(path)
    if stored is None:
        raise DataError(_absent_message(name, path))
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
    if _data_dir() is None:
        needed = [name for name in names if not _is_cached(name)]
        for name, bar in _shown(needed, progress):
            download(FILES[name], _path(name), bar, _ways_out(name))
    for name in names:
        locate(name)


def hashes(names: Sequence[str]) -> dict[str, str]:
    """Catalogued sha256, by name, of files that have one."""
    return {n: FILES[n].sha256 for n in names if FILES[n].sha256}


def cache_folder() -> Path:
    import pooch

    return Path(pooch.os_cache("rnn-comparisons"))


def _data_dir() -> Path | None:
    """The folder in RNN_DATA_DIR, or None if it is not set."""
    value = os.environ.get("RNN_DATA_DIR", "")
    return Path(value).expanduser() if value else None


def _path(name: str) -> Path:
    return (_data_dir() or cache_folder()) / name


def _is_cached(name: str) -> bool:
    try:
        locate(name)
    except DataError:
        return False
    return True


def _shown(names: list[str], progress: bool) -> Iterator[tuple[str, Any]]:
    """Each name and its progress bar, on standard error if requested."""
    for place, name in enumerate(names, 1):
        if not progress:
            yield name, False
            continue
        from tqdm import tqdm

        label = f"downloading {place}/{len(names)} {Path(name).name}"
        # Pooch sets the total, but asks before whether the bar is true.
        with tqdm(
            desc=label, total=1, unit="B", unit_scale=True, leave=False
        ) as bar:
            yield name, bar


def _absent_message(name: str, path: Path) -> str:
    if _data_dir() is not None:
        return (
            f"{path} does not exist: RNN_DATA_DIR is set, so {name} is "
            f"read from there and not from {FILES[name].url}"
        )
    return (
        f"{name} has not been downloaded from {FILES[name].url}; "
        f"{_ways_out(name)}"
    )


def _ways_out(name: str) -> str:
    return (
        "connect to the network and run again, or set RNN_DATA_DIR to a "
        f"folder that holds {name}"
    )


FILES: dict[str, DataFile] = {**TEXTS, **SIGNALS}
"""Path in the data folder -> file, of all data sets."""
