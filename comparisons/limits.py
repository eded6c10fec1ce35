"""How far a gate may lie from the reference."""

from __future__ import annotations

from comparisons.implementation import Implementation

LIMITS = {
    "float64": {"forward": 1e-10, "gradient": 1e-9, "trajectory": 1e-8},
    "float32": {"forward": 1e-5, "gradient": 1e-4, "trajectory": 1e-3},
    "tf32": {"forward": 1e-2, "gradient": 5e-2, "trajectory": 5e-2},
}
"""Largest relative deviation from the reference, by precision and gate.

A product in TF32 keeps 10 bits of each factor, a relative 2⁻¹¹ each.
"""

CUDNN = {"float32": {"forward": 1e-4, "gradient": 1e-3, "trajectory": 1e-3}}
"""The limits that are wider where cuDNN runs the layers.

On an H100 tanh in `torch.nn.RNN` is off by 7e-6 and `torch.tanh` by 8e-8.
"""

BY_KERNELS = {"cuDNN": LIMITS | CUDNN}
"""First word of an implementation's kernels -> its limits, if not LIMITS."""


def limits_of(
    implementation: Implementation, precision: str
) -> dict[str, float]:
    """Gate -> limit, on the device that the implementation is set to."""
    kernels = implementation.describe()["kernels"].split()[0]
    return BY_KERNELS.get(kernels, LIMITS)[precision]
