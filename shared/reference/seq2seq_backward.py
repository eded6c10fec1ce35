"""The backward pass of decoder, attention, bridge and encoder, in numpy."""

import numpy as np

from shared.reference.attention import attend_backward
from shared.reference.head import head_backward
from shared.reference.seq2seq import DecoderState, Pass, Step
from shared.reference.stack import add_gradients, stack_backward
from shared.specs import Array, ModelSpec, Weights
from shared.weights.seq2seq import INPUT_FEEDING, bridge_parts


def backward_pass(
    spec: ModelSpec, weights: Weights, done: Pass, d_logits: Array
) -> Weights:
    """Gradients by canonical name, from those of the logits (B, T, V)."""
    d_memory = np.zeros(done.encoder.outputs.shape)
    d_state = DecoderState({}, np.zeros(done.initial.outputs.shape))
    parts: list[Weights] = []
    for t in reversed(range(len(done.steps))):
        d_state, d_attended = _step_backward(
            spec, weights, done, done.steps[t], d_logits[:, t], d_state, parts
        )
        d_memory += d_attended
    d_last = _bridge_backward(spec, weights, done, d_state, parts)
    encoder = stack_backward(weights, done.encoder, d_memory, d_last)
    return add_gradients(weights, [*parts, encoder.weights])


def _step_backward(
    spec: ModelSpec,
    weights: Weights,
    done: Pass,
    step: Step,
    d_logits: Array,
    d_after: DecoderState,
    parts: list[Weights],
) -> tuple[DecoderState, Array]:
    """Gradients by the previous state and the memory; parts has the others."""
    d_outputs, found = head_backward(spec, weights, step.readout, d_logits)
    parts.append(found)
    attended, feeding = step.attended, INPUT_FEEDING[spec.attention]
    d_query = np.zeros(d_outputs.shape)
    d_memory = np.zeros(done.encoder.outputs.shape)
    if attended:
        d_sum = d_outputs * (1 - step.readout**2)
        joined = np.concatenate([attended.context, step.stack.last], axis=1)
        parts.append({"readout.weight": joined.T @ d_sum})
        d_joined = d_sum @ weights["readout.weight"].T  # (B, 2H)
        d_context, d_outputs = np.split(d_joined, 2, axis=1)
    d_outputs = d_outputs + d_after.outputs
    if attended and not feeding:
        d_query, d_memory, found = attend_backward(
            spec.attention, d_context, attended, weights
        )
        parts.append(found)
        d_outputs, d_query = d_outputs + d_query, np.zeros(d_query.shape)
    zeros = np.zeros(d_outputs.shape)
    stack = stack_backward(
        weights, step.stack, d_outputs[:, None], zeros, d_after.states
    )
    parts.append(stack.weights)
    if attended and feeding:
        d_context = d_context + stack.vectors[:, 0, spec.embedding_size :]
        d_query, d_memory, found = attend_backward(
            spec.attention, d_context, attended, weights
        )
        parts.append(found)
    return DecoderState(stack.initial_states, d_query), d_memory


def _bridge_backward(
    spec: ModelSpec,
    weights: Weights,
    done: Pass,
    d_initial: DecoderState,
    parts: list[Weights],
) -> Array:
    """Gradient by the encoder's last state (B, H)."""
    last = done.encoder.last
    d_last, top = np.zeros(last.shape), str(spec.num_layers - 1)
    for part in bridge_parts(spec):
        layer, name = part.split(".")
        prefix = f"decoder.rnn.{layer}."
        d_value = d_initial.states[prefix]["hc".index(name)]
        if name == "h":
            d_value = d_value + (d_initial.outputs if layer == top else 0.0)
            d_value = d_value * (1 - done.initial.states[prefix][0] ** 2)
        weight, bias = f"bridge.{part}.weight", f"bridge.{part}.bias"
        parts.append({weight: last.T @ d_value, bias: d_value.sum(axis=0)})
        d_last += d_value @ weights[weight].T
    return d_last
