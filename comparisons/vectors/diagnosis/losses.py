"""Errors in attention and in CTC."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from comparisons.vectors.case import Arrays, Case
from comparisons.vectors.diagnosis.plant import Plant, with_arrays
from comparisons.vectors.diagnosis.sequences import without_lengths
from comparisons.vectors.kinds import KINDS
from shared.specs import Array


def attention_plants(name: str) -> Iterator[Plant]:
    yield Plant("attention without mask: padding gets weight", without_lengths)
    if KINDS[name].score != "bahdanau":
        yield Plant("scores divided by √H", scaled_query)
        if KINDS[name].names:
            keys = with_arrays(transposed, "keys.weight")
            yield Plant("the matrix of the keys transposed", keys)
        return
    yield Plant("the bias of the keys left out", with_arrays(zero, "keys.bias"))
    yield Plant("weights of query and keys exchanged", exchanged)
    unit = with_arrays(one, "score.weight")
    yield Plant("scores summed without the vector v", unit)


def scaled_query(case: Case) -> Case:
    """A query divided by √H, and so are its products."""
    query = case.arrays["query"] / np.sqrt(case.hidden)
    return replace(case, arrays=case.arrays | {"query": query})


def transposed(name: str, a: Array) -> Array:
    return a.T


def zero(name: str, a: Array) -> Array:
    return np.zeros(a.shape)


def one(name: str, a: Array) -> Array:
    return np.ones(a.shape)


def exchanged(case: Case) -> Case:
    query, keys = "attention.query.weight", "attention.keys.weight"
    own = {query: case.arrays[keys], keys: case.arrays[query]}
    return replace(case, arrays=case.arrays | own)


def ctc_plants(name: str) -> Iterator[Plant]:
    yield Plant("CTC that counts padding as frames", without_lengths)
    yield Plant("the blank is the last class, not class 0", last_blank)
    yield Plant(
        "the blank is the last class, labels count from 0", moved_labels
    )
    yield Plant(
        "the loss divided by the number of labels of each sequence",
        outputs=divided_by_labels,
    )
    yield Plant("the sum over sequences, not their mean", outputs=summed)
    yield Plant("labels of padding read: each row has U of them", all_labels)


def last_blank(case: Case) -> Case:
    """The logits of the first and last class exchanged."""
    x = case.arrays["x"].copy()
    x[..., [0, -1]] = x[..., [-1, 0]]
    return replace(case, arrays=case.arrays | {"x": x})


def moved_labels(case: Case) -> Case:
    """Label k read as class k - 1, and class 0 as the last label."""
    x = np.roll(case.arrays["x"], 1, axis=2)
    return replace(case, arrays=case.arrays | {"x": x})


def divided_by_labels(case: Case, outputs: Arrays) -> Arrays:
    assert case.labels is not None
    counts = np.maximum(1, (case.labels >= 0).sum(axis=1))
    return outputs | {"loss": np.mean(outputs["nll"] / counts)}


def summed(case: Case, outputs: Arrays) -> Arrays:
    return outputs | {"loss": np.sum(outputs["nll"])}


def all_labels(case: Case) -> Case:
    """The blank read as a label where there is none."""
    assert case.labels is not None
    return replace(case, labels=np.maximum(case.labels, 0))
