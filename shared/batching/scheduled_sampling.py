"""Teacher forcing: whose last symbol a decoder reads, the true or its own.

The coins are thrown here, so that all frameworks read the same.
"""

from __future__ import annotations

import numpy as np

from shared.specs import LINEAR, Split, TrainSpec

ALWAYS = 1.0


def forced_share(spec: TrainSpec, epoch: int) -> float:
    """The share of steps that read the true symbol, in an epoch from 0.

    "linear" goes from 1 in the first epoch to 0 in the last (Bengio et al.
    2015, section 2.4, for the idea of a falling share).
    """
    if spec.teacher_forcing == LINEAR:
        return 1.0 - epoch / max(1, spec.epochs - 1)
    return float(spec.teacher_forcing)


def always_forced(spec: TrainSpec) -> bool:
    """Whether no coin is thrown in any epoch."""
    return spec.teacher_forcing != LINEAR and forced_share(spec, 0) == ALWAYS


def with_coins(batch: Split, spec: TrainSpec, epoch: int, number: int) -> Split:
    """A batch that says at which steps the decoder reads its own symbol.

    x (B, T, 2) becomes (B, T, 3), the last 1 where it does; the first step
    is always told. A batch that is always forced stays as it is.
    """
    if always_forced(spec):
        return batch
    coins = thrown(batch.x.shape[:2], spec, epoch, number)[:, :, None]
    both = [batch.x, coins.astype(batch.x.dtype)]
    return batch._replace(x=np.concatenate(both, axis=2))


def thrown(
    shape: tuple[int, ...], spec: TrainSpec, epoch: int, number: int
) -> np.ndarray:
    """Where a batch of an epoch reads its own symbol: (B, T) bool."""
    rng = np.random.default_rng([spec.seed, 3, epoch, number])
    own: np.ndarray = rng.random(shape) >= forced_share(spec, epoch)
    own[:, 0] = False
    return own
