"""What of a model a task scores, in a framework and in the reference."""

from collections.abc import Callable
from typing import Any

import numpy as np

from comparisons.equivalence.deviation import deviation, up_to_ends
from comparisons.implementation import Implementation, Model
from comparisons.worker.data import load_dataset
from comparisons.worker.jobs import Job
from comparisons.worker.messages import Message
from comparisons.worker.tags import tag_outputs
from shared.decoding.options import DecodedOutputs, DecodingOptions
from shared.reference import decoding as reference_decoding
from shared.reference import generation as reference_generation
from shared.reference import model as reference_model
from shared.specs import ModelSpec, Split, Weights
from shared.tasks import get_task
from shared.text.schemes import allowed_tags

SEQUENCES = 64
"""Test sequences on which predictions meet the NumPy reference."""


def outputs(
    implementation: Implementation, model: Model, split: Split
) -> np.ndarray:
    """Outputs (N, K) or (N, T, K) of a model."""
    return implementation.predict(model, split.x, split.lengths)


def last_outputs(
    implementation: Implementation, model: Model, split: Split
) -> np.ndarray:
    """Outputs (N, K) at the last step of a model of all steps."""
    return outputs(implementation, model, split)[:, -1]


def token_nll(
    implementation: Implementation, model: Model, split: Split
) -> np.ndarray:
    """Negative log-likelihoods (N, T) by a model that reads streams."""
    return implementation.token_nll(model, split.x, split.y)


def decoded(
    implementation: Implementation, model: Model, split: Split
) -> DecodedOutputs:
    """Teacher-forced losses and hits, and the decoded targets."""
    x, y, lengths = split.x, split.y, np.asarray(split.lengths)
    scores = implementation.teacher_forced_scores(model, x, y, lengths)
    rule = DecodingOptions(max_new_tokens=y.shape[1])
    tokens = implementation.decode(model, x[..., 0], lengths, rule)
    return DecodedOutputs(scores[..., 0], scores[..., 1], tokens)


SCORED: dict[str, Callable[[Implementation, Model, Split], Any]] = {
    **dict.fromkeys(("forecaster", "classifier", "tagger"), outputs),
    **dict.fromkeys(("frame_model", "autoencoder"), outputs),
    **dict.fromkeys(("speech_recognizer", "video_model"), outputs),
    "sequence_forecaster": last_outputs,
    "language_model": token_nll,
    "seq2seq": decoded,
}
"""Model -> what `Task.score` takes of it."""


def scored_outputs(
    name: str,
    implementation: Implementation,
    model: Model,
    split: Split,
    rollout: int = 1,
    ahead: np.ndarray | None = None,
    allowed: np.ndarray | None = None,
) -> Any:
    """What `Task.score` takes of a model of this name.

    With a rollout, each forecast (N, D) of one step is read as the next input,
    with what is known ahead (N, rollout - 1, F): (N, rollout · D).

    allowed: see `allowed_tags`; the best tags of a CRF are scored.
    """
    scored = SCORED[name]
    if allowed is not None:
        return tag_outputs(
            implementation, model, split.x, split.lengths, allowed
        )
    if rollout == 1:
        return scored(implementation, model, split)
    x, found = split.x, list[np.ndarray]()
    for step in range(rollout):
        if found:
            known = [] if ahead is None else [ahead[:, step - 1]]
            read = np.concatenate([found[-1], *known], axis=1)  # (N, D + F)
            x = np.concatenate([x[:, 1:], read[:, None]], axis=1)
        found.append(scored(implementation, model, split._replace(x=x)))
    return np.concatenate(found, axis=1)


def expected(spec: ModelSpec, weights: Weights, split: Split) -> Any:
    x, y, lengths = split
    if spec.model == "language_model":
        return reference_generation.token_nll(spec, weights, x, y)
    if spec.model != "seq2seq":
        found = reference_model.forward(spec, weights, x, lengths)
        return found[:, -1] if SCORED[spec.model] is last_outputs else found
    ends = np.asarray(lengths)
    scores = reference_decoding.teacher_forced_scores(spec, weights, x, y, ends)
    rule = DecodingOptions(max_new_tokens=y.shape[1])
    tokens = reference_decoding.decode(spec, weights, x[..., 0], ends, rule)
    return DecodedOutputs(scores[..., 0], scores[..., 1], tokens)


def rounded(outputs: Any) -> np.ndarray:
    """The scored values that may differ by rounding only."""
    found = outputs.losses if isinstance(outputs, DecodedOutputs) else outputs
    return np.asarray(found)


def score_checkpoint(job: Job) -> Message:
    """Scores on the test split; deviation from the NumPy reference."""
    task, dataset = get_task(job.run.task), load_dataset(job.run)
    (trained, model), test = job.trained(), dataset.test
    name = trained.model.model
    scored = SCORED[name]
    x, y, ends = test
    ends = None if ends is None else ends[:SEQUENCES]
    some = Split(x[:SEQUENCES], y[:SEQUENCES], ends)
    both = (
        scored(job.implementation, model, some),
        expected(trained.model, trained.weights, some),
    )
    first, second = (up_to_ends(rounded(o), some.lengths) for o in both)
    found = scored_outputs(
        *(name, job.implementation, model, test, dataset.rollout),
        dataset.ahead(test),
        allowed_tags(trained.model, dataset.metadata),
    )
    return {
        "scores": task.score(found, "test", dataset),
        "deviation": deviation(first, second),
    }
