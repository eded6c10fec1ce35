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
from keras_impl.video_model import VideoModel
from keras_impl.weights import load_weights
from shared.specs import ModelSpec, Weights

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
    "video_model": VideoModel,
}


# A subclassed Keras model has no weights before its first call.
INDICES = {"tagger": (1, 1, 3), "seq2seq": (1, 2, 2)}
"""Shape of one step of one example, or of two to attend to; others (1, 1)."""


def build_model(spec: ModelSpec, weights: Weights | None = None) -> keras.Model:
    """A model with canonical weights, else those that the framework draws."""
    x = np.zeros(INDICES.get(spec.model, (1, 1)), "int32")
    if spec.input == "values":
        x = np.zeros((1, 1, spec.input_size), "float32")
    with keras.device(CURRENT["device"]):
        model = MODELS[spec.model](spec)
        model({"x": x})  # a subclassed model has no weights before a call
    if weights is not None:
        load_weights(model, weights)
    return model
