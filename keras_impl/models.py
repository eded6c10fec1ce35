"""The models by name."""

import keras
import numpy as np

from keras_impl.autoencoder import Autoencoder
from keras_impl.classifier import Classifier
from keras_impl.device import CURRENT
from keras_impl.forecaster import Forecaster
from keras_impl.language_model import LanguageModel
from keras_impl.seq2seq import Seq2seq
from keras_impl.speech_recognizer import SpeechRecognizer
from keras_impl.tagger import Tagger
from shared.specs import ModelSpec

MODELS = {
    "forecaster": Forecaster,
    "classifier": Classifier,
    "tagger": Tagger,
    "language_model": LanguageModel,
    "frame_model": LanguageModel,
    "sequence_forecaster": LanguageModel,
    "seq2seq": Seq2seq,
    "autoencoder": Autoencoder,
    "speech_recognizer": SpeechRecognizer,
}


def build_model(spec: ModelSpec) -> keras.Model:
    """A model on the configured device, as the framework initializes it."""
    x = EXAMPLES[spec.model](spec)
    with keras.device(CURRENT["device"]):
        model = MODELS[spec.model](spec)
        model({"x": x})  # a subclassed model has no weights before a call
    return model


# A subclassed Keras model has no weights before its first call.
ONE_STEP = {
    True: lambda spec: np.zeros((1, 1, spec.input_size), "float32"),
    False: lambda spec: np.zeros((1, 1), "int32"),
}
"""Whether values are read -> one step of one example."""

EXAMPLES = {
    "forecaster": ONE_STEP[True],
    "classifier": lambda spec: ONE_STEP[spec.input == "values"](spec),
    "tagger": lambda spec: np.zeros((1, 1, 3), "int32"),
    "language_model": ONE_STEP[False],
    "frame_model": ONE_STEP[True],
    "sequence_forecaster": ONE_STEP[True],
    "seq2seq": lambda spec: np.zeros((1, 2, 2), "int32"),
    "autoencoder": ONE_STEP[True],
    "speech_recognizer": ONE_STEP[True],
}
"""An input of each model: a step of one example, or two to attend to."""
