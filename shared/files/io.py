"""The content of a data file, plain or compressed by gzip."""

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from shared.errors import DataError
from shared.files.atomic import write_whole

DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)
"""What reading a compressed file raises that was cut short or altered."""


def stored_at(path: Path) -> Path | None:
    """The path itself, else its compressed version; None if absent."""
    compressed = path.with_name(f"{path.name}.gz")
    return next((p for p in (path, compressed) if p.is_file()), None)


def digest(path: Path, stored: Path, algorithm: str) -> str:
    """Checksum of the uncompressed content."""
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

    `.gz` is decompressed and a byte order mark removed. DataError names the
    line that cannot be decoded or contains a NUL byte.
    """
    try:
        with (
            _opened(path, compressed=path.suffix == ".gz") as stream,
            io.TextIOWrapper(stream, encoding, newline="\n") as lines,
        ):
            for number, line in enumerate(lines, 1):
                if "\0" in line:
                    fault = "a NUL byte, which no text has"
                    raise DataError(_unread(path, number, fault))
                text = line if number > 1 else line.removeprefix("\ufeff")
                yield number, text.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise DataError(_undecoded(path, encoding)) from error
    except DAMAGED as error:
        raise DataError(f"{path} is no whole gzip file ({error})") from error


def _undecoded(path: Path, encoding: str) -> str:
    try:
        with _opened(path, compressed=path.suffix == ".gz") as stream:
            content = stream.read()
        content.decode(encoding)
    except DAMAGED as error:
        return f"{path} is no whole gzip file ({error})"
    except UnicodeDecodeError as error:
        before = content[: error.start]
        byte = error.start - before.rfind(b"\n") - 1
        number = before.decode(encoding, errors="ignore").count("\n") + 1
        fault = f"not {encoding.upper()} ({error.reason} at byte {byte})"
        return _unread(path, number, fault)
    return f"{path} is not {encoding.upper()}"


def _unread(path: Path, number: int, fault: str) -> str:
    return (
        f"{path}, line {number}: {fault}; --encoding names another encoding, "
        "such as latin-1 or utf-16"
    )


def _opened(path: Path, compressed: bool) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if compressed else path.open("rb")


def read_text(path: Path, encoding: str = "utf-8") -> str:
    r"""The whole text; every line ends in \n, the last one too."""
    return "".join(f"{line}\n" for _, line in numbered_lines(path, encoding))


def write_file(path: Path, text: str) -> None:
    """Write a text as UTF-8, whole or not at all; UserError if it cannot be.

    A byte of a file name that is not UTF-8 is written as an escape.
    """
    write_whole(path, text.encode("utf-8", "backslashreplace"))
