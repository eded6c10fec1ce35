"""Corpora to model: a text in three parts, and where it comes from."""

from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from shared.datasets import ptb, python_source, shakespeare, wikitext2
from shared.errors import DataError
from shared.files import user_file
from shared.files.decoding import text_blocks
from shared.files.user_file import UserFile
from shared.text.characters import EncodedText, encode_blocks

PUBLISHED = "as published: training, validation, test"
SAME = "for validation and test, the same text"
SPLITS = ("90/5/5", "90/10", "95/5")
"""Percent of a text for each part; the second of two is of both others."""


Text = str | EncodedText
"""A text; a long one takes less memory encoded."""


class Corpus(NamedTuple):
    """The text of each split of a corpus.

    split: how the splits were made; hashes: sha256 by file name; prompt:
        default beginning of a generated text; notes: lines on the license and
        on what was left out; percents: the split by which it was cut, if any.
    """

    parts: Mapping[str, Text]
    split: str
    hashes: Mapping[str, str]
    prompt: str = ""
    notes: tuple[str, ...] = ()
    percents: str = ""


def read_shakespeare(characters: int, split: str) -> Corpus:
    """Split 90/10 is that of nanoGPT."""
    text, hashes = shakespeare.load()
    return in_parts(text, characters, split, hashes, "ROMEO:")


def read_python(characters: int, split: str) -> Corpus:
    """Whole files of the standard library, at most `characters` in total."""
    text, hashes = python_source.load(characters)
    found = in_parts(text, 0, split, hashes, "def ")
    note = f"the standard library of Python {python_source.version()}; another "
    return found._replace(notes=(note + "version is another text",))


def read_own(options: UserFile, characters: int, split: str) -> Corpus:
    hashes = user_file.hashes(options)
    text, whole = read_encoded(options, characters)
    found = in_parts(text, characters, split, hashes)
    if whole:
        return found
    note = f"the first {characters:,} characters; --characters 0 takes all"
    return found._replace(notes=(note,))


def read_encoded(
    options: UserFile, characters: int
) -> tuple[EncodedText, bool]:
    """A user's text, at least `characters` of it; whether that is all.

    Reading stops where there are enough (0: at the end).
    """
    whole = True

    def blocks() -> Iterator[str]:
        nonlocal whole
        length, last = 0, "\n"
        for block in text_blocks(Path(options.data), options.encoding):
            yield block
            length, last = length + len(block), block[-1]
            if length > characters > 0:
                whole = False
                return
        if last != "\n":
            yield "\n"  # each line has an end, the last one too

    text = encode_blocks(blocks())
    if all(map(str.isspace, map(chr, text.points))):
        raise DataError(f"{options.data} has no text")
    return text, whole


CHARACTERS = {"shakespeare": read_shakespeare, "python": read_python}
"""Data set -> how it is read and split: characters, split -> Corpus."""


def read_wikitext2(folder: str) -> Corpus:
    parts, hashes = wikitext2.load()
    note = "licence of the text: CC BY-SA 3.0, authors of Wikipedia"
    return Corpus(parts, PUBLISHED, hashes, "In the ", (note,))


def read_ptb(folder: str) -> Corpus:
    parts, hashes = ptb.load(folder)
    return Corpus(parts, PUBLISHED, hashes, "the company ", (ptb.UNCLEAR,))


WORDS = {"wikitext-2": read_wikitext2, "ptb": read_ptb}
"""Data set -> how it is read: folder of the user's own -> Corpus."""


def in_parts(
    text: Text,
    characters: int,
    split: str,
    hashes: Mapping[str, str],
    prompt: str = "",
) -> Corpus:
    """The first `characters` of a text (0: all), cut by one of SPLITS."""
    used = text[: characters or None]
    notes: tuple[str, ...] = ()
    if len(used) < len(text):
        notes = (f"the first {len(used):,} of {len(text):,} characters",)
    shares = accumulate(int(share) for share in split.split("/")[:-1])
    ends = [*(len(used) * share // 100 for share in shares), len(used)]
    parts = {
        "train": used[: ends[0]],
        "validation": used[ends[0] : ends[1]],
        "test": used[ends[-2] :],
    }
    return Corpus(parts, in_words(split), hashes, prompt, notes, split)


def in_words(split: str) -> str:
    train, *rest = split.split("/")
    text = f"first {train} % for training, "
    if len(rest) == 1:
        return f"{text}last {rest[0]} % {SAME}"
    return f"{text}then {rest[0]} % for validation, {rest[1]} % for test"
