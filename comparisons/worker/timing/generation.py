"""The times of texts that a language model generates."""

import time

import numpy as np

from comparisons.implementation import Implementation, Model
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from shared.decoding.sampling import Sampling, uniforms

RULE = Sampling(temperature=0.8)


def time_generation(job: Job) -> Message:
    """Seconds of each text's first and later chunks; their tokens."""
    request, model = job.request, job.first_model()
    texts = [
        {"batch": batch, "length": length}
        | generate(job.implementation, model, batch, length)
        for batch in request["batches"]
        for _ in range(request["turns"])
        for length in request["lengths"]
    ]
    return {"hidden_size": job.run.model.hidden_size, "texts": texts}


def generate(
    implementation: Implementation, model: Model, batch: int, length: int
) -> Message:
    """Continue texts (B, length) from one token each.

    The time before the first chunk (compilation, transfer of the weights) is
    separate: it does not depend on the length.
    """
    prompt = np.zeros((batch, 1), np.int32)
    draws = uniforms(length, batch, 0)
    begin = time.perf_counter()
    slices = implementation.generate(model, prompt, draws, RULE)
    first = next(slices).shape[1]
    since = time.perf_counter()
    later = sum(part.shape[1] for part in slices)
    end = time.perf_counter()
    return {
        "first": since - begin,
        "later": end - since,
        "first_tokens": first,
        "later_tokens": later,
    }
