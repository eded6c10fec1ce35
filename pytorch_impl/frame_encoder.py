"""Convolutions that make a vector of each frame of a video."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from shared.specs import ModelSpec
from shared.specs.video import KERNEL, PADDING, convolutions


class FrameEncoder(nn.Module):
    """Frames to what they show, and where: (B, T, D) -> (B, T, E)."""

    def __init__(self, spec: ModelSpec):
        super().__init__()
        self.side = spec.frame_side
        self.conv = nn.ModuleList(
            nn.Conv2d(inputs, outputs, KERNEL, stride, PADDING)
            for inputs, outputs, stride in convolutions(spec.conv_channels)
        )

    def forward(self, x: Tensor) -> Tensor:
        """Maxima of the last maps, and of the first at each place."""
        frames = x.reshape(-1, 1, self.side, self.side)  # (B·T, 1, h, w)
        first, *others = self.conv
        maps = nearest = F.relu(first(frames))
        for conv in others:
            maps = F.relu(conv(maps))  # (B·T, C, h', w')
        what = maps.amax(dim=(2, 3))  # (B·T, C)
        where = nearest.amax(dim=1).flatten(1)  # (B·T, h'·w')
        vectors = torch.cat([what, where], dim=1)
        return vectors.unflatten(0, x.shape[:2])
