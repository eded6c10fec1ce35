"""A tokenizer as a checkpoint stores it, and the tokens that it finds."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, convert

from shared.text.tokenizers.options import BPE, FILE, SIMPLE, TokenizerOptions
from shared.text.tokenizers.subwords import (
    bpe_encoder,
    file_encoder,
    learn_bpe,
    read_tokenizer,
)
from shared.text.tokenizers.words import Cut, words_by
from shared.text.tokens import BREAK, lower_text, tokenize


class StoredTokenizer(Struct, frozen=True, forbid_unknown_fields=True):
    """Its name, and the model of subwords; "" for words."""

    name: Literal["simple", "nltk", "spacy", "bpe", "hf"] = "simple"
    model: str = ""


def make_tokenizer(
    options: TokenizerOptions, texts: Iterable[str]
) -> StoredTokenizer:
    """The tokenizer of a data set; texts: of which byte pairs are learned."""
    if options.tokenizer.startswith(FILE):
        return StoredTokenizer("hf", read_tokenizer(options.tokenizer))
    if options.tokenizer == BPE:
        words = (" ".join(tokenize(text)) for text in texts)
        return StoredTokenizer("bpe", learn_bpe(words, options.vocab_size))
    return convert({"name": options.tokenizer}, StoredTokenizer)


def cut_by(tokenizer: StoredTokenizer) -> Cut:
    """A function from a text to its tokens.

    Words are those of the text in lower case; a file decides on case itself.
    """
    if tokenizer.name == "hf":
        read = file_encoder(tokenizer.model)
        return lambda text: read(BREAK.sub(" ", text))
    if tokenizer.name == BPE:
        found = bpe_encoder(tokenizer.model)
        return lambda text: found(" ".join(tokenize(text)))
    if tokenizer.name == SIMPLE:
        return tokenize
    words = words_by(tokenizer.name, tokenize)
    return lambda text: words(lower_text(text))
