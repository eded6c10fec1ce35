"""The models by name."""

from functools import partial

import jax
from flax import nnx

from jax_impl.autoencoder import Autoencoder
from jax_impl.classifier import Classifier
from jax_impl.device import CURRENT
from jax_impl.forecaster import Forecaster
from jax_impl.language_model import LanguageModel
from jax_impl.seq2seq import Seq2seq
from jax_impl.speech_recognizer import SpeechRecognizer
from jax_impl.tagger import Tagger
from jax_impl.video_model import VideoModel
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


def build_model(spec: ModelSpec) -> nnx.Module:
    """A model on the configured device, as the framework initializes it."""
    seed = CURRENT["seed"]
    rngs = nnx.Rngs(params=seed, dropout=seed)
    return create(spec, CURRENT["dtype"], rngs)


# Without it each weight would be drawn by a program of its own, compiled anew.
@partial(nnx.jit, static_argnums=(0, 1))
def create(spec: ModelSpec, dtype: type, rngs: nnx.Rngs) -> nnx.Module:
    """A model drawn in one compiled program, its weights of one type."""
    model = MODELS[spec.model](spec, rngs)
    params = nnx.state(model, nnx.Param)
    # Layers compute in the type of their weights and inputs.
    nnx.update(model, jax.tree.map(lambda p: p.astype(dtype), params))
    return model
