"""Convolutions that make a vector of each frame of a video."""

from keras import layers, ops

from shared.specs import ModelSpec
from shared.specs.video import KERNEL, PADDING, convolutions


class FrameEncoder(layers.Layer):
    """Frames to what they show, and where: (B, T, D) -> (B, T, E)."""

    def __init__(self, spec: ModelSpec):
        super().__init__(name="input")
        self.side = spec.frame_side
        # Not padding="same", which at stride 2 has more zeros at the end.
        self.pad = layers.ZeroPadding2D(PADDING)
        self.conv = [
            layers.Conv2D(
                outputs, KERNEL, stride, activation="relu", name=f"conv_{n}"
            )
            for n, (_, outputs, stride) in enumerate(
                convolutions(spec.conv_channels)
            )
        ]

    def call(self, x):
        """Maxima of the last maps, and of the first at each place."""
        batch, time = ops.shape(x)[:2]
        frames = ops.reshape(x, (-1, self.side, self.side, 1))  # (B·T, h, w, 1)
        first, *others = self.conv
        maps = nearest = first(self.pad(frames))
        for conv in others:
            maps = conv(self.pad(maps))  # (B·T, h', w', C)
        what = ops.max(maps, axis=(1, 2))  # (B·T, C)
        where = ops.max(nearest, axis=3)  # (B·T, h', w')
        places = where.shape[1] * where.shape[2]
        where = ops.reshape(where, (-1, places))
        vectors = ops.concatenate([what, where], axis=1)
        return ops.reshape(vectors, (batch, time, vectors.shape[1]))
