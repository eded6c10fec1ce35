# %% pytorch
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pack_padded_sequence

torch.manual_seed(0)
x = torch.randn(2, 5, 3)  # (B, T, D)
lengths = torch.tensor([5, 3])

# %% keras
import keras
from keras import layers, losses, ops

keras.utils.set_random_seed(0)
x = keras.random.normal((2, 5, 3))  # (B, T, D)
lengths = ops.array([5, 3])

# %% jax
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx

rngs = nnx.Rngs(0)
x = jax.random.normal(rngs.params(), (2, 5, 3))  # (B, T, D)
lengths = jnp.array([5, 3])
