"""Idioms of compiling and running a model."""

from comparisons.reader.line_idioms.idiom import LineIdiom

EXECUTION = (
    LineIdiom(
        "Compilation",
        r"model\.compile\(",
        r"predict_on_batch\(",
        r"@(partial\()?(nnx|jax)\.jit|jax\.jit\(",
        "JAX compiles a function by jit, anew for each shape and static "
        "argument, and Keras what a model does to a batch; PyTorch runs "
        "operations as they come unless it is set to compile.",
        "training.py",
    ),
    LineIdiom(
        "Cached modules",
        "",
        "",
        r"nnx\.cached_partial\(",
        "nnx.jit traverses modules in Python at each call; cached_partial "
        "does so once.",
    ),
    LineIdiom(
        "Without gradients",
        r"torch\.(inference_mode|no_grad)\(",
        "",
        "",
        "PyTorch records operations for the backward pass unless this mode "
        "is on; JAX and Keras record nothing outside of training.",
    ),
    LineIdiom(
        "Prediction",
        r"model\.eval\(\)",
        r"predict_on_batch\(",
        r"model\.eval\(\)",
        "eval() switches dropout off in PyTorch and Flax; Keras' "
        "predict_on_batch does so and compiles the call.",
    ),
    LineIdiom(
        "A compiled function",
        "",
        r"\bcompiled\(",
        r"\bcached_partial\(",
        "Keras compiles calls of a model alone, so a function is wrapped in "
        "one; JAX compiles any function by nnx.jit.",
    ),
    LineIdiom(
        "Reading a loss",
        r"loss\.detach\(\)",
        r"np\.mean\(losses",
        r"jax\.device_get\(",
        "A loss is read on the host at the end of an epoch, so that no step "
        "waits for the device; detach() lets PyTorch free the graph.",
    ),
    LineIdiom(
        "Seed of the dropout",
        r"torch\.manual_seed\(",
        r"state\.assign\(|set_random_seed\(",
        r"nnx\.reseed\(",
        "PyTorch draws from a global generator, each Dropout layer of Keras "
        "from its own, and Flax from the module's streams.",
    ),
)
