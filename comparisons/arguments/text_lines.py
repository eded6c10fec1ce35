"""The lines of a file of texts; one that cannot be decoded costs itself."""

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from shared.errors import UserError
from shared.files import limits
from shared.files.advice import advice
from shared.files.compressed import opened
from shared.files.decoding import HEAD, NUL
from shared.files.encodings import check_encoding, is_another, resolve

UTF_8 = "utf-8"

LONGEST = 1_000_000
"""Characters of the longest line that is kept in memory."""

ESCAPED = re.compile("[\udc00-\udcff]")
"""A byte that could not be decoded, as one character."""


class Line(NamedTuple):
    """A line: its number from 1, its text, and why it cannot be read."""

    number: int
    text: str
    fault: str = ""


def lines_of(file: str, encoding: str | None) -> Iterator[Line]:
    """The lines of a file, compressed if it ends in .gz; -: standard input.

    encoding: None: UTF-8. A byte order mark is removed, lines end in any of the
    usual ways. UserError for a file that cannot be read at all.
    """
    given = encoding or UTF_8
    check_encoding(given)
    path, number = Path("/dev/stdin" if file == "-" else file), 0
    try:
        with opened(path) as stream:
            head = stream.peek(HEAD)[:HEAD]
            # What is in use is not advised.
            hint = advice(given, head, "" if encoding else "--encoding")
            more = f"; {hint}" if hint else ""
            codec, mark = resolve(given, head)
            if is_another(codec, head):
                fault = f"{name_of(file)} is not {given.upper()}{more}"
                raise UserError(fault)
            stream.read(mark)
            text = io.TextIOWrapper(stream, codec, "escaped_bytes")
            for number, line in enumerate(bounded(text, file), 1):
                shown = ESCAPED.sub("\N{REPLACEMENT CHARACTER}", line)
                yield Line(number, shown, fault_of(line, given, more))
    except OSError as error:
        raise UserError(
            f"cannot read {name_of(file)}: {error.strerror}"
        ) from error
    except UnicodeError as error:
        raise UserError(
            f"{name_of(file)} cannot be read as {given.upper()}"
        ) from error
    if number == 0:
        raise UserError(f"{name_of(file)} has no line")


def name_of(file: str) -> str:
    return "standard input" if file == "-" else f"'{file}'"


def bounded(text: io.TextIOWrapper, file: str) -> Iterator[str]:
    """Lines without their ends; a very long one has one character too many."""
    while line := text.readline(LONGEST + 1):
        rest, size = line, 0
        while len(rest) > LONGEST and not rest.endswith("\n"):
            if (size := size + LONGEST) > limits.LINE:
                raise UserError(
                    f"{name_of(file)} has a line of more than "
                    f"{limits.LINE:,} characters"
                )
            rest = text.readline(LONGEST + 1)
        yield line.removesuffix("\n")


def fault_of(line: str, encoding: str, more: str) -> str:
    """Why a line cannot be read, and what is wrong with the encoding."""
    if len(line) > LONGEST:
        return f"it has more than {LONGEST:,} characters"
    if found := ESCAPED.search(line):
        byte, place = ord(found[0]) - 0xDC00, found.start() + 1
        where = f"byte 0x{byte:02x}, character {place}"
        return f"not {encoding.upper()} ({where}){more}"
    return f"{NUL}{more}" if "\0" in line else ""


def escaped_bytes(error: UnicodeError) -> tuple[str, int]:
    """A character of ESCAPED for each byte that cannot be decoded."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in wrong), error.end


codecs.register_error("escaped_bytes", escaped_bytes)
