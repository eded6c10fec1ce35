"""The encoder of frames: by hand, by finite differences, and by PyTorch."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from shared.reference.convolution import conv, encode, encode_backward
from shared.reference.losses import multi_task
from shared.specs import ModelSpec
from shared.specs.video import convolutions, frame_features
from shared.weights.flops import count_parameters, frame_flops
from shared.weights.init import initial_weights
from shared.weights.layout import weight_shapes

RNG = np.random.default_rng(4)
SPEC = ModelSpec(
    model="video_model", input_size=36, output_size=20, conv_channels=6
)


def test_a_convolution_by_hand():
    """One row of ones, zeros around: the kernel's middle row is read."""
    maps, kernel = np.ones((1, 1, 4, 1)), np.zeros((3, 3, 1, 1))
    kernel[:, :, 0, 0] = [[100, 100, 100], [1, 2, 4], [100, 100, 100]]
    assert conv(maps, kernel, 1).ravel().tolist() == [6, 7, 7, 3]
    assert conv(maps, kernel, 2).ravel().tolist() == [6, 7]


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("side", [5, 6])
def test_a_convolution_is_that_of_pytorch(stride, side):
    maps = RNG.normal(size=(2, side, side + 1, 3))
    kernel = RNG.normal(size=(3, 3, 3, 4))
    found = conv(maps, kernel, stride)
    expected = F.conv2d(
        torch.tensor(maps).permute(0, 3, 1, 2),
        torch.tensor(kernel).permute(3, 2, 0, 1),
        stride=stride,
        padding=1,
    ).permute(0, 2, 3, 1)
    np.testing.assert_allclose(found, expected.numpy(), rtol=1e-12)


def test_a_vector_has_maxima_of_maps_and_of_places():
    """A kernel that copies: the first map is every second pixel."""
    spec = ModelSpec(
        model="video_model", input_size=16, output_size=20, conv_channels=6
    )
    shapes = weight_shapes(spec)
    weights = {n: np.zeros(s) for n, s in shapes.items() if "conv" in n}
    for number in range(3):
        weights[f"conv.{number}.kernel"][1, 1] = 1.0
    x = np.zeros((1, 1, 4, 4))
    x[0, 0, 2, 2], x[0, 0, 0, 2], x[0, 0, 1, 1] = 3.0, 2.0, 9.0
    vectors = encode(spec, weights, x.reshape(1, 1, 16)).vectors
    # Pixel (2, 2) is place (1, 1) of the first map, and none of the second,
    # which has place (0, 0) alone; 9 lies between the places.
    assert vectors.shape == (1, 1, frame_features(16, 6)) == (1, 1, 10)
    assert vectors[0, 0].tolist() == [0.0] * 6 + [0.0, 2.0, 0.0, 3.0]


def test_gradients_are_finite_differences():
    weights = {
        name: RNG.normal(0.1, 0.5, shape)
        for name, shape in weight_shapes(SPEC).items()
        if name.startswith("conv")
    }
    x = RNG.normal(size=(2, 3, 36))
    slopes = RNG.normal(size=encode(SPEC, weights, x).vectors.shape)
    done = encode(SPEC, weights, x)
    gradients = encode_backward(SPEC, weights, done, slopes)
    assert gradients.keys() == weights.keys()
    for name, gradient in gradients.items():
        for place in [(0,) * gradient.ndim, (-1,) * gradient.ndim]:
            values = []
            for change in (1e-6, -1e-6):
                other = {**weights, name: weights[name].copy()}
                other[name][place] += change
                values.append(np.sum(slopes * encode(SPEC, other, x).vectors))
            slope = (values[0] - values[1]) / 2e-6
            assert gradient[place] == pytest.approx(slope, rel=1e-5, abs=1e-7)


def test_a_loss_of_three_heads_by_hand():
    """Uniform classes cost ln 8 and ln 10; errors of 1 and 2 cost 2.5."""
    outputs, targets = np.zeros((1, 2, 20)), np.zeros((1, 2, 4))
    targets[0, :, 2:] = [1.0, -2.0]
    loss, gradient = multi_task(outputs, targets)
    assert loss == pytest.approx(np.log(8) + np.log(10) + 2.5)
    rows = gradient[0]
    np.testing.assert_allclose(rows[:, :8].sum(axis=1), 0.0, atol=1e-15)
    np.testing.assert_allclose(rows[:, 18:], [[-0.5, 1.0]] * 2)
    assert rows[0, 0] == pytest.approx((1 / 8 - 1) / 2)
    assert rows[0, 8] == pytest.approx((1 / 10 - 1) / 2)


def test_sizes_and_operations_by_hand():
    """Maps of 3 by 3, 2 by 2, 2 by 2 from a frame of 6 by 6."""
    assert convolutions(48) == ((1, 8, 2), (8, 16, 2), (16, 48, 1))
    assert frame_features(32 * 32, 48) == 48 + 16 * 16
    own = (9 + 1) * 1 + (9 + 1) * 2 + (9 * 2 + 1) * 6
    others = 4 * 32 * (6 + 9 + 32 + 1) + (32 + 1) * 20
    assert count_parameters(SPEC) == own + others
    assert frame_flops(SPEC) == 2 * 9 * (9 * 1 + 4 * 2 + 4 * 2 * 6)


def test_initial_kernels_have_the_bound_of_he():
    spec = ModelSpec(model="video_model", input_size=1024, output_size=20)
    weights = initial_weights(spec, 0)
    for name, bound in (("conv.1", 6 / 72), ("conv.2", 6 / 144)):
        largest = np.abs(weights[f"{name}.kernel"]).max()
        assert 0.95 * bound**0.5 < largest <= bound**0.5
        assert not weights[f"{name}.bias"].any()
