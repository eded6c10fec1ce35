"""The models by name."""

from torch import nn

from pytorch_impl.autoencoder import Autoencoder
from pytorch_impl.classifier import Classifier
from pytorch_impl.device import CURRENT
from pytorch_impl.forecaster import Forecaster
from pytorch_impl.language_model import LanguageModel
from pytorch_impl.seq2seq import Seq2seq
from pytorch_impl.speech_recognizer import SpeechRecognizer
from pytorch_impl.tagger import Tagger
from pytorch_impl.video_model import VideoModel
from pytorch_impl.weights import load_weights
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


def build_model(spec: ModelSpec, weights: Weights | None = None) -> nn.Module:
    """A model with canonical weights, else those that the framework draws."""
    model = MODELS[spec.model](spec).to(CURRENT["device"])
    if weights is not None:
        load_weights(model, weights)
    return model
