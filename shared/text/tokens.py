"""Texts as word tokens, stored as indices of their distinct words."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from shared.errors import SpecError
from shared.text.scripts import CLUSTER, INSIDE, LETTER, SIGN, cutter, lowered

BREAK = re.compile(r"<br\s*/?>")

TOKEN = re.compile(
    r"[^\W_]+?(?=n't\b)|n't\b|'(?:s|re|ve|ll|d|m)\b"
    r"|[^\W_]+|\.\.+|[^\w\s]|_"
)
"""A word, a clitic as treebanks cut it (do n't, it 's), or punctuation."""

CACHED, SHORT = 1 << 18, 4
"""Entries of the cache of tokens, and the most tokens of one."""

OF_ALL_SCRIPTS = (
    rf"{CLUSTER}|{LETTER}{INSIDE}*?(?=n't\b)|n't\b|'(?:s|re|ve|ll|d|m)\b"
    rf"|{LETTER}{INSIDE}*|\.\.+|{SIGN}"
)
"""The same for words with combining marks; scripts without blanks are cut into
characters."""


def plain_text(text: str) -> str:
    """The text in NFC, stripped; SpecError if it is empty or not UTF-8."""
    plain = unicodedata.normalize("NFC", text).strip()
    if not plain:
        raise SpecError("the text is empty")
    try:
        plain.encode()
    except UnicodeEncodeError as error:  # how Python holds other bytes
        raise SpecError(f"text {plain!a} is not UTF-8") from error
    return plain


def lower_text(text: str) -> str:
    """The text in NFC and in lower case, without HTML breaks."""
    plain = unicodedata.normalize("NFC", text).replace("\u2019", "'")
    return BREAK.sub(" ", lowered(plain))


def tokenize(text: str) -> list[str]:
    """The lower-case words and punctuation marks of a text.

    HTML breaks are dropped. Text that a treebank has tokenized (`ca n't`) gives
    the same tokens as running text (`can't`).
    """
    plain = lower_text(text)
    found: list[str] = cutter(plain, TOKEN, OF_ALL_SCRIPTS).findall(plain)
    return found


class _TokenCache(dict[str, list[str]]):
    """Text between two blanks -> its tokens."""

    def __missing__(self, text: str) -> list[str]:
        found = tokenize(text)
        if len(found) <= SHORT and len(self) < CACHED:
            self[text] = found
        return found


def tokenize_all(texts: Iterable[str]) -> Tokens:
    """The tokens of many texts: those of `tokenize`, but faster.

    No token goes beyond a blank, and most texts between blanks recur; an HTML
    break may hold a blank.
    """
    tokens_of = _TokenCache().__getitem__
    return gather(
        tokenize(text)
        if "<" in text
        else chain.from_iterable(map(tokens_of, text.split()))
        for text in texts
    )


class Tokens(NamedTuple):
    """N lists of tokens: 4 bytes per token instead of a Python object.

    words: the distinct words in order of first appearance; indices: (all
        tokens,) int32, indices into words; offsets: (N + 1,) int64, where each
        list begins and the last one ends.
    """

    words: tuple[str, ...]
    indices: np.ndarray
    offsets: np.ndarray

    @property
    def lengths(self) -> np.ndarray:
        """Tokens of each list: (N,)."""
        lengths: np.ndarray = np.diff(self.offsets)
        return lengths

    def rows(self) -> Iterator[list[str]]:
        for start, end in zip(self.offsets[:-1], self.offsets[1:], strict=True):
            yield [self.words[i] for i in self.indices[start:end]]

    def take(self, rows: Sequence[int] | np.ndarray) -> Tokens:
        """The lists of these rows, in this order."""
        starts, lengths = self.offsets[:-1][rows], self.lengths[rows]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        # A token's new place, moved by how far its list has moved.
        moved = np.repeat(starts - offsets[:-1], lengths)
        indices = self.indices[np.arange(offsets[-1]) + moved]
        return Tokens(self.words, indices, offsets)


def gather(rows: Iterable[Iterable[str]]) -> Tokens:
    index: defaultdict[str, int] = defaultdict()
    index.default_factory = index.__len__
    indices, offsets = array("i"), array("q", [0])
    for row in rows:
        indices.extend(map(index.__getitem__, row))
        offsets.append(len(indices))
    return Tokens(
        tuple(index),
        np.frombuffer(indices, np.int32) if indices else np.empty(0, np.int32),
        np.frombuffer(offsets, np.int64),
    )


def unseen(train: Tokens, test: Tokens) -> np.ndarray:
    """Which tokens do not occur in the training lists: (all tokens,) bool."""
    seen = {train.words[i] for i in np.unique(train.indices)}
    strange = np.array([word not in seen for word in test.words], dtype=bool)
    flags: np.ndarray = strange[test.indices]
    return flags
