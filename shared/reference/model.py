"""The whole model in numpy: inputs, stack, directions, head and loss.

Weights have the canonical names of `shared.weights.layout`; all arithmetic is
in float64, and dropout is no part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from shared.reference import autoencoder as reference_autoencoder
from shared.reference import seq2seq as reference_seq2seq
from shared.reference import seq2seq_backward as reference_seq2seq_backward
from shared.reference.losses import LOSSES
from shared.reference.pooling import reading
from shared.reference.stack import Stack, States, stack_backward, stack_forward
from shared.specs import Batch, ModelSpec, Split, Weights
from shared.weights.layout import char_spec

CHARACTERS = "characters."


class Pass(NamedTuple):
    """A forward pass: outputs, inputs of the head, passes of the stacks."""

    outputs: np.ndarray  # (B, K) or (B, T, K)
    read: np.ndarray  # (B, P) or (B, T, H')
    stack: Stack
    characters: Stack | None


def forward(
    spec: ModelSpec,
    weights: Weights,
    x: np.ndarray,
    lengths: np.ndarray | None,
) -> np.ndarray:
    """Outputs of the model: x (B, T, ...) -> (B, K), or (B, T, K)."""
    run, _ = PASSES.get(spec.model, (forward_pass, backward_pass))
    outputs: np.ndarray = run(spec, in_float64(weights), x, lengths).outputs
    return outputs


def forward_pass(
    spec: ModelSpec,
    weights: Weights,
    x: np.ndarray,
    lengths: np.ndarray | None,
    start: States | None = None,
) -> Pass:
    """Forward pass from in_float64 weights, cached for the backward pass."""
    vectors = FEATURES[spec.input](spec, weights, WORDS[spec.model](x))
    characters = None
    if spec.char_encoder:
        characters = _read_words(spec, weights, x[..., 1:])
        spelt = characters.steps.last.reshape(*x.shape[:2], -1)
        vectors = np.concatenate([vectors, spelt], axis=2)  # (B, T, D)
    stack = stack_forward(spec, weights, vectors, lengths, start)
    read = reading(spec)[0](stack.steps)
    outputs = read @ head_matrix(spec, weights) + weights["head.bias"]
    return Pass(outputs, read, stack, characters)


def loss_and_gradients(
    spec: ModelSpec, weights: Weights, batch: Split | Batch
) -> tuple[float, Weights]:
    """Mean loss of a batch, and gradients by canonical name."""
    weights = in_float64(weights)
    run, back = PASSES.get(spec.model, (forward_pass, backward_pass))
    done = run(spec, weights, batch.x, batch.lengths)
    found: tuple[float, Weights] = back(spec, weights, batch, done)
    return found


def backward_pass(
    spec: ModelSpec, weights: Weights, batch: Split | Batch, done: Pass
) -> tuple[float, Weights]:
    """Mean loss and gradients; none flows into the initial state."""
    loss, d_outputs = LOSSES[spec.loss](done.outputs, batch.y)
    flat = d_outputs.reshape(-1, spec.output_size)  # (B, K) or (B·T, K)
    d_matrix = done.read.reshape(len(flat), -1).T @ flat  # (P, K)
    gradients = {"head.weight": d_matrix, "head.bias": flat.sum(axis=0)}
    matrix = head_matrix(spec, weights)
    d_read = d_outputs @ matrix.T  # (B, P) or (B, T, H')
    d_steps, d_last = reading(spec)[1](done.stack.steps, d_read)
    d_x, found, _ = stack_backward(
        spec, weights, done.stack.tapes, d_steps, d_last
    )
    gradients |= found
    if spec.input == "embedding":
        words = WORDS[spec.model](batch.x)
        gradients["embedding.table"] = _table_gradient(
            weights["embedding.table"], words, d_x
        )
    if spec.tie_weights:
        gradients["embedding.table"] += d_matrix.T
    if done.characters:
        gradients |= _words_backward(spec, weights, done.characters, batch, d_x)
    return loss, {name: gradients[name] for name in weights}


def head_matrix(spec: ModelSpec, weights: Weights) -> np.ndarray:
    """Weights of the head: (P, K), tied to the embedding or separate."""
    if spec.tie_weights:
        return weights["embedding.table"].T
    return weights["head.weight"]


def in_float64(weights: Weights) -> Weights:
    return {name: np.asarray(w, np.float64) for name, w in weights.items()}


PASSES: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "seq2seq": (
        reference_seq2seq.forward_pass,
        reference_seq2seq_backward.backward_pass,
    ),
    "autoencoder": (
        reference_autoencoder.forward_pass,
        reference_autoencoder.backward_pass,
    ),
}
"""Model -> its passes forward and backward, where they are not the ones
above."""


def _read_words(spec: ModelSpec, weights: Weights, x: np.ndarray) -> Stack:
    """Pass of the stack over the characters (B, T, C) of each word."""
    words, lengths = _each_word(x)
    own = _of_characters(weights)
    vectors = own["embedding.table"][words]  # (B·T, C, E)
    return stack_forward(char_spec(spec), own, vectors, lengths)


def _words_backward(
    spec: ModelSpec,
    weights: Weights,
    stack: Stack,
    batch: Split | Batch,
    d_x: np.ndarray,
) -> Weights:
    own, words = _of_characters(weights), _each_word(batch.x[..., 1:])[0]
    last = stack.steps.last  # (B·T, 2H)
    d_last = d_x[..., -last.shape[1] :].reshape(last.shape)
    d_outputs = np.zeros(stack.steps.outputs.shape)
    d_vectors, gradients, _ = stack_backward(
        char_spec(spec), own, stack.tapes, d_outputs, d_last
    )
    gradients["embedding.table"] = _table_gradient(
        own["embedding.table"], words, d_vectors
    )
    return {CHARACTERS + name: value for name, value in gradients.items()}


def _each_word(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Characters (B, T, C) as words (B·T, C), and their lengths (B·T,)."""
    words = x.reshape(-1, x.shape[2])
    return words, np.count_nonzero(words, axis=1)


def _of_characters(weights: Weights) -> Weights:
    """Weights of the character encoder, by their names within it."""
    return {
        name.removeprefix(CHARACTERS): w
        for name, w in weights.items()
        if name.startswith(CHARACTERS)
    }


def _table_gradient(
    table: np.ndarray, indices: np.ndarray, d_vectors: np.ndarray
) -> np.ndarray:
    """Gradient (V, E) of a table; an index may occur many times."""
    gradient = np.zeros(table.shape)
    np.add.at(gradient, indices, d_vectors[..., : table.shape[1]])
    return gradient


FEATURES: dict[str, Callable[[ModelSpec, Weights, np.ndarray], np.ndarray]] = {
    "values": lambda spec, weights, x: np.asarray(x, np.float64),
    "onehot": lambda spec, weights, x: np.eye(spec.input_size)[x],
    "embedding": lambda spec, weights, x: weights["embedding.table"][x],
}

WORDS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "forecaster": lambda x: x,
    "classifier": lambda x: x,
    "tagger": lambda x: x[..., 0],
    "language_model": lambda x: x,
    "frame_model": lambda x: x,
}
"""Model -> the steps (B, T, ...) without the characters of their words."""
