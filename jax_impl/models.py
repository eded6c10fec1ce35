"""The models by name."""

from flax import nnx

from jax_impl.classifier import Classifier
from jax_impl.device import CURRENT
from jax_impl.forecaster import Forecaster
from shared.specs import ModelSpec

MODELS = {"forecaster": Forecaster, "classifier": Classifier}


def build_model(spec: ModelSpec) -> nnx.Module:
    """A model on the configured device, with the framework's own values."""
    return MODELS[spec.model](spec, nnx.Rngs(CURRENT["seed"]))
