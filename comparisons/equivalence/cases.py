"""Which small models are gated, and which stands for an actual one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from comparisons.equivalence.case import Case
from comparisons.equivalence.case_data import FEATURES, INDICES, OUTPUTS
from shared.specs import CELLS, IMPLS, POOLINGS, ModelSpec

SEEN = {
    "native": ("bahdanau", "luong-dot"),
    "scratch": ("luong-general", "none"),
}
"""Layers -> the kinds of attention with which they are gated."""


FULL = ("forecaster", "autoencoder")
"""Models whose sequences are all of one length."""


def cases() -> Iterator[Case]:
    """Every cell, depth, direction, with and without padding, both layers.

    Padded cases classify indices, one-hot and embedded, with alternating
    pooling and one or several logits; the others forecast from values. Taggers
    read padded sentences, by words alone and with characters, or one-hot
    symbols in one direction; a classifier reads values too; language models
    read windows, with tied or separate weights; each cell has every kind of
    attention.
    """
    for cell, impl, depth, both, padded in itertools.product(
        CELLS, IMPLS, (1, 2), (False, True), (False, True)
    ):
        turn = CELLS.index(cell) + IMPLS.index(impl) + depth + both
        index = ("onehot", "embedding")[turn % 2]
        if not padded:
            yield Case("forecaster", cell, "values", impl, depth, both, padded)
            continue
        shift = CELLS.index(cell) + IMPLS.index(impl)
        yield Case(
            "classifier",
            cell,
            index,
            impl,
            depth,
            both,
            padded,
            pooling=POOLINGS[(shift + 2 * depth + both) % 4],
            outputs=1 if turn // 2 % 2 else OUTPUTS,
        )
    for cell, impl, spelt in itertools.product(CELLS, IMPLS, (False, True)):
        depth, both = 2 - spelt, True
        yield Case(
            "tagger",
            cell,
            "embedding",
            impl,
            depth,
            both,
            True,
            char_encoder=spelt,
        )
    for cell, impl in itertools.product(CELLS, IMPLS):
        yield Case("tagger", cell, "onehot", impl, 1, False, True)
        yield Case("classifier", cell, "values", impl, 2, False, True)
        yield frame_case(cell, impl, 2)
        yield Case("autoencoder", cell, "values", impl, 1, True, False)
        yield language_case(cell, impl, "onehot", 1)
        yield language_case(cell, impl, "embedding", 2)
        yield language_case(cell, impl, "embedding", 1, tied=True)
    for cell, impl in itertools.product(CELLS, IMPLS):
        for turn, attention in enumerate(SEEN[impl]):
            depth, both = 2 - turn, bool(turn)
            yield seq2seq_case(cell, impl, attention, depth, both, tied=both)


def language_case(
    cell: str, impl: str, index: str, depth: int, tied: bool = False
) -> Case:
    """A language model: unidirectional, as many outputs as inputs."""
    return Case(
        "language_model",
        cell,
        index,
        impl,
        depth,
        bidirectional=False,
        padded=False,
        outputs=INDICES,
        tied=tied,
    )


def frame_case(cell: str, impl: str, depth: int) -> Case:
    """A model of frames: unidirectional, as many keys out as in."""
    return Case(
        "frame_model",
        cell,
        "values",
        impl,
        depth,
        bidirectional=False,
        padded=True,
        outputs=FEATURES,
    )


def seq2seq_case(
    cell: str,
    impl: str,
    attention: str,
    depth: int,
    both: bool,
    tied: bool = False,
) -> Case:
    """An encoder-decoder with padded sequences."""
    return Case(
        "seq2seq",
        cell,
        "embedding",
        impl,
        depth,
        both,
        padded=True,
        outputs=INDICES,
        tied=tied,
        attention=attention,
    )


def case_like(spec: ModelSpec) -> Case:
    """The case with the cell, layers and shape of an actual model."""
    if spec.model == "language_model":
        return replace(
            language_case(spec.cell, spec.impl, spec.input, spec.num_layers),
            init=spec.init,
            tied=spec.tie_weights,
        )
    if spec.model == "seq2seq":
        return replace(
            seq2seq_case(
                *(spec.cell, spec.impl, spec.attention),
                *(spec.num_layers, spec.bidirectional),
            ),
            init=spec.init,
            tied=spec.tie_weights,
        )
    if spec.model == "frame_model":
        found = frame_case(spec.cell, spec.impl, spec.num_layers)
        return replace(found, init=spec.init)
    return Case(
        model=spec.model,
        cell=spec.cell,
        input=spec.input,
        impl=spec.impl,
        num_layers=spec.num_layers,
        bidirectional=spec.bidirectional,
        padded=spec.model not in FULL,
        init=spec.init,
        pooling=spec.pooling,
        char_encoder=spec.char_encoder,
        outputs=1 if spec.output_size == 1 else OUTPUTS,
    )
