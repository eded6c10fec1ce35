"""MNIST: handwritten digits of 28 by 28 pixels (LeCun et al. 1998)."""

import gzip

import numpy as np

from shared.files import catalogue

FOLDER = "seqmnist"
SIDE = 28
HEADERS = {"images-idx3": 16, "labels-idx1": 8}
"""Kind of file -> the bytes before its first value."""


def fetch(progress: bool = False) -> None:
    catalogue.fetch(catalogue.names_under(FOLDER), progress)


def read_mnist(part: str) -> tuple[np.ndarray, np.ndarray]:
    """Images (N, 784) uint8 and digits (N,) of `train` or `t10k`."""
    images, labels = (_values(part, kind) for kind in HEADERS)
    return images.reshape(len(labels), SIDE * SIDE), labels


def _values(part: str, kind: str) -> np.ndarray:
    """Content of a file after its header."""
    path = catalogue.locate(f"{FOLDER}/{part}-{kind}-ubyte.gz")
    with gzip.open(path) as stream:
        return np.frombuffer(stream.read(), np.uint8, offset=HEADERS[kind])
