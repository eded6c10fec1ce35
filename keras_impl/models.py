"""The models by name."""

import keras
import numpy as np

from keras_impl.classifier import Classifier
from keras_impl.device import CURRENT
from keras_impl.forecaster import Forecaster
from shared.specs import ModelSpec

MODELS = {"forecaster": Forecaster, "classifier": Classifier}


def build_model(spec: ModelSpec) -> keras.Model:
    """A model on the configured device, with the framework's own values."""
    x = np.zeros((1, 1), "int32")
    if spec.input == "values":
        x = np.zeros((1, 1, spec.input_size), keras.config.floatx())
    with keras.device(CURRENT["device"]):
        model = MODELS[spec.model](spec)
        model((x, None))  # a subclassed model has no weights before a call
    return model
