"""What the adapters on JAX share: outputs and gradients of a loss."""

from dataclasses import replace
from functools import partial

import jax
import jax.numpy as jnp
import optax

jax.config.update("jax_enable_x64", True)


def results(case, forward):
    """Outputs and gradients of a case, compiled once for its shapes.

    forward: outputs of a case whose arrays are JAX's.
    """
    arrays = {n: jnp.asarray(a, case.dtype) for n, a in case.arrays.items()}
    fields = (case.kind, case.directions, case.layers, case.hidden, case.dtype)
    given = (arrays, case.targets, case.lengths, case.labels)
    return compiled(forward, type(case), fields, *given)


@partial(jax.jit, static_argnums=(0, 1, 2))
def compiled(forward, kind_of_case, fields, arrays, targets, lengths, labels):
    kind, directions, layers, hidden, dtype = fields
    case = kind_of_case(
        *("", kind, directions, layers, hidden, arrays),
        lengths=lengths,
        targets=targets,
        labels=labels,
        dtype=dtype,
    )

    def loss(arrays):
        outputs = forward(replace(case, arrays=arrays))
        if "loss" not in outputs:
            array = partial(jnp.asarray, dtype=dtype)
            outputs["loss"] = case.loss(outputs, array, jnp.sum)
        return outputs["loss"], outputs

    gradients, outputs = jax.grad(loss, has_aux=True)(arrays)
    return outputs, gradients


def to_carry(state):
    """(h, c) as Flax's (c, h), and back; (h,) as h, and back."""
    if not isinstance(state, tuple):
        return (state,)
    return state[::-1] if len(state) == 2 else state[0]


def luong(case):
    """The attention of JAX, its scores not divided by √H."""
    x, arrays = case.arrays["x"], case.arrays
    keys = x
    if "attention.keys.weight" in arrays:
        keys = x @ arrays["attention.keys.weight"]
    context = jax.nn.dot_product_attention(
        arrays["query"][:, None, None],  # (B, 1, 1, H)
        *(keys[:, :, None], x[:, :, None]),  # (B, T, 1, H)
        mask=case.mask[:, None, None],
        scale=1.0,
    )
    return {"context": context[:, 0, 0]}


def ctc(case):
    nll = optax.ctc_loss(
        case.arrays["x"],
        1.0 - case.mask,
        case.labels,
        (case.labels < 0).astype(case.dtype),
    )
    return {"nll": nll, "loss": nll.mean()}


OTHERS = {
    "attention-luong-dot": luong,
    "attention-luong-general": luong,
    "ctc": ctc,
}
"""Kind -> outputs: of JAX and Optax, whatever the library of layers."""


def layers(case, run):
    """Outputs of layers one upon the other.

    run: x, the prefix of the weights and the state (h,) or (h, c), or None ->
    outputs (B, T, H) and the last state.
    """
    x, states, place = case.arrays["x"], [], 0
    for prefixes in case.prefixes:
        parts = []
        for prefix in prefixes:
            given = case.initial_state
            state = given and tuple(a[place] for a in given.values())
            part, last = run(x, prefix, state)
            parts.append(part)
            states.append(last)
            place += 1
        x = jnp.concatenate(parts, axis=2)
    stacked = [jnp.stack(one) for one in zip(*states)]
    return {"outputs": x, **dict(zip("hc", stacked))}
