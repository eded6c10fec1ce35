"""The only list of frameworks: a further one is a row of this table."""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from shared.errors import SpecError, unknown
from shared.specs import RunSpec
from shared.tasks import resolve


@dataclass(frozen=True)
class Framework:
    """A row: an implementation, its loop and what it needs.

    package: the module that satisfies `implementation.Implementation`;
    baseline: the module with the minimal loop it is timed against;
    requires: import name -> distribution name, for versions;
    environment: set before the package is imported;
    unneeded: modules that it would import only because they are installed;
    loop: the training loop, `TrainSpec.loop`.
    """

    package: str
    baseline: str
    requires: Mapping[str, str]
    environment: Mapping[str, str] = field(default_factory=dict)
    unneeded: tuple[str, ...] = ()
    loop: str = "step"


TORCH = {"torch": "torch"}
JAX = {"jax": "jax", "jaxlib": "jaxlib", "flax": "flax", "optax": "optax"}
KERAS = {"keras": "keras"}
TENSORFLOW = {"tensorflow": "tensorflow"}
NUMPY = {"numpy": "numpy"}
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "2", "TF_ENABLE_ONEDNN_OPTS": "1"}

OPTIONAL = ("matplotlib", "pandas", "pyarrow", "sklearn")
"""What Keras imports where it finds it, and nothing here uses through it:
260 MB and two seconds that are not its own."""

FRAMEWORKS = {
    "pytorch": Framework("pytorch_impl", "pytorch", TORCH),
    "keras": Framework(
        "keras_impl",
        "keras",
        KERAS | TENSORFLOW,
        {"KERAS_BACKEND": "tensorflow", **QUIET},
        unneeded=(*OPTIONAL, "jax"),
    ),
    "jax": Framework("jax_impl", "jax", JAX),
    "keras-train-on-batch": Framework(
        "keras_impl",
        "keras",
        KERAS | TENSORFLOW,
        {"KERAS_BACKEND": "tensorflow", **QUIET},
        unneeded=(*OPTIONAL, "jax"),
        loop="train_on_batch",
    ),
    "keras-jax": Framework(
        "keras_impl",
        "keras",
        KERAS | {"jax": "jax", "jaxlib": "jaxlib"},
        {"KERAS_BACKEND": "jax"},
        unneeded=OPTIONAL,
    ),
    "keras-torch": Framework(
        "keras_impl",
        "keras",
        KERAS | TORCH,
        {"KERAS_BACKEND": "torch"},
        unneeded=OPTIONAL,
    ),
    "jax-pure": Framework("jax_impl", "jax", JAX, loop="pure"),
    "jax-scan": Framework("jax_impl", "jax", JAX, loop="scan"),
    "pytorch-compile": Framework(
        "pytorch_impl", "pytorch", TORCH, loop="compile"
    ),
}
DEFAULT = ("pytorch", "keras", "jax")

THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
    "PJRT_NPROC",  # XLA's client reads it when it starts
)
STRICT = {
    "NVIDIA_TF32_OVERRIDE": "0",
    # XLA's own kernels do not read the other; Keras has no switch for them.
    "JAX_DEFAULT_MATMUL_PRECISION": "highest",
}
PRECISION_ENVIRONMENT = {
    "float32": STRICT,
    "float64": {"JAX_ENABLE_X64": "1", **STRICT},
}
DEVICE_ENVIRONMENT = {
    "cpu": {"CUDA_VISIBLE_DEVICES": "", "JAX_PLATFORMS": "cpu"}
}


def get_framework(name: str) -> Framework:
    """The framework of this name; an unknown name raises SpecError."""
    if name not in FRAMEWORKS:
        raise SpecError(unknown("framework", name, FRAMEWORKS))
    return FRAMEWORKS[name]


def in_framework(run: RunSpec, name: str) -> RunSpec:
    """The run in this framework, with its training loop."""
    train = replace(run.train, loop=get_framework(name).loop)
    return replace(run, framework=name, train=train)


def resolve_run(**options: Any) -> RunSpec:
    """As `shared.tasks.resolve`, with the framework's training loop."""
    run = resolve(**options)
    return in_framework(run, run.framework)


def missing_modules(name: str) -> list[str]:
    """Modules the framework needs that are not installed; imports none."""
    missing = []
    for module in get_framework(name).requires:
        try:
            found = importlib.util.find_spec(module)
        except ImportError:
            found = None
        if found is None:
            missing.append(module)
    return missing


@cache
def installed_versions(name: str) -> dict[str, str]:
    """Distribution -> version, from metadata, without an import.

    A module may come from another distribution than usual, such as
    tensorflow from tensorflow-cpu; then that one is named.
    """
    versions = {}
    for module, usual in {**get_framework(name).requires, **NUMPY}.items():
        try:
            versions[usual] = importlib.metadata.version(usual)
        except importlib.metadata.PackageNotFoundError:
            others = importlib.metadata.packages_distributions()
            for other in others.get(module, []):
                versions[other] = importlib.metadata.version(other)
    return versions


def worker_environment(
    name: str, precision: str, device: str, threads: int
) -> dict[str, str]:
    """The variables a process needs before it imports the framework."""
    count = dict.fromkeys(THREAD_VARIABLES, str(threads)) if threads else {}
    return {
        **get_framework(name).environment,
        **PRECISION_ENVIRONMENT.get(precision, {}),
        **DEVICE_ENVIRONMENT.get(device, {}),
        **count,
    }
