"""Penn Treebank as words, from files that are already on this machine.

The preparation of Mikolov et al. 2010: lower case, numbers as N, 10,000
words. Its licence is unclear, so it is neither shipped nor fetched.
"""

import os
from pathlib import Path

from shared.errors import DataError
from shared.files.catalogue import cache_folder
from shared.files.download import PREFIX
from shared.files.io import digest, read_text, stored_at

FOLDER = "wordlm/ptb"

FILES = {
    "train": (
        "ptb.train.txt",
        "fcea919f6cf83f35d4d00c6cbf08040d13d4155226340912e2fef9c9c4102cbf",
    ),
    "validation": (
        "ptb.valid.txt",
        "c9fe6985fe0d4ccb578183407d7668fc6066c20700cb4cf87d8ff1cc34df1bf2",
    ),
    "test": (
        "ptb.test.txt",
        "dd65dff31e70846b2a6030a87482edcd5d199130cdcfa1f3dccbb033728deee0",
    ),
}
"""Part -> its file and what that must hold."""

UNCLEAR = (
    "the licence of this preparation of the Penn Treebank is unclear (text of "
    "the Wall Street Journal, from the Linguistic Data Consortium)"
)


def folder_of(folder: str = "") -> Path:
    """The folder given, else the data folder or the cache."""
    if folder:
        return Path(folder).expanduser()
    named = os.environ.get("RNN_DATA_DIR", "")
    return (Path(named).expanduser() if named else cache_folder()) / FOLDER


def locate(folder: Path, part: str) -> Path:
    """Path of a split's file, ending in `.gz` if compressed.

    Raises DataError, in one line, for a file that is absent or altered.
    """
    name, sha256 = FILES[part]
    stored = stored_at(folder / name)
    if stored is None:
        files = ", ".join(name for name, _ in FILES.values())
        raise DataError(
            f"{folder / name} does not exist: {UNCLEAR}, so it is neither "
            f"shipped nor fetched; put {files} there, or name their folder "
            "by --folder"
        )
    found = digest(folder / name, stored, "sha256")
    if found != sha256:
        raise DataError(
            f"{stored} is not the file that others train on: its sha256 begins "
            f"with {found[:PREFIX]}, not with {sha256[:PREFIX]}"
        )
    return stored


def load(folder: str = "") -> tuple[dict[str, str], dict[str, str]]:
    """The customary splits, and sha256 by file name."""
    place = folder_of(folder)
    parts = {part: read_text(locate(place, part)) for part in FILES}
    return parts, {f"{FOLDER}/{name}": sums for name, sums in FILES.values()}
