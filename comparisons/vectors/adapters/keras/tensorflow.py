"""Keras on TensorFlow."""

import os

os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import tensorflow as tf

from comparisons.vectors.adapters.keras import _layers

NAME, PRECISIONS = "Keras on TensorFlow", _layers.PRECISIONS


def versions():
    return {"keras": keras.__version__, "tensorflow": tf.__version__}


def run(case):
    """Outputs and gradients of a case."""
    return _layers.run(case, differentiate)


def differentiate(loss, tensors, variables):
    with tf.GradientTape() as tape:
        tape.watch(list(tensors.values()))
        value, outputs = loss(tensors)
    own = [one.value for one in variables]
    zero = tf.UnconnectedGradients.ZERO
    found = tape.gradient(value, (tensors, own), unconnected_gradients=zero)
    return outputs, *found
