"""The lines of a file of records, however an editor saved it."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, TextIOWrapper
from pathlib import Path

from comparisons.records.decoding import StoreError
from shared.errors import DataError
from shared.files.compressed import is_packed, opened

ENCODINGS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
    b'{\0"\0': "utf-16-le",
    b'\0{\0"': "utf-16-be",
}
"""First bytes of a file -> its encoding; those of UTF-16 begin UTF-32's."""

BYTES = "latin-1"
"""The encoding that keeps each byte of UTF-8."""

BLANK = b" \t\r\n\v\f"
NUL = b"\0"
"""What a lost power leaves of lines that were not yet on the disk."""

START = re.compile(rb'(?=\{"schema" ?:)')
"""Where a record begins."""


@contextmanager
def content_of(path: Path) -> Iterator[BufferedReader]:
    """The bytes of a file, decompressed if its name says so.

    StoreError if the compressed file is damaged.
    """
    if is_packed(path) and not path.stat().st_size:
        raise StoreError(f"{path} is no whole gzip file (it is empty)")
    try:
        with opened(path) as file:
            yield file
    except DataError as error:
        raise StoreError(str(error)) from error


def lines_of(path: Path) -> Iterator[tuple[int, bytes]]:
    """The number and the text, as UTF-8, of each line that is not blank.

    Lines end with LF, CRLF or CR, none of which is within JSON.
    """
    encoding = encoding_of(path)
    written = BYTES if encoding == BYTES else "utf-8"
    with content_of(path) as content:
        file = TextIOWrapper(content, encoding, errors="replace")
        for number, line in enumerate(file, 1):
            text = line.encode(written).strip(BLANK)
            if text := text.removeprefix(codecs.BOM_UTF8):
                yield number, text


def encoding_of(path: Path) -> str:
    """UTF-16 or UTF-32, else BYTES."""
    with content_of(path) as file:
        start = file.read(4)
    found = (e for mark, e in ENCODINGS.items() if start.startswith(mark))
    return next(found, BYTES)


def is_utf8(path: Path) -> bool:
    return encoding_of(path) == BYTES


def ends_line(path: Path) -> bool:
    """Whether the last byte of a file is LF; of an empty one, too."""
    with content_of(path) as file:
        if not file.seek(0, 2):
            return True
        file.seek(-1, 2)
        return file.read() == b"\n"


def joined_records(text: bytes) -> list[bytes]:
    """A line that is no record, cut where records begin.

    Two are on one line where a newline between them was lost.
    """
    return [part for part in START.split(text.strip(NUL)) if part]
