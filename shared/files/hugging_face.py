"""`--data hf:NAME`: a data set of Hugging Face, as a file of the user's own.

The library `datasets` reads one split, of a data set on the Hub or of a local
folder. It is stored once in the cache, in the form in which the task reads a
file; the command pins its content like that of any other.
"""

import hashlib
import json
import re
import tempfile
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from shared.errors import DataError, unknown
from shared.files import catalogue

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
        else:
            source = str(folder.absolute()) if folder.is_dir() else name
            found = datasets.load_dataset(source, configuration)
    except Exception as error:  # of the network, of any reader
        fault = str(error).strip().partition("\n")[0] or type(error).__name__
        advice = (
            f"; without a network: datasets.load_dataset('{name}')"
            ".save_to_disk(DIR) elsewhere, and --data hf:DIR"
        )
        advice *= not folder.is_dir()
        raise DataError(
            f"'{address}' cannot be read: {fault}{advice}"
        ) from error
    single = not isinstance(found, Mapping)
    return {str(found.split or TRAIN): found} if single else found


def write_table(address: str, rows: Any, path: Path) -> None:
    """All columns, classes by their names."""
    named(rows).to_parquet(str(path))


def write_lines(address: str, rows: Any, path: Path) -> None:
    """A line of JSON for each row, for sentences with tags and for pairs."""
    with path.open("w", encoding="utf-8") as stream:
        for row in named(rows):
            stream.write(json.dumps(row, ensure_ascii=False, default=str))
            stream.write("\n")


def write_text(address: str, rows: Any, path: Path) -> None:
    """The column of texts, a line end after each."""
    texts = [n for n, f in rows.features.items() if is_text(f)]
    column = "text" if "text" in texts else (texts or [""])[0]
    if not column or (len(texts) > 1 and column != "text"):
        raise DataError(
            f"'{address}' has no column 'text'; its columns: "
            f"{', '.join(rows.column_names)}"
        )
    with path.open("w", encoding="utf-8") as stream:
        for text in rows[column]:
            stream.write((text or "").rstrip("\n") + "\n")


def is_text(feature: Any) -> bool:
    return getattr(feature, "dtype", "") in ("string", "large_string")


def named(rows: Any) -> Any:
    """The rows with the names of classes, not their numbers.

    A column of several fields, such as a sentence in two languages, becomes a
    column of each.
    """
    rows = rows.flatten()
    short = {name: name.rpartition(".")[2] for name in rows.column_names}
    if len(set(short.values())) == len(short):
        rows = rows.rename_columns(short)
    names = {n: names_of(f) for n, f in rows.features.items()}
    for column, classes in names.items():
        if classes is not None:
            rows = rows.map(
                renamed,
                fn_kwargs={"column": column, "classes": classes},
                features=as_strings(rows.features, column),
            )
    return rows


def names_of(feature: Any) -> list[str] | None:
    """The classes of a column of labels, or of a list of them, else None."""
    inner = getattr(feature, "feature", feature)
    found: list[str] | None = getattr(inner, "names", None)
    return found


def as_strings(features: Any, column: str) -> Any:
    """The features with a column of strings, or of lists of them."""
    from datasets import Features, List, Value

    inner = getattr(features[column], "feature", None)
    kind = Value("string") if inner is None else List(Value("string"))
    return Features({**features, column: kind})


def renamed(
    row: Mapping[str, Any], column: str, classes: list[str]
) -> dict[str, Any]:
    """The names of a label or of a list of them; -1 is a label not given."""
    value = row[column]
    if isinstance(value, list):
        return {column: [classes[number] for number in value]}
    given = value is not None and value >= 0
    return {column: classes[value] if given else None}


WRITERS: dict[str, Callable[[str, Any, Path], None]] = {
    ".parquet": write_table,
    ".jsonl": write_lines,
    ".txt": write_text,
}
"""Ending -> what writes such a file: address, rows, path."""
