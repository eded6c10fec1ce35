"""The digest of the order of batches that a record holds."""

import hashlib

from shared.batching.batches import EpochBatches


def batches_hash(split, spec, epochs):
    """The digest of the batches that a training should take."""
    digest = hashlib.sha256()
    for epoch in range(epochs):
        order = EpochBatches(split, spec, epoch).order
        digest.update(order.astype("<i8").tobytes())
    return digest.hexdigest()[:16]
