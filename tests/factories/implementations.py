"""The packages, configured for a test."""

import importlib
from functools import cache

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")


def configured(package, precision):
    """The package on one CPU thread in this precision."""
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, precision, 0)
    if package == "keras_impl":
        leave_graphs()
    return implementation


@cache
def leave_graphs():
    """Let TensorFlow run graphs as they are traced, once or twice each.

    To optimize them takes longer, and does not change what they compute.
    """
    optimizer = importlib.import_module("tensorflow").config.optimizer
    optimizer.set_experimental_options({"disable_meta_optimizer": True})


def forget_compiled(package):
    """Drop compiled and built functions, which a planted error misses."""
    for file in ("models", "training", "tbptt", "generation", "decoding"):
        module = importlib.import_module(f"{package}.{file}")
        for item in vars(module).values():
            item = getattr(item, "jitted_fn", item)  # what nnx.jit wraps
            for name in ("cache_clear", "clear_cache"):
                getattr(item, name, int)()


def tensor(package, a):
    if package == "pytorch_impl":
        return importlib.import_module("torch").from_numpy(a)
    return importlib.import_module(f"{package}.device").to_device(a)
