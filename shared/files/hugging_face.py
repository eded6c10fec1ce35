"""`--data hf:NAME`: a data set of Hugging Face, as a file of the user's own.

The library `datasets` reads one split, of a data set on the Hub or of a local
folder. It is stored once in the cache, in the form in which the task reads a
file; the command pins its content like that of any other.
"""

import hashlib
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from shared.errors import DataError, unknown
from shared.files import catalogue
from shared.files.download import TIMEOUT
from shared.files.hugging_face_rows import WRITERS

PREFIX = "hf:"
FORM = "hf:NAME[:CONFIGURATION][#SPLIT]"
ADDRESS = re.compile(r"hf:([^:#]+)(?::([^:#]+))?(?:#([^:#]+))?")
OF_THE_HUB = re.compile(r"[\w.-]+(?:/[\w.-]+)?", re.ASCII)
TRAIN = "train"
SAVED = ("dataset_dict.json", "state.json")
"""Files of a folder that `save_to_disk` has written."""

DIGITS = 12
"""Digits of a checksum in the name of a stored file."""


def resolved(changes: Mapping[str, Any], form: str) -> dict[str, Any]:
    """The options with the file of a data set in place of its address.

    form: ending of the files that the task reads, "" for none. DataError in
    one line if it cannot be had.
    """
    address = str(changes.get("data") or "")
    if not address.startswith(PREFIX):
        return dict(changes)
    if form not in WRITERS:
        raise DataError(
            f"'{address}': this task reads no data set of Hugging Face"
        )
    return {**changes, "data": str(stored(address, form))}


def stored(address: str, form: str) -> Path:
    """The file of a data set in this form, written if it is not yet there."""
    match = ADDRESS.fullmatch(address)
    if match is None:
        raise DataError(f"'{address}' is no address; write it as {FORM}")
    name, configuration, split = match.groups()
    folder = Path(name).expanduser()
    if not folder.is_dir() and not OF_THE_HUB.fullmatch(name):
        raise DataError(f"'{address}': no such folder, and no name USER/NAME")
    if find_spec("datasets") is None:
        raise DataError(
            f"'{address}' needs datasets: "
            "pip install 'rnn-comparisons[datasets]'"
        )
    splits = loaded(address, folder, name, configuration)
    chosen = split or (TRAIN if TRAIN in splits else next(iter(splits)))
    if chosen not in splits:
        raise DataError(f"'{address}': {unknown('split', chosen, splits)}")
    rows = splits[chosen]
    if not len(rows):
        raise DataError(f"'{address}' has no rows in split '{chosen}'")
    place = catalogue.cache_folder() / "hugging_face"
    place.mkdir(parents=True, exist_ok=True)
    words = [
        Path(name).name if folder.is_dir() else name,
        configuration,
        chosen,
    ]
    label = re.sub(r"[^\w.]+", "-", "-".join(filter(None, words)))
    with tempfile.NamedTemporaryFile(dir=place, suffix=form) as file:
        WRITERS[form](address, rows, Path(file.name))
        content = Path(file.name).read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:DIGITS]
    path = place / f"{label}-{digest}{form}"
    if not path.exists():
        path.write_bytes(content)
    return path


def check_network(name: str) -> None:
    """Raise what the network raises; the library itself tries for long."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    with suppress(HfHubHTTPError):  # an answer: what it means is said later
        HfApi().dataset_info(name, timeout=TIMEOUT)


def loaded(
    address: str, folder: Path, name: str, configuration: str | None
) -> Mapping[str, Any]:
    """Split -> rows; DataError with the reason and the way out."""
    import datasets

    datasets.disable_progress_bars()
    saved = any((folder / file).exists() for file in SAVED)
    try:
        if saved:
            found = datasets.load_from_disk(str(folder))
        elif folder.is_dir():
            found = datasets.load_dataset(str(folder.absolute()), configuration)
        else:
            if not datasets.config.HF_HUB_OFFLINE:
                check_network(name)
            found = datasets.load_dataset(name, configuration)
    except Exception as error:  # of the network, of any reader
        fault = str(error).strip().partition("\n")[0] or type(error).__name__
        advice = (
            "; without a network: HF_HUB_OFFLINE=1 if it was read before, else "
            f"datasets.load_dataset('{name}').save_to_disk(DIR) elsewhere, and "
            "--data hf:DIR"
        )
        advice *= not folder.is_dir()
        raise DataError(
            f"'{address}' cannot be read: {fault}{advice}"
        ) from error
    single = not isinstance(found, Mapping)
    return {str(found.split or TRAIN): found} if single else found
