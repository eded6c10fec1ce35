"""A file of the user's own: the options that name it, and its content."""

import dataclasses
import hashlib
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from shared.errors import DataError, SpecError
from shared.fields import check, from_zero, option
from shared.files.download import PREFIX
from shared.files.encodings import check_encoding
from shared.files.folder import digest_of
from shared.files.tables.format import AUTO, TableFormat

LARGE = 1 << 24
"""Bytes of a file that a process hashes once, until it changes."""

OF_THE_FILE = (
    *("encoding", "data_sha256", "text_column", "label_column"),
    *("time_column", "target_column", "time_format", "label_file"),
    *("delimiter", "quoting", "skip_rows", "header", "missing"),
    *("decimal", "thousands", "word_column", "tag_column"),
)
"""Options that say nothing where no file is named."""

DIGESTS = {
    "data": "data_sha256",
    "label_file": "label_sha256",
    "embeddings": "embeddings_sha256",
    "tokenizer": "tokenizer_sha256",
}
"""Option that names a file -> the one that pins its content."""

PREFIXES = {"tokenizer": "hf:"}
"""Option -> the prefix without which it names no file."""


@dataclass(frozen=True)
class UserFile:
    """A user's file; a command pins its content by sha256.

    FOLDER_OF: endings of the files of a folder that may be given in its place;
    COPIED_AS: ending of the file that a data set of Hugging Face becomes, ""
    where none is read.
    """

    FOLDER_OF: ClassVar[tuple[str, ...]] = ()
    COPIED_AS: ClassVar[str] = ""

    data: str = option(
        "",
        "file with your own data, in place of the data set; or hf:NAME, a "
        "data set of Hugging Face",
    )
    encoding: str = option("utf-8", "text encoding of that file")
    data_sha256: str = ""

    def __post_init__(self) -> None:
        """Check every field; refuse file options without a file."""
        check(self)
        check_encoding(self.encoding)
        for item in dataclasses.fields(self):
            value = getattr(self, item.name)
            given = item.name in OF_THE_FILE and value != item.default
            if given and not self.data:
                raise SpecError(
                    f"{item.name} '{value}' needs a file of your own: "
                    "--data FILE"
                )


@dataclass(frozen=True)
class UserTableFormat(UserFile):
    """A table of the user's own: how its rows are written."""

    COPIED_AS: ClassVar[str] = ".parquet"

    delimiter: str = option(
        AUTO,
        "sign between the fields, such as ';' or tab; auto: found",
        blank=True,
    )
    quoting: str = option(
        AUTO,
        "quotation marks: standard encloses fields, none reads them as signs; "
        "auto: none in files with tabs",
        choices=(AUTO, "standard", "none"),
    )
    skip_rows: int = from_zero(
        0, "lines before the header; 0: titles and comments are recognized"
    )
    header: str = option(
        "first",
        "names of the columns: in the first row, or none (then 1, 2, ...)",
        choices=("first", "none"),
    )
    missing: str = option(
        "",
        "more marks of a missing value, separated by commas, such as -999",
        blank=True,
    )

    def __post_init__(self) -> None:
        """Check every field, and the signs."""
        super().__post_init__()
        TableFormat.of(self)


@dataclass(frozen=True)
class UserNumbers(UserTableFormat):
    """A table whose fields are numbers."""

    decimal: str = option(AUTO, "decimal sign; auto: found in the column")
    thousands: str = option(
        AUTO,
        "sign between groups of three digits, or none; auto: found",
        blank=True,
    )


@dataclass(frozen=True)
class UserTable(UserTableFormat):
    text_column: str = option("text", "column of the texts in that file")
    label_column: str = option("label", "column of the labels in that file")


@dataclass(frozen=True)
class UserTags(UserFile):
    COPIED_AS: ClassVar[str] = ".jsonl"

    word_column: str = option(
        "",
        "column of the words in that file, its name or its number from 1; "
        "by default it is found",
        blank=True,
    )
    tag_column: str = option(
        "",
        "column of the tags in that file, its name or its number from 1; by "
        "default a usual name or the last column",
        blank=True,
    )


def pinned(
    changes: Mapping[str, Any], folder_of: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The options with each named file's absolute path and its sha256.

    A run is identified by its options: changed content is another run.
    """
    found = dict(changes)
    for name, digest in DIGESTS.items():
        if file := named_file(name, changes.get(name, "")):
            path = Path(file).absolute()
            value = f"{PREFIXES.get(name, '')}{path}"
            found |= {name: value, digest: sha256_of(path, folder_of)}
    return found


def named_file(name: str, value: Any) -> str:
    """The path in the value of an option; "" where it names no file."""
    text, prefix = str(value), PREFIXES.get(name, "")
    return text.removeprefix(prefix) if text.startswith(prefix) else ""


def hashes(options: UserFile) -> dict[str, str]:
    """File name -> sha256; DataError if it is not the pinned one."""
    sums = {}
    for name, digest in DIGESTS.items():
        file = named_file(name, getattr(options, name, ""))
        if not file or not hasattr(options, digest):
            continue
        path, known = Path(file), getattr(options, digest)
        found = sha256_of(path, options.FOLDER_OF)
        if known not in ("", found):
            raise DataError(
                f"{path} has changed: its sha256 begins with {found[:PREFIX]}, "
                f"that of the run's file with {known[:PREFIX]}"
            )
        sums[path.name] = found
    return sums


def sha256_of(path: Path, folder_of: tuple[str, ...] = ()) -> str:
    """The sha256 of a file as stored, or of a folder's with these endings.

    DataError if it cannot be read.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            if folder_of:
                return digest_of(path, folder_of)
            raise DataError(f"{path} is a folder, not a file")
        if not stat.S_ISREG(status.st_mode):
            raise DataError(
                f"{path} is a pipe or a device, which cannot be read twice; "
                "save what it holds in a file"
            )
        size, changed = status.st_size, status.st_mtime_ns
        return (_large_sha256 if size > LARGE else _sha256)(path, size, changed)
    except FileNotFoundError as error:
        raise DataError(f"{path} does not exist") from error
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}") from error


def _sha256(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


_large_sha256 = lru_cache(maxsize=16)(_sha256)
