"""The way back through decoder, attention, bridge and encoder, in numpy."""

from __future__ import annotations

import numpy as np

from shared.reference.attention import look_backward
from shared.reference.losses import LOSSES
from shared.reference.seq2seq import (
    Pass,
    Position,
    Source,
    Step,
    head_matrix,
    under,
)
from shared.reference.stack import stack_backward
from shared.specs import Batch, ModelSpec, Split, Weights
from shared.weights.seq2seq import (
    INPUT_FEEDING,
    bridge_parts,
    decoder_spec,
    encoder_spec,
)


def backward_pass(
    spec: ModelSpec,
    weights: Weights,
    batch: Split | Batch,
    done: Pass,
    smoothing: float = 0.0,
) -> tuple[float, Weights]:
    """Mean loss and gradients."""
    loss, d_logits = LOSSES[spec.loss](done.outputs, batch.y, smoothing)
    gradients = {name: np.zeros(w.shape) for name, w in weights.items()}
    d_memory = np.zeros(done.source.memory.shape)
    d_outputs = np.zeros(done.start.outputs.shape)
    d_position = Position({}, d_outputs)
    for t in reversed(range(len(done.steps))):
        step, d_step = done.steps[t], d_logits[:, t]
        d_position, d_look, found = _step_backward(
            spec, weights, done.source, step, d_step, d_position
        )
        d_memory += d_look
        _add(gradients, found)
    d_last, found = _bridge_backward(spec, weights, done, d_position)
    _add(gradients, found)
    own, prefix = under("encoder.", weights), "encoder."
    d_x, found, _ = stack_backward(
        encoder_spec(spec), own, done.source.stack.tapes, d_memory, d_last
    )
    _add(gradients, {prefix + name: value for name, value in found.items()})
    table = gradients["encoder.embedding.table"]
    np.add.at(table, batch.x[..., 0], d_x)
    return loss, gradients


def _step_backward(
    spec: ModelSpec,
    weights: Weights,
    source: Source,
    step: Step,
    d_logits: np.ndarray,
    d_after: Position,
) -> tuple[Position, np.ndarray, Weights]:
    """Gradients by the previous state, the memory, and the weights."""
    matrix, table = head_matrix(spec, weights), "decoder.embedding.table"
    d_matrix = step.read.T @ d_logits  # (H, V)
    found = {"head.bias": d_logits.sum(axis=0)}
    if spec.tie_weights:
        found[table] = d_matrix.T
    else:
        found["head.weight"] = d_matrix
    outputs, d_outputs = step.stack.steps.last, d_logits @ matrix.T  # (B, H)
    d_query, d_memory = np.zeros(outputs.shape), np.zeros(source.memory.shape)
    d_context = np.zeros(outputs.shape)
    if step.seen is not None:
        d_sum = d_outputs * (1 - step.read**2)
        joined = np.concatenate([step.seen.context, outputs], axis=1)
        found["readout.weight"] = joined.T @ d_sum
        d_joined = d_sum @ weights["readout.weight"].T  # (B, 2H)
        d_context, d_outputs = np.split(d_joined, 2, axis=1)
    d_outputs = d_outputs + d_after.outputs
    if step.seen is not None and not INPUT_FEEDING[spec.attention]:
        d_query, d_memory, looked = look_backward(
            *(spec.attention, d_context, step.query),
            *(source.memory, step.seen, weights),
        )
        d_outputs, found = d_outputs + d_query, found | looked
        d_query = np.zeros(outputs.shape)
    own, zeros = under("decoder.", weights), np.zeros(outputs.shape)
    d_x, layers, starts = stack_backward(
        decoder_spec(spec),
        own,
        step.stack.tapes,
        d_outputs[:, None],
        zeros,
        d_after.states,
    )
    found |= {"decoder." + name: value for name, value in layers.items()}
    d_vectors = d_x[:, 0, : spec.embedding_size]  # (B, E)
    if step.seen is not None and INPUT_FEEDING[spec.attention]:
        d_context = d_context + d_x[:, 0, spec.embedding_size :]
        d_query, d_memory, looked = look_backward(
            *(spec.attention, d_context, step.query),
            *(source.memory, step.seen, weights),
        )
        found |= looked
    d_table = found.pop(table, np.zeros(weights[table].shape))
    np.add.at(d_table, step.symbols, d_vectors)
    return Position(starts, d_query), d_memory, found | {table: d_table}


def _bridge_backward(
    spec: ModelSpec, weights: Weights, done: Pass, d_start: Position
) -> tuple[np.ndarray, Weights]:
    """Gradients by the encoder's last state (B, H), and the weights."""
    last, found = done.source.stack.steps.last, dict[str, np.ndarray]()
    d_last, top = np.zeros(last.shape), f"rnn.{spec.num_layers - 1}."
    for part in bridge_parts(spec):
        layer, name = part.split(".")
        prefix, place = f"rnn.{layer}.", "hc".index(name)
        d_value = d_start.states[prefix][place]
        if name == "h":
            if prefix == top:
                d_value = d_value + d_start.outputs
            d_value = d_value * (1 - done.start.states[prefix][0] ** 2)
        found[f"bridge.{part}.weight"] = last.T @ d_value
        found[f"bridge.{part}.bias"] = d_value.sum(axis=0)
        d_last += d_value @ weights[f"bridge.{part}.weight"].T
    return d_last, found


def _add(total: Weights, found: Weights) -> None:
    for name, value in found.items():
        total[name] += value
