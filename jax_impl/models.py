"""The models by name."""

from functools import partial

from flax import nnx

from jax_impl.autoencoder import Autoencoder
from jax_impl.classifier import Classifier
from jax_impl.device import CURRENT
from jax_impl.forecaster import Forecaster
from jax_impl.language_model import LanguageModel
from jax_impl.seq2seq import Seq2seq
from jax_impl.tagger import Tagger
from shared.specs import ModelSpec

MODELS = {
    "forecaster": Forecaster,
    "classifier": Classifier,
    "tagger": Tagger,
    "language_model": LanguageModel,
    "frame_model": LanguageModel,
    "seq2seq": Seq2seq,
    "autoencoder": Autoencoder,
}


def build_model(spec: ModelSpec) -> nnx.Module:
    """A model on the configured device, with the framework's own values."""
    return create(spec, nnx.Rngs(CURRENT["seed"]))


@partial(nnx.jit, static_argnums=0)
def create(spec: ModelSpec, rngs: nnx.Rngs) -> nnx.Module:
    """A model drawn in one compiled program, not in many small ones."""
    return MODELS[spec.model](spec, rngs)
