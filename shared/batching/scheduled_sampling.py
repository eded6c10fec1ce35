"""Teacher forcing: whether a decoder reads the target or its prediction.

The mask of scheduled sampling is drawn here, so that all frameworks read the
same tokens.
"""

import numpy as np

from shared.specs import TrainSpec


def forcing_probability(spec: TrainSpec, epoch: int) -> float:
    """The probability of reading the target's token, in an epoch from 0.

    A linear decay reaches 0 in the last epoch (Bengio et al. 2015, section
    2.4, for the idea of a decay).
    """
    if spec.teacher_forcing_decay == "none":
        return spec.teacher_forcing
    return spec.teacher_forcing * (1.0 - epoch / max(1, spec.epochs - 1))


def samples(spec: TrainSpec) -> bool:
    """Whether any epoch uses scheduled sampling."""
    return spec.teacher_forcing < 1.0 or spec.teacher_forcing_decay != "none"


def draw_sample_mask(
    shape: tuple[int, ...], spec: TrainSpec, epoch: int, number: int
) -> np.ndarray | None:
    """Where a batch's decoder reads its own token (B, T); None: nowhere.

    The first step has no prediction before it, and is never sampled.
    """
    if not samples(spec):
        return None
    rng = np.random.default_rng([spec.seed, 3, epoch, number])
    mask: np.ndarray = rng.random(shape) >= forcing_probability(spec, epoch)
    mask[:, 0] = False
    return mask
