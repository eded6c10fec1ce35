"""The only list of frameworks: a further one is a row of this table."""

import importlib.metadata
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from comparisons.frameworks.paths import fastest
from shared.errors import SpecError, unknown
from shared.specs import RunSpec
from shared.tasks import resolve


@dataclass(frozen=True)
class Framework:
    """A row: an implementation, its loop and what it needs."""

    package: str  # satisfies `implementation.Implementation`
    extra: str  # of `pip install rnn-comparisons[extra]`
    baseline: str  # the module with the minimal loop it is timed against
    requires: Mapping[str, str]  # import name -> distribution name
    environment: Mapping[str, str] = field(default_factory=dict)
    unneeded: tuple[str, ...] = ()  # else imported where they are installed
    loop: str = "step"  # `TrainSpec.loop`
    fast: bool = False  # takes the path of `paths.fastest` instead
    precisions: tuple[str, ...] = ("float64", "float32")  # of the checks
    devices: tuple[str, ...] = ("auto", "cpu", "gpu")


TORCH = {"torch": "torch"}
JAX = {"jax": "jax", "jaxlib": "jaxlib"}
KERAS = {"keras": "keras"}

OPTIONAL = ("matplotlib", "pandas", "pyarrow", "sklearn")
"""What Keras imports where it finds it, and nothing here uses through it:
260 MB and two seconds that it does not need."""

CPU = ("auto", "cpu")
"""Devices of rows whose path is chosen by times on a CPU."""

PYTORCH_IMPL = Framework(
    "pytorch_impl",
    "pytorch",
    "pytorch",
    TORCH,
    devices=("auto", "cpu", "gpu", "mps"),
)
JAX_IMPL = Framework(
    "jax_impl", "jax", "jax", {**JAX, "flax": "flax", "optax": "optax"}
)
KERAS_IMPL = Framework(
    "keras_impl",
    "keras",
    "keras",
    {**KERAS, "tensorflow": "tensorflow"},
    {
        "KERAS_BACKEND": "tensorflow",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "TF_ENABLE_ONEDNN_OPTS": "1",
    },
    unneeded=(*OPTIONAL, "jax"),
)
FRAMEWORKS = {
    "pytorch": PYTORCH_IMPL,
    "keras": KERAS_IMPL,
    "jax": JAX_IMPL,
    "keras-train-on-batch": replace(KERAS_IMPL, loop="train_on_batch"),
    "keras-jax": replace(
        KERAS_IMPL,
        extra="keras-jax",
        requires=KERAS | JAX,
        environment={"KERAS_BACKEND": "jax"},
        unneeded=OPTIONAL,
        precisions=("float32",),
    ),
    "keras-torch": replace(
        KERAS_IMPL,
        extra="keras-torch",
        requires=KERAS | TORCH,
        environment={"KERAS_BACKEND": "torch"},
        unneeded=OPTIONAL,
        precisions=("float32",),
    ),
    "jax-pure": replace(JAX_IMPL, loop="pure"),
    "jax-scan": replace(JAX_IMPL, loop="scan"),
    "jax-cudnn": replace(
        JAX_IMPL,
        environment={"RNN_LSTM": "cudnn"},
        precisions=("float32",),
        devices=("auto", "gpu"),
    ),
    "pytorch-compile": replace(PYTORCH_IMPL, loop="compile"),
    "pytorch-fast": replace(PYTORCH_IMPL, fast=True, devices=CPU),
    "keras-fast": replace(KERAS_IMPL, fast=True, devices=CPU),
    "jax-fast": replace(JAX_IMPL, fast=True, devices=CPU),
}
DEFAULT = ("pytorch", "keras", "jax")

SINGLE = ("mps",)
"""Devices without float64."""

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
ENVIRONMENTS = {
    "float32": STRICT,
    "bf16": STRICT,  # what is not rounded to bfloat16 stays float32
    "float64": {"JAX_ENABLE_X64": "1", **STRICT},
    "cpu": {"CUDA_VISIBLE_DEVICES": "", "JAX_PLATFORMS": "cpu"},
}
"""Variables of a precision or a device."""


def get_framework(name: str) -> Framework:
    """The framework of this name; an unknown name raises SpecError."""
    if name not in FRAMEWORKS:
        raise SpecError(unknown("framework", name, FRAMEWORKS))
    return FRAMEWORKS[name]


def in_framework(run: RunSpec, name: str) -> RunSpec:
    """The run in this framework, with its training loop.

    A fast row also chooses its layers, whatever those of the run are.
    """
    row = get_framework(name)
    if row.fast:
        return fastest(row.package, replace(run, framework=name))
    train = replace(run.train, loop=row.loop)
    return replace(run, framework=name, train=train)


def fast_row(name: str) -> str:
    """`jax` -> `jax-fast`; SpecError for a row that has none."""
    row = f"{name}-fast"
    if get_framework(name).fast:
        return name
    if row not in FRAMEWORKS:
        able = [
            n.removesuffix("-fast") for n, r in FRAMEWORKS.items() if r.fast
        ]
        raise SpecError(
            f"{name} has no fast row; --fast takes {', '.join(able)}"
        )
    return row


def resolve_run(**options: Any) -> RunSpec:
    """As `shared.tasks.resolve`, with the framework's training loop."""
    run = resolve(**options)
    return in_framework(run, run.framework)


def missing_modules(name: str) -> list[str]:
    """Modules the framework needs that are not installed; imports none."""
    requires = get_framework(name).requires
    return [m for m in requires if importlib.util.find_spec(m) is None]


@cache
def installed_versions(name: str) -> dict[str, str]:
    """Distribution -> version, from metadata, without an import.

    A module may come from another distribution than usual, such as
    tensorflow from tensorflow-cpu; then that one is named.
    """
    versions = {}
    requires = {**get_framework(name).requires, "numpy": "numpy"}
    for module, usual in requires.items():
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
        **ENVIRONMENTS.get(precision, {}),
        **ENVIRONMENTS.get(device, {}),
        **count,
    }
