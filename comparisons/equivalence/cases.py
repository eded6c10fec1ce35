"""Which small models are checked, and which represents an actual one."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from comparisons.equivalence.case import Case
from comparisons.equivalence.case_data import FEATURES, INDICES, OUTPUTS
from shared.specs import CELLS, IMPLS, IMPLS_OF, POOLINGS, ModelSpec
from shared.weights.flops import count_parameters

ATTENTIONS = {
    "native": ("bahdanau", "luong-dot"),
    "scratch": ("luong-general", "none"),
}
"""Layers -> the kinds of attention with which they are checked."""

LARGE = (("input_size", 2000), ("output_size", 2000))
"""A vocabulary whose sums over V show how a framework rounds."""

FULL = (
    *("forecaster", "sequence_forecaster"),
    *("autoencoder", "language_model"),
)
"""Models whose sequences are all of one length."""

OUTPUT_SIZES = {
    "language_model": INDICES,
    "seq2seq": INDICES,
    "frame_model": FEATURES,
}
"""Models that predict what they read."""


def cases() -> Iterator[Case]:
    """Every cell, depth, direction, with and without padding, both layers.

    Padded cases classify indices, one-hot and embedded, with alternating
    pooling and one or several logits; the others forecast from values. Taggers
    read padded sentences, by words alone and with characters, or one-hot
    indices in one direction, and with a CRF by words in one direction and by
    words, shapes and characters in both; a classifier reads values too;
    language models read windows, with tied or separate weights, and sequence
    forecasters values; each cell has every kind of attention.
    """
    layers = [(cell, impl) for cell in CELLS for impl in IMPLS_OF[cell]]
    for (cell, impl), depth, both in itertools.product(
        layers, (1, 2), (False, True)
    ):
        shift = CELLS.index(cell) + IMPLS.index(impl)
        turn = shift + depth + both
        yield case_of("forecaster", cell, "values", impl, depth, both)
        yield case_of(
            *("classifier", cell, ("onehot", "embedding")[turn % 2]),
            *(impl, depth, both),
            pooling=POOLINGS[(shift + 2 * depth + both) % 4],
            outputs=1 if turn // 2 % 2 else OUTPUTS,
        )
    for cell, impl in layers:
        words = ("tagger", cell, "embedding", impl)
        yield case_of(*words, 2, True)
        yield case_of(*words, 1, True, char_encoder=True)
        yield case_of(*words, 1, crf=True)
        yield replace(
            case_of(*words, 2, True, char_encoder=True), shapes=True, crf=True
        )
        yield case_of("tagger", cell, "onehot", impl, 1)
        yield case_of("classifier", cell, "values", impl, 2)
        yield case_of("frame_model", cell, "values", impl, 2)
        yield case_of("sequence_forecaster", cell, "values", impl, 2)
        yield case_of("autoencoder", cell, "values", impl, 1, True)
        yield language_case(cell, impl, "onehot", 1)
        yield language_case(cell, impl, "embedding", 2)
        yield language_case(cell, impl, "embedding", 1, tied=True)
        yield replace(language_case(cell, impl, "embedding", 1), sizes=LARGE)
        deep, wide = ATTENTIONS[impl]
        yield seq2seq_case(cell, impl, deep, 2, False)
        yield seq2seq_case(cell, impl, wide, 1, True, tied=True)


def training_cases(cell: str, impl: str) -> Iterator[Case]:
    """The cases that are trained by every optimizer."""
    yield case_of("forecaster", cell, "values", impl, 2, True)
    yield seq2seq_case(cell, impl, ATTENTIONS[impl][1], 1, True)


def case_of(
    model: str,
    cell: str,
    kind: str,
    impl: str,
    depth: int,
    both: bool = False,
    **fields: Any,
) -> Case:
    """The case with the padding and number of outputs of its model."""
    fields = {"outputs": OUTPUT_SIZES.get(model, OUTPUTS), **fields}
    return Case(
        model, cell, kind, impl, depth, both, model not in FULL, **fields
    )


def language_case(
    cell: str, impl: str, kind: str, depth: int, tied: bool = False
) -> Case:
    return case_of("language_model", cell, kind, impl, depth, tied=tied)


def seq2seq_case(
    cell: str,
    impl: str,
    attention: str,
    depth: int,
    both: bool,
    tied: bool = False,
) -> Case:
    seq2seq = ("seq2seq", cell, "embedding", impl, depth, both)
    return case_of(*seq2seq, tied=tied, attention=attention)


SMALL = 20_000
"""Parameters up to which a model is checked in its own sizes."""

SIZES = tuple(
    f"{name}_size"
    for name in (
        *("input", "embedding", "hidden", "output"),
        *("char", "char_embedding", "char_hidden"),
        *("shape", "shape_embedding"),
    )
)


def own_sizes(spec: ModelSpec) -> tuple[tuple[str, int], ...]:
    """The sizes of an actual model, or nothing where it is not small."""
    if count_parameters(spec) > SMALL:
        return ()
    return tuple((name, getattr(spec, name)) for name in SIZES)


def case_like(spec: ModelSpec, sizes: tuple[tuple[str, int], ...] = ()) -> Case:
    """The case with the cell, layers and shape of an actual model."""
    several = 1 if spec.output_size == 1 else OUTPUTS
    return case_of(
        *(spec.model, spec.cell, spec.input, spec.impl),
        *(spec.num_layers, spec.bidirectional),
        init=spec.init,
        pooling=spec.pooling,
        char_encoder=spec.char_encoder,
        shapes=spec.shape_size > 0,
        crf=spec.crf,
        tied=spec.tie_weights,
        attention=spec.attention if spec.model == "seq2seq" else "",
        outputs=OUTPUT_SIZES.get(spec.model, several),
        sizes=sizes,
    )
