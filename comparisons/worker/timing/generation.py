"""The times of texts that a language model generates."""

import time

import numpy as np

from comparisons.implementation import Implementation, Model
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.timing.bandwidth import MEMORY, read_bandwidth
from shared.decoding.sampling import Sampling, uniforms
from shared.weights.products import token_bytes

RULE = Sampling(temperature=0.8)


def time_generation(job: Job) -> Message:
    """Seconds of each text's first and later chunks; their tokens.

    The bandwidth is that of memory and, where an array has the size of the
    weights, of the cache that they fit in.
    """
    request, model = job.request, job.first_model()
    count, threads = token_bytes(job.run.model), job.run.threads
    arrays = {"memory": MEMORY, "weights": count}
    before = {name: read_bandwidth(n, threads) for name, n in arrays.items()}
    texts = [
        {"batch": batch, "length": length}
        | generate(job.implementation, model, batch, length)
        for batch in request["batches"]
        for _ in range(request["turns"])
        for length in request["lengths"]
    ]
    after = {name: read_bandwidth(n, threads) for name, n in arrays.items()}
    return {
        "hidden_size": job.run.model.hidden_size,
        "texts": texts,
        "token_bytes": count,
        "bandwidths": {name: [before[name], after[name]] for name in arrays},
    }


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
