"""Timing a training step with each implementation of a layer, in turn."""

from functools import partial

from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.timing.epochs import timed_in_rounds
from comparisons.worker.timing.scan import batch, scan_spec
from shared.specs import TrainSpec


def time_impls(job: Job) -> Message:
    """Seconds of training steps by hidden size and implementation."""
    run, implementation, sizes = job.run, job.implementation, job.request
    implementation.configure(run.device, run.threads, run.precision, 0)
    training = TrainSpec(
        epochs=sizes["repeats"] + 1,  # the first one compiles
        batch_size=sizes["batch_size"],
        loop=run.train.loop,
    )
    split, times = batch(sizes, sizes["steps"]), {}
    for hidden in sizes["hidden_sizes"]:
        fits = {}
        for impl in sizes["impls"]:
            spec = scan_spec(run.cell, {**sizes, "hidden_size": hidden}, impl)
            model = implementation.build_model(spec)
            fits[impl] = partial(implementation.fit, model, split, training)
        for impl, seconds in timed_in_rounds(fits).items():
            times[f"{hidden} {impl}"] = seconds
    numbers = {n: size for n, size in sizes.items() if isinstance(size, int)}
    return {"sizes": numbers, "times": times}
