"""The text of a file, decoded block by block."""

import codecs
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from shared.errors import DataError
from shared.files.advice import advice
from shared.files.compressed import is_packed, read_blocks
from shared.files.encodings import is_another, resolve
from shared.files.kinds import PACKED, PDF

HEAD = 1 << 16
"""First bytes of a file, from which advice is drawn."""

RETURNS = re.compile(r"\r+\n?")

HELD = 16
"""Returns at the end of a block that wait for the next one."""

TWICE = "it is compressed twice; decompress it once"

NUL = "a NUL byte, which no text has"

Text = tuple[str, str]
"""A piece of text, and why it cannot be followed by more, or ""."""


def text_blocks(
    path: Path, encoding: str = "utf-8", option: str = "--encoding"
) -> Iterator[str]:
    r"""The text without its byte order mark; every line ends in \n.

    A compressed file is decompressed; \n, \r\n and \r end a line. DataError
    names the line and the byte that cannot be decoded, or a NUL byte; the text
    before it is yielded first. option: that of the encoding, "" for none.
    """
    compressed = is_packed(path)
    blocks = read_blocks(path, compressed)
    first = next(blocks)
    head, name = first[:HEAD], encoding.upper()
    codec, byte = resolve(encoding, head)
    fault, number = "", 1
    if is_another(codec, head) or head.startswith(PDF):
        fault = f" is not {name}"
    texts = _decode(codec, name, chain([first[byte:]], blocks, [b""]))
    for text, reason in () if fault else _with_newlines(texts):
        if text:
            yield text
        _, newline, last = text.rpartition("\n")
        number += text.count("\n")
        byte = len(last.encode(codec, "replace")) + (0 if newline else byte)
        if reason:
            where = "" if reason == NUL else f" at byte {byte})"
            fault = f", line {number}: {reason}{where}"
    if fault:
        # Damage is the likelier cause.
        deque(blocks if compressed else (), maxlen=0)
        packed = compressed and head.startswith(PACKED)
        hint = TWICE if packed else advice(encoding, head, option)
        raise DataError(f"{path}{fault}" + (f"; {hint}" if hint else ""))


def _decode(codec: str, name: str, blocks: Iterable[bytes]) -> Iterator[Text]:
    """The text of blocks, the last of which is empty, up to a fault."""
    decoder = codecs.getincrementaldecoder(codec)()
    for block in blocks:
        text, fault = "", ""
        try:
            text = decoder.decode(block, not block)
        except UnicodeDecodeError as error:
            text = error.object[: error.start].decode(codec, "ignore")
            fault = f"not {name} ({error.reason}"
        except UnicodeError as error:
            fault = f"not {name} ({error}"
        if "\0" in text:
            text, fault = text.partition("\0")[0], NUL
        yield text, fault
        if fault:
            return


def _with_newlines(texts: Iterable[Text]) -> Iterator[Text]:
    r"""Texts in which \n is each line's end, and without a mark."""
    held, begun = "", False
    for text, fault in texts:
        if text and not begun:
            text, begun = text.removeprefix("\ufeff"), True
        text = held + text
        end = len(text.rstrip("\r")) if not fault else len(text)
        end = end if len(text) - end <= HELD else len(text)
        text, held = text[:end].replace("\r\n", "\n"), text[end:]
        if "\r" in text:
            text = RETURNS.sub(_newlines, text)
        yield text, fault
    yield "\n" * len(held), ""


def _newlines(returns: re.Match[str]) -> str:
    run = returns[0]
    return "\n" if run[-1] == "\n" else "\n" * len(run)
