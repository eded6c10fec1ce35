"""Sentences into a model of pairs, and out of it."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from msgspec import Struct

from shared.decoding.options import END, START, UNKNOWN
from shared.errors import SpecError
from shared.specs import ModelSpec, Split
from shared.task import Dataset, Metadata, Size, Sizes
from shared.tasks.translation import tokenizers
from shared.tasks.translation.tokenizers import joined, tokens
from shared.text.tokenizers.options import SIMPLE

Sentence = tuple[str, ...]
"""Its words and signs."""

NAMED = 5
"""Unknown words that a message names."""


class StoredVocabulary(Struct, forbid_unknown_fields=True):
    """Tokens, and the model that finds subwords."""

    unit: Literal["word", "bpe", "hf"]
    tokens: list[str]
    model: str = ""


class PairMetadata(Metadata):
    """The vocabularies, and the words that a source may have."""

    source: StoredVocabulary
    target: StoredVocabulary
    max_length: Size
    tokenizer: Literal["simple", "nltk", "spacy"] = "simple"

    def sizes(self, model: ModelSpec) -> Sizes:
        for name, vocab, size in (
            ("source", self.source, model.input_size),
            ("target", self.target, model.output_size),
        ):
            yield f"{name}.tokens", vocab.tokens, size
            if vocab.unit == "bpe":
                subwords = tokenizers.subword_vocab(vocab.model)
                yield f"{name}.model", subwords, size


def metadata(dataset: Dataset) -> dict[str, Any]:
    found = {n: dataset.metadata[n] for n in ("max_length", "tokenizer")}
    return {**dataset.metadata["vocabularies"], **found}


def encode(
    text: str, metadata: Mapping[str, Any]
) -> tuple[np.ndarray, np.ndarray]:
    """A source with its end (1, T), cut to the limit, and its length (1,).

    SpecError for a text without words, or of unknown words only.
    """
    words = tokens(text, metadata.get("tokenizer", SIMPLE))
    words = words[: metadata["max_length"]]
    if not words:
        raise SpecError(f"there is no word in '{text}'")
    source = tokenizers.encoder(metadata["source"])(words)
    if set(source) == {UNKNOWN}:
        named = ", ".join(map(repr, words[:NAMED]))
        size = len(metadata["source"]["tokens"])
        raise SpecError(
            f"no word of '{text}' is in the vocabulary of {size:,}: {named}"
        )
    x = np.array([[*source, END]], np.int32)
    return x, np.array([x.shape[1]], np.int32)


def encode_pairs(
    pairs: Sequence[tuple[Sentence, Sentence]],
    vocabularies: Mapping[str, Mapping[str, Any]],
) -> Split:
    """Sources with an end, decoder inputs (N, T, 2), targets (N, T)."""
    source_tokens = tokenizers.encoder(vocabularies["source"])
    target_tokens = tokenizers.encoder(vocabularies["target"])
    sources = [[*source_tokens(source), END] for source, _ in pairs]
    targets = [[*target_tokens(target), END] for _, target in pairs]
    longest = max(map(len, sources + targets))
    x = np.zeros((len(pairs), longest, 2), np.int32)
    y = np.full((len(pairs), longest), -1, np.int32)
    for row, (source, target) in enumerate(zip(sources, targets, strict=True)):
        x[row, : len(source), 0] = source
        x[row, : len(target), 1] = [START, *target[:-1]]
        y[row, : len(target)] = target
    return Split(x, y, np.array(list(map(len, sources)), np.int32))


def left_out(text: str, metadata: Mapping[str, Any]) -> tuple[str, ...]:
    """The words that exceed the maximal length of a source."""
    words = tokens(text, metadata.get("tokenizer", SIMPLE))
    return words[metadata["max_length"] :]


def decode(target: np.ndarray, metadata: Mapping[str, Any]) -> str:
    """The sentence of a target's tokens (n,), -1 past its end."""
    return joined(tokenizers.decoder(metadata["target"])(target))
