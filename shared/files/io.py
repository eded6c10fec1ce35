"""The content of a data file, plain or compressed by gzip."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from shared.errors import DataError, UserError
from shared.files import limits
from shared.files.compressed import read_blocks
from shared.files.decoding import text_blocks


def stored_at(path: Path) -> Path | None:
    """The path itself, else its compressed version; None if absent."""
    compressed = path.with_name(f"{path.name}.gz")
    return next((p for p in (path, compressed) if p.is_file()), None)


def digest(path: Path, stored: Path, algorithm: str) -> str:
    """Checksum of the uncompressed content."""
    sums = hashlib.new(algorithm)
    for block in read_blocks(stored, compressed=stored != path):
        sums.update(block)
    return sums.hexdigest()


def numbered_lines(
    path: Path, encoding: str = "utf-8", option: str = "--encoding"
) -> Iterator[tuple[int, str]]:
    """Line number from 1, and line without its end.

    As `text_blocks`; DataError also for a line that is longer than the limit.
    """
    number, pieces, length = 1, [], 0
    for block in text_blocks(path, encoding, option):
        first, *more = block.split("\n")
        pieces.append(first)
        length += len(first)
        if length > limits.LINE:
            raise DataError(
                f"{path}, line {number}: longer than {limits.LINE:,} "
                "characters, the limit of a line"
            )
        if more:
            *whole, last = more
            yield number, "".join(pieces)
            yield from enumerate(whole, number + 1)
            number += len(more)
            pieces, length = [last], len(last)
    if length:
        yield number, "".join(pieces)


def read_text(
    path: Path, encoding: str = "utf-8", option: str = "--encoding"
) -> str:
    r"""The whole text; every line ends in \n, the last one too."""
    text = "".join(text_blocks(path, encoding, option))
    return text if text.endswith("\n") or not text else f"{text}\n"


def write_file(path: Path, text: str) -> None:
    """Write a text as UTF-8, its folder made; UserError if it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"cannot write '{path}': {error.strerror}") from error
