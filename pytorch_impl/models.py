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
    "video_model": VideoModel,
}


def build_model(spec: ModelSpec) -> nn.Module:
    """A model on the configured device, as the framework initializes it."""
    return MODELS[spec.model](spec).to(CURRENT["device"])
