"""The packages, configured for a test."""

import importlib

PACKAGES = ("pytorch_impl", "keras_impl", "jax_impl")


def configured(package, precision):
    """The package on one CPU thread in this precision."""
    implementation = importlib.import_module(package)
    implementation.configure("cpu", 1, precision, 0)
    return implementation


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
