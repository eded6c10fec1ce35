"""The formats of an export: file, layout, script and what writes each."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from safetensors.numpy import save_file

from comparisons.arguments.extras import require
from comparisons.export.execution import Batch, run_scripts
from comparisons.export.layouts import KERAS, NNX, ONNX, PYTORCH, Layout
from comparisons.export.onnx_graph import OPSET, write_onnx
from comparisons.export.relayout import model_tensors
from comparisons.export.scripts import write_script
from comparisons.frameworks import resolve_run, worker_environment
from comparisons.runs.trained import fresh_worker
from shared.errors import UserError
from shared.exhibits.names import framework_name
from shared.specs import Array, ModelSpec, RunSpec, Weights

Writer = Callable[["Format", ModelSpec, Weights, Path, float], None]


class Format(NamedTuple):
    """A format.

    framework: what writes and reads it, "" for none; needs: modules of the
    script, and the extra that installs them.
    """

    file: str
    layout: Layout
    template: str
    title: str
    write: Writer
    framework: str = ""
    needs: tuple[str, ...] = ()


def by_worker(
    form: Format, spec: ModelSpec, weights: Weights, path: Path, timeout: float
) -> None:
    """Write in a process of the framework."""
    tensors = model_tensors(form.layout, spec, weights)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "tensors.safetensors"
        save_file(tensors, file)
        ask_framework(
            *("save_model", form.framework, timeout),
            model=asdict(spec),
            tensors=str(file),
            path=str(path.absolute()),
        )


def as_safetensors(
    form: Format, spec: ModelSpec, weights: Weights, path: Path, timeout: float
) -> None:
    save_file(model_tensors(form.layout, spec, weights), path)


def as_onnx(
    form: Format, spec: ModelSpec, weights: Weights, path: Path, timeout: float
) -> None:
    write_onnx(spec, weights, path)


FORMATS = {
    "state_dict": Format(
        *("model.pt", PYTORCH, "state_dict", "PyTorch state_dict"),
        *(by_worker, "pytorch"),
    ),
    "safetensors": Format(
        *(
            "model.safetensors",
            PYTORCH,
            "state_dict",
            "PyTorch weights in safetensors",
        ),
        as_safetensors,
    ),
    "keras": Format(
        *("model.keras", KERAS, "keras", "Keras model"),
        *(by_worker, "keras"),
    ),
    "nnx": Format(
        *("model", NNX, "nnx", "Orbax checkpoint for Flax NNX"),
        *(by_worker, "jax"),
    ),
    "onnx": Format(
        *("model.onnx", ONNX, "onnx", f"ONNX model, opset {OPSET}"),
        as_onnx,
        needs=("onnx", "onnxruntime"),
    ),
}
"""Format -> how it is written and loaded."""


def run_of(framework: str) -> RunSpec:
    """A run of the framework on this machine's CPU, of any task."""
    return resolve_run(
        task="sine", framework=framework, cell="lstm", device="cpu", threads=1
    )


def ask_framework(
    job: str, framework: str, timeout: float, **request: Any
) -> Any:
    """The result of a job in a fresh process of the framework."""
    with fresh_worker(framework_name(framework)) as ask:
        return ask(job, run_of(framework), timeout, **request)


def check_installed(name: str) -> None:
    """UserError with the command that installs what is missing."""
    form = FORMATS[name]
    if form.framework:
        require(form.framework)
    needs = form.needs
    missing = [module for module in needs if find_spec(module) is None]
    if missing:
        raise UserError(
            f"format '{name}' needs {' and '.join(missing)}: "
            "pip install 'rnn-comparisons[export]'"
        )


def write_model(
    name: str,
    spec: ModelSpec,
    weights: Weights,
    folder: Path,
    title: str,
    timeout: float,
) -> Path:
    """Write the model and its script into a folder; the model's file."""
    form = FORMATS[name]
    check_installed(name)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / form.file
    form.write(form, spec, weights, path, timeout)
    write_script(
        folder,
        form.template,
        spec,
        weights,
        title=f"{form.title} of {title}".replace('"', "'"),
        file=form.file,
        safetensors=path.suffix == ".safetensors",
    )
    return path


def run_models(
    name: str, batches: Mapping[Path, Batch], timeout: float
) -> list[Array]:
    """Outputs of exported models by folder, by `load_model.py` alone."""
    framework = FORMATS[name].framework or "pytorch"
    environment = worker_environment(framework, "float32", "cpu", 1)
    return run_scripts(batches, environment, timeout)
