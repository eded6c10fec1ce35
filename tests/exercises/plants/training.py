"""Chapter 9."""

from . import each

TORCH_CLIP = """\
    clip_grad_norm_(weights, max_norm)  # after backward, before the step
"""
KERAS_CLIP = "gradients, _ = tf.clip_by_global_norm(gradients, max_norm)"
JAX_CHAIN = "optax.chain(optax.clip_by_global_norm(max_norm), optax.sgd(lr))"
KERAS_STEP = "tuple(w - lr * g for w, g in zip(weights, gradients))"
JAX_STEP = "return optax.apply_updates(weights, updates)"
STEP = "            optimizer.step()\n"
SCHEDULE = "        scheduler.step()\n"
APPLY = "            optimizer.apply(gradients, weights)\n"

PLANTS = {
    "9.1": {
        "not scaled": ("x / (1 - rate)", "x"),
        "divided by the rate": ("x / (1 - rate)", "x / rate"),
        "rate taken for the share that remains": (
            "uniforms >= rate, x / (1 - rate)",
            "uniforms < rate, x / rate",
        ),
        "dropout at evaluation": ("if not training:", "if False:"),
    },
    "9.2": {
        "patience one epoch too long": (">= patience", "> patience"),
        "last epoch in place of the best one": (
            "return best, epoch",
            "return epoch, epoch",
        ),
        "compared with the epoch before": (
            "losses[best]",
            "losses[max(epoch - 1, 0)]",
        ),
        "largest loss": ("loss < losses", "loss > losses"),
    },
    "9.3": {
        "bias correction missing": [
            (" / (1 - 0.9**t)", ""),
            (" / (1 - 0.999**t)", ""),
        ],
        "epsilon inside the root": (
            "(NP.sqrt(v_hat) + epsilon)",
            "NP.sqrt(v_hat + epsilon)",
        ),
        "gradient not squared in v": ("g**2", "NP.abs(g)"),
        "means corrected in place": ("), m, v", "), m_hat, v_hat"),
        "step counted from 0": [
            ("0.9**t", "0.9 ** (t - 1)"),
            ("0.999**t", "0.999 ** (t - 1)"),
        ],
        "gradient ascent": ("w - lr", "w + lr"),
    },
    "9.4": {
        "clipped before backward": each(
            [
                (TORCH_CLIP, ""),
                (
                    "    loss.backward()",
                    "    clip_grad_norm_(weights, max_norm)\n"
                    "    loss.backward()",
                ),
            ],
            # There are no gradients before: the clipped ones are not used.
            (KERAS_CLIP, "tf.clip_by_global_norm(gradients, max_norm)"),
            (JAX_CHAIN, "optax.sgd(lr)"),
        ),
        "each tensor clipped by its own norm": each(
            (
                "clip_grad_norm_(weights, max_norm)",
                "[clip_grad_norm_(w, max_norm) for w in weights]",
            ),
            (
                KERAS_CLIP,
                "gradients = [tf.clip_by_norm(g, max_norm) for g in gradients]",
            ),
            [
                (JAX_CHAIN, "optax.sgd(lr)"),
                (
                    "    updates, _",
                    "    gradients = [\n"
                    "        g * jnp.minimum(1.0, max_norm / "
                    "jnp.linalg.norm(g))\n"
                    "        for g in gradients\n"
                    "    ]\n"
                    "    gradients = tuple(gradients)\n"
                    "    updates, _",
                ),
            ],
        ),
        "gradient ascent": each(
            ("loss = F", "loss = -F"),
            ("w - lr", "w + lr"),
            ("optax.sgd(lr)", "optax.sgd(-lr)"),
        ),
        "head not trained": each(
            ("return tuple(weights)", "return (*weights[:3], w_out)"),
            (KERAS_STEP, f"(*{KERAS_STEP}[:3], w_out)"),
            (
                JAX_STEP,
                "return (*optax.apply_updates(weights, updates)[:3], w_out)",
            ),
        ),
        "weights clipped": each(
            [
                (TORCH_CLIP, ""),
                (
                    "return tuple(weights)",
                    "norm = torch.sqrt(sum((w**2).sum() for w in weights))\n"
                    "    return tuple(w * min(1.0, max_norm / norm) "
                    "for w in weights)",
                ),
            ],
            [
                (f"    {KERAS_CLIP}\n", ""),
                (
                    KERAS_STEP,
                    f"tuple(tf.clip_by_global_norm({KERAS_STEP}, max_norm)[0])",
                ),
            ],
            [
                (JAX_CHAIN, "optax.sgd(lr)"),
                (
                    JAX_STEP,
                    "weights = optax.apply_updates(weights, updates)\n"
                    "    norm = optax.global_norm(weights)\n"
                    "    return tuple(w * jnp.minimum(1.0, max_norm / norm) "
                    "for w in weights)",
                ),
            ],
        ),
    },
    "9.5": {
        "gradients not reset": each(
            ("            optimizer.zero_grad()\n", ""),
            [
                ("means = []", "means, total = [], [0.0] * 4"),
                (
                    APPLY,
                    "            total = [a + g for a, g in "
                    "zip(total, gradients)]\n"
                    "            optimizer.apply(total, weights)\n",
                ),
            ],
            [
                ("means = []", "means, total = [], [0.0] * 4"),
                (
                    "            updates,",
                    "            total = tuple(a + g for a, g in "
                    "zip(total, gradients))\n"
                    "            updates,",
                ),
                ("update(gradients,", "update(total,"),
            ],
        ),
        "rate decays at each step": each(
            [(SCHEDULE, ""), (STEP, f"{STEP}    {SCHEDULE}")],
            [
                ("        optimizer.learning_rate = lr * decay**epoch\n", ""),
                (
                    APPLY,
                    f"{APPLY}            optimizer.learning_rate = "
                    "optimizer.learning_rate * decay\n",
                ),
            ],
            ("(lr, steps, decay, staircase=True)", "(lr, 1, decay)"),
        ),
        "no decay": each(
            (SCHEDULE, ""),
            (" * decay**epoch", ""),
            ("optax.sgd(schedule)", "optax.sgd(lr)"),
        ),
        "loss of the last batch": ("sum(losses) / len(losses)", "losses[-1]"),
        "weights not updated": each(
            (STEP, ""),
            (APPLY, ""),
            (
                "            weights = optax.apply_updates(weights, updates)\n",
                "",
            ),
        ),
        "rate decays before the first epoch": each(
            [
                (SCHEDULE, ""),
                ("        losses = []\n", f"{SCHEDULE}        losses = []\n"),
            ],
            ("decay**epoch", "decay ** (epoch + 1)"),
            ("decay(lr,", "decay(lr * decay,"),
        ),
    },
}
