"""The jobs that write and read files of a framework, and run its layers."""

from pathlib import Path

from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from shared.specs import ModelSpec


def configure(job: Job) -> None:
    run = job.run
    job.implementation.configure(run.device, run.threads, run.precision, 0)


def save_model(job: Job) -> Message:
    """Write the tensors of a safetensors file as the framework does."""
    from safetensors.numpy import load_file

    configure(job)
    spec = ModelSpec(**job.request["model"])
    tensors = load_file(Path(job.request["tensors"]))
    job.implementation.save_model(spec, tensors, job.request["path"])
    return {}


def read_tensors(job: Job) -> Message:
    """The tensors of a file whose names match, and its cell if it says one."""
    configure(job)
    path, pattern = job.request["path"], job.request["pattern"]
    tensors, cell = job.implementation.read_tensors(path, pattern)
    return {"tensors": tensors, "cell": cell}


def run_layers(job: Job) -> Message:
    """Outputs (B, T, H') of layers with these tensors."""
    configure(job)
    fields = [job.request[name] for name in ("cell", "layers", "x")]
    return {"outputs": job.implementation.run_layers(*fields)}
