"""Music as piano rolls: which of 88 keys sound in each frame."""

import numpy as np

from shared.errors import DataError
from shared.files import catalogue

KEYS = 88
LOWEST = 21
"""MIDI's number of the lowest key, an A."""

FILES = {
    "jsb": "music/JSB_Chorales.mat",
    "nottingham": "music/Nottingham.mat",
    "musedata": "music/MuseData.mat",
}
PARTS = ("traindata", "validdata", "testdata")
"""Names of the parts within a file, which its authors made."""

Rolls = list[np.ndarray]
"""Pieces (T, 88), 0 or 1."""


def read_rolls(name: str) -> tuple[Rolls, Rolls, Rolls]:
    """The splits of a file; DataError if the file is damaged."""
    from scipy.io import loadmat

    path = catalogue.locate(FILES[name])
    try:
        held = loadmat(path)
        train, validation, test = (list(held[part][0]) for part in PARTS)
    except (ValueError, TypeError, KeyError, OSError) as error:
        raise DataError(
            f"{path} is no whole file of rolls ({error})"
        ) from error
    return train, validation, test
