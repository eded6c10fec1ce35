"""Advice from the first bytes of a file that cannot be read."""

import codecs

import numpy as np

from shared.files.encodings import MARKS, is_utf8, resolve
from shared.files.kinds import kind_of

BYTES = ["cp1252", "latin-1"]
"""Encodings of a byte a character, which files that are not UTF-8 have."""

LATIN = BYTES[0]
CYRILLIC = ("koi8-r", "cp1251")
SCRIPTS = (
    *CYRILLIC,
    *("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"),
)
"""Encodings that are distinguished from those of Latin letters."""

GUESSED = 1 << 13
"""Bytes from which they are recognized."""


def guess(head: bytes) -> str:
    """The wide encoding that a mark or the zero bytes show, or ""."""
    for mark, codec in MARKS:
        if head.startswith(mark) and codec != "utf-8":
            return codec[: len("utf-16")]
    units = np.frombuffer(head[: len(head) // 4 * 4], np.uint8).reshape(-1, 4)
    zeros = (units == 0).sum(axis=0)  # at each place of four bytes
    for outer, inner in ((zeros[3], zeros[2]), (zeros[0], zeros[1])):
        if outer == len(units) and inner > outer // 2:
            return "utf-32"
    even, odd = zeros[::2].sum(), zeros[1::2].sum()
    aligned = max(even, odd) > max(1, 3 * min(even, odd), units.size // 50)
    wide = aligned or (zeros.any() and not is_utf8(head))
    return "utf-16" if wide and _is_plain(head, "utf-16") else ""


def advice(encoding: str, head: bytes, option: str) -> str:
    """What a file is or may be that `encoding` cannot read; may be "".

    option: that of the encoding, "" for none.
    """
    if what := kind_of(head):
        return f"it is {what}"
    used = codecs.lookup(encoding).name
    likely = guess(head)
    if not likely and b"\0" not in head and is_utf8(head):
        likely = "utf-8"
    if likely and not used.startswith(likely):
        return f"it is {likely.upper()}" + (option and f": {option} {likely}")
    if b"\0" in head or not option:
        return ""
    others = [
        name
        for name in ([] if is_utf8(head) else _of_script(head)) + BYTES
        if codecs.lookup(name).name != used
    ]
    if not others:
        return ""
    *before, last = others
    such = f"{', '.join(before)} or {last}" if before else last
    return f"{option} names another encoding, such as {such}"


def _of_script(head: bytes) -> list[str]:
    """The encoding of Cyrillic, Chinese, Japanese or Korean bytes, if any."""
    from charset_normalizer import from_bytes

    lines, newline, _ = head[:GUESSED].rpartition(b"\n")
    content = lines if newline else head[:GUESSED]
    found = from_bytes(content, cp_isolation=[*SCRIPTS, LATIN]).best()
    if found is None or LATIN in found.could_be_from_charset:
        return []
    known = [n for n in SCRIPTS if n.replace("-", "_") == found.encoding]
    return known if found.coherence or known[0] not in CYRILLIC else []


def _is_plain(head: bytes, name: str) -> bool:
    """Whether bytes are signs and blanks in this encoding."""
    decoder = codecs.getincrementaldecoder(resolve(name, head)[0])()
    try:
        return "".join(decoder.decode(head).split()).isprintable()
    except UnicodeDecodeError:
        return False
