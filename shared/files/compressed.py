"""The bytes of a file, plain or compressed, in blocks."""

import bz2
import gzip
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shared.errors import DataError
from shared.files import limits

BLOCK = 1 << 20
"""Bytes that are decompressed at once."""

DAMAGED = (
    *(EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile),
    *(NotImplementedError, RuntimeError),  # of a ZIP archive with a password
)
"""What reading a compressed file raises, besides OSError, if it is damaged."""

NO_DATA = ("__MACOSX/", ".DS_Store")
"""What a name in an archive of macOS begins or ends with that holds no data."""


ABOUT = re.compile(r"_?(?:about|read_?me|licen[cs]e|copying)\b", re.I)
"""The name of a file that describes others in an archive."""


def open_member(path: Path) -> Any:
    """The content of the one file in a ZIP archive."""
    name = only_member(path)
    with zipfile.ZipFile(path) as archive:
        return archive.open(name)


OPENERS: dict[str, Callable[[Path], Any]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
    ".zip": open_member,
}
"""Ending of a name -> what decompresses the file."""

FORMATS = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zip": "ZIP"}


def is_packed(path: Path) -> bool:
    return path.suffix.lower() in OPENERS


def content_name(path: Path) -> str:
    """The name of a file without its compression: that of a ZIP's member."""
    if not is_packed(path):
        return path.name
    if path.suffix.lower() != ".zip":
        return path.stem
    with decompressing(path):
        return Path(only_member(path)).name


def only_member(path: Path) -> str:
    """The one file of data in a ZIP archive; DataError if not one is."""
    with zipfile.ZipFile(path) as archive:
        names = [
            info.filename
            for info in archive.infolist()
            if not info.is_dir()
            and not info.filename.startswith(NO_DATA[0])
            and not info.filename.endswith(NO_DATA[1])
        ]
    data = [n for n in names if not ABOUT.match(n.rpartition("/")[2])]
    names = data if len(data) == 1 else names
    if len(names) != 1:
        shown = ", ".join(names[:3]) + ", ..." * (len(names) > 3)
        raise DataError(
            f"{path} holds {len(names)} files, not one"
            + (names != []) * f" ({shown}): unpack the one that is meant"
        )
    return names[0]


@contextmanager
def decompressing(path: Path) -> Iterator[None]:
    """Context that makes a DataError of a damaged compressed file."""
    try:
        yield
    except (*DAMAGED, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        known = FORMATS[path.suffix.lower()]
        raise DataError(f"{path} is no whole {known} file ({error})") from error


@contextmanager
def opened(path: Path) -> Iterator[io.BufferedReader]:
    """The content of a file, decompressed if its name says so."""
    if not is_packed(path):
        with path.open("rb") as stream:
            yield stream
        return
    with decompressing(path), OPENERS[path.suffix.lower()](path) as stream:
        yield io.BufferedReader(stream)


def read_blocks(path: Path, compressed: bool) -> Iterator[bytes]:
    """The content in blocks, as they come; the first may be empty.

    DataError for a damaged compressed file, or for one of more than the limit.
    """
    size = 0
    with opened(path) if compressed else path.open("rb") as stream:
        yield (block := stream.read1(BLOCK))
        while block:
            size += len(block)
            if compressed and size > limits.CONTENT:
                raise DataError(
                    f"{path} holds more than {limits.CONTENT >> 30} GiB, "
                    "the limit of a compressed file"
                )
            if block := stream.read1(BLOCK):
                yield block
