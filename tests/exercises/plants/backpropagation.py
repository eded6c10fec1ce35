"""Chapter 2."""

from . import each

PLANTS = {
    "2.1": {
        "derivative of tanh missing": ("d_new * (1 - new**2)", "d_new"),
        "derivative of tanh with h' in place of its square": ("new**2", "new"),
        "derivative at the state before": ("new**2", "h**2"),
        "recurrent matrix not transposed": each(
            ("w_hh.T", "w_hh"),
            ("ops.transpose(w_hh)", "w_hh"),
            ("w_hh.T", "w_hh"),
        ),
        "bias gradient averaged": each(
            ("d_a.sum(", "d_a.mean("),
            ("ops.sum(", "ops.mean("),
            ("d_a.sum(", "d_a.mean("),
        ),
        "new state in the gradient of U": each(
            ("h.T @ d_a", "new.T @ d_a"),
            ("ops.transpose(h)", "ops.transpose(new)"),
            ("h.T @ d_a", "new.T @ d_a"),
        ),
    },
    "2.2": {
        "spectral norm in place of radius": each(
            (
                "eigenvalues.abs().max()",
                "torch.linalg.matrix_norm(w_hh, 2)",
            ),
            (
                "ops.max(ops.abs(eigenvalues))",
                "ops.max(ops.svd(w_hh, compute_uv=False))",
            ),
            ("jnp.abs(eigenvalues).max()", "jnp.linalg.norm(w_hh, 2)"),
        ),
        "real parts alone": each(
            ("eigenvalues.abs()", "eigenvalues.real.abs()"),
            ("ops.abs(eigenvalues)", "ops.abs(ops.real(eigenvalues))"),
            ("jnp.abs(eigenvalues)", "jnp.abs(eigenvalues.real)"),
        ),
        "radius of the matrix ignored": each(
            (" / eigenvalues.abs().max()", ""),
            (" / ops.max(ops.abs(eigenvalues))", ""),
            (" / jnp.abs(eigenvalues).max()", ""),
        ),
        "multiplied by its radius": (" / ", " * "),
    },
    "2.3": {
        "each tensor clipped by its own norm": each(
            (
                "scale * g",
                "(max_norm / g.norm()).clamp(max=1.0) * g",
            ),
            (
                "scale * g",
                "ops.minimum(1.0, max_norm / ops.sqrt(ops.sum(g**2))) * g",
            ),
            (
                "scale * g",
                "jnp.minimum(1.0, max_norm / jnp.linalg.norm(g)) * g",
            ),
        ),
        "small gradients enlarged": each(
            (".clamp(max=1.0)", ""),
            *2 * (("NP.minimum(1.0, max_norm / norm)", "max_norm / norm"),),
        ),
        "clipped by value": ("scale * g", "NP.clip(g, -max_norm, max_norm)"),
        "root missing": ("max_norm / norm)", "max_norm / norm**2)"),
    },
    "2.4": {
        "loss of all states": each(
            [
                ("    for t", "    total = 0.0\n    for t"),
                (" + b)", " + b)\n        total = total + h.sum()"),
                ("grad(h.sum(),", "grad(total,"),
            ],
            [
                ("        for t", "        total = 0.0\n        for t"),
                (" + b)", " + b)\n            total = total + ops.sum(h)"),
                ("loss = ops.sum(h)", "loss = total"),
            ],
            [
                ("        for t", "        total = 0.0\n        for t"),
                (" + b)", " + b)\n            total = total + h.sum()"),
                ("return h.sum()", "return total"),
            ],
        ),
        "state detached": each(
            ("h @ w_hh", "h.detach() @ w_hh"),
            ("h @ w_hh", "ops.stop_gradient(h) @ w_hh"),
            ("h @ w_hh", "jax.lax.stop_gradient(h) @ w_hh"),
        ),
        "squared norm": each(
            ("d_x.norm(dim=2)", "(d_x**2).sum(dim=2)"),
            ("ops.norm(d_x, axis=2)", "ops.sum(d_x**2, axis=2)"),
            ("jnp.linalg.norm(d_x, axis=2)", "jnp.sum(d_x**2, axis=2)"),
        ),
        "mean of the units": each(
            ("h.sum()", "h.mean(dim=1).sum()"),
            ("ops.sum(h)", "ops.sum(ops.mean(h, axis=1))"),
            ("h.sum()", "h.mean(axis=1).sum()"),
        ),
        "mean over the batch": each(
            ("h.sum()", "h.sum(dim=1).mean()"),
            ("ops.sum(h)", "ops.mean(ops.sum(h, axis=1))"),
            ("h.sum()", "h.sum(axis=1).mean()"),
        ),
    },
}
