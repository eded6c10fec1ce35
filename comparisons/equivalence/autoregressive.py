"""Checks of models that read their own outputs: scores, states, generation."""

from dataclasses import replace

import numpy as np

from comparisons.equivalence.case import BATCH, Case
from comparisons.equivalence.deviation import deviation
from comparisons.equivalence.limits import BY_DEVICE, DTYPES, TRAJECTORIES
from comparisons.equivalence.measure import Deviation, fitted, trajectory
from comparisons.implementation import Implementation, Model
from shared.decoding.options import DecodingOptions
from shared.decoding.sampling import Sampling, uniforms
from shared.reference import decoding as reference_decoding
from shared.reference import generation as reference_generation
from shared.specs import Split, TrainSpec, Weights

WINDOWS = 4
"""Windows of a stream: the state is passed on three times an epoch."""

TOKENS, PROMPT = 200, 3
"""Tokens of a text that must be the same, and of its prompt."""

GREEDY = Sampling(temperature=0.0)
SAMPLINGS = {
    "language_model": (GREEDY, Sampling(0.8, top_k=6, top_p=0.95)),
    "frame_model": (GREEDY, Sampling(0.8)),
}
DECODINGS = (
    DecodingOptions(max_new_tokens=12),
    DecodingOptions(beam=3, max_new_tokens=12),
)
WEIGHT_SCALE = 3
"""What weights are multiplied by, so that a target depends on its source."""


def scores(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Deviation of token NLL (N, T), of seq2seq with the hits (N, T, 2)."""
    if case.model == "seq2seq":
        x, y, lengths = case.split()
        inputs = x, y, np.asarray(lengths)
        found = implementation.teacher_forced_scores(model, *inputs)
        return deviation(
            found,
            reference_decoding.teacher_forced_scores(
                case.spec(), weights, *inputs
            ),
        )
    x, y, _ = case.split(WINDOWS)
    y[-1, y.shape[1] // 2 :] = -1  # a few targets at the end are masked
    found = implementation.token_nll(model, x, y)
    expected = reference_generation.token_nll(case.spec(), weights, x, y)
    return deviation(found, expected)


def attention_weights(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Deviation of the attention weights (B, T, T)."""
    if case.attention == "none":
        return 0.0
    x, _, ends = case.split()
    lengths = np.asarray(ends)
    found = implementation.attention_maps(model, x, lengths)
    expected = reference_decoding.attention_maps(
        case.spec(), weights, x, lengths
    )
    return deviation(found, expected)


def wrong_tokens(
    implementation: Implementation, model: Model, case: Case, weights: Weights
) -> float:
    """Number of generated tokens or keys that differ from the reference's."""
    (x, _, lengths), wrong = case.split(), 0
    if case.model == "seq2seq":
        weights = {name: WEIGHT_SCALE * w for name, w in weights.items()}
    implementation.load_weights(model, weights)
    if case.model == "seq2seq":
        given = x[..., 0], np.asarray(lengths)
        for options in DECODINGS:
            targets = implementation.decode(model, *given, options)
            expected = reference_decoding.decode(
                case.spec(), weights, *given, options
            )
            wrong += int(np.sum(targets != expected))
        return float(wrong)
    keys = case.outputs if case.model == "frame_model" else 0
    prompt, draws = x[:, :PROMPT], uniforms(TOKENS, BATCH, 0, keys)
    for sampling in SAMPLINGS[case.model]:
        chunks = implementation.generate(model, prompt, draws, sampling)
        expected = reference_generation.generate(
            case.spec(), weights, prompt, draws, sampling
        )
        wrong += int(np.sum(np.concatenate([*chunks], axis=1) != expected))
    return float(wrong)


def training_of(case: Case, training: TrainSpec) -> tuple[Split, TrainSpec]:
    """Streams of several windows, or scheduled sampling and smoothing.

    The steps on streams are as many as those of the training given.
    """
    if case.model == "seq2seq":
        return case.split(), replace(
            training, teacher_forcing=0.5, label_smoothing=0.1
        )
    epochs = training.epochs // WINDOWS
    return case.split(WINDOWS), replace(training, epochs=epochs, stateful=True)


def autoregressive_checks(
    implementation: Implementation,
    model: Model,
    case: Case,
    precision: str,
    loop: str,
    device: str = "auto",
) -> list[Deviation]:
    """Checks of scoring, further trainings and, in float64, generation."""
    limits = BY_DEVICE[device][precision]
    weights = case.weights(DTYPES[precision])
    implementation.load_weights(model, weights)
    subject = implementation, model, case, weights
    seq2seq, frames = case.model == "seq2seq", case.model == "frame_model"
    measured: dict[tuple[str, str], float] = {}
    if not frames:
        measured["token NLL", "forward"] = scores(*subject)
    if seq2seq:
        maps = attention_weights(*subject)
        measured["attention weights", "forward"] = maps
    if not frames:
        training = replace(TRAJECTORIES[precision], loop=loop)
        split, training = training_of(case, training)
        fit = fitted(implementation, model, weights, split, training)
        name = "scheduled sampling" if seq2seq else "stateful"
        measured[name, "trajectory"] = trajectory(
            case, weights, split, training, fit
        )
    generated = ("decoded", "targets") if seq2seq else ("generated", "tokens")
    exact = precision == "float64"
    measured[generated] = wrong_tokens(*subject) if exact else 0.0
    return [
        Deviation(f"{case}, {name}", check, value, limits.get(check, 0.0))
        for (name, check), value in measured.items()
    ]
