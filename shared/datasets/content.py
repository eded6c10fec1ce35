"""The content of a data file, plain or compressed by gzip."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from shared.errors import DataError

DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)
"""What reading a compressed file raises that was cut short or altered."""


def stored_at(path: Path) -> Path | None:
    """Where a file stands: as it is, else compressed beside; None: absent."""
    compressed = path.with_name(f"{path.name}.gz")
    return next((p for p in (path, compressed) if p.is_file()), None)


def digest(path: Path, stored: Path, algorithm: str) -> str:
    """The checksum of the content of path, which is stored there."""
    try:
        with _opened(stored, compressed=stored != path) as stream:
            # A file object of gzip has no descriptor that file_digest wants.
            sums = hashlib.new(algorithm)
            while block := stream.read(1 << 20):
                sums.update(block)
    except DAMAGED as error:
        raise DataError(f"{stored} is no whole gzip file ({error})") from error
    return sums.hexdigest()


def numbered_lines(
    path: Path, encoding: str = "utf-8"
) -> Iterator[tuple[int, str]]:
    """Line number from 1, and line without its end.

    A name in .gz is decompressed, a byte order mark left out. DataError
    names the line that is not in the encoding, or that holds a NUL byte.
    """
    content = _content(path)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        place = _place(content, encoding, error.start)
        fault = f"not {encoding.upper()} ({error.reason} at {place[1]})"
        raise DataError(_unread(path, place[0], fault)) from error
    if "\0" in text:
        number = text.count("\n", 0, text.index("\0")) + 1
        raise DataError(_unread(path, number, "a NUL byte, which no text has"))
    stream = io.StringIO(text.removeprefix("\ufeff"), newline="\n")
    for number, line in enumerate(stream, 1):
        yield number, line.rstrip("\r\n")


def _content(path: Path) -> bytes:
    """The whole file, decompressed; DataError for one that is broken."""
    try:
        with _opened(path, compressed=path.suffix == ".gz") as stream:
            return stream.read()
    except DAMAGED as error:
        raise DataError(f"{path} is no whole gzip file ({error})") from error


def _place(content: bytes, encoding: str, start: int) -> tuple[int, str]:
    """The line of a byte that cannot be decoded, and where in that line."""
    before = content[:start].decode(encoding, errors="ignore")
    line_start = content.rfind(b"\n", 0, start) + 1
    return before.count("\n") + 1, f"byte {start - line_start}"


def _unread(path: Path, number: int, fault: str) -> str:
    """A message on a line whose text cannot be read."""
    return (
        f"{path}, line {number}: {fault}; --encoding names another encoding, "
        "such as latin-1 or utf-16"
    )


def _opened(path: Path, compressed: bool) -> IO[bytes]:
    """The file as a stream of its content."""
    return cast(IO[bytes], gzip.open(path)) if compressed else path.open("rb")
