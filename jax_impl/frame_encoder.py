"""Convolutions that make a vector of each frame of a video."""

import jax.numpy as jnp
from flax import nnx
from jax import Array

from jax_impl.device import CURRENT
from shared.specs import ModelSpec
from shared.specs.video import KERNEL, PADDING, convolutions


class FrameEncoder(nnx.Module):
    """Frames to what they show, and where: (B, T, D) -> (B, T, E)."""

    def __init__(self, spec: ModelSpec, rngs: nnx.Rngs):
        self.side = spec.frame_side
        # Not padding="SAME", which at stride 2 has more zeros at the end.
        self.conv = nnx.List(
            nnx.Conv(
                *(inputs, outputs, (KERNEL, KERNEL), stride),
                padding=PADDING,
                rngs=rngs,
            )
            for inputs, outputs, stride in convolutions(spec.conv_channels)
        )

    def __call__(self, x: Array) -> Array:
        """Maxima of the last maps, and of the first at each place."""
        frames = jnp.asarray(x, CURRENT["dtype"])
        frames = frames.reshape(-1, self.side, self.side, 1)  # (B·T, h, w, 1)
        first, *others = self.conv
        maps = nearest = nnx.relu(first(frames))
        for conv in others:
            maps = nnx.relu(conv(maps))  # (B·T, h', w', C)
        what = maps.max(axis=(1, 2))  # (B·T, C)
        where = nearest.max(axis=3).reshape(len(what), -1)  # (B·T, h'·w')
        vectors = jnp.concatenate([what, where], axis=1)
        return vectors.reshape(*x.shape[:2], -1)
