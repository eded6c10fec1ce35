"""The content of a data file, plain or compressed by gzip."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from shared.errors import DataError


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
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DataError(f"{stored} is no whole gzip file ({error})") from error
    return sums.hexdigest()


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Line number from 1, and line without its end, of text in UTF-8.

    A name in .gz is decompressed. DataError names the line that is not
    UTF-8.
    """
    with _opened(path, compressed=path.suffix == ".gz") as stream:
        for number, line in enumerate(stream, 1):
            try:
                yield number, line.decode("utf-8").rstrip("\r\n")
            except UnicodeDecodeError as error:
                raise DataError(
                    f"{path}, line {number}: not UTF-8 ({error.reason} at "
                    f"byte {error.start})"
                ) from error


def _opened(path: Path, compressed: bool) -> IO[bytes]:
    """The file as a stream of its content."""
    return cast(IO[bytes], gzip.open(path)) if compressed else path.open("rb")
