"""The bytes of a file, plain or compressed by gzip, in blocks."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path

from shared.errors import DataError
from shared.files import limits

BLOCK = 1 << 20
"""Bytes that are decompressed at once."""

DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)
"""What reading a compressed file raises that was cut short or altered."""


def read_blocks(path: Path, compressed: bool) -> Iterator[bytes]:
    """The content in blocks, as they come; the first may be empty.

    DataError for a damaged gzip file, or for one of more than the limit.
    """
    size = 0
    try:
        with gzip.open(path) if compressed else path.open("rb") as stream:
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
    except DAMAGED as error:
        raise DataError(f"{path} is no whole gzip file ({error})") from error
