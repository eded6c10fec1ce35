"""Chapter 6."""

from . import each

TORCH_LOSS = "F.cross_entropy(logits.mT, targets)"
UNREDUCED = 'F.cross_entropy(logits.mT, targets, reduction="none")'
KERAS_LOSS = """\
keras.losses.sparse_categorical_crossentropy(
        targets, logits, from_logits=True
    )"""
JAX_LOSS = """\
optax.softmax_cross_entropy_with_integer_labels(
        logits, targets
    )"""
MEAN = "loss = NP.mean(losses)"
SHIFTED = "tokens[:, :-1], tokens[:, 1:]"
KERAS_TOP = "ops.softmax(ops.where(logits < least, INF, logits), axis=1)"
JAX_TOP = "jax.nn.softmax(jnp.where(logits < least, -jnp.inf, logits), axis=1)"
LEAST = [
    ("least = top", "least = -top"),
    ("logits < least", "logits > least"),
]
TORCH_READ = "torch.tanh(table[prompt[:, -1]] @ w_ih"
KERAS_READ = "ops.tanh(embedded[:, -1] @ w_ih"
KERAS_TAPE = """\
with tf.GradientTape() as tape:  # a new one knows no earlier step
            tape.watch(w_hh)
"""
ONE_TAPE = """\
    gradients = []
    tape = tf.GradientTape(persistent=True)
    tape.__enter__()
    tape.watch(w_hh)
"""
FROM_THE_START = """\

    def window_loss(w_hh: Array, start: int) -> tuple[Array, Array]:
        h = jnp.zeros((x.shape[0], w_hh.shape[0]))
        for t in range(start):
            h = jnp.tanh(x[:, t] @ w_ih + h @ w_hh + b)
        return loss(w_hh, h, start)

    gradients = []
"""

PLANTS = {
    "6.1": {
        "targets not shifted": ("tokens[:, 1:]", "tokens[:, :-1]"),
        "inputs and targets exchanged": (
            SHIFTED,
            "tokens[:, 1:], tokens[:, :-1]",
        ),
        "wrapped around": each(
            (SHIFTED, "tokens, tokens.roll(-1, dims=1)"),
            *2 * ((SHIFTED, "tokens, NP.roll(tokens, -1, axis=1)"),),
        ),
    },
    "6.2": {
        "2 to the mean": ("NP.exp(loss)", "2**loss"),
        "mean of perplexities": each(
            (TORCH_LOSS, f"{UNREDUCED}.exp().mean().log()"),
            *2 * ((MEAN, "loss = NP.log(NP.mean(NP.exp(losses)))"),),
        ),
        "softmax over the wrong axis": each(
            (
                TORCH_LOSS,
                "F.nll_loss(logits.log_softmax(dim=1).mT, targets)",
            ),
            (
                KERAS_LOSS,
                "-ops.take_along_axis(ops.log_softmax(logits, axis=1), "
                "targets[:, :, None], axis=2)",
            ),
            (
                JAX_LOSS,
                "-jnp.take_along_axis(jax.nn.log_softmax(logits, axis=1), "
                "targets[:, :, None], axis=2)",
            ),
        ),
        "mean loss returned": ("NP.exp(loss)", "loss"),
        "perplexity of each sequence averaged": each(
            (TORCH_LOSS, f"{UNREDUCED}.mean(dim=1).exp().mean().log()"),
            *2
            * (
                (
                    MEAN,
                    "loss = NP.log(NP.mean(NP.exp(NP.mean(losses, axis=1))))",
                ),
            ),
        ),
    },
    "6.3": {
        "temperature after softmax": (
            "SOFTMAX(logits / temperature, AXIS=1)",
            "SOFTMAX(logits, AXIS=1) / temperature",
        ),
        "temperature without effect": (" / temperature", ""),
        "multiplied by the temperature": (" / temp", " * temp"),
        "softmax over the wrong axis": ("AXIS=1", "AXIS=0"),
    },
    "6.4": {
        "one token too many": each(
            ("topk(logits, k,", "topk(logits, k + 1,"),
            ("top_k(logits, k)", "top_k(logits, k + 1)"),
            ("top_k(logits, k)", "top_k(logits, k + 1)"),
        ),
        "least probable tokens": each(
            [("topk(logits", "topk(-logits"), *LEAST],
            [("top_k(logits", "top_k(-logits"), *LEAST],
            [("top_k(logits", "top_k(-logits"), *LEAST],
        ),
        "not normalized": each(
            (
                "torch.softmax(logits.masked_fill(logits < least, -torch.inf), "
                "dim=1)",
                "logits.softmax(dim=1).masked_fill(logits < least, 0.0)",
            ),
            (KERAS_TOP, "ops.where(logits < least, 0.0, ops.softmax(logits))"),
            (
                JAX_TOP,
                "jnp.where(logits < least, 0.0, jax.nn.softmax(logits))",
            ),
        ),
        "other logits set to 0": ("INF", "0.0"),
    },
    "6.5": {
        "nucleus a token short": ("before < p", "before + ranked < p"),
        "not normalized": each(
            (" / probs.sum(dim=1, keepdim=True)", ""),
            (" / ops.sum(probs, axis=1, keepdims=True)", ""),
            (" / probs.sum(axis=1, keepdims=True)", ""),
        ),
        "ranked from the least probable token on": each(
            ("descending=True", "descending=False"),
            *2 * (("argsort(-logits", "argsort(logits"),),
        ),
        "order not restored": each(
            ("torch.zeros_like(logits).scatter(1, order, ranked)", "ranked"),
            *2 * (("NP.take_along_axis(ranked, places, axis=1)", "ranked"),),
        ),
    },
    "6.6": {
        "state of the prompt lost": each(
            ("generated = []", f"generated, h = [], {TORCH_READ} + b)"),
            ("generated = []", f"generated, h = [], {KERAS_READ} + b)"),
            ("(read, h, prompt.T)", "(read, h, prompt.T[-1:])"),
        ),
        "token not fed back": each(
            ("table[tokens]", "table[prompt[:, -1]]"),
            ("ops.take(table, tokens, axis=0)", "embedded[:, -1]"),
            ("= read(h, tokens)", "= read(h, prompt[:, -1])"),
        ),
        "last token of the prompt read twice": each(
            (
                "generated = []",
                f"generated, h = [], {TORCH_READ} + h @ w_hh + b)",
            ),
            (
                "generated = []",
                f"generated, h = [], {KERAS_READ} + h @ w_hh + b)",
            ),
            (
                "(read, h, prompt.T)",
                "(read, h, jnp.concatenate([prompt.T, prompt.T[-1:]]))",
            ),
        ),
        "least probable token": ("argmax", "argmin"),
        "state not passed on": each(
            (
                "table[tokens] @ w_ih + h @ w_hh",
                "table[tokens] @ w_ih",
            ),
            (
                "tokens, axis=0) @ w_ih + h @ w_hh",
                "tokens, axis=0) @ w_ih",
            ),
            ("= read(h, tokens)", "= read(0 * h, tokens)"),
        ),
    },
    "6.7": {
        "state not detached": each(
            ("h = h.detach()", "h = h"),
            [("    gradients = []\n", ONE_TAPE), (KERAS_TAPE, "if True:\n")],
            [
                ("    gradients = []\n", FROM_THE_START),
                (
                    "jax.grad(loss, has_aux=True)(w_hh, h, start)",
                    "jax.grad(window_loss, has_aux=True)(w_hh, start)",
                ),
            ],
        ),
        "state reset": each(
            ("h = h.detach()", "h = torch.zeros_like(h)"),
            (
                "        with tf.",
                "        h = ops.zeros_like(h)\n        with tf.",
            ),
            ("(w_hh, h, start)\n", "(w_hh, 0 * h, start)\n"),
        ),
        "sum over the steps": each(
            ("loss = F.mse", "loss = window * F.mse"),
            ("loss = ops.mean", "loss = window * ops.mean"),
            ("return jnp.mean", "return window * jnp.mean"),
        ),
        "last step of a window alone": each(
            (
                "F.mse_loss(torch.stack(states, dim=1), targets)",
                "F.mse_loss(h, targets[:, -1])",
            ),
            *2
            * (
                (
                    "(NP.stack(states, axis=1) - targets)",
                    "(h - targets[:, -1])",
                ),
            ),
        ),
        "gradients accumulated": (
            "return NP.stack(gradients)",
            "return NP.cumsum(NP.stack(gradients), AXIS=0)",
        ),
    },
}
