"""Corpora to model: a text in three parts, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from shared.datasets import ptb, python_source, shakespeare, wikitext2
from shared.errors import DataError
from shared.files import user_file
from shared.files.io import read_text
from shared.files.user_file import UserFile

PUBLISHED = "as published: training, validation, test"


class Corpus(NamedTuple):
    """The text of each split of a corpus.

    split: how the splits were made; hashes: sha256 by file name; prompt:
        default beginning of a generated text; notes: lines on the license and
        on what was left out.
    """

    parts: Mapping[str, str]
    split: str
    hashes: Mapping[str, str]
    prompt: str = ""
    notes: tuple[str, ...] = ()


def read_shakespeare(characters: int, train_share: float) -> Corpus:
    """With a train_share of 0.9 this is the split of nanoGPT."""
    text, hashes = shakespeare.load()
    return in_two(text, characters, train_share, hashes, "ROMEO:")


def read_python(characters: int, train_share: float) -> Corpus:
    """Whole files of the standard library, at most `characters` in total."""
    text, hashes = python_source.load(characters)
    found = in_two(text, 0, train_share, hashes, "def ")
    note = f"the standard library of Python {python_source.version()}; another "
    return found._replace(notes=(note + "version is another text",))


def read_own(options: UserFile, characters: int, train_share: float) -> Corpus:
    hashes = user_file.hashes(options)
    text = read_text(Path(options.data), options.encoding)
    if not text.strip():
        raise DataError(f"{options.data} has no text")
    return in_two(text, characters, train_share, hashes)


CHARACTERS = {"shakespeare": read_shakespeare, "python": read_python}
"""Data set -> how it is read and split: characters, share -> Corpus."""


def read_wikitext2(folder: str) -> Corpus:
    parts, hashes = wikitext2.load()
    note = "licence of the text: CC BY-SA 3.0, authors of Wikipedia"
    return Corpus(parts, PUBLISHED, hashes, "In the ", (note,))


def read_ptb(folder: str) -> Corpus:
    parts, hashes = ptb.load(folder)
    return Corpus(parts, PUBLISHED, hashes, "the company ", (ptb.UNCLEAR,))


WORDS = {"wikitext-2": read_wikitext2, "ptb": read_ptb}
"""Data set -> how it is read: folder of the user's own -> Corpus."""


def in_two(
    text: str,
    characters: int,
    train_share: float,
    hashes: Mapping[str, str],
    prompt: str = "",
) -> Corpus:
    """Split the first `characters` of a text (0: all) in two.

    What follows the training split serves as both validation and test.
    """
    used = text[: characters or None]
    notes: tuple[str, ...] = ()
    if len(used) < len(text):
        notes = (f"the first {len(used):,} of {len(text):,} characters",)
    end = int(train_share * len(used))
    rest = used[end:]
    parts = {"train": used[:end], "validation": rest, "test": rest}
    first = f"{100 * train_share:.4g}"
    last = f"{100 - 100 * train_share:.4g}"
    split = f"first {first} % for training, last {last} % scored"
    return Corpus(parts, split, hashes, prompt, notes)
