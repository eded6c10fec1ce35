"""Keras on JAX."""

import os

os.environ["KERAS_BACKEND"] = "jax"

import jax
import keras

from comparisons.vectors.adapters.keras import _layers

jax.config.update("jax_enable_x64", True)
NAME, PRECISIONS = "Keras on JAX", ("float32", "float64", "bfloat16")
"""Keras makes products of float64 arrays in float32 on this backend."""


def versions():
    return {"keras": keras.__version__, "jax": jax.__version__}


def run(case):
    """Outputs and gradients of a case."""
    return _layers.run(case, differentiate)


def differentiate(loss, tensors, variables):
    @jax.jit
    def gradients(tensors, values):
        def of_values(tensors, values):
            mapping = list(zip(variables, values))
            with keras.StatelessScope(state_mapping=mapping):
                return loss(tensors)

        both = jax.grad(of_values, argnums=(0, 1), has_aux=True)
        return both(tensors, values)

    values = [one.value for one in variables]
    (d_tensors, d_values), outputs = gradients(tensors, values)
    return outputs, d_tensors, d_values
