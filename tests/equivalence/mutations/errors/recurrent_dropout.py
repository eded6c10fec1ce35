"""Recurrent dropout, in the three packages."""

DRAWN = {
    "pytorch_impl": (
        "dropout(h.new_ones(gates, *h.shape))",
        "dropout(h.new_ones(1, *h.shape)).repeat(gates, 1, 1)",
        "dropout(h.new_ones(gates, 1, h.shape[1]))",
        "dropout(h.new_ones(gates, *h.shape)).sign()",
    ),
    "keras_impl": (
        "dropout(ops.stack([ops.ones_like(h)] * gates))",
        "ops.stack([dropout(ops.ones_like(h))] * gates)",
        "dropout(ops.stack([ops.ones_like(h[:1])] * gates))",
        "ops.sign(dropout(ops.stack([ops.ones_like(h)] * gates)))",
    ),
    "jax_impl": (
        "dropout(jnp.ones((gates, *h.shape), h.dtype))",
        "[dropout(jnp.ones(h.shape, h.dtype))] * gates",
        "dropout(jnp.ones((gates, 1, h.shape[1]), h.dtype))",
        "jnp.sign(dropout(jnp.ones((gates, *h.shape), h.dtype)))",
    ),
}
"""Package -> masks as drawn; of all gates; of all sequences; not scaled."""

MEANINGS = (
    "one mask for all gates",
    "one mask for all sequences of a batch",
    "kept units of the state not scaled",
)


def rows(package: str) -> list[tuple]:
    """The errors of one package."""
    file, cells = (
        f"{package}/{name}.py" for name in ("recurrent_dropout", "cells")
    )
    right, *wrongs = DRAWN[package]
    return [
        *(
            (file, "recurrent_masks", right, wrong, meaning)
            for wrong, meaning in zip(wrongs, MEANINGS, strict=True)
        ),
        (
            cells,
            "gru_step",
            "z * h",
            "z * h * (masks[1] if masks else 1)",
            "mask on z h of the GRU",
        ),
        (
            cells,
            "lstm_step",
            "product(h, w_hh, masks)",
            "product(h, w_hh)",
            "no recurrent dropout of the LSTM",
        ),
        (
            cells,
            "mgu_step",
            "masks[1:]",
            "masks[:1]",
            "mask of the MGU's gate on its candidate",
        ),
    ]


EACH_STEP = "[*recurrent[: -1 if masks else None], *[recurrent_masks(\
self.recurrent_dropout, state[0], GATES[self.cell])] * bool(masks)]"

ERRORS = [
    *(row for package in DRAWN for row in rows(package)),
    (
        "pytorch_impl/scratch.py",
        "ScratchLayer.steps",
        "table[self.cell](wx[t], state, *recurrent)",
        f"table[self.cell](wx[t], state, *{EACH_STEP})",
        "masks drawn at each step",
    ),
    (
        "pytorch_impl/scratch.py",
        "ScratchLayer.steps",
        "recurrent_masks(self.recurrent_dropout, state[0], GATES[self.cell])",
        "recurrent_masks(self.recurrent_dropout.train(), state[0], "
        "GATES[self.cell])",
        "recurrent dropout at evaluation",
    ),
    (
        "pytorch_impl/recurrent_dropout.py",
        "recurrent_masks",
        "dropout(h.new_ones(gates, *h.shape))",
        "torch.manual_seed(0) and dropout(h.new_ones(gates, *h.shape))",
        "the same masks in both directions, all layers, and all batches",
    ),
    (
        "jax_impl/recurrent_dropout.py",
        "recurrent_masks",
        "dropout(jnp.ones((gates, *h.shape), h.dtype))",
        "dropout(jnp.ones((gates, *h.shape), h.dtype), rngs=nnx.Rngs(0))",
        "the same masks in both directions, all layers, and all batches",
    ),
    (
        "keras_impl/scratch.py",
        "ScratchLayer.call",
        "training and self.recurrent_dropout.rate",
        "False",
        "no recurrent dropout in training",
    ),
    (
        "shared/specs/scratch.py",
        "_check_recurrent_dropout",
        "TABLE[spec.cell].linear",
        "False",
        "recurrent dropout of a linear cell silently left out",
    ),
    (
        "shared/specs/scratch.py",
        "_check_recurrent_dropout",
        "spec.model == 'seq2seq'",
        "False",
        "recurrent dropout of a decoder with a mask for each step",
    ),
]
