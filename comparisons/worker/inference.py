"""The jobs that use a trained model, and that list a model's weights."""

from dataclasses import replace

import numpy as np

from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.tags import tag_outputs
from shared.decoding.options import DecodingOptions
from shared.decoding.sampling import Sampling, uniforms
from shared.text.schemes import allowed_tags


def predict_examples(job: Job) -> Message:
    """Outputs (B, K) or (B, T, K) of x and lengths; of a CRF, its best tags."""
    trained, model = job.trained()
    x, lengths = np.asarray(job.request["x"]), job.integers("lengths")
    subject = job.implementation, model, x, lengths
    allowed = allowed_tags(trained.model, trained.metadata)
    if allowed is not None:
        return {"outputs": tag_outputs(*subject, allowed)}
    return {"outputs": job.implementation.predict(*subject[1:])}


def decode_targets(job: Job) -> Message:
    """Decoded tokens (B, n) of the sources x, -1 past their end."""
    _, model = job.trained()
    rule = DecodingOptions(**job.request["search"])
    x, lengths = (job.integers(n) for n in ("x", "lengths"))
    return {"tokens": job.implementation.decode(model, x, lengths, rule)}


def generate_tokens(job: Job) -> Message:
    """Emit tokens (B, n), or frames (B, n, K), as they are sampled."""
    trained, model = job.trained()
    start, settings = np.array(job.request["start"]), job.request["settings"]
    rule = Sampling(**{n: settings[n] for n in Sampling.__dataclass_fields__})
    # No framework counts further than its integers go.
    rule = replace(rule, top_k=min(rule.top_k, trained.model.output_size))
    size = settings["samples"]
    keys = start.shape[1] if start.ndim > 1 else 0
    start = start.astype(np.float32 if keys else np.int32)
    prompt = np.repeat(start[None], size, axis=0)  # (B, P) or (B, P, K)
    draws = uniforms(settings["length"], size, settings["seed"], keys)
    for tokens in job.implementation.generate(model, prompt, draws, rule):
        job.emit({"event": "tokens", "tokens": tokens})
    return {}


def inspect_weights(job: Job) -> Message:
    """Canonical name, own name and own shape of each weight."""
    model = job.build(job.run.model)
    tensors = [
        (name, own, list(tensor.shape))
        for name, own, tensor in job.implementation.named_tensors(model)
    ]
    count = job.implementation.count_parameters(model)
    return {"tensors": tensors, "parameters": count}
