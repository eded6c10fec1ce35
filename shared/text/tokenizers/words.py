"""A text as words and signs, by the libraries that people use for it.

Neither needs a download: NLTK's Treebank rules are patterns (Marcus et al.
1993, as revised in `NLTKWordTokenizer`), those of `spacy.blank("en")` come with
spaCy.
"""

import importlib
from collections.abc import Callable
from functools import cache
from typing import Any

from shared.errors import SpecError, unknown
from shared.text.tokenizers.options import SIMPLE

Cut = Callable[[str], list[str]]
"""A text -> its tokens."""

QUOTES = {"``": '"', "''": '"'}
"""Quotation marks of the Penn Treebank -> those of the text."""


def library(module: str, tokenizer: str) -> Any:
    """A module of the extra `text`; SpecError where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise SpecError(
            f"tokenizer '{tokenizer}' needs {name}, which is not installed: "
            "pip install 'rnn-comparisons[text]'"
        ) from error


@cache
def nltk_words() -> Cut:
    cut = library("nltk.tokenize", "nltk").NLTKWordTokenizer().tokenize
    return lambda text: [QUOTES.get(word, word) for word in cut(text)]


@cache
def spacy_words() -> Cut:
    cut = library("spacy", "spacy").blank("en").tokenizer
    return lambda text: [t.text for t in cut(text) if not t.is_space]


LIBRARIES = {"nltk": nltk_words, "spacy": spacy_words}
"""Tokenizer -> what makes it."""


def words_by(tokenizer: str, simple: Cut) -> Cut:
    """The tokenizer of this name; simple: that of the project."""
    if tokenizer == SIMPLE:
        return simple
    if tokenizer not in LIBRARIES:
        raise SpecError(unknown("tokenizer", tokenizer, (SIMPLE, *LIBRARIES)))
    return LIBRARIES[tokenizer]()
