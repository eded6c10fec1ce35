"""The models by name."""

from functools import partial

import jax
import jax.numpy as jnp
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
from jax_impl.weights import load_weights
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


def build_model(spec: ModelSpec, weights: Weights | None = None) -> nnx.Module:
    """A model with canonical weights, else those that the framework draws."""
    seed = CURRENT["seed"]
    rngs = nnx.Rngs(params=seed, dropout=seed)
    model = create(spec, CURRENT["dtype"], weights is None, rngs)
    if weights is not None:
        load_weights(model, weights)
    return model


# Without it each weight would be drawn by a program of its own, compiled anew.
@partial(nnx.jit, static_argnums=(0, 1, 2))
def create(
    spec: ModelSpec, dtype: type, drawn: bool, rngs: nnx.Rngs
) -> nnx.Module:
    """A model of one program; its weights, of one type, are drawn or zeros."""
    model = MODELS[spec.model](spec, rngs)
    params = nnx.state(model, nnx.Param)
    # XLA removes draws that nothing reads, which take the longest to compile.
    start = jnp.asarray if drawn else jnp.zeros_like
    # Layers compute in the type of their weights and inputs.
    params = jax.tree.map(lambda p: start(p).astype(dtype), params)
    nnx.update(model, params)
    return model
