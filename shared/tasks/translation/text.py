"""A sentence as the symbols that are translated, and back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

TOKEN = re.compile(r"\w+'(?=\w)|-?\w+|[^\w\s]")
"""A word that ends in an apostrophe, one that a hyphen joins to the last, or
a single sign: "l'", "ami", "-ce", "?"."""

BEFORE = frozenset("([«¿¡")
"""Signs that stand close to what follows."""

AFTER = frozenset(")],.!?;:»%…")
"""Signs that stand close to what they follow, as in English."""


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


def spaced(words: Iterable[str]) -> str:
    """Words separated by blanks, as BLEU counts them."""
    return " ".join(words)
