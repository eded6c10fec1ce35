"""The loss of each model, averaged over the batch."""

from collections.abc import Callable
from functools import cache, partial

import keras
from keras import layers, losses, ops

from keras_impl.crf import crf_nll
from shared.specs.ctc import BLANK
from shared.specs.video import HEADS


def mean_squared_error(targets, outputs):
    """Mean of squared errors: (B, K), (B, K) -> ()."""
    return ops.mean(losses.mean_squared_error(targets, outputs))


def pinball(targets, outputs, levels: tuple[float, ...]):
    """Mean over the quantiles of these levels: (B, K · Q), (B, K) -> ()."""
    shape = (*ops.shape(targets), len(levels))
    errors = ops.expand_dims(targets, -1) - ops.reshape(outputs, shape)
    above = ops.convert_to_tensor(levels, errors.dtype)  # cost above
    return ops.mean(ops.maximum(above * errors, (above - 1) * errors))


def cross_entropy(targets, outputs, smoothing: float = 0.0):
    """Mean negative log-likelihood of classes (B,) under logits (B, K)."""
    if smoothing:
        targets = ops.reshape(targets, (-1,))
        classes = ops.one_hot(
            ops.cast(targets, "int32"), outputs.shape[1], dtype=outputs.dtype
        )
        return ops.mean(
            losses.categorical_crossentropy(
                classes, outputs, from_logits=True, label_smoothing=smoothing
            )
        )
    return ops.mean(
        losses.sparse_categorical_crossentropy(
            targets, outputs, from_logits=True
        )
    )


def binary_cross_entropy(targets, outputs, smoothing: float = 0.0):
    """Mean negative log-likelihood of 0 or 1 (B,) under logits (B, 1)."""
    logits = ops.reshape(outputs, (-1,))
    targets = ops.cast(ops.reshape(targets, (-1,)), logits.dtype)
    probs = (1 - smoothing) * targets + smoothing / 2
    return ops.mean(ops.binary_crossentropy(probs, logits, from_logits=True))


def masked_cross_entropy(targets, outputs, smoothing: float = 0.0):
    """Mean over the steps with a target: (B, T, K), (B, T), -1: none."""
    losses = step_losses(targets, outputs)  # (B, T)
    mask = ops.cast(targets >= 0, losses.dtype)
    if smoothing:
        uniform = ops.logsumexp(outputs, axis=-1) - ops.mean(outputs, axis=-1)
        losses = (1 - smoothing) * losses + smoothing * uniform * mask
    return ops.sum(losses) / ops.sum(mask)


def frame_cross_entropy(targets, outputs):
    """Mean over frames of the sum over keys: both (B, T, K), -1: none."""
    mask = ops.cast(targets >= 0, outputs.dtype)
    keys = ops.cast(ops.maximum(targets, 0), outputs.dtype)
    losses = ops.binary_crossentropy(keys, outputs, from_logits=True)
    return ops.sum(losses * mask) / ops.sum(mask[..., 0])


def ctc(targets, outputs):
    """Mean of -log p(labels): (B, T, K), (B, 1 + U) frames and labels."""
    targets = ops.cast(targets, "int32")  # Keras casts them to floats
    frames, labels = targets[:, 0], targets[:, 1:]  # (B,), (B, U)
    sizes = ops.sum(ops.cast(labels >= 0, "int32"), axis=1)  # (B,)
    # Not `losses.CTC`, which takes padded frames for frames.
    compute = {"float32": ops.ctc_loss, "float64": exact_ctc_loss}
    losses = compute[keras.config.floatx()](
        labels, outputs, sizes, frames, mask_index=BLANK
    )
    return ops.mean(losses)  # over (B,)


# TensorFlow's kernel computes in float32 alone, to which Keras casts float64.
def exact_ctc_loss(labels, outputs, sizes, frames, mask_index: int):
    """`ops.ctc_loss` by the forward sums (Graves et al. 2006, eqs. 5-8)."""
    log_zero = -1e5  # an infinite one would have no gradient
    labels = ops.maximum(labels, mask_index)  # (B, U)
    places = ops.stack([ops.full_like(labels, mask_index), labels], axis=-1)
    places = ops.reshape(places, (-1, 2 * ops.shape(labels)[1]))
    edges = [(0, 0), (0, 1)], [(0, 0), (2, 0)]
    places = ops.pad(places, edges[0], constant_values=mask_index)  # (B, S)
    before = ops.pad(places, edges[1], constant_values=mask_index)[:, :-2]
    skipped = (places != mask_index) & (places != before)
    emitted = ops.take_along_axis(
        ops.log_softmax(outputs), ops.expand_dims(places, 1), axis=2
    )  # (B, T, S)

    def step(t, sums):
        before = ops.pad(sums, edges[1], constant_values=log_zero)
        skips = ops.where(skipped, before[:, :-2], log_zero)
        entered = ops.logaddexp(sums, before[:, 1:-1])
        after = ops.logaddexp(entered, skips) + ops.take(emitted, t, axis=1)
        active = ops.expand_dims(t < frames, 1)  # (B, 1)
        return t + 1, ops.where(active, after, sums)

    later = ops.arange(ops.shape(places)[1]) > 0  # (S,)
    sums = log_zero * ops.cast(later, outputs.dtype)
    sums = ops.zeros_like(emitted[:, 0]) + sums  # before the first frame
    # Not `ops.scan`, which fails on TensorFlow where T varies.
    steps = ops.shape(emitted)[1]
    _, sums = ops.while_loop(lambda t, _: t < steps, step, (0, sums))
    # Paths end at the last label or at the blank past it.
    padded = ops.pad(sums, [(0, 0), (1, 0)], constant_values=log_zero)
    ends = ops.stack([2 * sizes, 2 * sizes + 1], axis=1)  # (B, 2)
    return -ops.logsumexp(ops.take_along_axis(padded, ends, axis=1), axis=1)


def multi_task(targets, outputs):
    """Sum of three heads' means over all steps: (B, T, K), (B, T, 4) -> ()."""
    targets = ops.cast(targets, outputs.dtype)
    classes = ops.cast(targets[..., :2], "int32")
    total = mean_squared_error(targets[..., 2:], outputs[..., HEADS.position])
    for place, head in enumerate((HEADS.direction, HEADS.digit)):
        total += ops.mean(
            ops.sparse_categorical_crossentropy(
                classes[..., place], outputs[..., head], from_logits=True
            )
        )
    return total


def step_losses(targets, outputs):
    """Negative log-likelihood of each step (B, T), 0 without a target."""
    losses = ops.sparse_categorical_crossentropy(
        ops.maximum(targets, 0), outputs, from_logits=True
    )
    return ops.where(targets >= 0, losses, 0.0)


@cache
def build_loss(
    name: str, smoothing: float, levels: tuple[float, ...] = ()
) -> Callable:
    """The loss function of this name, with label smoothing or quantiles."""
    options = {"smoothing": smoothing} if smoothing else {}
    if levels:
        options["levels"] = levels
    return partial(LOSSES[name], **options) if options else LOSSES[name]


def loss_weights(model: keras.Model) -> tuple[layers.Layer, ...]:
    """What the loss reads besides the outputs: the CRF of a model, if any."""
    return (model.crf,) if model.spec.crf else ()


LOSSES = {
    "squared_error": mean_squared_error,
    "pinball": pinball,
    "cross_entropy": cross_entropy,
    "binary_cross_entropy": binary_cross_entropy,
    "masked_cross_entropy": masked_cross_entropy,
    "frame_cross_entropy": frame_cross_entropy,
    "ctc": ctc,
    "multi_task": multi_task,
    "crf": crf_nll,
}
