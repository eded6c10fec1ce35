"""Edited files: what editors, disks, programs and people do to them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

PIECES = (
    *(b"\0", b"\r", b"\r\n", b"\n", b"\n\n", b"\t\t", b",", b",,,,", b";"),
    *(b'"', b'""', b"'", b"#", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"),
    *(b"\x80", b"\xc3", b"\xed\xa0\x80", b"\x1b[31m", b"\x07", b"\x7f"),
    *(b"nan", b"-inf", b"1e999", b"?", b"-", b"N/A", b"1,234.5", b"1.234,5"),
    *(b"9" * 400, b"2001-02-30", b"13/13/2001", b"24:00", b"+01:00", b"0"),
    *(b"=1+1", b"$\\frac{$", b"<b>", b"{", b"}", b"[", b"]", b"[" * 4000),
    *(b"null", b"true", b'{"a": [1]}', b"-DOCSTART- O", b"B-", b"I-X", b"O"),
    *("é", "正面", "ไทย", "हिन्दी", "\u202e", "\u2028", "\u200b", "\x85"),
)
"""Unexpected characters of files."""

VALUES = (
    *(None, True, 0, -1, 3, 10**30, 1e300, "", "x", "\0", [], [[]], {}),
    *({"x": 1}, ["x"], [None], {"": {}}, "9" * 5000),
)
"""Values of JSON, each wrong somewhere."""

ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7")


def whole(piece: bytes | str) -> bytes:
    return piece.encode() if isinstance(piece, str) else piece


EDITS: dict[str, Callable[[bytes, bytes, bytes, Any], bytes]] = {
    "insert": lambda a, b, c, piece: a + whole(piece) + b + c,
    "replace": lambda a, b, c, piece: a + whole(piece) + c,
    "cut": lambda a, b, c, _: a + c,
    "truncate": lambda a, b, c, _: a,
    "repeat": lambda a, b, c, _: a + b + b + c,
    "swap": lambda a, b, c, _: b + a + c,
    "byte": lambda a, b, c, _: a + bytes([(b or b"x")[0] ^ 1]) + b[1:] + c,
    "old ends": lambda a, b, c, _: (a + b + c).replace(b"\n", b"\r"),
    "other ends": lambda a, b, c, _: (a + b + c).replace(b"\n", b"\r\n"),
    **{
        name: lambda a, b, c, _, name=name: (
            (a + b + c).decode(errors="replace").encode(name, "replace")
        )
        for name in ENCODINGS
    },
}
"""Edit -> the file before, in, and behind its place, and a piece -> a file."""

share = st.floats(0.0, 1.0)
edits = st.lists(
    st.tuples(st.sampled_from([*EDITS]), share, share, st.sampled_from(PIECES)),
    min_size=1,
    max_size=4,
)
"""One to four edits: name, begin and end as shares of the file, piece."""


def edited(content: bytes, given: list[tuple[str, float, float, Any]]) -> bytes:
    for name, *places, piece in given:
        begin, end = sorted(int(place * len(content)) for place in places)
        parts = content[:begin], content[begin:end], content[end:]
        content = EDITS[name](*parts, piece)
    return content


@st.composite
def json_of(draw: Any, value: Any) -> Any:
    """A value of JSON with one to three parts lost, added or changed."""
    value = json.loads(json.dumps(value))
    for _ in range(draw(st.integers(1, 3))):
        parts = [part for part in containers(value) if part]
        if not parts:
            break
        part = draw(st.sampled_from(parts))
        keys = list(part) if isinstance(part, dict) else range(len(part))
        key = draw(st.sampled_from(list(keys)))
        if draw(st.booleans()):
            part[key] = draw(st.sampled_from(VALUES))
        else:
            del part[key]
    return value


def containers(value: Any) -> list[Any]:
    """All lists and objects in a value, itself included."""
    if not isinstance(value, list | dict):
        return []
    inner = value.values() if isinstance(value, dict) else value
    return [value, *(own for item in inner for own in containers(item))]
