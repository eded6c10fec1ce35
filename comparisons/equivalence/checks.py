"""The checks: an implementation is the reference model, or it is not.

`Implementation.configure` is called before, with the precision to be checked.
"""

from dataclasses import replace

from comparisons.equivalence.autoregressive import autoregressive_checks
from comparisons.equivalence.case import Case
from comparisons.equivalence.cases import OUTPUT_SIZES, case_like
from comparisons.equivalence.deviation import identical
from comparisons.equivalence.limits import (
    BY_DEVICE,
    GRADIENT_STEPS,
    TRAJECTORIES,
)
from comparisons.equivalence.measure import (
    Deviation,
    fitted,
    forward,
    gradient,
    loaded,
    trajectory,
    wrong_tags,
)
from comparisons.implementation import Implementation
from shared.specs import ModelSpec
from shared.weights.flops import count_parameters


def full_checks(
    implementation: Implementation,
    case: Case,
    precision: str,
    loop: str = "step",
    device: str = "auto",
) -> list[Deviation]:
    """All checks of one case: weights, parameters and the short ones."""
    limits = BY_DEVICE[device][precision]
    spec, split = case.spec(), case.split()
    model, weights = loaded(implementation, case, precision)
    exported = implementation.export_weights(model)
    count = implementation.count_parameters(model)
    measured = {
        "weights": float(not identical(exported, weights)),
        "parameters": float(abs(count - count_parameters(spec))),
        "forward": forward(implementation, model, case, weights),
    }
    if case.crf:
        # Rounding may decide between sequences of nearly equal scores.
        exact = precision == "float64"
        subject = implementation, model, case, weights
        measured["tags"] = wrong_tags(*subject) if exact else 0.0
    training = replace(TRAJECTORIES[precision], loop=loop)
    step = replace(GRADIENT_STEPS[precision], loop=loop)
    fit = first = fitted(implementation, model, weights, split, training)
    if step != training:
        first = fitted(implementation, model, weights, split, step)
    measured["gradient"] = gradient(case, weights, step, first)
    measured["trajectory"] = trajectory(case, weights, split, training, fit)
    found = [
        Deviation(str(case), check, value, limits.get(check, 0.0))
        for check, value in measured.items()
    ]
    if case.model in OUTPUT_SIZES:
        found += autoregressive_checks(
            implementation, model, case, precision, loop, device
        )
    return found


def short_checks(
    implementation: Implementation,
    spec: ModelSpec,
    precision: str,
    loop: str = "step",
    device: str = "auto",
) -> list[Deviation]:
    """Forward, gradient and 20 steps of a small model like an actual one.

    Only valid for `init` "matched": a framework's native layers may have other
    parameters (a second bias) than the reference.
    """
    short = ("forward", "gradient", "trajectory")
    case = case_like(spec)
    found = full_checks(implementation, case, precision, loop, device)
    return [one for one in found if one.check in short]
