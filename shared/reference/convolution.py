"""The encoder of frames in numpy: convolutions, rectified, then maxima."""

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from shared.specs import Array, ModelSpec, Weights
from shared.specs.video import KERNEL, PADDING, convolutions


class Encoded(NamedTuple):
    """What the encoder computes, with what its backward pass needs."""

    vectors: Array  # (B, T, what and where)
    maps: list[Array]  # of the frame, then of each convolution (N, h, w, C)


def encode(spec: ModelSpec, weights: Weights, x: Array) -> Encoded:
    """Frames (B, T, D) -> vectors (B, T, E).

    A vector has the maximum of each map of the last convolution, whatever the
    place, and the maximum at each place of the maps of the first.
    """
    side = spec.frame_side
    maps = [np.asarray(x, np.float64).reshape(-1, side, side, 1)]
    for number, (_, _, stride) in enumerate(convolutions(spec.conv_channels)):
        name = f"conv.{number}."
        sums = conv(maps[-1], weights[name + "kernel"], stride)
        maps.append(np.maximum(sums + weights[name + "bias"], 0.0))
    what = maps[-1].max(axis=(1, 2))  # (N, C)
    where = maps[1].max(axis=3).reshape(len(what), -1)  # (N, h·w)
    vectors = np.concatenate([what, where], axis=1)
    return Encoded(vectors.reshape(*x.shape[:2], -1), maps)


def encode_backward(
    spec: ModelSpec, weights: Weights, done: Encoded, d_vectors: Array
) -> Weights:
    """Gradients by kernels and biases, from those by vectors (B, T, E)."""
    first, last = done.maps[1], done.maps[-1]
    flat = d_vectors.reshape(len(first), -1)
    d_what, d_where = np.split(flat, [last.shape[3]], axis=1)
    d_map = shared_among(last, (1, 2), d_what[:, None, None])
    d_first = shared_among(first, (3,), d_where.reshape(*first.shape[:3], 1))
    gradients: Weights = {}
    strides = [stride for *_, stride in convolutions(spec.conv_channels)]
    for number, stride in reversed(list(enumerate(strides))):
        if number == 0:
            d_map = d_map + d_first
        name, inputs = f"conv.{number}.", done.maps[number]
        d_sums = d_map * (done.maps[number + 1] > 0.0)
        gradients[name + "bias"] = d_sums.sum(axis=(0, 1, 2))
        gradients[name + "kernel"], d_map = conv_backward(
            inputs, weights[name + "kernel"], stride, d_sums
        )
    return gradients


def shared_among(maps: Array, axes: tuple[int, ...], gradient: Array) -> Array:
    """The gradient of a maximum goes to it; ties share it equally."""
    best = maps == maps.max(axis=axes, keepdims=True)
    return gradient * best / best.sum(axis=axes, keepdims=True)


def conv(maps: Array, kernel: Array, stride: int) -> Array:
    """(N, h, w, I), (3, 3, I, O) -> (N, h', w', O), with zeros around.

    A cross-correlation, as deep learning calls a convolution: the kernel is not
    flipped (Goodfellow et al. 2016, eq. 9.6).
    """
    return np.einsum("nhwikl,klio->nhwo", patches(maps, stride), kernel)


def patches(maps: Array, stride: int) -> Array:
    """What each output reads: (N, h, w, I) -> (N, h', w', I, 3, 3)."""
    edge = (PADDING, PADDING)
    padded = np.pad(maps, ((0, 0), edge, edge, (0, 0)))
    windows = sliding_window_view(padded, (KERNEL, KERNEL), axis=(1, 2))
    return windows[:, ::stride, ::stride]


def conv_backward(
    maps: Array, kernel: Array, stride: int, d_sums: Array
) -> tuple[Array, Array]:
    """Gradients by the kernel and by the maps that it reads."""
    d_kernel = np.einsum("nhwikl,nhwo->klio", patches(maps, stride), d_sums)
    count, height, width, inputs = maps.shape
    edges = 2 * PADDING
    d_padded = np.zeros((count, height + edges, width + edges, inputs))
    rows, columns = (stride * n for n in d_sums.shape[1:3])
    for k in range(KERNEL):
        for m in range(KERNEL):
            # A view of the places that this weight multiplies.
            read = d_padded[:, k : k + rows : stride, m : m + columns : stride]
            read += d_sums @ kernel[k, m].T
    return d_kernel, d_padded[:, PADDING:-PADDING, PADDING:-PADDING]
