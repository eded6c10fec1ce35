"""Chapter 5."""

from . import each

CHOICE = "NP.where(steps < ends, ends - 1 - steps, steps)"
TAKEN = "x, index[:, :, None], "
TO_LONGEST = "s[-1:] * (max(map(len, sequences)) - len(s))"
TORCH_LOSS = "F.cross_entropy(logits.mT, targets, ignore_index=-1)"
KERAS_LOSS = """\
keras.losses.sparse_categorical_crossentropy(
        ops.maximum(targets, 0), logits, from_logits=True
    )"""
JAX_LOSS = """\
optax.softmax_cross_entropy_with_integer_labels(
        logits, jnp.maximum(targets, 0)
    )"""
KERAS_MEAN = "ops.sum(losses * mask) / ops.sum(mask)"
JAX_MEAN = "jnp.mean(losses, where=mask)"
REVERSED = "reverse_padded(x, lengths)\n    backward"
PUT_BACK = "reverse_padded(backward, lengths)"

PLANTS = {
    "5.1": {
        "padded in front": each(
            ("padding_value=value", 'padding_value=value, padding_side="left"'),
            ('padding="post"', 'padding="pre"'),
            (
                "s + [value] * (steps - len(s))",
                "[value] * (steps - len(s)) + s",
            ),
        ),
        "lengths of the padded rows": each(
            *2
            * (
                (
                    "[len(s) for s in sequences]",
                    "[tokens.shape[1] for s in sequences]",
                ),
            ),
            ("[len(s) for s in sequences]", "[steps for s in sequences]"),
        ),
        "cut to the shortest": each(
            ("return tokens", "return tokens[:, : lengths.min()]"),
            (
                "ops.array(tokens)",
                "ops.array(tokens[:, : min(map(len, sequences))])",
            ),
            (
                "jnp.array(tokens)",
                "jnp.array(tokens)[:, : min(map(len, sequences))]",
            ),
        ),
        "padded with the last token": each(
            ("torch.tensor(s)", f"torch.tensor(s + {TO_LONGEST})"),
            (
                "pad_sequences(sequences",
                f"pad_sequences([s + {TO_LONGEST} for s in sequences]",
            ),
            ("[value] * (", "s[-1:] * ("),
        ),
    },
    "5.2": {
        "mask off by one, too long": (" < ", " <= "),
        "mask off by one, too short": ("[:, None]", "[:, None] - 1"),
        "mask inverted": (" < ", " >= "),
        "padding in front": each(
            ("torch.arange(steps)", "torch.arange(steps).flip(0)"),
            *2 * (("NP.arange(steps)", "NP.flip(NP.arange(steps))"),),
        ),
    },
    "5.3": {
        "mask off by one, too long": ("t < lengths", "t <= lengths"),
        "mask off by one, too short": ("t < lengths", "t < lengths - 1"),
        "no mask": ("NP.where((t < lengths)[:, None], new, h)", "new"),
        "state set to 0 past the end": (", new, h)", ", new, 0.0)"),
        "mask inverted": ("t < lengths", "t >= lengths"),
    },
    "5.4": {
        "whole rows reversed": each(
            (CHOICE, "steps.flip(0).expand(len(x), -1)"),
            *2
            * (
                (
                    CHOICE,
                    "NP.repeat(NP.flip(steps)[None], x.shape[0], axis=0)",
                ),
            ),
        ),
        "off by one": (
            "steps < ends, ends - 1 - steps",
            "steps < ends - 1, ends - 2 - steps",
        ),
        "features reversed": each(
            (f"torch.take_along_dim({TAKEN}dim=1)", "x.flip(2)"),
            *2 * ((f"NP.take_along_axis({TAKEN}axis=1)", "x[:, :, ::-1]"),),
        ),
        "one length for all": (
            "lengths[:, None]",
            "(NP.zeros_like(lengths) + NP.min(lengths))[:, None]",
        ),
    },
    "5.5": {
        "backward states not put back": (f"    backward = {PUT_BACK}\n", ""),
        "backward layer begins in the padding": each(
            [
                (REVERSED, "x.flip(1)\n    backward"),
                (PUT_BACK, "backward.flip(1)"),
            ],
            *2
            * (
                [
                    (REVERSED, "NP.flip(x, axis=1)\n    backward"),
                    (PUT_BACK, "NP.flip(backward, axis=1)"),
                ],
            ),
        ),
        "same weights in both directions": (
            "reversed_x, w_ih_back, w_hh_back, b_back",
            "reversed_x, w_ih, w_hh, b",
        ),
        "directions swapped": ("[forward, backward]", "[backward, forward]"),
        "outputs past the end not 0": (
            "NP.where(mask, outputs, 0.0)",
            "outputs",
        ),
    },
    "5.6": {
        "loss over padding": each(
            ("targets, ignore_index=-1", "targets.clamp(min=0)"),
            *2 * (("targets >= 0", "targets >= -1"),),
        ),
        "divided by all steps": each(
            (
                TORCH_LOSS,
                'F.cross_entropy(logits.mT, targets, reduction="sum", '
                "ignore_index=-1) / targets.numel()",
            ),
            (KERAS_MEAN, "ops.mean(losses * mask)"),
            (JAX_MEAN, "jnp.mean(losses * mask)"),
        ),
        "softmax over the wrong axis": each(
            (
                TORCH_LOSS,
                "F.nll_loss(logits.log_softmax(dim=1).mT, targets, "
                "ignore_index=-1)",
            ),
            (
                KERAS_LOSS,
                "-ops.take_along_axis(ops.log_softmax(logits, axis=1), "
                "ops.maximum(targets, 0)[:, :, None], axis=2)[:, :, 0]",
            ),
            (
                JAX_LOSS,
                "-jnp.take_along_axis(jax.nn.log_softmax(logits, axis=1), "
                "jnp.maximum(targets, 0)[:, :, None], axis=2)[:, :, 0]",
            ),
        ),
        "mean of the sentences' means": each(
            (
                TORCH_LOSS,
                "torch.stack([F.cross_entropy(a, y, ignore_index=-1) "
                "for a, y in zip(logits, targets)]).mean()",
            ),
            (
                KERAS_MEAN,
                "ops.mean(ops.sum(losses * mask, axis=1) "
                "/ ops.sum(mask, axis=1))",
            ),
            (JAX_MEAN, "jnp.mean(jnp.mean(losses, axis=1, where=mask))"),
        ),
        "tag 0 taken for padding": each(
            ("targets, ignore", "targets.where(targets > 0, -1), ignore"),
            *2 * (("targets >= 0", "targets > 0"),),
        ),
    },
}
