"""Text encodings: which are read, and the byte order of a text."""

import codecs

import numpy as np

from shared.errors import SpecError, unknown

ENCODINGS = (
    *("utf-8", "utf-16", "latin-1", "cp1250", "cp1251", "cp1252", "koi8-r"),
    *("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"),
)
"""Those that a message names; any other that Python knows will do."""

NOT_OF_FILES = (
    *("punycode", "idna", "unicode-escape", "raw-unicode-escape"),
    *("undefined", "charmap", "mbcs", "oem"),
)
"""Of host names, of source code, of nothing, or of one machine."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins with that of utf-16-le
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order mark -> the encoding that it marks."""

WIDE = {"utf-16": "u2", "utf-32": "u4"}
"""Encoding of more than a byte each -> its unit."""


def check_encoding(name: str) -> None:
    """SpecError for an encoding that is unknown or no encoding of files."""
    try:
        "text".encode(name)
        known = codecs.lookup(name).name not in NOT_OF_FILES
    except (LookupError, ValueError):
        known = False
    if not (known and name.isprintable()):
        raise SpecError(unknown("encoding", name, ENCODINGS))


def resolve(encoding: str, head: bytes) -> tuple[str, int]:
    """The codec of a text that begins with `head`, and the mark's bytes.

    A mark decides the byte order, else the name, else where zero bytes are.
    """
    name = codecs.lookup(encoding).name
    family = name.removesuffix("-le").removesuffix("-be").removesuffix("-sig")
    for mark, codec in MARKS:
        if head.startswith(mark) and codec.startswith(family):
            return codec, len(mark)
    if name in WIDE:
        return f"{name}-{_order(head, WIDE[name])}", 0
    return family if family == "utf-8" else name, 0


def is_another(codec: str, head: bytes) -> bool:
    """Whether a resolved codec would read these first bytes as nonsense."""
    if codec[: len("utf-16")] in WIDE:
        return bool(head) and b"\0" not in head and is_utf8(head)
    return codec != "utf-8" and head.startswith(codecs.BOM_UTF8)


def is_utf8(head: bytes) -> bool:
    """Whether bytes are UTF-8, maybe cut within a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _order(head: bytes, unit: str) -> str:
    """Byte order, "le" or "be": the one in which more units are blanks."""

    def likely(order: str) -> tuple[int, int]:
        size = np.dtype(unit).itemsize
        whole = head[: len(head) // size * size]
        units = np.frombuffer(whole, f"{order}{unit}")
        blanks = np.isin(units, [9, 10, 13, 32]).sum()
        return int(blanks), int((units < 128).sum())

    return "be" if likely(">") > likely("<") else "le"
