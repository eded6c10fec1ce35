"""Data files on this machine: found, verified, and downloaded once.

Files are read from the folder in RNN_DATA_DIR where that is set, and no
network is used; else from the user's cache, which `fetch` fills.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from shared.datasets.files import FILES, DataFile
from shared.errors import DataError

TIMEOUT = 30.0
"""Seconds without a byte after which a download is given up."""

PREFIX = 12
"""Digits of a checksum that a message shows."""


def names_under(folder: str) -> list[str]:
    """The catalogued names in a folder, such as `names`, in order."""
    return sorted(name for name in FILES if name.startswith(f"{folder}/"))


def locate(name: str) -> Path:
    """The path of a catalogued file that is here and unaltered.

    Raises DataError, in one line, for a file that is absent or altered.
    """
    file, root = FILES[name], _data_dir()
    path = (root or cache_folder()) / name
    if not path.is_file():
        raise DataError(_absent_message(name, path, given=root is not None))
    found = _sha256(path)
    if found != file.sha256:
        raise DataError(
            f"{path} is altered or incomplete: its sha256 begins with "
            f"{found[:PREFIX]}, that of {file.url} with "
            f"{file.sha256[:PREFIX]}"
        )
    return path


def fetch(names: Sequence[str], progress: bool = False) -> None:
    """Make files present: all verified, and those not here downloaded.

    An altered file of the cache is downloaded anew; the folder in
    RNN_DATA_DIR is only read. Raises DataError in one line.
    """
    if _data_dir() is None:
        needed = [name for name in names if not _is_cached(name)]
        for name in _shown(needed, progress):
            _download(name, FILES[name])
    for name in names:
        locate(name)


def hashes(names: Sequence[str]) -> dict[str, str]:
    """The catalogued sha256 of files, by name."""
    return {name: FILES[name].sha256 for name in names}


def cache_folder() -> Path:
    """The folder of downloaded files, the user's own."""
    import pooch

    return Path(pooch.os_cache("rnn-comparisons"))


def _data_dir() -> Path | None:
    """The folder in RNN_DATA_DIR, or None where it is not set."""
    value = os.environ.get("RNN_DATA_DIR", "")
    return Path(value).expanduser() if value else None


def _is_cached(name: str) -> bool:
    """Whether the cache holds the file unaltered."""
    path = cache_folder() / name
    return path.is_file() and _sha256(path) == FILES[name].sha256


def _sha256(path: Path) -> str:
    """The sha256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _shown(names: list[str], progress: bool) -> Iterable[str]:
    """The names, with a bar on standard error where one is asked for."""
    if not (progress and names):
        return names
    from tqdm import tqdm

    return tqdm(names, "downloading", unit="file", leave=False)


def _download(name: str, file: DataFile) -> None:
    """Fetch one file into the cache; pooch checks its sha256."""
    import pooch
    from requests.exceptions import RequestException

    pooch.get_logger().setLevel("ERROR")
    folder = cache_folder()
    try:
        pooch.retrieve(
            file.url,
            known_hash=f"sha256:{file.sha256}",
            fname=Path(name).name,
            path=folder / Path(name).parent,
            downloader=pooch.HTTPDownloader(timeout=TIMEOUT),
        )
    except RequestException as error:
        if error.response is not None:
            error.response.close()
        reason = f"{file.url} cannot be reached ({type(error).__name__})"
        raise DataError(f"{reason}; {_ways_out(name)}") from error
    except ValueError as error:
        raise DataError(
            f"{file.url} did not send the file of sha256 "
            f"{file.sha256[:PREFIX]}...; {_ways_out(name)}"
        ) from error
    except OSError as error:
        raise DataError(
            f"{name} cannot be written to {folder} ({error.strerror})"
        ) from error


def _absent_message(name: str, path: Path, given: bool) -> str:
    """One line for a file that is not at path."""
    if given:
        return (
            f"{path} does not exist: RNN_DATA_DIR is set, so {name} is "
            f"read from there and not from {FILES[name].url}"
        )
    return (
        f"{name} has not been downloaded from {FILES[name].url}; "
        f"{_ways_out(name)}"
    )


def _ways_out(name: str) -> str:
    """What a user without the file can do."""
    return (
        "connect to the network and run again, or set RNN_DATA_DIR to a "
        f"folder that holds {name}"
    )
