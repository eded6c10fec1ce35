"""Chapter 4."""

from . import each
from .sequences import STATE_KEPT

HOT = "one_hot(tokens, size)"
PICK = "outputs[rows, lengths - 1]"
TAKE = "ops.take_along_axis(outputs, steps, axis=1)[:, 0]"
TORCH_LOSS = "F.cross_entropy(logits, targets)"
KERAS_LOSS = """\
keras.losses.sparse_categorical_crossentropy(
        targets, logits, from_logits=True
    )"""
JAX_LOSS = """\
optax.softmax_cross_entropy_with_integer_labels(
        logits, targets
    ).mean()"""
ROWS = "arange(len(x)), lengths - 1]"

PLANTS = {
    "4.1": {
        "indices counted from 1": each(
            (f"F.{HOT}.float()", "torch.eye(size + 1)[tokens - 1, :size]"),
            (f"ops.{HOT}", "ops.one_hot(tokens - 1, size)"),
            (f"jax.nn.{HOT}", "jax.nn.one_hot(tokens - 1, size)"),
        ),
        "places in reverse order": each(
            (f"F.{HOT}", "F.one_hot(size - 1 - tokens, size)"),
            (f"ops.{HOT}", "ops.one_hot(size - 1 - tokens, size)"),
            (f"jax.nn.{HOT}", "jax.nn.one_hot(size - 1 - tokens, size)"),
        ),
        "index 0 left out": each(
            (
                f"F.{HOT}.float()",
                f"F.{HOT}.float() * (tokens > 0)[:, :, None]",
            ),
            (
                f"ops.{HOT}",
                f"ops.{HOT} * ops.cast(tokens > 0, float)[:, :, None]",
            ),
            (f"jax.nn.{HOT}", f"jax.nn.{HOT} * (tokens > 0)[:, :, None]"),
        ),
    },
    "4.2": {
        "last state taken at the padding": each(
            (PICK, "outputs[:, -1]"),
            (TAKE, "outputs[:, -1]"),
            (PICK, "outputs[:, -1]"),
        ),
        "one step early": ("lengths - 1", "lengths - 2"),
        "one step late": each(
            ("lengths - 1", "lengths.clamp(max=outputs.shape[1] - 1)"),
            *2
            * (
                (
                    "lengths - 1",
                    "NP.minimum(lengths, outputs.shape[1] - 1)",
                ),
            ),
        ),
        "one length for all": (
            "lengths - 1",
            "NP.zeros_like(lengths) + NP.min(lengths) - 1",
        ),
        "mean over time": each(
            (PICK, "outputs.mean(dim=1)"),
            (TAKE, "ops.mean(outputs, axis=1)"),
            (PICK, "outputs.mean(axis=1)"),
        ),
    },
    "4.3": {
        "softmax over the wrong axis": each(
            (TORCH_LOSS, "F.nll_loss(logits.log_softmax(dim=0), targets)"),
            (
                KERAS_LOSS,
                "-ops.take_along_axis(ops.log_softmax(logits, axis=0), "
                "targets[:, None], axis=1)",
            ),
            (
                JAX_LOSS,
                "-jnp.take_along_axis(jax.nn.log_softmax(logits, axis=0), "
                "targets[:, None], axis=1).mean()",
            ),
        ),
        "softmax twice": each(
            ("entropy(logits,", "entropy(logits.softmax(dim=1),"),
            # Keras takes back a softmax that it sees to be one.
            (
                "targets, logits,",
                "targets, ops.exp(ops.log_softmax(logits)),",
            ),
            ("logits, targets\n", "jax.nn.softmax(logits), targets\n"),
        ),
        "sum over the batch": each(
            (
                TORCH_LOSS,
                'F.cross_entropy(logits, targets, reduction="sum")',
            ),
            ("ops.mean(", "ops.sum("),
            (".mean()", ".sum()"),
        ),
        "sign missing": ("return ", "return -"),
        "logarithm missing": each(
            (
                TORCH_LOSS,
                "(1 - logits.softmax(1).gather(1, targets[:, None])).mean()",
            ),
            ("ops.mean(losses)", "ops.mean(1 - ops.exp(-losses))"),
            [
                (
                    "optax.softmax_cross",
                    "(1 - jnp.exp(-optax.softmax_cross",
                ),
                (").mean()", "))).mean()"),
            ],
        ),
    },
    "4.4": {
        "last state taken at the padding": each(
            (f"outputs[torch.{ROWS}", "outputs[:, -1]"),
            (TAKE, "outputs[:, -1]"),
            (f"outputs[jnp.{ROWS}", "outputs[:, -1]"),
        ),
        "bias of the head lost": (" + b_out", ""),
        "least probable class": ("argmax", "argmin"),
        "one step early": ("lengths - 1", "lengths - 2"),
        "state not passed on": STATE_KEPT,
    },
}
