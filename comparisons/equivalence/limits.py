"""Limits of the equivalence checks, and the trainings that are checked."""

from dataclasses import replace

from comparisons.equivalence.case import BATCH
from shared.specs import TrainSpec

LIMITS = {
    "float64": {
        "forward": 1e-13,
        "gradient": 1e-9,
        "trajectory": 1e-13,
        "training": 2e-13,
    },
    "float32": {"forward": 1e-5, "gradient": 1e-4, "trajectory": 1e-3},
    "tf32": {"forward": 1e-2, "gradient": 5e-2, "trajectory": 5e-2},
    "bf16": {"forward": 8e-2, "gradient": 4e-1, "trajectory": 4e-1},
}
"""Largest relative deviation from the reference, by precision and check.

A product in TF32 keeps 10 bits of each factor, a relative 2⁻¹¹ each, and one in
bfloat16 keeps 7, a relative 2⁻⁸: its limits are eight times as wide.
"""

BY_DEVICE = {
    device: {name: LIMITS[name] for name in precisions}
    for device, precisions in {
        "auto": tuple(LIMITS),  # what the framework finds
        "cpu": ("float64", "float32", "bf16"),
        "gpu": tuple(LIMITS),
        "mps": ("float32",),
    }.items()
}
"""The limits of each device, by the precisions that it has.

Float32 rounds alike on all of them, and only the order of sums differs: it has
one limit. A CPU has no TF32, and MPS neither that nor float64.
"""

# Outputs are computed as packing "auto" says, which packs short sequences;
# trainings read them padded, so that both ways are checked.
SGD = TrainSpec(
    epochs=20,
    batch_size=BATCH,
    optimizer="sgd",
    learning_rate=0.1,
    packing="off",
)
ADAM = replace(SGD, optimizer="adam", learning_rate=0.01)
TRAJECTORIES = {
    "float64": SGD,
    **dict.fromkeys(("float32", "tf32", "bf16"), ADAM),
}
"""The trajectory of each precision: at least 20 steps, one an epoch."""

LARGE_STEP = replace(SGD, epochs=1, learning_rate=1024.0)
GRADIENT_STEPS = {
    "float64": SGD,
    **dict.fromkeys(("float32", "tf32", "bf16"), LARGE_STEP),
}
"""The training whose first step gives the gradients."""

DTYPES = {
    "float64": "float64",
    **dict.fromkeys(("float32", "tf32", "bf16"), "float32"),
}
