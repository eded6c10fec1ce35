"""A sentence as words and signs, and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

TOKEN = re.compile(r"\w+'(?=\w)|-?\w+|[^\w\s]")
"""A word that ends in an apostrophe, one that a hyphen joins to the last, or
a single sign: "l'", "ami", "-ce", "?"."""

BEFORE = frozenset("([«¿¡")
"""Signs without a blank after them."""

AFTER = frozenset(")],.!?;:»%…")
"""Signs without a blank before them, as in English."""


def tokens(text: str) -> tuple[str, ...]:
    """Lower-cased words and punctuation; `joined` nearly inverts it."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return tuple(TOKEN.findall(folded))


def joined(words: Sequence[str]) -> str:
    """Detokenize."""
    text, close = "", True
    for word in words:
        joins = close or word in AFTER or word.startswith("-")
        text += word if joins else f" {word}"
        close = word in BEFORE or word.endswith("'")
    return text
