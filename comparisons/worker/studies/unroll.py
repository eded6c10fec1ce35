"""The job `unroll`: every gate and state of one example."""

from dataclasses import replace

from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.requests import ENDINGS, Example


def unroll_example(job: Job) -> Message:
    """Every quantity of the example by name.

    The steps are those of the scratch layers. The outputs after each step come
    from the model's own layers, native ones by default, of the same weights.
    """
    example = Example.of(job.request)
    weights = example.weights(job.run.seed)
    scratch, own = (
        job.build(replace(example.model, impl=impl), weights)
        for impl in ("scratch", example.model.impl)
    )
    found = job.implementation.unroll(scratch, example.x, example.lengths)
    found[ENDINGS] = job.implementation.predict(own, *example.endings())
    return found
